"""About: what the calculator is, what it must not be used for, and how accessible it is."""

import streamlit as st

from funding_model import __version__
from funding_model.questions.compare import data_date
from funding_model.questions.notes import LIMITS
from funding_model.ui import frame
from funding_model.ui.glossary import GLOSSARY
from funding_model.ui.html import table_html
from funding_model.ui.show import heading
from funding_model.ui.tables import glossary_table

frame.top("About this calculator", "What it is, what it must not be used for, and how accessible it is.")
st.markdown(
    """
It works out what a voluntary-sector service fully costs: its own staff and other costs, and its fair share of the
organisation’s overheads. It then puts the same service under different contracts and shows what is paid, who carries
the gap, what families receive, and when cash runs short.

It holds no opinion. If a yearly contract is cheaper or better in a scenario, it says so.
"""
)
heading("How far it can be trusted")
st.markdown("\n".join(f"- {limit}" for limit in LIMITS))
st.markdown(
    """
What has no published evidence is left blank, and its effect is off until you enter a figure of your own. The page
*Checks and method* lists what is off in your scenario, and every formula.
"""
)
heading("Where your figures go")
st.markdown(
    """
Nowhere but into a database on the computer that runs the calculator. Every change is saved there at once, under a key
that only the address of your page holds. Nothing is sent to anyone else.
"""
)
heading("Accessibility")
st.markdown(
    """
The aim is level AA of the Web Content Accessibility Guidelines 2.2. Every page works with the keyboard alone, in light
and in dark, and at a width of 320 pixels. Beside every chart stands a table with the same numbers, colour is never the
only signal, and every chart has a description for screen readers.

An automatic test checks this in a browser. It cannot find everything, and no one who uses a screen reader every day has
tested the calculator yet. What is known not to meet the guidelines is listed in the file *docs/accessibility.md*.
"""
)
heading("Words used here")
st.html(table_html(glossary_table(GLOSSARY)))
st.caption(f"Version {__version__}. Public figures as at {frame.date_words(data_date())}.")
