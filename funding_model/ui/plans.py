"""Plans: the answers to "what would it take", each laid out for the page on which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.drivers import HEADINGS as DRIVERS_HEADINGS
from funding_model.questions.drivers import drivers_rows
from funding_model.questions.ladder import HEADINGS as LADDER_HEADINGS
from funding_model.questions.ladder import ladder_rows
from funding_model.questions.workforce import HEADINGS as WORKFORCE_HEADINGS
from funding_model.questions.workforce import workforce_rows
from funding_model.report.drivers import drivers_grids, drivers_sentences, overheads_chart
from funding_model.report.ladder import ladder_chart, ladder_grids, ladder_sentences
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import negotiated, planned_workforce, shared_otherwise
from funding_model.ui.html import markdown_text
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart


def show_workforce(comparison: Comparison) -> None:
    """Show posts, people, hires and pay by year, and the recruits needed beside the supply."""
    explain("Which posts there are in each year, who has to be hired, and what they cost with every post filled.")
    document = planned_workforce(state.text(), comparison.contracts, comparison.base)
    show_sentences(workforce_sentences(document))
    grids = workforce_grids(document)
    if grids:
        contract = frame.choose_contract(comparison, "workforce-contract")
        chosen = {**document, "contracts": [each for each in document["contracts"] if each["name"] == contract]}
        caption(f"Hires by year under {contract}")
        show_chart(hires_chart(chosen, look()))
        show_grids(workforce_grids(chosen))
    show_notes(document)
    offer_files(document, "workforce", WORKFORCE_HEADINGS, workforce_rows)


def show_drivers(comparison: Comparison) -> None:
    """Show what each service would bear of the support costs, however they are shared."""
    explain("What each service bears of the support costs as you share them, and in every other reasonable way.")
    document = shared_otherwise(state.text(), comparison.contracts, comparison.base)
    show_sentences(drivers_sentences(document))
    grids = drivers_grids(document)
    if grids:
        caption("Overhead of each service over the whole period, by way of sharing")
        show_chart(overheads_chart(document, look()))
        show_grids(grids)
    show_notes(document)
    offer_files(document, "drivers", DRIVERS_HEADINGS, drivers_rows)


def show_ladder(comparison: Comparison) -> None:
    """Show the prices between which to negotiate, and the smallest concession on each term that breaks even."""
    explain(
        "The price beside the one that meets the full cost, the least that is acceptable, and the one below which it "
        "would cost less not to take the contract; and for each term the smallest single change that breaks even."
    )
    names = tuple(service.name for service in comparison.scenario.services)
    service = None
    if len(names) > 1:
        service = st.selectbox(
            "Break even over",
            [None, *names],
            format_func=partial(_whole_or_service, len(names)),
            key=frame.key("ladder-service"),
        )
    document = negotiated(state.text(), comparison.contracts, comparison.base, service)
    caption("Price beside full-cost, least acceptable and walk-away price, over the whole period")
    show_chart(ladder_chart(document, look()))
    show_sentences(ladder_sentences(document))
    show_grids(ladder_grids(document))
    show_notes(document)
    offer_files(document, "ladder", LADDER_HEADINGS, ladder_rows)


def _whole_or_service(count: int, name: str | None) -> str:
    return f"All {count} services together" if name is None else markdown_text(name)


QUESTIONS: Final[dict[str, Callable[[Comparison], None]]] = {
    "Which staff are needed, and what do they cost?": show_workforce,
    "Where is there room to negotiate?": show_ladder,
    "Could the overheads be shared otherwise?": show_drivers,
}
"""What can be asked, and what lays out the answer."""
