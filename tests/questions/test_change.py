"""A change of need: hand-worked money, what the terms allow, and sums that are those of two comparisons."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funding_model.problems import ProblemsError
from funding_model.questions.change import Changed, change_need
from funding_model.questions.change.asked import AddedPosts, Change
from funding_model.questions.change.document import PAYERS, Record, as_document, change_rows
from funding_model.questions.compare import compare
from funding_model.report.change import change_grids, change_sentences, change_text, payers_chart
from funding_model.report.look import LIGHT
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.scenario import Scenario
from tests.questions.small_scenarios import compared, scenario
from tests.questions.test_ladder import PLAIN
from tests.report.told import not_shown
from tests.strategies import scenarios

AFRESH = {"contracts.1.price.current": None, "contracts.1.movement.new_award": "recosted"}
ROOMY = """
name: Room for more
horizon_years: 2
organisation: {name: Small charity}
services:
  - name: Advice
    posts: [{name: Adviser, fte: 1, salary: 29000}]
    people: {caseload_per_fte: 100, mean_length_months: 4, opening_caseload: 8, referrals_a_month: 2}
contracts:
  - name: Two years
    term: {months: 24}
    price: {schedule: [60000, 60000]}
    payment: {underspend: kept}
assumptions: {turnover: 0, cost_per_hire: 0, pay_award: 0, cpi: 0}
"""


def changed(text: str, entries: dict[str, Any] | None = None, **asked: object) -> tuple[Changed, Record]:
    change = Change(**{"start": "2027-10"} | asked)  # type: ignore[arg-type]
    found = change_need(compared(entries, text), change)
    document = as_document(found)
    contract: Record = document["contracts"][0]
    return found, contract


def paid(contract: Record) -> list[float]:
    return [contract["who_pays"][name] for name in ("cost", *PAYERS)]


def check_sums(found: Changed, document: Record) -> None:
    """Payers add up to the cost; services to all; before and after are the two comparisons'."""
    assert found.after.passed
    for case, contract in enumerate(document["contracts"]):
        money = contract["who_pays"]
        assert sum(money[name] for name in PAYERS) == pytest.approx(money["cost"], rel=1e-9, abs=1e-6)
        for name in ("cost", *PAYERS):
            whole = sum(each[name] for each in contract["services"])
            assert whole == pytest.approx(money[name], rel=1e-9, abs=1e-6)
        results = {each["result"]: each for each in contract["results"]}
        assert results["cost"]["before"] == float(found.before.totals.cost[case])
        assert results["cost"]["difference"] == pytest.approx(money["cost"], rel=1e-6, abs=1e-4)
        assert -results["surplus"]["difference"] == pytest.approx(money["provider"], rel=1e-6, abs=1e-4)
        paid_more = results["paid"]["difference"]
        assert paid_more == pytest.approx(money["funder"] + money["contingency"], rel=1e-6, abs=1e-4)


# Dearer costs


def test_a_provider_bears_dearer_costs_under_a_price_rolled_forward() -> None:
    """Rent of 12,000 and depreciation of 600 a year, a tenth dearer for a year and a half."""
    _, contract = changed(PLAIN, cost_shock=0.1)
    assert paid(contract) == pytest.approx([1_890, 0, 0, 1_890])
    assert contract["allows"]["price_follows_from"] == "2028-04"


def test_an_award_costed_afresh_sees_dearer_costs_from_its_start() -> None:
    """The award of April 2028 holds the last year's 1,260 pounds; the half-year before is the provider's."""
    _, contract = changed(PLAIN, AFRESH, cost_shock=0.1)
    assert paid(contract) == pytest.approx([1_890, 1_260, 0, 630])


def test_an_award_decided_before_the_change_does_not_see_it() -> None:
    """Decided seven months ahead, in September 2027, the award of April 2028 is priced without it."""
    _, contract = changed(PLAIN, AFRESH | {"contracts.1.award.lead_months": 7}, cost_shock=0.1)
    assert paid(contract) == pytest.approx([1_890, 0, 0, 1_890])
    assert contract["allows"]["price_follows_from"] is None
    _, later = changed(PLAIN, AFRESH | {"contracts.1.award.lead_months": 6}, cost_shock=0.1)
    assert paid(later) == pytest.approx([1_890, 1_260, 0, 630])


