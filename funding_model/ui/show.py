"""Show: charts in the colours of the page, notes and downloads."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import Any, Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.notes import switched_off, warnings
from funding_model.report.charts import Chart
from funding_model.report.look import DARK, LIGHT, Look
from funding_model.ui import session
from funding_model.ui.html import heading_html, paragraphs_html, remark_html

MOST_CHARTS: Final = 64
"""Charts kept at a time, of a few tens of kilobytes each."""


def look() -> Look:
    """Return the colours that go with the visitor's page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def explain(*texts: str) -> None:
    """Show plain text as paragraphs, with every word of a visitor's own as it is."""
    st.html(paragraphs_html(texts))


def heading(title: str, *texts: str, html: str = "") -> None:
    """Head a part of a page, say in plain text what is to be known of it, and show what stands right below.

    What stands together is one thing for the browser to draw.

    Streamlit's own headings work out the name of a link to themselves again whenever anything on the page changes: a
    page with ten of them answers in one and a half times the time.
    """
    st.html(heading_html(2, title, texts) + html)


def subheading(title: str, *texts: str, html: str = "") -> None:
    """Head a part of a part of a page, with what stands right below."""
    st.html(heading_html(3, title, texts) + html)


def remark(text: str) -> None:
    """Show a remark in small print, as plain text."""
    st.html(remark_html(text))


def caption(text: str) -> None:
    """Head a chart with what it shows."""
    st.html(f'<p class="fm-caption">{escape(text)}</p>')


@contextmanager
def beside(columns: int, name: str) -> Iterator[None]:
    """Lay out what is shown in columns, row by row; below each other on a telephone.

    One place with a grid in it takes the browser much less time than a place for every column of every row.

    Args:
        columns: How many, from 1 to 4.
        name: Tells one such place of the page from the others.
    """
    with st.container(key=f"beside-{columns}-{name}"):
        yield


@contextmanager
def drawer(label: str) -> Iterator[bool]:
    """Show a drawer, and say whether it is open, so that what nobody looks at is neither worked out nor sent."""
    area = st.expander(label, key=_drawer_key(label), on_change="rerun")
    with area:
        yield bool(area.open)


def is_open(label: str) -> bool:
    """Return whether a drawer of the page is open."""
    return bool(session.read(_drawer_key(label)))


def _drawer_key(label: str) -> str:
    return f"drawer-{label}"


@contextmanager
def watched() -> Iterator[None]:
    """Where the calculator itself fails, say so in plain words and keep the details for the log."""
    try:
        yield
    except Exception:
        logging.getLogger(__name__).exception("a page failed")
        st.error(
            "The calculator failed on this page: this is its fault, not yours. What you entered is saved. "
            "The details are in the terminal in which it was started; please report them."
        )


def show_chart(chart: Chart) -> None:
    """Show a chart as wide as the page."""
    st.vega_lite_chart(_as_data(chart), width="stretch")


def show_drawn(draw: Callable[..., Chart], *arguments: Hashable) -> None:
    """Show a chart that is drawn once for the same rows, and kept while it is in use."""
    st.vega_lite_chart(json.loads(specification(draw, *arguments)), width="stretch")


@lru_cache(maxsize=MOST_CHARTS)
def specification(draw: Callable[..., Chart], *arguments: Hashable) -> str:
    """Return a chart as Vega-Lite takes it."""
    return json.dumps(_as_data(draw(*arguments)))


def _as_data(chart: Chart) -> dict[str, Any]:
    """Return a chart as data; the tests of the charts have altair check what is left unchecked here."""
    drawn: dict[str, Any] = chart.to_dict(validate=False)
    # Altair’s own size of a chart, which is not that of the page.
    drawn.get("config", {}).pop("view", None)
    return drawn


def show_notes_beside(comparison: Comparison) -> None:
    """Say beside the answer whether the checks hold, and how much is off or warned of."""
    if not comparison.passed:
        st.error("The checks do not hold: do not use these results. See the page Checks and method.")
    warned, off = len(warnings(comparison)), len(switched_off(comparison))
    parts = ["All checks hold."] if comparison.passed else []
    if warned:
        parts.append(f"{warned} {'warning' if warned == 1 else 'warnings'}.")
    if off:
        parts.append(f"{off} {'effect is' if off == 1 else 'effects are'} not counted or simplified.")
    remark(f"{' '.join(parts)} See the page Checks and method.")
