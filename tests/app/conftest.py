"""What the tests of the app share: the app itself, run without a browser, and a reader of its tables."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.ui.state import KEY, Workspace

APP = Path(__file__).parents[2] / "app.py"
Tables = dict[str, list[list[str]]]


class TableReader(HTMLParser):
    """Reads tables out of HTML: rows of cells by caption."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: Tables = {}
        self.caption = ""
        self.rows: list[list[str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the base
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = "cell"
        elif tag == "caption":
            self.inside = "caption"
        elif tag == "br" and self.inside == "cell":
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption"):
            self.inside = ""
        elif tag == "table":
            self.tables[self.caption] = self.rows

    def handle_data(self, data: str) -> None:
        if self.inside == "cell":
            self.rows[-1][-1] += data
        elif self.inside == "caption":
            self.caption += data


@pytest.fixture
def app() -> AppTest:
    """The app as a first visitor finds it."""
    return AppTest.from_file(str(APP), default_timeout=60).run()


@pytest.fixture
def tables() -> Callable[[AppTest], Tables]:
    """Read every table of a page."""

    def read(app: AppTest) -> Tables:
        reader = TableReader()
        reader.feed(html_of(app))
        return reader.tables

    return read


@pytest.fixture
def words() -> Callable[[AppTest], str]:
    """Read the HTML of a page as one text."""
    return html_of


@pytest.fixture
def workspace() -> Callable[[AppTest], Workspace]:
    """Read what the visitor is looking at."""
    return lambda app: Workspace.from_json(app.session_state[KEY])


def html_of(app: AppTest) -> str:
    """Return all HTML of a page."""
    return "\n".join(element.proto.body for element in app.get("html"))
