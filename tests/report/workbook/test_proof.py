"""The proof: input cells changed in the file itself move it as the engine moves; and how its cells are put in."""

from __future__ import annotations

import io
from functools import cache
from zipfile import ZipFile

import numpy as np
import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from funding_model.questions.compare import compare
from funding_model.report.workbook.addresses import Addresses
from funding_model.report.workbook.book import Book, Entry
from funding_model.report.workbook.build import book_of, workbook_of
from funding_model.report.workbook.calculate import Value, calculated
from funding_model.report.workbook.figures import draft
from funding_model.report.workbook.lines import FormulaLine, LineSheet, Style
from funding_model.report.workbook.write import written
from funding_model.scenario.scenario import Scenario
from tests.costing import generated
from tests.questions.small_scenarios import compared, scenario
from tests.report.workbook.changed import Opened, formulas, likewise
from tests.report.workbook.recalculated import agree, master_check
from tests.strategies import scenarios

FACTORS = st.floats(0.5, 1.5).map(lambda value: round(value, 3))
LARGER = st.sampled_from([part / 100 for part in range(50, 151) if part != 100])
SMALLER = st.sampled_from([part / 100 for part in range(50, 100)])
CHANGES = st.lists(st.tuples(LARGER, SMALLER), min_size=2, max_size=2, unique=True)


@cache
def delivered() -> bytes:
    return written(book_of(compared()))


def typed_in(book: Book, other: Book) -> bytes:
    """Return the delivered file with the input cells set, in the file, to what another scenario has there."""
    file, addresses = openpyxl.load_workbook(io.BytesIO(delivered())), Addresses(book)
    for key, placed in book.cells.items():
        item = other.cells[key].item
        if isinstance(item, Entry) and item != placed.item:
            file[placed.sheet.name].cell(placed.row + 1, placed.column + 1).value = item.value
    for key, (home, row) in book.rows.items():
        entered = other.rows[key][1].entered
        if row.kind != "input" or entered is None or row.entered is None or np.array_equal(entered, row.entered):
            continue
        for column, value in zip(addresses.columns(row.line.period), entered, strict=True):
            file[home.name].cell(row.place + 1, column + 1).value = float(value)
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


# To make an example of a workbook smaller takes minutes and tells little: the message names the line that differs.
@settings(max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(scenarios(), CHANGES)
def test_hundreds_of_workbooks_with_changed_inputs_come_to_the_figures_of_the_engine(
    scenario: Scenario, changes: list[tuple[float, float]]
) -> None:
    """Each of 100 scenarios is a case as delivered, and twice more with most of its inputs changed in the workbook."""
    book = book_of(generated.compared(scenario))
    workbook = Opened(book)
    agree(book, workbook.values)
    for larger, smaller in changes:
        expected = book_of(generated.compared(likewise(scenario, larger, smaller)))
        assert formulas(expected) == formulas(book)
        assert workbook.type_in(expected) > 0
        agree(expected, workbook.values)


@settings(max_examples=3, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(FACTORS, FACTORS, FACTORS)
def test_input_cells_changed_in_the_file_move_it_as_the_engine_moves(pay: float, money: float, share: float) -> None:
    changed = compare(
        scenario(
            {
                "services.1.posts.1.salary": 29_000 * pay,
                "services.1.lines.1.amount": 2_500 * money,
                "services.1.other_funders.1.amount_by_year": [5_000 * money, 4_000.0],
                "organisation.opening_cash": 40_000 * money,
                "organisation.borrowing_rate": 0.08 * share,
                "contracts.1.price.overhead_rate": 0.1 * share,
                "contracts.2.award.renewal_probability": 0.6 * share,
                "assumptions.turnover": 0.2 * share,
            }
        )
    )
    expected = book_of(changed)
    agree(expected, calculated(typed_in(book_of(compared()), expected)))


def test_a_master_check_says_which_way_it_fails_when_a_result_is_overwritten() -> None:
    file, book = openpyxl.load_workbook(io.BytesIO(delivered())), book_of(compared())
    home, row = next(each for each in book.rows.values() if each[1].label == "Cash at the end of the month")
    file[home.name].cell(row.place + 1, Addresses(book).first_month + 1).value = 0
    content = io.BytesIO()
    file.save(content)
    assert master_check(book, calculated(content.getvalue())).startswith("A CHECK FAILS")


def test_cells_put_straight_into_the_library_are_those_of_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library reads each formula for newer functions, which takes several times as long; the file is the same."""
    straight = workbook_of(compared())

    def put_formula(sheet: LineSheet, row: int, column: int, formula: str, style: Style, value: Value) -> None:
        sheet.write_formula(row, column, formula, style, value + 0.0 if isinstance(value, float) else value)

    def put_line(sheet: LineSheet, row: int, line: FormulaLine) -> None:
        if line.shared:  # of the draft
            as_one_piece(sheet, row, line)
            return
        for column, value in zip(line.columns, line.values, strict=True):
            put_formula(sheet, row, column, line.fill(line.template, column), line.style, value)

    as_one_piece = LineSheet.put_line
    monkeypatch.setattr(LineSheet, "put_line", put_line)
    monkeypatch.setattr(LineSheet, "put_formula", put_formula)
    monkeypatch.setattr(LineSheet, "put_number", LineSheet.write_number)
    assert workbook_of(compared()) == straight


def test_a_draft_comes_to_what_the_delivered_file_comes_to() -> None:
    """In a draft the cells of a line refer to the formula of the first; in a file for Excel each has its own."""
    book, addresses = book_of(compared()), Addresses(book_of(compared()))
    of_draft, of_file = calculated(draft(book)), calculated(written(book))
    for home, row in book.rows.values():
        if row.entered is None:
            number = book.sheets.index(home)
            for column in addresses.columns(row.line.period):
                assert of_draft(number, row.place, column) == of_file(number, row.place, column), (home.name, row.label)
    with ZipFile(io.BytesIO(written(book))) as parts:
        assert not any(b't="shared"' in parts.read(name) for name in parts.namelist())
