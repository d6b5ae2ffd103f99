"""Direct cost: posts, absence cover and lines of each owner at the prices of any year.

``direct = pay + absence cover + lines``; staff cost = pay + absence cover. Lines: ``amount x index``; amounts per
person starting with planned starts, per delivery FTE with planned delivery FTE.

Planned recruitment a month: ``price_index x cost per hire x (heads x l q / (l + q) + heads of parts that start)``,
``l = turnover / 12``, ``q = 1 / months_to_fill``; added after allocation, in no driver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import (
    Flags,
    Floats,
    Ints,
    by_month,
    each_month,
    empty_months,
    months_first,
    over_layers,
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

    def summed(self, share: Floats | None = None) -> Floats:
        """Sum the layers, weighted by a share (case, layer, owner, month) if given: axes (case, owner, month)."""
        layers = self.by_period.shape[1]
        result: Floats | None = None
        for layer in range(layers):
            monthly = by_month(self.by_period[:, layer], self.period_of_month) * self.active[layer]
            if share is not None:
                monthly = monthly * share[:, layer]
            result = monthly if result is None else result + monthly
        return np.zeros((1, *self.active.shape[1:])) if result is None else result


@dataclass(frozen=True)
class StaffCost:
    """Monthly cost of posts, pounds."""

    pay: RowPay
    """Pay with on-costs, every post filled."""
    ineligible_pay: RowPay | None
    """The part of it that the funder does not pay for; None when there is none."""
    absence: Floats
    """Absence cover by owner: axes (case, owner, month)."""
    ineligible_absence: Floats
    """The part of it that the funder does not pay for."""


@dataclass(frozen=True)
class DirectCost:
    """Planned direct cost of the services, pounds: axes (case, service, month) unless stated."""

    active: Floats
    """(layer, service, month) which rows of posts count."""
    staff: StaffCost
    heads_cost: PayPerHead
    """Yearly cost of a head of each part of the services' posts."""
    planned_pay: Floats
    staff_cost: Floats
    """Pay and absence cover."""
    eligible_staff: Floats
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
    monthly_indices = by_month(line_indices, times.year_of_month)
    planned_pay = staff.pay.summed()
    staff_cost = planned_pay + staff.absence
    ineligible_staff = staff.ineligible_absence
    if staff.ineligible_pay is not None:
        ineligible_staff = ineligible_staff + staff.ineligible_pay.summed()
    spread = inputs.spread
    if cutoff is not None:
        spread = spread_lines(inputs.lines, times.months, line_indices.shape[1], inputs.exclusion_groups, cutoff)
    quantities = (planned_starts, delivery_capacity(inputs.staff, active))
    direct = staff_cost + price_lines(spread.everything, monthly_indices, *quantities)
    ineligible_lines = price_lines(spread.ineligible, monthly_indices, *quantities)
    excluded = [price_lines(table, monthly_indices, *quantities) for table in spread.excluded]
    shape = (max((len(cost) for cost in excluded), default=1), len(excluded), *direct.shape[1:])
    prices = by_month(line_indices[:, PRICES][:, None], times.year_of_month)
    exit_cost, exit_eligible = (
        total(amounts[None, :, :, None] * line_indices[:, :, None], axis=1)
        for amounts in (inputs.lines.exit_cost, inputs.lines.exit_eligible)
    )
    return DirectCost(
        active=active,
        staff=staff,
        heads_cost=heads_cost,
        planned_pay=planned_pay,
        staff_cost=staff_cost,
        eligible_staff=staff_cost - ineligible_staff,
        direct=direct,
        eligible_direct=direct - ineligible_staff - ineligible_lines,
        recruitment=_planned_recruitment(inputs, active) * prices,
        excluded=np.moveaxis(np.array([np.broadcast_to(cost, (shape[0], *shape[2:])) for cost in excluded]), 0, 1)
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
    result = None
    for basis, quantity in ((OF_ITSELF, None), (FOR_EACH_START, starts), (FOR_EACH_FTE, delivery_fte)):
        if basis != OF_ITSELF and quantity is None:
            continue
        for index in range(table.shape[1]):
            amounts = table[basis, index]
            if not amounts.any():
                continue
            term = amounts[None] * monthly_indices[:, index][:, None]
            term = term if quantity is None else term * quantity
            result = term if result is None else result + term
    return zero_months((1, table.shape[2]), table.shape[3]) if result is None else result


def _rows(values: Floats, parts: Parts) -> Floats:
    """Sum a (case, part, period) array into grid rows: (case, layer, owner, period)."""
    layers, owners = parts.start.shape
    result = np.zeros((values.shape[0], layers * owners, values.shape[2]))
    if len(parts.row):
        first = np.flatnonzero(np.r_[True, parts.row[1:] != parts.row[:-1]])
        result[:, parts.row[first]] = np.add.reduceat(values, first, axis=1)
    return result.reshape(values.shape[0], layers, owners, values.shape[2])


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
    monthly_pay = heads_cost.pay * (parts.heads / MONTHS_A_YEAR)[:, None]

    def rows(values: Floats) -> RowPay:
        return RowPay(_rows(values, parts), active, inputs.calendar.period_of_month)

    ineligible = ~parts.eligible
    owners = parts.start.shape[1]
    absence = ineligible_absence = zero_months((1, owners), inputs.calendar.months)
    if parts.absence_rate.any():
        premium = 1 + np.broadcast_to(cover_premium, (len(cover_premium), owners))[:, :, None]
        covered = monthly_pay * parts.absence_rate[:, None]
        absence = rows(covered).summed() * premium
        if ineligible.any():
            ineligible_absence = rows(covered * ineligible[:, None]).summed() * premium
    barred = rows(monthly_pay * ineligible[:, None]) if ineligible.any() else None
    return StaffCost(rows(monthly_pay), barred, absence, ineligible_absence)


def delivery_capacity(parts: Parts, active: Floats) -> Floats:
    """Return planned delivery FTE: axes (1, owner, month)."""
    return months_first(over_layers((parts.row_delivery_fte[:, :, None] * active)[None]))


def _planned_recruitment(inputs: Inputs, active: Floats) -> Floats:
    """Return planned recruitment in year-0 prices: axes (case, service, month)."""
    staff, behaviour = inputs.staff, inputs.behaviour
    leave, fill = behaviour.turnover / MONTHS_A_YEAR, 1 / behaviour.months_to_fill
    replaced = leave * fill / (leave + fill)
    junior_heads = staff.row_heads - staff.row_senior_heads
    starting = np.zeros_like(active)
    layers, services = np.nonzero(~staff.present_at_start & (staff.start < inputs.calendar.months))
    starting[layers, services, staff.start[layers, services]] = 1.0
    starting *= active
    cases = max(len(replaced), len(behaviour.cost_per_hire), len(behaviour.cost_per_hire_senior))
    result = empty_months((cases, staff.start.shape[1]), active.shape[-1])
    result[...] = 0.0
    for heads, cost in (
        (junior_heads, behaviour.cost_per_hire),
        (staff.row_senior_heads, behaviour.cost_per_hire_senior),
    ):
        if not heads.any():
            continue
        established = months_first(over_layers((heads[:, :, None] * active)[None]))
        growth = months_first(over_layers((heads[:, :, None] * starting)[None]))
        result += cost[:, :, None] * (each_month(np.multiply, replaced[:, :, None], established) + growth)
    return result
