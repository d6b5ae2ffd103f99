"""Certainty and staffing by hand: who feels insecure, who leaves, who is hired, how many posts stand empty."""

from __future__ import annotations

from math import exp

import pytest

from funding_model.costing.model import Evaluation
from tests.costing.small import POST, STILL, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

MONTHLY_PAY = YEARLY_PAY / 12


def with_certainty(contract: Plain, secure: float = 6.0, **service: object) -> Evaluation:
    assumptions: Plain = {**STILL, "secure_months": secure}
    return costed(contract, service={"assumptions": service}, assumptions=assumptions, years=2).evaluation


# Certainty


def test_insecure_while_less_funding_is_confirmed_than_makes_staff_secure() -> None:
    found = with_certainty(simple_contract())
    # From the middle of month 5 there are 6.5 months to the end, from that of month 6 only 5.5.
    assert of(found.certainty.insecure) == ([0.0] * 6 + [1.0] * 6) * 2
    exactly = with_certainty(simple_contract(), 6.5)
    assert of(exactly.certainty.insecure) == ([0.0] * 6 + [1.0] * 6) * 2  # 6.5 months are not less than 6.5


def test_a_blank_threshold_makes_nobody_insecure() -> None:
    found = costed(simple_contract(award={"lead_months": -3.0}), years=2).evaluation
    assert of(found.certainty.insecure) == [0.0] * 24
    assert of(found.certainty.frozen) == of(found.certainty.closed) == [0.0] * 24


def test_an_undecided_month_has_no_funding_ahead() -> None:
    found = with_certainty(simple_contract(months=24, award={"lead_months": -2.0}), 0.5)
    assert of(found.certainty.insecure) == [1.0, 1.0] + [0.0] * 22  # month 23 has half a month: not less


def test_while_a_decision_may_be_negative_the_flag_is_the_mean_over_where_funding_ends() -> None:
    award: Plain = {"lead_months": 3.0, "renewal_probability": 0.7}
    found = with_certainty(simple_contract(award=award))
    # In months 9 to 11 the next award is decided: with chance 0.7 there are more than six months ahead.
    assert of(found.certainty.insecure) == pytest.approx(([0.0] * 6 + [1.0] * 3 + [0.3] * 3) * 2)


def test_two_further_awards_already_decided_are_weighted_one_after_the_other() -> None:
    award: Plain = {"lead_months": 9.0, "renewal_probability": 0.7}
    found = with_certainty(simple_contract(months=6, award=award), 12.0)
    # Months 0 to 2: own award (5.5 and less) and the next (11.5 and less), all below 12. Months 3 to 5: the one after
    # as well (14.5 to 12.5): insecure unless both are made, 1 - 0.7 x 0.7.
    assert of(found.certainty.insecure)[:6] == pytest.approx([1.0] * 3 + [1 - 0.49] * 3)


def test_an_extension_has_its_own_chance() -> None:
    contract = simple_contract(
        term={"extensions": 1, "extension_months": 12},
        award={"lead_months": 3.0, "renewal_probability": 0.7, "extension_probability": 0.9},
    )
    found = with_certainty(contract)
    assert of(found.certainty.insecure) == pytest.approx(
        [*[0.0] * 6, *[1.0] * 3, *[0.1] * 3, *[0.0] * 6, *[1.0] * 3, *[0.3] * 3]
    )


@pytest.mark.parametrize(("credibility", "degree"), [(0.0, 1.0), (0.4, 0.6), (1.0, 0.0)])
def test_a_break_clause_makes_staff_insecure_as_far_as_they_heed_it(credibility: float, degree: float) -> None:
    award: Plain = {"break_notice_months": 3.0, "break_credibility": credibility}
    found = with_certainty(simple_contract(months=36, award=award), freeze_months=6.0, close_intake_months=6.0)
    assert of(found.certainty.insecure) == pytest.approx([degree] * 24)
    # A right to give notice closes nothing until notice is given.
    assert of(found.certainty.frozen) == of(found.certainty.closed) == [0.0] * 24


