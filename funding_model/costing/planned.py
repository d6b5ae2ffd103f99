"""Planned cost: what the organisation costs with posts filled and services continuing, at the prices of any year.

``direct = pay + absence cover + lines``; ``full_cost = direct + overhead + planned recruitment``, the same for every contract.
The *price calendar* says at the prices of which year the quantities of each year are costed: each year at its own prices
is the full cost; all years at those of one year is what a price fixed in that year recognises.

Lines: ``amount x index``, amounts per person starting with planned starts, per delivery FTE with planned delivery FTE.

Employer's charges, by year, in the central functions: ``max(0, levy_rate x pay bill - levy_allowance)`` less
``min(employment_allowance, NIC due)``. Overheads are shared yearly (see ``overheads``); a month bears its share of its year's.

Planned recruitment a month: ``price_index x cost per hire x (heads x l q / (l + q) + heads of parts that start)``, ``l = turnover / 12``,
``q = 1 / months_to_fill``; added after allocation, in no driver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints, by_month, empty_months, months_first, over_layers, total, year_sums, zero_months
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
from funding_model.costing.overheads import Allocation, allocate
from funding_model.costing.pay import PayPerHead, pay_per_head
from funding_model.units import MONTHS_A_YEAR, PAY_WEEKS_A_YEAR


@dataclass(frozen=True)
class PriceCalendar:
    """At which prices, with which pay steps and which posts each year's quantities are costed.

    Attributes:
        prices_of_year: (Y) the year whose prices apply.
        steps_of_year: (S, Y) the year whose pay steps apply to each service; empty for each year's own.
        cutoff: (S, Y) posts that start and changes that fall in this month or later do not count; empty for none.
        central: Whether the central forecast is used rather than the case's own growth.
    """

    prices_of_year: tuple[int, ...]
    steps_of_year: tuple[tuple[int, ...], ...] = ()
    cutoff: tuple[tuple[int, ...], ...] = ()
    central: bool = False


@dataclass(frozen=True)
class StaffCost:
    """Monthly cost of posts by grid row, pounds: axes (case, layer, service, month)."""

    pay: Floats
    """Pay with on-costs, every post filled."""
    ineligible_pay: Floats | None
    """The part of it that the funder does not pay for; None when there is none."""
    absence: Floats
    """Absence cover by service: axes (case, service, month)."""
    ineligible_absence: Floats
    """The part of it that the funder does not pay for."""


@dataclass(frozen=True)
class Plan:
    """Planned cost at one price calendar; axes (case, service, month) and pounds unless stated."""

    staff: StaffCost
    heads_cost: PayPerHead
    """Yearly cost of a head of each part of the services' posts."""
    staff_cost: Floats
    """Pay and absence cover."""
    eligible_staff: Floats
    direct: Floats
    eligible_direct: Floats
    overhead: Floats
    recruitment: Floats
    """Planned recruitment."""
    excluded: Floats
    """(case, group, service, month): eligible cost in each group of excluded categories."""
    exit_cost: Floats
    """(case, service, year): exit lines at the prices of the calendar."""
    exit_eligible: Floats
    """(case, service, year): those that the funder may recognise."""
    overhead_from_pool: Floats
    """(case, year, pool, service): overhead that each pool hands to each service."""
    allocation: Allocation
    """Of all units, axes (case, year)."""
    pool_cost: Floats
    """(case, month) cost of all pools in the months in which it falls, employer's charges spread over each year."""
    own_cost: Floats
    """(case, year, unit) before allocation, pools first, then services, then other activities."""
    levy: Floats
    """(case, year)."""
    employment_allowance: Floats
    """(case, year), used against National Insurance."""
    hour_value: Floats
    """(case,) planned pay of all posts in year 0 for a paid hour."""
    line_indices: Floats
    """(case, index, year) at the prices of the calendar."""

    @property
    def full_cost(self) -> Floats:
        """Planned direct cost, overhead and planned recruitment."""
        return self.direct + self.overhead + self.recruitment


