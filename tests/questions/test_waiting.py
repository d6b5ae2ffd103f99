"""Early intervention and the waiting list: hand-worked lists, a search that finds the least, and nothing made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from funding_model.problems import ProblemsError
from funding_model.questions.change.asked import AddedPosts
from funding_model.questions.change.changed import with_heads
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.notes import switched_off
from funding_model.questions.waiting import UNITS, Record, waiting, waiting_rows
from funding_model.report.look import LIGHT
from funding_model.report.waiting import waiting_chart, waiting_grids, waiting_sentences, waiting_text
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from tests.questions.small_scenarios import compared
from tests.report.told import not_shown
from tests.strategies import scenarios

QUEUE = """
name: A queue
horizon_years: 2
organisation: {name: Small charity}
services:
  - name: Advice
    posts: [{name: Adviser, fte: 1, salary: 29000}]
    people: {caseload_per_fte: 8, mean_length_months: 4, referrals_a_month: 3}
contracts:
  - {name: Two years, term: {months: 24}}
assumptions: {turnover: 0, cost_per_hire: 0, pay_award: 0, cpi: 0, months_to_fill: 0.05}
"""
VALUE = {
    "name": "A debt written off", "pounds": 400.0, "attributable": 0.25, "source": "Study of 2020",
    "limits": "Measured in one town.",
}  # fmt: skip


def asked(
    entries: dict[str, Any] | None = None,
    clear_by: str | None = None,
    start: str | None = None,
    service: str | None = None,
) -> tuple[Comparison, Record]:
    comparison = compared(entries, QUEUE)
    document = waiting(comparison, clear_by, start, service)
    contract: Record = document["contracts"][0]
    return comparison, contract


def test_a_list_grows_by_those_who_cannot_start() -> None:
    """Two of eight places come free a month, three are referred: the list grows by one, and starts are two."""
    _, contract = asked()
    months = contract["months"]
    assert [each["waiting"] for each in months] == pytest.approx(list(range(1, 25)))
    assert all(each["starting"] == pytest.approx(2) for each in months)
    assert months[11]["mean_wait"] == pytest.approx(12 / 2)
    assert contract["reached"][0]["people_starting_support"] == pytest.approx(24)
    assert contract["clearing"] is None


def test_a_month_in_which_nobody_starts_has_no_mean_wait() -> None:
    _, contract = asked({"assumptions.most_starts_a_month": 0})
    assert {each["mean_wait"] for each in contract["months"]} == {None}
    idle = waiting(compared({"assumptions.most_starts_a_month": 0}, QUEUE))
    assert "mean wait" not in " ".join(waiting_sentences(idle))


def test_clearing_a_list_by_hand() -> None:
    """Forty wait, two are referred: x FTE give 8 x places in the first month, and 2 x more starts in each of 11."""
    people = {"services.1.people.referrals_a_month": 2, "services.1.people.opening_waiting": 40}
    _, contract = asked(people, clear_by="2027-03")
    (found,) = contract["clearing"]
    assert found["waiting_without"] == pytest.approx(40)
    assert found["fte"] == pytest.approx((40 - 0.5) / (8 + 11 * 2), abs=0.01)
    assert (found["post"], found["heads"]) == ("Adviser", found["fte"])
    assert found["waiting_with"] < 0.5
    assert found["more_starting"] == pytest.approx(40 - found["waiting_with"])
    assert found["cost"] == pytest.approx(found["fte"] * (29_000 + 24_000 * 0.15), rel=1e-6)


def test_what_is_found_is_enough_and_a_little_less_is_not() -> None:
    comparison, contract = asked({"services.1.posts.1.fte": 0.8}, clear_by="2027-09", start="2026-10")
    (found,) = contract["clearing"]
    assert found["heads"] == pytest.approx(found["fte"] / 0.8)

    def left(fte: float) -> float:
        posts = [(0, AddedPosts("Adviser", fte / 0.8))]
        again = compare(with_heads(comparison.scenario, posts, (6, 18)))
        return float(again.evaluation.delivery.flow.waiting[0, 0, 17])

    assert left(found["fte"]) < 0.5 <= left(found["fte"] - 0.01)
    assert left(found["fte"]) == pytest.approx(found["waiting_with"])


def test_where_nothing_clears_it_none_is_said() -> None:
    comparison, contract = asked({"assumptions.most_starts_a_month": 2}, clear_by="2027-03")
    (found,) = contract["clearing"]
    assert (found["possible"], found["fte"], found["heads"]) == (False, None, None)
    assert found["most_fte_tried"] == 512
    assert "Nothing that was tried, up to 512.00 FTE more, clears the list" in waiting_text(
        waiting(comparison, clear_by="2027-03")
    )


def test_a_list_that_is_clear_takes_nobody() -> None:
    comparison, contract = asked({"services.1.people.referrals_a_month": 1}, clear_by="2027-03")
    (found,) = contract["clearing"]
    assert (found["possible"], found["fte"], found["cost"]) == (True, 0, 0)
    assert "is clear by March 2027 without more staff" in waiting_text(waiting(comparison, clear_by="2027-03"))


def test_early_intervention_is_that_of_the_services_for_which_it_is_entered() -> None:
    comparison = compared({"services.1.assumptions": {"early_intervention_share": 0.25}})
    document = waiting(comparison)
    early = document["contracts"][0]["early_intervention"]
    assert (early["counted"], early["left_out"]) == (["Family support"], ["Training"])
    cost = comparison.evaluation.money.cost[0, 0]
    assert [each["spend"] for each in early["years"]] == pytest.approx(cost.tolist())
    assert [each["early_intervention"] for each in early["years"]] == pytest.approx((0.25 * cost).tolist())
    assert all(each["share"] == pytest.approx(0.25) for each in early["years"])
    shares_entered = {"services.1.assumptions": {"early_intervention_share": 0}}
    both = compared(shares_entered | {"assumptions.early_intervention_share": 1})
    early = waiting(both)["contracts"][0]["early_intervention"]
    whole = both.evaluation.money.cost[0].sum(axis=0)
    shares = [float(both.evaluation.money.cost[0, 1, year] / whole[year]) for year in range(3)]
    assert [each["share"] for each in early["years"]] == pytest.approx(shares)


def test_what_is_blank_is_off_and_said_so() -> None:
    document = waiting(compared())
    contract = document["contracts"][0]
    assert contract["early_intervention"] is None
    assert contract["social_value"] is None
    told = waiting_text(document)
    assert "Social value" in told
    assert "no value with its source and its limits is entered" in told
    assert not any(str(row[4]).startswith(("spend", "early", "social")) for row in waiting_rows(document))
    assert any("people supported are not entered" in note["text"] for note in document["notes"])
    nobody = waiting(compared({"services.1.people": None}), clear_by="2027-03")
    contract = nobody["contracts"][0]
    assert (contract["months"], contract["reached"], contract["services"], contract["clearing"]) == (None, None, [], [])
    assert "there is no list to clear" in waiting_text(nobody)
    assert waiting_chart(nobody, LIGHT) is None


def test_social_value_stands_in_a_ledger_of_its_own() -> None:
    """400 pounds, a quarter of it due to the service, for each of 24 people a year."""
    comparison, contract = asked({"services.1.social_value": [VALUE]})
    (found,) = contract["social_value"]
    assert found["value"] == pytest.approx(400 * 0.25 * 48)
    assert [each["quantity"] for each in found["years"]] == pytest.approx([24, 24])
    assert (found["source"], found["limits"]) == (VALUE["source"], VALUE["limits"])
    without, _ = asked()
    for name in ("surplus", "purse_total", "cost", "income"):
        assert getattr(comparison.totals, name) == pytest.approx(getattr(without.totals, name), rel=1e-12)
    assert "Measured in one town" in " ".join(waiting_sentences(waiting(comparison)))
    notes = [note.text for note in switched_off(comparison) if "Social value" in note.text]
    assert notes == [
        "Social value is entered; it is counted in no ledger here and stands in its own beside the waiting list."
    ]
    _, months = asked({"services.1.social_value": [VALUE | {"per": "person_month"}]})
    given = sum(each["support_months"] for each in months["reached"])
    assert months["social_value"][0]["value"] == pytest.approx(400 * 0.25 * given)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"source": ""}, "Name the study or document"),
        ({"limits": ""}, "limits"),
        ({"attributable": 1.5}, "attributable"),
    ],
)
def test_a_social_value_without_source_or_limits_is_refused(entry: dict[str, object], words: str) -> None:
    found, problems = load_text(QUEUE, {"services.1.social_value": [VALUE | entry]})
    assert found is None
    assert words in " ".join(map(str, problems))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"clear_by": "2027"}, "is no month"),
        ({"clear_by": "2030-01"}, "is outside the scenario"),
        ({"start": "2026-06"}, "nothing is to be cleared"),
        ({"clear_by": "2026-06", "start": "2026-07"}, "is after the month"),
        ({"clear_by": "2026-06", "service": "Advise"}, 'did you mean "Advice"?'),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(more: dict[str, str], words: str) -> None:
    with pytest.raises(ProblemsError) as error:
        asked(None, **more)
    assert words in str(error.value)


def check_sums(comparison: Comparison, document: Record) -> None:
    """People reached add up to the comparison's; services to all; nobody clears more than there is."""
    for case, contract in enumerate(document["contracts"]):
        if contract["reached"] is None:
            continue
        reached = sum(each["people_starting_support"] for each in contract["reached"])
        assert reached == pytest.approx(float(comparison.totals.people_starting_support[case]), rel=1e-9, abs=1e-9)
        last = contract["months"][-1]["waiting"]
        assert last == pytest.approx(float(comparison.totals.waiting_at_end[case]), rel=1e-9, abs=1e-9)
        for place, month in enumerate(contract["months"]):
            whole = sum(each["months"][place]["waiting"] for each in contract["services"])
            assert whole == pytest.approx(month["waiting"], rel=1e-9, abs=1e-9)
        for each in contract["clearing"] or []:
            assert each["possible"] == (each["fte"] is not None)
            assert not each["possible"] or each["waiting_with"] < 0.5


