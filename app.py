"""The calculator in a browser: ``make run``, or ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from funding_model.ui import frame

UI = Path(__file__).parent / "funding_model" / "ui"

# The icon is set before the pages are, or else the browser asks an outside host for one.
st.set_page_config(page_icon=str(UI / "icon.png"), layout="wide")
page = st.navigation(
    [
        st.Page(UI / "pages" / "compare.py", title="Compare", default=True),
        st.Page(UI / "pages" / "cash.py", title="Cash and reserves"),
        st.Page(UI / "pages" / "checks.py", title="Checks and method"),
        st.Page(UI / "pages" / "about.py", title="About"),
    ]
)
st.set_page_config(f"{page.title} – Funding model calculator")
frame.open_frame()
frame.run(page.run)
