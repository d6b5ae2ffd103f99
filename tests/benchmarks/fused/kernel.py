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
from typing import Final

import numba
import numpy as np

from funding_model.costing.arrays import Flags, Floats
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import LAG, Inputs
from tests.benchmarks.fused.account import TOTALS, YEARLY, account
from tests.benchmarks.fused.cost import planned_cost, planned_people
from tests.benchmarks.fused.course import course_of
from tests.benchmarks.fused.entries import Cases, Contract, Plan, cases_of, contract_of, cover, plan_of

CORES: Final = os.cpu_count() or 1


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
    starts, capacity = planned_people(plan, drawn, case)
    own = np.arange(years)
    full = planned_cost(plan, drawn, case, indices, own, starts)
    before = contracts[0].reach
    course = course_of(plan, drawn, case, before, indices, full[0], starts)
    for number in range(len(contracts)):
        contract = contracts[number]
        if number and not np.array_equal(contract.reach, before):
            before = contract.reach
            course = course_of(plan, drawn, case, before, indices, full[0], starts)
        priced = base = full
        if not np.array_equal(contract.prices, own):
            priced = planned_cost(plan, drawn, case, indices, contract.prices, starts)
        if contract.rolled:
            base = planned_cost(plan, drawn, case, indices, contract.base_prices, starts)
        account(
            plan, drawn, contract, case, deflator, full, priced, base, course, capacity,
            totals[number, case], yearly[number, case], flags[number, case],
        )  # fmt: skip
