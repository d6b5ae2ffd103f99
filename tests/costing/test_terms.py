"""Cost of the terms and of losing a service, by hand: hours, bids, survival, stranded overhead, the public purse."""

from __future__ import annotations

import pytest

from funding_model.costing.model import Evaluation
from tests.costing.small import POST, STEADY, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

HOURS: Plain = {
    **STEADY,
    "provider_hour_value": 20.0,
    "funder_hour_value": 30.0,
    "letter_hours": 6.0,
    "letter_hours_funder": 2.0,
    "bid_hours": 100.0,
    "bid_hours_funder": 40.0,
    "bid_external": 1_000.0,
    "variation_hours": 12.0,
    "variation_hours_funder": 5.0,
    "return_hours": 9.0,
    "return_hours_funder": 4.0,
}
WEEK = 7 / 365.25


def in_months(amounts: dict[int, float], months: int) -> object:
    """Return what compares as equal to these amounts in their months and nothing in the others."""
    return pytest.approx([amounts.get(month, 0.0) for month in range(months)])


def with_hours(contract: Plain, years: int = 1, service: Plain | None = None, **assumptions: object) -> Evaluation:
    return costed(contract, years=years, service=service, assumptions={**HOURS, **assumptions}).evaluation


# Hours and their value


def test_letters_by_staff_already_costed_are_shown_and_added_to_nothing() -> None:
    found = with_hours(simple_contract(), 2)
    assert of(found.terms_cost.hours.letters) == in_months({0: 6.0, 12: 6.0}, 24)
    assert of(found.terms_cost.hour_value) == [20.0] * 24
    assert of(found.provider.running_terms) == [0.0] * 24


def test_bought_in_letters_cost_their_hours() -> None:
    found = with_hours(simple_contract(), 2, done_by="bought_in")
    assert of(found.provider.running_terms) == in_months({0: 120.0, 12: 120.0}, 24)


def test_a_bid_costs_its_bought_in_help_in_any_case_and_its_hours_when_bought_in() -> None:
    competed = simple_contract(award={"competed": True})
    already = with_hours(competed, 2)
    assert of(already.terms_cost.hours.bids) == in_months({0: 100.0, 12: 100.0}, 24)
    assert of(already.provider.running_terms) == in_months({0: 1_000.0, 12: 1_000.0}, 24)
    bought = with_hours(competed, 2, done_by="bought_in")
    assert of(bought.provider.running_terms) == in_months({0: 3_000.0, 12: 3_000.0}, 24)


def test_hours_follow_pay_and_bought_in_help_follows_prices() -> None:
    growing: dict[str, Plain] = {"pay_award": {"every_year": 0.1}, "cpi": {"every_year": 0.05}}
    found = with_hours(simple_contract(award={"competed": True}), 2, None, done_by="bought_in", **growing)
    assert of(found.provider.running_terms) == in_months({0: 3_000.0, 12: 2_000 * 1.1 + 1_000 * 1.05}, 24)


def test_returns_and_expected_variations_come_a_twelfth_a_month() -> None:
    contract = simple_contract(
        monitoring={"returns_a_year": 4.0},
        flexibility={"chance_of_change": 0.25},
        award={"letters_for_extensions": False},
    )
    found = with_hours(contract, done_by="bought_in", letter_hours=0.0)
    assert of(found.terms_cost.hours.returns) == pytest.approx([3.0] * 12)
    assert of(found.terms_cost.hours.variations) == pytest.approx([0.25] * 12)
    assert of(found.provider.running_terms) == pytest.approx([20 * 3.25] * 12)
    own = simple_contract(
        monitoring={"returns_a_year": 4.0, "hours_each": 6.0},
        flexibility={"chance_of_change": 0.25, "variation_hours": 24.0},
    )
    assert of(with_hours(own).terms_cost.hours.returns) == pytest.approx([2.0] * 12)
    assert of(with_hours(own).terms_cost.hours.variations) == pytest.approx([0.5] * 12)


