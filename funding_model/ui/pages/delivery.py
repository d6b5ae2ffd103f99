"""Delivery and staff: who is supported and who waits, month by month, and what the contracts do to staff."""

import streamlit as st

from funding_model.report.delivery import (
    SHOWN,
    delivery_rows,
    delivery_sentences,
    months_grid,
    people_chart,
    security_grid,
    weeks_grid,
)
from funding_model.report.sentences import headlines
from funding_model.report.workforce import people_grids
from funding_model.ui import frame, state
from funding_model.ui.asked import planned_workforce
from funding_model.ui.html import list_html
from funding_model.ui.origins import offer_origins
from funding_model.ui.sheets import show_grids
from funding_model.ui.show import caption, explain, heading, look, show_drawn

frame.open_page(
    "Delivery and staff",
    "Who is supported and who waits, month by month, which weeks of service are lost and to what, and how secure the "
    "posts are.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)

heading("People supported and waiting")
services = comparison.scenario.services
supporting = [place for place, service in enumerate(services) if service.people is not None]
if not supporting:
    st.info("No people are entered for any service, so delivery and the waiting list are left out.")
    frame.link("services", "Enter people on the page Services")
else:
    service = frame.choose_service(comparison, supporting)
    st.html(list_html(delivery_sentences(comparison, service)))
    shown = st.radio("The chart shows", list(SHOWN), format_func=SHOWN.__getitem__, horizontal=True, key="people-chart")
    every = [row for case in range(len(comparison.contracts)) for row in delivery_rows(comparison, case, service)]
    caption(f"{SHOWN[shown]}, people, if the services continue")
    show_drawn(people_chart, tuple(every), shown, look())
    show_grids([weeks_grid(comparison, service)])
    whose = None if service is None else services[service].name
    offer_origins(("people_starting_support", "weeks_lost", "waiting_at_end"), comparison.base, whose, about="People")
    contract = frame.choose_contract(comparison, "delivery-contract")
    show_grids([months_grid([row for row in every if row.contract == contract])])

heading("Staff")
document = planned_workforce(state.text(), comparison.contracts, comparison.base)
staff = [line.text for line in headlines(comparison) if line.subject == "Staff"]
if not staff:
    st.info("No posts are entered, so there is nothing to say about staff.")
else:
    st.html(list_html(staff))
    show_grids([security_grid(comparison)])
    explain("A break clause that the funder may use is disregarded in this table.")
    show_grids(people_grids(document))
    offer_origins(("leavers", "hires", "notices"), comparison.base, about="Staff")
    frame.link("what_it_takes", "The workforce plan, by service and post: What would it take")

frame.next_link("delivery")
