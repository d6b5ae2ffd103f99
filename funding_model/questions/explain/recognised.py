"""Recognised cost: what a price looks at, at the prices of an award's year or of each year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from funding_model.costing.arrays import Ints
from funding_model.costing.contract import (
    CAP_OF_DIRECT,
    CAP_OF_TOTAL,
    FLAT_ON_DIRECT,
    FLAT_ON_STAFF,
    FULL,
    MODIFIED_BASE,
    NO_OVERHEAD,
)
from funding_model.costing.price import Base
from funding_model.costing.pricing import recognised_base
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, counted, term
from funding_model.questions.explain.lines import line_nodes
from funding_model.questions.explain.loss import exit_lines
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.planned import eligible, recruitment, staff_cost
from funding_model.questions.explain.support import overhead
from funding_model.questions.explain.terms import hour_value, returns_a_month
from funding_model.questions.explain.views import OWN, added, view_of

POUNDS, MONTHLY = "pounds", "pounds a month"
RULES = {
    FULL: "All overhead is paid.",
    CAP_OF_DIRECT: "The overhead, but at most the rate x eligible direct cost.",
    CAP_OF_TOTAL: "The overhead, but at most rate / (1 - rate) x eligible direct cost.",
    FLAT_ON_DIRECT: "The rate x eligible direct cost, whatever the overhead is.",
    FLAT_ON_STAFF: "The rate x eligible staff cost, whatever the overhead is.",
    MODIFIED_BASE: "The rate x eligible direct cost without excluded categories.",
    NO_OVERHEAD: "No overhead is paid.",
}


def _calendars(case: Case, purpose: str, service: int) -> Ints:
    found: Ints = getattr(case.terms.calendars, purpose)[0, service]
    return found


@remembered
def _base(case: Case, number: int) -> Base:
    """Return what the price recognises of the plan at one price calendar, or at each year's own prices."""
    planned = case.evaluation.planned
    if number == OWN:
        return case.evaluation.base
    calendar = case.terms.price_calendars[number]
    outlook = planned.central if calendar.central else planned.outlook
    return recognised_base(case.inputs, planned, case.terms, planned.priced[number], outlook, calendar.prices_of_year)


def _runs(case: Case, purpose: str, service: int, span: Span) -> list[tuple[int, Span]]:
    """Return the price calendars that cost the months of a span, each with its run of months."""
    if purpose == "each year":
        return [(OWN, span)]
    numbers = _calendars(case, purpose, service)
    found: list[tuple[int, Span]] = []
    start = span[0]
    for month in range(span[0] + 1, span[1] + 1):
        if month == span[1] or numbers[month] != numbers[start]:
            found.append((int(numbers[start]), (start, month)))
            start = month
    return found


def _summed(case: Case, purpose: str, service: int, span: Span, label: str, build: Callable[[int, Span], Node]) -> Node:
    runs = _runs(case, purpose, service, span)
    nodes = [build(number, run) for number, run in runs]
    if len(nodes) == 1:
        return nodes[0]
    return made("sum", f"{label}, {case.service(service)}, {case.when(span)}", POUNDS, "price", tuple(nodes))


