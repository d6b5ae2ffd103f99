"""The negotiation ladder: hand-worked rungs, and concessions that break even when they are put in."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings

from funding_model.problems import ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.ladder import RUNGS, Record, ladder
from funding_model.questions.ladder.rungs import rungs_of
from funding_model.report.ladder import FIELDS, ladder_chart, ladder_grids, ladder_sentences, ladder_text
from funding_model.report.look import LIGHT
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from funding_model.units import DAYS_A_YEAR
from tests.questions.small_scenarios import compared
from tests.report.told import not_shown
from tests.strategies import scenarios

PLAIN = """
name: One worker
horizon_years: 3
organisation:
  name: Small charity
  pools:
    - {name: Office, category: central_functions, driver: fte, lines: [{name: Rent, amount: 12000, index: none}]}
services:
  - name: Advice
    posts:
      - {name: Adviser, fte: 1, salary: 29000, contractual_notice_weeks: 4}
    lines:
      - {name: Depreciation, amount: 600, index: none, cash: no}
      - {name: Closing the room, amount: 900, per: once, kind: exit, index: none}
    other_funders: [{name: Trust, amount_by_year: [1000, 1000, 1000]}]
contracts:
  - name: Each year
    term: {months: 12}
    award: {lead_months: 0}
    price: {current: 40000}
    movement: {new_award: rolled_forward}
    payment: {underspend: kept}
assumptions: {turnover: 0, cost_per_hire: 0, pay_award: 0, cpi: 0}
"""
PAY = 29_000 + (29_000 - 5_000) * 0.15
FULL_COST = PAY + 600 + 12_000
"""A year's."""


def plain(changes: dict[str, Any] | None = None) -> Comparison:
    return compared(changes, PLAIN)


def contract_of(document: Record) -> Record:
    contract: Record = document["contracts"][0]
    return contract


def component(document: Record, name: str) -> Record:
    found: Record = next(each for each in contract_of(document)["components"] if each["component"] == name)
    return found


def test_the_rungs_by_hand() -> None:
    """Six months' overhead would be stranded; exit costs four weeks' notice and 900 pounds."""
    contract = contract_of(ladder(plain({"assumptions.stranded_months": 6})))
    assert contract["price"] == pytest.approx(120_000)
    assert contract["full_cost_price"] == pytest.approx(3 * FULL_COST - 3_000)
    assert contract["least_acceptable"] == pytest.approx(3 * FULL_COST - 3_000 - 12_000 * 6 / 12)
    notice = 4 * PAY * 7 / DAYS_A_YEAR
    assert contract["made_of"]["exit_cost"] == pytest.approx(notice + 900)
    assert contract["walk_away"] == pytest.approx(contract["least_acceptable"] - 3 * 600 - notice - 900)
    assert contract["a_year"]["full_cost_price"] == pytest.approx(FULL_COST - 1_000)


def test_a_decision_ahead_of_the_award_gives_notice() -> None:
    """A month ahead is four weeks and a third: nothing is left of a notice of four weeks."""
    early = contract_of(ladder(plain({"contracts.1.award.lead_months": 1})))
    assert early["made_of"]["exit_cost"] == pytest.approx(900)


def test_no_more_overhead_is_stranded_than_the_service_bears() -> None:
    contract = contract_of(ladder(plain({"assumptions.stranded_months": 200})))
    assert contract["made_of"]["stranded_anyway"] == pytest.approx(3 * 12_000)
    blank = ladder(plain())
    assert contract_of(blank)["made_of"]["stranded_anyway"] == 0
    assert "stranded overhead" in {note["where"] for note in blank["notes"]}


def test_the_uplift_needed_by_hand() -> None:
    """40,000 x (1 + x + x^2) = three years' cost less what the trust gives."""
    found = component(ladder(plain()), "movement")["found"][0]
    needed = (3 * FULL_COST - 3_000) / 40_000
    assert found["field"] == "renewal_uplift"
    assert found["value"] == pytest.approx((math.sqrt(1 + 4 * (needed - 1)) - 1) / 2 - 1, rel=1e-6)
    assert found["surplus_posts_filled"] == pytest.approx(0, abs=0.01)
    assert found["purse_total_change"] == pytest.approx(3 * FULL_COST - 3_000 - 120_000, abs=0.01)
    assert found["settings"] == {"contracts.1.movement.renewal_uplift": found["value"]}


def test_the_price_needed_by_hand() -> None:
    found = component(ladder(plain()), "price")["found"][0]
    assert (found["field"], found["unit"]) == ("current", "times the price")
    assert found["value"] == pytest.approx((FULL_COST - 1_000) / 40_000, rel=1e-6)


def test_where_nothing_is_enough_none_is_said() -> None:
    document = ladder(plain())
    for name in ("term", "award", "payment", "monitoring", "flexibility"):
        assert component(document, name)["smallest"] is None
        assert component(document, name)["found"] == []
    told = " ".join(ladder_sentences(document))
    assert "No single concession that was tried on term, award, payment, monitoring and flexibility closes it" in told
    assert component(document, "flexibility")["tried"] == []


