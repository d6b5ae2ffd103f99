"""Sheet: blocks of lines over the one timeline, or tables without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from funding_model.report.workbook.book.contents import Chart, Heading, Row, TableRow, Years
from funding_model.report.workbook.book.items import POUNDS, Item, Kind, Numbers
from funding_model.report.workbook.book.references import Cell, Column, Line, Period, Stack
from funding_model.units import Unit

if TYPE_CHECKING:
    # A sheet belongs to its book, which makes it.
    from funding_model.report.workbook.book.book import Book

TIME_ROWS: Final = 6
"""Rows above the first block of a sheet with a timeline: title, check, ruler and what they stand under."""
PAGE_ROWS: Final = 4
ROWS_OF_A_CHART: Final = 18


@dataclass
class Sheet:
    """A sheet: blocks of lines over the one ruler, or tables without it."""

    book: Book
    name: str
    about: str
    timeline: bool
    contents: list[Row | Heading | TableRow | Chart] = field(default_factory=list)
    next_row: int = 0

    def _take(self, rows: int = 1) -> int:
        first = self.next_row
        self.next_row += rows
        return first

    def _head(self, title: str, note: str) -> None:
        """Leave a row empty, and put a title below it and its note below that."""
        self._take()
        self.contents.append(Heading(title, note, self._take(2 if note else 1)))

    def block(self, title: str, note: str = "") -> Block:
        """Start a block of lines under a title; the note says in words what is worked out."""
        self._head(title, note)
        return Block(self)

    def table(self, title: str, headers: Sequence[str], note: str = "") -> Table:
        """Start a table under a title, with a row of headers."""
        self._head(title, note)
        self.contents.append(TableRow(self._take(), headers=tuple(headers)))
        return Table(self)

    def chart(
        self,
        title: str,
        description: str,
        lines: Sequence[Line],
        unit: str = POUNDS,
        period: Period = "year",
        *,
        columns: bool = False,
        from_nil: bool = False,
    ) -> None:
        """Put a chart of lines below what stands on the sheet; its description says in words what it shows."""
        self._take()
        place = self._take(ROWS_OF_A_CHART)
        self.contents.append(Chart(title, description, tuple(lines), period, unit, place, columns, from_nil))


@dataclass(frozen=True)
class Table:
    """A table of a sheet without a timeline."""

    sheet: Sheet

    def add(self, *items: Item) -> list[Cell]:
        """Add a row and return its cells, one for each item."""
        place = self.sheet._take()  # noqa: SLF001 - a table is a part of its sheet
        cells = [self.sheet.book.register(self.sheet, place, column, item) for column, item in enumerate(items)]
        self.sheet.contents.append(TableRow(place, cells=tuple(cells)))
        return cells

    def rows(self, rows: Sequence[Sequence[Item]]) -> list[Column]:
        """Add rows and return the columns of cells."""
        return [Column(tuple(cells)) for cells in zip(*(self.add(*row) for row in rows), strict=True)]


@dataclass(frozen=True)
class Block:
    """A block of lines of a sheet with the timeline."""

    sheet: Sheet

    def line(  # noqa: PLR0913 - what a line says about itself
        self,
        label: str,
        unit: str,
        formula: str,
        *,
        of: str = "",
        kind: Kind = "working",
        years: Years = "none",
        period: Period = "month",
        engine: Numbers | None = None,
        fill: Line | None = None,
    ) -> Line:
        """Add a line.

        Args:
            label: What it is.
            unit: Its unit, one of this module's where one fits.
            formula: The template, without ``=``; the same for every month or year.
            of: What it belongs to: a service, a contract.
            kind: Working, result or check.
            years: What stands in the columns of the years of a monthly line; of a yearly one, "sum" shows the total.
            period: Whether it runs over months or over financial years.
            engine: The engine's values, by month or year, where it has them.
            fill: A line that was asked for ahead, which this one is.
        """
        line = self.sheet.book.ahead(1, period)[0] if fill is None else fill
        row = Row(line, label, of, unit, kind, years, formula, engine=_series(engine))
        self._place(row)
        return line

    def stack(  # noqa: PLR0913 - as of a line
        self,
        labels: Sequence[str],
        unit: str,
        formula: Callable[[int], str],
        *,
        of: Sequence[str] | str = "",
        kind: Kind = "working",
        years: Years = "none",
        period: Period = "month",
        engine: Numbers | None = None,
        fill: Stack | None = None,
    ) -> Stack:
        """Add lines of the same kind, one for each label; ``formula`` gives the template of each by its number.

        Args:
            labels: What each is, such as the names of the services.
            unit: Their unit.
            formula: From the number of the line to its template.
            of: What they all belong to, or each of them.
            kind: Working, result or check.
            years: What stands in the columns of the years of monthly lines.
            period: Whether they run over months or over financial years.
            engine: The engine's values: axes (line, month or year).
            fill: Lines that were asked for ahead, which these are.
        """
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period) if fill is None else fill
        for number, (line, label, owner) in enumerate(zip(lines, labels, owners, strict=True)):
            self.line(
                label,
                unit,
                formula(number),
                of=owner,
                kind=kind,
                years=years,
                period=period,
                engine=None if engine is None else engine[number],
                fill=line,
            )
        return lines

    def entered(
        self,
        labels: Sequence[str],
        unit: str,
        values: Numbers,
        *,
        of: Sequence[str] | str = "",
        bounds: Unit | None = None,
        period: Period = "year",
    ) -> Stack:
        """Add lines of values that a reader may change: axes (line, year or month)."""
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period)
        for line, label, owner, series in zip(lines, labels, owners, values, strict=True):
            self._place(Row(line, label, owner, unit, "input", "none", "", _series(series), bounds))
        return lines

    def constants(
        self,
        labels: Sequence[str],
        unit: str,
        values: Numbers,
        *,
        of: Sequence[str] | str = "",
        period: Period = "month",
    ) -> Stack:
        """Add lines of figures that stay as they were delivered: axes (line, month or year)."""
        owners = [of] * len(labels) if isinstance(of, str) else of
        lines = self.sheet.book.ahead(len(labels), period)
        for line, label, owner, series in zip(lines, labels, owners, values, strict=True):
            self._place(Row(line, label, owner, unit, "fixed", "none", "", _series(series)))
        return lines

    def _place(self, row: Row) -> None:
        row.place = self.sheet._take()  # noqa: SLF001 - a block is a part of its sheet
        self.sheet.contents.append(row)
        self.sheet.book.rows[row.line.key] = (self.sheet, row)


def _series(values: Numbers | None) -> Numbers | None:
    return None if values is None else np.asarray(values, float)
