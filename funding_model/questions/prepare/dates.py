"""Months and years of a scenario, and the statutory figures in force in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import LAG, Calendar, Economy, Statutory
from funding_model.questions.prepare.draws import NOT_DRAWN, Draws
from funding_model.reference import financial_year_label, financial_year_of, last_day_of_month, value_on
from funding_model.reference.economy import GrowthKind, discount_rate, growth
from funding_model.reference.parameters import series as load_series
from funding_model.reference.pay import week_pay_cap_series
from funding_model.scenario.assumptions import Assumptions, YearlyGrowth
from funding_model.scenario.scenario import Scenario
from funding_model.units import MONTHS_A_YEAR

YEARLY_FIGURES = {
    "nic_rate": "nic.employer_rate",
    "nic_threshold": "nic.secondary_threshold_annual",
    "pension_trigger": "ae.trigger",
    "pension_lower": "ae.lower_limit",
    "pension_upper": "ae.upper_limit",
    "levy_rate": "apprenticeship_levy.rate",
    "levy_allowance": "apprenticeship_levy.allowance",
    "employment_allowance": "nic.employment_allowance",
}
"""Statutory figures that the core reads, by the name of their series."""
APRIL = 4


def month_number(year_month: str) -> int:
    """Return a month as a number that counts months: ``"2026-04"`` is 2026 x 12 + 3."""
    year, month = year_month.split("-")
    return int(year) * MONTHS_A_YEAR + int(month) - 1


@cache
def _last_day(number: int) -> date:
    return last_day_of_month(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1)


@cache
def _financial_year(number: int) -> int:
    return financial_year_of(_last_day(number))


@dataclass(frozen=True)
class Dates:
    """The calendar of a scenario in words: where its months and years lie."""

    first: int
    """Number of the first month."""
    months: int

    @classmethod
    def of(cls, scenario: Scenario) -> Dates:
        """Return the dates of a scenario."""
        return cls(month_number(scenario.organisation.first_month), scenario.horizon_years * MONTHS_A_YEAR)

    @property
    def first_year(self) -> int:
        """Calendar year in which the first financial year starts."""
        return self.year_of(0)

    def day(self, month: int) -> date:
        """Return the last day of a month of the scenario."""
        return _last_day(self.first + month)

    def year_of(self, month: int) -> int:
        """Return the calendar year in which the financial year of a month starts."""
        return _financial_year(self.first + month)

    def index_of(self, year_month: str | None, otherwise: int) -> int:
        """Return the place of a month in the scenario, before 0 for an earlier one; ``otherwise`` for a blank."""
        return otherwise if year_month is None else month_number(year_month) - self.first

    def label(self, month: int) -> str:
        """Return a month as people write it: ``"April 2026"``."""
        return f"{self.day(month):%B %Y}"

    def year_labels(self) -> list[str]:
        """Return the financial years, such as ``"2026-27"``."""
        return [financial_year_label(year) for year in range(self.first_year, self.year_of(self.months - 1) + 1)]

    def part_years(self) -> list[str]:
        """Return the financial years of which the scenario holds only a part."""
        counts = np.bincount([self.year_of(month) - self.first_year for month in range(self.months)])
        return [label for label, months in zip(self.year_labels(), counts, strict=True) if months < MONTHS_A_YEAR]


def _month_of_financial_year(day: date) -> int:
    return (day.month - APRIL) % MONTHS_A_YEAR


def _statutory_day(year: int, month_of_year: int) -> date:
    return _last_day(year * MONTHS_A_YEAR + (APRIL - 1) + month_of_year)


@cache
def statutory_figure(series: str, day: date) -> float:
    """Return a statutory figure, the last known one held; 0 before the first known, where no pay can be costed."""
    try:
        return value_on(series, day).number
    except LookupError:
        return 0.0


def first_costed_month() -> str:
    """Return the first month for which the statutory figures that pay needs are known."""
    return max(f"{load_series(name).values[0].start:%Y-%m}" for name in YEARLY_FIGURES.values())


def prepare_calendar(dates: Dates) -> tuple[Calendar, list[int]]:
    """Return the core's calendar, and the month of the financial year at which each part of a year starts.

    A year is cut into parts where a statutory rate changes in mid-year, at the same place in every year.
    """
    years = [dates.year_of(month) - dates.first_year for month in range(dates.months)]
    parts = [0]
    for month_of_year in range(1, MONTHS_A_YEAR):
        changes = any(
            statutory_figure(series, _statutory_day(dates.first_year + year, month_of_year))
            != statutory_figure(series, _statutory_day(dates.first_year + year, month_of_year - 1))
            for series in YEARLY_FIGURES.values()
            for year in range(years[-1] + 1)
        )
        if changes:
            parts.append(month_of_year)
    place = [_month_of_financial_year(dates.day(month)) for month in range(dates.months)]
    part_of_month = np.searchsorted(parts, place, side="right") - 1
    keys = list(zip(years, part_of_month.tolist(), strict=True))
    periods = sorted(set(keys))
    calendar = Calendar(
        months=dates.months,
        year_of_month=np.array(years, np.int64),
        months_of_year=np.bincount(years).astype(np.int64),
        period_of_month=np.array([periods.index(key) for key in keys], np.int64),
        year_of_period=np.array([year for year, _ in periods], np.int64),
        part_of_period=np.array([part for _, part in periods], np.int64),
    )
    return calendar, parts


def prepare_statutory(scenario: Scenario, dates: Dates, parts: list[int], years: int) -> Statutory:
    """Return the statutory figures of every year, the last known ones held."""

    def table(series: str) -> Floats:
        return np.array(
            [
                [statutory_figure(series, _statutory_day(dates.first_year + year, part)) for part in parts]
                for year in range(years)
            ]
        )

    figures = {name: table(series) for name, series in YEARLY_FIGURES.items()}
    claimed = scenario.organisation.employment_allowance_claimed
    return Statutory(
        nic_rate=figures["nic_rate"],
        nic_threshold=figures["nic_threshold"],
        pension_trigger=figures["pension_trigger"],
        pension_lower=figures["pension_lower"],
        pension_upper=figures["pension_upper"],
        levy_rate=figures["levy_rate"][:, 0],
        levy_allowance=figures["levy_allowance"][:, 0],
        employment_allowance=figures["employment_allowance"][:, 0] * claimed,
        week_pay_cap=np.array(
            [
                statutory_figure(week_pay_cap_series(scenario.organisation.jurisdiction), dates.day(month))
                for month in range(dates.months)
            ]
        ),
    )


def growth_rate(path: YearlyGrowth, kind: GrowthKind, year: int) -> float:
    """Return the growth into a financial year: the path's own rate, else the forecast of cpi, pay or gdp_deflator."""
    label = financial_year_label(year)
    if path.every_year is not None:
        rate = path.every_year
    elif label in path.by_year:
        rate = path.by_year[label]
    else:
        rate = growth(kind, year).number
    return rate + path.added


