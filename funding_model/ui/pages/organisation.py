"""Organisation: reserves and cash, support pools, other activities, and who bears the support costs."""

import streamlit as st

from funding_model.scenario.organisation import Organisation, Pool, Reconciliation
from funding_model.ui import frame, state
from funding_model.ui.entry.documents import list_at
from funding_model.ui.fields import explain_fields, faults_under, field, fields, show_faults
from funding_model.ui.grids import grid
from funding_model.ui.lists import choose_item
from funding_model.ui.overheads import explain_driver, quantities, show_sharing
from funding_model.ui.posts import edit_posts
from funding_model.ui.show import drawer, explain

ORGANISATION = ("organisation",)

frame.open_page(
    "Organisation and support costs",
    "Who provides the services, what it has to start with, and the costs that several services share, such as rent, "
    "payroll and management. Every service bears its share of them.",
)
st.header("The organisation")
scenario_name, organisation_name = st.columns(2)
with scenario_name:
    field(("name",), "Name of this scenario")
with organisation_name:
    field((*ORGANISATION, "name"), "Name of the organisation")
fields(
    [
        (*ORGANISATION, "first_month"),
        ("horizon_years",),
        (*ORGANISATION, "jurisdiction"),
        (*ORGANISATION, "full_time_hours_a_week"),
    ],
    columns=4,
)
field(("description",), "What this scenario is for")

st.header("Cash and reserves at the start")
explain("Leave blank what you do not know: the results then show how cash and reserves move, not how much there is.")
fields(
    [
        (*ORGANISATION, name)
        for name in (
            "opening_cash",
            "opening_free_reserves",
            "minimum_cash",
            "reserves_policy_months",
            "reserves_policy_basis",
            "borrowing_rate",
            "employment_allowance_claimed",
        )
    ]
)

st.header("Support costs that services share")
explain(
    "Put costs that belong together and are used in the same way into one pool: premises in one, finance and "
    "people in another. Each pool is shared by a driver, which says who uses how much of it."
)
fields([(*ORGANISATION, "allocation_method"), (*ORGANISATION, "single_rate_base")], columns=2)
POOLS = (*ORGANISATION, "pools")
pool = choose_item(POOLS, "pool", {"name": "Office and management", "category": "central_functions", "driver": "fte"})
if pool is not None:
    place = (*POOLS, pool)
    fields([(*place, "name"), (*place, "category"), (*place, "driver")])
    explain_driver(place)
    grid(
        (*place, "lines"),
        ("name", "amount", "per", "category", "index", "vat_rate", "eligible", "cash", "status"),
        "What the pool buys",
    )
    edit_posts(place, "The pool’s posts")
    fields([(*place, "rationale"), (*place, "shed_after_months"), (*place, "status")])
with drawer("What funders do not accept in the sharing of support costs") as opened:
    if opened:
        explain("A rule says whose it is and names the document; several names in a cell are parted by semicolons.")
        grid(
            (*ORGANISATION, "funder_rules"),
            ("funder", "contracts", "pools", "methods", "drivers", "reason", "source"),
            "Funders’ rules",
            drawers=False,
        )

st.header("Everything else the organisation does")
explain(
    "Other activities bear their share of the support costs too. One row for each is enough, such as a whole centre."
)
grid(
    (*ORGANISATION, "other_activities"),
    ("name", "staff_cost", "other_cost", "heads", "mean_pay", "income", "status", "source"),
    "Other activities, a year",
)
quantities()

st.header("Does everything add up?")
show_sharing()
with drawer("The total that all costs should add up to") as opened:
    if opened:
        explain("Enter the total of your budget or accounts, and the difference is shown under Checks.")
        fields([(*ORGANISATION, "reconciliation", name) for name in ("total", "tolerance", "source")])
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
frame.next_link("organisation")
