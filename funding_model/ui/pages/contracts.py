"""Contracts: one column each, rows grouped by the seven components, differences from the base marked."""

import streamlit as st

from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.presets import preset_names
from funding_model.ui import frame, state
from funding_model.ui.contract_grid import (
    add_preset,
    base_of,
    choose_base,
    component_fields,
    contracts_table,
    edit_columns,
    service_terms,
)
from funding_model.ui.entry.documents import contract_from, list_at, room_for_contracts
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.fields import faults_under, show_faults
from funding_model.ui.html import table_html
from funding_model.ui.one_part import choose_part
from funding_model.ui.show import explain, heading

THE_CONTRACTS, _ = PARTS["contracts"]


def show_contracts() -> None:
    """Let contracts be added and changed as wholes, and show their terms beside each other."""
    document = state.document()
    if list_at(document, ("contracts",)):
        base = choose_base(document)
        heading("All terms at a glance")
        live.show(lambda: table_html(contracts_table(state.document(), base)))
        live.section(edit_columns)
    else:
        st.info("There is no contract yet: add one. Two or more can be compared.")
        live.section(show_faults, ())
    heading("Add a contract")
    presets = preset_names()
    preset = st.selectbox(
        "Kind of contract to start from", list(presets), format_func=presets.__getitem__, key="preset"
    )
    explain(str(contract_from(preset, [])["description"]))
    full = room_for_contracts(document) < 1
    st.button("Add this contract", key="add-contract", on_click=add_preset, args=("preset",), disabled=full)
    if full:
        st.caption("There are as many contracts as can be compared. Delete one to add another.")


def show_terms() -> None:
    """Let the terms of every contract be changed, one part of a contract at a time."""
    document = state.document()
    if not list_at(document, ("contracts",)):
        st.info("There is no contract yet, so there are no terms to change.")
        frame.link("contracts", "Add a contract", {frame.GO_TO: THE_CONTRACTS})
        return
    labels = {component: component.capitalize() for component in COMPONENTS}
    component = st.radio(
        "Part of the contract", COMPONENTS, format_func=labels.__getitem__, horizontal=True, key="component"
    )
    component_fields(live, component, base_of(document))
    live.section(service_terms, component)


live = frame.open_live_page(
    "Contracts side by side",
    "The same services under different terms. Each contract is a column, and its seven parts are groups of rows; "
    "each row says whether it differs from the base, the contract that the others are compared with.",
)
part = choose_part(live, "contracts")
shown = dict(zip(PARTS["contracts"], (show_contracts, show_terms), strict=True))
shown[part]()
elsewhere = [
    problem
    for problem in faults_under(("contracts",))
    if len(problem.where.split(".")) < len(("contracts", "1", "component", "field"))
]
show_faults(elsewhere)

frame.next_link("contracts", part)
