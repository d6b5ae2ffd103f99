"""Grids: tables of text for a terminal of a hundred columns; names to the left, numbers to the right."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from funding_model.report.plain import WIDTH, footing, notes_text, wrapped

GAP: Final = 2
LEAST_TEXT: Final = 12


@dataclass(frozen=True)
class Grid:
    """A table with a title; the first column holds names, and as many more as ``texts`` says hold text."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    texts: int = 1


def grid_text(grid: Grid) -> list[str]:
    """Return a grid as lines; names, texts and headings that are too long are wrapped."""
    if not grid.rows:
        return []
    columns = list(zip(grid.columns, *grid.rows, strict=True))
    widths = [
        max(*map(len, cells), *(len(word) for word in heading.split())) if number >= grid.texts else 0
        for number, (heading, *cells) in enumerate(columns)
    ]
    room = WIDTH - sum(width + GAP for width in widths[grid.texts :]) - GAP * (grid.texts - 1)
    wanted = {number: max(map(len, columns[number])) for number in range(grid.texts)}
    for place, number in enumerate(sorted(wanted, key=wanted.__getitem__)):
        share = max(LEAST_TEXT, room // (grid.texts - place))
        widths[number] = min(share, wanted[number])
        room -= widths[number]
    lines = wrapped(grid.title)
    for row in (grid.columns, *grid.rows):
        lines += _row(row, widths, grid.texts)
    return lines


def _row(row: Sequence[str], widths: Sequence[int], texts: int) -> list[str]:
    cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        shown = [
            part.ljust(width) if number < texts else part.rjust(width)
            for number, (part, width) in enumerate(zip(parts, widths, strict=True))
        ]
        lines.append((" " * GAP).join(shown).rstrip())
    return lines


def sheet_text(title: str, document: Mapping[str, Any], sentences: Sequence[str], grids: Sequence[Grid]) -> str:
    """Return an answer as plain text: sentences, tables, what is to be read beside them and what holds for all."""
    lines = [*wrapped(title), "=" * min(len(title), WIDTH), ""]
    for sentence in sentences:
        lines += wrapped(sentence, "", "  ")
    for grid in grids:
        drawn = grid_text(grid)
        lines += ["", *drawn] if drawn else []
    lines += ["", *notes_text("To be read beside the results", document["notes"])]
    return "\n".join([*lines, *footing(document)])
