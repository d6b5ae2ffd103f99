"""Widgets: what they hold now, and what they are to hold."""

from __future__ import annotations

from typing import Any

from funding_model.ui import session


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
