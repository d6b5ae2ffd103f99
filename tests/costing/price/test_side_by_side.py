"""Prices worked out together: contracts of other lengths and rules, services with terms of their own, several cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from funding_model.costing.model import evaluate
from tests.costing.price.prices import CPI, GROWING, PAY, cost_in, monthly_prices
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

MONTHLY = YEARLY_PAY / 12
GROWS: list[Plain] = [{"start": "2026-10", "volume": 2.0}, {"start": "2027-10", "volume": 3.0}]
"""A service whose months cost one, two and three times the post: six months, twelve months and six months of it."""
FIXED: Plain = {"within_award": "none"}
LENGTHS: tuple[tuple[str, Plain, list[float]], ...] = (
    # A yearly award: the mean month of each year, (6 x 1 + 6 x 2) / 12 and (6 x 2 + 6 x 3) / 12.
    ("Yearly", {"term": {"months": 12}}, [1.5] * 12 + [2.5] * 12),
    # Eighteen months: a price year of twelve months and one of six; the next award's first six months are the last.
    ("Eighteen months", {"term": {"months": 18}, "movement": FIXED}, [1.5] * 12 + [2.0] * 6 + [3.0] * 6),
    ("Half-yearly", {"term": {"months": 6}}, [1.0] * 6 + [2.0] * 12 + [3.0] * 6),
)


def test_contracts_of_other_lengths_are_each_priced_for_their_own_months() -> None:
    contracts = [{"name": name, **terms} for name, terms, _ in LENGTHS]
    price = costed(*contracts, service={"planned_changes": GROWS}, years=2).evaluation.provider.price
    for case, (_, _, times) in enumerate(LENGTHS):
        assert of(price, case) == pytest.approx([MONTHLY * size for size in times])


def test_services_with_awards_of_other_lengths_are_each_priced_for_their_own_months() -> None:
    services: list[Plain] = [
        {"name": name, "posts": [POST], "planned_changes": GROWS, "contract_changes": {"all": terms}}
        for name, terms, _ in LENGTHS
    ]
    price = costed(services=services, years=2).evaluation.provider.price
    for number, (_, _, times) in enumerate(LENGTHS):
        assert of(price, service=number) == pytest.approx([MONTHLY * size for size in times])


def test_contracts_costed_in_other_years_each_take_the_prices_of_their_own() -> None:
    contracts = [
        simple_contract("Three years", months=36, movement=FIXED),
        simple_contract("Yearly"),
        simple_contract("Two years", months=24, movement=FIXED),
    ]
    price = costed(*contracts, years=3, assumptions=GROWING).evaluation.money.price
    assert of(price, 0) == pytest.approx([cost_in(0), cost_in(0), cost_in(0)])
    assert of(price, 1) == pytest.approx([cost_in(0), cost_in(1), cost_in(2)])
    assert of(price, 2) == pytest.approx([cost_in(0), cost_in(0), cost_in(2)])


@pytest.mark.parametrize("order", [("planned", "award_year"), ("award_year", "planned")])
def test_a_service_that_starts_later_is_priced_only_where_the_contract_counts_what_comes_later(
    order: tuple[str, str],
) -> None:
    contracts = [
        simple_contract(establishment, months=36, price={"establishment": establishment}, movement=FIXED)
        for establishment in order
    ]
    late: list[Plain] = [{**POST, "start": "2027-10"}]
    price = costed(*contracts, service={"posts": late}, years=2).evaluation.money.price
    assert of(price, order.index("planned")) == pytest.approx([0, YEARLY_PAY / 2])
    assert of(price, order.index("award_year")) == pytest.approx([0, 0])


def test_contracts_that_move_by_other_rules_side_by_side() -> None:
    rules: list[tuple[Plain, float]] = [
        (FIXED, 1.0),
        ({"within_award": "fixed", "rate": 0.025}, 1.025),
        ({"within_award": "cpi"}, 1 + CPI),
        ({"within_award": "pay"}, 1 + PAY),
        ({"within_award": "basket", "pay_weight": 0.75}, 1 + 0.75 * PAY + 0.25 * CPI),
        ({"within_award": "forecast"}, cost_in(1) / cost_in(0)),
        ({"new_award": "rolled_forward", "renewal_uplift": 0.04}, 1.04),
    ]
    contracts = [simple_contract(f"Rule {number}", months=24, movement=rule) for number, (rule, _) in enumerate(rules)]
    price = costed(*contracts, years=2, assumptions=GROWING).evaluation.money.price
    for case, (_, step) in enumerate(rules):
        assert of(price, case) == pytest.approx([YEARLY_PAY, YEARLY_PAY * step])


def test_a_running_award_s_last_month_is_a_month_s_price() -> None:
    contract = simple_contract(term={"first_award_ends": "2026-04"})
    doubled: list[Plain] = [{"start": "2026-05", "volume": 2.0}]
    found = monthly_prices(contract, 1, STEADY, planned_changes=doubled)
    assert found == pytest.approx([MONTHLY] + [2 * MONTHLY] * 11)


# Several cases of an economy at once


def two_economies(contract: Plain, path: str, more: float, **service: object) -> list[list[float]]:
    """Return the yearly prices of two cases: one as entered, one in which a path of the economy grows by more."""
    found = costed(contract, service=service, years=3, assumptions=GROWING)
    economy = found.prepared.inputs.economy
    paths = np.concatenate([getattr(economy, path), getattr(economy, path) + more])
    inputs = replace(found.prepared.inputs, economy=replace(economy, **{path: paths}))
    price = evaluate(inputs, found.terms).money.price
    return [of(price, 0), of(price, 1)]


@pytest.mark.parametrize(("rule", "path", "step"), [("pay", "pay_growth", PAY), ("cpi", "price_growth", CPI)])
def test_a_price_moves_with_what_came_true_in_each_case(rule: str, path: str, step: float) -> None:
    contract = simple_contract(months=36, movement={"within_award": rule})
    as_entered, higher = two_economies(contract, path, 0.04)
    assert as_entered == pytest.approx([YEARLY_PAY * (1 + step) ** year for year in range(3)])
    assert higher == pytest.approx([YEARLY_PAY * (1 + step + 0.04) ** year for year in range(3)])


@pytest.mark.parametrize("path", ["pay_growth", "price_growth"])
def test_a_price_fixed_by_the_forecast_is_the_same_in_every_case(path: str) -> None:
    as_entered, higher = two_economies(simple_contract(months=36), path, 0.04)
    assert as_entered == pytest.approx([cost_in(0), cost_in(1), cost_in(2)])
    assert higher == pytest.approx(as_entered)


@pytest.mark.parametrize(
    ("rule", "second_year"), [({"within_award": "forecast"}, 1_100), ({"within_award": "fixed", "rate": 0.05}, 1_050)]
)
def test_a_new_award_is_costed_at_the_growth_that_came_true_in_each_case(rule: Plain, second_year: float) -> None:
    rent: Plain = {"name": "Rent", "amount": 1_000.0, "index": "own_rate", "own_rate": 0.1}
    contract = simple_contract(months=24, movement=rule)
    as_entered, higher = two_economies(contract, "own_rates", 0.04, posts=[], lines=[rent])
    # The first award was agreed on a forecast of 10 per cent; the second follows two years of 10 and of 14 per cent.
    assert as_entered == pytest.approx([1_000, second_year, 1_000 * 1.1**2])
    assert higher == pytest.approx([1_000, second_year, 1_000 * 1.14**2])
