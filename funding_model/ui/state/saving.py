"""Saving: every change at once, under the label of who made it, and undone or made again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from funding_model.problems import ProblemsError
from funding_model.store import Conflict, Saved
from funding_model.ui import session
from funding_model.ui.entry.documents import Document, as_text
from funding_model.ui.state.clashes import keep_both
from funding_model.ui.state.drafts import SLIPS, TABLES, keep_drafts
from funding_model.ui.state.keeping import keep_example, name_of
from funding_model.ui.state.opened import DOCUMENT, current, document, keep, text
from funding_model.ui.state.opening import show
from funding_model.ui.stored import store, what_changed
from funding_model.ui.workspace import REDONE, UNDONE


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
            workspace = keep_example(workspace)
            keep(workspace)
        result = store().save(
            workspace.owner,
            workspace.scenario,
            after,
            expected=workspace.revision,
            name=name_of(changed),
            what=said,
            by=workspace.by,
        )
        if result is None:  # deleted in another tab
            result = store().create(workspace.owner, after, name=name_of(changed), what=said, by=workspace.by)
    except ProblemsError as error:
        session.write(DOCUMENT, after)
        keep(replace(workspace, unsaved=str(error)).saying(f"Not saved. {error}"))
        return
    if isinstance(result, Conflict):
        keep_both(after, result)
        return
    session.write(DOCUMENT, after)
    if fields_stale and tables_stale:  # entries may stand at other places now, and drafts belong to places
        session.drop(SLIPS, TABLES)
        keep_drafts(workspace)
    saved = workspace.at(result).saying(f"Saved. {said}")
    keep(replace(saved, fields=saved.fields + int(fields_stale), tables=saved.tables + int(tables_stale)))


def edit(change: Callable[..., Document], *arguments: Any, what: str = "") -> None:  # noqa: ANN401 - as the change takes
    """Save the document as a function of ``entry.documents`` changes it: for the buttons of a page."""
    save(change(document(), *arguments), what)


def sign(by: str) -> None:
    """Choose the label under which changes stand in the history; it is there again when the visitor comes back."""
    workspace = replace(current(), by=" ".join(by.split())[:120])
    if workspace.owner:
        store().set_label(workspace.owner, workspace.by)
    keep(workspace)


def _step(result: Saved | Conflict | None, said: str) -> None:
    if isinstance(result, Conflict):
        keep_both(text(), result)
    elif result is not None:
        show(result, f"{said} {what_changed(text(), result.document)}".strip())


def undo() -> None:
    """Take back the last change."""
    workspace = current()
    result = store().undo(workspace.owner, workspace.scenario, expected=workspace.revision, by=workspace.by)
    _step(result, UNDONE)


def redo() -> None:
    """Make the change again that was undone last."""
    workspace = current()
    result = store().redo(workspace.owner, workspace.scenario, expected=workspace.revision, by=workspace.by)
    _step(result, REDONE)


def restore(revision: int) -> None:
    """Bring back an earlier version; what stood after it stays in the history."""
    workspace = current()
    result = store().restore(
        workspace.owner, workspace.scenario, revision, expected=workspace.revision, by=workspace.by
    )
    _step(result, f"Version {revision} is back.")
