"""State: what one visitor is working on, as one immutable value, and every way in which it is changed and kept.

Widgets are drafts. What they say becomes part of the work through the functions here, which save it at once. Nothing
but text is kept in a session, so that it outlives a lost connection; the address of the page says whose work it is and
which scenario, so that a refresh finds it again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.store import Conflict, Saved, new_id
from funding_model.ui import session
from funding_model.ui.entry.documents import Document, as_text, new_name
from funding_model.ui.stored import store, what_changed
from funding_model.ui.workspace import Workspace

KEY: Final = "workspace"
DOCUMENT: Final = "document"
THEIRS: Final = "theirs"
MINE: Final = "mine"
SLIPS: Final = "slips"
TABLES: Final = "tables"
WORK: Final = "work"
SCENARIO: Final = "scenario"
ADDRESS: Final = "address"
FAR_APART: Final = 10**9


# What is open


def current() -> Workspace:
    """Return the visitor's workspace; one in which nothing is open on a first visit."""
    text = session.read(KEY)
    return Workspace() if text is None else Workspace.from_json(text)


def text() -> str:
    """Return the scenario that is open as text; empty for none."""
    return str(session.read(DOCUMENT, "")) if current().scenario else ""


def document() -> Document:
    """Return the scenario that is open as plain values, to be read and not to be changed."""
    found = text()
    return _parsed(found) if found else {}


@lru_cache(maxsize=64)
def _parsed(found: str) -> Document:
    parsed: Document = json.loads(found)
    return parsed


def _keep(workspace: Workspace) -> None:
    session.write(KEY, workspace.to_json())


def arrive() -> None:
    """Open what the address names, if the visitor has changed it; else name in the address what is open.

    Only this is said to the browser at the start of a run, and never while a change is being saved: telling the browser
    anything lets Streamlit end what runs.
    """
    workspace = current()
    owner, scenario = st.query_params.get(WORK, ""), st.query_params.get(SCENARIO, "")
    elsewhere = owner and (owner != workspace.owner or (scenario and scenario != workspace.scenario))
    if elsewhere and session.read(ADDRESS) != _one_address(owner, scenario):
        _arrive_at(workspace, owner, scenario)
    elif workspace.owner and (owner != workspace.owner or scenario != workspace.scenario):
        owner, scenario = workspace.owner, workspace.scenario
        _name_in_address(workspace)
    elif owner and not workspace.owner and not workspace.lost:
        owner = scenario = ""
        st.query_params.clear()
    session.write(ADDRESS, _one_address(owner, scenario))


def _one_address(owner: str, scenario: str) -> str:
    return f"{owner} {scenario}"


def _arrive_at(workspace: Workspace, owner: str, scenario: str) -> None:
    # A browser that comes back to a server started anew still holds what was typed into the widgets it shows. Their
    # keys must be none of those, or a row that was added, and saved, would be added once more.
    fresh = Workspace(fields=secrets.randbelow(FAR_APART), tables=secrets.randbelow(FAR_APART))
    _forget_drafts()
    if not store().knows(owner):
        _keep(replace(fresh, lost=True))
        return
    saved = store().read(owner, scenario) if scenario else None
    found = replace(fresh, owner=owner, lost=bool(scenario) and saved is None, by=store().label(owner) or workspace.by)
    if saved is not None:
        session.write(DOCUMENT, saved.document)
        _find_drafts(owner, saved.id)
        found = found.at(saved)
    _keep(found)


def address() -> dict[str, str]:
    """Return what the address of a page says of what is open."""
    workspace = current()
    return {WORK: workspace.owner, SCENARIO: workspace.scenario}


def _name_in_address(workspace: Workspace) -> None:
    st.query_params[WORK] = workspace.owner
    if workspace.scenario:
        st.query_params[SCENARIO] = workspace.scenario
    elif SCENARIO in st.query_params:
        del st.query_params[SCENARIO]


def _forget_drafts() -> None:
    session.drop(SLIPS, TABLES, MINE, THEIRS)


def _show(saved: Saved, said: str, workspace: Workspace | None = None) -> None:
    """Open a saved revision in place of what is open."""
    workspace = workspace or current()
    another = saved.id != workspace.scenario
    if another:
        workspace = replace(workspace, contracts=None, base="")
    _forget_drafts()
    session.write(DOCUMENT, saved.document)
    if another:
        _find_drafts(workspace.owner, saved.id)
    else:  # what was typed belongs to entries that may not be there any more
        _keep_drafts(workspace)
    shown = workspace.at(saved).redrawn().saying(said)
    _keep(shown)


