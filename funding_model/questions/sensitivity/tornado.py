"""Tornado: what each input that is not certain does to a result, at its low and at its high, all else as entered.

Inputs are the assumptions with a range, and defaults with a published one. Nothing is made up for the others, unless a
spread is asked for: it is then the same part of every value, and is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.questions.break_even.inputs import changed
from funding_model.questions.uncertainty.asked import Asked
from funding_model.questions.uncertainty.drawing import USUAL_WORK, Work, evaluate_draws
from funding_model.questions.uncertainty.ranges import WITHOUT_RESULT, Range, range_at, read_and_entered
from funding_model.reference.defaults import assumption_defaults
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.plain import Place
from funding_model.scenario.scenario import Scenario

Source: TypeAlias = Literal["range", "published", "spread"]


@dataclass(frozen=True)
class Bar:
    """One input, and the result at its low and its high.

    Attributes:
        place: Where the input is entered, as a person writes it.
        label: What it is.
        unit: What its number counts.
        source: The scenario's own range, the published range of a default, or the spread asked for.
        low: Its low value.
        value: Its value as it stands.
        high: Its high value.
        at_low: The result with the low value.
        at_high: The result with the high value.
    """

    place: str
    label: str
    unit: str
    source: Source
    low: float
    value: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """The distance between the two results."""
        return abs(self.at_high - self.at_low)


def tornado(
    scenario: Scenario, asked: Asked, years: Sequence[str], spread: float | None = None, work: Work = USUAL_WORK
) -> tuple[float, list[Bar]]:
    """Return the result as entered, and a bar for every input, the one with the widest swing first.

    Args:
        scenario: What was entered.
        asked: The result.
        years: The scenario's financial years.
        spread: Part of its value by which an assumption without a range goes down and up; None leaves it out.
        work: How the cases are evaluated.
    """
    standing = with_defaults(scenario)
    inputs = [each for each in _inputs(scenario, standing, spread) if each[0].concerns(scenario, asked.names)]
    count = 1 + 2 * len(inputs)
    draws: dict[Place, Floats] = {}
    for number, (found, _, low, high) in enumerate(inputs):
        values = np.full(count, found.assumption.value or 0.0)
        values[1 + 2 * number], values[2 + 2 * number] = low, high
        draws[found.place] = values
    results = asked.of(evaluate_draws(standing, asked.names, draws, count, work), years)
    bars = [
        Bar(
            place=found.path,
            label=found.label,
            unit=found.unit.name,
            source=source,
            low=low,
            value=found.assumption.value or 0.0,
            high=high,
            at_low=float(results[1 + 2 * number]),
            at_high=float(results[2 + 2 * number]),
        )
        for number, (found, source, low, high) in enumerate(inputs)
    ]
    return float(results[0]), sorted(bars, key=lambda bar: (-bar.swing, bar.place))


def with_defaults(scenario: Scenario) -> Scenario:
    """Return the scenario with the defaults in use entered at their places, so that they can be varied.

    Every result is as before: a default that is entered is the same figure.
    """
    changes: dict[Place, Mapping[str, Any]] = {}
    for name, default in assumption_defaults().items():
        entered = getattr(scenario.assumptions, name, None)
        number = isinstance(default.value, int | float) and not isinstance(default.value, bool)
        known = name in Assumptions.model_fields and name not in WITHOUT_RESULT
        if number and known and (entered is None or getattr(entered, "value", None) is None):
            changes[("assumptions", name)] = {"value": default.value, "status": "default"}
    found, _ = changed(scenario, changes)
    return scenario if found is None else found


def _inputs(
    scenario: Scenario, standing: Scenario, spread: float | None
) -> Iterator[tuple[Range, Source, float, float]]:
    """Yield every input with its low and its high."""
    own = {place for place, _ in read_and_entered(scenario)}
    for place, assumption in read_and_entered(standing):
        found = range_at(standing, place, assumption)
        value = assumption.value or 0.0
        default = assumption_defaults().get(str(place[-1]))
        if assumption.ends is not None:
            yield found, "range", *assumption.ends
        elif place not in own and default is not None and default.low is not None and default.high is not None:
            yield found, "published", default.low, default.high
        elif spread is not None and value:
            ends = sorted((value * (1 - spread), value * (1 + spread)))
            low, high = (min(max(end, _least(found)), found.unit.maximum) for end in ends)
            yield found, "spread", low, high


def _least(found: Range) -> float:
    return -np.inf if found.unit.minimum is None else found.unit.minimum
