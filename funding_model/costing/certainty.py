"""Certainty: how far ahead funding is confirmed in each month, and what staff and managers make of it.

A flag is ``[reach < threshold]``, the reach counted from the middle of the month to the end of the last award that is
decided. While further awards are already decided the flag is the mean over where the funding ends: at the own award
with chance ``1 - p`` of the next, and so on. ``insecure = k [reach < secure_months] + (1 - k) [min(reach,
break_notice) < secure_months]``, ``k`` = how far staff disregard a break clause. *Frozen* (no hiring) and *closed*
(no intake) read the reach alone: a right to give notice closes nothing until notice is given. A blank threshold is 0
and never met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats, each_month
from funding_model.costing.contract import Award
from funding_model.costing.inputs import Behaviour


@dataclass(frozen=True)
class Certainty:
    """Degrees between 0 and 1; axes (case, service, month)."""

    insecure: Floats
    """How far staff feel that their funding may end soon."""
    frozen: Floats
    """How far hiring has stopped."""
    closed: Floats
    """How far intake has closed."""


def degree_below(award: Award, threshold: Floats, notice: Floats | None = None) -> Floats:
    """Return the mean flag ``[reach < threshold]`` over where confirmed funding may end.

    Args:
        award: The contract's award component.
        threshold: (case, service) months.
        notice: (case, service) months of break notice that bound every reach; None for none.
    """

    def below(depth: int) -> Floats:
        reach = award.reach[:, :, depth]
        if notice is not None:
            reach = np.minimum(reach, notice[:, :, None])
        return each_month(np.less, reach, threshold[:, :, None])

    depths = award.decided.shape[2]
    flag = below(depths)
    for depth in reversed(range(depths)):
        chance = np.where(
            award.extension[:, :, depth], award.extension_probability[:, :, None], award.renewal_probability[:, :, None]
        )
        own = below(depth)
        flag = np.where(award.decided[:, :, depth], chance * flag + (1 - chance) * own, own)
    return flag


def insecurity(award: Award, threshold: Floats) -> Floats:
    """Return how far staff feel insecure when that means confirmed funding for less than ``threshold`` months."""
    plain = degree_below(award, threshold)
    if not np.isfinite(award.break_notice).any():
        return plain
    credibility = award.break_credibility[:, :, None]
    return credibility * plain + (1 - credibility) * degree_below(award, threshold, award.break_notice)


def judge_certainty(award: Award, behaviour: Behaviour) -> Certainty:
    """Return how insecure, frozen and closed each service is in each month."""
    return Certainty(
        insecurity(award, behaviour.secure_months),
        degree_below(award, behaviour.freeze_months),
        degree_below(award, behaviour.close_intake_months),
    )
