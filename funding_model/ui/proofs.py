"""Proofs: the proof workbook of the open scenario, made when it is asked for and taken away as a file."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.report.workbook.build import workbook_of
from funding_model.ui import state
from funding_model.ui.evaluation import WORKBOOK
from funding_model.ui.kept import Kept, Progress, answered
from funding_model.ui.reports import stem
from funding_model.ui.show import caption, explain

MOST_WORKBOOKS: Final = 4
MADE: Final = Kept[bytes](MOST_WORKBOOKS)


def offer(comparison: Comparison) -> None:
    """Let the visitor have the proof workbook made, and take it away."""
    explain(
        "The same calculation once more, in live formulas: change an input in a spreadsheet program and follow it to "
        "the money. Its checks compare it with the figures of the app to a penny, and it says what is not live in it."
    )
    caption("It holds every salary that was entered. Making it takes longer with many services, contracts and months.")
    pressed = st.button("Make the proof workbook", key="make-workbook")
    asked: Hashable = (state.text(), comparison.contracts, comparison.base)
    content = MADE.find(asked)
    if content is None and pressed:
        content = answered(
            MADE, asked, partial(_make, comparison), what="Making the proof workbook", on_cancel=_leave_unmade
        )
    if content is not None:
        st.download_button(
            "The proof workbook (Excel, LibreOffice)",
            content,
            f"{stem(comparison.scenario.name)}_proof.xlsx",
            WORKBOOK,
            on_click="ignore",
            key="report.xlsx",
        )


def _make(comparison: Comparison, progress: Progress) -> bytes:
    return workbook_of(comparison, lambda share, _what: progress(share))


def _leave_unmade() -> None:
    """Do nothing: the page runs again without the button pressed, and so makes nothing."""
