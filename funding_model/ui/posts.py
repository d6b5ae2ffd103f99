"""Posts: a table of posts with what each costs, and one post in every detail, its pay from the spine or its own."""

from __future__ import annotations

from functools import cache, partial

import streamlit as st

from funding_model.questions.entered import PostCost
from funding_model.reference.dates import last_day_of_month
from funding_model.reference.pay import njc_points
from funding_model.report.words import NOTHING, pounds
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.titles import lower_first
from funding_model.ui import state
from funding_model.ui.entry.documents import Document, list_at, names_at, value_at, with_value
from funding_model.ui.evaluation import FIRST_MONTH, costs_of_posts
from funding_model.ui.fields import faults_at, field, fields, show_faults
from funding_model.ui.grids import grid
from funding_model.ui.html import Group, Row, Table, table_html
from funding_model.ui.show import drawer, explain, is_open

IN_TABLE = (
    "name",
    "headcount",
    "fte",
    "pay_point",
    "salary",
    "pension_rate",
    "delivery_share",
    "start",
    "end",
    "status",
)
DETAILS = (
    ("name", "headcount", "fte"),
    ("pension_rate", "pension_base", "deficit_rate"),
    ("other_on_cost_rate", "absence_cover_rate", "delivery_share"),
    ("start", "end", "prices_of"),
    ("steps_left", "increment", "contractual_notice_weeks"),
    ("eligible", "senior", "status"),
    ("source",),
)


def edit_posts(place: Place, caption: str) -> None:
    """Let the posts of a service or pool be entered, and show what each of them costs a year as it is typed."""
    posts_place: Place = (*place, "posts")
    detail = f"One post in detail: {lower_first(caption)}"
    grid(posts_place, IN_TABLE, caption, fields_too=is_open(detail))
    posts = list_at(state.document(), posts_place)
    if not posts:
        return
    costs = costs_of_posts(posts, first_month(), state.document().get("assumptions"))
    st.html(table_html(cost_table(posts, costs)))
    with drawer(detail) as opened:
        if opened:
            _detail(posts_place)


def first_month() -> str:
    """Return the scenario's first month."""
    return str(value_at(state.document(), ("organisation", "first_month")) or FIRST_MONTH)


def cost_table(posts: list[Document], costs: list[PostCost | None]) -> Table:
    """Return what each post costs in a full year: pay and each on-cost, and all its heads together."""
    rows = []
    for post, cost in zip(posts, costs, strict=True):
        name = str(post.get("name") or "No name yet")
        if cost is None:
            rows.append(Row(name, ("Needs hours and pay", *[NOTHING] * 5)))
            continue
        amounts = (cost.gross, cost.nic, cost.pension_and_other, cost.each, cost.everyone)
        rows.append(Row(name, (pounds(cost.salary), *(pounds(amount) for amount in amounts))))
    known = [cost.everyone for cost in costs if cost is not None]
    total = Row("Together", ("", "", "", "", "", pounds(sum(known))), total=True)
    return Table(
        "What each post costs in a full year, at the rates of the first month, pounds",
        (
            "Post",
            "Full-time salary",
            "Pay of one",
            "Employer’s NI",
            "Pension and other on-costs",
            "One post",
            "All of them",
        ),
        (Group("", (*rows, total)),),
    )


def _detail(posts_place: Place) -> None:
    names = names_at(state.document(), posts_place)
    key = f"post-{place_of(posts_place)}-{state.current().scenario}"
    index = st.selectbox("Which post", range(len(names)), format_func=partial(_name_label, names), key=key)
    place: Place = (*posts_place, index)
    fields([(*place, name) for name in DETAILS[0]])
    _pay(place)
    for group in DETAILS[1:]:
        fields([(*place, name) for name in group])
    _time(place)
    grid(
        (*place, "heads"),
        ("heads", "years_of_service", "age"),
        "People in this post by years of service and age",
        drawers=False,
    )
    st.caption("Needed for redundancy and notice costs. No names: only how many people, their service and their age.")
    fields([(*place, "redundancy", name) for name in ("multiple", "capped", "minimum_years")])


def _name_label(names: list[str], index: int) -> str:
    return names[index] or f"Post {index + 1}"


@cache
def spine(year_month: str) -> dict[int, int]:
    """Return the full-time salary of every pay point in a month; nothing where the spine is not known."""
    year, month = year_month.split("-")
    try:
        return njc_points(last_day_of_month(int(year), int(month)))
    except (LookupError, ValueError):
        return {}


def _pay(place: Place) -> None:
    """Let a point of the NJC spine be picked, or a salary be entered: either takes the place of the other."""
    points = spine(first_month())
    held = value_at(state.document(), (*place, "pay_point"))
    key = f"{place_of(place)}.pay_point-{state.current().fields}"
    picked, own = st.columns(2)
    with picked:
        options: list[int | None] = [None, *points]
        st.selectbox(
            "NJC pay point",
            options,
            index=options.index(held) if held in options else 0,
            format_func=partial(_point_label, points),
            key=key,
            on_change=_point_picked,
            args=(key, place),
            help="The point at the start; the salary beside it is the full-time one of the spine in force then.",
        )
        show_faults(faults_at((*place, "pay_point")))
    with own:
        field((*place, "salary"), "Own full-time salary a year, in place of a point")
    show_faults(faults_at(place))


def _point_label(points: dict[int, int], point: int | None) -> str:
    return "(own salary)" if point is None else f"Point {point}: {pounds(points[point])}"


def _point_picked(key: str, place: Place) -> None:
    point, changed = state.entered(key), state.document()
    if point is not None:
        for name in ("salary", "increment"):
            changed = with_value(changed, (*place, name), None)
    state.save(with_value(changed, (*place, "pay_point"), point))


def _time(place: Place) -> None:
    """Let a post's time be shared between services and pools."""
    document = state.document()
    users = [*names_at(document, ("services",)), *names_at(document, ("organisation", "pools"))]
    if len(users) < len("ab"):
        return
    shared = value_at(document, (*place, "time"))
    explain(
        "Share of the post’s time on each service or pool, adding to 100%. Leave all blank where it works only here."
    )
    columns = 4
    for start in range(0, len(users), columns):
        for area, user in zip(st.columns(columns), users[start : start + columns], strict=False):
            with area:
                field((*place, "time", user), f"Time on {user}", stale=False)
    if isinstance(shared, dict):
        show_faults(faults_at((*place, "time")))
