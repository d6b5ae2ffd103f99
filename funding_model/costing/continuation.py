"""Continuation: the chance that a service goes on, and what it costs when it does not.

``S[0] = 1``; at a boundary where a further award starts S is multiplied by the chance of renewal (or extension), at
an anniversary that can break by ``1 - break_probability``. A drawn path multiplies by 1 or 0: the service goes on
when its uniform number at that boundary is below the same chance.

Exposure at boundary b, over the heads of month b - 1: redundancy = ``multiple x weeks x min(week's pay, cap)``, weeks
= over the last ``min(years, 20)`` years of service 0.5 where the age at the year's start was below 22, 1.5 from 41,
else 1; notice = ``max(0, weeks of notice - weeks between decision and end) x week's cost``, weeks of notice =
``max(contractual, statutory)``. Cohorts entered are scaled to the filled heads of month 0, thinned by ``e^-(sum of
l)`` and age; those hired in month i and still there at its end form a cohort of ``(b - i - 1) // 12`` completed
years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints, running_total
from funding_model.costing.contract import Award
from funding_model.costing.inputs import Calendar, Parts
from funding_model.costing.pay import PayPerHead
from funding_model.costing.staffing import Staffing
from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT, RENEWAL
from funding_model.units import DAYS_A_YEAR, MONTHS_A_YEAR, WEEKS_A_MONTH

WEEK_OF_A_YEAR = 7 / DAYS_A_YEAR
MOST_YEARS = 20
"""Years of service that statutory redundancy counts (ERA 1996 s.162; the same in Northern Ireland)."""
NOTICE_YEARS = 12
"""Statutory notice is a week for each completed year from two to twelve."""


@dataclass(frozen=True)
class Exposure:
    """What ending each service at each boundary would cost, pounds: axes (case, service, month + 1)."""

    redundancy: Floats
    notice: Floats
    notices: Floats
    """Heads under protective notice at the end of an award."""


def survival(award: Award, drawn: Floats | None = None) -> Floats:
    """Return S at each boundary: axes (case, service, month + 1); ``drawn`` are uniform numbers of the same axes."""
    event = award.event
    chance = np.ones(np.broadcast_shapes(event.shape, (len(award.renewal_probability), *event.shape[1:])))
    for kind, probability in (
        (RENEWAL, award.renewal_probability),
        (EXTENSION, award.extension_probability),
        (BREAK, 1 - award.break_probability),
    ):
        chance = np.where(event == kind, probability[:, :, None], chance)
    if drawn is not None:
        chance = (drawn < chance).astype(float)
    first = np.ascontiguousarray(np.moveaxis(chance, -1, 0))
    return np.moveaxis(np.multiply.accumulate(first, axis=0), 0, -1)


def statutory_weeks(years: Ints, age: Ints) -> Floats:
    """Return weeks of redundancy pay for completed years of service at an age, by the statutory scale."""
    weeks = np.zeros(np.broadcast_shapes(years.shape, age.shape))
    for back in range(1, MOST_YEARS + 1):
        at_start = age - back
        factor = np.where(at_start >= 41, 1.5, np.where(at_start >= 22, 1.0, 0.5))  # noqa: PLR2004 - ages of the Act
        weeks += np.where(years >= back, factor, 0.0)
    return weeks


def notice_weeks(contractual: Floats, years: Ints) -> Floats:
    """Return weeks of notice: the contractual ones, or the statutory ones when longer."""
    statutory = np.where(years < 2, 1, np.minimum(years, NOTICE_YEARS))  # noqa: PLR2004 - two years of the Act
    return np.maximum(contractual, statutory)


@dataclass(frozen=True)
class _Group:
    """Heads with the same completed years and age: a slice of parts and their share of each part's heads."""

    part: Ints
    share: Floats  # (case, group) of a part's heads that are in post
    years: Ints
    age: Ints
    known: Flags  # whether years and age were entered


