"""Outcomes: what a simulation keeps of every case, over the whole horizon and by financial year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, year_sums
from funding_model.costing.inputs import Inputs
from funding_model.costing.model import Evaluation
from funding_model.questions.reserves import falls_short, policy_reserves, year_ends
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
    below_minimum_cash_as_drawn: Flags
    """(case,) the first of them when services end where they are drawn to end; the same where no end is drawn."""
    below_reserves_policy_as_drawn: Flags
    """(case,) the second of them, likewise."""


def outcomes_of(evaluation: Evaluation, inputs: Inputs) -> Outcomes:
    """Return what a simulation keeps of an evaluation."""
    together, cash, calendar = evaluation.together, evaluation.cash, inputs.calendar
    ends = year_ends(calendar)

    def by_year(months: Floats) -> Floats:
        return year_sums(months, calendar.months_of_year)

    reserves = cash.free_reserves[..., ends]
    minimum = inputs.funds.minimum_cash
    below_cash = np.any(falls_short(cash.balance, minimum), axis=-1)
    below_policy = np.any(falls_short(reserves, policy_reserves(evaluation, inputs)), axis=-1)
    cash_as_drawn, policy_as_drawn = below_cash, below_policy
    if _some_end_is_drawn(evaluation.provider.survival):
        drawn = evaluation.cash_as_drawn
        asked = policy_reserves(evaluation, inputs, as_drawn=True)
        cash_as_drawn = np.any(falls_short(drawn.balance, minimum), axis=-1)
        policy_as_drawn = np.any(falls_short(drawn.free_reserves[..., ends], asked), axis=-1)
    return Outcomes(
        totals=totals_of(evaluation, inputs),
        yearly=Yearly(
            full_cost=by_year(together.full_cost),
            price=by_year(together.price),
            cost=by_year(together.cost),
            surplus=by_year(together.surplus),
            surplus_posts_filled=by_year(together.surplus_posts_filled),
            cash=cash.balance[..., ends],
            free_reserves=reserves,
        ),
        below_minimum_cash=below_cash,
        below_reserves_policy=below_policy,
        below_minimum_cash_as_drawn=cash_as_drawn,
        below_reserves_policy_as_drawn=policy_as_drawn,
    )


def _some_end_is_drawn(path: Floats) -> bool:
    """Whether paths are drawn, and so 0 or 1 throughout, and one of them ends."""
    return not path.all() and bool(((path == 0) | (path == 1)).all())
