"""A person at the keyboard and the mouse: every action is counted, and followed by a look at what the page says."""

from __future__ import annotations

import re
from importlib.resources import files

from playwright.sync_api import Locator, Page, expect

from funding_model.ui.entry.parts import PARTS
from funding_model.ui.frame import TITLES

READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
STILL = """document.getAnimations().every(each =>
  each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Person:
    """Someone who uses the app, one action after another."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def settle(self, title: str = "") -> None:
        if title:
            expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.page.wait_for_selector(READY)

    def click(self, button: str, *, link: bool = False) -> None:
        self.actions += 1
        role = self.page.get_by_role("link" if link else "button", name=button)
        role.first.click()
        self.settle()

    def follow(self, link: str, title: str) -> None:
        self.click(link, link=True)
        self.settle(title)

    def fill(self, label: str, text: str) -> None:
        """Type into a field, and leave it by Enter."""
        self.actions += 1
        field = self.page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).first
        expect(field).to_be_visible()
        field.fill(text)
        field.press("Enter")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Open a list of choices and pick one: two actions."""
        self.actions += 2
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(10):  # a list is shut again where the page is drawn anew just then
            self.page.get_by_role("combobox", name=re.compile(f"{re.escape(label)}")).first.click()
            try:
                expect(wanted).to_be_visible(timeout=3_000)
            except AssertionError:
                self.page.keyboard.press("Escape")
                continue
            wanted.click()
            self.settle()
            return
        raise AssertionError(f"{label} does not offer {option}")

    def paste(self, table: str, block: str, done: str) -> None:
        """Paste a block below a table and add its rows: four actions."""
        self.actions += 4
        area = self.page.get_by_test_id("stExpander").filter(
            has_text=re.compile(f"Paste a block from a spreadsheet: {re.escape(table)}")
        )
        box, read = area.get_by_role("textbox"), area.get_by_role("table", name="What was understood")
        self._until(area.get_by_text("Paste a block from a spreadsheet"), box, there=True)
        box.fill(block)
        box.press("Control+Enter")
        expect(read).to_be_visible()
        self.settle()
        self._until(area.get_by_role("button", name=done), read, there=False)
        self.settle()

    def _until(self, press: Locator, sign: Locator, *, there: bool) -> None:
        """Press something until a sign comes or goes: a press is lost where the page is drawn anew just then."""
        for _ in range(10):
            press.click()
            try:
                expect(sign).to_be_visible(visible=there, timeout=3_000)
            except AssertionError:
                continue
            return
        expect(sign).to_be_visible(visible=there)

    def says(self, text: str) -> None:
        """Look for what the page announces to a screen reader."""
        expect(self.page.locator("#fm-live")).to_contain_text(text)

    def reads(self, text: str | re.Pattern[str]) -> Locator:
        """Return where the page itself holds a text, apart from what it announces, which often repeats it."""
        return self.page.get_by_text(text).and_(self.page.locator(":not(#fm-live)"))

    def open_example(self, name: str) -> None:
        self.settle("Funding model calculator")
        box = self.page.get_by_role("combobox", name="Example")
        if box.input_value() != name:
            self.actions += 2
            box.click()
            box.fill(name)  # a long list holds only the choices in sight
            self.page.get_by_role("option", name=name, exact=True).click()
            self.settle()
        self.click("Open this example")
        self.says(f"Opened {name}")
        expect(self.page.get_by_role("heading", name="Your scenario")).to_be_visible()
        self.settle()

    def go(self, page: str, title: str) -> None:
        """Go to another page of the same work by its address."""
        base, _, query = self.page.url.partition("?")
        root = "/".join(base.split("/")[:3])
        self.page.goto(f"{root}/{'' if page == 'start' else page}?{query}")
        self.settle(title)

    def turn_to(self, choice: str) -> None:
        """Choose one of a few choices that are all in sight."""
        self.actions += 1
        self.page.locator("label").get_by_text(choice, exact=True).click()
        expect(self.page.get_by_role("radio", name=choice, exact=True)).to_be_checked()
        self.settle()

    def show_part(self, page: str, part: str) -> None:
        """Choose the part of a page that is shown, and wait until nothing is left of the one before."""
        self.turn_to(part)
        pages, parts = list(TITLES), list(PARTS[page])
        following = dict(zip(parts, [*parts[1:], TITLES[pages[pages.index(page) + 1]]], strict=True))
        expect(self.page.get_by_role("link", name=f"Next: {following[part]}", exact=True)).to_be_visible()
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)
        self.settle()

    # The table that is drawn on a canvas

    def cell(self, column: int, row: int, table: int = 0) -> Locator:
        """A cell of a table, rows from nought; the first column of a table that grows holds the marks of its rows."""
        return self.page.get_by_test_id("stDataFrame").nth(table).get_by_test_id(f"glide-cell-{column + 1}-{row}")

    def _select_first(self, grid: Locator, table: int) -> None:
        """Select the first cell by the mouse; the page may still be moving, so look whether the click has met it."""
        for _ in range(10):
            grid.scroll_into_view_if_needed()
            area = grid.bounding_box()
            assert area is not None
            self.page.mouse.click(area["x"] + 60, area["y"] + 52)
            try:
                expect(self.cell(0, 0, table)).to_have_attribute("aria-selected", "true", timeout=3_000)
            except AssertionError:
                continue
            return
        raise AssertionError("no cell can be selected")

    def paste_into(self, row: int, block: str, table: int = 0) -> None:
        """Paste cells copied in a spreadsheet into a table, from the first cell of a row on."""
        grid = self.page.get_by_test_id("stDataFrame").nth(table)
        grid.scroll_into_view_if_needed()
        self._select_first(grid, table)
        for _ in range(row):
            self.page.keyboard.press("ArrowDown")
        expect(self.cell(0, row, table)).to_have_attribute("aria-selected", "true")
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.page.keyboard.press("Control+v")
        expect(self.cell(0, row, table)).to_have_text(block.split("\t", maxsplit=1)[0])
        self.settle()

    def open_cell(self, column: int, row: int, table: int = 0) -> Locator:
        """Go to a cell by the keyboard and open it; return the box to type into."""
        grid = self.page.get_by_test_id("stDataFrame").nth(table)
        grid.scroll_into_view_if_needed()
        self._select_first(grid, table)
        for _ in range(column):
            self.page.keyboard.press("ArrowRight")
        for _ in range(row):
            self.page.keyboard.press("ArrowDown")
        target = self.cell(column, row, table)
        expect(target).to_have_attribute("aria-selected", "true")
        self.page.keyboard.press("Enter")
        box = self.page.locator("#portal .gdg-input")
        expect(box).to_be_visible()
        return box

    def type_into(self, column: int, row: int, text: str, table: int = 0) -> None:
        """Type into a cell by the keyboard, and see that it holds what was typed."""
        box = self.open_cell(column, row, table)
        box.fill(text)
        box.press("Enter")
        expect(self.cell(column, row, table)).to_have_text(text)
        self.settle()


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, once nothing moves: a drawer that opens hides what it holds."""
    page.wait_for_function(STILL)
    # The side panel's lists are named by the app's own script, a moment after Streamlit has drawn them.
    expect(page.locator('[data-testid="stSidebarNavItems"]:not([role])')).to_have_count(0)
    page.evaluate(AXE)
    result = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
    assert len(result["passes"]) > 10
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in result["violations"]]
