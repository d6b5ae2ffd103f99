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
from funding_model.scenario.workbook.drawing import scenario_workbook
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
