"""About: the first sheet of an input workbook, which says how the others are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model import __version__
from funding_model.scenario.scenario import SCHEMA_VERSION
from funding_model.scenario.workbook.layout import OTHER, VERSION, Sheet
from funding_model.scenario.workbook.page import Page
from funding_model.scenario.workbook.styles import height

_WIDE: Final = 105
_HOW: Final = (
    """Go through the sheets from left to right. Those that are needed must be filled in; leave any other blank when it
    does not apply to you.""",
    """Type into the pale yellow cells with a border. Everything else is locked, without a password, so that it can be
    read back. Below the last yellow row you may go on typing.""",
    """Under each heading stands what to enter, and what a blank cell means. Point at a heading for the whole
    explanation.""",
    """Write money in pounds, shares in per cent (12%), months as April 2026 and financial years as 2026-27. Where
    several entries may stand in one cell, put a semicolon between them.""",
    """Sheets speak of each other by name: a post belongs to the service whose name stands beside it. Spell names
    alike.""",
    """Enter values, not formulas: a cell with a formula is named and refused, so that no figure comes from a sum that
    nobody has seen. To paste from a spreadsheet of your own, paste values.""",
    """For notes and sums of your own add sheets whose names begin with Notes or Workings: they are not read.""",
    """When you have finished, save the workbook as .xlsx and open it in the calculator, on the page Start. If something
    cannot be used, every such cell is listed with what to do, and nothing is lost: correct it here and open it
    again.""",
)
_KEY: Final = (
    ("input", "To type into"),
    ("heading", "Heading: locked"),
    ("enter", "What to enter: locked"),
    ("closed", "Nothing to enter here: locked"),
)


def draw_about(page: Page, tables: Sequence[Sheet], scenario: str) -> None:
    """Write how the workbook is filled in, what its colours mean, and what each sheet is for."""
    for column, wide in enumerate((34, 18, _WIDE)):
        page.sheet.set_column(column, column, wide)
    page.say((0, 0), "Input workbook: what does your service fully cost, and who pays?", "title")
    page.say((1, 0), "Fill it in without the calculator, and open it there afterwards.", "text")
    row = 3
    for label, value in (("Scenario", scenario or "to be entered"), ("Made with", f"version {__version__}")):
        page.say((row, 0), label, "bold")
        page.say((row, 1), value, "text")
        row += 1
    page.say((row, 0), VERSION, "bold")
    page.sheet.write_number(row, 1, SCHEMA_VERSION, page.styles.look("left"))
    row = _section(page, row + 2, "How to fill it in")
    for number, text in enumerate((" ".join(each.split()) for each in _HOW), 1):
        page.sheet.write_number(row, 1, number, page.styles.look("text"))
        row = _explained(page, row, text)
    row = _section(page, row + 1, "What the colours mean")
    for look, text in _KEY:
        style = page.styles.input(None) if look == "input" else page.styles.look(look)
        page.sheet.write_string(row, 0, text, style)
        row += 1
    row = _section(page, row + 1, "The sheets, in the order of the work")
    for table in tables:
        row = _linked(page, row, table.sheet, "needed" if table.needed else "if it applies", table.about)
    _linked(page, row, OTHER, "leave as it is", "What has no cell of its own on another sheet.")
    page.sheet.fit_to_pages(1, 0)


def _linked(page: Page, row: int, name: str, when: str, about: str) -> int:
    page.sheet.write_url(row, 0, f"internal:'{name}'!A1", page.styles.look("link"), name)
    page.say((row, 1), when, "text")
    return _explained(page, row, about)


def _explained(page: Page, row: int, text: str) -> int:
    page.say((row, 2), text, "wrapped")
    page.sheet.set_row(row, height((text, _WIDE)))
    return row + 1


def _section(page: Page, row: int, title: str) -> int:
    for column in range(3):
        page.say((row, column), title if column == 0 else "", "section")
    return row + 1
