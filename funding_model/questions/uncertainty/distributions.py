"""Distributions: the value of a range at a share of the draws, for each kind of distribution.

With ``u`` between 0 and 1, a = low, m = value, b = high:

* uniform: ``a + u (b - a)``;
* triangular: ``a + sqrt(u (b - a) (m - a))`` up to ``u = (m - a) / (b - a)``, then ``b - sqrt((1 - u)(b - a)(b - m))``;
* PERT: ``a + (b - a) B``, B beta with shapes ``1 + 4 (m - a) / (b - a)`` and ``1 + 4 (b - m) / (b - a)``;
* normal: ``m + z s``, z standard normal, ``s = (m - a) / 1.96`` below m and ``(b - m) / 1.96`` above: half of the draws
  lie below m, and 2.5 in 100 beyond either end; it is the plain normal where m is in the middle;
* lognormal: the same of the logarithms;
* discrete: each value as often as its share of the weights.

Normal and lognormal go on beyond low and high, but never beyond the bounds of the unit: what would lie outside is
drawn again inside, ``u`` being spread between the chances of the two bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.questions.uncertainty.ranges import Range
from funding_model.scenario.assumptions import Assumption

LOWEST_SHARE: Final = 0.025
"""Share of the draws of normal and lognormal below low, and above high."""
PERT_WEIGHT: Final = 4.0
"""Weight of the likeliest value of PERT beside the two ends."""


def quantile(drawn: Range, share: Floats) -> Floats:
    """Return the values below which these shares of the draws lie; shares lie between 0 and 1 and are neither."""
    assumption = drawn.assumption
    if assumption.distribution in _TAILED:
        lowest, highest = _chances_of_the_bounds(drawn)
        share = lowest + share * (highest - lowest)
        return _tailed(assumption, share)
    return _BOUNDED[assumption.distribution](assumption, share)


def cut_off(drawn: Range) -> float:
    """Return the share of the distribution that lies outside the bounds of its unit, where nothing is drawn."""
    if drawn.assumption.distribution not in _TAILED:
        return 0.0
    lowest, highest = _chances_of_the_bounds(drawn)
    return lowest + (1.0 - highest)


def _three(assumption: Assumption) -> tuple[float, float, float]:
    low, high = assumption.ends or (0.0, 0.0)
    return low, assumption.value or 0.0, high


def _uniform(assumption: Assumption, share: Floats) -> Floats:
    low, _, high = _three(assumption)
    return low + share * (high - low)


def _triangular(assumption: Assumption, share: Floats) -> Floats:
    low, middle, high = _three(assumption)
    if low == high:
        return np.full(share.shape, middle)
    turn = (middle - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (middle - low))
    falling = high - np.sqrt((1 - share) * (high - low) * (high - middle))
    return np.where(share < turn, rising, falling)


def _pert(assumption: Assumption, share: Floats) -> Floats:
    from scipy.special import betaincinv  # noqa: PLC0415 - only drawing needs scipy, which takes long to load

    low, middle, high = _three(assumption)
    if low == high:
        return np.full(share.shape, middle)
    below, above = (1 + PERT_WEIGHT * side / (high - low) for side in (middle - low, high - middle))
    values: Floats = low + (high - low) * betaincinv(below, above, share)
    return values


def _discrete(assumption: Assumption, share: Floats) -> Floats:
    order = np.argsort(assumption.values, kind="stable")
    values, weights = np.array(assumption.values, float)[order], np.array(assumption.weights, float)[order]
    reached = np.cumsum(weights / weights.sum())[:-1]
    chosen: Floats = values[np.searchsorted(reached, share, side="right")]
    return chosen


def _tailed(assumption: Assumption, share: Floats) -> Floats:
    from scipy.special import ndtri  # noqa: PLC0415 - as in _pert

    to_scale, from_scale = _TAILED[assumption.distribution]
    low, middle, high = (to_scale(value) for value in _three(assumption))
    score = ndtri(share)
    values: Floats = from_scale(middle + np.where(score < 0, middle - low, high - middle) / _end_score() * score)
    return values


def _chances_of_the_bounds(drawn: Range) -> tuple[float, float]:
    """Return the chances that the untruncated distribution lies below the least and the most that the unit allows."""
    from scipy.special import ndtr  # noqa: PLC0415 - as in _pert

    to_scale, _ = _TAILED[drawn.assumption.distribution]
    low, middle, high = (float(to_scale(value)) for value in _three(drawn.assumption))

    def chance(bound: float) -> float:
        on_scale = float(to_scale(bound)) if drawn.assumption.distribution == "normal" or bound > 0 else -np.inf
        spread = (middle - low) if on_scale < middle else (high - middle)
        return float(ndtr((on_scale - middle) / spread * _end_score()))

    least = drawn.unit.minimum
    return 0.0 if least is None else chance(least), chance(drawn.unit.maximum)


@cache
def _end_score() -> float:
    """Return how many standard deviations an end lies from the middle: 1.96."""
    from scipy.special import ndtri  # noqa: PLC0415 - as in _pert

    return -float(ndtri(LOWEST_SHARE))


_BOUNDED: Final[dict[str, Callable[[Assumption, Floats], Floats]]] = {
    "uniform": _uniform,
    "triangular": _triangular,
    "pert": _pert,
    "discrete": _discrete,
}
_TAILED: Final[dict[str, tuple[Callable[..., Floats], Callable[..., Floats]]]] = {
    "normal": (np.asarray, np.asarray),
    "lognormal": (np.log, np.exp),
}
"""The scale on which a distribution is normal, and the way back from it."""
