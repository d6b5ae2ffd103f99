"""What must be given back when posts stand empty: returned, kept or carried, by the funder's own rule.

The post of every test costs 33,750 pounds a year and stands empty for good where turnover is nil, nobody is hired
and the opening vacancy is entered: a quarter of its pay is then not spent.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from funding_model.costing.model import evaluate
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

QUARTER_EMPTY: Plain = {"opening_vacancy": 0.25, "freeze_months": 240.0}
QUARTER = YEARLY_PAY / 4


def returned(contract: Plain, years: int = 1, **service: object) -> list[float]:
    """Return what is given back in each month."""
    entered: Plain = {"assumptions": QUARTER_EMPTY, **service}
    return of(costed(contract, service=entered, years=years).evaluation.provider.underspend_returned)


def in_months(amounts: dict[int, float], months: int) -> list[float]:
    return [amounts.get(month, 0.0) for month in range(months)]


def test_underspend_is_returned_in_the_last_month_of_each_year() -> None:
    found = returned(simple_contract(months=24), years=2)
    assert found == pytest.approx(in_months({11: QUARTER, 23: QUARTER}, 24))


def test_what_is_kept_is_not_returned() -> None:
    assert returned(simple_contract(payment={"underspend": "kept"})) == [0.0] * 12


def test_what_is_carried_is_returned_when_the_award_ends() -> None:
    contract = simple_contract(months=24, payment={"underspend": "carried"})
    found = costed(contract, service={"assumptions": QUARTER_EMPTY}, years=3).evaluation
    expected = in_months({23: 2 * QUARTER, 35: QUARTER}, 36)  # and at the horizon, where the second award still runs
    assert of(found.provider.underspend_returned) == pytest.approx(expected)
    held = [0.0] * 11 + [QUARTER] * 12 + [0.0] * 13
    assert of(found.flows.carried) == pytest.approx(held)


def test_what_is_carried_adds_up_from_year_to_year() -> None:
    contract = simple_contract(months=36, payment={"underspend": "carried"})
    found = costed(contract, service={"assumptions": QUARTER_EMPTY}, years=3).evaluation
    assert of(found.flows.carried) == pytest.approx([0.0] * 11 + [QUARTER] * 12 + [2 * QUARTER] * 12 + [0.0])
    assert of(found.provider.underspend_returned) == pytest.approx(in_months({35: 3 * QUARTER}, 36))


def test_carried_money_may_be_spent_later_in_the_award() -> None:
    """Rent that starts after the award's first year is not in a price for the establishment of that year."""
    contract = simple_contract(months=24, payment={"underspend": "carried"}, price={"establishment": "award_year"})
    line: Plain = {"name": "New rent", "amount": 3_000.0, "start": "2027-04"}
    found = returned(contract, 2, lines=[line])
    assert found == pytest.approx(in_months({23: 2 * QUARTER - 3_000}, 24))


def test_the_funder_takes_back_its_share_of_what_it_recognises() -> None:
    contract = simple_contract(price={"funded_share": 0.8, "margin": 0.05})
    assert returned(contract) == pytest.approx(in_months({11: 0.8 * QUARTER / 0.95}, 12))


def test_a_flat_rate_on_staff_cost_falls_with_staff_cost() -> None:
    contract = simple_contract(price={"overhead_rule": "flat_on_staff", "overhead_rate": 0.1})
    assert returned(contract) == pytest.approx(in_months({11: 1.1 * QUARTER}, 12))


def test_an_ineligible_post_was_not_paid_for_and_nothing_of_it_is_given_back() -> None:
    posts: list[Plain] = [{"name": "Worker", "fte": 1.0, "salary": 30_000.0, "eligible": False}]
    assert returned(simple_contract(), posts=posts) == [0.0] * 12


def test_cover_is_allowed_with_its_premium() -> None:
    covered: Plain = {**QUARTER_EMPTY, "cover_share": 0.5, "cover_premium": 0.2}
    assert returned(simple_contract(), assumptions=covered) == pytest.approx(
        in_months({11: QUARTER - QUARTER * 0.5 * 1.2}, 12)
    )


def test_lines_that_follow_delivery_are_not_spent_on_empty_posts() -> None:
    line: Plain = {"name": "Car", "category": "travel", "amount": 1_200.0, "per": "delivery_fte"}
    assert returned(simple_contract(), lines=[line]) == pytest.approx(in_months({11: QUARTER + 300}, 12))


def test_what_is_not_spent_in_an_excluded_category_is_out_of_the_base_as_well() -> None:
    """With 10 per cent on cost but travel, 300 pounds of travel not spent lower what is allowed by 300 and no more."""
    line: Plain = {"name": "Car", "category": "travel", "amount": 1_200.0, "per": "delivery_fte"}
    rule: Plain = {"overhead_rule": "modified_base", "overhead_rate": 0.1, "base_exclusions": ["travel"]}
    assert returned(simple_contract(price=rule), lines=[line]) == pytest.approx(
        in_months({11: 1.1 * QUARTER + 300}, 12)
    )


@pytest.mark.parametrize(("kind", "met"), [("match", 0.0), ("co_funding", 1_000.0), ("in_kind", 1_000.0)])
def test_what_co_funders_meet_is_not_allowed_a_second_time(kind: str, met: float) -> None:
    funder: Plain = {"name": "Trust", "kind": kind, "amount_by_year": [1_000.0]}
    assert returned(simple_contract(), other_funders=[funder]) == pytest.approx(in_months({11: QUARTER + met}, 12))


def test_a_co_funder_who_pays_more_than_all_leaves_the_whole_price_to_give_back() -> None:
    funder: Plain = {"name": "Trust", "kind": "co_funding", "amount_by_year": [90_000.0]}
    assert returned(simple_contract(), other_funders=[funder]) == pytest.approx(in_months({11: YEARLY_PAY}, 12))


