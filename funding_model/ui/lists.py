"""Lists: choose one of several services, pools or contracts, and add, copy or take one away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from funding_model.scenario.plain import Place, place_of
from funding_model.ui import state
from funding_model.ui.entry.documents import (
    Document,
    added,
    copied,
    list_at,
    names_at,
    new_name,
    removed,
)


def choose_item(place: Place, noun: str, fresh: Document) -> int | None:
    """Let the visitor choose an item of a list, and add, copy or delete one; return its place, None when there is none.

    Args:
        place: Where the list stands in the document.
        noun: What one of its items is called.
        fresh: A new item; it is given a name of its own.
    """
    names = names_at(state.document(), place)
    key = f"chosen-{place_of(place)}-{state.current().scenario}"
    chosen: int | None = None
    if names:
        held = state.entered(key)
        chosen = st.selectbox(
            f"Which {noun}",
            range(len(names)),
            index=min(held, len(names) - 1) if isinstance(held, int) else 0,
            format_func=partial(_label, names, noun),
            key=key,
        )
    with st.container(horizontal=True):
        st.button(f"Add a {noun}", key=f"add-{key}", on_click=_add, args=(place, noun, fresh, key))
        if chosen is not None:
            st.button(f"Copy this {noun}", key=f"copy-{key}", on_click=_copy, args=(place, noun, key))
            st.button(f"Delete this {noun}", key=f"delete-{key}", on_click=_delete, args=(place, noun, key))
    return chosen


def _label(names: Sequence[str], noun: str, index: int) -> str:
    return names[index] or f"{noun} {index + 1}, without a name yet"


def _add(place: Place, noun: str, fresh: Document, key: str) -> None:
    document = state.document()
    item = {**fresh, "name": new_name(str(fresh.get("name") or f"New {noun}"), names_at(document, place))}
    state.put(key, len(list_at(document, place)))
    state.save(added(document, place, item))


# What is chosen is read when a button is pressed: on a busy computer it may have been chosen after the page was drawn.


def _copy(place: Place, noun: str, key: str) -> None:
    index = state.entered(key)
    state.put(key, index + 1)
    state.save(copied(state.document(), place, index), f"Copied the {noun} {_name(place, index)}")


def _delete(place: Place, noun: str, key: str) -> None:
    index = state.entered(key)
    state.put(key, max(index - 1, 0))
    state.save(removed(state.document(), place, index), f"Deleted the {noun} {_name(place, index)}")


def _name(place: Place, index: int) -> str:
    return f"“{names_at(state.document(), place)[index]}”"