def test_a_longer_award_keeps_its_price_to_its_end() -> None:
    _, contract = changed(PLAIN, AFRESH | {"contracts.1.term.months": 36}, cost_shock=0.1)
    assert paid(contract) == pytest.approx([1_890, 0, 0, 1_890])


def test_a_shock_that_ends_and_one_of_a_category() -> None:
    _, contract = changed(PLAIN, cost_shock=0.1, end="2027-12")
    assert paid(contract)[0] == pytest.approx(12_600 * 0.1 / 4)
    lines = {"services.1.lines.1.category": "wear"}
    _, contract = changed(PLAIN, lines, cost_shock=0.5, category="wear")
    assert paid(contract)[0] == pytest.approx(600 * 0.5 * 1.5)
    _, own = changed(PLAIN, cost_shock=0.1, service="Advice")
    assert paid(own)[0] == pytest.approx(600 * 0.1 * 1.5)


def test_a_cost_that_falls_once_rises_only_inside_the_change() -> None:
    once = {"name": "Van", "amount": 4_000, "per": "once", "index": "none"}
    for month, more in (("2027-09", 0), ("2027-10", 400), ("2028-01", 0)):
        lines = {"services.1.lines": [once | {"start": month}], "organisation.pools.1.lines.1.amount": 0.0}
        _, contract = changed(PLAIN, lines, cost_shock=0.1, end="2027-12")
        assert paid(contract)[0] == pytest.approx(more, abs=1e-9)


def test_an_underspend_that_would_be_returned_meets_dearer_costs() -> None:
    """Of 60,000 pounds a year some would go back; what the dearer costs take of it is the funder's."""
    entries = {"contracts.1.price.current": 60_000, "contracts.1.payment.underspend": "returned"}
    _, contract = changed(PLAIN, entries, cost_shock=0.1)
    assert paid(contract) == pytest.approx([1_890, 1_890, 0, 0])


# People


def test_new_need_that_is_met_is_paid_from_the_contingency() -> None:
    """Five per cent of 5,000 pounds a month for six months: everybody starts at once."""
    share = {"contracts.1.flexibility.contingency_share": 0.05}
    found, contract = changed(ROOMY, share, referrals=3)
    assert contract["delivered"]["referred"] == pytest.approx(18)
    assert contract["delivered"]["starting"] == pytest.approx(18)
    assert paid(contract) == pytest.approx([0, 0, 0.05 * 5_000 * 6, -0.05 * 5_000 * 6], abs=1e-6)
    assert found.after.evaluation.provider.price[0, 0, 17] == pytest.approx(5_000)
    assert found.after.evaluation.provider.price[0, 0, 18] == pytest.approx(5_250)


def test_new_need_that_waits_is_paid_by_no_contingency() -> None:
    full = {
        "contracts.1.flexibility.contingency_share": 0.05,
        "services.1.people.caseload_per_fte": 8,
    }
    _, contract = changed(ROOMY, full, cohort=10)
    assert contract["delivered"] == pytest.approx(
        {"referred": 10, "starting": 0, "support_months": 0, "gave_up": 0, "waiting_at_end": 10}, abs=1e-9
    )
    assert paid(contract) == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_a_contingency_is_not_for_dearer_costs() -> None:
    share = {"contracts.1.flexibility.contingency_share": 0.05}
    found, contract = changed(PLAIN, share, cost_shock=0.1)
    assert contract["who_pays"]["contingency"] == 0
    assert "No new need is asked about" in change_text(as_document(found))


def test_a_volume_contract_pays_for_the_support_given_in_addition() -> None:
    """60,000 pounds a year for 1,200 person-months: 50 pounds each."""
    _, contract = changed(ROOMY, {"contracts.1.payment.basis": "volume"}, referrals=3)
    more = contract["delivered"]["support_months"]
    assert more > 18
    assert paid(contract) == pytest.approx([0, 50 * more, 0, -50 * more])


