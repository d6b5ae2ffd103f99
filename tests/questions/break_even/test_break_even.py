"""Break-even by substitution: what is found gives the target when it is entered by hand."""

from __future__ import annotations

from typing import Any, Final

import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.break_even import Wanted, break_even, break_even_rows
from funding_model.questions.compare import compare
from funding_model.questions.notes.contracts import COUNTED_BY_CHANCE
from funding_model.report.breaking_even import break_even_chart, break_even_grids, break_even_sentences, break_even_text
from funding_model.report.look import LIGHT
from tests.questions.small_scenarios import scenario
from tests.report.told import not_shown

KEPT: Final = {"contracts.1.payment.underspend": "kept", "contracts.2.payment.underspend": "kept"}
Plain = dict[str, Any]


def result_of(settings: Plain, contract: str, result: str = "surplus_posts_filled") -> float:
    comparison = compare(scenario({**KEPT, **settings}), [contract])
    return float(getattr(comparison.totals, result)[0])


def fixed(rate: float) -> Plain:
    return {"contracts.2.movement": {"within_award": "fixed", "rate": rate}}


@pytest.mark.parametrize(
    ("varied", "contract", "by_hand", "value"),
    [
        ("uplift", "Three years", fixed(0.061), 0.061),
        ("uplift", "Each year", {"contracts.1.movement.renewal_uplift": 0.043}, 0.043),
        ("overhead_rate", "Each year", {"contracts.1.price.overhead_rate": 0.23}, 0.23),
        ("cost_growth", "Three years",
         {"assumptions.cpi.outturn_added": 0.017, "assumptions.pay_award.outturn_added": 0.017}, 0.017),
        ("turnover_difference", "Each year", {"assumptions.extra_turnover_when_insecure": 0.21}, 0.21),
        ("services.1.posts.1.salary", "Each year", {"services.1.posts.1.salary": 31_234.5}, 31_234.5),
        ("assumptions.turnover", "Three years", {"assumptions.turnover": 0.27}, 0.27),
        ("services.Family support.assumptions.cost_per_hire", "Each year",
         {"services.1.assumptions.cost_per_hire": 4_321.0}, 4_321.0),
        ("contracts.1.price.funded_share", "Each year", {"contracts.1.price.funded_share": 0.83}, 0.83),
    ],
)  # fmt: skip
def test_the_value_found_is_the_one_that_gives_the_target(
    varied: str, contract: str, by_hand: Plain, value: float
) -> None:
    entered = {**KEPT, "contracts.2.award.break_credibility": 0.5, "services.1.assumptions.cost_per_hire": 3_000}
    entered |= {"assumptions.turnover": 0.2}
    target = result_of({**entered, **by_hand}, contract)
    wanted = Wanted(varied, contract, target=target)
    document = break_even(scenario(entered), wanted)
    nearest = min(document["roots"], key=lambda root: abs(root["value"] - value))
    assert nearest["kind"] == "exact"
    assert nearest["value"] == pytest.approx(value, rel=1e-4)
    assert nearest["result_from"] == pytest.approx(target, abs=0.005)


def test_the_price_found_gives_the_target_shared_by_services_as_they_are_paid() -> None:
    document = break_even(scenario(KEPT), Wanted("price", "Each year"))
    (root,) = document["roots"]
    money = compare(scenario(KEPT), ["Each year"]).evaluation.money.price[0, :, 0]
    by_hand = {
        f"services.{number}.contract_changes.Each year.price.current": root["value"] * share
        for number, share in enumerate((money / money.sum()).tolist(), 1)
    }
    assert result_of(by_hand, "Each year") == pytest.approx(0.0, abs=0.01)
    assert document["current"]["value"] == pytest.approx(float(money.sum()))


def test_the_term_and_months_late_are_whole_numbers() -> None:
    late = break_even(scenario(KEPT), Wanted("months_late", "Each year", result="lowest_cash", low=0, high=6))
    assert [point["value"] for point in late["points"]] == [0, 1, 2, 3, 4, 5, 6]
    for point in late["points"]:
        by_hand = {"contracts.1.award.lead_months": -point["value"]}
        assert point["result"] == result_of(by_hand, "Each year", "lowest_cash")
    term = break_even(scenario(KEPT), Wanted("term", "Each year", low=10, high=14))
    assert [point["value"] for point in term["points"]] == [10, 11, 12, 13, 14]
    assert term["input"]["whole"]


def test_two_contracts_meet_where_their_difference_is_nil() -> None:
    wanted = Wanted("contracts.2.price.funded_share", "Three years", than="Each year", low=0.5, high=1)
    (root,) = break_even(scenario(KEPT), wanted)["roots"]
    surplus = compare(scenario({**KEPT, "contracts.2.price.funded_share": root["value"]})).totals.surplus_posts_filled
    assert surplus[0] == pytest.approx(surplus[1], abs=0.01)


