"""Sampling: uniform numbers that fill the space of all ranges evenly, and ranges that go together.

Draw ``i`` belongs to replicate ``i mod 16``. Every replicate is a scrambled Sobol sequence, or a Latin hypercube, with
a randomisation of its own from the one seed, so that the spread of the replicates' means gives an honest standard
error; plain formulas, which take draws for independent, do not hold for such numbers. A Sobol sequence can be
continued: the first draws of a long simulation are those of a short one.

Correlation: a normal copula. Of two ranges with rank correlation r, the normal scores have the correlation
``2 sin(pi r / 6)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.uncertainty.ranges import Range, range_called
from funding_model.questions.uncertainty.sobol import BITS, sobol
from funding_model.scenario.scenario import Scenario

Sampler: TypeAlias = Literal["sobol", "latin_hypercube"]
SAMPLERS: Final[tuple[Sampler, ...]] = ("sobol", "latin_hypercube")
REPLICATES: Final = 16
LEAST_EIGENVALUE: Final = 1e-10


def uniforms(draws: int, dimensions: int, sampler: Sampler, seed: int) -> Floats:
    """Return numbers between 0 and 1, never one of the two: axes (draw, dimension)."""
    result = np.empty((draws, dimensions))
    if not dimensions:
        return result
    for replicate, sequence in enumerate(np.random.SeedSequence(seed).spawn(REPLICATES)):
        wanted = len(range(replicate, draws, REPLICATES))
        if not wanted:
            break
        generator = np.random.default_rng(sequence)
        if sampler == "sobol":
            numbers = sobol(wanted, dimensions, generator) + 0.5 ** (BITS + 1)
        else:
            from scipy.stats import qmc  # noqa: PLC0415 - takes long to load, and much memory

            numbers = qmc.LatinHypercube(dimensions, rng=generator).random(wanted)
            numbers = np.clip(numbers, 0.5 ** (BITS + 1), 1 - 0.5 ** (BITS + 1))
        result[replicate::REPLICATES] = numbers
    return result


def correlation_matrix(scenario: Scenario, ranges: Sequence[Range]) -> Floats | None:
    """Return the correlations of the ranges' normal scores; None where every range is independent of the others.

    Raises:
        ProblemsError: A correlation names no range that is drawn, names a pair twice, or they contradict each other.
    """
    if not scenario.correlations:
        return None
    place = {each.path: number for number, each in enumerate(ranges)}
    matrix = np.eye(len(ranges))
    problems: list[Problem] = []
    met: dict[frozenset[int], int] = {}
    for number, entry in enumerate(scenario.correlations, 1):
        where = f"correlations.{number}"
        try:
            first, second = (
                place[range_called(tuple(ranges), path, f"{where}.{field}").path]
                for field, path in (("first", entry.first), ("second", entry.second))
            )
        except ProblemsError as error:
            problems += error.problems
            continue
        pair = frozenset({first, second})
        if first == second:
            problems.append(Problem(where, "names the same range twice.", "Name two different ones."))
        elif pair in met:
            problems.append(Problem(where, f"is about the same two ranges as correlation {met[pair]}.", "Keep one."))
        met.setdefault(pair, number)
        matrix[first, second] = matrix[second, first] = 2 * np.sin(np.pi * entry.rank_correlation / 6)
    if problems:
        raise ProblemsError(problems)
    if np.linalg.eigvalsh(matrix)[0] < LEAST_EIGENVALUE:
        message = "contradict each other: no numbers can go together in all these ways at once."
        remedy = "Bring them nearer to 0; where A goes with B and B with C, A must go with C as well."
        raise ProblemsError([Problem("correlations", message, remedy)])
    return matrix


def correlated(shares: Floats, matrix: Floats | None) -> Floats:
    """Return uniform numbers that go together as a matrix of their normal scores says: axes (draw, range)."""
    if matrix is None:
        return shares
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - as in uniforms

    factor = np.linalg.cholesky(matrix)
    scores = ndtri(shares)
    # Column by column, and only over what is not nil: the same bits whatever the number of draws and of threads.
    mixed = np.zeros_like(scores)
    for row, column in np.argwhere(factor).tolist():
        mixed[:, row] += factor[row, column] * scores[:, column]
    changed = np.flatnonzero(np.abs(matrix).sum(axis=1) > 1.0)
    result = shares.copy()
    result[:, changed] = np.clip(ndtr(mixed[:, changed]), 0.5 ** (BITS + 1), 1 - 0.5 ** (BITS + 1))
    return result
