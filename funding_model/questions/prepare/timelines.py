"""Timelines: when the awards of each contract run for each service, and where their prices change.

The price of a contract starts afresh with each cycle of awards, or *carries on* from award to award as it moves within
one. A bridge needs the second for the movement of a contract that is never renewed inside the horizon.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from funding_model.costing.inputs import Calendar
from funding_model.costing.timeline import AwardTerms, Segment, Timeline, award_spans, lay_out
from funding_model.questions.prepare.dates import Dates
from funding_model.scenario.contracts import Contract
from funding_model.units import DAYS_A_PAYMENT_MONTH, MONTHS_A_YEAR

MOST_TIMELINES: Final = 512
"""Timelines kept at a time: a few kilobytes each."""


def award_terms(contract: Contract, dates: Dates) -> AwardTerms:
    """Return the terms that shape a timeline."""
    term, award, payment = contract.term, contract.award, contract.payment
    first_end = None if term.first_award_ends is None else dates.index_of(term.first_award_ends, 0) + 1
    return AwardTerms(
        months=term.months,
        extensions=term.extensions,
        extension_months=term.extension_months,
        first_award_end=first_end,
        extensions_used=term.extensions_used,
        lead=award.lead_months,
        competed=award.competed,
        letters_for_extensions=award.letters_for_extensions,
        break_notice=award.break_notice_months,
        interval=payment.interval_months,
        timing=payment.timing,
        payment_lag=math.ceil(payment.days / DAYS_A_PAYMENT_MONTH),
    )


def renewed_within(contract: Contract, dates: Dates) -> bool:
    """Whether a further cycle of awards, not an extension, starts inside the horizon."""
    spans = award_spans(award_terms(contract, dates), dates.months)
    return any(0 < span.start < dates.months and not span.extension for span in spans)


def lay_out_all(
    grid: Sequence[Sequence[Contract]], carrying: Sequence[Sequence[bool]], dates: Dates, calendar: Calendar
) -> list[list[Timeline]]:
    """Return the timeline of each contract for each service; equal terms share one.

    Args:
        grid: (contract, service).
        carrying: (contract, service) whether the price carries on from award to award.
        dates: The scenario's dates.
        calendar: The core's calendar.
    """
    by_contract: dict[tuple[int, bool], Timeline] = {}

    def timeline_of(contract: Contract, *, carries_on: bool) -> Timeline:
        key = (id(contract), carries_on)
        if key not in by_contract:
            by_contract[key] = _timeline(award_terms(contract, dates), calendar.months, carries_on)
        return by_contract[key]

    return [
        [timeline_of(contract, carries_on=carries) for contract, carries in zip(row, own, strict=True)]
        for row, own in zip(grid, carrying, strict=True)
    ]


@lru_cache(maxsize=MOST_TIMELINES)
def _timeline(terms: AwardTerms, months: int, carries_on: bool) -> Timeline:  # noqa: FBT001 - only the names of a key
    """Return the timeline of some terms, laid out once while it is in use: a change leaves most of them as they are."""
    return carry_on(_timeline(terms, months, False)) if carries_on else lay_out(terms, months)  # noqa: FBT003


def carry_on(line: Timeline) -> Timeline:
    """Return a timeline of the same awards in which prices are those of one cycle that never ends.

    Awards are decided, lost and paid as before; only the price does not start afresh with a new cycle: its price years
    are counted from the start of the first one.
    """
    segments = tuple(_cut(line.segments))
    of_month = np.zeros_like(line.segment_of_month)
    for number, segment in enumerate(segments):
        of_month[segment.start : segment.end] = number
    return replace(line, segments=segments, segment_of_month=of_month)


def _cut(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Yield the segments, cut where a price year counted from the first cycle's start begins."""
    began = segments[0].cycle_start
    last_year: int | None = None
    for segment in segments:
        start = segment.start
        while start < segment.end:
            year = (start - began) // MONTHS_A_YEAR
            end = min(segment.end, began + (year + 1) * MONTHS_A_YEAR)
            yield replace(
                segment,
                start=start,
                end=end,
                price_year=year,
                cycle_start=began,
                opens_cycle=last_year is None,
                new_price_year=last_year is not None and year != last_year,
                closes_award=segment.closes_award and end == segment.end,
            )
            start, last_year = end, year
