"""Waiting: early intervention, the waiting list, and what clearing it would take and cost."""

from __future__ import annotations

from functools import partial

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.results import month_label
from funding_model.questions.waiting import HEADINGS, waiting_rows
from funding_model.report.change import month_words
from funding_model.report.waiting import waiting_chart, waiting_grids, waiting_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import waited_for
from funding_model.ui.plans.change import or_words
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart


def show_waiting(comparison: Comparison) -> None:
    """Let the visitor say by when lists are to be clear, and show who waits and what that would take."""
    explain(
        "Who is reached and who waits. Choose a month by which the waiting lists are to be clear, and what that takes "
        "in staff and costs is worked out."
    )
    by, start, service = _choose(comparison)
    document = waited_for(state.text(), comparison.contracts, comparison.base, by, start, service)
    show_sentences(waiting_sentences(document))
    drawn = waiting_chart(document, look())
    if drawn is not None:
        caption("People waiting at each month’s end, if everything continues")
        show_chart(drawn)
    contract = frame.choose_contract(comparison, "waiting-contract")
    show_grids(
        waiting_grids({**document, "contracts": [each for each in document["contracts"] if each["name"] == contract]})
    )
    show_notes(document)
    offer_files(document, "waiting", HEADINGS, waiting_rows)


def _choose(comparison: Comparison) -> tuple[str | None, str | None, str | None]:
    months = [month_label(comparison, month) for month in range(comparison.prepared.dates.months)]
    first, second, third = st.columns(3)
    ends: list[str | None] = [None, *months]
    by = first.selectbox(
        "Clear the lists by the end of", ends, format_func=partial(or_words, "(do not ask)", month_words),
        key=frame.key("waiting-by"),
    )  # fmt: skip
    if by is None:
        return None, None, None
    starts = [month for month in months if month <= by]
    start = second.selectbox(
        "With more staff from the start of", starts, format_func=month_words, key=frame.key("waiting-from")
    )
    supporting: list[str | None] = [None, *(each.name for each in comparison.scenario.services if each.people)]
    service = third.selectbox(
        "Of the service", supporting, format_func=partial(or_words, "every one", str), key=frame.key("waiting-of")
    )
    return by, start, service
