"""The slow reference against sums that a person can do: each expected value is the sum itself, written out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings

from funding_model.scenario.scenario import Scenario
from tests.slow_reference.course import Certainty, statutory_weeks
from tests.slow_reference.evaluate import SlowResult, SlowService, evaluate
from tests.slow_reference.figures import Series
from tests.slow_reference.plan import Plan
from tests.strategies import Plain, null_contracts, scenarios, simple_contract

STILL: Plain = {"pay_award": 0.0, "cpi": 0.0, "gdp_deflator": 0.0}
"""Nothing grows."""
STEADY: Plain = {**STILL, "turnover": 0.0}
"""Nothing grows and nobody leaves."""
POST: Plain = {"name": "Worker", "fte": 1.0, "salary": 30_000.0}
MONTHLY_PAY = Decimal(33750) / 12
"""A month of that post: 30,000 + 0.15 x (30,000 - 5,000) = 33,750 a year."""
PLACES = Decimal("1e-20")


def close(value: Decimal, expected: Decimal | float) -> bool:
    return abs(value - Decimal(str(expected))) < PLACES


def all_close(values: Series, expected: Sequence[Decimal | float]) -> bool:
    return len(values) == len(expected) and all(map(close, values, expected))


def scenario(*contracts: Plain, service: Plain | None = None, years: int = 1, **fields: Plain) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "Small",
            "horizon_years": years,
            "organisation": {"name": "Charity", **fields.get("organisation", {})},
            "services": [{"name": "Service", "posts": [POST], **(service or {})}],
            "contracts": list(contracts) or [simple_contract()],
            "assumptions": fields.get("assumptions", STEADY),
        }
    )


def only(result: SlowResult) -> SlowService:
    assert len(result.services) == 1
    return result.services[0]


def evaluated(*contracts: Plain, service: Plain | None = None, years: int = 1, **fields: Plain) -> SlowService:
    entered = scenario(*contracts, service=service, years=years, **fields)
    return only(evaluate(entered, entered.contracts[0].name))


# Pay


def test_a_post_costs_gross_pay_national_insurance_and_pension() -> None:
    found = evaluated(service={"posts": [{**POST, "pension_rate": 0.2}]})
    assert close(found.years["full_cost"][0], 30_000 + Decimal("0.15") * (30_000 - 5_000) + Decimal("0.2") * 30_000)


def test_a_pension_on_qualifying_earnings_is_on_the_band_between_the_limits() -> None:
    band: Plain = {**POST, "salary": 60_000.0, "pension_rate": 0.03, "pension_base": "qualifying_earnings"}
    found = evaluated(service={"posts": [band]})
    assert close(
        found.years["full_cost"][0],
        60_000 + Decimal("0.15") * (60_000 - 5_000) + Decimal("0.03") * (50_270 - 6_240),
    )


def test_half_a_year_s_post_has_half_the_threshold() -> None:
    found = evaluated(service={"posts": [{**POST, "end": "2026-09"}]})
    assert close(found.years["full_cost"][0], 15_000 + Decimal("0.15") * (15_000 - 2_500))


def test_increments_and_pay_awards_lift_the_second_year() -> None:
    post: Plain = {**POST, "steps_left": 1, "increment": 1_000.0}
    found = evaluated(service={"posts": [post]}, years=3, assumptions={**STEADY, "pay_award": 0.03})
    second, third = 31_000 * Decimal("1.03"), 31_000 * Decimal("1.03") ** 2
    assert close(found.years["full_cost"][1], second + Decimal("0.15") * (second - 5_000))
    assert close(found.years["full_cost"][2], third + Decimal("0.15") * (third - 5_000))


# Planned cost and overheads


def test_lines_carry_the_vat_that_is_not_recovered_and_their_own_index() -> None:
    lines: list[Plain] = [
        {"name": "Rent", "amount": 1_000.0, "per": "month", "index": "own_rate", "own_rate": 0.1},
        {"name": "Travel", "amount": 1_200.0, "vat_rate": 0.2, "vat_recoverable": 0.25},
        {"name": "Desk", "amount": 500.0, "per": "once", "kind": "set_up", "start": "2026-06"},
        {"name": "Closing", "amount": 9_000.0, "per": "once", "kind": "exit"},
    ]
    found = evaluated(service={"posts": [], "lines": lines}, years=2, assumptions={**STEADY, "cpi": 0.02})
    travel = 1_200 * (1 + Decimal("0.2") * Decimal("0.75"))
    assert close(found.years["full_cost"][0], 12_000 + travel + 500)
    assert close(found.years["full_cost"][1], 13_200 + travel * Decimal("1.02"))


def two_services(method: str) -> Scenario:
    rent: Plain = {
        "name": "Premises",
        "category": "premises_and_office",
        "driver": "floor_area",
        "lines": [{"name": "Rent", "amount": 10_000.0}],
    }
    office: Plain = {
        "name": "Office",
        "category": "central_functions",
        "driver": "fte",
        "lines": [{"name": "Software", "amount": 20_000.0}],
        "driver_quantities": {"floor_area": 10.0},
    }
    return Scenario.model_validate(
        {
            "name": "Two",
            "horizon_years": 1,
            "organisation": {"name": "Charity", "pools": [office, rent], "allocation_method": method},
            "services": [
                {"name": "A", "posts": [POST], "driver_quantities": {"floor_area": 30.0}},
                {"name": "B", "posts": [{**POST, "headcount": 2.0}], "driver_quantities": {"floor_area": 60.0}},
            ],
            "contracts": [simple_contract()],
            "assumptions": STEADY,
        }
    )


@pytest.mark.parametrize(
    ("method", "first", "second"),
    [
        # Premises 10,000 on 30 and 60; office 20,000 on 1 and 2 FTE.
        ("direct", Decimal(10_000) / 3 + Decimal(20_000) / 3, Decimal(20_000) / 3 + Decimal(40_000) / 3),
        # Premises 10,000 on 10, 30 and 60; office 20,000 + 1,000 on 1 and 2 FTE.
        ("step_down", Decimal(3_000 + 7_000), Decimal(6_000 + 14_000)),
        # The office gives nothing back to premises, so as step-down.
        ("reciprocal", Decimal(3_000 + 7_000), Decimal(6_000 + 14_000)),
        # 30,000 on direct cost 33,750 and 67,500.
        ("single_rate", Decimal(10_000), Decimal(20_000)),
    ],
)
def test_two_pools_are_shared_out(method: str, first: Decimal, second: Decimal) -> None:
    result = evaluate(two_services(method), "Annual")
    assert close(sum(result.services[0].months["overhead"], Decimal(0)), first)
    assert close(sum(result.services[1].months["overhead"], Decimal(0)), second)


def with_a_pool(**organisation: object) -> Plain:
    pool: Plain = {
        "name": "Office",
        "category": "central_functions",
        "driver": "direct_cost",
        "lines": [{"name": "Software", "amount": 20_000.0}],
    }
    return {"pools": [pool], **organisation}


def test_the_levy_and_the_allowance_are_the_first_central_pool_s() -> None:
    activity: Plain = {"name": "Shops", "staff_cost": 4_400_000.0, "heads": 100.0, "mean_pay": 40_000.0}
    entered = scenario(organisation=with_a_pool(other_activities=[activity], employment_allowance_claimed=True))
    result = evaluate(entered, "Annual")
    assert close(result.levy[0], Decimal("0.005") * (30_000 + 4_000_000) - 15_000)
    assert close(result.allowance[0], 10_500)
    assert close(result.pool_cost["Office"][0], 20_000 + Decimal("0.005") * 4_030_000 - 15_000 - 10_500)
    shops = result.activity_full_cost["Shops"][0]
    assert close(shops + result.services[0].years["full_cost"][0], 4_400_000 + 33_750 + result.pool_cost["Office"][0])


def test_a_rise_adds_a_layer_and_a_fall_ends_the_newest_first() -> None:
    changes: list[Plain] = [{"start": "2026-10", "volume": 2.0}, {"start": "2027-01", "volume": 0.75}]
    plan = Plan(scenario(service={"planned_changes": changes}))
    layers = sorted((part.first, part.last, part.heads) for part in plan.parts())
    assert layers == [(0, 8, Decimal("0.25")), (0, 11, Decimal("0.75")), (6, 8, Decimal(1))]


# Staffing


def test_the_steady_state_of_vacancies_is_the_planned_one() -> None:
    found = evaluated(assumptions=STILL)
    # Leaving 0.18 / 12 = 0.015 a month, filling 1 / 1.4: vacant 0.015 / (0.015 + 1 / 1.4) = 0.021 / 1.021.
    vacant = Decimal("0.021") / Decimal("1.021")
    assert all_close(found.months["vacant_heads"], [vacant] * 12)
    assert all_close(found.months["pay_not_spent"], [MONTHLY_PAY * vacant] * 12)
    assert all_close(found.months["leavers"], [Decimal("0.015") / Decimal("1.021")] * 12)
    assert all_close(found.months["hires"], found.months["leavers"])
    assert all_close(found.months["planned_recruitment"], [1_500 * Decimal("0.015") / Decimal("1.021")] * 12)
    assert all_close(found.months["running_terms"], [0] * 12)


def test_a_frozen_post_empties_at_its_turnover() -> None:
    service: Plain = {"assumptions": {"turnover": 0.12, "freeze_months": 100.0, "opening_vacancy": 0.0}}
    found = evaluated(service=service, assumptions=STILL)
    filled = [(-Decimal("0.01") * month).exp() for month in range(13)]
    mean = [1 - (filled[month] - filled[month + 1]) / Decimal("0.01") for month in range(12)]
    assert all(
        abs(value - expected) < Decimal("1e-18")
        for value, expected in zip(found.months["vacant_heads"], mean, strict=True)
    )
    assert all_close(found.months["hires"], [0] * 12)


def test_an_added_post_starts_empty_and_its_recruitment_is_planned() -> None:
    found = evaluated(service={"posts": [{**POST, "start": "2026-06"}]})
    assert all_close(found.months["planned_recruitment"], [0, 0, 1_500, *[0] * 9])
    # With nobody leaving, the vacant share falls by e^-(1/1.4) a month.
    kept = (-1 / Decimal("1.4")).exp()
    assert abs(found.months["vacant_heads"][2] - Decimal("1.4") * (1 - kept)) < Decimal("1e-18")
    assert abs(found.months["hires"][2] - (1 - kept)) < Decimal("1e-18")


# Certainty, survival and loss


def test_a_letter_three_months_late_leaves_the_months_before_it_undecided() -> None:
    late = simple_contract(award={"lead_months": -3.0}, price={"current": 12_000.0})
    found = evaluated(
        late, organisation={"borrowing_rate": 0.12}, service={"lines": [{"name": "Rest", "amount": 2_250.0}]}
    )
    assert found.months["award_end_ahead"] == [0, 0, 0, *(Decimal("8.5") - month for month in range(9))]
    result = evaluate(scenario(late), "Annual")
    assert all_close(result.received[0], [0, 0, 0, 6_000, 0, 0, 3_000, 0, 0, 3_000, 0, 0])
    # 36,000 a year is s = 3,000 a month: r / 12 x s x k^2 / 2 for k = 3 months late.
    assert close(sum(found.months["notional_financing"], Decimal(0)), Decimal("0.01") * 3_000 * 9 / 2)
    assert found.months["notional_financing_lateness"] == found.months["notional_financing"]


def test_an_early_letter_blends_the_reach_by_the_chance_of_renewal() -> None:
    early = simple_contract(award={"lead_months": 3.0, "renewal_probability": 0.8})
    found = evaluated(early, years=2, assumptions={**STEADY, "secure_months": 6.0})
    # Until month 5 the end is 6 months or more ahead; from month 9 (decided at 9.0, so by 9.5) the next is likely.
    assert all_close(found.months["insecure"][:12], [0] * 6 + [1] * 3 + [Decimal("0.2")] * 3)
    assert close(found.months["award_end_ahead"][9], Decimal("14.5"))


def test_subject_to_budget_makes_staff_insecure_as_far_as_they_heed_it() -> None:
    award: Plain = {"break_notice_months": 3.0, "break_probability": 0.1, "break_credibility": 0.4}
    found = evaluated(simple_contract(months=36, award=award), years=3, assumptions={**STEADY, "secure_months": 6.0})
    assert all_close(found.months["insecure"], [Decimal("0.6")] * 30 + [Decimal(1)] * 6)
    assert found.boundaries == {12: Decimal("0.9"), 24: Decimal("0.9"), 36: Decimal(1)}
    assert all_close(
        found.months["survival"], [Decimal(1)] * 12 + [Decimal("0.9")] * 12 + [Decimal("0.81")] * 12 + [Decimal("0.81")]
    )


def test_redundancy_weeks_go_by_the_age_in_each_year_of_service() -> None:
    assert statutory_weeks(2, 42) == Decimal("1.5") + 1
    assert statutory_weeks(3, 23) == 1 + Decimal("0.5") + Decimal("0.5")
    assert statutory_weeks(25, 65) == 20 * Decimal("1.5")


@pytest.mark.parametrize(("salary", "week"), [(30_000.0, Decimal(30_000) * 7 / Decimal("365.25")), (60_000.0, 783)])
def test_redundancy_of_a_42_year_old_with_two_years(salary: float, week: Decimal | int) -> None:
    person: Plain = {"heads": 1.0, "years_of_service": 1, "age": 41}
    award: Plain = {"renewal_probability": 0.75, "lead_months": 0.25}
    service: Plain = {"posts": [{**POST, "salary": salary, "heads": [person]}]}
    found = evaluated(simple_contract(award=award), service=service)
    pay = Decimal(salary) + Decimal("0.15") * (Decimal(salary) - 5_000)
    redundancy = Decimal("2.5") * week
    # Two weeks of notice less the 0.25 x 52 / 12 between the decision and the end.
    notice = (2 - Decimal("0.25") * 52 / 12) * pay * 7 / Decimal("365.25")
    assert close(found.exposure[12]["redundancy"], redundancy)
    assert close(found.exposure[12]["notice"], notice)
    assert close(found.months["cost_of_loss"][11], (redundancy + notice) / 4)
    assert close(found.notices[12], 1)


def test_loss_bears_unpaid_months_and_stranded_overhead() -> None:
    award: Plain = {"renewal_probability": 0.5, "lead_months": -2.0}
    found = evaluated(
        simple_contract(award=award), organisation=with_a_pool(), assumptions={**STEADY, "stranded_months": 6.0}
    )
    overhead = Decimal(20_000) / 12
    # A post without cohorts has neither redundancy nor statutory notice.
    assert close(found.months["cost_of_loss"][11], (2 * (MONTHLY_PAY + overhead) + 6 * overhead) / 2)


# Price


def test_rolled_forward_adds_its_uplift_to_last_year_s_price() -> None:
    rolled = simple_contract(
        price={"current": 100_000.0}, movement={"new_award": "rolled_forward", "renewal_uplift": 0.01}
    )
    found = evaluated(rolled, years=3, assumptions={**STEADY, "pay_award": 0.04})
    assert all_close(found.years["price"], [Decimal(100_000), Decimal(101_000), Decimal(102_010)])


def test_an_indexed_price_is_held_by_its_cap() -> None:
    indexed = simple_contract(
        months=36, price={"current": 100_000.0}, movement={"within_award": "cpi", "cap": 0.03, "lag_years": 1}
    )
    growth: Plain = {"by_year": {"2026-27": 0.02, "2027-28": 0.05, "2028-29": 0.01}}
    found = evaluated(indexed, years=3, assumptions={**STEADY, "cpi": growth})
    assert all_close(found.years["price"], [Decimal(100_000), Decimal(102_000), Decimal(102_000) * Decimal("1.03")])


def test_a_recosted_award_follows_cost_and_a_fixed_price_does_not() -> None:
    fixed = simple_contract("Fixed", 24, movement={"within_award": "none"})
    entered = scenario(simple_contract(), fixed, years=2, assumptions={**STEADY, "pay_award": 0.04})
    second = 31_200 + Decimal("0.15") * (31_200 - 5_000)
    assert all_close(only(evaluate(entered, "Annual")).years["price"], [Decimal(33_750), second])
    assert all_close(only(evaluate(entered, "Fixed")).years["price"], [Decimal(33_750)] * 2)


def test_a_first_award_that_ends_in_mid_year_cuts_the_price_there() -> None:
    rolled = simple_contract(
        term={"months": 12, "first_award_ends": "2026-09"},
        price={"current": 12_000.0},
        movement={"new_award": "rolled_forward", "renewal_uplift": 0.02},
    )
    found = evaluated(rolled, years=2)
    assert all_close(found.months["price"], [Decimal(1_000)] * 6 + [Decimal(1_020)] * 12 + [Decimal("1040.4")] * 6)
    assert sorted(found.boundaries) == [6, 18]


@pytest.mark.parametrize(
    ("rule", "paid"),
    [
        ({"overhead_rule": "full"}, Decimal(20_000)),
        ({"overhead_rule": "cap_of_direct", "overhead_rate": 0.1}, Decimal(3_375)),
        ({"overhead_rule": "cap_of_total", "overhead_rate": 0.1}, Decimal(33_750) / 9),
        ({"overhead_rule": "flat_on_direct", "overhead_rate": 1.0}, Decimal(33_750)),
        ({"overhead_rule": "flat_on_staff", "overhead_rate": 0.5}, Decimal(16_875)),
        ({"overhead_rule": "none"}, Decimal(0)),
    ],
)
def test_the_overhead_rule_the_funded_share_and_the_margin(rule: Plain, paid: Decimal) -> None:
    price: Plain = {**rule, "funded_share": 0.8, "margin": 0.05}
    found = evaluated(simple_contract(price=price), organisation=with_a_pool())
    assert close(found.years["fundable_cost"][0], 33_750 + paid)
    assert close(found.years["price"][0], Decimal("0.8") * (33_750 + paid) / Decimal("0.95"))
    assert close(found.gap["overhead_not_allowed"][0], paid - 20_000)
    assert close(found.gap["price_movement"][0], 0)


def test_a_dated_factor_changes_one_year_only() -> None:
    factor: Plain = {"scenario_year": 2, "factor": 0.65, "of": "last_year"}
    rolled = simple_contract(
        price={"current": 100_000.0, "dated_factors": [factor]},
        movement={"new_award": "rolled_forward", "renewal_uplift": 0.1},
    )
    assert all_close(evaluated(rolled, years=3).years["price"], [Decimal(100_000), Decimal(65_000), Decimal(121_000)])


def test_a_volume_contract_pays_for_support_given() -> None:
    people: Plain = {
        "caseload_per_fte": 10.0,
        "mean_length_months": 2.0,
        "opening_caseload": 5.0,
        "referrals_a_month": 1.0,
    }
    volume = simple_contract(price={"current": 12_000.0}, payment={"basis": "volume"})
    found = evaluated(volume, service={"people": people})
    # 5 - 2.5 + 1 = 3.5 of 10 places, then 3.5 - 1.75 + 1 = 2.75.
    assert all_close(found.months["price"][:2], [Decimal(350), Decimal(275)])
    assert all_close(found.months["starts"], [1] * 12)


def test_underspend_is_returned_and_there_is_none_with_posts_filled() -> None:
    found = evaluated(assumptions=STILL)
    vacant = Decimal("0.021") / Decimal("1.021")
    assert all_close(found.months["underspend_returned"], [0] * 11 + [33_750 * vacant])
    assert all_close(found.months["underspend_returned_posts_filled"], [0] * 12)
    # The price pays no recruitment, and the empty post saves what is paid back.
    assert close(found.years["surplus"][0], -1_500 * Decimal("0.18") / Decimal("1.021"))
    assert close(sum(found.months["surplus_posts_filled"], Decimal(0)), found.years["surplus"][0])


def test_underspend_carried_is_returned_when_the_award_ends() -> None:
    carried = simple_contract(months=24, payment={"underspend": "carried"})
    found = evaluated(carried, years=2, assumptions=STILL)
    vacant = Decimal("0.021") / Decimal("1.021")
    assert all_close(found.months["underspend_returned"], [0] * 23 + [2 * 33_750 * vacant])


def test_a_co_funder_reduces_what_may_be_kept_and_a_match_does_not() -> None:
    for kind, returned in (("co_funding", 6_000), ("match", 0), ("in_kind", 6_000)):
        funder: Plain = {"name": "Trust", "kind": kind, "amount_by_year": [6_000.0]}
        found = evaluated(service={"other_funders": [funder]})
        assert close(found.months["underspend_returned"][11], returned)
        assert close(found.years["income"][0], 33_750 + 6_000 - returned)


# Terms and cash


def test_bids_and_letters_that_are_bought_in_cost_their_hours() -> None:
    assumptions: Plain = {
        **STEADY,
        "done_by": "bought_in",
        "provider_hour_value": 20.0,
        "letter_hours": 5.0,
        "bid_hours": 100.0,
        "bid_external": 1_000.0,
        "return_hours": 6.0,
    }
    competed = simple_contract(
        term={"months": 12, "extensions": 1},
        award={"competed": True, "renewal_probability": 0.5},
        monitoring={"returns_a_year": 4.0},
    )
    found = evaluated(competed, years=3, assumptions=assumptions)
    # A bid in months 0 and 24, a letter for the extension in month 12, four returns of six hours a year.
    assert close(found.months["award_effort"][0], 100 * 20 + 1_000)
    assert close(found.months["award_effort"][12], 5 * 20)
    assert close(found.months["award_effort"][24], 100 * 20 + 1_000)
    assert close(found.months["running_terms"][1], 4 * 6 * 20 / Decimal(12))
    # The extension's letter weighs 1, the second bid 0.5, though the service then goes on with 0.5 and 0.25.
    monthly = MONTHLY_PAY + 40
    assert close(found.months["cost"][12], monthly / 2 + 100)
    assert close(found.months["cost"][24], monthly / 4 + Decimal(3_000) / 2)
    assert all_close(found.hours["bids"], [100, *[0] * 23, 50, *[0] * 11])


def test_quarterly_arrears_with_thirty_days_arrive_a_month_after_the_quarter() -> None:
    arrears = simple_contract(payment={"timing": "arrears", "days": 30.0})
    entered = scenario(arrears, organisation={"opening_cash": 1_000.0, "borrowing_rate": 0.12})
    result = evaluate(entered, "Annual")
    quarter = 3 * MONTHLY_PAY
    assert all_close(result.received[0], [0, 0, 0, quarter, 0, 0, quarter, 0, 0, quarter, 0, 0])
    assert close(result.debtors[11], quarter)
    first = 1_000 - MONTHLY_PAY
    second = first - MONTHLY_PAY + Decimal("0.01") * first
    assert all_close(result.cash[:2], [first, second])
    assert close(result.interest[1], -Decimal("0.01") * first)
    assert close(result.lowest_cash, min(result.cash))


def test_a_service_lost_stops_its_receipts_and_costs_and_bears_its_loss() -> None:
    rolled = simple_contract(months=6, award={"renewal_probability": 0.5}, payment={"interval_months": 1})
    closing: Plain = {"name": "Closing", "amount": 5_000.0, "per": "once", "kind": "exit"}
    result = evaluate(scenario(rolled, service={"lines": [closing]}), "Annual")
    assert all_close(result.cash, [0] * 12)
    assert close(result.lowest_cash_if_lost[0, 6], -5_000)


def test_non_cash_lines_cost_reserves_and_no_cash() -> None:
    depreciation: Plain = {"name": "Depreciation", "amount": 1_200.0, "cash": False, "eligible": False}
    organisation: Plain = {"opening_free_reserves": 10_000.0, "opening_cash": 0.0}
    monthly: Plain = {"interval_months": 1}
    entered = scenario(simple_contract(payment=monthly), service={"lines": [depreciation]}, organisation=organisation)
    result = evaluate(entered, "Annual")
    assert all_close(result.cash, [0] * 12)
    assert close(result.free_reserves[11], 10_000 - 1_200)


def test_the_public_purse_pays_administers_and_is_discounted() -> None:
    competed = simple_contract(award={"competed": True, "competition_saving": 0.1})
    entered = scenario(competed, years=2, assumptions={**STEADY, "gdp_deflator": 0.02})
    result = evaluate(entered, "Annual")
    yearly = 33_750 + 8_000 - 3_375
    assert all_close(result.public_purse["total"], [yearly] * 2)
    assert close(result.present_value, yearly + yearly / Decimal("1.02") / Decimal("1.035"))


def test_the_no_budget_regret_is_the_price_confirmed_ahead() -> None:
    flexible = simple_contract(
        months=12, price={"current": 12_000.0}, flexibility={"chance_of_change": 0.12, "repurposable": 0.25}
    )
    found = evaluated(flexible)
    assert close(found.months["regret"][0], Decimal("0.01") * 1_000 * Decimal("11.5") * Decimal("0.75"))


# What holds for every scenario


def test_awards_follow_each_other_with_their_extensions() -> None:
    entered = scenario(
        simple_contract(
            term={
                "months": 24,
                "extensions": 2,
                "extension_months": 12,
                "first_award_ends": "2026-12",
                "extensions_used": 1,
            }
        ),
        years=4,
    )
    awards = Certainty(entered.contracts[0], Plan(entered), "Service").awards
    assert [(award.start, award.end, award.number, award.cycle_start) for award in awards[:4]] == [
        (-3, 9, 1, -27),
        (9, 21, 2, -27),
        (21, 45, 0, 21),
        (45, 57, 1, 21),
    ]


def weights(chances: dict[tuple[int, int], Decimal]) -> list[tuple[Decimal, dict[tuple[int, int], float]]]:
    """Return every path of goings-on and losses with its probability."""
    paths = []
    for goes_on in product((True, False), repeat=len(chances)):
        weight = Decimal(1)
        for chance, on in zip(chances.values(), goes_on, strict=True):
            weight *= chance if on else 1 - chance
        drawn = {key: 0.0 if on else 1.0 for key, on in zip(chances, goes_on, strict=True)}
        if weight:
            paths.append((weight, drawn))
    return paths


def test_the_expected_case_is_the_mean_over_all_paths_of_loss() -> None:
    person: Plain = {"heads": 1.0, "years_of_service": 7, "age": 50}
    award: Plain = {"renewal_probability": 0.7, "lead_months": -1.0, "competed": True}
    assumptions: Plain = {**STILL, "bid_external": 900.0, "secure_months": 4.0, "extra_turnover_when_insecure": 0.3}
    entered = scenario(
        simple_contract(award=award), service={"posts": [{**POST, "heads": [person]}]}, years=3, assumptions=assumptions
    )
    expected = only(evaluate(entered, "Annual"))
    paths = weights({(0, boundary): chance for boundary, chance in expected.boundaries.items()})
    for name in ("cost", "income", "surplus", "surplus_posts_filled", "cost_of_loss"):
        mean = [Decimal(0)] * 36
        for weight, drawn in paths:
            path = only(evaluate(entered, "Annual", drawn_survival=drawn)).months[name]
            mean = [so_far + weight * value for so_far, value in zip(mean, path, strict=True)]
        assert all_close(expected.months[name], mean)


@settings(max_examples=25)
@given(scenarios(longest=3))
def test_the_gap_and_the_weeks_lost_add_up(entered: Scenario) -> None:
    result = evaluate(entered, entered.contracts[0].name)
    for found in result.services:
        for year, surplus in enumerate(found.years["surplus"]):
            assert close(sum((step[year] for step in found.gap.values()), Decimal(0)), surplus)
        for month, planned in enumerate(found.months["planned_capacity"]):
            given_weighted = found.months["survival"][month] * found.months["support_months_given"][month]
            lost = sum((cause[month] for cause in found.weeks_lost.values()), Decimal(0))
            assert close(lost, Decimal(52) / 12 * (planned - given_weighted))


@settings(max_examples=15)
@given(scenarios(longest=3, null=True))
def test_contracts_that_differ_in_length_only_give_the_same_money(entered: Scenario) -> None:
    assert [contract.name for contract in entered.contracts] == [str(contract["name"]) for contract in null_contracts()]
    first, *others = (evaluate(entered, contract.name) for contract in entered.contracts)
    for other in others:
        for mine, theirs in zip(first.services, other.services, strict=True):
            for name in ("price", "cost", "income", "surplus", "surplus_posts_filled", "leavers", "hires", "starts"):
                assert all_close(mine.months[name], theirs.months[name])
        assert all_close(first.cash, other.cash)
        assert all_close(first.free_reserves, other.free_reserves)
