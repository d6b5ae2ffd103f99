"""The report in a real browser: made and taken away in the app, and the page that is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from funding_model.report.paper.page import html_of
from tests.browser.person import Person, violations
from tests.report.paper.reading import library_paper
from tests.report.paper.test_page import hostile_paper

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 1600}
WIDE = {"width": 1280, "height": 2000}
MAKING = 120_000
Visit = Callable[..., Page]


def test_a_report_is_made_looked_at_and_taken_away(visit: Visit, address: str, tmp_path: Path) -> None:
    person = Person(visit(address))
    page = person.page
    person.open_example("Family support hub")
    person.go("report", "Report")
    page.get_by_role("button", name="Make the report").click()
    preview = page.frame_locator("iframe[title^='Preview of the report']")
    expect(preview.get_by_role("heading", name="The question")).to_be_visible(timeout=MAKING)
    person.settle()
    assert violations(page) == []
    for button, start in (
        ("The report to print and read (PDF)", b"%PDF-"),
        ("The report to edit (Word)", b"PK\x03\x04"),
        ("The report as one page to send (HTML)", b"<!DOCTYPE html>"),
    ):
        with page.expect_download(timeout=MAKING) as waiting:
            page.get_by_role("button", name=button).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name.startswith("Family_support_hub_report.")
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", WIDE), ("light", NARROW)], ids=["light", "dark", "narrow"]
)
def test_axe_finds_nothing_in_the_page_that_is_sent(
    visit: Visit, scheme: str, size: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(html_of(library_paper("family_support_hub")))
    page = visit(path.as_uri(), size=size, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 25, 29)")


def test_hostile_names_do_nothing_in_a_browser(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(html_of(hostile_paper()))
    page = visit(path.as_uri())
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    assert said == []
