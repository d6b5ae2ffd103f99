from __future__ import annotations

import json
from typing import Any

import pytest

from funding_model.problems import Problem
from funding_model.scenario.choices import CHOICES, DRIVER_NAMES, DRIVERS
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.loading import scenario_from
from funding_model.scenario.organisation import BUILT_IN_DRIVERS
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import kind_of, kind_of_field
from funding_model.ui.entry.completeness import needs, page_of
from funding_model.ui.entry.documents import (
    added,
    as_text,
    contract_from,
    copied,
    empty_document,
    list_at,
    moved,
    names_at,
    new_name,
    removed,
    value_at,
    with_name,
    with_value,
)


def of_library(identifier: str) -> dict[str, Any]:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    document: dict[str, Any] = json.loads(dump_json(scenario))
    return document


def test_a_value_is_set_without_touching_the_old_document() -> None:
    before = {"a": [{"b": 1}, {"b": 2}]}
    after = with_value(before, ("a", 1, "b"), 3)
    assert after == {"a": [{"b": 1}, {"b": 3}]}
    assert before == {"a": [{"b": 1}, {"b": 2}]}


def test_groups_on_the_way_are_made_and_empty_ones_taken_away() -> None:
    made = with_value({}, ("people", "unit"), "families")
    assert made == {"people": {"unit": "families"}}
    assert with_value(made, ("people", "unit"), None) == {}


def test_a_bare_number_becomes_a_group() -> None:
    assert with_value({"turnover": 0.2}, ("turnover", "low"), 0.1) == {"turnover": {"value": 0.2, "low": 0.1}}


def test_items_are_added_copied_moved_and_removed() -> None:
    start: dict[str, Any] = {"services": [{"name": "A", "posts": [{"name": "x"}]}, {"name": "B"}]}
    place = ("services",)
    assert names_at(added(start, place, {"name": "C"}), place) == ["A", "B", "C"]
    twice = copied(copied(start, place, 0), place, 0)
    assert names_at(twice, place) == ["A", "A (copy) 2", "A (copy)", "B"]
    assert twice["services"][1]["posts"] == [{"name": "x"}]
    assert names_at(moved(start, place, 0, 1), place) == ["B", "A"]
    assert names_at(moved(start, place, 0, -1), place) == ["A", "B"]
    assert names_at(removed(start, place, 0), place) == ["B"]


def test_a_new_name_is_one_that_nothing_bears() -> None:
    assert new_name("A", []) == "A"
    assert new_name("A", ["A", "A 2"]) == "A 3"


def test_a_contract_that_is_renamed_keeps_the_base_and_the_services_changes() -> None:
    document: dict[str, Any] = {
        "base": "one",
        "contracts": [{"name": "one"}, {"name": "two"}],
        "services": [{"name": "S", "contract_changes": {"one": {"price": {"margin": 0.1}}, "all": {}}}],
    }
    renamed = with_name(document, ("contracts", 0), "first")
    assert renamed["base"] == "first"
    assert list(renamed["services"][0]["contract_changes"]) == ["first", "all"]


@pytest.mark.parametrize("identifier", ["multi_service_charity", "sure_start_local", "family_support_hub"])
def test_renaming_everything_leaves_a_scenario_valid(identifier: str) -> None:
    document = of_library(identifier)
    for place in (("services",), ("contracts",), ("organisation", "pools")):
        for index, name in enumerate(names_at(document, place)):
            document = with_name(document, (*place, index), f"{name} (renamed)")
    scenario, problems = scenario_from(document)
    assert scenario is not None, problems


def test_every_preset_can_be_added_more_than_once() -> None:
    first = contract_from("three_year_indexed", [])
    second = contract_from("three_year_indexed", [first["name"]])
    assert second["name"] == f"{first['name']} 2"


def test_an_empty_document_needs_everything() -> None:
    document = empty_document()
    found = needs(document, scenario_from(document)[1])
    assert len(found) == 9
    assert not any(need.done for need in found)
    assert value_at(json.loads(as_text(document)), ("services",)) == []


@pytest.mark.parametrize("identifier", library_ids())
def test_a_whole_scenario_lacks_nothing_that_stops_it(identifier: str) -> None:
    missing = {need.text for need in needs(of_library(identifier), []) if not need.done}
    assert missing <= {
        "Cash and free reserves at the start",
        "The support costs that services share",
        "People supported, in a service with a caseload",
    }


def test_problems_lead_to_their_page() -> None:
    assert page_of(Problem("services.1.posts.1.fte", "")) == "services"
    assert page_of(Problem("contracts.1", "")) == "contracts"
    assert page_of(Problem("base", "")) == "contracts"
    assert page_of(Problem("assumptions.turnover", "")) == "assumptions"
    assert page_of(Problem("organisation.pools.1", "")) == "organisation"
    assert page_of(Problem("name", "")) == "organisation"


def test_lists_that_are_not_there_are_empty() -> None:
    assert list_at({}, ("services",)) == []
    assert list_at({"services": 3}, ("services",)) == []


def choices_in(model: Any, seen: set[str], found: set[tuple[str, str]]) -> set[tuple[str, str]]:  # noqa: ANN401 - a model
    seen.add(model.__name__)
    for name, field in model.model_fields.items():
        kind = kind_of_field(field)
        item = kind_of(kind.item) if kind.item is not None else kind
        found |= {(name, str(choice)) for choice in (*kind.choices, *item.choices)}
        inner = kind.model or item.model
        if inner is not None and inner.__name__ not in seen:
            choices_in(inner, seen, found)
    return found


def test_every_choice_has_words_and_no_words_are_left_over() -> None:
    assert choices_in(Scenario, set(), set()) == set(CHOICES)


def test_every_driver_that_is_worked_out_is_explained() -> None:
    assert set(DRIVERS) == set(DRIVER_NAMES) == set(BUILT_IN_DRIVERS)
