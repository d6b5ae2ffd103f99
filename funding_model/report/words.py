"""Number formats: the only rounding in the project.

Pounds have thousands separators and a minus sign before the pound sign; shown parts are made to add up to the shown
total by the largest remainder.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "–"
"""Shown where there is no number."""
MINUS = "−"


def rounded(value: float, places: int = 0) -> float:
    """Round half up on the decimal text, as a spreadsheet does; never gives minus nothing."""
    step = Decimal(1).scaleb(-places)
    result = float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))
    return result or 0.0


def pounds(value: float | None, *, pence: bool = False, sign: bool = False) -> str:
    """Write an amount: ``£1,250``, ``−£300``; with ``sign`` a plus before a rise."""
    if value is None or not math.isfinite(value):
        return NOTHING
    places = 2 if pence else 0
    shown = rounded(value, places)
    lead = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return f"{lead}£{abs(shown):,.{places}f}"


def number(value: float | None, places: int = 0, *, sign: bool = False) -> str:
    """Write a plain number: ``1,250``, ``−3.5``."""
    if value is None or not math.isfinite(value):
        return NOTHING
    shown = rounded(value, places)
    lead = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return f"{lead}{abs(shown):,.{places}f}"


def per_cent(fraction: float | None, places: int = 1, *, sign: bool = False) -> str:
    """Write a fraction in per cent: ``12.5 %``."""
    if fraction is None or not math.isfinite(fraction):
        return NOTHING
    return f"{number(fraction * 100, places, sign=sign)} %"


def in_unit(value: float | None, unit: str, *, sign: bool = False) -> str:
    """Write a result in its unit: pounds to the pound, shares in per cent, people and posts to one place."""
    if unit == "pounds":
        return pounds(value, sign=sign)
    if unit == "fraction":
        return per_cent(value, sign=sign)
    places = 0 if unit in ("weeks of service", "person-months", "hours") else 1
    return number(value, places, sign=sign)


def shown_parts(parts: Sequence[float], places: int = 0) -> list[float]:
    """Round parts so that they add up to their rounded total, by the largest remainder."""
    scale = 10**places
    target = round(rounded(math.fsum(parts), places) * scale)
    floors = [math.floor(part * scale) for part in parts]
    short = int(target - sum(floors))
    by_remainder = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place] * scale, place))
    for place in by_remainder[:short]:
        floors[place] += 1
    return [floor / scale for floor in floors]
