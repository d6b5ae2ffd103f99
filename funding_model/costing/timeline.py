"""Timeline: when awards run, when they are decided, when their prices change and when their money arrives.

Awards follow each other: an initial award, its extensions, then the next cycle. The decision on an award falls
``lead`` months before its start (negative: after it); an award is decided in month ``m`` when its decision falls at
or before the middle of the month, ``m + 0.5``. A *boundary* ``b`` lies before month ``b``; boundary M, the end of the
horizon, belongs to it.

A cycle is cut into *segments* at its anniversaries and where an award starts. Payment ``i`` covers ``interval``
months from an award's start, cut at its end; it is due in its first month (advance) or last (arrears) and received in
``max(due, month of the decision) + payment_lag``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints
from funding_model.units import MONTHS_A_YEAR

NO_EVENT, RENEWAL, EXTENSION, BREAK = 0, 1, 2, 3


@dataclass(frozen=True)
class AwardTerms:
    """The terms that shape a timeline, for one service under one contract; months unless stated."""

    months: int
    extensions: int
    extension_months: int
    first_award_end: int | None  # boundary at which the award now running ends
    extensions_used: int
    lead: float
    competed: bool
    letters_for_extensions: bool
    break_notice: float | None
    interval: int
    timing: Literal["advance", "arrears"]
    payment_lag: int


@dataclass(frozen=True)
class AwardSpan:
    """One award: first month, boundary of its end, decision, and its place in a cycle."""

    start: int
    end: int
    decided: float
    extension: bool
    cycle_start: int
    number: int


@dataclass(frozen=True)
class Segment:
    """Months that share one price."""

    start: int
    end: int
    whole_months: int  # its length, months outside the horizon included
    price_year: int  # whole years since the cycle began
    cycle_start: int
    award: int
    opens_cycle: bool
    new_price_year: bool
    closes_award: bool


@dataclass(frozen=True)
class Timeline:
    """One service's timeline under one contract."""

    segments: tuple[Segment, ...]
    segment_of_month: Ints  # (M,)
    end_ahead: Floats  # (M,) months of confirmed funding ahead of the middle of the month
    reach: Floats  # (D, M) months ahead if the D further awards decided by then are made
    decided: Flags  # (D, M) whether a further award is decided
    extension: Flags  # (D, M) whether that award is an extension
    undecided: Floats  # (M,) 1 while the month's own award is undecided
    event: Ints  # (M + 1,) what may end the service at each boundary
    months_of_notice: Floats  # (M + 1,) months between decision and end at each boundary, at least 0
    months_late: Floats  # (M + 1,) months by which the decision comes after the end
    letters: Floats  # (M,) letters in the month
    bids: Floats  # (M,) bids in the month
    competed: Floats  # (M,) 1 in a competed cycle
    received: Ints  # (M,) months whose price has arrived by the end of the month
    received_on_time: Ints  # (M,) the same with prompt decisions


def award_spans(terms: AwardTerms, months: int) -> tuple[AwardSpan, ...]:
    """Return the awards from the one in force in month 0 to the last one decided by the end of the horizon."""
    spans: list[AwardSpan] = []
    extension_at = terms.extensions_used
    if terms.first_award_end is None:
        start = cycle_start = 0
        extension_at = 0
    else:
        length = terms.extension_months if extension_at else terms.months
        start = terms.first_award_end - length
        cycle_start = start - (terms.months + (extension_at - 1) * terms.extension_months if extension_at else 0)
    while True:
        length = terms.extension_months if extension_at else terms.months
        span = AwardSpan(start, start + length, start - terms.lead, extension_at > 0, cycle_start, len(spans))
        spans.append(span)
        if span.end > months and span.end - terms.lead > months:
            return tuple(spans)
        start = span.end
        extension_at += 1
        if extension_at > terms.extensions:
            extension_at, cycle_start = 0, start


def lay_out(terms: AwardTerms, months: int) -> Timeline:
    """Return the timeline of one service under one contract, over so many months."""
    spans = award_spans(terms, months)
    award_of_month = np.zeros(months, np.int64)
    for span in spans:
        award_of_month[max(span.start, 0) : max(span.end, 0)] = span.number
    segments = _segments(spans, months)
    segment_of_month = np.zeros(months, np.int64)
    for number, segment in enumerate(segments):
        segment_of_month[segment.start : segment.end] = number
    reach, decided, extension = _reaches(spans, award_of_month)
    end_ahead = reach[0].copy()
    for depth in range(len(decided)):
        end_ahead = np.where(decided[depth], reach[depth + 1], end_ahead)
    middle = np.arange(months) + 0.5
    own_decision = np.array([spans[award].decided for award in award_of_month])
    event, notice, late = _events(terms, spans, months)
    letters, bids = _effort(terms, spans, months)
    return Timeline(
        segments=segments,
        segment_of_month=segment_of_month,
        end_ahead=end_ahead,
        reach=reach,
        decided=decided,
        extension=extension,
        undecided=(own_decision > middle).astype(float),
        event=event,
        months_of_notice=notice,
        months_late=late,
        letters=letters,
        bids=bids,
        competed=np.full(months, float(terms.competed)),
        received=_received(terms, spans, months, prompt=False),
        received_on_time=_received(terms, spans, months, prompt=True),
    )


