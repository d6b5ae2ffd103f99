"""Sheets: the answers to questions beyond the comparison, whose sentences and grids are those of the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from funding_model.questions.notes import Note
from funding_model.questions.tidy import table_csv
from funding_model.report.asking import as_json
from funding_model.report.grids import Grid
from funding_model.report.table import grid_table
from funding_model.report.tables import notes_table
from funding_model.ui.html import list_html, report_html
from funding_model.ui.tables import MOST_PLACES

READ_BESIDE: Final = "To be read beside the results"


def show_sentences(texts: Sequence[str]) -> None:
    """Show what a reader should know first; warnings stand out."""
    warned = [text for text in texts if text.startswith("Warning: ")]
    plain = [text for text in texts if text not in warned]
    if plain:
        st.html(list_html(plain))
    for text in warned:
        st.html(f'<div class="fm-warning">{list_html([text])}</div>')


def show_grids(grids: Iterable[Grid]) -> None:
    """Show grids one below the other."""
    for grid in grids:
        if grid.rows:
            st.html(report_html(grid_table(grid)))


def show_notes(document: Mapping[str, Any], said: Sequence[str] = ()) -> None:
    """Show what is to be read beside an answer, apart from what the page has said."""
    notes = [Note(each["where"], each["text"]) for each in document["notes"] if each["text"] not in said]
    if notes:
        st.html(report_html(notes_table(READ_BESIDE, notes, MOST_PLACES)))


def offer_files(
    document: Mapping[str, Any],
    stem: str,
    headings: Sequence[str],
    rows: Callable[[Any], Sequence[tuple[str | float | None, ...]]],
) -> None:
    """Offer an answer as files: for a spreadsheet, and complete."""
    with st.container(horizontal=True):
        st.download_button(
            "This answer for a spreadsheet (CSV)",
            partial(_csv, document, headings, rows),
            f"{stem}.csv",
            "text/csv",
            on_click="ignore",
            key=f"{stem}-csv",
        )
        st.download_button(
            "This answer, complete (JSON)",
            partial(_json, document),
            f"{stem}.json",
            "application/json",
            on_click="ignore",
            key=f"{stem}-json",
        )


def _csv(
    document: Mapping[str, Any],
    headings: Sequence[str],
    rows: Callable[[Any], Sequence[tuple[str | float | None, ...]]],
) -> bytes:
    """Return an answer as CSV with the mark by which spreadsheets know UTF-8."""
    return table_csv(headings, rows(document)).encode("utf-8-sig")


def _json(document: Mapping[str, Any]) -> bytes:
    return as_json(document).encode()
