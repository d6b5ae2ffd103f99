"""What is written short in a file and written out before it is validated: presets, templates, volumes."""

from __future__ import annotations

from typing import Any

import pytest

from funding_model.scenario.contract_texts import expand_contracts
from funding_model.scenario.contracts import Contract
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text
from funding_model.scenario.presets import preset_document, preset_names
from funding_model.scenario.scenario import contract_for
from funding_model.scenario.templates import expand_services, merged

HUB = {
    "posts": [
        {"name": "Worker", "headcount": 4, "fte": 0.5, "heads": [{"heads": 2, "years_of_service": 3, "age": 40}]},
        {"name": "Manager", "fte": 1},
    ],
    "lines": [
        {"name": "Rent", "amount": 1000},
        {"name": "Food", "amount": 10, "per": "month"},
        {"name": "Pack", "amount": 7, "per": "person_starting"},
        {"name": "Phone", "amount": 90, "per": "delivery_fte"},
        {"name": "Refit", "amount": 500, "per": "once", "kind": "set_up"},
    ],
    "people": {"caseload_per_fte": 10, "mean_length_months": 6, "opening_waiting": 8, "referrals_a_month": 5},
    "driver_quantities": {"floor_area": 60},
}


@pytest.mark.parametrize("name_or_id", [*preset_names(), *preset_names().values()])
def test_every_preset_is_a_valid_contract_with_a_sentence(name_or_id: str) -> None:
    contract = Contract.model_validate(preset_document(name_or_id))
    assert contract.name in preset_names().values()
    assert contract.preset in preset_names()
    assert contract.description.endswith(".")
    assert contract.description.count(". ") == 0


def test_the_presets_are_these() -> None:
    assert list(preset_names().values()) == [
        "annual rolled forward",
        "annual rolled forward, late letter",
        "annual re-tendered",
        "one plus one plus one",
        "three-year fixed price",
        "three-year indexed",
        "three-year subject to budget",
        "five-year indexed",
        "five years with two one-year extensions, fixed maximum price",
        "no-Budget year",
    ]


def test_the_presets_differ_in_the_terms_that_their_names_say() -> None:
    contracts = {identifier: Contract.model_validate(preset_document(identifier)) for identifier in preset_names()}
    assert contracts["annual_rolled_forward_late_letter"].award.lead_months == -3
    assert contracts["annual_rolled_forward"].movement.renewal_uplift == 0.01
    assert contracts["annual_re_tendered"].award.competed
    assert contracts["one_plus_one_plus_one"].term.cycle_months == 12 + 12 + 12
    assert contracts["three_year_subject_to_budget"].award.break_notice_months == 3
    assert contracts["three_year_subject_to_budget"].award.break_probability.value == 0
    assert contracts["five_year_indexed"].movement.within_award == "cpi"
    assert contracts["five_years_with_two_one_year_extensions"].term.cycle_months == 5 * 12 + 2 * 12
    (factor,) = contracts["no_budget_year"].price.dated_factors
    assert (factor.scenario_year, factor.factor, factor.of) == (2, 0.95, "last_year")


def test_a_preset_is_a_fresh_copy_each_time() -> None:
    preset_document("no_budget_year")["price"]["dated_factors"].clear()
    assert preset_document("no_budget_year")["price"]["dated_factors"]
    with pytest.raises(KeyError):
        preset_document("none such")


def test_changes_to_a_preset_change_only_their_fields() -> None:
    document = {
        "contracts": ["Three-year indexed", {"preset": "no_budget_year", "name": "x", "price": {"current": 135000}}]
    }
    expanded, problems = expand_contracts(document)
    assert problems == []
    assert expanded["contracts"][0] == preset_document("three_year_indexed")
    assert expanded["contracts"][1]["name"] == "x"
    assert expanded["contracts"][1]["price"] == preset_document("no_budget_year")["price"] | {"current": 135000}
    assert expand_contracts(expanded) == (expanded, [])


def test_a_template_lies_under_the_services_own_fields() -> None:
    service = {"template": "hub", "name": "North", "people": {"referrals_a_month": 9}, "lines": []}
    expanded, problems = expand_services({"service_templates": {"hub": HUB}, "services": [service]})
    assert problems == []
    assert "service_templates" not in expanded
    (north,) = expanded["services"]
    assert north == {**HUB, "name": "North", "lines": [], "people": {**HUB["people"], "referrals_a_month": 9}}  # type: ignore[dict-item]


def test_a_volume_multiplies_what_grows_with_the_service() -> None:
    document = {"services": [{"name": "North", "volume": 0.5, **HUB}]}
    (north,) = expand_services(document)[0]["services"]
    assert north["posts"][0]["headcount"] == 4 * 0.5
    assert north["posts"][0]["fte"] == 0.5
    assert north["posts"][0]["heads"][0]["heads"] == 2 * 0.5
    assert north["posts"][1]["headcount"] == 1 * 0.5
    assert [line["amount"] for line in north["lines"]] == [1000 * 0.5, 10 * 0.5, 7, 90, 500]
    assert north["people"] == {
        "caseload_per_fte": 10,
        "mean_length_months": 6,
        "opening_waiting": 8 * 0.5,
        "referrals_a_month": 5 * 0.5,
    }
    assert north["driver_quantities"] == {"floor_area": 60 * 0.5}
    assert "volume" not in north


def test_merging_leaves_both_groups_as_they_were() -> None:
    below: dict[str, Any] = {"a": {"b": 1, "c": 2}, "d": [1]}
    above: dict[str, Any] = {"a": {"b": 3}, "d": [2]}
    assert merged(below, above) == {"a": {"b": 3, "c": 2}, "d": [2]}
    assert below == {"a": {"b": 1, "c": 2}, "d": [1]}
    assert above == {"a": {"b": 3}, "d": [2]}


def test_an_unknown_template_is_one_problem() -> None:
    text = starter_document().replace("services:\n", "services:\n  - template: hob\n")
    assert [str(problem) for problem in load_text("service_templates: {hub: {posts: []}}\n" + text)[1]] == [
        'services.1.template: there is no template called "hob"; did you mean "hub"? Templates: "hub".'
    ]
    assert [str(problem) for problem in load_text(text)[1]] == [
        'services.1.template: there is no template called "hob". Add it under service_templates.'
    ]


@pytest.mark.parametrize("volume", ["half", 0, -1, True, 1001])
def test_a_volume_is_a_number_above_nought(volume: object) -> None:
    _, (problem,) = expand_services({"services": [{"name": "North", "volume": volume}]})
    assert problem.where == "services.1.volume"
    assert problem.message.startswith("must be a number above 0 and at most 1,000; you entered ")


def test_a_service_changes_a_contract_for_itself() -> None:
    changes = {"all": {"payment": {"timing": "arrears"}}, "annual rolled forward": {"price": {"margin": 0.02}}}
    scenario, problems = load_text(starter_document(), {"services.1.contract_changes": changes})
    assert problems == []
    assert scenario is not None
    service, (annual, indexed) = scenario.services[0], scenario.contracts
    assert contract_for(annual, service).price.margin == 0.02
    assert contract_for(annual, service).payment.timing == "arrears"
    assert contract_for(indexed, service).price.margin == 0
    assert contract_for(indexed, service).payment.timing == "arrears"
