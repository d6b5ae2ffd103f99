"""Timelines by hand: awards, segments, decisions, endings, letters and receipts of one service."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funding_model.costing.timeline import (
    BREAK,
    EXTENSION,
    NO_EVENT,
    RENEWAL,
    AwardTerms,
    Timeline,
    award_spans,
    lay_out,
)

ANNUAL = AwardTerms(
    months=12,
    extensions=0,
    extension_months=12,
    first_award_end=None,
    extensions_used=0,
    lead=0.0,
    competed=False,
    letters_for_extensions=True,
    break_notice=None,
    interval=3,
    timing="advance",
    payment_lag=0,
)


def line(terms: AwardTerms, years: int = 2) -> Timeline:
    return lay_out(terms, 12 * years)


def spans(terms: AwardTerms, months: int) -> list[tuple[int, int, bool, int]]:
    """Return start, end, whether it is an extension, and its cycle's start."""
    return [(span.start, span.end, span.extension, span.cycle_start) for span in award_spans(terms, months)]


def cuts(found: Timeline) -> list[tuple[int, int]]:
    return [(segment.start, segment.end) for segment in found.segments]


# Awards and segments


def test_awards_follow_each_other_up_to_the_last_one_decided_by_the_horizon() -> None:
    assert spans(ANNUAL, 24) == [
        (0, 12, False, 0),
        (12, 24, False, 12),
        (24, 36, False, 24),  # it starts at the end of the horizon, which belongs to it
    ]
    # The award that starts at 36 is decided after the horizon six months ahead, and at its end twelve months ahead.
    assert spans(replace(ANNUAL, lead=6.0), 24)[-1] == (24, 36, False, 24)
    assert spans(replace(ANNUAL, lead=12.0), 24)[-1] == (36, 48, False, 36)
    # Decided late, awards are listed until one ends after the horizon all the same.
    assert spans(replace(ANNUAL, lead=-6.0), 24)[-1] == (24, 36, False, 24)


def test_extensions_belong_to_the_cycle_of_the_initial_award() -> None:
    terms = replace(ANNUAL, months=12, extensions=2, extension_months=6)
    assert spans(terms, 30) == [
        (0, 12, False, 0),
        (12, 18, True, 0),
        (18, 24, True, 0),
        (24, 36, False, 24),
    ]


def test_a_first_award_that_ends_in_mid_year_began_before_the_scenario() -> None:
    assert spans(replace(ANNUAL, months=36, first_award_end=5), 24) == [(-31, 5, False, -31), (5, 41, False, 5)]


def test_a_running_extension_is_followed_by_the_extensions_that_are_left() -> None:
    terms = replace(ANNUAL, months=24, extensions=2, extension_months=12, first_award_end=7, extensions_used=1)
    # Initial award from -29 to -5, first extension to 7, second to 19, then a new cycle.
    assert spans(terms, 24) == [(-5, 7, True, -29), (7, 19, True, -29), (19, 43, False, 19)]
    last = replace(terms, extensions_used=2)
    assert spans(last, 12) == [(-5, 7, True, -41), (7, 31, False, 7)]


def test_a_cycle_is_cut_at_its_anniversaries_and_where_an_award_starts() -> None:
    found = line(replace(ANNUAL, months=18, extensions=1, extension_months=18), 3)
    assert cuts(found) == [(0, 12), (12, 18), (18, 24), (24, 36)]
    assert [segment.price_year for segment in found.segments] == [0, 1, 1, 2]
    assert [segment.opens_cycle for segment in found.segments] == [True, False, False, False]
    assert [segment.new_price_year for segment in found.segments] == [False, True, False, True]
    assert [segment.closes_award for segment in found.segments] == [False, True, False, True]
    assert [segment.award for segment in found.segments] == [0, 0, 1, 1]
    assert [segment.cycle_start for segment in found.segments] == [0] * 4
    assert found.segment_of_month.tolist() == [0] * 12 + [1] * 6 + [2] * 6 + [3] * 12


