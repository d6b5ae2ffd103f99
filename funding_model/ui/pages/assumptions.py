"""Assumptions: what holds where records say nothing, each with its source, and how to put in your own."""

from functools import partial

import streamlit as st

from funding_model.ui import frame, state
from funding_model.ui.assumed import (
    FILTERS,
    can_be_entered,
    chosen,
    held,
    holder_label,
    holders_of,
    place_in,
    table,
)
from funding_model.ui.assuming import edit_assumption, go_back_to_all_defaults, show_default
from funding_model.ui.entry.documents import names_at
from funding_model.ui.html import table_html
from funding_model.ui.show import explain, heading
from funding_model.ui.together import edit_together

frame.open_page(
    "Assumptions",
    "What the calculator assumes where your own records do not say: about prices and pay, about staff who leave, about "
    "what happens when a contract ends. Each has a default with its source, or is blank because nothing published "
    "supports a number. A figure of your own is better than any of them.",
)
document = state.document()
services, contracts = names_at(document, ("services",)), names_at(document, ("contracts",))
holder = st.selectbox(
    "Whose assumptions",
    holders_of(services, contracts),
    format_func=partial(holder_label, services, contracts),
    key=frame.key("holder"),
)
rows = held(document, holder)
waiting = sum(row.needs_you for row in rows)
wanted = st.radio(
    f"Show ({waiting} of {len(rows)} need you: they are blank, an example or without evidence)",
    FILTERS,
    horizontal=True,
    key="filter",
)
shown = chosen(rows, wanted)
if shown:
    st.html(table_html(table(shown)))
else:
    st.info("None of them.")

heading("Put in your own figure")
editable = [row.default for row in shown if can_be_entered(row.default.name, holder)]
if not editable:
    st.caption("None of those shown is entered here.")
else:
    titles = {default.name: default.title for default in editable}
    name = st.selectbox("Assumption", list(titles), format_func=titles.__getitem__, key=f"assumption-{holder}-{wanted}")
    default = next(each for each in editable if each.name == name)
    show_default(default)
    edit_assumption(place_in(holder, name), default)
if holder[0] != "contracts":
    with st.expander("Go back to every default"):
        explain("Every figure of your own in these assumptions is taken away. Undo brings them back.")
        st.button(
            "Go back to all defaults",
            key="reset-all",
            disabled=not any(row.entered for row in rows),
            on_click=go_back_to_all_defaults,
            args=(frame.key("holder"),),
        )

heading("Ranges that go together")
edit_together()
frame.next_link("assumptions")
