"""Assumptions: what holds where records say nothing, each with its source, and how to put in your own."""

from functools import partial

import streamlit as st

from funding_model.scenario.assumptions import YearlyGrowth
from funding_model.scenario.columns import kind_at
from funding_model.scenario.scenario import Scenario
from funding_model.ui import frame, state
from funding_model.ui.assumed import FILTERS, can_be_entered, chosen, default_words, held, holder_label, table
from funding_model.ui.entry.documents import names_at, value_at, with_value
from funding_model.ui.fields import faults_under, field, fields, show_faults
from funding_model.ui.html import table_html
from funding_model.ui.show import explain
from funding_model.ui.years import financial_years

frame.open_page(
    "Assumptions",
    "What the calculator assumes where your own records do not say: about prices and pay, about staff who leave, about "
    "what happens when a contract ends. Each has a default with its source, or is blank because nothing published "
    "supports a number. A figure of your own is better than any of them.",
)
document = state.document()
services = names_at(document, ("services",))
holders = [("assumptions",), *(("services", index, "assumptions") for index in range(len(services)))]
holder = st.selectbox(
    "Whose assumptions",
    holders,
    format_func=partial(holder_label, services),
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

st.header("Put in your own figure")
editable = [row.default for row in shown if can_be_entered(row.default.name, holder)]
if not editable:
    st.caption("None of those shown is entered here.")
else:
    titles = {default.name: default.title for default in editable}
    name = st.selectbox(
        "Assumption", list(titles), format_func=titles.__getitem__, key=f"assumption-{len(holder)}-{wanted}"
    )
    default = next(each for each in editable if each.name == name)
    place = (*holder, name)
    lines = [default.help, f"Default: {', '.join(default_words(default).splitlines())}. {default.basis}"]
    if default.alternative is not None:
        lines.append(f"An alternative, never filled in: {default.alternative:g}. {default.alternative_note}")
    if default.off_message:
        lines.append(f"While it is blank or does nothing: {default.off_message}")
    explain(*lines)
    model = kind_at(Scenario, place).model
    if model is None:
        field(place, default.title, stale=False)
    elif model is YearlyGrowth:
        fields([(*place, each) for each in ("every_year", "added", "status")], stale=False)
        explain("Or single years; the others follow the forecast:")
        fields([(*place, "by_year", year) for year in financial_years(document)], columns=4, stale=False)
        fields([(*place, "source"), (*place, "rationale")], columns=2, stale=False)
    else:
        fields([(*place, each) for each in ("low", "value", "high")], stale=False)
        fields([(*place, each) for each in ("distribution", "status", "review_by")], stale=False)
        fields([(*place, each) for each in ("source", "date", "rationale")], stale=False)
    show_faults([problem for problem in faults_under(place) if problem.where.count(".") < len(place)])
    st.button(
        "Go back to the default",
        key=f"reset-{name}",
        disabled=value_at(document, place) is None,
        on_click=state.edit,
        args=(with_value, place, None),
    )
with st.expander("Go back to every default"):
    explain("Every figure of your own in these assumptions is taken away. Undo brings them back.")
    st.button(
        "Go back to all defaults",
        key="reset-all",
        disabled=not any(row.entered for row in rows),
        on_click=state.edit,
        args=(with_value, holder, None),
    )
frame.next_link("assumptions")
