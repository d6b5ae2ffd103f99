"""A fused kernel: the stages of the core in one loop over cases, compiled by numba, to measure the core against.

It is written for the regional plan and knows no more than that plan needs: all cost eligible, every overhead allowed,
step-down by FTE and by direct cost, block prices, underspend returned, restricted income, posts without cohorts that
never end, no break clause and no loss. ``cover`` refuses any other scenario. Every case is worked out by itself, month
by month, and nothing that only one month needs is kept; threads that numba frees from the interpreter share the cases
between the cores. The benchmark compares its outcomes with those of the core before it measures either.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, NamedTuple

import numba
import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints
from funding_model.costing.contract import CPI, FIXED_RATE, FULL, RETURNED, UNMOVED, Terms
from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START, LAG, OF_ITSELF, PRICES, Inputs
from funding_model.costing.timeline import BREAK, NO_EVENT
from funding_model.units import MONTHS_A_YEAR, WEEKS_A_MONTH

TOTALS: Final = (
    "full_cost", "fundable_cost", "price", "income", "cost", "cost_with_people", "surplus", "surplus_posts_filled",
    "surplus_real", "cost_of_terms", "pay_not_spent", "lowest_cash", "closing_free_reserves", "paid", "administration",
    "purse_total", "purse_present_value", "people_starting_support", "support_months", "weeks_lost", "waiting_at_end",
    "leavers", "hires", "notices",
)  # fmt: skip
"""The kernel's totals, in the order of its columns."""
YEARLY: Final = ("full_cost", "price", "cost", "surplus", "surplus_posts_filled", "cash", "free_reserves")
"""The kernel's yearly results, in the order of its columns."""
CORES: Final = os.cpu_count() or 1
EACH_MONTH: Final = 6
"""Rows of money by month that the kernel adds up over the services."""


class Plan(NamedTuple):
    """What is the same in every case."""

    year_of_month: Ints  # (M,)
    months_of_year: Ints  # (Y,)
    heads: Floats  # (L, S, K) of each kind of pay
    salary: Floats  # (K, Y) of a head, FTE counted
    on_costs: Floats  # (K,) pension and other on-costs, as a fraction of gross pay
    nic_rate: Floats  # (Y,)
    nic_threshold: Floats  # (Y,)
    levy_rate: Floats  # (Y,)
    levy_allowance: Floats  # (Y,)
    active: Floats  # (L, S, M)
    start: Ints  # (L, S)
    row_heads: Floats  # (L, S)
    row_senior: Floats  # (L, S)
    row_delivery: Floats  # (L, S)
    fte: Floats  # (S, Y) mean over the year
    lines: Floats  # (I, S, M)
    lines_for_starts: Floats  # (I, S, M)
    pool_lines: Floats  # (I, pools, M)
    minimum_cash: float
    policy_months: float


class Cases(NamedTuple):
    """What differs from case to case; axes (case, service) unless stated."""

    pay_growth: Floats  # (case, path)
    price_growth: Floats  # (case, path)
    deflator_growth: Floats  # (case, path)
    discount_rate: Floats  # (case,)
    turnover: Floats
    extra_turnover: Floats
    months_to_fill: Floats
    secure_months: Floats
    freeze_months: Floats
    close_intake_months: Floats
    open_at_risk: Floats
    cover_share: Floats
    cover_premium: Floats
    cost_per_hire: Floats
    cost_per_hire_senior: Floats
    induction_months: Floats
    induction_loss: Floats
    caseload: Floats
    length: Floats
    opening_caseload: Floats
    opening_waiting: Floats
    most_starts: Floats
    gives_up: Floats
    referrals: Floats  # (case, service, month)


class Contract(NamedTuple):
    """One contract; axis (service,) first where it may differ between services."""

    reach: Floats  # (S, M)
    ends: Flags  # (S, M + 1) whether an award ends
    first: Ints  # (segment,) months
    last: Ints  # (segment,) first month after
    whole: Floats  # (segment,) share of a year
    opens: Flags  # (segment,)
    begins: Flags  # (segment,) a price year
    growth_year: Ints  # (segment,) entry of the growth path
    prices: Ints  # (Y,) the year whose prices the award recognises
    base_prices: Ints  # (Y,)
    movement: int
    rate: float
    rolled: bool
    uplift: float
    received: Ints  # (S, M)


