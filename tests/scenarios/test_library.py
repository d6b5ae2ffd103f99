"""The library of scenarios: readable, honest about its sources, true to what was published, steady in its results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from pydantic import BaseModel

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.uncertainty.ranges import ranges_of
from funding_model.reference.cases import charity_accounts, ni_contracts, ni_unit_costs
from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.fields import Sourced
from funding_model.units import MONTHS_A_YEAR
from tests.scenarios.expected import (
    DRAWN,
    EXPECTED,
    IDS,
    LIBRARY,
    differences,
    drawn_of,
    expected_of,
    results_of,
    scenario_of,
)

MILLIONTH = 1e-6
HALF_A_PENNY = 0.005
PRICE_IN_THE_FILE = re.compile(r"\b(current|schedule): *\[?[0-9].*")


@cache
def compared(identifier: str) -> Comparison:
    return compare(scenario_of(identifier))


def entries(entry: object, place: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every entry of a scenario with its place."""
    if isinstance(entry, BaseModel):
        yield place, entry
        for name in type(entry).model_fields:
            yield from entries(getattr(entry, name), f"{place}.{name}")
    elif isinstance(entry, tuple):
        for number, item in enumerate(entry, 1):
            yield from entries(item, f"{place}.{number}")


def yearly(identifier: str, contract: str, result: str) -> list[float]:
    years = results_of(compared(identifier))[contract]["by year"].values()
    return [year[result] for year in years]


# The files


def test_there_are_enough_scenarios_each_with_its_own_name() -> None:
    assert len(IDS) >= 12
    assert len({scenario_of(identifier).name for identifier in IDS}) == len(IDS)
    assert all(re.fullmatch(r"[a-z0-9_]+", identifier) for identifier in IDS)


@pytest.mark.parametrize("identifier", IDS)
def test_a_scenario_tells_its_story_and_compares_two_to_four_contracts(identifier: str) -> None:
    scenario = scenario_of(identifier)
    assert len(scenario.description) > 200
    assert 2 <= len(scenario.contracts) <= 4
    assert (LIBRARY / f"{identifier}.yaml").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("identifier", IDS)
def test_every_amount_says_where_it_comes_from(identifier: str) -> None:
    for place, entry in entries(scenario_of(identifier)):
        if isinstance(entry, Sourced):
            assert entry.status in {"published", "example", "no evidence"}, place
            assert entry.source or entry.status != "published", place
            if entry.status == "no evidence":
                assert getattr(entry, "amount", 0) == 0, place


@pytest.mark.parametrize("identifier", IDS)
def test_every_assumption_of_its_own_has_a_status_and_a_reason(identifier: str) -> None:
    for place, entry in entries(scenario_of(identifier)):
        if isinstance(entry, Assumption | YearlyGrowth):
            assert entry.status != "yours", place
            if entry.status in {"published", "example"}:
                assert entry.rationale, place
            assert entry.source or entry.status != "published", place


@pytest.mark.parametrize("identifier", IDS)
def test_every_price_in_the_file_is_marked_as_published_or_example(identifier: str) -> None:
    for line in (LIBRARY / f"{identifier}.yaml").read_text(encoding="utf-8").splitlines():
        found = PRICE_IN_THE_FILE.search(line)
        if found and not line.lstrip().startswith("#"):
            assert re.search(r"# .*(published|example)", found.group()), line


# The results


@pytest.mark.parametrize("identifier", IDS)
def test_every_reconciliation_holds(identifier: str) -> None:
    # A millionth of a pound is rounding in the largest scenarios, where balanced millions leave it behind.
    assert [check for check in compared(identifier).checks if not check.passed and check.difference > MILLIONTH] == []


@pytest.mark.parametrize("identifier", IDS)
def test_what_was_entered_adds_up_to_the_total_given(identifier: str) -> None:
    comparison = compared(identifier)
    reconciliation = comparison.scenario.organisation.reconciliation
    if reconciliation is not None:
        entered = comparison.evaluation.planned.full.support.own_cost[0, 0].sum()
        assert entered == pytest.approx(reconciliation.total, abs=reconciliation.tolerance)


@pytest.mark.parametrize("identifier", IDS)
def test_every_service_takes_people_on_and_no_list_grows_beyond_a_year_of_referrals(identifier: str) -> None:
    comparison = compared(identifier)
    families, services = comparison.evaluation.families, comparison.scenario.services
    for number, service in enumerate(services):
        if service.people is not None:
            assert (families.starting[:, number].sum(axis=-1) > 0).all(), service.name
            most = families.waiting[:, number].max()
            assert most <= MONTHS_A_YEAR * service.people.referrals_a_month, service.name


@pytest.mark.parametrize("identifier", IDS)
def test_results_are_those_expected(identifier: str) -> None:
    assert differences(expected_of(identifier), results_of(compared(identifier))) == []


