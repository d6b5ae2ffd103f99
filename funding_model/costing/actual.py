"""Actual cost: what differs from the plan because posts stand empty and fewer people are supported.

Pay not spent = ``pay x v_mean``; cover = ``pay x v_mean x cover_share x (1 + cover_premium)``; both nil with an
all-in cost per hire. Lines that follow delivery change by ``amount x (starts - planned starts)`` and ``amount x
delivery FTE x (cover_share - 1) v_mean``. Recruitment = ``hires x cost per hire x price_index``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, by_month, each_month, minus, plus, times, zero_months
from funding_model.costing.delivery import Delivery
from funding_model.costing.direct import RowPay, delivery_capacity, price_following, price_lines
from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START, PRICES, Behaviour, Inputs
from funding_model.costing.plan import Planned
from funding_model.costing.staffing import Staffing


@dataclass(frozen=True)
class Actual:
    """What differs from the plan because posts stand empty; pounds, axes (case, service, month)."""

    pay_not_spent: Floats
    cover: Floats
    lines_change: Floats
    recruitment: Floats
    recruitment_change: Floats
    """Recruitment less what was planned."""
    eligible_change: Floats
    """Change of eligible direct cost."""
    eligible_staff_change: Floats
    eligible_lines_change: Floats
    excluded_changes: tuple[Floats, ...]
    """Change of eligible lines in each group of excluded categories."""


def actual_cost(inputs: Inputs, planned: Planned, staffing: Staffing, delivery: Delivery) -> Actual:
    """Return what differs from the plan under a contract, as if the service continues."""
    behaviour, services = inputs.behaviour, planned.full.services
    covered = cover_rate(behaviour)[:, :, None]
    empty = empty_pay(services.staff.pay, staffing.vacant_mean, behaviour.all_in)
    eligible_empty = empty
    if services.staff.ineligible_pay is not None:
        eligible_empty = empty - empty_pay(services.staff.ineligible_pay, staffing.vacant_mean, behaviour.all_in)
    indices = by_month(services.line_indices, inputs.calendar.year_of_month)
    starts = fte = zero_months((1, empty.shape[1]), empty.shape[2])
    if inputs.spread.everything[FOR_EACH_START].any():
        starts = delivery.flow.starts - planned.starts
    if inputs.spread.everything[FOR_EACH_FTE].any():
        fte = delivery_fte_change(inputs, staffing)
    change = price_following(inputs.spread.everything, indices, starts, fte)
    eligible_lines = minus(change, price_following(inputs.spread.ineligible, indices, starts, fte))
    recruitment = staffing.vacant_heads
    if staffing.vacant_senior_heads.any():
        senior = staffing.vacant_senior_heads
        recruitment = (recruitment - senior) * behaviour.cost_per_hire[:, :, None]
        recruitment = recruitment + senior * behaviour.cost_per_hire_senior[:, :, None]
    else:
        recruitment = recruitment * behaviour.cost_per_hire[:, :, None]
    recruitment = recruitment * (staffing.filling_rate * indices[:, PRICES][:, None])
    eligible_staff = eligible_empty * (covered - 1)
    cover = times(empty, covered)
    return Actual(
        pay_not_spent=empty,
        cover=cover,
        lines_change=change,
        recruitment=recruitment,
        recruitment_change=minus(recruitment, services.recruitment),
        eligible_change=plus(eligible_staff, eligible_lines),
        eligible_staff_change=eligible_staff,
        eligible_lines_change=eligible_lines,
        excluded_changes=tuple(price_following(table, indices, starts, fte) for table in inputs.spread.excluded),
    )


def empty_pay(pay: RowPay, vacant_mean: Floats, all_in: Flags) -> Floats:
    """Return pay not spent on empty posts, nil with an all-in cost per hire: axes (case, owner, month), pounds."""
    result = pay.weighed(vacant_mean)
    return each_month(np.multiply, result, np.where(all_in, 0.0, 1.0)[:, :, None]) if all_in.any() else result


def cover_rate(behaviour: Behaviour) -> Floats:
    """Return what cover costs as a share of the pay not spent: axes (case, service)."""
    result: Floats = behaviour.cover_share * (1 + behaviour.cover_premium)
    return result


def delivery_fte_change(inputs: Inputs, staffing: Staffing) -> Floats:
    """Return delivery FTE at work less planned: axes (case, service, month)."""
    return staffing.vacant_delivery_fte * (inputs.behaviour.cover_share - 1)[:, :, None]


def costs_without_cash(inputs: Inputs, planned: Planned, staffing: Staffing, delivery: Delivery) -> Floats:
    """Return the services' lines of which no money leaves the bank: axes (case, service, month)."""
    indices = by_month(planned.full.services.line_indices, inputs.calendar.year_of_month)
    at_work = delivery_capacity(inputs.staff, inputs.staff.active) + delivery_fte_change(inputs, staffing)
    return price_lines(inputs.spread.not_cash, indices, delivery.flow.starts, at_work)
