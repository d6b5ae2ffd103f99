"""Drafts: what was typed and could not be understood, and the tables as they were first shown."""

from __future__ import annotations

import json
from typing import Any, Final

from funding_model.problems import ProblemsError
from funding_model.ui import session
from funding_model.ui.state.keeping import keep_example
from funding_model.ui.state.opened import current, keep
from funding_model.ui.stored import store
from funding_model.ui.workspace import Workspace

SLIPS: Final = "slips"
TABLES: Final = "tables"


def slip(place: str) -> str | None:
    """Return what was typed at a place and was not understood; None when there is nothing."""
    found = json.loads(session.read(SLIPS, "{}")).get(place)
    return None if found is None else str(found)


def keep_slip(place: str, typed: str | None) -> None:
    """Keep what was typed at a place and was not understood; None when it is settled."""
    slips = json.loads(session.read(SLIPS, "{}"))
    if slips.get(place) == typed:
        return
    slips.pop(place, None)
    if typed is not None:
        slips[place] = typed
    session.write(SLIPS, json.dumps(slips))
    keep_drafts(current())


def not_understood() -> list[str]:
    """Return where something was typed that was not understood: places of fields, and of tables or their captions."""
    tables = json.loads(session.read(TABLES, "{}"))
    return [*json.loads(session.read(SLIPS, "{}")), *(place for place, kept in tables.items() if kept.get("slips"))]


def table(place: str) -> dict[str, Any]:
    """Return what is kept of a table: how it was first shown, and what of it was not understood."""
    found: dict[str, Any] = json.loads(session.read(TABLES, "{}")).get(place, {})
    return found


def keep_table(place: str, kept: dict[str, Any]) -> None:
    """Keep how a table was first shown, and what of it was not understood."""
    tables = json.loads(session.read(TABLES, "{}"))
    before = tables.get(place, {}).get("slips") or []
    tables[place] = kept
    session.write(TABLES, json.dumps(tables))
    if before != (kept.get("slips") or []):
        keep_drafts(current())


def keep_drafts(workspace: Workspace) -> None:
    """Keep what was typed and not understood beside the scenario, so that a refresh finds it again."""
    slips = json.loads(session.read(SLIPS, "{}"))
    tables = {
        place: kept["slips"] for place, kept in json.loads(session.read(TABLES, "{}")).items() if kept.get("slips")
    }
    drafts = json.dumps({"fields": slips, "tables": tables}) if slips or tables else ""
    try:
        if not workspace.is_kept:
            if not drafts:
                return
            workspace = keep_example(workspace)
            keep(workspace)
        if drafts or store().drafts(workspace.owner, workspace.scenario):
            store().keep_drafts(workspace.owner, workspace.scenario, drafts)
    except ProblemsError as error:  # it stays on the page, and goes with the next change
        keep(current().saying(f"What you typed is not kept yet. {error}"))


def find_drafts(owner: str, scenario: str) -> None:
    """Put what was typed and not understood where pages look for it."""
    drafts = store().drafts(owner, scenario)
    if drafts:
        found = json.loads(drafts)
        tables = {
            place: {"drawn": -1, "mount": 0, "rows": [], "cells": [], "slips": slips}
            for place, slips in found["tables"].items()
        }
        session.write(SLIPS, json.dumps(found["fields"]))
        session.write(TABLES, json.dumps(tables))
