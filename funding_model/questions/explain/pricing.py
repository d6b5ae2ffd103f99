"""Price: what a month is paid, from the cost that it recognises and how it moves."""

from __future__ import annotations

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import (
    BASKET,
    CPI,
    FIXED_RATE,
    FORECAST,
    PAY_AWARD,
    UNMOVED,
)
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, TWELVE, counted, growth_into, term
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.people import flow, planned_capacity
from funding_model.questions.explain.recognised import MONTHLY, recognised, span_of
from funding_model.questions.explain.staffing import POUNDS
from funding_model.questions.explain.views import added


@remembered
def rate(case: Case, purpose: str, service: int, number: int) -> Node:
    """Return recognised pounds a month in a segment at the prices that a purpose asks for."""
    span = span_of(case, service, number)
    whole = recognised(case, purpose, service, span)
    months = counted("Months", max(span[1] - span[0], 1), "months", "term")
    words = {
        "own": "at the prices of the award's year",
        "base": "at first-year prices",
        "own_central": "at the prices of the award's year, central forecast",
        "year_central": "at the prices of the price year, central forecast",
    }[purpose]
    label = f"Recognised cost a month {words}, {case.service(service)}, {case.when(span)}"
    return made("quotient", label, MONTHLY, "price", (whole, months), "Recognised cost / months")


def _opener(case: Case, service: int, number: int) -> int:
    opens = case.terms.segments.opens_cycle[0, service]
    return max((each for each in range(number + 1) if opens[each]), default=0)


@remembered
def first_price(case: Case, service: int, number: int) -> Node:
    """Return the first price a month of a cycle of awards, which starts with this segment."""
    price, span = case.terms.price, span_of(case, service, number)
    if number == 0 and price.has_current[0, service]:
        paid = term(
            case,
            service,
            "price",
            "current",
            "Pounds a year paid today",
            float(price.current[0, service]),
            "pounds a year",
        )
        return made(
            "quotient", "Price paid today, a month", MONTHLY, "price", (paid, TWELVE), "The price paid today / 12"
        )
    if number == 0 or not price.rolled_forward[0, service]:
        return rate(case, "own", service, number)
    before = segment_price(case, service, number - 1)
    uplift = term(
        case,
        service,
        "movement",
        "renewal_uplift",
        "Renewal uplift",
        float(price.renewal_uplift[0, service]),
        "fraction a year",
    )
    months = float(case.terms.segments.whole_months[0, service, number - 1])
    grown = made("sum", "1 + renewal uplift", "", "price", (ONE, uplift))
    years = counted("Years of the last price, at most 1", min(1.0, months / 12), "years", "term")
    parts = [before, made("power", "Renewal uplift for its years", "times", "price", (grown, years))]
    if price.volume_follows[0, service]:
        parts.append(_volume(case, "base", service, number, number - 1))
    label = f"Price a month rolled forward, {case.service(service)}, from {case.dates.label(span[0])}"
    formula = "Last price x (1 + renewal uplift) x change of volume at first-year prices"
    return made("product", label, MONTHLY, "price", tuple(parts), formula)


def _volume(case: Case, purpose: str, service: int, number: int, earlier: int) -> Node:
    parts = (rate(case, purpose, service, number), rate(case, purpose, service, earlier))
    return made(
        "ratio", "Change of volume", "times", "price", parts, "Recognised cost a month now / then, at equal prices"
    )


@remembered
def segment_price(case: Case, service: int, number: int) -> Node:
    """Return the price a month in a segment, before schedules and dated factors."""
    price = case.terms.price
    opener = _opener(case, service, number)
    if number in (opener, 0):
        return first_price(case, service, number)
    first = first_price(case, service, opener)
    if price.rolled_forward[0, service]:
        parts = [first]
        if price.volume_follows[0, service]:
            parts.append(_volume(case, "base", service, number, opener))
    elif opener == 0 and price.has_current[0, service]:
        parts = [first, _volume(case, "own", service, number, opener)]
    else:
        parts = [rate(case, "own", service, number)]
    parts.append(uplift(case, service, number))
    label = f"Price a month, {case.service(service)}, {case.when(span_of(case, service, number))}"
    return made(
        "product", label, MONTHLY, "price", tuple(parts), "First price of the cycle, with its volume, x uplift so far"
    )


