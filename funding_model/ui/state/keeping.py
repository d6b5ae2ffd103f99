"""Keeping: whose work it is, and the example that is kept from the first change on."""

from __future__ import annotations

from dataclasses import replace

from funding_model.ui.entry.documents import Document
from funding_model.ui.state.opened import text
from funding_model.ui.stored import store
from funding_model.ui.workspace import Workspace


def with_owner(workspace: Workspace) -> Workspace:
    """Return the workspace with an owner of its own, who bears the label that was typed before there was one."""
    owner = store().new_owner()
    if workspace.by:
        store().set_label(owner, workspace.by)
    return replace(workspace, owner=owner)


def keep_example(workspace: Workspace) -> Workspace:
    """Keep the example as it was shown, so that the change that follows can be undone."""
    workspace = with_owner(workspace)
    name, what = workspace.name, f"Opened the example “{workspace.name}”"
    saved = store().create(workspace.owner, text(), name=name, what=what, by=workspace.by, scenario=workspace.scenario)
    return workspace.at(saved)


def name_of(document: Document) -> str:
    """Return what a scenario is called."""
    return str(document.get("name") or "Scenario without a name")
