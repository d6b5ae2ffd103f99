"""The model: the list of stages, from arrays to ledgers.

One deterministic run is one case. Draws, sensitivity points and bridge coalitions are more cases: every array has a
case axis, and there is one implementation of each formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, cast

import numpy as np

from funding_model.costing import accounts
from funding_model.costing.actual import Actual, actual_cost, costs_without_cash
from funding_model.costing.arrays import Floats, part_of, times, zero_months
from funding_model.costing.cash import Cash, Flows, along_path, notional_financing, run_cash
from funding_model.costing.certainty import Certainty, judge_certainty
from funding_model.costing.continuation import Exposure, expose, lost_at, survival
from funding_model.costing.contract import Agreed, Award, Terms
from funding_model.costing.delivery import Delivery, deliver
from funding_model.costing.inputs import Inputs
from funding_model.costing.ledgers import Exposures, Families, Gap, Provider, PublicPurse, Staff, Together, YearlyMoney
from funding_model.costing.plan import Planned, plan
from funding_model.costing.price import Base
from funding_model.costing.pricing import price_contract, recognised_base
from funding_model.costing.staffing import Staffing, staff
from funding_model.costing.terms import TermsCost, cost_terms


@dataclass(frozen=True)
class Evaluation:
    """Everything computed for a batch of cases; the ledgers are drawn up when they are asked for."""

    inputs: Inputs
    planned: Planned
    terms: Terms
    certainty: Certainty
    staffing: Staffing
    delivery: Delivery
    actual: Actual
    base: Base
    terms_cost: TermsCost
    exposure: Exposure
    returned: accounts.Returned
    provider: Provider

    @cached_property
    def together(self) -> Together:
        """The provider's ledger of all services."""
        return accounts.bring_together(self.provider)

    @cached_property
    def money(self) -> YearlyMoney:
        """The money columns by year."""
        return accounts.by_year(self.inputs, self.terms, self.provider, self.base)

    @cached_property
    def fundable_cost(self) -> Floats:
        """What the funder's rule looks at, before its share, margin and uplift: axes (case, service, year), pounds."""
        return accounts.fundable_cost(self.inputs, self.terms, self.base)

    @cached_property
    def gap(self) -> Gap:
        """Why the surplus is not nil."""
        return accounts.explain_gap(self.inputs, self.terms, self.provider, self.base)

    @cached_property
    def exposures(self) -> Exposures:
        """What ending each service at each boundary would cost."""
        return accounts.expose_service(self.inputs, self.planned, self.terms, self.actual, self.exposure)

    @cached_property
    def purse(self) -> PublicPurse:
        """What the public purse pays."""
        return accounts.charge_public_purse(self.terms, self.terms_cost, self.provider)

    @cached_property
    def families(self) -> Families:
        """Who is supported and who is not."""
        return accounts.serve_families(self.delivery, self.provider.survival)

    @cached_property
    def jobs(self) -> Staff:
        """Posts, leavers and hires."""
        path = self.provider.survival
        return accounts.keep_jobs(self.inputs, self.staffing, self.certainty, self.exposure, path)

    @cached_property
    def flows(self) -> Flows:
        """What each service earns and costs when everything continues."""
        not_cash = costs_without_cash(self.inputs, self.planned, self.staffing, self.delivery)
        return accounts.flow(self.inputs, self.planned, self.terms, self.provider, self.returned, not_cash)

    @cached_property
    def cash(self) -> Cash:
        """Cash and reserves when everything continues."""
        return self._cash_of(self.flows)

    @cached_property
    def cash_as_drawn(self) -> Cash:
        """Cash and reserves when services end where they are drawn to end: only where the path of each is 0 or 1."""
        provider = self.provider
        return self._cash_of(along_path(self.flows, provider.survival, self.terms_cost.effort, provider.cost_of_loss))

    def _cash_of(self, flows: Flows) -> Cash:
        return run_cash(flows, self.inputs.calendar, self.inputs.funds)

    @cached_property
    def waiting_for_money(self) -> Floats:
        """Notional cost of waiting for payment, shown and never added: axes (case, service, month), pounds."""
        rate = self.inputs.funds.borrowing_rate
        return notional_financing(self.flows.cost, self.terms.payment.received, rate)

    @cached_property
    def waiting_if_prompt(self) -> Floats:
        """The same with prompt decisions: axes (case, service, month), pounds."""
        rate = self.inputs.funds.borrowing_rate
        return notional_financing(self.flows.cost, self.terms.payment.received_on_time, rate)


