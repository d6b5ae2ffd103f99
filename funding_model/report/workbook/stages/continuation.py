"""Continuation: the chance that a service goes on, and what it costs when it does not.

``S`` is 1 at the start. At the end of a month that a further award must follow it is multiplied by the chance of
renewal or of extension, at an anniversary that can break by ``1 - chance of a break``.

An end with a month costs ``(redundancy + notice) x (1 - redeployed) + pension cessation + exit lines + months worked
without an award + overhead not shed``: those months are what the month cost x the months by which the decision comes
late, if the service went on at risk; a month of each pool's share is not shed for the pool's months. The cost of loss
is that times the fall of S, in the month before the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model import units
from funding_model.costing.accounts import overhead_not_shed
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import (
    FRACTION,
    MONTHS,
    POUNDS,
    WHOLE,
    Cell,
    Entry,
    Fixed,
    Sheet,
    Stack,
)
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import (
    AwardEntries,
    Awards,
    Continuation,
    Delivery,
    Plan,
    Staffing,
    Survival,
)
from funding_model.report.workbook.stages.awards import SharedLines
from funding_model.report.workbook.stages.contract import award_sets
from funding_model.report.workbook.stages.entitlement import Entitled
from funding_model.report.workbook.stages.redundancy import PeopleAtAnEnd
from funding_model.report.workbook.under_contract import UnderContract


def survive(basis: Basis, terms: AwardEntries, awards: Awards) -> Survival:
    """Work out the chance that each service goes on, once for all with the same awards."""
    book, engine = basis.book, basis.engine
    sheet = book.sheet("Survival", "The chance that a service goes on, month by month.")
    lines = SharedLines(sheet, engine, award_sets(engine))
    path = engine.evaluation.provider.survival

    def of_award(name: str, at: int) -> str:
        each = lines.sets[at]
        stack: Stack = getattr(awards, name)[each.contract]
        return stack[each.services[0]].now

    after = book.ahead(len(lines.sets))
    chance = lines.add(
        "Chance of going on after the month", FRACTION,
        lambda at: (
            f"1-{of_award('renewal', at)}*(1-{lines.cell(terms.renewal_probability, at)})"
            f"-{of_award('extended', at)}*(1-{lines.cell(terms.extension_probability, at)})"
            f"-{of_award('break_point', at)}*{lines.cell(terms.break_probability, at)}"
        ),
        note="1 in a month that no decision ends.",
    )  # fmt: skip
    before = lines.add(
        "Survival at the start of the month", FRACTION,
        lambda at: f"{book.time.first.now}+{after[at].before}", known=path[..., :-1],
    )  # fmt: skip
    lines.add(
        "Survival at the end of the month", FRACTION, lambda at: f"{before[at].now}*{chance[at].now}",
        known=path[..., 1:], fill=after,
    )  # fmt: skip
    return Survival(lines.spread(before), lines.spread(after))


@dataclass(frozen=True)
class AtAnEnd:
    """What an end follows from."""

    terms: AwardEntries
    awards: Awards
    survival: Survival
    plan: Plan
    staffing: Staffing
    delivery: Delivery


def continue_or_end(basis: Basis, course: AtAnEnd) -> Continuation:
    """Work out what an end would cost under every contract, and the cost of loss that is to be expected."""
    sheet = basis.book.sheet("Cost of an end", "What ending a service with a month would cost, and the cost to expect.")
    exits = _Exits.of(basis, sheet, course.plan)
    people = basis.book.sheet("Redundancy", "What those in post would be owed if a service ended with the month.")
    entitled = Entitled.of(basis, people, course.plan)
    each = [
        _Contract(basis, sheet, number, people, course, exits, entitled).work()
        for number in range(len(basis.entered.contracts))
    ]
    for contract, found in zip(basis.entered.contracts, each, strict=True):
        basis.book.compare(f"Cost of loss: {contract}", found["cost_of_loss"])
    return Continuation(
        course.survival.survival,
        course.survival.survival_after,
        **{name: tuple(found[name] for found in each) for name in each[0]},
    )


@dataclass(frozen=True)
class _Exits:
    """What an end costs whatever the contract, by service."""

    lines: Stack
    stranded: Stack

    @classmethod
    def of(cls, basis: Basis, sheet: Sheet, plan: Plan) -> _Exits:
        """Enter exit lines and the months until pools shed what a service used, and cost both."""
        inputs, entered, time = basis.engine.inputs, basis.entered, basis.book.time
        amounts = _enter_exit_lines(basis)
        shed = _enter_shed_months(basis)
        evaluation, calendar = basis.engine.evaluation, inputs.calendar
        year, months = time.year_of_month.now, time.months_of_this_year.now
        lines = sheet.block("Exit lines", "Amount x index of the month's year.").stack(
            entered.services, POUNDS,
            lambda at: "+".join(
                f"{amount}*{basis.outlook.index(index, year)}" for index, amount in amounts[at]
            ) or "0",
            engine=of_case(evaluation.planned.full.services.exit_cost)[:, calendar.year_of_month],
        )  # fmt: skip
        known = of_case(overhead_not_shed(inputs, evaluation.planned, inputs.overheads.shed_after))
        pools = plan.overheads.from_pool
        stranded = sheet.block("Overhead that is not shed at once", "A month of each pool's share x months.").stack(
            entered.services, POUNDS,
            lambda at: "+".join(
                f"{pool[at].of_year(time)}/{months}*{shed[number]}" for number, pool in enumerate(pools)
            ) or "0",
            engine=known[:, calendar.year_of_month],
        )  # fmt: skip
        return cls(lines, stranded)


def _enter_exit_lines(basis: Basis) -> list[list[tuple[Cell, Cell]]]:
    """Enter the sum of each service's exit lines that one index moves: index and amount."""
    amounts = basis.engine.inputs.lines.exit_cost
    found: list[list[tuple[Cell, Cell]]] = [[] for _ in basis.entered.services]
    rows = [(at, index) for at in range(len(found)) for index in range(len(amounts)) if amounts[index, at]]
    if rows:
        table = basis.book.named("Inputs").table(
            "Costs when a service ends", ("Service", "Number of the index that moves it", "Amount"),
            "Exit lines, added up by index: 1 pay, 2 prices, 3 fixed, then own rates. In the first year's prices.",
        )  # fmt: skip
        for at, index in rows:
            amount = Entry(float(amounts[index, at]), POUNDS, units.POUNDS)
            cells = table.add(basis.entered.services[at], Fixed(index + 1, WHOLE), amount)
            found[at].append((cells[1], cells[2]))
    return found


