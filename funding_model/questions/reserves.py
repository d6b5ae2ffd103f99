"""Reserves: free reserves at each year's end beside the reserves policy.

The policy asks for some months of spending: of all spending of the year, or of the part of it that restricted income
did not meet. Spending is the cost of the services and of other activities, with overdraft interest. A part-year counts
as the months that it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints, total, year_sums
from funding_model.costing.inputs import Calendar, Inputs
from funding_model.costing.model import Evaluation

if TYPE_CHECKING:  # a process that only evaluates cases needs no scenario, and would hold twice the memory with it
    from funding_model.questions.compare import Comparison


HALF_A_PENNY: Final = 0.005
"""What is short by less than this is not short: it is what is left of sums that cancel."""


def falls_short(held: Floats, limit: Floats | float) -> Flags:
    """Return where money held is below a limit, by half a penny or more."""
    short: Flags = held <= np.subtract(limit, HALF_A_PENNY)
    return short


def spending_a_month(evaluation: Evaluation, inputs: Inputs, *, as_drawn: bool = False) -> Floats:
    """Return the spending of which the policy counts the months, pounds a month of each year: axes (case, year).

    It is that of everything continuing; or, as drawn, of the services that go on, without what a loss costs once.
    """
    cash, calendar = evaluation.cash_as_drawn if as_drawn else evaluation.cash, inputs.calendar
    flows = cash.flows
    services = flows.cost.shape[1]
    running = flows.cost - evaluation.provider.cost_of_loss if as_drawn else flows.cost
    spending = year_sums(total(running, 1) + cash.interest, calendar.months_of_year)
    spending = spending + total(evaluation.planned.full.support.allocation.full_cost[:, :, services:], 2)
    if inputs.funds.policy_on_unrestricted:
        restricted = (flows.price - flows.returned) * flows.price_restricted + flows.other_restricted
        held = total(cash.restricted, 1)[:, year_ends(calendar)]
        before = inputs.funds.opening_restricted.sum()
        spending = spending - year_sums(total(restricted, 1), calendar.months_of_year) + np.diff(held, prepend=before)
    monthly: Floats = spending / calendar.months_of_year
    return monthly


def policy_reserves(evaluation: Evaluation, inputs: Inputs, *, as_drawn: bool = False) -> Floats:
    """Return the reserves that the policy asks for at each year's end, pounds: axes (case, year)."""
    required: Floats = spending_a_month(evaluation, inputs, as_drawn=as_drawn) * inputs.funds.policy_months
    return required


def year_ends(calendar: Calendar) -> Ints:
    """Return the last month of each financial year: axis (year,)."""
    ends: Ints = np.cumsum(calendar.months_of_year) - 1
    return ends


def reserves_record(comparison: Comparison, case: int) -> dict[str, Any]:
    """Return free reserves and the first year at whose end they are below the policy; None where an entry is blank."""
    organisation, cash = comparison.scenario.organisation, comparison.evaluation.cash
    reserves = cash.free_reserves[case if len(cash.free_reserves) > 1 else 0]
    inputs = comparison.prepared.inputs
    ends = year_ends(inputs.calendar)
    labels = comparison.prepared.dates.year_labels()
    required = None
    if organisation.reserves_policy_months is not None:
        asked = policy_reserves(comparison.evaluation, inputs)
        required = asked[case if len(asked) > 1 else 0]
    years = [
        {
            "year": label,
            "free_reserves": float(reserves[ends[year]]),
            "policy": None if required is None else float(required[year]),
        }
        for year, label in enumerate(labels)
    ]
    short = falls_short(reserves[ends], -np.inf if required is None else required)
    breached = [label for label, below in zip(labels, short, strict=True) if below]
    return {
        "opening_entered": organisation.opening_free_reserves is not None,
        "lowest": float(reserves.min()),
        "closing": float(reserves[-1]),
        "policy_breached_year": breached[0] if breached and organisation.opening_free_reserves is not None else None,
        "years": years,
    }
