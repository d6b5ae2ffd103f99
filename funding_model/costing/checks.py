"""Checks: the reconciliations that run with every evaluation and roll up into one master check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats, running_total, total, year_sums
from funding_model.costing.cash import repaid
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs
from funding_model.costing.model import Evaluation
from funding_model.units import WEEKS_A_MONTH

POUNDS, POSTS, PEOPLE, WEEKS, MONTHS, SHARES = "pounds", "posts", "people", "weeks of service", "months", "fraction"
"""What the amounts of a check are counted in."""
TOLERANCE = 1e-9
"""Largest difference allowed, relative to the largest amount that enters the check (at least 1)."""


@dataclass(frozen=True)
class Check:
    """One reconciliation: the largest difference found and what it is measured against."""

    name: str
    difference: float
    scale: float
    unit: str = POUNDS
    """What both are counted in."""

    @property
    def passed(self) -> bool:
        """Whether both sides agree."""
        return bool(self.difference <= TOLERANCE * max(1.0, self.scale))


def _largest(*amounts: Floats) -> float:
    return max(float(np.max(np.abs(amount), initial=0.0)) for amount in amounts)


def _compared(name: str, left: Floats, right: Floats, *entering: Floats, unit: str = POUNDS) -> Check:
    """Compare two sides; the scale is the largest amount on either side or among the amounts that enter them."""
    return Check(name, _largest(left - right), _largest(left, right, *entering), unit)


def check_everything_allocated(evaluation: Evaluation) -> Check:
    """Services and other activities together bear all cost, every year."""
    full = evaluation.planned.full
    return _compared(
        "everything allocated equals everything spent",
        total(full.support.allocation.full_cost, -1),
        total(full.support.own_cost, -1),
    )


def check_gap(evaluation: Evaluation) -> Check:
    """From a price that is the full cost, and so no surplus, the steps lead to the surplus."""
    money = evaluation.money
    reached = np.zeros(1)
    for step in evaluation.gap.steps.values():
        reached = reached + step
    return _compared("the steps from full cost to surplus add up", reached, money.surplus, money.full_cost, money.price)


def check_vacancies(evaluation: Evaluation) -> Check:
    """Empty posts move by leavers less hires."""
    staffing = evaluation.staffing
    return _compared(
        "empty posts move by leavers less hires",
        staffing.vacant_end - staffing.vacant_start,
        staffing.leavers - staffing.hires,
        unit=POSTS,
    )


def _corkscrew(name: str, moved: Floats, opening: Floats, closing: Floats) -> Check:
    """Compare what a month's movements lead to with its closing, and each closing with the next month's opening."""
    return _compared(
        name,
        np.concatenate([moved, opening[..., 1:]], axis=-1),
        np.concatenate([closing, closing[..., :-1]], axis=-1),
        unit=PEOPLE,
    )


def check_caseload(evaluation: Evaluation) -> Check:
    """People supported: opening + starts - exits = closing, and each month opens where the last one closed."""
    flow = evaluation.delivery.flow
    moved = flow.opening + flow.starts - flow.exits
    name = "people supported: opening + starting - leaving = closing"
    return _corkscrew(name, moved, flow.opening, flow.closing)


def check_waiting(evaluation: Evaluation, inputs: Inputs) -> Check:
    """People waiting: opening + referrals - starts - giving up = closing, and months join up."""
    flow = evaluation.delivery.flow
    moved = flow.waiting_opening + inputs.people.referrals - flow.starts - flow.gave_up
    name = "people waiting: opening + referred - starting - giving up = closing"
    return _corkscrew(name, moved, flow.waiting_opening, flow.waiting)


def check_weeks(evaluation: Evaluation) -> Check:
    """Weeks of service planned less weeks given = weeks lost by all causes."""
    lost = np.zeros(1)
    for weeks in evaluation.families.weeks_lost.values():
        lost = lost + weeks
    planned = evaluation.delivery.planned_capacity * WEEKS_A_MONTH
    return _compared(
        "weeks of service lost add up to planned less given",
        planned - evaluation.families.support_months * WEEKS_A_MONTH,
        lost,
        unit=WEEKS,
    )


def check_cash(evaluation: Evaluation, inputs: Inputs) -> Check:
    """Cash and funds differ only by money owed, gifts in kind and costs without cash."""
    flows, cash = evaluation.flows, evaluation.cash
    result = flows.price - flows.returned + flows.other_funders - flows.cost
    funds = total(running_total(result)[..., 1:], 1)
    funds = funds + running_total(flows.organisation_result - cash.interest)[..., 1:]
    without_cash = total(flows.not_cash - flows.other_in_kind + np.zeros_like(flows.cost), 1)
    without_cash = running_total(without_cash + flows.organisation - flows.organisation_result)[..., 1:]
    expected = inputs.funds.opening_cash + funds - total(cash.debtors, 1) + without_cash
    spent = running_total(total(flows.cost, 1))
    return _compared("cash and reserves differ only by timing and costs without cash", cash.balance, expected, spent)


def check_reserves(evaluation: Evaluation, inputs: Inputs) -> Check:
    """Free reserves, restricted income held and money carried add up to everything earned less everything spent."""
    flows, cash = evaluation.flows, evaluation.cash
    result = flows.price - flows.returned + flows.other_funders - flows.cost
    earned = total(running_total(result)[..., 1:], 1)
    earned = earned + running_total(flows.organisation_result - cash.interest)[..., 1:]
    held = total(cash.restricted + flows.carried * (1 - flows.price_restricted), 1)
    return _compared(
        "free and restricted reserves move by income less cost",
        cash.free_reserves + held,
        inputs.funds.opening_reserves + inputs.funds.opening_restricted.sum() + earned,
        running_total(total(flows.cost, 1)),
    )


def check_repayment(evaluation: Evaluation) -> Check:
    """What the funder owes is price less what was received and what is given back."""
    flows, cash = evaluation.flows, evaluation.cash
    owed = running_total(flows.price - cash.received - flows.returned + repaid(flows.returned))[..., 1:]
    return _compared("money owed is price less money received", owed, cash.debtors, running_total(flows.price))


def check_years(evaluation: Evaluation) -> Check:
    """Months add up to financial years."""
    yearly = total(evaluation.money.cost, -1)
    return _compared("months add up to years", yearly, total(evaluation.provider.cost, -1))


def check_shares(evaluation: Evaluation) -> Check:
    """Chances and shares of posts lie between 0 and 1, and a service once lost stays lost."""
    staffing, path = evaluation.staffing, evaluation.provider.survival
    shares = (staffing.vacant_mean, staffing.vacant_end, path, evaluation.certainty.insecure)
    outside = max(float(np.max(np.maximum(-share, share - 1), initial=0.0)) for share in shares)
    rising = float(np.max(np.diff(path, axis=-1), initial=0.0))
    return Check("chances and shares lie between 0 and 1", max(outside, rising, 0.0), 1.0, SHARES)


def check_awards(terms: Terms, inputs: Inputs) -> Check:
    """Every month is priced once."""
    months = total((terms.segments.end - terms.segments.start).astype(float), -1)
    return _compared("every month is priced once", months, np.full_like(months, inputs.calendar.months), unit=MONTHS)


def check_plan(evaluation: Evaluation, inputs: Inputs) -> Check:
    """A service's full cost is its direct cost, overhead and planned recruitment, as allocated."""
    full = evaluation.planned.full
    services = full.services.direct.shape[1]
    monthly = year_sums(full.services.direct + full.support.overhead, inputs.calendar.months_of_year)
    allocated = np.moveaxis(full.support.allocation.full_cost[..., :services], -1, 1)
    return _compared("a service's months bear what was allocated to its years", monthly, allocated)


def check_all(evaluation: Evaluation, inputs: Inputs, terms: Terms) -> tuple[Check, ...]:
    """Run every reconciliation."""
    return (
        check_everything_allocated(evaluation),
        check_plan(evaluation, inputs),
        check_gap(evaluation),
        check_vacancies(evaluation),
        check_caseload(evaluation),
        check_waiting(evaluation, inputs),
        check_weeks(evaluation),
        check_awards(terms, inputs),
        check_cash(evaluation, inputs),
        check_reserves(evaluation, inputs),
        check_repayment(evaluation),
        check_years(evaluation),
        check_shares(evaluation),
    )
