"""How sure: what follows when all that is not certain is drawn many times."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.questions.uncertainty.document import HEADINGS, simulation_rows
from funding_model.report.chances import middle_sentences, simulation_sentences
from funding_model.ui import frame, state
from funding_model.ui.chances import (
    choose_draws,
    show_better,
    show_curves,
    show_draws,
    show_limits,
    show_nothing_uncertain,
    show_years,
)
from funding_model.ui.entry.places import placed
from funding_model.ui.sheets import offer_files, show_notes, show_sentences
from funding_model.ui.show import heading

frame.open_page(
    "How sure",
    "How far the results can be relied on: every range that you entered, and whether each service goes on, is drawn "
    "many times, the same for every contract.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
try:
    document = choose_draws(comparison)
except ProblemsError as error:
    frame.show_problems("This cannot be drawn.", placed(error.problems, state.document()))
    st.stop()

if not document["uncertain"]:
    show_nothing_uncertain(document)
    show_notes(document, simulation_sentences(document))
else:
    heading("In short")
    show_sentences(middle_sentences(document))
    heading("How far results range")
    show_curves(document)
    heading("How often one contract is better than another")
    show_better(document)
    heading("How often limits are broken")
    show_limits(document)
    heading("One contract, year by year")
    show_years(document, comparison)
    heading(
        "Were there enough draws?",
        "The more draws, the better their mean is known. Where the first answer is not enough, choose more of them at "
        "the top of this page.",
    )
    show_draws(document)
    show_notes(document)
offer_files(document, "simulation", HEADINGS, simulation_rows)
frame.next_link("how_sure")
