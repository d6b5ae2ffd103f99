"""Prices of single years: a schedule, a year whose price is changed, and a year of which a part is costed."""

from __future__ import annotations

import pytest

from tests.costing.price.prices import GROWING, monthly_prices, yearly_prices
from tests.costing.small import YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


def test_a_schedule_replaces_every_price() -> None:
    contract = simple_contract(price={"schedule": [40_000.0, 50_000.0]}, movement={"new_award": "rolled_forward"})
    assert monthly_prices(contract, 2, GROWING) == pytest.approx([40_000 / 12] * 12 + [50_000 / 12] * 12)


def test_a_schedule_of_a_part_year_is_spread_over_its_months() -> None:
    contract = simple_contract(price={"schedule": [14_000.0, 20_000.0]})
    found = costed(contract, organisation={"first_month": "2026-09"}).evaluation
    assert of(found.provider.price) == pytest.approx([2_000.0] * 7 + [4_000.0] * 5)
    assert of(found.money.price) == pytest.approx([14_000, 20_000])


def test_a_contract_with_a_schedule_beside_one_without() -> None:
    money = costed(
        simple_contract("Agreed", price={"schedule": [40_000.0]}), simple_contract("Costed")
    ).evaluation.money
    assert of(money.price, 0) == pytest.approx([40_000])
    assert of(money.price, 1) == pytest.approx([YEARLY_PAY])


def test_a_factor_changes_one_year_and_no_other() -> None:
    factors: list[Plain] = [{"scenario_year": 2, "factor": 0.95}]
    contract = simple_contract(
        price={"dated_factors": factors}, movement={"new_award": "rolled_forward", "renewal_uplift": 0.1}
    )
    assert yearly_prices(contract, 3) == pytest.approx([YEARLY_PAY, 0.95 * 1.1 * YEARLY_PAY, 1.21 * YEARLY_PAY])
    named = simple_contract(price={"dated_factors": [{"financial_year": "2027-28", "factor": 0.5}]})
    assert yearly_prices(named, 3) == pytest.approx([YEARLY_PAY, 0.5 * YEARLY_PAY, YEARLY_PAY])
    only = simple_contract(price={"dated_factors": [{"scenario_year": 1, "factor": 0.5}]})
    assert yearly_prices(only, 1) == pytest.approx([0.5 * YEARLY_PAY])
    outside = simple_contract(price={"dated_factors": [{"financial_year": "2031-32", "factor": 0.5}]})
    assert yearly_prices(outside, 1) == pytest.approx([YEARLY_PAY])


def test_a_factor_of_last_year_sets_each_month_from_the_mean_month_of_the_year_before() -> None:
    factors: list[Plain] = [
        {"scenario_year": 2, "factor": 0.95, "of": "last_year"},
        {"scenario_year": 3, "factor": 0.9, "of": "last_year"},
    ]
    contract = simple_contract(
        months=6,
        price={"dated_factors": factors},
        movement={"new_award": "rolled_forward", "renewal_uplift": 0.21},
    )
    monthly = YEARLY_PAY / 12
    mean = (monthly + 1.1 * monthly) / 2
    found = monthly_prices(contract, 4)
    assert found[:12] == pytest.approx([monthly] * 6 + [1.1 * monthly] * 6)
    assert found[12:36] == pytest.approx([0.95 * mean] * 12 + [0.9 * 0.95 * mean] * 12)
    assert found[36] == pytest.approx(monthly * 1.1**6)  # the year after is as if nothing had been


def test_the_first_year_may_be_set_from_today_s_price() -> None:
    factors: list[Plain] = [{"scenario_year": 1, "factor": 0.95, "of": "last_year"}]
    contract = simple_contract(price={"current": 24_000.0, "dated_factors": factors})
    assert yearly_prices(contract) == pytest.approx([0.95 * 24_000])


def test_the_price_of_a_part_year_is_that_of_its_months() -> None:
    found = costed(organisation={"first_month": "2026-09"}, years=1, assumptions=GROWING).evaluation
    second = 30_000 * 1.03 + 0.15 * (30_000 * 1.03 - 5_000)
    # The award that starts in September 2026 is priced at 2026-27, though five of its months are in the next year.
    assert of(found.provider.price) == pytest.approx([YEARLY_PAY / 12] * 12)
    assert of(found.money.full_cost) == pytest.approx([7 * YEARLY_PAY / 12, 5 * second / 12])
    assert of(found.gap.steps["price_movement"]) == pytest.approx([0.0, 5 * (YEARLY_PAY - second) / 12])
