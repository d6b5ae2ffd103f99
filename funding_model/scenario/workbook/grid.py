"""Grid: a workbook as its cells by sheet, row and column, and how a place in it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from funding_model.scenario.workbook.cells import Cell

Cells: TypeAlias = dict[tuple[int, int], Cell]
"""The cells of a sheet that hold something, by row and column from nought."""
Grid: TypeAlias = dict[str, Cells]
ZIP: Final = b"PK"
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""How a workbook of before 2007 begins, and one that a password locks."""
HEADINGS: Final = 3
"""The row of the titles; two more rows under it say what to enter, and what a blank means."""
FIRST: Final = HEADINGS + 3
"""The first row in which something is entered."""
ITEMS: Final = 3
"""The first column of values on a sheet with a field in each row."""


@dataclass(frozen=True)
class Spot:
    """A place in a workbook: a cell, a whole row, a whole column, or a sheet."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def words(self) -> str:
        """The place as a person reads it: ``Posts, cell D7``."""
        if self.row is not None and self.column is not None:
            return f"{self.sheet}, cell {letters(self.column)}{self.row + 1}"
        if self.row is not None:
            return f"{self.sheet}, row {self.row + 1}"
        return f"{self.sheet}, column {letters(self.column)}" if self.column is not None else self.sheet


def letters(column: int) -> str:
    """Return the letters of a column: A, B, ... Z, AA."""
    found = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def is_workbook(text: str | bytes) -> bool:
    """Whether a file begins as a workbook does, of this kind or of one that is refused."""
    return isinstance(text, bytes) and text.startswith((ZIP, OLD_OR_LOCKED))
