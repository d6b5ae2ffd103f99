"""Stages 2 to 4 of the method: parts of posts, pay, planned cost at any year's prices, and overheads.

Every amount is a month's unless its name says ``year``. ``prices`` is the financial year whose prices are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from funding_model.scenario.costs import Line, Post
from funding_model.scenario.organisation import OtherActivity, Pool
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service
from tests.slow_reference.delivery import People, deliver
from tests.slow_reference.figures import (
    APRIL,
    ONE,
    PAY_WEEKS_A_YEAR,
    TWELVE,
    ZERO,
    Calendar,
    Economy,
    Series,
    figure_on,
    financial_year,
    kept,
    last_day,
    month_number,
    number,
    ratio,
    remembered,
    row_on,
    total,
    value_of,
)

DEFAULTS = {
    "turnover": Decimal("0.18"),
    "extra_turnover_when_insecure": ZERO,
    "months_to_fill": Decimal("1.4"),
    "open_at_risk": ONE,
    "pause_share": ZERO,
    "cover_share": ZERO,
    "cover_premium": ZERO,
    "cost_per_hire": Decimal(1500),
    "cost_per_hire_senior": Decimal(3000),
    "redeployed": ZERO,
    "stranded_months": ZERO,
    "gives_up_a_month": ZERO,
    "discount_rate": Decimal("0.035"),
}
"""Table 4.1 of the specification; what is not here is off while it is blank."""
POOL_ORDER = ("premises_and_office", "central_functions", "governance_and_strategy", "fundraising")
INDEX_KINDS = {"pay": "pay", "prices": "cpi"}


@dataclass(frozen=True)
class Part:
    """Heads of one post that belong to one owner from a first to a last month."""

    post: Post
    owner: str
    heads: Decimal
    first: int
    last: int

    def there(self, month: int) -> bool:
        return self.first <= month <= self.last

    @property
    def fte(self) -> Decimal:
        return self.heads * number(self.post.fte)

    @property
    def delivery_fte(self) -> Decimal:
        return self.fte * number(self.post.delivery_share)


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


class Plan:
    """What is planned, the same for every contract."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.organisation = scenario.organisation
        self.calendar = Calendar(month_number(self.organisation.first_month), 12 * scenario.horizon_years)
        given = scenario.assumptions
        self.economy = Economy(
            self.calendar, {"pay": given.pay_award, "cpi": given.cpi, "deflator": given.gdp_deflator}
        )
        self.services = {service.name: service for service in scenario.services}
        self.pools = {pool.name: pool for pool in self.organisation.pools}
        self.activities = {activity.name: activity for activity in self.organisation.other_activities}
        self.pay_known: dict[tuple[int, int, int, int], tuple[Decimal, Decimal]] = {}

    # Assumptions

    @kept
    def assumed(self, owner: str, name: str) -> Decimal | None:
        """Return a service's assumption, else the organisation's, else the published default, else None."""
        own = value_of(getattr(self.services[owner].assumptions, name, None)) if owner in self.services else None
        if own is not None:
            return own
        general = value_of(getattr(self.scenario.assumptions, name))
        return DEFAULTS.get(name) if general is None else general

    def sure(self, owner: str, name: str) -> Decimal:
        """Return an assumption that has a default, or nothing where it is blank."""
        value = self.assumed(owner, name)
        return ZERO if value is None else value

    def all_in(self, owner: str) -> bool:
        own = self.services[owner].assumptions.cost_per_hire_all_in
        return bool(self.scenario.assumptions.cost_per_hire_all_in if own is None else own)

    def cost_per_hire(self, owner: str, post: Post) -> Decimal:
        return self.sure(owner, "cost_per_hire_senior" if post.senior else "cost_per_hire")

    # Stage 2: parts and pay

    @kept
    def volume(self, owner: str, month: int, frozen_from: int | None = None) -> Decimal:
        """Return the size of a service in a month; from ``frozen_from`` on rises are left out and falls are not."""
        if frozen_from is not None and month >= frozen_from:
            return min(self.volume(owner, earlier) for earlier in range(frozen_from - 1, month + 1))
        size = ONE
        if owner in self.services:
            for change in self.services[owner].planned_changes:
                if self.calendar.index(change.start) <= month:
                    size = number(change.volume)
        return size

    @kept
    def parts(self, frozen_from: int | None = None) -> list[Part]:
        made: list[Part] = []
        units: list[Service | Pool] = [*self.scenario.services, *self.organisation.pools]
        for unit in units:
            for post in unit.posts:
                for owner, share in (post.time or {unit.name: 1.0}).items():
                    made += self.parts_of(post, owner, number(post.headcount) * number(share), frozen_from)
        return made

    def parts_of(self, post: Post, owner: str, heads: Decimal, frozen_from: int | None) -> list[Part]:
        """Return the layers of a post: a rise adds one, a fall ends the newest first."""
        first = 0 if post.start is None else max(0, self.calendar.index(post.start))
        end = self.calendar.months - 1
        last = end if post.end is None else min(end, self.calendar.index(post.end))
        if heads == 0 or (frozen_from is not None and first >= frozen_from):
            return []
        finished: list[tuple[Decimal, int, int]] = []
        layers: list[tuple[Decimal, int]] = []
        for month in range(first, last + 1):
            wanted = self.volume(owner, month, frozen_from)
            size = total(layer for layer, _ in layers)
            if wanted > size:
                layers.append((wanted - size, month))
            surplus = size - wanted
            while surplus > 0:
                layer, start = layers.pop()
                ended = min(layer, surplus)
                finished.append((ended, start, month - 1))
                surplus -= ended
                if layer > ended:
                    layers.append((layer - ended, start))
        finished += [(layer, start, last) for layer, start in layers]
        return [Part(post, owner, heads * layer, start, stop) for layer, start, stop in finished]

    def full_time_salary(self, post: Post, steps_of: int) -> Decimal:
        """Return the full-time salary a year at year-0 prices after the steps taken by a year."""
        steps = min(steps_of, post.steps_left)
        first_year = financial_year(self.calendar.first)
        if post.pay_point is None:
            assert post.salary is not None
            amount = number(post.salary) + number(post.increment) * steps
            of = first_year if post.prices_of is None else financial_year(month_number(post.prices_of))
            return amount / self.economy.index("pay", min(0, of - first_year))
        start, spine = row_on("njc.scp_salary", last_day(self.calendar.first))
        points = {int(point): number(salary) for point, salary in spine.items()}
        spine_year = start.year if start.month > APRIL else start.year - 1
        point = min(post.pay_point + steps, max(points))
        return points[point] / self.economy.index("pay", min(0, spine_year - first_year))

    @kept
    def statutory(self, name: str, month: int, prices: int) -> Decimal:
        return figure_on(name, self.calendar.last_day(month, prices))

    def national_insurance(self, gross: Decimal, month: int, prices: int) -> Decimal:
        threshold = self.statutory("nic.secondary_threshold_annual", month, prices) / TWELVE
        return self.statutory("nic.employer_rate", month, prices) * max(ZERO, gross - threshold)

    def gross_and_pay(self, post: Post, month: int, prices: int, steps_of: int) -> tuple[Decimal, Decimal]:
        """Return a head's gross pay and pay with on-costs in a month."""

        def make() -> tuple[Decimal, Decimal]:
            gross = (
                self.full_time_salary(post, steps_of) * number(post.fte) * self.economy.index("pay", prices) / TWELVE
            )
            base = gross
            if post.pension_base == "qualifying_earnings":
                lower = self.statutory("ae.lower_limit", month, prices) / TWELVE
                upper = self.statutory("ae.upper_limit", month, prices) / TWELVE
                trigger = self.statutory("ae.trigger", month, prices) / TWELVE
                base = min(max(gross, lower), upper) - lower if gross > trigger else ZERO
            pay = (
                gross
                + self.national_insurance(gross, month, prices)
                + number(post.pension_rate) * base
                + (number(post.deficit_rate) + number(post.other_on_cost_rate)) * gross
            )
            return gross, pay

        return remembered(self.pay_known, (id(post), month, prices, steps_of), make)

    def pay_of(self, post: Post, month: int) -> Decimal:
        """Return a head's pay with on-costs in a month, at that month's own prices and steps."""
        year = self.calendar.year(month)
        return self.gross_and_pay(post, month, year, year)[1]

    # Stage 3: planned cost

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
    def delivery_fte(self, unit: str, month: int, frozen_from: int | None = None) -> Decimal:
        return total(part.delivery_fte for part in self.parts(frozen_from) if part.owner == unit and part.there(month))

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

    def unit(self, name: str) -> Service | Pool:
        return self.services[name] if name in self.services else self.pools[name]

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

    @kept
    def pay_bill(self, month: int, prices: int) -> tuple[Decimal, Decimal]:
        """Return the whole organisation's gross pay and National Insurance in a month."""
        bill, insurance = ZERO, ZERO
        for part in self.parts():
            if part.there(month):
                gross = self.gross_and_pay(part.post, month, prices, self.calendar.year(month))[0]
                bill += part.heads * gross
                insurance += part.heads * self.national_insurance(gross, month, prices)
        for activity in self.activities.values():
            heads = ZERO if activity.heads is None else number(activity.heads)
            gross = number(activity.mean_pay) * self.economy.index("pay", prices) / TWELVE
            bill += heads * gross
            insurance += heads * self.national_insurance(gross, month, prices)
        return bill, insurance

    @kept
    def levy_of_year(self, year: int, prices: int) -> Decimal:
        due = ZERO
        for month in self.calendar.months_of(year):
            rate = self.statutory("apprenticeship_levy.rate", month, prices)
            free = self.statutory("apprenticeship_levy.allowance", month, prices) / TWELVE
            due += rate * self.pay_bill(month, prices)[0] - free
        return max(ZERO, due)

    @kept
    def allowance_of_year(self, year: int, prices: int) -> Decimal:
        if not self.organisation.employment_allowance_claimed:
            return ZERO
        months = self.calendar.months_of(year)
        allowed = total(self.statutory("nic.employment_allowance", month, prices) for month in months) / TWELVE
        return min(allowed, total(self.pay_bill(month, prices)[1] for month in months))

    @property
    def charged_pool(self) -> str | None:
        """Name of the pool that bears the employer's charges."""
        central = [pool.name for pool in self.organisation.pools if pool.category == "central_functions"]
        return next(iter([*central, *self.pools]), None)

    # Stage 4: overheads

    @kept
    def own_cost_of_year(self, unit: str, year: int, prices: int) -> tuple[Decimal, Decimal]:
        """Return a unit's own staff cost and own cost in a year, employer's charges in the latter."""
        months = self.calendar.months_of(year)
        if unit in self.activities:
            staff, other = self.activity_cost(self.activities[unit], prices)
            return staff * len(months), (staff + other) * len(months)
        costs = [self.cost(unit, month, Basis(prices)) for month in months]
        own = total(cost.direct for cost in costs)
        if unit == self.charged_pool:
            own += self.levy_of_year(year, prices) - self.allowance_of_year(year, prices)
        return total(cost.staff for cost in costs), own

    @kept
    def driver(self, unit: str, driver: str, year: int, prices: int) -> Decimal:
        """Return how much of a driver a unit uses in a year."""
        if driver == "direct_staff_cost":
            return self.own_cost_of_year(unit, year, prices)[0]
        if driver == "direct_cost":
            return self.own_cost_of_year(unit, year, prices)[1]
        parts = [part for part in self.parts() if part.owner == unit]
        if driver in ("fte", "headcount") and parts:
            months = self.calendar.months_of(year)
            amounts = [(part, part.fte if driver == "fte" else part.heads) for part in parts]
            return total(amount for part, amount in amounts for month in months if part.there(month)) / len(months)
        owner = self.activities[unit] if unit in self.activities else self.unit(unit)
        return number(owner.driver_quantities.get(driver, 0))

    @property
    def operating(self) -> list[str]:
        return [*self.services, *self.activities]

    def shares(
        self, pool: str, receivers: Iterable[str], uses: dict[str, Decimal], to_share: Decimal
    ) -> dict[str, Decimal]:
        taking = [unit for unit in receivers if unit != pool]
        whole = total(uses[unit] for unit in taking)
        if whole == 0 and to_share != 0:
            raise ValueError(f"{pool}: nobody uses any of its driver, and it has cost to share")
        return {unit: ratio(uses[unit], whole) for unit in taking}

    @kept
    def overheads(self, year: int, prices: int) -> dict[tuple[str, str], Decimal]:
        """Return what each operating unit receives from each pool in a year: keys (pool, unit)."""
        share_out = {
            "direct": self.overheads_direct,
            "step_down": self.overheads_step_down,
            "reciprocal": self.overheads_reciprocal,
            "single_rate": self.overheads_direct,
        }[self.organisation.allocation_method]
        return share_out(year, prices)

    def uses(self, pool: str, year: int, prices: int) -> dict[str, Decimal]:
        driver = self.pools[pool].driver
        if self.organisation.allocation_method == "single_rate":
            driver = self.organisation.single_rate_base
        return {unit: self.driver(unit, driver, year, prices) for unit in [*self.operating, *self.pools]}

    def overheads_direct(self, year: int, prices: int) -> dict[tuple[str, str], Decimal]:
        """Return the direct method's shares; a single rate is the same with one driver for every pool."""
        received = {}
        for pool in self.pools:
            cost = self.own_cost_of_year(pool, year, prices)[1]
            for unit, share in self.shares(pool, self.operating, self.uses(pool, year, prices), cost).items():
                received[pool, unit] = share * cost
        return received

    def overheads_step_down(self, year: int, prices: int) -> dict[tuple[str, str], Decimal]:
        order = sorted(self.pools, key=lambda pool: POOL_ORDER.index(self.pools[pool].category))
        gathered = {unit: self.own_cost_of_year(unit, year, prices)[1] for unit in [*self.operating, *order]}
        received = {}
        for place, pool in enumerate(order):
            uses = gathered if self.pools[pool].driver == "accumulated_cost" else self.uses(pool, year, prices)
            cost = gathered[pool]
            for unit, share in self.shares(pool, [*order[place + 1 :], *self.operating], uses, cost).items():
                gathered[unit] += share * cost
                if unit not in self.pools:
                    received[pool, unit] = share * cost
        return received

    def overheads_reciprocal(self, year: int, prices: int) -> dict[tuple[str, str], Decimal]:
        names = list(self.pools)
        own = {pool: self.own_cost_of_year(pool, year, prices)[1] for pool in names}
        everyone = [*self.operating, *names]
        shares = {pool: self.shares(pool, everyone, self.uses(pool, year, prices), own[pool]) for pool in names}
        rows = [
            [(ONE if pool == giver else -shares[giver].get(pool, ZERO)) for giver in names] + [own[pool]]
            for pool in names
        ]
        whole = dict(zip(names, solved(rows), strict=True))
        for pool in names:
            self.shares(pool, everyone, self.uses(pool, year, prices), whole[pool])
        return {(pool, unit): shares[pool][unit] * whole[pool] for pool in names for unit in self.operating}

    @kept
    def overhead_from(self, pool: str, unit: str, month: int) -> Decimal:
        """Return a month's overhead from one pool at the month's own prices."""
        year = self.calendar.year(month)
        return self.overheads(year, year)[pool, unit] / len(self.calendar.months_of(year))

    @kept
    def overhead(self, unit: str, month: int, prices: int | None = None) -> Decimal:
        """Return a month's overhead: one of its year's months of it."""
        year = self.calendar.year(month)
        shared = self.overheads(year, year if prices is None else prices)
        return total(shared[pool, unit] for pool in self.pools) / len(self.calendar.months_of(year))

    # The value of an hour

    @kept
    def hour_value(self) -> Decimal:
        """Return pounds an hour in year 0: entered, or the planned pay of all posts per paid hour."""
        entered = value_of(self.scenario.assumptions.provider_hour_value)
        if entered is not None:
            return entered
        pay, hours = ZERO, ZERO
        weekly = number(self.organisation.full_time_hours_a_week)
        for month in self.calendar.months_of(0):
            for part in self.parts():
                if part.there(month):
                    pay += part.heads * self.pay_of(part.post, month)
                    hours += part.fte * weekly * PAY_WEEKS_A_YEAR / TWELVE
        return ratio(pay, hours)


def solved(rows: list[Series]) -> Series:
    """Return the solution of linear equations, each row ending in its right-hand side.

    Raises:
        ValueError: When pools give everything to one another.
    """
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if abs(rows[best][column]) < Decimal("1e-20"):
            raise ValueError("pools give all their cost to one another in a closed loop")
        rows[column], rows[best] = rows[best], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [mine - factor * other for mine, other in zip(rows[row], rows[column], strict=True)]
    return [rows[row][size] / rows[row][row] for row in range(size)]
