"""Views: the plan at the prices of one calendar, with the posts and months that count in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from funding_model.costing.arrays import Floats, Ints
from funding_model.costing.inputs import (
    Parts,
)
from funding_model.costing.pay import PayPerHead, pay_per_head
from funding_model.costing.planned import Plan, PriceCalendar, cost_plan, narrow_plan
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.prepare.staffing import WHOLE_SIZE, PartEntry, layers_of, part_entries, staffed_posts
from funding_model.scenario.costs import Post
from funding_model.scenario.organisation import Pool
from funding_model.scenario.services import Service

OWN = -1
"""The view in which every year is costed at its own prices."""
WHOLE = 10_000
"""Added to a price calendar: its prices, with nothing left out, by which overhead is shared."""
SERVICES, POOLS = "services", "organisation.pools"


@dataclass(frozen=True, eq=False)
class View:
    """The plan at one price calendar."""

    plan: Plan
    prices_of_year: tuple[int, ...]
    steps: Ints | None
    cutoff: Ints | None
    pool_pay: PayPerHead
    central: bool
    """Whether its indices are those of the central forecast, where growth turns out otherwise."""


@dataclass(frozen=True)
class Share:
    """A post's part in the core's arrays, and where it was entered."""

    post: Post
    place: str
    entry: PartEntry


@remembered
def view_of(case: Case, number: int) -> View:
    """Return the plan at a price calendar of the contract, or at each year's own prices."""
    inputs, planned = case.inputs, case.evaluation.planned
    times = inputs.calendar
    calendar = PriceCalendar(tuple(range(times.years)))
    if number != OWN:
        calendar = case.terms.price_calendars[number % WHOLE]
    if number >= WHOLE:
        calendar = replace(calendar, steps_of_year=(), cutoff=())
    outlook = planned.central if calendar.central else planned.outlook
    found = planned.full
    if (
        replace(calendar, steps_of_year=(), cutoff=(), central=False) != PriceCalendar(tuple(range(times.years)))
        or outlook is not planned.outlook
    ):
        found = cost_plan(inputs, outlook, calendar, planned.starts)
    if calendar.cutoff:
        found = narrow_plan(inputs, outlook, calendar, planned.starts, found)
    prices = np.array(calendar.prices_of_year)
    pool_pay = pay_per_head(
        inputs.support,
        outlook.pay_index,
        inputs.statutory,
        times,
        prices[times.year_of_period],
        np.broadcast_to(times.year_of_period, (len(inputs.support.owner), len(times.year_of_period))),
    )
    return View(
        found,
        calendar.prices_of_year,
        np.array(calendar.steps_of_year) if calendar.steps_of_year else None,
        np.array(calendar.cutoff)[:, times.year_of_month] if calendar.cutoff else None,
        pool_pay,
        calendar.central and planned.central is not planned.outlook,
    )


def whole_view(case: Case, number: int) -> int:
    """Return the view with nothing left out at the same prices."""
    narrow = number != OWN and number < WHOLE and bool(case.terms.price_calendars[number].cutoff)
    return number + WHOLE if narrow else number


@remembered
def shares_of(case: Case, kind: str) -> tuple[Share, ...]:
    """Return every part of a post of services or pools, in the order of the core's arrays."""
    scenario, dates = case.scenario, case.dates
    staffed = staffed_posts(scenario)[kind == POOLS]
    owners = owners_of(case, kind)
    layers = [
        layers_of(scenario.services[number].planned_changes if kind == SERVICES else WHOLE_SIZE, dates)
        for number in range(len(owners))
    ]
    places = {
        id(post): f"{home}.{number}.posts.{which}"
        for home in (SERVICES, POOLS)
        for number, holder in enumerate(owners_of(case, home), 1)
        for which, post in enumerate(holder.posts, 1)
    }
    entries, _ = part_entries(staffed, layers, dates)
    return tuple(Share(staffed[each.place].post, places[id(staffed[each.place].post)], each) for each in entries)


def owners_of(case: Case, kind: str) -> tuple[Service | Pool, ...]:
    """Return the services, or the support pools."""
    return case.scenario.services if kind == SERVICES else case.scenario.organisation.pools


def parts_of(case: Case, kind: str) -> Parts:
    """Return the parts of posts of services, or of pools."""
    return case.inputs.staff if kind == SERVICES else case.inputs.support


def pay_in(view: View, kind: str) -> PayPerHead:
    """Return the pay of heads in a view."""
    return view.plan.services.heads_cost if kind == SERVICES else view.pool_pay


@remembered
def active_months(case: Case, number: int, kind: str, part: int) -> Floats:
    """Return in which months a part counts: axis (month,)."""
    parts, view = parts_of(case, kind), view_of(case, number)
    layers_active = view.plan.services.active if kind == SERVICES else parts.active
    owners = parts.start.shape[1]
    row: Floats = layers_active[parts.row[part] // owners, parts.owner[part]]
    return row


def added(array: Floats, span: Span) -> float:
    """Return the sum of a monthly series over some months."""
    return float(array[span[0] : span[1]].sum())
