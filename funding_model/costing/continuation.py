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

from funding_model.costing.arrays import Floats, Ints, over_layers, running_total, to_back, to_front, zero_months
from funding_model.costing.contract import Award
from funding_model.costing.inputs import Calendar, Parts
from funding_model.costing.pay import PayPerHead
from funding_model.costing.staffing import Staffing
from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT, RENEWAL
from funding_model.units import DAYS_A_YEAR, MONTHS_A_YEAR, WEEKS_A_MONTH

WEEK_OF_A_YEAR = 7 / DAYS_A_YEAR
MOST_YEARS = 20
"""Years of service that statutory redundancy counts (ERA 1996 s.162; the same in Northern Ireland)."""
FULL_RATE_AGE, HIGHER_RATE_AGE = 22, 41
"""Ages at its start from which a year of service counts in full, and at the higher rate (ERA 1996 s.162(2))."""
LOWER_RATE, FULL_RATE, HIGHER_RATE = 0.5, 1.0, 1.5
"""Weeks of pay for a year of service: before either age, from the first one, from the second (ERA 1996 s.162(2))."""
FIRST_NOTICE_YEARS, NOTICE_YEARS = 2, 12
"""Statutory notice is a week for each completed year from two to twelve (ERA 1996 s.86; before that it is one week)."""


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
    return to_back(np.multiply.accumulate(np.ascontiguousarray(to_front(chance)), axis=0))


def statutory_weeks(years: Ints, age: Ints) -> Floats:
    """Return weeks of redundancy pay for completed years of service at an age, by the statutory scale."""
    counted = np.clip(years, 0, MOST_YEARS)
    full = np.clip(age - FULL_RATE_AGE, 0, counted)  # of them, those that began at the first age or later
    higher = np.clip(age - HIGHER_RATE_AGE, 0, counted)
    weeks: Floats = LOWER_RATE * counted + (FULL_RATE - LOWER_RATE) * full + (HIGHER_RATE - FULL_RATE) * higher
    return weeks


def notice_weeks(contractual: Floats, years: Ints) -> Floats:
    """Return weeks of notice: the contractual ones, or the statutory ones when longer."""
    statutory = np.where(years < FIRST_NOTICE_YEARS, 1, np.minimum(years, NOTICE_YEARS))
    return np.maximum(contractual, statutory)


def sum_by_row(values: Floats, rows: Ints, layers: int, services: int) -> Floats:
    """Sum (case, entry) values, sorted by grid row, into rows: axes (case, layer, service)."""
    by_row = np.zeros((values.shape[0], layers * services))
    if len(rows):
        first = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
        by_row[:, rows[first]] = np.add.reduceat(values, first, axis=1)
    return by_row.reshape(values.shape[0], layers, services)


def sum_by_service(values: Floats, rows: Ints, layers: int, services: int) -> Floats:
    """Sum (case, entry) values, sorted by grid row, into services: axes (case, service)."""
    return over_layers(sum_by_row(values, rows, layers, services))


@dataclass(frozen=True)
class _End:
    """What holds at one boundary: the heads of the month before, their pay and the notice that they get of the end."""

    heads: Floats  # (P,)
    heads_cost: PayPerHead
    period: int
    week_cap: float  # most pounds a week that redundancy pay counts
    ahead: Floats  # (C, P) weeks between decision and end
    staying: Floats  # (C, S) share of those in post in month 0 who are still there

    def week_cost(self, part: Ints) -> Floats:
        """Return what a head of some parts costs a week: axes (case, those parts)."""
        yearly = self.heads_cost.pay_of_alike[..., self.period]
        return yearly.take(self.heads_cost.kind[part], axis=1) * WEEK_OF_A_YEAR

    def capped_week(self, parts: Parts, part: Ints) -> Floats:
        """Return the pounds a week that redundancy pay counts: axes (case, those parts)."""
        yearly = self.heads_cost.gross_of_alike[..., self.period]
        week_pay = yearly.take(self.heads_cost.kind[part], axis=1) * WEEK_OF_A_YEAR
        return np.where(parts.redundancy_capped[part], np.minimum(week_pay, self.week_cap), week_pay)


def _add_cohorts(parts: Parts, staffing: Staffing, end: _End, boundary: int, result: list[Floats]) -> None:
    """Add redundancy, notice and notices of the cohorts entered."""
    layers, services = parts.start.shape
    part, elapsed = parts.cohort_part, boundary // MONTHS_A_YEAR
    layer, owner = parts.row[part] // services, parts.owner[part]
    opening = np.where(parts.present_at_start, 1 - staffing.opening, 0.0)[:, layer, owner]
    people = end.heads[part] * parts.cohort_share * opening * end.staying[:, owner]
    years, age = parts.cohort_years + elapsed, parts.cohort_age + elapsed
    enough = years >= parts.redundancy_minimum[part]
    weeks = np.where(enough, statutory_weeks(years, age), 0.0) * parts.redundancy_multiple[part]
    notice = notice_weeks(parts.contractual_notice[part], years)
    ahead = end.ahead[:, part]
    for place, values in enumerate(
        (
            people * weeks * end.capped_week(parts, part),
            people * np.maximum(0.0, notice - ahead) * end.week_cost(part),
            np.where(notice > ahead, people, 0.0),
        )
    ):
        result[place] = result[place] + sum_by_service(values, parts.row[part], layers, services)


