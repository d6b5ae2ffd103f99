"""Beside: several saved or library scenarios in one comparison, made alike where they can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare, unlike
from funding_model.report.rows import LEDGERS, ResultRow, period, result_rows, same
from funding_model.report.tables import LEDGER_HEADS, UNCHANGED, result_label
from funding_model.report.words import difference_as_shown, in_unit
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import library_ids
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from funding_model.ui import state
from funding_model.ui.evaluation import MOST_KEPT, entry, read_library, read_text
from funding_model.ui.html import Group, Row, Table
from funding_model.ui.stored import store

SAVED, EXAMPLE = "saved:", "example:"


@dataclass(frozen=True)
class Beside:
    """A scenario to be set beside others.

    Attributes:
        name: What it is called here.
        text: The scenario.
    """

    name: str
    text: str


def choices() -> dict[str, str]:
    """Return what can be set beside the scenario that is open, by key: saved scenarios, then examples."""
    workspace = state.current()
    kept = store().scenarios(workspace.owner) if workspace.owner else ()
    saved = {f"{SAVED}{each.id}": each.name for each in kept if each.id != workspace.scenario}
    examples = {f"{EXAMPLE}{each}": f"Example: {entry(each)[0]}" for each in library_ids()}
    return {**saved, **examples}


def texts(keys: Sequence[str], names: dict[str, str]) -> list[Beside]:
    """Return the scenario that is open and those chosen."""
    found = [Beside(state.current().name, state.text())]
    for key in keys:
        if key.startswith(SAVED):
            saved = store().read(state.current().owner, key.removeprefix(SAVED))
            text = "" if saved is None else saved.document
        else:
            scenario, _ = read_library(key.removeprefix(EXAMPLE))
            text = "" if scenario is None else dump_json(scenario)
        found.append(Beside(names[key], text))
    return found


def common_contracts(scenarios: Sequence[Scenario]) -> list[str]:
    """Return the names of the contracts that every scenario has, in the order of the first."""
    first, *others = [[contract.name for contract in scenario.contracts] for scenario in scenarios]
    return [name for name in first if all(name in names for names in others)]


def faults(first: Scenario, other: Scenario) -> tuple[list[Problem], bool]:
    """Return why two scenarios cannot be compared, and whether the same months would mend it."""
    found = unlike(first, other)
    mendable = bool(found) and all(each.where in ("horizon_years", "organisation.first_month") for each in found)
    remedies = {
        "horizon_years": "Show both over the same years.",
        "organisation.first_month": "Show both from the same month.",
    }
    return [Problem(each.where, each.message, remedies.get(each.where, each.remedy)) for each in found], mendable


def made_alike(first: Scenario, others: Sequence[Beside]) -> list[Beside]:
    """Return scenarios over as many years as the shortest has, from the first one's first month."""
    scenarios = [read_text(each.text)[0] for each in others]
    years = min([first.horizon_years, *(each.horizon_years for each in scenarios if each is not None)])
    overrides = (("horizon_years", years), ("organisation.first_month", first.organisation.first_month))
    return [Beside(each.name, _with(each.text, overrides)) for each in others]


@lru_cache(maxsize=MOST_KEPT)
def _with(text: str, overrides: tuple[tuple[str, object], ...]) -> str:
    scenario, problems = load_text(text, dict(overrides))
    if scenario is None:
        raise ProblemsError(problems)
    return dump_json(scenario)


@lru_cache(maxsize=MOST_KEPT)
def compared_under(text: str, contract: str) -> Comparison:
    """Return a scenario under one contract.

    Raises:
        ProblemsError: It cannot be costed.
    """
    scenario, problems = read_text(text)
    if scenario is None:
        raise ProblemsError(problems)
    return compare(scenario, (contract,), contract)


def results_table(names: Sequence[str], comparisons: Sequence[Comparison]) -> Table:
    """Return every result of each scenario, with its difference from the first below it."""
    rows = [result_rows(each) for each in comparisons]
    groups = tuple(
        Group(
            LEDGER_HEADS[ledger],
            tuple(
                _row([column[place] for column in rows]) for place, row in enumerate(rows[0]) if row.ledger == ledger
            ),
        )
        for ledger in LEDGERS
    )
    return Table(
        f"Results over {period(comparisons[0])}, and below each its difference from the first scenario",
        ("Result", *names),
        tuple(group for group in groups if group.rows),
    )


def _row(results: Sequence[ResultRow]) -> Row:
    first = results[0]
    start = first.values[0]
    cells = [in_unit(start, first.unit)]
    for each in results[1:]:
        value = each.values[0]
        change = (
            UNCHANGED
            if same(value, start, each.unit)
            else in_unit(difference_as_shown(value, start, each.unit), each.unit, sign=True)
        )
        cells.append(f"{in_unit(value, each.unit)}\n{change}")
    return Row(result_label(first.label, first.unit), tuple(cells))
