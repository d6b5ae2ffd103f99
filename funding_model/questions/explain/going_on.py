"""Going on: the chance that a service is still there in a month, and what is counted by it."""

from __future__ import annotations

from collections.abc import Callable

from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import (
    ONE,
    contract_assumption,
)
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.staffing import chance_of

POUNDS, SHARE = "pounds", "fraction"


@remembered
def survival(case: Case, service: int, boundary: int) -> Node:
    """Return the chance that the service has not ended before a month, or before the end of the horizon."""
    value = float(case.of(case.evaluation.provider.survival)[service, boundary])
    event = case.terms.award.event[0, service]
    when = case.dates.label(boundary) if boundary < case.dates.months else "the end"
    label = f"Chance that {case.service(service)} goes on to {when}"

    def parts() -> list[Node]:
        found = []
        for place in range(boundary + 1):
            kind = int(event[place])
            if kind == NO_EVENT:
                continue
            if kind == BREAK:
                chance = contract_assumption(
                    case, service, "award", "break_probability", float(case.terms.award.break_probability[0, service])
                )
                found.append(made("difference", "Chance of no break", SHARE, "continuation", (ONE, chance)))
            else:
                found.append(chance_of(case, service, extension=kind == EXTENSION))
        return found

    return made(
        "product",
        label,
        SHARE,
        "continuation",
        parts,
        "The chances at every date at which it may end, multiplied",
        value,
    )


def certain(case: Case, service: int, span: Span) -> bool:
    """Whether the service goes on for certain in some months."""
    path = case.of(case.evaluation.provider.survival)[service]
    return bool((path[span[0] : span[1]] == 1).all())


def weighted(
    case: Case, service: int, span: Span, whole: Callable[[Span], Node], what: str, unit: str = POUNDS
) -> Node:
    """Return a figure of some months counted by the chance that the service goes on; ``whole(span)`` is the figure."""
    if certain(case, service, span):
        return whole(span)

    def month(number: int) -> Node:
        parts = (survival(case, service, number), whole((number, number + 1)))
        label = f"{what}, {case.service(service)}, {case.dates.label(number)}, by the chance of it"
        return made("product", label, unit, "accounts", parts, "Chance that the service goes on x the month's amount")

    label = f"{what}, {case.service(service)}, {case.when(span)}, by the chance of it"
    nodes = tuple(month(number) for number in range(*span))
    return made("sum", label, unit, "accounts", nodes, "Each month's, counted by the chance that the service goes on")


def before(case: Case, service: int, month: int) -> Node:
    """Return the chance that the service was there in the month before; 1 for the first month."""
    return survival(case, service, month - 1) if month else ONE