def _add_hired(parts: Parts, end: _End, boundary: int, joined: Floats, result: list[Floats]) -> None:
    """Add redundancy, notice and notices of those hired since month 0 into posts whose cohorts are entered."""
    layers, services = parts.start.shape
    part = np.flatnonzero(parts.hire_age >= 0)
    layer, owner = parts.row[part] // services, parts.owner[part]
    ahead, hire_age = end.ahead[:, part], parts.hire_age[part]
    capped_week, week_cost = end.capped_week(parts, part), end.week_cost(part)
    totals: list[Floats] = [np.zeros((1, len(part)))] * 3
    for years in range((boundary - 1) // MONTHS_A_YEAR + 1):
        last, first = boundary - MONTHS_A_YEAR * years, max(boundary - MONTHS_A_YEAR * (years + 1), 0)
        people = (joined[..., last] - joined[..., first])[:, layer, owner] * (end.heads[part] * end.staying[:, owner])
        completed = np.full(len(part), years)
        enough = completed >= parts.redundancy_minimum[part]
        weeks = np.where(enough, statutory_weeks(completed, hire_age + years), 0.0) * parts.redundancy_multiple[part]
        notice = notice_weeks(parts.contractual_notice[part], completed)
        totals[0] = totals[0] + people * weeks * capped_week
        totals[1] = totals[1] + people * np.maximum(0.0, notice - ahead) * week_cost
        totals[2] = totals[2] + np.where(notice > ahead, people, 0.0)
    for place, values in enumerate(totals):
        result[place] = result[place] + sum_by_service(values, parts.row[part], layers, services)


def _add_unlisted(parts: Parts, staffing: Staffing, end: _End, month: int, result: list[Floats]) -> None:
    """Add notice and notices of posts without cohorts: contractual notice only, one week to be warned."""
    layers, services = parts.start.shape
    part = np.flatnonzero(parts.hire_age < 0)
    heads, notice, ahead = end.heads[part], parts.contractual_notice[part], end.ahead[:, part]
    filled = 1 - staffing.vacant_end[..., month]

    def of_filled(values: Floats) -> Floats:
        return over_layers(filled * sum_by_row(values, parts.row[part], layers, services))

    weeks = heads * np.maximum(0.0, notice - ahead)
    if weeks.any():
        result[1] = result[1] + of_filled(weeks * end.week_cost(part))
    result[2] = result[2] + of_filled(np.where(np.maximum(notice, 1.0) > ahead, heads, 0.0))


def expose(
    award: Award, parts: Parts, staffing: Staffing, heads_cost: PayPerHead, calendar: Calendar, week_pay_cap: Floats
) -> Exposure:
    """Return redundancy and notice at every boundary where a service may end, and protective notices."""
    services = parts.start.shape[1]
    layer = parts.layer
    listed, unlisted = (parts.hire_age >= 0).any(), (parts.hire_age < 0).any()
    joined = hazard = np.zeros(1)
    if listed:
        hazard = staffing.hazard
        survivors = (1 - staffing.vacant_end) - (1 - staffing.vacant_start) * np.exp(-staffing.leaving_rate)[:, None]
        joined = running_total(survivors * parts.active * np.exp(hazard[..., 1:])[:, None])
    weeks_ahead = award.months_of_notice * WEEKS_A_MONTH
    dated: dict[int, list[Floats]] = {}
    for boundary in np.flatnonzero((award.event != NO_EVENT).any(axis=(0, 1))).tolist():
        month = boundary - 1
        end = _End(
            heads=parts.heads * parts.active[layer, parts.owner, month],
            heads_cost=heads_cost,
            period=int(calendar.period_of_month[month]),
            week_cap=float(week_pay_cap[month]),
            ahead=weeks_ahead[:, parts.owner, boundary],
            staying=np.exp(-hazard[..., boundary]) if listed else np.ones((1, services)),
        )
        found: list[Floats] = [np.zeros((1, services))] * 3
        if listed:
            _add_cohorts(parts, staffing, end, boundary, found)
            _add_hired(parts, end, boundary, joined, found)
        if unlisted:
            _add_unlisted(parts, staffing, end, month, found)
        ended = award.event[..., boundary]
        award_end = (ended == RENEWAL) | (ended == EXTENSION)
        dated[boundary] = [
            np.where(flag, amount, 0.0)
            for flag, amount in zip((ended != NO_EVENT, ended != NO_EVENT, award_end), found, strict=True)
        ]
    return Exposure(*(_at_boundaries(dated, place, services, calendar.months) for place in range(3)))


def _at_boundaries(dated: dict[int, list[Floats]], place: int, services: int, months: int) -> Floats:
    """Return one kind of amounts at their boundaries, nothing at the others: axes (case, service, month + 1)."""
    cases = max((len(amounts[place]) for amounts in dated.values()), default=1)
    result = zero_months((cases, services), months + 1)
    for boundary, amounts in dated.items():
        result[..., boundary] = amounts[place]
    return result


def lost_at(path: Floats) -> Floats:
    """Return the fall of survival at each boundary, dated to the month before it: axes (case, service, month)."""
    return path[..., :-1] - path[..., 1:]
