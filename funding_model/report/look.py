"""Look: the colours and signs of charts, for people who do not see colours alike, in light and in dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PALETTE: Final = ("#406177", "#d6681f", "#17a185", "#9729e0", "#9585d6", "#8a532e")
"""Colours that people can tell apart who see no red, no green or no blue, at least 3 to 1 against the page in light and
in dark. A test computes both."""
DASHES: Final = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 1), (12, 4))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


@dataclass(frozen=True)
class Look:
    """Colours of text and rules on the page: light, or dark."""

    ink: str
    quiet: str


LIGHT: Final = Look("#0f171a", "#5b676c")
DARK: Final = Look("#e9eef0", "#9aa7ac")
