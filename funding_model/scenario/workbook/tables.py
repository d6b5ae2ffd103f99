"""Tables: how a sheet with a thing in each row is drawn."""

from __future__ import annotations

from typing import Final

from funding_model.reference.defaults import assumption_defaults
from funding_model.scenario.columns import default_words
from funding_model.scenario.plain import Place
from funding_model.scenario.workbook.cells import Cell
from funding_model.scenario.workbook.grid import FIRST, HEADINGS
from funding_model.scenario.workbook.headings import Heading
from funding_model.scenario.workbook.layout import AFTER, BEFORE, Key, Table
from funding_model.scenario.workbook.lists import LAST
from funding_model.scenario.workbook.page import Page
from funding_model.scenario.workbook.rows import in_unit
from funding_model.scenario.workbook.styles import LONG_TEXTS, SMALL, height, if_blank, to_enter, width

ROWS: Final = 21
"""Rows to type into that are drawn at the least."""
SPARE: Final = 12
"""Rows drawn below the last that is filled."""
TO_ENTER, BLANK_MEANS = HEADINGS + 1, HEADINGS + 2
_KEY, _SETTING = 34, 48
"""Widths in letters of what says what a row is about."""
_NOTES: Final = dict(zip((*BEFORE, *AFTER), (22, 18, 14, 12, 44, 60), strict=True))
"""Widths in letters of what only informs."""


def draw_table(page: Page, table: Table) -> None:
    """Draw the columns of a sheet and the rows in which things are entered."""
    widths: list[float] = []
    for place, column in enumerate(table.columns):
        if isinstance(column, str):
            page.heading(place, (column, "for information", "", ""))
            widths.append(_NOTES[column])
        elif isinstance(column, Key):
            _draw_key(page, table, place, column)
            widths.append(_SETTING if table.fixed else _KEY)
        else:
            _draw_heading(page, table, place, column)
            widths.append(width(column.column))
        typed = None if isinstance(column, str | Key) else column
        below = None if table.fixed else page.styles.below(typed)
        page.sheet.set_column(place, place, widths[-1], below)
    if table.fixed:
        _draw_settings(page, table)
    else:
        _draw_rows(page, table)
    stay = len(table.keys) + any(heading.title == "Name" for heading in table.headings) or 1
    page.sheet.freeze_panes(FIRST, stay)
    page.sheet.repeat_rows(HEADINGS, BLANK_MEANS)
    page.fit(widths, stay)
    for row, points in ((HEADINGS, 46), (TO_ENTER, 38), (BLANK_MEANS, 26)):
        page.sheet.set_row(row, points)


def _draw_key(page: Page, table: Table, column: int, key: Key) -> None:
    texts = ("for information", "") if table.fixed else ("a name" if key.offers else "text", "must be filled in")
    page.heading(column, (key.title, *texts, key.help))
    area = (FIRST, column, LAST, column)
    if key.offers:
        page.lists.offer_names(page.sheet, area, key.offers)
    elif key is table.keys[-1] and table.settings and not table.fixed:
        page.lists.offer_titles(page.sheet, area, key.title, (title for title, _ in table.settings))


def _draw_heading(page: Page, table: Table, column: int, heading: Heading) -> None:
    of_the_row = bool(table.settings) and heading.column.name in ("value", "low", "high", "values")
    several = "; several with a semicolon between them" if heading.column.many else ""
    enter = f"in the unit of the row{several}" if of_the_row else to_enter(heading.column)
    value = table.fixed and heading.column.name in ("value", "every_year")
    blank = "what stands on the left" if value else if_blank(heading)
    is_year = heading.path[:1] == ("by_year",)  # whose heading may be written over with another year
    texts = (heading.title, enter, blank, heading.column.help)
    page.heading(column, texts, "open heading" if is_year else "heading")
    if not table.settings or heading.column.form == "choice":
        last = FIRST + len(table.settings) - 1 if table.fixed else LAST
        page.lists.check(page.sheet, (FIRST, column, last, column), heading)


def _draw_rows(page: Page, table: Table) -> None:
    last = max((row for row, _ in page.cells), default=FIRST)
    columns: list[Heading | None] = [*[None] * len(table.keys), *table.headings]
    for row in range(FIRST, max(FIRST + ROWS, last + SPARE) + 1):
        shown = []
        for column, heading in enumerate(columns):
            cell = page.put((row, column), page.styles.input(_as_in_row(page, table, heading, row)))
            if heading is not None and heading.column.name in LONG_TEXTS:
                shown.append((str(cell or ""), width(heading.column)))
        page.sheet.set_row(row, height(*shown))


def _as_in_row(page: Page, table: Table, heading: Heading | None, row: int) -> Heading | None:
    """Return a heading as it is for what its row sets: a share in per cent, an amount in pounds."""
    title = page.cells.get((row, len(table.keys) - 1)) if table.settings else None
    path = dict(table.settings).get(str(title))
    return heading if heading is None or path is None else in_unit(heading, table, path)


def _draw_settings(page: Page, table: Table) -> None:
    """Draw the rows that are always there, each with its default beside it."""
    for row, (title, path) in enumerate(table.settings, FIRST):
        known = _known(table, path)
        shown: list[tuple[str, float]] = []
        for place, column in enumerate(table.columns):
            if isinstance(column, str):
                page.say((row, place), known[column], "note")
                shown.append((known[column], _NOTES[column] * SMALL))
            elif isinstance(column, Key):
                page.say((row, place), title, "label")
            else:
                cell = _draw_setting(page, (row, place), in_unit(column, table, path))
                if column.column.name in LONG_TEXTS:
                    shown.append((str(cell or ""), width(column.column)))
        page.sheet.set_row(row, height(*shown))


def _draw_setting(page: Page, spot: tuple[int, int], heading: Heading | None) -> Cell | None:
    if heading is None:
        page.say(spot, "", "closed")
        return None
    if heading.column.name in ("value", "low", "high"):
        page.lists.check(page.sheet, (*spot, *spot), heading)
    return page.put(spot, page.styles.input(heading))


def _known(table: Table, path: Place) -> dict[str, str]:
    """Return what is known of an assumption: its unit, what holds while it is blank, and where that comes from."""
    own = next((found for heading in table.headings if (found := in_unit(heading, table, path)) is not None), None)
    default = assumption_defaults().get(str(path[0])) if len(path) == 1 else None
    texts = ["" if own is None else to_enter(own.column), "nothing added", "", "", "", ""]
    if default is not None:
        source = ", ".join(part for part in (default.source_title, default.date) if part)
        off = f" While blank: {default.off_message}" if default.off_message else ""
        holds = default_words(default).splitlines()[0] if not default.is_blank else "nothing: see What it means"
        texts[1:] = [holds, default.status, default.confidence, source or default.basis, f"{default.help}{off}"]
    return dict(zip((*BEFORE, *AFTER), texts, strict=True))
