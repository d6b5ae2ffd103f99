"""Which numbers a sentence tells, and which a table shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from funding_model.report.grids import Grid

NUMBER = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?")
NAMED = re.compile(r"“[^”]*”")


def shown(grids: Iterable[Grid]) -> set[str]:
    """Return every number in a cell or a heading of some tables."""
    texts = [text for grid in grids for row in (grid.columns, *grid.rows) for text in row]
    return {number for text in texts for number in NUMBER.findall(text)}


def not_shown(sentences: Iterable[str], grids: Sequence[Grid], names: Iterable[str] = ()) -> list[str]:
    """Return the numbers that sentences tell and no table shows; what stands in quotation marks is a name."""
    cells = shown(grids)
    missing = []
    for sentence in sentences:
        plain = NAMED.sub("", sentence)
        for name in names:
            plain = plain.replace(name, "")
        missing += [f"{number}: {sentence}" for number in NUMBER.findall(plain) if number not in cells]
    return missing
