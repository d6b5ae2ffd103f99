"""Jobs: posts, leavers, hires, notices, and how far funding is secure."""

from __future__ import annotations

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.certainty import degree_below, insecurity
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, assumption, counted
from funding_model.questions.explain.monthly import POSTS, by_chance, over_months
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.explain.staffing import (
    certainty,
    degree,
    degree_with,
    empty_posts,
    filling,
    hires,
    leavers,
    leaving,
    posts_planned,
    rows_of,
    vacant,
)
from funding_model.questions.explain.terms import notices
from funding_model.questions.results import secure_share


@remembered
def staff(case: Case, what: str, service: int, span: Span) -> Node:
    """Return a result for staff of a service in some months, weighted by the chance that it goes on."""
    jobs = case.evaluation.jobs
    field, build = {
        "leavers": ("leavers", leavers),
        "hires": ("hires", hires),
        "growth_hires": ("growth_hires", _growth_hires),
        "notices": ("notices", notices),
        "post_months": ("heads", posts_planned),
        "empty_post_months": ("vacant", empty_posts),
    }[what]
    series = np.broadcast_to(case.of(getattr(jobs, field))[service], case.dates.months)
    words = what.replace("_", " ").capitalize()
    return over_months(case, service, span, words, POSTS, by_chance(build, words, POSTS), series)


@remembered
def _growth_hires(case: Case, service: int, month: int) -> Node:
    """Return hires into posts added later, net of those who leave them, as if the service continues."""
    parts = case.inputs.staff
    later = [layer for layer in rows_of(case, service, month) if not parts.present_at_start[layer, service]]
    empty, every = [], []
    for layer in later:
        posts = counted("Posts added later", float(parts.row_heads[layer, service]), POSTS, "posts")
        each = (posts, vacant(case, service, layer, month))
        empty.append(made("product", "Empty posts of one row", POSTS, "staffing", each))
        every.append(posts)
    vacancies = made("sum", "Empty posts added later", POSTS, "staffing", tuple(empty))
    whole = made("sum", "Posts added later", POSTS, "staffing", tuple(every))
    filled = made("difference", "Filled posts added later", POSTS, "staffing", (whole, vacancies))
    hired = made("product", "Hires", POSTS, "staffing", (filling(case, service, month), vacancies))
    gone = made("product", "Leavers", POSTS, "staffing", (leaving(case, service, month), filled))
    label = f"Hires into posts added later, {case.service(service)}, {case.dates.label(month)}"
    return made("difference", label, POSTS, "accounts", (hired, gone), "Hires into them - leavers of them")


AS_ENTERED, COUNTED, DISREGARDED = "as entered", "counted", "disregarded"


def _insecurity(case: Case, months: float | None, clause: str) -> Floats:
    """Return how far funding is below a number of months, by how the break clause is taken."""
    if months is None:
        return case.evaluation.certainty.insecure
    award = case.comparison.terms.award
    threshold = np.full((1, len(case.scenario.services)), months)
    if clause == AS_ENTERED:
        return insecurity(award, threshold)
    return degree_below(award, threshold, award.break_notice if clause == COUNTED else None)


@remembered
def secure_posts(case: Case, months: float | None, services: tuple[int, ...], clause: str = AS_ENTERED) -> Node:
    """Return the share of post-months that are secure, at a number of months or at the months entered."""
    table = _insecurity(case, months, clause)
    series = case.of(table)
    every = len(services) == len(case.scenario.services)
    value = secure_share(case.comparison, case.number, table) if every else None
    limit = assumption(case, "secure_months")
    if months is not None:
        limit = leaf("Months", months, "months", Entry("", "constant"))

    def insecure(service: int, month: int) -> Node:
        if months is None:
            return certainty(case, "insecure", service, month)
        label = f"How far funding is below {months:g} months, {case.service(service)}, {case.dates.label(month)}"
        degree_value = float(series[service, month])
        if clause == AS_ENTERED:
            return degree(case, service, month, limit, label, degree_value, break_counts=True)
        return degree_with(case, service, month, limit, label, degree_value, clause_counts=clause == COUNTED)

    def secure(service: int, month: int, posts: Node) -> Node:
        share = made("difference", "How far funding is secure", "0 to 1", "certainty", (ONE, insecure(service, month)))
        label = f"Secure posts, {case.service(service)}, {case.dates.label(month)}"
        return made("product", label, POSTS, "results", (posts, share))

    def parts() -> list[Node]:
        held = [
            (service, month, by_chance(posts_planned, "Posts", POSTS)(case, service, month))
            for service in services
            for month in range(case.dates.months)
        ]
        there = [each for each in held if each[2].value]
        sure = tuple(secure(*each) for each in there)
        return [
            made("sum", "Secure post-months", "post-months", "results", sure),
            made("sum", "Post-months", "post-months", "results", tuple(posts for _, _, posts in there)),
        ]

    label = "Share of post-months that are secure"
    label = f"{label} for {months:g} months or more" if months is not None else label
    label = label if clause == AS_ENTERED else f"{label}, the break clause {clause}"
    return made("quotient", label, "fraction", "results", parts, "Secure post-months / post-months", value, known=every)
