"""Underspend: what is given back of a price that was not spent on recognised cost."""

from __future__ import annotations

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import (
    CARRIED,
    KEPT,
    RETURNED,
)
from funding_model.questions.explain.actual import (
    eligible_change,
    eligible_staff_change,
    excluded_change,
    recruitment_change,
)
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import NOTHING, counted
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.pricing import price_of_span
from funding_model.questions.explain.recognised import (
    eligible_base,
    eligible_staff,
    excluded_base,
    overhead_base,
    overhead_by_rule,
    recognised_terms,
    shared,
    span_of,
)
from funding_model.questions.explain.staffing import POUNDS
from funding_model.questions.explain.views import added


@remembered
def returned(case: Case, service: int, span: Span, *, filled: bool = False) -> Node:
    """Return the underspend given back in some months, as things are or as it would be with posts filled."""
    found = case.evaluation.returned
    series: Floats = case.of(found.posts_filled if filled else found.as_staffed)[service]
    which = "Underspend given back with posts filled" if filled else "Underspend given back"
    label = f"{which}, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        segments = case.terms.segments
        nodes = []
        for number in range(segments.end.shape[2]):
            start, end = int(segments.start[0, service, number]), int(segments.end[0, service, number])
            if start < end and span[0] < end <= span[1]:
                back = _given_back(case, service, number, filled=filled)
                if back is not None:
                    nodes.append(back)
        return nodes

    formula = "Price and money brought forward less what the rule allows on actual cost, not below 0"
    return made("sum", label, POUNDS, "price", parts, formula, added(series, span))


def _carries(case: Case, service: int, number: int) -> bool:
    segments, what = case.terms.segments, int(case.terms.payment.underspend[0, service])
    at_horizon = int(segments.end[0, service, number]) >= case.dates.months
    return what == CARRIED and not segments.closes_award[0, service, number] and not at_horizon


def _given_back(case: Case, service: int, number: int, *, filled: bool) -> Node | None:
    payment = case.terms.payment
    what = int(payment.underspend[0, service])
    by_volume = payment.by_volume[0, service] and case.inputs.people.counted[service]
    if what == KEPT or by_volume or _carries(case, service, number):
        return None
    assert what in (RETURNED, CARRIED)  # noqa: S101 - the only other things that can happen to it
    return _unspent(case, service, number, filled=filled)


@remembered
def _unspent(case: Case, service: int, number: int, *, filled: bool) -> Node:
    span = span_of(case, service, number)
    paid = price_of_span(case, service, span)
    allowed = _allowed(case, service, span, filled=filled)
    parts = [paid]
    if number and _carries(case, service, number - 1):
        brought = _unspent(case, service, number - 1, filled=filled)
        parts = [made("sum", "Price and money brought forward", POUNDS, "price", (paid, brought))]
    over = made("difference", "Price less what is allowed", POUNDS, "price", (*parts, allowed))
    label = f"Underspend, {case.service(service)}, {case.when(span)}"
    return made("maximum", label, POUNDS, "price", (NOTHING, over), "Not below 0")


def _allowed(case: Case, service: int, span: Span, *, filled: bool) -> Node:
    """Return what the rule allows on the actual eligible cost of some months, less what others meet."""
    met = added(case.inputs.funds.other_meeting_cost[service], span)
    planned = eligible_base(case, "each year", service, span)
    change = eligible_change(case, service, span, filled=filled)
    spent = made("sum", "Eligible cost as it was spent", POUNDS, "accounts", (planned, change))
    others = counted("Met by co-funders and gifts in kind", met, POUNDS, f"services.{service + 1}.other_funders")
    less = made("difference", "Eligible cost that others do not meet", POUNDS, "accounts", (spent, others))
    direct = made("maximum", "Not below 0", POUNDS, "accounts", (NOTHING, less))
    rule = int(case.terms.price.overhead_rule[0, service])

    def staff() -> Node:
        whole = eligible_staff(case, "each year", service, span)
        if filled:
            return whole
        return made(
            "sum",
            "Eligible staff cost as spent",
            POUNDS,
            "accounts",
            (whole, eligible_staff_change(case, service, span)),
        )

    def excluded() -> Node:
        whole = excluded_base(case, "each year", service, span)
        return made(
            "sum", "Excluded cost as it fell", POUNDS, "accounts", (whole, excluded_change(case, service, span))
        )

    label = f"Overhead allowed on actual cost, {case.service(service)}, {case.when(span)}"
    whole = overhead_base(case, "each year", service, span)
    paid = overhead_by_rule(case, service, direct, whole, staff, excluded, label, rule)
    terms = recognised_terms(case, "each year", service, span)
    if case.terms.price.recognises_recruitment[0, service]:
        more = recruitment_change(case, service, span)
        terms = made("sum", "Terms recognised, recruitment as spent", POUNDS, "accounts", (terms, more))
    return shared(
        case, service, [direct, paid, terms], f"Allowed on actual cost, {case.service(service)}, {case.when(span)}"
    )
