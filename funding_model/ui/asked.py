"""Asked: what people ask beyond the comparison, answered once and kept in this process while it is in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeAlias

from funding_model.problems import ProblemsError
from funding_model.questions.break_even import Wanted, break_even
from funding_model.questions.bridge import Bridge, End, bridge
from funding_model.questions.change import change_need
from funding_model.questions.change.asked import Change
from funding_model.questions.change.document import as_document as change_document
from funding_model.questions.drivers import drivers
from funding_model.questions.explain import Case, Node, explain, explain_in
from funding_model.questions.explain.document import Asked, as_csv
from funding_model.questions.explain.document import as_document as explanation_document
from funding_model.questions.ladder import ladder
from funding_model.questions.sensitivity import Settings, sensitivity
from funding_model.questions.uncertainty.asked import Asked as Result
from funding_model.questions.uncertainty.document import simulation_document
from funding_model.questions.uncertainty.drawing import Work
from funding_model.questions.uncertainty.sampling import Sampler
from funding_model.questions.uncertainty.simulation import simulate
from funding_model.questions.waiting import waiting
from funding_model.questions.workforce import workforce
from funding_model.report.asking import as_json
from funding_model.report.charts import Chart
from funding_model.report.look import Look
from funding_model.report.timetable import timetable_chart
from funding_model.scenario.scenario import Scenario
from funding_model.ui.beside import Beside
from funding_model.ui.evaluation import MOST_KEPT, MOST_TEXTS, compared, read_text
from funding_model.ui.kept import Kept, Progress

SENSITIVE: Final[Kept[Document]] = Kept(MOST_KEPT)
"""What results depend on, as plain data."""
DEPTHS: Final = (None, 8, 6, 5, 4, 3, 2, 1)
"""How deep a tree goes into a file: all the way down, or as deep as one file has room for."""
Document: TypeAlias = dict[str, Any]
Contracts: TypeAlias = tuple[str, ...]
"""Names of the contracts that are compared."""
DRAWN: Final[Kept[Document]] = Kept(MOST_KEPT)
"""Simulations, as plain data."""
BROKEN_EVEN: Final[Kept[Document]] = Kept(MOST_TEXTS)
"""Searches for a value that breaks even, as plain data."""


def scenario_in(text: str) -> Scenario:
    """Return the scenario that text holds.

    Raises:
        ProblemsError: It holds none yet.
    """
    scenario, problems = read_text(text)
    if scenario is None:
        raise ProblemsError(problems)
    return scenario


@lru_cache(maxsize=MOST_KEPT)
def bridged(first: Beside, start: str, second: Beside, end: str, results: tuple[str, ...]) -> Bridge:
    """Return the bridge from a contract of one scenario to one of the same or another, by what they are called here.

    Raises:
        ProblemsError: One holds no scenario yet, something in it cannot be costed, or they are unlike.
    """
    scenario = scenario_in(first.text)
    other = scenario if first == second else scenario_in(second.text).model_copy(update={"name": second.name})
    return bridge(End(scenario, start), End(other, end), results)


@lru_cache(maxsize=MOST_KEPT)
def planned_workforce(text: str, contracts: Contracts, base: str) -> Document:
    """Return the workforce plan under every contract that is compared.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed.
    """
    return workforce(compared(text, contracts, base))


@lru_cache(maxsize=MOST_KEPT)
def dated(text: str, contracts: Contracts, base: str, case: int, look: Look) -> Chart | None:
    """Return the chart of the dates of one of the contracts that are compared; None where there are none.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed.
    """
    return timetable_chart(compared(text, contracts, base), case, look)


@lru_cache(maxsize=MOST_KEPT)
def shared_otherwise(text: str, contracts: Contracts, base: str) -> Document:
    """Return what every service would bear of the support costs under every reasonable way of sharing them.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed.
    """
    return drivers(compared(text, contracts, base))


@lru_cache(maxsize=MOST_KEPT)
def negotiated(text: str, contracts: Contracts, base: str, service: str | None) -> Document:
    """Return the prices between which to negotiate, and the smallest concessions that break even.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed.
    """
    return ladder(compared(text, contracts, base), service)


def drawn(
    text: str, contracts: Contracts, base: str, draws: int, seed: int, sampler: Sampler, progress: Progress
) -> Document:
    """Return what follows for the contracts when all that is not certain is drawn many times.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed or drawn.
    """
    scenario = scenario_in(text).model_copy(update={"base": base})
    return simulation_document(
        simulate(scenario, contracts, draws=draws, seed=seed, sampler=sampler, work=Work(progress=progress))
    )


def searched(text: str, wanted: Wanted, progress: Progress) -> Document:
    """Return where a result comes to a target.

    Raises:
        ProblemsError: The text holds no scenario yet, or what is asked has no answer.
    """
    return break_even(scenario_in(text), wanted, progress)


@lru_cache(maxsize=MOST_KEPT)
def changed_need(text: str, contracts: Contracts, base: str, change: Change) -> Document:
    """Return who pays, and what is delivered, when need or cost changes in mid-contract.

    Raises:
        ProblemsError: The text holds no scenario yet, or the change cannot be applied.
    """
    return change_document(change_need(compared(text, contracts, base), change))


@lru_cache(maxsize=4)
def _case(text: str, contracts: Contracts, base: str, contract: str) -> Case:
    """Return a case whose figures share what they rest on."""
    return Case(compared(text, contracts, base), contract)


@lru_cache(maxsize=MOST_KEPT)
def explained(text: str, contracts: Contracts, base: str, asked: Asked) -> Node:
    """Return a figure as a tree of what it is made of.

    Raises:
        ProblemsError: The text holds no scenario yet, or there is no such figure.
    """
    return explain_in(_case(text, contracts, base, asked.contract), asked.figure, asked.service, asked.year)


def explanation_csv(text: str, contracts: Contracts, base: str, asked: Asked) -> bytes:
    """Return a tree as CSV with the mark by which spreadsheets know UTF-8."""
    root = _fresh(text, contracts, base, asked)
    return _as_deep_as_fits(lambda depth: as_csv(root, depth)).encode("utf-8-sig")


def explanation_json(text: str, contracts: Contracts, base: str, asked: Asked) -> bytes:
    """Return a tree as JSON."""
    comparison, root = compared(text, contracts, base), _fresh(text, contracts, base, asked)
    return _as_deep_as_fits(lambda depth: as_json(explanation_document(comparison, asked, root, depth))).encode()


def _fresh(text: str, contracts: Contracts, base: str, asked: Asked) -> Node:
    """Return a tree of its own: a whole one is too large to be kept."""
    return explain(compared(text, contracts, base), asked.contract, asked.figure, asked.service, asked.year)


def _as_deep_as_fits(write: Callable[[int | None], str]) -> str:
    for depth in DEPTHS[:-1]:
        try:
            return write(depth)
        except ProblemsError:
            continue
    return write(DEPTHS[-1])


def looked_at(text: str, result: Result, settings: Settings, progress: Progress) -> Document:
    """Return what a result depends on.

    Raises:
        ProblemsError: The text holds no scenario yet, or what is asked has no answer.
    """
    return sensitivity(scenario_in(text), result, settings, Work(progress=progress))


@lru_cache(maxsize=MOST_KEPT)
def waited_for(
    text: str, contracts: Contracts, base: str, by: str | None, start: str | None, service: str | None
) -> Document:
    """Return who waits under every contract, and what clearing the lists by the end of a month would take.

    Raises:
        ProblemsError: The text holds no scenario yet, or something that is asked cannot be used.
    """
    return waiting(compared(text, contracts, base), by, start, service)
