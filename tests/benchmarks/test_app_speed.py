"""How fast the app is in a browser, beside the least that a page of Streamlit does, measured in turns in one run.

What is measured in Chromium is what a person waits for: from the key or the click, by the browser's own clock, until
the browser has painted the frame that shows the new result. The page itself notices the change, as it happens.

- An edit: from Enter in a field of an entry page to the new amount in the table “At once” of the same page. Beside it
  stands the same of a page that has one field and one line of text.
- A cell of a table: the same, from Enter in a cell. Beside it stands a page that has one table and one line of text.
  Both wait until Streamlit has seen that nothing more is typed into the table.
- A page change: from the click on the side panel to the new page's title and its first content, and to the moment
  when nothing is left to draw. Beside it stand the edit of the page with one field, and the page change of an app that
  has two pages with a line each.
- Both again on a page of as many elements as “Contracts side by side” that does no work: Streamlit's own part.
- The first paint: from the address to the title and the first content, with nothing in the browser's cache.
- Twenty people: each has work of their own and speaks with the server as a browser does, without one: they have
  computers of their own, and share the server only. They share its two cores with the measurement.
- Memory: what the server's process has grown by for each of twenty pages that are open and left alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import median
from threading import Event
from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from funding_model.scenario.dumping import dump_json
from funding_model.scenario.library import load_library
from funding_model.store import open_store
from tests.benchmarks.conftest import Figures
from tests.benchmarks.people import Visitor
from tests.browser.conftest import FLAGS, chromium
from tests.browser.person import READY, Person
from tests.browser.server import Server

pytestmark = pytest.mark.browser

CHARITY: Final = "multi_service_charity"
COPIES: Final = count()
"""Numbers the copies of the charity: what is worked out for one person is of no use to the next."""
ROUNDS: Final = 15
PEOPLE: Final = 20
EDITS_EACH: Final = 6
BETWEEN_EDITS: Final = (2.0, 6.0)
"""Seconds that a person looks and types between two edits."""
MEGABYTE: Final = 1_024.0
"""In kilobytes."""
SIZE: Final = {"width": 1280, "height": 1000}
TRIVIAL: Final = '[data-testid="stText"]'
RESULT: Final = ".st-key-at-once table"
WATCH: Final = """([event, where, title]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const running = () => app.getAttribute("data-test-script-state") !== "notRunning";
  const read = () => document.querySelector(where)?.textContent ?? null;
  const before = read();
  let started = null;
  const times = {};
  const painted = what => {
    if (what in times) return;
    times[what] = null;
    requestAnimationFrame(() => setTimeout(() => { times[what] = performance.now() - started; }));
  };
  const look = () => {
    if (started === null) return;
    const now = read(), heading = document.querySelector("h1")?.textContent;
    if (now !== null && (title ? heading === title : now !== before)) painted("result");
    if ("result" in times && !running()) painted("whole");
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document.body, all);
  const begin = each => {
    if (started === null && (event !== "keydown" || each.key === "Enter")) started = each.timeStamp;
  };
  addEventListener(event, begin, { capture: true });
  window.fmTimes = times;
}"""
"""Notices, in the page, when what stands at a place has changed after an event, and when the run has ended."""
DONE: Final = "() => window.fmTimes.result && window.fmTimes.whole && window.fmTimes"
FIRST: Final = """
const look = new MutationObserver(() => {
  if (!document.querySelector(%s) || !document.querySelector("h1")) return;
  look.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.fmFirst = performance.now(); }));
});
look.observe(document, { subtree: true, childList: true });
"""


@dataclass(frozen=True)
class Edit:
    """A field of a page by its place in the scenario, and the numbers that are typed into it."""

    page: str
    title: str
    place: str
    first: int
    part: str = ""

    def opened(self, server: Server) -> str:
        """Keep work like no other; return the query that opens it at the part of the page with the field."""
        return work(server) + (f"&{self.page}_part={quote(self.part)}" if self.part else "")

    @property
    def field(self) -> str:
        return field_at(self.place)

    def typed(self, turn: int) -> str:
        return str(self.first + turn)


def field_at(place: str) -> str:
    """Return where the browser finds the field of a place in the scenario."""
    return f"[class*='st-key-{place.replace('.', '-')}-'] input"


EDITS: Final = (
    Edit("organisation", "Organisation and support costs", "organisation.opening_cash", 350_001),
    Edit("services", "Services", "services.1.people.mean_length_months", 8),
    Edit("contracts", "Contracts side by side", "contracts.1.term.months", 13, "Their terms"),
)
CHANGES: Final = (
    ("Organisation and support costs", field_at("organisation.opening_cash")),
    ("Services", field_at("services.1.need_index")),
    ("Contracts side by side", "[aria-label^='Terms that are not the same']"),
    ("Compare contracts", "[aria-label^='Cost and price of']"),
    ("Cash and reserves", "[aria-label^='Cash and free reserves of the whole']"),
    ("Delivery and staff", "[aria-label^='Weeks of service lost']"),
)
"""Pages by their titles, with the first of what they are for."""


@dataclass(frozen=True)
class Servers:
    """The app, and the least that Streamlit does, each on a port of its own."""

    app: Server
    trivial: Server
    pages: Server
    table: Server
    idle: Server


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    scripts = (
        "app.py",
        *(f"tests/benchmarks/{name}.py" for name in ("trivial_page", "trivial_pages", "trivial_table", "idle_page")),
    )
    started = Servers(*(Server(tmp_path_factory.mktemp("server"), script) for script in scripts))
    every = (started.app, started.trivial, started.pages, started.table, started.idle)
    try:
        for server in every:
            server.start()
        yield started
    finally:
        for server in every:
            server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed: make chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def work(server: Server) -> str:
    """Keep a copy of the charity for somebody new, like no other copy; return the query that opens it."""
    scenario, problems = load_library(CHARITY)
    assert scenario is not None, problems
    cash = 340_000 + 100 * next(COPIES)
    scenario = scenario.model_copy(
        update={"organisation": scenario.organisation.model_copy(update={"opening_cash": cash})}
    )
    store = open_store(f"sqlite:///{server.database}")
    owner = store.new_owner()
    saved = store.create(owner, dump_json(scenario), name=scenario.name, what="Opened")
    store.close()
    return f"?work={owner}&scenario={saved.id}"


def show(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=SIZE).new_page()  # type: ignore[arg-type] # a dictionary of two numbers
    page.goto(address)
    page.wait_for_selector(READY)
    return page


def edit(page: Page, place: str, text: str, where: str) -> dict[str, float]:
    """Type into a field and enter it; return the milliseconds until the result was painted, and until all was."""
    field = page.locator(place).first
    field.fill(text)
    page.evaluate(WATCH, ["keydown", where, ""])
    field.press("Enter")
    return times(page)


def edit_cell(page: Page, column: int, text: str, where: str) -> dict[str, float]:
    """Type into a cell of the first row of the first table, and enter it; return the milliseconds as ``edit`` does."""
    box = Person(page).open_cell(column, 0)
    box.fill(text)
    page.evaluate(WATCH, ["keydown", where, ""])
    box.press("Enter")
    return times(page)


def times(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.wait_for_function(DONE, timeout=30_000).json_value()
    page.wait_for_selector(READY)
    return found


def change(page: Page, title: str, where: str) -> dict[str, float]:
    """Follow a link of the side panel; return the milliseconds until its content was painted, and until all was."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True)
    page.evaluate(WATCH, ["click", where, title])
    link.click()
    return times(page)


