"""What the tests of the app share: the app itself, run without a browser, and a reader of its tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.ui import stored
from funding_model.ui.state import DOCUMENT, KEY
from funding_model.ui.workspace import Workspace

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


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep the work of each test in a file of its own."""
    path = tmp_path / "work.sqlite3"
    monkeypatch.setenv("FUNDING_MODEL_DATABASE_URL", f"sqlite:///{path}")
    yield path
    stored.store().close()
    stored.opened.cache_clear()


def start(**address: str) -> AppTest:
    """Open the app as a visitor does whose address holds this."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Open the app, at an address if one is given."""
    return start


@pytest.fixture
def app() -> AppTest:
    """The app as a first visitor finds it."""
    return start()


@pytest.fixture
def hub(app: AppTest) -> AppTest:
    """The app with an example open."""
    return open_example(app, "family_support_hub")


@pytest.fixture
def example() -> Callable[[AppTest, str], AppTest]:
    """Open an example of the library."""
    return open_example


def open_example(app: AppTest, identifier: str) -> AppTest:
    """Open an example of the library from the page Start."""
    app.selectbox(key="example").set_value(identifier).run()
    return app.button(key="open-example").click().run()


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


@pytest.fixture
def document() -> Callable[[AppTest], dict[str, Any]]:
    """Read the scenario that is open, as it is saved."""

    def read(app: AppTest) -> dict[str, Any]:
        opened = Workspace.from_json(app.session_state[KEY])
        saved = stored.store().read(opened.owner, opened.scenario)
        assert saved is not None
        assert saved.document == app.session_state[DOCUMENT]
        found: dict[str, Any] = json.loads(saved.document)
        return found

    return read


@pytest.fixture
def edit_table() -> Callable[..., AppTest]:
    """Change a table as a person does who types into its cells."""

    def edit(app: AppTest, place: str, **edits: Any) -> AppTest:  # noqa: ANN401 - as the table reports them
        table = next(each for each in app.dataframe if f"-{place}-" in each.proto.id)
        states = app._tree.get_widget_states()  # noqa: SLF001 - AppTest has no hand for tables of its own
        widget = states.widgets.add()
        widget.id = table.proto.id
        widget.string_value = json.dumps({"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits})
        return app._run(states)  # noqa: SLF001

    return edit


def html_of(app: AppTest) -> str:
    """Return all HTML of a page."""
    return "\n".join(element.proto.body for element in app.get("html"))
