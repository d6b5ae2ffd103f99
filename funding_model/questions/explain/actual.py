"""Actual cost: what differs from the plan because posts stand empty and fewer people are supported."""

from __future__ import annotations

import numpy as np

from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, assumption, index, line_index
from funding_model.questions.explain.lines import index_number, line_amount, line_size, lines_of
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.explain.people import flow, planned_flow
from funding_model.questions.explain.planned import post_cost, recruitment
from funding_model.questions.explain.staffing import empty_posts, hires, rows_of, vacant
from funding_model.questions.explain.views import OWN, SERVICES, added, shares_of
from funding_model.scenario.costs import Line

PEOPLE, POUNDS = "people", "pounds"


# Pay not spent, cover


@remembered
def pay_not_spent(case: Case, service: int, span: Span) -> Node:
    """Return the pay not spent on empty posts in some months, as if the service continues."""
    value = added(case.of(case.evaluation.actual.pay_not_spent)[service], span)
    label = f"Pay not spent on empty posts, {case.service(service)}, {case.when(span)}"
    if case.inputs.behaviour.all_in[0, service]:
        return leaf(
            label,
            0.0,
            POUNDS,
            _entry_of(assumption(case, "cost_per_hire_all_in", service)),
            "An all-in cost per hire holds it.",
        )
    return made(
        "sum",
        label,
        POUNDS,
        "actual",
        lambda: _empty_pay(case, service, span),
        "Pay x vacant share, month by month",
        value,
    )


def _empty_pay(case: Case, service: int, span: Span, *, only: bool | None = None) -> list[Node]:
    """Return the pay of empty posts month by month; of eligible posts only, or of those that are not, if asked."""
    parts = case.inputs.staff
    services = parts.start.shape[1]
    found = []
    for month in range(*span):
        for layer in rows_of(case, service, month):
            chosen = [
                part
                for part, share in enumerate(shares_of(case, SERVICES))
                if parts.row[part] == layer * services + service and (only is None or share.post.eligible == only)
            ]
            if not chosen:
                continue
            pay = made(
                "sum",
                f"Pay of the posts, {case.service(service)}, {case.dates.label(month)}",
                POUNDS,
                "planned",
                tuple(post_cost(case, OWN, SERVICES, part, (month, month + 1)) for part in chosen),
            )
            label = f"Pay not spent, {case.service(service)}, {case.dates.label(month)}"
            found.append(
                made(
                    "product", label, POUNDS, "actual", (pay, vacant(case, service, layer, month)), "Pay x vacant share"
                )
            )
    return found


def _cover_factor(case: Case, service: int) -> Node:
    share, premium = assumption(case, "cover_share", service), assumption(case, "cover_premium", service)
    over = made("sum", "1 + cover premium", "", "actual", (ONE, premium))
    return made(
        "product",
        "Cover for each pound of empty pay",
        "fraction",
        "actual",
        (share, over),
        "Cover share x (1 + premium)",
    )


@remembered
def cover(case: Case, service: int, span: Span) -> Node:
    """Return what covering empty posts costs in some months."""
    label = f"Cover for empty posts, {case.service(service)}, {case.when(span)}"
    parts = (pay_not_spent(case, service, span), _cover_factor(case, service))
    return made("product", label, POUNDS, "actual", parts, "Pay not spent x cover share x (1 + premium)")


# Lines that follow delivery


def _following(case: Case, service: int, chosen: str) -> list[tuple[int, Line]]:
    exclusions = case.contract(service).price.base_exclusions
    return [
        (which, line)
        for which, (owner, line, _) in enumerate(lines_of(case, SERVICES))
        if owner == service
        and line.per in ("person_starting", "delivery_fte")
        and (chosen == "all" or line.eligible)
        and (chosen != "excluded" or line.category in exclusions)
    ]


@remembered
def lines_change(case: Case, service: int, span: Span, chosen: str = "all") -> Node:
    """Return the change in lines that follow delivery: all, the eligible ones, or those in excluded categories."""
    actual = case.evaluation.actual
    label = f"Change in costs that follow delivery, {case.service(service)}, {case.when(span)}"
    words = "Amount x index x change of starts or of delivery FTE"
    value = None
    if chosen != "excluded":
        series = actual.lines_change if chosen == "all" else actual.eligible_lines_change
        value = added(np.broadcast_to(case.of(series)[service], case.dates.months), span)
    return made("sum", label, POUNDS, "actual", lambda: _changes(case, service, span, chosen), words, value)


