"""Show: charts in the colours of the page, notes and downloads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.notes import switched_off, warnings
from funding_model.report.charts import Chart
from funding_model.report.look import DARK, LIGHT, Look
from funding_model.ui.html import paragraphs_html


def look() -> Look:
    """Return the colours that go with the visitor's page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def explain(*texts: str) -> None:
    """Show plain text as paragraphs, with every word of a visitor's own as it is."""
    st.html(paragraphs_html(texts))


def caption(text: str) -> None:
    """Head a chart with what it shows."""
    st.html(f'<p class="fm-caption">{escape(text)}</p>')


@contextmanager
def drawer(label: str) -> Iterator[bool]:
    """Show a drawer, and say whether it is open, so that what nobody looks at is neither worked out nor sent."""
    area = st.expander(label, key=f"drawer-{label}", on_change="rerun")
    with area:
        yield bool(area.open)


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
