"""What the price recognises: the overhead rules by hand, and terms that the funder pays for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funding_model.costing.model import evaluate
from tests.costing.price.prices import DIRECT, LINES, OVERHEAD, POOL, yearly_prices
from tests.costing.small import POST, STEADY, STILL, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


@pytest.mark.parametrize(
    ("rule", "rate", "overhead"),
    [
        ("full", None, OVERHEAD),
        ("none", None, 0),
        ("cap_of_direct", 0.1, 0.1 * DIRECT),
        ("cap_of_direct", 0.4, OVERHEAD),
        ("cap_of_total", 0.1, 0.1 / 0.9 * DIRECT),  # a tenth of the total of both
        ("cap_of_total", 0.4, OVERHEAD),
        ("flat_on_direct", 0.1, 0.1 * DIRECT),
        ("flat_on_direct", 0.4, 0.4 * DIRECT),  # whatever the overhead is
        ("flat_on_staff", 0.1, 0.1 * YEARLY_PAY),
        ("modified_base", 0.1, 0.1 * YEARLY_PAY),  # without travel
    ],
)
def test_every_overhead_rule(rule: str, rate: float | None, overhead: float) -> None:
    price: Plain = {"overhead_rule": rule, "funded_share": 0.8, "margin": 0.05}
    if rate is not None:
        price["overhead_rate"] = rate
    if rule == "modified_base":
        price["base_exclusions"] = ["travel"]
    found = costed(simple_contract(price=price), service={"lines": LINES}, organisation={"pools": [POOL]}).evaluation
    assert of(found.money.full_cost) == pytest.approx([DIRECT + 1_500 + OVERHEAD])
    assert of(found.money.fundable_cost) == pytest.approx([DIRECT + overhead])
    assert of(found.money.price) == pytest.approx([0.8 * (DIRECT + overhead) / 0.95])
    steps = {name: of(amounts)[0] for name, amounts in found.gap.steps.items()}
    expected = {
        "ineligible": -1_500,
        "overhead_not_allowed": overhead - OVERHEAD,
        "funded_share": -0.2 * (DIRECT + overhead),
        "margin": 0.8 * (DIRECT + overhead) * (1 / 0.95 - 1),
    }
    assert {name: amount for name, amount in steps.items() if abs(amount) > 1e-9} == {
        name: pytest.approx(amount) for name, amount in expected.items() if amount
    }


def test_contracts_with_different_rules_are_priced_side_by_side() -> None:
    rules: tuple[Plain, ...] = (
        {"overhead_rule": "full"},
        {"overhead_rule": "modified_base", "overhead_rate": 0.1, "base_exclusions": ["travel"]},
        {"overhead_rule": "modified_base", "overhead_rate": 0.1, "base_exclusions": ["gifts"]},
        {"overhead_rule": "modified_base", "overhead_rate": 0.1},
    )
    contracts = [simple_contract(f"Contract {number}", price=rule) for number, rule in enumerate(rules)]
    money = costed(*contracts, service={"lines": LINES}, organisation={"pools": [POOL]}).evaluation.money
    assert [of(money.price, case)[0] for case in range(4)] == pytest.approx(
        [DIRECT + OVERHEAD, DIRECT + 0.1 * YEARLY_PAY, DIRECT + 0.1 * DIRECT, DIRECT + 0.1 * DIRECT]
    )


def test_an_ineligible_post_is_in_no_base() -> None:
    posts: list[Plain] = [POST, {**POST, "name": "Cook", "eligible": False, "absence_cover_rate": 0.1}]
    price: Plain = {"overhead_rule": "flat_on_staff", "overhead_rate": 0.1}
    found = costed(simple_contract(price=price), service={"posts": posts}).evaluation
    assert of(found.money.price) == pytest.approx([1.1 * YEARLY_PAY])
    assert of(found.money.full_cost) == pytest.approx([2.1 * YEARLY_PAY])


def test_the_price_may_recognise_recruitment_monitoring_and_closing_costs() -> None:
    exits: list[Plain] = [
        {"name": "Clearing", "amount": 2_400.0, "per": "once", "kind": "exit"},
        {"name": "Party", "amount": 700.0, "per": "once", "kind": "exit", "eligible": False},
    ]

    def price(*recognises: str) -> float:
        contract = simple_contract(
            months=12,
            term={"extensions": 1, "extension_months": 12},
            price={"recognises": list(recognises)},
            monitoring={"returns_a_year": 4.0, "hours_each": 10.0},
        )
        assumptions: Plain = {**STILL, "turnover": 0.18, "provider_hour_value": 25.0}
        return yearly_prices(contract, 1, assumptions, lines=exits)[0]

    plain = price()
    recruitment = 12 * 1_500 * 0.015 / (1 + 0.015 * 1.4)
    assert plain == pytest.approx(YEARLY_PAY)
    assert price("recruitment") == pytest.approx(plain + recruitment)
    assert price("monitoring") == pytest.approx(plain + 4 * 10 * 25)
    assert price("closing_costs") == pytest.approx(plain + 2_400 * 12 / 24)  # spread over the cycle of two years
    assert price("recruitment", "monitoring", "closing_costs") == pytest.approx(plain + recruitment + 1_000 + 1_200)


def test_monitoring_is_recognised_at_the_pay_of_the_award_s_year() -> None:
    contract = simple_contract(
        price={"recognises": ["monitoring"]}, monitoring={"returns_a_year": 4.0, "hours_each": 10.0}
    )
    growing: Plain = {**STEADY, "pay_award": {"every_year": 0.1}, "provider_hour_value": 25.0}
    gap = costed(contract, assumptions=growing, years=2).evaluation.gap
    assert of(gap.steps["terms_recognised"]) == pytest.approx([1_000, 1_100])


def test_monitoring_of_a_blank_hour_value_is_recognised_at_planned_pay() -> None:
    contract = simple_contract(
        price={"recognises": ["monitoring"]}, monitoring={"returns_a_year": 4.0, "hours_each": 10.0}
    )
    hour = YEARLY_PAY / (37 * 52.143)
    found = costed(contract, organisation={"full_time_hours_a_week": 37.0}).evaluation
    assert of(found.money.price) == pytest.approx([YEARLY_PAY + 40 * hour])


@pytest.mark.parametrize(("months", "rule", "growth"), [(24, "forecast", 1.1), (12, None, 1.14)])
def test_monitoring_follows_the_forecast_of_an_award_and_pay_as_it_came_at_a_new_one(
    months: int, rule: str | None, growth: float
) -> None:
    contract = simple_contract(
        months=months,
        price={"recognises": ["monitoring"]},
        monitoring={"returns_a_year": 4.0, "hours_each": 10.0},
        movement={"within_award": rule},
    )
    growing: Plain = {**STEADY, "pay_award": {"every_year": 0.1}, "provider_hour_value": 25.0}
    gifts: Plain = {"name": "Gifts", "amount": 1.0, "eligible": False}
    found = costed(contract, service={"posts": [], "lines": [gifts]}, assumptions=growing, years=2)
    inputs = found.prepared.inputs
    economy = replace(inputs.economy, pay_growth=inputs.economy.pay_growth + 0.04)
    other = evaluate(replace(inputs, economy=economy), found.terms)
    assert of(other.money.price) == pytest.approx([1_000, 1_000 * growth])
