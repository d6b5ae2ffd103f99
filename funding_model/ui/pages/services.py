"""Services: posts, other costs, the people supported, and planned changes of size."""

import streamlit as st

from funding_model.scenario.costs import Post, RedundancyTerms
from funding_model.scenario.plain import Place
from funding_model.scenario.services import PeopleSupported
from funding_model.ui import frame, state
from funding_model.ui.entry.documents import list_at, value_at
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.fields import explain_fields, faults_at, faults_under, field, fields, show_faults
from funding_model.ui.grids import grid, optional_grid
from funding_model.ui.html import table_html
from funding_model.ui.lists import choose_item
from funding_model.ui.one_part import choose_part
from funding_model.ui.posts import edit_posts
from funding_model.ui.service_costs import copy_year_button, lines_table, own_terms
from funding_model.ui.show import beside, heading

SERVICES = ("services",)
LINES = (
    "name",
    "amount",
    "per",
    "category",
    "index",
    "own_rate",
    "vat_rate",
    "vat_recoverable",
    "eligible",
    "cash",
    "kind",
    "start",
    "end",
    "prices_of",
    "status",
    "source",
)


def edit_service(place: Place) -> None:
    """Let a service be named, and its share of need be entered."""
    with beside(3, "service"):
        field((*place, "name"))
        field((*place, "need_index"), stale=False)
        field((*place, "status"), stale=False)
    show_faults(faults_at(place))


def edit_lines(place: Place) -> None:
    """Let it be entered what a service spends on other things than posts."""
    grid((*place, "lines"), LINES, "Other costs of this service")
    if list_at(state.document(), (*place, "lines")):
        st.html(table_html(lines_table((*place, "lines"))))


def edit_people(place: Place) -> None:
    """Let it be entered whom a service supports."""
    names = (
        "unit",
        "caseload_per_fte",
        "mean_length_months",
        "referrals_a_month",
        "opening_caseload",
        "opening_waiting",
    )
    fields([(*place, name) for name in names], stale=False)
    if value_at(state.document(), place):
        missing = [problem for problem in faults_under(place) if problem.message == "is missing."]
        show_faults(missing)


def edit_size(place: Place) -> None:
    """Let it be entered how a service grows or shrinks."""
    names = ("start", "volume", "rationale")
    optional_grid((*place, "planned_changes"), names, "Planned changes of size", "Enter changes of size")
    copy_year_button((*place, "planned_changes"))


def edit_funders(place: Place) -> None:
    """Let it be entered who else pays for a service."""
    field((*place, "opening_restricted_funds"), stale=False)
    names = ("name", "kind", "amount_by_year", "restricted_to", "income_restricted", "status", "source")
    optional_grid((*place, "other_funders"), names, "Other funders", "Enter other funders")


def edit_social_value(place: Place) -> None:
    """Let it be entered what a study says of a service’s social value."""
    names = ("name", "pounds", "per", "attributable", "limits", "source", "status")
    optional_grid((*place, "social_value"), names, "Social value", "Enter social value")


def show_people() -> None:
    """Show what a service is called, and whom it supports."""
    live.section(edit_service, place)
    heading(
        "People supported",
        "Leave all of this blank for a service without a caseload: delivery and the waiting list are then left out.",
    )
    live.section(edit_people, people)


def show_posts() -> None:
    """Show the posts of a service."""
    heading(
        "Posts",
        "One row for each kind of post. Enter either a point of the NJC pay spine or your own full-time salary. "
        "Amounts may be typed as £1,250.50 and shares as 5%; a comma only parts thousands. “Time with a "
        "caseload” is the part of the time that is spent with the people supported.",
    )
    live.section(edit_posts, place, "Posts of this service")


def show_lines() -> None:
    """Show what a service spends on other things than posts."""
    heading(
        "Other costs",
        "Amounts are without VAT; enter the rate of VAT and the share of it that you can recover beside them. The "
        "index says what moves the amount from year to year.",
    )
    live.section(edit_lines, place)


def show_changes() -> None:
    """Show how a service changes, who else pays for it, and what studies say of it: what most leave blank."""
    heading(
        "Planned changes of size",
        "From which month the service is how many times the size entered: 1.25 is a quarter more. Posts, costs that "
        "run on and referrals change together.",
    )
    live.section(edit_size, place)
    heading(
        "Who else pays",
        "Give the amount of each financial year from the first, with semicolons between them: 12,000; 12,400; 12,800.",
    )
    live.section(edit_funders, place)
    heading(
        "Social value",
        "Leave this blank unless a study gives a value: it needs its source and its limits, and it stands in a ledger "
        "of its own that is added to no other.",
    )
    live.section(edit_social_value, place)
    own_terms(place)


live = frame.open_live_page(
    "Services",
    "What each service spends on its own staff and on everything else, whom it supports, and how its size changes over "
    "the years. Support costs that it shares with others are on the page before.",
)
service = choose_item(SERVICES, "service", {"posts": [], "lines": []})
if service is None:
    st.info("There is no service yet: add one.")
    live.section(show_faults, ())
    frame.next_link("services")
    st.stop()
place = (*SERVICES, service)
people = (*place, "people")
part = choose_part(live, "services")
shown = dict(zip(PARTS["services"], (show_people, show_posts, show_lines, show_changes), strict=True))
shown[part]()
explain_fields(
    (place, ("name", "need_index", "opening_restricted_funds", "status")),
    (people, tuple(PeopleSupported.model_fields)),
    ((*place, "posts", 0), tuple(name for name in Post.model_fields if name not in ("time", "heads", "redundancy"))),
    ((*place, "posts", 0, "redundancy"), tuple(RedundancyTerms.model_fields)),
)
frame.next_link("services", part)
