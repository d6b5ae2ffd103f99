"""Results: which one a question is about: of which contract, in which year, by itself or less that of another."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

import streamlit as st

from funding_model.problems import Problem
from funding_model.questions.compare import Comparison
from funding_model.questions.totals import Totals
from funding_model.questions.uncertainty.asked import USUAL_RESULT, Asked
from funding_model.questions.uncertainty.outcomes import Yearly
from funding_model.ui import frame

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
PART_OF_THE_COST: Final = "cost_with_people"
"""A part of another result, kept for the cost of each person."""
THAN_HELP: Final = "The result is then the difference: at nil both contracts give the same."
ONLY_TYPED: Final = "--"
"""Marks what a remedy says for those who type commands."""


def choose_result(comparison: Comparison, name: str) -> Asked:
    """Let the visitor choose a result; ``name`` tells the widgets of one question from those of another."""
    first, second = st.columns(2)
    with first:
        contract = frame.choose_contract(comparison, f"{name}-contract")
    years: list[str | None] = [None, *comparison.prepared.dates.year_labels()]
    year = second.selectbox("When", years, format_func=_year_words, key=frame.key(f"{name}-year"))
    known = {
        each.name: each.metadata["label"]
        for each in fields(Totals if year is None else Yearly)
        if each.name != PART_OF_THE_COST
    }
    names = list(known)
    first, second = st.columns(2)
    result = first.selectbox(
        "Result",
        names,
        index=names.index(USUAL_RESULT),
        format_func=known.__getitem__,
        key=f"{name}-result-{year is None}",
    )
    others: list[str | None] = [None, *(other for other in comparison.contracts if other != contract)]
    than = second.selectbox(
        "Less that of", others, format_func=_contract_words, key=frame.key(f"{name}-than"), help=THAN_HELP
    )
    return Asked(contract, than, result, year)


def _year_words(year: str | None) -> str:
    return "Whole period" if year is None else year


def _contract_words(name: str | None) -> str:
    return "(no other contract)" if name is None else name


def said_in_the_app(problem: Problem) -> Problem:
    """Return a problem as it is said to those who do not type commands."""
    where = problem.where.removeprefix("--input ").removeprefix("--grid ").strip()
    remedy = "Choose another value to vary." if ONLY_TYPED in problem.remedy else problem.remedy
    return Problem(INPUTS.get(where, where.lstrip("-")), problem.message, remedy)