def test_protective_notices_go_to_those_whose_notice_is_longer_than_the_time_left() -> None:
    heads: list[Plain] = [
        {"heads": 2.0, "years_of_service": 10, "age": 50},  # eleven weeks at the award's end
        {"heads": 1.0, "years_of_service": 2, "age": 30},  # three weeks
    ]
    service: Plain = {"posts": [{**POST, "headcount": 3.0, "heads": heads}]}
    for lead, noticed in ((0.0, 3.0), (1.0, 2.0), (2.0, 2.0), (3.0, 0.0)):  # 0, 4.3, 8.7 and 13 weeks
        contract = simple_contract(award={"lead_months": lead})
        found = with_hours(contract, service=service, notice_hours_per_head=1.5)
        assert of(found.jobs.notices) == in_months({11: noticed}, 12)
        assert of(found.terms_cost.hours.notices) == in_months({11: 1.5 * noticed}, 12)


def test_people_of_unknown_service_have_at_least_a_week_s_notice() -> None:
    assert of(with_hours(simple_contract()).jobs.notices) == in_months({11: 1.0}, 12)
    assert of(with_hours(simple_contract(award={"lead_months": 0.5})).jobs.notices) == in_months({}, 12)


def test_no_protective_notice_where_only_a_break_clause_may_end_the_service() -> None:
    contract = simple_contract(months=36, award={"break_notice_months": 1.0, "break_probability": 0.1})
    assert of(with_hours(contract, 2).jobs.notices) == in_months({}, 24)


def test_a_blank_hour_value_is_planned_pay_for_a_paid_hour() -> None:
    posts: list[Plain] = [{**POST, "headcount": 2.0, "fte": 0.5}, {**POST, "name": "Half a year", "end": "2026-09"}]
    found = costed(service={"posts": posts}, organisation={"full_time_hours_a_week": 35.0}, years=2).evaluation
    pay = 2 * (15_000 + 0.15 * 10_000) + YEARLY_PAY / 2
    hours = (2 * 0.5 + 0.5) * 35 * 52.143
    assert of(found.terms_cost.hour_value) == pytest.approx([pay / hours] * 24)


def test_without_posts_an_hour_has_no_value() -> None:
    line: Plain = {"name": "Grant", "amount": 1_200.0}
    found = costed(service={"posts": [], "lines": [line]}).evaluation
    assert of(found.terms_cost.hour_value) == [0.0] * 12


# The public purse


def test_the_public_purse_administers_letters_bids_returns_and_variations() -> None:
    letters = with_hours(simple_contract(), 2)
    assert of(letters.purse.administration) == in_months({0: 60.0, 12: 60.0}, 24)
    competed = simple_contract(
        award={"competed": True, "competition_cost": 9_000.0, "competition_saving": 0.02},
        monitoring={"returns_a_year": 4.0},
        flexibility={"chance_of_change": 0.25},
    )
    purse = with_hours(competed).purse
    running = 30 * (4 * 4.0 + 0.25 * 5.0) / 12
    assert of(purse.administration) == pytest.approx([9_000 + 40 * 30 + running] + [running] * 11)
    assert of(purse.paid) == pytest.approx([YEARLY_PAY / 12] * 12)
    assert of(purse.competition_saving) == pytest.approx([0.02 * YEARLY_PAY / 12] * 12)
    assert of(purse.total) == pytest.approx(
        [0.98 * YEARLY_PAY / 12 + 10_200 + running] + [0.98 * YEARLY_PAY / 12 + running] * 11
    )


def test_a_competition_costs_the_published_figure_when_none_is_entered() -> None:
    purse = costed(simple_contract(award={"competed": True})).evaluation.purse
    assert of(purse.administration) == in_months({0: 8_000.0}, 12)


def test_what_the_funder_gets_back_was_not_paid() -> None:
    found = costed(service={"assumptions": {"opening_vacancy": 0.5, "freeze_months": 240.0}}).evaluation
    assert sum(of(found.purse.paid)) == pytest.approx(YEARLY_PAY / 2)


