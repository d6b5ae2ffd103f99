"""A scenario written as a workbook and read again is the same scenario, down to the last digit and the oddest name."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funding_model.scenario.dumping import input_hash
from funding_model.scenario.library import library_ids, load_library, starter_document
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.workbook.cells import SPELT_OUT
from funding_model.scenario.workbook.drawing import blank_workbook, scenario_workbook
from funding_model.scenario.workbook.filling import carried, filled
from funding_model.scenario.workbook.layout import OTHER
from funding_model.scenario.workbook.rows import assembled
from tests.scenario.strategies import scenarios
from tests.strategies import scenarios as scenarios_to_cost

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def back(scenario: Scenario) -> Scenario:
    """The scenario that its workbook holds."""
    again, problems = load_text(scenario_workbook(scenario))
    assert problems == []
    assert again is not None
    return again


def starter(**changes: Any) -> Scenario:  # noqa: ANN401 - fields of any kind
    scenario, problems = load_text(
        starter_document(), {name.replace("__", "."): value for name, value in changes.items()}
    )
    assert problems == []
    assert scenario is not None
    return scenario


def entered(scenario: Scenario) -> list[dict[str, Any]]:
    """What each contract itself says, which the notes on results speak of."""
    return [contract.model_dump(exclude_unset=True) for contract in scenario.contracts]


@pytest.mark.parametrize("identifier", library_ids())
def test_every_scenario_of_the_library_comes_back(identifier: str) -> None:
    scenario, _ = load_library(identifier)
    assert scenario is not None
    again = back(scenario)
    assert again == scenario
    assert input_hash(again) == input_hash(scenario)
    assert entered(again) == entered(scenario)
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(scenario)))
    assert [cell.value for row in book[OTHER].iter_rows(min_row=7) for cell in row if cell.value is not None] == []


@settings(suppress_health_check=SLOW, deadline=None, max_examples=25)
@given(scenarios())
def test_any_scenario_comes_back(scenario: Scenario) -> None:
    assert back(scenario) == scenario


@settings(suppress_health_check=SLOW, deadline=None, max_examples=40)
@given(st.one_of(scenarios(), scenarios_to_cost()))
def test_what_no_sheet_says_is_carried_by_place(scenario: Scenario) -> None:
    document = scenario.model_dump(mode="json")
    entered = scenario.model_dump(mode="json", exclude_unset=True)
    assert carried(document, assembled(filled(document, entered)).document) == {}


AWKWARD = (
    *(
        "=1+1",
        "@SUM(A1)",
        "+1",
        "-1",
        "'quoted",
        '"quoted"',
        "(blank)",
        "json:x",
        'json:"x"',
        "_x0041_",
        "x005F_",
        "#REF!",
    ),
    *(
        "\uffff",
        "a\ufffeb",
        "💷",
        "a\u00a0b",
        "x" * 120,
        "https://example.org",
        "1,250",
        "12%",
        "2026-04",
        "TRUE",
        "none",
    ),
    *("all contracts", "a; b", "a.b", "<b>&amp;</b>", "Service", "Name"),
)


def test_awkward_names_are_text_and_come_back() -> None:
    document = starter().model_dump(mode="json")
    service, contract, pool = document["services"][0], document["contracts"][0], document["organisation"]["pools"][0]
    document["services"] = [
        service
        | {"name": name, "driver_quantities": {name: 1.5}}
        | {"posts": [service["posts"][0] | {"name": name, "time": {name: 1}, "source": f"{name}\nand more"}]}
        for name in AWKWARD
    ]
    document["contracts"] = [contract | {"name": name, "description": name} for name in AWKWARD[:12]]
    document["base"] = AWKWARD[6]
    document["organisation"]["pools"] = [pool | {"name": f"{name[:99]} pool", "rationale": name} for name in AWKWARD]
    rules = [{"funder": name, "contracts": [name], "methods": ["direct"], "source": name} for name in AWKWARD[:12]]
    document["organisation"]["funder_rules"] = rules
    scenario = Scenario.model_validate(document)
    assert back(scenario) == scenario
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(scenario)))
    assert not [cell for row in book["Services"].iter_rows() for cell in row if cell.data_type == "f"]


NUMBERS = (0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e-300, 0.12345678901234567, 123456.78901234567, 1e9 + 1e-7)


def test_numbers_come_back_to_the_last_digit() -> None:
    document = starter().model_dump(mode="json")
    line, post = document["services"][0]["lines"][0], document["services"][0]["posts"][0]
    document["services"][0]["lines"] = [line | {"amount": number, "vat_rate": number % 1} for number in NUMBERS]
    document["services"][0]["posts"] = [post | {"pension_rate": number % 1} for number in NUMBERS]
    document["services"][0]["driver_quantities"] = {f"driver {number}": number for number in NUMBERS}
    document["assumptions"] |= {"turnover": NUMBERS[0], "bid_hours": NUMBERS[4], "cost_per_hire": NUMBERS[1]}
    scenario = Scenario.model_validate(document)
    assert back(scenario) == scenario


def test_what_has_no_cell_is_carried_and_comes_back() -> None:
    document = starter().model_dump(mode="json")
    post = document["services"][0]["posts"][0]
    cohorts = [{"heads": 1, "years_of_service": 3, "age": 40}]
    document["services"][0]["posts"] = [post | {"heads": cohorts}, post | {"time": {"Family support": 1}}]
    document["contracts"][0]["price"] |= {"overhead_rule": "modified_base", "overhead_rate": 0.1}
    document["contracts"][0]["price"]["base_exclusions"] = ["one; two", "three"]
    document["contracts"][1]["price"]["schedule"] = list(range(1, 15))
    document["assumptions"]["cpi"] = {"by_year": {"2026-27": 0.01, "2050-51": 0.02}}
    likely = {"value": 0.5, "low": 0.1, "high": 0.9, "distribution": "pert", "status": "example"}
    document["services"][0]["contract_changes"] = {"all": {"award": {"renewal_probability": likely}, "price": {}}}
    scenario = Scenario.model_validate(document)
    assert back(scenario) == scenario
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(scenario)))
    paths = {row[0].value for row in book[OTHER].iter_rows(min_row=7) if row[0].value}
    assert paths == {
        "services.1.posts.1.heads",
        "services.1.posts.2.time",
        "services.1.contract_changes",
        "contracts.1.price.base_exclusions",
        "contracts.2.price.schedule",
        "assumptions.cpi",
    }


def test_a_value_too_long_for_a_cell_goes_on_in_the_next() -> None:
    document = starter().model_dump(mode="json")
    names = {f"category {number} {'x' * 90}": number for number in range(500)}
    document["services"][0]["contract_changes"] = {"all": {"price": {"base_exclusions": list(names)}}}
    document["contracts"] = [
        contract | {"price": contract["price"] | {"overhead_rule": "modified_base", "overhead_rate": 0.1}}
        for contract in document["contracts"]
    ]
    scenario = Scenario.model_validate(document)
    assert back(scenario) == scenario


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert scenario_workbook(starter()) == scenario_workbook(starter())
    assert blank_workbook() == blank_workbook()


def test_what_a_scenario_extends_is_written_out() -> None:
    scenario, problems = load_text("extends: short_breaks\noverrides: {services.1.posts.1.fte: 0.5}\n")
    assert problems == []
    assert scenario is not None
    assert back(scenario) == scenario


def test_texts_are_spelt_out_only_where_a_cell_cannot_hold_them() -> None:
    document = starter().model_dump(mode="json")
    document["description"] = "a\uffffb"
    document["organisation"]["name"] = "=1+1"
    book = openpyxl.load_workbook(io.BytesIO(scenario_workbook(Scenario.model_validate(document))))
    values = {cell.value for row in book["Organisation"].iter_rows() for cell in row}
    assert f'{SPELT_OUT}"a\\uffffb"' in values
    assert "=1+1" in values
