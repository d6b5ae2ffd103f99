"""Staffing: how secure funding is, how many posts stand empty, and what that changes in pay, lines and recruitment."""

from __future__ import annotations

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.questions.explain.case import Case, remembered
from funding_model.questions.explain.entries import ONE, TWELVE, assumption, contract_assumption, counted, term
from funding_model.questions.explain.node import Node, made

A_MONTH, PEOPLE, POUNDS = "a month", "people", "pounds"
THRESHOLDS = {
    "insecure": ("secure_months", "How far staff feel insecure"),
    "frozen": ("freeze_months", "How far hiring has stopped"),
    "closed": ("close_intake_months", "How far intake has closed"),
}


def threshold_of(case: Case, what: str, service: int) -> Node:
    """Return the months of confirmed funding below which staff are insecure, hiring stops or intake closes."""
    name = THRESHOLDS[what][0]
    return assumption(case, name, None if name == "secure_months" else service)


@remembered
def certainty(case: Case, what: str, service: int, month: int) -> Node:
    """Return how far staff feel insecure, hiring has stopped or intake has closed in a month."""
    value = float(case.of(getattr(case.evaluation.certainty, what))[service, month])
    label = f"{THRESHOLDS[what][1]}, {case.service(service)}, {case.dates.label(month)}"
    threshold = threshold_of(case, what, service)
    return degree(case, service, month, threshold, label, value, break_counts=what == "insecure")


def degree(
    case: Case, service: int, month: int, threshold: Node, label: str, value: float, *, break_counts: bool
) -> Node:
    """Return the mean over where confirmed funding may end of whether that is nearer than a threshold."""
    notice = float(case.terms.award.break_notice[0, service])
    if not break_counts or not np.isfinite(case.of(case.comparison.terms.award.break_notice)).any():
        return made(
            "sum", label, "0 to 1", "certainty", lambda: (_below(case, service, month, threshold, None),), "", value
        )

    def parts() -> list[Node]:
        weight = contract_assumption(
            case, service, "award", "break_credibility", float(case.terms.award.break_credibility[0, service])
        )
        rest = made("difference", "1 - break credibility", "fraction", "certainty", (ONE, weight))
        plain = _below(case, service, month, threshold, None)
        bounded = _below(case, service, month, threshold, notice) if np.isfinite(notice) else plain
        return [
            made("product", "The break clause disregarded", "0 to 1", "certainty", (weight, plain)),
            made("product", "The break clause counted", "0 to 1", "certainty", (rest, bounded)),
        ]

    formula = "Break credibility x the clause disregarded + (1 - break credibility) x the clause counted"
    return made("sum", label, "0 to 1", "certainty", parts, formula, value)


def degree_with(
    case: Case, service: int, month: int, threshold: Node, label: str, value: float, *, clause_counts: bool
) -> Node:
    """Return that mean with the break clause counted, or disregarded."""
    notice = float(case.terms.award.break_notice[0, service])
    bound = notice if clause_counts and np.isfinite(notice) else None
    made_of = (_below(case, service, month, threshold, bound),)
    return made("sum", label, "0 to 1", "certainty", made_of, "", value)


def _below(case: Case, service: int, month: int, threshold: Node, notice: float | None) -> Node:
    award = case.terms.award
    depths = award.decided.shape[2]

    def flag(depth: int) -> Node:
        reach = counted(
            f"Months to the end of confirmed funding, {case.dates.label(month)}"
            + (f", with {depth} further awards" if depth else ""),
            float(award.reach[0, service, depth, month]),
            "months",
            "term and award",
        )
        if notice is not None:
            given = term(case, service, "award", "break_notice_months", "Break notice", notice, "months")
            reach = made("minimum", "Months, bounded by break notice", "months", "certainty", (reach, given))
        return made("below", "Whether that is below the threshold", "1 or 0", "certainty", (reach, threshold))

    found = flag(depths)
    for depth in reversed(range(depths)):
        own = flag(depth)
        if not award.decided[0, service, depth, month]:
            found = own
            continue
        extends = bool(award.extension[0, service, depth, month])
        chance = chance_of(case, service, extension=extends)
        rest = made("difference", "1 - chance", "fraction", "certainty", (ONE, chance))
        parts = (
            made("product", "If it is made", "0 to 1", "certainty", (chance, found)),
            made("product", "If it is not", "0 to 1", "certainty", (rest, own)),
        )
        found = made("sum", "Mean over whether the next award is made", "0 to 1", "certainty", parts)
    return found


@remembered
def chance_of(case: Case, service: int, *, extension: bool) -> Node:
    """Return the chance that a further award, or an extension, is made."""
    award, entered = case.terms.award, case.contract(service).award
    own = extension and entered.extension_probability is not None and entered.extension_probability.value is not None
    name = "extension_probability" if own else "renewal_probability"
    table = award.extension_probability if extension else award.renewal_probability
    return contract_assumption(case, service, "award", name, float(table[0, service]))


# Vacancies


@remembered
def leaving(case: Case, service: int, month: int) -> Node:
    """Return the leaving rate of a month."""
    turnover, extra = assumption(case, "turnover", service), assumption(case, "extra_turnover_when_insecure", service)
    rate = turnover
    if extra.value and case.evaluation.certainty.insecure.any():
        more = made(
            "product",
            "Extra turnover",
            "fraction a year",
            "staffing",
            (extra, certainty(case, "insecure", service, month)),
        )
        rate = made(
            "sum", "Turnover with what is added while insecure", "fraction a year", "staffing", (turnover, more)
        )
    return made("quotient", "Leaving rate a month", A_MONTH, "staffing", (rate, TWELVE), "Turnover / 12")


