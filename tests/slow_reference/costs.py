"""Stage 3 of the method: planned cost at any year's prices."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from funding_model.scenario.costs import Line
from funding_model.scenario.organisation import OtherActivity, Pool
from funding_model.scenario.services import Service
from tests.slow_reference.delivery import People, deliver
from tests.slow_reference.figures import ONE, TWELVE, ZERO, Series, financial_year, kept, month_number, number, total
from tests.slow_reference.pay import Pay

INDEX_KINDS = {"pay": "pay", "prices": "cpi"}


@dataclass(frozen=True)
class Basis:
    """At which prices, steps and establishment a planned cost is worked out.

    Attributes:
        prices: Financial year of the prices.
        steps_of: Financial year whose pay steps are paid; None takes each month's own.
        frozen_from: Month from which new parts and rises of size do not count; None counts them all.
    """

    prices: int
    steps_of: int | None = None
    frozen_from: int | None = None


@dataclass
class Cost:
    """Planned cost of one unit in one month."""

    pay: Decimal = ZERO
    staff: Decimal = ZERO
    lines: Decimal = ZERO
    eligible_staff: Decimal = ZERO
    eligible_lines: Decimal = ZERO
    non_cash: Decimal = ZERO
    eligible_by_category: dict[str, Decimal] = field(default_factory=dict)

    @property
    def direct(self) -> Decimal:
        return self.staff + self.lines

    @property
    def eligible(self) -> Decimal:
        return self.eligible_staff + self.eligible_lines


class Costs(Pay):
    """What each service, pool and other activity is planned to cost by itself."""

    def unit(self, name: str) -> Service | Pool:
        return self.services[name] if name in self.services else self.pools[name]

    # People, where a line follows them

    @kept
    def referrals(self, service: str, frozen_from: int | None = None) -> Series:
        people = self.services[service].people
        entered = ZERO if people is None else number(people.referrals_a_month)
        return [entered * self.volume(service, month, frozen_from) for month in range(self.calendar.months)]

    @kept
    def planned_capacity(self, service: str, frozen_from: int | None = None) -> Series:
        people = self.services[service].people
        caseload = ZERO if people is None else number(people.caseload_per_fte)
        return [caseload * self.delivery_fte(service, month, frozen_from) for month in range(self.calendar.months)]

    @kept
    def people(self, service: str, frozen_from: int | None = None) -> People | None:
        entered = self.services[service].people
        if entered is None:
            return None
        opening = entered.opening_caseload
        return People(
            length=number(entered.mean_length_months),
            opening_caseload=self.planned_capacity(service, frozen_from)[0] if opening is None else number(opening),
            opening_waiting=number(entered.opening_waiting),
            most_starts=self.assumed(service, "most_starts_a_month"),
            gives_up=self.sure(service, "gives_up_a_month"),
        )

    @kept
    def planned_starts(self, unit: str, frozen_from: int | None = None) -> Series:
        people = self.people(unit, frozen_from) if unit in self.services else None
        if people is None:
            return [ZERO] * self.calendar.months
        return deliver(people, self.planned_capacity(unit, frozen_from), self.referrals(unit, frozen_from)).starts

    # Lines, and the whole

    def line_index(self, line: Line, prices: int) -> Decimal:
        """Return what brings a line's amount to a year's prices, VAT that is not recovered included."""
        first_year = financial_year(self.calendar.first)
        of = first_year if line.prices_of is None else financial_year(month_number(line.prices_of))
        age = min(0, of - first_year)
        vat = 1 + number(line.vat_rate) * (1 - number(line.vat_recoverable))
        if line.index == "own_rate":
            return vat * (1 + number(line.own_rate)) ** (prices - age)
        if line.index == "none":
            return vat
        kind = INDEX_KINDS[line.index]
        return vat * self.economy.index(kind, prices) / self.economy.index(kind, age)

    def line_units(self, unit: str, line: Line, month: int, frozen_from: int | None) -> Decimal:
        """Return how many times a line's amount is spent in a month."""
        start = 0 if line.start is None else self.calendar.index(line.start)
        if line.kind == "exit" or (frozen_from is not None and start >= frozen_from):
            return ZERO
        if line.per == "once":
            return ONE if month == start else ZERO
        if month < start or (line.end is not None and month > self.calendar.index(line.end)):
            return ZERO
        if line.per == "person_starting":
            return self.planned_starts(unit)[month]
        if line.per == "delivery_fte":
            return self.delivery_fte(unit, month, frozen_from) / TWELVE
        volume = self.volume(unit, month, frozen_from)
        return volume if line.per == "month" else volume / TWELVE

    @kept
    def cost(self, unit: str, month: int, basis: Basis) -> Cost:
        """Return the planned direct cost of a service or pool in a month."""
        cost = Cost()
        steps_of = self.calendar.year(month) if basis.steps_of is None else basis.steps_of
        premium = 1 + self.sure(unit, "cover_premium")
        for part in self.parts(basis.frozen_from):
            if part.owner != unit or not part.there(month):
                continue
            pay = part.heads * self.gross_and_pay(part.post, month, basis.prices, steps_of)[1]
            staff = pay + pay * number(part.post.absence_cover_rate) * premium
            cost.pay += pay
            cost.staff += staff
            cost.eligible_staff += staff if part.post.eligible else ZERO
        for line in self.unit(unit).lines:
            units = self.line_units(unit, line, month, basis.frozen_from)
            amount = units * number(line.amount) * self.line_index(line, basis.prices)
            cost.lines += amount
            cost.non_cash += ZERO if line.cash else amount
            if line.eligible:
                cost.eligible_lines += amount
                before = cost.eligible_by_category.get(line.category, ZERO)
                cost.eligible_by_category[line.category] = before + amount
        return cost

    def cost_now(self, unit: str, month: int) -> Cost:
        """Return the planned cost of a month at its own year's prices."""
        return self.cost(unit, month, Basis(self.calendar.year(month)))

    @kept
    def exit_lines(self, service: str, prices: int, *, eligible_only: bool = False) -> Decimal:
        return total(
            number(line.amount) * self.line_index(line, prices)
            for line in self.services[service].lines
            if line.kind == "exit" and (line.eligible or not eligible_only)
        )

    @kept
    def planned_recruitment(self, service: str, month: int, prices: int, frozen_from: int | None = None) -> Decimal:
        leaving = self.sure(service, "turnover") / TWELVE
        filling = 1 / self.sure(service, "months_to_fill")
        cost = ZERO
        for part in self.parts(frozen_from):
            if part.owner == service and part.there(month):
                hires = part.heads * leaving * filling / (leaving + filling)
                if part.first == month and month > 0:
                    hires += part.heads
                cost += hires * self.cost_per_hire(service, part.post)
        return cost * self.economy.index("cpi", prices)

    def activity_cost(self, activity: OtherActivity, prices: int) -> tuple[Decimal, Decimal]:
        """Return another activity's staff and other cost in a month."""
        staff = number(activity.staff_cost) * self.economy.index("pay", prices) / TWELVE
        return staff, number(activity.other_cost) * self.economy.index("cpi", prices) / TWELVE
