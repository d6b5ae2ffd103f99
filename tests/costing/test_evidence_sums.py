"""Published sums worked through the core: what the evidence says a thing costs is what a scenario of it costs."""

from __future__ import annotations

import pytest

from funding_model.reference.evidence import fixture
from tests.costing.small import POST, STEADY, STILL, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract


def published(key: str) -> tuple[dict[str, float], float, float]:
    """Return a published sum's inputs, its result and how closely it was rounded."""
    found = fixture(key)
    assert isinstance(found.expected, int | float)
    return {name: float(value) for name, value in found.inputs.items()}, float(found.expected), found.tolerance


def test_what_replacing_a_leaver_costs() -> None:
    """RNIB: advertising and induction, six weeks' cover of the empty post, and twelve weeks of notice.

    A week is the fifty-second part of the year in the published sum and 7 / 365.25 of it in the core's notice.
    """
    inputs, expected, _ = published("fx_rnib")
    yearly = inputs["hourly_total_cost"] * inputs["annual_hours"]
    gross = (yearly + 0.15 * 5_000) / 1.15  # of which pay with National Insurance is the published cost
    found = costed(
        simple_contract(award={"renewal_probability": 0.5}),
        service={
            "posts": [{**POST, "salary": gross, "contractual_notice_weeks": inputs["notice_weeks"]}],
            "assumptions": {
                "turnover": 0.12,
                "months_to_fill": inputs["vacancy_weeks"] * 12 / 52,
                "cover_share": 1.0,
                "cost_per_hire": inputs["admin"] + inputs["induction"],
            },
        },
        assumptions=STILL,
    ).evaluation
    hires = sum(of(found.jobs.hires))
    recruitment = sum(of(found.planned.full.services.recruitment)) / hires
    cover = sum(of(found.provider.cover)) / hires
    assert recruitment == pytest.approx(inputs["admin"] + inputs["induction"])
    assert cover == pytest.approx(15.56 * 1_820 / 52 * 6)
    filled = 1 - of(found.jobs.vacant)[-1]
    notice = of(found.exposures.notice)[12] / filled
    assert notice == pytest.approx(12 * 15.56 * 1_820 * 7 / 365.25)
    assert recruitment + cover + notice == pytest.approx(expected, rel=0.003)


def test_the_largest_redundancy_payment_in_northern_ireland() -> None:
    inputs, expected, tolerance = published("fx_ni_redundancy_max")
    heads: list[Plain] = [{"heads": 1.0, "years_of_service": int(inputs["years"]) - 1, "age": 61}]
    found = costed(
        simple_contract(award={"renewal_probability": 0.5}),
        service={"posts": [{**POST, "salary": 60_000.0, "heads": heads}]},
        organisation={"jurisdiction": "NI", "first_month": "2025-04"},
    ).evaluation
    assert of(found.exposures.redundancy)[12] == pytest.approx(expected, abs=tolerance + 1e-6)
    assert expected == 749 * 1.5 * 20


def real_change(uplift: float, growth: float) -> float:
    """Return how far a price behind a cost falls in one year."""
    line: Plain = {"name": "Everything", "amount": 100_000.0, "index": "own_rate", "own_rate": growth}
    contract = simple_contract(months=24, movement={"within_award": "fixed", "rate": uplift})
    money = costed(contract, service={"posts": [], "lines": [line]}, years=2).evaluation.money
    return of(money.price)[1] / of(money.full_cost)[1] - 1


def test_an_uplift_below_inflation_is_a_real_cut() -> None:
    inputs, expected, tolerance = published("fx_ncvo_real")
    assert real_change(inputs["uplift"], inputs["cpi"]) == pytest.approx(1.027 / 1.087 - 1)
    assert real_change(inputs["uplift"], inputs["cpi"]) == pytest.approx(expected, abs=tolerance)


def test_ten_uplifts_of_one_per_cent_behind_the_minimum_wage() -> None:
    inputs, expected, tolerance = published("fx_surestart_erosion")
    yearly = (1 + inputs["wage_growth"]) ** (1 / inputs["years"]) - 1
    line: Plain = {"name": "Everything", "amount": 12_000.0, "index": "own_rate", "own_rate": yearly}
    # A scenario from September reaches into an eleventh financial year; the price is renewed each October.
    contract = simple_contract(
        term={"first_award_ends": "2026-09"},
        price={"current": 12_000.0},
        movement={"new_award": "rolled_forward", "renewal_uplift": inputs["uplift"]},
    )
    found = costed(
        contract,
        service={"posts": [], "lines": [line]},
        years=10,
        organisation={"first_month": "2026-09"},
    ).evaluation.provider
    behind = of(found.price)[-1] / of(found.full_cost)[-1] - 1
    assert behind == pytest.approx(1.01**10 / 1.65 - 1)
    assert behind == pytest.approx(expected, abs=tolerance)


def test_a_fixed_price_falls_behind_a_growing_cost() -> None:
    inputs, expected, tolerance = published("fx_erosion_identity")
    line: Plain = {
        "name": "Everything",
        "amount": inputs["c0"],
        "index": "own_rate",
        "own_rate": inputs["growth"],
    }
    contract = simple_contract(months=36, movement={"within_award": "fixed", "rate": inputs["uplift"]})
    money = costed(contract, service={"posts": [], "lines": [line]}, years=3).evaluation.money
    gap = sum(of(money.full_cost)) - sum(of(money.price))
    assert gap == pytest.approx(300_000 * (0.04 + 1.04**2 - 1))
    assert gap == pytest.approx(expected, abs=tolerance)
    assert -sum(of(money.surplus)) == pytest.approx(gap)


@pytest.mark.parametrize("late", [1, 2, 4, 5])
def test_a_late_award_costs_the_interest_on_what_is_spent_in_the_meantime(late: int) -> None:
    """Spending s a month and paid k months late: s r / 12 k^2 / 2, the difference from the contract paid on time."""
    contract = simple_contract(months=36, award={"lead_months": -float(late)}, payment={"interval_months": 1})
    found = costed(contract, years=1, organisation={"borrowing_rate": 0.06}, assumptions=STEADY).evaluation
    extra = sum(of(found.waiting_for_money)) - sum(of(found.waiting_if_prompt))
    assert extra == pytest.approx(YEARLY_PAY / 12 * 0.06 / 12 * late**2 / 2)
