"""Terms: what letters, bids, returns, variations and notices cost, on either side."""

from __future__ import annotations

import numpy as np

from funding_model.costing.contract import Award
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import (
    TWELVE,
    assumption,
    contract_assumption,
    counted,
    index,
    term,
    typed,
)
from funding_model.questions.explain.going_on import before, survival
from funding_model.questions.explain.node import STAGE, Node, constant, made
from funding_model.questions.explain.pay import heads
from funding_model.questions.explain.planned import post_cost
from funding_model.questions.explain.views import OWN, POOLS, SERVICES, added, shares_of
from funding_model.units import PAY_WEEKS_A_YEAR

POUNDS, HOURS = "pounds", "hours"


# Hours and their value


@remembered
def hour_value(case: Case, year: int, *, central: bool = False) -> Node:
    """Return the value of an hour of the provider's staff."""
    effort = case.inputs.effort
    entered = effort.provider_hour_entered[0]
    value = assumption(case, "provider_hour_value") if entered else _own_hour(case)
    label = f"Value of an hour, {case.years[year]}"
    return made(
        "product",
        label,
        "pounds an hour",
        "terms",
        (value, index(case, "pay", year, central=central)),
        "Value of an hour x pay index",
    )


@remembered
def _own_hour(case: Case) -> Node:
    """Return the mean cost of a paid hour: planned pay of all posts in the first year over their hours."""
    own = float(case.of(case.evaluation.planned.full.support.hour_value))
    if not own:
        return made("sum", "Own mean cost of a paid hour", "pounds an hour", "planned", (), "There are no paid hours.")

    def parts() -> list[Node]:
        span = case.span(0)
        pay, fte = [], []
        for kind in (SERVICES, POOLS):
            for part, share in enumerate(shares_of(case, kind)):
                months = min(share.entry.end, span[1]) - max(share.entry.start, span[0])
                if months <= 0:
                    continue
                pay.append(post_cost(case, OWN, kind, part, span))
                each = typed("FTE of each head", share.post.fte, "FTE", f"{share.place}.fte", share.post)
                there = counted("Months", months, "months", f"{share.place}.start")
                fte.append(
                    made(
                        "product",
                        f"FTE months, {share.post.name}",
                        "FTE months",
                        "planned",
                        (heads(case, kind, part), each, there),
                    )
                )
        week = typed(
            "Hours of a full-time week",
            case.inputs.full_time_hours,
            "hours a week",
            "organisation.full_time_hours_a_week",
        )
        weeks = constant(PAY_WEEKS_A_YEAR, "Weeks of pay a year", "weeks")
        monthly = made(
            "quotient",
            "Hours of a full-time month",
            "hours",
            "planned",
            (made("product", "Hours of a full-time year", "hours", "planned", (week, weeks)), TWELVE),
        )
        paid = made(
            "product",
            "Paid hours",
            "hours",
            "planned",
            (made("sum", "FTE months of all posts", "FTE months", "planned", tuple(fte)), monthly),
        )
        return [made("sum", "Planned pay of all posts in the first year", POUNDS, "planned", tuple(pay)), paid]

    words = "Planned pay of all posts in the first year / their paid hours"
    return made("quotient", "Own mean cost of a paid hour", "pounds an hour", "planned", parts, words, own)


@remembered
def _contract_hours(case: Case, service: int, component: str, name: str, fallback: str, value: float) -> Node:
    entered = getattr(getattr(case.contract(service), component), name)
    if entered is not None and entered.value is not None:
        return contract_assumption(case, service, component, name, value, fallback)
    return assumption(case, fallback)


def _monthly(label: str, unit: str, times: Node, each: Node) -> Node:
    yearly = made("product", f"{label} a year", f"{unit} a year", "terms", (times, each))
    return made("quotient", f"{label} a month", unit, "terms", (yearly, TWELVE))