def words(taken: list[float], beside: list[float]) -> str:
    ratio = median(taken) / median(beside)
    return f"{ratio:.2f} x ({median(taken):,.0f} ms, {min(taken):,.0f} to {max(taken):,.0f})"


def test_an_edit_and_a_page_change(figures: Figures, servers: Servers, browser: Browser) -> None:
    trivial, pages = show(browser, servers.trivial.address), show(browser, servers.pages.address)
    app = {each.page: show(browser, f"{servers.app.address}/{each.page}{each.opened(servers.app)}") for each in EDITS}
    moving = show(browser, f"{servers.app.address}/organisation{work(servers.app)}")
    idle, idle_moving = show(browser, f"{servers.idle.address}/idle"), show(browser, servers.idle.address)
    least: list[float] = []
    turned: list[float] = []
    nothing: list[float] = []
    moved: list[float] = []
    taken: dict[str, list[dict[str, float]]] = {}
    for turn in range(-2, ROUNDS):
        one = edit(trivial, "input", f"{turn}", TRIVIAL)["result"]
        two = change(pages, ("Second", "First")[turn % 2], TRIVIAL)["result"]
        three = edit(idle, ".st-key-field-0-0 input", f"{turn + 2}", RESULT)["result"]
        four = change(idle_moving, "Idle", RESULT)["result"]
        change(idle_moving, "Other", TRIVIAL)
        found = {each.page: edit(app[each.page], each.field, each.typed(turn + 2), RESULT) for each in EDITS}
        found |= {title: change(moving, title, where) for title, where in (*CHANGES[1:], CHANGES[0])}
        if turn < 0:  # the first turns fetch what the later ones have
            continue
        least.append(one)
        turned.append(two)
        nothing.append(three)
        moved.append(four)
        for name, both in found.items():
            taken.setdefault(name, []).append(both)
    figures.add("an edit on a page of one field, Enter to the new text", f"{median(least):,.0f} ms")
    figures.add("a page change of an app of two lines", words(turned, least))
    figures.add("an edit on a page of as many elements as Contracts, without work", words(nothing, least))
    figures.add("to a page of as many elements as Contracts, without work", words(moved, least))
    for each in EDITS:
        results = [every["result"] for every in taken[each.page]]
        figures.add(f"an edit on {each.title}, Enter to the new result", words(results, least), "1.6 x")
        whole = [every["whole"] for every in taken[each.page]]
        figures.add("  until nothing is left to draw", words(whole, least))
    for title, _ in CHANGES:
        results = [every["result"] for every in taken[title]]
        figures.add(f"to {title}, click to its first content", words(results, least), "2 x")
        figures.add("  beside a page change of two lines", words(results, turned))
        figures.add("  until nothing is left to draw", words([every["whole"] for every in taken[title]], least))


