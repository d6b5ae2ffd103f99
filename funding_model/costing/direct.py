"""Direct cost: posts, absence cover and lines of each owner at the prices of any year.

``direct = pay + absence cover + lines``; staff cost = pay + absence cover. Lines: ``amount x index``; amounts per
person starting with planned starts, per delivery FTE with planned delivery FTE.

Planned recruitment a month: ``price_index x cost per hire x (heads x l q / (l + q) + heads of parts that start)``,
``l = turnover / 12``, ``q = 1 / months_to_fill``; added after allocation, in no driver.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from funding_model.costing.arrays import (
    Flags,
    Floats,
    Ints,
    by_month,
    each_month,
    empty_months,
    minus,
    months_first,
    over_layers,
    plus,
    stretches,
    to_back,
    to_front,
    total,
    zero_months,
)
from funding_model.costing.inputs import (
    FOR_EACH_FTE,
    FOR_EACH_START,
    OF_ITSELF,
    PRICES,
    Inputs,
    Lines,
    Parts,
    Spread,
)
from funding_model.costing.outlook import Outlook
from funding_model.costing.pay import PayPerHead, pay_per_head
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class RowPay:
    """Pay of the rows of posts, kept by period and spread over the months only when it is summed: pounds a month."""

    by_period: Floats
    """(case, layer, owner, period)."""
    active: Floats
    """(layer, owner, month)."""
    period_of_month: Ints

    def at(self, months: Ints) -> Floats:
        """Sum the layers in some of the months: axes (case, owner, those months)."""
        result = zero_months((len(self.by_period), self.active.shape[1]), len(months))
        paid, active = to_front(self.by_period), to_front(self.active)
        for number, month in enumerate(months.tolist()):
            for layer in np.flatnonzero(active[month].any(axis=1)):
                result[..., number] += paid[self.period_of_month[month], :, layer] * active[month, layer]
        return result

    def summed(self) -> Floats:
        """Sum the layers: axes (case, owner, month)."""
        first, stretch = stretches(self.period_of_month, self.active)
        return by_month(self.at(first), stretch)

    def weighed(self, share: Floats) -> Floats:
        """Sum the layers, weighted by a share (case, layer, owner, month): axes (case, owner, month)."""
        first, _ = stretches(self.period_of_month, self.active)
        months = self.active.shape[-1]
        paid, active, shares = to_front(self.by_period), to_front(self.active), to_front(share)
        result = np.empty((months, max(len(self.by_period), len(share)), self.active.shape[1]))
        product = np.empty_like(result)
        for start, end in pairwise([*first.tolist(), months]):
            weights = paid[self.period_of_month[start]] * active[start]
            held = slice(start, end)
            np.multiply(shares[held, :, 0], weights[:, 0], out=result[held])
            for layer in np.flatnonzero(active[start].any(axis=1)):
                if layer:
                    np.multiply(shares[held, :, layer], weights[:, layer], out=product[held])
                    result[held] += product[held]
        return to_back(result)


@dataclass(frozen=True)
class StaffCost:
    """Monthly cost of posts by row, pounds; None where there is none."""

    pay: RowPay
    """Pay with on-costs, every post filled."""
    ineligible_pay: RowPay | None
    """The part of it that the funder does not pay for."""
    absence_rows: RowPay | None
    """Absence cover."""
    ineligible_absence_rows: RowPay | None
    """The part of it that the funder does not pay for."""

    @property
    def absence(self) -> Floats:
        """Absence cover by owner: axes (case, owner, month)."""
        return self._by_owner(self.absence_rows)

    @property
    def ineligible_absence(self) -> Floats:
        """The part of it that the funder does not pay for, likewise."""
        return self._by_owner(self.ineligible_absence_rows)

    def _by_owner(self, rows: RowPay | None) -> Floats:
        _, owners, months = self.pay.active.shape
        return zero_months((1, owners), months) if rows is None else rows.summed()


@dataclass(frozen=True)
class Steady:
    """What stays the same within a stretch of months, pounds a month: axes (case, owner, stretch)."""

    stretch: Ints
    """(month,) the stretch of each month."""
    pay: Floats
    staff_cost: Floats
    eligible_staff: Floats

    def by_year(self, amount: Floats, year_of_month: Ints, years: int) -> Floats:
        """Sum the months of an amount into financial years: axes (case, owner, year)."""
        result = zero_months(amount.shape[:-1], years)
        pairs, months = np.unique(np.stack([year_of_month, self.stretch]), axis=1, return_counts=True)
        for (year, number), count in zip(pairs.T.tolist(), months.tolist(), strict=True):
            result[..., year] += amount[..., number] * count
        return result


@dataclass(frozen=True)
class DirectCost:
    """Planned direct cost of the services, pounds: axes (case, service, month) unless stated."""

    active: Floats
    """(layer, service, month) which rows of posts count."""
    staff: StaffCost
    heads_cost: PayPerHead
    """Yearly cost of a head of each part of the services' posts."""
    steady: Steady
    """Pay and absence cover, which stay the same within a stretch of months."""
    direct: Floats
    eligible_direct: Floats
    recruitment: Floats
    """Planned recruitment."""
    excluded: Floats
    """(case, group, service, month): eligible cost in each group of excluded categories."""
    exit_cost: Floats
    """(case, service, year): exit lines."""
    exit_eligible: Floats
    """(case, service, year): those that the funder may recognise."""
    line_indices: Floats
    """(case, index, year) of these prices."""

    @cached_property
    def staff_cost(self) -> Floats:
        """Pay and absence cover."""
        return by_month(self.steady.staff_cost, self.steady.stretch)

    @cached_property
    def eligible_staff(self) -> Floats:
        """The part of it that the funder pays for."""
        return by_month(self.steady.eligible_staff, self.steady.stretch)


