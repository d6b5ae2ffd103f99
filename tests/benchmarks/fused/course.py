"""One case's course under an award: staffing, delivery and what they change of the cost, month by month."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import PRICES
from funding_model.units import MONTHS_A_YEAR
from tests.benchmarks.fused.cost import people_of_month
from tests.benchmarks.fused.entries import Cases, Plan


class Course(NamedTuple):
    """Staffing, delivery and actual cost under an award: axes (service, month) unless stated."""

    empty_pay: Floats
    lines_change: Floats
    recruitment: Floats
    filled_at_end: Floats
    sums: Floats  # (5,) starting, given, leavers, hires, waiting at the end


@numba.njit(error_model="numpy")
def course_of(
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
            started, given, held, waiting = people_of_month(
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
