"""Cash and reserves by hand: when money comes, what is owed, interest, restricted income, and losing a service."""

from __future__ import annotations

import numpy as np
import pytest

from funding_model.costing.model import evaluate
from funding_model.questions.compare import Comparison
from funding_model.questions.totals import losses
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

MONTHLY = YEARLY_PAY / 12


def account(contract: Plain | None = None, service: Plain | None = None, **organisation: object) -> Comparison:
    opening: Plain = {"opening_cash": 10_000.0, "opening_free_reserves": 6_000.0, **organisation}
    return costed(contract or simple_contract(), service=service, organisation=opening)


def test_paid_monthly_in_advance_cash_stands_still() -> None:
    cash = account(simple_contract(payment={"interval_months": 1})).evaluation.cash
    assert cash.balance[0].tolist() == pytest.approx([10_000.0] * 12)
    assert of(cash.debtors) == pytest.approx([0.0] * 12)
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000.0] * 12)


def test_paid_quarterly_in_arrears_with_thirty_days() -> None:
    payment: Plain = {"interval_months": 3, "timing": "arrears", "days": 30.0}
    cash = account(simple_contract(payment=payment)).evaluation.cash
    received = [0.0, 0.0, 0.0, 3 * MONTHLY, 0.0, 0.0, 3 * MONTHLY, 0.0, 0.0, 3 * MONTHLY, 0.0, 0.0]
    assert of(cash.received) == pytest.approx(received)
    assert of(cash.paid) == pytest.approx([MONTHLY] * 12)
    owed = [MONTHLY * months for months in (1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3)]
    assert of(cash.debtors) == pytest.approx(owed)
    assert cash.balance[0].tolist() == pytest.approx([10_000 - debt for debt in owed])
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000.0] * 12)


def test_paid_yearly_in_advance_the_funder_is_owed_service() -> None:
    cash = account(simple_contract(payment={"interval_months": 12})).evaluation.cash
    ahead = [YEARLY_PAY - MONTHLY * (month + 1) for month in range(12)]
    assert of(cash.debtors) == pytest.approx([-amount for amount in ahead])
    assert cash.balance[0].tolist() == pytest.approx([10_000 + amount for amount in ahead])


@pytest.mark.parametrize(("days", "months"), [(0.0, 0), (1.0, 1), (31.0, 1), (32.0, 2), (62.0, 2), (63.0, 3)])
def test_days_are_counted_in_whole_months(days: float, months: int) -> None:
    cash = account(simple_contract(payment={"interval_months": 1, "days": days})).evaluation.cash
    assert of(cash.received) == pytest.approx([0.0] * months + [MONTHLY] * (12 - months))


def test_overdraft_interest_is_on_what_is_overdrawn_at_the_month_s_opening() -> None:
    payment: Plain = {"interval_months": 1, "days": 60.0}
    found = account(simple_contract(payment=payment), opening_cash=1_000.0, borrowing_rate=0.12).evaluation
    balance, interest = [], []
    cash = 1_000.0
    for month in range(12):
        charge = 0.01 * max(0.0, -cash)
        cash += (MONTHLY if month >= 2 else 0.0) - MONTHLY - charge
        interest.append(charge)
        balance.append(cash)
    assert interest[:2] == [0.0, pytest.approx(0.01 * (MONTHLY - 1_000))]
    assert found.cash.interest[0].tolist() == pytest.approx(interest)
    assert found.cash.balance[0].tolist() == pytest.approx(balance)
    # Interest is a line of the organisation: it lowers reserves and is in no service's surplus.
    assert found.cash.free_reserves[0, -1] == pytest.approx(6_000 - sum(interest))
    assert of(found.money.surplus) == pytest.approx([0.0])


def test_costs_without_cash_lower_reserves_and_leave_the_bank_alone() -> None:
    lines: list[Plain] = [{"name": "Depreciation", "amount": 1_200.0, "cash": False, "eligible": False}]
    monthly = simple_contract(payment={"interval_months": 1})
    cash = account(monthly, {"lines": lines}).evaluation.cash
    assert cash.balance[0].tolist() == pytest.approx([10_000.0] * 12)
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000 - 100.0 * month for month in range(1, 13)])


def test_gifts_in_kind_move_no_cash_and_other_funders_pay_evenly() -> None:
    monthly = simple_contract(payment={"interval_months": 1, "underspend": "kept"})
    gift: Plain = {"name": "Church", "kind": "in_kind", "amount_by_year": [2_400.0]}
    trust: Plain = {"name": "Trust", "kind": "co_funding", "amount_by_year": [1_200.0]}
    cash = account(monthly, {"other_funders": [gift, trust]}).evaluation.cash
    assert cash.balance[0].tolist() == pytest.approx([10_000 + 100.0 * month for month in range(1, 13)])


