"""Styles: how the cells of an input workbook look, how wide its columns are, and what may be typed where."""

from __future__ import annotations

import textwrap
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from funding_model.scenario.columns import Column, value_text
from funding_model.scenario.typed import Form, unit_text
from funding_model.scenario.workbook.headings import Heading

INK, PALE, INPUT, LINE = "#1F3864", "#E7ECF5", "#FFF9DB", "#9AA3B2"
LONG_TEXTS: Final = ("description", "rationale", "source", "limits", "reason")
_NUMBER_FORMATS: Final[dict[Form, str]] = {"money": "#,##0.00", "share": "0.0##%", "month": "@", "year": "@"}
_WIDTHS: Final[dict[Form, float]] = {"money": 14, "share": 12, "number": 12, "month": 16, "year": 12, "yes_no": 11}
_SIGNS: Final[dict[Form, str]] = {
    "month": "month, as April 2026",
    "year": "year, as 2026-27",
    "yes_no": "yes or no",
    "choice": "choose from the list",
    "text": "text",
}
_HEADING: Final = {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "text_wrap": True, "border": 1}
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "heading": {**_HEADING, "valign": "vcenter"},
    "open heading": {**_HEADING, "valign": "vcenter", "locked": False, "num_format": "@"},
    "title": {"bold": True, "font_size": 15, "font_color": INK},
    "text": {"valign": "top"},
    "left": {"align": "left", "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "text_wrap": True, "valign": "top"},
    "enter": {"bg_color": PALE, "font_size": 9, "text_wrap": True, "valign": "top", "border": 1},
    "blank": {"bg_color": PALE, "font_size": 9, "italic": True, "text_wrap": True, "valign": "top", "border": 1},
    "section": {"bold": True, "bg_color": PALE, "font_color": INK},
    "label": {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE},
    "note": {"text_wrap": True, "valign": "top", "font_size": 9, "indent": 1},
    "closed": {"bg_color": "#E3E3E3", "border": 1, "border_color": LINE},
    "link": {"font_color": "#0B4FA8", "underline": 1, "valign": "top"},
}


SMALL: Final = 1.25
"""How many more letters of the small type of a note stand in a line."""
_LETTERS: Final = 0.95
"""Letters of usual text in each unit of a column's width."""
_LINE_HEIGHT: Final = 15.0
_MOST_LINES: Final = 12


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make no format yet."""
        self._book = book
        self._made: dict[str, Format] = {}

    def look(self, name: str) -> Format:
        """Return the format of what is not typed into, by its name."""
        return self._format(name, {"font_name": "Calibri", **_LOOKS[name]})

    def input(self, heading: Heading | None) -> Format:
        """Return the format of a cell to type into."""
        how = self._typed(heading) | {"bg_color": INPUT, "border": 1, "border_color": LINE}
        return self._format(f"input {sorted(how.items())}", how)

    def below(self, heading: Heading | None) -> Format:
        """Return the format of the cells below those that are drawn: typed into as well, and not coloured."""
        how = self._typed(heading)
        return self._format(f"below {sorted(how.items())}", how)

    def _typed(self, heading: Heading | None) -> dict[str, Any]:
        how: dict[str, Any] = {"locked": False, "valign": "top", "font_name": "Calibri"}
        if heading is None:
            return how | {"num_format": "@"}
        column = heading.column
        if column.form in _NUMBER_FORMATS and not column.many:
            how["num_format"] = _NUMBER_FORMATS[column.form]
        elif column.form == "text" and column.name not in LONG_TEXTS:
            how["num_format"] = "@"
        if column.name in LONG_TEXTS:
            how["text_wrap"] = True
        return how

    def _format(self, key: str, how: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(how)
        return self._made[key]


def width(column: Column) -> float:
    """Return how wide a column of cells is, in letters."""
    if column.name in LONG_TEXTS:
        return 44
    if column.form == "choice":
        return min(max(12, max((len(words) for words in column.choices.values()), default=0) + 2), 30)
    return 24 if column.many else _WIDTHS.get(column.form, 26)


def to_enter(column: Column) -> str:
    """Return what is to be entered in a cell, in a few words."""
    what = _SIGNS.get(column.form) or {"money": "£", "share": "%"}.get(column.form, "")
    unit = unit_text(column.unit) if column.form in ("money", "share", "number") else ""
    unit = unit.removeprefix("pounds").removeprefix("per cent").strip(" ,")
    words = f"{what} {unit}".strip() or "number"
    return f"{words}; several with a semicolon between them" if column.many else words


def if_blank(heading: Heading, *, preset: bool = False) -> str:
    """Return what a blank cell means."""
    column = heading.column
    if column.needed:
        return "the preset’s; without one it must be filled in" if preset else "must be filled in"
    default = heading.default
    words = value_text(column, default) if default not in (None, "", (), []) else ""
    if preset:
        return f"the preset’s, or else {words}" if words else "the preset’s, or else nothing"
    return words or "nothing"


def height(*texts: tuple[str, float]) -> float:
    """Return how high a row is that shows some texts, each in a column of some width, in points."""
    lines = [
        sum(max(1, len(textwrap.wrap(line, max(1, int(wide * _LETTERS))))) for line in text.split("\n"))
        for text, wide in texts
    ]
    return _LINE_HEIGHT * min(max([1, *lines]), _MOST_LINES)
