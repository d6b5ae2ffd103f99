"""Stage 8 of the method: caseload and waiting list from capacity, referrals and how far intake is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tests.slow_reference.figures import ONE, ZERO, Series


@dataclass
class Run:
    """A run of caseload and waiting list, month by month."""

    starts: Series = field(default_factory=list)
    exits: Series = field(default_factory=list)
    caseload_closing: Series = field(default_factory=list)
    waiting_closing: Series = field(default_factory=list)
    gave_up: Series = field(default_factory=list)
    given: Series = field(default_factory=list)


@dataclass(frozen=True)
class People:
    """What the run needs to know of the people's side."""

    length: Decimal
    opening_caseload: Decimal
    opening_waiting: Decimal
    most_starts: Decimal | None
    gives_up: Decimal


def deliver(people: People, capacity: Series, referrals: Series, opened: Series | None = None) -> Run:
    """Return the run; without ``opened`` intake stays open."""
    run = Run()
    caseload, waiting = people.opening_caseload, people.opening_waiting
    for month, room in enumerate(capacity):
        exits = caseload / people.length
        free = max(ZERO, room - (caseload - exits))
        starts = min(waiting + referrals[month], free)
        if people.most_starts is not None:
            starts = min(starts, people.most_starts)
        starts *= ONE if opened is None else opened[month]
        gave_up = people.gives_up * (waiting + referrals[month] - starts)
        waiting = waiting + referrals[month] - starts - gave_up
        caseload = caseload - exits + starts
        run.starts.append(starts)
        run.exits.append(exits)
        run.gave_up.append(gave_up)
        run.caseload_closing.append(caseload)
        run.waiting_closing.append(waiting)
        run.given.append(min(caseload, room))
    return run
