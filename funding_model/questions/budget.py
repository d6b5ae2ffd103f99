"""Budget: the planned full cost of the services by kind of cost, and when each contract's money arrives.

The kinds add up to full cost: pay, each category of other costs, planned recruitment, and what each support pool hands
to the services. All of it comes from the engine's own stages: the lines of a category are priced by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats, by_month, total, year_sums
from funding_model.costing.direct import delivery_capacity, price_lines, spread_lines
from funding_model.questions.compare import Comparison
from funding_model.questions.results import of_case
from funding_model.units import MONTHS_A_YEAR

STAFF, OTHER_COSTS, RECRUITMENT, OVERHEADS = "staff", "other costs", "recruitment", "overheads"
KINDS: Final = (STAFF, OTHER_COSTS, RECRUITMENT, OVERHEADS)
QUARTER: Final = 3


@dataclass(frozen=True)
class BudgetLine:
    """What one kind of cost comes to in each financial year, all services together, pounds."""

    kind: str
    name: str
    """The category of the lines, or the support pool; blank where the kind says it all."""
    years: tuple[float, ...]


def budget(comparison: Comparison) -> list[BudgetLine]:
    """Return the full cost by kind; the same under every contract."""
    inputs, planned = comparison.prepared.inputs, comparison.evaluation.planned
    services, months = planned.full.services, inputs.calendar.months_of_year

    def yearly(monthly: Floats) -> tuple[float, ...]:
        return tuple(float(value) for value in total(year_sums(monthly[0], months), 0))

    found = [BudgetLine(STAFF, "", yearly(services.staff_cost))]
    found += [BudgetLine(OTHER_COSTS, name, yearly(cost)) for name, cost in _categories(comparison).items()]
    found.append(BudgetLine(RECRUITMENT, "", yearly(services.recruitment)))
    from_pool = planned.full.support.overhead_from_pool[0].sum(axis=-1)
    for place, pool in enumerate(comparison.scenario.organisation.pools):
        found.append(BudgetLine(OVERHEADS, pool.name, tuple(float(value) for value in from_pool[:, place])))
    return found


def _categories(comparison: Comparison) -> dict[str, Floats]:
    """Return the cost of the lines of each category: axes (case, service, month)."""
    inputs, planned = comparison.prepared.inputs, comparison.evaluation.planned
    services, times = planned.full.services, inputs.calendar
    indices = by_month(services.line_indices, times.year_of_month)
    quantities = (planned.starts, delivery_capacity(inputs.staff, services.active))
    names = [line.category for service in comparison.scenario.services for line in service.lines if line.kind != "exit"]
    found = {}
    for name in dict.fromkeys(names):
        chosen = np.array([each == name for each in names])
        amounts = replace(inputs.lines, amount=np.where(chosen, inputs.lines.amount, 0.0))
        spread = spread_lines(amounts, times.months, services.line_indices.shape[1], 0)
        found[name] = price_lines(spread.everything, indices, *quantities)
    return found


@dataclass(frozen=True)
class Eligible:
    """What a contract's rule lets into the price in each financial year, all services together, pounds."""

    staff: tuple[float, ...]
    other_direct: tuple[float, ...]
    overheads: tuple[float, ...]
    """Overheads, and terms that the price recognises."""
    price: tuple[float, ...]


def eligible(comparison: Comparison, case: int) -> Eligible:
    """Return the eligible cost of a contract and its price."""
    money, services = comparison.evaluation.money, comparison.evaluation.planned.full.services
    months = comparison.prepared.inputs.calendar.months_of_year
    staff, direct = (
        total(year_sums(array[0], months), 0) for array in (services.eligible_staff, services.eligible_direct)
    )
    fundable, price = (total(of_case(array, case), 0) for array in (money.fundable_cost, money.price))
    columns = (staff, direct - staff, fundable - direct, price)
    return Eligible(*(tuple(float(value) for value in column) for column in columns))


@dataclass(frozen=True)
class Instalments:
    """What arrives under each contract in one quarter of a financial year, if everything continues, pounds."""

    first_month: int
    last_month: int
    received: tuple[float, ...]


def instalments(comparison: Comparison) -> list[Instalments]:
    """Return the payment profile by quarter."""
    dates, cash = comparison.prepared.dates, comparison.evaluation.cash
    received = [total(of_case(cash.received, case), 0) for case in range(len(comparison.contracts))]
    offset = (dates.day(0).month - 4) % MONTHS_A_YEAR
    quarters: dict[int, list[int]] = {}
    for month in range(dates.months):
        quarters.setdefault((month + offset) // QUARTER, []).append(month)
    return [
        Instalments(months[0], months[-1], tuple(float(each[months].sum()) for each in received))
        for months in quarters.values()
    ]


def outstanding(comparison: Comparison) -> list[float]:
    """Return what has not arrived by the end of the price of the whole period, by contract, pounds."""
    cash = comparison.evaluation.cash
    return [
        float((of_case(cash.flows.price, case) - of_case(cash.received, case)).sum())
        for case in range(len(comparison.contracts))
    ]
