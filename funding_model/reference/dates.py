"""Financial years and the ends of months: stated once, used everywhere."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from funding_model.units import MONTHS_A_YEAR

FIRST_MONTH_OF_FINANCIAL_YEAR: Final = 4
"""Financial years run from 1 April to 31 March."""


def last_day_of_month(year: int, month: int) -> date:
    """Return the last day of a month (month 1 to 12)."""
    return date(year, month, monthrange(year, month)[1])


def month_ends(first_month: date, months: int) -> tuple[date, ...]:
    """Return the last day of each of a run of months.

    Args:
        first_month: Any day in the first month.
        months: How many months; none gives an empty run.
    """
    if months < 0:
        raise ValueError(f"the number of months must not be negative; you gave {months}")
    first = first_month.year * MONTHS_A_YEAR + first_month.month - 1
    return tuple(
        last_day_of_month(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1) for index in range(first, first + months)
    )


def financial_year_of(day: date) -> int:
    """Return the calendar year in which the financial year that holds the day starts."""
    return day.year if day.month >= FIRST_MONTH_OF_FINANCIAL_YEAR else day.year - 1


def financial_year_start(year_start: int) -> date:
    """Return the first day, 1 April, of the financial year that starts in a calendar year."""
    return date(year_start, FIRST_MONTH_OF_FINANCIAL_YEAR, 1)


def financial_year_label(year_start: int) -> str:
    """Return the financial year as it is written, such as ``2026-27`` for 2026."""
    return f"{year_start}-{(year_start + 1) % 100:02d}"


def written_date(day: date) -> str:
    """Return a date as it is written in a sentence, such as ``6 April 2026``."""
    return f"{day.day} {day:%B %Y}"
