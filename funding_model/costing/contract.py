"""A contract as the core takes it: its seven components as arrays with the axes (contract, service)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints
from funding_model.costing.planned import PriceCalendar

FULL, CAP_OF_DIRECT, CAP_OF_TOTAL, FLAT_ON_DIRECT, FLAT_ON_STAFF, MODIFIED_BASE, NO_OVERHEAD = range(7)
"""Codes of the overhead rules."""
UNMOVED, FIXED_RATE, CPI, PAY_AWARD, BASKET, FORECAST = range(6)
"""Codes of the rules by which a price moves within an award."""
RETURNED, KEPT, CARRIED = range(3)
"""Codes of what happens to an underspend."""


def _contracts() -> Any:  # noqa: ANN401 - dataclasses.field returns whatever the attribute is
    return field(metadata={"cases": True})


@dataclass(frozen=True)
class Segments:
    """The stretches of months that share a price, padded with empty ones: axes (contract, service, segment)."""

    start: Ints = _contracts()
    end: Ints = _contracts()
    whole_months: Ints = _contracts()
    opens_cycle: Flags = _contracts()
    new_price_year: Flags = _contracts()
    closes_award: Flags = _contracts()
    year: Ints = _contracts()  # financial year in which the price year began, at least 0
    of_month: Ints = _contracts()  # (V, S, M) number of the month's segment

    @cached_property
    def spans(self) -> tuple[tuple[int, int, tuple[tuple[int, Flags | None], ...]], ...]:
        """Each distinct stretch of months, with the segments that cover it.

        For each such segment: its number, and in which contracts and services it does, axes (contract, service); None
        for all of them.
        """
        pairs = sorted(set(zip(self.start.ravel().tolist(), self.end.ravel().tolist(), strict=True)))
        found = []
        for start, end in pairs:
            covered = (self.start == start) & (self.end == end)
            numbers = np.flatnonzero(covered.any(axis=(0, 1))).tolist()
            where = ((number, covered[..., number]) for number in numbers)
            if end > start:
                found.append((start, end, tuple((number, None if flags.all() else flags) for number, flags in where)))
        return tuple(found)


@dataclass(frozen=True)
class Calendars:
    """Which of the price calendars costs each month, for each purpose: axes (contract, service, month)."""

    own: Ints = _contracts()  # at the prices of the award's year
    base: Ints = _contracts()  # at the prices of year 0
    own_central: Ints = _contracts()
    year_central: Ints = _contracts()  # at the prices of the price year, central forecast


@dataclass(frozen=True)
class Award:
    """Decisions and early endings: axes (contract, service) and more where stated."""

    renewal_probability: Floats = _contracts()
    extension_probability: Floats = _contracts()
    break_probability: Floats = _contracts()
    break_notice: Floats = _contracts()  # months, infinite without a break clause
    break_credibility: Floats = _contracts()  # how far staff disregard the break clause
    at_risk: Flags = _contracts()
    reach: Floats = _contracts()  # (V, S, D + 1, M)
    decided: Flags = _contracts()  # (V, S, D, M)
    extension: Flags = _contracts()  # (V, S, D, M)
    end_ahead: Floats = _contracts()  # (V, S, M)
    undecided: Floats = _contracts()  # (V, S, M)
    event: Ints = _contracts()  # (V, S, M + 1)
    months_of_notice: Floats = _contracts()  # (V, S, M + 1)
    months_late: Floats = _contracts()  # (V, S, M + 1)
    letters: Floats = _contracts()  # (V, S, M)
    bids: Floats = _contracts()  # (V, S, M)
    competed: Floats = _contracts()  # (V, S, M)
    cycle_months: Floats = _contracts()  # initial award with all its extensions
    competition_cost: Floats = _contracts()
    competition_saving: Floats = _contracts()


@dataclass(frozen=True)
class Price:
    """What the price recognises and how it moves: axes (contract, service) and more where stated."""

    overhead_rule: Ints = _contracts()
    overhead_rate: Floats = _contracts()
    excluded: Flags = _contracts()  # (V, S, groups)
    funded_share: Floats = _contracts()
    margin: Floats = _contracts()
    recognises_recruitment: Floats = _contracts()  # 0 or 1
    recognises_monitoring: Floats = _contracts()
    recognises_closing: Floats = _contracts()
    current: Floats = _contracts()  # pounds a year
    has_current: Flags = _contracts()
    schedule: Floats = _contracts()  # (V, S, Y)
    has_schedule: Flags = _contracts()
    factor: Floats = _contracts()  # (V, S, Y) of this year's price
    last_year_factor: Floats = _contracts()  # (V, S, Y) of last year's price
    follows_last_year: Flags = _contracts()  # (V, S, Y)
    restricted: Flags = _contracts()
    rolled_forward: Flags = _contracts()
    renewal_uplift: Floats = _contracts()
    volume_follows: Flags = _contracts()
    movement: Ints = _contracts()
    rate: Floats = _contracts()
    pay_weight: Floats = _contracts()
    cap: Floats = _contracts()  # infinite when there is none
    floor: Floats = _contracts()
    lag: Ints = _contracts()


@dataclass(frozen=True)
class Payment:
    """When the money arrives and what happens to an underspend."""

    by_volume: Flags = _contracts()  # (V, S)
    underspend: Ints = _contracts()  # (V, S)
    received: Ints = _contracts()  # (V, S, M)
    received_on_time: Ints = _contracts()  # (V, S, M)


@dataclass(frozen=True)
class Scrutiny:
    """Monitoring and flexibility: axes (contract, service)."""

    returns: Floats = _contracts()  # a year
    return_hours: Floats = _contracts()
    return_hours_funder: Floats = _contracts()
    variation_hours: Floats = _contracts()
    chance_of_change: Floats = _contracts()  # a year, 0 when blank
    repurposable: Floats = _contracts()
    regret_known: Flags = _contracts()


@dataclass(frozen=True)
class Terms:
    """One or several contracts over the same services, and the price calendars that they need."""

    segments: Segments
    calendars: Calendars
    award: Award
    price: Price
    payment: Payment
    scrutiny: Scrutiny
    price_calendars: tuple[PriceCalendar, ...]


@dataclass(frozen=True)
class Agreed:
    """What was agreed before the plan changed in mid-contract: axes (contract, service, month)."""

    settled: Flags
    """Whether the month's price was agreed before."""
    block: Floats
    """Those block prices, pounds."""
    planned: Floats
    """Planned capacity on which a unit price was agreed, person-months."""
    contingency: Floats
    """What is paid on top of the price for new need that is met, pounds."""
    variations: Floats
    """Variations of the contract that are made."""
