"""Many cases and years at once have the bits of each by itself."""

from __future__ import annotations

import numpy as np
import pytest

from funding_model.costing.overheads import METHODS, Allocation, Method, allocate
from tests.costing.overheads.organisations import same_bits


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("accumulated", [[False] * 4, [False, True, False, True]])
@pytest.mark.parametrize("operating", [1, 6, 40])
def test_a_batch_has_the_bits_of_its_cases(method: Method, accumulated: list[bool], operating: int) -> None:
    if any(accumulated) and method != "step_down":
        accumulated = [False] * 4
    random = np.random.default_rng(20_260_401)
    own = random.uniform(1, 1e6, (300, 1, 4 + operating))
    usage = random.uniform(0, 50, (3, 4, 4 + operating))
    base = {"base": random.uniform(1, 9, operating)} if method == "single_rate" else {}
    batch = allocate(own, usage, method, order=[2, 0, 3, 1], accumulated=accumulated, **base)
    assert batch.full_cost.shape == (300, 3, operating)
    assert batch.from_pool.shape == (300, 3, 4, operating)
    for case in range(0, 300, 7):
        for year in range(3):
            single = allocate(own[case, 0], usage[year], method, order=[2, 0, 3, 1], accumulated=accumulated, **base)
            parts = (
                batch.full_cost[case, year],
                batch.overhead[case, year],
                batch.gross[case, year],
                batch.from_pool[case, year],
            )
            assert same_bits(single, Allocation(*parts))