def cover(inputs: Inputs, contracts: Sequence[Terms]) -> None:
    """Refuse a scenario that the kernel was not written for."""
    staff, spread, funds, effort, overheads = (
        inputs.staff, inputs.spread, inputs.funds, inputs.effort, inputs.overheads,
    )  # fmt: skip
    nothing = (
        staff.absence_rate, staff.qualifying, staff.contractual_notice, ~staff.eligible, spread.ineligible,
        spread.not_cash, spread.everything[FOR_EACH_FTE], inputs.support_spread.not_cash, inputs.support.owner,
        inputs.other.heads, funds.other_funders, funds.borrowing_rate, effort.letter, effort.notice, effort.funder_hour,
        inputs.behaviour.all_in, inputs.behaviour.opening_vacancy_entered, inputs.statutory.employment_allowance,
        ~inputs.people.counted, staff.hire_age + 1, np.diff(staff.active, axis=-1) < 0, inputs.exclusion_groups,
    )  # fmt: skip
    assert not any(bool(np.asarray(array).any()) for array in nothing)
    assert (overheads.method, overheads.order, overheads.driver) == ("step_down", (0, 1), ("fte", "direct_cost"))
    assert overheads.employer_charges_pool == 0
    assert inputs.statutory.nic_rate.shape[1] == 1
    assert not funds.policy_on_unrestricted
    for terms in contracts:
        price, award = terms.price, terms.award
        assert (price.overhead_rule == FULL).all()
        assert (price.funded_share * (1 - price.margin) * price.recognises_recruitment * price.restricted == 1).all()
        unknown = (
            price.recognises_monitoring, price.recognises_closing, price.has_current, price.has_schedule,
            price.factor - 1, price.follows_last_year, price.cap < np.inf, price.floor + 1, price.lag,
            terms.payment.by_volume, terms.payment.underspend != RETURNED, terms.scrutiny.return_hours,
            terms.scrutiny.chance_of_change, award.undecided, award.decided, award.bids, award.event == BREAK,
            award.renewal_probability - 1, award.months_of_notice,
        )  # fmt: skip
        assert not any(bool(array.any()) for array in unknown)
        assert {UNMOVED, FIXED_RATE, CPI} >= set(price.movement.ravel().tolist())
        for array in (terms.segments.start, terms.segments.end, terms.calendars.own, terms.calendars.base):
            assert (array == array[:, :1]).all()


def plan_of(inputs: Inputs) -> Plan:
    """Return what is the same in every case."""
    staff, calendar = inputs.staff, inputs.calendar
    of, kind = np.unique(staff.like, return_inverse=True)
    layers, services = staff.start.shape
    heads = np.zeros((layers * services, len(of)))
    np.add.at(heads, (staff.row, kind), staff.heads)
    active, delivery = np.ascontiguousarray(staff.active), staff.row_delivery_fte
    monthly_fte = (staff.row_fte[:, :, None] * active).sum(axis=0)
    by_year = [monthly_fte[:, calendar.year_of_month == year].sum(axis=1) for year in range(calendar.years)]
    everything = inputs.spread.everything
    return Plan(
        year_of_month=calendar.year_of_month,
        months_of_year=calendar.months_of_year,
        heads=heads.reshape(layers, services, len(of)),
        salary=staff.salary[of] * staff.fte[of][:, None],
        on_costs=staff.extra_rate[of] + staff.pension_rate[of],
        nic_rate=inputs.statutory.nic_rate[:, 0].copy(),
        nic_threshold=inputs.statutory.nic_threshold[:, 0].copy(),
        levy_rate=inputs.statutory.levy_rate,
        levy_allowance=inputs.statutory.levy_allowance,
        active=active,
        start=staff.start,
        row_heads=staff.row_heads,
        row_senior=staff.row_senior_heads,
        row_delivery=delivery,
        fte=np.array(by_year).T / MONTHS_A_YEAR,
        lines=np.ascontiguousarray(everything[OF_ITSELF]),
        lines_for_starts=np.ascontiguousarray(everything[FOR_EACH_START]),
        pool_lines=np.ascontiguousarray(inputs.support_spread.everything[OF_ITSELF]),
        minimum_cash=float(inputs.funds.minimum_cash),
        policy_months=float(inputs.funds.policy_months),
    )