def cost_services(
    inputs: Inputs,
    outlook: Outlook,
    prices_of_year: Ints,
    planned_starts: Floats,
    steps: Ints | None,
    cutoff: Ints | None,
) -> DirectCost:
    """Cost the services.

    Args:
        inputs: The scenario.
        outlook: Indices, of the case or of the central forecast.
        prices_of_year: (Y,) the year whose prices apply to each year's quantities.
        planned_starts: (case, service, month) people starting with every post filled.
        steps: (S, Y) the year whose pay steps apply; None for each year's own.
        cutoff: (S, M) posts that start and rises that fall in this month or later do not count; None for none.
    """
    times = inputs.calendar
    heads_cost = pay_per_head(
        inputs.staff,
        outlook.pay_index,
        inputs.statutory,
        times,
        prices_of_year[times.year_of_period],
        _steps(inputs.staff, times.year_of_period, steps),
    )
    active = _active(inputs.staff, cutoff)
    staff = cost_staff(inputs, inputs.staff, heads_cost, active, inputs.behaviour.cover_premium)
    line_indices = outlook.indices[:, :, prices_of_year]
    spread = inputs.spread
    if cutoff is not None:
        spread = spread_lines(inputs.lines, times.months, line_indices.shape[1], inputs.exclusion_groups, cutoff)
    tables = (spread.everything, spread.ineligible, *spread.excluded)
    first, stretch = stretches(times.year_of_month, times.period_of_month, active, *tables)
    year = times.year_of_month[first]

    def steady(*costs: RowPay | None) -> Floats:
        """Sum the cost of rows, which is the same in every month of a stretch."""
        result = zero_months((1, active.shape[1]), len(first))
        for cost in costs:
            if cost is not None:
                result = plus(result, cost.at(first))
        return result

    quantities = (planned_starts, delivery_capacity(inputs.staff, active))

    def lines(table: Floats, staff_cost: Floats) -> Floats:
        """Add staff cost, by stretch, and lines: those that follow no quantity by stretch, the others by month."""
        fixed = price_lines(table[..., first], by_month(line_indices, year))
        moving = price_following(table, by_month(line_indices, times.year_of_month), *quantities)
        return plus(by_month(plus(staff_cost, fixed), stretch), moving)

    pay, barred = steady(staff.pay), steady(staff.ineligible_pay, staff.ineligible_absence_rows)
    staff_cost = plus(pay, steady(staff.absence_rows))
    nothing = zero_months((1, active.shape[1]), len(first))
    direct = lines(spread.everything, staff_cost)
    excluded = [lines(table, nothing) for table in spread.excluded]
    shape = (max((len(cost) for cost in excluded), default=1), len(excluded), *direct.shape[1:])
    exit_cost, exit_eligible = (
        total(amounts[None, :, :, None] * line_indices[:, :, None], axis=1)
        for amounts in (inputs.lines.exit_cost, inputs.lines.exit_eligible)
    )
    return DirectCost(
        active=active,
        staff=staff,
        heads_cost=heads_cost,
        steady=Steady(stretch, pay, staff_cost, minus(staff_cost, barred)),
        direct=direct,
        eligible_direct=minus(direct, lines(spread.ineligible, barred)),
        recruitment=_planned_recruitment(inputs, active, line_indices[:, PRICES]),
        excluded=np.array([np.broadcast_to(cost, (shape[0], *shape[2:])) for cost in excluded]).swapaxes(0, 1)
        if excluded
        else np.zeros(shape),
        exit_cost=exit_cost,
        exit_eligible=exit_eligible,
        line_indices=line_indices,
    )