def brought_forward(path: YearlyGrowth, kind: GrowthKind, from_year: int, to_year: int) -> float:
    """Return the growth of prices from one financial year to a later one."""
    factor = 1.0
    for year in range(from_year + 1, to_year + 1):
        factor *= 1 + growth_rate(path, kind, year)
    return factor


def prepare_economy(
    assumptions: Assumptions, dates: Dates, years: int, own_rates: list[float], draws: Draws = NOT_DRAWN
) -> tuple[Economy, Economy]:
    """Return the growth paths as they turn out and the central forecast, with the years that a lagged uplift may read.

    What growth turns out above its path counts from the second year on, and is in the first of the two only.
    """

    def rate_or_nil(growth_path: YearlyGrowth, kind: GrowthKind, year: int) -> float:
        try:
            return growth_rate(growth_path, kind, year)
        except LookupError:  # before the first known year: only a lagged uplift could read it, and is refused there
            return 0.0

    def path(growth_path: YearlyGrowth, kind: GrowthKind) -> Floats:
        first = dates.first_year - LAG
        return np.array([[rate_or_nil(growth_path, kind, first + place) for place in range(LAG + years)]])

    def outturn(name: str, central: Floats) -> Floats:
        entered = getattr(assumptions, name).outturn_added
        above = draws.get(("assumptions", name, "outturn_added"))
        if above is None and entered is not None and entered.value:
            above = np.array([entered.value])
        if above is None:
            return central
        return central + np.where(np.arange(LAG + years) > LAG, above[:, None], 0.0)

    entered = assumptions.discount_rate
    rate = entered.value if entered is not None and entered.value is not None else discount_rate().number
    drawn_rate = draws.get(("assumptions", "discount_rate"))
    central = Economy(
        pay_growth=path(assumptions.pay_award, "pay"),
        price_growth=path(assumptions.cpi, "cpi"),
        deflator_growth=path(assumptions.gdp_deflator, "gdp_deflator"),
        own_rates=np.array([own_rates]).reshape(1, len(own_rates)),
        discount_rate=np.array([rate]) if drawn_rate is None else drawn_rate,
    )
    turned_out = replace(
        central,
        pay_growth=outturn("pay_award", central.pay_growth),
        price_growth=outturn("cpi", central.price_growth),
        deflator_growth=outturn("gdp_deflator", central.deflator_growth),
    )
    return turned_out, central