def cases_of(inputs: Inputs, cases: int) -> Cases:
    """Return what differs from case to case, spread over them without being copied."""
    groups = (inputs.economy, inputs.behaviour, inputs.people)
    found = {}
    for name in Cases._fields:
        array = next(getattr(group, name) for group in groups if hasattr(group, name))
        found[name] = np.broadcast_to(array, (cases, *array.shape[1:]))
    return Cases(**found)


def contract_of(terms: Terms) -> Contract:
    """Return one contract."""
    segments, award, price = terms.segments, terms.award, terms.price
    own, base = (
        np.array(terms.price_calendars[int(index[0, 0, 0])].prices_of_year)
        for index in (terms.calendars.own, terms.calendars.base)
    )
    return Contract(
        reach=np.ascontiguousarray(award.reach[0, :, 0]),
        ends=np.ascontiguousarray(award.event[0] != NO_EVENT),
        first=segments.start[0, 0].copy(),
        last=segments.end[0, 0].copy(),
        whole=np.minimum(1.0, segments.whole_months[0, 0] / MONTHS_A_YEAR),
        opens=segments.opens_cycle[0, 0].copy(),
        begins=segments.new_price_year[0, 0].copy(),
        growth_year=segments.year[0, 0] + LAG,
        prices=own,
        base_prices=base,
        movement=int(price.movement[0, 0]),
        rate=float(price.rate[0, 0]),
        rolled=bool(price.rolled_forward[0, 0]),
        uplift=float(price.renewal_uplift[0, 0]),
        received=np.ascontiguousarray(terms.payment.received[0]),
    )


def fused(inputs: Inputs, contracts: Sequence[Terms], cases: int) -> list[tuple[Floats, Floats, Flags]]:
    """Return totals (case, result), yearly results (case, result, year) and flags (case, 2) of every contract."""
    cover(inputs, contracts)
    plan, drawn = plan_of(inputs), cases_of(inputs, cases)
    terms = tuple(contract_of(each) for each in contracts)
    totals = np.empty((len(terms), cases, len(TOTALS)))
    yearly = np.empty((len(terms), cases, len(YEARLY), inputs.calendar.years))
    flags = np.empty((len(terms), cases, 2), np.bool_)
    bounds = [cases * core // CORES for core in range(CORES + 1)]
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(partial(_run, plan, drawn, terms, totals, yearly, flags), bounds[:-1], bounds[1:]))
    return list(zip(totals, yearly, flags, strict=True))


@numba.njit(nogil=True, error_model="numpy")
def _run(
    plan: Plan,
    drawn: Cases,
    contracts: tuple[Contract, ...],
    totals: Floats,
    yearly: Floats,
    flags: Flags,
    start: int,
    stop: int,
) -> None:
    for case in range(start, stop):
        _case(plan, drawn, contracts, case, totals, yearly, flags)


@numba.njit(error_model="numpy")
def _case(
    plan: Plan, drawn: Cases, contracts: tuple[Contract, ...], case: int, totals: Floats, yearly: Floats, flags: Flags
) -> None:
    """Work out one case under every contract; contracts with the same awards share its course."""
    years = len(plan.months_of_year)
    indices = np.ones((3, years))
    deflator = np.ones(years)
    for year in range(1, years):
        indices[0, year] = indices[0, year - 1] * (1 + drawn.pay_growth[case, LAG + year])
        indices[1, year] = indices[1, year - 1] * (1 + drawn.price_growth[case, LAG + year])
        deflator[year] = deflator[year - 1] * (1 + drawn.deflator_growth[case, LAG + year])
    starts, capacity = _planned_people(plan, drawn, case)
    own = np.arange(years)
    full = _cost(plan, drawn, case, indices, own, starts)
    before = contracts[0].reach
    course = _course(plan, drawn, case, before, indices, full[0], starts)
    for number in range(len(contracts)):
        contract = contracts[number]
        if number and not np.array_equal(contract.reach, before):
            before = contract.reach
            course = _course(plan, drawn, case, before, indices, full[0], starts)
        priced = base = full
        if not np.array_equal(contract.prices, own):
            priced = _cost(plan, drawn, case, indices, contract.prices, starts)
        if contract.rolled:
            base = _cost(plan, drawn, case, indices, contract.base_prices, starts)
        _account(
            plan, drawn, contract, case, deflator, full, priced, base, course, capacity,
            totals[number, case], yearly[number, case], flags[number, case],
        )  # fmt: skip


