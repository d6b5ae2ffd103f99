"""Numbers, months and dated public figures for the slow reference: nothing of the calculator's own arithmetic."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, wraps
from importlib.resources import files
from typing import Any, Concatenate, ParamSpec, TypeVar

import yaml

from funding_model.scenario.assumptions import Assumption, YearlyGrowth

PRECISION = 40
ZERO = Decimal(0)
ONE = Decimal(1)
HALF = Decimal("0.5")
TWELVE = Decimal(12)
WEEKS_A_MONTH = Decimal(52) / TWELVE
PAY_WEEKS_A_YEAR = Decimal("52.143")
DAYS_A_YEAR = Decimal("365.25")
APRIL = 3
"""Month of the year, counted from 0, in which a financial year starts."""

FORECASTS = {
    "cpi": "obr.march_2026.cpi_growth.financial_year",
    "pay": "obr.march_2026.average_weekly_earnings_growth.financial_year",
    "deflator": "obr.march_2026.gdp_deflator_growth.financial_year",
}
WEEK_PAY_CAPS = {"NI": "redundancy.week_pay_cap_ni", "GB": "redundancy.week_pay_cap_gb"}

Series = list[Decimal]
Made = TypeVar("Made")
Key = TypeVar("Key")
Owner = TypeVar("Owner")
Given = ParamSpec("Given")


def remembered(known: dict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    if key not in known:
        known[key] = make()
    return known[key]


def kept(method: Callable[Concatenate[Owner, Given], Made]) -> Callable[Concatenate[Owner, Given], Made]:
    """Work a method out once for each set of arguments and keep the answer with its object."""

    @wraps(method)
    def answer(owner: Owner, /, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        answers = owner.__dict__.setdefault("answers", {})
        key = (method.__name__, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = method(owner, *args, **kwargs)
        made: Made = answers[key]
        return made

    return answer


def number(value: float) -> Decimal:
    """Return the decimal that a person wrote, not the binary neighbour of it."""
    return Decimal(str(value))


def value_of(assumption: Assumption | None) -> Decimal | None:
    """Return an assumption's central value, or None where it is blank."""
    return None if assumption is None or assumption.value is None else number(assumption.value)


def total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def ratio(above: Decimal, below: Decimal, otherwise: Decimal = ZERO) -> Decimal:
    return above / below if below else otherwise


@cache
def exponential(argument: Decimal) -> Decimal:
    return argument.exp()


def month_number(written: str) -> int:
    """Return the months from the start of year 0 of the calendar to a month such as ``2026-04``."""
    year, month = written.split("-")
    return 12 * int(year) + int(month) - 1


def financial_year(month: int) -> int:
    """Return the calendar year in which the financial year of a month starts."""
    return (month - APRIL) // 12


def last_day(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


@cache
def public_figures() -> dict[str, list[tuple[date, date | None, Any]]]:
    text = (files("funding_model.reference") / "data" / "parameters.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where it is built
    return {
        series["id"]: [
            (
                date.fromisoformat(row["from"]),
                None if row["to"] is None else date.fromisoformat(row["to"]),
                row["value"],
            )
            for row in series["values"]
        ]
        for series in document["series"]
    }


def row_on(name: str, day: date) -> tuple[date, Any]:
    """Return the first day and the value in force on a day; the last known one is held.

    Raises:
        LookupError: When nothing is known as early as that.
    """
    started = [row for row in public_figures()[name] if row[0] <= day and row[2] is not None]
    if not started:
        raise LookupError(f"{name} is not known on {day}")
    in_force = [row for row in started if row[1] is None or row[1] >= day]
    start, _, value = max(in_force or started, key=lambda row: row[0])
    return start, value


@cache
def figure_on(name: str, day: date) -> Decimal:
    return number(row_on(name, day)[1])


@dataclass(frozen=True)
class Calendar:
    """The months of the scenario; month 0 is its first, year 0 the financial year of month 0."""

    first: int
    months: int

    def index(self, written: str) -> int:
        """Return the month of the scenario that a written month is, negative when it lies before."""
        return month_number(written) - self.first

    @kept
    def year(self, month: int) -> int:
        return financial_year(self.first + month) - financial_year(self.first)

    @property
    def years(self) -> int:
        return self.year(self.months - 1) + 1

    @kept
    def months_of(self, year: int) -> list[int]:
        return [month for month in range(self.months) if self.year(month) == year]

    @kept
    def label(self, year: int) -> str:
        start = financial_year(self.first) + year
        return f"{start}-{(start + 1) % 100:02d}"

    @kept
    def last_day(self, month: int, prices: int) -> date:
        """Return the last day of the same calendar month in the financial year whose prices are wanted."""
        return last_day(self.first + month + 12 * (prices - self.year(month)))

    def by_year(self, monthly: Series) -> Series:
        return [total(monthly[month] for month in self.months_of(year)) for year in range(self.years)]


class Economy:
    """Stage 1: growth and indices by financial year, year 0 being 1."""

    def __init__(self, calendar: Calendar, paths: dict[str, YearlyGrowth]) -> None:
        self.calendar = calendar
        self.paths = paths

    def growth(self, kind: str, year: int) -> Decimal:
        """Return growth from the year before to this one."""
        path = self.paths[kind]
        label = self.calendar.label(year)
        if path.every_year is not None:
            rate = number(path.every_year)
        elif label in path.by_year:
            rate = number(path.by_year[label])
        else:
            first_april = date(financial_year(self.calendar.first) + year, APRIL + 1, 1)
            rate = figure_on(FORECASTS[kind], first_april) / 100
        return rate + number(path.added)

    @kept
    def index(self, kind: str, year: int) -> Decimal:
        if year == 0:
            return ONE
        if year > 0:
            return self.index(kind, year - 1) * (1 + self.growth(kind, year))
        return self.index(kind, year + 1) / (1 + self.growth(kind, year + 1))
