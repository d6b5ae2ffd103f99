"""Session: what Streamlit keeps for one visitor, read and written without a break.

Streamlit may end what runs, at any touch of ``st.session_state``, when the visitor's next action has arrived. A change
that has reached the database must also reach the page, or the next one would look like somebody else's: so the values
are reached here without that break, and the next action waits until the one before it is done.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def _values() -> Any:  # noqa: ANN401 - Streamlit's own types
    context = get_script_run_ctx()
    return st.session_state if context is None else context.session_state._state  # noqa: SLF001 - no public way


def draws_a_section() -> bool:
    """Return whether this run draws one section of a page and not all of it."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def holds(key: str) -> bool:
    """Return whether there is a value of this key."""
    return key in _values()


def read(key: str, otherwise: Any = None) -> Any:  # noqa: ANN401 - as the visitor's widgets hold
    """Return the value of a key."""
    try:
        return _values()[key]
    except KeyError:
        return otherwise


def write(key: str, value: str | int) -> None:
    """Keep a value."""
    _values()[key] = value


def drop(*keys: str) -> None:
    """Forget values, where there are any."""
    values = _values()
    for key in keys:
        if key in values:
            del values[key]