def test_freezing_and_closing_have_their_own_thresholds() -> None:
    found = with_certainty(simple_contract(), freeze_months=2.0, close_intake_months=4.0)
    assert of(found.certainty.frozen) == ([0.0] * 10 + [1.0] * 2) * 2
    assert of(found.certainty.closed) == ([0.0] * 8 + [1.0] * 4) * 2


# Staffing


def staffed(years: int = 1, contract: Plain | None = None, post: Plain | None = None, **service: object) -> Evaluation:
    assumptions: Plain = {**STILL, "secure_months": 12.0}
    entered: Plain = {"posts": [{**POST, **(post or {})}], "assumptions": service}
    return costed(contract or simple_contract(), service=entered, assumptions=assumptions, years=years).evaluation


def test_in_the_steady_state_as_many_leave_as_are_hired() -> None:
    found = staffed(turnover=0.24, months_to_fill=2.0, cost_per_hire=1_000.0)
    leaving, filling = 0.02, 0.5
    vacant = leaving / (leaving + filling)
    assert of(found.jobs.vacant) == pytest.approx([vacant] * 12)
    assert of(found.jobs.leavers) == pytest.approx([leaving * (1 - vacant)] * 12)
    assert of(found.jobs.hires) == pytest.approx([filling * vacant] * 12)
    assert of(found.provider.pay_not_spent) == pytest.approx([MONTHLY_PAY * vacant] * 12)
    assert of(found.planned.full.services.recruitment) == pytest.approx([1_000 * filling * vacant] * 12)
    assert of(found.provider.running_terms) == pytest.approx([0.0] * 12)


def test_from_an_entered_vacancy_posts_fill_towards_the_steady_state() -> None:
    found = staffed(turnover=0.24, months_to_fill=2.0, opening_vacancy=0.5)
    rate, steady = 0.52, 0.02 / 0.52
    away = 0.5 - steady
    ends = [steady + away * exp(-rate * month) for month in range(13)]
    means = [steady + away * exp(-rate * month) * (1 - exp(-rate)) / rate for month in range(12)]
    assert of(found.jobs.vacant) == pytest.approx(means)
    assert found.staffing.vacant_start[0, 0, 0].tolist() == pytest.approx(ends[:-1])
    assert found.staffing.vacant_end[0, 0, 0].tolist() == pytest.approx(ends[1:])


def test_a_frozen_post_only_empties_and_fills_again_when_the_freeze_is_over() -> None:
    found = staffed(2, turnover=0.24, months_to_fill=2.0, opening_vacancy=0.0, freeze_months=12.0)
    # Every month has less than twelve months ahead, so nobody is ever hired: filled posts fall by e^-0.02 a month.
    assert found.staffing.vacant_end[0, 0, 0].tolist() == pytest.approx([1 - exp(-0.02 * m) for m in range(1, 25)])
    assert of(found.jobs.hires) == [0.0] * 24
    thawing = staffed(2, turnover=0.24, months_to_fill=2.0, opening_vacancy=0.0, freeze_months=1.0)
    assert [month for month, hires in enumerate(of(thawing.jobs.hires)) if hires == 0] == [11, 23]


def test_nobody_leaves_and_nobody_is_hired_where_both_rates_are_nil() -> None:
    found = staffed(turnover=0.0, opening_vacancy=0.3, freeze_months=240.0)
    assert of(found.jobs.vacant) == [0.3] * 12
    assert of(found.jobs.leavers) == of(found.jobs.hires) == [0.0] * 12


