"""Direct: what each service costs before overheads, and its planned recruitment.

``direct = staff cost + lines``; a line = ``amount x size x index`` while it runs (a one-off and what follows people
or posts do not grow with size), x planned starts or planned delivery FTE where the amount is for each. Planned
recruitment = ``price index x cost per hire x (heads x l q / (l + q) + heads of posts that start)``, ``l = turnover /
12``, ``q = 1 / months to fill``.
"""

from __future__ import annotations

from collections.abc import Callable

from funding_model.costing.direct import DirectCost
from funding_model.costing.inputs import FOR_EACH_FTE, FOR_EACH_START
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import INDEX, POUNDS, Book, Kind, Numbers, Sheet, Stack
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import Direct, Entered, LineEntries, Outlook, Pay, Planned, Prices


def cost_services(
    basis: Basis,
    pay: Pay,
    prices: Prices,
    known: DirectCost | None,
) -> Direct:
    """Cost the services, and the lines of the support pools.

    Args:
        basis: What the stages build on.
        pay: What the services' posts cost at these prices.
        prices: At the prices of which years.
        known: The engine's figures at these prices; None where only the services are costed.
    """
    book, engine, entered, outlook, planned = (
        basis.book, basis.engine, basis.entered, basis.outlook, basis.planned,
    )  # fmt: skip
    sheet = book.sheet(f"Direct cost{prices.name}", "What each service costs before overheads, as planned.")
    services, scenario = entered.services, engine.comparison.scenario
    names = [line.name for service in scenario.services for line in service.lines if line.kind != "exit"]
    lines = _lines(book, sheet, outlook, entered.lines, names, services, planned, prices)

    def summed(service: int, *, ineligible: bool = False) -> str:
        span = entered.lines.of(service)
        if not span:
            return "0"
        chosen = lines.part(span.start, span.stop).now
        if ineligible:
            return f"SUMPRODUCT({chosen},1-{entered.lines.eligible.part(span.start, span.stop)})"
        return f"SUM({chosen})"

    def block(
        title: str, note: str, formula: Callable[[int], str], figures: Numbers | None = None, kind: Kind = "working"
    ) -> Stack:
        heading = sheet.block(f"{title}{prices.name}", note)
        return heading.stack(services, POUNDS, formula, years="sum", engine=figures, kind=kind)

    line_cost = block("Lines of each service", "", summed)
    ineligible = block("Lines that the funder does not pay for", "", lambda at: summed(at, ineligible=True))
    direct = block(
        "Direct cost", "Staff cost + lines.", lambda at: f"{pay.staff_cost[at].now}+{line_cost[at].now}",
        None if known is None else of_case(known.direct), "result",
    )  # fmt: skip
    span_of = entered.posts.layout.groups_of

    def ineligible_staff(at: int) -> str:
        span = span_of(at)
        barred = f"SUM({pay.group_ineligible_pay.part(span.start, span.stop).now})" if span else "0"
        return f"{barred}+{pay.ineligible_absence[at].now}"

    eligible_staff = block(
        "Staff cost that the funder pays for", "", lambda at: f"{pay.staff_cost[at].now}-({ineligible_staff(at)})",
        None if known is None else of_case(known.eligible_staff),
    )  # fmt: skip
    eligible = block(
        "Direct cost that the funder pays for", "",
        lambda at: f"{eligible_staff[at].now}+{line_cost[at].now}-{ineligible[at].now}",
        None if known is None else of_case(known.eligible_direct),
    )  # fmt: skip
    price_index = sheet.block(f"Price index{prices.name}").line(
        "Price index", INDEX, outlook.price_index.in_year(prices.year_of_month.now)
    )
    behaviour, twelve = entered.behaviour, entered.constants.months_a_year

    def recruitment(at: int) -> str:
        leave, fill = f"({behaviour.turnover[at]}/{twelve})", f"(1/{behaviour.months_to_fill[at]})"
        replaced = f"({leave}*{fill}/({leave}+{fill}))"
        junior = f"({planned.heads[at].now}-{planned.senior_heads[at].now})"
        growth = f"({planned.growth_heads[at].now}-{planned.growth_senior_heads[at].now})"
        return (
            f"{price_index.now}*({behaviour.cost_per_hire[at]}*({junior}*{replaced}+{growth})"
            f"+{behaviour.cost_per_hire_senior[at]}*({planned.senior_heads[at].now}*{replaced}"
            f"+{planned.growth_senior_heads[at].now}))"
        )

    hired = block(
        "Planned recruitment", "Hires that turnover makes necessary, and those into posts that start.", recruitment,
        None if known is None else of_case(known.recruitment),
    )  # fmt: skip
    return Direct(
        lines,
        line_cost,
        ineligible,
        direct,
        eligible,
        eligible_staff,
        hired,
        *((Stack(()), Stack(())) if known is None else _pools(book, sheet, engine, entered, outlook, prices)),
    )


def _pools(
    book: Book, sheet: Sheet, engine: Engine, entered: Entered, outlook: Outlook, prices: Prices
) -> tuple[Stack, Stack]:
    """Cost the lines of the support pools, by pool and one by one."""
    pools = engine.comparison.scenario.organisation.pools
    names = [line.name for pool in pools for line in pool.lines]
    lines = _lines(book, sheet, outlook, entered.support_lines, names, entered.pools, None, prices)

    def summed(pool: int) -> str:
        span = entered.support_lines.of(pool)
        return f"SUM({lines.part(span.start, span.stop).now})" if span else "0"

    block = sheet.block(f"Lines of each support pool{prices.name}")
    return block.stack(entered.pools, POUNDS, summed, years="sum"), lines


def _lines(
    book: Book,
    sheet: Sheet,
    outlook: Outlook,
    lines: LineEntries,
    names: list[str],
    owners: tuple[str, ...],
    planned: Planned | None,
    prices: Prices,
) -> Stack:
    """Cost each line: amount x what it follows x index, from its first month to its last."""

    def formula(at: int) -> str:
        owner = lines.owner[at]
        running = lines.standing(at, book.time)
        if prices.cutoff is not None:
            running += f"*({lines.first[at]}<={prices.cutoff.now})"
        index = outlook.index(lines.index[at], prices.year_of_month.now)
        follows = ""
        if planned is not None:
            if lines.basis[at] == FOR_EACH_START:
                follows = f"*{planned.flow.starts[owner].now}"
            elif lines.basis[at] == FOR_EACH_FTE:
                follows = f"*{planned.delivery_fte[owner].now}"
            elif not lines.one_off[at]:
                follows = f"*{planned.volume[owner].now}"
        return f"{running}*{lines.amount[at]}{follows}*{index}"

    whose = "services" if planned is not None else "support pools"
    block = sheet.block(f"Lines of {whose} that are not pay{prices.name}", "Amount x size, people or posts x index.")
    return block.stack(names, POUNDS, formula, of=[owners[owner] for owner in lines.owner])