@numba.njit(error_model="numpy")
def _people(
    drawn: Cases, case: int, service: int, able: float, open_share: float, referred: float, held: float, waiting: float
) -> tuple[float, float, float, float]:
    """Return who starts, what is given, and who is held and waits at the end of a month."""
    staying = held - held / drawn.length[case, service]
    asking = waiting + referred
    started = min(asking, max(0.0, able - staying), drawn.most_starts[case, service]) * open_share
    left = asking - started
    held = staying + started
    return started, min(held, able), held, left - left * drawn.gives_up[case, service]


@numba.njit(error_model="numpy")
def _planned_people(plan: Plan, drawn: Cases, case: int) -> tuple[Floats, Floats]:
    """Return people starting and capacity with every post filled and intake open: axes (service, month)."""
    layers, services, months = plan.active.shape
    starts, capacity = np.empty((services, months)), np.empty((services, months))
    for service in range(services):
        held, waiting = drawn.opening_caseload[case, service], drawn.opening_waiting[case, service]
        for month in range(months):
            fte = 0.0
            for layer in range(layers):
                fte += plan.row_delivery[layer, service] * plan.active[layer, service, month]
            able = drawn.caseload[case, service] * fte
            started, _, held, waiting = _people(
                drawn, case, service, able, 1.0, drawn.referrals[case, service, month], held, waiting
            )
            starts[service, month], capacity[service, month] = started, able
    return starts, capacity


