"""Arriving: what the address of the page names is opened, and the address names what is open."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Final

import streamlit as st

from funding_model.ui import session
from funding_model.ui.state.drafts import find_drafts
from funding_model.ui.state.opened import DOCUMENT, current, keep
from funding_model.ui.state.opening import forget_drafts
from funding_model.ui.stored import store
from funding_model.ui.workspace import Workspace

WORK: Final = "work"
SCENARIO: Final = "scenario"
ADDRESS: Final = "address"
FAR_APART: Final = 10**9


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
        for name in (WORK, SCENARIO):  # what else it says is for the page to read
            st.query_params.pop(name, "")
    session.write(ADDRESS, _one_address(owner, scenario))


def _one_address(owner: str, scenario: str) -> str:
    return f"{owner} {scenario}"


def _arrive_at(workspace: Workspace, owner: str, scenario: str) -> None:
    # A browser that comes back to a server started anew still holds what was typed into the widgets it shows. Their
    # keys must be none of those, or a row that was added, and saved, would be added once more.
    fresh = Workspace(fields=secrets.randbelow(FAR_APART), tables=secrets.randbelow(FAR_APART))
    forget_drafts()
    if not store().knows(owner):
        keep(replace(fresh, lost=True))
        return
    saved = store().read(owner, scenario) if scenario else None
    found = replace(fresh, owner=owner, lost=bool(scenario) and saved is None, by=store().label(owner) or workspace.by)
    if saved is not None:
        session.write(DOCUMENT, saved.document)
        find_drafts(owner, saved.id)
        found = found.at(saved)
    keep(found)


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
