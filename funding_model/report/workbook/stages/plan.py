"""Plan: full cost, ``direct cost + overhead + planned recruitment``, the same for every contract.

``cost_plan`` costs the plan at any prices: each year's own give the full cost; others give what a price recognises.
``cost_narrowed`` costs only the services, with the pay steps of another year or without what starts after a cut-off:
groups of posts and lines that start later do not count, and a size is the least since then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from funding_model.costing.planned import Plan as EnginePlan
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FLAG, NUMBER, POUNDS, Line, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Direct, Plan, Planned, Prices
from funding_model.report.workbook.stages.direct import cost_services
from funding_model.report.workbook.stages.overheads import share_overheads
from funding_model.report.workbook.stages.pay import cost_posts
from funding_model.report.workbook.stages.planned import Standing


def cost_plan(basis: Basis, prices: Prices, known: EnginePlan, *, own: bool = False) -> Plan:
    """Cost the plan at the prices of some years.

    Args:
        basis: What the stages build on.
        prices: Whose prices each month and year takes.
        known: The engine's figures at these prices.
        own: Whether these are each year's own prices, whose results stand in the master check.
    """
    book, entered, planned = basis.book, basis.entered, basis.planned
    inputs = basis.engine.inputs
    services = (inputs.staff, known.services.heads_cost, known.services.staff)
    pay = cost_posts(basis, entered.posts, planned.active, entered.behaviour.cover_premium.cells, prices, services)
    premiums = [entered.support_cover_premium] * len(entered.pools)
    support_pay = cost_posts(basis, entered.support_posts, planned.support_active, premiums, prices, None)
    direct = cost_services(basis, pay, prices, known.services)
    overheads = share_overheads(basis, (pay, support_pay), direct, prices, known.support)
    sheet = book.sheet(f"Full cost{prices.name}", "What each service fully costs, the same for every contract.")
    block = sheet.block(f"Full cost{prices.name}", "Direct cost + overhead + planned recruitment.")
    full = block.stack(
        entered.services,
        POUNDS,
        lambda at: f"{direct.direct[at].now}+{overheads.overhead[at].now}+{direct.recruitment[at].now}",
        kind="result",
        years="sum",
        engine=of_case(known.full_cost),
    )
    if own:
        book.compare("Direct cost", direct.direct)
        book.compare("Overhead", overheads.overhead)
        book.compare("Planned recruitment", direct.recruitment)
        book.compare("Full cost", full)
    return Plan(prices, pay, support_pay, direct, overheads, full)


def cost_narrowed(basis: Basis, prices: Prices) -> Direct:
    """Cost the services at prices that leave out pay steps, or what starts after a cut-off."""
    entered = basis.entered
    narrowed = basis if prices.cutoff is None else replace(basis, planned=_cut_off(basis, prices, prices.cutoff))
    premiums = entered.behaviour.cover_premium.cells
    pay = cost_posts(narrowed, entered.posts, narrowed.planned.active, premiums, prices, None)
    return cost_services(narrowed, pay, prices, None)


def _cut_off(basis: Basis, prices: Prices, cutoff: Line) -> Planned:
    """Leave out posts, lines and rises of size that start after the cut-off."""
    book, posts, planned = basis.book, basis.entered.posts, basis.planned
    sheet = book.sheet(f"Posts{prices.name}", "Posts in place without those that start after the price was agreed.")
    layout = posts.layout
    block = sheet.block(f"Groups of posts that count{prices.name}", "In place, and there before the cut-off.")
    active = block.stack(
        [layout.name_of(group) for group in layout.groups],
        FLAG,
        lambda at: f"{planned.active[at].now}*({posts.group_first[at]}<={cutoff.now})",
        of=[layout.owners[group.owner] for group in layout.groups],
    )
    volume = book.ahead(len(layout.owners))
    month = book.time.month.now
    sheet.block(f"Size that counts{prices.name}", "The size; after the cut-off the least since then.").stack(
        layout.owners,
        NUMBER,
        lambda at: (
            f"IF({month}<={cutoff.now},{planned.volume[at].now},MIN({volume[at].before},{planned.volume[at].now}))"
        ),
        fill=volume,
    )
    standing = Standing(book, sheet, posts, active)

    def summed(title: str, column: str, *, starting: bool = False) -> Stack:
        return standing.sum(f"{title}{prices.name}", column, starting=starting)

    return replace(
        planned,
        active=active,
        volume=volume,
        heads=summed("Heads of posts", "group_heads"),
        senior_heads=summed("Heads of senior posts", "group_senior_heads"),
        growth_heads=summed("Heads of posts that start", "group_heads", starting=True),
        growth_senior_heads=summed("Heads of senior posts that start", "group_senior_heads", starting=True),
        delivery_fte=summed("Delivery FTE", "group_delivery_fte"),
    )


@dataclass(frozen=True)
class Costed:
    """What a price may recognise of the plan, by service: the text of a formula in each month."""

    direct: Callable[[int], str]
    """Eligible direct cost, as are the staff cost in it and what some contract leaves out."""
    staff: Callable[[int], str]
    overhead: Callable[[int], str]
    recruitment: Callable[[int], str]
    excluded: Callable[[int, int], str]
    """From a service and a category that some contract leaves out."""
    year: str
    """Number of the year whose prices apply."""
    plan: Plan | None
    """The one plan that all of it is of; None where it is of several, or narrowed."""
