"""Checks and method: what was reconciled, what is switched off, and how everything is worked out."""

from pathlib import Path

import streamlit as st

from funding_model.questions.compare import data_date
from funding_model.questions.notes import switched_off, warnings
from funding_model.report.tables import checks_table, notes_table
from funding_model.ui import frame
from funding_model.ui.glossary import GLOSSARY
from funding_model.ui.html import report_html, table_html
from funding_model.ui.show import heading
from funding_model.ui.tables import MOST_PLACES, glossary_table

METHOD = Path(__file__).parents[3] / "docs" / "method.md"

frame.open_page(
    "Checks and method",
    "Whether the figures reconcile, what makes them less sure, what is switched off, and how everything is worked out.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)

heading("Checks")
if comparison.passed:
    st.success(f"The master check holds: all {len(comparison.checks)} checks of which it is made do.")
else:
    failed = sum(not check.passed for check in comparison.checks)
    st.error(
        f"The master check does not hold: {failed} of {len(comparison.checks)} checks fail. Do not use these results."
    )
st.html(report_html(checks_table(comparison)))

heading("Warnings")
if found := warnings(comparison):
    st.html(report_html(notes_table("What makes these results less sure than they look", found, MOST_PLACES)))
else:
    st.write("None for this scenario.")

heading("What is switched off")
if off := switched_off(comparison):
    st.html(report_html(notes_table("Effects that are not counted or are simplified, and why", off, MOST_PLACES)))
else:
    st.write("Nothing: every effect has an entry.")

heading("Words used here")
with st.expander("What the words mean"):
    st.html(table_html(glossary_table(GLOSSARY)))

heading("Method", f"Public figures as at {frame.date_words(data_date())}.")
with st.expander("Every formula, stage by stage"):
    # Its headings are one level lower here, below the heading of this page.
    st.markdown(
        METHOD.read_text(encoding="utf-8").replace("\n## ", "\n#### ").replace("# The method", "### The method", 1)
    )

frame.next_link("checks")
