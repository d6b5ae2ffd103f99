"""Organisation: reserves and cash, support pools, other activities, and who bears the support costs."""

import streamlit as st

from funding_model.scenario.organisation import Organisation, Pool, Reconciliation
from funding_model.scenario.plain import Place
from funding_model.ui import frame, state
from funding_model.ui.entry.documents import list_at, value_at
from funding_model.ui.entry.parts import PARTS
from funding_model.ui.fields import explain_fields, faults_under, field, fields, show_faults
from funding_model.ui.grids import grid
from funding_model.ui.lists import choose_item
from funding_model.ui.one_part import choose_part
from funding_model.ui.overheads import choose_driver, quantities, sharing_html
from funding_model.ui.posts import edit_posts
from funding_model.ui.show import beside, drawer, explain, heading

ORGANISATION = ("organisation",)
POOLS = (*ORGANISATION, "pools")


def edit_organisation() -> None:
    """Let it be entered who provides the services, and for how long this scenario looks ahead."""
    with beside(2, "names"):
        field(("name",), "Name of this scenario")
        field((*ORGANISATION, "name"), "Name of the organisation", stale=False)
    names = ("first_month", "jurisdiction", "full_time_hours_a_week")
    fields([*((*ORGANISATION, name) for name in names), ("horizon_years",)], columns=4)
    field(("description",), "What this scenario is for", stale=False)


def edit_cash() -> None:
    """Let cash and reserves at the start be entered, and what they are measured by."""
    names = (
        "opening_cash",
        "opening_free_reserves",
        "minimum_cash",
        "reserves_policy_months",
        "reserves_policy_basis",
        "borrowing_rate",
        "employment_allowance_claimed",
    )
    fields([(*ORGANISATION, name) for name in names], stale=False)


def choose_rule() -> None:
    """Let it be chosen how support costs are shared."""
    chosen = value_at(state.document(), (*ORGANISATION, "allocation_method"))
    base = ("single_rate_base",) if chosen == "single_rate" else ()
    fields([(*ORGANISATION, name) for name in ("allocation_method", *base)], columns=2, stale=False)


def edit_driver(place: Place) -> None:
    """Let a pool be named, and its driver be chosen."""
    fields([(*place, "name"), (*place, "category")], columns=2)
    choose_driver(place)


def edit_lines(place: Place) -> None:
    """Let it be entered what a pool buys."""
    grid(
        (*place, "lines"),
        ("name", "amount", "per", "category", "index", "vat_rate", "eligible", "cash", "status"),
        "What the pool buys",
    )


def edit_reasons(place: Place) -> None:
    """Let it be entered why a pool is shared as it is, and when it shrinks."""
    fields([(*place, "rationale"), (*place, "shed_after_months"), (*place, "status")], stale=False)
    edit_rules()


def edit_rules() -> None:
    """Let funders’ own rules be entered."""
    with drawer("What funders do not accept in the sharing of support costs") as opened:
        if opened:
            _show_rules()


def _show_rules() -> None:
    explain("A rule says whose it is and names the document; several names in a cell are parted by semicolons.")
    grid(
        (*ORGANISATION, "funder_rules"),
        ("funder", "contracts", "pools", "methods", "drivers", "reason", "source"),
        "Funders’ rules",
        drawers=False,
    )


def edit_others() -> None:
    """Let everything else be entered that the organisation does, and what it uses of each driver."""
    grid(
        (*ORGANISATION, "other_activities"),
        ("name", "staff_cost", "other_cost", "heads", "mean_pay", "income", "status", "source"),
        "Other activities, a year",
    )
    quantities()


def edit_total() -> None:
    """Let the total be entered that all costs should add up to."""
    with drawer("The total that all costs should add up to") as opened:
        if opened:
            explain("Enter the total of your budget or accounts, and the difference is shown under Checks.")
            names = ("total", "tolerance", "source")
            fields([(*ORGANISATION, "reconciliation", name) for name in names], stale=False)


def show_organisation() -> None:
    """Show who provides the services, and what it has to start with."""
    live.section(edit_organisation)
    heading(
        "Cash and reserves at the start",
        "Leave blank what you do not know: the results then show how cash and reserves move, not how much there is.",
    )
    live.section(edit_cash)


def show_support_costs() -> None:
    """Show the costs that services share, one pool at a time."""
    heading(
        "Support costs that services share",
        "Put costs that belong together and are used in the same way into one pool: premises in one, finance and "
        "people in another. Each pool is shared by a driver, which says who uses how much of it.",
    )
    live.section(choose_rule)
    fresh = {"name": "Office and management", "category": "central_functions", "driver": "fte"}
    pool = choose_item(POOLS, "pool", fresh)
    if pool is None:
        live.section(edit_rules)
    else:
        live.section(edit_driver, (*POOLS, pool))
        live.section(edit_lines, (*POOLS, pool))
        live.section(edit_posts, (*POOLS, pool), "The pool’s posts")
        live.section(edit_reasons, (*POOLS, pool))


def show_everything_else() -> None:
    """Show what else the organisation does, and whether everything adds up."""
    heading(
        "Everything else the organisation does",
        "Other activities bear their share of the support costs too. One row for each is enough, such as a whole "
        "centre.",
    )
    live.section(edit_others)
    live.section(edit_total)


live = frame.open_live_page(
    "Organisation and support costs",
    "Who provides the services, what it has to start with, and the costs that several services share, such as rent, "
    "payroll and management. Every service bears its share of them.",
)
part = choose_part(live, "organisation")
shown = dict(zip(PARTS["organisation"], (show_organisation, show_support_costs, show_everything_else), strict=True))
entered = st.container()
if shown[part] is not show_organisation:
    heading("Does everything add up?")
    live.show(sharing_html)
with entered:
    shown[part]()
if not list_at(state.document(), POOLS):
    show_faults(faults_under(POOLS))
explain_fields(
    ((), ("name", "horizon_years")),
    (
        ORGANISATION,
        tuple(name for name in Organisation.model_fields if name not in ("pools", "other_activities", "funder_rules")),
    ),
    ((*POOLS, 0), tuple(name for name in Pool.model_fields if name not in ("lines", "posts"))),
    ((*ORGANISATION, "reconciliation"), tuple(Reconciliation.model_fields)),
)
frame.next_link("organisation", part)
