"""Look: the colours and signs of charts, for people who do not see colours alike, in light and in dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PALETTE: Final = ("#0072b2", "#b84a00", "#007a5a", "#9c4a86", "#6b6b6b", "#7a6200")
"""Colours that people with colour-blindness can tell apart, at least 3 to 1 against the page in light and in dark."""
DASHES: Final = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 1), (12, 4))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


@dataclass(frozen=True)
class Look:
    """Colours of text and rules on the page: light, or dark."""

    ink: str
    quiet: str


LIGHT: Final = Look("#0f171a", "#5b676c")
DARK: Final = Look("#e9eef0", "#9aa7ac")
