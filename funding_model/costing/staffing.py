"""Staffing: who leaves, who is hired, and how many posts stand empty.

``l = (turnover + extra_turnover x insecure) / 12``, ``q = (1 - frozen) / months_to_fill``; the vacant share v of a
part follows ``dv/dt = l (1 - v) - q v``, exactly month by month:

``v* = l / (l + q)``, ``v_end = v* + (v_start - v*) e^-(l + q)``, ``v_mean = v* + (v_start - v*) (1 - e^-(l + q)) / (l
+ q)``.

Parts there in month 0 start at ``opening_vacancy`` or the steady state of base turnover; parts added later start
empty. Leavers = heads x l (1 - v_mean), hires = heads x q v_mean, so ``v_end - v_start = leavers - hires`` for each
head. Induction loss = ``(1 - productivity) x sum over lags of clip(induction_months - (lag - 1), 0, 1) x hires of
month m - lag``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import (
    Floats,
    Ints,
    each_month,
    empty_months,
    months_first,
    running_total,
    weighted,
    zero_months,
)
from funding_model.costing.certainty import Certainty
from funding_model.costing.inputs import Behaviour, Parts
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Staffing:
    """Shares of the heads of each row of the grid; axes (case, layer, service, month) unless stated."""

    leaving_rate: Floats
    """l, a month: axes (case, service, month)."""
    filling_rate: Floats
    """q, a month: axes (case, service, month)."""
    opening: Floats
    """Vacant share when the row starts: axes (case, layer, service)."""
    first_month: Ints
    """(layer, service) month in which the row starts."""
    vacant_end: Floats
    vacant_mean: Floats
    induction_loss: Floats
    """Share of the row's work lost to induction."""
    vacant_heads: Floats
    """Empty posts: axes (case, service, month)."""
    vacant_senior_heads: Floats
    """Those of them that are senior."""
    vacant_delivery_fte: Floats
    """Delivery FTE of the empty posts: axes (case, service, month)."""

    @property
    def vacant_start(self) -> Floats:
        """Vacant share at the start of each month."""
        before = np.concatenate([self.opening[..., None], self.vacant_end[..., :-1]], axis=-1)
        months = np.arange(before.shape[-1])
        return np.where(months <= self.first_month[:, :, None], self.opening[..., None], before)

    @property
    def hazard(self) -> Floats:
        """Sum of l over the months before each boundary: axes (case, service, month + 1)."""
        return running_total(self.leaving_rate)

    @property
    def leavers(self) -> Floats:
        """Leavers for each head and month, whether the row is active or not."""
        return self.leaving_rate[:, None] * (1 - self.vacant_mean)

    @property
    def hires(self) -> Floats:
        """Hires for each head and month, whether the row is active or not."""
        return self.filling_rate[:, None] * self.vacant_mean


def staff(behaviour: Behaviour, certainty: Certainty, parts: Parts) -> Staffing:
    """Return vacancies, leavers and hires of the services' posts, month by month."""
    leaving = behaviour.turnover[:, :, None] / MONTHS_A_YEAR
    if behaviour.extra_turnover.any() and certainty.insecure.any():
        extra = each_month(np.multiply, behaviour.extra_turnover[:, :, None], certainty.insecure)
        leaving = (behaviour.turnover[:, :, None] + extra) / MONTHS_A_YEAR
    filling = 1 / behaviour.months_to_fill[:, :, None]
    if certainty.frozen.any():
        filling = each_month(np.divide, 1 - certainty.frozen, behaviour.months_to_fill[:, :, None])
    rate = leaving + filling
    moving = rate > 0
    safe = np.where(moving, rate, 1.0)
    target = np.where(moving, leaving / safe, 0.0)
    gone = -np.expm1(-rate)
    settled = 1 - np.where(moving, gone / safe, 1.0)
    opening, mean, end = _vacancies(behaviour, parts, target, gone, settled)
    months = parts.active.shape[-1]
    shape = (mean.shape[0], mean.shape[2], months)
    leaving, filling = np.broadcast_to(leaving, shape), np.broadcast_to(filling, shape)
    heads, senior, delivery = (
        months_first(per_row[:, :, None] * parts.active)
        for per_row in (parts.row_heads, parts.row_senior_heads, parts.row_delivery_fte)
    )
    return Staffing(
        leaving_rate=leaving,
        filling_rate=filling,
        opening=opening,
        first_month=parts.start,
        vacant_end=end,
        vacant_mean=mean,
        induction_loss=_induction_loss(behaviour, filling, mean, parts),
        vacant_heads=weighted(heads, mean),
        vacant_senior_heads=weighted(senior, mean) if senior.any() else zero_months((1, *shape[1:2]), months),
        vacant_delivery_fte=weighted(delivery, mean),
    )


def _vacancies(
    behaviour: Behaviour, parts: Parts, target: Floats, gone: Floats, settled: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the vacant share when a row starts, and on average and at the end of each month.

    ``target``, ``gone`` and ``settled`` are v*, 1 - e^-(l + q) and 1 - (1 - e^-(l + q)) / (l + q), by month or the same
    for every month.
    """
    months = parts.active.shape[-1]
    base_leaving, base_filling = behaviour.turnover / MONTHS_A_YEAR, 1 / behaviour.months_to_fill
    steady = base_leaving / (base_leaving + base_filling)
    opening = np.where(behaviour.opening_vacancy_entered, behaviour.opening_vacancy, steady)
    layers, services = parts.start.shape
    shape = (max(len(opening), len(target)), layers, services)
    mean, end = empty_months(shape, months), empty_months(shape, months)
    vacant = first = np.array(np.broadcast_to(np.where(parts.present_at_start, opening[:, None], 1.0), shape))
    constant = target.shape[-1] == 1
    for month in range(months):
        place = 0 if constant else month
        later = parts.start >= month
        if later.any():
            vacant = np.where(later, first, vacant)
        away = vacant - target[:, None, :, place]
        np.subtract(vacant, away * settled[:, None, :, place], out=mean[..., month])
        vacant = vacant - away * gone[:, None, :, place]
        end[..., month] = vacant
    return first, mean, end


def _induction_loss(behaviour: Behaviour, filling: Floats, vacant_mean: Floats, parts: Parts) -> Floats:
    weight = behaviour.induction_months * behaviour.induction_loss
    months = vacant_mean.shape[-1]
    if not weight.any():
        return zero_months((1, *parts.start.shape), months)
    hires = filling[:, None] * vacant_mean * parts.active
    loss = zero_months(np.broadcast_shapes(weight[:, None].shape, hires.shape[:-1]), months)
    longest = min(int(np.ceil(behaviour.induction_months.max())), months - 1)
    for lag in range(1, longest + 1):
        share = np.clip(behaviour.induction_months - (lag - 1), 0, 1) * behaviour.induction_loss
        loss[..., lag:] += share[:, None, :, None] * hires[..., : months - lag]
    return loss
