"""Compare: the answer in words, the money by year, the differences from the base, and the files to take away."""

import streamlit as st

from funding_model.report.charts import MOST_BARS, price_chart, surplus_chart
from funding_model.report.rows import MONEY, money_rows, year_labels
from funding_model.report.sentences import headlines
from funding_model.report.tables import gap_beside, money_table, results_table, services_beside
from funding_model.ui import frame
from funding_model.ui.glossary import GLOSSARY
from funding_model.ui.html import headlines_html, remark_html, report_html, table_html
from funding_model.ui.origins import offer_origins
from funding_model.ui.show import drawer, explain, heading, look, remark, show_drawn, show_notes_beside
from funding_model.ui.tables import glossary_table

frame.open_page("Compare contracts", "What the service costs, what each contract pays, and why they differ.")
comparison = frame.comparison()
frame.show_scenario(comparison)

heading("In short")
st.html(headlines_html((line.subject, line.text) for line in headlines(comparison)))
show_notes_beside(comparison)
if comparison.scenario.description:
    with drawer("What this scenario shows") as opened:
        if opened:
            explain(comparison.scenario.description)
with drawer("What the words mean") as opened:
    if opened:
        st.html(table_html(glossary_table(GLOSSARY)))

heading("Cost and price by year")
service = frame.choose_service(comparison)
rows = money_rows(comparison, service)
SHOWN = ("Price beside cost", "Surplus with posts filled")
shown = st.radio("The chart shows", SHOWN, horizontal=True, key="money-chart")
if len(rows) > MOST_BARS:
    remark("The chart shows the whole period, because there are too many years and contracts for one bar each.")
drawn = st.container()
st.html(
    report_html(money_table(comparison, service))
    + remark_html(
        "Amounts are rounded for show only; years are rounded so that they add up to the whole period."
        if len(year_labels(comparison)) > 1
        else ""
    )
)

whose = None if service is None else comparison.scenario.services[service].name
offer_origins(MONEY, comparison.base, whose)

ROUNDED = "Steps are rounded so that they add up; one may differ by a pound from the same amount elsewhere."
steps = f'{report_html(gap_beside(comparison, service))}<p class="fm fm-small">{ROUNDED}</p>'
heading("Why the surplus is what it is", html=steps)

frame.link("why", "Rule by rule, by year and service, and why two contracts differ: Why")

heading(
    "Every result beside the base",
    "Each heading is an account of its own. Amounts under different headings are never added together.",
    html=report_html(results_table(comparison)),
)
if len(comparison.scenario.services) > 1:
    with drawer(f"Each of the {len(comparison.scenario.services)} services") as opened:
        if opened:
            st.html(report_html(services_beside(comparison)))

frame.next_link("compare")
with drawn:  # last, as it takes the browser longest
    show_drawn(price_chart if shown == SHOWN[0] else surplus_chart, tuple(rows), look())
