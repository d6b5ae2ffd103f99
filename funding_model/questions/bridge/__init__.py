"""Bridge: which part of the difference between two contracts, or two scenarios, each thing that differs makes.

Everything that differs is swapped: the contract's components one by one, and beside it the groups of inputs. Each
mixture of swapped and not swapped parts is one case; together they are evaluated as one batch for each mixture of
inputs, so as one batch where only the contract differs. A result's parts are exact Shapley values and add up to its
difference. A longer term alone moves no price: a field that is left blank carries on the contract's own movement.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.overheads import AllocationError
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.batch import evaluate_batch
from funding_model.questions.bridge.parts import (
    ALL_INPUTS,
    Mixer,
    Row,
    differing_components,
    differing_groups,
    mix_inputs,
)
from funding_model.questions.bridge.results import (
    IF_EVERYTHING_CONTINUES,
    MAIN,
    OF_PEOPLE,
    RESULTS,
    Result,
    values_of,
)
from funding_model.questions.bridge.shapley import members, shapley, swapped_first, swapped_last
from funding_model.questions.compare import allocation_problem, unlike
from funding_model.questions.notes.contracts import COUNTED_BY_CHANCE, SAME, yearly_chance
from funding_model.questions.prepare import prepare
from funding_model.questions.prepare.dates import Dates
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.scenario import Scenario, contract_for, whole_problems

NOISE: Final = 1e-9
"""Changes below this share of the result are rounding, and have no sign."""


@dataclass(frozen=True)
class Part:
    """What one thing that differs makes of a difference, in the result's unit."""

    name: str
    value: float
    first: float
    """What swapping it alone changes."""
    last: float
    """What swapping it changes once all others are swapped."""
    depends: bool
    """Whether these two differ in sign, so that its effect depends on what else changes."""


@dataclass(frozen=True)
class Bridged:
    """One result's difference, and its parts."""

    result: Result
    from_value: float
    to_value: float
    parts: tuple[Part, ...]

    @property
    def difference(self) -> float:
        """Value at the end less value at the start."""
        return self.to_value - self.from_value

    @property
    def interaction(self) -> float:
        """What the parts make together beyond what each makes alone: the difference less all swapped alone."""
        return self.difference - math.fsum(part.first for part in self.parts)


@dataclass(frozen=True)
class End:
    """One end of a bridge: a contract of a scenario."""

    scenario: Scenario
    contract: str

    @property
    def row(self) -> Row:
        """The contract as it stands for every service."""
        [contract] = [each for each in self.scenario.contracts if each.name == self.contract]
        known = {repr(service.contract_changes): contract_for(contract, service) for service in self.scenario.services}
        return [known[repr(service.contract_changes)] for service in self.scenario.services]


