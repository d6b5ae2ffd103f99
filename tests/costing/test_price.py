"""Prices by hand: overhead rules, movements, caps and lags, awards rolled forward, changes of a single year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from funding_model.costing.model import evaluate
from tests.costing.small import POST, STEADY, STILL, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

POOL: Plain = {
    "name": "Office",
    "category": "central_functions",
    "driver": "fte",
    "lines": [{"name": "Rent", "amount": 8_000.0}],
}
LINES: list[Plain] = [
    {"name": "Travel", "category": "travel", "amount": 6_000.0},
    {"name": "Gifts", "category": "gifts", "amount": 1_000.0, "eligible": False},
    {"name": "Alcohol", "category": "travel", "amount": 500.0, "eligible": False},
]
DIRECT = YEARLY_PAY + 6_000
"""Eligible direct cost of a year."""
OVERHEAD = 8_000


def yearly_prices(contract: Plain, years: int = 1, assumptions: Plain | None = None, **service: object) -> list[float]:
    found = costed(contract, service=service, years=years, assumptions=assumptions)
    return of(found.evaluation.money.price)


def monthly_prices(contract: Plain, years: int = 1, assumptions: Plain | None = None, **service: object) -> list[float]:
    found = costed(contract, service=service, years=years, assumptions=assumptions)
    return of(found.evaluation.provider.price)


# What the price recognises


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


# How it moves within an award

PAY, CPI = 0.03, 0.02
GROWING: Plain = {
    "turnover": 0.0,
    "pay_award": {"every_year": PAY},
    "cpi": {"every_year": CPI},
    "gdp_deflator": {"every_year": 0.0},
}


def cost_in(year: int) -> float:
    """Return the post's cost in a later year: the threshold stands still."""
    gross = 30_000 * (1 + PAY) ** year
    return gross + 0.15 * (gross - 5_000)


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


# A new award


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


DOUBLED: list[Plain] = [{"start": "2027-04", "volume": 2.0}]


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


# What an award leaves out


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


# Schedules, single years, volume


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


def test_a_volume_contract_pays_the_block_price_for_planned_volume_and_less_for_less() -> None:
    people: Plain = {
        "caseload_per_fte": 10.0,
        "mean_length_months": 5.0,
        "opening_caseload": 8.0,
        "referrals_a_month": 1.0,
    }
    contract = simple_contract(payment={"basis": "volume"})
    changes: list[Plain] = [{"start": "2026-10", "volume": 2.0}]
    found = costed(contract, service={"people": people, "planned_changes": changes}).evaluation
    caseload = 8.0
    given = []
    for month in range(12):
        caseload = caseload * 0.8 + (1.0 if month < 6 else 2.0)
        given.append(caseload)
    block = 1.5 * YEARLY_PAY / 12  # the year's price a month
    planned = (6 * 10 + 6 * 20) / 12  # and its planned person-months a month
    assert of(found.provider.price) == pytest.approx([block / planned * support for support in given])


def test_each_year_of_a_volume_contract_has_its_own_planned_volume() -> None:
    """A service that halves and stays full: the second year's price for its own planned volume, half the first's."""
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 1.0, "referrals_a_month": 99.0}
    contract = simple_contract(months=24, payment={"basis": "volume"})
    halved: list[Plain] = [{"start": "2027-04", "volume": 0.5}]
    assert yearly_prices(contract, 2, people=people, planned_changes=halved) == pytest.approx(
        [YEARLY_PAY, YEARLY_PAY / 2]
    )


def test_a_service_whose_people_are_not_counted_is_paid_as_a_block() -> None:
    assert yearly_prices(simple_contract(payment={"basis": "volume"})) == pytest.approx([YEARLY_PAY])


def test_the_price_of_a_part_year_is_that_of_its_months() -> None:
    found = costed(organisation={"first_month": "2026-09"}, years=1, assumptions=GROWING).evaluation
    second = 30_000 * 1.03 + 0.15 * (30_000 * 1.03 - 5_000)
    # The award that starts in September 2026 is priced at 2026-27, though five of its months are in the next year.
    assert of(found.provider.price) == pytest.approx([YEARLY_PAY / 12] * 12)
    assert of(found.money.full_cost) == pytest.approx([7 * YEARLY_PAY / 12, 5 * second / 12])
    assert of(found.gap.steps["price_movement"]) == pytest.approx([0.0, 5 * (YEARLY_PAY - second) / 12])
