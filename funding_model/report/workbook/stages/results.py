"""Results: the ledgers by service, year and contract, their totals, and how the contracts differ.

The money columns: full cost, fundable cost, price, surplus (``income - cost``) and surplus with every post filled. What
the public purse pays is ``survival x (price - underspend returned) + administration - saving from competition``; its
present value ``total / deflator / (1 + discount rate)^(year - 1)``. The ledgers are never added together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import (
    FRACTION,
    POUNDS,
    Book,
    Cell,
    Column,
    Formula,
    Item,
    Numbers,
    Sheet,
    Stack,
    Years,
)
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import ByContract, Cash, Money, Plan

MONEY: Final = ("full_cost", "fundable_cost", "price", "surplus", "surplus_posts_filled")
"""The money columns that a chart and the first block show."""


@dataclass(frozen=True)
class Result:
    """One result by service and year: its name among the totals of a comparison, and how it is had."""

    name: str
    label: str
    unit: str
    ledger: str
    formula: Callable[[int, int], str]
    """From contract and service to the formula of a year."""
    engine: Numbers
    """Axes (case, service, year)."""
    at_end: bool = False
    """Whether it is a level at the year's end, which is not added up over years."""


@dataclass(frozen=True)
class Shown:
    """A result as it stands in the workbook."""

    result: Result
    by_service: ByContract
    in_all: Stack
    """Yearly, one line for each contract."""


def show_results(basis: Basis, plan: Plan, money: Money, cash: Cash, lost: Column) -> None:
    """Put the results on sheets of their own: compared, by year and by service."""
    book = basis.book
    page = book.page("Comparison", "Every result over the whole period, and how each contract differs from the base.")
    charts = book.page("Charts", "The main results as charts; their figures stand on the sheets Results and Cash.")
    yearly = book.sheet("Results", "The ledgers by financial year and contract, all services together.")
    detail = book.sheet("Results by service", "The ledgers by service, financial year and contract.")
    shown = [_show(basis, yearly, detail, result) for result in _results(basis, plan, money)]
    present = _purse(basis, yearly, shown)
    _differences(basis, yearly, shown)
    _charts(charts, shown, cash)
    _compare(basis, page, shown, cash, present, lost)


@dataclass(frozen=True)
class _Ways:
    """Ways from monthly lines to the formula of a year."""

    basis: Basis
    money: Money

    def summed(self, lines: ByContract) -> Callable[[int, int], str]:
        """Add the months of the year up."""
        time = self.basis.book.time
        return lambda case, at: f"SUMIFS({lines[case][at].whole},{time.year_of_month.whole},{time.year.year})"

    def weighted(self, lines: ByContract, less: ByContract | None = None) -> Callable[[int, int], str]:
        """Add them up, each weighted by the chance that the service goes on."""
        time = self.basis.book.time

        def formula(case: int, at: int) -> str:
            amounts = lines[case][at].whole + ("" if less is None else f"-{less[case][at].whole}")
            going_on = self.money.survival[case][at].whole
            return f"SUMPRODUCT({going_on},{amounts},({time.year_of_month.whole}={time.year.year})*1)"

        return formula

    def at_end(self, lines: ByContract) -> Callable[[int, int], str]:
        """Return the last month's."""
        last = self.basis.book.time.last_month.year
        return lambda case, at: lines[case][at].in_month(last)


def _results(basis: Basis, plan: Plan, money: Money) -> list[Result]:
    ways = _Ways(basis, money)
    return [*_provider(plan, ways), *_public_purse(ways), *_families(ways), *_staff(ways)]


def _provider(plan: Plan, ways: _Ways) -> list[Result]:
    money, columns = ways.money, ways.basis.engine.evaluation.money
    summed = ways.summed

    def surplus(case: int, at: int) -> str:
        return f"{summed(money.income)(case, at)}-{summed(money.cost)(case, at)}"

    formulas: dict[str, tuple[str, Callable[[int, int], str]]] = {
        "full_cost": ("Full cost", lambda _, at: plan.full_cost[at].year),
        "fundable_cost": ("Fundable cost", lambda case, at: money.fundable_cost[case][at].year),
        "price": ("Price", summed(money.price)),
        "income": ("Income", summed(money.income)),
        "cost": ("Cost", summed(money.cost)),
        "surplus": ("Surplus", surplus),
        "surplus_posts_filled": ("Surplus with posts filled", summed(money.surplus_posts_filled)),
        "cost_of_terms": ("Cost of the terms", summed(money.cost_of_terms)),
        "pay_not_spent": ("Pay not spent on empty posts", ways.weighted(money.pay_not_spent)),
    }
    return [
        Result(name, label, POUNDS, "provider", formula, getattr(columns, name))
        for name, (label, formula) in formulas.items()
    ]


