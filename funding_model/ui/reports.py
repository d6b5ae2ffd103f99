"""Reports: what a visitor wants in a report, the report made of it, and the files that it becomes."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.report.paper.asked import ANNEXES, Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import Paper
from funding_model.report.paper.files import file_of
from funding_model.scenario.scenario import Scenario
from funding_model.ui import beside, frame, state
from funding_model.ui.evaluation import read_text
from funding_model.ui.html import markdown_text
from funding_model.ui.kept import Kept, Progress, answered
from funding_model.ui.show import caption, heading

FORMATS: Final = {
    ".pdf": ("The report to print and read (PDF)", "application/pdf"),
    ".docx": (
        "The report to edit (Word)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".html": ("The report as one page to send (HTML)", "text/html"),
}
"""Label and kind of each file."""
NO_BASELINE: Final = ""
DRAWN: Final = 0.7
"""Share of the work that is done when charts have still to be drawn."""
MOST_POUNDS: Final = 1_000_000
MOST_REPORTS: Final = 8
HEIGHT: Final = 640


@dataclass(frozen=True)
class Made:
    """A report, and the page that it is shown as."""

    paper: Paper
    page: bytes


MADE: Final = Kept[Made](MOST_REPORTS)


def choose() -> Choices:
    """Let the visitor choose what the report is to hold."""
    with st.expander("Annexes", expanded=False):
        left, right = st.columns(2)
        half = (len(ANNEXES) + 1) // 2
        wanted = [
            name
            for place, (name, title) in enumerate(ANNEXES.items())
            if (left if place < half else right).checkbox(title, value=True, key=frame.key(f"annex-{name}"))
        ]
        caption("What is switched off, limits, checks and where the figures come from are always in it.")
    first, second = st.columns(2)
    materiality = first.number_input(
        "List differences from this many pounds on",
        0,
        MOST_POUNDS,
        0,
        step=100,
        key=frame.key("materiality"),
        help="Smaller differences between contracts are counted and not listed.",
    )
    names = beside.choices()
    baseline = second.selectbox(
        "Baseline scenario",
        [NO_BASELINE, *names],
        format_func=partial(_baseline_label, names),
        key=frame.key("baseline"),
        help="The scenario that this one started from: every entry and result that differs from it is listed.",
    )
    open_book = st.checkbox(
        "Open book for a commissioner: pay in bands, so that none can be put down to a person",
        key=frame.key("open-book"),
    )
    return Choices(tuple(wanted), open_book, float(materiality), _scenario(baseline, names))


def _baseline_label(names: dict[str, str], key: str) -> str:
    return markdown_text(names[key]) if key else "None"


def _scenario(key: str, names: dict[str, str]) -> Scenario | None:
    if not key:
        return None
    _, chosen = beside.texts([key], names)
    return read_text(chosen.text)[0]


def made(comparison: Comparison, choices: Choices, *, pressed: bool) -> Made | None:
    """Return the report if it is kept, or make it if the visitor has pressed the button.

    Raises:
        ProblemsError: What is chosen cannot be had.
    """
    asked: Hashable = (state.text(), comparison.contracts, comparison.base, _as_key(choices))
    if not pressed:
        return MADE.find(asked)
    return answered(MADE, asked, partial(_make, comparison, choices), what="Making the report", on_cancel=_leave_unmade)


def _as_key(choices: Choices) -> Hashable:
    baseline = None if choices.baseline is None else choices.baseline.model_dump_json()
    return (tuple(choices.annexes), choices.open_book, choices.materiality, baseline)


def _leave_unmade() -> None:
    """Do nothing: the page runs again without the button pressed, and so makes nothing."""


def _make(comparison: Comparison, choices: Choices, progress: Progress) -> Made:
    paper = paper_of(comparison, choices, lambda share, _what: progress(share * DRAWN))
    progress(DRAWN)
    return Made(paper, file_of(paper, ".html"))


def stem(title: str) -> str:
    """Return how the name of a file of a scenario begins."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", title).strip("_-") or "scenario"


def show(report: Made) -> None:
    """Offer the report as files, and show it."""
    with st.container(horizontal=True):
        for ending, (label, kind) in FORMATS.items():
            st.download_button(
                label,
                partial(file_of, report.paper, ending),
                f"{stem(report.paper.title)}_report{ending}",
                kind,
                on_click="ignore",
                key=f"report{ending}",
            )
    heading("Preview")
    # The page holds no script, and its own rules forbid any: what a person wrote in it stands there as text.
    st.iframe(report.page.decode(), height=HEIGHT, alt=f"Preview of the report: {report.paper.title}", tab_index=0)
