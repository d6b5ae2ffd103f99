"""People: who is supported, who waits, and which weeks of service are lost to what, month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from funding_model.costing.delivery import Flow, opening_caseload, run_people
from funding_model.questions.explain.case import Case, remembered
from funding_model.questions.explain.entries import NOTHING, ONE, assumption, counted, typed
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.staffing import certainty, empty_posts, filling, rows_of, vacant

PEOPLE, PERSON_MONTHS = "people", "person-months"
AS_IT_IS, PLANNED, INTAKE_OPEN = "as it is", "planned", "with intake open"
WORDS = {
    "starts": "People starting support",
    "opening": "Caseload at the start",
    "closing": "Caseload at the end",
    "exits": "People whose support ends",
    "waiting_opening": "Waiting at the start",
    "waiting": "Waiting at the end",
    "gave_up": "People giving up waiting",
    "given": "Support given",
}


@remembered
def _flow(case: Case, run: str) -> Flow:
    delivery = case.evaluation.delivery
    if run == AS_IT_IS:
        return delivery.flow
    if run == PLANNED:
        return case.evaluation.planned.flow
    people = case.inputs.people
    opening = opening_caseload(people, case.evaluation.planned.capacity)
    return run_people(people, case.of(delivery.capacity)[None], opening, np.ones((1, 1, case.dates.months)))


def _people(case: Case, service: int, name: str, label: str, unit: str) -> Node:
    side = case.scenario.services[service].people
    blank = 1.0 if name == "mean_length_months" else 0.0  # what the core takes where nobody is supported
    value = blank if side is None else float(getattr(side, name) or 0.0)
    return typed(label, value, unit, f"services.{service + 1}.people.{name}")


def flow(case: Case, what: str, service: int, month: int) -> Node:
    """Return a movement of people in a month, as if the service continues."""
    return _movement(case, what, service, month, AS_IT_IS)


def planned_flow(case: Case, what: str, service: int, month: int) -> Node:
    """Return a movement of people with every post filled and intake open."""
    return _movement(case, what, service, month, PLANNED)


def given_with_intake_open(case: Case, service: int, month: int) -> Node:
    """Return the support that would be given if intake stayed open."""
    return _movement(case, "given", service, month, INTAKE_OPEN)


@remembered
def _movement(case: Case, what: str, service: int, month: int, run: str) -> Node:
    """Return one movement of a month: at its start it is where the month before ended."""
    if what == "opening":
        return _movement(case, "closing", service, month - 1, run) if month else _first_caseload(case, service)
    if what == "waiting_opening":
        if month:
            return _movement(case, "waiting", service, month - 1, run)
        return _people(case, service, "opening_waiting", "Waiting at the start, as entered", PEOPLE)
    operation, words, build = _MOVEMENTS[what]
    value = float(case.of(getattr(_flow(case, run), what))[service, month])
    how = "" if run == AS_IT_IS else f", {run}"
    label = f"{WORDS[what]}, {case.service(service)}, {case.dates.label(month)}{how}"
    unit = PERSON_MONTHS if what == "given" else PEOPLE
    return made(operation, label, unit, "delivery", lambda: build(case, service, month, run), words, value)


@remembered
def _asking(case: Case, service: int, month: int, run: str) -> Node:
    before = _movement(case, "waiting_opening", service, month, run)
    return made("sum", "Waiting and referred", PEOPLE, "delivery", (before, _referrals(case, service, month)))


@remembered
def _staying(case: Case, service: int, month: int, run: str) -> Node:
    parts = (_movement(case, "opening", service, month, run), _movement(case, "exits", service, month, run))
    return made("difference", "People who stay in support", PEOPLE, "delivery", parts)


def _exits(case: Case, service: int, month: int, run: str) -> list[Node]:
    length = _people(case, service, "mean_length_months", "Mean length of support", "months")
    return [_movement(case, "opening", service, month, run), length]


def _starts(case: Case, service: int, month: int, run: str) -> list[Node]:
    able, stay = capacity(case, service, month, run), _staying(case, service, month, run)
    room = made("difference", "Capacity less those who stay", PEOPLE, "delivery", (able, stay))
    free = made("maximum", "Free places", PEOPLE, "delivery", (NOTHING, room))
    limits = [_asking(case, service, month, run), free]
    if np.isfinite(case.inputs.people.most_starts[0, service]):
        limits.append(assumption(case, "most_starts_a_month", service))
    most = made("minimum", "Most who can start", PEOPLE, "delivery", tuple(limits))
    return [most, _open_share(case, service, month, run)]


def _closing(case: Case, service: int, month: int, run: str) -> list[Node]:
    return [_staying(case, service, month, run), _movement(case, "starts", service, month, run)]


def _gave_up(case: Case, service: int, month: int, run: str) -> list[Node]:
    parts = (_asking(case, service, month, run), _movement(case, "starts", service, month, run))
    left = made("difference", "Left waiting", PEOPLE, "delivery", parts)
    return [left, assumption(case, "gives_up_a_month", service)]


def _waiting(case: Case, service: int, month: int, run: str) -> list[Node]:
    gone = [_movement(case, what, service, month, run) for what in ("starts", "gave_up")]
    return [_asking(case, service, month, run), *gone]


def _given(case: Case, service: int, month: int, run: str) -> list[Node]:
    return [_movement(case, "closing", service, month, run), capacity(case, service, month, run)]


Movement = Callable[[Case, int, int, str], list[Node]]
_MOVEMENTS: Final[dict[str, tuple[str, str, Movement]]] = {
    "exits": ("quotient", "Caseload at the start / mean length of support", _exits),
    "starts": ("product", "The least of waiting and referred, free places and most starts; x intake open", _starts),
    "closing": ("sum", "Those who stay + starts", _closing),
    "gave_up": ("product", "Left waiting x share giving up", _gave_up),
    "waiting": ("difference", "Waiting and referred - starts - giving up", _waiting),
    "given": ("minimum", "Caseload at the end, but no more than capacity", _given),
}
"""How each movement is made: the operation, in words, and of what."""


@remembered
def _first_caseload(case: Case, service: int) -> Node:
    side = case.scenario.services[service].people
    if side is not None and side.opening_caseload is not None:
        return _people(case, service, "opening_caseload", "Caseload at the start, as entered", PEOPLE)
    return planned_capacity(case, service, 0)


@remembered
def _referrals(case: Case, service: int, month: int) -> Node:
    value = float(case.of(case.inputs.people.referrals)[service, month])
    base = _people(case, service, "referrals_a_month", "Referrals a month", "people a month")
    if base.value == value:
        return base
    times = counted("Planned size in times what was entered", value / (base.value or 1.0), "times", "planned_changes")
    return made("product", f"Referrals, {case.dates.label(month)}", PEOPLE, "delivery", (base, times))


@remembered
def _open_share(case: Case, service: int, month: int, run: str) -> Node:
    if run != AS_IT_IS or not case.of(case.evaluation.certainty.closed)[service, month]:
        return ONE
    stays = made(
        "difference",
        "Intake that closes",
        "fraction",
        "delivery",
        (ONE, assumption(case, "open_at_risk", service, 1.0)),
    )
    shut = made(
        "product", "Intake that is closed", "fraction", "delivery", (certainty(case, "closed", service, month), stays)
    )
    return made("difference", "Share of intake that is open", "fraction", "delivery", (ONE, shut))


# Capacity


@remembered
def planned_capacity(case: Case, service: int, month: int) -> Node:
    """Return the people that a service could carry with every post filled."""
    parts = case.inputs.staff
    fte = float((parts.row_delivery_fte[:, service] * parts.active[:, service, month]).sum())
    caseload = _people(case, service, "caseload_per_fte", "Caseload of a delivery FTE", "people for each FTE")
    planned = counted("Planned delivery FTE", fte, "FTE", f"services.{service + 1}.posts")
    label = f"Planned capacity, {case.service(service)}, {case.dates.label(month)}"
    return made("product", label, PEOPLE, "delivery", (caseload, planned), "Caseload x planned delivery FTE")


@remembered
def _at_work(case: Case, service: int, month: int) -> Node:
    parts = case.inputs.staff
    fte = float((parts.row_delivery_fte[:, service] * parts.active[:, service, month]).sum())
    planned = counted("Planned delivery FTE", fte, "FTE", f"services.{service + 1}.posts")
    share = made(
        "difference", "1 - cover share", "fraction", "delivery", (ONE, assumption(case, "cover_share", service))
    )
    gone = made(
        "product",
        "Delivery FTE empty and not covered",
        "FTE",
        "delivery",
        (empty_posts(case, service, month, kind="delivery"), share),
    )
    return made("difference", "Delivery FTE at work", "FTE", "delivery", (planned, gone))


@remembered
def staffed(case: Case, service: int, month: int) -> Node:
    """Return planned capacity less what vacancy, net of cover, takes."""
    caseload = _people(case, service, "caseload_per_fte", "Caseload of a delivery FTE", "people for each FTE")
    label = f"Capacity of the posts at work, {case.service(service)}, {case.dates.label(month)}"
    return made("product", label, PEOPLE, "delivery", (caseload, _at_work(case, service, month)))


@remembered
def inducted(case: Case, service: int, month: int) -> Node:
    """Return that capacity less what induction takes."""
    if not case.evaluation.staffing.induction_fte.any():
        return staffed(case, service, month)
    caseload = _people(case, service, "caseload_per_fte", "Caseload of a delivery FTE", "people for each FTE")
    lost = _induction(case, service, month)
    left = made("difference", "At work less induction", "FTE", "delivery", (_at_work(case, service, month), lost))
    base = made("maximum", "Not below 0", "FTE", "delivery", (NOTHING, left))
    label = f"Capacity after induction, {case.service(service)}, {case.dates.label(month)}"
    return made("product", label, PEOPLE, "delivery", (caseload, base))


@remembered
def _induction(case: Case, service: int, month: int) -> Node:
    """Return the delivery FTE lost to induction: what those hired in earlier months do not yet do."""
    parts, behaviour = case.inputs.staff, case.inputs.behaviour
    months = float(behaviour.induction_months[0, service])
    loss = made(
        "difference", "What a new starter does not yet do", "fraction", "staffing",
        (ONE, assumption(case, "induction_productivity", service, 1.0)),
    )  # fmt: skip
    found = []
    longest = min(int(np.ceil(behaviour.induction_months.max())), case.dates.months - 1)
    for lag in range(1, min(longest, month) + 1):
        share = min(max(months - (lag - 1), 0.0), 1.0)
        for layer in rows_of(case, service, month):
            if not share or not parts.active[layer, service, month - lag]:
                continue
            fte = counted("Delivery FTE of the posts", float(parts.row_delivery_fte[layer, service]), "FTE", "posts")
            part = counted(
                f"Part of induction that falls {lag} months after the hire", share, "months", "induction_months"
            )
            each = (fte, loss, part, filling(case, service, month - lag), vacant(case, service, layer, month - lag))
            found.append(
                made("product", f"Lost to those hired in {case.dates.label(month - lag)}", "FTE", "staffing", each)
            )
    return made("sum", "Delivery FTE lost to induction", "FTE", "staffing", tuple(found))


@remembered
def capacity(case: Case, service: int, month: int, run: str = AS_IT_IS) -> Node:
    """Return the people that a service can carry in a month."""
    if run == PLANNED:
        return planned_capacity(case, service, month)
    base = inducted(case, service, month)
    award = case.terms.award
    if not award.undecided[0, service, month]:
        return base
    pause = assumption(case, "pause_share", service) if award.at_risk[0, service] else ONE
    left = made("difference", "Share of delivery that goes on while undecided", "fraction", "delivery", (ONE, pause))
    label = f"Capacity, {case.service(service)}, {case.dates.label(month)}"
    return made("product", label, PEOPLE, "delivery", (base, left), "Capacity x (1 - pause)")