def _changes(case: Case, service: int, span: Span, chosen: str) -> list[Node]:
    found = []
    for which, line in _following(case, service, chosen):
        size = line_size(case, OWN, which)
        for month in range(*span):
            if size[month]:
                year = int(case.inputs.calendar.year_of_month[month])
                moved = line_index(case, index_number(case, line), year)
                parts = (line_amount(case, SERVICES, which), moved, _quantity_change(case, line, service, month))
                label = f"Change of {line.name}, {case.dates.label(month)}"
                found.append(made("product", label, POUNDS, "actual", parts, "Amount x index x change"))
    return found


def _quantity_change(case: Case, line: Line, service: int, month: int) -> Node:
    if line.per == "person_starting":
        now, planned = flow(case, "starts", service, month), planned_flow(case, "starts", service, month)
        return made("difference", "Starts less planned starts", PEOPLE, "actual", (now, planned))
    share = made("difference", "Cover share - 1", "fraction", "actual", (assumption(case, "cover_share", service), ONE))
    empty = empty_posts(case, service, month, kind="delivery")
    return made("product", "Change of delivery FTE", "FTE", "actual", (empty, share))


@remembered
def eligible_staff_change(case: Case, service: int, span: Span) -> Node:
    """Return the change of eligible staff cost: cover less the pay not spent on eligible posts."""
    label = f"Change of eligible staff cost, {case.service(service)}, {case.when(span)}"
    if case.inputs.behaviour.all_in[0, service]:
        return made("sum", label, POUNDS, "actual", (), "An all-in cost per hire holds it.")
    empty = made(
        "sum", "Pay not spent on eligible posts", POUNDS, "actual", tuple(_empty_pay(case, service, span, only=True))
    )
    less = made(
        "difference", "Cover for each pound, less the pound", "fraction", "actual", (_cover_factor(case, service), ONE)
    )
    return made("product", label, POUNDS, "actual", (empty, less))


@remembered
def eligible_change(case: Case, service: int, span: Span, *, filled: bool) -> Node:
    """Return the change of eligible cost from the plan; with posts filled only that of lines."""
    lines = lines_change(case, service, span, "eligible")
    if filled:
        return lines
    label = f"Change of eligible cost, {case.service(service)}, {case.when(span)}"
    return made("sum", label, POUNDS, "actual", (eligible_staff_change(case, service, span), lines))


def excluded_change(case: Case, service: int, span: Span) -> Node:
    """Return the change of eligible lines in excluded categories."""
    return lines_change(case, service, span, "excluded")


# Recruitment


@remembered
def actual_recruitment(case: Case, service: int, span: Span) -> Node:
    """Return the cost of recruitment in some months."""
    value = added(case.of(case.evaluation.actual.recruitment)[service], span)
    label = f"Recruitment, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found = []
        senior = bool(case.inputs.staff.row_senior_heads[:, service].any())
        for month in range(*span):
            prices = index(case, "cpi", int(case.inputs.calendar.year_of_month[month]))
            for kind in ("junior", "senior") if senior else ("junior",):
                cost = assumption(case, "cost_per_hire_senior" if kind == "senior" else "cost_per_hire", service)
                each = (cost, hires(case, service, month, kind=kind), prices)
                found.append(
                    made(
                        "product",
                        f"Recruitment, {case.dates.label(month)}",
                        POUNDS,
                        "actual",
                        each,
                        "Cost per hire x hires x price index",
                    )
                )
        return found

    return made("sum", label, POUNDS, "actual", parts, "Hires at the cost of a hire", value)


@remembered
def recruitment_change(case: Case, service: int, span: Span) -> Node:
    """Return recruitment beyond, or short of, what was planned."""
    label = f"Recruitment less the planned, {case.service(service)}, {case.when(span)}"
    return made(
        "difference",
        label,
        POUNDS,
        "accounts",
        (actual_recruitment(case, service, span), recruitment(case, OWN, service, span)),
    )


def _entry_of(node: Node) -> Entry:
    return node.entry or Entry("", "calendar")
