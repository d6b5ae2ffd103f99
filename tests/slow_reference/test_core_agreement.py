"""The core against the slow reference, which was written from the method alone: every result of every contract.

Money agrees within half a penny, everything else (people, weeks, months, shares) within a millionth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from hypothesis import HealthCheck, given, settings

from funding_model.questions.compare import Comparison
from funding_model.questions.totals import losses
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import compared
from tests.slow_reference.evaluate import SlowResult, SlowService
from tests.slow_reference.evaluate import evaluate as evaluate_slowly
from tests.strategies import scenarios

HALF_A_PENNY = 0.005
MILLIONTH = 1e-6
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """One result worked out by both: arrays over the places named, such as ``month``."""

    name: str
    place: str
    core: Array
    slow: Array
    bound: float = HALF_A_PENNY

    def disagreement(self) -> str | None:
        """Say where the two differ most, if they differ by more than the bound."""
        if self.core.shape != self.slow.shape:
            return f"{self.name}: {self.core.shape} results against {self.slow.shape}"
        difference = np.abs(self.core - self.slow)
        worst = int(np.argmax(difference)) if difference.size else 0
        if not difference.size or difference[worst] <= self.bound:
            return None
        return f"{self.name}, {self.place} {worst}: core {self.core[worst]!r}, reference {self.slow[worst]!r}"


def numbers(values: Iterable[Decimal]) -> Array:
    """Return decimals as an array of floats."""
    return np.array([float(value) for value in values])


class Results:
    """The core's results of one contract, and of one of its services."""

    def __init__(self, comparison: Comparison, contract: int, service: int) -> None:
        """Choose contract and service by their number."""
        self.comparison, self.contract, self.service = comparison, contract, service
        self.shape = (len(comparison.contracts), len(comparison.scenario.services))

    def own(self, array: npt.ArrayLike) -> Array:
        """Return the service's part of an array (contract, service, ...) in which either may be the same for all."""
        values = np.asarray(array, float)
        found: Array = np.broadcast_to(values, (*self.shape, *values.shape[2:]))[self.contract, self.service]
        return found

    def whole(self, array: npt.ArrayLike) -> Array:
        """Return the contract's part of an array (contract, ...)."""
        values = np.asarray(array, float)
        found: Array = np.broadcast_to(values, (self.shape[0], *values.shape[1:]))[self.contract]
        return found


def monthly_money(results: Results) -> dict[str, Array]:
    evaluation = results.comparison.evaluation
    provider, plan = evaluation.provider, evaluation.planned.full
    arrays = {
        "full_cost": provider.full_cost,
        "direct_cost": plan.services.direct,
        "staff_cost": plan.services.staff_cost,
        "overhead": plan.support.overhead,
        "planned_recruitment": plan.services.recruitment,
        "eligible_direct": plan.services.eligible_direct,
        "price": provider.price,
        "underspend_returned": provider.underspend_returned,
        "other_funders": provider.other_funders,
        "pay_not_spent": provider.pay_not_spent,
        "cover": provider.cover,
        "lines_change": provider.lines_change,
        "running_terms": provider.running_terms,
        "award_effort": evaluation.terms_cost.effort,
        "cost_of_loss": provider.cost_of_loss,
        "cost": provider.cost,
        "income": provider.income,
        "surplus": provider.surplus,
        "surplus_posts_filled": provider.surplus_posts_filled,
        "regret": evaluation.purse.regret,
        "notional_financing": evaluation.waiting_for_money,
        "notional_financing_lateness": evaluation.waiting_for_money - evaluation.waiting_if_prompt,
    }
    return {name: results.own(array) for name, array in arrays.items()}


def monthly_course(results: Results) -> dict[str, Array]:
    evaluation, terms = results.comparison.evaluation, results.comparison.terms
    delivery, certainty = evaluation.delivery, evaluation.certainty
    arrays = {
        "award_end_ahead": terms.award.end_ahead,
        "undecided": terms.award.undecided,
        "insecure": certainty.insecure,
        "frozen": certainty.frozen,
        "closed": certainty.closed,
        "starts": delivery.flow.starts,
        "exits": delivery.flow.exits,
        "support_months_given": delivery.flow.given,
        "caseload_closing": delivery.flow.closing,
        "waiting_closing": delivery.flow.waiting,
        "gave_up": delivery.flow.gave_up,
        "capacity": delivery.capacity,
        "planned_capacity": delivery.planned_capacity,
    }
    return {name: results.own(array) for name, array in arrays.items()}


def jobs(results: Results) -> dict[str, Array]:
    """What the core weights by the chance that the service goes on."""
    staff = results.comparison.evaluation.jobs
    arrays = {
        "leavers": staff.leavers,
        "hires": staff.hires,
        "heads": staff.heads,
        "vacant_heads": staff.vacant,
    }
    return {name: results.own(array) for name, array in arrays.items()}


def service_pairs(results: Results, slow: SlowService) -> Iterator[Pair]:
    """Pair every result of one service under one contract."""
    evaluation = results.comparison.evaluation
    survival = numbers(slow.months["survival"])
    yield Pair("survival", "boundary", results.own(evaluation.provider.survival), survival, MILLIONTH)
    for name, array in monthly_money(results).items():
        yield Pair(name, "month", array, numbers(slow.months[name]))
    for name, array in monthly_course(results).items():
        yield Pair(name, "month", array, numbers(slow.months[name]), MILLIONTH)
    for name, array in jobs(results).items():
        yield Pair(name, "month", array, survival[:-1] * numbers(slow.months[name]), MILLIONTH)
    for cause, array in evaluation.families.weeks_lost.items():
        yield Pair(f"weeks lost to {cause}", "month", results.own(array), numbers(slow.weeks_lost[cause]), MILLIONTH)
    for name, values in slow.years.items():
        yield Pair(f"yearly {name}", "year", results.own(getattr(evaluation.money, name)), numbers(values))
    assert set(evaluation.gap.steps) == set(slow.gap)
    for step, array in evaluation.gap.steps.items():
        yield Pair(f"gap: {step}", "year", results.own(array), numbers(slow.gap[step]))
    yield from hour_pairs(results, slow)
    yield from boundary_pairs(results, slow)


