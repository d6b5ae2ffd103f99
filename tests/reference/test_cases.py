"""Published examples and real cases: read in full, and consistent within themselves."""

from datetime import date

import pytest

from funding_model.reference.cases import (
    CharityAccounts,
    NIContract,
    charity_accounts,
    fcr_worked_examples,
    ni_contracts,
    ni_unit_costs,
)

ACCOUNTS = {case.id: case for case in charity_accounts()}
CONTRACTS = ni_contracts()


def test_every_worked_example_has_a_source_and_an_answer() -> None:
    examples = fcr_worked_examples()
    assert len(examples) == 11
    assert {example.kind for example in examples} == {"allocation", "primary", "mtdc", "flat_rate"}
    for example in examples:
        assert example.source_title
        assert example.url.startswith("https://")
        assert example.tolerance > 0
        assert "published" in example.figures
        assert example.seen == "complete" or example.note


def test_published_allocations_keep_all_cost() -> None:
    allocations = [example for example in fcr_worked_examples() if example.kind == "allocation"]
    assert len(allocations) == 4
    for example in allocations:
        cost = sum(example.figures["supports"].values()) + sum(example.figures["operating"].values())
        for answer in example.figures["published"].values():
            assert sum(answer["result"].values()) == pytest.approx(cost, abs=example.tolerance + 0.01)


def test_a_published_flat_rate_is_rate_by_base() -> None:
    (example,) = [example for example in fcr_worked_examples() if example.kind == "flat_rate"]
    assert example.figures["published"] == 10_000 * 0.15


def _shares(case: CharityAccounts, year: int) -> list[tuple[float, float]]:
    figures = case.figures["years"][year]
    return [
        (cell, pool * activity["total"] / figures["total"])
        for activity in figures["activities"].values()
        for pool, cell in zip(figures["pool_totals"], activity["cells"], strict=True)
    ]


@pytest.mark.parametrize("year", [2020, 2021])
def test_citizens_advice_shares_every_pool_by_one_driver(year: int) -> None:
    shares = _shares(ACCOUNTS["citizens_advice_2021"], year)
    assert len(shares) == 25
    assert all(printed == pytest.approx(worked, abs=1) for printed, worked in shares)


def test_winchester_shares_by_time_and_by_use() -> None:
    figures = ACCOUNTS["city_of_winchester_trust_2021"].figures
    lines = sum(line[2021] for line in figures["other_support_lines"].values())
    assert lines == figures["other_support_total"][2021] == 4705
    raising = 7139 * 0.12 + 4705 * 0.25 * 0.12
    charitable = 7139 * 0.88 + 4705 * 0.25 * 0.88 + 4705 * 0.75
    assert figures["result_2021"]["raising_funds"] == pytest.approx(raising, abs=1)
    assert figures["result_2021"]["charitable"] == pytest.approx(charitable, abs=1)


def test_a_contract_funded_charity_runs_its_reserves_down() -> None:
    figures = ACCOUNTS["contract_charity_1059917_2023"].figures
    assert figures["funds"]["closing"]["total"] == 371_788 + (835_205 - 939_477)
    months_of_spending = figures["funds"]["closing"]["unrestricted"] / (939_477 / 12)
    years_at_this_deficit = figures["funds"]["closing"]["unrestricted"] / (109_402 - 35_545)
    assert months_of_spending == pytest.approx(1.56, abs=0.005)
    assert years_at_this_deficit == pytest.approx(1.65, abs=0.005)


def test_sure_start_lives_on_one_yearly_award() -> None:
    income = ACCOUNTS["south_belfast_sure_start_2025"].figures["income"]
    assert income["doe_through_sppg"] / income["total"] == pytest.approx(0.892, abs=0.0005)
    grants = 1_151_686 + 3_255 + 63_600 + 54_729 + 3_125
    assert income["grants_total"] == grants
    assert income["total"] == grants + 100 + 14_476


def test_three_statutory_funders_paid_the_same_two_years_running() -> None:
    funders = ACCOUNTS["nspcc_ni_2025"].figures["funders"]
    assert len(funders) == 3
    assert all(funder[2025] == funder[2024] for funder in funders.values())


def test_every_account_names_its_source_and_money() -> None:
    assert len(ACCOUNTS) == 5
    for case in ACCOUNTS.values():
        assert case.source
        assert case.units in {"gbp", "gbp_000"}
        assert case.recompute


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_contract_has_a_term_a_value_and_a_page(contract: NIContract) -> None:
    assert contract.provider
    assert contract.service
    assert contract.start < contract.end
    assert contract.extension_months % 12 == 0
    assert contract.value_gbp > 0
    assert contract.value_basis in {"per year", "per year, maximum", "period not stated"}
    assert contract.childrens in {"yes", "no", "mixed"}
    assert contract.primary_url.startswith("https://")
    assert (
        str(contract.start.year) in contract.term_as_printed or str(contract.start.year)[2:] in contract.term_as_printed
    )


def test_contracts_are_read_in_full_with_their_signs() -> None:
    assert len(CONTRACTS) == 31
    first = CONTRACTS[0]
    assert first.value_as_printed == "Up to £135,000 per annum per lot"
    assert (first.start, first.end, first.extension_months) == (date(2024, 4, 1), date(2026, 3, 31), 36)


def test_the_early_intervention_contracts_went_from_under_three_years_to_five() -> None:
    terms = {
        contract.start: (contract.end - contract.start).days
        for contract in CONTRACTS
        if contract.service.startswith("Early Intervention Support Service")
    }
    earlier, later = sorted(terms)
    assert terms[earlier] < 3 * 365
    assert terms[later] == pytest.approx(5 * 365.25, abs=1)


def test_unit_costs_name_their_documents() -> None:
    facts = ni_unit_costs()
    assert len(facts) == 30
    for fact in facts:
        assert fact.value > 0
        assert fact.unit
        assert fact.source
        assert fact.url.startswith(("http://", "https://"))
        assert fact.confidence == "B"


def test_sure_start_cost_for_each_child_registered() -> None:
    facts = {fact.item: fact.value for fact in ni_unit_costs()}
    per_child = facts["Sure Start, DE funding (38 projects)"] / facts["Sure Start, children 0-3 registered"]
    assert per_child == pytest.approx(947, abs=0.5)
