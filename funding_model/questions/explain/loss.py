"""Loss: what it would cost to lose a service, and what is likely to be lost."""

from __future__ import annotations

import numpy as np

from funding_model.costing.ledgers import Exposures
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import (
    ONE,
    assumption,
    line_index,
    typed,
)
from funding_model.questions.explain.going_on import survival
from funding_model.questions.explain.lines import index_number
from funding_model.questions.explain.node import STAGE, Node, made
from funding_model.questions.explain.views import OWN, added, view_of
from funding_model.questions.prepare.costs import price_of

POUNDS, SHARE = "pounds", "fraction"


@remembered
def exit_lines(case: Case, number: int, service: int, year: int, *, only_eligible: bool = False) -> Node:
    """Return the exit lines of a service at the prices of a year."""
    services = view_of(case, number).plan.services
    value = float(case.of(services.exit_eligible if only_eligible else services.exit_cost)[service, year])
    prices = view_of(case, number).prices_of_year[year]

    def parts() -> list[Node]:
        found = []
        for which, line in enumerate(case.scenario.services[service].lines, 1):
            if line.kind != "exit" or (only_eligible and not line.eligible):
                continue
            place = f"services.{service + 1}.lines.{which}.amount"
            amount = typed(
                f"{line.name}, in first-year prices with VAT",
                price_of(line, case.dates, case.scenario.assumptions),
                POUNDS,
                place,
                line,
            )
            sort = index_number(case, line)
            found.append(
                made(
                    "product",
                    f"{line.name}, {case.years[prices]}",
                    POUNDS,
                    "direct",
                    (amount, line_index(case, sort, prices, central=view_of(case, number).central)),
                )
            )
        return found

    return made("sum", f"Exit costs, {case.service(service)}, {case.years[year]}", POUNDS, "direct", parts, "", value)


@remembered
def cost_of_loss(case: Case, service: int, span: Span) -> Node:
    """Return the expected cost of losing the service in some months."""
    value = added(np.broadcast_to(case.of(case.evaluation.provider.cost_of_loss)[service], case.dates.months), span)
    path = case.of(case.evaluation.provider.survival)[service]
    label = f"Expected cost of losing {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found = []
        for month in range(*span):
            if path[month] == path[month + 1]:
                continue
            fall = made(
                "difference",
                f"Chance that it ends after {case.dates.label(month)}",
                SHARE,
                "continuation",
                (survival(case, service, month), survival(case, service, month + 1)),
            )
            found.append(
                made(
                    "product",
                    f"Expected cost of an end after {case.dates.label(month)}",
                    POUNDS,
                    "accounts",
                    (fall, cost_if_lost(case, service, month + 1)),
                )
            )
        return found

    return made("sum", label, POUNDS, "accounts", parts, "Chance of an end x what it would cost", value)


STAGES = {
    "redundancy": "Over filled heads: multiple x weeks x the week's pay, capped, by years of service and age",
    "notice": "Over filled heads: weeks of notice beyond those between decision and end x the week's cost",
    "unpaid_months": "Running cost of a month x months worked after an end before the decision",
    "stranded_overhead": "Each pool's overhead a month x months until it can be shed",
}


@remembered
def exposure(case: Case, what: str, service: int, boundary: int) -> Node:
    """Return one part of what ending the service would cost at a boundary."""
    exposures: Exposures = case.evaluation.exposures
    value = float(case.of(getattr(exposures, what))[service, boundary])
    when = case.dates.label(boundary - 1)
    if what == "pension_cessation":
        return assumption(case, "pension_cessation_exposure", service)
    if what == "exit_lines":
        return exit_lines(case, OWN, service, int(case.inputs.calendar.year_of_month[boundary - 1]))
    label = f"{what.replace('_', ' ').capitalize()}, {case.service(service)}, end of {when}"
    return Node(
        label, value, POUNDS, STAGES[what], STAGE, "continuation" if what in ("redundancy", "notice") else "accounts"
    )


@remembered
def cost_if_lost(case: Case, service: int, boundary: int) -> Node:
    """Return what would be spent if the service ended at a boundary, after redeployment."""
    people = made(
        "sum",
        "Redundancy and notice",
        POUNDS,
        "ledgers",
        tuple(exposure(case, what, service, boundary) for what in ("redundancy", "notice")),
    )
    stays = made("difference", "Share not redeployed", SHARE, "ledgers", (ONE, assumption(case, "redeployed", service)))
    rest = tuple(
        exposure(case, what, service, boundary)
        for what in ("pension_cessation", "exit_lines", "unpaid_months", "stranded_overhead")
    )
    label = f"What an end of {case.service(service)} after {case.dates.label(boundary - 1)} would cost"
    paid = made("product", "Redundancy and notice of those not redeployed", POUNDS, "ledgers", (people, stays))
    return made("sum", label, POUNDS, "ledgers", (paid, *rest))
