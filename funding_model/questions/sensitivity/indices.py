"""Indices: which share of a result's variance each range accounts for, by Sobol's method.

Two samples A and B of all ranges, and for every range i the sample AB(i): A with the column of i from B. With f the
result, V its variance over A and B, f0 its mean:

* first-order index of i, what i does by itself: ``mean of (f(B) - f0) (f(AB(i)) - f(A)) / V`` (Saltelli and others,
  2010);
* total index of i, with all that it does together with others: ``mean of (f(A) - f(AB(i)))^2 / (2 V)`` (Jansen, 1999).

The errors are those of a jackknife over the 16 replicates of the samples (see ``uncertainty/sampling.py``): each index
is worked out again without one replicate, ``error^2 = 15 / 16 x sum of (index without r - their mean)^2``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.questions.uncertainty.sampling import REPLICATES, uniforms

NO_VARIANCE: Final = 1e-18
"""Variance, as a part of the square of the largest result, below which a result does not vary."""


@dataclass(frozen=True)
class Indices:
    """First-order and total indices of the ranges with their standard errors: axis (range,); None without variance."""

    samples: int
    evaluations: int
    mean: float
    variance: float
    first: Floats | None
    first_error: Floats | None
    total: Floats | None
    total_error: Floats | None


def sobol_indices(result: Callable[[Floats], Floats], dimensions: int, samples: int, seed: int) -> Indices:
    """Return the indices of a function of uniform numbers.

    Args:
        result: Returns the result of each row of uniform numbers: axes (case, range) to (case,).
        dimensions: Number of ranges.
        samples: Number of rows of A and of B.
        seed: Seed of both.
    """
    both = uniforms(samples, 2 * dimensions, "sobol", seed)
    one, other = both[:, :dimensions], both[:, dimensions:]
    blocks = [one, other]
    for column in range(dimensions):
        mixed = one.copy()
        mixed[:, column] = other[:, column]
        blocks.append(mixed)
    values = result(np.concatenate(blocks)).reshape(dimensions + 2, samples)
    of_one, of_other, of_mixed = values[0], values[1], values[2:]
    middle = float(values[:2].mean())
    variance = float(values[:2].var())
    known = variance > NO_VARIANCE * max(1.0, float(np.abs(values).max())) ** 2
    if not known:
        return Indices(samples, values.size, middle, variance, None, None, None, None)
    replicate = np.arange(samples) % REPLICATES
    without = [_both_indices(of_one, of_other, of_mixed, replicate != each) for each in range(REPLICATES)]
    first, total = _both_indices(of_one, of_other, of_mixed, np.ones(samples, bool))
    first_error, total_error = (_jackknife(np.array([pair[place] for pair in without])) for place in (0, 1))
    return Indices(samples, values.size, middle, variance, first, first_error, total, total_error)


def _both_indices(of_one: Floats, of_other: Floats, of_mixed: Floats, chosen: Floats) -> tuple[Floats, Floats]:
    one, other, mixed = of_one[chosen], of_other[chosen], of_mixed[:, chosen]
    values = np.concatenate([one, other])
    variance, middle = values.var(), values.mean()
    first = ((other - middle) * (mixed - one)).mean(axis=1) / variance
    total = ((one - mixed) ** 2).mean(axis=1) / (2 * variance)
    return first, total


def _jackknife(without: Floats) -> Floats:
    """Return the standard error of an index from what it is without each replicate: axes (replicate, range)."""
    error: Floats = np.sqrt((REPLICATES - 1) / REPLICATES * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    return error
