"""Show: charts in the colours of the page, notes and downloads."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.notes import switched_off, warnings
from funding_model.report.charts import Chart
from funding_model.report.look import DARK, LIGHT, Look
from funding_model.ui import state
from funding_model.ui.evaluation import csv_file, json_file, scenario_file


def look() -> Look:
    """Return the colours that go with the visitor's page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_chart(chart: Chart) -> None:
    """Show a chart as wide as the page."""
    st.altair_chart(chart, width="stretch")


def show_notes_beside(comparison: Comparison) -> None:
    """Say beside the answer whether the checks hold, and how much is off or warned of."""
    if not comparison.passed:
        st.error("The checks do not hold: do not use these results. See the page Checks and method.")
    warned, off = len(warnings(comparison)), len(switched_off(comparison))
    parts = ["All checks hold."] if comparison.passed else []
    if warned:
        parts.append(f"{warned} {'warning' if warned == 1 else 'warnings'}.")
    if off:
        parts.append(f"{off} {'effect is' if off == 1 else 'effects are'} switched off for want of a figure.")
    st.caption(f"{' '.join(parts)} See the page *Checks and method*.")


def downloads() -> None:
    """Offer the results as CSV and JSON, and the scenario as a file to change."""
    workspace = state.current()
    if workspace is None:
        return
    chosen = (workspace.document, workspace.contracts, workspace.base)
    stem = _file_stem(workspace)
    with st.container(horizontal=True):
        st.download_button(
            "Results for a spreadsheet (CSV)",
            partial(csv_file, *chosen),
            f"{stem}_results.csv",
            "text/csv",
            on_click="ignore",
            wrap=True,
        )
        st.download_button(
            "Complete results (JSON)",
            partial(json_file, *chosen),
            f"{stem}_results.json",
            "application/json",
            on_click="ignore",
            wrap=True,
        )
        st.download_button(
            "The scenario, to change (YAML)",
            partial(scenario_file, workspace.document),
            f"{stem}.yaml",
            "application/yaml",
            on_click="ignore",
            wrap=True,
        )


def _file_stem(workspace: state.Workspace) -> str:
    name = workspace.source or workspace.file_name.rpartition(".")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-") or "scenario"
