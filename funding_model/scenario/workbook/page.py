"""Page: one sheet of an input workbook while it is drawn."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from funding_model.scenario.workbook.cells import Cell
from funding_model.scenario.workbook.grid import HEADINGS, Cells
from funding_model.scenario.workbook.lists import Lists
from funding_model.scenario.workbook.styles import Styles

_LINE: Final = 115
_PRINTED: Final = 230
"""Letters beside each other that can still be read when they are printed across a page."""


@dataclass(frozen=True)
class Page:
    """A sheet, how its cells look, what is offered in them, and what they hold."""

    sheet: Worksheet
    styles: Styles
    lists: Lists
    cells: Cells

    def top(self, title: str, about: str) -> None:
        """Write what the sheet is called, and what belongs there."""
        self.say((0, 0), title, "title")
        for row, line in enumerate(textwrap.wrap(about, _LINE), 1):
            self.say((row, 0), line, "text")

    def heading(self, column: int, texts: Sequence[str], look: str = "heading") -> None:
        """Write a heading, what to enter below it, and what a blank means; the last text is its explanation."""
        for row, (text, look_of_row) in enumerate(zip(texts, (look, "enter", "blank"), strict=False), HEADINGS):
            self.say((row, column), text, look_of_row)
        self.note((HEADINGS, column), texts[-1])

    def say(self, spot: tuple[int, int], text: str, look: str) -> None:
        """Write a text that is not typed over."""
        self.sheet.write_string(*spot, text, self.styles.look(look))

    def put(self, spot: tuple[int, int], style: Format) -> Cell | None:
        """Write a cell for what it is: text is never taken for a formula, a number or an address."""
        cell = self.cells.get(spot)
        if isinstance(cell, str):
            self.sheet.write_string(*spot, cell, style)
        elif isinstance(cell, int | float):
            self.sheet.write_number(*spot, cell, style)
        else:
            self.sheet.write_blank(*spot, None, style)
        return cell

    def note(self, spot: tuple[int, int], text: str) -> None:
        """Put an explanation behind a cell."""
        if text:
            lines = len(textwrap.wrap(text, 40))
            self.sheet.write_comment(*spot, text, {"width": 280, "height": 24 + 18 * lines, "font_size": 9})

    def fit(self, widths: Sequence[float], stay: int) -> None:
        """Print the sheet on as many pages beside each other as it needs to be read, its first columns on each."""
        pages = math.ceil(sum(widths) / _PRINTED)
        self.sheet.fit_to_pages(pages, 0)
        if pages > 1:
            self.sheet.repeat_columns(0, stay - 1)
