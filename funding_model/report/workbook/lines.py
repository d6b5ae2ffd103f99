"""Lines: a sheet of the file into which cells are put straight, and the formula of a line as one piece.

The library that writes the file reads each formula for newer functions, and puts a sheet together cell by cell. Here
the cells of a line, which have one formula, are put together for the whole row, several times as fast; the file is the
same.

A line may also be *shared*: its first cell holds the formula, and the others refer to it. A spreadsheet engine then
reads one formula instead of sixty, which is most of its work. Excel takes no shared formula that names another sheet,
so only a draft, which is worked out and thrown away, is written like that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import CellFormulaTuple, CellNumberTuple, Worksheet

from funding_model.report.workbook.calculate import Value

File = Any
"""A file of the library that writes them, which has no complete types."""
Style = Any
"""A format of that library; None in a draft."""
column_name: Callable[[int], str] = cache(xl_col_to_name)


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """The cells of a line: one formula in neighbouring columns."""

    template: str
    fill: Callable[[str, int], str]
    """From the template and a column to the formula there."""
    columns: range
    values: Sequence[Value]
    """What the formula comes to, by column."""
    style: Style
    shared: bool = False


def _plain(value: Value) -> Value:
    """Return a value without the sign that a nil of floating-point numbers may have: -0.0 + 0.0 is 0.0."""
    return value + 0.0 if isinstance(value, float) else value


class LineSheet(Worksheet):  # type: ignore[misc] # the library has no types
    """A sheet of the library that also takes lines, and cells that need no reading."""

    shared_formulas = 0

    def put_line(self, row: int, line: FormulaLine) -> None:
        """Put a line into a row."""
        self._check_dimensions(row, line.columns[-1])
        self._put(row, line.columns[0], line)

    def put_formula(self, row: int, column: int, formula: str, style: Style, value: Value) -> None:
        """Put a formula into a cell."""
        self._put(row, column, CellFormulaTuple(formula, style, _plain(value)))

    def put_number(self, row: int, column: int, value: float, style: Style) -> None:
        """Put a number into a cell."""
        self._put(row, column, CellNumberTuple(value + 0.0, style))

    def _put(self, row: int, column: int, cell: object) -> None:
        self._check_dimensions(row, column)
        self.table[row][column] = cell

    def _calculate_spans(self) -> None:
        """Leave out which columns a row uses: a hint to readers, which no one has to give."""

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if not isinstance(cell, FormulaLine):
            super()._write_cell(row, col, cell)
        elif cell.shared:
            self._write_shared(row, cell)
        else:
            self._write_line(row, cell)

    def _write_line(self, row: int, line: FormulaLine) -> None:
        template, style = escape(line.template), line.style._get_xf_index()  # noqa: SLF001 - as in the library's cells
        for column, value in zip(line.columns, line.values, strict=True):
            if isinstance(value, float):
                place, formula = column_name(column) + str(row + 1), line.fill(template, column)
                self.fh.write(f'<c r="{place}" s="{style}"><f>{formula}</f><v>{value + 0.0}</v></c>')
            else:
                cell = CellFormulaTuple(line.fill(line.template, column), line.style, value)
                super()._write_cell(row, column, cell)

    def _write_shared(self, row: int, line: FormulaLine) -> None:
        """Write a line without its values, which nobody reads."""
        first, *others = line.columns
        number, span = self.shared_formulas, xl_range(row, first, row, line.columns[-1])
        self.shared_formulas += 1
        formula = line.fill(escape(line.template), first)
        refers = f'{row + 1}"><f t="shared" si="{number}"/><v>0</v></c>'
        self.fh.write(
            f'<c r="{column_name(first)}{row + 1}"><f t="shared" ref="{span}" si="{number}">{formula}</f><v>0</v></c>'
            + "".join([f'<c r="{column_name(column)}{refers}' for column in others])
        )

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[object]:
        """Return what charts hold of the cells that they draw, those of lines included."""
        found: list[object] = []
        for row in range(row_start, row_end + 1):
            lines = [each for each in self.table[row].values() if isinstance(each, FormulaLine)]
            values = {column: value for line in lines for column, value in zip(line.columns, line.values, strict=True)}
            for column in range(col_start, col_end + 1):
                own = [values[column]] if column in values else super()._get_range_data(row, column, row, column)
                found += own
        return found
