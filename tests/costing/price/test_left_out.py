"""What an award's price leaves out: increments, and posts and growth that come later."""

from __future__ import annotations

import pytest

from tests.costing.price.prices import yearly_prices
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


def test_increments_may_not_be_recognised_after_the_award_s_first_year() -> None:
    climbing: list[Plain] = [{**POST, "steps_left": 3, "increment": 1_000.0}]

    def prices(months: int, *, recognised: bool) -> list[float]:
        contract = simple_contract(
            months=months, price={"increments_recognised": recognised}, movement={"within_award": "none"}
        )
        return yearly_prices(contract, 3, STEADY, posts=climbing)

    step = 1_150.0  # 1,000 and National Insurance on it
    assert prices(36, recognised=True) == pytest.approx([YEARLY_PAY, YEARLY_PAY + step, YEARLY_PAY + 2 * step])
    assert prices(36, recognised=False) == pytest.approx([YEARLY_PAY] * 3)
    assert prices(24, recognised=False) == pytest.approx([YEARLY_PAY, YEARLY_PAY, YEARLY_PAY + 2 * step])
    # A price rolled forward takes the pay steps of no year but the first.
    rolled = simple_contract(
        price={"increments_recognised": False}, movement={"new_award": "rolled_forward", "renewal_uplift": 0.01}
    )
    assert yearly_prices(rolled, 2, STEADY, posts=climbing) == pytest.approx([YEARLY_PAY, YEARLY_PAY * 1.01])


def test_two_services_with_posts_alike_each_have_the_pay_steps_of_their_own_award() -> None:
    climbing: Plain = {**POST, "steps_left": 3, "increment": 1_000.0}
    long: Plain = {"term": {"months": 24}, "movement": {"within_award": "none"}}
    services: list[Plain] = [
        {"name": "Yearly", "posts": [climbing]},
        {"name": "Two years", "posts": [climbing], "contract_changes": {"all": long}},
    ]
    contract = simple_contract(price={"increments_recognised": False})
    found = costed(contract, services=services, years=2).evaluation.money
    assert of(found.price, service=0) == pytest.approx([YEARLY_PAY, YEARLY_PAY + 1_150])
    assert of(found.price, service=1) == pytest.approx([YEARLY_PAY, YEARLY_PAY])


def test_posts_lines_and_growth_that_come_later_may_be_out_of_an_award_s_price() -> None:
    service: Plain = {
        "posts": [POST, {**POST, "name": "Later", "start": "2027-04"}],
        "lines": [
            {"name": "Rent", "amount": 1_200.0},
            {"name": "More rent", "amount": 600.0, "start": "2027-10"},
            {"name": "Soon", "amount": 120.0, "start": "2026-10"},
        ],
        "planned_changes": [{"start": "2028-04", "volume": 2.0}],
    }

    def prices(months: int, establishment: str) -> list[float]:
        contract = simple_contract(
            months=months, price={"establishment": establishment}, movement={"within_award": "none"}
        )
        return yearly_prices(contract, 3, STEADY, **service)

    everything = [
        YEARLY_PAY + 1_200 + 60,
        2 * YEARLY_PAY + 1_200 + 120 + 300,
        2 * (2 * YEARLY_PAY + 1_200 + 120 + 600),
    ]
    assert prices(36, "planned") == pytest.approx(everything)
    assert prices(36, "award_year") == pytest.approx([everything[0], YEARLY_PAY + 1_320, YEARLY_PAY + 1_320])
    # An award that starts in April 2027 has all that comes within its first year, and not the doubling of April 2028.
    two = prices(24, "award_year")
    assert two[:2] == pytest.approx([everything[0], YEARLY_PAY + 1_320])
    assert two[2] == pytest.approx(everything[2])


def test_what_shrinks_later_shrinks_in_the_price_as_well() -> None:
    contract = simple_contract(months=36, price={"establishment": "award_year"}, movement={"within_award": "none"})
    lines: list[Plain] = [{"name": "Rent", "amount": 1_200.0}]
    halved: list[Plain] = [{"start": "2027-04", "volume": 0.5}, {"start": "2028-04", "volume": 1.0}]
    found = yearly_prices(contract, 3, STEADY, lines=lines, planned_changes=halved)
    # It halves, and growing back to its first size is growth that comes later.
    assert found == pytest.approx([YEARLY_PAY + 1_200, (YEARLY_PAY + 1_200) / 2, (YEARLY_PAY + 1_200) / 2])