def test_regret_is_the_price_committed_ahead_by_the_chance_that_it_no_longer_fits() -> None:
    flexible: Plain = {"chance_of_change": 0.24, "repurposable": 0.25}
    monthly = YEARLY_PAY / 12
    found = costed(simple_contract(flexibility=flexible)).evaluation.purse
    assert of(found.regret) == pytest.approx([0.02 * 0.75 * monthly * (11.5 - month) for month in range(12)])
    breakable = simple_contract(flexibility=flexible, award={"break_notice_months": 3.0})
    ahead = [min(3.0, 11.5 - month) for month in range(12)]
    assert of(costed(breakable).evaluation.purse.regret) == pytest.approx([0.02 * 0.75 * monthly * a for a in ahead])
    unknown = simple_contract(flexibility={"chance_of_change": 0.24})
    assert of(costed(unknown).evaluation.purse.regret) == [0.0] * 12


# Survival and the cost of losing a service


def test_survival_falls_at_renewals_extensions_and_breaks() -> None:
    contract = simple_contract(
        months=24,
        term={"extensions": 1, "extension_months": 12},
        award={
            "renewal_probability": 0.8,
            "extension_probability": 0.9,
            "break_notice_months": 3.0,
            "break_probability": 0.1,
        },
    )
    survival = of(costed(contract, years=4).evaluation.provider.survival)
    expected = [1.0] * 12 + [0.9] * 12 + [0.9 * 0.9] * 12 + [0.81 * 0.8] * 12 + [0.648 * 0.9]
    assert survival == pytest.approx(expected)


def test_a_blank_chance_of_extension_is_that_of_renewal() -> None:
    contract = simple_contract(term={"extensions": 1, "extension_months": 12}, award={"renewal_probability": 0.8})
    assert of(costed(contract, years=2).evaluation.provider.survival)[12] == pytest.approx(0.8)


def test_effort_is_weighted_by_survival_of_the_month_before() -> None:
    contract = simple_contract(award={"renewal_probability": 0.8})
    found = with_hours(contract, 2, done_by="bought_in", notice_hours_per_head=1.5)
    lost = of(found.provider.cost_of_loss)
    cost = of(found.provider.cost)
    assert cost[12] == pytest.approx(0.8 * YEARLY_PAY / 12 + 120 + lost[12])  # the letter is written by all
    assert cost[0] == pytest.approx(YEARLY_PAY / 12 + 120)
    notices = 20 * 1.5
    assert cost[11] == pytest.approx(YEARLY_PAY / 12 + notices + lost[11])


POOLS: list[Plain] = [
    {
        "name": "Rent",
        "category": "premises_and_office",
        "driver": "fte",
        "lines": [{"name": "Rent", "amount": 12_000.0}],
        "shed_after_months": 9.0,
    },
    {
        "name": "Finance",
        "category": "governance_and_strategy",
        "driver": "fte",
        "lines": [{"name": "Fees", "amount": 2_400.0}],
    },
]


