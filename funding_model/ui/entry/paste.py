"""Paste: a block copied from a spreadsheet, as the rows of a table, with everything in it understood or refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from funding_model.problems import Problem
from funding_model.report.sentences import listed
from funding_model.scenario.columns import Column
from funding_model.scenario.plain import shown
from funding_model.ui.entry.rows import Cells, Row, row_typed

MOST_ROWS: Final = 1_000
_UNIT: Final = re.compile(r"\s*\([^()]*\)$")
"""A unit after a heading, such as that of ``Salary (£)``."""
FEWEST_HEADINGS: Final = 2
"""Names of columns in a line, beside others, by which it is known as a line of headings."""
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
    named, strangers = _named(columns, lines[0])
    order, body = (named, lines[1:]) if named else (list(columns), lines)
    widest = max((len(line) for line in body), default=0)
    if strangers or widest > len(order):
        return _misfit(columns if strangers else order, strangers, widest)
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


def _misfit(columns: Sequence[Column], strangers: list[str], widest: int) -> Pasted:
    """Return that headings name no column, or that a block is wider than the table."""
    titles = ", ".join(column.title for column in columns)
    if strangers:
        named = f"{listed(list(map(shown, strangers)))} {'is' if len(strangers) == 1 else 'are'} no column."
        return _refused(f"The first row names columns, but {named}", f"Columns here: {titles}. Leave out the others.")
    message = f"The block has {widest} columns, and the table {len(columns)}."
    return _refused(message, f"Copy the columns {titles}, in this order.")


def _named(columns: Sequence[Column], line: list[str]) -> tuple[list[Column], list[str]]:
    """Return the columns that a line of headings names, and the headings that name none.

    Both are empty for a line that is no line of headings: fewer than half of its cells name a column, or fewer than 2.
    """
    headings = [cell for cell in line if cell]
    found = [_called(columns, heading) for heading in headings]
    named = [column for column in found if column is not None]
    strangers = [heading for heading, column in zip(headings, found, strict=True) if column is None]
    twice = len({column.name for column in named}) < len(named)
    if twice or not named or (strangers and len(named) < max(FEWEST_HEADINGS, len(strangers))):
        return [], []
    return named, strangers


def _called(columns: Sequence[Column], heading: str) -> Column | None:
    """Return the column of this title or name, or the only one whose title begins with it."""
    wanted = _UNIT.sub("", heading).casefold()
    exact = [column for column in columns if wanted in (column.name.casefold(), column.title.casefold())]
    begun = [column for column in columns if column.title.casefold().startswith(f"{wanted} ")]
    return next(iter(exact), None) or (begun[0] if len(begun) == 1 else None)


def _refused(message: str, remedy: str) -> Pasted:
    return Pasted((), [], [], (Problem("the block", message, remedy),))
