"""Report: a paper for a board or a commissioner, chosen, looked at and taken away."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.ui import frame, proofs, state
from funding_model.ui.entry.places import placed
from funding_model.ui.reports import choose, made, show
from funding_model.ui.show import explain, heading

frame.open_page(
    "Report",
    "A paper to take into the room: two pages for a board, then annexes for an analyst, with every chart beside its "
    "table; and the calculation as a workbook of live formulas.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
heading("What it holds")
choices = choose()
pressed = st.button("Make the report", type="primary", key="make-report")
report, refused = None, False
try:
    report = made(comparison, choices, pressed=pressed)
except ProblemsError as error:
    frame.show_problems("This report cannot be made.", placed(error.problems, state.document()))
    refused = True
if report is not None:
    heading("Take it away")
    show(report)
elif not refused:
    explain("Making it takes a few seconds, longer with many services. Then it can be looked at and taken away.")
heading("Proof workbook")
proofs.offer(comparison)
frame.next_link("report")
