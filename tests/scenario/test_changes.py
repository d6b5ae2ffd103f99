"""What changed is told in words: by field, entry and unit, for whole scenarios and for half-entered ones."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from funding_model.scenario.changes import Change, changes, summary
from funding_model.scenario.dumping import dump_json
from funding_model.scenario.scenario import Scenario
from tests.strategies import scenarios

Document = dict[str, Any]

DOCUMENT: Document = {
    "name": "Two services",
    "horizon_years": 3,
    "organisation": {
        "name": "Charity",
        "opening_cash": 78_000,
        "pools": [{"name": "Finance", "driver": "fte"}, {"name": "Premises", "driver": "floor_area"}],
    },
    "services": [
        {
            "name": "Hub",
            "posts": [
                {"name": "Family support worker", "fte": 1.0, "salary": 30_000, "pension_rate": 0.05},
                {"name": "Coordinator", "fte": 0.5, "pay_point": 23, "heads": [{"heads": 1, "age": 40}]},
            ],
            "lines": [{"name": "Travel", "amount": 1_200, "index": "prices"}],
            "driver_quantities": {"floor_area": 36},
            "other_funders": [{"name": "Trust", "amount_by_year": [5_000, 6_000]}],
        },
        {"name": "Outreach", "posts": [{"name": "Family support worker", "fte": 1.0}]},
    ],
    "contracts": [
        {"name": "Annual", "term": {"months": 12}},
        {"name": "Three-year indexed", "preset": "three_year_indexed", "term": {"months": 36}},
    ],
    "assumptions": {"turnover": {"value": 0.18, "source": "own records"}, "cpi": {"by_year": {"2027-28": 0.02}}},
}


def changed(path: str, value: object) -> Document:
    """Return the document with another value at a place; ``DELETE`` takes the place out."""
    document = deepcopy(DOCUMENT)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    group: Any = document
    for step in way:
        group = group[step]
    if value is DELETE:
        del group[last]
    elif last == "+":
        group.append(value)
    else:
        group[last] = value
    return document


DELETE = object()


def texts(before: Document, after: Document) -> list[str]:
    return [change.text for change in changes(before, after)]


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("services.0.posts.0.fte", 1.5, "Post ‘Family support worker’ in ‘Hub’: FTE from 1 to 1.5"),
        ("services.1.posts.0.fte", 0.55, "Post ‘Family support worker’ in ‘Outreach’: FTE from 1 to 0.55"),
        (
            "services.0.posts.0.salary",
            31_234.5,
            "Post ‘Family support worker’ in ‘Hub’: salary from £30,000 to £31,234.50 a year, full time",
        ),
        (
            "services.0.posts.0.pension_rate",
            0.035,
            "Post ‘Family support worker’ in ‘Hub’: pension rate from 5% to 3.5%",
        ),
        (
            "services.0.posts.0.pension_rate",
            DELETE,
            "Post ‘Family support worker’ in ‘Hub’: pension rate from 5% to 0% (the default)",
        ),
        (
            "services.0.posts.1.heads.0.age",
            41,
            "Group of people in post number 1 in ‘Coordinator’ in ‘Hub’: age from 40 to 41 years of age",
        ),
        ("services.0.posts.1.heads.+", {}, "Added the group of people in post number 2 to ‘Coordinator’"),
        ("services.0.lines.0.index", "own_rate", "Cost line ‘Travel’ in ‘Hub’: index from ‘prices’ to ‘its own rate’"),
        ("services.0.lines.0.cash", False, "Cost line ‘Travel’ in ‘Hub’: cash from yes (the default) to no"),
        ("services.0.lines.0.amount", "1,500", "Cost line ‘Travel’ in ‘Hub’: amount from £1,200 to ‘1,500’"),
        ("services.0.lines.0.source", "Invoice", "Cost line ‘Travel’ in ‘Hub’: source from blank to ‘Invoice’"),
        ("services.0.lines.0.start", "2027-04", "Cost line ‘Travel’ in ‘Hub’: start from blank to 2027-04"),
        ("services.0.lines", [], "Removed the cost line ‘Travel’ from ‘Hub’"),
        ("services.0.people", {"caseload_per_fte": 12}, "Service ‘Hub’: people entered"),
        (
            "services.0.driver_quantities.floor_area",
            77.25,
            "Service ‘Hub’, driver quantities: ‘Floor area’ from 36 to 77.25 units of the driver",
        ),
        (
            "services.0.other_funders.0.amount_by_year.1",
            6_500,
            "Other funder ‘Trust’ in ‘Hub’: amount by year (number 2) from £6,000 to £6,500",
        ),
        (
            "services.0.other_funders.0.amount_by_year",
            [5_000],
            "Other funder ‘Trust’ in ‘Hub’: amount by year from £5,000, £6,000 to £5,000",
        ),
        ("services.0.name", "Family hub", "Renamed the service ‘Hub’ to ‘Family hub’"),
        ("services.0.posts.1.name", "Lead", "Renamed the post ‘Coordinator’ in ‘Hub’ to ‘Lead’"),
        ("services.0.posts.1.name", "", "Post number 2 in ‘Hub’: name from ‘Coordinator’ to blank"),
        ("services.0.posts.+", {"name": "Driver"}, "Added the post ‘Driver’ to ‘Hub’"),
        ("services.0.posts.+", {"name": "Coordinator"}, "Added the post ‘Coordinator’ to ‘Hub’"),
        ("services.1", DELETE, "Removed the service ‘Outreach’"),
        (
            "services.0.contract_changes",
            {"all": {"price": {"overhead_rate": 0.1, "current": None}}},
            "Service ‘Hub’, contract changes, ‘all’, price: overhead rate from what is in the contract to 10%",
        ),
        ("contracts.0.term.months", 24, "Contract ‘Annual’, term: length of the award from 12 to 24 months"),
        (
            "contracts.0.price",
            {"overhead_rule": "none"},
            "Contract ‘Annual’, price: overhead rule from ‘All of the overhead’ (the default) to ‘No overhead’",
        ),
        ("contracts.+", "annual_letter", "Added the contract ‘annual_letter’"),
        ("contracts.+", {"preset": "three_year_indexed"}, "Added the contract ‘three-year indexed’"),
        ("organisation.opening_cash", -5_000, "Organisation: opening cash from £78,000 to −£5,000"),
        (
            "organisation.pools.1.driver",
            "headcount",
            "Support pool ‘Premises’: driver from ‘Floor area’ to ‘People employed’",
        ),
        ("organisation.pools.0", DELETE, "Removed the support pool ‘Finance’"),
        ("assumptions.turnover", 0.2, "Assumptions: staff turnover from 18% to 20% of staff a year"),
        ("assumptions.turnover", None, "Assumptions: staff turnover from 18% of staff a year to blank"),
        ("assumptions.turnover.high", 0.25, "Assumptions, staff turnover: high from blank to 25% of staff a year"),
        ("assumptions.turnover.source", "x" * 61, "Assumptions, staff turnover: source changed"),
        ("assumptions.turnover.rationale", "Two\nlines", "Assumptions, staff turnover: rationale entered"),
        ("assumptions.cpi", 0.03, "Assumptions: price inflation from blank to 3% a year"),
        (
            "assumptions.cpi.by_year.2027-28",
            0.025,
            "Assumptions, price inflation, by year: ‘2027-28’ from 2% to 2.5% a year",
        ),
        ("horizon_years", 5, "Number of years from 3 to 5"),
        ("horizon_years", "five", "Number of years from 3 to ‘five’"),
        ("name", "Two", "Renamed the scenario ‘Two services’ to ‘Two’"),
        ("services", 3, "Services from a list of 2 to 3"),
        ("something_else", {"a": 1}, "Something else: a from blank to 1"),
    ],
)
def test_one_change_in_words(path: str, value: object, text: str) -> None:
    assert texts(DOCUMENT, changed(path, value))[0] == text


def test_a_change_has_its_place_and_both_values() -> None:
    assert changes(DOCUMENT, changed("services.0.posts.0.salary", 31_000)) == (
        Change(
            "services.1.posts.1.salary",
            "Salary",
            "£30,000 a year, full time",
            "£31,000 a year, full time",
            "Post ‘Family support worker’ in ‘Hub’: salary from £30,000 to £31,000 a year, full time",
        ),
    )


def test_an_entry_that_moves_is_still_itself() -> None:
    after = deepcopy(DOCUMENT)
    after["services"][0]["posts"].reverse()
    after["services"][0]["posts"][0]["fte"] = 0.6
    assert texts(DOCUMENT, after) == [
        "Post ‘Coordinator’ in ‘Hub’: FTE from 0.5 to 0.6",
        "Changed the order of the posts in ‘Hub’",
    ]


def test_an_entry_put_before_others_changes_none_of_them() -> None:
    after = deepcopy(DOCUMENT)
    after["services"][0]["posts"].insert(0, {"name": "Manager", "fte": 1})
    assert texts(DOCUMENT, after) == ["Added the post ‘Manager’ to ‘Hub’"]


def test_an_entry_renamed_and_moved_is_told_from_a_new_one_by_its_content() -> None:
    after = deepcopy(DOCUMENT)
    after["services"].reverse()
    after["services"][1]["name"] = "Family hub"
    assert texts(DOCUMENT, after) == [
        "Renamed the service ‘Hub’ to ‘Family hub’",
        "Changed the order of the services",
    ]


def test_a_quite_different_entry_at_the_same_place_is_a_new_one() -> None:
    after = changed("services.0.posts.1", {"name": "Driver", "fte": 1, "salary": 24_000})
    assert texts(DOCUMENT, after) == ["Added the post ‘Driver’ to ‘Hub’", "Removed the post ‘Coordinator’ from ‘Hub’"]


def test_a_renamed_entry_tells_its_other_changes_under_the_new_name() -> None:
    after = changed("services.0.posts.0.name", "Key worker")
    after["services"][0]["posts"][0]["fte"] = 0.8
    assert texts(DOCUMENT, after) == [
        "Renamed the post ‘Family support worker’ in ‘Hub’ to ‘Key worker’",
        "Post ‘Key worker’ in ‘Hub’: FTE from 1 to 0.8",
    ]


def test_a_default_written_out_changes_nothing_and_is_said_to() -> None:
    complete = changed("contracts.0.payment", {"interval_months": 3, "timing": "advance"})
    complete["services"][0]["other_funders"][0]["kind"] = "co_funding"
    complete["description"] = ""
    complete["base"] = None
    assert texts(DOCUMENT, complete) == ["Written in another way; no value has changed"]
    complete["horizon_years"] = 4
    assert texts(DOCUMENT, complete) == ["Number of years from 3 to 4"]


def test_from_nothing_to_something_and_back() -> None:
    new = {"name": "New", "services": [{"name": "Hub"}]}
    assert texts({}, new) == ["Name from blank to ‘New’", "Added the service ‘Hub’"]
    assert texts({"services": [{}]}, {}) == ["Removed the service number 1"]
    assert texts({}, {}) == []


def test_a_blank_that_replaces_the_contracts_own_value_is_a_change() -> None:
    before = changed("services.0.contract_changes", {"Annual": {"price": {"current": None}}})
    after = changed("services.0.contract_changes", {"Annual": {"price": {}}})
    assert texts(before, after) == [
        "Service ‘Hub’, contract changes, ‘Annual’, price: price paid today from blank to what is in the contract"
    ]


def test_markup_and_line_breaks_in_names_stay_inert_text_on_one_line() -> None:
    (text,) = texts(DOCUMENT, changed("services.0.posts.+", {"name": "<b>\n\x00" + "y" * 200}))
    assert text == "Added the post ‘<b> " + "y" * 55 + "…’ to ‘Hub’"


def test_a_summary_tells_the_first_and_counts_the_rest() -> None:
    after = deepcopy(DOCUMENT)
    after["name"], after["horizon_years"] = "Two", 4
    after["organisation"]["opening_cash"] = 0
    after["services"][0]["posts"][0]["fte"] = 0.9
    after["services"][0]["lines"][0]["amount"] = 0
    found = changes(DOCUMENT, after)
    assert (
        summary(found, most=2)
        == "Renamed the scenario ‘Two services’ to ‘Two’; Number of years from 3 to 4; and 3 more"
    )
    assert summary(found[:2], most=2) == "Renamed the scenario ‘Two services’ to ‘Two’; Number of years from 3 to 4"
    assert summary(()) == "Nothing changed"


# For any two documents

FIELDS = (
    "name fte value posts services contracts organisation assumptions turnover price schedule preset by_year cpi time"
)
KEYS = st.sampled_from([*FIELDS.split(), "contract_changes", "", "x y", "Ünï"])
SINGLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4)


def parts(inner: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)


ANYTHING = st.dictionaries(KEYS, st.recursive(SINGLE, parts, max_leaves=12), max_size=5)


def check(before: Document, after: Document) -> None:
    copies = deepcopy(before), deepcopy(after)
    found = changes(before, after)
    assert bool(found) == (before != after)
    assert (before, after) == copies
    for change in found:
        assert change.text.isprintable()
        assert change.text == change.text.strip()
        assert len(change.text) < 1_000
    assert bool(changes(after, before)) == bool(found)


@given(ANYTHING, ANYTHING)
def test_documents_of_any_shape_differ_in_words_when_they_differ(before: Document, after: Document) -> None:
    assert changes(before, before) == ()
    check(before, after)


@given(scenarios(), scenarios(), st.data())
def test_scenarios_differ_in_words_when_they_differ(one: Scenario, other: Scenario, data: st.DataObject) -> None:
    before, after = (json.loads(dump_json(scenario)) for scenario in (one, other))
    check(before, after)
    mixed = {key: data.draw(st.sampled_from([before, after]))[key] for key in before}
    check(before, mixed)
