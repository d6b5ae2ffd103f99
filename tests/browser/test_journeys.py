"""What a finance lead does, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import pounds
from funding_model.scenario.library import load_library, starter_document
from funding_model.scenario.loading import load_text
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.frame import SECTIONS, TITLES
from tests.browser.person import READY, Person, violations
from tests.browser.server import Server

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 1600}
WIDE = {"width": 1280, "height": 2000}
HUB = "Family support hub"
ENTERED = ("organisation", "services", "contracts")
"""Pages whose drawers are opened before axe looks at them."""
KILLS = 9
BEGUN = """said => document.querySelector('[data-testid="stApp"]').dataset.testScriptState !== "notRunning"
  || document.getElementById("fm-live").textContent.includes(said)"""
MOST_ACTIONS = 40
Visit = Callable[..., Page]


def title_of(page: str) -> str:
    return {"start": "Funding model calculator", "about": "About this calculator"}.get(page, TITLES[page])


def library_comparison(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def cell(page: Page, caption: str, row: str, column: int) -> str:
    found = page.get_by_role("table", name=re.compile(f"^{re.escape(caption)}")).get_by_role(
        "row", name=re.compile(f"^{re.escape(row)}")
    )
    return found.first.get_by_role("cell").nth(column).inner_text()


def test_a_first_visitor_costs_a_service_under_three_contracts_and_saves_it(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    person.settle("Funding model calculator")
    person.click("Start an empty scenario")
    expect(person.reads("Still needed: 9 of 9.")).to_be_visible()

    person.follow("The organisation’s name", "Organisation and support costs")
    person.fill("Name of this scenario", "Two posts, three contracts")
    person.fill("Opening cash", "£45,000")
    person.fill("Opening free reserves", "60,000")
    person.fill("Name of the organisation", "Example charity")
    person.follow("Next: Support costs", "Organisation and support costs")
    person.click("Add a pool")
    person.paste("what the pool buys", "Rent\t£14,000\nAudit\t5500", "Add these 2 rows")

    person.follow("Services", "Services")
    person.click("Add a service")
    person.fill("Name", "Family support")
    person.follow("Next: Posts", "Services")
    block = "Name\tHeadcount\tFTE\tSalary\tPension rate\nWorker\t2\t1\t£29,000\t5%\nLeader\t1\t0.6\t36,000.00\t5%"
    person.paste("posts of this service", block, "Add these 2 rows")
    expect(person.page.get_by_role("row", name=re.compile("^Leader"))).to_contain_text("£36,000")

    person.follow("Contracts side by side", "Contracts side by side")
    for preset in ("annual rolled forward", "three-year fixed price", "three-year indexed"):
        person.choose("Kind of contract", preset)
        person.click("Add this contract")

    person.follow("Compare contracts", "Compare contracts")
    expect(person.page.get_by_role("heading", name="Why the surplus is what it is")).to_be_visible()
    assert cell(person.page, "Cost and price of", "Whole period", 0).startswith("£")
    assert person.actions <= MOST_ACTIONS, person.actions

    again = Person(visit(person.page.url))
    again.settle("Compare contracts")
    assert cell(again.page, "Cost and price of", "Whole period", 0) == cell(
        person.page, "Cost and price of", "Whole period", 0
    )


def test_open_read_and_switch(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    page = person.page
    charity = library_comparison("multi_service_charity")
    person.open_example(charity.scenario.name)
    person.go("compare", "Compare contracts")
    assert cell(page, "Cost and price of", "Whole period", 0) == pounds(float(charity.totals.full_cost[0]))
    page.get_by_role("combobox", name="Services").click()
    page.get_by_role("option", name=charity.scenario.services[1].name).click()
    caption = f"Cost and price of {charity.scenario.services[1].name}"
    expect(page.get_by_role("table", name=re.compile(f"^{re.escape(caption)}"))).to_be_visible()
    assert cell(page, caption, "Whole period", 0) == pounds(float(charity.evaluation.money.full_cost[0, 1].sum()))

    left_out = charity.contracts[1]
    page.get_by_role("checkbox", name=left_out).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("columnheader", name=left_out)).to_have_count(0)
    expect(page.get_by_role("checkbox", name=left_out)).to_be_focused()


def test_results_follow_every_entry_and_undo(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    charity = library_comparison("multi_service_charity").scenario
    person.open_example(charity.name)
    person.go("contracts", "Contracts side by side")
    person.turn_to("Their terms")
    prices: list[str] = []
    for before, months in (("12", "18"), ("18", "24"), ("24", "30")):
        person.fill("Length of the award", months)
        person.says(f"from {before} to {months}")
        first, *others = charity.contracts
        longer = first.model_copy(update={"term": first.term.model_copy(update={"months": int(months)})})
        found = compare(charity.model_copy(update={"contracts": (longer, *others)}))
        prices.append(pounds(float(found.totals.price[0])))
        expect(person.page.locator(".st-key-at-once").get_by_role("row", name=re.compile("^Price"))).to_contain_text(
            prices[-1]
        )
    assert len(set(prices)) == len(prices)
    person.fill("Length of the award", "24 or so")
    expect(person.page.locator(".fm-fault")).to_be_visible()
    person.fill("Length of the award", "30")
    expect(person.page.locator(".fm-fault")).to_have_count(0)
    person.click("Undo")
    expect(person.page.locator(".st-key-at-once").get_by_role("row", name=re.compile("^Price"))).to_contain_text(
        prices[-2]
    )
    expect(person.page.get_by_role("textbox", name=re.compile("^Length of the award")).first).to_have_value("24")


def test_downloads_hold_the_results(visit: Visit, address: str, tmp_path: Path) -> None:
    person = Person(visit(address))
    person.open_example(HUB)
    person.go("download", "Download")
    found = library_comparison("family_support_hub")

    def download(button: str) -> bytes:
        with person.page.expect_download() as waiting:
            person.page.get_by_role("button", name=button).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path.read_bytes()

    document = json.loads(download("Complete results (JSON)"))
    assert document["base"] == found.base
    assert [contract["name"] for contract in document["contracts"]] == list(found.contracts)
    assert document["contracts"][0]["totals"]["surplus"] == float(found.totals.surplus[0])

    rows = list(csv.DictReader(io.StringIO(download("Results for a spreadsheet (CSV)").decode("utf-8-sig"))))
    full = [row for row in rows if row["measure"] == "full_cost" and not row["service"] and not row["year"]]
    assert [float(row["value"]) for row in full] == found.totals.full_cost.tolist()

    for button in ("The scenario, to read and change (YAML)", "The scenario, every field (JSON)"):
        scenario, problems = load_text(download(button))
        assert problems == []
        assert scenario == found.scenario


def test_a_bad_file_is_explained_and_a_good_one_opens(visit: Visit, address: str, tmp_path: Path) -> None:
    person = Person(visit(address))
    person.settle("Funding model calculator")
    good = tmp_path / "good.yaml"
    good.write_text(starter_document(), encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(starter_document().replace("horizon_years: 3", "horizon_years: 99"), encoding="utf-8")

    chooser = person.page.locator('input[type="file"]')
    chooser.set_input_files(bad)
    expect(person.reads("The file bad.yaml was not opened.")).to_be_visible()
    problem = person.page.get_by_role("row", name=re.compile("^horizon_years"))
    expect(problem).to_contain_text("must be at most 10; you entered 99.")
    chooser.set_input_files(good)
    person.says("Opened My scenario")
    expect(problem).to_have_count(0)


def test_what_is_typed_into_a_table_is_saved_costed_and_survives_a_killed_server(
    visit: Visit, own_server: Server
) -> None:
    person = Person(visit(own_server.address))
    page = person.page
    person.open_example(HUB)
    person.go("services", "Services")
    person.show_part("services", "Posts")
    person.type_into(2, 0, "0.5")
    expect(page.get_by_role("row", name=re.compile("^Hub coordinator"))).to_contain_text("£20,222")
    person.type_into(4, 1, "23,4")
    expect(page.locator(".fm-fault")).to_contain_text("could be read in two ways")
    person.says("row 2")
    own_server.kill()
    own_server.start()
    page.reload()
    person.settle("Services")
    expect(person.cell(2, 0)).to_have_text("0.5")
    expect(person.cell(4, 1)).to_have_text("23,4")
    person.click("Undo")
    expect(person.cell(2, 0)).to_have_text("1")
    person.click("Redo")
    expect(person.cell(2, 0)).to_have_text("0.5")


def test_however_often_the_server_is_killed_nothing_acknowledged_is_missing(visit: Visit, own_server: Server) -> None:
    person = Person(visit(own_server.address))
    page = person.page
    person.open_example(HUB)
    person.go("organisation", "Organisation and support costs")
    field = page.get_by_role("textbox", name=re.compile("^Minimum cash"))
    kept = field.input_value()
    for kill in range(KILLS):
        typed = f"{20_000 + kill:,}"
        field.fill(typed)
        field.press("Enter")
        if kill % 3 == 0:  # when it says that it is saved; else before that, at once or when it has begun
            person.says(f"£{typed}")
        elif kill % 3 == 1:
            page.wait_for_function(BEGUN, arg=f"£{typed}")
        own_server.kill()
        own_server.start()
        page.reload()
        person.settle("Organisation and support costs")
        expect(field).to_have_value(re.compile(f"^({typed}|{kept})$") if kill % 3 else typed)
        kept = field.input_value()
    person.go("history", "History")
    newest = page.get_by_role("table", name=re.compile("^Every change")).get_by_role("row").nth(1)
    expect(newest).to_contain_text(f"£{kept}")
    expect(page.get_by_text(re.compile("failed|Not saved"))).to_have_count(0)


def test_cells_copied_in_a_spreadsheet_are_pasted_into_the_table(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    page = person.page
    person.open_example(HUB)
    person.go("services", "Services")
    person.show_part("services", "Posts")
    block = "Key worker\t2\t0.5\t\t£31,250.50\nHelper\t1\t0.4\t\t23,4"
    person.paste_into(2, block)
    expect(page.get_by_role("row", name=re.compile("^Key worker"))).to_contain_text("£31,251")
    expect(page.locator(".fm-fault")).to_contain_text("row 4 (Helper), Salary")
    expect(page.locator(".fm-fault")).to_contain_text('"23,4" has a comma')
    page.reload()
    person.settle("Services")
    expect(person.cell(4, 2)).to_have_text("£31,250.50")
    expect(person.cell(4, 3)).to_have_text("23,4")


def test_a_page_that_finds_its_server_again_adds_no_row_twice(visit: Visit, own_server: Server) -> None:
    person = Person(visit(own_server.address))
    page = person.page
    person.open_example(HUB)
    person.go("services", "Services")
    person.show_part("services", "Posts")
    person.paste_into(2, "Key worker\t2\t0.5\t\t31000\nHelper\t1\t0.4\t\t23000")
    expect(page.get_by_role("row", name=re.compile("^Helper"))).to_contain_text("£23,000")
    drawn = page.locator('[class*="st-key-services-1-posts-"]').first.get_attribute("class") or ""
    own_server.kill()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    own_server.start()
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    expect(page.locator('[class*="st-key-services-1-posts-"]').first).not_to_have_class(drawn)
    person.settle("Services")
    person.type_into(2, 3, "0.6")
    expect(page.get_by_role("row", name=re.compile("^Helper"))).to_contain_text("£13,800")
    page.reload()
    person.settle("Services")
    expect(person.cell(0, 3)).to_have_text("Helper")
    expect(person.cell(0, 4)).to_have_count(0)


def test_on_a_telephone(visit: Visit, address: str) -> None:
    person = Person(visit(address, size=NARROW))
    person.open_example(HUB)
    person.click("Go on: Organisation and support costs", link=True)
    person.settle("Organisation and support costs")
    person.fill("Opening cash", "£90,000")
    person.says("Saved.")
    for part in list(PARTS["organisation"])[1:]:
        person.click(f"Next: {part}", link=True)
        expect(person.page.get_by_role("radio", name=part)).to_be_focused()
    person.follow("Next: Services", "Services")
    person.fill("Referrals a month", "30")
    person.says("Saved.")
    person.click("Undo")
    person.says("The last change was undone.")
    person.go("compare", "Compare contracts")
    expect(person.page.get_by_role("heading", name="In short")).to_be_visible()


def test_two_tabs_are_told_and_neither_is_overwritten(visit: Visit, address: str) -> None:
    first = Person(visit(address))
    first.open_example(HUB)
    first.go("organisation", "Organisation and support costs")
    second = Person(visit(first.page.url))
    second.settle("Organisation and support costs")
    first.fill("Minimum cash", "30,000")
    first.says("Saved.")
    second.fill("Minimum cash", "40,000")
    second.settle("Two versions")
    expect(second.page.get_by_role("table")).to_contain_text("£30,000")
    expect(second.page.get_by_role("table")).to_contain_text("£40,000")
    second.click("Keep my version")
    second.settle("Organisation and support costs")
    expect(second.page.get_by_role("textbox", name=re.compile("^Minimum cash"))).to_have_value("40,000")
    first.fill("Opening cash", "1")
    first.settle("Two versions")
    first.click("Keep the other version")
    first.settle("Organisation and support costs")
    expect(first.page.get_by_role("textbox", name=re.compile("^Minimum cash"))).to_have_value("40,000")
    expect(first.page.get_by_role("textbox", name=re.compile("^Opening cash"))).to_have_value("78,000")


def test_a_slip_stays_beside_its_field_and_is_announced(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    person.open_example(HUB)
    person.go("organisation", "Organisation and support costs")
    person.fill("Minimum cash", "1,5")
    field = person.page.get_by_role("textbox", name=re.compile("^Minimum cash"))
    expect(field).to_have_value("1,5")
    expect(person.reads("could be read in two ways")).to_be_visible()
    person.says("Minimum cash")
    person.fill("Minimum cash", "(300)")
    expect(person.page.locator(".fm-fault")).to_contain_text("must be at least 0; you entered -300.")
    person.fill("Minimum cash", "£1,250.50")
    expect(field).to_have_value("1,250.50")
    expect(person.reads("Not right yet")).to_have_count(0)


def test_by_the_keyboard_alone(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    page = person.page
    person.settle("Funding model calculator")

    def tab_to(name: str, role: str = "button") -> None:
        target = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        for _ in range(120):
            if target.evaluate("each => each === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{name} cannot be reached")

    tab_to("Start an empty scenario")
    page.keyboard.press("Enter")
    person.says("Opened My scenario")
    page.wait_for_selector(READY)
    tab_to("The organisation’s name: Organisation and support costs", "link")
    page.keyboard.press("Enter")
    person.settle("Organisation and support costs")
    tab_to("Name of the organisation", "textbox")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    person.says("Saved.")
    tab_to("Undo")
    page.keyboard.press("Enter")
    person.says("The last change was undone.")
    tab_to("Next: Support costs", "link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Support costs")).to_be_focused()
    tab_to("Add a pool")
    page.keyboard.press("Enter")
    person.says("Added the support pool")
    expect(page.get_by_role("button", name="Add a pool")).to_be_focused()  # it has moved down the page
    tab_to("Delete this pool")
    page.keyboard.press("Enter")
    person.says("Deleted the pool")
    expect(page.get_by_role("button", name="Add a pool")).to_be_focused()  # the nearest to what is gone


def test_thirty_eight_services_are_shown(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    person.open_example(library_comparison("sure_start_regional").scenario.name)
    person.go("compare", "Compare contracts")
    person.reads("Each of the 38 services").click()
    expect(person.page.get_by_role("row", name=re.compile("^Project 38"))).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", WIDE), ("light", NARROW)], ids=["light", "dark", "narrow"]
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    visit: Visit, address: str, scheme: str, size: dict[str, int], tmp_path: Path
) -> None:
    person = Person(visit(address, size=size, scheme=scheme))
    page = person.page
    person.open_example(HUB)
    for name in TITLES:
        person.go(name, title_of(name))
        expect(page).to_have_title(re.compile(" – Funding model calculator$"))
        for part in PARTS.get(name, [""]):
            if part:
                person.show_part(name, part)
            if name in ENTERED:
                for drawer in page.get_by_test_id("stExpander").locator("summary").all():
                    if not drawer.evaluate("each => each.parentElement.open"):
                        drawer.click()
                        person.settle()
            assert violations(page) == [], (name, part)
            assert page.get_by_test_id("stMain").evaluate("area => area.scrollWidth <= area.clientWidth"), (name, part)
            assert len(page.screenshot(path=tmp_path / f"{name}{part}.png")) > 10_000
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(3, 5, 6)")


def test_the_parts_of_the_side_panel_are_lists_with_names(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    person.open_example(HUB)
    panel = person.page.get_by_test_id("stSidebarNav")
    for part, pages in SECTIONS.items():
        if part:
            links = panel.get_by_role("list", name=part, exact=True).get_by_role("link")
            expect(links).to_have_text([re.compile(f"{re.escape(title)}$") for title in pages.values()])
    expect(panel.get_by_role("link")).to_have_count(len(TITLES))


def test_charts_are_drawn_and_described(visit: Visit, address: str) -> None:
    person = Person(visit(address))
    person.open_example(HUB)
    person.go("cash", "Cash and reserves")
    charts = person.page.get_by_test_id("stVegaLiteChart").filter(has=person.page.locator("svg"))
    for shown in ("Cash and free reserves at each month’s end", "Months of confirmed funding ahead"):
        person.turn_to(shown)
        expect(person.reads(re.compile(f"^{shown}: "))).to_be_visible()
        expect(charts.nth(len(("cash", "one contract", "dates")) - 1)).to_be_visible()
    expect(charts).to_have_count(person.page.get_by_test_id("stVegaLiteChart").count())
    for chart in charts.all():
        kind, _, description = (chart.get_attribute("aria-label") or "").partition(". ")
        assert kind.endswith(("chart", "Timeline")), kind
        assert len(description) > len("the same numbers stand beside it")