def test_every_expected_result_belongs_to_a_scenario() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == IDS


# The draws


def with_ranges() -> list[str]:
    return [identifier for identifier in IDS if ranges_of(scenario_of(identifier)).drawn]


def test_some_scenarios_have_ranges_and_their_drawn_results_stand_beside_them() -> None:
    assert with_ranges()
    assert sorted(path.stem for path in DRAWN.glob("*.json")) == with_ranges()


@pytest.mark.parametrize("identifier", with_ranges())
def test_drawn_results_are_those_expected(identifier: str) -> None:
    expected = json.loads((DRAWN / f"{identifier}.json").read_text(encoding="utf-8"))
    found = drawn_of(scenario_of(identifier))
    for contract, results in expected["contracts"].items():
        for result, numbers in results.items():
            assert found["contracts"][contract][result] == pytest.approx(numbers, rel=1e-6, abs=0.01), result
    assert len(found["probabilities"]) == len(expected["probabilities"])
    for now, then in zip(found["probabilities"], expected["probabilities"], strict=True):
        assert now == {**then, "probability": pytest.approx(then["probability"], abs=1e-9)}


@pytest.mark.parametrize("identifier", with_ranges())
def test_every_range_of_a_scenario_is_drawn_and_read(identifier: str) -> None:
    found = ranges_of(scenario_of(identifier))
    assert found.without_effect == ()
    assert found.not_drawn == ()


# What was published


def test_sure_start_adds_up_to_its_published_funding_projects_and_children() -> None:
    facts = {cost.item: cost.value for cost in ni_unit_costs()}
    comparison = compared("sure_start_regional")
    services = comparison.scenario.services
    assert len(services) == 38
    children = sum(service.people.opening_caseload or 0 for service in services if service.people)
    assert children == pytest.approx(facts["Sure Start, children 0-3 registered"], abs=1e-6)
    assert facts["Sure Start, children 0-3 registered"] == 35_571
    funding = facts["Sure Start, DE funding (38 projects)"]
    assert funding == 33_700_000
    planned = comparison.evaluation.planned.full.full_cost[0, :, :MONTHS_A_YEAR].sum()
    assert planned == pytest.approx(funding, abs=HALF_A_PENNY)
    for contract in comparison.contracts:
        assert yearly("sure_start_regional", contract, "price")[0] == pytest.approx(funding, abs=HALF_A_PENNY)


def test_the_line_that_balances_sure_start_is_marked_and_small() -> None:
    services = compared("sure_start_regional").scenario.services
    lines = [line for service in services for line in service.lines if line.category == "balancing"]
    assert len(lines) == len(services)
    assert all(line.status == "example" and "balancing line" in line.name for line in lines)
    assert sum(line.amount for line in lines) == pytest.approx(31_606.0922 * 35.571)  # 1,124,260
    assert "balancing" in compared("sure_start_regional").scenario.description


def test_sure_start_is_built_up_from_need() -> None:
    comparison = compared("sure_start_regional")
    needs, sizes, growth = [], [], []
    for service in comparison.scenario.services:
        assert service.need_index is not None
        assert service.people is not None
        assert service.people.opening_caseload is not None
        assert [change.start for change in service.planned_changes] == ["2025-04", "2026-04", "2027-04"]
        needs.append(service.need_index)
        sizes.append(service.people.opening_caseload)
        growth.append(service.planned_changes[-1].volume)
    assert sum(needs) / len(needs) == pytest.approx(100)
    # Each project's children are its share of all need, to the child.
    assert np.allclose(sizes, np.array(needs) * 35_571 / sum(needs), atol=2)
    in_order = [grown for _, grown in sorted(zip(needs, growth, strict=True))]
    assert in_order == sorted(in_order)
    heads = comparison.evaluation.jobs.heads[0].sum(axis=0)
    assert heads[0] < heads[12] < heads[24] < heads[36] == pytest.approx(heads[48])


def test_the_winchester_note_to_the_pound() -> None:
    published = next(case for case in charity_accounts() if case.id == "city_of_winchester_trust_2021").figures
    shared = compared("winchester_trust").evaluation.planned.full.support.allocation.full_cost[0, 0]
    charitable, raising_funds = (round(float(cost)) for cost in shared)
    assert charitable == published["result_2021"]["charitable"] == 10_846
    assert raising_funds == published["result_2021"]["raising_funds"] == 998


@pytest.mark.parametrize("year", [2021, 2020])
def test_the_citizens_advice_notes_cell_by_cell(year: int) -> None:
    published = next(case for case in charity_accounts() if case.id == "citizens_advice_2021").figures["years"][year]
    shared = compared(f"citizens_advice_{year}").evaluation.planned.full.support.allocation.from_pool[0, 0]
    cells = np.array([activity["cells"] for activity in published["activities"].values()]).T * 1_000
    assert cells.shape == shared.shape == (5, 5)
    assert np.abs(shared - cells).max() <= 1_000
    assert shared.sum() == pytest.approx(published["total"] * 1_000)


