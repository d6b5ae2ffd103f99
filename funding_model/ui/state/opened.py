"""Opened: which work is open in this session, and what was chosen from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from funding_model.ui import session
from funding_model.ui.entry.documents import Document
from funding_model.ui.workspace import Workspace

KEY: Final = "workspace"
DOCUMENT: Final = "document"


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


def keep(workspace: Workspace) -> None:
    """Go on with a workspace."""
    session.write(KEY, workspace.to_json())


def is_first_visit() -> bool:
    """Return whether nothing has been opened yet, by the visitor or by the address."""
    return not session.holds(KEY)


def choose(contracts: Sequence[str], base: str) -> None:
    """Choose the contracts to compare, and the one they are compared with."""
    keep(replace(current(), contracts=tuple(contracts), base=base))


def say(said: str) -> None:
    """Announce something to those who do not see the page."""
    keep(current().saying(said))
