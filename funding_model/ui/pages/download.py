"""Download: the scenario and its results as files."""

import re
from functools import partial

import streamlit as st

from funding_model.ui import frame, state
from funding_model.ui.evaluation import (
    WORKBOOK,
    csv_file,
    json_file,
    scenario_json,
    scenario_workbook,
    scenario_yaml,
)
from funding_model.ui.show import heading

frame.open_page(
    "Download",
    "Take the scenario away as a file to keep, to send or to change, and the results to read in a spreadsheet.",
)
text = state.text()
stem = re.sub(r"[^A-Za-z0-9_-]+", "_", state.current().name).strip("_-") or "scenario"

heading(
    "The scenario",
    "Each of these files can be opened again on the page Start, here or wherever the calculator runs. The workbook can "
    "be filled in by someone who does not have the calculator.",
)
with st.container(horizontal=True):
    whole = bool(scenario_yaml(text))
    st.download_button(
        "The scenario, to read and change (YAML)",
        partial(scenario_yaml, text),
        f"{stem}.yaml",
        "application/yaml",
        on_click="ignore",
        disabled=not whole,
    )
    st.download_button(
        "The scenario, every field (JSON)",
        partial(scenario_json, text),
        f"{stem}.json",
        "application/json",
        on_click="ignore",
    )
    st.download_button(
        "The scenario as a workbook to fill in (Excel)",
        partial(scenario_workbook, text),
        f"{stem}.xlsx",
        WORKBOOK,
        on_click="ignore",
        disabled=not whole,
    )
if not whole:
    st.caption("The scenario is not complete yet: only the JSON file can hold it as it stands.")

heading("The results")
found = frame.comparison()
chosen = (text, found.contracts, found.base)
with st.container(horizontal=True):
    st.download_button(
        "Results for a spreadsheet (CSV)",
        partial(csv_file, *chosen),
        f"{stem}_results.csv",
        "text/csv",
        on_click="ignore",
    )
    st.download_button(
        "Complete results (JSON)",
        partial(json_file, *chosen),
        f"{stem}_results.json",
        "application/json",
        on_click="ignore",
    )
frame.next_link("download")