def _groups_at(boundary: int, parts: Parts, staffing: Staffing, joined: Floats) -> list[_Group]:
    """Return who is in post at a boundary: the cohorts entered, then the hired by completed years."""
    services = parts.start.shape[1]
    row_layer, row_owner = parts.row // services, parts.row % services
    elapsed = boundary // MONTHS_A_YEAR
    staying = np.exp(-staffing.hazard[..., boundary])[:, row_owner]
    opening = 1 - staffing.vacant_start[..., 0][:, row_layer, row_owner]
    opening = np.where(parts.present_at_start[row_layer, row_owner], opening, 0.0)
    groups = []
    known = parts.hire_age >= 0
    if len(parts.cohort_part):
        part = parts.cohort_part
        groups.append(
            _Group(
                part,
                parts.cohort_share * opening[:, part] * staying[:, part],
                parts.cohort_years + elapsed,
                parts.cohort_age + elapsed,
                np.ones(len(part), bool),
            )
        )
    every = np.arange(len(parts.owner))
    for years in range((boundary - 1) // MONTHS_A_YEAR + 1):
        last, first = boundary - MONTHS_A_YEAR * years, max(boundary - MONTHS_A_YEAR * (years + 1), 0)
        hired = (joined[..., last] - joined[..., first])[:, row_layer, row_owner] * staying
        groups.append(_Group(every, hired, np.full(len(every), years), parts.hire_age + years, known))
    unlisted = ~known
    if unlisted.any():
        part = every[unlisted]
        groups.append(
            _Group(
                part,
                opening[:, part] * staying[:, part],
                np.zeros(len(part), np.int64),
                np.zeros(len(part), np.int64),
                np.zeros(len(part), bool),
            )
        )
    return groups


def expose(
    award: Award, parts: Parts, staffing: Staffing, heads_cost: PayPerHead, calendar: Calendar, week_pay_cap: Floats
) -> Exposure:
    """Return redundancy and notice at every boundary where a service may end, and protective notices."""
    cases = max(len(award.event), len(staffing.hazard), len(heads_cost.pay))
    services = parts.start.shape[1]
    redundancy, notice, notices = (np.zeros((cases, services, calendar.months + 1)) for _ in range(3))
    survivors = (1 - staffing.vacant_end) - (1 - staffing.vacant_start) * np.exp(-staffing.leaving_rate)[:, None]
    joined = running_total(survivors * parts.active * np.exp(staffing.hazard[..., 1:])[:, None])
    weeks_ahead = award.months_of_notice * WEEKS_A_MONTH
    boundaries = np.flatnonzero((award.event != NO_EVENT).any(axis=(0, 1)))
    for boundary in boundaries:
        month = boundary - 1
        period = calendar.period_of_month[month]
        layers = parts.row // services
        heads = parts.heads * parts.active[layers, parts.owner, month]
        week_pay = heads_cost.gross[..., period] * WEEK_OF_A_YEAR
        week_cost = heads_cost.pay[..., period] * WEEK_OF_A_YEAR
        capped = np.where(parts.redundancy_capped, np.minimum(week_pay, week_pay_cap[month]), week_pay)
        ahead = weeks_ahead[:, parts.owner, boundary]
        shape = (cases, len(parts.owner))
        due, pay_in_notice, noticed = (np.zeros(shape) for _ in range(3))
        for group in _groups_at(int(boundary), parts, staffing, joined):
            part = group.part
            people = heads[part] * group.share
            enough = group.known & (group.years >= parts.redundancy_minimum[part])
            weeks = np.where(enough, statutory_weeks(group.years, group.age), 0.0) * parts.redundancy_multiple[part]
            entitled = np.where(
                group.known, notice_weeks(parts.contractual_notice[part], group.years), parts.contractual_notice[part]
            )
            left = np.maximum(0.0, entitled - ahead[:, part])
            warned = np.maximum(entitled, 1.0) > ahead[:, part]
            _add(due, part, people * weeks * capped[:, part])
            _add(pay_in_notice, part, people * left * week_cost[:, part])
            _add(noticed, part, np.where(warned, people, 0.0))
        ended = award.event[..., boundary]
        for result, values in ((redundancy, due), (notice, pay_in_notice)):
            result[..., boundary] = np.where(ended != NO_EVENT, _by_owner(values, parts.owner, services), 0.0)
        award_end = (ended == RENEWAL) | (ended == EXTENSION)
        notices[..., boundary] = np.where(award_end, _by_owner(noticed, parts.owner, services), 0.0)
    return Exposure(redundancy, notice, notices)


def _add(target: Floats, part: Ints, values: Floats) -> None:
    """Add values to the columns of their parts, one after the other; a part may come several times."""
    for column, number in enumerate(part):
        target[:, number] += values[:, column]


def _by_owner(values: Floats, owner: Ints, owners: int) -> Floats:
    result = np.zeros((values.shape[0], owners))
    for column, number in enumerate(owner):
        result[:, number] += values[:, column]
    return result


def lost_at(path: Floats) -> Floats:
    """Return the fall of survival at each boundary, dated to the month before it: axes (case, service, month)."""
    return path[..., :-1] - path[..., 1:]
