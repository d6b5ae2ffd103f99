"""Price: what a contract recognises, how its price moves, and what must be given back.

Recognised cost a month of segment k at the prices of a: ``rho(k, a) = funded_share x (D + overhead_paid + recognised
terms) / (1 - margin) / months``, D the eligible direct cost of the segment's months. overhead_paid: full ``OH``;
cap_of_direct ``min(OH, r D)``; cap_of_total ``min(OH, r / (1 - r) D)``; flat_on_direct ``r D``; flat_on_staff ``r x
eligible staff cost``; modified_base ``r x (D - excluded)``; none 0.

First price of a cycle: the scenario's first, ``current / 12`` or ``rho(k, a)``; later, recosted ``rho(k, a)``, rolled
forward last price x ``(1 + renewal_uplift)^(whole length / 12) x rho(k, 0) / rho(k - 1, 0)``. Later in the cycle:
first price x U x ratio of rho (at ``a``, or at 0 when rolled forward and volume follows). ``U`` is the product over
price years of ``1 + g`` held within floor and cap; forecast: the step of ``rho_central(k, y_k) / rho_central(k, a)``.
A schedule replaces all; dated factors change single years.

Underspend of a segment = ``max(0, price + brought forward - allowed)``, allowed = the same rule on actual eligible
cost less what others meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import (
    Flags,
    Floats,
    empty_months,
    pick,
    ratio,
    sum_months,
    year_sums,
    zero_months,
)
from funding_model.costing.contract import (
    BASKET,
    CAP_OF_DIRECT,
    CAP_OF_TOTAL,
    CARRIED,
    CPI,
    FIXED_RATE,
    FLAT_ON_DIRECT,
    FLAT_ON_STAFF,
    FORECAST,
    FULL,
    KEPT,
    MODIFIED_BASE,
    PAY_AWARD,
    Price,
    Segments,
    Terms,
)
from funding_model.costing.inputs import LAG, Calendar, Economy
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Base:
    """What the overhead rule and the funded share are applied to; axes (case, service, n), pounds."""

    eligible: Floats
    """Eligible direct cost."""
    eligible_staff: Floats
    """The staff cost in it; nothing where no rule looks at it."""
    overhead: Floats
    excluded: Floats
    """(case, service, n) eligible cost in this contract's excluded categories."""
    recognised_terms: Floats
    """Costs of the terms that the price recognises."""


def overhead_paid(price: Price, base: Base) -> Floats:
    """Return the overhead that the funder's rule allows: axes (case, service, n)."""
    rule, rate = price.overhead_rule[:, :, None], price.overhead_rate[:, :, None]
    if (rule == FULL).all():
        return base.overhead
    capped_total = np.where(rule == CAP_OF_TOTAL, rate, 0.0)
    result: Floats = np.zeros(())
    for code, value in (
        (FULL, base.overhead),
        (CAP_OF_DIRECT, np.minimum(base.overhead, rate * base.eligible)),
        (CAP_OF_TOTAL, np.minimum(base.overhead, capped_total / (1 - capped_total) * base.eligible)),
        (FLAT_ON_DIRECT, rate * base.eligible),
        (FLAT_ON_STAFF, rate * base.eligible_staff),
        (MODIFIED_BASE, rate * (base.eligible - base.excluded)),
    ):
        result = np.where(rule == code, value, result)
    return result


def recognised(price: Price, base: Base) -> Floats:
    """Return what the price recognises of a base: axes (case, service, n), pounds."""
    whole = base.eligible + overhead_paid(price, base) + base.recognised_terms
    return price.funded_share[:, :, None] * whole / (1 - price.margin[:, :, None])


def over_segments(monthly: Floats, segments: Segments) -> Floats:
    """Sum a monthly array into segments: axes (case, service, segment)."""
    shape = np.broadcast_shapes(monthly.shape[:2], segments.start.shape[:2])
    result = zero_months(shape, segments.start.shape[2])
    if len(monthly) == 1 and not monthly.any():
        return result
    for start, end, numbers in segments.spans:
        whole = sum_months(monthly[..., start:end])
        for number, covered in numbers:
            result[..., number] = whole if covered is None else np.where(covered, whole, result[..., number])
    return result


def by_segment(base: Base, segments: Segments) -> Base:
    """Sum a monthly base into segments."""
    return Base(*(over_segments(getattr(base, name), segments) for name in Base.__dataclass_fields__))