def test_segments_keep_their_whole_length_where_the_horizon_cuts_them() -> None:
    found = line(replace(ANNUAL, months=36, first_award_end=5), 1)
    assert cuts(found) == [(0, 5), (5, 12)]
    # The price year before month 5 began at -7; the one after it ends at 17.
    assert [segment.whole_months for segment in found.segments] == [12, 12]
    assert [segment.price_year for segment in found.segments] == [2, 0]


def test_months_outside_a_short_award_belong_to_the_next_cycle() -> None:
    found = line(replace(ANNUAL, months=9), 2)
    assert cuts(found) == [(0, 9), (9, 18), (18, 24)]
    assert [segment.whole_months for segment in found.segments] == [9, 9, 9]
    assert all(segment.opens_cycle for segment in found.segments)


# Funding confirmed ahead


def test_decided_on_the_day_funding_runs_out_towards_the_award_s_end() -> None:
    found = line(ANNUAL)
    assert found.end_ahead.tolist() == [11.5 - month for month in range(12)] * 2
    assert found.undecided.tolist() == [0.0] * 24
    assert found.decided.shape == (0, 24)


def test_a_decision_counts_from_the_month_in_whose_first_half_it_falls() -> None:
    # Two and a half months late: undecided in months 12 and 13, and decided by the middle of month 14.
    found = line(replace(ANNUAL, lead=-2.5))
    assert found.undecided[12:16].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert found.end_ahead[11:16].tolist() == [0.5, 0.0, 0.0, 9.5, 8.5]
    assert line(replace(ANNUAL, lead=-2.75)).undecided[12:16].tolist() == [1.0, 1.0, 1.0, 0.0]
    # The first award of the scenario is late as well.
    assert found.undecided[:4].tolist() == [1.0, 1.0, 0.0, 0.0]


def test_an_early_decision_adds_the_next_award_to_what_is_confirmed() -> None:
    found = line(replace(ANNUAL, lead=3.0))
    assert found.end_ahead[:13].tolist() == [11.5 - month for month in range(9)] + [14.5, 13.5, 12.5, 11.5]
    assert found.decided[0].tolist() == ([False] * 9 + [True] * 3) * 2
    assert found.reach[0, :12].tolist() == [11.5 - month for month in range(12)]
    assert found.reach[1, :12].tolist() == [23.5 - month for month in range(12)]


def test_a_decision_more_than_an_award_ahead_reaches_over_two_more_awards() -> None:
    found = line(replace(ANNUAL, months=6, lead=9.0), 1)
    # In month 0 the award that starts at 6 is decided (at -3); from month 3 the one that starts at 12 (decided at 3).
    assert found.end_ahead[:4].tolist() == [11.5, 10.5, 9.5, 14.5]
    assert found.decided[:, 3].tolist() == [True, True]
    assert found.decided[:, 2].tolist() == [True, False]


def test_what_follows_an_extension_is_told_from_what_follows_an_award() -> None:
    found = line(replace(ANNUAL, extensions=1, extension_months=12, lead=3.0), 2)
    assert found.extension[0, 9:12].tolist() == [True] * 3
    assert found.extension[0, 21:24].tolist() == [False] * 3


# Endings, letters and bids


def test_a_service_may_end_where_an_award_starts_and_at_anniversaries_with_a_break_clause() -> None:
    terms = replace(ANNUAL, months=24, extensions=1, extension_months=12, break_notice=3.0, lead=2.0)
    found = line(terms, 4)
    events = {boundary: int(event) for boundary, event in enumerate(found.event) if event != NO_EVENT}
    assert events == {12: BREAK, 24: EXTENSION, 36: RENEWAL, 48: BREAK}
    assert [found.months_of_notice[boundary] for boundary in (12, 24, 36, 48)] == [3.0, 2.0, 2.0, 3.0]
    assert found.months_late.tolist() == [0.0] * 49
    without = line(replace(terms, break_notice=None), 4)
    assert {boundary: int(event) for boundary, event in enumerate(without.event) if event} == {
        24: EXTENSION,
        36: RENEWAL,
    }