def test_referrals_are_shared_out_over_services_as_they_are_referred() -> None:
    second = {"name": "Drop-in", "posts": [{"name": "Adviser", "fte": 1.0, "salary": 29_000.0}],
              "people": {"caseload_per_fte": 50, "mean_length_months": 2, "referrals_a_month": 6}}  # fmt: skip
    first = scenario(None, ROOMY).model_dump()
    entered = Scenario.model_validate(first | {"services": [*first["services"], second]})
    found = change_need(compare(entered), Change("2027-10", referrals=4, cohort=8))
    assert found.need.referred[0, :, 18].tolist() == [1 + 2, 3 + 6]
    assert found.need.referred[0, :, 19].tolist() == [1, 3]
    assert not found.need.referred[0, :, :18].any()


# Posts


def test_posts_added_are_those_of_a_scenario_that_has_them() -> None:
    added = {"name": "Adviser", "fte": 1.0, "salary": 29_000.0, "headcount": 2.0, "start": "2027-10", "end": "2028-01"}
    found, _ = changed(ROOMY, end="2028-01", posts=(AddedPosts("Adviser", 2),))
    data = scenario(None, ROOMY).model_dump()
    data["services"][0]["posts"] = [*data["services"][0]["posts"], added]
    same = compare(Scenario.model_validate(data))
    for name in ("full_cost", "cost", "hires", "support_months"):
        expected = getattr(same.totals, name)
        assert getattr(found.after.totals, name) == pytest.approx(expected, rel=1e-12)
    assert same.totals.hires[0] > 0


def test_posts_added_at_the_start_bring_nobody_into_support_by_themselves() -> None:
    """A blank opening caseload is that of the posts before: 100 places, and nobody more to fill the added ones."""
    blank = {"services.1.people.opening_caseload": None}
    found, contract = changed(ROOMY, blank, start="2026-04", posts=(AddedPosts("Adviser", 1),))
    assert found.after.evaluation.delivery.flow.opening[0, 0, 0] == 100
    assert contract["delivered"]["starting"] == pytest.approx(0)


def test_posts_added_are_as_many_as_asked_in_a_service_of_another_size() -> None:
    sizes = {"services.1.planned_changes": [{"start": "2027-04", "volume": 2.0}]}
    found, _ = changed(ROOMY, sizes, posts=(AddedPosts("Adviser", 3),))
    assert found.after.prepared.inputs.staff.heads.sum() == pytest.approx(2 + 3)


def test_a_new_award_follows_added_posts_where_volume_follows() -> None:
    """Year 3's price is year 2's times two posts for one; it may not."""
    rolled: dict[str, Any] = {"organisation.pools": [], "services.1.lines": [], "services.1.other_funders": []}
    follow, contract = changed(PLAIN, rolled, posts=(AddedPosts("Adviser", 1),))
    assert follow.after.totals.price[0] == pytest.approx(40_000 * (1 + 1 + 2))
    alone = rolled | {"contracts.1.movement.volume_follows": False}
    stays, _ = changed(PLAIN, alone, posts=(AddedPosts("Adviser", 1),))
    assert stays.after.totals.price[0] == pytest.approx(120_000)
    assert contract["allows"]["new_award"] == ["rolled_forward"]


# Variations


def test_a_variation_is_made_for_a_service_whose_need_changes() -> None:
    hours = {"assumptions.variation_hours": 20, "assumptions.provider_hour_value": 30}
    _, contract = changed(ROOMY, hours, referrals=3)
    assert contract["variations"]["made"] == 1
    assert contract["variations"]["provider_hours"] == 20
    assert contract["variations"]["provider_value"] == pytest.approx(600)
    assert contract["who_pays"]["cost"] == pytest.approx(0, abs=1e-9)
    _, bought = changed(ROOMY, hours | {"assumptions.done_by": "bought_in"}, referrals=3)
    assert bought["who_pays"]["cost"] == pytest.approx(600)


def test_blank_hours_of_a_variation_are_said_and_nothing_is_made_up() -> None:
    found, contract = changed(ROOMY, referrals=3)
    assert contract["variations"]["provider_hours"] is None
    assert contract["variations"]["provider_value"] is None
    assert "hours for a variation are blank" in change_text(as_document(found))
    _, shock = changed(PLAIN, cost_shock=0.1)
    assert shock["variations"]["made"] == 0
    assert shock["delivered"] is None