def _public_purse(ways: _Ways) -> list[Result]:
    money, purse, by_year = ways.money, ways.basis.engine.evaluation.purse, ways.basis.engine.by_year

    def one(name: str, label: str, formula: Callable[[int, int], str]) -> Result:
        return Result(name, label, POUNDS, "public purse", formula, by_year(getattr(purse, name)))

    return [
        one("paid", "Paid by the public purse", ways.weighted(money.price, money.underspend_returned)),
        one("administration", "Administration of the public purse", ways.summed(money.administration)),
        one("competition_saving", "Saving from competition", ways.summed(money.competition_saving)),
    ]


def _families(ways: _Ways) -> list[Result]:
    money, engine = ways.money, ways.basis.engine
    families, summed = engine.evaluation.families, ways.summed
    weeks = sum(families.weeks_lost.values(), np.zeros((1, 1, 1)))
    ends = np.cumsum(engine.inputs.calendar.months_of_year) - 1

    def one(name: str, label: str, unit: str, lines: ByContract, monthly: Numbers) -> Result:
        return Result(name, label, unit, "families", summed(lines), engine.by_year(monthly))

    return [
        one("people_starting_support", "People starting support", "people", money.starting, families.starting),
        one("support_months", "Support given", "person-months", money.support_months, families.support_months),
        one("weeks_lost", "Weeks of service lost", "weeks of service", money.weeks_lost, weeks),
        Result(
            "waiting_at_end", "Waiting at the end if everything continues", "people", "families",
            ways.at_end(money.waiting), families.waiting[..., ends], at_end=True,
        ),
        one("gave_up", "People giving up waiting", "people", money.gave_up, families.gave_up),
        one("cut_off", "People whose support is cut off", "people", money.cut_off, families.cut_off),
    ]  # fmt: skip


def _staff(ways: _Ways) -> list[Result]:
    money, engine = ways.money, ways.basis.engine
    jobs = engine.evaluation.jobs

    def one(name: str, label: str, lines: ByContract, monthly: Numbers) -> Result:
        return Result(name, label, "heads", "staff", ways.summed(lines), engine.by_year(monthly))

    return [
        one("post_months", "Post-months", money.heads, jobs.heads),
        one("leavers", "Leavers", money.leavers, jobs.leavers),
        one("hires", "Hires", money.hires, jobs.hires),
        one("notices", "Protective notices", money.notices, jobs.notices),
        one("empty_post_months", "Empty post-months", money.vacant, jobs.vacant),
    ]


def _show(basis: Basis, yearly: Sheet, detail: Sheet, result: Result) -> Shown:
    services, contracts = basis.entered.services, basis.engine.contracts
    years: Years = "none" if result.at_end else "sum"
    by_service = []
    for case, contract in enumerate(contracts):
        figures = np.broadcast_to(of_case(result.engine, case), (len(services), basis.book.years))
        block = detail.block(f"{result.label}: {contract}", f"Ledger: {result.ledger}.")
        by_service.append(
            block.stack(
                services, result.unit, partial(result.formula, case), of=contract, period="year",
                engine=figures, years=years,
            )
        )  # fmt: skip
    figures = np.array([of_case(result.engine, case).sum(axis=0) for case in range(len(contracts))])
    in_all = yearly.block(result.label, f"Ledger: {result.ledger}.").stack(
        [result.label] * len(contracts), result.unit, lambda case: f"SUM({by_service[case].year})", of=contracts,
        period="year", kind="result", engine=figures, years=years,
    )  # fmt: skip
    basis.book.compare(result.label, in_all)
    return Shown(result, tuple(by_service), in_all)


def _purse(basis: Basis, yearly: Sheet, shown: list[Shown]) -> tuple[Stack, Stack]:
    """Add the public purse up, and take it to its present value."""
    of = {each.result.name: each.in_all for each in shown}
    contracts, outlook, year = basis.engine.contracts, basis.outlook, basis.book.time.year
    purse, deflator = basis.engine.evaluation.purse.total, basis.engine.evaluation.planned.outlook.deflator
    figures = np.array([basis.engine.by_year(of_case(purse, case)).sum(axis=0) for case in range(len(contracts))])
    whole = yearly.block("Public purse in all", "Paid + administration - saving from competition.").stack(
        ["Public purse in all"] * len(contracts), POUNDS,
        lambda case: f"{of['paid'][case].year}+{of['administration'][case].year}-{of['competition_saving'][case].year}",
        of=contracts, period="year", kind="result", engine=figures, years="sum",
    )  # fmt: skip
    discount = (1 + basis.engine.inputs.economy.discount_rate[0]) ** -np.arange(basis.book.years)
    present = yearly.block(
        "Public purse, present value in real terms", "Total / deflator / (1 + discount rate)^(year - 1)."
    ).stack(
        ["Public purse, present value in real terms"] * len(contracts), POUNDS,
        lambda case: f"{whole[case].year}/{outlook.deflator.year}/(1+{basis.entered.discount_rate})^({year.year}-1)",
        of=contracts, period="year", kind="result", engine=figures * discount / of_case(deflator), years="sum",
    )  # fmt: skip
    return whole, present


