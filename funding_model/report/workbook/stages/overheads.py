"""Overheads: who bears the support pools, yearly, on planned cost and quantities.

``share of a unit = its driver quantity / sum over the units that may receive``. *direct*: services and other
activities receive. *step-down*: pools close one after another and hand on what they hold to the pools after them and
to services and activities. *reciprocal*: pools serve each other; they are taken out one by one, the last first, and
what a pool uses of another is taken over by its users, which solves ``x = c + a'x`` exactly in a fixed number of steps.
*single rate*: all pools over one base. Employer's charges: ``max(0, levy rate x pay bill - levy allowance)`` less
``min(Employment Allowance, National Insurance due)``, in the central functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funding_model.costing.planned import SupportCost
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, NUMBER, POUNDS, Line, Numbers, Sheet, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Direct, Overheads, Pay, Prices


def share_overheads(
    basis: Basis,
    pay: tuple[Pay, Pay],
    direct: Direct,
    prices: Prices,
    known: SupportCost | None,
) -> Overheads:
    """Share the support pools over services and other activities.

    Args:
        basis: What the stages build on.
        pay: Of the services' posts and of the pools', at these prices.
        direct: Cost of the services and lines of the pools, at these prices.
        prices: At the prices of which years.
        known: The engine's figures at these prices, where it has them.
    """
    book, entered = basis.book, basis.entered
    sheet = book.sheet(f"Overheads{prices.name}", "Who bears the support costs: shared by year, borne by month.")
    levy, allowance = _employer_charges(sheet, basis, pay, prices, known)
    staff, whole = _own_costs(sheet, basis, pay, direct, prices, (levy, allowance), known)
    sharing = _Sharing(sheet, basis, staff, whole, prices, known)
    from_pool = sharing.shared()
    units = (*entered.services, *entered.activities)
    block = sheet.block(f"Overhead of each year{prices.name}", "The sum of what the pools hand to it.")
    of_year = block.stack(
        units,
        POUNDS,
        lambda at: "+".join(handed[at].year for handed in from_pool) or "0",
        period="year",
        engine=None if known is None else of_case(known.allocation.overhead).T,
    )
    block = sheet.block(f"Overhead of each month{prices.name}", "The year's, spread evenly over its months.")
    time = book.time
    monthly = block.stack(
        entered.services,
        POUNDS,
        lambda at: f"{of_year[at].of_year(time)}/{time.months_of_this_year.now}",
        years="sum",
        kind="result",
        engine=None if known is None else of_case(known.overhead),
    )
    pools = len(entered.pools)
    spent = f"SUM({whole.years})"
    borne = f"SUM({whole.part(pools, len(whole)).years})+SUM({of_year.years})"
    book.check(f"Everything allocated equals everything spent{prices.name}", f"{borne}-{spent}")
    return Overheads(of_year, monthly, from_pool, levy, allowance, whole)


def _employer_charges(
    sheet: Sheet,
    basis: Basis,
    pay: tuple[Pay, Pay],
    prices: Prices,
    known: SupportCost | None,
) -> tuple[Line, Line]:
    book, entered, outlook = basis.book, basis.entered, basis.outlook
    block = sheet.block(f"Employer's charges{prices.name}", "Apprenticeship levy and Employment Allowance, by year.")
    year, twelve, time = prices.year_of_year.year, entered.constants.months_a_year, book.time

    def line(label: str, formula: str, figures: Numbers | None = None, unit: str = POUNDS) -> Line:
        return block.line(label, unit, formula, period="year", engine=figures)

    share = line("Share of a year", f"{time.months_of_year.year}/{twelve}", unit=FRACTION)
    pay_index = line("Pay index", outlook.pay_index.in_year(year), unit=NUMBER)
    part = "1"
    rate = line("National Insurance rate, first part", f"INDEX({entered.nic_rate.years},{part},{year})", unit=FRACTION)
    threshold = line("Secondary threshold, first part", f"INDEX({entered.nic_threshold.years},{part},{year})")
    other_bill = other_nic = "0"
    if entered.activities:
        heads, mean = entered.activity_heads.whole, entered.activity_pay.whole
        other_bill = f"SUMPRODUCT({heads},{mean})*{pay_index.year}*{share.year}"
        above = f"({mean}*{pay_index.year}-{threshold.year})"
        other_nic = f"SUMPRODUCT({heads},{above}*({above}>0))*{rate.year}*{share.year}"
    bill = line("Pay bill", f"{pay[0].pay_bill.year}+{pay[1].pay_bill.year}+{other_bill}")
    nic = line("National Insurance due", f"{pay[0].nic_bill.year}+{pay[1].nic_bill.year}+{other_nic}")
    levy = line(
        "Apprenticeship levy",
        f"MAX(0,{entered.levy_rate.in_year(year)}*{bill.year}-{entered.levy_allowance.in_year(year)}*{share.year})",
        None if known is None else of_case(known.levy),
    )
    used = f"MIN({entered.employment_allowance.in_year(year)}*{share.year},{nic.year})" if entered.pools else "0"
    allowance = line("Employment Allowance used", used, None if known is None else of_case(known.employment_allowance))
    return levy, allowance


def _own_costs(
    sheet: Sheet,
    basis: Basis,
    pay: tuple[Pay, Pay],
    direct: Direct,
    prices: Prices,
    charges: tuple[Line, Line],
    known: SupportCost | None,
) -> tuple[Stack, Stack]:
    """Work out each unit's staff cost and whole cost by year, before sharing."""
    book, engine, entered, outlook = basis.book, basis.engine, basis.entered, basis.outlook
    pools, services = len(entered.pools), len(entered.services)
    units = (*entered.pools, *entered.services, *entered.activities)
    share = f"{book.time.months_of_year.year}/{entered.constants.months_a_year}"
    year, central = prices.year_of_year.year, engine.inputs.overheads.employer_charges_pool

    def staff_of(unit: int) -> str:
        if unit < pools:
            return pay[1].staff_cost[unit].year
        if unit < pools + services:
            return pay[0].staff_cost[unit - pools].year
        return f"{entered.activity_staff[unit - pools - services]}*{outlook.pay_index.in_year(year)}*{share}"

    block = sheet.block(f"Staff cost of each unit{prices.name}", "Pools, services and other activities.")
    staff = block.stack(
        units, POUNDS, staff_of, period="year", engine=None if known is None else of_case(known.own_staff).T
    )

    def cost_of(unit: int) -> str:
        if unit < pools:
            added = f"+{charges[0].year}-{charges[1].year}" if unit == central else ""
            return f"{staff[unit].year}+{direct.pool_lines[unit].year}{added}"
        if unit < pools + services:
            return direct.direct[unit - pools].year
        other = entered.activity_other[unit - pools - services]
        return f"{staff[unit].year}+{other}*{outlook.price_index.in_year(year)}*{share}"

    block = sheet.block(
        f"Own cost of each unit{prices.name}", "Before sharing; employer's charges in central functions."
    )
    whole = block.stack(
        units, POUNDS, cost_of, period="year", engine=None if known is None else of_case(known.own_cost).T
    )
    return staff, whole


