"""Organisations whose overheads are shared in these tests: one worked out by hand, and generated ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from funding_model.costing.overheads import Allocation, Array, Method, allocate

OWN = np.array([100.0, 60.0, 1000.0, 2000.0])
USAGE = np.array([[7.0, 10.0, 30.0, 60.0], [5.0, 9.0, 15.0, 5.0]])
"""Premises cost 100 and management 60, before X and Y.

Of premises 10 go to management, 30 to X, 60 to Y; of management 5 to premises, 15 to X, 5 to Y; what a pool uses of
itself never counts.
"""
DRIVEN: tuple[Method, ...] = ("direct", "step_down", "reciprocal")
Organisation = tuple[Array, Array]


@st.composite
def organisations(draw: st.DrawFn, *, pools_serve_pools: bool = True) -> Organisation:
    """Draw costs (a pool's may be negative) and a usage in which every pool serves an operating unit."""
    pools, operating = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    quantity = st.integers(0, 40)
    own = [draw(st.integers(-500, 90_000)) for _ in range(pools)] + [
        draw(st.integers(0, 90_000)) for _ in range(operating)
    ]
    usage = np.array([[draw(quantity) for _ in range(pools + operating)] for _ in range(pools)], dtype=float) / 4
    if not pools_serve_pools:
        usage[:, :pools] = 0
    usage[:, pools + draw(st.integers(0, operating - 1))] += draw(st.integers(1, 40)) / 4
    return np.array(own, dtype=float), usage


def run(own_cost: Array, usage: Array, method: Method, **options: Any) -> Allocation:  # noqa: ANN401 - passed on
    """Allocate, with the operating units' places as the base of the single rate unless one is given."""
    if method == "single_rate":
        options.setdefault("base", np.arange(1.0, own_cost.shape[-1] - usage.shape[-2] + 1))
    return allocate(own_cost, usage, method, **options)


def close(left: Array, right: Array) -> bool:
    """Return whether two arrays of pounds agree to 1e-9 of the largest cost."""
    return bool(np.allclose(left, right, rtol=1e-9, atol=1e-9 * 1e5))


def same_bits(left: Allocation, right: Allocation) -> bool:
    """Return whether two allocations are equal bit for bit."""
    names = ("full_cost", "overhead", "gross", "from_pool")
    return all(getattr(left, name).tobytes() == getattr(right, name).tobytes() for name in names)
