"""Our Sobol numbers are SciPy's, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from funding_model.questions.uncertainty.sobol import BITS, sobol


@pytest.mark.parametrize(("dimensions", "power"), [(1, 0), (1, 2), (2, 3), (40, 6), (300, 10), (1_500, 4), (3_000, 1)])
def test_the_numbers_are_those_of_scipy(dimensions: int, power: int) -> None:
    engine = qmc.Sobol(dimensions, scramble=True, bits=BITS, rng=np.random.default_rng(5))
    ours = sobol(2**power, dimensions, np.random.default_rng(5))
    assert np.array_equal(ours, engine.random_base2(power))


def test_fewer_points_are_the_first_of_more() -> None:
    many, few = (sobol(count, 3, np.random.default_rng(7)) for count in (64, 25))
    assert np.array_equal(few, many[:25])
