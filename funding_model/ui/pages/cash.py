"""Cash and reserves: when money comes and goes, and how far ahead funding is confirmed."""

import streamlit as st

from funding_model.report.cash_tables import cash_table, months_table
from funding_model.report.charts import cash_chart, confirmed_chart, contract_cash_chart
from funding_model.report.rows import confirmed_months, confirmed_words, month_rows
from funding_model.report.sentences import headlines
from funding_model.report.timetable import timetable_grid, timetable_sentences
from funding_model.ui import frame, state
from funding_model.ui.asked import dated
from funding_model.ui.html import headlines_html, list_html, report_html
from funding_model.ui.origins import offer_origins
from funding_model.ui.sheets import show_grids
from funding_model.ui.show import caption, explain, heading, look, remark, show_chart, show_drawn, subheading

CHARTS = ("Cash and free reserves at each month’s end", "Months of confirmed funding ahead")

frame.open_page(
    "Cash and reserves", "When money comes and goes, how far ahead it is confirmed, and when it runs short."
)
comparison = frame.comparison()
frame.show_scenario(comparison)
minimum = comparison.scenario.organisation.minimum_cash

short = headlines_html((line.subject, line.text) for line in headlines(comparison) if line.subject == "Cash")
st.html(short + report_html(cash_table(comparison)))
offer_origins(("cash_lowest", "cash_lowest_if_lost", "cash_closing", "free_reserves"), comparison.base)

heading("Cash under every contract")
every_row = [row for case in range(len(comparison.contracts)) for row in month_rows(comparison, case)]
caption("Cash at each month’s end, if everything continues")
show_drawn(cash_chart, tuple(every_row), minimum, look())

heading("One contract, month by month")
contract = frame.choose_contract(comparison, "cash-contract")
case = comparison.contracts.index(contract)
rows = month_rows(comparison, case)
confirmed = confirmed_months(comparison, case)
explain(
    f"At the start of the scenario, funding is confirmed until {confirmed_words(comparison, case)}."
    if confirmed
    else "No funding is confirmed at the start of the scenario.",
    "Where it is not confirmed, the figures assume that it goes on, and the lines are dashed.",
)
drawn, listed = st.columns(2)
with drawn:
    shown = st.radio("The chart shows", CHARTS, horizontal=True, key="cash-chart")
    caption(f"{shown}: {contract}")
    if shown == CHARTS[0]:
        show_drawn(contract_cash_chart, tuple(rows), minimum, confirmed, look())
    else:
        show_drawn(confirmed_chart, tuple(rows), look())
        if len(comparison.scenario.services) > 1:
            remark("Of the service for which they are fewest in the month.")
with listed:
    st.html(report_html(months_table(rows)))

subheading("When awards end, and when that is decided", html=list_html(timetable_sentences(comparison, case)))
chart = dated(state.text(), comparison.contracts, comparison.base, case, look())
if chart is not None:
    show_chart(chart)
show_grids([timetable_grid(comparison, case)])

frame.next_link("cash")