def _enter_shed_months(basis: Basis) -> list[Cell]:
    """Enter the months until each pool sheds what a lost service used."""
    shed = of_case(basis.engine.inputs.overheads.shed_after)
    if not basis.entered.pools:
        return []
    table = basis.book.named("Inputs").table(
        "Overhead when a service ends", ("Support pool", "Months until its share is shed")
    )
    return [
        table.add(pool, Entry(float(shed[at]), MONTHS, units.MONTHS))[1]
        for at, pool in enumerate(basis.entered.pools)
    ]  # fmt: skip


@dataclass(frozen=True)
class _Contract(UnderContract):
    """Works out what an end costs under one contract."""

    people: Sheet
    course: AtAnEnd
    exits: _Exits
    entitled: Entitled

    def may_end(self, at: int) -> str:
        """Write whether the service may end with the month."""
        awards, number = self.course.awards, self.number
        return (
            f"({awards.renewal[number][at].now}+{awards.extended[number][at].now}+{awards.break_point[number][at].now})"
        )

    def work(self) -> dict[str, Stack]:
        """Work out everything."""
        people = PeopleAtAnEnd(
            self.basis, self.people, self.number, self.entitled, self.course.awards, self.course.staffing
        ).work()
        entered, plan, number = self.basis.entered, self.course.plan, self.number
        staffing, delivery, evaluation = self.course.staffing, self.course.delivery, self.basis.engine.evaluation
        late, at_risk = self.course.awards.months_late[number], self.course.terms.at_risk[number]
        unpaid = self.services(
            "Months worked without an award", POUNDS,
            lambda at: (
                f"{late[at].now}*{at_risk[at]}*({plan.direct.direct[at].now}+{plan.overheads.overhead[at].now}"
                f"-{staffing.pay_not_spent[number][at].now}+{staffing.cover[number][at].now}"
                f"+{delivery.lines_change[number][at].now})"
            ),
            "What the month costs x the months by which the decision comes after the end.",
            evaluation.exposures.unpaid_months[..., 1:],
        )  # fmt: skip
        behaviour = entered.behaviour
        if_lost = self.services(
            "Cost if the service ends with the month", POUNDS,
            lambda at: (
                f"({people['redundancy'][at].now}+{people['notice'][at].now})*(1-{behaviour.redeployed[at]})"
                f"+{unpaid[at].now}+{self.may_end(at)}"
                f"*({behaviour.pension_cessation[at]}+{self.exits.lines[at].now}+{self.exits.stranded[at].now})"
            ),
            "Nil where nothing can end it.", evaluation.exposures.cost_if_lost[..., 1:],
        )  # fmt: skip
        survival = self.course.survival
        return {
            **people,
            "cost_if_lost": if_lost,
            "cost_of_loss": self.services(
                "Cost of loss", POUNDS,
                lambda at: (
                    f"({survival.survival[number][at].now}-{survival.survival_after[number][at].now})"
                    f"*{if_lost[at].now}"
                ),
                "Cost if it ends x the chance that it ends with the month.", evaluation.provider.cost_of_loss, "sum",
            ),
        }  # fmt: skip