def test_underspend_is_repaid_in_the_month_after_it_is_found() -> None:
    empty: Plain = {"assumptions": {"opening_vacancy": 0.5, "freeze_months": 240.0}}
    found = costed(
        simple_contract(payment={"interval_months": 1}),
        service=empty,
        years=2,
        organisation={"opening_cash": 10_000.0, "opening_free_reserves": 6_000.0},
    ).evaluation
    half = MONTHLY / 2
    balance = [10_000 + half * (month + 1) for month in range(12)]
    balance += [10_000 + half * (month - 11) for month in range(12, 24)]
    assert found.cash.balance[0].tolist() == pytest.approx(balance)
    # What is found in March is owed to the funder until it is paid in April, or beyond the horizon.
    debtors = [0.0] * 11 + [-6 * MONTHLY] + [0.0] * 11 + [-6 * MONTHLY]
    assert of(found.cash.debtors) == pytest.approx(debtors)


# Reserves


def restricted(**price: object) -> Plain:
    return simple_contract(price={"income_restricted": True, **price}, payment={"interval_months": 1})


def test_restricted_income_meets_cost_and_what_is_left_is_no_free_reserve() -> None:
    # 6,000 a year more than the cost, kept for the same purpose.
    contract = restricted(current=YEARLY_PAY + 6_000)
    cash = account({**contract, "payment": {"interval_months": 1, "underspend": "kept"}}).evaluation.cash
    assert of(cash.restricted) == pytest.approx([500.0 * month for month in range(1, 13)])
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000.0] * 12)
    assert cash.balance[0].tolist() == pytest.approx([10_000 + 500.0 * month for month in range(1, 13)])


def test_what_restricted_income_does_not_meet_comes_out_of_free_reserves() -> None:
    cash = account(restricted(current=YEARLY_PAY - 6_000)).evaluation.cash
    assert of(cash.restricted) == [0.0] * 12
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000 - 500.0 * month for month in range(1, 13)])


def test_restricted_income_left_from_one_year_meets_the_next_and_not_the_one_before() -> None:
    # 1,200 less than the cost in the first year, 2,400 more in the second, 1,800 less in the third.
    schedule = [YEARLY_PAY - 1_200, YEARLY_PAY + 2_400, YEARLY_PAY - 1_800]
    contract = simple_contract(
        price={"income_restricted": True, "schedule": schedule},
        payment={"interval_months": 1, "underspend": "kept"},
    )
    cash = costed(contract, years=3, organisation={"opening_free_reserves": 6_000.0}).evaluation.cash
    free = cash.free_reserves[0]
    assert free[[11, 23, 35]].tolist() == pytest.approx([4_800, 4_800, 4_800])
    assert of(cash.restricted)[11::12] == pytest.approx([0.0, 2_400.0, 600.0])


def test_restricted_funds_held_at_the_start_meet_cost_before_reserves_do() -> None:
    # 6,000 a year less than the cost, and 7,500 of earlier income in hand: it lasts for 15 months of the gap of 500.
    contract = restricted(schedule=[YEARLY_PAY - 6_000] * 2)
    held: Plain = {"opening_restricted_funds": 7_500.0}
    money: Plain = {"opening_cash": 10_000.0, "opening_free_reserves": 6_000.0}
    found = costed(contract, service=held, years=2, organisation=money)
    cash = found.evaluation.cash
    assert of(cash.restricted) == pytest.approx([max(0, 7_500 - 500.0 * month) for month in range(1, 25)])
    assert cash.free_reserves[0].tolist() == pytest.approx(
        [6_000 - max(0, 500 * month - 7_500) for month in range(1, 25)]
    )
    # Cash knows nothing of whose it is.
    assert cash.balance[0].tolist() == pytest.approx([10_000 - 500.0 * month for month in range(1, 25)])
    assert found.passed


def test_within_a_year_restricted_income_meets_cost_of_the_year_whenever_it_comes() -> None:
    """The only cost is in May, six times the month's grant; by September the grant has met it."""
    lines: list[Plain] = [{"name": "Trip", "amount": 600.0, "per": "once", "start": "2026-05"}]
    contract = restricted(schedule=[1_200.0])
    found = account({**contract, "payment": {"interval_months": 1, "underspend": "kept"}},
                    {"posts": [], "lines": lines}).evaluation.cash  # fmt: skip
    left = [100, -400, -300, -200, -100, 0, 100, 200, 300, 400, 500, 600]
    assert of(found.restricted) == pytest.approx([max(0, amount) for amount in left])
    assert found.free_reserves[0].tolist() == pytest.approx([6_000 + min(0, amount) for amount in left])


