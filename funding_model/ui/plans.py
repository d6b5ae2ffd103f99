"""Plans: the answers to "what would it take", each laid out for the page on which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.drivers import HEADINGS as DRIVERS_HEADINGS
from funding_model.questions.drivers import drivers_rows
from funding_model.questions.workforce import HEADINGS as WORKFORCE_HEADINGS
from funding_model.questions.workforce import workforce_rows
from funding_model.report.drivers import drivers_grids, drivers_sentences, overheads_chart
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import planned_workforce, shared_otherwise
from funding_model.ui.html import markdown_text
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import explain, look, show_chart


def show_workforce(comparison: Comparison) -> None:
    """Show posts, people, hires and pay by year, and the recruits needed beside the supply."""
    explain("Which posts there are in each year, who has to be hired, and what they cost with every post filled.")
    document = planned_workforce(state.text(), comparison.contracts, comparison.base)
    show_sentences(workforce_sentences(document))
    grids = workforce_grids(document)
    if grids:
        show_chart(hires_chart(document, look()))
        contract = choose_contract(comparison, "workforce-contract")
        chosen = [each for each in document["contracts"] if each["name"] == contract]
        show_grids(workforce_grids({**document, "contracts": chosen}))
    show_notes(document)
    offer_files(document, "workforce", WORKFORCE_HEADINGS, workforce_rows)


def show_drivers(comparison: Comparison) -> None:
    """Show what each service would bear of the support costs, however they are shared."""
    explain("What each service bears of the support costs as you share them, and in every other reasonable way.")
    document = shared_otherwise(state.text(), comparison.contracts, comparison.base)
    show_sentences(drivers_sentences(document))
    grids = drivers_grids(document)
    if grids:
        show_chart(overheads_chart(document, look()))
        show_grids(grids)
    show_notes(document)
    offer_files(document, "drivers", DRIVERS_HEADINGS, drivers_rows)


def choose_contract(comparison: Comparison, key: str) -> str:
    """Let the visitor choose one of the contracts compared; the base until another is chosen."""
    return st.selectbox(
        "Contract",
        comparison.contracts,
        index=comparison.contracts.index(comparison.base),
        format_func=markdown_text,
        key=frame.key(key),
    )


QUESTIONS: Final[dict[str, Callable[[Comparison], None]]] = {
    "Which staff are needed, and what do they cost?": show_workforce,
    "Could the overheads be shared otherwise?": show_drivers,
}
"""What can be asked, and what lays out the answer."""
