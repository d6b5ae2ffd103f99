from __future__ import annotations

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.timetable import occasions
from funding_model.report.timetable import decision_words, timetable_grid, timetable_sentences
from funding_model.scenario.library import load_library
from funding_model.scenario.loading import load_text

SCENARIO = """
name: Dates
horizon_years: 3
organisation: {name: Charity, first_month: 2026-04}
services:
  - name: Support
    posts: [{name: Worker, fte: 1, salary: 30000, contractual_notice_weeks: 4}]
  - name: Advice
    posts: [{name: Adviser, fte: 1, salary: 30000, contractual_notice_weeks: 4}]
contracts:
  - {name: Late, term: {months: 12}, award: {lead_months: -2}}
  - {name: Early, term: {months: 24}, award: {lead_months: 3}}
  - {name: Half a month, term: {months: 12}, award: {lead_months: -0.5}}
  - {name: Breakable, term: {months: 36}, award: {lead_months: 6, break_notice_months: 3}}
"""


def found_in(text: str) -> Comparison:
    scenario, problems = load_text(text)
    assert scenario is not None, problems
    return compare(scenario)


def test_a_late_decision_comes_after_the_end_and_puts_everyone_under_notice() -> None:
    found = found_in(SCENARIO)
    first, second, third = occasions(found, 0)
    assert (first.boundary, first.event, first.decided, first.late, first.services) == (12, "renewal", 14, 2, (0, 1))
    assert (second.boundary, third.boundary) == (24, 36)
    assert first.notices > 1.5
    assert decision_words(found, first) == "2 months late, end of May 2027"


def test_an_early_decision_leaves_time_for_notice() -> None:
    found = found_in(SCENARIO)
    [only] = occasions(found, 1)
    assert (only.boundary, only.decided, only.late, only.notices) == (24, 21, 0, 0)
    assert decision_words(found, only) == "3 months before, end of December 2027"


def test_a_decision_in_the_middle_of_a_month_names_it() -> None:
    found = found_in(SCENARIO)
    assert decision_words(found, occasions(found, 2)[0]) == "0.5 months late, in April 2027"


def test_breaks_stand_at_the_anniversaries_and_the_end_of_the_last_award_at_the_end() -> None:
    found = found_in(SCENARIO)
    assert [(each.boundary, each.event) for each in occasions(found, 3)] == [
        (12, "break"),
        (24, "break"),
        (36, "renewal"),
    ]
    assert timetable_sentences(found, 3)[-1] == "The funder may end an award early on 2 dates."


def test_services_with_dates_of_their_own_stand_apart() -> None:
    scenario, _ = load_library("multi_service_charity")
    assert scenario is not None
    found = compare(scenario)
    for case in range(len(found.contracts)):
        grid = timetable_grid(found, case)
        assert len(grid.rows) == len(occasions(found, case))
        named = [place for each in occasions(found, case) for place in each.services]
        assert set(named) <= set(range(len(scenario.services)))