@remembered
def returns_a_month(case: Case, service: int, *, funder: bool = False) -> Node:
    """Return the hours a month on monitoring returns."""
    scrutiny = case.terms.scrutiny
    count = term(
        case,
        service,
        "monitoring",
        "returns_a_year",
        "Returns a year",
        float(scrutiny.returns[0, service]),
        "times a year",
    )
    if funder:
        value = float(scrutiny.return_hours_funder[0, service])
        hours = _contract_hours(case, service, "monitoring", "funder_hours_each", "return_hours_funder", value)
    else:
        value = float(scrutiny.return_hours[0, service])
        hours = _contract_hours(case, service, "monitoring", "hours_each", "return_hours", value)
    return _monthly("Hours on returns", HOURS, count, hours)


@remembered
def variations_a_month(case: Case, service: int, *, funder: bool = False) -> Node:
    """Return the hours a month on expected variations."""
    scrutiny = case.terms.scrutiny
    chance = contract_assumption(
        case, service, "flexibility", "chance_of_change", float(scrutiny.chance_of_change[0, service])
    )
    if funder:
        hours = assumption(case, "variation_hours_funder")
    else:
        value = float(scrutiny.variation_hours[0, service])
        hours = _contract_hours(case, service, "flexibility", "variation_hours", "variation_hours", value)
    return _monthly("Hours on variations", HOURS, chance, hours)


@remembered
def notices(case: Case, service: int, month: int) -> Node:
    """Return protective notices given in a month."""
    value = float(case.of(case.evaluation.exposure.notices)[service, month + 1])
    label = f"Protective notices, {case.service(service)}, {case.dates.label(month)}"
    formula = "Heads whose notice is longer than the time between decision and end, at an award's end"
    return Node(label, value, "posts", formula, STAGE, "continuation")


@remembered
def hours_of(case: Case, what: str, service: int, month: int) -> Node:
    """Return the provider's hours of one kind in a month, as if the service continues."""
    award: Award = case.terms.award
    label = f"Hours on {what}, {case.service(service)}, {case.dates.label(month)}"
    if what == "returns":
        return returns_a_month(case, service)
    if what == "variations":
        return variations_a_month(case, service)
    if what == "notices":
        parts = (assumption(case, "notice_hours_per_head"), notices(case, service, month))
        return made("product", label, HOURS, "terms", parts, "Hours a head x notices")
    number = float(getattr(award, what)[0, service, month])
    count = counted(f"{what.capitalize()} in the month", number, "times", "term and award")
    each = assumption(case, "letter_hours" if what == "letters" else "bid_hours")
    return made("product", label, HOURS, "terms", (each, count), "Hours each x how many")


@remembered
def funder_hours_of(case: Case, what: str, service: int, month: int) -> Node:
    """Return the funder's hours of one kind in a month, as if the service continues."""
    if what == "returns":
        return returns_a_month(case, service, funder=True)
    if what == "variations":
        return variations_a_month(case, service, funder=True)
    number = float(getattr(case.terms.award, what)[0, service, month])
    count = counted(f"{what.capitalize()} in the month", number, "times", "term and award")
    each = assumption(case, "letter_hours_funder" if what == "letters" else "bid_hours_funder")
    label = f"Funder's hours on {what}, {case.service(service)}, {case.dates.label(month)}"
    return made("product", label, HOURS, "terms", (each, count), "Hours each x how many")


@remembered
def running_effort(case: Case, service: int, span: Span) -> Node:
    """Return what returns, variations and notices cost when they are bought in, as if the service continues."""
    label = f"Returns, variations and notices, {case.service(service)}, {case.when(span)}"
    value = added(np.broadcast_to(case.of(case.evaluation.terms_cost.running)[service], case.dates.months), span)
    if not case.inputs.effort.bought_in:
        return made("sum", label, POUNDS, "terms", (), "Done by staff already costed, so nothing is added.")

    def parts() -> list[Node]:
        found = []
        for month in range(*span):
            year = int(case.inputs.calendar.year_of_month[month])
            kinds = tuple(hours_of(case, what, service, month) for what in ("returns", "variations", "notices"))
            whole = made("sum", f"Hours, {case.dates.label(month)}", HOURS, "terms", kinds)
            found.append(
                made(
                    "product", f"Bought in, {case.dates.label(month)}", POUNDS, "terms", (whole, hour_value(case, year))
                )
            )
        return found

    return made("sum", label, POUNDS, "terms", parts, "Hours x value of an hour", value)


