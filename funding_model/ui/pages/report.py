"""Report: a paper for a board or a commissioner, chosen, looked at and taken away."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.ui import frame
from funding_model.ui.reports import choose, made, show
from funding_model.ui.show import explain

frame.open_page(
    "Report",
    "A paper to take into the room: two pages for a board, then annexes for an analyst, with every chart beside its "
    "table.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
st.header("What it holds")
choices = choose()
pressed = st.button("Make the report", type="primary", key="make-report")
try:
    report = made(comparison, choices, pressed=pressed)
except ProblemsError as error:
    frame.show_problems("This report cannot be made.", error.problems)
    st.stop()
if report is None:
    explain("Making it takes a few seconds, longer with many services. Then it can be looked at and taken away.")
else:
    st.header("Take it away")
    show(report)
frame.next_link("report")