def test_every_part_of_what_a_loss_costs() -> None:
    posts: list[Plain] = [
        {**POST, "contractual_notice_weeks": 8.0, "heads": [{"heads": 1.0, "years_of_service": 4, "age": 35}]}
    ]
    service: Plain = {
        "posts": posts,
        "lines": [{"name": "Clearing", "amount": 2_000.0, "per": "once", "kind": "exit"}],
        "assumptions": {"redeployed": 0.25, "pension_cessation_exposure": 10_000.0},
    }
    contract = simple_contract(award={"lead_months": -2.0, "renewal_probability": 0.7})
    found = costed(
        contract,
        service=service,
        organisation={"pools": POOLS},
        assumptions={**STEADY, "stranded_months": 3.0},
    ).evaluation
    at_end = {
        "redundancy": 5 * 30_000 * WEEK,
        "notice": 8 * YEARLY_PAY * WEEK,
        "pension_cessation": 10_000,
        "exit_lines": 2_000,
        "unpaid_months": 2 * (YEARLY_PAY + 14_400) / 12,  # two months late, continued at risk
        "stranded_overhead": 9 * 1_000 + 3 * 200,
    }
    for name, amount in at_end.items():
        assert of(getattr(found.exposures, name)) == in_months({12: amount}, 13), name
    people = at_end["redundancy"] + at_end["notice"]
    others = sum(at_end.values()) - people
    assert of(found.exposures.total) == in_months({12: people + others}, 13)
    assert of(found.exposures.cost_if_lost) == in_months({12: 0.75 * people + others}, 13)
    assert of(found.provider.cost_of_loss) == in_months({11: 0.3 * (0.75 * people + others)}, 12)
    assert of(found.gap.steps["survival_and_loss"]) == pytest.approx([-0.3 * (0.75 * people + others)])


def test_a_service_not_continued_at_risk_has_no_unpaid_months() -> None:
    contract = simple_contract(award={"lead_months": -2.0, "continued_at_risk": False})
    assert of(costed(contract).evaluation.exposures.unpaid_months) == [0.0] * 13


def test_exit_costs_are_at_the_prices_of_the_year_before_the_end() -> None:
    line: Plain = {"name": "Clearing", "amount": 2_000.0, "per": "once", "kind": "exit"}
    found = costed(service={"lines": [line]}, years=2, assumptions={**STEADY, "cpi": {"every_year": 0.1}}).evaluation
    assert of(found.exposures.exit_lines) == in_months({12: 2_000.0, 24: 2_200.0}, 25)


def test_a_break_gives_its_own_notice() -> None:
    posts: list[Plain] = [{**POST, "heads": [{"heads": 1.0, "years_of_service": 11, "age": 50}]}]
    contract = simple_contract(months=24, award={"break_notice_months": 1.0, "break_probability": 0.5})
    found = costed(contract, service={"posts": posts}, years=2).evaluation
    assert of(found.exposures.notice)[12] == pytest.approx((12 - 52 / 12) * YEARLY_PAY * WEEK)
    assert of(found.provider.survival)[11:14] == [1.0, 0.5, 0.5]


def test_income_and_cost_stop_with_the_service() -> None:
    funder: Plain = {"name": "Trust", "kind": "match", "amount_by_year": [1_200.0]}
    found = costed(
        simple_contract(months=6, award={"renewal_probability": 0.6}), service={"other_funders": [funder]}
    ).evaluation
    monthly = YEARLY_PAY / 12
    assert of(found.provider.income) == pytest.approx([monthly + 100] * 6 + [0.6 * (monthly + 100)] * 6)
    assert of(found.money.cost) == pytest.approx([monthly * 6 * 1.6])


def test_lines_that_follow_delivery_change_with_those_who_start_and_are_at_work() -> None:
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 5.0, "referrals_a_month": 9.0}
    lines: list[Plain] = [
        {"name": "Pack", "amount": 50.0, "per": "person_starting"},
        {"name": "Car", "amount": 1_200.0, "per": "delivery_fte"},
    ]
    service: Plain = {
        "people": people,
        "lines": lines,
        "assumptions": {"opening_vacancy": 0.5, "freeze_months": 240.0, "cover_share": 0.2},
    }
    found = costed(service=service).evaluation
    starts, planned = of(found.delivery.flow.starts), of(found.planned.flow.starts)
    assert planned == pytest.approx([2.0] * 12)
    assert starts[0] == 0.0  # ten people are in support, and places for six
    expected = [50 * (now - before) - 100 * 0.5 * 0.8 for now, before in zip(starts, planned, strict=True)]
    assert of(found.provider.lines_change) == pytest.approx(expected)
    assert of(found.provider.full_cost) == pytest.approx([YEARLY_PAY / 12 + 100 + 100] * 12)
