"""Draws beside the quantiles and moments that theory gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from funding_model.costing.arrays import Floats
from funding_model.questions.uncertainty.distributions import cut_off, quantile
from funding_model.questions.uncertainty.ranges import Range
from funding_model.questions.uncertainty.sampling import uniforms
from funding_model.scenario.assumptions import Assumption
from funding_model.units import GROWTH, MONTHS, TURNOVER, Unit

SHARES = np.array([0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.9, 0.975, 0.999])
EVENLY = (np.arange(200_000) + 0.5) / 200_000


def drawn(unit: Unit = MONTHS, **fields: Any) -> Range:  # noqa: ANN401 - fields of an assumption
    return Range(("assumptions", "turnover"), "Turnover", unit, Assumption(**fields))


def at(found: Range, shares: Floats = SHARES) -> Floats:
    return quantile(found, shares)


def test_uniform() -> None:
    found = drawn(value=4, low=2, high=10, distribution="uniform")
    assert at(found) == pytest.approx(2 + 8 * SHARES)


def test_triangular_has_the_quantiles_of_theory() -> None:
    found = drawn(value=4, low=2, high=10, distribution="triangular")
    assert at(found) == pytest.approx(stats.triang(c=(4 - 2) / 8, loc=2, scale=8).ppf(SHARES))
    assert at(found, np.array([0.25])) == pytest.approx([4])
    assert at(found, EVENLY).mean() == pytest.approx((2 + 4 + 10) / 3, rel=1e-6)


def test_pert_has_the_mean_and_spread_of_theory() -> None:
    found = drawn(value=4, low=2, high=10, distribution="pert")
    mean = (2 + 4 * 4 + 10) / 6
    assert at(found, EVENLY).mean() == pytest.approx(mean, rel=1e-6)
    assert at(found, EVENLY).var() == pytest.approx((mean - 2) * (10 - mean) / 7, rel=1e-4)
    assert at(found) == pytest.approx(stats.beta(2, 4, loc=2, scale=8).ppf(SHARES))


@pytest.mark.parametrize("distribution", ["triangular", "pert", "uniform"])
def test_a_range_without_width_is_its_value(distribution: str) -> None:
    found = drawn(value=4, low=4, high=4, distribution=distribution)
    assert at(found).tolist() == [4.0] * len(SHARES)


def test_low_and_high_of_a_normal_are_the_ends_of_95_draws_in_100() -> None:
    found = drawn(GROWTH, value=0.0, low=-0.02, high=0.02, distribution="normal")
    assert at(found, np.array([0.025, 0.5, 0.975])) == pytest.approx([-0.02, 0.0, 0.02], abs=1e-12)
    assert at(found, EVENLY).std() == pytest.approx(0.02 / 1.959964, rel=1e-4)
    assert cut_off(found) == pytest.approx(0.0, abs=1e-12)


def test_a_normal_with_unequal_sides_keeps_all_three_numbers() -> None:
    found = drawn(GROWTH, value=0.0, low=-0.01, high=0.03, distribution="normal")
    assert at(found, np.array([0.025, 0.5, 0.975])) == pytest.approx([-0.01, 0.0, 0.03], abs=1e-12)


def test_a_lognormal_is_a_normal_of_logarithms() -> None:
    found = drawn(value=4, low=2, high=8, distribution="lognormal")
    assert at(found, np.array([0.025, 0.5, 0.975])) == pytest.approx([2, 4, 8])
    spread = np.log(2) / 1.959964
    assert at(found, EVENLY).mean() == pytest.approx(4 * np.exp(spread**2 / 2), rel=1e-4)


def test_no_draw_leaves_the_unit_and_none_piles_up_at_its_bound() -> None:
    found = drawn(TURNOVER, value=0.1, low=0.01, high=0.9, distribution="normal")
    values = at(found, EVENLY)
    below = stats.norm.cdf(-0.1 / (0.09 / 1.959964))
    assert cut_off(found) == pytest.approx(below, rel=1e-6)
    assert values.min() > 0
    assert (values < 1e-4).mean() < 0.001
    # What lies inside the bounds keeps its shape: the draws are those of the whole distribution that lie inside.
    inside = np.sort(quantile(drawn(Unit("any", minimum=None), **_same(found)), EVENLY))
    inside = inside[inside >= 0]
    assert np.median(values) == pytest.approx(np.median(inside), rel=1e-3)


def _same(found: Range) -> dict[str, Any]:
    return found.assumption.model_dump(include={"value", "low", "high", "distribution"})


def test_discrete_values_come_as_often_as_their_weights() -> None:
    found = drawn(value=3, values=[12, 3, 6], weights=[1, 2, 1], distribution="discrete")
    assert at(found, np.array([0.1, 0.49, 0.51, 0.74, 0.76, 0.99])).tolist() == [3, 3, 6, 6, 12, 12]
    assert at(found, EVENLY).mean() == pytest.approx((2 * 3 + 6 + 12) / 4)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 3, "distribution": "discrete"}, "needs values and as many weights"),
        (
            {"value": 3, "values": [3, 4], "weights": [1], "distribution": "discrete"},
            "needs values and as many weights",
        ),
        ({"value": 3, "values": [3, 4], "weights": [0, 0], "distribution": "discrete"}, "one must be above"),
        ({"value": 5, "values": [3, 4], "weights": [1, 1], "distribution": "discrete"}, "must be one of values"),
        ({"value": 3, "low": 1, "high": 4, "values": [3], "weights": [1], "distribution": "discrete"}, "leave low and"),
        ({"value": 3, "values": [3], "weights": [1]}, "say discrete"),
        ({"value": 1, "low": 1, "high": 4, "distribution": "normal"}, "must all differ"),
        ({"value": 1, "low": -1, "high": 4, "distribution": "lognormal"}, "lies above nil"),
        ({"value": 1, "low": 0, "distribution": "pert"}, "needs low, value and high"),
    ],
)
def test_a_distribution_that_cannot_be_drawn_is_refused_in_words(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Assumption(**fields)


@pytest.mark.parametrize("sampler", ["sobol", "latin_hypercube"])
def test_samplers_fill_every_dimension_evenly(sampler: Any) -> None:  # noqa: ANN401 - a literal
    numbers = uniforms(4_096, 7, sampler, 3)
    assert numbers.min() > 0
    assert numbers.max() < 1
    for dimension in range(7):
        found = drawn(value=4, low=2, high=10, distribution="pert")
        values = quantile(found, numbers[:, dimension])
        assert values.mean() == pytest.approx((2 + 4 * 4 + 10) / 6, abs=2e-3)
        assert np.quantile(values, [0.1, 0.5, 0.9]) == pytest.approx(
            stats.beta(2, 4, loc=2, scale=8).ppf([0.1, 0.5, 0.9]), abs=0.02
        )
