"""Cash: when money comes and goes, and what is left, as if everything continues.

``cash = opening + received - paid - overdraft interest``. A month's price is received in the month in which the number
of months that have arrived passes its own; costs but those without cash are paid in their month; underspend is repaid
in the month after; gifts in kind move no cash. ``interest = rate / 12 x max(0, -opening)``.

Free reserves: restricted income, with what is left of it from earlier years and held at the start, meets a service's
cost first; what it does not meet by the year's end comes out of free reserves; unrestricted income adds to them;
money carried for later years does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from funding_model.costing.inputs import OF_ITSELF
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FLAG, POUNDS, Kind, Line, Numbers, Sheet, Stack, Years
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Cash, FundsEntries, Money, Plan
from funding_model.report.workbook.under_contract import UnderContract


def run_cash(basis: Basis, plan: Plan, funds: FundsEntries, money: Money) -> Cash:
    """Work out cash and free reserves under every contract."""
    book = basis.book
    sheet = book.sheet(
        "Cash", "Receipts by payment terms, payments, cash and free reserves, as if everything continues."
    )
    rest = _rest_of_organisation(basis, plan, funds, sheet)
    year = book.time.year_of_month
    new_year = sheet.block("Financial years").line(
        "First month of a financial year", FLAG, f"({year.now}<>{year.before})*1"
    )
    runs = [_Run(basis, plan, funds, money, sheet, rest, new_year, case) for case in range(len(basis.engine.contracts))]
    balances, reserves = Stack(tuple(run.balance for run in runs)), Stack(tuple(run.reserves for run in runs))
    for run, contract in zip(runs, basis.engine.contracts, strict=True):
        book.compare(f"Cash at the month's end: {contract}", Stack((run.balance,)))
        book.compare(f"Free reserves: {contract}", Stack((run.reserves,)))
        book.check(f"Cash moves by what is received and paid: {contract}", run.moved(run.balance, run.flows))
    return Cash(
        balances,
        reserves,
        Stack(tuple(run.interest for run in runs)),
        Stack(tuple(run.net for run in runs)),
        rest.other_funders,
        rest.other_in_kind,
        tuple(run.received for run in runs),
        tuple(run.paid for run in runs),
    )


@dataclass(frozen=True)
class Rest:
    """What the rest of the organisation and other funders add, the same under every contract."""

    result: Line
    """Surplus of other activities."""
    cash: Line
    """That, and support costs as they are paid rather than as they are shared."""
    other_funders: Stack
    other_restricted: Stack
    other_in_kind: Stack
    not_cash: Stack
    """Lines of each service that move no cash and follow nothing."""


def _rest_of_organisation(basis: Basis, plan: Plan, funds: FundsEntries, sheet: Sheet) -> Rest:
    book, engine, entered = basis.book, basis.engine, basis.entered
    time, overheads, flows = book.time, plan.overheads, engine.evaluation.flows
    months = time.months_of_this_year.now
    block = sheet.block("Other activities and support costs", "What they add to cash, whatever the contract.")
    activities, services, pools = len(entered.activities), len(entered.services), len(entered.pools)
    # A service's share of a pool stands in its cost; the pool is paid as it spends, and other activities bear the rest.
    yearly = block.line(
        "Cost of other activities and their overheads", POUNDS,
        _sum(overheads.own_cost.part(pools + services, pools + services + activities), "year")
        + "+" + _sum(overheads.overhead_of_year.part(services, services + activities), "year"),
        period="year",
    )  # fmt: skip
    index = basis.outlook.price_index.of_year(time)
    earned = "0"
    if activities:
        income, even = funds.activity_income.whole, funds.activity_breaks_even.whole
        earned = f"SUMPRODUCT({income},1-{even})/{entered.constants.months_a_year}*{index}"
    own = block.line(
        "Cost of activities that earn what they cost", POUNDS,
        _even_cost(basis, plan, funds), period="year",
    )  # fmt: skip
    result = block.line(
        "Surplus of other activities", POUNDS,
        f"{earned}+{own.of_year(time)}/{months}-{yearly.of_year(time)}/{months}",
        engine=of_case(flows.organisation_result), years="sum",
    )  # fmt: skip
    shared = block.line("Support costs shared, a year", POUNDS, _sum(overheads.overhead_of_year, "year"), period="year")
    charged = f"({overheads.levy.of_year(time)}-{overheads.employment_allowance.of_year(time)})/{months}"
    central = engine.inputs.overheads.employer_charges_pool >= 0
    spent = block.line(
        "Support costs as they fall due", POUNDS,
        f"{_sum(plan.support_pay.staff_cost, 'now')}+{_sum(plan.direct.pool_lines, 'now')}"
        + (f"+{charged}" if central else ""),
        years="sum",
    )  # fmt: skip
    lines = plan.direct.support_lines
    no_cash = block.line(
        "Of it without cash", POUNDS,
        f"SUMPRODUCT({lines.now},1-{entered.support_lines.cash.whole})" if len(lines) else "0",
    )  # fmt: skip
    cash = block.line(
        "What the rest of the organisation adds to cash", POUNDS,
        f"{result.now}+{no_cash.now}+{shared.of_year(time)}/{months}-{spent.now}",
        engine=of_case(flows.organisation), years="sum",
    )  # fmt: skip

    def monthly(title: str, stack: Stack, figures: Numbers) -> Stack:
        return sheet.block(title, "The year's, spread evenly over its months.").stack(
            entered.services, POUNDS, lambda at: f"{stack[at].of_year(time)}/{months}", engine=of_case(figures),
            years="sum",
        )  # fmt: skip

    return Rest(
        result,
        cash,
        monthly("Other funders", funds.other_funders, flows.other_funders),
        monthly("Other funders: restricted", funds.other_restricted, flows.other_restricted),
        monthly("Other funders: in kind", funds.other_in_kind, flows.other_in_kind),
        _lines_without_cash(basis, plan, sheet),
    )


def _sum(stack: Stack, how: str) -> str:
    return f"SUM({getattr(stack, how)})" if len(stack) else "0"


def _even_cost(basis: Basis, plan: Plan, funds: FundsEntries) -> str:
    """Return the yearly cost, overheads included, of the activities that earn what they cost."""
    entered, overheads = basis.entered, plan.overheads
    activities, services, pools = len(entered.activities), len(entered.services), len(entered.pools)
    if not activities:
        return "0"
    own = overheads.own_cost.part(pools + services, pools + services + activities).year
    shared = overheads.overhead_of_year.part(services, services + activities).year
    return f"SUMPRODUCT({funds.activity_breaks_even.whole},{own}+{shared})"


def _lines_without_cash(basis: Basis, plan: Plan, sheet: Sheet) -> Stack:
    entered = basis.entered

    def formula(service: int) -> str:
        chosen = [at for at in entered.lines.of(service) if entered.lines.basis[at] == OF_ITSELF]
        return "+".join(f"{plan.direct.lines[at].now}*(1-{entered.lines.cash[at]})" for at in chosen) or "0"

    return sheet.block("Lines of each service without cash", "Such as depreciation; those that follow nothing.").stack(
        entered.services, POUNDS, formula, years="sum"
    )


class _Run:
    """Cash and free reserves under one contract."""

    def __init__(
        self, basis: Basis, plan: Plan, funds: FundsEntries, money: Money, sheet: Sheet, rest: Rest, new_year: Line,
        case: int,
    ) -> None:  # fmt: skip
        self.basis, self.book, self.funds, self.money, self.rest = basis, basis.book, funds, money, rest
        self.sheet, self.new_year, self.case = sheet, new_year, case
        self.services, self.contract = basis.entered.services, basis.entered.contracts[case]
        self.known, self.first = basis.engine.evaluation.cash, basis.book.time.first.now
        flows = self.known.flows
        month = self.book.time.month.whole
        arrived, price = money.received[case], money.price[case]
        self.received = self._by_service(
            "Received from the contract",
            lambda at: f"SUMPRODUCT({price[at].whole},({month}>{arrived[at].before})*({month}<={arrived[at].now}))",
            self.known.received, note="The price of the months that arrive in this month.",
        )  # fmt: skip
        of = {name: getattr(money, name)[case] for name in (
            "pay_not_spent", "cover", "lines_change", "running_terms", "underspend_returned", "following_without_cash",
        )}  # fmt: skip
        self.cost = self._by_service(
            "Cost if the service continues",
            lambda at: (
                f"{plan.full_cost[at].now}-{of['pay_not_spent'][at].now}+{of['cover'][at].now}"
                f"+{of['lines_change'][at].now}+{of['running_terms'][at].now}"
            ),
            flows.cost,
            note="Full cost - pay not spent + cover + costs that follow delivery + running cost of the terms.",
        )  # fmt: skip
        returned = of["underspend_returned"]
        self.paid = self._by_service(
            "Paid",
            lambda at: (
                f"{self.cost[at].now}-{rest.not_cash[at].now}-{of['following_without_cash'][at].now}"
                f"+{returned[at].before}"
            ),
            self.known.paid, note="Cost but what moves no cash; underspend of the month before, repaid.",
        )  # fmt: skip
        self.balance, self.interest, self.net, self.flows = self._corkscrew()
        self.reserves = self._reserves(returned)

    def _by_service(
        self, title: str, formula: Callable[[int], str], known: Numbers | None = None, *, note: str = "",
        years: Years = "sum", fill: Stack | None = None,
    ) -> Stack:  # fmt: skip
        return UnderContract(self.basis, self.sheet, self.case).services(
            title, POUNDS, formula, note, known, years, fill=fill
        )

    def _corkscrew(self) -> tuple[Line, Line, Line, list[Line]]:
        block = self.sheet.block(
            f"Cash: {self.contract}", "Opening + received - paid - interest = closing, which opens the next month."
        )
        closing = self.book.ahead(1)
        rest = self.rest

        def line(
            label: str, formula: str, figures: Numbers | None = None, kind: Kind = "working", years: Years = "sum",
            fill: Line | None = None,
        ) -> Line:  # fmt: skip
            return block.line(
                label, POUNDS, formula, of=self.contract, kind=kind, years=years, engine=figures, fill=fill
            )

        opening = line(
            "Cash at the start of the month", f"{self.first}*{self.funds.opening_cash}+{closing[0].before}",
            years="none",
        )  # fmt: skip
        received = line("Received from contracts", f"SUM({self.received.now})")
        others = line("Received from other funders", f"SUM({rest.other_funders.now})-SUM({rest.other_in_kind.now})")
        added = line("Other activities and support costs", rest.cash.now)
        paid = line("Paid for services", f"0-SUM({self.paid.now})")
        twelve = self.basis.entered.constants.months_a_year
        interest = line(
            "Overdraft interest", f"{self.funds.borrowing_rate}/{twelve}*MAX(0,0-{opening.now})",
            of_case(self.known.interest, self.case),
        )  # fmt: skip
        flows = [received, others, added, paid]
        net = line("Received less paid", "+".join(each.now for each in flows))
        balance = line(
            "Cash at the end of the month", f"{opening.now}+{net.now}-{interest.now}",
            of_case(self.known.balance, self.case), "result", "end", closing[0],
        )  # fmt: skip
        line("Bridging needed to hold the least cash", f"MAX(0,{self.funds.minimum_cash}-{balance.now})", years="none")
        return balance, interest, net, flows

    def moved(self, closing: Line, flows: list[Line]) -> str:
        """Return by how much the last balance differs from the opening one and everything that moved it."""
        last = closing.in_month(f"COUNT({self.book.time.month.whole})")
        moved = "+".join(f"SUM({each.whole})" for each in flows)
        return f"{last}-({self.funds.opening_cash}+{moved}-SUM({self.interest.whole}))"

    def _reserves(self, returned: Stack) -> Line:
        case, rest, funds, new = self.case, self.rest, self.funds, self.new_year.now
        price, carried = self.money.price[case], self.money.underspend_carried[case]
        flags = funds.restricted[case]
        net = self._by_service(
            "Restricted income less cost",
            lambda at: (
                f"({price[at].now}-{returned[at].now})*{flags[at]}+{rest.other_restricted[at].now}-{self.cost[at].now}"
            ),
            note="Restricted income meets the cost of its service first.",
        )  # fmt: skip
        held, short, before = (self.book.ahead(len(self.services)) for _ in range(3))
        left = self.book.ahead(len(self.services))
        self._by_service(
            "Restricted income left in the year",
            lambda at: (
                f"{self.first}*{self.funds.opening_restricted[at]}"
                f"+{new}*{held[at].before}+(1-{new})*{left[at].before}+{net[at].now}"
            ),
            years="none", fill=left,
            note="What is held at a year's end opens the next; below nil where cost is not met.",
        )  # fmt: skip
        self._by_service(
            "Restricted income not yet spent", lambda at: f"MAX(0,{left[at].now})",
            self.known.restricted, years="end", fill=held,
        )  # fmt: skip
        self._by_service(
            "Cost not met in earlier years",
            lambda at: f"{new}*{short[at].before}+(1-{new})*{before[at].before}", years="none", fill=before,
        )  # fmt: skip
        self._by_service(
            "Cost so far that restricted income did not meet",
            lambda at: f"{before[at].now}+MAX(0,0-{left[at].now})", years="end", fill=short,
        )  # fmt: skip
        kept = self._by_service(
            "Carried for later years, unrestricted", lambda at: f"{carried[at].now}*(1-{flags[at]})", years="end"
        )
        free = self._by_service(
            "Unrestricted income",
            lambda at: (
                f"({price[at].now}-{returned[at].now})*(1-{flags[at]})"
                f"+{rest.other_funders[at].now}-{rest.other_restricted[at].now}"
            ),
        )  # fmt: skip
        return self._free_reserves(free, short, kept)

    def _free_reserves(self, free: Stack, short: Stack, kept: Stack) -> Line:
        block = self.sheet.block(f"Free reserves: {self.contract}")
        closing = self.book.ahead(1)

        def line(label: str, formula: str, years: Years = "sum") -> Line:
            return block.line(label, POUNDS, formula, of=self.contract, years=years)

        opening = line(
            "Free reserves at the start of the month",
            f"{self.first}*{self.funds.opening_reserves}+{closing[0].before}", "none",
        )  # fmt: skip
        earned = line("Unrestricted income", f"SUM({free.now})")
        others = line("Surplus of other activities", self.rest.result.now)
        interest = line("Overdraft interest", f"0-{self.interest.now}")
        met = line("Cost met out of free reserves", f"0-(SUM({short.now})-SUM({short.before}))")
        carried = line("Change in what is carried for later years", f"0-(SUM({kept.now})-SUM({kept.before}))")
        parts = "+".join(each.now for each in (opening, earned, others, interest, met, carried))
        return block.line(
            "Free reserves at the end of the month", POUNDS, parts, of=self.contract, kind="result", years="end",
            engine=of_case(self.known.free_reserves, self.case), fill=closing[0],
        )  # fmt: skip