@numba.njit(error_model="numpy")
def _cost(
    plan: Plan, drawn: Cases, case: int, indices: Floats, prices: Ints, starts: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return pay of rows (layer, service, year), direct cost and planned recruitment (service, month) at some prices.

    Then overhead a month (service, year) and what the organisation pays beside the services (month,).
    """
    layers, services, months = plan.active.shape
    years, kinds, pools = len(prices), plan.heads.shape[2], plan.pool_lines.shape[1]
    pay = np.zeros((layers, services, years))
    each = np.empty(kinds)
    levy = np.empty(years)
    for year in range(years):
        at = prices[year]
        bill = 0.0
        for kind in range(kinds):
            gross = plan.salary[kind, year] * indices[0, at]
            nic = plan.nic_rate[at] * max(0.0, gross - plan.nic_threshold[at])
            each[kind] = gross * (1 + plan.on_costs[kind]) + nic
            worked = 0.0
            for layer in range(layers):
                for service in range(services):
                    here = plan.heads[layer, service, kind]
                    pay[layer, service, year] += here * each[kind] / MONTHS_A_YEAR
                    worked += here * plan.active[layer, service, year * MONTHS_A_YEAR]
            bill += worked * gross
        levy[year] = max(0.0, plan.levy_rate[at] * bill - plan.levy_allowance[at])
    direct, recruitment = np.empty((services, months)), np.empty((services, months))
    yearly = np.zeros((services, years))
    for service in range(services):
        leave, fill = drawn.turnover[case, service] / MONTHS_A_YEAR, 1 / drawn.months_to_fill[case, service]
        replaced = leave * fill / (leave + fill)
        cost, senior_cost = drawn.cost_per_hire[case, service], drawn.cost_per_hire_senior[case, service]
        for month in range(months):
            year = plan.year_of_month[month]
            at = prices[year]
            amount = hires = 0.0
            for layer in range(layers):
                here = plan.active[layer, service, month]
                amount += pay[layer, service, year] * here
                growth = 1.0 if month and plan.start[layer, service] == month else 0.0
                senior = plan.row_senior[layer, service]
                heads_cost = (plan.row_heads[layer, service] - senior) * cost + senior * senior_cost
                hires += heads_cost * here * (replaced + growth)
            for index in range(3):
                line = plan.lines[index, service, month]
                amount += (line + plan.lines_for_starts[index, service, month] * starts[service, month]) * indices[
                    index, at
                ]
            direct[service, month], recruitment[service, month] = amount, hires * indices[PRICES, at]
            yearly[service, year] += amount
    pool = np.zeros((pools, years))
    paid = np.empty(months)
    for month in range(months):
        year = plan.year_of_month[month]
        paid[month] = levy[year] / plan.months_of_year[year]
        for number in range(pools):
            amount = 0.0
            for index in range(3):
                amount += plan.pool_lines[index, number, month] * indices[index, prices[year]]
            pool[number, year] += amount
            paid[month] += amount
    overhead = np.empty((services, years))
    for year in range(years):
        all_fte, all_direct = plan.fte[:, year].sum(), yearly[:, year].sum()
        for service in range(services):
            by_fte = (pool[0, year] + levy[year]) * plan.fte[service, year] / all_fte
            by_cost = pool[1, year] * yearly[service, year] / all_direct
            overhead[service, year] = (by_fte + by_cost) / plan.months_of_year[year]
    for month in range(months):
        paid[month] -= overhead[:, plan.year_of_month[month]].sum()
    return pay, direct, recruitment, overhead, paid


class Course(NamedTuple):
    """Staffing, delivery and actual cost under an award: axes (service, month) unless stated."""

    empty_pay: Floats
    lines_change: Floats
    recruitment: Floats
    filled_at_end: Floats
    sums: Floats  # (5,) starting, given, leavers, hires, waiting at the end


@numba.njit(error_model="numpy")
def _course(
    plan: Plan, drawn: Cases, case: int, reach: Floats, indices: Floats, pay: Floats, planned_starts: Floats
) -> Course:
    layers, services, months = plan.active.shape
    empty_pay, change, recruitment, filled = (
        np.empty((services, months)), np.empty((services, months)), np.empty((services, months)),
        np.empty((services, months)),
    )  # fmt: skip
    sums = np.zeros(5)
    vacant, hired = np.empty(layers), np.empty(months)
    for service in range(services):
        turnover, to_fill = drawn.turnover[case, service], drawn.months_to_fill[case, service]
        steady = turnover / MONTHS_A_YEAR / (turnover / MONTHS_A_YEAR + 1 / to_fill)
        cover = drawn.cover_share[case, service]
        held, waiting = drawn.opening_caseload[case, service], drawn.opening_waiting[case, service]
        longest = int(np.ceil(drawn.induction_months[case, service]))
        for month in range(months):
            year = plan.year_of_month[month]
            insecure = 1.0 if reach[service, month] < drawn.secure_months[case, service] else 0.0
            frozen = 1.0 if reach[service, month] < drawn.freeze_months[case, service] else 0.0
            closed = 1.0 if reach[service, month] < drawn.close_intake_months[case, service] else 0.0
            leaving = (turnover + drawn.extra_turnover[case, service] * insecure) / MONTHS_A_YEAR
            filling = (1 - frozen) / to_fill
            rate = leaving + filling
            target, gone, settled = 0.0, 0.0, 0.0
            if rate > 0:
                target, gone = leaving / rate, -np.expm1(-rate)
                settled = 1 - gone / rate
            heads = empty = senior = delivery = empty_fte = unspent = ended = 0.0
            for layer in range(layers):
                if plan.start[layer, service] >= month:
                    vacant[layer] = steady if plan.start[layer, service] == 0 else 1.0
                away = vacant[layer] - target
                mean = vacant[layer] - away * settled
                vacant[layer] -= away * gone
                here = plan.active[layer, service, month]
                heads += plan.row_heads[layer, service] * here
                empty += plan.row_heads[layer, service] * here * mean
                senior += plan.row_senior[layer, service] * here * mean
                delivery += plan.row_delivery[layer, service] * here
                empty_fte += plan.row_delivery[layer, service] * here * mean
                unspent += pay[layer, service, year] * here * mean
                ended += plan.row_heads[layer, service] * here * (1 - vacant[layer])
            hired[month] = filling * empty_fte
            lost = 0.0
            for lag in range(1, min(longest, month) + 1):
                share = min(max(drawn.induction_months[case, service] - (lag - 1), 0.0), 1.0)
                lost += share * drawn.induction_loss[case, service] * hired[month - lag]
            able = drawn.caseload[case, service] * max(0.0, delivery - empty_fte * (1 - cover) - lost)
            open_share = 1 - closed * (1 - drawn.open_at_risk[case, service])
            started, given, held, waiting = _people(
                drawn, case, service, able, open_share, drawn.referrals[case, service, month], held, waiting
            )
            price = 0.0
            for index in range(3):
                price += plan.lines_for_starts[index, service, month] * indices[index, year]
            hires = drawn.cost_per_hire[case, service] * (empty - senior)
            hires += drawn.cost_per_hire_senior[case, service] * senior
            empty_pay[service, month] = unspent
            change[service, month] = price * (started - planned_starts[service, month])
            recruitment[service, month] = hires * filling * indices[PRICES, year]
            filled[service, month] = ended
            sums[0] += started
            sums[1] += given
            sums[2] += leaving * (heads - empty)
            sums[3] += filling * empty
        sums[4] += waiting
    return Course(empty_pay, change, recruitment, filled, sums)


@numba.njit(error_model="numpy")
def _segment_prices(contract: Contract, drawn: Cases, case: int, own: Floats, base: Floats, result: Floats) -> None:
    """Set the price a month of each segment."""
    before, current, moving = 1.0, 1.0, False
    first_price = first_base = 0.0
    for number in range(len(own)):
        opens, begins = contract.opens[number], contract.begins[number]
        if opens:
            before = 1.0
        elif begins:
            before = current
        moving = False if opens else moving or begins
        step = 1.0
        if contract.movement == FIXED_RATE:
            step = 1 + contract.rate
        elif contract.movement == CPI:
            step = 1 + drawn.price_growth[case, contract.growth_year[number]]
        uplift = before * step if moving else 1.0
        if opens or begins:
            current = uplift
        if opens:
            first_price, first_base = own[number], base[number]
            if number and contract.rolled:
                raised = (1 + contract.uplift) ** contract.whole[number - 1]
                first_price = result[number - 1] * raised * base[number] / base[number - 1]
            result[number] = first_price
        else:
            result[number] = (first_price * base[number] / first_base if contract.rolled else own[number]) * uplift


@numba.njit(error_model="numpy")
def _account(
    plan: Plan,
    drawn: Cases,
    contract: Contract,
    case: int,
    deflator: Floats,
    full: tuple[Floats, Floats, Floats, Floats, Floats],
    priced: tuple[Floats, Floats, Floats, Floats, Floats],
    base: tuple[Floats, Floats, Floats, Floats, Floats],
    course: Course,
    capacity: Floats,
    totals: Floats,
    yearly: Floats,
    flags: Flags,
) -> None:
    """Price one contract, keep its accounts and its cash, and add everything up."""
    services, months = capacity.shape
    parts = len(contract.first)
    _, direct, recruitment, overhead, paid_beside = full
    by_month = np.zeros((EACH_MONTH, months))  # full cost, price, cost, kept, surplus with posts filled, net cash
    own, of_base, prices = np.empty(parts), np.empty(parts), np.empty(parts)
    taken = np.zeros(months)
    short_of_all = np.zeros(months)
    fundable = running_terms = unspent = notices = 0.0
    for service in range(services):
        for number in range(parts):
            of_priced = of_start = 0.0
            for month in range(contract.first[number], contract.last[number]):
                year = plan.year_of_month[month]
                of_priced += priced[1][service, month] + priced[2][service, month] + priced[3][service, year]
                of_start += base[1][service, month] + base[2][service, month] + base[3][service, year]
            length = contract.last[number] - contract.first[number]
            own[number], of_base[number] = of_priced / length, of_start / length
        _segment_prices(contract, drawn, case, own, of_base, prices)
        covered = drawn.cover_share[case, service] * (1 + drawn.cover_premium[case, service])
        taken[:] = 0.0
        arrived, arrived_before, short, left = 0.0, 0.0, 0.0, 0.0
        place = 0
        repaid = 0.0
        for number in range(parts):
            eligible = lines = allowed = 0.0
            last = contract.last[number]
            for month in range(contract.first[number], last):
                spent = course.empty_pay[service, month]
                eligible += direct[service, month] + spent * (covered - 1) + course.lines_change[service, month]
                lines += direct[service, month] + course.lines_change[service, month]
                allowed += overhead[service, plan.year_of_month[month]] + course.recruitment[service, month]
            whole = prices[number] * (last - contract.first[number])
            back = max(0.0, whole - max(0.0, eligible) - allowed)
            back_if_filled = max(0.0, whole - max(0.0, lines) - allowed)
            for month in range(contract.first[number], last):
                year = plan.year_of_month[month]
                spent, change = course.empty_pay[service, month], course.lines_change[service, month]
                running = course.recruitment[service, month] - recruitment[service, month]
                cost_in_full = direct[service, month] + overhead[service, year] + recruitment[service, month]
                filled = cost_in_full + change + running
                cost = filled - spent + spent * covered
                returned = back if month == last - 1 else 0.0
                kept = prices[number] - returned
                by_month[0, month] += cost_in_full
                by_month[1, month] += prices[number]
                by_month[2, month] += cost
                by_month[3, month] += kept
                kept_if_filled = prices[number] - (back_if_filled if month == last - 1 else 0.0)
                by_month[4, month] += kept_if_filled - filled
                while place < contract.received[service, month]:
                    arrived += prices[_segment_of(contract, place)]
                    place += 1
                by_month[5, month] += arrived - arrived_before - cost - repaid
                arrived_before, repaid = arrived, returned
                left += kept - cost
                held = max(0.0, left)
                missing = held - left + short
                short_of_all[month] += missing
                if month + 1 == months or plan.year_of_month[month + 1] != year:
                    left, short = held, missing
                fundable += direct[service, month] + overhead[service, year]
                running_terms += running
                unspent += spent
                if contract.ends[service, month + 1]:
                    notices += course.filled_at_end[service, month]
    balance = free = reserves_needed = 0.0
    lowest = np.inf
    flags[0] = flags[1] = False
    real = present = cost_of_year = 0.0
    yearly[:] = 0.0
    for month in range(months):
        year = plan.year_of_month[month]
        balance += by_month[5, month] - paid_beside[month]
        free = -short_of_all[month]
        lowest = min(lowest, balance)
        flags[0] |= balance < plan.minimum_cash
        surplus = by_month[3, month] - by_month[2, month]
        for row, value in enumerate(
            (by_month[0, month], by_month[1, month], by_month[2, month], surplus, by_month[4, month])
        ):
            yearly[row, year] += value
        real += surplus / deflator[year]
        present += by_month[3, month] / deflator[year] * (1 + drawn.discount_rate[case]) ** -year
        cost_of_year += by_month[2, month]
        if month + 1 == months or plan.year_of_month[month + 1] != year:
            yearly[5, year], yearly[6, year] = balance, free
            reserves_needed = cost_of_year / plan.months_of_year[year] * plan.policy_months
            flags[1] |= free < reserves_needed
            cost_of_year = 0.0
    sums = by_month.sum(axis=1)
    given = course.sums[1]
    values = (
        sums[0], fundable, sums[1], sums[3], sums[2], sums[2], sums[3] - sums[2], sums[4], real, running_terms, unspent,
        lowest, free, sums[3], 0.0, sums[3], present, course.sums[0], given, (capacity.sum() - given) * WEEKS_A_MONTH,
        course.sums[4], course.sums[2], course.sums[3], notices,
    )  # fmt: skip
    for column, value in enumerate(values):
        totals[column] = value


@numba.njit(error_model="numpy")
def _segment_of(contract: Contract, month: int) -> int:
    """Return the segment of a month."""
    for number in range(len(contract.first)):
        if month < contract.last[number]:
            return number
    return len(contract.first) - 1
