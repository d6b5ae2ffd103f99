"""Addresses: where each line and cell of a book stands, and formulas with their references in place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from funding_model.report.workbook.book import (
    MONTH_BEFORE,
    THIS_MONTH,
    THIS_YEAR,
    TOKEN,
    YEAR_BEFORE,
    Book,
    Period,
    Sheet,
)

LABEL, OF, UNIT, KIND, TOTAL = range(5)
"""Columns before the timeline; after them stands an empty one, the years, an empty one and the months."""
FIRST_YEAR: Final = TOTAL + 2
COLUMN_OF: Final = {"n": THIS_MONTH, "b": MONTH_BEFORE, "y": THIS_YEAR, "p": YEAR_BEFORE}
FOREIGN: Final = {"month": (THIS_YEAR, YEAR_BEFORE), "year": (THIS_MONTH, MONTH_BEFORE)}


@dataclass(frozen=True)
class Addresses:
    """The columns of a book, and the text of its formulas."""

    book: Book

    @cached_property
    def first_month(self) -> int:
        """Column of the first month."""
        return FIRST_YEAR + self.book.years + 1

    @cached_property
    def letters(self) -> list[str]:
        """Names of the columns, up to the last month's."""
        return [xl_col_to_name(column) for column in range(self.first_month + self.book.months)]

    def columns(self, period: Period) -> range:
        """Return the columns of the months or of the years."""
        first, number = (self.first_month, self.book.months) if period == "month" else (FIRST_YEAR, self.book.years)
        return range(first, first + number)

    def template(self, formula: str, sheet: Sheet, period: Period | None = None) -> str:
        """Return a formula with its references in place; the columns of this month and year are still to be filled in.

        Args:
            formula: As it was given to a line or a table.
            sheet: The sheet that it stands on, of which its references then need no name.
            period: Whether it is written over months, over years, or in a table.

        Raises:
            ValueError: It refers to what is not there: a line not placed, a month from a year, a total not shown.
        """
        found = TOKEN.sub(lambda match: self._reference(match, sheet), formula)
        foreign = (*FOREIGN["month"], *FOREIGN["year"]) if period is None else FOREIGN[period]
        if any(mark in found for mark in foreign):
            raise ValueError(f"a formula over {period or 'no period'} names a cell of another period: {found!r}")
        return found

    def fill(self, template: str, column: int) -> str:
        """Return a template as it is written in one column."""
        here, before = self.letters[column], self.letters[column - 1]
        return (
            template.replace(THIS_MONTH, here)
            .replace(THIS_YEAR, here)
            .replace(MONTH_BEFORE, before)
            .replace(YEAR_BEFORE, before)
        )

    def _reference(self, match: re.Match[str], sheet: Sheet) -> str:
        first, last, how = match.groups()
        if how:
            return self._of_lines(int(first), int(last or first), how, sheet)
        cell = self.book.cells[int(first)]
        if last is None and cell.name:
            return cell.name
        start = f"${xl_col_to_name(cell.column)}${cell.row + 1}"
        prefix = "" if cell.sheet is sheet else f"'{cell.sheet.name}'!"
        if last is None:
            return prefix + start
        end = self.book.cells[int(last)]
        return f"{prefix}{start}:${xl_col_to_name(end.column)}${end.row + 1}"

    def _of_lines(self, first: int, last: int, how: str, sheet: Sheet) -> str:
        if first not in self.book.rows or last not in self.book.rows:
            raise ValueError(f"a formula on {sheet.name} names a line that was asked for ahead and never placed")
        home, row = self.book.rows[first]
        top, bottom = row.place + 1, self.book.rows[last][1].place + 1
        if bottom - top != last - first:
            raise ValueError(f"lines of {home.name} that are named as one range do not stand one below the other")
        if how in "yat" and row.line.period == "month" and row.years == "none":
            raise ValueError(f"{row.label} on {home.name} shows no years, and a formula names them")
        prefix = "" if home is sheet else f"'{home.name}'!"
        if how in COLUMN_OF:
            column = COLUMN_OF[how]
            return f"{prefix}{column}{top}" + (f":{column}{bottom}" if last != first else "")
        columns = {"m": self.columns("month"), "a": self.columns("year"), "t": range(TOTAL, TOTAL + 1)}[how]
        start, end = xl_col_to_name(columns[0]), xl_col_to_name(columns[-1])
        single = last == first and how == "t"
        return f"{prefix}${start}${top}" + ("" if single else f":${end}${bottom}")
