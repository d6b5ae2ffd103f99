"""Breaking even: the value of a term or an assumption at which a result is nil, or comes to any other target."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.questions.break_even import HEADINGS, Wanted, break_even_rows
from funding_model.questions.compare import Comparison
from funding_model.report.breaking_even import break_even_chart, break_even_grids, break_even_sentences
from funding_model.scenario.titles import lower_first
from funding_model.ui import frame, state
from funding_model.ui.asked import BROKEN_EVEN, searched
from funding_model.ui.kept import answered
from funding_model.ui.results import INPUTS, choose_result, said_in_the_app
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart

INPUT_KEY: Final = "break-even-input"


def show_break_even(comparison: Comparison) -> None:
    """Let the visitor choose what is varied and what it should come to, and show where it does."""
    explain(
        "The value at which a result comes to a target, all else as it is: for example, the yearly uplift with which "
        "the surplus is nil."
    )
    wanted = _choose(comparison)
    asked = (state.text(), wanted)
    try:
        document = answered(
            BROKEN_EVEN,
            asked,
            partial(searched, *asked),
            what=f"Trying values of: {INPUTS[wanted.varied].lower()}",
            on_cancel=partial(state.put, INPUT_KEY, next(iter(INPUTS))),
        )
    except ProblemsError as error:
        frame.show_problems("There is no answer to this question.", [said_in_the_app(each) for each in error.problems])
        return
    show_sentences(break_even_sentences(document))
    caption(f"{document['result']['label']} by {lower_first(document['input']['label'])}")
    show_chart(break_even_chart(document, look()))
    show_grids(break_even_grids(document))
    show_notes(document)
    offer_files(document, "break_even", HEADINGS, break_even_rows)


def _choose(comparison: Comparison) -> Wanted:
    first, second = st.columns(2)
    varied = first.selectbox("What may change", list(INPUTS), format_func=INPUTS.__getitem__, key=INPUT_KEY)
    target = second.number_input("Target", value=0.0, step=1000.0, format="%.0f", key="break-even-target")
    asked = choose_result(comparison, "break-even")
    return Wanted(varied, asked.contract, asked.than, asked.result, asked.year, float(target))
