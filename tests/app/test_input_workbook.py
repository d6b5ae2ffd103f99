"""The input workbook in the app: it opens like any file, its slips are listed by cell, and it is offered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from funding_model.scenario.library import load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.workbook.drawing import blank_workbook, scenario_workbook
from funding_model.ui.evaluation import WORKBOOK
from funding_model.ui.evaluation import scenario_workbook as offered
from funding_model.ui.workspace import Workspace
from tests.scenario.workbook.by_hand import content, typed

Tables = dict[str, list[list[str]]]


def offers(app: AppTest) -> list[str]:
    return [button.label for button in app.download_button]


def test_a_filled_workbook_opens_and_is_saved(
    app: AppTest, workspace: Callable[[AppTest], Workspace], document: Callable[[AppTest], dict[str, Any]]
) -> None:
    scenario, _ = load_library("short_breaks")
    assert scenario is not None
    app.file_uploader[0].upload("filled.xlsx", scenario_workbook(scenario), WORKBOOK).run()
    assert not app.exception
    assert not app.error
    assert workspace(app).name == scenario.name
    assert document(app) == scenario.model_dump(mode="json")


def test_slips_in_a_workbook_are_listed_by_sheet_and_cell(
    hub: AppTest, document: Callable[[AppTest], dict[str, Any]], tables: Callable[[AppTest], Tables]
) -> None:
    before = document(hub)
    scenario, _ = load_library("short_breaks")
    assert scenario is not None
    book = typed({"Posts": {"D7": "half", "C7": -1}}, scenario_workbook(scenario))
    hub.file_uploader[0].upload("slips.xlsx", content(book), WORKBOOK).run()
    assert not hub.exception
    assert document(hub) == before
    rows = next(rows for caption, rows in tables(hub).items() if caption.startswith("What is wrong"))
    assert [row[0] for row in rows[1:]] == ["Posts, cell C7", "Posts, cell D7"]
    assert all(row[2] for row in rows[1:])


def test_what_is_called_a_workbook_and_is_none_is_told_by_its_name(
    hub: AppTest, tables: Callable[[AppTest], Tables]
) -> None:
    hub.file_uploader[0].upload("broken.xlsx", b"name: a\n", WORKBOOK).run()
    assert not hub.exception
    rows = next(rows for caption, rows in tables(hub).items() if caption.startswith("What is wrong"))
    assert rows[1][1] == "it is called .xlsx, but is no workbook."
    assert rows[1][2].startswith("Open it in Excel or LibreOffice, save it as .xlsx")


def test_a_blank_workbook_is_offered_where_work_begins(app: AppTest) -> None:
    labels = offers(app)
    assert "Download a blank workbook to fill in (Excel)" in labels
    app.file_uploader[0].upload("blank.xlsx", blank_workbook(), WORKBOOK).run()
    assert not app.exception
    assert any("blank.xlsx was not opened" in error.value.replace("\\", "") for error in app.error)


def test_the_scenario_is_offered_as_a_workbook(hub: AppTest) -> None:
    hub.switch_page("funding_model/ui/pages/download.py").run()
    assert not hub.exception
    assert "The scenario as a workbook to fill in (Excel)" in offers(hub)


def test_the_workbook_taken_away_holds_what_is_open(
    hub: AppTest, document: Callable[[AppTest], dict[str, Any]]
) -> None:

    scenario, problems = load_text(offered(json.dumps(document(hub))))
    assert problems == []
    assert scenario is not None
    assert scenario.model_dump(mode="json") == document(hub)
    assert offered(json.dumps({"name": "half"})) == b""
