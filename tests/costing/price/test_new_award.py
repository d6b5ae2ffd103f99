"""The price of a new award: costed afresh, rolled forward, or the one that is paid today."""

from __future__ import annotations

from typing import Any

import pytest

from tests.costing.price.prices import DOUBLED, GROWING, cost_in, monthly_prices, yearly_prices
from tests.costing.small import POST, STEADY, YEARLY_PAY
from tests.strategies import Plain, simple_contract


def test_a_new_award_costed_afresh_takes_the_prices_of_its_year() -> None:
    assert yearly_prices(simple_contract(), 3, GROWING) == pytest.approx([cost_in(0), cost_in(1), cost_in(2)])
    # Two-year awards without uplift: the third year is costed at its own prices, the second is not.
    two = simple_contract(months=24, movement={"within_award": "none"})
    assert yearly_prices(two, 4, GROWING) == pytest.approx([cost_in(0), cost_in(0), cost_in(2), cost_in(2)])
    # Nor does the uplift of one award carry over into the next.
    rising = simple_contract(months=24, movement={"within_award": "fixed", "rate": 0.1})
    assert yearly_prices(rising, 4, GROWING) == pytest.approx(
        [cost_in(0), 1.1 * cost_in(0), cost_in(2), 1.1 * cost_in(2)]
    )


def test_a_price_rolled_forward_adds_its_uplift_to_last_year_s() -> None:
    contract = simple_contract(movement={"new_award": "rolled_forward", "renewal_uplift": 0.01})
    assert yearly_prices(contract, 3, GROWING) == pytest.approx([YEARLY_PAY * 1.01**year for year in range(3)])
    without = simple_contract(movement={"new_award": "rolled_forward"})
    assert yearly_prices(without, 3, GROWING) == pytest.approx([YEARLY_PAY] * 3)


def test_an_award_of_half_a_year_is_rolled_forward_by_half_a_year_s_uplift() -> None:
    contract = simple_contract(months=6, movement={"new_award": "rolled_forward", "renewal_uplift": 0.04})
    monthly = YEARLY_PAY / 12
    assert monthly_prices(contract, 1, STEADY) == pytest.approx([monthly] * 6 + [monthly * 1.04**0.5] * 6)


def test_the_length_of_the_last_price_year_counts_and_not_that_of_the_award() -> None:
    # Eighteen months: a price year of twelve and one of six; the uplift within the award is the renewal's.
    contract = simple_contract(months=18, movement={"new_award": "rolled_forward", "renewal_uplift": 0.04})
    monthly = YEARLY_PAY / 12
    second, next_award = monthly * 1.04, monthly * 1.04 * 1.04**0.5
    assert monthly_prices(contract, 2, STEADY) == pytest.approx([monthly] * 12 + [second] * 6 + [next_award] * 6)


def test_months_of_a_running_award_before_the_scenario_count_as_part_of_its_price_year() -> None:
    movement: Plain = {"new_award": "rolled_forward", "renewal_uplift": 0.04}
    contract = simple_contract(term={"first_award_ends": "2026-08"}, movement=movement)
    monthly = YEARLY_PAY / 12
    assert monthly_prices(contract, 1, STEADY) == pytest.approx([monthly] * 5 + [monthly * 1.04] * 7)


@pytest.mark.parametrize(("follows", "ratio"), [(True, 2.0), (False, 1.0)])
def test_a_price_rolled_forward_follows_planned_changes_of_size_if_agreed(follows: bool, ratio: float) -> None:  # noqa: FBT001 - a table
    movement: Plain = {"new_award": "rolled_forward", "renewal_uplift": 0.01, "volume_follows": follows}
    found = yearly_prices(simple_contract(movement=movement), 3, GROWING, planned_changes=DOUBLED)
    assert found == pytest.approx([YEARLY_PAY, YEARLY_PAY * ratio * 1.01, YEARLY_PAY * ratio * 1.01**2])
    within = simple_contract(months=36, movement=movement)
    assert yearly_prices(within, 3, GROWING, planned_changes=DOUBLED) == pytest.approx(found)


def test_a_costed_price_follows_planned_changes_of_size_within_the_award() -> None:
    contract = simple_contract(months=24, movement={"within_award": "fixed", "rate": 0.01})
    found = yearly_prices(contract, 2, GROWING, planned_changes=DOUBLED)
    assert found == pytest.approx([YEARLY_PAY, 2 * YEARLY_PAY * 1.01])


def test_a_service_that_costs_nothing_at_first_has_no_ratio_to_follow() -> None:
    late: list[Plain] = [{**POST, "start": "2027-04"}]
    for months in (12, 24):  # at a new award and within one
        contract = simple_contract(months=months, price={"current": 12_000.0}, movement={"new_award": "rolled_forward"})
        assert yearly_prices(contract, 2, posts=late) == pytest.approx([12_000, 12_000])


def test_a_service_that_costs_nothing_at_first_rises_by_the_forecast_all_the_same() -> None:
    late: list[Plain] = [{**POST, "start": "2027-04"}]
    contract = simple_contract(months=24, price={"current": 12_000.0}, movement={"within_award": "forecast"})
    assert yearly_prices(contract, 2, GROWING, posts=late) == pytest.approx([12_000, 12_000 * cost_in(1) / cost_in(0)])


def test_today_s_price_replaces_the_first_and_moves_as_agreed() -> None:
    def prices(**movement: Any) -> list[float]:  # noqa: ANN401 - entries
        months = movement.pop("months", 12)
        contract = simple_contract(months=months, price={"current": 30_000.0}, movement=movement)
        return yearly_prices(contract, 3, GROWING, planned_changes=DOUBLED)

    assert prices(new_award="rolled_forward", renewal_uplift=0.1, volume_follows=False) == pytest.approx(
        [30_000, 33_000, 36_300]
    )
    assert prices(new_award="rolled_forward", renewal_uplift=0.1) == pytest.approx([30_000, 66_000, 72_600])
    # Within a costed award it moves by the rule and the change of size; a new award is costed afresh.
    assert prices(months=24, within_award="fixed", rate=0.1) == pytest.approx([30_000, 66_000, 2 * cost_in(2)])
