"""Opening: another scenario in place of what is open, and everything erased."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from funding_model.store import Saved, new_id
from funding_model.ui import session
from funding_model.ui.entry.documents import Document, as_text, new_name
from funding_model.ui.state.drafts import SLIPS, TABLES, find_drafts, keep_drafts
from funding_model.ui.state.keeping import name_of, with_owner
from funding_model.ui.state.opened import DOCUMENT, current, document, keep
from funding_model.ui.stored import store
from funding_model.ui.workspace import Workspace

MINE: Final = "mine"
THEIRS: Final = "theirs"


def forget_drafts() -> None:
    """Forget what was typed, and both versions of a clash: they belong to what was open."""
    session.drop(SLIPS, TABLES, MINE, THEIRS)


def show(saved: Saved, said: str, workspace: Workspace | None = None) -> None:
    """Open a saved revision in place of what is open."""
    workspace = workspace or current()
    another = saved.id != workspace.scenario
    if another:
        workspace = replace(workspace, contracts=None, base="")
    forget_drafts()
    session.write(DOCUMENT, saved.document)
    if another:
        find_drafts(workspace.owner, saved.id)
    else:  # what was typed belongs to entries that may not be there any more
        keep_drafts(workspace)
    shown = workspace.at(saved).redrawn().saying(said)
    keep(shown)


def create(document: Document, what: str) -> None:
    """Keep a new scenario and open it."""
    workspace = current()
    if not workspace.owner:
        workspace = with_owner(workspace)
    saved = store().create(workspace.owner, as_text(document), name=name_of(document), what=what, by=workspace.by)
    show(saved, f"Opened {saved.name}. It is saved.", workspace)


def copy_scenario() -> None:
    """Keep a copy of the scenario that is open under a name of its own, and open it."""
    workspace = current()
    name = new_name(f"{workspace.name} (copy)", [each.name for each in store().scenarios(workspace.owner)])
    create({**document(), "name": name}, f"Copied from “{workspace.name}”")


def show_example(document: Document) -> None:
    """Let a first visitor look at a scenario; it is kept from the first change on."""
    session.write(DOCUMENT, as_text(document))
    keep(replace(current(), scenario=new_id(), name=name_of(document)))


def open_saved(scenario: str) -> None:
    """Open one of the visitor's saved scenarios."""
    saved = store().read(current().owner, scenario)
    if saved is not None:
        show(saved, f"Opened {saved.name}.")


def close() -> None:
    """Open nothing; what was open stays saved."""
    forget_drafts()
    workspace = current()
    shut = Workspace(owner=workspace.owner, by=workspace.by, fields=workspace.fields, tables=workspace.tables)
    keep(shut)


def erase_everything() -> None:
    """Erase all scenarios of the visitor with their history, for good, and begin anew."""
    workspace = current()
    store().erase_all(workspace.owner)
    forget_drafts()
    session.drop(DOCUMENT)
    anew = Workspace(fields=workspace.fields + 1, tables=workspace.tables + 1)
    keep(anew.saying("Everything that was kept under this address is erased."))
