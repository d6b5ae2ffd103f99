"""The least that Streamlit does with two pages: a line on each, and the links between them."""

import streamlit as st


def first() -> None:
    """Say that this is the first page."""
    st.title("First")
    st.text("Shown: first")


def second() -> None:
    """Say that this is the second page."""
    st.title("Second")
    st.text("Shown: second")


st.navigation([st.Page(first, title="First", default=True), st.Page(second, title="Second")]).run()
