"""Number formats: the only rounding in the project.

Pounds have thousands separators and a minus sign before the pound sign; shown parts are made to add up to the shown
total by the largest remainder.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NOTHING = "–"
"""Shown where there is no number."""
MINUS = "−"
FEW: Final = 10
THOUSAND: Final = 1_000
SHARE_PLACES: Final = 3
COUNTED_IN_PLACES: Final = ("people", "posts")
"""Units whose numbers are shown to one place while they are small: 1.6 people leave, 839 start support."""


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


def thousands(value: float | None) -> str:
    """Write an amount in thousands, where there is little room: ``−442`` for −£441,982."""
    return number(None if value is None else value / THOUSAND)


def number(value: float | None, places: int = 0, *, sign: bool = False) -> str:
    """Write a plain number: ``1,250``, ``−3.5``."""
    if value is None or not math.isfinite(value):
        return NOTHING
    shown = rounded(value, places)
    lead = MINUS if shown < 0 else "+" if sign and shown > 0 else ""
    return f"{lead}{abs(shown):,.{places}f}"


def exact(value: float | None, places: int = 6) -> str:
    """Write a number with as many decimals as it needs, up to some: ``1,250``, ``0.0375``."""
    if value is None or not math.isfinite(value):
        return NOTHING
    whole, _, decimals = number(value, places).partition(".")
    return f"{whole}.{decimals.rstrip('0')}".rstrip(".")


def per_cent(fraction: float | None, places: int = 1, *, sign: bool = False) -> str:
    """Write a fraction in per cent: ``12.5%``."""
    if fraction is None or not math.isfinite(fraction):
        return NOTHING
    return f"{number(fraction * 100, places, sign=sign)}%"


def in_unit(value: float | None, unit: str, *, sign: bool = False) -> str:
    """Write a result in its unit, as it is shown everywhere."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if unit == "pounds":
        return pounds(value, sign=sign)
    if unit == "fraction":
        return per_cent(value, sign=sign)
    seen = as_shown(value, unit)
    return number(seen, 0 if seen.is_integer() else 1, sign=sign)


def as_shown(value: float, unit: str) -> float:
    """Return a result as it is shown: pounds to the pound, shares to a tenth of a per cent.

    Expected numbers of people and posts are whole from ten on; fewer are shown to one place.
    """
    if unit == "fraction":
        return rounded(value, SHARE_PLACES)
    if unit in COUNTED_IN_PLACES and abs(rounded(value, 1)) < FEW:
        return rounded(value, 1)
    return rounded(value)


def difference_as_shown(value: float, base: float, unit: str) -> float:
    """Return the difference of two results as they are shown, so that a reader who subtracts finds the same."""
    return rounded(as_shown(value, unit) - as_shown(base, unit), SHARE_PLACES)


def sum_in_words(text: str) -> str:
    """Write a sum of named amounts with a true minus sign: ``opening + starting − leaving = closing``."""
    return text.replace(" - ", f" {MINUS} ")


def balance_words(value: float) -> str:
    """Return a surplus in words: ``a shortfall of £300``, ``neither surplus nor shortfall``."""
    shown = pounds(abs(value))
    if shown == pounds(0.0):
        return "neither surplus nor shortfall"
    return f"a {'surplus' if value > 0 else 'shortfall'} of {shown}"


def shown_parts(parts: Sequence[float], places: int = 0, whole: float | None = None) -> list[float]:
    """Round parts so that they add up to their rounded total, by the largest remainder.

    Args:
        parts: What adds up.
        places: Decimal places.
        whole: The total as it is shown elsewhere, where that differs from the rounded sum of the parts.
    """
    scale = 10**places
    target = round(rounded(math.fsum(parts) if whole is None else whole, places) * scale)
    shown = [math.floor(part * scale) for part in parts]
    short = int(target - sum(shown))
    by_remainder = sorted(range(len(parts)), key=lambda place: (shown[place] - parts[place] * scale, place))
    step = 1 if short >= 0 else -1
    order = by_remainder if short >= 0 else by_remainder[::-1]
    for turn in range(abs(short) if parts else 0):
        shown[order[turn % len(order)]] += step
    return [part / scale for part in shown]


def shown_table(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Round a table so that its rows and its columns add up to their rounded totals, and these to the rounded whole.

    Every cell is within 2 of what it was: where the totals allow it, it is its floor or the next whole number.
    """
    columns = list(zip(*rows, strict=True))
    shown = [[math.floor(cell) for cell in row] for row in rows]
    short_rows = [int(part) - sum(low) for part, low in zip(_shown_sums(rows), shown, strict=True)]
    lows = zip(*shown, strict=True)
    short_columns = [int(part) - sum(low) for part, low in zip(_shown_sums(columns), lows, strict=True)]
    cells = sorted(
        ((at, place) for at, row in enumerate(rows) for place, _ in enumerate(row)),
        key=lambda cell: shown[cell[0]][cell[1]] - rows[cell[0]][cell[1]],
    )
    while any(short_rows):
        for at, place in cells:
            if short_rows[at] and short_columns[place]:
                shown[at][place] += 1
                short_rows[at] -= 1
                short_columns[place] -= 1
    return [[float(cell) for cell in row] for row in shown]


def _shown_sums(rows: Sequence[Sequence[float]]) -> list[float]:
    return shown_parts([math.fsum(row) for row in rows])
