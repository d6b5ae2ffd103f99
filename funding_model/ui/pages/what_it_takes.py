"""What would it take: plans, prices and terms that would do, one question at a time."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.ui import frame, state
from funding_model.ui.entry.places import placed
from funding_model.ui.plans import QUESTIONS
from funding_model.ui.show import heading

frame.open_page(
    "What would it take",
    "What a plan needs, and what would have to change for it to come out right. Choose a question.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
question = st.selectbox("Question", list(QUESTIONS), key="question")
heading(question)
try:
    with st.spinner("Working it out"):
        QUESTIONS[question](comparison)
except ProblemsError as error:
    frame.show_problems("This cannot be worked out.", placed(error.problems, state.document()))
frame.next_link("what_it_takes")