class _Sharing:
    """Shares the pools over the units by the scenario's method."""

    def __init__(
        self,
        sheet: Sheet,
        basis: Basis,
        staff: Stack,
        whole: Stack,
        prices: Prices,
        known: SupportCost | None,
    ) -> None:
        entered, engine = basis.entered, basis.engine
        self.book, self.sheet, self.entered, self.planned = basis.book, sheet, entered, basis.planned
        self.staff, self.whole, self.prices, self.known = staff, whole, prices, known
        self.overheads = engine.inputs.overheads
        self.pools = len(entered.pools)
        self.units = (*entered.pools, *entered.services, *entered.activities)
        self.operating = range(self.pools, len(self.units))
        self.fte, self.heads = (self._quantities(name) for name in ("fte", "headcount"))

    def shared(self) -> tuple[Stack, ...]:
        """Return for each pool what it hands to each service and other activity."""
        method = self.overheads.method
        self.book.limit(
            f"Support costs are shared by the method {method.replace('_', ' ')}, with the drivers of the scenario; "
            "another method or driver needs a workbook made anew."
        )
        if method == "single_rate":
            return self._single_rate()
        if method == "reciprocal":
            return self._reciprocal()
        return self._hand_down(to_pools=method == "step_down")

    def _quantities(self, driver: str) -> Stack:
        """Return FTE or heads of every unit, mean over the year."""
        entered, planned = self.entered, self.planned
        block = self.sheet.block(
            f"{'FTE' if driver == 'fte' else 'Heads'} of each unit{self.prices.name}",
            "Mean over the year, from posts; as entered for a unit without posts.",
        )
        monthly = planned.fte if driver == "fte" else planned.heads
        of_pools = planned.support_fte if driver == "fte" else planned.support_heads
        sizes = entered.unit_fte if driver == "fte" else entered.unit_heads
        twelve = entered.constants.months_a_year

        def formula(unit: int) -> str:
            stack, place, layout = (
                (of_pools, unit, entered.support_posts.layout)
                if unit < self.pools
                else (monthly, unit - self.pools, entered.posts.layout)
            )
            if place < len(stack) and layout.groups_of(place):
                return f"{stack[place].year}/{twelve}"
            return f"{sizes[unit]}*{self.book.time.months_of_year.year}/{twelve}"

        figures = None if self.known is None else self.known.quantities[driver].T
        return block.stack(self.units, NUMBER, formula, period="year", engine=figures)

    def _usage(self, pool: int) -> Callable[[int], str]:
        """Return from a unit to its quantity of a pool's driver."""
        driver = self.overheads.driver[pool]
        stacks = {
            "fte": self.fte,
            "headcount": self.heads,
            "direct_staff_cost": self.staff,
            "direct_cost": self.whole,
            "accumulated_cost": self.whole,
        }
        if driver in stacks:
            return lambda unit: stacks[driver][unit].year
        return lambda unit: str(self.entered.driver_quantities[pool][unit])

    def _block(self, title: str, labels: Sequence[str], unit: str, formulas: Sequence[str], note: str = "") -> Stack:
        block = self.sheet.block(f"{title}{self.prices.name}", note)
        return block.stack(labels, unit, lambda at: formulas[at], period="year")

    def _line(self, title: str, unit: str, formula: str) -> Line:
        return self._block(title, [title], unit, [formula])[0]

    def _hand_down(self, *, to_pools: bool) -> tuple[Stack, ...]:
        """Close one pool after another; a closed pool receives nothing more."""
        held: list[list[str]] = [[self.whole[unit].year] for unit in range(len(self.units))]
        handed: dict[int, Stack] = {}
        order = list(self.overheads.order) if to_pools else list(range(self.pools))
        for position, pool in enumerate(order):
            name = self.units[pool]
            later = order[position + 1 :] if to_pools else []
            receivers = [*later, *self.operating]
            labels = [self.units[unit] for unit in receivers]
            usage = self._usage(pool)
            quantities = [usage(unit) for unit in receivers]
            if self.overheads.driver[pool] == "accumulated_cost":
                quantities = ["+".join(held[unit]) for unit in receivers]
            drivers = self._block(f"Driver of {name}", labels, NUMBER, quantities)
            total = f"SUM({drivers.year})"
            cost = self._line(f"Cost of {name} to share", POUNDS, "+".join(held[pool]))
            shared = self._block(
                f"What {name} hands on",
                labels,
                POUNDS,
                [f"IF({total}=0,0,{driver.year}/{total}*{cost.year})" for driver in drivers],
                "Driver quantity / sum of the quantities x cost to share.",
            )
            for line, unit in zip(shared, receivers, strict=True):
                held[unit].append(line.year)
            handed[pool] = shared.part(len(later), len(receivers))
        return tuple(handed[pool] for pool in range(self.pools))

    def _single_rate(self) -> tuple[Stack, ...]:
        base = {"direct_cost": self.whole, "direct_staff_cost": self.staff, "fte": self.fte}[
            self.overheads.single_rate_base
        ].part(self.pools, len(self.units))
        labels = [self.units[unit] for unit in self.operating]
        rates = self._block(
            "Share of the base", labels, FRACTION, [f"{quantity.year}/SUM({base.year})" for quantity in base]
        )
        return tuple(
            self._block(
                f"What {self.units[pool]} hands on",
                labels,
                POUNDS,
                [f"{rate.year}*{self.whole[pool].year}" for rate in rates],
            )
            for pool in range(self.pools)
        )

    def _reciprocal(self) -> tuple[Stack, ...]:
        """Take the pools out, the last first; what they hand to services and activities is one column of its own."""
        drivers = [self._drivers_but_itself(pool) for pool in range(self.pools)]
        left = self._first_shares(drivers)
        outside = self.pools
        gross = {pool: self.whole[pool].year for pool in range(self.pools)}
        passed_on = {}
        for pool in reversed(range(self.pools)):
            others, name = [*range(pool), outside], self.units[pool]
            labels = [self._name(at) for at in others]
            passed_on[pool] = self._line(
                f"Share of {name} that does not come back", FRACTION, "+".join(left[pool, at] for at in others)
            ).year
            taken = self._block(
                f"Who takes over what {name} uses",
                labels,
                FRACTION,
                [f"IF({passed_on[pool]}=0,0,{left[pool, at]}/{passed_on[pool]})" for at in others],
            )
            for user in range(pool):
                moved = self._block(
                    f"Shares of {self.units[user]} without {name}",
                    labels,
                    FRACTION,
                    [f"{left[user, at]}+{left[user, pool]}*{taken[place].year}" for place, at in enumerate(others)],
                )
                left |= {(user, at): moved[place].year for place, at in enumerate(others)}
                gross[user] = self._line(
                    f"Cost of {self.units[user]} with what it takes over of {name}",
                    POUNDS,
                    f"{gross[user]}+{taken[user].year}*{gross[pool]}",
                ).year
        for pool in range(self.pools):
            received = "".join(f"+{left[user, pool]}*{gross[user]}" for user in range(pool))
            gross[pool] = self._line(
                f"Gross cost of {self.units[pool]}",
                POUNDS,
                f"IF({passed_on[pool]}=0,0,({gross[pool]}{received})/{passed_on[pool]})",
            ).year
        return tuple(
            self._block(
                f"What {self.units[pool]} hands on",
                [self.units[unit] for unit in self.operating],
                POUNDS,
                [
                    f"IF(SUM({stack.year})=0,0,{stack[unit].year}/SUM({stack.year})*{gross[pool]})"
                    for unit in self.operating
                ],
            )
            for pool, stack in enumerate(drivers)
        )

    def _drivers_but_itself(self, pool: int) -> Stack:
        usage = self._usage(pool)
        quantities = ["0" if unit == pool else usage(unit) for unit in range(len(self.units))]
        return self._block(f"Driver of {self.units[pool]}", self.units, NUMBER, quantities)

    def _first_shares(self, drivers: Sequence[Stack]) -> dict[tuple[int, int], str]:
        """Return the share of each pool that goes to each pool, and last to services and activities together."""
        left: dict[tuple[int, int], str] = {}
        for pool, stack in enumerate(drivers):
            total = f"SUM({stack.year})"
            quantities = [stack[other].year for other in range(self.pools)]
            quantities.append(f"SUM({stack.part(self.pools, len(self.units)).year})")
            shares = self._block(
                f"Shares of {self.units[pool]} at first",
                [self._name(place) for place in range(self.pools + 1)],
                FRACTION,
                [f"IF({total}=0,0,{quantity}/{total})" for quantity in quantities],
            )
            left |= {(pool, place): line.year for place, line in enumerate(shares)}
        return left

    def _name(self, place: int) -> str:
        return self.units[place] if place < self.pools else "Services and other activities"