def _differences(basis: Basis, yearly: Sheet, shown: list[Shown]) -> None:
    contracts, base = basis.engine.contracts, basis.engine.comparison.base
    place = contracts.index(base)
    others = [case for case in range(len(contracts)) if case != place]
    if not others:
        return

    def less_base(lines: Stack, at: int) -> str:
        return f"{lines[others[at]].year}-{lines[place].year}"

    for each in shown:
        if each.result.name not in MONEY:
            continue
        yearly.block(f"{each.result.label}: difference from {base}").stack(
            [each.result.label] * len(others), POUNDS, partial(less_base, each.in_all),
            of=[f"{contracts[case]} less {base}" for case in others], period="year", kind="result", years="sum",
        )  # fmt: skip


def _charts(page: Sheet, shown: list[Shown], cash: Cash) -> None:
    of = {each.result.name: each.in_all for each in shown}
    page.chart(
        "Full cost, and price by contract", "Columns for each financial year: full cost first, then the price under "
        "each contract; the figures stand in the blocks Full cost and Price of the sheet Results.",
        [of["full_cost"][0], *of["price"]], columns=True, from_nil=True,
    )  # fmt: skip
    page.chart(
        "Surplus by contract", "Columns for each financial year, one for each contract, below nil for a deficit; the "
        "figures stand in the block Surplus of the sheet Results.", [*of["surplus"]], columns=True,
    )  # fmt: skip
    page.chart(
        "Cash by month", "A line for each contract over the months, as if everything continues; the figures stand in "
        "the blocks of cash on the sheet Cash.", [*cash.balance], period="month",
    )  # fmt: skip


def _compare(
    basis: Basis, page: Sheet, shown: list[Shown], cash: Cash, purse: tuple[Stack, Stack], lost: Column
) -> None:  # fmt: skip
    """List every result over the whole period, beside the base."""
    contracts, base = basis.engine.contracts, basis.engine.comparison.base
    place, totals = contracts.index(base), basis.engine.comparison.totals
    others = [case for case in range(len(contracts)) if case != place]
    table = page.table(
        "Results", ("Result", "Unit", "Ledger", *contracts, *(f"{contracts[case]} less {base}" for case in others)),
        f"Over the whole period; differences are from {base}.",
    )  # fmt: skip

    def row(label: str, unit: str, ledger: str, formulas: list[str], name: str = "") -> list[Cell]:
        known = getattr(totals, name, None)
        items: list[Item] = [
            Formula(text, unit, "result", None if known is None else float(known[case]))
            for case, text in enumerate(formulas)
        ]
        cells = table.add(label, unit, ledger, *items, *(Formula("0", unit) for _ in others))
        for number, case in enumerate(others):
            book: Book = basis.book
            difference = cells[3 + len(contracts) + number]
            book.redefine(difference, Formula(f"{cells[3 + case]}-{cells[3 + place]}", unit))
        return cells

    last = f"COUNT({basis.book.time.year.years})"
    for each in shown:
        result = each.result
        formulas = [line.in_year(last) if result.at_end else f"SUM({line.years})" for line in each.in_all]
        row(result.label, result.unit, result.ledger, formulas, result.name)
    for label, name, lines in (
        ("Public purse in all", "purse_total", purse[0]),
        ("Public purse, present value in real terms", "purse_present_value", purse[1]),
    ):
        row(label, POUNDS, "public purse", [f"SUM({line.years})" for line in lines], name)
    months = f"COUNT({basis.book.time.month.whole})"
    lowest = row(
        "Lowest cash if everything continues", POUNDS, "cash", [f"MIN({line.whole})" for line in cash.balance],
        "lowest_cash",
    )  # fmt: skip
    row(
        "Free reserves at the end if everything continues", POUNDS, "cash",
        [line.in_month(months) for line in cash.free_reserves], "closing_free_reserves",
    )  # fmt: skip
    row("Overdraft interest", POUNDS, "cash", [f"SUM({line.whole})" for line in cash.interest])
    dates = page.table("Month of the lowest cash", ("Result", "Unit", "Ledger", *contracts))
    starts = basis.book.time.starts
    dates.add(
        "Month of the lowest cash", "date", "cash",
        *(
            Formula(starts.in_month(f"MATCH({lowest[3 + case]},{line.whole},0)"), "date")
            for case, line in enumerate(cash.balance)
        ),
    )  # fmt: skip
    if_lost = page.table(
        "Lowest cash if one service is lost", ("Result", "Unit", "Ledger", *contracts),
        "At the worst of the ends that the sheet If a service is lost lists.",
    )  # fmt: skip
    if_lost.add(
        "Lowest cash if one service is lost", POUNDS, "cash",
        *(Formula(str(cell), POUNDS, "result") for cell in lost.cells),
    )  # fmt: skip
    recovery = page.table("Recovery", ("Result", "Unit", "Ledger", *contracts), "Price / full cost.")
    of = {each.result.name: each.in_all for each in shown}
    recovery.add(
        "Recovery rate", FRACTION, "provider",
        *(
            Formula(
                f"IF(SUM({of['full_cost'][case].years})=0,0,"
                f"SUM({of['price'][case].years})/SUM({of['full_cost'][case].years}))",
                FRACTION,
            )
            for case in range(len(contracts))
        ),
    )  # fmt: skip
