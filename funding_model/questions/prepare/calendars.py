"""At the prices of which years the plan must be costed, so that each contract can be priced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from funding_model.costing.contract import Calendars, Segments
from funding_model.costing.inputs import Calendar
from funding_model.costing.planned import PriceCalendar
from funding_model.costing.timeline import Timeline
from funding_model.questions.prepare.dates import Dates
from funding_model.units import MONTHS_A_YEAR

NEVER = 10**6
"""A month that is never reached."""


@dataclass(frozen=True)
class Pricing:
    """What decides at which prices one service is costed under one contract."""

    timeline: Timeline
    rolled_forward: bool
    forecast: bool
    increments_recognised: bool
    planned_establishment: bool


@dataclass
class _Need:
    """For one service and purpose: year of prices, year of steps and cut-off of each month."""

    prices: np.ndarray
    steps: np.ndarray
    cutoff: np.ndarray


def prepare_calendars(
    pricing: Sequence[Sequence[Pricing]], segments: Segments, calendar: Calendar, dates: Dates
) -> tuple[Calendars, tuple[PriceCalendar, ...]]:
    """Return which calendar prices each month for each purpose, and the distinct calendars."""
    found: dict[PriceCalendar, int] = {}
    shape = (len(pricing), len(pricing[0]), calendar.months)
    tables = {name: np.zeros(shape, np.int64) for name in ("own", "base", "own_central", "year_central")}
    for case, row in enumerate(pricing):
        needs = [_needs(item, segments.year[case, service], calendar, dates) for service, item in enumerate(row)]
        plain = all(item.increments_recognised and item.planned_establishment for item in row)
        for name, table in tables.items():
            purpose = "own" if name == "own_central" else name.removesuffix("_central")
            central = name.endswith("_central")
            wanted = [need[purpose] for need in needs]
            used = [
                name == "own" or (name == "base" and item.rolled_forward) or (central and item.forecast) for item in row
            ]
            chosen = [
                need if use else needs[place]["own"] for place, (need, use) in enumerate(zip(wanted, used, strict=True))
            ]
            _choose(table[case], chosen, found, calendar, plain=plain, central=central and any(used))
    return Calendars(**tables), tuple(found)


def _needs(item: Pricing, year_of_segment: np.ndarray, calendar: Calendar, dates: Dates) -> dict[str, _Need]:
    months = calendar.months
    award_year, steps, cutoff = np.zeros(months, np.int64), calendar.year_of_month.copy(), np.full(months, NEVER)
    price_year = year_of_segment[item.timeline.segment_of_month]
    for segment in item.timeline.segments:
        span = slice(segment.start, segment.end)
        year = 0 if segment.cycle_start <= 0 else dates.year_of(segment.cycle_start) - dates.first_year
        award_year[span] = year
        if not item.increments_recognised:
            steps[span] = year
        if not item.planned_establishment:
            cutoff[span] = max(segment.cycle_start + MONTHS_A_YEAR, 1)
    return {
        "own": _Need(award_year, steps, cutoff),
        "base": _Need(np.zeros(months, np.int64), steps if item.increments_recognised else 0 * steps, cutoff),
        "year": _Need(price_year, steps, cutoff),
    }


def _choose(
    table: np.ndarray,
    needs: list[_Need],
    found: dict[PriceCalendar, int],
    calendar: Calendar,
    *,
    plain: bool,
    central: bool,
) -> None:
    """Cover every service's need of each month with as few calendars as possible, and note which one prices it."""
    left = np.ones(table.shape, bool)
    while left.any():
        prices, steps, cutoff = [], [], []
        for year in range(calendar.years):
            months = np.flatnonzero(calendar.year_of_month == year)
            open_needs = [
                (int(need.prices[month]), service, month)
                for month in months
                for service, need in enumerate(needs)
                if left[service, month]
            ]
            price = open_needs[0][0] if open_needs else year
            prices.append(price)
            year_steps, year_cutoff = [], []
            for service, need in enumerate(needs):
                open_months = [month for month in months if left[service, month] and need.prices[month] == price]
                month = open_months[0] if open_months else months[0]
                year_steps.append(int(need.steps[month]))
                year_cutoff.append(int(need.cutoff[month]))
            steps.append(year_steps)
            cutoff.append(year_cutoff)
        key = PriceCalendar(
            tuple(prices),
            () if plain else tuple(zip(*steps, strict=True)),
            () if plain else tuple(zip(*cutoff, strict=True)),
            central,
        )
        number = found.setdefault(key, len(found))
        for service, need in enumerate(needs):
            for month in range(calendar.months):
                year = int(calendar.year_of_month[month])
                fits = (
                    need.prices[month] == prices[year]
                    and need.steps[month] == steps[year][service]
                    and need.cutoff[month] == cutoff[year][service]
                )
                if fits and left[service, month]:
                    table[service, month] = number
                    left[service, month] = False
