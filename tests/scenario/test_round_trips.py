"""A scenario written out and read again is the same scenario."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from funding_model.scenario.contracts import Contract
from funding_model.scenario.dumping import dump_json, dump_yaml, input_hash
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text, scenario_from
from funding_model.scenario.presets import preset_document, preset_names
from funding_model.scenario.scenario import Scenario
from tests.scenario.strategies import scenarios


def starter() -> Scenario:
    scenario, problems = load_text(starter_document())
    assert problems == []
    assert scenario is not None
    return scenario


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(scenarios())
def test_any_scenario_comes_back_from_yaml_and_json(scenario: Scenario) -> None:
    for text in (dump_yaml(scenario), dump_json(scenario)):
        again, problems = load_text(text)
        assert problems == []
        assert again == scenario
        assert input_hash(again) == input_hash(scenario)
    from_values, problems = scenario_from(scenario.model_dump())
    assert problems == []
    assert from_values == scenario


@pytest.mark.parametrize("name", list(preset_names().values()))
def test_a_contract_from_any_preset_comes_back(name: str) -> None:
    scenario = starter()
    preset = Contract.model_validate(preset_document(name))
    plain = Contract(name="plain", preset=preset.preset, term=preset.term)
    changed = Scenario.model_validate({**scenario.model_dump(), "contracts": [preset, plain]})
    again, problems = load_text(dump_yaml(changed))
    assert problems == []
    assert again == changed


@pytest.mark.parametrize(
    "awkward",
    [
        *("yes", "null", "~", "1e5", "1_000", "2026-04-01", "0x1F", "=", "<<", "...", "---", "=1+1"),
        *(
            "- a",
            "a: b",
            "#",
            "a #b",
            "&a",
            "*a",
            "!a",
            "%",
            "@",
            "`",
            "'",
            '"',
            "\\",
            "{a}",
            "[a]",
            "?",
            "? a",
            ":",
            ",",
        ),
        *("é", "💷", "a\u200bb", "\ufeffa", "a\u00a0b", "\u202ea", "x" * 120, "<script>alert(1)</script>"),
    ],
)
def test_an_awkward_name_comes_back(awkward: str) -> None:
    document = starter().model_dump()
    document["services"][0]["name"] = awkward
    document["services"][0]["posts"][0]["time"] = {awkward: 1}
    scenario = Scenario.model_validate(document)
    again, problems = load_text(dump_yaml(scenario))
    assert problems == []
    assert again == scenario
    assert again.services[0].name == awkward.strip()


@pytest.mark.parametrize(
    "text", ["one\ntwo", "one\n\n  two", "one\n\ttwo", "one \ntwo", "a\n#b", "a\u2028b\nc", "- a\n- b"]
)
def test_a_text_of_several_lines_comes_back(text: str) -> None:
    scenario = Scenario.model_validate({**starter().model_dump(), "description": text})
    again, _ = load_text(dump_yaml(scenario))
    assert again == scenario


def test_windows_line_ends_become_plain_ones() -> None:
    scenario = Scenario.model_validate({**starter().model_dump(), "description": "one\r\ntwo\rthree"})
    assert scenario.description == "one\ntwo\nthree"


def test_yaml_holds_only_what_a_person_entered() -> None:
    text = dump_yaml(starter())
    assert text.startswith("schema_version: 1\nname: My scenario\ndescription: One service under two contracts.\n")
    assert "null" not in text
    assert "[]" not in text
    assert "{}" not in text
    assert "      - name: Team leader\n        fte: 0.6\n        salary: 36000\n" in text


def test_a_bare_assumption_stays_a_bare_number() -> None:
    scenario, _ = load_text(starter_document(), {"assumptions.turnover": 0.2, "assumptions.pay_award": 0.03})
    assert scenario is not None
    assert dump_yaml(scenario).endswith("assumptions:\n  turnover: 0.2\n  pay_award: 0.03\n")


def test_json_holds_every_field() -> None:
    document = json.loads(dump_json(starter()))
    assert set(document) == set(Scenario.model_fields)
    assert set(document["contracts"][0]["award"]) > {"lead_months", "break_notice_months", "competed"}


def test_the_hash_follows_the_values_and_not_the_spelling() -> None:
    scenario, _ = load_text(starter_document())
    respelt, _ = load_text(starter_document().replace("amount: 3200", "amount: 3.2e3"))
    changed, _ = load_text(starter_document().replace("amount: 3200", "amount: 3201"))
    assert scenario is not None
    assert respelt is not None
    assert changed is not None
    assert input_hash(scenario) == input_hash(respelt)
    assert input_hash(scenario) != input_hash(changed)
    assert len(input_hash(scenario)) == 64
