"""The proof: input cells changed in the file itself move it as the engine moves; and how its cells are put in."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from funding_model.questions.compare import compare
from funding_model.report.workbook.addresses import Addresses
from funding_model.report.workbook.book import Book, Entry
from funding_model.report.workbook.build import book_of, workbook_of
from funding_model.report.workbook.calculate import calculated
from funding_model.report.workbook.write import _Writer, written
from tests.questions.small_scenarios import compared, scenario
from tests.report.workbook.recalculated import differences, errors, master_check

FACTORS = st.floats(0.5, 1.5).map(lambda value: round(value, 3))


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


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate), deadline=None)
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
    values = calculated(typed_in(book_of(compared()), expected))
    assert errors(expected, values) == []
    assert differences(expected, values) == []
    assert master_check(expected, values) == "all checks hold"


def test_a_master_check_says_which_way_it_fails_when_a_result_is_overwritten() -> None:
    file, book = openpyxl.load_workbook(io.BytesIO(delivered())), book_of(compared())
    home, row = next(each for each in book.rows.values() if each[1].label == "Cash at the end of the month")
    file[home.name].cell(row.place + 1, Addresses(book).first_month + 1).value = 0
    content = io.BytesIO()
    file.save(content)
    assert master_check(book, calculated(content.getvalue())).startswith("A CHECK FAILS")


def test_cells_put_straight_into_the_library_are_those_of_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library reads each formula for newer functions, which takes five times as long; both give the same file."""
    straight = workbook_of(compared())
    monkeypatch.setattr(_Writer, "put_formula", lambda self, *cell: self.out.write_formula(*cell))
    monkeypatch.setattr(_Writer, "put_number", lambda self, *cell: self.out.write_number(*cell))
    assert workbook_of(compared()) == straight
