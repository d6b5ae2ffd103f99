"""Items: what the cells of a table hold, and in which units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from funding_model.units import Unit

Kind = Literal["input", "working", "result", "check", "fixed"]
Numbers: TypeAlias = npt.NDArray[np.float64]

POUNDS, POUNDS_A_YEAR, FRACTION, INDEX, FLAG, NUMBER, MONTHS, WHOLE, PEOPLE, FTE, DATE, TEXT = (
    "pounds", "pounds a year", "fraction", "index", "1 yes, 0 no", "number", "months", "whole number", "people", "FTE",
    "date", "text",
)  # fmt: skip
"""Units of lines and cells; the writer has a number format for each, and a plain one for any other."""


@dataclass(frozen=True)
class Entry:
    """A value that a reader may change: its bounds are checked as it is typed."""

    value: float
    unit: str
    bounds: Unit | None = None
    name: str = ""
    """A defined name, by which formulas then refer to it."""


@dataclass(frozen=True)
class Fixed:
    """A value that is part of the workbook's structure, and is not changed in it."""

    value: float
    unit: str = NUMBER
    name: str = ""


@dataclass(frozen=True)
class Sample:
    """A number in the look of an input that nothing reads."""

    value: float
    unit: str
    name: str = ""


@dataclass(frozen=True)
class Formula:
    """A formula in a table."""

    text: str
    unit: str = NUMBER
    kind: Kind = "working"
    engine: float | str | None = None
    name: str = ""


@dataclass(frozen=True)
class Link:
    """The name of a sheet that leads there."""

    sheet: str
    name: str = ""

    def __str__(self) -> str:
        """Return the name of the sheet."""
        return self.sheet


@dataclass(frozen=True)
class Space:
    """An empty cell in which a reader may write words."""

    name: str = ""


Item = str | Entry | Fixed | Sample | Formula | Link | Space
"""What a cell of a table holds; a string is text, never a formula."""
