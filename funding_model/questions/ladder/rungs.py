"""Rungs: the prices between which a provider negotiates, over the whole horizon.

``full-cost price = full cost - other funders``

``least acceptable = full-cost price - overhead stranded anyway + cost of the terms``

``walk-away = least acceptable - costs without cash - exit cost``

Overhead stranded anyway is what the service would leave to the others if the contract were not taken at the start,
until each pool's share is shed, and never more than it bears. The exit cost is what ending the service after its first
month would cost (redundancy and notice after redeployment, pension cessation, exit costs), with as much notice as the
award's decision gives. Full cost and price are those of a service that goes on; the cost of the terms holds its loss.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from funding_model.costing.accounts import expose_service, overhead_not_shed
from funding_model.costing.arrays import Floats, sum_months, total
from funding_model.costing.continuation import expose
from funding_model.costing.timeline import RENEWAL
from funding_model.questions.compare import Comparison
from funding_model.questions.results import of_case

PARTS: Final = (
    "full_cost", "other_funders", "stranded_anyway", "cost_of_terms", "without_cash", "exit_cost", "price",
)  # fmt: skip


@dataclass(frozen=True)
class Rungs:
    """The prices of one service, or of all, under one contract, and what they are made of; pounds."""

    full_cost: float
    other_funders: float
    stranded_anyway: float
    cost_of_terms: float
    without_cash: float
    exit_cost: float
    price: float

    @property
    def full_cost_price(self) -> float:
        """The price that meets the full cost."""
        return self.full_cost - self.other_funders

    @property
    def least_acceptable(self) -> float:
        """The price below which the provider is worse off than without the contract, once exit is paid for."""
        return self.full_cost_price - self.stranded_anyway + self.cost_of_terms

    @property
    def walk_away(self) -> float:
        """The price below which it is better not to take the contract."""
        return self.least_acceptable - self.without_cash - self.exit_cost


def rungs_of(comparison: Comparison, case: int) -> list[Rungs]:
    """Return the rungs of each service under a contract."""
    evaluation, inputs = comparison.evaluation, comparison.prepared.inputs
    provider, money, full = evaluation.provider, evaluation.money, evaluation.planned.full
    months = inputs.calendar.months
    borne = full.support.overhead[0].sum(axis=-1)
    shed = np.minimum(inputs.overheads.shed_after, float(months))
    stranded = np.minimum(overhead_not_shed(inputs, evaluation.planned, shed)[0, :, 0], borne)
    columns = {
        "full_cost": total(of_case(money.full_cost, case), 1),
        "other_funders": sum_months(of_case(np.broadcast_to(provider.other_funders, provider.cost.shape), case)),
        "stranded_anyway": np.maximum(0.0, stranded),
        "cost_of_terms": total(of_case(money.cost_of_terms, case), 1),
        "without_cash": sum_months(of_case(np.broadcast_to(evaluation.flows.not_cash, provider.cost.shape), case)),
        "exit_cost": exit_costs(comparison, case),
        "price": total(of_case(money.price, case), 1),
    }
    return [
        Rungs(**{name: float(values[service]) for name, values in columns.items()})
        for service in range(len(comparison.scenario.services))
    ]


def exit_costs(comparison: Comparison, case: int) -> Floats:
    """Return what ending each service after its first month would cost: axis (service,), pounds."""
    evaluation, inputs = comparison.evaluation, comparison.prepared.inputs
    terms, planned = comparison.terms, evaluation.planned
    contracts = comparison.prepared.contracts[comparison.contracts[case]]
    notice = np.zeros_like(terms.award.months_of_notice)
    notice[..., 1] = [max(contract.award.lead_months, 0.0) for contract in contracts]
    event = np.zeros_like(terms.award.event)
    event[..., 1] = RENEWAL
    award = replace(terms.award, event=event, months_of_notice=notice)
    heads_cost, cap = planned.full.services.heads_cost, inputs.statutory.week_pay_cap
    exposure = expose(award, inputs.staff, evaluation.staffing, heads_cost, inputs.calendar, cap)
    ended = expose_service(inputs, planned, replace(terms, award=award), evaluation.actual, exposure)
    cost = ended.cost_if_lost - ended.unpaid_months - ended.stranded_overhead
    found: Floats = of_case(cost, case)[:, 1]
    return found


def all_services(rungs: list[Rungs]) -> Rungs:
    """Return the rungs of all services together."""
    return Rungs(**{name: sum(getattr(each, name) for each in rungs) for name in PARTS})