def test_a_cell_of_a_table(figures: Figures, servers: Servers, browser: Browser) -> None:
    trivial = show(browser, servers.table.address)
    services = show(browser, f"{servers.app.address}/services{work(servers.app)}&services_part=Posts")
    least, taken = [], []
    for turn in range(-2, ROUNDS):
        one = edit_cell(trivial, 0, f"{turn + 5}", TRIVIAL)["result"]
        two = edit_cell(services, 2, f"0.{turn + 70}", RESULT)["result"]
        if turn >= 0:
            least.append(one)
            taken.append(two)
    figures.add("a cell of a page of one table, Enter to the new text", f"{median(least):,.0f} ms")
    figures.add("a cell of Services, Enter to the new result", words(taken, least), "1.6 x")


def test_the_first_paint(figures: Figures, servers: Servers, browser: Browser) -> None:
    def first(address: str, where: str) -> float:
        context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type] # a dictionary of two numbers
        context.add_init_script(FIRST % json.dumps(where))
        page = context.new_page()
        page.goto(address)
        found: float = page.wait_for_function("() => window.fmFirst", timeout=30_000).json_value()
        context.close()
        return found

    least, start, compared = [], [], []
    for _ in range(7):
        least.append(first(servers.trivial.address, TRIVIAL))
        start.append(first(servers.app.address, "p.fm"))
        compared.append(first(f"{servers.app.address}/compare{work(servers.app)}", "ul.fm-headlines"))
    figures.add("the first paint of a page of one field", f"{median(least):,.0f} ms")
    figures.add("the first paint of Start", words(start, least), "1.5 x")
    figures.add("the first paint of Compare contracts with saved work", words(compared, least), "1.5 x")


def test_twenty_people_at_once(figures: Figures, servers: Servers) -> None:
    server, each = servers.app, EDITS[2]
    alone = Visitor(server.address, each.page, each.opened(server))
    alone.fill(each.place, "12")
    taken = [alone.fill(each.place, each.typed(turn)) for turn in range(ROUNDS)]
    before = megabytes(server)
    everyone = [Visitor(server.address, each.page, each.opened(server)) for _ in range(PEOPLE)]
    figures.add(
        "memory of the server for each idle visitor", f"{(megabytes(server) - before) / PEOPLE:.1f} MB", "15 MB"
    )

    def edits(place: int) -> list[float]:
        pace, pause = Random(place), Event()  # noqa: S311 - when people type is no secret
        found = []
        for turn in range(EDITS_EACH):
            pause.wait(pace.uniform(*BETWEEN_EDITS))
            found.append(everyone[place].fill(each.place, each.typed(turn)))
            assert everyone[place].reads("At once")
        return found

    used, began = processor_seconds(server), time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as pool:
        together = [seconds for found in pool.map(edits, range(PEOPLE)) for seconds in found]
    busy = (processor_seconds(server) - used) / (time.monotonic() - began)
    with ThreadPoolExecutor(PEOPLE) as pool:
        at_once = list(pool.map(lambda person: person.fill(each.place, "35"), everyone))
    failures = [words for person in (alone, *everyone) for words in person.failures]
    for person in (alone, *everyone):
        person.close()
    assert failures == []
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    one, many = [1_000 * seconds for seconds in taken], [1_000 * seconds for seconds in together]
    figures.add("an edit on Contracts side by side, answered by the server to one alone", f"{median(one):,.0f} ms")
    pace = f"{BETWEEN_EDITS[0]:.0f} to {BETWEEN_EDITS[1]:.0f} s apart"
    figures.add(f"  to each of {PEOPLE} who edit {pace} ({busy:.0%} of a core)", words(many, one), "3 x")
    figures.add(f"  to each of {PEOPLE} who press Enter in the same instant", words([1e3 * s for s in at_once], one))


def megabytes(server: Server) -> float:
    """Return the memory that a server's process holds."""
    return float(told(server, "rss=")) / MEGABYTE


def processor_seconds(server: Server) -> float:
    """Return the processor time that a server's process has used."""
    *days, clock = told(server, "cputimes=").split("-")
    return float(clock) + 86_400 * float(days[0] if days else 0)


def told(server: Server, what: str) -> str:
    assert server.process is not None
    command = ["ps", "-o", what, "-p", str(server.process.pid)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ}).stdout.strip()
