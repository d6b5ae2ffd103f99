"""Families: who starts support, what is given and lost, and what each person costs."""

from __future__ import annotations

import numpy as np

from funding_model.costing.delivery import CAUSES
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, TWELVE
from funding_model.questions.explain.going_on import survival
from funding_model.questions.explain.monthly import WEEKS, by_chance, over_months
from funding_model.questions.explain.node import Entry, Node, constant, leaf, made
from funding_model.questions.explain.people import (
    PERSON_MONTHS,
    capacity,
    flow,
    given_with_intake_open,
    inducted,
    planned_capacity,
    staffed,
)
from funding_model.questions.explain.provider import cost
from funding_model.questions.explain.staffing import PEOPLE, POUNDS
from funding_model.units import WEEKS_A_MONTH

WEEKS_OF_A_MONTH = constant(WEEKS_A_MONTH, "Weeks a month", "weeks")


def nobody(case: Case, service: int, what: str) -> Node:
    """Return nothing, of a service whose people were not entered."""
    label = f"{what.replace('_', ' ').capitalize()}, {case.service(service)}"
    entry = Entry(f"services.{service + 1}.people", "no evidence")
    return leaf(label, 0.0, "people", entry, "The people supported were not entered, so nothing is counted.")


@remembered
def families(case: Case, what: str, service: int, span: Span) -> Node:
    """Return a result for families of a service in some months, weighted by the chance that it goes on."""
    if not case.inputs.people.counted[service]:
        return nobody(case, service, what)
    ledger = case.evaluation.families
    name, field, unit = {
        "people_starting_support": ("starts", "starting", PEOPLE),
        "support_months": ("given", "support_months", PERSON_MONTHS),
        "gave_up": ("gave_up", "gave_up", PEOPLE),
    }[what]
    series = case.of(getattr(ledger, field))[service]
    words = what.replace("_", " ").capitalize()

    def build(each: Case, number: int, month: int) -> Node:
        return flow(each, name, number, month)

    return over_months(case, service, span, words, unit, by_chance(build, words, unit), series)


@remembered
def waiting_at_end(case: Case, service: int) -> Node:
    """Return the people waiting at the end of the horizon, if the service continues."""
    if not case.inputs.people.counted[service]:
        return nobody(case, service, "waiting")
    return flow(case, "waiting", service, case.dates.months - 1)


@remembered
def cut_off(case: Case, service: int, span: Span) -> Node:
    """Return the people whose support ends because the service is lost, times the chance of it."""
    if not case.inputs.people.counted[service]:
        return nobody(case, service, "cut_off")

    def build(each: Case, number: int, month: int) -> Node:
        fall = made(
            "difference",
            f"Chance that it ends after {each.dates.label(month)}",
            "fraction",
            "continuation",
            (survival(each, number, month), survival(each, number, month + 1)),
        )
        label = f"Cut off, {each.service(number)}, {each.dates.label(month)}"
        return made("product", label, PEOPLE, "accounts", (fall, flow(each, "closing", number, month)))

    series = case.of(case.evaluation.families.cut_off)[service]
    return over_months(case, service, span, "People cut off", PEOPLE, build, series)


@remembered
def weeks_lost(case: Case, cause: str, service: int, span: Span) -> Node:
    """Return the weeks of service lost to one cause."""
    if not case.inputs.people.counted[service]:
        return nobody(case, service, "weeks_lost")

    def build(each: Case, number: int, month: int) -> Node:
        going_on = survival(each, number, month)
        if cause == "service_lost":
            gone = made("difference", "Chance that it has ended", "fraction", "delivery", (ONE, going_on))
            parts: tuple[Node, ...] = (capacity(each, number, month), gone, WEEKS_OF_A_MONTH)
        else:
            high, low = {
                "vacancy": (planned_capacity, staffed),
                "induction": (staffed, inducted),
                "pause": (inducted, capacity),
                "closed_intake": (given_with_intake_open, lambda c, s, m: flow(c, "given", s, m)),
                "not_filled": (capacity, given_with_intake_open),
            }[cause]
            lost = made(
                "difference", "Lost", PERSON_MONTHS, "delivery", (high(each, number, month), low(each, number, month))
            )
            weight = (going_on,) if cause in ("closed_intake", "not_filled") else ()
            parts = (*weight, lost, WEEKS_OF_A_MONTH)
        label = f"Weeks lost to {cause.replace('_', ' ')}, {each.service(number)}, {each.dates.label(month)}"
        return made("product", label, WEEKS, "delivery", parts)

    series = np.broadcast_to(case.of(case.evaluation.families.weeks_lost[cause])[service], case.dates.months)
    return over_months(case, service, span, f"Weeks of service lost to {cause.replace('_', ' ')}", WEEKS, build, series)


@remembered
def all_weeks_lost(case: Case, service: int, span: Span) -> Node:
    """Return the weeks of service lost to all causes."""
    parts = tuple(weeks_lost(case, cause, service, span) for cause in CAUSES)
    label = f"Weeks of service lost, {case.service(service)}, {case.when(span)}"
    return made("sum", label, WEEKS, "delivery", parts, "To each cause")


@remembered
def cost_for_each(case: Case, what: str, services: tuple[int, ...], span: Span) -> Node:
    """Return the cost of services with a people's side over people starting, or over planned places."""
    chosen = tuple(each for each in services if case.inputs.people.counted[each])
    spent = made(
        "sum",
        "Cost of the services that support people",
        POUNDS,
        "results",
        tuple(cost(case, each, span) for each in chosen),
    )
    if what == "cost_per_person":
        nodes = tuple(families(case, "people_starting_support", each, span) for each in chosen)
        under = made("sum", "People starting support", PEOPLE, "results", nodes)
    else:
        months = tuple(
            over_months(
                case,
                each,
                span,
                "Planned capacity",
                PERSON_MONTHS,
                planned_capacity,
                case.of(case.evaluation.delivery.planned_capacity)[each],
            )
            for each in chosen
        )
        whole = made("sum", "Planned person-months", PERSON_MONTHS, "results", months)
        under = made("quotient", "Planned places for a year", "places x years", "results", (whole, TWELVE))
    label = "Cost of each person starting support" if what == "cost_per_person" else "Cost of each place a year"
    return made("quotient", f"{label}, {case.when(span)}", POUNDS, "results", (spent, under), "Cost / how many")
