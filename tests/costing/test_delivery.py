"""Delivery by hand: caseload, waiting list and the weeks of service lost to each cause."""

from __future__ import annotations

import pytest

from funding_model.costing.model import Evaluation
from tests.costing.small import POST, STEADY, costed, of
from tests.strategies import Plain, simple_contract

PEOPLE: Plain = {
    "caseload_per_fte": 10.0,
    "mean_length_months": 5.0,
    "opening_caseload": 8.0,
    "opening_waiting": 3.0,
    "referrals_a_month": 2.0,
}
WEEKS = 52 / 12


def delivered(
    contract: Plain | None = None, people: Plain | None = None, service: Plain | None = None, **assumptions: object
) -> Evaluation:
    entered: Plain = {
        "people": {**PEOPLE, **(people or {})},
        "assumptions": {"gives_up_a_month": 0.1, **assumptions},
        **(service or {}),
    }
    return costed(contract or simple_contract(), service=entered, assumptions=STEADY).evaluation


def test_three_months_of_caseload_and_waiting_list() -> None:
    """Capacity 10. A fifth of the caseload leaves each month; who waits may start if there is room; a tenth give up."""
    flow = delivered().delivery.flow
    # Month 0: 8 less 1.6 leaves 6.4, so 3.6 places; 3 + 2 ask, 3.6 start, 1.4 are left and 0.14 give up.
    # Month 1: 10 less 2 leaves 8, so 2 places; 1.26 + 2 ask, 2 start, 1.26 are left and 0.126 give up.
    # Month 2: 10 less 2 leaves 8, so 2 places; 1.134 + 2 ask, 2 start, 1.134 are left and 0.1134 give up.
    assert of(flow.opening)[:3] == pytest.approx([8.0, 10.0, 10.0])
    assert of(flow.exits)[:3] == pytest.approx([1.6, 2.0, 2.0])
    assert of(flow.starts)[:3] == pytest.approx([3.6, 2.0, 2.0])
    assert of(flow.closing)[:3] == pytest.approx([10.0, 10.0, 10.0])
    assert of(flow.gave_up)[:3] == pytest.approx([0.14, 0.126, 0.1134])
    assert of(flow.waiting_opening)[:3] == pytest.approx([3.0, 1.26, 1.134])
    assert of(flow.waiting)[:3] == pytest.approx([1.26, 1.134, 1.0206])
    assert of(flow.given)[:3] == pytest.approx([10.0, 10.0, 10.0])


def test_a_blank_opening_caseload_is_every_place_of_the_first_month() -> None:
    flow = delivered(people={"opening_caseload": None}, service={"posts": [{**POST, "fte": 0.6}]}).delivery.flow
    assert of(flow.opening)[0] == pytest.approx(6.0)


def test_too_few_referrals_leave_places_unfilled() -> None:
    found = delivered(people={"opening_waiting": 0.0, "referrals_a_month": 1.0})
    flow = found.delivery.flow
    assert of(flow.starts)[:2] == pytest.approx([1.0, 1.0])
    closing = [8 * 0.8 + 1, (8 * 0.8 + 1) * 0.8 + 1]
    assert of(flow.given)[:2] == pytest.approx(closing)
    assert of(found.families.weeks_lost["not_filled"])[:2] == pytest.approx([(10 - c) * WEEKS for c in closing])


def test_the_most_that_can_start_in_a_month_holds_starts_back() -> None:
    flow = delivered(most_starts_a_month=1.5).delivery.flow
    assert of(flow.starts)[:2] == pytest.approx([1.5, 1.5])
    assert of(flow.closing)[:2] == pytest.approx([7.9, 7.9 * 0.8 + 1.5])


def test_more_people_than_places_are_not_all_given_support() -> None:
    flow = delivered(people={"opening_caseload": 20.0}).delivery.flow
    assert of(flow.closing)[0] == pytest.approx(16.0)  # nobody starts, a fifth leave
    assert of(flow.starts)[0] == 0.0
    assert of(flow.given)[0] == 10.0


def test_all_who_are_left_waiting_may_give_up() -> None:
    flow = delivered(gives_up_a_month=1.0).delivery.flow
    assert of(flow.waiting) == [0.0] * 12


def test_people_who_stay_one_month_all_leave_in_it() -> None:
    flow = delivered(people={"mean_length_months": 1.0, "referrals_a_month": 30.0}).delivery.flow
    assert of(flow.exits)[:2] == pytest.approx([8.0, 10.0])
    assert of(flow.starts)[:2] == pytest.approx([10.0, 10.0])


