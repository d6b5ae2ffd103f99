"""Live: a page of which one section at a time is drawn anew, with the results of what was entered in it.

Streamlit draws the whole page after every entry. Here an entry draws its own section and the places that every entry
may alter: the results at once, and what the page adds to them. What alters more, such as a new name or a row that takes
another place, draws the page, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from funding_model.ui import state
from funding_model.ui.at_once import at_once_html
from funding_model.ui.attending import announcement
from funding_model.ui.show import watched


@dataclass
class Live:
    """What a page's sections share.

    Attributes:
        drawn: What the page was drawn with: where it has changed, the page is drawn anew.
        times: How many announcements there were when the page was drawn.
        places: Where something stands that every entry may alter, and what it is now.
    """

    drawn: Hashable
    times: int
    places: list[tuple[DeltaGenerator, Callable[[], str]]] = field(default_factory=list)

    def show(self, words: Callable[[], str]) -> None:
        """Show HTML here, and anew after every entry; call it before the sections that alter it."""
        self.places.append((st.empty(), words))

    def section(self, draw: Callable[..., None], *arguments: object) -> None:
        """Draw a section of the page that is drawn anew by itself."""
        _section(self, draw, arguments)


def live_page() -> Live:
    """Begin a page with the results of everything that is entered."""
    live = Live(_drawn(), state.current().times)
    with st.container(key="at-once"):
        live.show(lambda: at_once_html() + _said(live))
    return live


def _drawn() -> Hashable:
    work = state.current()
    return (work.owner, work.scenario, work.fields, work.tables, work.can_undo, work.can_redo, work.clash, work.unsaved)


def _said(live: Live) -> str:
    """Return what reads an announcement out that was made since the page was drawn."""
    work = state.current()
    return "" if work.times == live.times else announcement(work.said, work.times)


@st.fragment
def _section(live: Live, draw: Callable[..., None], arguments: tuple[object, ...]) -> None:
    if live.drawn != _drawn():
        st.rerun()
    with watched():
        for place, words in live.places:  # the answer first
            place.html(words(), unsafe_allow_javascript=True)
        draw(*arguments)
