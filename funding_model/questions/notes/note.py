"""A note, and how places and lists are named in notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

ALL_SERVICES = "all services"
ALL_CONTRACTS = "all contracts"
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: the place that it concerns, and a sentence or two."""

    where: str
    text: str


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them: ``A, B and C``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def named_out_of(names: Sequence[str], everything: Collection[object], all_of_them: str) -> str:
    """Return names as a place: listed, or in a word when they are all there is and there are several."""
    return all_of_them if len(names) == len(everything) > 1 else listed(names)


def money(pounds: float) -> str:
    """Return an amount to the pound, as a sentence names it."""
    return f"£{pounds:,.0f}"


def hourly(pounds: float) -> str:
    """Return an hourly rate in pounds and pence."""
    return f"£{pounds:.2f}"


def per_cent(fraction: float) -> str:
    """Return a fraction in per cent, to one place."""
    return f"{100 * fraction:.1f} per cent"
