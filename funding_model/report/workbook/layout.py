"""Layout: widths of columns, heights of rows, and how each sheet goes on paper."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from xlsxwriter.utility import xl_range

from funding_model.report.workbook.addresses import FIRST_YEAR, KIND, LABEL, OF, TOTAL, UNIT, Addresses
from funding_model.report.workbook.book import (
    FLAG,
    TEXT,
    Book,
    Chart,
    Entry,
    Fixed,
    Formula,
    Item,
    Link,
    Row,
    Sample,
    Sheet,
    Space,
    TableRow,
)
from funding_model.report.workbook.styles import Nil, nil_of

A4: Final = 9
LEAST, OF_NUMBERS, OF_WORDS, MOST = 12.0, 15.0, 30.0, 70.0
"""Widths in letters: of any column, of one with numbers, of one with words that a formula gives, and of text."""
FIRST_COLUMN: Final = 28.0
LINE, MARGIN = 13.5, 1.5
"""Height of a line of text, and what a row needs beside its lines, in points."""
SCALE: Final = 45
"""Per cent at which a sheet with months is printed: the columns of labels and twelve months fit across a page."""
MONTHS_ACROSS: Final = 12
LABELS: Final = {LABEL: 44, OF: 30, UNIT: 16, KIND: 9, TOTAL: 16}
"""Widths of the columns before the timeline, where the texts of a sheet need no more."""
MOST_OF_LABELS: Final = 64
COLUMN_WIDTH, YEAR_WIDTH, GAP_WIDTH = 14, 16, 2
ACROSS: Final = 210.0
"""Letters across a page that can still be read; a wider table goes on pages side by side."""
NARROWER: Final = 45.0
"""Most letters of a text in a table that is wider than a page."""


def label_widths(sheet: Sheet) -> dict[int, int]:
    """Return the widths of the columns of labels of a sheet with months."""
    rows = [content for content in sheet.contents if isinstance(content, Row)]
    longest = {
        LABEL: max((len(row.label) for row in rows), default=0),
        OF: max((len(row.of) for row in rows), default=0),
        UNIT: max((len(row.unit) for row in rows), default=0),
    }
    return {column: min(MOST_OF_LABELS, max(width, longest.get(column, 0) + 2)) for column, width in LABELS.items()}


@dataclass(frozen=True)
class Header:
    """The header of a column of a table."""

    text: str
    numbers: bool
    """Whether numbers stand below it, to the right."""


def headers(sheet: Sheet) -> dict[int, list[Header]]:
    """Return the headers of the tables of a sheet, by row; those of columns of flags say how a flag is written."""
    found: dict[int, list[Header]] = {}
    for start, content in enumerate(sheet.contents):
        if isinstance(content, TableRow) and content.headers:
            rows = takewhile(lambda row: isinstance(row, TableRow) and not row.headers, sheet.contents[start + 1 :])
            cells = [row.cells for row in rows if isinstance(row, TableRow)]
            found[content.place] = [
                _header(text, [sheet.book.cells[row[column].key].item for row in cells if column < len(row)])
                for column, text in enumerate(content.headers)
            ]
    return found


def _header(text: str, items: list[Item]) -> Header:
    units = {item.unit if isinstance(item, Entry | Fixed | Sample | Formula) else TEXT for item in items} or {TEXT}
    return Header(f"{text} ({FLAG})" if units == {FLAG} else text, numbers=TEXT not in units)


def page_widths(sheet: Sheet, heads: dict[int, list[Header]]) -> list[float]:
    """Return the widths of the columns of a sheet of tables: what their numbers need, and most of their texts."""
    widths = _widths(sheet, heads, MOST)
    return widths if sum(widths) <= ACROSS else _widths(sheet, heads, NARROWER)


def _widths(sheet: Sheet, heads: dict[int, list[Header]], most: float) -> list[float]:
    widths: dict[int, float] = {0: FIRST_COLUMN}
    for row in sheet.contents:
        if not isinstance(row, TableRow):
            continue
        for column, header in enumerate(heads.get(row.place, [])):
            longest = max((len(word) for word in header.text.split()), default=0)
            widths[column] = max(widths.get(column, LEAST), longest + 2.0)
        for column, cell in enumerate(row.cells):
            widths[column] = max(widths.get(column, LEAST), _need(sheet.book.cells[cell.key].item, most))
    return [widths[column] for column in range(len(widths))]


def _need(item: Item, most: float) -> float:
    if isinstance(item, str | Link):
        return min(most, len(str(item)) + 2.0)
    words = isinstance(item, Space) or (isinstance(item, Formula) and item.unit == TEXT)
    return OF_WORDS if words else OF_NUMBERS


def height(row: TableRow, book: Book, heads: Sequence[Header], widths: Sequence[float]) -> float | None:
    """Return the height of a row whose texts need more than one line; None where one is enough."""
    texts: list[Item] = [head.text for head in heads] or [book.cells[cell.key].item for cell in row.cells]
    lines = max(
        (
            len(textwrap.wrap(str(text), math.floor(width - 1)))
            for text, width in zip(texts, widths, strict=False)
            if isinstance(text, str | Link)
        ),
        default=1,
    )
    return None if lines <= 1 else lines * LINE + MARGIN


def set_paper(out: Any, sheet: Sheet, addresses: Addresses, widths: Sequence[float]) -> None:  # noqa: ANN401 - untyped
    """Set a sheet up for print: landscape, its titles repeated, and no column cut in two.

    Tables, and results by year, go on one page across, or on as many as can be read, with the first column repeated; of
    months there are twelve across, with the labels beside them. Charts go on one page, upright.
    """
    out.set_landscape()
    out.set_paper(A4)
    out.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    out.set_footer("&L&A&CPage &P of &N&R&F")
    months = addresses.columns("month")
    if not sheet.timeline:
        out.repeat_columns(LABEL)
        out.fit_to_pages(math.ceil(sum(widths) / ACROSS), 0)
        if any(isinstance(content, Chart) for content in sheet.contents):
            out.set_portrait()
            out.fit_to_pages(1, 1)
        return
    out.repeat_columns(LABEL, TOTAL)
    if any(isinstance(row, Row) and row.line.period == "month" for row in sheet.contents):
        usual, needed = sum(LABELS.values()), sum(label_widths(sheet).values())
        year = MONTHS_ACROSS * COLUMN_WIDTH
        out.set_print_scale(math.floor(SCALE * (usual + year) / (needed + year)))
        out.set_v_pagebreaks([FIRST_YEAR + addresses.book.years, *months[MONTHS_ACROSS::MONTHS_ACROSS]])
    else:
        out.print_area(0, 0, max(sheet.next_row - 1, 0), months[0] - 2)
        out.fit_to_pages(1, 0)


def nil_areas(sheet: Sheet, addresses: Addresses) -> dict[Nil, list[str]]:
    """Return where on a sheet next to nothing may be left of what cancels out, by how a nil looks there.

    Neighbouring rows of a column, or of the timeline, that show a nil alike are one area.
    """
    timeline = (TOTAL, addresses.columns("month")[-1])
    areas: dict[tuple[int, int, Nil], list[list[int]]] = {}

    def add(row: int, columns: tuple[int, int], unit: str) -> None:
        nil = nil_of(unit)
        if nil is None:
            return
        found = areas.setdefault((*columns, nil), [])
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])

    for content in sheet.contents:
        match content:
            case Row() if content.kind != "input":
                add(content.place, timeline, content.unit)
            case TableRow():
                for column, cell in enumerate(content.cells):
                    item = sheet.book.cells[cell.key].item
                    if isinstance(item, Formula | Fixed):
                        add(content.place, (column, column), item.unit)
    found: dict[Nil, list[str]] = {}
    for (first, last, nil), rows in areas.items():
        found.setdefault(nil, []).extend(xl_range(top, first, bottom, last) for top, bottom in rows)
    return found