def test_the_uplift_that_breaks_even_in_the_third_year_is_told_beside_usual_clauses() -> None:
    document = break_even(scenario(KEPT), Wanted("uplift", "Three years", year="2028-29"))
    (root,) = document["roots"]
    found = compare(scenario({**KEPT, **fixed(root["value"])}), ["Three years"])
    assert found.evaluation.money.surplus_posts_filled[0, :, 2].sum() == pytest.approx(0.0, abs=0.01)
    clauses = {each["clause"]: each["result"] for each in document["clauses"]}
    assert set(clauses) == {"none", "cpi", "pay", "forecast"}
    assert clauses["cpi"] == pytest.approx(document["current"]["result"])


def test_none_in_the_range_is_said_plainly() -> None:
    document = break_even(scenario(KEPT), Wanted("uplift", "Three years", low=0, high=0.01))
    assert document["roots"] == []
    told = " ".join(break_even_sentences(document))
    assert "at none of the values of yearly uplift of the price in the range 0% to 1%." in told


def test_that_more_is_returned_where_underspend_is_is_said() -> None:
    returned = break_even(scenario(), Wanted("price", "Each year"))
    assert any("is returned under this contract" in note["text"] for note in returned["notes"])
    kept = break_even(scenario(KEPT), Wanted("price", "Each year"))
    assert not any("is returned under this contract" in note["text"] for note in kept["notes"])


def test_an_input_on_which_nothing_depends_is_named() -> None:
    document = break_even(scenario(KEPT), Wanted("caseload", "Each year"))
    assert any("does not depend on it" in note["text"] for note in document["notes"])


def test_values_that_cannot_be_entered_are_told() -> None:
    document = break_even(scenario(KEPT), Wanted("term", "Three years", low=11, high=15))
    assert [point["result"] is None for point in document["points"]] == [True, True, False, False, False]
    assert any("cannot be entered: " in note["text"] for note in document["notes"])


def test_services_with_a_value_of_their_own_are_named() -> None:
    own = {"services.2.contract_changes.Each year.price.overhead_rate": 0.2}
    document = break_even(scenario({**KEPT, **own}), Wanted("overhead_rate", "Each year"))
    assert any('value of their own for it: "Training".' in note["text"] for note in document["notes"])


def test_the_overhead_rate_of_services_with_a_rule_of_their_own_is_varied_where_the_contract_has_none() -> None:
    rule = "services.1.contract_changes.all.price"
    kept = {**KEPT, rule: {"overhead_rule": "flat_on_direct", "overhead_rate": 0.05}}
    by_hand = {rule: {"overhead_rule": "flat_on_direct", "overhead_rate": 0.17}}
    target = result_of({**kept, **by_hand}, "Three years")
    document = break_even(scenario(kept), Wanted("overhead_rate", "Three years", target=target))
    assert document["current"]["value"] == 0.05
    (root,) = document["roots"]
    assert root["value"] == pytest.approx(0.17, rel=1e-6)


def test_a_chance_that_breaks_even_is_told_to_be_no_gain() -> None:
    wanted = Wanted("contracts.1.award.renewal_probability", "Each year", low=0, high=1)
    told = [note["text"] for note in break_even(scenario(KEPT), wanted)["notes"]]
    assert COUNTED_BY_CHANCE in told


def test_a_label_that_is_an_abbreviation_stays_one() -> None:
    document = break_even(scenario(KEPT), Wanted("services.1.posts.1.fte", "Each year"))
    assert "(FTE: 1)" in break_even_sentences(document)[0]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("nonsense"), "is not a field"),
        (Wanted("name"), "is not a number"),
        (Wanted("services.1"), "is not a number"),
        (Wanted("overhead_rate", "Three years"), "which has no rate"),
        (Wanted("assumptions.freeze_months"), "Give one with --from and --to"),
        (Wanted("uplift", low=0.2, high=0.1), "which is not above its start"),
        (Wanted("uplift", result="happiness"), "there is no result"),
        (Wanted("uplift", year="2050-51"), "does not hold the financial year"),
        (Wanted("uplift", "Each year", than="Each year"), "names the contract itself"),
        (Wanted("uplift", "Nobody's"), "no contract of this scenario"),
        (Wanted("uplift", than="Nobody's"), "no contract of this scenario"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(wanted: Wanted, words: str) -> None:
    with pytest.raises(ProblemsError, match=words):
        break_even(scenario(KEPT), wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("uplift", "Three years", year="2028-29"),
        Wanted("price", "Each year"),
        Wanted("months_late", "Each year", result="lowest_cash", low=0, high=6, target=10_000),
        Wanted("uplift", "Three years", low=0, high=0.01),
        Wanted("contracts.1.price.overhead_rate", "Each year", than="Three years", low=0, high=1),
    ],
    ids=lambda wanted: wanted.varied,
)
def test_sentences_tables_rows_and_chart_hold_the_same_numbers(wanted: Wanted) -> None:
    document = break_even(scenario({**KEPT, "contracts.2.award.break_notice_months": None}), wanted)
    sentences, grids = break_even_sentences(document), break_even_grids(document)
    assert not not_shown(sentences, grids, names=["2028-29"])
    assert max(map(len, break_even_text(document).splitlines())) <= 100
    rows = break_even_rows(document)
    assert len(rows) == len(document["points"]) + 2 * len(document["roots"])
    description = break_even_chart(document, LIGHT).to_dict()["description"]
    assert sentences[0] in description
