"""At once: the main results of what is entered, on the pages where it is entered."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Final

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.totals import Totals
from funding_model.report.rows import period
from funding_model.report.tables import contract_heading
from funding_model.report.words import in_unit
from funding_model.ui import session, state
from funding_model.ui.entry.places import placed
from funding_model.ui.entry.plain_words import sentence
from funding_model.ui.evaluation import MOST_TEXTS, compared
from funding_model.ui.html import Group, Row, Table, table_html

RESULTS: Final = ("full_cost", "price", "surplus", "lowest_cash")
"""The results that are shown, one a row."""
TAKEN_FROM: Final = "Surplus also counts other funders, underspend, empty posts and what may be lost: see the page Why."
"""Said in one line below the results, because surplus is not what is left of the price after full cost."""
PEOPLE: Final = "people_starting_support"
"""Shown as well where people are entered."""


def at_once_html() -> str:
    """Return the main results of what is entered, or what is still wanting for them."""
    return _html(state.text())


def work_out() -> None:
    """Work out the results of what has just been entered, where a section of a page is about to show them.

    What is drawn goes to the browser as it comes, and every few milliseconds of work in between make it draw the page
    once more. With nothing left to work out, the results and the section reach it together.
    """
    if session.draws_a_section():
        with suppress(Exception):  # what fails here fails again where it is to be shown, and is told there
            at_once_html()


@lru_cache(maxsize=MOST_TEXTS)
def _html(text: str) -> str:
    try:
        return f'{table_html(at_once_table(compared(text, (), "")))}<p class="fm fm-small">{TAKEN_FROM}</p>'
    except ProblemsError as error:
        count = len(error.problems)
        wanting = "one entry is" if count == 1 else f"{count} entries are"
        first = f"The first to look at: {_said(placed(error.problems, json.loads(text))[0])}"
        return f'<p class="fm">No results yet: {wanting} missing or not right. {escape(first)}</p>'


def _said(problem: Problem) -> str:
    told = sentence(replace(problem, where=""))
    return f"{problem.where}. {told[:1].upper()}{told[1:]}"


def at_once_table(found: Comparison) -> Table:
    """Return the main results of every contract over the whole period."""
    names = (*RESULTS, PEOPLE) if found.prepared.inputs.people.counted.any() else RESULTS
    rows = []
    for name in names:
        about = Totals.__dataclass_fields__[name].metadata
        values = getattr(found.totals, name)
        rows.append(Row(about["label"], tuple(in_unit(float(value), about["unit"]) for value in values)))
    return Table(
        f"At once: what is entered gives, {period(found)}",
        ("", *(contract_heading(found, contract) for contract in found.contracts)),
        (Group("", tuple(rows)),),
    )
