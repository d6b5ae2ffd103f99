"""Delivery: who is supported, who waits, and which weeks of service are lost to what.

``capacity = caseload_per_fte x max(0, sum of delivery FTE x (1 - v_mean + v_mean cover_share - induction loss)) x (1
- pause x undecided)``

``exits = opening / L``, ``free = max(0, capacity - (opening - exits))``, ``starts = min(waiting + referrals, free,
most_starts) x open``, ``closing = opening - exits + starts``, support-months = ``min(closing, capacity)``; those left
waiting give up at a monthly rate. ``open = 1 - closed x (1 - open_at_risk)``.

Weeks lost = planned capacity less what is given, by cause in this order: vacancy, induction, pause, service lost,
closed intake (the same run with intake open, less this one), not filled (too few referrals).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from funding_model.costing.arrays import Floats, each_month, to_back, to_front
from funding_model.costing.certainty import Certainty
from funding_model.costing.contract import Award
from funding_model.costing.direct import delivery_capacity
from funding_model.costing.inputs import Behaviour, Parts, People
from funding_model.costing.staffing import Staffing
from funding_model.units import WEEKS_A_MONTH

CAUSES = ("vacancy", "induction", "pause", "service_lost", "closed_intake", "not_filled")
"""Why weeks of service are lost, in the order in which the causes are removed."""


@dataclass(frozen=True)
class Flow:
    """People in support and waiting, as if the service continues; axes (case, service, month)."""

    starts: Floats
    opening: Floats
    closing: Floats
    exits: Floats
    waiting_opening: Floats
    waiting: Floats
    """Waiting at the month's end."""
    gave_up: Floats
    given: Floats
    """Person-months of support."""


@dataclass(frozen=True)
class Delivery:
    """What is delivered under a contract, as if the service continues; axes (case, service, month)."""

    planned_capacity: Floats
    capacity: Floats
    flow: Flow
    at_work: Floats
    """Delivery FTE of the posts that are filled or covered."""
    inducted: Floats
    """Planned capacity less what vacancy, net of cover, and induction take."""
    people: People
    opening: Floats
    """(case, service) people in support at the start."""
    closes: bool
    """Whether intake closes anywhere."""

    @cached_property
    def staffed(self) -> Floats:
        """Planned capacity less what vacancy, net of cover, takes."""
        return each_month(np.multiply, self.at_work, self.people.caseload[:, :, None])

    @cached_property
    def given_intake_open(self) -> Floats:
        """Person-months of support if intake had stayed open."""
        if not self.closes:
            return self.flow.given
        always = np.ones((1, 1, self.capacity.shape[-1]))
        return run_people(self.people, self.capacity, self.opening, always).given


def run_people(people: People, capacity: Floats, opening: Floats, open_share: Floats) -> Flow:
    """Run caseload and waiting list month by month."""
    each = (opening, people.length, people.opening_waiting, people.most_starts, people.gives_up)
    monthly = (capacity, people.referrals, open_share)
    shape = np.broadcast_shapes(*(array.shape for array in each), *(array.shape[:-1] for array in monthly))
    months = capacity.shape[-1]
    starts, exits, gave_up, given = (np.empty((months, *shape)) for _ in range(4))
    # What is held at the boundaries between months: a month opens with what the one before closed with.
    held, waiting = np.empty((months + 1, *shape)), np.empty((months + 1, *shape))
    held[0], waiting[0] = opening, people.opening_waiting
    able_in, referred_in, open_in = (to_front(array) for array in monthly)
    staying, asking, free = (np.empty(shape) for _ in range(3))
    always_open = bool((open_share == 1).all())
    for month in range(months):
        able = able_in[month]
        np.divide(held[month], people.length, out=exits[month])
        np.subtract(held[month], exits[month], out=staying)
        np.add(waiting[month], referred_in[month], out=asking)
        np.subtract(able, staying, out=free)
        np.maximum(0.0, free, out=free)
        np.minimum(asking, free, out=free)
        started = np.minimum(free, people.most_starts, out=starts[month])
        if not always_open:
            started *= open_in[month]
        np.subtract(asking, started, out=asking)
        np.multiply(asking, people.gives_up, out=gave_up[month])
        np.subtract(asking, gave_up[month], out=waiting[month + 1])
        np.add(staying, started, out=held[month + 1])
        np.minimum(held[month + 1], able, out=given[month])
    return Flow(
        starts=to_back(starts),
        opening=to_back(held[:-1]),
        closing=to_back(held[1:]),
        exits=to_back(exits),
        waiting_opening=to_back(waiting[:-1]),
        waiting=to_back(waiting[1:]),
        gave_up=to_back(gave_up),
        given=to_back(given),
    )


