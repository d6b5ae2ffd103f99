"""Table: finished text in rows, whatever shows it: a page of the app, a paper or a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from funding_model.report.grids import Grid

LINE: Final = "\n"
"""Between two lines of a cell; the second one is shown small."""
TOGETHER: Final = ("together", "all services")
"""Headings of rows of a grid that add up the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the first cell is its heading."""

    cells: tuple[str, ...]
    kind: Literal["plain", "total", "group"] = "plain"
    """A total adds up rows above it; a group has one cell, which heads the rows below it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished text.

    Attributes:
        caption: What it holds, with the unit and the years of its numbers.
        columns: Headings of the columns, that of the row headings included.
        rows: The rows.
        texts: How many columns hold text, that of the row headings included; the others hold numbers.
        notes: What is to be known of it, below it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: int = 1
    notes: tuple[str, ...] = ()


def grid_table(grid: Grid) -> Table:
    """Return a grid of another answer as a table; rows that add up the others are told apart."""
    rows = tuple(Row((_heading(row[0]), *row[1:]), "total" if row[0] in TOGETHER else "plain") for row in grid.rows)
    return Table(grid.title, tuple(grid.columns), rows, grid.texts)


def _heading(text: str) -> str:
    return text.capitalize() if text in TOGETHER else text