def spread_lines(lines: Lines, months: int, indices: int, groups: int, cutoff: Ints | None = None) -> Spread:
    """Spread lines over the months; lines that start, and rises of size that fall, at or after a cut-off do not count."""
    month = np.arange(months)
    active = (month >= lines.start[:, None]) & (month < lines.end[:, None])
    volume = lines.volume
    if cutoff is not None:
        active &= lines.start[:, None] < cutoff[lines.owner]
        at_cutoff = np.take_along_axis(volume, np.minimum(month, np.maximum(cutoff - 1, 0)), axis=1)
        volume = np.minimum(volume, at_cutoff)
    fixed_size = lines.one_off | (lines.basis != OF_ITSELF)
    size = np.where(fixed_size[:, None], 1.0, volume[lines.owner])
    amounts = np.where(active, lines.amount[:, None] * size, 0.0)

    def table(chosen: Flags) -> Floats:
        result = np.zeros((3, indices, len(volume), months))
        np.add.at(result, (lines.basis[chosen], lines.index[chosen], lines.owner[chosen]), amounts[chosen])
        return result

    excluded = [table(lines.eligible & (lines.excluded_group == group)) for group in range(groups)]
    return Spread(
        everything=table(np.ones(len(active), bool)),
        ineligible=table(~lines.eligible),
        not_cash=table(~lines.cash),
        excluded=np.array(excluded).reshape(groups, 3, indices, len(volume), months),
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
    """Sum a (case, part, period) array into grid rows: (case, layer x owner, period)."""
    layers, owners = parts.start.shape
    result = np.zeros((values.shape[0], layers * owners, values.shape[2]))
    if len(parts.row):
        first = np.flatnonzero(np.r_[True, parts.row[1:] != parts.row[:-1]])
        result[:, parts.row[first]] = np.add.reduceat(values, first, axis=1)
    return result


def _monthly_rows(values: Floats, parts: Parts, active: Floats, period_of_month: Ints) -> Floats:
    """Spread grid rows over the months in which they are active: (case, layer, owner, month)."""
    layers, owners = parts.start.shape
    monthly = by_month(values, period_of_month)
    return monthly.reshape(values.shape[0], layers, owners, len(period_of_month)) * active


def _active(parts: Parts, cutoff: Ints | None) -> Floats:
    if cutoff is None:
        return parts.active
    return np.where(parts.start[:, :, None] < cutoff, parts.active, 0.0)


def _steps(parts: Parts, calendar_years: Ints, steps: Ints | None) -> Ints:
    if steps is None:
        return np.broadcast_to(calendar_years, (len(parts.owner), len(calendar_years)))
    return steps[parts.owner][:, calendar_years]


def cost_plan(inputs: Inputs, outlook: Outlook, calendar: PriceCalendar, planned_starts: Floats) -> Plan:
    """Cost the plan at the prices of a calendar.

    Args:
        inputs: The scenario.
        outlook: Indices, of the case or of the central forecast.
        calendar: At which prices.
        planned_starts: (case, service, month) people starting with every post filled.
    """
    times, months = inputs.calendar, inputs.calendar.months
    prices_of_year = np.array(calendar.prices_of_year)
    prices_of_period = prices_of_year[times.year_of_period]
    cutoff = np.array(calendar.cutoff)[:, times.year_of_month] if calendar.cutoff else None
    steps = np.array(calendar.steps_of_year) if calendar.steps_of_year else None
    heads_cost = pay_per_head(
        inputs.staff, outlook.pay_index, inputs.statutory, times, prices_of_period,
        _steps(inputs.staff, times.year_of_period, steps),
    )
    support_cost = pay_per_head(
        inputs.support, outlook.pay_index, inputs.statutory, times, prices_of_period,
        _steps(inputs.support, times.year_of_period, None),
    )
    staff_active = _active(inputs.staff, cutoff)
    staff = _staff_cost(inputs, inputs.staff, heads_cost, staff_active, inputs.behaviour.cover_premium)
    support = _staff_cost(
        inputs, inputs.support, support_cost, inputs.support.active, inputs.behaviour.support_cover_premium
    )
    line_indices = outlook.indices[:, :, prices_of_year]
    monthly_indices = by_month(line_indices, times.year_of_month)
    staff_pay = over_layers(staff.pay)
    staff_cost = staff_pay + staff.absence
    ineligible_staff = staff.ineligible_absence
    if staff.ineligible_pay is not None:
        ineligible_staff = ineligible_staff + over_layers(staff.ineligible_pay)
    spread = inputs.spread
    if cutoff is not None:
        spread = spread_lines(inputs.lines, months, line_indices.shape[1], inputs.exclusion_groups, cutoff)
    quantities = (planned_starts, delivery_capacity(inputs.staff, staff_active))
    line_cost = price_lines(spread.everything, monthly_indices, *quantities)
    ineligible_lines = price_lines(spread.ineligible, monthly_indices, *quantities)
    excluded_lines = [price_lines(table, monthly_indices, *quantities) for table in spread.excluded]
    direct = staff_cost + line_cost
    eligible_direct = direct - ineligible_staff - ineligible_lines

    pool_staff = over_layers(support.pay) + support.absence
    pool_lines = price_lines(inputs.support_spread.everything, monthly_indices)
    levy, allowance, hour_value = _employer_charges(
        inputs, outlook, prices_of_year, (inputs.staff, heads_cost, staff_active), (inputs.support, support_cost, inputs.support.active),
        (staff_pay, over_layers(support.pay)),
    )
    own_staff, own_cost = _own_costs(inputs, outlook, prices_of_year, direct, staff_cost, pool_staff, pool_lines, levy - allowance)
    allocation = _allocate(inputs, own_cost, own_staff, staff_active)
    pools, services = len(inputs.overheads.driver), len(inputs.people.counted)
    overhead_of_year = np.moveaxis(allocation.overhead[..., :services], 1, -1) / times.months_of_year
    recruitment = _planned_recruitment(inputs, staff_active) * by_month(
        line_indices[:, PRICES][:, None], times.year_of_month
    )
    excluded = np.zeros((1, 0, services, months))
    if excluded_lines:
        cases = max(len(cost) for cost in excluded_lines)
        excluded = np.stack([np.broadcast_to(cost, (cases, services, months)) for cost in excluded_lines], axis=1)
    exit_cost, exit_eligible = (
        total(amounts[None, :, :, None] * line_indices[:, :, None], axis=1)
        for amounts in (inputs.lines.exit_cost, inputs.lines.exit_eligible)
    )
    return Plan(
        staff, heads_cost, staff_cost, staff_cost - ineligible_staff, direct, eligible_direct,
        by_month(overhead_of_year, times.year_of_month), recruitment, excluded, exit_cost, exit_eligible,
        allocation.from_pool[..., :services] if pools else np.zeros((1, times.years, 0, services)),
        allocation, _pool_months(inputs, pool_staff + pool_lines, levy - allowance), own_cost, levy, allowance, hour_value, line_indices,
    )


def _staff_cost(inputs: Inputs, parts: Parts, heads_cost: PayPerHead, active: Floats, cover_premium: Floats) -> StaffCost:
    monthly_pay = heads_cost.pay * (parts.heads / MONTHS_A_YEAR)[:, None]
    period = inputs.calendar.period_of_month
    pay = _monthly_rows(_rows(monthly_pay, parts), parts, active, period)
    ineligible = ~parts.eligible
    ineligible_pay = None
    if ineligible.any():
        barred = monthly_pay * ineligible[:, None]
        ineligible_pay = _monthly_rows(_rows(barred, parts), parts, active, period)
    owners = parts.start.shape[1]
    absence = ineligible_absence = zero_months((1, owners), inputs.calendar.months)
    if parts.absence_rate.any():
        premium = 1 + np.broadcast_to(cover_premium, (len(cover_premium), owners))[:, :, None]
        covered = monthly_pay * parts.absence_rate[:, None]
        absence = over_layers(_monthly_rows(_rows(covered, parts), parts, active, period)) * premium
        if ineligible.any():
            barred = covered * ineligible[:, None]
            ineligible_absence = over_layers(_monthly_rows(_rows(barred, parts), parts, active, period)) * premium
    return StaffCost(pay, ineligible_pay, absence, ineligible_absence)


def _pool_months(inputs: Inputs, pools: Floats, employer_charges: Floats) -> Floats:
    if inputs.overheads.employer_charges_pool < 0:
        return total(pools, 1)
    charges = by_month(employer_charges / inputs.calendar.months_of_year, inputs.calendar.year_of_month)
    return total(pools, 1) + charges


def delivery_capacity(parts: Parts, active: Floats) -> Floats:
    """Return planned delivery FTE: axes (1, owner, month)."""
    return months_first(over_layers((parts.row_delivery_fte[:, :, None] * active)[None]))


def _employer_charges(
    inputs: Inputs,
    outlook: Outlook,
    prices_of_year: Ints,
    staff: tuple[Parts, PayPerHead, Floats],
    support: tuple[Parts, PayPerHead, Floats],
    planned_pay: tuple[Floats, Floats],
) -> tuple[Floats, Floats, Floats]:
    """Return apprenticeship levy and Employment Allowance used, by (case, year), and the value of an hour by case."""
    times, statutory = inputs.calendar, inputs.statutory
    share_of_year = times.months_of_year / MONTHS_A_YEAR
    other_pay = inputs.other.mean_pay[None, :, None] * outlook.pay_index[:, None, prices_of_year]
    pay_bill = total(inputs.other.heads[:, None] * other_pay, 1) * share_of_year
    threshold, rate = statutory.nic_threshold[prices_of_year, 0], statutory.nic_rate[prices_of_year, 0]
    nic = total(inputs.other.heads[:, None] * (rate * np.maximum(0.0, other_pay - threshold)), 1) * share_of_year
    paid_fte_months = np.zeros(())
    for parts, heads_cost, active in (staff, support):
        if not len(parts.owner):
            continue
        layers, owners = parts.start.shape
        months_active = np.zeros((layers * owners, len(times.year_of_period)))
        np.add.at(months_active.T, times.period_of_month, active.reshape(layers * owners, -1).T)
        weight = (parts.heads[:, None] / MONTHS_A_YEAR) * months_active[parts.row]
        pay_bill = pay_bill + _by_year(total(heads_cost.gross * weight, 1), times.year_of_period, times.years)
        nic = nic + _by_year(total(heads_cost.nic * weight, 1), times.year_of_period, times.years)
        fte_months = (parts.heads * parts.fte)[:, None] * months_active[parts.row]
        paid_fte_months = paid_fte_months + fte_months[:, times.year_of_period == 0].sum()
    levy = np.maximum(
        0.0, statutory.levy_rate[prices_of_year] * pay_bill - statutory.levy_allowance[prices_of_year] * share_of_year
    )
    allowance = np.minimum(statutory.employment_allowance[prices_of_year] * share_of_year, nic)
    if inputs.overheads.employer_charges_pool < 0:
        allowance = np.zeros_like(allowance)
    first_year = times.months_of_year[:1]
    pay = [total(year_sums(part[..., : first_year[0]], first_year)[..., 0], 1) for part in planned_pay]
    hours = paid_fte_months * (inputs.full_time_hours * PAY_WEEKS_A_YEAR / MONTHS_A_YEAR)
    hour_value = (pay[0] + pay[1]) / hours if hours else np.zeros(1)
    return levy, allowance, hour_value


def _by_year(values: Floats, year_of_period: Ints, years: int) -> Floats:
    result = np.zeros((values.shape[0], years))
    for period, year in enumerate(year_of_period):
        result[:, year] += values[:, period]
    return result


def _own_costs(
    inputs: Inputs,
    outlook: Outlook,
    prices_of_year: Ints,
    direct: Floats,
    staff_cost: Floats,
    pool_staff: Floats,
    pool_lines: Floats,
    employer_charges: Floats,
) -> tuple[Floats, Floats]:
    """Return each unit's staff cost and whole cost by year before allocation: axes (case, year, unit)."""
    times, other = inputs.calendar, inputs.other
    share_of_year = times.months_of_year / MONTHS_A_YEAR
    pay_index = outlook.pay_index[:, None, prices_of_year]
    other_staff = other.staff_cost[None, :, None] * pay_index * share_of_year
    other_lines = other.other_cost[None, :, None] * outlook.price_index[:, None, prices_of_year] * share_of_year
    pools_staff = year_sums(pool_staff, times.months_of_year)
    pools_cost = pools_staff + year_sums(pool_lines, times.months_of_year)
    if inputs.overheads.employer_charges_pool >= 0:
        cases = max(len(pools_cost), len(employer_charges))
        pools_cost = np.array(np.broadcast_to(pools_cost, (cases, *pools_cost.shape[1:])))
        pools_cost[:, inputs.overheads.employer_charges_pool] += employer_charges
    staff = _join(pools_staff, year_sums(staff_cost, times.months_of_year), other_staff)
    whole = _join(pools_cost, year_sums(direct, times.months_of_year), other_staff + other_lines)
    return staff, whole


def _join(*columns: Floats) -> Floats:
    cases = max(len(column) for column in columns)
    joined = np.concatenate([np.broadcast_to(column, (cases, *column.shape[1:])) for column in columns], axis=1)
    return np.ascontiguousarray(np.moveaxis(joined, 1, -1))


def _allocate(inputs: Inputs, own_cost: Floats, own_staff: Floats, staff_active: Floats) -> Allocation:
    overheads, times = inputs.overheads, inputs.calendar
    pools = len(overheads.driver)
    staffing = _staffing_quantities(inputs, staff_active)
    if overheads.method == "single_rate":
        by_name = {"direct_cost": own_cost, "direct_staff_cost": own_staff, "fte": staffing["fte"][None]}
        usage = np.zeros((1, times.years, pools, own_cost.shape[-1]))
        return allocate(own_cost, usage, "single_rate", base=by_name[overheads.single_rate_base][..., pools:])
    columns = []
    for pool, driver in enumerate(overheads.driver):
        if driver in ("fte", "headcount"):
            column = staffing[driver][None]
        elif driver == "direct_staff_cost":
            column = own_staff
        elif driver in ("direct_cost", "accumulated_cost"):
            column = own_cost
        else:
            column = np.broadcast_to(overheads.entered[pool], (1, times.years, own_cost.shape[-1]))
        columns.append(column)
    cases = max((len(column) for column in columns), default=1)
    usage = (
        np.stack([np.broadcast_to(column, (cases, *column.shape[1:])) for column in columns], axis=2)
        if columns
        else np.zeros((1, times.years, 0, own_cost.shape[-1]))
    )
    accumulated = [driver == "accumulated_cost" for driver in overheads.driver]
    return allocate(own_cost, usage, overheads.method, order=overheads.order, accumulated=accumulated)


def _staffing_quantities(inputs: Inputs, staff_active: Floats) -> dict[str, Floats]:
    """Return FTE and heads of every unit, mean over each year: axes (year, unit)."""
    times = inputs.calendar
    quantities = {}
    for name, entered in (("fte", inputs.overheads.entered_fte), ("headcount", inputs.overheads.entered_heads)):
        columns = []
        for parts, active in ((inputs.support, inputs.support.active), (inputs.staff, staff_active)):
            per_row = parts.row_fte if name == "fte" else parts.row_heads
            columns.append(over_layers((per_row[:, :, None] * active)[None])[0])
        columns.append(np.zeros((len(inputs.other.heads), times.months)))
        from_posts = np.concatenate(columns)
        has_posts = from_posts.any(axis=1, keepdims=True)
        monthly = np.where(has_posts, from_posts, entered[:, None])
        quantities[name] = year_sums(monthly, times.months_of_year).T / MONTHS_A_YEAR
    return quantities


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
    result = empty_months((max(len(replaced), len(behaviour.cost_per_hire)), staff.start.shape[1]), active.shape[-1])
    result[...] = 0.0
    for heads, cost in ((junior_heads, behaviour.cost_per_hire), (staff.row_senior_heads, behaviour.cost_per_hire_senior)):
        if not heads.any():
            continue
        established = months_first(over_layers((heads[:, :, None] * active)[None]))
        growth = months_first(over_layers((heads[:, :, None] * starting)[None]))
        result = result + cost[:, :, None] * (replaced[:, :, None] * established + growth)
    return result
