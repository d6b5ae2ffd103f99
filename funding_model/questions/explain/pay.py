"""Pay: what a head of a post costs a year, with National Insurance, pension and other on-costs."""

from __future__ import annotations

from funding_model.questions.explain.case import Case, remembered
from funding_model.questions.explain.entries import counted, growth_since, index, statutory, typed
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.explain.views import POOLS, parts_of, pay_in, shares_of, view_of
from funding_model.reference.parameters import series, value_on
from funding_model.reference.pay import NJC_SERIES

ZERO = leaf("0", 0.0, "", Entry("", "constant"), stage="constant")


@remembered
def heads(case: Case, kind: str, part: int) -> Node:
    """Return the heads of a part: headcount, times its share of time and the size of the service."""
    share = shares_of(case, kind)[part]
    post, place, entry = share.post, share.place, share.entry
    head = typed("Headcount", post.headcount, "people", f"{place}.headcount", post)
    if entry.share == entry.size == 1:
        return head
    return made(
        "product",
        f"Heads, {post.name}",
        "people",
        "planned",
        (
            head,
            typed("Share of time", entry.share, "fraction", f"{place}.time", post),
            counted("Size in times what was entered", entry.size, "times", "planned_changes"),
        ),
        "Headcount x share of time x size",
    )


@remembered
def salary(case: Case, kind: str, part: int, year: int) -> Node:
    """Return a full-time salary after the steps taken, in prices of the first year."""
    share, value = shares_of(case, kind)[part], float(parts_of(case, kind).salary[part, year])
    post, place = share.post, share.place
    label, unit = f"Full-time salary, {post.name}, after the steps taken by {case.years[year]}", "pounds a year"
    if post.salary is None:
        found = value_on(NJC_SERIES, case.dates.day(0))
        source = found.source or series(NJC_SERIES).source
        entry = Entry(f"{place}.pay_point", "published", source, f"from {found.start.isoformat()}", found.confidence)
        formula = f"NJC pay spine, point {post.pay_point} and the steps taken, in first-year prices"
        return leaf(label, value, unit, entry, formula, "reference")
    base = typed(f"Salary, {post.name}", post.salary, unit, f"{place}.salary", post)
    steps = min(year, post.steps_left)
    parts = [base]
    if steps and post.increment:
        increment = typed("Increment", post.increment, "pounds a step", f"{place}.increment", post)
        taken = counted("Steps taken", steps, "steps", f"{place}.steps_left")
        step = made("product", "Increments", unit, "pay", (increment, taken), "Increment x steps taken")
        parts = [made("sum", "Salary with increments", unit, "pay", (base, step), "Salary + increments")]
    if post.prices_of is None:
        return parts[0]
    grown = growth_since(case, "pay", post.prices_of)
    return made("product", label, unit, "pay", (parts[0], grown), "Salary x pay growth up to the first year")


@remembered
def gross(case: Case, number: int, kind: str, part: int, period: int) -> Node:
    """Return gross pay of a head a year."""
    view, times, share = view_of(case, number), case.inputs.calendar, shares_of(case, kind)[part]
    year = int(times.year_of_period[period])
    steps = year if view.steps is None or kind == POOLS else int(view.steps[share.entry.owner, year])
    fte = typed("FTE of each head", share.post.fte, "FTE", f"{share.place}.fte", share.post)
    value = float(case.of(pay_in(view, kind).gross)[part, period])
    return made(
        "product",
        f"Gross pay of a head, {share.post.name}",
        "pounds a year",
        "pay",
        lambda: (
            salary(case, kind, part, steps),
            fte,
            index(case, "pay", view.prices_of_year[year], central=view.central),
        ),
        "Full-time salary after the steps taken x FTE x pay index",
        value,
    )


@remembered
def nic(case: Case, number: int, kind: str, part: int, period: int) -> Node:
    """Return employer's National Insurance of a head a year."""
    view, times = view_of(case, number), case.inputs.calendar
    year, zone = view.prices_of_year[int(times.year_of_period[period])], int(times.part_of_period[period])
    pay = gross(case, number, kind, part, period)
    rate = statutory(case, "nic_rate", "Employer's National Insurance rate", "fraction", year, zone)
    threshold = statutory(case, "nic_threshold", "National Insurance threshold", "pounds a year", year, zone)
    over = made(
        "difference", "Pay above the threshold", "pounds a year", "pay", (pay, threshold), "Gross pay - threshold"
    )
    base = made("maximum", "Pay above the threshold, not below 0", "pounds a year", "pay", (ZERO, over))
    return made(
        "product",
        "Employer's National Insurance of a head",
        "pounds a year",
        "pay",
        (rate, base),
        "Rate x pay above the threshold",
    )


@remembered
def pay_of_a_head(case: Case, number: int, kind: str, part: int, period: int) -> Node:
    """Return gross pay with National Insurance, pension and other on-costs of a head a year."""
    share, view = shares_of(case, kind)[part], view_of(case, number)
    value = float(case.of(pay_in(view, kind).pay)[part, period])

    def parts() -> list[Node]:
        pay = gross(case, number, kind, part, period)
        found = [pay, nic(case, number, kind, part, period)]
        post, place = share.post, share.place
        if post.pension_rate:
            rate = typed("Pension rate", post.pension_rate, "fraction", f"{place}.pension_rate", post)
            base = pay
            if post.pension_base == "qualifying_earnings":
                base = _band(case, number, period, pay)
            found.append(
                made("product", "Pension of a head", "pounds a year", "pay", (rate, base), "Rate x pension base")
            )
        extra = post.deficit_rate + post.other_on_cost_rate
        if extra:
            rates = made(
                "sum",
                "Deficit and other on-cost rates",
                "fraction",
                "pay",
                (
                    typed("Deficit rate", post.deficit_rate, "fraction", f"{place}.deficit_rate", post),
                    typed(
                        "Other on-cost rate", post.other_on_cost_rate, "fraction", f"{place}.other_on_cost_rate", post
                    ),
                ),
            )
            found.append(made("product", "Other on-costs of a head", "pounds a year", "pay", (rates, pay)))
        return found

    label = f"Pay with on-costs of a head, {share.post.name}"
    formula = "Gross pay + National Insurance + pension + other on-costs"
    return made("sum", label, "pounds a year", "pay", parts, formula, value)


def _band(case: Case, number: int, period: int, pay: Node) -> Node:
    """Return qualifying earnings: pay within the band, or nothing at or below the trigger."""
    view, times = view_of(case, number), case.inputs.calendar
    year, zone = view.prices_of_year[int(times.year_of_period[period])], int(times.part_of_period[period])
    trigger, lower, upper = (
        statutory(case, figure, label, "pounds a year", year, zone)
        for figure, label in (
            ("pension_trigger", "Earnings trigger"),
            ("pension_lower", "Lower limit of qualifying earnings"),
            ("pension_upper", "Upper limit of qualifying earnings"),
        )
    )
    held = made("between", "Pay held within the band", "pounds a year", "pay", (pay, lower, upper))
    band = made("difference", "Pay within the band", "pounds a year", "pay", (held, lower))
    above = made("below", "Whether pay is above the trigger", "1 or 0", "pay", (trigger, pay))
    return made(
        "product",
        "Qualifying earnings",
        "pounds a year",
        "pay",
        (above, band),
        "Pay within the band, if above the trigger",
    )
