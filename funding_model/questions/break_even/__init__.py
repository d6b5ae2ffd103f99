"""Break-even: the value of an input at which a result is nil, or any other target, under a contract.

Every value tried is a case of the one model; so is the answer, which can be entered in the scenario and gives the
target.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import slice_cases
from funding_model.costing.overheads import AllocationError
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.batch import keep_of_batch
from funding_model.questions.break_even.inputs import LARGEST, Changes, Input, changed, input_called
from funding_model.questions.break_even.search import Root, Search, search
from funding_model.questions.compare import Comparison
from funding_model.questions.notes.contracts import CHANCES, COUNTED_BY_CHANCE
from funding_model.questions.notes.note import Note
from funding_model.questions.prepare import Prepared, prepare
from funding_model.questions.prepare.contracts import check_contracts, contract_grid, prepare_terms
from funding_model.questions.results import Record
from funding_model.questions.sheet import about, notes_of
from funding_model.questions.uncertainty.asked import USUAL_RESULT, Asked, settle
from funding_model.questions.uncertainty.outcomes import outcomes_of
from funding_model.scenario.contracts import Contract
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import ALL_CONTRACTS

CLAUSES: Final = ("none", "cpi", "pay", "forecast")
"""Usual uplift clauses, told beside the uplift that breaks even."""
MOST_VERSIONS: Final = 40
"""Versions of a contract in one batch: the plan is costed at the prices that any of them needs."""
HEADINGS: Final = ("scenario", "contract", "than", "input", "result", "year", "measure", "value", "at_value")


@dataclass(frozen=True)
class Wanted:
    """What is asked.

    Attributes:
        varied: What is varied: a name, or the place of a number.
        contract: The contract; the scenario's base when blank.
        than: Another contract: the result is then the difference from it.
        result: Name of a result of the whole horizon, or of a year.
        year: A financial year such as ``2028-29``; None for the whole horizon.
        target: What the result is to come to.
        low: Start of the range searched; None takes a usual one.
        high: End of the range searched.
    """

    varied: str
    contract: str = ""
    than: str | None = None
    result: str = USUAL_RESULT
    year: str | None = None
    target: float = 0.0
    low: float | None = None
    high: float | None = None

    @property
    def asked(self) -> Asked:
        """The result that is to come to the target."""
        return Asked(self.contract, self.than, self.result, self.year)


def break_even(scenario: Scenario, wanted: Wanted, progress: Callable[[float], None] | None = None) -> Record:
    """Return where a result comes to a target, in the shape of the JSON.

    Args:
        scenario: What was entered.
        wanted: What is asked.
        progress: Is told the share of the first points that is done; what it raises ends the search.

    Raises:
        ProblemsError: Something that was entered or asked for cannot be used.
    """
    comparison, asked = settle(scenario, wanted.asked)
    wanted = replace(wanted, contract=asked.contract)
    _refuse_what_is_no_amount(wanted)
    found = input_called(comparison, wanted.contract, wanted.varied)
    ends = _range(found, wanted.low, wanted.high)
    bench = _Bench(comparison, wanted, found, ends, progress)
    answer = search(bench.distances, *ends, whole=found.whole)
    return _document(bench, answer)


def _refuse_what_is_no_amount(wanted: Wanted) -> None:
    asked = {"--from": wanted.low, "--to": wanted.high, "--target": wanted.target}
    problems = [
        Problem(name, f"must be a number between {-LARGEST:,.0f} and {LARGEST:,.0f}; you entered {value:g}.")
        for name, value in asked.items()
        if value is not None and not abs(value) <= LARGEST
    ]
    if problems:
        raise ProblemsError(problems)


def _range(found: Input, low: float | None, high: float | None) -> tuple[float, float]:
    start, end = found.low if low is None else low, found.high if high is None else high
    if start is None or end is None:
        message = "is blank or 0, so there is no usual range to search."
        raise ProblemsError([Problem(f"--input {found.name}", message, "Give one with --from and --to.")])
    if not start < end:
        message = f"the range ends at {end:g}, which is not above its start {start:g}."
        raise ProblemsError([Problem("--to", message, "Swap the two, or widen the range.")])
    return start, end


@dataclass
class _Bench:
    """Works out the result at values of the input."""

    comparison: Comparison
    wanted: Wanted
    input: Input
    ends: tuple[float, float]
    progress: Callable[[float], None] | None
    refused: Problem | None = None
    """Why the first of the values that cannot be entered cannot."""

    def distances(self, values: Sequence[float]) -> list[float | None]:
        """Return result less target at each value; None where it cannot be entered."""
        if self.input.places:
            drawn = self._as_a_batch(values)
            if drawn is not None:
                return [float(each) - self.wanted.target for each in drawn]
        if self.input.of_contracts(self.ends[1]):
            return [None if each is None else each - self.wanted.target for each in self._as_versions(values)]
        found = []
        for number, value in enumerate(values, 1):
            result = self.result_with(self.input.changes(value))
            found.append(None if result is None else result - self.wanted.target)
            if self.progress is not None and len(values) > 1:
                self.progress(number / len(values))
        return found

    def _as_a_batch(self, values: Sequence[float]) -> Floats | None:
        """Return the result at every value as one batch; None where the ends of the range cannot be entered."""
        standing, _ = changed(self.comparison.scenario, self.input.changes(self.ends[1]))
        at_start, _ = changed(self.comparison.scenario, self.input.changes(self.ends[0]))
        if standing is None or at_start is None:
            return None
        prepared = prepare(standing, draws=dict.fromkeys(self.input.places, np.array(values, float)))
        return np.broadcast_to(self._result_of(prepared), (len(values),))

    def _as_versions(self, values: Sequence[float]) -> list[float | None]:
        """Return the result at every value, each as a version of the contracts beside which nothing changes."""
        names, dates = self.wanted.asked.names, self.comparison.prepared.dates
        versions = [(place, self._rows_with(self.input.changes(value))) for place, value in enumerate(values)]
        sound = [(place, rows) for place, rows in versions if rows is not None]
        found: list[float | None] = [None] * len(values)
        for start in range(0, len(sound), MOST_VERSIONS):
            block = sound[start : start + MOST_VERSIONS]
            terms = self._terms([[rows[number] for _, rows in block] for number in range(len(names))])
            outcomes = keep_of_batch(self.comparison.prepared.inputs, terms, outcomes_of)
            results = np.broadcast_to(self.wanted.asked.of(outcomes, dates.year_labels()), (len(block),))
            for (place, _), result in zip(block, results, strict=True):
                found[place] = float(result)
            if self.progress is not None and len(values) > 1:
                self.progress((block[-1][0] + 1) / len(values))
        return found

    def _rows_with(self, changes: Changes) -> list[list[Contract]] | None:
        """Return the contracts asked about with some changes, as they stand for every service; None as in a result."""
        scenario, problems = changed(self.comparison.scenario, changes)
        if scenario is not None:
            grid = contract_grid(scenario)
            rows = [grid[name] for name in self.wanted.asked.names]
            problems = check_contracts(scenario, rows, self.comparison.prepared.dates)
            if not problems:
                return rows
        self.refused = self.refused or problems[0]
        return None

    def _terms(self, versions: Sequence[Sequence[list[Contract]]]) -> list[Terms]:
        """Return the versions of each contract as its terms, at the prices that any of them needs."""
        prepared = self.comparison.prepared
        tried = {f"{number}": row for number, row in enumerate(chain.from_iterable(versions))}
        grid = {**{f"as entered: {name}": row for name, row in prepared.contracts.items()}, **tried}
        terms = prepare_terms(prepared.scenario, grid, list(tried), prepared.dates, prepared.inputs.calendar)
        size = len(versions[0])
        return [slice_cases(terms, number * size, (number + 1) * size) for number in range(len(versions))]

    def result_with(self, changes: Changes) -> float | None:
        """Return the result with some changes; None, with the reason kept, when they cannot be entered."""
        scenario, problems = changed(self.comparison.scenario, changes)
        try:
            if scenario is not None:
                return float(self._result_of(prepare(scenario))[0])
        except ProblemsError as error:
            problems = list(error.problems)
        except AllocationError:
            problems = [Problem("", "leaves support costs that cannot be shared.")]
        self.refused = self.refused or problems[0]
        return None

    def _result_of(self, prepared: Prepared) -> Floats:
        terms = prepared.terms_of_each(self.wanted.asked.names)
        outcomes = keep_of_batch(prepared.inputs, terms, outcomes_of)
        return self.wanted.asked.of(outcomes, prepared.dates.year_labels())


def _document(bench: _Bench, answer: Search) -> Record:
    wanted, found = bench.wanted, bench.input
    now = bench.result_with({})
    return {
        "scenario": bench.comparison.scenario.name,
        "contract": wanted.contract,
        "than": wanted.than,
        "input": {"name": found.name, "label": found.label, "unit": found.unit, "whole": found.whole},
        "result": {**wanted.asked.record(), "target": wanted.target},
        "current": {"value": found.current, "result": now},
        "range": {"from": bench.ends[0], "to": bench.ends[1]},
        "roots": [_root(root, wanted.target) for root in answer.roots],
        "points": [
            {"value": point, "result": None if distance is None else distance + wanted.target}
            for point, distance in zip(answer.points, answer.distances, strict=True)
        ],
        "clauses": _clauses(bench),
        "notes": notes_of(_notes(bench, answer)),
        **about(bench.comparison),
    }


def _root(root: Root, target: float) -> Record:
    return {
        "kind": root.kind,
        "value": root.value,
        "from": root.low,
        "to": root.high,
        "result_from": root.at_low + target,
        "result_to": root.at_high + target,
    }


def _clauses(bench: _Bench) -> list[Record]:
    """Return what usual uplift clauses would give, beside the uplift that is searched."""
    if bench.input.name != "uplift":
        return []
    number = [each.name for each in bench.comparison.scenario.contracts].index(bench.wanted.contract)
    found = []
    for rule in CLAUSES:
        fields_set: dict[str, Any] = {
            "within_award": rule,
            "rate": None,
            "pay_weight": None,
            "cap": None,
            "floor": None,
        }
        changes: Changes = {("contracts", number, "movement", field): value for field, value in fields_set.items()}
        scenario, _ = changed(bench.comparison.scenario, changes)
        if scenario is not None:
            found.append({"clause": rule, "result": bench.result_with(changes)})
    return found


def _notes(bench: _Bench, answer: Search) -> list[Note]:
    found = []
    if bench.refused is not None and None in answer.distances:
        found.append(Note(bench.input.name, f"Some values in the range cannot be entered: {bench.refused}"))
    scenario = bench.comparison.scenario
    touched = {
        (str(place[2]), str(place[3])) for place in bench.input.changes(bench.ends[1]) if place[0] == "contracts"
    }
    own = [
        service.name
        for service in scenario.services
        for component, field in touched
        if any(
            field in service.contract_changes.get(key, {}).get(component, {})
            for key in (bench.wanted.contract, ALL_CONTRACTS)
        )
    ]
    if own:
        listed = quoted_names(dict.fromkeys(own))
        found.append(Note(bench.input.name, f"These services keep a value of their own for it: {listed}."))
    contract = next(each for each in scenario.contracts if each.name == bench.wanted.contract)
    if bench.input.name in ("price", "uplift") and contract.payment.underspend == "returned":
        text = (
            "What is paid beyond recognised cost is returned under this contract: a higher price helps up to it only."
        )
        found.append(Note(bench.input.name, text))
    if bench.input.name.endswith(CHANCES):
        found.append(Note(bench.input.name, COUNTED_BY_CHANCE))
    if not answer.roots and len({each for each in answer.distances if each is not None}) == 1:
        found.append(
            Note(bench.input.name, "The result is the same at every value of the range: it does not depend on it.")
        )
    return found


def break_even_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return the points tried and the roots as rows."""
    names = (document["scenario"], document["contract"], document["than"] or "", document["input"]["name"])
    result = (document["result"]["name"], document["result"]["year"] or "")
    rows: list[tuple[str | float | None, ...]] = [
        (*names, *result, "point", each["result"], each["value"]) for each in document["points"]
    ]
    rows += [
        (*names, *result, f"{root['kind']} {end}", root[f"result_{end}"], root[end])
        for root in document["roots"]
        for end in ("from", "to")
    ]
    return rows