def spread_lines(lines: Lines, months: int, indices: int, groups: int, cutoff: Ints | None = None) -> Spread:
    """Spread lines over the months; lines that start, and rises of size, at or after a cut-off do not count."""
    month = np.arange(months)
    active = (month >= lines.start[:, None]) & (month < lines.end[:, None])
    volume = lines.volume
    if cutoff is not None:
        active &= lines.start[:, None] < cutoff[lines.owner]
        volume = np.array(
            [
                [size[max(min(after - 1, now), 0) : now + 1].min() for now, after in enumerate(cuts)]
                for size, cuts in zip(volume, cutoff, strict=True)
            ]
        )
    fixed_size = lines.one_off | (lines.basis != OF_ITSELF)
    size = np.where(fixed_size[:, None], 1.0, volume[lines.owner])
    amounts = np.where(active, lines.amount[:, None] * size, 0.0)

    def table(chosen: Flags) -> Floats:
        result = zero_months((3, indices, len(volume)), months)
        np.add.at(result, (lines.basis[chosen], lines.index[chosen], lines.owner[chosen]), amounts[chosen])
        return result

    excluded = [table(lines.eligible & (lines.excluded_group == group)) for group in range(groups)]
    return Spread(
        everything=table(np.ones(len(active), bool)),
        ineligible=table(~lines.eligible),
        not_cash=table(~lines.cash),
        excluded=months_first(np.array(excluded).reshape(groups, 3, indices, len(volume), months)),
    )


def price_lines(
    table: Floats, monthly_indices: Floats, starts: Floats | None = None, delivery_fte: Floats | None = None
) -> Floats:
    """Return the cost of lines: axes (case, owner, month), pounds.

    Args:
        table: (basis, index, owner, month) amounts in year-0 prices.
        monthly_indices: (case, index, month).
        starts: (case, owner, month) people starting; None leaves out lines for each of them.
        delivery_fte: (case, owner, month); None leaves out lines for each delivery FTE.
    """
    result = _priced(table[OF_ITSELF], monthly_indices)
    following = price_following(table, monthly_indices, starts, delivery_fte)
    return following if result is None else plus(result, following)


def price_following(
    table: Floats, monthly_indices: Floats, starts: Floats | None, delivery_fte: Floats | None
) -> Floats:
    """Return the cost of those lines that follow people starting or delivery FTE, as ``price_lines`` does."""
    result = zero_months((1, table.shape[2]), table.shape[3])
    for basis, quantity in ((FOR_EACH_START, starts), (FOR_EACH_FTE, delivery_fte)):
        if quantity is not None and quantity.any():
            first, _ = stretches(table[basis], monthly_indices)
            prices = _priced(table[basis][..., first], monthly_indices[..., first])
            if prices is not None:
                result = plus(result, _by_stretch(prices, quantity, first))
    return result


def _by_stretch(prices: Floats, quantity: Floats, first: Ints) -> Floats:
    """Multiply a monthly quantity by prices that hold for a stretch of months from each of some months."""
    months = quantity.shape[-1]
    result = empty_months(np.broadcast_shapes(prices.shape[:-1], quantity.shape[:-1]), months)
    for number, (start, end) in enumerate(pairwise([*first.tolist(), months])):
        np.multiply(to_front(quantity)[start:end], to_front(prices)[number], out=to_front(result)[start:end])
    return result


def _priced(amounts: Floats, monthly_indices: Floats) -> Floats | None:
    """Return amounts (index, owner, month) at the prices of each month; None when there are none."""
    result = None
    for index, of_index in enumerate(amounts):
        if of_index.any():
            term = of_index[None] * monthly_indices[:, index][:, None]
            result = term if result is None else result + term
    return result