def test_the_contract_charity_first_year_as_published() -> None:
    published = next(case for case in charity_accounts() if case.id == "contract_charity_1059917_2023").figures
    comparison = compared("contract_charity_1059917")
    spent = comparison.evaluation.planned.full.support.own_cost[0, 0].sum()
    assert spent == pytest.approx(published["expenditure"]["total"]["total"]) == 939_477
    other = comparison.scenario.organisation.other_activities[0]
    assert other.income is not None
    for contract in comparison.contracts:
        income = yearly("contract_charity_1059917", contract, "income")[0] + other.income
        assert income == pytest.approx(published["income"]["total"]["total"])
        assert income - spent == pytest.approx(published["net"]["total"])
    closing = comparison.evaluation.cash.free_reserves[:, 11]
    assert np.allclose(closing, published["funds"]["opening"]["unrestricted"] + published["net"]["total"])
    # In every contract compared the unrestricted funds are gone in the second year.
    assert (comparison.evaluation.cash.free_reserves[:, 23] < 0).all()


def test_nine_tenths_of_south_belfast_sure_start_hang_on_one_award() -> None:
    published = next(case for case in charity_accounts() if case.id == "south_belfast_sure_start_2025").figures
    comparison = compared("south_belfast_sure_start")
    award = yearly("south_belfast_sure_start", comparison.contracts[0], "price")[0]
    income = yearly("south_belfast_sure_start", comparison.contracts[0], "income")[0]
    other = comparison.scenario.organisation.other_activities[0].income
    assert other is not None
    assert award == pytest.approx(published["income"]["doe_through_sppg"])
    assert income + other == pytest.approx(published["income"]["total"])
    assert award / (income + other) == pytest.approx(0.892, abs=0.0005)


@pytest.mark.parametrize(
    ("identifier", "contract", "tender"),
    [
        ("early_intervention_contracts", "As let in 2023", "4496888"),
        ("youth_engagement_contracts", "As let in 2024", "4455950"),
    ],
)
def test_real_contracts_have_their_published_terms(identifier: str, contract: str, tender: str) -> None:
    published = next(each for each in ni_contracts() if tender in each.service)
    assert published.value_basis == "per year, maximum"
    scenario = scenario_of(identifier)
    assert scenario.organisation.first_month == f"{published.start:%Y-%m}"
    term = next(each for each in scenario.contracts if each.name == contract).term
    months = (published.end.year - published.start.year) * 12 + published.end.month - published.start.month + 1
    assert (term.months, term.extensions * term.extension_months) == (months, published.extension_months)
    case = compared(identifier).contracts.index(contract)
    paid = compared(identifier).evaluation.provider.price[case].sum(axis=0) * MONTHS_A_YEAR
    assert np.allclose(paid, published.value_gbp)


# The stories


@pytest.mark.parametrize(
    ("identifier", "yearly_contract", "longer_contract"),
    [
        ("short_breaks", "One year, rate set every April", "three-year fixed price"),
        ("sure_start_local", "annual rolled forward", "three-year fixed price"),
        ("early_intervention_contracts", "A letter every year", "As let in 2023"),
        ("sure_start_ages_4_to_10", "annual rolled forward", "Three years for the first year's posts"),
    ],
)
def test_a_longer_award_is_worse_for_the_provider_when_its_price_leaves_cost_behind(
    identifier: str, yearly_contract: str, longer_contract: str
) -> None:
    results = results_of(compared(identifier))
    better, worse = (results[name]["in all"]["surplus_posts_filled"] for name in (yearly_contract, longer_contract))
    assert better - worse > 20_000


def test_what_a_service_costs_does_not_depend_on_the_contract() -> None:
    for identifier in IDS:
        results = results_of(compared(identifier)).values()
        assert len({contract["in all"]["full_cost"] for contract in results}) == 1


def test_a_late_letter_leaves_less_cash() -> None:
    results = results_of(compared("south_belfast_sure_start"))
    late, on_time = (
        results[f"One year at a time, letter {when}"]["in all"]["lowest_cash"]
        for when in ("three months late", "on time")
    )
    assert late < on_time - 200_000


def test_the_camhs_list_comes_down_every_year() -> None:
    waiting = compared("camhs_waiting").evaluation.families.waiting[0, 0]
    assert all(later < earlier for earlier, later in pairwise(waiting[11::12]))


def test_over_a_single_year_two_one_year_contracts_are_the_same() -> None:
    for identifier in ("winchester_trust", "citizens_advice_2020"):
        surplus = compared(identifier).evaluation.money.surplus
        assert np.array_equal(surplus[0], surplus[1])
