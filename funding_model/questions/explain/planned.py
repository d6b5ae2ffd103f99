"""Planned cost: posts, absence cover, lines and planned recruitment of a service or pool in some months.

A *view* is the plan at the prices of one price calendar: each year's own for the full cost, those of an award's year
for what a price recognises.
"""

from __future__ import annotations

from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, TWELVE, assumption, counted, index, typed
from funding_model.questions.explain.lines import line_nodes
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.pay import heads, pay_of_a_head
from funding_model.questions.explain.views import SERVICES, active_months, added, shares_of, view_of


@remembered
def post_cost(case: Case, number: int, kind: str, part: int, span: Span) -> Node:
    """Return the pay of a part of a post in some months, every post filled."""
    times, active = case.inputs.calendar, active_months(case, number, kind, part)
    share = shares_of(case, kind)[part]
    pieces = []
    for period in dict.fromkeys(times.period_of_month[span[0] : span[1]].tolist()):
        months = float(active[span[0] : span[1]][times.period_of_month[span[0] : span[1]] == period].sum())
        if months:
            pieces.append((period, months))

    def piece(period: int, months: float) -> Node:
        yearly = pay_of_a_head(case, number, kind, part, period)
        monthly = made(
            "quotient", "Pay of a head a month", "pounds a month", "planned", (yearly, TWELVE), "A year's / 12"
        )
        return made(
            "product",
            f"Pay, {share.post.name}, {case.when(span)}"
            if len(pieces) == 1
            else f"Pay, {share.post.name}, part of {case.when(span)}",
            "pounds",
            "planned",
            (
                heads(case, kind, part),
                counted("Months in post", months, "months", f"{share.place}.start"),
                monthly,
            ),
            "Heads x months x a month's pay",
        )

    if len(pieces) == 1:
        return piece(*pieces[0])
    label = f"Pay, {share.post.name}, {case.when(span)}"
    return made(
        "sum", label, "pounds", "planned", tuple(piece(*each) for each in pieces), "Its parts at different rates"
    )


@remembered
def absence(case: Case, number: int, kind: str, part: int, span: Span) -> Node:
    """Return the cost of covering a post's absences in some months."""
    share = shares_of(case, kind)[part]
    rate = typed(
        "Absence cover rate", share.post.absence_cover_rate, "fraction", f"{share.place}.absence_cover_rate", share.post
    )
    premium = assumption(case, "cover_premium", share.entry.owner if kind == SERVICES else None)
    over = made("sum", "1 + cover premium", "", "planned", (ONE, premium))
    label = f"Absence cover, {share.post.name}, {case.when(span)}"
    cost = post_cost(case, number, kind, part, span)
    return made("product", label, "pounds", "planned", (cost, rate, over), "Pay x absence cover rate x (1 + premium)")


def staff_nodes(case: Case, number: int, kind: str, owner: int, span: Span, *, ineligible: bool = False) -> list[Node]:
    """Return the pay and absence cover of an owner's posts in some months."""
    found = []
    for part, share in enumerate(shares_of(case, kind)):
        if share.entry.owner != owner or (ineligible and share.post.eligible):
            continue
        if not active_months(case, number, kind, part)[span[0] : span[1]].any():
            continue
        found.append(post_cost(case, number, kind, part, span))
        if share.post.absence_cover_rate:
            found.append(absence(case, number, kind, part, span))
    return found


# Services


@remembered
def direct(case: Case, number: int, service: int, span: Span) -> Node:
    """Return the planned direct cost of a service in some months."""
    value = added(case.of(view_of(case, number).plan.services.direct)[service], span)
    return made(
        "sum",
        f"Direct cost, {case.service(service)}, {case.when(span)}",
        "pounds",
        "direct",
        lambda: staff_nodes(case, number, SERVICES, service, span) + line_nodes(case, number, SERVICES, service, span),
        "Pay and absence cover of its posts, and its lines",
        value,
    )


@remembered
def ineligible(case: Case, number: int, service: int, span: Span) -> Node:
    """Return the part of the direct cost that the funder does not pay for."""
    services = view_of(case, number).plan.services
    value = added(case.of(services.direct)[service], span) - added(case.of(services.eligible_direct)[service], span)
    return made(
        "sum",
        f"Cost that is not eligible, {case.service(service)}, {case.when(span)}",
        "pounds",
        "direct",
        lambda: [
            *staff_nodes(case, number, SERVICES, service, span, ineligible=True),
            *line_nodes(case, number, SERVICES, service, span, "ineligible"),
        ],
        "Posts and lines marked as not eligible",
        value,
    )


