"""Funds: what a reader may change about cash and reserves: opening money, other funders, other activities' income."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model import units
from funding_model.costing.arrays import Floats
from funding_model.report.workbook.book import FLAG, FRACTION, POUNDS, POUNDS_A_YEAR, Block, Book, Column, Entry, Stack
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.handles import FundsEntries


def enter_funds(book: Book, engine: Engine) -> FundsEntries:
    """Put the organisation's money, other funders and the income of other activities on the sheets of inputs."""
    sheet, inputs = book.named("Inputs"), engine.inputs
    funds, other = inputs.funds, inputs.other
    money = sheet.table("Cash and reserves", ("What", "Value"), "An opening balance that was left blank is nil here.")
    opening_cash = money.add("Cash at the start", Entry(funds.opening_cash, POUNDS, units.SIGNED_POUNDS))[1]
    reserves = money.add("Free reserves at the start", Entry(funds.opening_reserves, POUNDS, units.SIGNED_POUNDS))[1]
    minimum = money.add("Least cash to be held", Entry(funds.minimum_cash, POUNDS, units.POUNDS))[1]
    rate = money.add("Borrowing rate a year", Entry(float(funds.borrowing_rate[0]), FRACTION, units.FRACTION))[1]
    income, breaks_even = Column(()), Column(())
    if engine.activities:
        columns = sheet.table(
            "Income of other activities", ("Activity", "Income a year", "Earns what it costs"),
            "In the first year's prices; one that earns what it costs, overheads included, needs no income.",
        ).rows(
            [
                (
                    name,
                    Entry(float(other.income[at]), POUNDS_A_YEAR, units.SIGNED_POUNDS),
                    Entry(float(other.breaks_even[at]), FLAG),
                )
                for at, name in enumerate(engine.activities)
            ]
        )  # fmt: skip
        income, breaks_even = columns[1], columns[2]
    restricted = engine.comparison.terms.price.restricted.astype(float)
    flags = sheet.table(
        "Contracts whose income is restricted", ("Service", *engine.contracts), "1 yes, 0 no, as a grant usually is."
    ).rows(
        [
            (name, *(Entry(float(restricted[contract, service]), FLAG) for contract in range(len(engine.contracts))))
            for service, name in enumerate(engine.services)
        ]
    )
    held = sheet.table(
        "Restricted funds held at the start", ("Service", "Left over"),
        "What restricted income of earlier years has left over; it meets the service's cost before reserves do.",
    ).rows(
        [
            (name, Entry(float(funds.opening_restricted[service]), POUNDS, units.POUNDS))
            for service, name in enumerate(engine.services)
        ]
    )  # fmt: skip
    entered = _OtherFunders(book.named("Inputs by year").block("Other funders of each service", _NOTE), engine)
    return FundsEntries(
        opening_cash=opening_cash,
        opening_reserves=reserves,
        minimum_cash=minimum,
        borrowing_rate=rate,
        restricted=tuple(flags[1:]),
        opening_restricted=held[1],
        other_funders=entered.line("All other funders", funds.other_funders),
        other_restricted=entered.line("Of it restricted", funds.other_restricted),
        other_in_kind=entered.line("Of it in kind", funds.other_in_kind),
        activity_income=income,
        activity_breaks_even=breaks_even,
    )


_NOTE = "Nominal pounds of the year, spread evenly over its months; gifts in kind move no cash."


@dataclass(frozen=True)
class _OtherFunders:
    """Enters amounts by service and year."""

    block: Block
    engine: Engine

    def line(self, label: str, monthly: Floats) -> Stack:
        return self.block.entered(
            [label] * len(self.engine.services), POUNDS, self.engine.by_year(monthly), of=self.engine.services,
            bounds=units.POUNDS,
        )  # fmt: skip
