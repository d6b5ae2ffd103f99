"""Pictures of the documentation, made from the app itself: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from funding_model.ui.frame import TITLES
from tests.browser.conftest import FLAGS, chromium
from tests.browser.person import Person
from tests.browser.server import Server

DOCS: Final = Path(__file__).parents[2] / "docs"
FOLDER: Final = "pictures"
SIZE: Final = {"width": 1180, "height": 860}
EXAMPLE: Final = "One charity, five funders"
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
        person.go(page, title_of(page))
        person.page.wait_for_load_state("networkidle")
        if page in SCROLLED_TO:
            heading = person.page.get_by_role("heading", name=SCROLLED_TO[page])
            heading.evaluate("each => each.scrollIntoView({block: 'start'})")
            person.page.wait_for_load_state("networkidle")
        person.page.screenshot(path=docs / FOLDER / f"{page}.png")
    person.go("compare", title_of("compare"))
    person.page.wait_for_load_state("networkidle")
    person.page.screenshot(path=docs / "app.png")


def main(docs: Path = DOCS) -> None:
    """Start the app, take the pictures and stop it."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: make system-parts")
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
