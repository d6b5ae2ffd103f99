"""The model: the list of stages, from arrays to ledgers.

One deterministic run is one case. Draws, sensitivity points and bridge coalitions are more cases: every array has a
case axis, and there is one implementation of each formula.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.costing import accounts
from funding_model.costing.actual import actual_cost, costs_without_cash
from funding_model.costing.arrays import Floats
from funding_model.costing.cash import Cash, Flows, notional_financing, run_cash
from funding_model.costing.certainty import Certainty, judge_certainty
from funding_model.costing.continuation import expose, survival
from funding_model.costing.contract import Terms
from funding_model.costing.delivery import Delivery, deliver
from funding_model.costing.inputs import Inputs
from funding_model.costing.ledgers import Exposures, Families, Gap, Provider, PublicPurse, Staff, YearlyMoney
from funding_model.costing.plan import Planned, plan
from funding_model.costing.pricing import price_contract, recognised_base
from funding_model.costing.staffing import Staffing, staff
from funding_model.costing.terms import TermsCost, cost_terms


@dataclass(frozen=True)
class Evaluation:
    """Everything computed for a batch of cases."""

    planned: Planned
    certainty: Certainty
    staffing: Staffing
    delivery: Delivery
    terms_cost: TermsCost
    provider: Provider
    money: YearlyMoney
    gap: Gap
    purse: PublicPurse
    families: Families
    jobs: Staff
    exposures: Exposures
    flows: Flows
    cash: Cash
    waiting_for_money: Floats
    """(case, service, month) notional cost of waiting for payment, pounds; shown and never added."""
    waiting_if_prompt: Floats
    """(case, service, month) the same with prompt decisions."""


def evaluate(inputs: Inputs, terms: Terms, drawn: Floats | None = None) -> Evaluation:
    """Evaluate contracts on a scenario.

    Args:
        inputs: The scenario, for one case or many.
        terms: The contracts, one for all cases or one each.
        drawn: (case, service, month + 1) uniform numbers that decide each award; None weights by chance.
    """
    return apply_contract(inputs, plan(inputs, terms.price_calendars), terms, drawn)


def apply_contract(inputs: Inputs, planned: Planned, terms: Terms, drawn: Floats | None = None) -> Evaluation:
    """Apply contracts to a plan: the stages from certainty to the ledgers."""
    full, calendar, funds = planned.full, inputs.calendar, inputs.funds
    certainty = judge_certainty(terms.award, inputs.behaviour)
    staffing = staff(inputs.behaviour, certainty, inputs.staff)
    path = survival(terms.award, drawn)
    exposure = expose(
        terms.award, inputs.staff, staffing, full.services.heads_cost, calendar, inputs.statutory.week_pay_cap
    )
    delivery = deliver(
        inputs.people, inputs.staff, inputs.behaviour, staffing, certainty, terms.award, planned.capacity
    )
    actual = actual_cost(inputs, planned, staffing, delivery)
    base = recognised_base(inputs, planned, terms, full, planned.outlook, tuple(range(calendar.years)))
    price = price_contract(inputs, planned, terms, delivery)
    terms_cost = cost_terms(inputs, terms, planned.outlook, exposure, full.support.hour_value)
    exposures = accounts.expose_service(inputs, planned, terms, actual, exposure)
    returned = accounts.give_back(inputs, planned, terms, actual, base, price)
    provider = accounts.provide(inputs, planned, terms_cost, actual, price, returned, exposures, path)
    not_cash = costs_without_cash(inputs, planned, staffing, delivery)
    flows = accounts.flow(inputs, planned, terms, provider, returned, not_cash)
    return Evaluation(
        planned=planned,
        certainty=certainty,
        staffing=staffing,
        delivery=delivery,
        terms_cost=terms_cost,
        provider=provider,
        money=accounts.by_year(inputs, terms, provider, base),
        gap=accounts.explain_gap(inputs, terms, provider, base),
        purse=accounts.charge_public_purse(terms, terms_cost, provider),
        families=accounts.serve_families(delivery, path),
        jobs=accounts.keep_jobs(inputs, staffing, certainty, exposure, path),
        exposures=exposures,
        flows=flows,
        cash=run_cash(flows, calendar, funds.opening_cash, funds.opening_reserves, funds.borrowing_rate),
        waiting_for_money=notional_financing(flows.cost, terms.payment.received, funds.borrowing_rate),
        waiting_if_prompt=notional_financing(flows.cost, terms.payment.received_on_time, funds.borrowing_rate),
    )
