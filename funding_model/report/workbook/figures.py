"""Figures: what is reckoned with on a sheet: the ruler, lines, and the numbers and formulas of tables.

A *draft* has only these, without looks or values: it is worked out and thrown away, and then tells a file that has
everything what its formulas come to.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from funding_model.report.workbook.addresses import TOTAL, Addresses
from funding_model.report.workbook.book import (
    DATE,
    WHOLE,
    Book,
    Entry,
    Fixed,
    Formula,
    Numbers,
    Row,
    Sample,
    Sheet,
    TableRow,
)
from funding_model.report.workbook.calculate import Value, Values
from funding_model.report.workbook.lines import File, FormulaLine, LineSheet, Style
from funding_model.report.workbook.styles import Styles

MASTER_CHECK: Final = "Master_check"
"""The name of the cell that says whether every check holds."""
CHECK_ROW, NUMBER_ROW, HEADER_ROW = 2, 3, 4
LOOKS: Final = {Entry: "input", Sample: "sample", Fixed: "fixed"}


def draft(book: Book) -> bytes:
    """Return a book as a file that is only to be worked out."""
    content = io.BytesIO()
    file: File = xlsxwriter.Workbook(content, {"in_memory": True})
    addresses = Addresses(book)
    for number, sheet in enumerate(book.sheets):
        Figures(file.add_worksheet(sheet.name, LineSheet), sheet, number, addresses).put()
    define_names(file, book)
    file.close()
    return content.getvalue()


def define_names(file: File, book: Book) -> None:
    """Define the names of cells that have one."""
    for placed in book.cells.values():
        if placed.name:
            cell = f"${xl_col_to_name(placed.column)}${placed.row + 1}"
            file.define_name(placed.name, f"='{placed.sheet.name}'!{cell}")


@dataclass(frozen=True)
class Figures:
    """Puts the figures of one sheet into a file."""

    out: LineSheet
    sheet: Sheet
    number: int
    """Of the sheet, counted from 0."""
    addresses: Addresses
    styles: Styles | None = None
    """How they look; a draft has no looks, and shares the formulas of lines."""
    values: Values | None = None
    """What formulas come to, beside those that the engine gave; nil where neither says."""

    @property
    def book(self) -> Book:
        """The book that the sheet belongs to."""
        return self.addresses.book

    def put(self) -> None:
        """Put the figures where the book has them."""
        self._formula(CHECK_ROW, 0, f'"Master check: "&{MASTER_CHECK}', self._style("check"), None)
        if self.sheet.timeline:
            self._ruler()
        for content in self.sheet.contents:
            match content:
                case Row():
                    self._line(content)
                case TableRow():
                    for column, cell in enumerate(content.cells):
                        self._cell(content.place, column, self.book.cells[cell.key].item)

    def _style(self, look: str, unit: str = "") -> Style:
        return None if self.styles is None else self.styles.of(look, unit)

    def _ruler(self) -> None:
        ruler, addresses = self.book.ruler, self.addresses
        if ruler is None:
            return
        for line, unit, row, look in (
            (ruler.year, WHOLE, NUMBER_ROW, "quiet"),
            (ruler.month, WHOLE, NUMBER_ROW, "quiet"),
            (ruler.starts, DATE, HEADER_ROW, "header of numbers"),
        ):
            template = addresses.template(str(line), self.sheet, line.period)
            self._formula_line(row, addresses.columns(line.period), template, self._style(look, unit), None)

    def _line(self, row: Row) -> None:
        addresses, place = self.addresses, row.place
        style = self._style(row.kind, row.unit)
        columns = addresses.columns(row.line.period)
        if row.entered is not None:
            for value, column in zip(row.entered, columns, strict=True):
                self.out.put_number(place, column, float(value), style)
            return
        template = addresses.template(row.formula, self.sheet, row.line.period)
        self._formula_line(place, columns, template, style, row.engine)
        if row.line.period == "month" and row.years != "none":
            self._years(row, style)
        elif row.years == "sum":
            self._total(row, row.line.years, style)

    def _years(self, row: Row, style: Style) -> None:
        """Put in what stands in the columns of the years: the months' sum, or the last month of the year."""
        ruler = self.book.time
        if row.years == "sum":
            text = f"SUMIFS({row.line.whole},{ruler.year_of_month.whole},{ruler.year.year})"
            self._total(row, row.line.whole, style)
        else:
            text = row.line.in_month(ruler.last_month.year)
        template = self.addresses.template(text, self.sheet, "year")
        self._formula_line(row.place, self.addresses.columns("year"), template, style, None)

    def _total(self, row: Row, summed: str, style: Style) -> None:
        known = None if row.engine is None else float(row.engine.sum())
        self._formula(row.place, TOTAL, self.addresses.template(f"SUM({summed})", self.sheet), style, known)

    def _formula_line(self, row: int, columns: range, template: str, style: Style, known: Numbers | None) -> None:
        """Put a formula along a row with what it comes to, as far as that is known."""
        if known is not None:
            values: list[Value] = known.tolist()
        else:
            values = [self._value(row, column) for column in columns]
        draft = self.styles is None
        self.out.put_line(row, FormulaLine(template, self.addresses.fill, columns, values, style, shared=draft))

    def _formula(self, row: int, column: int, formula: str, style: Style, known: Value | None) -> None:
        value = self._value(row, column) if known is None else known
        self.out.put_formula(row, column, formula, style, value)

    def _value(self, row: int, column: int) -> Value:
        return 0.0 if self.values is None else self.values(self.number, row, column)

    def _cell(self, row: int, column: int, item: object) -> None:
        match item:
            case Entry() | Sample() | Fixed():
                self.out.put_number(row, column, item.value, self._style(LOOKS[type(item)], item.unit))
            case Formula():
                style = self._style(item.kind, item.unit)
                self._formula(row, column, self.addresses.template(item.text, self.sheet), style, item.engine)
