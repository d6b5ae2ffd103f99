"""Stage 4 of the method: the employer's charges and overheads, and with them the whole plan."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.slow_reference.costs import Basis, Costs
from tests.slow_reference.figures import ONE, TWELVE, ZERO, Series, kept, number, ratio, total

POOL_ORDER = ("premises_and_office", "central_functions", "governance_and_strategy", "fundraising")


class Plan(Costs):
    """What is planned, the same for every contract."""

    # The employer's charges

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

    # What is shared, and by what

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

    def uses(self, pool: str, year: int, prices: int) -> dict[str, Decimal]:
        driver = self.pools[pool].driver
        if self.organisation.allocation_method == "single_rate":
            driver = self.organisation.single_rate_base
        return {unit: self.driver(unit, driver, year, prices) for unit in [*self.operating, *self.pools]}

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

    # Overheads

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
