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

import numpy as np

from funding_model.costing.arrays import Floats, each_month, empty_months, over_layers
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
    staffed: Floats
    """Planned capacity less what vacancy, net of cover, takes."""
    inducted: Floats
    """That less what induction takes."""
    given_intake_open: Floats
    """Person-months of support if intake had stayed open."""


def run_people(people: People, capacity: Floats, opening: Floats, open_share: Floats) -> Flow:
    """Run caseload and waiting list month by month."""
    each = (opening, people.length, people.opening_waiting, people.most_starts, people.gives_up)
    monthly = (capacity, people.referrals, open_share)
    shape = np.broadcast_shapes(*(array.shape for array in each), *(array.shape[:-1] for array in monthly))
    months = capacity.shape[-1]
    starts, opens, closes, exits, waits, leaves, gave_up, given = (empty_months(shape, months) for _ in range(8))
    caseload = np.broadcast_to(opening, shape)
    waiting = np.broadcast_to(people.opening_waiting, shape)
    for month in range(months):
        able = capacity[..., month]
        opens[..., month], waits[..., month] = caseload, waiting
        ending = caseload / people.length
        staying = caseload - ending
        asking = waiting + people.referrals[..., month]
        free = np.maximum(0.0, able - staying)
        started = np.minimum(np.minimum(asking, free), people.most_starts) * open_share[..., month]
        left = asking - started
        lost = left * people.gives_up
        caseload, waiting = staying + started, left - lost
        starts[..., month], exits[..., month], closes[..., month] = started, ending, caseload
        leaves[..., month], gave_up[..., month] = waiting, lost
        given[..., month] = np.minimum(caseload, able)
    return Flow(starts, opens, closes, exits, waits, leaves, gave_up, given)


def plan_people(people: People, parts: Parts) -> tuple[Floats, Flow]:
    """Return planned capacity and the flow of people with every post filled and intake open."""
    capacity = each_month(np.multiply, people.caseload[:, :, None], delivery_capacity(parts, parts.active))
    return capacity, run_people(
        people, capacity, opening_caseload(people, capacity), np.ones((1, 1, capacity.shape[-1]))
    )


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
    at_work = planned_fte - staffing.vacant_delivery_fte * (1 - behaviour.cover_share)[:, :, None]
    staffed_capacity = inducted_capacity = caseload * at_work
    if staffing.induction_loss.any():
        delivery_fte = parts.row_delivery_fte[:, :, None] * parts.active
        lost = over_layers(delivery_fte * staffing.induction_loss)
        inducted_capacity = caseload * np.maximum(0.0, at_work - lost)
    pause = np.where(award.at_risk[:, :, None], behaviour.pause_share[:, :, None], 1.0)
    capacity = inducted_capacity * (1 - each_month(np.multiply, pause, award.undecided))
    opening = opening_caseload(people, planned_capacity)
    open_share = 1 - certainty.closed * (1 - behaviour.open_at_risk[:, :, None])
    flow = run_people(people, capacity, opening, open_share)
    given_open = flow.given
    if (open_share < 1).any():
        given_open = run_people(people, capacity, opening, np.ones_like(open_share)).given
    return Delivery(planned_capacity, capacity, flow, staffed_capacity, inducted_capacity, given_open)


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
