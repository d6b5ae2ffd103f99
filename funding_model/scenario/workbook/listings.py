"""Listings: how a sheet with a field in each row is drawn."""

from __future__ import annotations

from typing import Final

from funding_model.scenario.plain import Place
from funding_model.scenario.workbook.grid import HEADINGS, ITEMS
from funding_model.scenario.workbook.headings import Heading
from funding_model.scenario.workbook.layout import HELP, Listing, Owner
from funding_model.scenario.workbook.page import Page
from funding_model.scenario.workbook.styles import LONG_TEXTS, SMALL, height, if_blank, to_enter

_NAMES_OFFERED: Final[dict[Place, tuple[Owner, ...]]] = {("base",): ("contracts",)}
_LABEL, _SHORT, _ITEM, _HELP = 34, 30, 30, 64
"""Widths in letters."""
_STEPS_OUTSIDE_A_PART: Final = 2
"""Steps to a field of the organisation that is in no part of it which may be left out."""
_LEAST_PRINTED: Final = 4
"""Columns that are printed even when fewer are filled in."""


def draw_listing(page: Page, listing: Listing) -> None:
    """Draw the fields of a sheet, a column for each thing beside them."""
    alone, sheet = len(listing.items) == 1, page.sheet
    titles = ("Field" if alone else "Term", "What to enter", "If blank", *listing.items)
    for column, title in enumerate((*titles, HELP) if alone else titles):
        page.say((HEADINGS, column), title, "heading")
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, ITEMS - 1, _SHORT)
    sheet.set_column(ITEMS, ITEMS + len(listing.items) - 1, _ITEM)
    if alone:
        sheet.set_column(ITEMS + 1, ITEMS + 1, _HELP)
    row = HEADINGS + 1
    for title, headings in listing.sections:
        for column in range(len(titles) + alone):
            page.say((row, column), title if column == 0 else "", "section")
        for number, heading in enumerate(headings, row + 1):
            _draw_field(page, listing, number, heading)
        row += len(headings) + 1
    sheet.freeze_panes(HEADINGS + 1, 1 if alone else ITEMS)
    sheet.repeat_rows(HEADINGS)
    used = max((column for at_row, column in page.cells if at_row > HEADINGS), default=ITEMS) - ITEMS + 1
    printed = min(max(used, _LEAST_PRINTED), len(listing.items))
    sheet.print_area(0, 0, row - 1, ITEMS + printed - 1 + alone)
    page.fit((_LABEL, _SHORT, _SHORT, *[_ITEM] * printed, _HELP if alone else 0), ITEMS)


def _draw_field(page: Page, listing: Listing, row: int, heading: Heading) -> None:
    alone = len(listing.items) == 1
    blank = if_blank(heading, preset=not alone and heading.path not in (("name",), ("preset",)))
    if heading.column.needed and len(heading.path) > _STEPS_OUTSIDE_A_PART:
        blank = "must be filled in if this part is used"
    page.say((row, 0), heading.title, "label")
    page.say((row, 1), to_enter(heading.column), "note")
    page.say((row, 2), blank, "note")
    shown = [(heading.title, _LABEL), (to_enter(heading.column), _SHORT * SMALL), (blank, _SHORT * SMALL)]
    for column in range(ITEMS, ITEMS + len(listing.items)):
        cell = page.put((row, column), page.styles.input(heading))
        if heading.column.name in LONG_TEXTS and cell is not None:
            shown.append((str(cell), _ITEM))
    area = (row, ITEMS, row, ITEMS + len(listing.items) - 1)
    if heading.path in _NAMES_OFFERED:
        page.lists.offer_names(page.sheet, area, _NAMES_OFFERED[heading.path])
    page.lists.check(page.sheet, area, heading)
    if alone:
        page.say((row, ITEMS + 1), heading.column.help, "note")
        shown.append((heading.column.help, _HELP * SMALL))
    else:
        page.note((row, 0), heading.column.help)
    page.sheet.set_row(row, height(*shown))