@pytest.mark.parametrize("identifier", library_ids())
def test_the_lists_of_the_library_add_up_and_are_told_in_their_own_numbers(identifier: str) -> None:
    entered, _ = load_library(identifier, {"assumptions.early_intervention_share": 0.35})
    assert entered is not None
    comparison = compare(entered, [entered.contracts[0].name])
    dates = comparison.prepared.dates
    document = waiting(comparison, clear_by=f"{dates.day(dates.months - 3):%Y-%m}")
    check_sums(comparison, document)
    assert not_shown(waiting_sentences(document), waiting_grids(document)) == []
    assert max(map(len, waiting_text(document).splitlines())) <= 100
    chart = waiting_chart(document, LIGHT)
    assert chart is None or chart.to_dict()["description"].startswith("Line chart. People waiting")


@settings(max_examples=10)
@given(entered=scenarios(longest=2))
def test_any_list_adds_up(entered: Scenario) -> None:
    try:
        comparison = compare(entered)
    except ProblemsError:
        return
    dates = comparison.prepared.dates
    document = waiting(comparison, clear_by=f"{dates.day(dates.months - 1):%Y-%m}")
    check_sums(comparison, document)
    assert not_shown(waiting_sentences(document), waiting_grids(document)) == []
    assert {row[6] for row in waiting_rows(document)} <= set(UNITS.values())
