"""The reader of YAML and JSON: what it takes for what, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.scenario.loading import load_text, scenario_from
from funding_model.scenario.overrides import parse_value
from funding_model.scenario.yaml_text import read_document, read_value
from tests.scenario.strategies import JSON_LIKE

BILLION_LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{here}: &{here} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-04", "2026-04"),
        ("2026-04-01", "2026-04-01"),
        ("2026-27", "2026-27"),
        ("12:30:45", "12:30:45"),
        ("0o17", "0o17"),
        ("017", "017"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("nan", "nan"),
        ("on", "on"),
        ("y", "y"),
        ("yes", True),
        ("No", False),
        ("TRUE", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("'yes'", "yes"),
        ('"12"', "12"),
        ("12", 12),
        ("-3", -3),
        ("1e5", 100000.0),
        ("0.8", 0.8),
        (".5", 0.5),
        ("-0.5e-2", -0.005),
        ("12%", "12%"),
        ("[1, a b, {c: no}]", [1, "a b", {"c": False}]),
    ],
)
def test_a_value_means_what_a_person_would_expect(written: str, meant: object) -> None:
    value, problems = parse_value(written)
    assert problems == []
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: a\nname: b", 'line 2: the key "name" is there twice, first on line 1. Keep one of them.'),
        (
            "a:\n  b: 1\n  'b': 2",
            'line 3: the key "b" is there twice, first on line 2. Keep one of them.',
        ),
        ('{"a": 1, "a": 2}', 'the key "a" is there twice in one group. Keep one of them.'),
        ('{"a": NaN}', "NaN is not a number that can be used. Enter a number, or leave it out."),
        ('{"a": -Infinity}', "-Infinity is not a number that can be used. Enter a number, or leave it out."),
        ("", "there is nothing in this file. Enter a scenario, or start from an example."),
        ("# only a comment", "there is nothing in this file. Enter a scenario, or start from an example."),
        (
            "- a\n- b",
            (
                "a scenario is a group of fields, but this file holds a list of 2. "
                "Begin with the fields name, organisation, services and contracts."
            ),
        ),
        (b"name: caf\xe9", "the file is not text in UTF-8. Save it as UTF-8 text; a workbook is read as a workbook."),
        ("a: \ud800", "the file is not text in UTF-8. Save it as UTF-8 text; a workbook is read as a workbook."),
        ("a: 1\nb: x\0y", "line 2: there is a NUL character in the file. Save it as plain UTF-8 text."),
        ("<<: {a: 1}", "line 1: merge keys (<<) are not read here. Write the fields out, or use service_templates."),
        ("a: 1\n---\nb: 2", "line 2: a second document begins here. Keep one scenario in each file."),
        ("? [a]\n: 1", "line 1: a list or a group stands where the name of a field should be. Write name: value."),
        ("a: [" * 31, "line 1: groups and lists are nested more than 30 deep. Compare it with an example."),
        (
            "a: &x 1",
            (
                "line 1: anchors and aliases (& and *) are not read here. Write the value out, use service_templates, "
                "or put quotation marks round text that begins so."
            ),
        ),
        (
            "a: !!python/object/apply:os.system [ls]",
            (
                "line 1: tags are not read here, and this value has the tag "
                '"tag:yaml.org,2002:python/object/apply:os.system". '
                "Delete the tag, or put quotation marks round text that begins with an exclamation mark."
            ),
        ),
        (
            "a:\n\tb: 1",
            (
                "line 2: a tab or a sign that means something in YAML stands where a value should begin. "
                "Indent with spaces, and put quotation marks round text that begins with a sign such as @, % or `."
            ),
        ),
        (
            "name: Hub: the second",
            (
                "line 1: a colon stands where YAML does not expect one. "
                "Put quotation marks round text that holds a colon followed by a space, and check the indentation."
            ),
        ),
        ('name: "Hub', "line 1: a quotation mark or a bracket is opened and never closed. Close it."),
    ],
)
def test_what_is_refused_is_said_with_its_line(text: str | bytes, said: str) -> None:
    document, problems = read_document(text)
    assert document is None
    assert [str(problem) for problem in problems] == [said]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BILLION_LAUGHS, id="billion laughs"),
        pytest.param("a: &a [*a]", id="recursive anchor"),
        pytest.param("[" * 10_000, id="10,000 lists"),
        pytest.param("{a: " * 10_000, id="10,000 groups"),
        pytest.param('{"a":' * 10_000, id="10,000 JSON groups"),
        pytest.param("\n".join(" " * level + "a:" for level in range(1000)), id="1,000 indented levels"),
        pytest.param("- " * 10_000, id="10,000 hyphens"),
        pytest.param("a: 1\n" * 600_000, id="3 MB"),
        pytest.param("x" * 1_999_999, id="one word of 2 MB"),
        pytest.param('{"a": "' + '\\"' * 900_000, id="escaped quotation marks without end"),
        pytest.param("a: [" + "1," * 900_000 + "]", id="900,000 numbers"),
        pytest.param("a: " + "9" * 100_000, id="a huge whole number"),
        pytest.param('{"horizon_years": ' + "9" * 100_000 + "}", id="a huge whole number in JSON"),
        pytest.param("horizon_years: 1e999", id="a huge number"),
        pytest.param("a: !!python/name:os.system", id="python name"),
        pytest.param("!!set {a, b}", id="set"),
        pytest.param("%TAG ! tag:x,2000:\n---\na: !b c", id="tag directive"),
        pytest.param("%YAML 9.9\n---\na: 1", id="later YAML"),
        pytest.param(b"\xff\xfea\x00:\x00", id="UTF-16"),
        pytest.param(b"\x00" * 100, id="NULs"),
        pytest.param(b"PK\x03\x04" + bytes(range(256)), id="a zip file"),
        pytest.param('{"name": "\\ud800\\u0000"}', id="surrogate and NUL escapes"),
        pytest.param('name: "\\0\\x1b[31m"', id="escaped control characters"),
        pytest.param("extends: ../../../../etc/passwd", id="path traversal"),
        pytest.param("extends: [a]\noverrides: {a: 1}", id="list in extends"),
        pytest.param("extends: a\noverrides: [1]\nservices: []", id="list in overrides"),
        pytest.param("service_templates: 3\nservices: [{template: [x], volume: -1}, 3, {volume: {}}]", id="templates"),
        pytest.param("contracts: [{preset: {a: 1}}, [1], x, {preset: [], price: 3}, 5, null]", id="contracts"),
        pytest.param("services: [{name: a, posts: 3, contract_changes: {all: 3}, driver_quantities: [x]}]", id="types"),
        pytest.param(
            "services: [{name: a, contract_changes: {all: {price: 3}}}]\ncontracts: [no-Budget year]", id="changes"
        ),
        pytest.param("organisation: {pools: [{posts: [{time: {a: x}}], driver: 4}]}", id="pools"),
    ],
)
def test_a_hostile_file_is_a_problem_and_never_an_exception(text: str | bytes) -> None:
    scenario, problems = load_text(text)
    assert scenario is None
    assert problems
    for problem in problems:
        assert str(problem).isprintable(), problem
        assert len(problem.message) < 1500


def test_a_template_cannot_be_multiplied_beyond_the_limit() -> None:
    posts = [{"name": "p", "fte": 1, "salary": 1}] * 2000
    services = [{"template": "t", "volume": 2, "name": str(number)} for number in range(200)]
    scenario, problems = scenario_from({"service_templates": {"t": {"posts": posts}}, "services": services})
    assert scenario is None
    assert any(problem.message == "there are more than 200,000 values." for problem in problems)


def test_too_many_services_or_contracts_are_a_problem() -> None:
    _, problems = scenario_from({"services": [{"template": "t"}] * 300, "contracts": ["no-Budget year"] * 300})
    assert [str(problem) for problem in problems if problem.where in {"services", "contracts"}] == [
        "contracts: may hold at most 12; you entered 300. Delete some, or split the scenario.",
        "services: may hold at most 200; you entered 300. Delete some, or split the scenario.",
    ]


def test_many_problems_are_cut_short() -> None:
    scenario, problems = scenario_from({f"field_{number}": number for number in range(5000)})
    assert scenario is None
    assert len(problems) <= 201


@given(st.one_of(st.text(), st.binary()))
def test_no_text_raises(text: str | bytes) -> None:
    scenario, problems = load_text(text)
    assert scenario is None
    assert problems


@given(JSON_LIKE)
def test_no_document_raises(document: Any) -> None:  # noqa: ANN401 - anything at all
    scenario, problems = scenario_from(document)
    assert scenario is None
    assert problems


@given(st.dictionaries(st.sampled_from(["name", "organisation", "services", "contracts", "assumptions"]), JSON_LIKE))
def test_no_document_with_known_fields_raises(document: dict[str, Any]) -> None:
    assert scenario_from(document)[0] is None


def test_objects_that_are_no_plain_values_are_problems() -> None:
    circle: dict[str, Any] = {}
    circle["a"] = circle
    for document in (circle, {1: 2}, {"a": object()}, object(), {"a": {1, 2}}, {"a": float("nan")}, [1], None):
        scenario, problems = scenario_from(document)
        assert scenario is None
        assert problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(), lambda x: st.lists(x, max_size=3)
    )
)
def test_json_text_is_read_as_json_reads_it(value: Any) -> None:  # noqa: ANN401 - anything at all
    text = json.dumps({"a": value})
    document, problems = read_value(text)
    assert problems == []
    assert document == json.loads(text)