@remembered
def uplift(case: Case, service: int, number: int) -> Node:
    """Return the uplift of a segment since its cycle began."""
    segments = case.terms.segments
    opener = _opener(case, service, number)
    begins = [each for each in range(opener, number + 1) if each == opener or segments.new_price_year[0, service, each]]
    label = f"Uplift so far, {case.service(service)}, {case.when(span_of(case, service, number))}"
    if len(begins) == 1:
        return counted(label, 1.0, "times", "term")
    before = begins[-2]
    parts = (uplift(case, service, before), _held(case, service, number, before))
    return made("product", label, "times", "price", parts, "Uplift of the price year before x the step of this one")


def _held(case: Case, service: int, number: int, before: int) -> Node:
    price = case.terms.price
    result = _step(case, service, number, before)
    movement = case.contract(service).movement
    for name, entered, operation, value in (
        ("floor", movement.floor, "maximum", float(price.floor[0, service])),
        ("cap", movement.cap, "minimum", float(price.cap[0, service])),
    ):
        if entered is not None:
            bound = term(case, service, "movement", name, name.capitalize(), value, "fraction a year")
            bounded = made("sum", f"1 + {name}", "times", "price", (ONE, bound))
            result = made(operation, f"Step held by the {name}", "times", "price", (result, bounded))
    return result


def _step(case: Case, service: int, number: int, before: int) -> Node:
    """Return the step of a price year: by a rate, an index, a basket, or the forecast of recognised cost."""
    price = case.terms.price
    movement = int(price.movement[0, service])
    if movement == UNMOVED:
        return counted("The price stands still", 1.0, "times", "movement.within_award")
    if movement == FORECAST:
        now, then = (
            made(
                "ratio",
                "Forecast of recognised cost since the award's year",
                "times",
                "price",
                (rate(case, "year_central", service, each), rate(case, "own_central", service, each)),
            )
            for each in (number, before)
        )
        return made("ratio", "Step of the forecast", "times", "price", (now, then))
    if movement == FIXED_RATE:
        entered = case.contract(service).movement
        name = "rate" if entered.within_award == "fixed" else "renewal_uplift"
        fixed = term(
            case, service, "movement", name, "Uplift within the award", float(price.rate[0, service]), "fraction a year"
        )
        return made("sum", "1 + uplift", "times", "price", (ONE, fixed))
    year = case.dates.first_year + int(case.terms.segments.year[0, service, number]) - int(price.lag[0, service])
    last = case.dates.first_year + len(case.years) - 1
    year = min(max(year, case.dates.first_year - 3), last)
    pay, prices = growth_into(case, "pay", year), growth_into(case, "cpi", year)
    if movement in (CPI, PAY_AWARD):
        return made("sum", "1 + growth of the index", "times", "price", (ONE, prices if movement == CPI else pay))
    assert movement == BASKET  # noqa: S101 - the rules above are all the others
    weight = term(
        case, service, "movement", "pay_weight", "Weight of pay", float(price.pay_weight[0, service]), "fraction"
    )
    rest = made("difference", "Weight of prices", "fraction", "price", (ONE, weight))
    return made(
        "sum",
        "1 + growth of the basket",
        "times",
        "price",
        (
            ONE,
            made("product", "Pay's part", "", "price", (weight, pay)),
            made("product", "Prices' part", "", "price", (rest, prices)),
        ),
    )


# Months and years