def _rows(of_kind: Floats, kind: Ints, weights: Floats, parts: Parts) -> Floats:
    """Sum amounts (case, kind, period) of weighted parts into grid rows: (case, layer, owner, period)."""
    layers, owners = parts.start.shape
    amounts = np.ascontiguousarray(to_front(of_kind))
    result = np.zeros((*amounts.shape[:2], layers * owners))
    if len(parts.row):
        # One part of every row after the other: as many sums as a row has parts.
        rows, first, length = np.unique(parts.row, return_index=True, return_counts=True)
        sums = np.zeros((*amounts.shape[:2], len(rows)))
        for place in range(length.max()):
            have = np.flatnonzero(length > place)
            part = first[have] + place
            chosen: slice | Ints = slice(None) if len(have) == len(rows) else have
            sums[..., chosen] += amounts.take(kind[part], axis=2) * weights[part]
        result[..., rows] = sums
    return result.reshape(*amounts.shape[:2], layers, owners).transpose(1, 2, 3, 0)


def _active(parts: Parts, cutoff: Ints | None) -> Floats:
    if cutoff is None:
        return parts.active
    return np.where(parts.start[:, :, None] < cutoff, parts.active, 0.0)


def _steps(parts: Parts, calendar_years: Ints, steps: Ints | None) -> Ints:
    if steps is None:
        return np.broadcast_to(calendar_years, (len(parts.owner), len(calendar_years)))
    return steps[parts.owner][:, calendar_years]


def cost_staff(
    inputs: Inputs, parts: Parts, heads_cost: PayPerHead, active: Floats, cover_premium: Floats
) -> StaffCost:
    """Cost the posts of one kind of owner."""
    heads, barred = parts.heads / MONTHS_A_YEAR, ~parts.eligible

    def rows(weights: Floats, premium: Floats | None = None) -> RowPay:
        by_period = _rows(heads_cost.pay_of_alike, heads_cost.kind, weights, parts)
        if premium is not None:
            by_period = by_period * (1 + premium)[:, None, :, None]
        return RowPay(by_period, active, inputs.calendar.period_of_month)

    covered = heads * parts.absence_rate
    return StaffCost(
        pay=rows(heads),
        ineligible_pay=rows(heads * barred) if barred.any() else None,
        absence_rows=rows(covered, cover_premium) if covered.any() else None,
        ineligible_absence_rows=rows(covered * barred, cover_premium) if (covered * barred).any() else None,
    )


def delivery_capacity(parts: Parts, active: Floats) -> Floats:
    """Return planned delivery FTE: axes (1, owner, month)."""
    return months_first(over_layers((parts.row_delivery_fte[:, :, None] * active)[None]))


def _planned_recruitment(inputs: Inputs, active: Floats, price_index: Floats) -> Floats:
    """Return planned recruitment at a price index (case, year): axes (case, service, month)."""
    staff, behaviour = inputs.staff, inputs.behaviour
    leave, fill = behaviour.turnover / MONTHS_A_YEAR, 1 / behaviour.months_to_fill
    replaced = leave * fill / (leave + fill)
    junior_heads = staff.row_heads - staff.row_senior_heads
    starting = np.zeros_like(active)
    layers, services = np.nonzero(~staff.present_at_start & (staff.start < inputs.calendar.months))
    starting[layers, services, staff.start[layers, services]] = 1.0
    starting *= active
    year_of_month = inputs.calendar.year_of_month
    first, stretch = stretches(year_of_month, active, starting)
    result = zero_months((1, staff.start.shape[1]), len(first))
    for heads, cost in (
        (junior_heads, behaviour.cost_per_hire),
        (staff.row_senior_heads, behaviour.cost_per_hire_senior),
    ):
        if not heads.any():
            continue
        established, growth = (
            months_first(over_layers((heads[:, :, None] * months[..., first])[None])) for months in (active, starting)
        )
        hires = each_month(np.multiply, established, replaced[:, :, None]) + growth
        result = plus(result, each_month(np.multiply, hires, cost[:, :, None]))
    prices = by_month(price_index[:, None], year_of_month[first])
    return by_month(each_month(np.multiply, result, prices), stretch)
