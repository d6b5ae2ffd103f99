"""Notes: what a reader must know beside the results: warnings, what is switched off, and what the tool is not for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from funding_model.questions.compare import Comparison


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: the place that it concerns, and a sentence or two."""

    where: str
    text: str


LIMITS: Final = (
    "No UK study measures the effect of contract length on what a service costs, on staff turnover or on outcomes: the results follow "
    "from the terms and from what was entered.",
)


def warnings(comparison: Comparison) -> list[Note]:
    """Return what makes results less sure or less comparable than they look."""
    return []


def switched_off(comparison: Comparison) -> list[Note]:
    """Return the effects that are off for want of an entry."""
    return []