@remembered
def eligible_base(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return eligible direct cost of some months at the prices that a purpose asks for."""
    return _summed(
        case, purpose, service, span, "Eligible direct cost", lambda number, run: eligible(case, number, service, run)
    )


@remembered
def eligible_staff(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return eligible staff cost of some months."""
    return _summed(
        case,
        purpose,
        service,
        span,
        "Eligible staff cost",
        lambda number, run: staff_cost(case, number, service, run, only_eligible=True),
    )


@remembered
def overhead_base(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return the overhead of some months."""
    return _summed(case, purpose, service, span, "Overhead", lambda number, run: overhead(case, number, service, run))


@remembered
def excluded_base(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return eligible cost in excluded categories."""

    def of_run(number: int, run: Span) -> Node:
        label = f"Cost in excluded categories, {case.service(service)}, {case.when(run)}"
        nodes = line_nodes(case, number, "services", service, run, "excluded")
        return made("sum", label, POUNDS, "direct", tuple(nodes))

    return _summed(case, purpose, service, span, "Cost in excluded categories", of_run)


@remembered
def recognised_terms(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return the cost of terms that the price recognises, at planned amounts."""

    def of_run(number: int, run: Span) -> Node:
        value = added(np.broadcast_to(case.of(_base(case, number).recognised_terms)[service], case.dates.months), run)
        label = f"Terms recognised in the price, {case.service(service)}, {case.when(run)}"
        return made("sum", label, POUNDS, "pricing", lambda: _terms_in(case, number, service, run), "", value)

    return _summed(case, purpose, service, span, "Terms recognised", of_run)


def _terms_in(case: Case, number: int, service: int, run: Span) -> list[Node]:
    price, found = case.terms.price, []
    if price.recognises_recruitment[0, service]:
        found.append(recruitment(case, number, service, run))
    if price.recognises_monitoring[0, service]:
        view = view_of(case, number)
        for year, months in case.years_in(run):
            hours = returns_a_month(case, service)
            count = counted("Months", months[1] - months[0], "months", "")
            value = hour_value(case, view.prices_of_year[year], central=view.central)
            label = f"Monitoring, {case.when(months)}"
            found.append(made("product", label, POUNDS, "pricing", (hours, value, count), "Hours x value of an hour"))
    if price.recognises_closing[0, service]:
        cycle = float(case.terms.award.cycle_months[0, service])
        for year, months in case.years_in(run):
            cost = exit_lines(case, number, service, year, only_eligible=True)
            whole = counted("Months of the cycle of awards", cycle, "months", "term")
            share = made("quotient", "Closing costs a month", MONTHLY, "pricing", (cost, whole))
            count = counted("Months", months[1] - months[0], "months", "")
            found.append(made("product", f"Closing costs, {case.when(months)}", POUNDS, "pricing", (share, count)))
    return found


@remembered
def paid_overhead(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return the overhead that the funder's rule allows for some months."""
    rule = int(case.terms.price.overhead_rule[0, service])
    direct, whole = eligible_base(case, purpose, service, span), overhead_base(case, purpose, service, span)
    return overhead_by_rule(
        case,
        service,
        direct,
        whole,
        lambda: eligible_staff(case, purpose, service, span),
        lambda: excluded_base(case, purpose, service, span),
        f"Overhead that the price allows, {case.service(service)}, {case.when(span)}",
        rule,
    )


def overhead_by_rule(
    case: Case,
    service: int,
    direct: Node,
    whole: Node,
    staff: Callable[[], Node],
    excluded: Callable[[], Node],
    label: str,
    rule: int,
) -> Node:
    """Return the overhead allowed on a base; ``staff`` and ``excluded`` return theirs when a rule looks at them."""
    rate = term(
        case,
        service,
        "price",
        "overhead_rate",
        "Overhead rate",
        float(case.terms.price.overhead_rate[0, service]),
        "fraction",
    )
    words = RULES[rule]
    if rule == FULL:
        return made("sum", label, POUNDS, "price", (whole,), words)
    if rule == NO_OVERHEAD:
        return made("sum", label, POUNDS, "price", (), words)
    if rule in (CAP_OF_DIRECT, CAP_OF_TOTAL):
        factor = rate
        if rule == CAP_OF_TOTAL:
            rest = made("difference", "1 - rate", "fraction", "price", (ONE, rate))
            factor = made("quotient", "Rate / (1 - rate)", "fraction", "price", (rate, rest))
        cap = made("product", "Most that is allowed", POUNDS, "price", (factor, direct))
        return made("minimum", label, POUNDS, "price", (whole, cap), words)
    if rule == FLAT_ON_STAFF:
        return made("product", label, POUNDS, "price", (rate, staff()), words)
    base = direct
    if rule == MODIFIED_BASE:
        base = made("difference", "Base of the rate", POUNDS, "price", (direct, excluded()))
    return made("product", label, POUNDS, "price", (rate, base), words)


@remembered
def recognised(case: Case, purpose: str, service: int, span: Span) -> Node:
    """Return what the price recognises of some months."""
    whole = [
        eligible_base(case, purpose, service, span),
        paid_overhead(case, purpose, service, span),
        recognised_terms(case, purpose, service, span),
    ]
    label = f"{case.service(service)}, {case.when(span)}"
    return shared(case, service, whole, f"Cost that the price recognises, {label}")


def shared(case: Case, service: int, whole: list[Node], label: str) -> Node:
    """Return recognised cost: the funded share of a sum, over one less the margin."""
    price = case.terms.price
    share = term(
        case, service, "price", "funded_share", "Funded share", float(price.funded_share[0, service]), "fraction"
    )
    margin = term(case, service, "price", "margin", "Margin", float(price.margin[0, service]), "fraction of the price")
    base = made("sum", "Eligible cost, overhead allowed and terms", POUNDS, "price", tuple(whole))
    paid = made("product", "Its funded share", POUNDS, "price", (share, base))
    kept = made("difference", "1 - margin", "fraction", "price", (ONE, margin))
    formula = "Funded share x (eligible direct cost + overhead allowed + terms recognised) / (1 - margin)"
    return made("quotient", label, POUNDS, "price", (paid, kept), formula)


def span_of(case: Case, service: int, number: int) -> Span:
    """Return the months of a segment."""
    segments = case.terms.segments
    return int(segments.start[0, service, number]), int(segments.end[0, service, number])
