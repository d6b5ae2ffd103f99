"""Plan: full cost, ``direct cost + overhead + planned recruitment``, the same for every contract.

``cost_plan`` costs the plan at any prices: each year's own give the full cost; others give what a price recognises.
"""

from __future__ import annotations

from funding_model.costing.planned import Plan as EnginePlan
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import POUNDS
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Plan, Prices
from funding_model.report.workbook.stages.direct import cost_services
from funding_model.report.workbook.stages.overheads import share_overheads
from funding_model.report.workbook.stages.pay import cost_posts


def cost_plan(basis: Basis, prices: Prices) -> Plan:
    """Cost the plan at the prices of some years."""
    book, engine, entered, planned = basis.book, basis.engine, basis.entered, basis.planned
    known: EnginePlan | None = engine.evaluation.planned.full if prices.own else None
    inputs = engine.inputs
    services = None if known is None else (inputs.staff, known.services.heads_cost, known.services.staff)
    pay = cost_posts(basis, entered.posts, planned.active, entered.behaviour.cover_premium.cells, prices, services)
    premiums = [entered.support_cover_premium] * len(entered.pools)
    support_pay = cost_posts(basis, entered.support_posts, planned.support_active, premiums, prices, None)
    direct = cost_services(basis, pay, prices, None if known is None else known.services)
    overheads = share_overheads(basis, (pay, support_pay), direct, prices, None if known is None else known.support)
    sheet = book.sheet(f"Full cost{prices.name}", "What each service fully costs, the same for every contract.")
    block = sheet.block(f"Full cost{prices.name}", "Direct cost + overhead + planned recruitment.")
    full = block.stack(
        entered.services,
        POUNDS,
        lambda at: f"{direct.direct[at].now}+{overheads.overhead[at].now}+{direct.recruitment[at].now}",
        kind="result",
        years="sum",
        engine=None if known is None else of_case(known.full_cost),
    )
    if known is not None:
        book.compare("Direct cost", direct.direct)
        book.compare("Overhead", overheads.overhead)
        book.compare("Planned recruitment", direct.recruitment)
        book.compare("Full cost", full)
    return Plan(prices, pay, support_pay, direct, overheads, full)
