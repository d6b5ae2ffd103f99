"""At the prices of which years the plan must be costed, so that each contract can be priced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Ints
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

    @property
    def key(self) -> tuple[object, ...]:
        """What is the same for services that are costed at the same prices; equal terms share one timeline."""
        rules = (self.rolled_forward, self.forecast, self.increments_recognised, self.planned_establishment)
        return (id(self.timeline), *rules)


@dataclass(frozen=True)
class _Need:
    """For one service and purpose: year of prices, year of steps and cut-off of each month."""

    prices: Ints
    steps: Ints
    cutoff: Ints

    @property
    def key(self) -> bytes:
        """What is the same for equal needs."""
        return self.prices.tobytes() + self.steps.tobytes() + self.cutoff.tobytes()


def prepare_calendars(
    pricing: Sequence[Sequence[Pricing]], segments: Segments, calendar: Calendar, dates: Dates
) -> tuple[Calendars, tuple[PriceCalendar, ...]]:
    """Return which calendar prices each month for each purpose, and the distinct calendars."""
    found: dict[PriceCalendar, int] = {}
    shape = (len(pricing), len(pricing[0]), calendar.months)
    tables = {name: np.zeros(shape, np.int64) for name in ("own", "base", "own_central", "year_central")}
    alike: dict[tuple[tuple[object, ...], ...], int] = {}
    for case, row in enumerate(pricing):
        first = alike.setdefault(tuple(item.key for item in row), case)
        if first < case:
            for table in tables.values():
                table[case] = table[first]
            continue
        known: dict[tuple[int, bool, bool], dict[str, _Need]] = {}
        needs = []
        for service, item in enumerate(row):
            key = (id(item.timeline), item.increments_recognised, item.planned_establishment)
            if key not in known:
                known[key] = _needs(item, segments.year[case, service], calendar, dates)
            needs.append(known[key])
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


def _needs(item: Pricing, year_of_segment: Ints, calendar: Calendar, dates: Dates) -> dict[str, _Need]:
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
    table: Ints, needs: list[_Need], found: dict[PriceCalendar, int], calendar: Calendar, *, plain: bool, central: bool
) -> None:
    """Cover every service's need of each month with as few calendars as possible, and note which one prices it."""
    distinct = {need.key: need for need in needs}
    place = {key: number for number, key in enumerate(distinct)}
    standing_for = [place[need.key] for need in needs]
    unique = list(distinct.values())
    chosen = np.zeros((len(unique), calendar.months), np.int64)
    left = np.ones(chosen.shape, bool)
    years = [np.flatnonzero(calendar.year_of_month == year) for year in range(calendar.years)]
    while left.any():
        prices = [_first_open(unique, left, months, year) for year, months in enumerate(years)]
        steps, cutoff = np.zeros((2, len(unique), calendar.years), np.int64)
        for number, need in enumerate(unique):
            for year, months in enumerate(years):
                fitting = months[left[number, months] & (need.prices[months] == prices[year])]
                month = fitting[0] if len(fitting) else months[0]
                steps[number, year], cutoff[number, year] = need.steps[month], need.cutoff[month]
        key = PriceCalendar(
            tuple(prices),
            () if plain else tuple(tuple(steps[number].tolist()) for number in standing_for),
            () if plain else tuple(tuple(cutoff[number].tolist()) for number in standing_for),
            central,
        )
        identity = found.setdefault(key, len(found))
        year_of_month = calendar.year_of_month
        for number, need in enumerate(unique):
            fits = left[number] & (need.prices == np.array(prices)[year_of_month])
            fits &= need.steps == steps[number, year_of_month]
            fits &= need.cutoff == cutoff[number, year_of_month]
            chosen[number, fits] = identity
            left[number, fits] = False
    table[:] = chosen[standing_for]


def _first_open(needs: list[_Need], left: Flags, months: Ints, otherwise: int) -> int:
    """Return the year of prices of the first month of a year that is still to be covered."""
    for month in months:
        for number, need in enumerate(needs):
            if left[number, month]:
                return int(need.prices[month])
    return otherwise
