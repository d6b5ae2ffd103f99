"""As delivered: the engine's figures of the stages that the workbook does not work out in formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

import numpy as np

from funding_model.costing.arrays import by_month
from funding_model.costing.direct import price_lines
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, NUMBER, POUNDS, Numbers
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import ByContract, Money

LABELS: Final[dict[str, tuple[str, str]]] = {
    "price": ("Price", POUNDS),
    "underspend_returned": ("Underspend returned", POUNDS),
    "underspend_carried": ("Money carried for later years", POUNDS),
    "pay_not_spent": ("Pay not spent on empty posts", POUNDS),
    "cover": ("Cover for empty posts", POUNDS),
    "lines_change": ("Change in costs that follow delivery", POUNDS),
    "running_terms": ("Running cost of the terms", POUNDS),
    "following_without_cash": ("Costs that follow delivery and move no cash", POUNDS),
    "received": ("Months whose price has arrived by the end of the month", NUMBER),
    "fundable_cost": ("Fundable cost", POUNDS),
    "survival": ("Chance that the service goes on", FRACTION),
    "cost": ("Cost, weighted by the chance that the service goes on", POUNDS),
    "income": ("Income, weighted likewise", POUNDS),
    "cost_of_terms": ("Cost of the terms, weighted likewise", POUNDS),
    "surplus_posts_filled": ("Surplus with posts filled, weighted likewise", POUNDS),
    "administration": ("Administration of the public purse, weighted likewise", POUNDS),
    "competition_saving": ("Saving from competition, weighted likewise", POUNDS),
    "starting": ("People starting support, weighted likewise", "people"),
    "support_months": ("Support given, weighted likewise", "person-months"),
    "waiting": ("Waiting at the month's end, if the service continues", "people"),
    "gave_up": ("People giving up waiting, weighted likewise", "people"),
    "cut_off": ("People whose support is cut off", "people"),
    "weeks_lost": ("Weeks of service lost", "weeks of service"),
    "heads": ("Posts, weighted likewise", "heads"),
    "leavers": ("Leavers, weighted likewise", "heads"),
    "hires": ("Hires, weighted likewise", "heads"),
    "notices": ("Protective notices, weighted likewise", "heads"),
    "vacant": ("Empty posts, weighted likewise", "heads"),
}
YEARLY: Final = frozenset({"fundable_cost"})


def money_of(basis: Basis, live: Mapping[str, ByContract]) -> Money:
    """Return what cash and results read: lines that are live, and the engine's figures for the others.

    Args:
        basis: What the stages build on.
        live: The lines that a stage works out, by their name in ``Money``.
    """
    names = [item.name for item in fields(Money)]
    missing = [name for name in names if name not in live]
    if not missing:
        return Money(**live)
    figures = _figures(basis.engine)
    sheet = basis.book.sheet(
        "As delivered", "Figures of the engine that are not worked out in formulas: they do not follow a changed input."
    )
    services, contracts = basis.entered.services, basis.entered.contracts
    found: dict[str, ByContract] = dict(live)
    for name in missing:
        label, unit = LABELS[name]
        block = sheet.block(label, "As the engine gave it.")
        found[name] = tuple(
            block.constants(
                services, unit, np.broadcast_to(of_case(figures[name], case), (len(services), figures[name].shape[-1])),
                of=contract, period="year" if name in YEARLY else "month",
            )
            for case, contract in enumerate(contracts)
        )  # fmt: skip
    told = "; ".join(LABELS[name][0] for name in missing)
    basis.book.limit(
        f"These are the engine's figures as delivered, and do not follow a changed input; nor do the parts of cash and "
        f"results that rest on them: {told}."
    )
    return Money(**found)


def _figures(engine: Engine) -> dict[str, Numbers]:
    """Return the engine's figures by name: axes (case, service, month or year)."""
    found = engine.evaluation
    provider, families, jobs, purse = found.provider, found.families, found.jobs, found.purse
    weeks = np.zeros((1, 1, 1))
    for of_cause in families.weeks_lost.values():
        weeks = weeks + of_cause
    path = provider.survival
    return {
        "price": provider.price,
        "underspend_returned": found.returned.as_staffed,
        "underspend_carried": found.returned.carried,
        "pay_not_spent": provider.pay_not_spent,
        "cover": provider.cover,
        "lines_change": provider.lines_change,
        "running_terms": provider.running_terms,
        "following_without_cash": _following_without_cash(engine),
        "received": found.terms.payment.received.astype(float),
        "fundable_cost": found.money.fundable_cost,
        "survival": path[..., :-1],
        "cost": provider.cost,
        "income": provider.income,
        "cost_of_terms": provider.cost_of_terms,
        "surplus_posts_filled": provider.surplus_posts_filled,
        "administration": purse.administration,
        "competition_saving": purse.competition_saving,
        "starting": families.starting,
        "support_months": families.support_months,
        "waiting": families.waiting,
        "gave_up": families.gave_up,
        "cut_off": families.cut_off,
        "weeks_lost": weeks,
        "heads": jobs.heads,
        "leavers": jobs.leavers,
        "hires": jobs.hires,
        "notices": jobs.notices,
        "vacant": jobs.vacant,
    }


def _following_without_cash(engine: Engine) -> Numbers:
    """Return the lines that follow delivery and move no cash: all that move none, less those that follow nothing."""
    flows, inputs = engine.evaluation.flows, engine.inputs
    indices = by_month(engine.evaluation.planned.full.services.line_indices, inputs.calendar.year_of_month)
    result: Numbers = flows.not_cash - price_lines(inputs.spread.not_cash, indices)
    return result
