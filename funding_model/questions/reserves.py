"""Reserves: free reserves at each year's end beside the reserves policy.

The policy asks for some months of spending: of all spending of the year, or of the part of it that restricted income
did not meet. Spending is the cost of the services and of other activities, with overdraft interest. A part-year counts
as the months that it holds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from funding_model.costing.arrays import Floats, total, year_sums
from funding_model.questions.compare import Comparison


def spending_a_month(comparison: Comparison, case: int) -> Floats:
    """Return the spending of which the policy counts the months, pounds a month of each year: axis (year,)."""
    evaluation, inputs = comparison.evaluation, comparison.prepared.inputs
    flows, cash, calendar = evaluation.flows, evaluation.cash, inputs.calendar

    def chosen(array: Floats) -> Floats:
        picked: Floats = array[case if len(array) > 1 else 0]
        return picked

    services = chosen(flows.cost).shape[0]
    spending = year_sums(total(chosen(flows.cost), 0) + chosen(cash.interest), calendar.months_of_year)
    spending = spending + total(chosen(evaluation.planned.full.support.allocation.full_cost)[:, services:], 1)
    if inputs.funds.policy_on_unrestricted:
        restricted = chosen(flows.price - flows.returned) * chosen(flows.price_restricted) + chosen(
            flows.other_restricted
        )
        ends = np.cumsum(calendar.months_of_year) - 1
        held = total(chosen(cash.restricted), 0)[ends]
        spending = spending - year_sums(total(restricted, 0), calendar.months_of_year) + np.diff(held, prepend=0.0)
    monthly: Floats = spending / calendar.months_of_year
    return monthly


def policy_reserves(comparison: Comparison, case: int) -> Floats:
    """Return the reserves that the policy asks for at each year's end, pounds: axis (year,)."""
    required: Floats = spending_a_month(comparison, case) * comparison.prepared.inputs.funds.policy_months
    return required


def reserves_record(comparison: Comparison, case: int) -> dict[str, Any]:
    """Return free reserves and the first year at whose end they are below the policy; None where an entry is blank."""
    organisation, cash = comparison.scenario.organisation, comparison.evaluation.cash
    reserves = cash.free_reserves[case if len(cash.free_reserves) > 1 else 0]
    ends = np.cumsum(comparison.prepared.inputs.calendar.months_of_year) - 1
    labels = comparison.prepared.dates.year_labels()
    required = None if organisation.reserves_policy_months is None else policy_reserves(comparison, case)
    years = [
        {
            "year": label,
            "free_reserves": float(reserves[ends[year]]),
            "policy": None if required is None else float(required[year]),
        }
        for year, label in enumerate(labels)
    ]
    breached = [
        label for year, label in enumerate(labels) if required is not None and reserves[ends[year]] < required[year]
    ]
    return {
        "opening_entered": organisation.opening_free_reserves is not None,
        "lowest": float(reserves.min()),
        "closing": float(reserves[-1]),
        "policy_breached_year": breached[0] if breached and organisation.opening_free_reserves is not None else None,
        "years": years,
    }
