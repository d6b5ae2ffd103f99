"""What is entered on each page is understood, saved and shown back; what is not understood stays and is explained."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import compare
from funding_model.questions.entered import post_costs, rates, sharing
from funding_model.report.words import per_cent, pounds
from funding_model.scenario.choices import DRIVER_NAMES
from funding_model.scenario.library import load_library
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.state import KEY
from tests.app.on_page import (
    CHANGES,
    PEOPLE,
    Document,
    Edit,
    Tables,
    Visit,
    button,
    faults,
    hub_scenario,
    open_drawer,
    open_page,
    table,
    table_headings,
    widget,
)

# Fields


@pytest.mark.parametrize(
    ("place", "typed", "kept", "shown"),
    [
        ("opening_cash", "£1,250.50", 1250.5, "1,250.50"),
        ("opening_cash", "(300)", -300, "-300"),
        ("minimum_cash", "25 000", 25000, "25,000"),
        ("borrowing_rate", "9.5%", 0.095, "9.5%"),
        ("first_month", "Apr-27", "2027-04", "April 2027"),
        ("reserves_policy_months", "", None, ""),
    ],
)
def test_a_field_is_understood_saved_and_shown_back(
    hub: AppTest, document: Document, place: str, typed: str, kept: object, shown: str
) -> None:
    open_page(hub, "organisation")
    widget(hub.text_input, f"organisation.{place}").set_value(typed).run()
    assert not hub.exception
    assert document(hub)["organisation"].get(place) == kept
    assert widget(hub.text_input, f"organisation.{place}").value == shown
    assert faults(hub) == ""


@pytest.mark.parametrize("typed", ["1,5", "23,4", "about 300", "12%"])
def test_a_slip_stays_is_explained_and_changes_nothing(hub: AppTest, document: Document, typed: str) -> None:
    before = document(hub)
    open_page(hub, "organisation")
    widget(hub.text_input, "organisation.minimum_cash").set_value(typed).run()
    assert document(hub) == before
    assert widget(hub.text_input, "organisation.minimum_cash").value == typed
    assert "Not right yet:" in faults(hub)
    open_page(hub, "services")
    open_page(hub, "organisation")
    assert widget(hub.text_input, "organisation.minimum_cash").value == typed
    widget(hub.text_input, "organisation.minimum_cash").set_value("5").run()
    assert faults(hub) == ""
    assert document(hub)["organisation"]["minimum_cash"] == 5


def test_a_value_out_of_bounds_is_kept_and_explained(hub: AppTest, document: Document) -> None:
    open_page(hub, "organisation")
    widget(hub.text_input, "horizon_years").set_value("99").run()
    assert document(hub)["horizon_years"] == 99
    assert "must be at most 10; you entered 99." in faults(hub)


def test_a_new_name_goes_wherever_the_old_one_stood(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts")
    open_drawer(hub, "Name, describe, copy")
    widget(hub.text_input, "contracts.1.name").set_value("yearly letter").run()
    assert document(hub)["base"] == "yearly letter"
    assert "yearly letter (base)" in table_headings(hub)


# Tables


def test_a_post_typed_into_the_table_is_saved_and_costed(
    hub: AppTest, document: Document, tables: Tables, edit_table: Edit
) -> None:
    open_page(hub, "services", "Posts")
    edit_table(hub, "services.1.posts", added_rows=[{"name": "Key worker", "fte": "0.5", "salary": "£30,000"}])
    assert not hub.exception
    post = document(hub)["services"][0]["posts"][3]
    assert post == {"name": "Key worker", "fte": 0.5, "salary": 30000}
    scenario = hub_scenario()
    posts = [scenario.services[0].posts[0].model_validate(each) for each in document(hub)["services"][0]["posts"]]
    expected = post_costs(posts, "2026-04", scenario.assumptions)
    rows = table(tables(hub), "What each post costs")
    for row, cost in zip(rows[1:-1], expected, strict=True):
        assert cost is not None
        assert row[1:] == [
            pounds(amount)
            for amount in (cost.salary, cost.gross, cost.nic, cost.pension_and_other, cost.each, cost.everyone)
        ]


def test_several_edits_in_a_row_are_all_kept(hub: AppTest, document: Document, edit_table: Edit) -> None:
    open_page(hub, "services", "Other costs")
    edit_table(hub, "services.1.lines", edited_rows={"0": {"amount": "2,400"}})
    edit_table(hub, "services.1.lines", edited_rows={"0": {"amount": "2,400"}, "1": {"amount": "900"}})
    edit_table(
        hub,
        "services.1.lines",
        edited_rows={"0": {"amount": "2,400"}, "1": {"amount": "900"}},
        added_rows=[{"name": "Rent", "amount": "£100", "per": "a month"}],
        deleted_rows=[2],
    )
    lines = document(hub)["services"][0]["lines"]
    assert [(line["name"], line["amount"]) for line in lines] == [
        ("Travel", 2400),
        ("Phones", 900),
        ("Practical help for families", 12),
        ("Rent", 100),
    ]
    assert lines[3]["per"] == "month"


def test_a_cell_that_is_not_understood_says_row_and_column(hub: AppTest, document: Document, edit_table: Edit) -> None:
    open_page(hub, "services", "Posts")
    edit_table(hub, "services.1.posts", edited_rows={"1": {"fte": "0,6"}})
    assert "row 2 (Family support worker), FTE" in faults(hub)
    assert document(hub)["services"][0]["posts"][1]["fte"] == 1
    edit_table(hub, "services.1.posts", edited_rows={"1": {"fte": "1.6"}})
    assert "row 2 (Family support worker), FTE" in faults(hub)
    assert "enter how many people hold the post as headcount" in faults(hub)


def test_what_was_not_understood_survives_another_edit_on_the_page(
    hub: AppTest, document: Document, edit_table: Edit
) -> None:
    open_page(hub, "services", "Posts")
    edit_table(hub, "services.1.posts", edited_rows={"1": {"fte": "0,6"}})
    open_page(hub, "services", PEOPLE)
    assert "in other parts of this page: Posts, 1 entry." in table_headings(hub)
    widget(hub.text_input, "services.1.people.unit").set_value("households").run()
    assert document(hub)["services"][0]["people"]["unit"] == "households"
    open_page(hub, "services", "Posts")
    assert "row 2 (Family support worker), FTE" in faults(hub)
    assert "Nothing has to be put right in the other parts" in table_headings(hub)
    edit_table(hub, "services.1.posts", edited_rows={"1": {"fte": "0.6"}})
    assert faults(hub) == ""
    assert document(hub)["services"][0]["posts"][1]["fte"] == 0.6


def test_a_pay_point_and_a_salary_take_each_others_place(hub: AppTest, document: Document) -> None:
    open_page(hub, "services", "Posts")
    open_drawer(hub, "One post in detail")
    point = widget(hub.selectbox, "services.1.posts.1.pay_point")
    assert point.options[30].startswith("Point ")
    point.set_value(30).run()
    assert document(hub)["services"][0]["posts"][0]["pay_point"] == 30
    widget(hub.text_input, "services.1.posts.1.salary").set_value("41,000").run()
    post = document(hub)["services"][0]["posts"][0]
    assert post["salary"] == 41000
    assert post.get("pay_point") is None
    assert faults(hub) == ""
    widget(hub.selectbox, "services.1.posts.1.pay_point").set_value(31).run()
    assert document(hub)["services"][0]["posts"][0].get("salary") is None


def test_a_block_is_shown_back_and_added(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "services", "Other costs")
    before = document(hub)["services"][0]["lines"]
    open_drawer(hub, "Paste a block from a spreadsheet: other costs")
    area = next(each for each in hub.text_area if str(each.key).startswith("paste-services.1.lines"))
    area.set_value("Name\tAmount\nVan hire\t£1,250.50\nFuel\t300").run()
    assert table(tables(hub), "What was understood")[1:] == [["1", "Van hire", "1,250.50"], ["2", "Fuel", "300"]]
    assert document(hub)["services"][0]["lines"] == before
    button(hub, "add-paste-services.1.lines").click().run()
    lines = document(hub)["services"][0]["lines"]
    assert lines == [*before, {"name": "Van hire", "amount": 1250.5}, {"name": "Fuel", "amount": 300}]
    area = next(each for each in hub.text_area if str(each.key).startswith("paste-services.1.lines"))
    area.set_value("Only this\t1").run()
    button(hub, "replace-paste-services.1.lines").click().run()
    assert document(hub)["services"][0]["lines"] == [{"name": "Only this", "amount": 1}]


def test_a_block_with_a_slip_changes_nothing(hub: AppTest, document: Document) -> None:
    open_page(hub, "services", "Other costs")
    before = document(hub)
    open_drawer(hub, "Paste a block from a spreadsheet: other costs")
    area = next(each for each in hub.text_area if str(each.key).startswith("paste-services.1.lines"))
    area.set_value("Van hire\t1,5\nFuel\t300").run()
    assert "row 1, Amount" in faults(hub)
    assert not [each for each in hub.button if str(each.key).startswith("add-paste")]
    assert document(hub) == before


def test_everyones_use_of_a_driver(hub: AppTest, document: Document, edit_table: Edit) -> None:
    open_page(hub, "organisation", "Everything else")
    edit_table(hub, "Quantities of each driver", edited_rows={"0": {"floor_area": "40"}, "1": {"floor_area": "4,0"}})
    assert document(hub)["services"][0]["driver_quantities"] == {"floor_area": 40}
    assert "Premises and office, Floor area" in faults(hub)


OPTIONAL = {
    "other_funders": {"name": "A trust", "kind": "grant", "amount_by_year": "1,000", "status": "yours"},
    "planned_changes": {"start": "2027-04", "volume": "1.25"},
}


@pytest.mark.parametrize(("name", "row"), OPTIONAL.items())
def test_a_list_that_most_leave_empty_is_a_table_when_it_is_wanted_and_stays_one(
    hub: AppTest, document: Document, edit_table: Edit, visit: Visit, name: str, row: dict[str, str]
) -> None:
    open_page(hub, "services", CHANGES)
    place = f"services.1.{name}"
    assert not [each for each in hub.dataframe if f"-{place}-" in each.proto.id]
    hub.button(key=f"offer-{place}").click().run()
    edit_table(hub, place, added_rows=[row])
    assert len(document(hub)["services"][0][name]) == 1
    opened = json.loads(hub.session_state[KEY])
    again = open_page(visit(work=opened["owner"], scenario=opened["scenario"]), "services", CHANGES)
    assert [each for each in again.dataframe if f"-{place}-" in each.proto.id]


@pytest.mark.parametrize(
    ("page", "part"),
    [*((page, part) for page, parts in PARTS.items() for part in parts), ("assumptions", "")],
)
def test_every_drawer_opens(hub: AppTest, page: str, part: str) -> None:
    open_page(hub, page, part)
    before = [each.label for each in hub.expander]
    for label in before:
        hub.session_state[f"drawer-{label}"] = True
    hub.run()
    assert not hub.exception
    assert not hub.error
    assert [each.label for each in hub.expander][: len(before)] == before


@pytest.mark.parametrize(("page", "part"), [(page, part) for page, parts in PARTS.items() for part in parts])
def test_a_link_leads_to_a_part_and_a_refresh_shows_it_again(hub: AppTest, visit: Visit, page: str, part: str) -> None:
    open_page(hub, page)
    hub.query_params["part"] = part
    hub.run()
    assert hub.radio(key=f"{page}_part").value == part
    assert "part" not in hub.query_params
    opened = json.loads(hub.session_state[KEY])
    again = visit(work=opened["owner"], scenario=opened["scenario"], **{f"{page}_part": part})
    assert open_page(again, page).radio(key=f"{page}_part").value == part


# Lists


def test_services_are_added_copied_and_deleted(hub: AppTest, document: Document) -> None:
    open_page(hub, "services")
    button(hub, "copy-chosen-services").click().run()
    names = [service["name"] for service in document(hub)["services"]]
    assert names == ["Family support hub", "Family support hub (copy)"]
    assert document(hub)["services"][1]["posts"] == document(hub)["services"][0]["posts"]
    assert widget(hub.text_input, "services.2.name").value == "Family support hub (copy)"
    button(hub, "add-chosen-services").click().run()
    assert widget(hub.text_input, "services.3.name").value == "New service"
    button(hub, "delete-chosen-services").click().run()
    assert [service["name"] for service in document(hub)["services"]] == names
    assert not hub.exception


def test_a_pool_is_added_with_a_driver_that_is_explained(app: AppTest, document: Document) -> None:
    app.button(key="start-empty").click().run()
    open_page(app, "organisation", "Support costs")
    button(app, "add-chosen-organisation.pools").click().run()
    assert document(app)["organisation"]["pools"] == [
        {"name": "Office and management", "category": "central_functions", "driver": "fte"}
    ]
    assert "who has most staff bears most" in table_headings(app)


def test_a_driver_is_chosen_in_words_and_never_written_in_code(hub: AppTest, document: Document) -> None:
    open_page(hub, "organisation", "Support costs")
    driver = widget(hub.selectbox, "organisation.pools.1.driver")
    assert driver.options == [*DRIVER_NAMES.values(), "Floor area"]
    assert "floor_area" not in table_headings(hub)
    driver.select("People employed").run()
    assert document(hub)["organisation"]["pools"][0]["driver"] == "headcount"
    widget(hub.selectbox, "organisation.pools.1.driver").select("Floor area").run()
    assert document(hub)["organisation"]["pools"][0]["driver"] == "floor_area"


def test_this_years_size_is_copied_to_the_next(hub: AppTest, document: Document) -> None:
    open_page(hub, "services", CHANGES)
    for _ in range(2):
        button(hub, "copy-year").click().run()
    changes = document(hub)["services"][0]["planned_changes"]
    assert changes == [{"start": "2027-04", "volume": 1.0}, {"start": "2028-04", "volume": 1.0}]


# Who bears what


@pytest.mark.parametrize("identifier", ["family_support_hub", "multi_service_charity"])
def test_everything_spent_is_shown_to_be_borne(
    app: AppTest,
    identifier: str,
    example: Callable[[AppTest, str], AppTest],
    tables: Tables,
    words: Callable[[AppTest], str],
) -> None:
    open_page(example(app, identifier), "organisation", "Support costs")
    scenario, _ = load_library(identifier)
    assert scenario is not None
    found = sharing(compare(scenario))
    assert f"Everything adds up: {pounds(found.spent)} is spent" in words(app)
    shown = table(tables(app), "The overhead rate in")
    for row, bearer in zip(shown[1:], found.bearers, strict=False):
        assert row == [bearer.name, *map(per_cent, rates(bearer.direct, bearer.staff, bearer.overhead))]
