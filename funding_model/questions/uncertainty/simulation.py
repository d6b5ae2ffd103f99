"""Simulation: every contract under the same draws of all that is not certain.

What is drawn, once for all contracts: every range, and for every service and every date at which some contract may end
it one uniform number, which decides that date under every contract. Leaving a contract out changes no draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats, Ints
from funding_model.costing.contract import Award
from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT, RENEWAL
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.prepare import Prepared
from funding_model.questions.prepare.behaviour import place_of_value
from funding_model.questions.prepare.draws import Draws
from funding_model.questions.uncertainty.distributions import quantile
from funding_model.questions.uncertainty.drawing import USUAL_WORK, Work, evaluate_draws
from funding_model.questions.uncertainty.outcomes import Outcomes
from funding_model.questions.uncertainty.ranges import Range, Ranges, ranges_of
from funding_model.questions.uncertainty.sampling import (
    SAMPLERS,
    Sampler,
    correlated,
    correlation_matrix,
    uniforms,
)
from funding_model.scenario.scenario import Scenario

USUAL_DRAWS: Final = 10_000
FIRST_DRAWS: Final = 500
"""Draws of a first, quick answer."""
FEWEST_DRAWS, MOST_DRAWS = 64, 65_536
USUAL_SEED: Final = 20_260_401
MOST_SEED: Final = 2**63 - 1


@dataclass(frozen=True)
class Simulation:
    """Contracts under the same draws.

    Attributes:
        comparison: The contracts with their central values.
        draws: Number of draws; 1 when nothing is uncertain.
        seed: The seed of all draws.
        sampler: How the draws fill the space of what is uncertain.
        ranges: The ranges of the scenario.
        loss_drawn: Whether awards and breaks are drawn: some contract may end a service.
        outcomes: What was kept of each contract, in the order of the comparison's.
    """

    comparison: Comparison
    draws: int
    seed: int
    sampler: Sampler
    ranges: Ranges
    loss_drawn: bool
    outcomes: tuple[Outcomes, ...]

    @property
    def uncertain(self) -> bool:
        """Whether anything was drawn."""
        return self.loss_drawn or bool(self.ranges.drawn)


def simulate(
    scenario: Scenario,
    contracts: Sequence[str] = (),
    *,
    draws: int = USUAL_DRAWS,
    seed: int = USUAL_SEED,
    sampler: Sampler = "sobol",
    work: Work = USUAL_WORK,
) -> Simulation:
    """Evaluate a scenario's contracts under the same draws.

    Args:
        scenario: What was entered.
        contracts: Names of the contracts; all of the scenario's when empty.
        draws: Number of draws.
        seed: Whole number from 0; the same one gives the same draws.
        sampler: Scrambled Sobol or Latin hypercube.
        work: How the draws are evaluated: in which pieces and processes, and who is told how much is done.

    Raises:
        ProblemsError: Something that was entered cannot be costed or drawn.
    """
    _check_the_settings(draws, seed, sampler)
    comparison = compare(scenario, contracts)
    ranges = ranges_of(scenario)
    plan = _Plan(comparison.prepared, ranges.drawn, correlation_matrix(scenario, ranges.drawn))
    problems = _blank_credibility(comparison, ranges.drawn)
    if problems:
        raise ProblemsError(problems)
    loss_drawn = plan.may_end
    uncertain = loss_drawn or bool(ranges.drawn)
    count = draws if uncertain else 1
    dates = plan.dates if loss_drawn else plan.dates[:0]
    services = len(scenario.services)
    numbers = uniforms(count, len(ranges.drawn) + services * len(dates), sampler, seed)
    decided = numbers[:, len(ranges.drawn) :]

    def decisions(start: int, stop: int) -> Floats | None:
        return plan.decisions(decided[start:stop], dates) if loss_drawn else None

    draws_of_ranges = plan.draws(numbers[:, : len(ranges.drawn)])
    outcomes = evaluate_draws(scenario, comparison.contracts, draws_of_ranges, count, work, decisions)
    return Simulation(comparison, count, seed, sampler, ranges, loss_drawn, outcomes)


def _check_the_settings(draws: int, seed: int, sampler: str) -> None:
    problems = []
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        message = f"must be between {FEWEST_DRAWS} and {MOST_DRAWS:,}; you entered {draws:,}."
        problems.append(Problem("draws", message, f"{USUAL_DRAWS:,} are usual, and {FIRST_DRAWS} give a first idea."))
    if not 0 <= seed <= MOST_SEED:
        message = f"must be between 0 and {MOST_SEED:,}; you entered {seed:,}."
        problems.append(Problem("seed", message, "Any whole number will do; keep it to get the same draws again."))
    if sampler not in SAMPLERS:
        problems.append(Problem("sampler", f"there is no sampler {sampler}.", f"Choose from {', '.join(SAMPLERS)}."))
    if problems:
        raise ProblemsError(problems)


@dataclass(frozen=True)
class _Plan:
    """What is drawn for a scenario."""

    prepared: Prepared
    ranges: tuple[Range, ...]
    correlations: Floats | None

    @property
    def _awards(self) -> list[Award]:
        """The awards of every contract of the scenario, also of those that are not asked for."""
        names = [contract.name for contract in self.prepared.scenario.contracts]
        return [self.prepared.terms([name]).award for name in names]

    @property
    def dates(self) -> Ints:
        """Boundaries between months at which some contract may end some service."""
        ends = np.logical_or.reduce([(award.event != NO_EVENT).any(axis=(0, 1)) for award in self._awards])
        return np.flatnonzero(ends)

    @property
    def may_end(self) -> bool:
        """Whether some contract ends a service with some chance."""
        uncertain = {each.place[-1] for each in self.ranges}
        return any(
            bool(((award.event == kind).any(axis=-1) & (probability < 1)).any())
            or (name in uncertain and bool((award.event == kind).any()))
            for award in self._awards
            for name, kind, probability in (
                ("renewal_probability", RENEWAL, award.renewal_probability),
                ("renewal_probability", EXTENSION, award.extension_probability),
                ("extension_probability", EXTENSION, award.extension_probability),
                ("break_probability", BREAK, 1 - award.break_probability),
            )
        )

    def draws(self, numbers: Floats) -> Draws:
        """Return values of every range from uniform numbers: axes (draw, range)."""
        shares = correlated(numbers, self.correlations)
        return {each.place: quantile(each, shares[:, number]) for number, each in enumerate(self.ranges)}

    def decisions(self, numbers: Floats, dates: Ints) -> Floats:
        """Return the numbers that decide awards: axes (draw, service, month + 1); nothing is decided at other dates."""
        services, months = len(self.prepared.scenario.services), self.prepared.inputs.calendar.months
        decided = np.zeros((len(numbers), services, months + 1))
        # The earliest date comes first, where Sobol numbers are the most even.
        decided[:, :, dates] = np.moveaxis(numbers.reshape(len(numbers), len(dates), services), 1, 2)
        return decided


def _blank_credibility(comparison: Comparison, drawn: Sequence[Range]) -> list[Problem]:
    """Return the break clauses whose credibility must be entered because extra turnover may be drawn above nil."""
    scenario = comparison.scenario
    above_nil = {each.place for each in drawn if (each.assumption.ends or (0.0, 0.0))[1] > 0}
    problems = []
    for name in comparison.contracts:
        for number, contract in enumerate(comparison.prepared.contracts[name]):
            places = {
                place_of_value(scenario, "extra_turnover_when_insecure", number),
                place_of_value(scenario, "secure_months"),
            }
            blank = contract.award.break_notice_months is not None and contract.award.break_credibility.value is None
            if blank and None not in places and places & above_nil:
                message = "is blank, and staff turnover depends on whether staff expect the break clause to be used."
                remedy = "Enter 0 (they count on it being used) to 1 (they disregard it), or leave the range out."
                problems.append(Problem(f"contracts.{name}.award.break_credibility", message, remedy))
    return list(dict.fromkeys(problems))
