"""The least that a page of Streamlit does: one field, and one line that says what was entered."""

import streamlit as st

st.title("Trivial")
entered = st.text_input("Amount")
st.text(f"Entered: {entered}")
