"""What the kernel goes by: the plan, what differs from case to case and a contract, taken from the core's inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints
from funding_model.costing.contract import CPI, FIXED_RATE, FULL, RETURNED, UNMOVED, Terms
from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START, LAG, OF_ITSELF, Inputs
from funding_model.costing.timeline import BREAK, NO_EVENT
from funding_model.units import MONTHS_A_YEAR


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
