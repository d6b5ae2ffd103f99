"""The user guide is kept true: every page, heading, button and setting of the app stands in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.ui import stored
from funding_model.ui.attending import AGAIN
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.frame import SECTIONS, TITLES
from tests.app.headings import headings

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
WORDS = " ".join(GUIDE.split())
OWN_NAMES = re.compile(r"^(Copy this size to|Take back:)")
"""Labels that hold what was entered are in the guide by their beginning."""


def section(title: str) -> str:
    return " ".join(GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0].split())


@pytest.mark.parametrize(("name", "title"), TITLES.items())
def test_every_page_has_a_section_with_its_picture(name: str, title: str) -> None:
    assert f"![The page {title}](pictures/{name}.png)" in section(title)
    assert (ROOT / "docs" / "pictures" / f"{name}.png").stat().st_size > 10_000


def test_pages_stand_in_the_order_of_the_work() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    assert headings == [*TITLES.values(), "Settings"]


def test_the_parts_of_the_side_panel_are_named_in_their_order() -> None:
    places = [WORDS.index(f"**{section}**") for section in SECTIONS if section]
    assert places == sorted(places)
    assert set(TITLES) == {path.stem for path in (ROOT / "funding_model" / "ui" / "pages").glob("*.py")}


def test_every_picture_is_of_a_page() -> None:
    assert {path.stem for path in (ROOT / "docs" / "pictures").glob("*.png")} == set(TITLES)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("FUNDING_MODEL_DATABASE_URL", f"sqlite:///{tmp_path / 'work.sqlite3'}")
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return opened.button(key="open-example").click().run()


@pytest.mark.parametrize(("name", "part"), [(name, part) for name in TITLES for part in PARTS.get(name, [""])])
def test_every_heading_and_button_of_a_page_stands_in_its_section(name: str, part: str, app: AppTest) -> None:
    app.switch_page(f"funding_model/ui/pages/{name}.py").run()
    text = section(TITLES[name])
    if part:
        app.radio(key=f"{name}_part").set_value(part).run()
        assert part in text
    assert not app.exception
    assert headings(app, 1), "a page that shows nothing would name nothing"
    for heading in headings(app, 2, 3):
        assert heading in text, heading
    for button in app.button:
        if not OWN_NAMES.match(button.label) and not str(button.key).startswith(("Move", "Copy-", "Delete-", AGAIN)):
            assert button.label in WORDS, button.label
    stored.store().close()
    stored.opened.cache_clear()


def test_every_setting_stands_in_the_guide() -> None:
    own = {
        name
        for path in (ROOT / "funding_model").rglob("*.py")
        for name in re.findall(r'"(FUNDING_MODEL_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert own
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    names = {f"{group}.{name}" for group, values in config.items() if group != "theme" for name in values} | {"theme"}
    settings = section("Settings")
    assert [name for name in sorted(own | names) if f"`{name}`" not in settings] == []