SHAPE_CERTAINTY: Final = (
    "renewal_probability", "extension_probability", "break_notice", "break_credibility", "at_risk", "reach", "decided",
    "extension", "undecided",
)  # fmt: skip
"""What of an award says how certain it leaves staff and intake."""


def evaluate(inputs: Inputs, terms: Terms, drawn: Floats | None = None) -> Evaluation:
    """Evaluate contracts on a scenario.

    Args:
        inputs: The scenario, for one case or many.
        terms: The contracts, one for all cases or one each.
        drawn: (case, service, month + 1) uniform numbers that decide each award; None weights by chance.
    """
    return apply_contract(inputs, plan(inputs, terms.price_calendars), terms, drawn)


def apply_contract(
    inputs: Inputs, planned: Planned, terms: Terms, drawn: Floats | None = None, agreed: Agreed | None = None
) -> Evaluation:
    """Apply contracts to a plan: the stages from certainty to the provider's ledger.

    Args:
        inputs: The scenario, for one case or many.
        planned: What does not depend on the contract.
        terms: The contracts, one for all cases or one each.
        drawn: (case, service, month + 1) uniform numbers that decide each award; None weights by chance.
        agreed: What was agreed before the plan changed in mid-contract; None where it did not.
    """
    full, calendar = planned.full, inputs.calendar
    certainty, staffing, delivery, actual = _course(inputs, planned, terms.award)
    heads_cost = full.services.heads_cost
    exposure = expose(terms.award, inputs.staff, staffing, heads_cost, calendar, inputs.statutory.week_pay_cap)
    base = recognised_base(inputs, planned, terms, full.recognisable, planned.outlook, tuple(range(calendar.years)))
    price = price_contract(inputs, planned, terms, delivery, agreed)
    terms_cost = cost_terms(inputs, terms, planned.outlook, exposure, full.support.hour_value, agreed)
    returned = accounts.give_back(inputs, terms, actual, base, price)
    path = survival(terms.award, drawn)
    falls = lost_at(path)
    loss = zero_months((1, falls.shape[1]), falls.shape[2])
    if falls.any():
        loss = accounts.cost_of_loss(falls, accounts.expose_service(inputs, planned, terms, actual, exposure))
    provider = accounts.provide(inputs, planned, terms_cost, actual, price, returned, loss, path)
    return Evaluation(
        inputs=inputs,
        planned=planned,
        terms=terms,
        certainty=certainty,
        staffing=staffing,
        delivery=delivery,
        actual=actual,
        base=base,
        terms_cost=terms_cost,
        exposure=exposure,
        returned=returned,
        provider=provider,
    )


Course: TypeAlias = tuple[Certainty, Staffing, Delivery, Actual]


def _course(inputs: Inputs, planned: Planned, award: Award) -> Course:
    """Return certainty, staffing, delivery and actual cost; contracts that leave staff and intake alike share them."""
    behaviour = inputs.behaviour
    alike = tuple(getattr(award, name) for name in SHAPE_CERTAINTY)
    shared = next((course for known, _, course in planned.courses if all(map(np.array_equal, known, alike))), None)
    if shared is not None:
        return cast("Course", shared)
    certainty = judge_certainty(award, behaviour)
    pause = np.where(award.at_risk, behaviour.pause_share, 1.0)[:, :, None]
    felt = (
        part_of((behaviour.extra_turnover > 0).astype(float)[:, :, None], certainty.insecure),
        certainty.frozen,
        part_of((behaviour.open_at_risk < 1).astype(float)[:, :, None], certainty.closed),
        times(pause, award.undecided),
    )
    followed = next((course[1:] for _, known, course in planned.courses if all(map(_alike, known, felt))), None)
    planned.courses.clear()  # first, so that two of them are never held at once: they are the largest arrays
    if followed is None:
        staffing = staff(behaviour, certainty, inputs.staff)
        delivery = deliver(inputs.people, inputs.staff, behaviour, staffing, certainty, award, planned.capacity)
        followed = staffing, delivery, actual_cost(inputs, planned, staffing, delivery)
    planned.courses.append((alike, felt, (certainty, *followed)))
    return certainty, *followed


def _alike(one: Floats, other: Floats) -> bool:
    """Whether two arrays are equal; where they are not, the first case mostly tells."""
    return np.array_equal(one[:1], other[:1]) and np.array_equal(one, other)
