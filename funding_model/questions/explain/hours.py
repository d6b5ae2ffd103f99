"""Hours: what letters, bids, returns, variations and notices take of both sides' time."""

from __future__ import annotations

import numpy as np

from funding_model.costing.arrays import after_month_0
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.going_on import before, survival
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.staffing import POUNDS
from funding_model.questions.explain.terms import funder_hours_of, hour_value, hours_of
from funding_model.questions.explain.views import added


@remembered
def hours(case: Case, what: str, service: int, span: Span) -> Node:
    """Return the provider's hours on one kind of term, weighted by the chance that the service goes on."""
    whole = case.of(getattr(case.evaluation.terms_cost.hours, what))[service]
    monthly = np.broadcast_to(whole, case.dates.months)
    path = case.of(case.evaluation.provider.survival)[service]
    chance = after_month_0(path) if what in ("letters", "bids") else path[:-1]

    def parts() -> list[Node]:
        found = []
        for month in (month for month in range(*span) if monthly[month]):
            each = hours_of(case, what, service, month)
            weight = before(case, service, month) if what in ("letters", "bids") else survival(case, service, month)
            label = f"{each.label}, {case.dates.label(month)}, by the chance of it"
            found.append(made("product", label, "hours", "results", (weight, each)))
        return found

    label = f"Hours on {what}, {case.service(service)}, {case.when(span)}"
    words = "Each month's, counted by the chance that the service goes on"
    return made("sum", label, "hours", "results", parts, words, added(chance * monthly, span))


@remembered
def funder_hours(case: Case, what: str, service: int, span: Span) -> Node:
    """Return the funder's hours on one kind of term, weighted by the chance that the service goes on."""

    def parts() -> list[Node]:
        found = []
        for month in range(*span):
            each = funder_hours_of(case, what, service, month)
            if each.value:
                weight = before(case, service, month) if what in ("letters", "bids") else survival(case, service, month)
                label = f"{each.label}, {case.dates.label(month)}, by the chance of it"
                found.append(made("product", label, "hours", "results", (weight, each)))
        return found

    label = f"Funder's hours on {what}, {case.service(service)}, {case.when(span)}"
    return made("sum", label, "hours", "results", parts, "Each month's, by the chance that the service goes on")


@remembered
def hours_value(case: Case, service: int, span: Span) -> Node:
    """Return what the provider's hours are worth."""
    found = []
    for year, months in case.years_in(span):
        kinds = tuple(
            hours(case, what, service, months) for what in ("letters", "bids", "returns", "variations", "notices")
        )
        whole = made("sum", f"Hours, {case.years[year]}", "hours", "results", kinds)
        found.append(
            made("product", f"Value of hours, {case.years[year]}", POUNDS, "results", (whole, hour_value(case, year)))
        )
    return made(
        "sum",
        f"Value of hours on the terms, {case.service(service)}, {case.when(span)}",
        POUNDS,
        "results",
        tuple(found),
    )
