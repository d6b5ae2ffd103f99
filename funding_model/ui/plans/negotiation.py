"""Negotiation: the prices between which to negotiate, and the smallest concessions that break even."""

from __future__ import annotations

from functools import partial

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.ladder import HEADINGS, ladder_rows
from funding_model.report.ladder import beside_each_other, ladder_chart, ladder_sentences, of_contract
from funding_model.ui import frame, state
from funding_model.ui.asked import negotiated
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart


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
    show_grids(beside_each_other(document))
    contract = frame.choose_contract(comparison, "ladder-contract")
    found = next(each for each in document["contracts"] if each["name"] == contract)
    show_grids(of_contract(found, service))
    show_notes(document)
    offer_files(document, "ladder", HEADINGS, ladder_rows)


def _whole_or_service(count: int, name: str | None) -> str:
    return f"All {count} services together" if name is None else name
