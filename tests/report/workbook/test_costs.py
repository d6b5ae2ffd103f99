"""The workbooks of the library: their formulas, worked out by other programs, come to the engine's figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from funding_model.questions.compare import compare
from funding_model.report.workbook.book import Book
from funding_model.report.workbook.build import book_of
from funding_model.report.workbook.calculate import calculated
from funding_model.report.workbook.figures import draft
from funding_model.report.workbook.write import written
from funding_model.scenario.library import library_ids, load_library
from tests.report.workbook.libre_office import program, recalculated
from tests.report.workbook.recalculated import agree


def library_book(identifier: str) -> Book:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return book_of(compare(scenario))


@pytest.mark.parametrize("identifier", library_ids())
def test_every_scenario_of_the_library_agrees(identifier: str) -> None:
    book = library_book(identifier)
    agree(book, calculated(draft(book)))


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed: .ci/system-parts libreoffice")
@pytest.mark.parametrize("identifier", library_ids())
def test_libre_office_agrees(identifier: str, tmp_path: Path) -> None:
    book = library_book(identifier)
    agree(book, recalculated(written(book), tmp_path))