def test_insecurity_adds_to_turnover_and_is_no_part_of_the_plan() -> None:
    found = staffed(turnover=0.12, extra_turnover_when_insecure=0.06, opening_vacancy=0.0, freeze_months=240.0)
    assert of(found.staffing.leaving_rate) == pytest.approx([0.015] * 12)
    secure = staffed(contract=simple_contract(months=60), turnover=0.12, extra_turnover_when_insecure=0.06)
    assert of(secure.staffing.leaving_rate) == pytest.approx([0.01] * 12)
    assert of(found.planned.full.services.recruitment) == pytest.approx(of(secure.planned.full.services.recruitment))


def test_a_post_added_later_starts_empty_and_its_recruitment_is_planned() -> None:
    found = staffed(post={"start": "2026-08"}, turnover=0.24, months_to_fill=2.0, cost_per_hire=1_000.0)
    steady = 0.02 / 0.52
    means = [steady + (1 - steady) * exp(-0.52 * month) * (1 - exp(-0.52)) / 0.52 for month in range(8)]
    assert of(found.jobs.vacant) == pytest.approx([0.0] * 4 + means)
    replaced = 0.02 * 0.5 / 0.52
    planned = [0.0] * 4 + [1_000 * (replaced + 1)] + [1_000 * replaced] * 7
    assert of(found.planned.full.services.recruitment) == pytest.approx(planned)
    spent = [0.0] * 4 + [1_000 * 0.5 * vacant for vacant in means]
    assert of(found.provider.running_terms) == pytest.approx([s - p for s, p in zip(spent, planned, strict=True)])
    assert of(found.jobs.growth_hires) == pytest.approx(
        [0.0] * 4 + [0.5 * vacant - 0.02 * (1 - vacant) for vacant in means]
    )


def test_a_senior_post_costs_the_senior_rate_to_fill() -> None:
    found = staffed(post={"senior": True}, turnover=0.24, months_to_fill=2.0, cost_per_hire_senior=5_000.0)
    assert of(found.planned.full.services.recruitment) == pytest.approx([5_000 * 0.02 * 0.5 / 0.52] * 12)
    assert of(found.provider.running_terms) == pytest.approx([0.0] * 12)
    published = staffed(post={"senior": True}, turnover=0.24, months_to_fill=2.0)
    assert of(published.planned.full.services.recruitment) == pytest.approx([3_000 * 0.02 * 0.5 / 0.52] * 12)


def test_recruitment_follows_prices() -> None:
    found = costed(
        service={"assumptions": {"turnover": 0.24, "months_to_fill": 2.0, "cost_per_hire": 1_000.0}},
        assumptions={**STILL, "cpi": {"every_year": 0.1}},
        years=2,
    ).evaluation
    yearly = 12 * 1_000 * 0.02 * 0.5 / 0.52
    assert sum(of(found.planned.full.services.recruitment)[12:]) == pytest.approx(1.1 * yearly)


def test_cover_buys_a_share_of_empty_pay_at_a_premium() -> None:
    found = staffed(turnover=0.24, months_to_fill=2.0, cover_share=0.6, cover_premium=0.25)
    empty = MONTHLY_PAY * 0.02 / 0.52
    assert of(found.provider.pay_not_spent) == pytest.approx([empty] * 12)
    assert of(found.provider.cover) == pytest.approx([empty * 0.6 * 1.25] * 12)


def test_an_all_in_cost_per_hire_charges_pay_in_full_and_cover_free() -> None:
    found = staffed(turnover=0.24, months_to_fill=2.0, cover_share=0.6, cost_per_hire_all_in=True)
    assert of(found.provider.pay_not_spent) == of(found.provider.cover) == [0.0] * 12
    assert of(found.jobs.vacant) == pytest.approx([0.02 / 0.52] * 12)


def test_secure_posts_are_those_whose_staff_are_secure() -> None:
    found = costed(
        service={"posts": [{**POST, "headcount": 4.0}]}, assumptions={**STILL, "secure_months": 6.0}
    ).evaluation
    assert of(found.jobs.heads) == [4.0] * 12
    assert of(found.jobs.secure_heads) == [4.0] * 6 + [0.0] * 6
