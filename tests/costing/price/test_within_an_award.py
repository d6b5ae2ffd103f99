"""How a price moves within an award: the rules by hand, caps, floors and lags, and the central forecast."""

from __future__ import annotations

from dataclasses import replace

import pytest

from funding_model.costing.model import evaluate
from tests.costing.price.prices import CPI, GROWING, PAY, cost_in, monthly_prices, yearly_prices
from tests.costing.small import YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


@pytest.mark.parametrize(
    ("movement", "steps"),
    [
        ({"within_award": "none"}, (1, 1)),
        ({"within_award": "fixed", "rate": 0.025}, (1.025, 1.025)),
        ({"within_award": "fixed", "rate": -0.01}, (0.99, 0.99)),
        ({"within_award": "cpi"}, (1 + CPI, 1 + CPI)),
        ({"within_award": "pay"}, (1 + PAY, 1 + PAY)),
        ({"within_award": "basket", "pay_weight": 0.75}, (1.0275, 1.0275)),
        ({"within_award": "forecast"}, (cost_in(1) / cost_in(0), cost_in(2) / cost_in(1))),
        ({}, (cost_in(1) / cost_in(0), cost_in(2) / cost_in(1))),  # blank: a recosted contract follows the forecast
        ({"within_award": "pay", "cap": 0.02}, (1.02, 1.02)),
        ({"within_award": "cpi", "floor": 0.025}, (1.025, 1.025)),
        ({"within_award": "none", "floor": 0.01}, (1.01, 1.01)),
        ({"within_award": "pay", "cap": 0.05, "floor": 0.01}, (1 + PAY, 1 + PAY)),
        ({"within_award": "forecast", "cap": 0.01}, (1.01, 1.01)),
    ],
)
def test_every_movement_within_an_award(movement: Plain, steps: tuple[float, float]) -> None:
    found = yearly_prices(simple_contract(months=36, movement=movement), 3, GROWING)
    first = YEARLY_PAY
    assert found == pytest.approx([first, first * steps[0], first * steps[0] * steps[1]])


PAST: Plain = {
    "turnover": 0.0,
    "pay_award": {"by_year": {"2024-25": 0.05, "2025-26": 0.06, "2026-27": 0.07, "2027-28": 0.08, "2028-29": 0.09}},
    "cpi": {"by_year": {"2024-25": 0.01, "2025-26": 0.02, "2026-27": 0.03, "2027-28": 0.04, "2028-29": 0.05}},
}


@pytest.mark.parametrize(
    ("movement", "steps"),
    [
        ({"within_award": "pay", "lag_years": 0}, (1.08, 1.09)),
        ({"within_award": "pay", "lag_years": 1}, (1.07, 1.08)),
        ({"within_award": "pay", "lag_years": 2}, (1.06, 1.07)),
        ({"within_award": "pay", "lag_years": 3}, (1.05, 1.06)),
        ({"within_award": "cpi", "lag_years": 1}, (1.03, 1.04)),
        ({"within_award": "basket", "pay_weight": 0.5, "lag_years": 1}, (1.05, 1.06)),
        ({"within_award": "pay", "lag_years": 1, "cap": 0.075}, (1.07, 1.075)),
    ],
)
def test_a_lag_reads_the_growth_of_earlier_years(movement: Plain, steps: tuple[float, float]) -> None:
    found = yearly_prices(simple_contract(months=36, movement=movement), 3, PAST)
    assert found == pytest.approx([YEARLY_PAY, YEARLY_PAY * steps[0], YEARLY_PAY * steps[0] * steps[1]])


def test_uplifts_fall_at_anniversaries_and_growth_is_that_of_the_year_in_which_they_fall() -> None:
    # The award began in September 2025: uplifts in September 2026 and 2027, by the growth of 2026-27 and 2027-28.
    contract = simple_contract(months=36, term={"first_award_ends": "2028-08"}, movement={"within_award": "pay"})
    found = monthly_prices(contract, 2, PAST)
    at_start = found[0]
    assert found[:5] == pytest.approx([at_start] * 5)
    assert found[5:17] == pytest.approx([at_start * 1.07] * 12)
    assert found[17:] == pytest.approx([at_start * 1.07 * 1.08] * 7)


def test_the_longest_lag_reads_three_years_before_the_scenario() -> None:
    contract = simple_contract(
        months=36, term={"first_award_ends": "2028-08"}, movement={"within_award": "pay", "lag_years": 3}
    )
    past: Plain = {"turnover": 0.0, "pay_award": {"by_year": {"2023-24": 0.04, "2024-25": 0.05, "2025-26": 0.06}}}
    found = monthly_prices(contract, 2, past)
    at_start = found[0]
    assert found[5:17] == pytest.approx([at_start * 1.04] * 12)
    assert found[17:] == pytest.approx([at_start * 1.04 * 1.05] * 7)


def test_an_extension_goes_on_with_the_price_years_of_its_cycle() -> None:
    contract = simple_contract(
        months=18,
        term={"extensions": 1, "extension_months": 18},
        movement={"within_award": "fixed", "rate": 0.1},
    )
    monthly = YEARLY_PAY / 12
    assert monthly_prices(contract, 3) == pytest.approx([monthly] * 12 + [1.1 * monthly] * 12 + [1.21 * monthly] * 12)


def test_a_price_fixed_by_the_central_forecast_does_not_move_with_what_comes_true() -> None:
    found = costed(simple_contract(months=24, movement={"within_award": "forecast"}), years=2, assumptions=GROWING)
    inputs = found.prepared.inputs
    economy = replace(inputs.economy, pay_growth=inputs.economy.pay_growth + 0.04)
    other = evaluate(replace(inputs, economy=economy), found.terms)
    assert of(other.money.price) == pytest.approx(of(found.evaluation.money.price))
    assert of(other.money.full_cost)[1] == pytest.approx(30_000 * 1.07 + 0.15 * (30_000 * 1.07 - 5_000))


def test_a_later_award_is_costed_at_what_came_true_and_moves_by_the_forecast_of_its_own_years() -> None:
    contract = simple_contract(months=24, movement={"within_award": "forecast"})
    later: Plain = {"name": "From the fourth year", "amount": 10_000.0, "index": "none", "start": "2029-04"}
    found = costed(contract, service={"lines": [later]}, years=4, assumptions=GROWING)
    inputs = found.prepared.inputs
    economy = replace(inputs.economy, pay_growth=inputs.economy.pay_growth + 0.04)
    price = of(evaluate(replace(inputs, economy=economy), found.terms).money.price)
    third = 30_000 * 1.07**2
    came_true = third + 0.15 * (third - 5_000)
    forecast = (cost_in(3) + 10_000) / (cost_in(2) + 10_000)
    assert price == pytest.approx([cost_in(0), cost_in(1), came_true, (came_true + 10_000) * forecast])
