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

from funding_model.costing.arrays import Floats, empty_months, running_total, zero_months
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
    vacant_start: Floats
    vacant_end: Floats
    vacant_mean: Floats
    induction_loss: Floats
    """Share of the row's work lost to induction."""
    hazard: Floats
    """Sum of l over the months before each boundary: axes (case, service, month + 1)."""

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
    base = behaviour.turnover[:, :, None]
    leaving = (base + behaviour.extra_turnover[:, :, None] * certainty.insecure) / MONTHS_A_YEAR
    filling = (1 - certainty.frozen) / behaviour.months_to_fill[:, :, None]
    leaving, filling = np.broadcast_arrays(leaving, filling)
    cases, services, months = leaving.shape
    layers = parts.start.shape[0]
    rate = leaving + filling
    moving = rate > 0
    safe = np.where(moving, rate, 1.0)
    target = np.where(moving, leaving / safe, 0.0)
    gone = -np.expm1(-rate)
    mean_weight = np.where(moving, gone / safe, 1.0)
    base_leaving, base_filling = behaviour.turnover / MONTHS_A_YEAR, 1 / behaviour.months_to_fill
    steady = base_leaving / (base_leaving + base_filling)
    opening = np.where(behaviour.opening_vacancy_entered, behaviour.opening_vacancy, steady)
    vacant = np.where(parts.present_at_start, opening[:, None], 1.0)
    vacant = np.array(np.broadcast_to(vacant, (cases, layers, services)))
    shape = (cases, layers, services)
    start, end, mean = (empty_months(shape, months) for _ in range(3))
    any_later = not parts.present_at_start.all()
    for month in range(months):
        if any_later:
            vacant = np.where(parts.start >= month, np.where(parts.present_at_start, vacant, 1.0), vacant)
        start[..., month] = vacant
        away = vacant - target[:, None, :, month]
        mean[..., month] = vacant - away * (1 - mean_weight[:, None, :, month])
        vacant = vacant - away * gone[:, None, :, month]
        end[..., month] = vacant
    induction = _induction_loss(behaviour, filling, mean, parts)
    return Staffing(leaving, filling, start, end, mean, induction, running_total(leaving))


def _induction_loss(behaviour: Behaviour, filling: Floats, vacant_mean: Floats, parts: Parts) -> Floats:
    weight = behaviour.induction_months * behaviour.induction_loss
    months = vacant_mean.shape[-1]
    if not weight.any():
        return zero_months((1, *parts.start.shape), months)
    hires = filling[:, None] * vacant_mean * parts.active
    loss = np.zeros_like(hires)
    longest = min(int(np.ceil(behaviour.induction_months.max())), months - 1)
    for lag in range(1, longest + 1):
        share = np.clip(behaviour.induction_months - (lag - 1), 0, 1) * behaviour.induction_loss
        loss[..., lag:] += share[:, None, :, None] * hires[..., : months - lag]
    return loss