# Opening and creating


def create(document: Document, what: str) -> None:
    """Keep a new scenario and open it."""
    workspace = current()
    if not workspace.owner:
        workspace = _with_owner(workspace)
    saved = store().create(workspace.owner, as_text(document), name=_name(document), what=what, by=workspace.by)
    _show(saved, f"Opened {saved.name}. It is saved.", workspace)


def copy_scenario() -> None:
    """Keep a copy of the scenario that is open under a name of its own, and open it."""
    workspace = current()
    name = new_name(f"{workspace.name} (copy)", [each.name for each in store().scenarios(workspace.owner)])
    create({**document(), "name": name}, f"Copied from “{workspace.name}”")


def show_example(document: Document) -> None:
    """Let a first visitor look at a scenario; it is kept from the first change on."""
    session.write(DOCUMENT, as_text(document))
    _keep(replace(current(), scenario=new_id(), name=_name(document)))


def _keep_example(workspace: Workspace) -> Workspace:
    """Keep the example as it was shown, so that the change that follows can be undone."""
    workspace = _with_owner(workspace)
    name, what = workspace.name, f"Opened the example “{workspace.name}”"
    saved = store().create(workspace.owner, text(), name=name, what=what, by=workspace.by, scenario=workspace.scenario)
    return workspace.at(saved)


def _with_owner(workspace: Workspace) -> Workspace:
    """Return the workspace with an owner of its own, who bears the label that was typed before there was one."""
    owner = store().new_owner()
    if workspace.by:
        store().set_label(owner, workspace.by)
    return replace(workspace, owner=owner)


def is_first_visit() -> bool:
    """Return whether nothing has been opened yet, by the visitor or by the address."""
    return not session.holds(KEY)


def open_saved(scenario: str) -> None:
    """Open one of the visitor's saved scenarios."""
    saved = store().read(current().owner, scenario)
    if saved is not None:
        _show(saved, f"Opened {saved.name}.")


def close() -> None:
    """Open nothing; what was open stays saved."""
    _forget_drafts()
    workspace = current()
    shut = Workspace(owner=workspace.owner, by=workspace.by, fields=workspace.fields, tables=workspace.tables)
    _keep(shut)


def erase_everything() -> None:
    """Erase all scenarios of the visitor with their history, for good, and begin anew."""
    workspace = current()
    store().erase_all(workspace.owner)
    _forget_drafts()
    session.drop(DOCUMENT)
    anew = Workspace(fields=workspace.fields + 1, tables=workspace.tables + 1)
    _keep(anew.saying("Everything that was kept under this address is erased."))


# Saving


def save(changed: Document, what: str = "", *, fields_stale: bool = True, tables_stale: bool = True) -> None:
    """Save a changed document at once; where another tab has saved meanwhile, keep both to choose from.

    Where it cannot be saved, the page goes on with the change, says so, and saves it with the next one.

    Args:
        changed: The whole document after the change.
        what: What was done, in words; worked out from the documents when left out.
        fields_stale: Whether the fields on the page have to be drawn anew.
        tables_stale: Whether the tables on the page have to be drawn anew.
    """
    workspace, before, after = current(), text(), as_text(changed)
    if not workspace.scenario or (after == before and not workspace.unsaved):
        return
    said = what or what_changed(before, after)
    try:
        if not workspace.is_kept:
            workspace = _keep_example(workspace)
            _keep(workspace)
        result = store().save(
            workspace.owner,
            workspace.scenario,
            after,
            expected=workspace.revision,
            name=_name(changed),
            what=said,
            by=workspace.by,
        )
        if result is None:  # deleted in another tab
            result = store().create(workspace.owner, after, name=_name(changed), what=said, by=workspace.by)
    except ProblemsError as error:
        session.write(DOCUMENT, after)
        _keep(replace(workspace, unsaved=str(error)).saying(f"Not saved. {error}"))
        return
    if isinstance(result, Conflict):
        _keep_both(after, result)
        return
    session.write(DOCUMENT, after)
    if fields_stale and tables_stale:  # entries may stand at other places now, and drafts belong to places
        session.drop(SLIPS, TABLES)
        _keep_drafts(workspace)
    saved = workspace.at(result).saying(f"Saved. {said}")
    _keep(replace(saved, fields=saved.fields + int(fields_stale), tables=saved.tables + int(tables_stale)))


