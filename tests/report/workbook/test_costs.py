"""The cost stages of the workbook: their formulas, worked out by other programs, come to the engine's figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from funding_model.questions.compare import compare
from funding_model.report.workbook.book import Book
from funding_model.report.workbook.build import book_of
from funding_model.report.workbook.calculate import Values, calculated
from funding_model.report.workbook.figures import draft
from funding_model.report.workbook.write import written
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import compared
from tests.report.workbook.libre_office import program, recalculated
from tests.report.workbook.recalculated import differences, errors, master_check
from tests.strategies import scenarios


def agree(book: Book, values: Values) -> None:
    assert errors(book, values) == []
    assert differences(book, values) == []
    assert master_check(book, values) == "all checks hold"


def library_book(identifier: str) -> Book:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return book_of(compare(scenario))


# To make an example of a workbook smaller takes minutes and tells little: the message names the line that differs.
@settings(max_examples=30, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(scenarios())
def test_formulas_come_to_the_figures_of_the_engine(scenario: Scenario) -> None:
    book = book_of(compared(scenario))
    agree(book, calculated(draft(book)))


@pytest.mark.parametrize("identifier", library_ids())
def test_every_scenario_of_the_library_agrees(identifier: str) -> None:
    book = library_book(identifier)
    agree(book, calculated(draft(book)))


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed: .ci/system-parts libreoffice")
@pytest.mark.parametrize("identifier", library_ids())
def test_libre_office_agrees(identifier: str, tmp_path: Path) -> None:
    book = library_book(identifier)
    agree(book, recalculated(written(book), tmp_path))
