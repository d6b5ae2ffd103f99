"""The economic outlook: growth of prices and pay by financial year, the deflator, and the discount rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from funding_model.reference.dates import financial_year_start, written_date
from funding_model.reference.parameters import DatedValue, load_file, value_on

GrowthKind: TypeAlias = Literal["cpi", "pay", "gdp_deflator"]
"""Consumer prices, average weekly earnings, or the GDP deflator."""

DiscountBasis: TypeAlias = Literal["standard", "recommended_2026"]
"""The Green Book's standard rate, or the lower one recommended in June 2026 and not in force."""

_GROWTH_SERIES: Final[Mapping[GrowthKind, str]] = {
    "cpi": "obr.march_2026.cpi_growth.financial_year",
    "pay": "obr.march_2026.average_weekly_earnings_growth.financial_year",
    "gdp_deflator": "obr.march_2026.gdp_deflator_growth.financial_year",
}
_STANDARD_SERIES: Final = "green_book.stpr_standard"
_RECOMMENDED_SERIES: Final = "green_book.stpr_recommended_2026"
_LONGEST_RECOMMENDED: Final = 30
"""Years for which the recommended rate is known; the rest of its schedule was not read."""


def growth_series(kind: GrowthKind) -> str:
    """Return the id of the series behind a growth rate; its values are per cent, `growth` gives fractions."""
    return _GROWTH_SERIES[kind]


def growth(kind: GrowthKind, financial_year: int) -> DatedValue:
    """Return growth on the previous financial year as a fraction, held beyond the forecast's last year.

    Args:
        kind: What grows.
        financial_year: The calendar year in which the financial year starts.

    Raises:
        LookupError: When the forecast does not go back so far.
    """
    per_cent = value_on(growth_series(kind), financial_year_start(financial_year))
    return replace(per_cent, value=float(Decimal(str(per_cent.number)) / 100))


def forecast_name() -> str:
    """Return the name of the forecast behind every growth rate."""
    return str(load_file().meta["forecast"]["name"])


def forecast_date() -> str:
    """Return the month in which that forecast was published, in words."""
    return str(load_file().meta["forecast"]["date"])


def forecast_warning() -> str:
    """Return the sentence to show wherever the forecast is used."""
    return str(load_file().meta["forecast"]["warning"])


def discount_rate(year: int = 0, basis: DiscountBasis = "standard", day: date | None = None) -> DatedValue:
    """Return the real social time preference rate, a fraction a year, that the Green Book sets for one year.

    The rate declines for the far future: 3.5 per cent for years 0 to 30, 3.0 per cent for years 31 to 75, and so on.

    Args:
        year: Years from the start of the appraisal.
        basis: The rate in force, or the lower one recommended in June 2026, which is a sensitivity only.
        day: The day whose guidance applies; None takes the latest known.

    Raises:
        LookupError: When the rate of that basis, day or year is not known.
    """
    if year < 0:
        raise LookupError(f"discount rates start at year 0; you asked for year {year}")
    if basis == "recommended_2026":
        if year > _LONGEST_RECOMMENDED:
            raise LookupError(f"the recommended rate is known for years 0 to {_LONGEST_RECOMMENDED} only, not {year}")
        return value_on(_RECOMMENDED_SERIES, day or date.max)
    schedule = value_on(_STANDARD_SERIES, day or date.max)
    return replace(schedule, value=_rate_of_year(schedule, year))


def _rate_of_year(schedule: DatedValue, year: int) -> float:
    steps = schedule.value if isinstance(schedule.value, tuple) else ()
    for step in steps:
        if isinstance(step, Mapping):
            last = step["year_to"]
            if last is None or year <= int(str(last)):
                return float(str(step["rate"]))
    raise LookupError(f"the discount rates from {written_date(schedule.start)} have none for year {year}")