def plan_capacity(people: People, parts: Parts) -> Floats:
    """Return the capacity with every post filled: axes (case, service, month)."""
    return each_month(np.multiply, people.caseload[:, :, None], delivery_capacity(parts, parts.active))


def plan_people(people: People, capacity: Floats) -> Flow:
    """Return the flow of people with every post filled and intake open."""
    return run_people(people, capacity, opening_caseload(people, capacity), np.ones((1, 1, capacity.shape[-1])))


def opening_caseload(people: People, planned_capacity: Floats) -> Floats:
    """Return the caseload at the start: as entered, or the planned capacity of month 0."""
    return np.where(people.opening_entered, people.opening_caseload, planned_capacity[..., 0])


def deliver(
    people: People,
    parts: Parts,
    behaviour: Behaviour,
    staffing: Staffing,
    certainty: Certainty,
    award: Award,
    planned_capacity: Floats,
) -> Delivery:
    """Return what is delivered under a contract."""
    planned_fte = delivery_capacity(parts, parts.active)
    caseload = people.caseload[:, :, None]
    at_work = inducted = planned_fte - staffing.vacant_delivery_fte * (1 - behaviour.cover_share)[:, :, None]
    if staffing.induction_fte.any():
        inducted = at_work - staffing.induction_fte
        np.maximum(0.0, inducted, out=inducted)
    inducted_capacity = each_month(np.multiply, inducted, caseload)
    pause = np.where(award.at_risk[:, :, None], behaviour.pause_share[:, :, None], 1.0)
    capacity = inducted_capacity
    if award.undecided.any():
        capacity = inducted_capacity * (1 - each_month(np.multiply, pause, award.undecided))
    opening = opening_caseload(people, planned_capacity)
    open_share = np.ones((1, 1, capacity.shape[-1]))
    if certainty.closed.any() and (behaviour.open_at_risk < 1).any():
        open_share = 1 - certainty.closed * (1 - behaviour.open_at_risk[:, :, None])
    return Delivery(
        planned_capacity=planned_capacity,
        capacity=capacity,
        flow=run_people(people, capacity, opening, open_share),
        at_work=at_work,
        inducted=inducted_capacity,
        people=people,
        opening=opening,
        closes=bool((open_share < 1).any()),
    )


def weeks_lost(delivery: Delivery, path: Floats) -> dict[str, Floats]:
    """Return weeks of service lost by cause, weighted by survival: axes (case, service, month)."""
    continuing = path[..., :-1]
    return {
        "vacancy": (delivery.planned_capacity - delivery.staffed) * WEEKS_A_MONTH,
        "induction": (delivery.staffed - delivery.inducted) * WEEKS_A_MONTH,
        "pause": (delivery.inducted - delivery.capacity) * WEEKS_A_MONTH,
        "service_lost": delivery.capacity * (1 - continuing) * WEEKS_A_MONTH,
        "closed_intake": continuing * (delivery.given_intake_open - delivery.flow.given) * WEEKS_A_MONTH,
        "not_filled": continuing * (delivery.capacity - delivery.given_intake_open) * WEEKS_A_MONTH,
    }
