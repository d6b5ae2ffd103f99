"""One case's planned people and planned cost at the prices of some years, overheads included."""

from __future__ import annotations

import numba
import numpy as np

from funding_model.costing.arrays import Floats, Ints
from funding_model.costing.inputs import PRICES
from funding_model.units import MONTHS_A_YEAR
from tests.benchmarks.fused.entries import Cases, Plan


@numba.njit(error_model="numpy")
def people_of_month(
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
def planned_people(plan: Plan, drawn: Cases, case: int) -> tuple[Floats, Floats]:
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
            started, _, held, waiting = people_of_month(
                drawn, case, service, able, 1.0, drawn.referrals[case, service, month], held, waiting
            )
            starts[service, month], capacity[service, month] = started, able
    return starts, capacity


@numba.njit(error_model="numpy")
def planned_cost(
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
