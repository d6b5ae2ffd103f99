"""What staff cost by the statutory figures of each tax year, against sums written out by hand.

The figures of each sum are those published for its year: employer's National Insurance 15.05 per cent to October 2022
and 13.8 per cent from November 2022 above 9,100 pounds, 15 per cent above 5,000 pounds from April 2025; a pension on
qualifying earnings between 6,240 and 50,270 pounds above a trigger of 10,000; the limits on a week's pay for redundancy
of Northern Ireland and of Great Britain.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from funding_model.costing.pay import pay_per_head
from funding_model.questions.compare import Comparison
from tests.costing.small import POST, STEADY, STILL, YEARLY_PAY, costed, of
from tests.strategies import Plain, simple_contract

YEARS = ("2022-23", "2023-24", "2024-25", "2025-26", "2026-27")


def yearly_cost(year: str, post: Plain, **organisation: object) -> float:
    """Return the planned cost of one post over a tax year."""
    found = costed(
        service={"posts": [{**POST, **post}]}, organisation={"first_month": f"{year[:4]}-04", **organisation}
    )
    return of(found.evaluation.money.full_cost)[0]


NIC_OF_30_000 = {
    "2022-23": 0.1505 * (17_500 - 9_100 * 7 / 12) + 0.138 * (12_500 - 9_100 * 5 / 12),
    "2023-24": 0.138 * (30_000 - 9_100),
    "2024-25": 0.138 * (30_000 - 9_100),
    "2025-26": 0.15 * (30_000 - 5_000),
    "2026-27": 0.15 * (30_000 - 5_000),
}


@pytest.mark.parametrize("year", YEARS)
def test_national_insurance_of_a_full_time_post(year: str) -> None:
    assert yearly_cost(year, {}) == pytest.approx(30_000 + NIC_OF_30_000[year], abs=1e-8)


def test_the_rate_of_2022_changes_in_november() -> None:
    months = of(costed(organisation={"first_month": "2022-04"}).evaluation.provider.full_cost)
    to_october = 2_500 + 0.1505 * (2_500 - 9_100 / 12)
    from_november = 2_500 + 0.138 * (2_500 - 9_100 / 12)
    assert months == pytest.approx([to_october] * 7 + [from_november] * 5)


def test_a_scenario_that_starts_in_october_2022_sees_both_rates_and_then_the_new_threshold() -> None:
    months = of(costed(years=3, organisation={"first_month": "2022-10"}).evaluation.provider.full_cost)
    assert months[0] == pytest.approx(2_500 + 0.1505 * (2_500 - 9_100 / 12))
    assert months[1:30] == pytest.approx([2_500 + 0.138 * (2_500 - 9_100 / 12)] * 29)
    assert months[30:] == pytest.approx([2_500 + 0.15 * (2_500 - 5_000 / 12)] * 6)  # from April 2025


@pytest.mark.parametrize(
    ("year", "cost"),
    [
        # 0.4 FTE of 30,000 is 12,000 a year, above every threshold.
        ("2022-23", 12_000 + 0.1505 * (7_000 - 9_100 * 7 / 12) + 0.138 * (5_000 - 9_100 * 5 / 12)),
        ("2023-24", 12_000 + 0.138 * 2_900),
        ("2024-25", 12_000 + 0.138 * 2_900),
        ("2025-26", 12_000 + 0.15 * 7_000),
        ("2026-27", 12_000 + 0.15 * 7_000),
    ],
)
def test_national_insurance_of_a_part_time_post(year: str, cost: float) -> None:
    assert yearly_cost(year, {"fte": 0.4}) == pytest.approx(cost, abs=1e-8)


@pytest.mark.parametrize(
    ("year", "nic"),
    [("2024-25", 0.0), ("2025-26", 0.15 * 1_000)],  # 0.2 FTE is 6,000: below 9,100, above 5,000
)
def test_pay_below_the_threshold_bears_no_national_insurance(year: str, nic: float) -> None:
    assert yearly_cost(year, {"fte": 0.2}) == pytest.approx(6_000 + nic, abs=1e-8)


def test_two_part_time_people_have_two_thresholds() -> None:
    assert yearly_cost("2025-26", {"headcount": 2.0, "fte": 0.5}) == pytest.approx(30_000 + 2 * 0.15 * 10_000)


@pytest.mark.parametrize("year", YEARS)
def test_half_a_year_s_post_has_half_the_threshold(year: str) -> None:
    nic = {**NIC_OF_30_000, "2022-23": 2 * 0.1505 * (15_000 - 4_550)}[year] / 2  # the higher rate up to September
    assert yearly_cost(year, {"end": f"{year[:4]}-09"}) == pytest.approx(15_000 + nic, abs=1e-8)


@pytest.mark.parametrize("year", YEARS)
def test_a_pension_and_a_deficit_on_whole_pay(year: str) -> None:
    post: Plain = {"pension_rate": 0.19, "deficit_rate": 0.015, "other_on_cost_rate": 0.01}
    on_costs = 0.19 * 30_000 + 0.015 * 30_000 + 0.01 * 30_000
    assert yearly_cost(year, post) == pytest.approx(30_000 + NIC_OF_30_000[year] + on_costs, abs=1e-8)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("fte", "salary", "base"),
    [
        (1.0, 30_000.0, 30_000 - 6_240),
        (1.0, 60_000.0, 50_270 - 6_240),
        (0.5, 30_000.0, 15_000 - 6_240),
        (0.25, 30_000.0, 0),  # 7,500 is between the lower limit and the trigger of 10,000
        (0.25, 40_000.0, 0),  # 10,000 is the trigger, and not above it
    ],
)
def test_a_pension_on_qualifying_earnings(year: str, fte: float, salary: float, base: float) -> None:
    post: Plain = {"fte": fte, "salary": salary}
    banded: Plain = {**post, "pension_rate": 0.03, "pension_base": "qualifying_earnings"}
    assert yearly_cost(year, banded) - yearly_cost(year, post) == pytest.approx(0.03 * base, abs=1e-8)


def test_each_of_two_posts_has_its_own_pension() -> None:
    whole: Plain = {**POST, "pension_rate": 0.1}
    banded: Plain = {**POST, "name": "Other", "pension_rate": 0.03, "pension_base": "qualifying_earnings"}
    found = of(costed(service={"posts": [whole, banded]}).evaluation.money.full_cost)
    assert found == pytest.approx([2 * YEARLY_PAY + 0.1 * 30_000 + 0.03 * (30_000 - 6_240)])


def test_the_pay_of_a_head_is_its_parts_in_the_order_of_the_posts() -> None:
    whole: Plain = {**POST, "pension_rate": 0.1, "deficit_rate": 0.02, "other_on_cost_rate": 0.01}
    banded: Plain = {**POST, "name": "Other", "pension_rate": 0.03, "pension_base": "qualifying_earnings"}
    found = costed(service={"posts": [whole, banded, {**whole, "name": "A post like the first"}]})
    inputs, outlook = found.prepared.inputs, found.evaluation.planned.outlook
    years = inputs.calendar.year_of_period
    cost = pay_per_head(
        inputs.staff,
        outlook.pay_index,
        inputs.statutory,
        inputs.calendar,
        years,
        np.broadcast_to(years, (3, len(years))),
    )
    parts = {
        "gross": [30_000, 30_000, 30_000],
        "nic": [3_750, 3_750, 3_750],
        "pension": [3_000, 0.03 * (30_000 - 6_240), 3_000],
        "other": [900, 0, 900],
    }
    for name, of_posts in parts.items():
        assert getattr(cost, name)[0, :, 0].tolist() == pytest.approx(of_posts), name
    assert cost.pay[0, :, 0].tolist() == pytest.approx([sum(column) for column in zip(*parts.values(), strict=True)])


def test_pay_above_a_trigger_but_below_the_lower_limit_has_no_qualifying_earnings() -> None:
    """The trigger in force is above the lower limit; were it 5,000 pounds, pay of 6,000 would still have no band."""
    banded: Plain = {**POST, "fte": 0.2, "pension_rate": 0.03, "pension_base": "qualifying_earnings"}
    found = costed(service={"posts": [banded, {**banded, "name": "Larger", "fte": 0.25}]})
    inputs, years = found.prepared.inputs, found.prepared.inputs.calendar.year_of_period
    statutory = replace(inputs.statutory, pension_trigger=np.full_like(inputs.statutory.pension_trigger, 5_000))
    index, steps = found.evaluation.planned.outlook.pay_index, np.broadcast_to(years, (2, len(years)))
    cost = pay_per_head(inputs.staff, index, statutory, inputs.calendar, years, steps)
    assert cost.pension[0, :, 0].tolist() == pytest.approx([0, 0.03 * (7_500 - 6_240)])


@pytest.mark.parametrize(
    ("year", "salary"),
    [("2022-23", 28_371), ("2023-24", 30_296), ("2024-25", 31_586), ("2025-26", 32_597), ("2026-27", 33_673)],
)
def test_a_post_on_njc_point_20(year: str, salary: float) -> None:
    at_point = yearly_cost(year, {"salary": None, "pay_point": 20})
    assert at_point == pytest.approx(yearly_cost(year, {"salary": float(salary)}), abs=1e-8)
    if year == "2026-27":
        assert at_point == pytest.approx(33_673 + 0.15 * (33_673 - 5_000))


def test_a_point_climbs_the_spine_of_the_first_month_up_to_its_top() -> None:
    post: Plain = {**POST, "salary": None, "pay_point": 42, "steps_left": 5}
    found = costed(service={"posts": [post]}, years=3)
    top = 56_293 + 0.15 * (56_293 - 5_000)
    assert of(found.evaluation.money.full_cost) == pytest.approx([55_224 + 0.15 * (55_224 - 5_000), top, top])


def test_pay_awards_lift_pay_and_leave_the_threshold_where_it_is() -> None:
    found = costed(years=3, assumptions={**STEADY, "pay_award": {"every_year": 0.04}})
    assert of(found.evaluation.money.full_cost) == pytest.approx(
        [30_000 * 1.04**year + 0.15 * (30_000 * 1.04**year - 5_000) for year in range(3)]
    )


def test_absence_is_covered_at_a_share_of_all_pay_and_its_premium() -> None:
    found = costed(
        service={"posts": [{**POST, "absence_cover_rate": 0.03}], "assumptions": {"cover_premium": 0.25}},
        assumptions=STEADY,
    )
    assert of(found.evaluation.money.full_cost) == pytest.approx([33_750 * (1 + 0.03 * 1.25)])


# The employer's own charges


def with_a_big_shop(year: str, heads: float, mean_pay: float) -> Comparison:
    pool: Plain = {
        "name": "Office",
        "category": "central_functions",
        "driver": "direct_cost",
        "lines": [{"name": "Rent", "amount": 20_000.0}],
    }
    shop: Plain = {"name": "Shops", "staff_cost": 1_000.0, "other_cost": 0.0, "heads": heads, "mean_pay": mean_pay}
    return costed(
        organisation={
            "first_month": f"{year[:4]}-04",
            "employment_allowance_claimed": True,
            "pools": [pool],
            "other_activities": [shop],
        }
    )


@pytest.mark.parametrize(
    ("year", "allowance"),
    [("2022-23", 5_000), ("2023-24", 5_000), ("2024-25", 5_000), ("2025-26", 10_500), ("2026-27", 10_500)],
)
def test_levy_and_employment_allowance_by_year(year: str, allowance: float) -> None:
    support = with_a_big_shop(year, 100, 40_000).evaluation.planned.full.support
    levy = 0.005 * (30_000 + 100 * 40_000) - 15_000
    assert support.levy.tolist() == [[pytest.approx(levy)]]
    assert support.employment_allowance.tolist() == [[allowance]]
    assert support.own_cost[0, 0, 0] == pytest.approx(20_000 + levy - allowance)


def test_the_allowance_is_never_more_than_the_national_insurance_due() -> None:
    support = with_a_big_shop("2026-27", 2, 6_000).evaluation.planned.full.support
    assert support.employment_allowance[0, 0] == pytest.approx(0.15 * 25_000 + 2 * 0.15 * 1_000)
    assert support.levy.tolist() == [[0]]  # 0.005 of 42,000 is below the levy allowance


def test_a_part_year_has_its_share_of_the_allowances() -> None:
    pool: Plain = {"name": "Office", "category": "central_functions", "driver": "fte"}
    shop: Plain = {"name": "Shops", "staff_cost": 1_000.0, "heads": 200.0, "mean_pay": 40_000.0}
    found = costed(
        organisation={
            "first_month": "2026-09",
            "employment_allowance_claimed": True,
            "pools": [pool],
            "other_activities": [shop],
        }
    )
    support = found.evaluation.planned.full.support
    assert support.employment_allowance[0] == pytest.approx([10_500 * 7 / 12, 10_500 * 5 / 12])
    assert support.levy[0] == pytest.approx([(0.005 * 8_030_000 - 15_000) * n / 12 for n in (7, 5)])


# Redundancy and notice, at the end of one year's award


def exposure(year: str, jurisdiction: str, cohorts: list[Plain], **post: object) -> tuple[float, float]:
    """Return redundancy and notice when the award that starts with the year ends with it, decided on the day."""
    found = costed(
        simple_contract(award={"renewal_probability": 0.5}),
        service={"posts": [{**POST, "headcount": 10.0, "heads": cohorts, **post}]},
        organisation={"first_month": f"{year[:4]}-04", "jurisdiction": jurisdiction},
        assumptions=STEADY,
    )
    exposures = found.evaluation.exposures
    return float(exposures.redundancy[0, 0, 12]), float(exposures.notice[0, 0, 12])


def cohort(years: int, age: int, heads: float = 1.0) -> Plain:
    """Return people as they stand at the start: a year later they have a year more of both."""
    return {"heads": heads, "years_of_service": years - 1, "age": age - 1}


@pytest.mark.parametrize(
    ("year", "jurisdiction", "cap"),
    [
        ("2022-23", "NI", 594), ("2022-23", "GB", 571),
        ("2023-24", "NI", 669), ("2023-24", "GB", 643),
        ("2024-25", "NI", 729), ("2024-25", "GB", 700),
        ("2025-26", "NI", 749), ("2025-26", "GB", 719),
        ("2026-27", "NI", 783), ("2026-27", "GB", 751),
    ],
)  # fmt: skip
def test_the_limit_on_a_week_s_pay_by_year_and_jurisdiction(year: str, jurisdiction: str, cap: float) -> None:
    redundancy, _ = exposure(year, jurisdiction, [cohort(4, 35, 10.0)], salary=52_000.0)
    assert redundancy == pytest.approx(10 * 4 * cap)


def test_a_week_s_pay_below_the_limit_counts_as_it_is() -> None:
    redundancy, _ = exposure("2026-27", "NI", [cohort(4, 35, 10.0)])
    assert redundancy == pytest.approx(10 * 4 * 30_000 * 7 / 365.25)


def test_the_largest_statutory_payment_in_northern_ireland_in_2025_26() -> None:
    """Twenty years of service at a week and a half each: 20 x 1.5 x 749 = 22,470 pounds."""
    redundancy, _ = exposure("2025-26", "NI", [cohort(20, 61, 10.0)], salary=60_000.0)
    assert redundancy == pytest.approx(10 * 22_470)
    longer, _ = exposure("2025-26", "NI", [cohort(35, 63, 10.0)], salary=60_000.0)
    assert longer == pytest.approx(10 * 22_470)


@pytest.mark.parametrize(
    ("years", "age", "weeks"),
    [
        (1, 45, 0),  # less than two years' service
        (2, 45, 3), (2, 41, 2), (2, 42, 2.5), (2, 43, 3),  # years of service that began at 41 or later count 1.5
        (2, 23, 1.5), (2, 22, 1), (2, 24, 2), (4, 24, 3),  # and those that began before 22 count half
        (20, 41, 0.5 + 19), (21, 41, 0.5 + 19), (20, 51, 10 * 1.5 + 10), (30, 62, 30),
    ],
)  # fmt: skip
def test_weeks_of_redundancy_by_age_and_service(years: int, age: int, weeks: float) -> None:
    redundancy, _ = exposure("2026-27", "NI", [cohort(years, age, 10.0)])
    assert redundancy == pytest.approx(10 * weeks * 30_000 * 7 / 365.25)


def test_better_terms_than_the_statutory_ones() -> None:
    terms: Plain = {"multiple": 2.0, "capped": False, "minimum_years": 1}
    redundancy, _ = exposure("2026-27", "GB", [cohort(1, 30, 10.0)], salary=60_000.0, redundancy=terms)
    assert redundancy == pytest.approx(10 * 2 * 60_000 * 7 / 365.25)


@pytest.mark.parametrize(
    ("years", "contractual", "weeks"),
    [(1, 0.0, 1), (2, 0.0, 2), (7, 0.0, 7), (12, 0.0, 12), (19, 0.0, 12), (2, 8.0, 8), (9, 8.0, 9)],
)
def test_weeks_of_notice_by_service(years: int, contractual: float, weeks: float) -> None:
    _, notice = exposure("2026-27", "NI", [cohort(years, 40, 10.0)], contractual_notice_weeks=contractual)
    assert notice == pytest.approx(10 * weeks * 33_750 * 7 / 365.25)


def test_weeks_between_decision_and_end_shorten_notice_and_a_late_decision_does_not_lengthen_it() -> None:
    for lead, weeks in ((1.0, 12 - 52 / 12), (3.0, 0.0), (-2.0, 12.0)):
        found = costed(
            simple_contract(award={"renewal_probability": 0.5, "lead_months": lead}),
            service={"posts": [{**POST, "heads": [{"heads": 1.0, "years_of_service": 12, "age": 40}]}]},
        )
        notice = of(found.evaluation.exposures.notice)[12]
        assert notice == pytest.approx(max(0.0, weeks) * 33_750 * 7 / 365.25)


def test_a_post_without_cohorts_has_no_redundancy_and_only_contractual_notice() -> None:
    redundancy, notice = exposure("2026-27", "NI", [], contractual_notice_weeks=4.0)
    assert redundancy == 0
    assert notice == pytest.approx(10 * 4 * 33_750 * 7 / 365.25)
    assert exposure("2026-27", "NI", []) == (0, 0)


def test_leavers_take_their_service_with_them_and_new_starters_begin_theirs() -> None:
    """With 24 per cent turnover filled at once nobody's place is empty, and exp(-0.24) of the people stay a year."""
    months_to_fill = 0.05
    found = costed(
        simple_contract(award={"renewal_probability": 0.5}),
        service={
            "posts": [{**POST, "heads": [{"heads": 1.0, "years_of_service": 5, "age": 30}]}],
            "assumptions": {"turnover": 0.24, "months_to_fill": months_to_fill},
        },
        assumptions=STILL,
    )
    vacant = 0.02 / (0.02 + 1 / months_to_fill)
    stayed = (1 - vacant) * 2.718281828459045**-0.24
    exposures = found.evaluation.exposures
    week = 7 / 365.25
    assert of(exposures.redundancy)[12] == pytest.approx(stayed * 6 * 30_000 * week)
    # Those who stayed have six weeks' notice, those who came in between one week.
    joined = 1 - vacant - stayed
    assert of(exposures.notice)[12] == pytest.approx((stayed * 6 + joined * 1) * 33_750 * week)
