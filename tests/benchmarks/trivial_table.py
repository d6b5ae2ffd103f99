"""The least that a page of Streamlit does with a table: one to type into, and one line that says what was entered."""

import pandas as pd
import streamlit as st

st.title("Trivial")
entered = st.data_editor(pd.DataFrame({"Amount": ["1"]}), num_rows="dynamic", hide_index=True, key="table")
st.text(f"Entered: {entered['Amount'][0]}")