@remembered
def eligible(case: Case, number: int, service: int, span: Span) -> Node:
    """Return the eligible direct cost of a service in some months."""
    value = added(case.of(view_of(case, number).plan.services.eligible_direct)[service], span)
    return made(
        "difference",
        f"Eligible direct cost, {case.service(service)}, {case.when(span)}",
        "pounds",
        "direct",
        lambda: (direct(case, number, service, span), ineligible(case, number, service, span)),
        "Direct cost - cost that is not eligible",
        value,
    )


@remembered
def staff_cost(case: Case, number: int, service: int, span: Span, *, only_eligible: bool = False) -> Node:
    """Return pay and absence cover of a service in some months, all or the eligible part."""
    services = view_of(case, number).plan.services
    value = added(case.of(services.eligible_staff if only_eligible else services.staff_cost)[service], span)

    def parts() -> list[Node]:
        every = staff_nodes(case, number, SERVICES, service, span)
        if not only_eligible:
            return every
        barred = staff_nodes(case, number, SERVICES, service, span, ineligible=True)
        return [each for each in every if each not in barred]

    which = "Eligible staff cost" if only_eligible else "Staff cost"
    label = f"{which}, {case.service(service)}, {case.when(span)}"
    return made("sum", label, "pounds", "direct", parts, "Pay and absence cover of its posts", value)


@remembered
def recruitment(case: Case, number: int, service: int, span: Span) -> Node:
    """Return planned recruitment of a service in some months."""
    view = view_of(case, number)
    value = added(case.of(view.plan.services.recruitment)[service], span)
    label = f"Planned recruitment, {case.service(service)}, {case.when(span)}"

    def of_year(year: int, months: Span) -> list[Node]:
        found = []
        for senior in (False, True):
            hires = planned_hires(case, number, service, months, senior=senior)
            if hires.value:
                cost = assumption(case, "cost_per_hire_senior" if senior else "cost_per_hire", service)
                prices = index(case, "cpi", view.prices_of_year[year], central=view.central)
                which = "senior posts" if senior else "posts"
                found.append(
                    made(
                        "product",
                        f"Planned recruitment for {which}, {case.when(months)}",
                        "pounds",
                        "direct",
                        (cost, hires, prices),
                        "Cost per hire x planned hires x price index",
                    )
                )
        return found

    def parts() -> list[Node]:
        return [node for year in case.years_in(span) for node in of_year(*year)]

    return made("sum", label, "pounds", "direct", parts, "Its planned hires at the cost of a hire", value)


@remembered
def planned_hires(case: Case, number: int, service: int, months: Span, *, senior: bool) -> Node:
    """Return planned hires: those that replace leavers at base turnover, and those into posts that start."""
    parts, view = case.inputs.staff, view_of(case, number)
    per_row = parts.row_senior_heads if senior else parts.row_heads - parts.row_senior_heads
    active = view.plan.services.active[:, service]
    window = slice(*months)
    head_months = float((per_row[:, service, None] * active)[:, window].sum())
    starting = 0.0
    for layer in range(len(per_row)):
        start = int(parts.start[layer, service])
        if not parts.present_at_start[layer, service] and months[0] <= start < months[1]:
            starting += float(per_row[layer, service] * active[layer, start])
    label = f"Planned hires, {case.service(service)}, {case.when(months)}"
    replaced = made(
        "product",
        "Hires that replace leavers",
        "people",
        "direct",
        (steady_leaving(case, service), counted("Posts x months", head_months, "post months", "posts")),
        "Monthly hires for each post x posts x months",
    )
    if not starting:
        return replaced
    growth = counted("Posts that start", starting, "people", "posts")
    return made("sum", label, "people", "direct", (replaced, growth), "Hires that replace leavers + posts that start")


@remembered
def steady_leaving(case: Case, service: int) -> Node:
    """Return hires a month for each post in the long run: l q / (l + q)."""
    turnover, fill = assumption(case, "turnover", service), assumption(case, "months_to_fill", service, 1.0)
    leave = made("quotient", "Leaving rate a month", "a month", "staffing", (turnover, TWELVE), "Turnover / 12")
    rate = made("quotient", "Filling rate a month", "a month", "staffing", (ONE, fill), "1 / months to fill")
    both = made("sum", "Both rates", "a month", "staffing", (leave, rate))
    across = made("product", "One rate times the other", "", "staffing", (leave, rate))
    return made("share", "Hires a month for each post", "a month", "direct", (across, both), "l q / (l + q)")