@dataclass(frozen=True)
class Bridge:
    """The way from one contract to another, for every result asked for."""

    start: End
    end: End
    parts: tuple[str, ...]
    """What differs, in order: groups of inputs, then components of the contract."""
    joined: bool
    """Whether groups of inputs that differ cannot be changed one without another and so are one part."""
    cases: int
    results: tuple[Bridged, ...]
    left_out: tuple[str, ...]
    """Results asked for that do not apply, such as a cost of each person where nobody starts support."""

    @property
    def counted_by_chance(self) -> bool:
        """Whether a result counts months by chances of going on that are not the same at both ends."""
        pairs = zip(self.start.row, self.end.row, strict=True)
        unlike_chances = any(abs(yearly_chance(first) - yearly_chance(last)) > SAME for first, last in pairs)
        return unlike_chances and any(found.result.name not in IF_EVERYTHING_CONTINUES for found in self.results)

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be read beside the parts."""
        return (COUNTED_BY_CHANCE,) if self.counted_by_chance else ()


def bridge(start: End, end: End, results: Sequence[str] = MAIN) -> Bridge:
    """Share out the difference of results between two contracts, or of one between two scenarios.

    Args:
        start: Where the bridge starts.
        end: Where it ends; a scenario of the same services, months and horizon.
        results: Names of results.

    Raises:
        ProblemsError: A name is unknown, the scenarios are unlike, or something that was entered cannot be costed.
    """
    _refuse(start, end, results)
    dates = Dates.of(start.scenario)
    mixer = Mixer(start.row, end.row, dates)
    groups = differing_groups(start.scenario, end.scenario)
    components = differing_components(mixer.first, mixer.second, dates)
    sets: list[tuple[str, ...]] = [(group,) for group in groups]
    joined = len(groups) > 1 and not _separable(start.scenario, end.scenario, groups)
    if joined:
        sets = [groups]
    values = {name: np.zeros(1 << len(sets) + len(components)) for name in results}
    for number, scenario in enumerate(_mixed_scenarios(start.scenario, end.scenario, sets)):
        for name, found in _of_every_contract(scenario, mixer, components, results).items():
            values[name][number :: 1 << len(sets)] = found
    names = (*((ALL_INPUTS,) if joined else groups), *components)
    counted = any(service.people for service in (*start.scenario.services, *end.scenario.services))
    apply = [name for name in results if np.isfinite(values[name]).all() and (counted or name not in OF_PEOPLE)]
    return Bridge(
        start=start,
        end=end,
        parts=names,
        joined=joined,
        cases=1 << len(names),
        results=tuple(_bridged(name, names, values[name]) for name in apply),
        left_out=tuple(name for name in results if name not in apply),
    )


def _refuse(start: End, end: End, results: Sequence[str]) -> None:
    problems = [
        Problem("result", f'there is no result called "{name}".', f"Choose from {', '.join(RESULTS)}.")
        for name in results
        if name not in RESULTS
    ]
    for each in (start, end):
        known = [contract.name for contract in each.scenario.contracts]
        if each.contract not in known:
            message = f'no contract of this scenario is called "{each.contract}".'
            problems.append(Problem("contract", message, f"Choose from {quoted_names(known)}."))
    problems += unlike(start.scenario, end.scenario)
    if problems:
        raise ProblemsError(dict.fromkeys(problems))


def _separable(first: Scenario, second: Scenario, groups: Sequence[str]) -> bool:
    """Whether every group of inputs can be changed without the others."""
    return not any(
        whole_problems(mix_inputs(first, second, [groups[each] for each in members(coalition, len(groups))]))
        for coalition in range(1, (1 << len(groups)) - 1)
    )


def _mixed_scenarios(first: Scenario, second: Scenario, sets: Sequence[tuple[str, ...]]) -> Iterator[Scenario]:
    for coalition in range(1 << len(sets)):
        yield mix_inputs(first, second, [name for each in members(coalition, len(sets)) for name in sets[each]])


def _of_every_contract(
    scenario: Scenario, mixer: Mixer, components: Sequence[str], results: Sequence[str]
) -> dict[str, Floats]:
    """Return results of one mixture of inputs under every mixture of the contracts' components, as one batch."""
    swapped = {
        str(coalition): [components[each] for each in members(coalition, len(components))]
        for coalition in range(1 << len(components))
    }
    grid = {name: mixer.contract(chosen) for name, chosen in swapped.items()}
    ends = {"start": list(mixer.first), "end": list(mixer.second)}
    prepared = prepare(scenario, grid | ends)
    terms = prepared.terms(list(grid), {name: mixer.carried_on(chosen) for name, chosen in swapped.items()})
    try:
        (totals,) = evaluate_batch(prepared.inputs, [terms])
    except AllocationError as error:
        raise ProblemsError([allocation_problem(error, scenario)]) from error
    return {name: values_of(name, totals, prepared.inputs, terms) for name in results}


def _bridged(name: str, parts: Sequence[str], values: Floats) -> Bridged:
    scale = NOISE * float(np.abs(values).max())
    every, first, last = shapley(values), swapped_first(values), swapped_last(values)
    return Bridged(
        RESULTS[name],
        float(values[0]),
        float(values[-1]),
        tuple(
            Part(
                part,
                float(every[place]),
                float(first[place]),
                float(last[place]),
                bool(first[place] * last[place] < 0 and min(abs(first[place]), abs(last[place])) > scale),
            )
            for place, part in enumerate(parts)
        ),
    )


def part_names(found: Bridge) -> tuple[str, ...]:
    """Return every part that a bridge names: groups of inputs that differ, and all components of a contract."""
    return (*(name for name in found.parts if name not in COMPONENTS), *COMPONENTS)
