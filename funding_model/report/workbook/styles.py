"""Styles: how cells look. Each kind differs by more than its colour: border, weight and slant say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from funding_model.report.workbook.book import (
    DATE,
    FLAG,
    FRACTION,
    INDEX,
    MONTHS,
    NUMBER,
    POUNDS,
    POUNDS_A_YEAR,
    TEXT,
    WHOLE,
)

MINUS_SIGN: Final = '"−"'


def _signed(shown: str) -> str:
    """Return a number format with a true minus sign before the amount, as everywhere in the project."""
    return f"{shown};{MINUS_SIGN}{shown};{shown}"


@dataclass(frozen=True)
class Nil:
    """How a nil looks in a number format, and what is so near to it that it looks alike."""

    shown: str
    nearest: float
    """Half of the last digit shown."""


NUMBER_FORMATS: Final = {
    POUNDS: _signed("£#,##0.00"),
    POUNDS_A_YEAR: _signed("£#,##0.00"),
    FRACTION: _signed("0.00%"),
    INDEX: _signed("0.000000"),
    FLAG: "0",
    NUMBER: _signed("#,##0.00####"),
    MONTHS: _signed("0.0#"),
    WHOLE: "0",
    TEXT: "General",
    "row": "0",
    "pounds, exact": "0.000000000",
    DATE: "mmm yyyy",
}
OTHER_FORMAT: Final = _signed("#,##0.00")
NILS: Final = {
    _signed("£#,##0.00"): Nil("£0.00", 0.005),
    _signed("0.00%"): Nil("0.00%", 0.000_05),
    _signed("0.000000"): Nil("0.000000", 0.000_000_5),
    _signed("#,##0.00####"): Nil("0.00", 0.000_000_5),
    _signed("0.0#"): Nil("0.0", 0.005),
    OTHER_FORMAT: Nil("0.00", 0.005),
}
"""Without this, what is left over when amounts cancel out would be shown as nil with a minus sign before it."""


def nil_of(unit: str) -> Nil | None:
    """Return how a nil looks in a unit; None where no sign is shown."""
    return NILS.get(NUMBER_FORMATS.get(unit, OTHER_FORMAT))


INK, QUIET, MARK, SHADE, ENTRY, ENTRY_INK = "#0F171A", "#4D5A63", "#2F566F", "#E8EEF2", "#FFF7DC", "#1F3F8F"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "input": {"bg_color": ENTRY, "font_color": ENTRY_INK, "border": 1, "border_color": "#8A7A3A", "locked": False},
    "space": {
        "bg_color": ENTRY,
        "font_color": ENTRY_INK,
        "border": 1,
        "border_color": "#8A7A3A",
        "locked": False,
        "text_wrap": True,
        "valign": "top",
    },
    "sample": {"bg_color": ENTRY, "font_color": ENTRY_INK, "border": 1, "border_color": "#8A7A3A"},
    "fixed": {"font_color": QUIET, "border": 4, "border_color": "#8A979E"},
    "working": {"font_color": INK},
    "result": {"font_color": INK, "bold": True, "top": 1, "top_color": "#8A979E"},
    "check": {"font_color": INK, "italic": True, "bottom": 3},
    "label": {"font_color": INK},
    "quiet": {"font_color": QUIET},
    "link": {"font_color": MARK, "underline": 1, "valign": "top"},
    "wrapped": {"font_color": INK, "text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 16, "font_color": MARK},
    "heading": {"bold": True, "font_size": 12, "font_color": MARK},
    "header": {"bold": True, "bg_color": SHADE, "bottom": 1, "text_wrap": True, "valign": "top"},
    "header of numbers": {
        "bold": True, "bg_color": SHADE, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right",
    },
}  # fmt: skip
TITLE_HEIGHT: Final = 22
OF_EVERY_CELL: Final = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
"""A number stands beside the first line of a label that needs two."""


@dataclass
class Styles:
    """The formats of one file, each made once."""

    file: Any
    """The file in the making; the library that writes it has no complete types."""
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def of(self, look: str, unit: str = "") -> Any:  # noqa: ANN401 - a format of that library
        """Return the format of a look, with the number format of a unit."""
        key = (look, unit)
        if key not in self.made:
            number = {"num_format": NUMBER_FORMATS.get(unit, OTHER_FORMAT)} if unit else {}
            if unit and unit != TEXT:
                number["align"] = "right"  # as numbers are, where a formula gives a word in their place
            self.made[key] = self.file.add_format({**OF_EVERY_CELL, **LOOKS[look], **number})
        return self.made[key]

    def of_nil(self, nil: Nil) -> Any:  # noqa: ANN401 - a format of that library
        """Return the format of what is as near to nil as makes no difference: a nil without a sign."""
        shown = f'"{nil.shown}"'
        return self.file.add_format({"num_format": f"{shown};{shown};{shown}"})


SERIES: Final = ("#12303F", "#7FA8C0", "#B4561F", "#4D5A63", "#C9A227", "#6B8F71", "#8C5A7F", "#B8C4CC")
"""Colours of series, as far apart in lightness as in hue, so that they can be told apart in print without colour."""
PATTERNS: Final = ("", "wide_upward_diagonal", "percent_25", "", "wide_downward_diagonal", "small_grid")
DASHES: Final = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot", "long_dash_dot")
MARKERS: Final = ("circle", "square", "triangle", "diamond", "x", "star", "plus", "short_dash")
GRIDLINES: Final = {"visible": True, "line": {"color": "#C3CCD2", "width": 0.5}}
AMOUNTS: Final = f"£#,##0;{MINUS_SIGN}£#,##0;£0"
MONTH_AXIS: Final = {"date_axis": True, "num_format": "mmm yyyy", "major_unit": 6, "major_unit_type": "months"}


def series_look(number: int, *, columns: bool) -> dict[str, Any]:
    """Return how a series of a chart looks: pattern or dash and marker tell it apart beside its colour."""
    colour = SERIES[number % len(SERIES)]
    if columns:
        pattern = PATTERNS[number % len(PATTERNS)]
        look: dict[str, Any] = {"fill": {"color": colour}, "border": {"color": INK, "width": 0.5}, "gap": 80}
        if pattern:
            look["pattern"] = {"pattern": pattern, "fg_color": "#FFFFFF", "bg_color": colour}
        return look
    marker = {"type": MARKERS[number % len(MARKERS)], "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2, "dash_type": DASHES[number % len(DASHES)]}, "marker": marker}