def test_weeks_lost_to_vacancy_are_net_of_cover() -> None:
    found = delivered(opening_vacancy=0.5, freeze_months=240.0, cover_share=0.4)
    assert of(found.delivery.capacity) == pytest.approx([10 * (1 - 0.5 * 0.6)] * 12)
    assert of(found.families.weeks_lost["vacancy"]) == pytest.approx([10 * 0.5 * 0.6 * WEEKS] * 12)


def test_only_the_delivery_share_of_a_post_carries_a_caseload() -> None:
    posts: list[Plain] = [{**POST, "headcount": 2.0, "fte": 0.5, "delivery_share": 0.8}, {**POST, "name": "Manager",
                          "delivery_share": 0.0}]  # fmt: skip
    assert of(delivered(service={"posts": posts}).delivery.planned_capacity) == pytest.approx([8.0] * 12)


def test_new_starters_are_less_productive_in_their_first_months() -> None:
    """Half a post is empty at first and filled at one a month from the hires: a month and a half at half work."""
    found = delivered(opening_vacancy=0.5, months_to_fill=1.0, induction_months=1.5, induction_productivity=0.25)
    hires = of(found.jobs.hires)
    expected = [0.0] + [
        0.75 * (hires[month - 1] + (0.5 * hires[month - 2] if month > 1 else 0.0)) for month in range(1, 12)
    ]
    assert of(found.families.weeks_lost["induction"]) == pytest.approx([10 * loss * WEEKS for loss in expected])
    capacity = [10 * (1 - vacant - loss) for vacant, loss in zip(of(found.jobs.vacant), expected, strict=True)]
    assert of(found.delivery.capacity) == pytest.approx(capacity)


def test_capacity_is_never_below_nothing() -> None:
    found = delivered(opening_vacancy=1.0, months_to_fill=0.3, induction_months=12.0, induction_productivity=0.0)
    assert min(of(found.delivery.capacity)) == 0.0
    lost = sum(values[0, 0] for values in found.families.weeks_lost.values())
    assert lost.tolist() == pytest.approx([(10 - g) * WEEKS for g in of(found.delivery.flow.given)])


@pytest.mark.parametrize(("at_risk", "share"), [(True, 0.4), (False, 1.0)])
def test_a_service_pauses_while_its_award_is_undecided(at_risk: bool, share: float) -> None:  # noqa: FBT001 - a table
    late: Plain = {"lead_months": -2.0, "continued_at_risk": at_risk}
    found = delivered(simple_contract(award=late), pause_share=0.4)
    assert of(found.delivery.capacity) == pytest.approx([10 * (1 - share)] * 2 + [10.0] * 10)
    assert of(found.families.weeks_lost["pause"]) == pytest.approx([10 * share * WEEKS] * 2 + [0.0] * 10)


def test_intake_closes_towards_the_end_of_an_award() -> None:
    found = delivered(close_intake_months=1.0, open_at_risk=0.25)
    flow = found.delivery.flow
    assert of(flow.starts)[10] == pytest.approx(2.0)
    assert of(flow.starts)[11] == pytest.approx(0.25 * 2.0)  # a quarter of those who could start
    assert of(found.families.weeks_lost["closed_intake"]) == pytest.approx([0.0] * 11 + [1.5 * WEEKS])
    assert of(found.families.weeks_lost["not_filled"])[11] == pytest.approx(0.0)
    fully_open = delivered(close_intake_months=1.0)
    assert of(fully_open.delivery.flow.starts)[11] == pytest.approx(2.0)


def test_weeks_of_a_service_that_may_be_lost() -> None:
    found = costed(
        simple_contract(months=6, award={"renewal_probability": 0.75}),
        service={"people": PEOPLE},
        assumptions=STEADY,
    ).evaluation
    assert of(found.families.weeks_lost["service_lost"]) == pytest.approx([0.0] * 6 + [0.25 * 10 * WEEKS] * 6)
    assert of(found.families.support_months) == pytest.approx([10.0] * 6 + [7.5] * 6)
    # Ten people are in support when it is lost with a chance of one quarter, and then of a quarter of three quarters.
    cut_off = {5: 0.25 * 10, 11: 0.75 * 0.25 * 10}
    assert of(found.families.cut_off) == pytest.approx([cut_off.get(month, 0.0) for month in range(12)])


def test_referrals_and_places_follow_planned_changes_of_size() -> None:
    changes: list[Plain] = [{"start": "2026-07", "volume": 1.5}]
    found = delivered(service={"planned_changes": changes})
    assert of(found.delivery.planned_capacity) == pytest.approx([10.0] * 3 + [15.0] * 9)


def test_a_service_without_people_supports_nobody() -> None:
    found = costed().evaluation
    assert of(found.delivery.flow.given) == of(found.delivery.planned_capacity) == [0.0] * 12