def test_unrestricted_income_adds_to_free_reserves_and_restricted_income_of_others_does_not() -> None:
    kept: Plain = {"interval_months": 1, "underspend": "kept"}
    trust: Plain = {"name": "Trust", "amount_by_year": [1_200.0], "income_restricted": True}
    donors: Plain = {"name": "Donors", "amount_by_year": [2_400.0], "income_restricted": False}
    both: Plain = {"other_funders": [trust, donors]}
    free = account(simple_contract(payment=kept, price={"current": 30_000.0}), both).evaluation.cash
    # 1,200 of the cost is met from restricted income; free reserves gain 30,000 and 2,400 and bear the rest.
    assert free.free_reserves[0, -1] == pytest.approx(6_000 + 32_400 - (YEARLY_PAY - 1_200))
    assert of(free.restricted) == [0.0] * 12


def test_money_carried_for_later_years_is_no_free_reserve() -> None:
    contract = simple_contract(months=24, payment={"interval_months": 1, "underspend": "carried"})
    empty: Plain = {"assumptions": {"opening_vacancy": 0.5, "freeze_months": 240.0}}
    cash = costed(contract, service=empty, years=2, organisation={"opening_free_reserves": 6_000.0}).evaluation.cash
    half = MONTHLY / 2
    free = cash.free_reserves[0].tolist()
    assert free[10] == pytest.approx(6_000 + 11 * half)
    assert free[11] == pytest.approx(6_000)
    assert free[12] == pytest.approx(6_000 + half)
    assert free[23] == pytest.approx(6_000)


def test_other_activities_break_even_unless_their_income_is_entered() -> None:
    shop: Plain = {"name": "Shop", "staff_cost": 12_000.0, "other_cost": 2_400.0}
    monthly = simple_contract(payment={"interval_months": 1})
    even = account(monthly, other_activities=[shop]).evaluation.cash
    assert even.balance[0].tolist() == pytest.approx([10_000.0] * 12)
    earning = account(monthly, other_activities=[{**shop, "income": 18_000.0}]).evaluation.cash
    assert earning.balance[0].tolist() == pytest.approx([10_000 + 300.0 * month for month in range(1, 13)])
    assert earning.free_reserves[0].tolist() == pytest.approx([6_000 + 300.0 * month for month in range(1, 13)])


def test_pool_costs_leave_the_bank_when_they_fall_and_not_as_they_are_shared() -> None:
    """A bill of 1,200 in July is shared over the year: until then the bank is ahead, then behind by what is to come."""
    bill: Plain = {"name": "Roof", "amount": 1_200.0, "per": "once", "start": "2026-07"}
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte", "lines": [bill]}
    cash = account(simple_contract(payment={"interval_months": 1}), pools=[pool]).evaluation.cash
    ahead = [100.0, 200.0, 300.0] + [100.0 * (month + 1) - 1_200 for month in range(3, 12)]
    assert cash.balance[0].tolist() == pytest.approx([10_000 + amount for amount in ahead])
    assert cash.free_reserves[0].tolist() == pytest.approx([6_000.0] * 12)


def test_pool_lines_without_cash_stay_in_the_bank() -> None:
    worn: Plain = {"name": "Depreciation", "amount": 1_200.0, "cash": False}
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte", "lines": [worn]}
    cash = account(simple_contract(payment={"interval_months": 1}), pools=[pool]).evaluation.cash
    assert cash.balance[0].tolist() == pytest.approx([10_000 + 100.0 * month for month in range(1, 13)])


# Waiting for money


def test_the_notional_cost_of_waiting_counts_this_month_at_half() -> None:
    payment: Plain = {"interval_months": 3, "timing": "arrears"}
    found = account(simple_contract(payment=payment), borrowing_rate=0.12).evaluation
    # Half of the first month, one and a half in the second, nothing when the quarter is paid.
    assert of(found.waiting_for_money) == pytest.approx([0.01 * MONTHLY * part for part in (0.5, 1.5, 0.0)] * 4)
    assert of(found.waiting_if_prompt) == pytest.approx(of(found.waiting_for_money))


# Losing a service


