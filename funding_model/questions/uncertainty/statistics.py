"""Statistics of draws: means with their standard errors, percentiles, chances and how many draws were enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.arrays import Flags, Floats
from funding_model.questions.uncertainty.sampling import REPLICATES

PERCENTILES: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
NEARLY_SURE: Final = 2.131
"""Standard errors to either side of a mean between which the true one lies in 95 of 100 cases: Student's t, 15 degrees
of freedom, for 16 replicates."""
ENOUGH: Final = 0.05
"""A mean known to within this part of the distance from P10 to P90 is known well enough to be shown."""
SAME: Final = 1e-9
"""Results that differ by less than this part of the larger one are a tie."""
CURVE_STEPS: Final = 100


@dataclass(frozen=True)
class Estimate:
    """A mean with its standard error, and three percentiles."""

    mean: float
    standard_error: float
    p10: float
    p50: float
    p90: float


def estimate(values: Floats) -> Estimate:
    """Return the statistics of a result: axis (draw,)."""
    p10, p50, p90 = (float(each) for each in np.quantile(values, list(PERCENTILES.values())))
    return Estimate(float(values.mean()), standard_error(values), p10, p50, p90)


def standard_error(values: Floats) -> float:
    """Return the standard error of the mean from the replicates: draw ``i`` belongs to replicate ``i mod 16``.

    ``sqrt(sum of (mean of replicate - mean of replicates)^2 / (R (R - 1)))``; 0 for a single draw, which is no draw.
    """
    if len(values) < REPLICATES:
        return 0.0
    means = np.array([values[start::REPLICATES].mean() for start in range(REPLICATES)])
    return float(np.sqrt(means.var(ddof=1) / REPLICATES))


@dataclass(frozen=True)
class Step:
    """What the first draws alone said of a mean."""

    draws: int
    mean: float
    standard_error: float

    @property
    def within(self) -> float:
        """Half the width of the range in which the true mean lies in 95 of 100 cases."""
        return NEARLY_SURE * self.standard_error


def convergence(values: Floats) -> list[Step]:
    """Return the running mean at the powers of two of draws, and at all of them: axis (draw,)."""
    return [Step(count, float(values[:count].mean()), standard_error(values[:count])) for count in _counts(len(values))]


def _counts(draws: int) -> Iterator[int]:
    count = 4 * REPLICATES
    while count < draws:
        yield count
        count *= 2
    yield draws


def enough_draws(values: Floats) -> int | None:
    """Return the fewest draws, of those in ``convergence``, that were enough; None when all of them were not.

    They are enough when the mean is known to within a twentieth of the distance from P10 to P90.
    """
    found = estimate(values)
    wide = ENOUGH * (found.p90 - found.p10)
    return next((step.draws for step in convergence(values) if step.within <= wide), None)


@dataclass(frozen=True)
class Chance:
    """A probability with its standard error."""

    probability: float
    standard_error: float


def chance(happens: Flags) -> Chance:
    """Return the share of the draws in which something happens: axis (draw,)."""
    as_numbers = happens.astype(float)
    return Chance(float(as_numbers.mean()), standard_error(as_numbers))


def ties(one: Floats, other: Floats) -> Flags:
    """Return in which draws two results are the same."""
    same: Flags = np.abs(one - other) <= SAME * np.maximum(1.0, np.maximum(np.abs(one), np.abs(other)))
    return same


def curve(values: Floats) -> list[tuple[float, float]]:
    """Return the distribution of a result as 101 points: a share of the draws, and the value not exceeded in it."""
    shares = np.linspace(0.0, 1.0, CURVE_STEPS + 1)
    return [(float(share), float(value)) for share, value in zip(shares, np.quantile(values, shares), strict=True)]
