"""Erasing: everything that is kept under an address, for good, once the visitor has said so in words."""

from __future__ import annotations

from typing import Final

import streamlit as st

from funding_model.problems import Problem
from funding_model.ui import state
from funding_model.ui.fields import show_faults
from funding_model.ui.show import explain
from funding_model.ui.stored import store

WORDS: Final = "erase everything"
"""What is to be typed first."""


def offer_erasing() -> None:
    """Offer to erase all work of this address; nothing brings it back, so words have to be typed for it."""
    workspace = state.current()
    if not workspace.owner:
        return
    with st.expander("Erase everything kept under this address"):
        names = [each.name for each in (*store().scenarios(workspace.owner), *store().deleted(workspace.owner))]
        listed = ", ".join(f"“{name}”" for name in names)
        explain(
            f"This erases {listed}, deleted ones among them, with every earlier version, its name and your label."
            if names
            else "No scenario is kept under this address; this erases the address itself and your label.",
            "It cannot be undone: not here, and not by whoever runs the calculator. Download what you may want again "
            "first, on the page Download. Copies that you have downloaded, and back-ups that others have made of the "
            "database, are not touched.",
        )
        key = f"erase-words-{workspace.fields}"
        typed = st.text_input(f"To go on, type: {WORDS}", key=key)
        if typed.strip() and not _agrees(typed):
            remedy = f"Type “{WORDS}”, or leave it blank to keep your work."
            show_faults([Problem("", "These are other words.", remedy)])
        st.button(
            "Erase everything for good", key="erase-all", disabled=not _agrees(typed), on_click=_erase, args=(key,)
        )


def _agrees(typed: str) -> bool:
    return " ".join(typed.split()).casefold() == WORDS


def _erase(key: str) -> None:
    if _agrees(str(state.entered(key) or "")):
        state.erase_everything()
