"""Pictures of the documentation, made from the app itself: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, expect, sync_playwright

from funding_model.ui.frame import TITLES
from tests.browser.conftest import FLAGS, chromium
from tests.browser.person import Person
from tests.browser.server import Server

DOCS: Final = Path(__file__).parents[2] / "docs"
FOLDER: Final = "pictures"
SIZE: Final = {"width": 1180, "height": 860}
PATIENCE: Final = 60_000
"""Milliseconds to wait for a page on a computer that is busy."""
EXAMPLE: Final = "One charity, five funders"
UNCERTAIN: Final = "Tender now, roll forward, or several years"
"""The example with ranges, for the page that is about them."""
PART_SHOWN: Final = {"organisation": "Everything else", "services": "Posts"}
"""The part that the picture shows of a page that shows one part at a time."""
SCROLLED_TO: Final = {
    "organisation": "Does everything add up?",
    "services": "Posts",
    "contracts": "All terms at a glance",
    "compare": "Cost and price by year",
}
"""Pages whose picture starts at a heading further down."""


def title_of(page: str) -> str:
    """Return the first heading of a page."""
    return {"start": "Funding model calculator", "about": "About this calculator"}.get(page, TITLES[page])


def take(browser: Browser, server: Server, docs: Path) -> None:
    """Take a picture of every page with an example open, and the one that the first page of the project shows."""
    context = browser.new_context(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
    person = Person(context.new_page())
    person.page.goto(server.address)
    person.open_example(EXAMPLE)
    for page in TITLES:
        if page != "how_sure":
            look_at(person, page)
            person.page.screenshot(path=docs / FOLDER / f"{page}.png")
    look_at(person, "compare", scrolled=False)
    person.page.screenshot(path=docs / "app.png")
    look_at(person, "start")
    person.open_example(UNCERTAIN)
    look_at(person, "how_sure")
    person.page.screenshot(path=docs / FOLDER / "how_sure.png")


def look_at(person: Person, page: str, *, scrolled: bool = True) -> None:
    """Go to a page, and wait until all of it is drawn."""
    person.go(page, title_of(page))
    if page in PART_SHOWN:
        person.show_part(page, PART_SHOWN[page])
    person.page.wait_for_load_state("networkidle")
    if scrolled and page in SCROLLED_TO:
        heading = person.page.get_by_role("heading", name=SCROLLED_TO[page])
        heading.evaluate("each => each.scrollIntoView({block: 'start'})")
        person.page.wait_for_load_state("networkidle")
    expect(person.page.get_by_test_id("stSkeleton")).to_have_count(0)
    person.settle()


def main(docs: Path = DOCS) -> None:
    """Start the app, take the pictures and stop it."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: make chromium")
    expect.set_options(timeout=PATIENCE)
    (docs / FOLDER).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            server.start()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                take(browser, server, docs)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
