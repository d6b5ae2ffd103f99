"""Sheet: how tables and charts take their room on a sheet of paper, in every format that has sheets."""

from __future__ import annotations

from typing import Final

from funding_model.report.paper.drawing import size_of
from funding_model.report.table import LINE, Table

PAGE_WIDTH: Final = 740
"""Pixels of a drawing that fill the width of the page."""
HIGHEST: Final = 0.95
"""Height of a drawing on the page, in widths of the page."""
LONGEST, LEAST, LONGEST_WORD, BETWEEN = 60, 8, 24, 2
"""Letters from which on a cell of text asks for no more room; for which it always has room; of a word for which it
has; between two columns."""
USUAL, SMALL, SMALLEST = 8.8, 7.6, 6.6
MANY_COLUMNS, MOST_COLUMNS = 7, 9
LETTERS: Final = {USUAL: 104, SMALL: 120, SMALLEST: 138}
"""Letters that fit across the page at each size of text."""


def share_of_page(drawing: str) -> float:
    """Return the share of the page's width that a drawing takes."""
    width, height = size_of(drawing)
    return min(1.0, width / PAGE_WIDTH, HIGHEST * width / height)


def weights(table: Table) -> list[float]:
    """Return the share of the width that each column needs, in letters.

    Numbers and single words keep to one line; what room is left goes to the columns of text, to each by its longest
    cell.
    """
    rows = [row.cells for row in table.rows if row.kind != "group"]
    columns = list(zip(*[table.columns, *rows], strict=True))
    words = [max(len(word) for cell in cells for word in (*cell.split(), "")) for cells in columns]
    lines = [max(len(line) for cell in cells for line in cell.split(LINE)) for cells in columns]
    numbers = [
        max([longest_word(heading), *(len(line) for cell in cells for line in cell.split(LINE))])
        for heading, *cells in columns[table.texts :]
    ]
    least = [min(LONGEST_WORD, max(LEAST, word)) for word in words[: table.texts]]
    wishes = [min(LONGEST, max(own, line)) for own, line in zip(least, lines, strict=False)]
    room = LETTERS[size_of_text(table)] - sum(numbers) - BETWEEN * len(columns)
    wanted = sum(wishes) - sum(least)
    share = min(1.0, max(0.0, room - sum(least)) / wanted) if wanted else 0.0
    texts = [own + share * (wish - own) for own, wish in zip(least, wishes, strict=True)]
    # What is left over when every text has what it asks for is shared by all columns alike.
    spare = max(0.0, room - sum(texts)) / len(columns)
    return [BETWEEN + spare + need for need in (*texts, *numbers)]


def longest_word(heading: str) -> int:
    """Return the length of the longest word of a heading, which is not broken."""
    return max((len(word) for word in heading.split()), default=0)


def size_of_text(table: Table) -> float:
    """Return the size of a table's text in points: smaller, the more columns there are."""
    count = len(table.columns)
    return SMALLEST if count > MOST_COLUMNS else SMALL if count > MANY_COLUMNS else USUAL
