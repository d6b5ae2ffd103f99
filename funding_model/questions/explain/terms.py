"""Terms: whether the service goes on, what letters, bids, returns and notices cost, and what a loss would cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from funding_model.costing.contract import Award
from funding_model.costing.ledgers import Exposures
from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import (
    ONE,
    TWELVE,
    assumption,
    contract_assumption,
    counted,
    index,
    line_index,
    term,
    typed,
)
from funding_model.questions.explain.lines import index_number
from funding_model.questions.explain.node import STAGE, Node, constant, made
from funding_model.questions.explain.pay import heads
from funding_model.questions.explain.planned import post_cost
from funding_model.questions.explain.staffing import chance_of
from funding_model.questions.explain.views import OWN, POOLS, SERVICES, added, shares_of, view_of
from funding_model.questions.prepare.costs import price_of
from funding_model.units import PAY_WEEKS_A_YEAR

POUNDS, HOURS, SHARE = "pounds", "hours", "fraction"


# The chance that the service goes on


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


# What a loss costs


@remembered
def exit_lines(case: Case, number: int, service: int, year: int, *, only_eligible: bool = False) -> Node:
    """Return the exit lines of a service at the prices of a year."""
    services = view_of(case, number).plan.services
    value = float(case.of(services.exit_eligible if only_eligible else services.exit_cost)[service, year])
    prices = view_of(case, number).prices_of_year[year]

    def parts() -> list[Node]:
        found = []
        for which, line in enumerate(case.scenario.services[service].lines, 1):
            if line.kind != "exit" or (only_eligible and not line.eligible):
                continue
            place = f"services.{service + 1}.lines.{which}.amount"
            amount = typed(
                f"{line.name}, in first-year prices with VAT",
                price_of(line, case.dates, case.scenario.assumptions),
                POUNDS,
                place,
                line,
            )
            sort = index_number(case, line)
            found.append(
                made(
                    "product",
                    f"{line.name}, {case.years[prices]}",
                    POUNDS,
                    "direct",
                    (amount, line_index(case, sort, prices, central=view_of(case, number).central)),
                )
            )
        return found

    return made("sum", f"Exit costs, {case.service(service)}, {case.years[year]}", POUNDS, "direct", parts, "", value)


@remembered
def cost_of_loss(case: Case, service: int, span: Span) -> Node:
    """Return the expected cost of losing the service in some months."""
    value = added(np.broadcast_to(case.of(case.evaluation.provider.cost_of_loss)[service], case.dates.months), span)
    path = case.of(case.evaluation.provider.survival)[service]
    label = f"Expected cost of losing {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found = []
        for month in range(*span):
            if path[month] == path[month + 1]:
                continue
            fall = made(
                "difference",
                f"Chance that it ends after {case.dates.label(month)}",
                SHARE,
                "continuation",
                (survival(case, service, month), survival(case, service, month + 1)),
            )
            found.append(
                made(
                    "product",
                    f"Expected cost of an end after {case.dates.label(month)}",
                    POUNDS,
                    "accounts",
                    (fall, cost_if_lost(case, service, month + 1)),
                )
            )
        return found

    return made("sum", label, POUNDS, "accounts", parts, "Chance of an end x what it would cost", value)


STAGES = {
    "redundancy": "Over filled heads: multiple x weeks x the week's pay, capped, by years of service and age",
    "notice": "Over filled heads: weeks of notice beyond those between decision and end x the week's cost",
    "unpaid_months": "Running cost of a month x months worked after an end before the decision",
    "stranded_overhead": "Each pool's overhead a month x months until it can be shed",
}


@remembered
def exposure(case: Case, what: str, service: int, boundary: int) -> Node:
    """Return one part of what ending the service would cost at a boundary."""
    exposures: Exposures = case.evaluation.exposures
    value = float(case.of(getattr(exposures, what))[service, boundary])
    when = case.dates.label(boundary - 1)
    if what == "pension_cessation":
        return assumption(case, "pension_cessation_exposure", service)
    if what == "exit_lines":
        return exit_lines(case, OWN, service, int(case.inputs.calendar.year_of_month[boundary - 1]))
    label = f"{what.replace('_', ' ').capitalize()}, {case.service(service)}, end of {when}"
    return Node(
        label, value, POUNDS, STAGES[what], STAGE, "continuation" if what in ("redundancy", "notice") else "accounts"
    )


@remembered
def cost_if_lost(case: Case, service: int, boundary: int) -> Node:
    """Return what would be spent if the service ended at a boundary, after redeployment."""
    people = made(
        "sum",
        "Redundancy and notice",
        POUNDS,
        "ledgers",
        tuple(exposure(case, what, service, boundary) for what in ("redundancy", "notice")),
    )
    stays = made("difference", "Share not redeployed", SHARE, "ledgers", (ONE, assumption(case, "redeployed", service)))
    rest = tuple(
        exposure(case, what, service, boundary)
        for what in ("pension_cessation", "exit_lines", "unpaid_months", "stranded_overhead")
    )
    label = f"What an end of {case.service(service)} after {case.dates.label(boundary - 1)} would cost"
    paid = made("product", "Redundancy and notice of those not redeployed", POUNDS, "ledgers", (people, stays))
    return made("sum", label, POUNDS, "ledgers", (paid, *rest))
