"""What the tests of entries do on a page: open it at a part, and find its fields, drawers, tables and faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from funding_model.ui.entry.parts import PARTS

PEOPLE, _, _, CHANGES = PARTS["services"]
_, TERMS = PARTS["contracts"]
Document = Callable[[AppTest], dict[str, Any]]
Tables = Callable[[AppTest], dict[str, list[list[str]]]]
Edit = Callable[..., AppTest]
Visit = Callable[..., AppTest]


def open_page(app: AppTest, page: str, part: str = "") -> AppTest:
    app.switch_page(f"funding_model/ui/pages/{page}.py").run()
    if part:
        app.radio(key=f"{page}_part").set_value(part).run()
    assert not app.exception
    return app


def widget(elements: Any, place: str) -> Any:  # noqa: ANN401 - AppTest's elements
    return next(each for each in elements if str(each.key).rpartition("-")[0] == place)


def button(app: AppTest, start: str) -> Any:  # noqa: ANN401 - AppTest's elements
    return next(each for each in app.button if str(each.key).startswith(start))


def open_drawer(app: AppTest, start: str) -> AppTest:
    label = next(each.label for each in app.expander if each.label.startswith(start))
    app.session_state[f"drawer-{label}"] = True
    return app.run()


def table(shown: dict[str, list[list[str]]], start: str) -> list[list[str]]:
    return next(rows for caption, rows in shown.items() if caption.startswith(start))


def faults(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html") if '<p class="fm-fault' in each.proto.body)


def hub_scenario() -> Scenario:
    scenario, problems = load_library("family_support_hub")
    assert scenario is not None, problems
    return scenario


def table_headings(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))
