"""Asked: what a report is to hold, and the answers that it holds, each worked out once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.break_even import Wanted, break_even
from funding_model.questions.bridge import Bridge, End, bridge
from funding_model.questions.compare import Comparison, unlike
from funding_model.questions.drivers import drivers
from funding_model.questions.ladder import ladder
from funding_model.questions.sensitivity import Settings, sensitivity
from funding_model.questions.uncertainty.asked import Asked as Result
from funding_model.questions.uncertainty.document import simulation_document
from funding_model.questions.uncertainty.drawing import Work
from funding_model.questions.uncertainty.simulation import USUAL_SEED, simulate
from funding_model.questions.waiting import waiting
from funding_model.questions.workforce import workforce
from funding_model.report.gaps import GapTable, gap_tables
from funding_model.scenario.scenario import Scenario

Document = dict[str, Any]
DRAWS: Final = 2_048
"""Draws of a report: a power of two, which a Sobol sequence fills evenly."""
PRICE: Final = "price"
"""The input whose break-even is looked for."""
BRIDGED: Final = ("surplus_posts_filled", "price", "purse_total")
ANNEXES: Final = {
    "money": "The money by year and service",
    "results": "Every result, and how the contracts differ",
    "why": "Why: from full cost to surplus, and from contract to contract",
    "sure": "How sure the results are",
    "takes": "What it would take",
    "cash": "Cash and reserves",
    "delivery": "Families, waiting lists and dates",
    "workforce": "Workforce plan",
    "support_costs": "How support costs are shared",
    "layouts": "The budget in the layouts of funders",
    "assumptions": "Assumptions",
}
"""Annexes that may be left out, in their order; what holds for every report is always in it."""
ALWAYS: Final = "What is switched off, limits, checks and where the figures come from"


@dataclass(frozen=True)
class Choices:
    """What a report is to hold.

    Attributes:
        annexes: Names of annexes.
        open_book: Whether it is for a commissioner, without pay that could be put down to a person.
        materiality: Differences in pounds below this are counted and not listed.
        baseline: The scenario that this one started from, with which entries and results are compared.
    """

    annexes: Collection[str] = tuple(ANNEXES)
    open_book: bool = False
    materiality: float = 0.0
    baseline: Scenario | None = None


@dataclass(frozen=True)
class Asked:
    """A comparison, what is wanted of it, and the other answers that a report holds."""

    comparison: Comparison
    choices: Choices

    @property
    def base(self) -> int:
        """The case of the base contract."""
        return self.comparison.contracts.index(self.comparison.base)

    @property
    def others(self) -> list[int]:
        """The cases of the contracts that are compared with the base."""
        return [case for case in range(len(self.comparison.contracts)) if case != self.base]

    @cached_property
    def gaps(self) -> list[list[GapTable]]:
        """The gap of every contract, each service and all of them."""
        return [gap_tables(self.comparison, case) for case in range(len(self.comparison.contracts))]

    @cached_property
    def bridges(self) -> list[Bridge]:
        """The bridge from the base to every other contract."""
        scenario, base = self.comparison.scenario, self.comparison.base
        return [
            bridge(End(scenario, base), End(scenario, self.comparison.contracts[case]), BRIDGED) for case in self.others
        ]

    @cached_property
    def simulation(self) -> Document:
        """The contracts under the same draws of what is not certain."""
        found = simulate(
            self.comparison.scenario, self.comparison.contracts, draws=DRAWS, seed=USUAL_SEED, work=Work(processes=1)
        )
        return {**simulation_document(found), "base": self.comparison.base}

    @cached_property
    def sensitivity(self) -> Document:
        """What the surplus with posts filled of the base contract depends on."""
        asked = Result(contract=self.comparison.base)
        return sensitivity(self.comparison.scenario, asked, Settings(samples=0), Work(processes=1))

    @cached_property
    def price(self) -> Document:
        """The price at which the surplus with posts filled is nil, under the base contract."""
        return break_even(self.comparison.scenario, Wanted(PRICE, contract=self.comparison.base))

    @cached_property
    def waiting(self) -> Document:
        """Who is reached early, who waits and how long."""
        return waiting(self.comparison)

    @cached_property
    def ladder(self) -> Document:
        """The prices between which to negotiate, and the smallest concessions."""
        return ladder(self.comparison)

    @cached_property
    def workforce(self) -> Document:
        """The workforce plan."""
        return workforce(self.comparison)

    @cached_property
    def drivers(self) -> Document:
        """Every service's overhead under every way of sharing."""
        return drivers(self.comparison)


def refuse(choices: Choices, scenario: Scenario) -> None:
    """Refuse what no report can hold.

    Raises:
        ProblemsError: An annex is unknown, the threshold is below nil, or the baseline is of another kind.
    """
    problems = [
        Problem("annexes", f"there is no annex called {name}.", f"Choose from {', '.join(ANNEXES)}.")
        for name in choices.annexes
        if name not in ANNEXES
    ]
    if not 0 <= choices.materiality < float("inf"):
        problems.append(Problem("--materiality", "must be an amount of pounds from 0.", "Write 500 for £500."))
    if choices.baseline is not None:
        problems += unlike(choices.baseline, scenario)
    if problems:
        raise ProblemsError(problems)
