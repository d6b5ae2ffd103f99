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

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from funding_model.costing.arrays import (
    Floats,
    Ints,
    each_month,
    months_first,
    running_total,
    to_front,
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
    vacant_heads: Floats
    """Empty posts: axes (case, service, month)."""
    vacant_senior_heads: Floats
    """Those of them that are senior."""
    vacant_delivery_fte: Floats
    """Delivery FTE of the empty posts: axes (case, service, month)."""
    induction_fte: Floats
    """Delivery FTE lost to induction: axes (case, service, month)."""

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


DECIDE_VACANCIES: Final = (
    "turnover", "extra_turnover", "months_to_fill", "opening_vacancy", "opening_vacancy_entered",
)  # fmt: skip
"""Assumptions that decide the vacant share of a row of posts."""


def staff(behaviour: Behaviour, certainty: Certainty, parts: Parts) -> Staffing:
    """Return vacancies, leavers and hires of the services' posts, month by month."""
    months = parts.active.shape[-1]
    narrow = _one_for_all(behaviour, certainty, parts)
    leaving, filling = _rates(*narrow[:2])
    opening, mean, end = _vacancies(narrow[0], narrow[2], leaving, filling)
    cases, layers, services = mean.shape[0], *parts.start.shape
    opening = np.broadcast_to(opening, (cases, layers, services))
    mean, end = (np.broadcast_to(each, (cases, layers, services, months)) for each in (mean, end))
    shape = (cases, services, months)
    leaving, filling = np.broadcast_to(leaving, shape), np.broadcast_to(filling, shape)
    heads, senior, delivery = (
        months_first(per_row[:, :, None] * parts.active)
        for per_row in (parts.row_heads, parts.row_senior_heads, parts.row_delivery_fte)
    )
    empty_fte = weighted(delivery, mean)
    return Staffing(
        leaving_rate=leaving,
        filling_rate=filling,
        opening=opening,
        first_month=parts.start,
        vacant_end=end,
        vacant_mean=mean,
        vacant_heads=weighted(heads, mean),
        vacant_senior_heads=weighted(senior, mean) if senior.any() else zero_months((1, *shape[1:2]), months),
        vacant_delivery_fte=empty_fte,
        induction_fte=_induction(behaviour, parts, filling, mean, empty_fte),
    )


def _one_for_all(behaviour: Behaviour, certainty: Certainty, parts: Parts) -> tuple[Behaviour, Certainty, Parts]:
    """Return one service that stands for all where their vacancies are the same, as when an assumption is drawn once.

    Only what decides the vacant share of a row is looked at and narrowed.
    """
    grid = parts.start, parts.present_at_start
    degrees = {name: getattr(certainty, name) for name in ("insecure", "frozen")}
    columns = {name: getattr(behaviour, name) for name in DECIDE_VACANCIES}
    for array in (*grid, *columns.values(), *degrees.values()):
        if not (array == array[:, :1]).all():
            return behaviour, certainty, parts
    return (
        replace(behaviour, **{name: array[:, :1] for name, array in columns.items()}),
        replace(certainty, **{name: array[:, :1] for name, array in degrees.items()}),
        replace(parts, start=parts.start[:, :1], present_at_start=parts.present_at_start[:, :1]),
    )


def _rates(behaviour: Behaviour, certainty: Certainty) -> tuple[Floats, Floats]:
    """Return l and q, by month or the same for every month."""
    leaving = behaviour.turnover[:, :, None] / MONTHS_A_YEAR
    if behaviour.extra_turnover.any() and certainty.insecure.any():
        extra = each_month(np.multiply, certainty.insecure, behaviour.extra_turnover[:, :, None])
        leaving = each_month(np.add, extra, behaviour.turnover[:, :, None])
        leaving /= MONTHS_A_YEAR
    filling = 1 / behaviour.months_to_fill[:, :, None]
    if certainty.frozen.any():
        filling = each_month(np.divide, 1 - certainty.frozen, behaviour.months_to_fill[:, :, None])
    return leaving, filling


def _vacancies(behaviour: Behaviour, parts: Parts, leaving: Floats, filling: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the vacant share when a row starts, and on average and at the end of each month.

    ``leaving`` and ``filling`` are l and q, by month or the same for every month.
    """
    months = parts.active.shape[-1]
    target, gone, settled = map(to_front, _settling(leaving, filling))
    base_leaving, base_filling = behaviour.turnover / MONTHS_A_YEAR, 1 / behaviour.months_to_fill
    steady = base_leaving / (base_leaving + base_filling)
    opening = np.where(behaviour.opening_vacancy_entered, behaviour.opening_vacancy, steady)
    layers, services = parts.start.shape
    shape = (layers, max(len(opening), target.shape[1]), services)
    starts, present = parts.start[:, None], parts.present_at_start[:, None]
    vacant = first = np.array(np.broadcast_to(np.where(present, opening, 1.0), shape))
    mean, end, away = np.empty((months, *shape)), np.empty((months, *shape)), np.empty(shape)
    last_start = int(starts.max(initial=0))
    constant = len(target) == 1
    for month in range(months):
        place = 0 if constant else month
        if month <= last_start:
            vacant = np.where(starts >= month, first, vacant)
        np.subtract(vacant, target[place], out=away)
        np.multiply(away, settled[place], out=mean[month])
        np.subtract(vacant, mean[month], out=mean[month])
        np.multiply(away, gone[place], out=away)
        vacant = np.subtract(vacant, away, out=end[month])
    return first.transpose(1, 0, 2), mean.transpose(2, 1, 3, 0), end.transpose(2, 1, 3, 0)


def _settling(leaving: Floats, filling: Floats) -> tuple[Floats, Floats, Floats]:
    """Return v*, 1 - e^-(l + q) and 1 - (1 - e^-(l + q)) / (l + q), as ``leaving`` and ``filling`` have their axes."""
    rate = leaving + filling
    gone = np.negative(rate)
    np.negative(np.expm1(gone, out=gone), out=gone)
    if rate.min(initial=1.0) > 0:
        settled = np.divide(gone, rate)
        return np.divide(leaving, rate, out=rate), gone, np.subtract(1.0, settled, out=settled)
    moving = rate > 0
    safe = np.where(moving, rate, 1.0)
    return np.where(moving, leaving / safe, 0.0), gone, 1 - np.where(moving, gone / safe, 1.0)


def _induction(behaviour: Behaviour, parts: Parts, filling: Floats, mean: Floats, empty_fte: Floats) -> Floats:
    """Return the delivery FTE lost to induction, of those hired in earlier months whose posts are still there."""
    weight = behaviour.induction_months * behaviour.induction_loss
    months = mean.shape[-1]
    if not weight.any():
        return zero_months((1, parts.start.shape[1]), months)
    ends = (parts.active[..., 1:] < parts.active[..., :-1]).any()
    loss = zero_months(np.broadcast_shapes(weight.shape, filling.shape[:-1]), months)
    hired = filling * empty_fte
    longest = min(int(np.ceil(behaviour.induction_months.max())), months - 1)
    for lag in range(1, longest + 1):
        share = np.clip(behaviour.induction_months - (lag - 1), 0, 1) * behaviour.induction_loss
        earlier = hired[..., : months - lag]
        if ends:
            still = parts.row_delivery_fte[:, :, None] * parts.active[..., lag:] * parts.active[..., : months - lag]
            earlier = filling[..., : months - lag] * weighted(still, mean[..., : months - lag])
        loss[..., lag:] += share[:, :, None] * earlier
    return loss
