"""Staff and support: the workforce plan, and the ways in which support costs could be shared."""

from __future__ import annotations

from funding_model.questions.compare import Comparison
from funding_model.questions.drivers import HEADINGS as DRIVERS_HEADINGS
from funding_model.questions.drivers import drivers_rows
from funding_model.questions.workforce import HEADINGS as WORKFORCE_HEADINGS
from funding_model.questions.workforce import workforce_rows
from funding_model.report.drivers import drivers_grids, drivers_sentences, overheads_chart
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import planned_workforce, shared_otherwise
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
        caption(f"Hires by year under “{contract}”, people")
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
