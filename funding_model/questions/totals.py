"""Totals: the results of a contract over the whole horizon, each with its label, its unit and its ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from funding_model.costing.accounts import leave_and_join, planned_heads, surviving
from funding_model.costing.arrays import Floats, by_month, sum_months, total, year_sums
from funding_model.costing.cash import lowest_if_lost
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, number_of_cases
from funding_model.costing.model import Evaluation
from funding_model.costing.timeline import NO_EVENT
from funding_model.units import WEEKS_A_MONTH

POUNDS, PEOPLE, WEEKS, PERSON_MONTHS, HEADS, SHARE = (
    "pounds", "people", "weeks of service", "person-months", "posts", "fraction",
)  # fmt: skip
STANDARD_SECURITY = (3, 6, 12)
"""Months of confirmed funding at which job security is always shown."""


def result(label: str, unit: str, ledger: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Return a result's field with its label, its unit and the ledger that it belongs to."""
    return field(metadata={"label": label, "unit": unit, "ledger": ledger})


@dataclass(frozen=True)
class Totals:
    """One number for each case over all services and the whole horizon; pounds are nominal."""

    full_cost: Floats = result("Full cost", POUNDS, "provider")
    fundable_cost: Floats = result("Fundable cost", POUNDS, "provider")
    price: Floats = result("Price", POUNDS, "provider")
    income: Floats = result("Income", POUNDS, "provider")
    cost: Floats = result("Cost", POUNDS, "provider")
    cost_with_people: Floats = result("Cost of the services that support people", POUNDS, "provider")
    surplus: Floats = result("Surplus", POUNDS, "provider")
    surplus_posts_filled: Floats = result("Surplus with posts filled", POUNDS, "provider")
    surplus_real: Floats = result("Surplus in the first year's money", POUNDS, "provider")
    cost_of_terms: Floats = result("Cost of the terms", POUNDS, "provider")
    pay_not_spent: Floats = result("Pay not spent on empty posts", POUNDS, "provider")
    lowest_cash: Floats = result("Lowest cash if everything continues", POUNDS, "cash")
    closing_free_reserves: Floats = result("Free reserves at the end if everything continues", POUNDS, "cash")
    paid: Floats = result("Paid by the public purse", POUNDS, "public purse")
    administration: Floats = result("Administration of the public purse", POUNDS, "public purse")
    purse_total: Floats = result("Public purse in all", POUNDS, "public purse")
    purse_present_value: Floats = result("Public purse, present value in real terms", POUNDS, "public purse")
    people_starting_support: Floats = result("People starting support", PEOPLE, "families")
    support_months: Floats = result("Support given", PERSON_MONTHS, "families")
    weeks_lost: Floats = result("Weeks of service lost", WEEKS, "families")
    waiting_at_end: Floats = result("Waiting at the end if everything continues", PEOPLE, "families")
    leavers: Floats = result("Leavers", HEADS, "staff")
    hires: Floats = result("Hires", HEADS, "staff")
    notices: Floats = result("Protective notices", HEADS, "staff")


def totals_of(evaluation: Evaluation, inputs: Inputs) -> Totals:
    """Return the totals of every case."""
    purse, cash, provider, delivery = evaluation.purse, evaluation.cash, evaluation.provider, evaluation.delivery
    together, calendar, path = evaluation.together, inputs.calendar, provider.survival
    cases = max(len(provider.cost), number_of_cases(inputs, evaluation.terms))
    deflator = evaluation.planned.outlook.deflator
    discount = (1 + inputs.economy.discount_rate[:, None]) ** -np.arange(calendar.years)

    def each(amount: Floats) -> Floats:
        return np.broadcast_to(amount, (cases,))

    def in_all(months: Floats) -> Floats:
        """Sum the months of all services: axes (case, month)."""
        return each(sum_months(months))

    def whole(array: Floats) -> Floats:
        """Sum months and services: axes (case, service, month)."""
        return each(total(sum_months(array), 1))

    given = whole(surviving(path, delivery.flow.given))
    leavers, hires = leave_and_join(evaluation.staffing, planned_heads(inputs), path)
    counted = inputs.people.counted
    paid, administration = total(purse.paid, 1), total(purse.administration, 1)
    public = paid + administration - total(purse.competition_saving, 1)
    return Totals(
        full_cost=in_all(together.full_cost),
        fundable_cost=each(total(total(evaluation.fundable_cost, -1), 1)),
        price=in_all(together.price),
        income=in_all(together.income),
        cost=in_all(together.cost),
        cost_with_people=in_all(together.cost) if counted.all() else whole(provider.cost[:, counted]),
        surplus=in_all(together.surplus),
        surplus_posts_filled=in_all(together.surplus_posts_filled),
        surplus_real=in_all(together.surplus / by_month(deflator, calendar.year_of_month)),
        cost_of_terms=in_all(together.cost_of_terms),
        pay_not_spent=whole(surviving(path, provider.pay_not_spent)),
        lowest_cash=each(cash.balance.min(axis=-1)),
        closing_free_reserves=each(cash.free_reserves[..., -1]),
        paid=in_all(paid),
        administration=in_all(administration),
        purse_total=in_all(public),
        purse_present_value=each(total(year_sums(public, calendar.months_of_year) * (discount / deflator), -1)),
        people_starting_support=whole(surviving(path, delivery.flow.starts)),
        support_months=given,
        weeks_lost=(whole(delivery.planned_capacity) - given) * WEEKS_A_MONTH,
        waiting_at_end=each(total(delivery.flow.waiting[..., -1], 1)),
        leavers=whole(leavers),
        hires=whole(hires),
        notices=whole(surviving(path, evaluation.exposure.notices[..., 1:])),
    )


@dataclass(frozen=True)
class Loss:
    """Lowest cash when one service is lost at one date."""

    service: int
    boundary: int
    lowest: float


def losses(evaluation: Evaluation, inputs: Inputs, terms: Terms, case: int) -> list[Loss]:
    """Return lowest cash of one case for every service lost at every date at which it could be.

    A lost service stops costing its direct cost and its overhead; what cannot be shed at once is in its loss.
    """
    event = np.broadcast_to(terms.award.event, (len(evaluation.money.cost), *terms.award.event.shape[1:]))[case]
    services, boundaries = np.nonzero(event != NO_EVENT)
    if not len(services):
        return []
    flows = evaluation.flows
    lowest = lowest_if_lost(
        flows,
        evaluation.cash,
        evaluation.exposures.cost_if_lost[..., 1:],
        (services.astype(np.int64), boundaries.astype(np.int64)),
        evaluation.terms_cost.effort,
        inputs.funds.opening_cash,
        inputs.funds.borrowing_rate,
    )
    chosen = np.broadcast_to(lowest, (len(evaluation.money.cost), len(services)))[case]
    return [
        Loss(int(service), int(boundary), float(value))
        for service, boundary, value in zip(services, boundaries, chosen, strict=True)
    ]
