"""Where figures come from: any figure as a tree, from its formula down to what was typed or published."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.ui import frame, state
from funding_model.ui.asked import explained
from funding_model.ui.html import paragraphs_html
from funding_model.ui.origins import choose_figure, choose_part, offer_explanation
from funding_model.ui.show import heading
from funding_model.ui.trees import tree_html

frame.open_page(
    "Where figures come from",
    "Choose any figure. It is taken apart here, step by step, down to what you typed and to published figures with "
    "their sources.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)
asked = choose_figure(comparison)
try:
    with st.spinner("Taking it apart"):
        root = explained(state.text(), comparison.contracts, comparison.base, asked)
except ProblemsError as error:
    frame.show_problems("This cannot be explained.", error.problems)
    st.stop()

heading("Step by step")
shown = choose_part(root, asked)
with st.spinner("Taking it apart"):
    st.html(tree_html(shown[-1]))
if len(shown) > 1:
    st.html(paragraphs_html([f"This is part of: {' → '.join(node.label for node in shown)}."]))
st.caption("Open and close the parts with the mouse, or with Tab and Enter. A figure is shown with all its decimals.")
offer_explanation(comparison, asked)
frame.next_link("figures")
