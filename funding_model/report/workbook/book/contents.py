"""Contents: what stands on a sheet, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from funding_model.report.workbook.book.items import Kind, Numbers
from funding_model.report.workbook.book.references import Cell, Line, Period
from funding_model.units import Unit

Years = Literal["sum", "end", "none"]
"""What stands in the year's column of a monthly line: its sum, its last month, or nothing."""


@dataclass
class Row:
    """A line as it stands on its sheet."""

    line: Line
    label: str
    of: str
    unit: str
    kind: Kind
    years: Years
    formula: str
    entered: Numbers | None = None
    bounds: Unit | None = None
    engine: Numbers | None = None
    place: int = -1


@dataclass(frozen=True)
class Heading:
    """The title of a block or table, with a note on what it works out."""

    title: str
    note: str
    place: int


@dataclass
class TableRow:
    """A row of a table."""

    place: int
    headers: tuple[str, ...] = ()
    """Only of the row of headers."""
    cells: tuple[Cell, ...] = ()
    """Of every other row."""


@dataclass
class Chart:
    """A native chart of lines over the months, with its text alternative."""

    title: str
    description: str
    lines: tuple[Line, ...]
    period: Period
    unit: str
    place: int
    columns: bool = False
    """Whether it has columns side by side, and not lines."""
    from_nil: bool = False
    """Whether its axis begins at nil, where no figure can be less: columns cut off below would mislead."""