def _name(document: Document) -> str:
    return str(document.get("name") or "Scenario without a name")


def edit(change: Callable[..., Document], *arguments: Any, what: str = "") -> None:  # noqa: ANN401 - as the change takes
    """Save the document as a function of ``entry.documents`` changes it: for the buttons of a page."""
    save(change(document(), *arguments), what)


def _keep_both(mine: str, conflict: Conflict) -> None:
    session.write(MINE, mine)
    session.write(THEIRS, conflict.theirs.document)
    _keep(
        replace(current(), clash=conflict.theirs.revision).saying("Not saved: another tab has changed this scenario.")
    )


def clash() -> tuple[str, str] | None:
    """Return the text of this tab's version and of the other's, while there is a clash."""
    if not current().clash:
        return None
    return str(session.read(MINE, "")), str(session.read(THEIRS, ""))


def keep_mine() -> None:
    """End a clash with this tab's version; the other stays in the history."""
    workspace, both = current(), clash()
    if both is None:
        return
    mine, theirs = both
    result = store().save(
        workspace.owner,
        workspace.scenario,
        mine,
        expected=workspace.clash,
        name=_name(json.loads(mine)),
        what=f"Kept this version over another: {what_changed(theirs, mine)}",
        by=workspace.by,
    )
    if isinstance(result, Conflict):
        _keep_both(mine, result)
    elif result is not None:
        _show(result, "Saved. Your version was kept; the other is in the history.")


def keep_theirs() -> None:
    """End a clash with the other tab's version."""
    workspace = current()
    saved = store().read(workspace.owner, workspace.scenario)
    if saved is not None:
        _show(saved, "The other version is open. What you had typed was not saved.")


def _step(result: Saved | Conflict | None, said: str) -> None:
    if isinstance(result, Conflict):
        _keep_both(text(), result)
    elif result is not None:
        _show(result, said)


def undo() -> None:
    """Take back the last change."""
    workspace = current()
    result = store().undo(workspace.owner, workspace.scenario, expected=workspace.revision, by=workspace.by)
    _step(result, "The last change was undone.")


def redo() -> None:
    """Make the change again that was undone last."""
    workspace = current()
    result = store().redo(workspace.owner, workspace.scenario, expected=workspace.revision, by=workspace.by)
    _step(result, "The change was made again.")


def restore(revision: int) -> None:
    """Bring back an earlier version; what stood after it stays in the history."""
    workspace = current()
    result = store().restore(
        workspace.owner, workspace.scenario, revision, expected=workspace.revision, by=workspace.by
    )
    _step(result, f"Version {revision} is back.")


# What was chosen


def choose(contracts: Sequence[str], base: str) -> None:
    """Choose the contracts to compare, and the one they are compared with."""
    _keep(replace(current(), contracts=tuple(contracts), base=base))


def sign(by: str) -> None:
    """Choose the label under which changes stand in the history; it is there again when the visitor comes back."""
    workspace = replace(current(), by=" ".join(by.split())[:120])
    if workspace.owner:
        store().set_label(workspace.owner, workspace.by)
    _keep(workspace)


def say(said: str) -> None:
    """Announce something to those who do not see the page."""
    _keep(current().saying(said))


# Drafts: what was typed and could not be understood, and the tables as they were first shown


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
    _keep_drafts(current())


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
        _keep_drafts(current())


def _keep_drafts(workspace: Workspace) -> None:
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
            workspace = _keep_example(workspace)
            _keep(workspace)
        if drafts or store().drafts(workspace.owner, workspace.scenario):
            store().keep_drafts(workspace.owner, workspace.scenario, drafts)
    except ProblemsError as error:  # it stays on the page, and goes with the next change
        _keep(current().saying(f"What you typed is not kept yet. {error}"))


def _find_drafts(owner: str, scenario: str) -> None:
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


def entered(key: str) -> Any:  # noqa: ANN401 - what a widget holds depends on the widget
    """Return what a widget holds now; None when it is not on the page."""
    return session.read(key)


def is_on_page(key: str) -> bool:
    """Return whether a widget of this key was on the page in the run before."""
    return session.holds(key)


def put(key: str, value: str | int) -> None:
    """Let a widget hold a value: what was understood in place of what was typed, or what was just added."""
    session.write(key, value)


def put_away(key: str) -> None:
    """Let a widget start anew."""
    session.drop(key)
