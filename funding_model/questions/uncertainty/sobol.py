"""Sobol numbers: points that fill a space evenly, scrambled anew for every generator.

The same numbers, to the bit, as ``scipy.stats.qmc.Sobol`` with 30 bits, whose direction numbers (Joe and Kuo, 2008) are
read from where SciPy keeps them. Loading the whole of ``scipy.stats`` for them would take a second and some 50 MB.

Point n is ``shift xor v[c(1)] xor ... xor v[c(n)]`` in every dimension, c(n) the place of the lowest 0 among the bits
of ``n - 1`` and v the direction numbers; a scramble multiplies the bits of each v by a random lower triangular matrix,
modulo 2, and shift is random (Matousek, 1998).
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from funding_model.costing.arrays import Floats, Ints

BITS: Final = 30
"""Binary places of a Sobol number."""
WEIGHTS: Final = 2 ** np.arange(BITS - 1, -1, -1)
"""What each bit is worth, the highest first."""


def sobol(count: int, dimensions: int, generator: np.random.Generator) -> Floats:
    """Return the first points of a scrambled Sobol sequence, from 0 to below 1: axes (point, dimension)."""
    [generator] = generator.spawn(1)  # as SciPy does, so that a caller's own draws stay apart
    shift = _coins(generator, (dimensions, BITS)) @ WEIGHTS[::-1]
    matrices = np.tril(_coins(generator, (dimensions, BITS, BITS)))
    places = np.arange(BITS)
    matrices[:, places, places] = 1
    numbers = _direction_numbers(dimensions)
    bits = (numbers[:, None] >> places[::-1, None]) & 1
    scrambled = (matrices.astype(np.float64) @ bits.astype(np.float64)) % 2
    directions = np.einsum("dpj,p->jd", scrambled, WEIGHTS.astype(np.float64)).astype(np.int64)
    points = np.empty((count, dimensions), np.int64)
    points[0] = shift
    before = np.arange(count - 1)
    points[1:] = directions[np.bitwise_count(before ^ (before + 1)) - 1]
    result: Floats = np.bitwise_xor.accumulate(points, axis=0) * 0.5**BITS
    return result


def _coins(generator: np.random.Generator, shape: tuple[int, ...]) -> Ints:
    """Return zeros and ones, drawn as SciPy draws them."""
    return generator.integers(2, size=shape, dtype=np.uint32).astype(np.int64)


@cache
def _direction_numbers(dimensions: int) -> Ints:
    """Return the direction numbers of the first dimensions: axes (dimension, number)."""
    poly, first = _tables()
    poly, first = poly[:dimensions], first[:dimensions]
    degree = np.frexp(poly.astype(np.float64))[1] - 1
    result = np.ones((dimensions, BITS), np.int64)
    result[:, : first.shape[1]] = first[:, :BITS]
    for place in range(BITS):
        later = np.flatnonzero((place >= degree) & (np.arange(dimensions) > 0))
        new = result[later, place - degree[later]]
        for back in range(1, int(degree.max(initial=0)) + 1):
            taken = (back <= degree[later]) & ((poly[later] >> np.maximum(degree[later] - back, 0)) & 1).astype(bool)
            new = new ^ np.where(taken, result[later, place - back] << back, 0)
        result[later, place] = new
    result[0] = 1
    return result * WEIGHTS


@cache
def _tables() -> tuple[Ints, Ints]:
    """Return the primitive polynomials, and the first direction numbers, of every dimension."""
    found = find_spec("scipy")
    [place] = (found and found.submodule_search_locations) or [""]
    with np.load(Path(place) / "stats" / "_sobol_direction_numbers.npz") as tables:
        numbers: list[NDArray[np.int64]] = [tables[name].astype(np.int64) for name in ("poly", "vinit")]
    return numbers[0], numbers[1]
