"""Stored: the one place of saved work in this process, and what changed between two versions, in words."""

from __future__ import annotations

import json
from functools import lru_cache

from funding_model.scenario.changes import changes, summary
from funding_model.store import Store, open_store
from funding_model.store.places import database_url


def store() -> Store:
    """Return the store that the environment names, opened once."""
    return opened(database_url().render_as_string(hide_password=False))


@lru_cache(maxsize=1)
def opened(address: str) -> Store:
    """Return the store at an address; it stays open."""
    return open_store(address)


def what_changed(before: str, after: str) -> str:
    """Return in a sentence what differs between two documents."""
    return summary(changes(json.loads(before), json.loads(after)))


def differences(before: str, after: str) -> list[str]:
    """Return in words each thing that differs between two documents."""
    return [change.text for change in changes(json.loads(before), json.loads(after))]
