"""Content: what a report holds, whatever file it becomes: sections of paragraphs, lists, tables, figures and notes.

Every number is finished text from ``report/words``. Text is what a person or the calculator wrote, never markup: each
format shows it as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeAlias, TypeVar

from funding_model.report.charts import Chart
from funding_model.report.table import LINE, Table

CHART_WIDTH: Final = 620
"""Width of the area of a chart in which data is drawn, in pixels; text keeps its size."""
_HIDDEN: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Characters that turn the direction of the text beside them, or mark the start of a file."""
_LAST_TWO: Final = 0xFFFE
"""The last two code points of each plane are no characters."""
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; the subject, if there is one, stands before it in bold."""

    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph that stands apart; a warning says so in words as well."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it shows in words, and the table that holds the same numbers.

    Attributes:
        caption: What it holds, with the unit and the years of its numbers.
        description: What it shows, in words.
        specification: How it is drawn (Vega-Lite), of which every format makes its own picture.
        table: The table beside it, if that is no other one.
    """

    caption: str
    description: str
    specification: str
    table: Table | None = None


Block: TypeAlias = Paragraph | Bullets | Note | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading; an annex starts a new page."""

    title: str
    blocks: tuple[Block, ...]
    parts: tuple[Section, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report.

    Attributes:
        title: The scenario's name.
        subtitle: What kind of paper it is.
        facts: What the first page says of it: whose it is, which months, which contracts.
        sections: Two pages for a board, then the annexes.
        stamp: The line that every page ends with: version and hash of everything entered.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    stamp: str


def every_section(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, Section]]:
    """Yield every section with its level, in the order in which they are read."""
    for section in sections:
        yield level, section
        yield from every_section(section.parts, level + 1)


def tables(sections: tuple[Section, ...]) -> Iterator[Table]:
    """Yield every table, also those beside figures."""
    for _, section in every_section(sections):
        for block in section.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Figure) and block.table is not None:
                yield block.table


def figures(sections: tuple[Section, ...]) -> list[Figure]:
    """Return every figure in order."""
    return [block for _, section in every_section(sections) for block in section.blocks if isinstance(block, Figure)]


def figure(caption: str, chart: Chart, table: Table | None = None) -> Figure:
    """Return a chart as a figure; that it is sound is for the tests to check, and not for every report."""
    specification = chart.properties(width=CHART_WIDTH).to_json(indent=None, validate=False)
    return Figure(caption, str(chart.description), specification, table)


def bullets(*texts: str) -> Bullets:
    """Return sentences as a list."""
    return Bullets(tuple(Item(text) for text in texts))


def inert(text: str) -> str:
    """Return text without characters that do anything but stand there; line breaks stay."""
    if all(part.isprintable() for part in text.split(LINE)):
        return text  # nothing that acts is a sign that can be printed
    return "".join(letter for letter in text if letter == LINE or not _acts(letter))


def _acts(letter: str) -> bool:
    return (
        letter in _HIDDEN
        or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")
        or (ord(letter) & _LAST_TWO) == _LAST_TWO
        or "\ufdd0" <= letter <= "\ufdef"
    )


def made_inert(content: Content) -> Content:
    """Return content with all of its text made inert."""
    found: Any = content
    if isinstance(content, str):
        found = inert(content)
    elif isinstance(content, tuple):
        found = tuple(made_inert(each) for each in content)
    elif is_dataclass(content) and not isinstance(content, type):
        changed = {
            field.name: made_inert(getattr(content, field.name))
            for field in fields(content)
            if isinstance(getattr(content, field.name), str | tuple) or is_dataclass(getattr(content, field.name))
        }
        found = replace(content, **changed)
    return found  # type: ignore[no-any-return]