def test_a_late_decision_gives_no_notice_and_months_at_risk() -> None:
    found = line(replace(ANNUAL, lead=-4.5))
    assert (found.months_of_notice[12], found.months_late[12]) == (0.0, 4.5)
    assert found.event[[0, 12, 24]].tolist() == [NO_EVENT, RENEWAL, RENEWAL]


def test_breaks_of_an_award_that_began_before_the_scenario() -> None:
    found = line(replace(ANNUAL, months=36, first_award_end=17, break_notice=1.0), 2)
    # It began at -19, so its anniversaries are -7 and 5; the next award starts at 17 and its first anniversary is 29.
    assert {boundary: int(event) for boundary, event in enumerate(found.event) if event} == {5: BREAK, 17: RENEWAL}


@pytest.mark.parametrize(
    ("competed", "for_extensions", "letters", "bids"),
    [
        (False, True, [0, 12, 18], []),
        (False, False, [0, 18], []),
        (True, True, [12], [0, 18]),
        (True, False, [], [0, 18]),
    ],
)
def test_letters_and_bids(competed: bool, for_extensions: bool, letters: list[int], bids: list[int]) -> None:  # noqa: FBT001 - a table
    terms = replace(ANNUAL, extensions=1, extension_months=6, competed=competed, letters_for_extensions=for_extensions)
    found = line(terms, 2)
    assert [month for month in range(24) if found.letters[month]] == letters
    assert [month for month in range(24) if found.bids[month]] == bids
    assert found.competed.tolist() == [float(competed)] * 24
    assert set(found.letters.tolist() + found.bids.tolist()) <= {0.0, 1.0}


def test_an_award_that_began_before_the_scenario_needs_no_letter_in_it() -> None:
    found = line(replace(ANNUAL, first_award_end=5), 1)
    assert [month for month in range(12) if found.letters[month]] == [5]


# Receipts: months whose price has arrived by the end of each month


@pytest.mark.parametrize(
    ("interval", "timing", "lag", "arrived"),
    [
        (1, "advance", 0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (1, "arrears", 0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (1, "arrears", 1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        (3, "advance", 0, [3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12]),
        (3, "advance", 2, [0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9, 12]),
        (3, "arrears", 0, [0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9, 12]),
        (3, "arrears", 1, [0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9]),
        (12, "advance", 0, [12] * 12),
        (12, "arrears", 0, [0] * 11 + [12]),
    ],
)
def test_receipts_by_interval_timing_and_days(interval: int, timing: str, lag: int, arrived: list[int]) -> None:
    terms = replace(ANNUAL, interval=interval, timing="advance" if timing == "advance" else "arrears", payment_lag=lag)
    assert line(terms, 1).received.tolist() == arrived


def test_a_late_decision_holds_the_money_back_until_it_is_made() -> None:
    # Decided in month 2.5: the first quarter arrives in month 2, in which the decision falls.
    found = line(replace(ANNUAL, lead=-2.5), 1)
    assert found.received.tolist() == [0, 0, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12]
    assert found.received_on_time.tolist() == [3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12]
    # Decided in month 7 with a month to pay: two quarters arrive together in month 8.
    late = line(replace(ANNUAL, lead=-7.0, payment_lag=1), 1)
    assert late.received.tolist() == [0] * 8 + [9, 9, 12, 12]


def test_a_payment_is_cut_at_the_end_of_its_award_and_counted_from_its_start() -> None:
    # Awards of five months paid each quarter in arrears: months 0-2, 3-4, 5-7, 8-9, 10-12.
    found = line(replace(ANNUAL, months=5, timing="arrears"), 1)
    assert found.received.tolist() == [0, 0, 3, 3, 5, 5, 5, 8, 8, 10, 10, 10]


def test_an_advance_due_before_the_scenario_arrives_in_its_first_month() -> None:
    # The quarter from -1 to 1 was due at -1.
    found = line(replace(ANNUAL, first_award_end=11), 1)
    assert found.received.tolist() == [2, 2, 5, 5, 5, 8, 8, 8, 11, 11, 11, 12]
