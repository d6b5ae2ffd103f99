"""Paste: a block copied from a spreadsheet, as the rows of a table, with everything in it understood or refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from funding_model.problems import Problem
from funding_model.scenario.columns import Column
from funding_model.ui.entry.rows import Cells, Row, row_typed

MOST_ROWS: Final = 1_000
LONGEST_BLOCK: Final = 200_000
"""Characters."""


@dataclass(frozen=True)
class Pasted:
    """What a block says.

    Attributes:
        columns: The columns that it fills, in its order.
        cells: Its rows as they were written.
        rows: Its rows as they were understood.
        problems: What was not understood, with row and column.
    """

    columns: tuple[Column, ...]
    cells: list[Cells]
    rows: list[Row]
    problems: tuple[Problem, ...]


def block_typed(columns: Sequence[Column], text: str) -> Pasted:
    """Return what a pasted block says: rows are lines, cells are parted by tabs.

    A first line that holds nothing but names of columns says their order; without one they are taken as they stand.
    """
    if len(text) > LONGEST_BLOCK:
        return _refused("The block is too long.", f"Paste at most {MOST_ROWS:,} rows at a time.")
    try:
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter="\t")]
    except csv.Error:
        return _refused("The block cannot be read.", "Copy the cells from the spreadsheet again.")
    lines = [line for line in lines if any(line)]
    if not lines:
        return Pasted((), [], [], ())
    if len(lines) > MOST_ROWS:
        return _refused(f"The block has {len(lines):,} rows.", f"Paste at most {MOST_ROWS:,} at a time.")
    named = _named(columns, lines[0])
    order, body = (named, lines[1:]) if named else (list(columns), lines)
    widest = max((len(line) for line in body), default=0)
    if widest > len(order):
        titles = ", ".join(column.title for column in order)
        return _refused(
            f"The block has {widest} columns, and the table {len(order)}.", f"Copy the columns {titles}, in this order."
        )
    rows: list[Row] = []
    cells: list[Cells] = []
    problems: list[Problem] = []
    for number, line in enumerate(body, 1):
        written = {column.name: text for column, text in zip(order, line, strict=False)}
        row, found = row_typed(order, {}, written, {})
        problems += [Problem(f"row {number}, {title}", each.message, each.remedy) for title, each in found]
        rows.append(row)
        cells.append(written)
    return Pasted(tuple(order[:widest]), cells, rows, tuple(problems))


def _named(columns: Sequence[Column], line: list[str]) -> list[Column]:
    """Return the columns that a line of headings names; none when it holds anything else."""
    known = {name: column for column in columns for name in (column.name.casefold(), column.title.casefold())}
    found = [known.get(cell.casefold()) for cell in line if cell]
    named = [column for column in found if column is not None]
    return named if named and len(named) == len(found) == len({column.name for column in named}) else []


def _refused(message: str, remedy: str) -> Pasted:
    return Pasted((), [], [], (Problem("the block", message, remedy),))
