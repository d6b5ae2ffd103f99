"""What matters most: which inputs a result depends on, one by one, by their share of its variance, and in pairs."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.questions.sensitivity import HEADINGS, sensitivity_rows
from funding_model.report.sensitivities import sensitivity_grids, sensitivity_sentences
from funding_model.ui import frame
from funding_model.ui.results import said_in_the_app
from funding_model.ui.sensitivities import choose_and_work_out, show_heat, show_tornado
from funding_model.ui.sheets import offer_files, show_grids, show_notes, show_sentences
from funding_model.ui.show import heading

frame.open_page(
    "What matters most",
    "Which assumptions a result depends on most, so that you know which are worth finding out better.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
try:
    document = choose_and_work_out(comparison)
except ProblemsError as error:
    frame.show_problems("This cannot be worked out.", [said_in_the_app(each) for each in error.problems])
    frame.next_link("sensitivity")
    st.stop()

heading("In short")
show_sentences(sensitivity_sentences(document))
heading("One input at a time")
show_tornado(document)
if document["grid"] is not None:
    heading("Two inputs at a time")
    show_heat(document)
heading("In figures")
show_grids(sensitivity_grids(document))
show_notes(document)
offer_files(document, "sensitivity", HEADINGS, sensitivity_rows)
frame.next_link("sensitivity")
