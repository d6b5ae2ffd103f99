"""The calculator in a browser: ``make run``, or ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from funding_model.ui import frame
from funding_model.ui.settled import settle

UI = Path(__file__).parent / "funding_model" / "ui"

# The icon is set before the pages are, or else the browser asks an outside host for one.
st.set_page_config(page_icon=str(UI / "icon.png"), layout="wide")
page = st.navigation(
    {
        section: [
            st.Page(UI / "pages" / f"{name}.py", title=title, default=name == "start") for name, title in pages.items()
        ]
        for section, pages in frame.SECTIONS.items()
    },
    expanded=True,
)
st.set_page_config(f"{page.title} – Funding model calculator")
frame.open_frame()
frame.run(page.run)
settle()
