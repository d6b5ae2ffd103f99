"""Clashes: another tab has changed the scenario meanwhile; both versions are kept to choose from."""

from __future__ import annotations

import json
from dataclasses import replace

from funding_model.store import Conflict
from funding_model.ui import session
from funding_model.ui.state.keeping import name_of
from funding_model.ui.state.opened import current, keep
from funding_model.ui.state.opening import MINE, THEIRS, show
from funding_model.ui.stored import store, what_changed


def keep_both(mine: str, conflict: Conflict) -> None:
    """Keep both versions where another tab has saved meanwhile, until one of them is chosen."""
    session.write(MINE, mine)
    session.write(THEIRS, conflict.theirs.document)
    keep(replace(current(), clash=conflict.theirs.revision).saying("Not saved: another tab has changed this scenario."))


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
        name=name_of(json.loads(mine)),
        what=f"Kept this version over another: {what_changed(theirs, mine)}",
        by=workspace.by,
    )
    if isinstance(result, Conflict):
        keep_both(mine, result)
    elif result is not None:
        show(result, "Saved. Your version was kept; the other is in the history.")


def keep_theirs() -> None:
    """End a clash with the other tab's version."""
    workspace = current()
    saved = store().read(workspace.owner, workspace.scenario)
    if saved is not None:
        show(saved, "The other version is open. What you had typed was not saved.")
