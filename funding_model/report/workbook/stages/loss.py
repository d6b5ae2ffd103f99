"""Loss: the lowest cash if one service is lost, at each date at which it could end.

A service that ends with a month earns and costs nothing from then on: ``change = paid - receipts for later months -
other funders``. In the month of the end its loss is paid; in the month after, the underspend of its last month and the
letter or bid for the award that is not made. ``cash = cash before + received less paid if everything continues + change
- overdraft interest``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from funding_model.questions.totals import Loss, losses
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import (
    DATE,
    POUNDS,
    WHOLE,
    Cell,
    Column,
    Fixed,
    Formula,
    Line,
    Sheet,
    Stack,
)
from funding_model.report.workbook.handles import Awards, Cash, Continuation, FundsEntries, Money, Terms
from funding_model.report.workbook.under_contract import UnderContract

SPARE: Final = 2
"""Ends of a service that are listed beyond one a year, so that awards may become shorter."""


@dataclass(frozen=True)
class IfLost:
    """What cash turns on when a service ends."""

    awards: Awards
    ending: Continuation
    terms: Terms
    funds: FundsEntries
    money: Money
    cash: Cash


def lose_a_service(basis: Basis, course: IfLost) -> Column:
    """Work out cash for every end of a service, and return the lowest of each contract."""
    page = basis.book.page(
        "If a service is lost", "The lowest cash if one service ends and all else goes on, for each end that may come."
    )
    sheet = basis.book.sheet("Cash if lost", "Cash by month if one service ends and all else goes on.")
    contracts = [_Losses(basis, sheet, number, page, course) for number in range(len(basis.engine.contracts))]
    lowest = [contract.lowest_of_each_end() for contract in contracts]
    table = page.table("In all", ("Contract", "Lowest cash if one service is lost"))
    return table.rows(
        [
            (
                contract.contract,
                Formula(
                    f'IF(COUNT({cells.whole})=0,"none",MIN({cells.whole}))', POUNDS, "result",
                    min((each.lowest for each in contract.known), default="none"),
                ),
            )
            for contract, cells in zip(contracts, lowest, strict=True)
        ]
    )[1]  # fmt: skip


@dataclass(frozen=True)
class _Losses(UnderContract):
    """Works out cash under one contract."""

    page: Sheet
    course: IfLost

    @property
    def known(self) -> list[Loss]:
        """The engine's figures, by service and date."""
        engine = self.basis.engine
        return losses(engine.evaluation, engine.inputs, engine.comparison.terms, self.number)

    def lowest_of_each_end(self) -> Column:
        """List the ends of each service that the contract has, with the lowest cash of each."""
        book, so_far = self.basis.book, self._ends_so_far()
        price_so_far, arrived = self._price_so_far()
        table = self.page.table(
            f"Ends of each service: {self.contract}",
            ("Service", "End", "Number of its last month", "Last month", "Price up to then", "Lowest cash"),
            "By renewals, extensions and break clauses. One that does not come within the period is put after it.",
        )
        months = f"COUNT({book.time.month.whole})"
        found: list[Cell] = []
        for at, service in enumerate(self.basis.entered.services):
            known = [each.lowest for each in self.known if each.service == at]
            listed = max(book.years + SPARE, len(known))
            rows = table.rows(
                [
                    (service, Fixed(number, WHOLE), *(Formula("0", unit) for unit in (WHOLE, DATE, POUNDS, POUNDS)))
                    for number in range(1, listed + 1)
                ]
            )
            balances = self._balances(at, rows[2], rows[4], arrived[at])
            cells = zip(*(column.cells for column in rows[1:]), strict=True)
            for place, (end, last, date, price, lowest) in enumerate(cells):
                comes = f"{end}<={so_far[at].in_month(months)}"
                book.redefine(last, Formula(f"IF({comes},MATCH({end},{so_far[at].whole},0),{months}+1)", WHOLE))
                book.redefine(date, Formula(f'IF({comes},{book.time.starts.in_month(last)},"none")', DATE))
                book.redefine(price, Formula(price_so_far[at].in_month(f"MIN({last},{months})"), POUNDS))
                engine = known[place] if place < len(known) else "none"
                text = f'IF({comes},MIN({balances[place].whole}),"none")'
                book.redefine(lowest, Formula(text, POUNDS, "result", engine))
            book.check(
                f"Every end of {service} is listed, {self.contract}: those that are not",
                f"MAX(0,{so_far[at].in_month(months)}-{rows[1][listed - 1]})",
            )
            found += rows[5].cells
        return Column(tuple(found))

    def _ends_so_far(self) -> Stack:
        """Count the months with which a service may end."""
        awards, number, count = self.course.awards, self.number, self.basis.book.ahead(len(self.basis.entered.services))
        return self.services(
            "Ends so far", WHOLE,
            lambda at: (
                f"{count[at].before}+({awards.renewal[number][at].now}+{awards.extended[number][at].now}"
                f"+{awards.break_point[number][at].now}>0)"
            ),
            "A service may end with a month after which the award is renewed, extended or may be broken.", fill=count,
        )  # fmt: skip

    def _price_so_far(self) -> tuple[Stack, Stack]:
        """Add the price up, and that of the months of which it has arrived."""
        price, months = self.course.money.price[self.number], self.course.money.received[self.number]
        sums = self.basis.book.ahead(len(self.basis.entered.services))
        self.services(
            "Price so far", POUNDS, lambda at: f"{sums[at].before}+{price[at].now}", "Of the months up to this.",
            fill=sums,
        )  # fmt: skip
        arrived = self.services(
            "Received so far", POUNDS,
            lambda at: f"({months[at].now}>0)*{sums[at].in_month(f'MAX(1,{months[at].now})')}",
            "The price so far of the last month whose price has arrived.",
        )  # fmt: skip
        return sums, arrived

    def _balances(self, at: int, last: Column, price: Column, received: Line) -> Stack:
        """Work out cash by month for the ends of a service, of which last months and price up to then are given."""
        book, course, number = self.basis.book, self.course, self.number
        month, first = book.time.month.now, book.time.first.now
        cash, money, service = course.cash, course.money, self.basis.entered.services[at]
        arrived = money.received[number][at]
        returned, effort = money.underspend_returned[number][at], course.terms.effort[number][at]
        ends = [f"{service}, end {end}" for end in range(1, len(last) + 1)]

        def change(end: int) -> str:
            ended = last[end]
            late = f"({arrived.now}>{ended})*({received.now}-{price[end]})"
            before = f"({arrived.before}>{ended})*({received.before}-{price[end]})"
            return (
                f"({month}>{ended})*({cash.paid[number][at].now}-{cash.other_funders[at].now}"
                f"+{cash.other_in_kind[at].now})-({late}-{before})"
                f"-({month}={ended}+1)*({returned.before}+{effort.now})"
                f"-({month}={ended})*{course.ending.cost_if_lost[number][at].now}"
            )

        changes = self.sheet.block(
            f"Change in cash: {self.contract}, {service}",
            "Paid - other funders after the end, less receipts for later months, what is owed then, and its cost.",
        ).stack(ends, POUNDS, change, of=self.contract, years="sum")
        closing = book.ahead(len(last))

        def balance(end: int) -> str:
            opening = f"({first}*{course.funds.opening_cash}+{closing[end].before})"
            rate = f"{course.funds.borrowing_rate}/{self.basis.entered.constants.months_a_year}"
            return f"{opening}+{cash.net[number].now}+{changes[end].now}-{rate}*MAX(0,0-{opening})"

        return self.sheet.block(
            f"Cash at the end of the month: {self.contract}, {service}",
            "Cash before + received less paid if everything continues + change - overdraft interest.",
        ).stack(ends, POUNDS, balance, of=self.contract, years="end", fill=closing)
