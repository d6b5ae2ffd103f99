"""The document of a comparison: its keys, its numbers, and the page that describes them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from funding_model.costing.arrays import total, year_sums
from funding_model.problems import ProblemsError
from funding_model.questions.compare import compare
from funding_model.questions.document import as_document, csv_text, differences_across
from funding_model.questions.totals import losses
from funding_model.questions.uncertainty.outcomes import outcomes_of
from funding_model.scenario.library import library_ids, load_library
from tests.questions.small_scenarios import compared, scenario

ROOT = Path(__file__).parents[2]
MONEY = {
    "full_cost",
    "fundable_cost",
    "price",
    "cost",
    "income",
    "surplus",
    "recovery_rate",
    "cost_of_terms",
    "pay_not_spent",
    "surplus_posts_filled",
}
CAUSES = {"vacancy", "induction", "pause", "service_lost", "closed_intake", "not_filled"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return as_document(compared())


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from keys_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys_in(item)


def test_the_promised_keys_are_there(document: dict[str, Any]) -> None:
    assert {"scenario", "contracts", "differences", "checks", "off", "warnings", "meta"} <= set(document)
    assert document["scenario"] == "Two services"
    assert [contract["name"] for contract in document["contracts"]] == ["Each year", "Three years"]
    for contract in document["contracts"]:
        assert [year["year"] for year in contract["years"]] == ["2026-27", "2027-28", "2028-29"]
        assert [service["service"] for service in contract["services"]] == ["Family support", "Training"]
        assert all(set(year) == {"year", *MONEY} for year in contract["years"])
        assert set(contract["totals"]) == MONEY
        assert set(contract["families"]["weeks_lost"]) == CAUSES
        assert {"people_starting_support", "support_months", "waiting_at_end", "cost_per_person"} <= set(
            contract["families"]
        )
        assert {"secure_post_months_share", "leavers", "hires", "notices"} <= set(contract["staff"])
        assert {"lowest", "lowest_month", "first_month_below_minimum", "lowest_if_lost"} <= set(contract["cash"])
        assert {"paid", "administration", "total", "present_value_real"} <= set(contract["public_purse"])
    assert {"passed", "checks"} == set(document["checks"])
    assert {"name", "passed", "detail"} == set(document["checks"]["checks"][0])
    assert {"version", "schema_version", "input_hash", "reference_data_date"} == set(document["meta"])


def test_it_is_plain_json_and_the_same_every_time(document: dict[str, Any]) -> None:
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == document
    assert json.dumps(as_document(compared()), allow_nan=False) == text


def test_every_key_is_described(document: dict[str, Any]) -> None:
    described = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "json.md").read_text(encoding="utf-8")))
    assert set(keys_in(document)) - described == set()


def test_numbers_are_those_of_the_evaluation(document: dict[str, Any]) -> None:
    comparison = compared()
    evaluation, totals = comparison.evaluation, comparison.totals
    for case, contract in enumerate(document["contracts"]):
        for name in ("full_cost", "fundable_cost", "price", "cost", "income", "surplus", "cost_of_terms"):
            assert contract["totals"][name] == pytest.approx(getattr(totals, name)[case], rel=1e-12)
            yearly = getattr(evaluation.money, name)
            for number, service in enumerate(contract["services"]):
                own = yearly[min(case, len(yearly) - 1), number]
                assert [year[name] for year in service["years"]] == own.tolist()
        assert contract["families"]["people_starting_support"] == pytest.approx(
            totals.people_starting_support[case], rel=1e-12
        )
        assert contract["families"]["support_months"] == pytest.approx(totals.support_months[case], rel=1e-12)
        assert sum(contract["families"]["weeks_lost"].values()) == pytest.approx(totals.weeks_lost[case], rel=1e-12)
        assert contract["families"]["waiting_at_end"] == pytest.approx(totals.waiting_at_end[case], rel=1e-12)
        assert contract["staff"]["leavers"] == pytest.approx(totals.leavers[case], rel=1e-12)
        assert contract["staff"]["hires"] == pytest.approx(totals.hires[case], rel=1e-12)
        assert contract["staff"]["notices"] == pytest.approx(totals.notices[case], rel=1e-12)
        assert contract["cash"]["lowest"] == pytest.approx(totals.lowest_cash[case], rel=1e-12)
        assert contract["public_purse"]["total"] == pytest.approx(totals.purse_total[case], rel=1e-12)
        assert contract["public_purse"]["present_value_real"] == pytest.approx(
            totals.purse_present_value[case], rel=1e-12
        )


def test_surplus_and_recovery_follow_from_the_other_columns(document: dict[str, Any]) -> None:
    for contract in document["contracts"]:
        owners = [contract, *contract["services"]]
        for record in (record for owner in owners for record in (*owner["years"], owner["totals"])):
            assert record["surplus"] == pytest.approx(record["income"] - record["cost"], rel=1e-9)
            assert record["recovery_rate"] == record["price"] / record["full_cost"]


def test_services_and_years_add_up(document: dict[str, Any]) -> None:
    for contract in document["contracts"]:
        for name in MONEY - {"recovery_rate"}:
            for year, record in enumerate(contract["years"]):
                parts = [service["years"][year][name] for service in contract["services"]]
                assert sum(parts) == pytest.approx(record[name], rel=1e-9, abs=1e-6)
            assert sum(record[name] for record in contract["years"]) == pytest.approx(
                contract["totals"][name], rel=1e-9, abs=1e-6
            )
        for year, steps in zip(contract["years"], contract["gap"], strict=True):
            assert sum(value for step, value in steps.items() if step != "year") == pytest.approx(year["surplus"])


def test_differences_are_values_less_base_values(document: dict[str, Any]) -> None:
    by_result = {row["result"]: row for row in document["differences"]}
    base, other = document["contracts"]
    for row in document["differences"]:
        assert (row["contract"], row["base"]) == ("Three years", "Each year")
        assert row["difference"] == row["value"] - row["base_value"]
        if row["base_value"]:
            assert row["per_cent"] == pytest.approx(100 * row["difference"] / abs(row["base_value"]))
        else:
            assert row["per_cent"] is None
    assert by_result["price"]["value"] == other["totals"]["price"]
    assert by_result["price"]["base_value"] == base["totals"]["price"]
    assert by_result["cost_per_person"]["value"] == other["families"]["cost_per_person"]
    assert by_result["recovery_rate"]["base_value"] == base["totals"]["recovery_rate"]
    assert "secure_post_months_share_at_12" in by_result


def test_differences_agree_with_those_of_the_comparison(document: dict[str, Any]) -> None:
    rows = {row["result"]: row for row in document["differences"]}
    for found in compared().differences():
        assert rows[found.result]["value"] == found.value
        assert rows[found.result]["base_value"] == found.base_value
        assert rows[found.result]["unit"] == found.unit


def test_cost_per_person_counts_only_services_with_a_peoples_side(document: dict[str, Any]) -> None:
    for contract in document["contracts"]:
        family_support, training = contract["services"]
        people = family_support["families"]["people_starting_support"]
        assert contract["families"]["cost_per_person"] == family_support["totals"]["cost"] / people
        assert training["families"]["cost_per_person"] is None
        assert training["families"]["people_starting_support"] is None


def test_lowest_if_lost_is_the_lowest_of_all_losses(document: dict[str, Any]) -> None:
    comparison = compared()
    for case, contract in enumerate(document["contracts"]):
        found = losses(comparison.evaluation, comparison.prepared.inputs, comparison.terms, case)
        assert contract["cash"]["lowest_if_lost"] == min(loss.lowest for loss in found)
        assert len(contract["cash"]["if_lost"]) == len(found)


def test_months_are_written_as_months(document: dict[str, Any]) -> None:
    for contract in document["contracts"]:
        months = [record["month"] for record in contract["months"]]
        assert (months[0], months[-1], len(months)) == ("2026-04", "2029-03", 36)
        cash = [record["cash"] for record in contract["months"]]
        assert contract["cash"]["lowest"] == min(cash)
        assert months[cash.index(min(cash))] == contract["cash"]["lowest_month"]
        below = [month for month, balance in zip(months, cash, strict=True) if balance < 30_000]
        assert contract["cash"]["first_month_below_minimum"] == (below[0] if below else None)


def test_cash_that_sums_leave_a_hair_below_nil_is_not_short() -> None:
    comparison = compared({"organisation.minimum_cash": 0})
    balance = comparison.evaluation.cash.balance
    balance[:] = -4.7e-10
    assert as_document(comparison)["contracts"][0]["cash"]["first_month_below_minimum"] is None
    assert not outcomes_of(comparison.evaluation, comparison.prepared.inputs).below_minimum_cash.any()
    balance[:] = -0.005
    assert as_document(comparison)["contracts"][0]["cash"]["first_month_below_minimum"] == "2026-04"
    assert outcomes_of(comparison.evaluation, comparison.prepared.inputs).below_minimum_cash.all()


def test_hours_are_those_of_the_returns(document: dict[str, Any]) -> None:
    comparison = compared()
    survival = comparison.evaluation.provider.survival[0][:, :-1]
    expected = float((survival * 4 * 10 / 12).sum())
    hours = document["contracts"][0]["hours"]
    assert hours["provider"]["returns"] == pytest.approx(expected)
    assert hours["provider"]["letters"] == 0
    assert hours["provider_value"] > 0
    assert hours["bought_in"] is False


def test_late_decisions_cost_notional_interest(document: dict[str, Any]) -> None:
    late, prompt = (contract["cash"] for contract in document["contracts"])
    assert late["notional_financing_of_late_decisions"] > 0
    assert prompt["notional_financing_of_late_decisions"] == 0


def test_reserves_policy_is_three_months_of_spending(document: dict[str, Any]) -> None:
    comparison = compared()
    flows, full = comparison.evaluation.flows, comparison.evaluation.planned.full
    spent = float(
        flows.cost[0, :, :12].sum()
        + full.support.allocation.full_cost[0, 0, 2]
        + comparison.evaluation.cash.interest[0, :12].sum()
    )
    reserves = document["contracts"][0]["cash"]["reserves"]
    assert reserves["years"][0]["policy"] == pytest.approx(spent / 12 * 3)
    short = [year["year"] for year in reserves["years"] if year["free_reserves"] < year["policy"]]
    assert reserves["policy_breached_year"] == (short[0] if short else None)


def test_reserves_policy_may_leave_restricted_spending_out() -> None:
    every, own = (
        as_document(compared({"organisation.reserves_policy_basis": basis}))["contracts"][0]["cash"]["reserves"]
        for basis in ("all_spending", "spending_from_unrestricted_income")
    )
    assert own["years"][0]["policy"] == pytest.approx(every["years"][0]["policy"] - 5_000 / 12 * 3)


def test_blanks_are_null() -> None:
    blank = compared(
        {
            "organisation.opening_cash": None,
            "organisation.opening_free_reserves": None,
            "organisation.borrowing_rate": None,
            "organisation.reserves_policy_months": None,
            "assumptions.secure_months": None,
            "services.1.people": None,
        }
    )
    document = as_document(blank)
    for contract in document["contracts"]:
        assert contract["cash"]["opening_entered"] is False
        assert contract["cash"]["lowest"] is not None
        assert contract["cash"]["notional_financing"] is None
        assert contract["cash"]["overdraft_interest"] is None
        assert contract["cash"]["reserves"]["policy_breached_year"] is None
        assert contract["staff"]["secure_post_months_share"] is None
        assert contract["staff"]["secure_post_months_share_at"][1]["months"] == 6
        assert contract["families"]["cost_per_person"] is None
        assert contract["families"]["weeks_lost"] == {}
        assert contract["public_purse"]["regret"] is None
    assert "people_starting_support" not in {row["result"] for row in document["differences"]}


def test_security_is_shown_with_the_break_clause_counted_and_disregarded(document: dict[str, Any]) -> None:
    each_year, three_years = (contract["staff"] for contract in document["contracts"])
    counted, disregarded = (
        [entry[key] for entry in three_years["secure_post_months_share_at"]]
        for key in ("break_clause_counted", "break_clause_disregarded")
    )
    assert counted[2] == 0  # three months of notice is less than twelve
    assert counted[2] < disregarded[2]
    for credibility, share in ((0, counted[1]), (1, disregarded[1])):
        entered = compared({"contracts.2.award.break_credibility": credibility})
        assert as_document(entered)["contracts"][1]["staff"]["secure_post_months_share"] == share
    assert all(
        entry["break_clause_counted"] == entry["break_clause_disregarded"]
        for entry in each_year["secure_post_months_share_at"]
    )


def test_regret_appears_when_it_is_entered() -> None:
    changing = {"chance_of_change": 0.1, "repurposable": 0.5}
    entered = {"contracts.1.flexibility": changing, "contracts.2.flexibility": changing}
    unbroken = compared({**entered, "contracts.2.award.break_notice_months": None})
    each_year, three_years = (contract["public_purse"] for contract in as_document(unbroken)["contracts"])
    assert 0 < each_year["regret"] < three_years["regret"]
    noticed = as_document(compared(entered))["contracts"][1]["public_purse"]
    assert noticed["regret"] < three_years["regret"]


def test_exposures_are_named_by_service_and_last_month(document: dict[str, Any]) -> None:
    rows = document["contracts"][0]["exposures"]
    assert {row["service"] for row in rows} == {"Family support", "Training"}
    assert {row["event"] for row in rows} == {"renewal"}
    assert rows[0]["last_month"] == "2027-03"
    assert rows[0]["chance_of_loss"] == pytest.approx(0.1)
    assert rows[0]["redundancy"] > 0
    assert rows[0]["total"] >= rows[0]["cost_if_lost"]


def test_part_years_are_named() -> None:
    document = as_document(compared({"organisation.first_month": "2026-10"}))
    assert document["part_years"] == ["2026-27", "2029-30"]
    assert [year["year"] for year in document["contracts"][0]["years"]] == ["2026-27", "2027-28", "2028-29", "2029-30"]


def test_a_service_without_cost_has_no_recovery_rate() -> None:
    document = as_document(compared({"services.2.posts": [], "services.2.lines.1.amount": 0, "organisation.pools": []}))
    training = document["contracts"][0]["services"][1]
    assert training["totals"]["full_cost"] == 0
    assert training["totals"]["recovery_rate"] is None


def test_one_contract_has_no_differences() -> None:
    document = as_document(compare(scenario(), ["Three years"]))
    assert document["base"] == "Three years"
    assert document["differences"] == []


def test_scenarios_are_compared_contract_by_contract() -> None:
    first = compared()
    other = compared({"name": "Dearer travel", "services.1.lines.1.amount": 3500})
    rows = differences_across(first, other)
    cost = [row for row in rows if row["result"] == "full_cost"]
    assert [row["contract"] for row in cost] == ["Each year (Dearer travel)", "Three years (Dearer travel)"]
    assert cost[0]["base"] == "Each year (Two services)"
    assert cost[0]["difference"] == other.totals.full_cost[0] - first.totals.full_cost[0] > 3 * 1_000


def test_scenarios_without_a_shared_contract_are_refused() -> None:
    other = compared({"contracts.1.name": "A", "contracts.2.name": "B"})
    with pytest.raises(ProblemsError, match="no contract of the same name"):
        differences_across(compared(), other)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_the_numbers_of_the_document(document: dict[str, Any]) -> None:
    rows = rows_of(csv_text([document]))
    assert list(rows[0]) == ["scenario", "contract", "service", "year", "measure", "value", "unit"]
    found = {tuple(row[key] for key in ("contract", "service", "year", "measure")): row for row in rows}
    assert len(found) == len(rows)
    first = document["contracts"][0]
    price = found["Each year", "Family support", "2027-28", "price"]
    assert (float(price["value"]), price["unit"]) == (first["services"][0]["years"][1]["price"], "pounds")
    assert float(found["Each year", "", "", "recovery_rate"]["value"]) == first["totals"]["recovery_rate"]
    assert found["Each year", "", "", "recovery_rate"]["unit"] == "fraction"
    assert float(found["Each year", "", "", "cash_lowest"]["value"]) == first["cash"]["lowest"]
    assert found["Each year", "", "", "weeks_lost_vacancy"]["unit"] == "weeks of service"
    assert ("Each year", "Training", "", "cost_per_person") not in found
    assert float(found["Each year", "", "2026-27", "gap_ineligible"]["value"]) == first["gap"][0]["ineligible"]


@pytest.mark.parametrize("start", ["=1+1", "+A1", "-A1", "@SUM(A1)"])
def test_csv_text_is_never_a_formula(start: str) -> None:
    comparison = compared({"name": f"{start} scenario", "services.2.name": f"{start} service"})
    rows = rows_of(csv_text([as_document(comparison)]))
    assert {row["scenario"] for row in rows} == {f"'{start} scenario"}
    assert f"'{start} service" in {row["service"] for row in rows}
    assert all(np.isfinite(float(row["value"])) for row in rows)


def test_csv_numbers_below_nothing_stay_numbers(document: dict[str, Any]) -> None:
    rows = rows_of(csv_text([document]))
    assert any(float(row["value"]) < 0 for row in rows)
    assert not any(row["value"].startswith("'") for row in rows)


@pytest.mark.parametrize("identifier", library_ids())
def test_library_documents_are_plain_and_add_up(identifier: str) -> None:
    found, problems = load_library(identifier)
    assert found is not None, problems
    comparison = compare(found)
    document = as_document(comparison)
    json.dumps(document, allow_nan=False)
    months = comparison.prepared.inputs.calendar.months_of_year
    for case, contract in enumerate(document["contracts"]):
        income = year_sums(
            np.broadcast_to(comparison.evaluation.provider.income, comparison.evaluation.provider.cost.shape), months
        )
        assert [year["income"] for year in contract["years"]] == pytest.approx(
            total(income[case], 0).tolist(), rel=1e-9
        )
