"""What other programs make of an input workbook: opened and saved by them, it says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from funding_model.scenario.library import load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.workbook.drawing import blank_workbook, scenario_workbook
from tests.report.workbook.libre_office import program, saved_again
from tests.scenario.workbook.by_hand import content, typed

needs_libre_office = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")


@needs_libre_office
@pytest.mark.parametrize("identifier", ["multi_service_charity", "tendering_pause"])
def test_a_workbook_saved_by_libre_office_says_the_same(identifier: str, tmp_path: Path) -> None:
    scenario, _ = load_library(identifier)
    assert scenario is not None
    assert load_text(saved_again(scenario_workbook(scenario), tmp_path)) == (scenario, [])


@needs_libre_office
def test_a_blank_workbook_saved_by_libre_office_needs_the_same(tmp_path: Path) -> None:
    assert load_text(saved_again(blank_workbook(), tmp_path)) == load_text(blank_workbook())


def test_a_workbook_saved_by_openpyxl_says_the_same() -> None:
    scenario, _ = load_library("sure_start_regional")
    assert scenario is not None
    assert load_text(content(typed({}, scenario_workbook(scenario)))) == (scenario, [])