def _segments(spans: tuple[AwardSpan, ...], months: int) -> tuple[Segment, ...]:
    pieces: list[tuple[int, int, AwardSpan, int]] = []
    for span in spans:
        start = span.start
        while start < span.end:
            year = (start - span.cycle_start) // MONTHS_A_YEAR
            end = min(span.end, span.cycle_start + (year + 1) * MONTHS_A_YEAR)
            if end > 0 and start < months:
                pieces.append((start, end, span, year))
            start = end
    segments = []
    for place, (start, end, span, year) in enumerate(pieces):
        before = pieces[place - 1] if place else None
        same_cycle = before is not None and before[2].cycle_start == span.cycle_start
        segments.append(
            Segment(
                start=max(start, 0),
                end=min(end, months),
                whole_months=end - start,
                price_year=year,
                cycle_start=span.cycle_start,
                award=span.number,
                opens_cycle=not same_cycle,
                new_price_year=same_cycle and before is not None and before[3] != year,
                closes_award=end == span.end,
            )
        )
    return tuple(segments)


def _reaches(spans: tuple[AwardSpan, ...], award_of_month: Ints) -> tuple[Floats, Flags, Flags]:
    months = len(award_of_month)
    middle = np.arange(months) + 0.5
    ends = np.array([span.end for span in spans], float)
    decisions = np.array([span.decided for span in spans])
    own_decided = decisions[award_of_month] <= middle
    further = [
        sum(1 for span in spans[award + 1 :] if span.decided <= middle[month]) if own_decided[month] else 0
        for month, award in enumerate(award_of_month)
    ]
    depths = max(further)
    reach, decided, extension = (
        np.zeros((depths + 1, months)),
        np.zeros((depths, months), bool),
        np.zeros((depths, months), bool),
    )
    for depth in range(depths + 1):
        award = np.minimum(award_of_month + depth, len(spans) - 1)
        reach[depth] = np.where(own_decided, ends[award] - middle, 0.0)
        if depth:
            decided[depth - 1] = np.array(further) >= depth
            extension[depth - 1] = np.array([spans[number].extension for number in award])
    return reach, decided, extension


def _events(terms: AwardTerms, spans: tuple[AwardSpan, ...], months: int) -> tuple[Ints, Floats, Floats]:
    event = np.zeros(months + 1, np.int64)
    notice, late = np.zeros(months + 1), np.zeros(months + 1)
    for before, span in zip((None, *spans), spans, strict=False):
        if before is not None and span.start <= months:
            event[span.start] = EXTENSION if span.extension else RENEWAL
            notice[span.start] = max(terms.lead, 0.0)
            late[span.start] = max(-terms.lead, 0.0)
        if terms.break_notice is None:
            continue
        for anniversary in range(span.start + MONTHS_A_YEAR, span.end, MONTHS_A_YEAR):
            if 0 < anniversary <= months:
                event[anniversary] = BREAK
                notice[anniversary] = terms.break_notice
    return event, notice, late


def _effort(terms: AwardTerms, spans: tuple[AwardSpan, ...], months: int) -> tuple[Floats, Floats]:
    letters, bids = np.zeros(months), np.zeros(months)
    for span in spans:
        if not 0 <= span.start < months:
            continue
        if not span.extension and terms.competed:
            bids[span.start] = 1.0
        elif not span.extension or terms.letters_for_extensions:
            letters[span.start] = 1.0
    return letters, bids


def _received(terms: AwardTerms, spans: tuple[AwardSpan, ...], months: int, *, prompt: bool) -> Ints:
    arrives = np.full(months, months + 1, np.int64)
    for span in spans:
        decision = span.start if prompt else math.floor(span.decided)
        for first in range(span.start, span.end, terms.interval):
            last = min(first + terms.interval, span.end) - 1
            due = first if terms.timing == "advance" else last
            arrives[max(first, 0) : max(last + 1, 0)] = max(due, decision, 0) + terms.payment_lag
    return np.searchsorted(np.maximum.accumulate(arrives), np.arange(months), side="right").astype(np.int64)
