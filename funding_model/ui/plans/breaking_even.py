"""Breaking even: the value of a term or an assumption at which a result is nil, or comes to any other target."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import Final

import streamlit as st

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.break_even import HEADINGS, Wanted, break_even_rows
from funding_model.questions.compare import Comparison
from funding_model.questions.totals import Totals
from funding_model.questions.uncertainty.asked import USUAL_RESULT
from funding_model.questions.uncertainty.outcomes import Yearly
from funding_model.report.breaking_even import break_even_chart, break_even_grids, break_even_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import BROKEN_EVEN, searched
from funding_model.ui.html import markdown_text
from funding_model.ui.kept import answered
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart

INPUTS: Final = {
    "uplift": "Yearly uplift of the price",
    "price": "Price of the first award",
    "overhead_rate": "Rate of the overhead rule",
    "term": "Length of the initial award, months",
    "months_late": "Months by which decisions come late",
    "cost_growth": "Growth of pay and prices above the forecast",
    "caseload": "Caseload of each worker",
    "turnover_difference": "Extra turnover when funding is insecure",
}
"""What can be varied, in words."""
INPUT_KEY: Final = "break-even-input"
ONLY_TYPED: Final = "--"
"""Marks what a remedy says for those who type commands."""


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
        frame.show_problems("There is no answer to this question.", [_in_the_app(each) for each in error.problems])
        return
    show_sentences(break_even_sentences(document))
    caption(
        f"{document['result']['label']} by {document['input']['label'][:1].lower()}{document['input']['label'][1:]}"
    )
    show_chart(break_even_chart(document, look()))
    show_grids(break_even_grids(document))
    show_notes(document)
    offer_files(document, "break_even", HEADINGS, break_even_rows)


def _choose(comparison: Comparison) -> Wanted:
    labels = {each.name: each.metadata["label"] for each in fields(Totals) if each.name != "cost_with_people"}
    of_year = {each.name: each.metadata["label"] for each in fields(Yearly)}
    first, second, third = st.columns(3)
    with first:
        contract = frame.choose_contract(comparison, "break-even-contract")
    varied = second.selectbox("What may change", list(INPUTS), format_func=INPUTS.__getitem__, key=INPUT_KEY)
    years: list[str | None] = [None, *comparison.prepared.dates.year_labels()]
    year = third.selectbox("When", years, format_func=_year_words, key=frame.key("break-even-year"))
    known = labels if year is None else of_year
    names = list(known)
    first, second, third = st.columns(3)
    result = first.selectbox(
        "Result",
        names,
        index=names.index(USUAL_RESULT),
        format_func=known.__getitem__,
        key=f"break-even-result-{year is None}",
    )
    target = second.number_input("Target", value=0.0, step=1000.0, format="%.0f", key="break-even-target")
    others: list[str | None] = [None, *(name for name in comparison.contracts if name != contract)]
    than = third.selectbox(
        "Less that of", others, format_func=_contract_words, key=frame.key("break-even-than"), help=THAN_HELP
    )
    return Wanted(varied, contract, than, result, year, float(target))


THAN_HELP: Final = "The target is then for the difference: at nil both contracts give the same."


def _year_words(year: str | None) -> str:
    return "Whole period" if year is None else year


def _contract_words(name: str | None) -> str:
    return "(no other contract)" if name is None else markdown_text(name)


def _in_the_app(problem: Problem) -> Problem:
    """Return a problem as it is said to those who do not type commands."""
    where = INPUTS.get(problem.where.removeprefix("--input ").strip(), problem.where.lstrip("-"))
    remedy = "Choose another value to vary." if ONLY_TYPED in problem.remedy else problem.remedy
    return Problem(where, problem.message, remedy)
