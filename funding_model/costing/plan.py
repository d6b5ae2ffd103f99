"""Plan: everything that does not depend on the contract, costed once and shared by all contracts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.delivery import Flow, plan_capacity, plan_people
from funding_model.costing.inputs import Inputs, People
from funding_model.costing.outlook import Outlook, look_ahead
from funding_model.costing.planned import Plan, PriceCalendar, Recognisable, cost_plan, narrow_plan


@dataclass(frozen=True)
class Planned:
    """What does not depend on the contract: the plan at its own prices and at those that the contracts' prices need."""

    outlook: Outlook
    central: Outlook
    full: Plan
    priced: tuple[Recognisable, ...]
    """One for each price calendar of the contracts."""
    people: People
    capacity: Floats
    """(case, service, month) with every post filled."""
    starts: Floats
    """(case, service, month) people starting support with every post filled and intake open."""
    courses: list[tuple[tuple[Any, ...], tuple[Floats, ...], Any]] = field(default_factory=list)
    """Certainty, staffing, delivery and actual cost last worked out: of which award, and what of it is felt."""

    @cached_property
    def flow(self) -> Flow:
        """People with every post filled and intake open; a batch, which only needs those who start, never holds it."""
        return plan_people(self.people, self.capacity)


def plan(inputs: Inputs, calendars: tuple[PriceCalendar, ...]) -> Planned:
    """Cost the plan: stages outlook, pay, planned cost and overheads, for every price calendar."""
    years = inputs.calendar.years
    outlook = look_ahead(inputs.economy, years)
    same = all(
        np.array_equal(getattr(inputs.economy, name), getattr(inputs.central_economy, name))
        for name in ("pay_growth", "price_growth", "own_rates")
    )
    central = outlook if same else look_ahead(inputs.central_economy, years)
    capacity = plan_capacity(inputs.people, inputs.staff)
    starts = plan_people(inputs.people, capacity).starts
    own = PriceCalendar(tuple(range(years)))
    full = cost_plan(inputs, outlook, own, starts)
    done: dict[PriceCalendar, Recognisable] = {own: full.recognisable}

    def recognisable(calendar: PriceCalendar) -> Recognisable:
        key = replace(calendar, central=calendar.central and not same)
        if key not in done:
            prices = central if key.central else outlook
            whole = full if replace(key, steps_of_year=(), cutoff=()) == own else None
            if whole is None:
                whole = cost_plan(inputs, prices, key, starts)
            if key.cutoff:
                whole = narrow_plan(inputs, prices, key, starts, whole)
            done[key] = whole.recognisable
        return done[key]

    priced = tuple(recognisable(calendar) for calendar in calendars)
    return Planned(outlook, central, full, priced, inputs.people, capacity, starts)
