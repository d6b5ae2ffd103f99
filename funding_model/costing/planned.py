"""Planned cost: what the organisation costs with posts filled and services continuing, at the prices of any year.

``full_cost = direct + overhead + planned recruitment``, the same for every contract. The *price calendar* says at the
prices of which year the quantities of each year are costed: each year at its own prices is the full cost; all years
at those of one year is what a price fixed in that year recognises.

Employer's charges, by year, in the central functions: ``max(0, levy_rate x pay bill - levy_allowance)`` less
``min(employment_allowance, NIC due)``. Overheads are shared yearly (see ``overheads``); a month bears its share of
its year's. Leaving out pay steps or later posts narrows the direct cost that a price recognises; the overhead is that
of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from funding_model.costing.arrays import Floats, Ints, by_month, over_layers, plus, total, year_sums
from funding_model.costing.direct import DirectCost, cost_services, cost_staff, price_lines
from funding_model.costing.inputs import Inputs, Parts
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
class SupportCost:
    """What the organisation shares, pounds."""

    overhead: Floats
    """(case, service, month)."""
    overhead_from_pool: Floats
    """(case, year, pool, service): overhead that each pool hands to each service."""
    allocation: Allocation
    """Of all units, axes (case, year)."""
    pool_cost: Floats
    """(case, month) cost of all pools in the months in which it falls, employer's charges spread over each year."""
    heads_cost: PayPerHead
    """Yearly cost of a head of each part of the pools' posts."""
    own_cost: Floats
    """(case, year, unit) before allocation, pools first, then services, then other activities."""
    own_staff: Floats
    """(case, year, unit) the staff cost in it."""
    quantities: dict[str, Floats]
    """fte and headcount of every unit, mean over each year: axes (year, unit)."""
    levy: Floats
    """(case, year)."""
    employment_allowance: Floats
    """(case, year), used against National Insurance."""
    hour_value: Floats
    """(case,) planned pay of all posts in year 0 for a paid hour."""


@dataclass(frozen=True)
class Recognisable:
    """What a price may recognise of a plan, pounds: axes (case, service, month) unless stated."""

    eligible_direct: Floats
    eligible_staff: Floats
    overhead: Floats
    recruitment: Floats
    excluded: Floats
    """(case, group, service, month)."""
    exit_eligible: Floats
    """(case, service, year)."""


@dataclass(frozen=True)
class Plan:
    """Planned cost at one price calendar."""

    services: DirectCost
    support: SupportCost

    @cached_property
    def full_cost(self) -> Floats:
        """Planned direct cost, overhead and planned recruitment: axes (case, service, month)."""
        return self.services.direct + self.support.overhead + self.services.recruitment

    @property
    def recognisable(self) -> Recognisable:
        """What a price may recognise of it."""
        services = self.services
        return Recognisable(
            services.eligible_direct,
            services.eligible_staff,
            self.support.overhead,
            services.recruitment,
            services.excluded,
            services.exit_eligible,
        )


def cost_plan(inputs: Inputs, outlook: Outlook, calendar: PriceCalendar, planned_starts: Floats) -> Plan:
    """Cost the plan at the prices of a calendar that leaves nothing out.

    Args:
        inputs: The scenario.
        outlook: Indices, of the case or of the central forecast.
        calendar: At which prices.
        planned_starts: (case, service, month) people starting with every post filled.
    """
    prices_of_year = np.array(calendar.prices_of_year)
    services = cost_services(inputs, outlook, prices_of_year, planned_starts, None, None)
    return Plan(services, _share_support(inputs, outlook, prices_of_year, services))


def narrow_plan(inputs: Inputs, outlook: Outlook, calendar: PriceCalendar, planned_starts: Floats, whole: Plan) -> Plan:
    """Cost the plan with pay steps or later posts left out, with the overhead of the whole plan at the same prices."""
    cutoff = np.array(calendar.cutoff)[:, inputs.calendar.year_of_month]
    services = cost_services(
        inputs, outlook, np.array(calendar.prices_of_year), planned_starts, np.array(calendar.steps_of_year), cutoff
    )
    return Plan(services, whole.support)


