"""Past: the history of the scenario that is open, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from funding_model.report.words import NOTHING
from funding_model.store import Version
from funding_model.ui import state
from funding_model.ui.html import Group, Row, Table
from funding_model.ui.stored import differences, store
from funding_model.ui.tables import differences_in_words


def moment_words(moment: datetime) -> str:
    """Return a moment in the visitor's own time: ``22 November 2026, 14:05``."""
    zone = st.context.timezone
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def versions_table(versions: Sequence[Version]) -> Table:
    """Return the history as a table."""
    rows = tuple(
        Row(
            str(version.revision),
            (moment_words(version.changed_at), version.by or NOTHING, version.what, version.version_name or NOTHING),
        )
        for version in versions
    )
    return Table(
        "Every change, the newest first",
        ("Version", "When", "By", "What changed", "Name"),
        (Group("", rows),),
        words=True,
    )


def version_label(version: Version) -> str:
    """Return a version as it is offered: its number, name or change, and time."""
    return f"{version.revision}: {version.version_name or version.what} ({moment_words(version.changed_at)})"


def differences_from_now(revision: int) -> Table:
    """Return what bringing a version back would change."""
    workspace = state.current()
    saved = store().version(workspace.owner, workspace.scenario, revision)
    found = [] if saved is None else differences(state.text(), saved.document)
    return differences_in_words("What bringing it back would change", found or ["Nothing: it is the same."])


def bring_back(chosen: str) -> None:
    """Bring the version back that a list holds when the button is pressed, by the key of the list."""
    state.restore(state.entered(chosen))


def name_version(revision: int, key: str) -> None:
    """Give a version the name that was typed."""
    workspace = state.current()
    name = str(state.entered(key) or "").strip()
    store().name_version(workspace.owner, workspace.scenario, revision, name)
    state.say(f"Version {revision} is called {name}." if name else f"Version {revision} has no name now.")


def sign(key: str) -> None:
    """Take the label under which changes are to stand in the history."""
    state.sign(str(state.entered(key) or ""))
    state.say("Your changes are marked with this label from now on.")
