"""Sobol indices of functions whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from funding_model.costing.arrays import Floats
from funding_model.questions.sensitivity.indices import Indices, sobol_indices

A, B = 7.0, 0.1


def ishigami(shares: Floats) -> Floats:
    x = -np.pi + 2 * np.pi * shares
    result: Floats = np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])
    return result


def additive(shares: Floats) -> Floats:
    result: Floats = 1_000 + shares @ np.array([4.0, 2.0, 1.0, 0.0])
    return result


def within(found: Floats | None, error: Floats | None, expected: list[float], floor: float) -> None:
    assert found is not None
    assert error is not None
    assert (np.abs(found - expected) <= np.maximum(4 * error, floor)).all(), (found, error, expected)


def test_ishigami() -> None:
    found = sobol_indices(ishigami, 3, 4_096, 1)
    first_part = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    second_part = A**2 / 8
    together = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first_part + second_part + together
    assert found.variance == pytest.approx(variance, rel=0.03)
    assert found.mean == pytest.approx(A / 2, rel=0.01)
    first = [first_part / variance, second_part / variance, 0.0]
    total = [(first_part + together) / variance, second_part / variance, together / variance]
    within(found.first, found.first_error, first, 0.01)
    within(found.total, found.total_error, total, 0.01)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=1e-4)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=1e-4)
    assert found.evaluations == 5 * 4_096


def test_an_additive_function_has_the_shares_of_its_terms() -> None:
    found = sobol_indices(additive, 4, 1_024, 2)
    expected = [16 / 21, 4 / 21, 1 / 21, 0.0]
    within(found.first, found.first_error, expected, 0.002)
    within(found.total, found.total_error, expected, 0.002)
    assert found.variance == pytest.approx(21 / 12, rel=0.01)


def test_errors_cover_the_truth_about_as_often_as_they_say() -> None:
    covered = 0
    for seed in range(60):
        found = sobol_indices(additive, 4, 256, seed)
        assert found.total is not None
        assert found.total_error is not None
        covered += abs(found.total[0] - 16 / 21) <= 2.131 * found.total_error[0]
    assert covered >= 50


def test_what_does_not_vary_has_no_shares() -> None:
    found: Indices = sobol_indices(lambda shares: np.full(len(shares), 5.0), 2, 64, 1)
    assert found.first is None
    assert found.total is None
    assert (found.mean, found.variance) == (5.0, 0.0)


def test_the_seed_decides() -> None:
    one, again, other = (sobol_indices(ishigami, 3, 64, seed) for seed in (1, 1, 2))
    assert one.variance == again.variance != other.variance
