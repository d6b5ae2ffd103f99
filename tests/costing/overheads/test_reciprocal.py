"""The reciprocal method against its exact solution in fractions, and against distributing again and again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from funding_model.costing.overheads import Array, allocate
from tests.costing.overheads.organisations import Organisation, close, organisations


def exact_reciprocal(own: list[Fraction], usage: list[list[Fraction]]) -> tuple[list[Fraction], list[Fraction]]:
    """Solve x = c + a'x by Gauss elimination in fractions: the pools' gross cost and the operating units' full cost."""
    pools, units = len(usage), len(own)
    rows = [[Fraction(0) if unit == pool else usage[pool][unit] for unit in range(units)] for pool in range(pools)]
    share = [[quantity / sum(row) for quantity in row] for row in rows]
    system = [[Fraction(i == j) - share[j][i] for j in range(pools)] + [own[i]] for i in range(pools)]
    for pivot in range(pools):
        best = next(row for row in range(pivot, pools) if system[row][pivot] != 0)
        system[pivot], system[best] = system[best], system[pivot]
        for row in range(pools):
            if row != pivot:
                factor = system[row][pivot] / system[pivot][pivot]
                system[row] = [a - factor * b for a, b in zip(system[row], system[pivot], strict=True)]
    gross = [system[pool][pools] / system[pool][pool] for pool in range(pools)]
    full = [own[u] + sum((share[k][u] * gross[k] for k in range(pools)), Fraction(0)) for u in range(pools, units)]
    return gross, full


def as_fractions(values: Array) -> Any:  # noqa: ANN401 - nested as the array is
    """Return the exact value of every float."""
    return [as_fractions(row) if isinstance(row, np.ndarray) else Fraction(float(row)) for row in values]


@given(organisations())
def test_reciprocal_equals_the_exact_solution(organisation: Organisation) -> None:
    own, usage = organisation
    gross, full = exact_reciprocal(as_fractions(own), as_fractions(usage))
    shared = allocate(own, usage, "reciprocal")
    assert close(shared.gross, np.array([float(cost) for cost in gross]))
    assert close(shared.full_cost, np.array([float(cost) for cost in full]))


def test_reciprocal_is_exact_where_pools_almost_only_serve_each_other() -> None:
    own = np.array([70.0, 30.0, 0.0, 0.0])
    usage = np.array([[0.0, 1e12, 1.0, 2.0], [1e12, 0.0, 3.0, 0.0]])
    gross, full = exact_reciprocal(as_fractions(own), as_fractions(usage))
    shared = allocate(own, usage, "reciprocal")
    assert shared.gross == pytest.approx([float(cost) for cost in gross], rel=1e-14)
    assert shared.full_cost == pytest.approx([float(cost) for cost in full], rel=1e-14)


@given(organisations())
def test_reciprocal_is_where_repeated_distribution_ends(organisation: Organisation) -> None:
    own, usage = organisation
    pools = len(usage)
    held = own.copy()
    used = usage.copy()
    np.fill_diagonal(used, 0)
    for _ in range(20_000):
        for pool in range(pools):
            cost, held[pool] = held[pool], 0
            held = held + cost * (used[pool] / used[pool].sum())
        if np.abs(held[:pools]).max() < 1e-9:
            break
    assert close(allocate(own, usage, "reciprocal").full_cost, held[pools:])