def by_year(base: Base, calendar: Calendar) -> Base:
    """Sum a monthly base into financial years."""
    return Base(*(year_sums(getattr(base, name), calendar.months_of_year) for name in Base.__dataclass_fields__))


def segment_rates(price: Price, base: Base, segments: Segments) -> Floats:
    """Return rho: recognised pounds a month in each segment, axes (case, service, segment)."""
    months = np.maximum(segments.end - segments.start, 1)
    result: Floats = recognised(price, by_segment(base, segments)) / months
    return result


@dataclass(frozen=True)
class Rates:
    """rho of each segment at four price bases; axes (case, service, segment), pounds a month."""

    own: Floats
    base: Floats
    own_central: Floats
    year_central: Floats


def uplifts(price: Price, segments: Segments, economy: Economy, rates: Rates) -> Floats:
    """Return U: each segment's uplift since its cycle began (or since month 0), axes (case, service, segment).

    A price year's step is held within floor and cap and applied to the first segment of the price year before.
    """
    year = segments.year - price.lag[:, :, None] + LAG

    def growth(path: Floats) -> Floats:
        return pick(np.broadcast_to(path[:, None, :], (len(path), year.shape[1], path.shape[1])), year)

    pay, prices = growth(economy.pay_growth), growth(economy.price_growth)
    weight = price.pay_weight[:, :, None]
    movement = price.movement[:, :, None]
    level = ratio(rates.year_central, rates.own_central, otherwise=1.0)
    shape = np.broadcast_shapes(level.shape, pay.shape, prices.shape)
    fixed = np.ones(shape)
    for code, value in (
        (FIXED_RATE, 1 + price.rate[:, :, None]),
        (CPI, 1 + prices),
        (PAY_AWARD, 1 + pay),
        (BASKET, 1 + weight * pay + (1 - weight) * prices),
    ):
        fixed = np.where(movement == code, value, fixed)
    lowest, highest, forecasts = 1 + price.floor, 1 + price.cap, price.movement == FORECAST
    result = np.ones(shape)
    before = current = np.ones(shape[:2])
    level_before = level_now = level[..., 0]
    moving: Flags = np.zeros(shape[:2], bool)
    for number in range(1, shape[-1]):
        opens, begins = segments.opens_cycle[..., number], segments.new_price_year[..., number]
        before, level_before = np.where(begins, current, before), np.where(begins, level_now, level_before)
        moving = (moving | begins) & ~opens
        step = np.where(forecasts, level[..., number] / level_before, fixed[..., number])
        result[..., number] = np.where(moving, before * np.clip(step, lowest, highest), 1.0)
        current = np.where(opens | begins, result[..., number], current)
        level_now = np.where(opens | begins, level[..., number], level_now)
    return result


def segment_prices(terms: Terms, economy: Economy, rates: Rates) -> Floats:
    """Return the price a month in each segment before schedules and dated factors: axes (case, service, segment)."""
    price, segments = terms.price, terms.segments
    moved_by = uplifts(price, segments, economy, rates)
    whole = segments.whole_months / MONTHS_A_YEAR  # at most 1: a price year is a segment, or several
    own, base = rates.own, rates.base
    rolled, follows = price.rolled_forward, price.volume_follows
    result: Floats = np.zeros(np.broadcast_shapes(moved_by.shape, own.shape))
    first_price = np.where(price.has_current, price.current / MONTHS_A_YEAR, own[..., 0])
    first_base, entered = base[..., 0], price.has_current
    result[..., 0] = first_price
    for number in range(1, result.shape[-1]):
        opens, last = segments.opens_cycle[..., number], number - 1
        volume = np.where(follows, ratio(base[..., number], base[..., last], otherwise=1.0), 1.0)
        moved = result[..., last] * (1 + price.renewal_uplift) ** whole[..., last] * volume
        first_price = np.where(opens, np.where(rolled, moved, own[..., number]), first_price)
        first_base = np.where(opens, base[..., number], first_base)
        entered = entered & ~opens
        volume_from_base = np.where(follows, ratio(base[..., number], first_base, otherwise=1.0), 1.0)
        moved_on = np.where(
            rolled,
            first_price * volume_from_base,
            np.where(entered, first_price * ratio(own[..., number], own[..., 0], otherwise=1.0), own[..., number]),
        )
        result[..., number] = moved_on * moved_by[..., number]
    return result