def hour_pairs(results: Results, slow: SlowService) -> Iterator[Pair]:
    evaluation = results.comparison.evaluation
    hours, survival = evaluation.terms_cost.hours, results.own(evaluation.provider.survival)
    before = np.concatenate([[1.0], survival[:-2]])
    for task in ("letters", "bids", "returns", "variations", "notices"):
        weight = before if task in ("letters", "bids") else survival[:-1]
        array = weight * results.own(getattr(hours, task))
        yield Pair(f"hours of {task}", "month", array, numbers(slow.hours[task]), MILLIONTH)


def at_boundaries(found: Mapping[int, Decimal], months: int) -> Array:
    values = np.zeros(months + 1)
    for boundary, value in found.items():
        values[boundary] = float(value)
    return values


def boundary_pairs(results: Results, slow: SlowService) -> Iterator[Pair]:
    """Pair what ending the service at each boundary would cost; nothing is at stake at any other."""
    evaluation = results.comparison.evaluation
    exposures, months = evaluation.exposures, len(slow.months["cost"])
    for part in ("redundancy", "notice", "pension_cessation", "exit_lines"):
        ours = results.own(getattr(exposures, part))
        theirs = {boundary: amounts[part] for boundary, amounts in slow.exposure.items()}
        yield Pair(f"exposure: {part}", "boundary", ours, at_boundaries(theirs, months))
    yield Pair("cost if lost", "boundary", results.own(exposures.cost_if_lost), at_boundaries(slow.loss, months))
    survival = results.own(evaluation.provider.survival)
    noticed = results.own(evaluation.jobs.notices)
    theirs_noticed = at_boundaries(slow.notices, months)[1:] * survival[:-1]
    yield Pair("protective notices", "month", noticed, theirs_noticed, MILLIONTH)
    cut_off = at_boundaries(slow.families_cut_off, months)[1:]
    yield Pair("families cut off", "month", results.own(evaluation.families.cut_off), cut_off, MILLIONTH)


def organisation_pairs(results: Results, slow: SlowResult) -> Iterator[Pair]:
    """Pair the results of the organisation and of the public purse under one contract."""
    comparison, case = results.comparison, results.contract
    evaluation = comparison.evaluation
    support, cash, purse = evaluation.planned.full.support, evaluation.cash, evaluation.purse
    yield Pair("levy", "year", results.whole(support.levy), numbers(slow.levy))
    yield Pair("employment allowance", "year", results.whole(support.employment_allowance), numbers(slow.allowance))
    yield Pair("cash", "month", results.whole(cash.balance), numbers(slow.cash))
    yield Pair("interest", "month", results.whole(cash.interest), numbers(slow.interest))
    yield Pair("free reserves", "month", results.whole(cash.free_reserves), numbers(slow.free_reserves))
    yield Pair("debtors", "month", results.whole(cash.debtors).sum(axis=0), numbers(slow.debtors))
    for part, array in (
        ("paid", purse.paid),
        ("administration", purse.administration),
        ("saving", purse.competition_saving),
        ("total", purse.total),
    ):
        ours = results.whole(array).sum().reshape(1)
        yield Pair(f"public purse: {part}", "sum", ours, np.array([float(sum(slow.public_purse[part], Decimal(0)))]))
    present = comparison.totals.purse_present_value[case : case + 1]
    yield Pair("present value", "sum", present, numbers([slow.present_value]))
    ours_lost = {
        (loss.service, loss.boundary): loss.lowest
        for loss in losses(evaluation, comparison.prepared.inputs, comparison.terms, case)
    }
    assert set(ours_lost) == set(slow.lowest_cash_if_lost)
    for (service, boundary), lowest in ours_lost.items():
        theirs = numbers([slow.lowest_cash_if_lost[service, boundary]])
        yield Pair(f"lowest cash if service {service} is lost at {boundary}", "sum", np.array([lowest]), theirs)


def disagreements(comparison: Comparison) -> Iterator[str]:
    """Say every result in which core and reference differ: its name, service, contract, month and both values."""
    for case, contract in enumerate(comparison.contracts):
        slow = evaluate_slowly(comparison.scenario, contract)
        for pair in organisation_pairs(Results(comparison, case, 0), slow):
            if said := pair.disagreement():
                yield f'contract "{contract}": {said}'
        for number, service in enumerate(slow.services):
            results = Results(comparison, case, number)
            received = results.own(comparison.evaluation.cash.received)
            arrivals = Pair("received", "month", received, numbers(slow.received[number]))
            for pair in (arrivals, *service_pairs(results, service)):
                if said := pair.disagreement():
                    yield f'contract "{contract}", service "{service.name}": {said}'


PROFILE = settings()


@settings(
    max_examples=150 if PROFILE.derandomize else PROFILE.max_examples,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(scenarios())
def test_core_and_slow_reference_agree_on_every_result(scenario: Scenario) -> None:
    said = list(disagreements(compared(scenario)))
    assert not said, "\n".join(said)
