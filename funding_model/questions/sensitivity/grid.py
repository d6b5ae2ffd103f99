"""Grid: a result over two inputs at once, for a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.overheads import AllocationError
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.break_even.inputs import LARGEST, Input, changed, input_called
from funding_model.questions.compare import Comparison
from funding_model.questions.uncertainty.asked import Asked
from funding_model.questions.uncertainty.drawing import USUAL_WORK, Work, evaluate_draws
from funding_model.questions.uncertainty.ranges import ranges_of
from funding_model.scenario.plain import Place


@dataclass(frozen=True)
class Axis:
    """One of the two inputs, and the values that it takes."""

    input: Input
    values: tuple[float, ...]


@dataclass(frozen=True)
class TwoWay:
    """The result at every pair of values: rows follow the first input; None where a pair cannot be entered."""

    first: Axis
    second: Axis
    results: tuple[tuple[float | None, ...], ...]


def axis_of(comparison: Comparison, contract: str, asked: str, steps: int) -> Axis:
    """Return an axis from ``NAME`` or ``NAME=LOW:HIGH``, with as many values as asked for.

    An assumption with a range of its own is taken from its low to its high.

    Raises:
        ProblemsError: There is no such input, or no range for it.
    """
    name, equals, text = asked.partition("=")
    found = input_called(comparison, contract, name.strip())
    low, high = _ends_entered(comparison, found) or (found.low, found.high)
    if equals:
        low, high = _ends_asked(asked, text)
    if low is None or high is None:
        message = "is blank or 0, so there is no usual range for it."
        raise ProblemsError([Problem(f"--grid {name}", message, f"Give one: {name}=LOW:HIGH.")])
    values = np.linspace(low, high, steps)
    if found.whole:
        values = np.unique(np.round(values))
    return Axis(found, tuple(values.tolist()))


def _ends_entered(comparison: Comparison, found: Input) -> tuple[float, float] | None:
    places = {each.place: each.assumption.ends for each in ranges_of(comparison.scenario).in_use}
    return places.get(found.places[0]) if len(found.places) == 1 else None


def _ends_asked(asked: str, text: str) -> tuple[float, float]:
    low, _, high = text.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = (0.0, 0.0)
    if not -LARGEST <= ends[0] < ends[1] <= LARGEST:
        raise ProblemsError(
            [Problem(f"--grid {asked}", "must end in two numbers, the lower first.", "Write LOW:HIGH.")]
        )
    return ends


def two_way(comparison: Comparison, asked: Asked, first: Axis, second: Axis, work: Work = USUAL_WORK) -> TwoWay:
    """Return the result over two inputs.

    Raises:
        ProblemsError: Both inputs are the same.
    """
    if first.input.name == second.input.name:
        raise ProblemsError([Problem("--grid", "names the same input twice.", "Name two different ones.")])
    if first.input.places and second.input.places and not set(first.input.places) & set(second.input.places):
        batch = _as_a_batch(comparison, asked, first, second, work)
        if batch is not None:
            table = batch.reshape(len(first.values), len(second.values))
            return TwoWay(first, second, tuple(tuple(float(value) for value in row) for row in table))
    rows = []
    for number, one in enumerate(first.values, 1):
        rows.append(tuple(_alone(comparison, asked, first, second, (one, other)) for other in second.values))
        if work.progress is not None:
            work.progress(number / len(first.values))
    return TwoWay(first, second, tuple(rows))


def _as_a_batch(comparison: Comparison, asked: Asked, first: Axis, second: Axis, work: Work) -> Floats | None:
    """Return the result of every pair, row by row, as one batch; None where an end of a range cannot be entered."""
    at_start, standing = (
        changed(
            comparison.scenario,
            {**first.input.changes(first.values[end]), **second.input.changes(second.values[end])},
        )[0]
        for end in (0, -1)
    )
    if at_start is None or standing is None:
        return None
    pairs = np.array([(one, other) for one in first.values for other in second.values])
    draws: dict[Place, Floats] = {
        **dict.fromkeys(first.input.places, pairs[:, 0]),
        **dict.fromkeys(second.input.places, pairs[:, 1]),
    }
    return asked.of(evaluate_draws(standing, asked.names, draws, len(pairs), work), _years(comparison))


def _alone(
    comparison: Comparison, asked: Asked, first: Axis, second: Axis, values: tuple[float, float]
) -> float | None:
    changes = {**first.input.changes(values[0]), **second.input.changes(values[1])}
    scenario, _ = changed(comparison.scenario, changes)
    if scenario is None:
        return None
    try:
        return float(asked.of(evaluate_draws(scenario, asked.names, {}, 1), _years(comparison))[0])
    except (ProblemsError, AllocationError):
        return None


def _years(comparison: Comparison) -> Sequence[str]:
    return comparison.prepared.dates.year_labels()
