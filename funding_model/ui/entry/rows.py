"""Rows: what was typed into a table, as the groups of a list; each slip names its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from funding_model.problems import Problem
from funding_model.scenario.columns import Column, entered_or_default, value_text, value_typed

Row: TypeAlias = dict[str, Any]
"""A group of fields as it stands in a document."""
Cells: TypeAlias = dict[str, str]
"""A row as it stands in a table: what is written in each column."""


@dataclass(frozen=True)
class Read:
    """What a table says.

    Attributes:
        rows: The rows as they can be kept: a cell that was not understood keeps what it held before.
        cells: The rows as they were typed, one for each of those.
        problems: What was not understood, with row and column.
    """

    rows: list[Row]
    cells: list[Cells]
    problems: tuple[Problem, ...]


def cells_of(columns: Sequence[Column], row: Row) -> Cells:
    """Return a row as it is shown; a field that is not entered shows what holds without it."""
    return {column.name: value_text(column, entered_or_default(column, row)) for column in columns}


def after_edits(cells: Sequence[Cells], edits: Mapping[str, Any]) -> list[tuple[int | None, Cells]]:
    """Return the rows of a table after what was changed in it, each with its place before; None for a new one.

    Args:
        cells: The rows as the table was given them.
        edits: ``edited_rows`` by place, ``added_rows`` and ``deleted_rows``, as the table reports them.
    """
    edited = {int(place): changes for place, changes in dict(edits.get("edited_rows", {})).items()}
    deleted = {int(place) for place in edits.get("deleted_rows", ())}
    found: list[tuple[int | None, Cells]] = [
        (place, {**row, **_texts(edited.get(place, {}))}) for place, row in enumerate(cells) if place not in deleted
    ]
    return found + [(None, _texts(row)) for row in edits.get("added_rows", ())]


def rows_typed(
    columns: Sequence[Column], before: Sequence[Row], cells: Sequence[Cells], edits: Mapping[str, Any]
) -> Read:
    """Return what a table says after it was edited."""
    rows: list[Row] = []
    kept: list[Cells] = []
    problems: list[Problem] = []
    for origin, written in after_edits(cells, edits):
        if not any(text.strip() for text in written.values()):
            continue
        old = before[origin] if origin is not None and origin < len(before) else {}
        shown = cells[origin] if origin is not None else {}
        row, found = row_typed(columns, old, written, shown)
        where = f"row {len(rows) + 1}" + (f" ({row['name']})" if row.get("name") else "")
        problems += [Problem(f"{where}, {title}", each.message, each.remedy) for title, each in found]
        rows.append(row)
        kept.append(written)
    return Read(rows, kept, tuple(problems))


def row_typed(
    columns: Sequence[Column], before: Row, written: Cells, shown: Cells
) -> tuple[Row, list[tuple[str, Problem]]]:
    """Return a row with what was written in it, and what was not understood by the title of its column.

    A cell that says what it said when the table was shown changes nothing: a default stays one.
    """
    row = dict(before)
    problems = []
    for column in columns:
        text = written.get(column.name, "")
        if column.name in shown and text == shown[column.name] == cells_of((column,), before)[column.name]:
            continue
        value, problem = value_typed(column, text)
        if problem is not None:
            problems.append((column.title, problem))
        elif value is None or (value == column.default and column.name not in before):
            row.pop(column.name, None)
        else:
            row[column.name] = value
    return row, problems


def _texts(changes: Mapping[str, Any]) -> Cells:
    return {name: _text(value) for name, value in changes.items() if not name.startswith("_")}


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a table's cell holds
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
