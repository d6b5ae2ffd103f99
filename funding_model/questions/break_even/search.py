"""Search: every place in a range at which a result comes to a target.

The result is worked out at points along the range, and between two points on either side of the target the place is
searched by Chandrupatla's method, from where a straight line meets the target; whole numbers are all tried. A result
may jump over the target: then there is no value at which it is met, and the two sides of the jump are told. What a
result does between two points without crossing the target, such as touching it, is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import numpy as np

POINTS: Final = 33
"""Points along a range that is searched."""
MOST_WHOLE: Final = 241
"""Most whole numbers that are all tried."""
MET: Final = 0.005
"""A result that is no further from the target meets it: half a penny."""
FINEST: Final = 1e-12
"""Part of the range to which a place is searched."""
NOISE: Final = 1e-12
"""Part of the distances at both ends below which one is nil."""
EPSILON: Final = 1e-15
"""Part of a value below which two of them are the same to a computer."""
BESIDE_A_JUMP: Final = 1e-7
"""Part of the range to either side of a jump at which the result is told."""

Kind: TypeAlias = Literal["exact", "between", "jump", "stretch"]
Distances: TypeAlias = Callable[[Sequence[float]], "list[float | None]"]
"""Result less target at some values; None where a value cannot be entered."""


@dataclass(frozen=True)
class Root:
    """Where a result comes to the target.

    Attributes:
        kind: At one value; between two whole numbers; over a jump; or all along a stretch.
        value: The value; None between two numbers and along a stretch.
        low: Last value before the target is reached, or the stretch's first.
        high: First value after it, or the stretch's last.
        at_low: Result less target at ``low``.
        at_high: Result less target at ``high``.
    """

    kind: Kind
    value: float | None
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Search:
    """What was found in a range: the points tried, result less target at each, and every root."""

    points: tuple[float, ...]
    distances: tuple[float | None, ...]
    roots: tuple[Root, ...]


def search(distances: Distances, low: float, high: float, *, whole: bool = False) -> Search:
    """Return every place between two values at which a result comes to its target."""
    points = _whole_numbers(low, high) if whole else np.linspace(low, high, POINTS).tolist()
    found = distances(points)
    known = [(point, distance) for point, distance in zip(points, found, strict=True) if distance is not None]
    neighbours = {
        (first, second)
        for (first, one), (second, other) in pairwise(zip(points, found, strict=True))
        if one is not None and other is not None
    }
    roots: list[Root] = [*_met(known, neighbours)]
    for (first, one), (second, other) in pairwise(known):
        if (first, second) not in neighbours or abs(one) <= MET or abs(other) <= MET or (one < 0) == (other < 0):
            continue
        if whole:
            roots.append(Root("between", None, first, second, one, other))
        else:
            roots.append(_refined(distances, (first, second), (one, other), high - low))
    return Search(tuple(points), tuple(found), tuple(sorted(roots, key=lambda root: root.low)))


def _whole_numbers(low: float, high: float) -> list[float]:
    first, last = int(np.ceil(low)), int(np.floor(high))
    step = max(1, -(-(last - first + 1) // MOST_WHOLE))
    return [float(number) for number in range(first, last + 1, step)]


def _met(known: Sequence[tuple[float, float]], neighbours: set[tuple[float, float]]) -> Iterator[Root]:
    """Yield the points at which the target is met, neighbours as one stretch."""
    run: list[tuple[float, float]] = []
    for point, distance in [*known, (np.inf, np.inf)]:
        if run and (abs(distance) > MET or (run[-1][0], point) not in neighbours):
            (first, at_first), (last, at_last) = run[0], run[-1]
            kind: Kind = "exact" if len(run) == 1 else "stretch"
            yield Root(kind, first if len(run) == 1 else None, first, last, at_first, at_last)
            run = []
        if abs(distance) <= MET:
            run.append((point, distance))


class _CannotBeEntered(Exception):  # noqa: N818 - no error: a gap in the range
    pass


def _refined(distances: Distances, ends: tuple[float, float], at_ends: tuple[float, float], width: float) -> Root:
    """Return the root between two points on either side of the target."""

    def distance(value: float) -> float:
        (found,) = distances([value])
        if found is None:
            raise _CannotBeEntered
        return found

    try:
        value, at_value = _crossing(distance, ends, at_ends, FINEST * width)
        if abs(at_value) <= MET:
            return Root("exact", value, value, value, at_value, at_value)
        beside = BESIDE_A_JUMP * width
        sides = [max(ends[0], value - beside), min(ends[1], value + beside)]
        before, after = (distance(side) for side in sides)
        return Root("jump", value, sides[0], sides[1], before, after)
    except _CannotBeEntered:
        return Root("jump", None, *ends, *at_ends)


def _crossing(
    distance: Callable[[float], float], ends: tuple[float, float], at_ends: tuple[float, float], finest: float
) -> tuple[float, float]:
    """Return the place between two ends on either side of the target at which it is crossed, and the distance there.

    Inverse quadratic interpolation where it can be trusted, else halving (Chandrupatla 1997).

    Args:
        distance: Result less target at a value.
        ends: The two ends.
        at_ends: The distances there.
        finest: How close the ends of the last stretch are.
    """
    (near, far), (at_near, at_far) = ends, at_ends
    nil = NOISE * max(abs(at_near), abs(at_far))
    step = at_near / (at_near - at_far)
    while True:
        value = near + step * (far - near)
        at_value = distance(value)
        if (at_value < 0) == (at_near < 0):
            before, at_before = near, at_near
        else:
            before, at_before, far, at_far = far, at_far, near, at_near
        near, at_near = value, at_value
        best = (near, at_near) if abs(at_near) <= abs(at_far) else (far, at_far)
        width = abs(far - near)
        if abs(best[1]) <= nil or width <= max(finest, EPSILON * abs(near)):
            return best
        place, height = (near - far) / (before - far), (at_near - at_far) / (at_before - at_far)
        step = 0.5
        if height**2 < place and (1 - height) ** 2 < 1 - place:
            step = at_near / (at_far - at_near) * at_before / (at_far - at_before)
            step += (before - near) / (far - near) * at_near / (at_before - at_near) * at_far / (at_before - at_far)
        least = min(0.5, finest / width / 2)
        step = min(1 - least, max(least, step))
