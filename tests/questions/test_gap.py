"""The gap: every pound put to a rule, by service and year; what reserves meet, and how long they last."""

from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import given

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.compare import compare
from funding_model.questions.document import as_document as comparison_document
from funding_model.questions.gap import TO_FUNDABLE, TO_PRICE, TO_SURPLUS, as_csv, as_document, gap_years, subsidies
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import compared as compared_generated
from tests.costing.generated import examples
from tests.questions.small_scenarios import compared, scenario
from tests.strategies import scenarios


def test_the_steps_are_all_those_of_the_ledger_in_order() -> None:
    assert (*TO_FUNDABLE, *TO_PRICE, *TO_SURPLUS) == GAP_STEPS


@examples(12)
@given(scenarios(longest=3))
def test_steps_lead_from_full_cost_to_fundable_cost_price_and_surplus(entered: Scenario) -> None:
    comparison = compared_generated(entered)
    for case in range(len(comparison.contracts)):
        for each in gap_years(comparison, case):
            ends, steps = each.ends, each.steps
            scale = 1e-9 * max(1.0, *map(abs, ends.values()), *map(abs, steps.values()))
            reached = ends["full_cost"]
            for names, end in ((TO_FUNDABLE, "fundable_cost"), (TO_PRICE, "price")):
                reached += math.fsum(steps[name] for name in names)
                assert reached == pytest.approx(ends[end], abs=100 * scale), (each.service, each.year, end)
            assert math.fsum(steps.values()) == pytest.approx(ends["surplus"], abs=100 * scale)


def test_a_gap_worked_by_hand() -> None:
    """A price of £50,000 for a service that costs £60,000 of lines, of which £6,000 is not eligible; nothing else."""
    entered = scenario(
        {
            "horizon_years": 1,
            "organisation.pools": [],
            "organisation.other_activities": [],
            "services": [
                {
                    "name": "Advice",
                    "lines": [
                        {"name": "Rent", "amount": 54_000},
                        {"name": "Parties", "amount": 6_000, "eligible": False},
                    ],
                }
            ],
            "contracts": [
                {"name": "One", "term": {"months": 12}, "price": {"schedule": [50_000], "funded_share": 0.8}}
            ],
        }
    )
    *_, every = gap_years(compare(entered), 0)
    expected = dict.fromkeys(GAP_STEPS, 0.0) | {
        "ineligible": -6_000,
        "funded_share": -0.2 * 54_000,
        "price_movement": 50_000 - 0.8 * 54_000,
        "underspend_returned": -(50_000 - 0.8 * 54_000),
    }
    assert every.steps == pytest.approx(expected, abs=1e-6)
    assert every.ends == pytest.approx(
        {"full_cost": 60_000, "fundable_cost": 54_000, "price": 50_000, "surplus": 0.8 * 54_000 - 60_000}
    )


def test_services_and_years_add_up_to_the_whole() -> None:
    document, comparison = as_document(compared()), comparison_document(compared())
    for contract, beside in zip(document["contracts"], comparison["contracts"], strict=True):
        for step in GAP_STEPS:
            whole = contract["totals"]["steps"][step]
            assert math.fsum(year["steps"][step] for year in contract["years"]) == pytest.approx(whole, abs=1e-6)
            by_service = math.fsum(service["totals"]["steps"][step] for service in contract["services"])
            assert by_service == pytest.approx(whole, abs=1e-6)
        for year, row in zip(contract["years"], beside["gap"], strict=True):
            assert year["steps"] == pytest.approx({step: row[step] for step in GAP_STEPS})
        for name in ("full_cost", "fundable_cost", "price", "surplus"):
            assert contract["totals"][name] == pytest.approx(beside["totals"][name])


def test_what_reserves_meet_is_their_fall() -> None:
    comparison = compared()
    for case in (0, 1):
        found = subsidies(comparison, case)
        ends = comparison.evaluation.cash.free_reserves[case, [11, 23, 35]]
        assert [each.free_reserves for each in found] == ends.tolist()
        assert [each.call_so_far for each in found] == pytest.approx([50_000 - end for end in ends])
        assert math.fsum(each.call_in_year for each in found) == pytest.approx(found[-1].call_so_far)


def test_months_of_cover_are_below_those_of_the_policy_where_it_is_breached() -> None:
    comparison = compared()
    for case, contract in enumerate(comparison_document(comparison)["contracts"]):
        reserves = contract["cash"]["reserves"]
        for each, year in zip(subsidies(comparison, case), reserves["years"], strict=True):
            assert each.policy_months == 3
            assert each.months_of_cover == pytest.approx(3 * year["free_reserves"] / year["policy"])
        below = [each.year for each in subsidies(comparison, case) if (each.months_of_cover or 0) < 3]
        assert reserves["policy_breached_year"] == below[0]


def test_how_long_reserves_last_is_blank_where_they_were_not_entered() -> None:
    found = subsidies(compared({"organisation.opening_free_reserves": None}), 0)
    assert [each.months_of_cover for each in found] == [None] * 3
    assert found[-1].call_so_far == -found[-1].free_reserves
    without_policy = subsidies(compared({"organisation.reserves_policy_months": None}), 0)
    assert [each.policy_months for each in without_policy] == [None] * 3
    assert all(each.months_of_cover is not None for each in without_policy)


def test_the_table_holds_the_same_numbers() -> None:
    comparison = compared()
    rows = list(csv.DictReader(io.StringIO(as_csv(comparison))))
    document = as_document(comparison)
    found = {(row["contract"], row["service"], row["year"], row["measure"]): row["value"] for row in rows}
    assert len(found) == len(rows)
    for contract in document["contracts"]:
        for owner in (contract, *contract["services"]):
            for record in (*owner["years"], owner["totals"]):
                place = (contract["name"], owner.get("service", ""), record.get("year", ""))
                for step, value in record["steps"].items():
                    assert float(found[*place, step]) == value
                assert float(found[*place, "price"]) == record["price"]
        for year in contract["reserves"]["years"]:
            place = (contract["name"], "", year["year"])
            assert float(found[*place, "reserves_call_so_far"]) == year["call_so_far"]
            assert float(found[*place, "reserves_months_of_cover"]) == year["months_of_cover"]