@remembered
def filling(case: Case, service: int, month: int) -> Node:
    """Return the filling rate of a month."""
    months = assumption(case, "months_to_fill", service, 1.0)
    open_share = ONE
    if case.evaluation.certainty.frozen.any():
        frozen = certainty(case, "frozen", service, month)
        open_share = made("difference", "Hiring that goes on", "fraction", "staffing", (ONE, frozen))
    return made(
        "quotient",
        "Filling rate a month",
        A_MONTH,
        "staffing",
        (open_share, months),
        "Hiring that goes on / months to fill",
    )


@remembered
def vacant_start(case: Case, service: int, layer: int, month: int) -> Node:
    """Return the vacant share at the start of a month."""
    parts = case.inputs.staff
    if month > parts.start[layer, service]:
        return vacant(case, service, layer, month - 1, at_end=True)
    if not parts.present_at_start[layer, service]:
        return counted("Posts added later start empty", 1.0, "fraction", "posts")
    if case.inputs.behaviour.opening_vacancy_entered[0, service]:
        return assumption(case, "opening_vacancy", service)
    turnover, fill = assumption(case, "turnover", service), assumption(case, "months_to_fill", service, 1.0)
    leave = made("quotient", "Leaving rate a month", A_MONTH, "staffing", (turnover, TWELVE))
    rate = made("quotient", "Filling rate a month", A_MONTH, "staffing", (ONE, fill))
    both = made("sum", "Both rates", A_MONTH, "staffing", (leave, rate))
    return made(
        "share", "Vacant share in the long run", "fraction", "staffing", (leave, both), "l / (l + q) at base turnover"
    )


@remembered
def vacant(case: Case, service: int, layer: int, month: int, *, at_end: bool = False) -> Node:
    """Return the vacant share of a row of posts, on average over a month or at its end."""
    staffing = case.evaluation.staffing
    series = staffing.vacant_end if at_end else staffing.vacant_mean
    value = float(case.of(series)[layer, service, month])
    when = "at the end of" if at_end else "in"
    return made(
        "vacant_end" if at_end else "vacant_mean",
        f"Vacant share {when} {case.dates.label(month)}, {case.service(service)}",
        "fraction",
        "staffing",
        lambda: (
            vacant_start(case, service, layer, month),
            leaving(case, service, month),
            filling(case, service, month),
        ),
        "From the share at the month's start, the leaving rate l and the filling rate q",
        value,
    )


def rows_of(case: Case, service: int, month: int) -> list[int]:
    """Return the rows of posts of a service that are there in a month."""
    active = case.inputs.staff.active[:, service, month]
    return [layer for layer in range(len(active)) if active[layer]]


@remembered
def empty_posts(case: Case, service: int, month: int, *, kind: str = "all") -> Node:
    """Return empty posts in a month: all of them, the senior ones, the others, or their delivery FTE."""
    parts = case.inputs.staff
    table: Floats = {
        "all": parts.row_heads,
        "senior": parts.row_senior_heads,
        "junior": parts.row_heads - parts.row_senior_heads,
        "delivery": parts.row_delivery_fte,
    }[kind]
    unit = "FTE" if kind == "delivery" else "posts"
    words = {
        "all": "Empty posts",
        "senior": "Empty senior posts",
        "junior": "Empty posts that are not senior",
        "delivery": "Delivery FTE of empty posts",
    }[kind]
    nodes = [
        made(
            "product",
            f"{words} of one row",
            unit,
            "staffing",
            (
                counted("Posts" if unit == "posts" else "Delivery FTE", float(table[layer, service]), unit, "posts"),
                vacant(case, service, layer, month),
            ),
            "Posts x vacant share",
        )
        for layer in rows_of(case, service, month)
    ]
    return made("sum", f"{words}, {case.service(service)}, {case.dates.label(month)}", unit, "staffing", tuple(nodes))


# Leavers and hires


@remembered
def hires(case: Case, service: int, month: int, *, kind: str = "all") -> Node:
    """Return hires of a month as if the service continues."""
    parts = (filling(case, service, month), empty_posts(case, service, month, kind=kind))
    return made(
        "product",
        f"Hires, {case.service(service)}, {case.dates.label(month)}",
        PEOPLE,
        "staffing",
        parts,
        "Filling rate x empty posts",
    )


@remembered
def posts_planned(case: Case, service: int, month: int) -> Node:
    """Return the posts of a service in a month."""
    parts = case.inputs.staff
    value = float((parts.row_heads[:, service] * parts.active[:, service, month]).sum())
    return counted(
        f"Posts, {case.service(service)}, {case.dates.label(month)}", value, "posts", f"services.{service + 1}.posts"
    )


@remembered
def leavers(case: Case, service: int, month: int) -> Node:
    """Return leavers of a month as if the service continues."""
    filled = made(
        "difference",
        "Filled posts",
        "posts",
        "staffing",
        (posts_planned(case, service, month), empty_posts(case, service, month)),
    )
    parts = (leaving(case, service, month), filled)
    return made(
        "product",
        f"Leavers, {case.service(service)}, {case.dates.label(month)}",
        PEOPLE,
        "staffing",
        parts,
        "Leaving rate x filled posts",
    )
