"""Drawing: the cells of an input workbook become a file that a person fills in; the same cells give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from funding_model.scenario.scenario import Scenario
from funding_model.scenario.workbook.about import draw_about
from funding_model.scenario.workbook.filling import filled, sheets_for
from funding_model.scenario.workbook.grid import FIRST
from funding_model.scenario.workbook.layout import ABOUT, LISTS, OTHER, Listing
from funding_model.scenario.workbook.listings import draw_listing
from funding_model.scenario.workbook.lists import Lists
from funding_model.scenario.workbook.page import Page
from funding_model.scenario.workbook.styles import INK, LINE, Styles
from funding_model.scenario.workbook.tables import SPARE, draw_table

CREATED: Final = dt.datetime(2026, 4, 1)  # noqa: DTZ001 - the same for every file: equal scenarios give equal bytes
_A4: Final = 9
_ALLOWED: Final = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What may be done with a sheet in which only some cells are typed into."""
_ABOUT_OTHERS: Final = """What has no cell of its own on another sheet: the place of a field, as it stands in the
reference of fields, and its value. Nobody needs to write anything here; what is here must stay, or it is lost."""
_PLACE: Final = ("Place", "such as services.1.name", "must be filled in", "A field; items of a list count from 1.")
_VALUE: Final = (
    "Value",
    "number, text, yes or no; lists and groups in brackets",
    "must be filled in",
    "Its value. A long one goes on in the cells to its right.",
)


def blank_workbook() -> bytes:
    """Return an input workbook in which nothing has been entered."""
    return _drawn({}, {})


def scenario_workbook(scenario: Scenario) -> bytes:
    """Return an input workbook that says what a scenario does, exactly; read again it gives an equal scenario."""
    entered = scenario.model_dump(mode="json", exclude_unset=True)
    return _drawn(scenario.model_dump(mode="json"), entered)


def _drawn(document: dict[str, Any], entered: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"title": "Input workbook of the funding model calculator", "created": CREATED})
    book.set_size(2400, 1400)
    grid, tables = filled(document, entered), sheets_for(document)
    styles = Styles(book)
    lists = Lists(styles, grid)
    names = (ABOUT, *(table.sheet for table in tables), OTHER, LISTS)
    pages = {name: Page(book.add_worksheet(name), styles, lists, grid.get(name, {})) for name in names}
    draw_about(pages[ABOUT], tables, str(document.get("name", "")))
    for table in tables:
        page = pages[table.sheet]
        page.top(table.sheet, table.about)
        if isinstance(table, Listing):
            draw_listing(page, table)
        else:
            draw_table(page, table)
    _draw_others(pages[OTHER])
    lists.draw(pages[LISTS].sheet)
    needed = {ABOUT, *(table.sheet for table in tables if table.needed)}
    for name, page in pages.items():
        _finish(page.sheet, INK if name in needed else LINE)
    pages[ABOUT].sheet.activate()
    book.close()
    return file.getvalue()


def _finish(sheet: Worksheet, colour: str) -> None:
    sheet.set_tab_color(colour)
    sheet.protect("", _ALLOWED)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_footer("&L&A&RPage &P of &N")


def _draw_others(page: Page) -> None:
    page.top(OTHER, " ".join(_ABOUT_OTHERS.split()))
    for column, (texts, wide) in enumerate(((_PLACE, 50), (_VALUE, 80))):
        page.heading(column, texts)
        page.sheet.set_column(column, column, wide, page.styles.below(None))
    last = max((row for row, _ in page.cells), default=FIRST)
    for row in range(FIRST, last + SPARE):
        filled_in = [column for at_row, column in page.cells if at_row == row]
        for column in range(max([1, *filled_in]) + 1):
            page.put((row, column), page.styles.input(None))
    page.sheet.freeze_panes(FIRST, 0)
    page.fit((50, 80), 1)