def monthly_prices(terms: Terms, calendar: Calendar, segment_price: Floats) -> Floats:
    """Return the block price of each month after schedules and dated factors: axes (case, service, month)."""
    price = terms.price
    monthly = pick(segment_price, terms.segments.of_month)
    year = calendar.year_of_month
    if price.has_schedule.any():
        scheduled = (price.schedule / calendar.months_of_year)[..., year]
        monthly = np.where(price.has_schedule[:, :, None], scheduled, monthly)
    if (price.factor != 1).any():
        monthly = monthly * price.factor[..., year]
    if price.follows_last_year.any():
        before = price.current / MONTHS_A_YEAR
        for number, months in enumerate(calendar.months_of_year):
            chosen = year == number
            follows = price.follows_last_year[..., number]
            set_price = (price.last_year_factor[..., number] * before)[:, :, None]
            monthly[..., chosen] = np.where(follows[:, :, None], set_price, monthly[..., chosen])
            before = sum_months(monthly[..., chosen]) / months
    return monthly


def volume_prices(terms: Terms, block: Floats, given: Floats, planned: Floats, counted: Flags) -> Floats:
    """Return the price of each month where a contract pays by volume.

    That is the block price x person-months given / the segment's mean planned person-months a month. A service whose
    people are not counted is paid as a block.
    """
    by_volume = terms.payment.by_volume & counted
    if not by_volume.any():
        return block
    segments = terms.segments

    capacity = over_segments(planned, segments)
    months = (segments.end - segments.start).astype(np.float64)
    per_unit = pick(ratio(months, capacity), segments.of_month)
    return np.where(by_volume[:, :, None], block * per_unit * given, block)


@dataclass(frozen=True)
class Underspend:
    """What is given back and what is carried; pounds."""

    back: dict[int, Floats]
    """(case, service) given back, by the month in which it is found."""
    carried: Floats
    """(case, service, month) carried at the month's end."""

    def by_month(self, months: int) -> Floats:
        """Return what is given back: axes (case, service, month)."""
        shapes = [amount.shape for amount in self.back.values()]
        result = zero_months(np.broadcast_shapes(*shapes, self.carried.shape[:-1]), months)
        for place, amount in self.back.items():
            result[..., place] = amount
        return result

    def taken_from(self, price: Floats) -> Floats:
        """Return what is left of the price: axes (case, service, month)."""
        if not self.back:
            return price
        shapes = [amount.shape for amount in self.back.values()]  # none has fewer cases than the price
        result = empty_months(np.broadcast_shapes(*shapes), price.shape[-1])
        result[...] = price
        for place, amount in self.back.items():
            result[..., place] -= amount
        return result


def underspend(terms: Terms, paid: Floats, allowed: Floats, counted: Flags, months: int) -> Underspend:
    """Return the underspend given back and the one carried.

    Args:
        terms: The contracts.
        paid: (case, service, segment) the price.
        allowed: (case, service, segment) what the rule allows on actual cost.
        counted: (service,) whether the service's people are counted, so that it can be paid by volume.
        months: Number of months.
    """
    segments, what = terms.segments, terms.payment.underspend
    shape = np.broadcast_shapes(paid.shape, allowed.shape)
    carries_over = (what == CARRIED).any()
    result: dict[int, Floats] = {}
    carried = zero_months(shape[:2] if carries_over else (1, shape[1]), months)
    brought: Floats = np.zeros(shape[:2])
    month = np.arange(months)
    for number in range(shape[-1]):
        unspent = np.maximum(0.0, paid[..., number] + brought - allowed[..., number])
        unspent = np.where((terms.payment.by_volume & counted) | (what == KEPT), 0.0, unspent)
        at_horizon = segments.end[..., number] >= months
        carries = (what == CARRIED) & ~segments.closes_award[..., number] & ~at_horizon
        back, brought = np.where(carries, 0.0, unspent), np.where(carries, unspent, 0.0)
        last = segments.end[..., number] - 1
        for place in sorted(set(last.ravel().tolist())) if back.any() else ():
            result[place] = result.get(place, 0.0) + np.where(last == place, back, 0.0)
        if brought.any():
            until = segments.end[..., number + 1] - 1
            held = (month >= last[:, :, None]) & (month < until[:, :, None])
            carried += np.where(held, brought[:, :, None], 0.0)
    return Underspend(result, carried)
