"""Service costs: what each line costs a year, the next year's size, and terms that differ for one service."""

from __future__ import annotations

import streamlit as st

from funding_model.report.words import NOTHING, pounds
from funding_model.scenario.choices import CHOICES
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.titles import lower_first, title_of
from funding_model.ui import state
from funding_model.ui.entry.documents import added, list_at, value_at, with_value
from funding_model.ui.evaluation import costs_of_lines
from funding_model.ui.fields import column_at
from funding_model.ui.html import Group, Row, Table
from funding_model.ui.posts import first_month
from funding_model.ui.show import explain, heading
from funding_model.ui.tables import value_words

APRIL = "04"


def lines_table(place: Place) -> Table:
    """Return what each line costs in a full year, or for each of what it is for, with VAT that is not recovered."""
    lines = list_at(state.document(), place)
    costs = costs_of_lines(lines, first_month(), state.document().get("assumptions"))
    rows = []
    for line, cost in zip(lines, costs, strict=True):
        per = str(line.get("per", "year"))
        what = "a year" if per in ("month", "year") else CHOICES[("per", per)]
        amount = NOTHING if cost is None else f"{pounds(cost)}\n{what}"
        rows.append(Row(str(line.get("name") or "No name yet"), (amount,)))
    return Table(
        "What each cost comes to, with VAT that is not recovered, in prices of the first year",
        ("Cost", "Amount"),
        (Group("", tuple(rows)),),
    )


def copy_year_button(place: Place) -> None:
    """Offer to carry the size of the last planned change on to the April after it, to be changed there."""
    changes = list_at(state.document(), place)
    last = str(changes[-1].get("start") or first_month()) if changes else first_month()
    year, month = last.split("-")
    start = f"{int(year) + (month >= APRIL)}-{APRIL}"
    volume = changes[-1].get("volume", 1.0) if changes else 1.0
    st.button(
        f"Copy this size to April {start[:4]}",
        key=f"copy-year-{place_of(place)}",
        on_click=state.edit,
        args=(added, place, {"start": start, "volume": volume}),
    )


def own_terms(place: Place) -> None:
    """List the terms of contracts that differ for a service, each with a way to take it back."""
    changes = value_at(state.document(), (*place, "contract_changes"))
    entries = [
        (contract, component, name)
        for contract, components in (changes.items() if isinstance(changes, dict) else ())
        for component, names in components.items()
        for name in names
    ]
    if not entries:
        return
    heading(
        "Terms that differ for this service", "They take the place of what the contract says, for this service only."
    )
    for contract, component, name in entries:
        value = value_at(changes, (contract, component, name))
        column = column_at((*place, "contract_changes", contract, component, name))
        where = "Every contract" if contract == "all" else contract
        words = value_words(column, value.get("value") if isinstance(value, dict) else value)
        words = lower_first(words) if column.choices else words
        with st.container(horizontal=True, vertical_alignment="center"):
            explain(f"{where}. {title_of(component)}: {lower_first(column.title)} is {words or 'blank'}.")
            st.button(
                f"Take back: {column.title.lower()}, {where[:1].lower()}{where[1:]}",
                key=f"take-back-{place_of(place)}-{contract}-{component}-{name}",
                on_click=state.edit,
                args=(with_value, (*place, "contract_changes", contract, component, name), None),
            )
