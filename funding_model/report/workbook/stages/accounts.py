"""Accounts: what each contract costs and earns, and what is left.

Running terms = recruitment - planned recruitment + terms. ``cost = S x (full cost + change of lines + running terms -
pay not spent + cover) + letters and bids + loss``; ``income = S x (price - underspend returned + other funders)``;
surplus = income - cost. With posts filled: pay in full, no cover, underspend as it would be then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from funding_model.report.workbook.book import POUNDS, Kind, Line, Numbers, Stack
from funding_model.report.workbook.handles import (
    Accounts,
)
from funding_model.report.workbook.stages.recognised import Stage
from funding_model.report.workbook.stages.underspend import GivenBack, Outcome, Underspend
from funding_model.report.workbook.under_contract import UnderContract


def account(priced: Stage, course: Outcome, other_funders: Stack) -> Accounts:
    """Draw up the provider's money under every contract.

    Args:
        priced: The stage of the price, whose terms and calendar these share.
        course: How staff and delivery turn out, what the contracts pay and what their terms cost.
        other_funders: By service, yearly.
    """
    basis = priced.basis
    sheet = basis.book.sheet("Underspend", "What is given back because less was spent than the price allows for.")
    stage = replace(priced, sheet=basis.book.sheet("Accounts", "What each contract costs and earns, and what is left."))
    funds = basis.engine.inputs.funds
    other = _spread(stage, "Other funders", tuple(other_funders), funds.other_funders)
    met = _spread(stage, "Other funders that meet cost", stage.contracts.meeting_cost, funds.other_meeting_cost)
    back = Underspend(stage, sheet, course, met)
    returned = [back.of(number) for number in range(len(basis.entered.contracts))]
    money = [
        _Money(stage, course, number, other, returned[number]).stacks()
        for number in range(len(basis.entered.contracts))
    ]
    names = ("running_terms", "cost_of_terms", "cost", "income", "surplus", "surplus_posts_filled")
    found = {name: tuple(each[name] for each in money) for name in names}
    compared = {
        "cost": "Cost",
        "income": "Income",
        "surplus": "Surplus",
        "surplus_posts_filled": "Surplus, posts filled",
    }
    for name, words in compared.items():
        for contract, stack in zip(basis.entered.contracts, found[name], strict=True):
            basis.book.compare(f"{words}: {contract}", stack)
    return Accounts(
        underspend_returned=tuple(each.as_staffed for each in returned),
        underspend_carried=tuple(each.carried for each in returned),
        other_funders=other,
        **found,
    )


def _spread(stage: Stage, title: str, lines: tuple[Line | None, ...], known: Numbers) -> Stack:
    """Spread what others pay evenly over the months of each year."""
    book = stage.basis.book

    def formula(at: int) -> str:
        line = lines[at]
        return "0" if line is None else f"{line.of_year(book.time)}/{book.time.months_of_this_year.now}"

    return stage.sheet.block(title, "The year's, spread evenly over its months.").stack(
        stage.services, POUNDS, formula, years="sum", engine=known
    )


class _Money:
    """Draws up the money of one contract."""

    def __init__(self, stage: Stage, course: Outcome, number: int, other: Stack, returned: GivenBack) -> None:
        self.stage, self.course, self.number, self.other, self.returned = stage, course, number, other, returned
        self.provider = stage.basis.engine.evaluation.provider

    def _stack(
        self, title: str, note: str, formula: Callable[[int], str], known: Numbers | None, kind: Kind = "result"
    ) -> Stack:
        return UnderContract(self.stage.basis, self.stage.sheet, self.number).services(
            title, POUNDS, formula, note, known, "sum", kind=kind
        )

    def stacks(self) -> dict[str, Stack]:
        """Return the lines, by their names in the handle."""
        course, number, full = self.course, self.number, self.stage.own.full_cost
        staffing, survival = course.staffing, course.survival[number]
        loss, effort = course.cost_of_loss[number], course.terms.effort[number]
        planned, price = self.stage.own.direct.recruitment, course.pricing.price[number]
        first = self.stage.basis.book.time.first.now

        def effort_weighted(at: int) -> str:
            return f"({first}+{survival[at].before})*{effort[at].now}"

        running = self._stack(
            "Running terms", "Recruitment - planned recruitment + returns, variations, notices, letters and bids.",
            lambda at: (
                f"{staffing.recruitment[number][at].now}-{planned[at].now}+{course.terms.running[number][at].now}"
                f"+{effort[at].now}"
            ),
            self.provider.running_terms, "working",
        )  # fmt: skip
        terms = self._stack(
            "Cost of the terms", "Running terms x survival, letters and bids x that of the month before, cost of loss.",
            lambda at: (
                f"{survival[at].now}*({running[at].now}-{effort[at].now})+{effort_weighted(at)}+{loss[at].now}"
            ),
            self.provider.cost_of_terms,
        )  # fmt: skip
        filled = self._stack(
            "Cost with posts filled", "Full cost + change in lines that follow delivery + running terms.",
            lambda at: (
                f"{full[at].now}+{course.delivery.lines_change[number][at].now}+{running[at].now}-{effort[at].now}"
            ),
            None, "working",
        )  # fmt: skip
        cost = self._stack(
            "Cost", "Survival x (cost with posts filled - pay not spent + cover) + letters and bids + cost of loss.",
            lambda at: (
                f"{survival[at].now}*({filled[at].now}-{staffing.pay_not_spent[number][at].now}"
                f"+{staffing.cover[number][at].now})+{effort_weighted(at)}+{loss[at].now}"
            ),
            self.provider.cost,
        )  # fmt: skip
        income = self._stack(
            "Income", "Survival x (price - underspend returned + other funders).",
            lambda at: (
                f"{survival[at].now}*({price[at].now}-{self.returned.as_staffed[at].now}+{self.other[at].now})"
            ),
            self.provider.income,
        )  # fmt: skip
        surplus = self._stack(
            "Surplus", "Income - cost.", lambda at: f"{income[at].now}-{cost[at].now}", self.provider.surplus
        )
        posts_filled = self._stack(
            "Surplus with posts filled", "As it would be with every post filled and paid for.",
            lambda at: (
                f"{survival[at].now}*({price[at].now}-{self.returned.posts_filled[at].now}+{self.other[at].now}"
                f"-{filled[at].now})-{effort_weighted(at)}-{loss[at].now}"
            ),
            self.provider.surplus_posts_filled,
        )  # fmt: skip
        return {
            "running_terms": running,
            "cost_of_terms": terms,
            "cost": cost,
            "income": income,
            "surplus": surplus,
            "surplus_posts_filled": posts_filled,
        }
