"""What a finance lead does, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import pounds
from funding_model.scenario.library import load_library
from funding_model.scenario.loading import load_text

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PAGES = {
    "": "Compare contracts",
    "cash": "Cash and reserves",
    "checks": "Checks and method",
    "about": "About this calculator",
}
NARROW = {"width": 320, "height": 1600}
WIDE = {"width": 1280, "height": 2000}
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page of the app as a new visitor; afterwards no request may have left for any other host."""
    contexts, outside = [], []

    def note(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            outside.append(url)

    def go(name: str = "", size: dict[str, int] | None = None, scheme: Any = "light") -> Page:  # noqa: ANN401 - a literal
        context = browser.new_context(viewport=size or WIDE, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.goto(f"{address}/{name}")
        settle(page, PAGES[name])
        return page

    yield go
    for context in contexts:
        context.close()
    assert not outside


def settle(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_selector(READY)


def library_comparison(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def choose_scenario(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Scenario").click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text(f"{name}. ", exact=False).first).to_be_visible()
    page.wait_for_selector(READY)


def cell(page: Page, caption: str, row: str, column: int) -> str:
    found = page.get_by_role("table", name=re.compile(f"^{re.escape(caption)}")).get_by_role(
        "row", name=re.compile(f"^{re.escape(row)}")
    )
    return found.first.get_by_role("cell").nth(column).inner_text()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    result = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
    assert len(result["passes"]) > 10
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in result["violations"]]


def test_open_read_and_switch(visit: Visit) -> None:
    page = visit()
    hub, charity = (library_comparison(name) for name in ("family_support_hub", "multi_service_charity"))
    whole = cell(page, "Cost and price of", "Whole period", 0)
    assert whole == pounds(float(hub.totals.full_cost[0]))
    expect(page.get_by_text(f"in full. Under “{hub.base}” the price is")).to_be_visible()

    choose_scenario(page, charity.scenario.name)
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


def test_downloads_hold_the_results(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    found = library_comparison("family_support_hub")

    def download(button: str) -> bytes:
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
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

    scenario, problems = load_text(download("The scenario, to change (YAML)"))
    assert problems == []
    assert scenario == found.scenario


def test_a_bad_file_is_explained_and_a_good_one_opens(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    page.get_by_text("Use a scenario of your own").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download a file to start from").click()
    good = tmp_path / "good.yaml"
    waiting.value.save_as(good)
    bad = tmp_path / "bad.yaml"
    bad.write_text(good.read_text(encoding="utf-8").replace("horizon_years: 3", "horizon_years: 99"), encoding="utf-8")

    chooser = page.locator('input[type="file"]')
    chooser.set_input_files(bad)
    expect(page.get_by_text("The scenario before it is still shown. One problem:")).to_be_visible()
    problem = page.get_by_role("row", name=re.compile("^horizon_years"))
    expect(problem).to_contain_text("must be at most 10; you entered 99.")
    expect(page.get_by_text("Family support hub. Lead organisation")).to_be_visible()

    chooser.set_input_files(good)
    expect(page.get_by_text("My scenario. My organisation")).to_be_visible()
    expect(problem).to_have_count(0)
    page.get_by_role("link", name="Cash and reserves").click()
    settle(page, PAGES["cash"])
    expect(page.get_by_text("My scenario. My organisation")).to_be_visible()


def test_thirty_eight_services_are_shown(visit: Visit) -> None:
    page = visit()
    choose_scenario(page, library_comparison("sure_start_regional").scenario.name)
    page.get_by_text("Each of the 38 services").click()
    expect(page.get_by_role("row", name=re.compile("^Project 38"))).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", WIDE), ("light", NARROW)], ids=["light", "dark", "narrow"]
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    visit: Visit, address: str, scheme: str, size: dict[str, int], tmp_path: Path
) -> None:
    page = visit(size=size, scheme=scheme)
    for name, title in PAGES.items():
        page.goto(f"{address}/{name}")
        settle(page, title)
        expect(page).to_have_title(re.compile(" – Funding model calculator$"))
        assert violations(page) == [], name
        assert page.get_by_test_id("stMain").evaluate("area => area.scrollWidth <= area.clientWidth"), name
        assert len(page.screenshot(path=tmp_path / f"{name}.png")) > 10_000
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(3, 5, 6)")


def test_charts_are_drawn_and_described(visit: Visit) -> None:
    page = visit("cash")
    charts = page.get_by_test_id("stVegaLiteChart").filter(has=page.locator("svg"))
    expect(charts).to_have_count(3)
    for place in range(3):
        assert "chart. " in (charts.nth(place).get_attribute("aria-label") or "")
