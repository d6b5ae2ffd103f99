"""One part: a page on which much is entered shows one part at a time, and says what is wanting in the others.

What stands on a page takes the browser time whenever the page is opened and whenever anything on it is entered, seen or
not; a part at a time is also less to look at. The address names the part, so that a refresh shows it again.
"""

from __future__ import annotations

import streamlit as st

from funding_model.problems import Problem
from funding_model.ui import session, state
from funding_model.ui.attending import focus_on_choice
from funding_model.ui.entry.parts import PARTS, other_parts_words
from funding_model.ui.fields import problems
from funding_model.ui.frame import GO_TO
from funding_model.ui.html import paragraphs_html
from funding_model.ui.live import Live


def choose_part(live: Live, page: str) -> str:
    """Let the visitor choose the part of a page that is shown, unless a link has led to one; return it."""
    key = part_key(page)
    wanted = st.query_params.pop(GO_TO, "")
    led = wanted in PARTS[page]
    if led:
        state.put(key, wanted)
    part = st.radio("Part of this page", list(PARTS[page]), horizontal=True, key=key, bind="query-params")

    def words() -> str:
        script = focus_on_choice(key, part) if led and not session.draws_a_section() else ""
        wanting = [*problems(), *(Problem(place, "") for place in state.not_understood())]
        return paragraphs_html((other_parts_words(page, part, wanting),)) + script

    live.show(words)
    return part


def part_key(page: str) -> str:
    """Return the key of what chooses the part of a page, by which the address calls it as well."""
    return f"{page}_part"
