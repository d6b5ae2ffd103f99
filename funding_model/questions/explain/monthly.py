"""Monthly: figures of months added up, and counted by the chance that the service goes on."""

from __future__ import annotations

from collections.abc import Callable

from funding_model.costing.arrays import Floats
from funding_model.questions.explain.case import Case, Span
from funding_model.questions.explain.going_on import weighted
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.views import added

POUNDS, PEOPLE, POSTS, PERSON_MONTHS, WEEKS = "pounds", "people", "posts", "person-months", "weeks of service"
Monthly = Callable[[Case, int, int], Node]


def over_months(case: Case, service: int, span: Span, what: str, unit: str, build: Monthly, series: Floats) -> Node:
    """Return a monthly figure added up over some months; ``series`` is the core's, by month."""
    label = f"{what}, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        return [build(case, service, month) for month in range(*span)]

    return made("sum", label, unit, "results", parts, "Its months", added(series, span))


def by_chance(build: Monthly, words: str, unit: str) -> Monthly:
    """Return a monthly figure counted by the chance that the service goes on."""

    def found(case: Case, service: int, month: int) -> Node:
        return weighted(case, service, (month, month + 1), lambda span: build(case, service, span[0]), words, unit)

    return found