def _share_support(inputs: Inputs, outlook: Outlook, prices_of_year: Ints, services: DirectCost) -> SupportCost:
    times = inputs.calendar
    support_cost = pay_per_head(
        inputs.support,
        outlook.pay_index,
        inputs.statutory,
        times,
        prices_of_year[times.year_of_period],
        np.broadcast_to(times.year_of_period, (len(inputs.support.owner), len(times.year_of_period))),
    )
    support = cost_staff(
        inputs, inputs.support, support_cost, inputs.support.active, inputs.behaviour.support_cover_premium
    )
    pool_pay = support.pay.summed()
    pool_staff = plus(pool_pay, support.absence)
    monthly_indices = by_month(services.line_indices, times.year_of_month)
    pool_lines = price_lines(inputs.support_spread.everything, monthly_indices)
    levy, allowance, hour_value = _employer_charges(
        inputs,
        outlook,
        prices_of_year,
        ((inputs.staff, services.heads_cost), (inputs.support, support_cost)),
        (
            services.steady.by_year(services.steady.pay, times.year_of_month, times.years),
            year_sums(pool_pay, times.months_of_year),
        ),
    )
    charges = levy - allowance
    own_staff, own_cost = _own_costs(inputs, outlook, prices_of_year, services, pool_staff, pool_lines, charges)
    quantities = _staffing_quantities(inputs)
    allocation = share_overheads(inputs, own_cost, own_staff, quantities)
    pools, number = len(inputs.overheads.driver), len(inputs.people.counted)
    overhead_of_year = np.moveaxis(allocation.overhead[..., :number], 1, -1) / times.months_of_year
    return SupportCost(
        overhead=by_month(overhead_of_year, times.year_of_month),
        overhead_from_pool=allocation.from_pool[..., :number] if pools else np.zeros((1, times.years, 0, number)),
        allocation=allocation,
        pool_cost=_pool_months(inputs, pool_staff + pool_lines, charges),
        heads_cost=support_cost,
        own_cost=own_cost,
        own_staff=own_staff,
        quantities=quantities,
        levy=levy,
        employment_allowance=allowance,
        hour_value=hour_value,
    )


def _pool_months(inputs: Inputs, pools: Floats, employer_charges: Floats) -> Floats:
    if inputs.overheads.employer_charges_pool < 0:
        return total(pools, 1)
    charges = by_month(employer_charges / inputs.calendar.months_of_year, inputs.calendar.year_of_month)
    return total(pools, 1) + charges


def _employer_charges(
    inputs: Inputs,
    outlook: Outlook,
    prices_of_year: Ints,
    posts: tuple[tuple[Parts, PayPerHead], tuple[Parts, PayPerHead]],
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
    for parts, heads_cost in posts:
        if not len(parts.owner):
            continue
        layers, owners = parts.start.shape
        months_active = np.zeros((layers * owners, len(times.year_of_period)))
        np.add.at(months_active.T, times.period_of_month, parts.active.reshape(layers * owners, -1).T)
        weight = np.zeros((heads_cost.gross_of_alike.shape[1], months_active.shape[1]))
        np.add.at(weight, heads_cost.kind, (parts.heads[:, None] / MONTHS_A_YEAR) * months_active[parts.row])
        pay_bill = pay_bill + _by_year(total(heads_cost.gross_of_alike * weight, 1), times.year_of_period, times.years)
        nic = nic + _by_year(total(heads_cost.nic_of_alike * weight, 1), times.year_of_period, times.years)
        fte_months = (parts.heads * parts.fte)[:, None] * months_active[parts.row]
        paid_fte_months = paid_fte_months + fte_months[:, times.year_of_period == 0].sum()
    levy = np.maximum(
        0.0, statutory.levy_rate[prices_of_year] * pay_bill - statutory.levy_allowance[prices_of_year] * share_of_year
    )
    allowance = np.minimum(statutory.employment_allowance[prices_of_year] * share_of_year, nic)
    if inputs.overheads.employer_charges_pool < 0:
        allowance = np.zeros_like(allowance)
    pay = [total(each[..., 0], 1) for each in planned_pay]
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
    services: DirectCost,
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
    staff = _join(
        pools_staff, services.steady.by_year(services.steady.staff_cost, times.year_of_month, times.years), other_staff
    )
    whole = _join(pools_cost, year_sums(services.direct, times.months_of_year), other_staff + other_lines)
    return staff, whole


def _join(*columns: Floats) -> Floats:
    cases = max(len(column) for column in columns)
    joined = np.concatenate([np.broadcast_to(column, (cases, *column.shape[1:])) for column in columns], axis=1)
    return np.ascontiguousarray(np.moveaxis(joined, 1, -1))


def share_overheads(inputs: Inputs, own_cost: Floats, own_staff: Floats, staffing: dict[str, Floats]) -> Allocation:
    """Share the support pools over the services and other activities, by the scenario's method and drivers.

    Args:
        inputs: The scenario.
        own_cost: (case, year, unit) before allocation, pools first.
        own_staff: (case, year, unit) the staff cost in it.
        staffing: fte and headcount of every unit: axes (year, unit).

    Raises:
        AllocationError: A cost that the drivers give to nobody.
    """
    overheads, times = inputs.overheads, inputs.calendar
    pools = len(overheads.driver)
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


def _staffing_quantities(inputs: Inputs) -> dict[str, Floats]:
    """Return FTE and heads of every unit, mean over each year: axes (year, unit)."""
    times = inputs.calendar
    quantities = {}
    for name, entered in (("fte", inputs.overheads.entered_fte), ("headcount", inputs.overheads.entered_heads)):
        columns = []
        for parts in (inputs.support, inputs.staff):
            per_row = parts.row_fte if name == "fte" else parts.row_heads
            columns.append(over_layers((per_row[:, :, None] * parts.active)[None])[0])
        columns.append(np.zeros((len(inputs.other.heads), times.months)))
        from_posts = np.concatenate(columns)
        has_posts = from_posts.any(axis=1, keepdims=True)
        monthly = np.where(has_posts, from_posts, entered[:, None])
        quantities[name] = year_sums(monthly, times.months_of_year).T / MONTHS_A_YEAR
    return quantities