@remembered
def effort(case: Case, service: int, span: Span, *, by_chance: bool = True) -> Node:
    """Return what letters and bids cost, counted by the chance that the service was there in the month before."""
    award = case.terms.award
    cost = case.of(case.evaluation.terms_cost.effort)
    found = []
    for month in range(*span):
        series = np.broadcast_to(cost[service], case.dates.months)
        if not award.letters[0, service, month] and not award.bids[0, service, month]:
            continue
        if not series[month]:
            continue
        whole = _effort_of(case, service, month)
        if by_chance:
            chance = before(case, service, month)
            whole = made("product", f"{whole.label}, by the chance of it", POUNDS, "accounts", (chance, whole))
        found.append(whole)
    label = f"Letters and bids, {case.service(service)}, {case.when(span)}"
    return made("sum", label, POUNDS, "terms", tuple(found), "In the first month of each award")


@remembered
def _effort_of(case: Case, service: int, month: int) -> Node:
    year = int(case.inputs.calendar.year_of_month[month])
    found = []
    if case.inputs.effort.bought_in:
        kinds = tuple(hours_of(case, what, service, month) for what in ("letters", "bids"))
        whole = made("sum", "Hours on letters and bids", HOURS, "terms", kinds)
        found.append(made("product", "Their value", POUNDS, "terms", (whole, hour_value(case, year))))
    bids = float(case.terms.award.bids[0, service, month])
    if bids:
        external = assumption(case, "bid_external")
        count = counted("Bids in the month", bids, "times", "term and award")
        parts = (external, count, index(case, "cpi", year))
        found.append(
            made("product", "Bought-in help with bids", POUNDS, "terms", parts, "Cost of a bid x bids x price index")
        )
    return made("sum", f"Letters and bids, {case.dates.label(month)}", POUNDS, "terms", tuple(found))


# The funder's side


@remembered
def administration(case: Case, service: int, span: Span) -> Node:
    """Return the public purse's administration in some months, counted by the chance that the service goes on."""
    value = added(np.broadcast_to(case.of(case.evaluation.purse.administration)[service], case.dates.months), span)
    label = f"Administration of the public purse, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found = []
        for month in range(*span):
            found += _funder_month(case, service, month)
        return found

    return made("sum", label, POUNDS, "terms", parts, "Competitions, letters, bids, returns and variations", value)


def _funder_month(case: Case, service: int, month: int) -> list[Node]:
    award, inputs, when = case.terms.award, case.inputs.effort, case.dates.label(month)
    year = int(case.inputs.calendar.year_of_month[month])
    found = []
    hour = made(
        "product",
        "Value of a funder's hour",
        "pounds an hour",
        "terms",
        (assumption(case, "funder_hour_value"), index(case, "pay", year)),
    )
    once = []
    bids, letters = float(award.bids[0, service, month]), float(award.letters[0, service, month])
    if bids and award.competition_cost[0, service]:
        cost = contract_assumption(
            case, service, "award", "competition_cost", float(award.competition_cost[0, service]), "competition_cost"
        )
        count = counted("Competitions", bids, "times", "term and award")
        once.append(made("product", f"Competition, {when}", POUNDS, "terms", (cost, count, index(case, "cpi", year))))
    if inputs.funder_hour[0]:
        for number, name, what in ((letters, "letter_hours_funder", "Letters"), (bids, "bid_hours_funder", "Bids")):
            if number:
                count = counted(what, number, "times", "term and award")
                once.append(made("product", f"{what}, {when}", POUNDS, "terms", (assumption(case, name), count, hour)))
        going_on = survival(case, service, month)
        monthly = (returns_a_month(case, service, funder=True), variations_a_month(case, service, funder=True))
        found += [
            made("product", f"{hours.label}, {when}", POUNDS, "terms", (going_on, hours, hour))
            for hours in monthly
            if hours.value
        ]
    chance = before(case, service, month)
    return [
        *(made("product", f"{each.label}, by the chance of it", POUNDS, "accounts", (chance, each)) for each in once),
        *found,
    ]