def test_recruitment_that_the_price_recognises_is_allowed_as_it_was_spent() -> None:
    """Planned: 18 per cent turnover at 1,500 pounds a hire; spent: nothing, as hiring has stopped."""
    contract = simple_contract(price={"recognises": ["recruitment"]})
    assumptions: Plain = {**STEADY, "turnover": 0.18}
    found = costed(
        contract,
        service={"assumptions": {"opening_vacancy": 0.0, "freeze_months": 240.0}},
        assumptions=assumptions,
    ).evaluation
    planned = 12 * 1_500 * 0.015 / (1 + 0.015 * 1.4)
    not_spent = sum(of(found.provider.pay_not_spent))
    assert sum(of(found.planned.full.services.recruitment)) == pytest.approx(planned)
    assert of(found.provider.underspend_returned)[11] == pytest.approx(not_spent + planned)


def test_a_volume_contract_gives_nothing_back() -> None:
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 5.0, "referrals_a_month": 7.0}
    by_volume = simple_contract(payment={"basis": "volume"})
    assert returned(by_volume, people=people) == [0.0] * 12
    # Not even where the price is far above what is spent.
    dear = simple_contract(payment={"basis": "volume"}, price={"current": 90_000.0})
    assert returned(dear, people=people) == [0.0] * 12
    # Without people to count it is paid as a block, and gives back.
    assert returned(by_volume) == pytest.approx(in_months({11: QUARTER}, 12))


def test_with_posts_filled_there_is_nothing_to_give_back() -> None:
    found = costed(simple_contract(), service={"assumptions": QUARTER_EMPTY}).evaluation
    assert of(found.provider.surplus_posts_filled) == pytest.approx([0.0] * 12)
    line: Plain = {"name": "Car", "amount": 1_200.0, "per": "delivery_fte"}
    found = costed(simple_contract(), service={"assumptions": QUARTER_EMPTY, "lines": [line]}).evaluation
    # Lines that follow delivery stay as they are: 300 pounds less spent, and given back in the last month.
    assert of(found.provider.surplus_posts_filled) == pytest.approx([25.0] * 11 + [25.0 - 300.0])


def test_an_overspend_is_never_asked_back() -> None:
    line: Plain = {"name": "New rent", "amount": 50_000.0, "start": "2026-10"}
    contract = simple_contract(price={"current": 30_000.0})
    assert returned(contract, lines=[line]) == [0.0] * 12


def test_contracts_of_other_lengths_and_rules_each_give_back_their_own() -> None:
    contracts = [
        simple_contract("Returned", payment={"underspend": "returned"}),
        simple_contract("Kept", months=6, payment={"underspend": "kept"}),
        simple_contract("Half-yearly", months=6, payment={"underspend": "returned"}),
        simple_contract("Eighteen months", months=18, payment={"underspend": "carried"}),
        simple_contract("Two years", months=24, payment={"underspend": "carried"}),
    ]
    found = costed(*contracts, service={"assumptions": QUARTER_EMPTY}, years=2).evaluation
    half = QUARTER / 2
    back: list[dict[int, float]] = [
        {11: QUARTER, 23: QUARTER},
        {},
        {5: half, 11: half, 17: half, 23: half},
        {17: QUARTER + half, 23: half},  # the first year's is carried to the award's end; the next award runs on
        {23: 2 * QUARTER},
    ]
    held = [{}, {}, {}, dict.fromkeys(range(11, 17), QUARTER), dict.fromkeys(range(11, 23), QUARTER)]
    for case in range(len(contracts)):
        assert of(found.provider.underspend_returned, case) == pytest.approx(in_months(back[case], 24))
        assert of(found.flows.carried, case) == pytest.approx(in_months(held[case], 24))


def test_services_with_awards_of_other_lengths_each_give_back_their_own() -> None:
    halves: Plain = {"term": {"months": 6}}
    services: list[Plain] = [
        {"name": "Yearly", "posts": [POST], "assumptions": QUARTER_EMPTY},
        {"name": "Half-yearly", "posts": [POST], "assumptions": QUARTER_EMPTY, "contract_changes": {"all": halves}},
    ]
    found = costed(services=services).evaluation.provider.underspend_returned
    assert of(found, service=0) == pytest.approx(in_months({11: QUARTER}, 12))
    assert of(found, service=1) == pytest.approx(in_months({5: QUARTER / 2, 11: QUARTER / 2}, 12))


@pytest.mark.parametrize("rule", ["returned", "carried"])
def test_each_case_gives_back_what_its_own_empty_posts_leave(rule: str) -> None:
    found = costed(
        simple_contract(months=24, payment={"underspend": rule}), service={"assumptions": QUARTER_EMPTY}, years=2
    )
    behaviour = found.prepared.inputs.behaviour
    empty = np.array([[0.25], [0.5]])
    inputs = replace(found.prepared.inputs, behaviour=replace(behaviour, opening_vacancy=empty))
    evaluation = evaluate(inputs, found.terms)
    for case, left in enumerate((QUARTER, 2 * QUARTER)):
        back = {11: left, 23: left} if rule == "returned" else {23: 2 * left}
        held = {} if rule == "returned" else dict.fromkeys(range(11, 23), left)
        assert of(evaluation.provider.underspend_returned, case) == pytest.approx(in_months(back, 24))
        assert of(evaluation.flows.carried, case) == pytest.approx(in_months(held, 24))
        kept = [YEARLY_PAY / 12 - amount for amount in in_months(back, 24)]
        assert of(evaluation.provider.income, case) == pytest.approx(kept)
