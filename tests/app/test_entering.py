"""What is entered on each page is understood, saved and shown back; what is not understood stays and is explained."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import compare
from funding_model.questions.entered import post_costs, rates, sharing
from funding_model.reference.defaults import assumption_defaults
from funding_model.report.words import per_cent, pounds
from funding_model.scenario.choices import DRIVER_NAMES
from funding_model.scenario.library import load_library
from funding_model.scenario.presets import preset_names
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.typed import unit_text
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.state import KEY

PEOPLE, _, _, CHANGES = PARTS["services"]
_, TERMS = PARTS["contracts"]
Document = Callable[[AppTest], dict[str, Any]]
Tables = Callable[[AppTest], dict[str, list[list[str]]]]
Edit = Callable[..., AppTest]
Visit = Callable[..., AppTest]


def open_page(app: AppTest, page: str, part: str = "") -> AppTest:
    app.switch_page(f"funding_model/ui/pages/{page}.py").run()
    if part:
        app.radio(key=f"{page}_part").set_value(part).run()
    assert not app.exception
    return app


def widget(elements: Any, place: str) -> Any:  # noqa: ANN401 - AppTest's elements
    return next(each for each in elements if str(each.key).rpartition("-")[0] == place)


def button(app: AppTest, start: str) -> Any:  # noqa: ANN401 - AppTest's elements
    return next(each for each in app.button if str(each.key).startswith(start))


def open_drawer(app: AppTest, start: str) -> AppTest:
    label = next(each.label for each in app.expander if each.label.startswith(start))
    app.session_state[f"drawer-{label}"] = True
    return app.run()


def table(shown: dict[str, list[list[str]]], start: str) -> list[list[str]]:
    return next(rows for caption, rows in shown.items() if caption.startswith(start))


def faults(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html") if '<p class="fm-fault' in each.proto.body)


def hub_scenario() -> Scenario:
    scenario, problems = load_library("family_support_hub")
    assert scenario is not None, problems
    return scenario


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


def table_headings(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))


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


# Contracts


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_can_be_added_and_compared(app: AppTest, document: Document, preset: str) -> None:
    app.selectbox(key="example").set_value("family_support_hub").run()
    app.button(key="open-example").click().run()
    open_page(app, "contracts")
    app.selectbox(key="preset").set_value(preset).run()
    app.button(key="add-contract").click().run()
    assert len(document(app)["contracts"]) == 5
    assert faults(app) == ""
    open_page(app, "compare")
    assert not app.error


def test_contracts_are_copied_moved_and_deleted(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts")

    def names() -> list[str]:
        return [contract["name"] for contract in document(hub)["contracts"]]

    first, second, *rest = names()
    open_drawer(hub, "Name, describe, copy")
    hub.button(key="Move right-contracts.1").click().run()
    assert names() == [second, first, *rest]
    hub.button(key="Copy-contracts.2").click().run()
    assert names() == [second, first, f"{first} (copy)", *rest]
    hub.button(key="Delete-contracts.2").click().run()
    assert names() == [second, f"{first} (copy)", *rest]
    assert document(hub).get("base") is None
    assert faults(hub) == ""
    assert not hub.exception


def test_terms_of_single_services_stand_beside_those_of_the_contracts(
    app: AppTest, example: Callable[[AppTest, str], AppTest], tables: Tables
) -> None:
    example(app, "multi_service_charity")
    open_page(app, "contracts")
    rows = {row[0]: row[1:] for row in table(tables(app), "Terms that are not the same")}
    capped = "Up to a share of direct cost"
    assert rows["Overhead rule: Family support (Trust)"] == [capped, capped, capped, "All of the overhead\n≠ base"]
    assert rows["Overhead rate: Family support (Trust)"] == ["8%", "8%", "8%", "–\n≠ base"]
    # What is alike under every contract is no difference between them: it stands where such terms are entered.
    assert not any(name.startswith("Income restricted") for name in rows)
    open_page(app, "contracts", TERMS)
    open_drawer(app, "A term that differs for one service")
    both = "Young parents (trusts and foundations); Early years programme (department)"
    alike = table(tables(app), "Terms that differ for single services, alike under every contract")
    assert ["Income restricted", both, "yes"] in alike


def test_the_base_is_chosen_and_differences_are_marked(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "contracts")
    rows = table(tables(hub), "Terms that are not the same")
    months = next(row for row in rows if row[0] == "Length of the award (whole months)")
    assert months[1:] == ["12", "12", "36\n≠ base", "36\n≠ base"]
    widget(hub.selectbox, "base-of-all").set_value(3).run()
    assert document(hub)["base"] == document(hub)["contracts"][3]["name"]
    rows = table(tables(hub), "Terms that are not the same")
    months = next(row for row in rows if row[0] == "Length of the award (whole months)")
    assert months[1:] == ["12\n≠ base", "12\n≠ base", "36", "36"]
    open_page(hub, "contracts", TERMS)
    labels = [each.label for each in hub.text_input if str(each.key).startswith("contracts.1.term.months")]
    assert labels[0].endswith("≠ differs from the base")


@pytest.mark.parametrize(
    ("component", "field", "value", "kept"),
    [
        ("award", "lead_months", "-3", -3),
        ("award", "renewal_probability", "80%", {"value": 0.8, "status": "yours"}),
        ("price", "schedule", "£100,000; 102,000", [100000, 102000]),
        ("payment", "days", "30", 30),
        ("monitoring", "hours_each", "6", 6),
        ("flexibility", "contingency_share", "5%", 0.05),
    ],
)
def test_a_term_of_each_component(
    hub: AppTest, document: Document, component: str, field: str, value: str, kept: object
) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value(component).run()
    widget(hub.text_input, f"contracts.3.{component}.{field}").set_value(value).run()
    assert not hub.exception
    held = document(hub)["contracts"][2][component][field]
    if isinstance(kept, dict):
        assert {name: held[name] for name in kept} == kept
    else:
        assert held == kept


def test_a_term_that_does_not_fit_is_explained_beside_its_contract(hub: AppTest) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value("price").run()
    widget(hub.selectbox, "contracts.3.price.overhead_rule").set_value("cap_of_direct").run()
    assert "needs a rate" in faults(hub)
    widget(hub.text_input, "contracts.3.price.overhead_rate").set_value("15%").run()
    assert faults(hub) == ""


def test_a_term_for_one_service_alone(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value("payment").run()
    open_drawer(hub, "A term that differs")
    hub.selectbox(key="term-payment").set_value("days").run()
    widget(hub.text_input, "services.1.contract_changes.all.payment.days").set_value("30").run()
    changes = document(hub)["services"][0]["contract_changes"]["all"]
    assert changes["payment"] == {"days": 30}
    open_page(hub, "services", CHANGES)
    button(hub, "take-back-services.1-all-payment-days").click().run()
    assert "payment" not in document(hub)["services"][0]["contract_changes"]["all"]


# Assumptions


def test_every_assumption_is_listed_with_where_it_comes_from(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "assumptions")
    rows = table(tables(hub), "Assumptions as they stand")
    shown = {row[0]: row for row in rows if len(row) > 1}
    for default in assumption_defaults().values():
        row = shown[default.title]
        assert row[1].endswith(unit_text(default.unit))
        assert row[2] == f"{default.status}\nconfidence: {default.confidence}"
        assert row[3] == default.basis
        assert row[4].startswith(default.source_title or "–")


def test_a_figure_of_your_own_and_the_way_back(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "assumptions")
    picker = next(each for each in hub.selectbox if str(each.key).startswith("assumption-"))
    picker.set_value("turnover").run()
    for name, typed in (("value", "22%"), ("low", "15%"), ("high", "30%")):
        widget(hub.text_input, f"assumptions.turnover.{name}").set_value(typed).run()
    widget(hub.text_area, "assumptions.turnover.rationale").set_value("Our own records").run()
    widget(hub.text_input, "assumptions.turnover.review_by").set_value("April 2027").run()
    held = document(hub)["assumptions"]["turnover"]
    assert (held["value"], held["low"], held["high"], held["review_by"]) == (0.22, 0.15, 0.3, "2027-04")
    assert faults(hub) == ""
    row = next(row for row in table(tables(hub), "Assumptions as they stand") if row[0] == "Staff turnover")
    assert row[1] == "22%\n15% to 30%\nper cent of staff a year"
    assert row[2:4] == ["yours\nreview by April 2027", "Our own records"]
    hub.button(key="reset-turnover").click().run()
    assert "turnover" not in document(hub)["assumptions"]


def test_a_range_that_does_not_hold_its_value_is_explained(hub: AppTest) -> None:
    open_page(hub, "assumptions")
    picker = next(each for each in hub.selectbox if str(each.key).startswith("assumption-"))
    picker.set_value("turnover").run()
    widget(hub.text_input, "assumptions.turnover.value").set_value("22%").run()
    widget(hub.text_input, "assumptions.turnover.low").set_value("30%").run()
    assert "below low" in faults(hub)


def test_those_that_need_you(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "assumptions")
    hub.radio(key="filter").set_value("Needs you").run()
    rows = table(tables(hub), "Assumptions as they stand")
    shown = {row[0] for row in rows[1:] if len(row) > 1}
    expected = {
        default.title
        for default in assumption_defaults().values()
        if default.is_blank or default.status in ("example", "no evidence")
    }
    assert shown == expected


def test_a_forecast_is_replaced_year_by_year_and_all_defaults_come_back(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    widget(hub.text_input, "assumptions.pay_award.by_year.2027-28").set_value("3%").run()
    assert document(hub)["assumptions"]["pay_award"]["by_year"] == {"2027-28": 0.03}
    hub.button(key="reset-all").click().run()
    assert "assumptions" not in document(hub)


def test_an_assumption_of_one_service(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    holder = next(each for each in hub.selectbox if str(each.key).startswith("holder"))
    holder.set_value(("services", 0, "assumptions")).run()
    assert not hub.exception
    widget(hub.text_input, "services.1.assumptions.turnover.value").set_value("25%").run()
    held = document(hub)["services"][0]["assumptions"]["turnover"]
    assert held == 0.25 or held["value"] == 0.25


# Ranges


def choose_assumption(app: AppTest, name: str) -> AppTest:
    picker = next(each for each in app.selectbox if str(each.key).startswith("assumption-"))
    return picker.set_value(name).run()


def enter_range(app: AppTest, place: str, low: str, value: str, high: str, distribution: str = "triangular") -> None:
    for name, typed in (("value", value), ("low", low), ("high", high)):
        widget(app.text_input, f"{place}.{name}").set_value(typed).run()
    widget(app.selectbox, f"{place}.distribution").set_value(distribution).run()
    assert not app.exception


def test_values_with_weights_are_entered_and_read_back(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "months_to_fill")
    place = "assumptions.months_to_fill"
    widget(hub.selectbox, f"{place}.distribution").set_value("discrete").run()
    assert "needs values and as many weights" in faults(hub)
    widget(hub.text_input, f"{place}.values").set_value("1; 2; 4").run()
    widget(hub.text_input, f"{place}.weights").set_value("2; 1; 1").run()
    assert "must be one of values" in faults(hub)
    widget(hub.text_input, f"{place}.value").set_value("2").run()
    assert faults(hub) == ""
    held = document(hub)["assumptions"]["months_to_fill"]
    assert (held["value"], held["values"], held["weights"]) == (2, [1, 2, 4], [2, 1, 1])
    rows = table(tables(hub), "How often each value is drawn")
    assert rows[1:] == [["1", "2", "50.0%"], ["2", "1", "25.0%"], ["4", "1", "25.0%"]]


def test_a_fault_of_a_range_stands_below_the_field_that_it_is_of(hub: AppTest) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "turnover")
    widget(hub.selectbox, "assumptions.turnover.distribution").set_value("normal").run()
    assert faults(hub).count("Not right yet") == 1
    assert "A range needs low, value and high" in faults(hub)
    enter_range(hub, "assumptions.turnover", "20%", "20%", "30%", "normal")
    assert "low, value and high must all differ" in faults(hub)
    widget(hub.text_input, "assumptions.turnover.low").set_value("15%").run()
    assert faults(hub) == ""


def test_the_published_range_is_taken_with_its_source(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "turnover")
    hub.button(key="published-turnover").click().run()
    assert not hub.exception
    held, default = document(hub)["assumptions"]["turnover"], assumption_defaults()["turnover"]
    assert (held["low"], held["value"], held["high"]) == (default.low, default.value, default.high)
    assert held["source"] == default.source_title
    assert faults(hub) == ""


def test_a_contract_s_chance_and_the_turn_of_prices_may_be_ranges(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "cpi")
    enter_range(hub, "assumptions.cpi.outturn_added", "-1%", "0%", "2%")
    holder = next(each for each in hub.selectbox if str(each.key).startswith("holder"))
    holder.set_value(("contracts", 0)).run()
    choose_assumption(hub, "renewal_probability")
    enter_range(hub, "contracts.1.award.renewal_probability", "70%", "90%", "100%")
    assert faults(hub) == ""
    held = document(hub)
    assert held["assumptions"]["cpi"]["outturn_added"]["high"] == 0.02
    assert held["contracts"][0]["award"]["renewal_probability"]["low"] == 0.7


def test_ranges_that_go_together_are_chosen_by_name_and_contradictions_explained(
    hub: AppTest, document: Document
) -> None:
    open_page(hub, "assumptions")
    assert hub.button(key="add-pair").disabled
    for name in ("turnover", "months_to_fill", "cost_per_hire"):
        choose_assumption(hub, name)
        low, value, high = ("1", "2", "3") if name != "turnover" else ("10%", "20%", "30%")
        enter_range(hub, f"assumptions.{name}", low, value, high)
    for number, closeness in enumerate(("0.5", "0.5", "-0.9"), 1):
        hub.button(key="add-pair").click().run()
        widget(hub.text_input, f"correlations.{number}.rank_correlation").set_value(closeness).run()
    assert not hub.exception
    pairs = [(each["first"], each["second"]) for each in document(hub)["correlations"]]
    assert len(set(pairs)) == 3
    assert "contradict each other" in faults(hub)
    hub.button(key="drop-pair-2").click().run()
    assert faults(hub) == ""
    widget(hub.selectbox, "correlations.1.second").set_value(pairs[0][0]).run()
    assert "names the same range twice" in faults(hub)
    widget(hub.text_input, "correlations.1.rank_correlation").set_value("2").run()
    assert "must be less than 1" in faults(hub)