# What cannot be asked


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "nothing changes"),
        ({"start": "2027-13", "referrals": 1}, "is no month"),
        ({"start": "soon", "referrals": 1}, "is no month"),
        ({"start": "2031-04", "referrals": 1}, "is outside the scenario"),
        ({"end": "2027-04", "referrals": 1}, "is before the change begins"),
        ({"service": "Adivce", "referrals": 1}, 'did you mean "Advice"?'),
        ({"referrals": -1}, "must be between 0 and"),
        ({"referrals": float("nan")}, "must be between 0 and"),
        ({"cost_shock": 9.0}, "must be between 0 and 5"),
        ({"cost_shock": 0.1}, "no cost but pay"),
        ({"category": "rent", "referrals": 1}, "has no effect without a cost shock"),
        ({"posts": (AddedPosts("Adviser", float("nan")),)}, "must be above 0"),
        ({"posts": (AddedPosts("Advisor", 1),)}, 'no post is called "Advisor"; did you mean "Adviser"?'),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(ProblemsError) as error:
        changed(ROOMY, **asked)
    assert words in str(error.value)


def test_people_and_categories_must_be_there() -> None:
    with pytest.raises(ProblemsError, match="the people supported are not entered"):
        changed(PLAIN, referrals=2)
    with pytest.raises(ProblemsError, match='there is no cost of the category "rent"'):
        changed(PLAIN, cost_shock=0.1, category="rent")


# Everything together


@pytest.mark.parametrize("identifier", library_ids())
def test_a_change_of_the_library_adds_up_and_is_told_in_its_own_numbers(identifier: str) -> None:
    entered, _ = load_library(identifier, {"contracts.1.flexibility.contingency_share": 0.05})
    assert entered is not None
    comparison = compare(entered)
    month = f"{comparison.prepared.dates.day(7):%Y-%m}"
    need = 3.0 if any(service.people for service in entered.services) else 0.0
    lines = any(line.kind != "exit" for service in entered.services for line in service.lines)
    post = next((post.name for service in entered.services for post in service.posts), None)
    posts = () if post is None else (AddedPosts(post, 1.0),)
    found = change_need(comparison, Change(month, referrals=need, cost_shock=0.1 if lines else 0.0, posts=posts))
    document = as_document(found)
    check_sums(found, document)
    assert not_shown(change_sentences(document), change_grids(document)) == []
    assert max(map(len, change_text(document).splitlines())) <= 100
    assert payers_chart(document, LIGHT).to_dict()["description"].startswith("Bar chart. Who pays")
    assert all(row[1] in comparison.contracts for row in change_rows(document))


def test_every_sentence_begins_with_a_capital() -> None:
    for asked in (Change("2027-10", cost_shock=0.1), Change("2027-10", referrals=2.0)):
        text = " ".join(change_sentences(as_document(change_need(compared(), asked))))
        assert "start support, and" in text
        assert not re.search(r"[.] [a-z]", text)


@settings(max_examples=25)
@given(entered=scenarios(longest=3), data=st.data())
def test_any_change_adds_up_and_leaves_alone_what_was_agreed(entered: Scenario, data: st.DataObject) -> None:
    try:
        comparison = compare(entered)
    except ProblemsError:
        return
    month = data.draw(st.integers(0, comparison.prepared.dates.months - 1))
    asked = Change(
        f"{comparison.prepared.dates.day(month):%Y-%m}",
        referrals=data.draw(st.sampled_from((0.0, 4.0))),
        cohort=data.draw(st.sampled_from((0.0, 25.0))),
        cost_shock=data.draw(st.sampled_from((0.0, 0.2))),
        posts=data.draw(st.sampled_from(((), (AddedPosts("Post 1", 1.5),)))),
    )
    try:
        found = change_need(comparison, asked)
    except ProblemsError:
        return
    document = as_document(found)
    check_sums(found, document)
    assert not_shown(change_sentences(document), change_grids(document)) == []
    old, new = (each.evaluation for each in (found.before, found.after))
    before = np.arange(comparison.prepared.dates.months) < month
    for name in ("starts", "waiting"):
        one, other = (getattr(each.delivery.flow, name)[..., before] for each in (old, new))
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)
    by_volume = found.before.terms.payment.by_volume & comparison.prepared.inputs.people.counted
    kept = found.agreed.settled & ~found.before.terms.price.rolled_forward[:, :, None] & ~by_volume[:, :, None]
    shape = new.provider.price.shape
    one, other = (np.broadcast_to(each.provider.price, shape)[np.broadcast_to(kept, shape)] for each in (old, new))
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)