def test_the_lowest_cash_when_a_service_is_lost_at_each_date() -> None:
    """Six-month awards paid in arrears; at month 6 the money for the last quarter has not come yet."""
    payment: Plain = {"interval_months": 3, "timing": "arrears", "days": 31.0}
    contract = simple_contract(months=6, award={"renewal_probability": 0.5}, payment=payment)
    posts: list[Plain] = [{**POST, "contractual_notice_weeks": 4.0}]
    found = account(contract, {"posts": posts}, opening_cash=20_000.0)
    notice = 4 * YEARLY_PAY * 7 / 365.25
    by_boundary = {
        loss.boundary: loss.lowest for loss in losses(found.evaluation, found.prepared.inputs, found.terms, 0)
    }
    # Lost at 6: costs of six months and the notice are paid by then, and only the first quarter has been received.
    assert by_boundary[6] == pytest.approx(20_000 - 6 * MONTHLY + 3 * MONTHLY - notice)
    # Lost at 12, nine months have been received: the same.
    assert by_boundary[12] == pytest.approx(20_000 - 3 * MONTHLY - notice)
    assert found.totals.lowest_cash.tolist() == pytest.approx([20_000 - 3 * MONTHLY])
    assert set(by_boundary) == {6, 12}


def test_a_loss_stops_other_funders_costs_and_repayments_of_later_years() -> None:
    trust: Plain = {"name": "Trust", "kind": "match", "amount_by_year": [1_200.0, 1_200.0]}
    contract = simple_contract(award={"renewal_probability": 0.5}, payment={"interval_months": 1})
    service: Plain = {"other_funders": [trust], "assumptions": {"opening_vacancy": 0.5, "freeze_months": 240.0}}
    found = costed(contract, service=service, years=2, organisation={"opening_cash": 0.0})
    by_boundary = {
        loss.boundary: loss.lowest for loss in losses(found.evaluation, found.prepared.inputs, found.terms, 0)
    }
    first_month = MONTHLY / 2 + 100
    # Lost at 12, cash stops at 12 x 100 after the repayment of what was not spent; the lowest is the first month's.
    assert by_boundary[12] == pytest.approx(min(first_month, 1_200))


def test_effort_for_the_award_that_was_not_made_stays_spent() -> None:
    contract = simple_contract(award={"renewal_probability": 0.5, "competed": True}, payment={"interval_months": 1})
    found = costed(
        contract, years=2, organisation={"opening_cash": 5_000.0}, assumptions={**STEADY, "bid_external": 1_000.0}
    )
    by_boundary = {
        loss.boundary: loss.lowest for loss in losses(found.evaluation, found.prepared.inputs, found.terms, 0)
    }
    # The bid for month 0 is paid, the one for month 12 as well; that of month 24 lies beyond the horizon.
    assert by_boundary[12] == pytest.approx(3_000)
    assert by_boundary[24] == pytest.approx(3_000)


def test_a_contract_that_cannot_end_has_no_losses() -> None:
    found = costed(simple_contract(months=60))
    assert losses(found.evaluation, found.prepared.inputs, found.terms, 0) == []


def test_along_a_path_that_ends_cash_is_that_of_the_service_lost_at_that_date() -> None:
    contract = simple_contract(
        term={"months": 4}, award={"renewal_probability": 0.5}, payment={"interval_months": 3, "timing": "arrears"}
    )
    service: Plain = {"posts": [{**POST, "contractual_notice_weeks": 30.0}]}
    found = account(contract, service, borrowing_rate=0.12)
    inputs, evaluation = found.prepared.inputs, found.evaluation
    known = {loss.boundary: loss.lowest for loss in losses(evaluation, inputs, found.terms, 0)}
    assert sorted(known) == [4, 8, 12]
    for boundary, lowest in known.items():
        numbers = np.zeros((1, 1, 13))
        numbers[..., boundary] = 1.0
        drawn = evaluate(inputs, found.terms, numbers)
        assert drawn.provider.survival[0, 0].tolist() == [1.0] * boundary + [0.0] * (13 - boundary)
        assert drawn.cash_as_drawn.balance.min() == pytest.approx(lowest, abs=1e-6)
    assert evaluate(inputs, found.terms, np.zeros((1, 1, 13))).cash_as_drawn.balance[0].tolist() == pytest.approx(
        evaluation.cash.balance[0].tolist()
    )


def test_reserves_along_a_path_hold_what_was_earned_and_spent_until_then() -> None:
    contract = simple_contract(term={"months": 6}, award={"renewal_probability": 0.5}, payment={"interval_months": 1})
    found = account(contract)
    numbers = np.zeros((1, 1, 13))
    numbers[..., 6] = 1.0
    drawn = evaluate(found.prepared.inputs, found.terms, numbers)
    loss = drawn.provider.cost_of_loss[0, 0]
    assert loss.tolist() == pytest.approx([0.0] * 5 + [loss.sum()] + [0.0] * 6)
    # Price and cost are the same in every month, so that reserves move by the cost of the loss alone.
    assert drawn.cash_as_drawn.free_reserves[0, -1] == pytest.approx(6_000 - loss.sum())
    assert drawn.cash_as_drawn.balance[0, -1] == pytest.approx(10_000 - loss.sum())