def test_keeping_an_underspend_can_be_the_concession() -> None:
    """A price above cost that is given back at 10 pounds short; kept, it is enough."""
    settings = {
        "contracts.1.price.current": 60_000,
        "contracts.1.payment.underspend": "returned",
        "services.1.lines.1.eligible": False,
        "services.1.other_funders": [],
    }
    found = component(ladder(plain(settings)), "payment")
    assert found["smallest"]["field"] == "underspend"
    assert found["smallest"]["value"] == "kept"
    assert found["smallest"]["surplus_posts_filled"] == pytest.approx(180_000 - 3 * FULL_COST)


def test_a_contract_that_breaks_even_needs_no_concession() -> None:
    document = ladder(plain({"contracts.1.price.current": 60_000}))
    contract = contract_of(document)
    assert not contract["concession_needed"]
    assert contract["components"] == []
    assert "no concession is needed" in " ".join(ladder_sentences(document))
    assert "The price meets the full cost." in ladder_sentences(document)[0]


def test_one_service_alone_may_be_asked_about() -> None:
    comparison = compared()
    every, alone = ladder(comparison), ladder(comparison, "Training")
    assert (every["service"], alone["service"]) == (None, "Training")
    money = comparison.evaluation.money.surplus_posts_filled
    assert contract_of(alone)["surplus_posts_filled"] == pytest.approx(money[0, 1].sum())
    assert contract_of(every)["surplus_posts_filled"] == pytest.approx(money[0].sum())
    with pytest.raises(ProblemsError, match='no service of this scenario is called "Nothing"'):
        ladder(comparison, "Nothing")


def check_by_substitution(scenario: Scenario, comparison: Comparison, document: Record) -> int:
    """Put every concession found into the scenario at its places and compare again; return how many there were."""
    text = dump_json(scenario)
    done = 0
    for case, contract in enumerate(document["contracts"]):
        for each in contract["components"]:
            for found in each["found"]:
                changed, problems = load_text(text, found["settings"])
                assert changed is not None, problems
                again = compare(changed, [contract["name"]])
                surplus = float(again.totals.surplus_posts_filled[0])
                assert surplus == pytest.approx(found["surplus_posts_filled"], rel=1e-9, abs=1e-6)
                assert surplus >= -0.01
                paid = float(again.totals.purse_total[0] - comparison.totals.purse_total[case])
                assert found["purse_total_change"] == pytest.approx(paid, rel=1e-6, abs=1e-3)
                done += 1
    return done


@pytest.mark.parametrize("identifier", ["multi_service_charity", "south_belfast_sure_start", "short_breaks"])
def test_concessions_of_the_library_break_even_when_they_are_put_in(identifier: str) -> None:
    scenario, _ = load_library(identifier)
    assert scenario is not None
    comparison = compare(scenario)
    document = ladder(comparison)
    assert check_by_substitution(scenario, comparison, document) > 0
    assert not_shown(ladder_sentences(document), ladder_grids(document)) == []
    assert max(map(len, ladder_text(document).splitlines())) <= 100
    assert ladder_chart(document, LIGHT).to_dict()["description"].startswith("Bar chart. Price beside")
    for contract in document["contracts"]:
        for each in contract["components"]:
            assert {one["field"] for one in each["tried"]} <= set(FIELDS)
            if each["found"]:
                assert each["smallest"]["purse_total_change"] == min(one["purse_total_change"] for one in each["found"])


@pytest.mark.parametrize("identifier", library_ids())
def test_rungs_of_the_library_add_up_to_the_comparison(identifier: str) -> None:
    scenario, _ = load_library(identifier)
    assert scenario is not None
    comparison = compare(scenario)
    for case in range(len(comparison.contracts)):
        rungs = rungs_of(comparison, case)
        for name in ("full_cost", "price", "cost_of_terms"):
            whole = float(getattr(comparison.totals, name)[case])
            assert sum(getattr(each, name) for each in rungs) == pytest.approx(whole, rel=1e-9, abs=1e-6)
        assert all(each.exit_cost >= 0 and each.stranded_anyway >= 0 for each in rungs)


@settings(max_examples=6)
@given(entered=scenarios(longest=2))
def test_concessions_of_any_scenario_break_even_when_they_are_put_in(entered: Scenario) -> None:
    try:
        comparison = compare(entered)
    except ProblemsError:
        return
    document = ladder(comparison)
    check_by_substitution(entered, comparison, document)
    assert not_shown(ladder_sentences(document), ladder_grids(document)) == []
    for contract in document["contracts"]:
        assert [each["component"] for each in contract["components"]] in ([], list(COMPONENTS))
        for rung in RUNGS:
            whole = sum(each[rung] for each in contract["services"])
            assert contract[rung] == pytest.approx(whole, rel=1e-9, abs=1e-6)
        assert contract["concession_needed"] == (contract["surplus_posts_filled"] < -0.005)
