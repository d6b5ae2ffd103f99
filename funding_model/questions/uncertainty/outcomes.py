"""Outcomes: what a simulation keeps of every case, over the whole horizon and by financial year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, total, year_sums
from funding_model.costing.inputs import Inputs
from funding_model.costing.model import Evaluation
from funding_model.questions.reserves import policy_reserves, year_ends
from funding_model.questions.totals import POUNDS, Totals, result, totals_of


@dataclass(frozen=True)
class Yearly:
    """Money of all services by financial year, nominal pounds: axes (case, year)."""

    full_cost: Floats = result("Full cost", POUNDS, "provider")
    price: Floats = result("Price", POUNDS, "provider")
    cost: Floats = result("Cost", POUNDS, "provider")
    surplus: Floats = result("Surplus", POUNDS, "provider")
    surplus_posts_filled: Floats = result("Surplus with posts filled", POUNDS, "provider")
    cash: Floats = result("Cash at the year's end if everything continues", POUNDS, "cash")
    free_reserves: Floats = result("Free reserves at the year's end if everything continues", POUNDS, "cash")


@dataclass(frozen=True)
class Outcomes:
    """What is kept of every case under one contract."""

    totals: Totals
    yearly: Yearly
    below_minimum_cash: Flags
    """(case,) whether cash is below the minimum at some month's end if everything continues."""
    below_reserves_policy: Flags
    """(case,) whether free reserves are below the policy at some year's end if everything continues."""


def outcomes_of(evaluation: Evaluation, inputs: Inputs) -> Outcomes:
    """Return what a simulation keeps of an evaluation."""
    provider, cash, calendar = evaluation.provider, evaluation.cash, inputs.calendar
    ends = year_ends(calendar)

    def by_year(array: Floats) -> Floats:
        return year_sums(total(array, 1), calendar.months_of_year)

    reserves = cash.free_reserves[..., ends]
    return Outcomes(
        totals=totals_of(evaluation, inputs),
        yearly=Yearly(
            full_cost=by_year(provider.full_cost),
            price=by_year(provider.price),
            cost=by_year(provider.cost),
            surplus=by_year(provider.surplus),
            surplus_posts_filled=by_year(provider.surplus_posts_filled),
            cash=cash.balance[..., ends],
            free_reserves=reserves,
        ),
        below_minimum_cash=np.any(cash.balance < inputs.funds.minimum_cash, axis=-1),
        below_reserves_policy=np.any(reserves < policy_reserves(evaluation, inputs), axis=-1),
    )
