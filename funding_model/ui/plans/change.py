"""Change: more need or higher costs from a month on; who pays, and what is delivered, under each contract."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from funding_model import units
from funding_model.questions.change.asked import AddedPosts, Change
from funding_model.questions.change.document import HEADINGS, change_rows
from funding_model.questions.compare import Comparison
from funding_model.questions.results import month_label
from funding_model.report.change import beside_each_other, change_sentences, month_words, of_contract, payers_chart
from funding_model.ui import frame, state
from funding_model.ui.asked import changed_need
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart
from funding_model.units import MONTHS_A_YEAR, PERCENT

USUAL_SHOCK = 10.0
"""Per cent by which costs rise until something else is entered."""


def show_change(comparison: Comparison) -> None:
    """Let the visitor say what changes, and show who pays and what is delivered."""
    explain(
        "Prices that are agreed stay as they are until the next award is decided. Say what changes, and from when: "
        "more people who need the service, higher costs, or more staff."
    )
    change = _choose(comparison)
    document = changed_need(state.text(), comparison.contracts, comparison.base, change)
    show_sentences(change_sentences(document))
    caption("Who pays what the change costs, over the whole period")
    show_chart(payers_chart(document, look()))
    show_grids(beside_each_other(document))
    contract = frame.choose_contract(comparison, "change-contract")
    show_grids(of_contract(next(each for each in document["contracts"] if each["name"] == contract)))
    show_notes(document)
    offer_files(document, "change", HEADINGS, change_rows)


def _choose(comparison: Comparison) -> Change:
    months = [month_label(comparison, month) for month in range(comparison.prepared.dates.months)]
    services = [service.name for service in comparison.scenario.services]
    usual = MONTHS_A_YEAR if len(months) > MONTHS_A_YEAR else 0
    first, second, third = st.columns(3)
    start = first.selectbox(
        "From the start of", months, index=usual, format_func=month_words, key=frame.key("change-start")
    )
    later: list[str | None] = [None, *(month for month in months if month >= start)]
    end = second.selectbox(
        "To the end of",
        later,
        format_func=partial(or_words, "the whole period", month_words),
        key=frame.key("change-end"),
    )
    options: list[str | None] = [None, *services]
    service = third.selectbox(
        "Service", options, format_func=partial(or_words, "all, by their size", str), key=frame.key("change-of")
    )
    chosen = [each for each in comparison.scenario.services if service in (None, each.name)]
    first, second, third = st.columns(3)
    referrals = first.number_input(
        "More people referred each month", 0.0, units.PEOPLE_A_MONTH.maximum, 0.0, 1.0, format="%g", key="change-more"
    )
    cohort = second.number_input(
        "People referred at once at the start", 0.0, units.PEOPLE.maximum, 0.0, 1.0, format="%g", key="change-cohort"
    )
    shock = third.number_input(
        "Rise of costs other than pay, %", 0.0, PERCENT * units.RATE.maximum, USUAL_SHOCK, 1.0, format="%g",
        key="change-shock",
    )  # fmt: skip
    first, second, third = st.columns(3)
    names = list(dict.fromkeys(post.name for each in chosen for post in each.posts))
    posts: list[str | None] = [None, *names]
    post = first.selectbox(
        "More staff in the post", posts, format_func=partial(or_words, "(none)", str), key=frame.key("change-post")
    )
    heads = second.number_input(
        "How many of them", 0.0, units.HEADS.maximum, 1.0, 0.5, format="%g", key="change-heads", disabled=post is None
    )
    return Change(
        start=start,
        end=end,
        service=service,
        referrals=referrals,
        cohort=cohort,
        cost_shock=shock / PERCENT,
        posts=() if post is None else (AddedPosts(post, heads),),
    )


def or_words(blank: str, write: Callable[[str], str], value: str | None) -> str:
    """Return a choice in words; those for no choice where it is None."""
    return blank if value is None else write(value)