@remembered
def month_price(case: Case, service: int, month: int) -> Node:
    """Return the price of a month."""
    value = float(case.of(case.evaluation.provider.price)[service, month])
    by_volume = case.terms.payment.by_volume[0, service] and case.inputs.people.counted[service]
    if not by_volume:
        return _block(case, service, month)

    def parts() -> list[Node]:
        number = int(case.terms.segments.of_month[0, service, month])
        span = span_of(case, service, number)
        nodes = tuple(planned_capacity(case, service, each) for each in range(*span))
        capacity = made("sum", "Planned person-months of the segment", "person-months", "delivery", nodes)
        months = counted("Months of the segment", span[1] - span[0], "months", "term")
        per_unit = made(
            "share", "Units of a month's price", "", "price", (months, capacity), "Months / planned person-months"
        )
        return [_block(case, service, month), per_unit, flow(case, "given", service, month)]

    label = f"Price, {case.service(service)}, {case.dates.label(month)}"
    formula = "Block price x person-months given / planned person-months a month"
    return made("product", label, POUNDS, "price", parts, formula, value)


@remembered
def _block(case: Case, service: int, month: int) -> Node:
    """Return the block price of a month after schedules and dated factors."""
    price, calendar = case.terms.price, case.inputs.calendar
    year = int(calendar.year_of_month[month])
    if price.follows_last_year[0, service, year]:
        factor = term(
            case, service, "price", "dated_factors", "Factor of last year's price",
            float(price.last_year_factor[0, service, year]), "times",
        )  # fmt: skip
        label = f"Price a month set by last year's, {case.service(service)}, {case.years[year]}"
        return made("product", label, MONTHLY, "price", (factor, _mean_of_year(case, service, year - 1)))
    if price.has_schedule[0, service]:
        amount = term(
            case, service, "price", "schedule", f"Agreed price, {case.years[year]}",
            float(price.schedule[0, service, year]), "pounds a year",
        )  # fmt: skip
        months = counted("Months of the year", int(calendar.months_of_year[year]), "months", "")
        found = made("quotient", f"Agreed price a month, {case.years[year]}", MONTHLY, "price", (amount, months))
    else:
        found = segment_price(case, service, int(case.terms.segments.of_month[0, service, month]))
    if price.factor[0, service, year] == 1:
        return found
    factor = term(
        case,
        service,
        "price",
        "dated_factors",
        f"Factor of {case.years[year]}",
        float(price.factor[0, service, year]),
        "times",
    )
    return made(
        "product", f"Price a month with its dated factor, {case.years[year]}", MONTHLY, "price", (found, factor)
    )


@remembered
def _mean_of_year(case: Case, service: int, year: int) -> Node:
    if year < 0:
        current = float(case.terms.price.current[0, service])
        paid = term(case, service, "price", "current", "Pounds a year paid today", current, "pounds a year")
        return made("quotient", "Price paid today, a month", MONTHLY, "price", (paid, TWELVE))
    first, after = case.span(year)
    blocks = tuple(_block(case, service, month) for month in range(first, after))
    whole = made("sum", f"Price of {case.years[year]}", POUNDS, "price", blocks)
    months = counted("Months of the year", after - first, "months", "")
    return made("quotient", f"Mean price a month, {case.years[year]}", MONTHLY, "price", (whole, months))


@remembered
def price_of_span(case: Case, service: int, span: Span) -> Node:
    """Return the price of some months as if the service continues."""
    series: Floats = case.of(case.evaluation.provider.price)[service]
    label = f"Price, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found: list[tuple[Node, list[int]]] = []
        for month in range(*span):
            node = month_price(case, service, month)
            if found and found[-1][0] is node:
                found[-1][1].append(month)
            else:
                found.append((node, [month]))
        return [
            node
            if len(months) == 1
            else made(
                "product",
                f"Price, {case.service(service)}, {case.when((months[0], months[-1] + 1))}",
                POUNDS,
                "price",
                (node, counted("Months", len(months), "months", "")),
                "Price a month x months",
            )
            for node, months in found
        ]

    return made("sum", label, POUNDS, "price", parts, "The price of its months", added(series, span))
