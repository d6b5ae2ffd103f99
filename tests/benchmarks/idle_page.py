"""What Streamlit takes for a page like “Contracts side by side” that does nothing: as many elements, and no work.

The side panel has as many links, the page as many fields, lists, drawers, tables and buttons; a field draws its own
section and the table of results, as in the app. What the app takes beyond this is its own.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

PAGES: Final = (1, 4, 3, 5, 2, 2, 2)
"""Pages in each part of the side panel."""
CONTRACTS: Final = 4
TERMS: Final = 4
CELL: Final = "<td>£1,234,567</td>"


def table(result: str, rows: int) -> str:
    """Return a table of as many rows, the first of which holds a result."""
    first = f"<tr><th>Result</th><td>{result}</td>{CELL * CONTRACTS}</tr>"
    others = f"<tr><th>Another result</th>{CELL * CONTRACTS}</tr>" * rows
    return f'<div class="fm-scroll"><table class="fm">{first}{others}</table></div>'


def other() -> None:
    """Show the page that one comes from."""
    st.html("<h1>Other</h1>")
    st.text("Shown: other")


def idle() -> None:
    """Show the page."""
    st.html("<h1>Idle</h1><p>What this page is for.</p>")
    with st.container(horizontal=True):
        st.button("Undo", disabled=True)
        st.button("Redo", disabled=True)
        st.html("<p>Saved at 12:00.</p>")
    with st.container(key="at-once"):
        results = st.empty()
    results.html(table("", 4))
    st.html("<h2>Add</h2>")
    st.selectbox("Kind", ["one", "two"])
    st.html("<p>What it is.</p>")
    st.button("Add")
    st.selectbox("Base", ["one", "two"])
    st.html("<h2>At a glance</h2>")
    glance = st.empty()
    glance.html(table("", 8))
    st.html("<h2>Names</h2>")
    st.expander("Names", key="names", on_change="rerun")
    st.html("<h2>Change</h2>")
    st.radio("Part", ["one", "two", "three", "four", "five", "six", "seven"], horizontal=True)
    for term in range(TERMS):
        section(results, glance, term)
    st.expander("One service", key="one", on_change="rerun")
    with st.container(horizontal=True):
        st.page_link(OTHER, label="Next")
        st.page_link(OTHER, label="Words")


@st.fragment
def section(results: st.delta_generator.DeltaGenerator, glance: st.delta_generator.DeltaGenerator, term: int) -> None:
    """Show the fields of a term, and what was entered in the tables."""
    entered = str(st.session_state.get("field-0-0", ""))
    results.html(table(entered, 4))
    glance.html(table(entered, 8))
    st.html("<p>Term: <span>what it means</span></p>")
    with st.container(key=f"beside-4-{term}"):
        for contract in range(CONTRACTS):
            st.text_input(f"Term, contract {contract}", key=f"field-{term}-{contract}")


def another(number: int) -> None:
    """Show one of the pages that nobody opens."""
    st.html(f"<h1>Page {number}</h1>")


st.set_page_config(layout="wide")
IDLE: Final = st.Page(idle, title="Idle", url_path="idle")
OTHER: Final = st.Page(other, title="Other", default=True)
unopened = [
    st.Page(partial(another, n), title=f"A page of the app {n}", url_path=f"page{n}") for n in range(sum(PAGES))
]
parts = {"": [OTHER, IDLE]} | {
    f"Part {place}": unopened[sum(PAGES[:place]) : sum(PAGES[: place + 1])] for place in range(1, len(PAGES))
}
st.navigation(parts, expanded=True).run()
