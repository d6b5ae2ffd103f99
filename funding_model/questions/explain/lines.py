"""Lines: what a cost that is not pay comes to in some months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from funding_model.costing.arrays import Floats
from funding_model.costing.direct import spread_lines
from funding_model.costing.inputs import (
    FIXED,
    FOR_EACH_FTE,
    FOR_EACH_START,
    OF_ITSELF,
    PAY,
    PRICES,
    Lines,
)
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, TWELVE, counted, growth_since, line_index, typed, year_of
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.explain.people import planned_flow
from funding_model.questions.explain.views import POOLS, SERVICES, owners_of, view_of
from funding_model.questions.prepare.costs import OWN_RATES_FROM
from funding_model.scenario.costs import Line


@remembered
def lines_of(case: Case, kind: str) -> tuple[tuple[int, Line, str], ...]:
    """Return owner, line and place of every line that runs, in the order of the core's arrays."""
    owners = owners_of(case, kind)
    return tuple(
        (number, line, f"{kind}.{number + 1}.lines.{which}")
        for number, owner in enumerate(owners)
        for which, line in enumerate(owner.lines, 1)
        if line.kind != "exit"
    )


@remembered
def line_size(case: Case, number: int, which: int) -> Floats:
    """Return how much of a service's line counts in each month, as the core spreads it: axis (month,)."""
    lines, view = case.inputs.lines, view_of(case, number)
    chosen = slice(which, which + 1)
    names = ("owner", "index", "basis", "one_off", "start", "end", "eligible", "cash", "excluded_group")
    one: Lines = replace(lines, **{name: getattr(lines, name)[chosen] for name in names}, amount=np.ones(1))
    spread = spread_lines(one, case.inputs.calendar.months, int(lines.index.max()) + 1, 0, view.cutoff)
    size: Floats = spread.everything[lines.basis[which], lines.index[which], lines.owner[which]]
    return size


@remembered
def _pool_size(case: Case, which: int) -> Floats:
    """Return in which months a pool's line counts: axis (month,)."""
    line = lines_of(case, POOLS)[which][1]
    months = case.inputs.calendar.months
    start = case.dates.index_of(line.start, 0)
    end = start + 1 if line.per == "once" else case.dates.index_of(line.end, months - 1) + 1
    month = np.arange(months)
    return ((month >= start) & (month < end)).astype(float)


def _growth_of(case: Case, line: Line, since: str) -> Node:
    """Return the growth of a line's index from the month of its amount up to the first year."""
    if line.index != "own_rate":
        return growth_since(case, "pay" if line.index == "pay" else "cpi", since)
    rate = leaf("Own rate", line.own_rate, "fraction a year", Entry("own_rate", "yours"))
    years = counted("Years up to the first", max(case.dates.first_year - year_of(since), 0), "years", "prices_of")
    grown = made("sum", "1 + own rate", "times", "planned", (ONE, rate))
    return made("power", "Growth up to the first year", "times", "planned", (grown, years))


@remembered
def line_amount(case: Case, kind: str, which: int) -> Node:
    """Return a line's amount a month (of each start, of a one-off), with VAT and in first-year prices."""
    _, line, place = lines_of(case, kind)[which]
    yearly = line.per in ("year", "delivery_fte")
    entered = typed(
        f"Amount, {line.name}", line.amount, f"pounds for each {line.per.replace('_', ' ')}", f"{place}.amount", line
    )
    result = entered
    if line.vat_rate and line.vat_recoverable < 1:
        factor = counted(
            "1 + VAT that cannot be recovered",
            1 + line.vat_rate * (1 - line.vat_recoverable),
            "times",
            f"{place}.vat_rate",
        )
        result = made("product", f"Amount with VAT, {line.name}", "pounds", "planned", (entered, factor))
    if line.prices_of is not None and line.index != "none":
        result = made(
            "product",
            f"Amount in first-year prices, {line.name}",
            "pounds",
            "planned",
            (result, _growth_of(case, line, line.prices_of)),
        )
    if yearly:
        result = made("quotient", f"Amount a month, {line.name}", "pounds a month", "planned", (result, TWELVE))
    return result


def index_number(case: Case, line: Line) -> int:
    """Return which index moves a line: pay, prices, none, or one of the lines' own rates."""
    known = {"pay": PAY, "prices": PRICES, "none": FIXED}.get(line.index)
    if known is not None:
        return known
    return OWN_RATES_FROM + int(np.flatnonzero(case.inputs.economy.own_rates[0] == line.own_rate)[0])


@remembered
def line_cost(case: Case, number: int, kind: str, which: int, span: Span) -> Node:
    """Return the cost of a line in some months."""
    owner, line, place = lines_of(case, kind)[which]
    view = view_of(case, number)
    sort = index_number(case, line)
    size = line_size(case, number, which) if kind == SERVICES else _pool_size(case, which)

    def of_year(year: int, months: Span) -> Node:
        quantity = _quantity(case, number, line, place, owner, size, months)
        label = f"{line.name}, {case.when(months)}"
        return made(
            "product",
            label,
            "pounds",
            "planned",
            (
                line_amount(case, kind, which),
                quantity,
                line_index(case, sort, view.prices_of_year[year], central=view.central),
            ),
            "Amount x how often it falls x index",
        )

    years = [each for each in case.years_in(span) if size[each[1][0] : each[1][1]].any()]
    if len(years) == 1:
        return of_year(*years[0])
    label = f"{line.name}, {case.when(span)}"
    return made("sum", label, "pounds", "planned", tuple(of_year(*each) for each in years), "Its years")


def _quantity(case: Case, number: int, line: Line, place: str, owner: int, size: Floats, months: Span) -> Node:
    """Return how often a line's amount falls in some months."""
    basis = {"person_starting": FOR_EACH_START, "delivery_fte": FOR_EACH_FTE}.get(line.per, OF_ITSELF)
    window = size[months[0] : months[1]]
    if basis == OF_ITSELF:
        name = "Times that it falls" if line.per == "once" else "Months in which it runs, times the service's size"
        return counted(name, float(window.sum()), "months", f"{place}.start")
    if basis == FOR_EACH_START:
        nodes = []
        for month in (month for month in range(*months) if size[month]):
            starting = planned_flow(case, "starts", owner, month)
            if size[month] != 1:
                times = counted("Times that it counts", float(size[month]), "times", f"{place}.start")
                starting = made("product", "Planned starts that count", "people", "planned", (starting, times))
            nodes.append(starting)
        return made("sum", "Planned starts while it runs", "people", "planned", tuple(nodes))
    parts, active = case.inputs.staff, view_of(case, number).plan.services.active
    rows = []
    for layer in range(len(parts.start)):
        there = float((window * active[layer, owner, months[0] : months[1]]).sum())
        if there:
            fte = counted("Delivery FTE", float(parts.row_delivery_fte[layer, owner]), "FTE", "posts")
            count = counted("Months", there, "months", f"{place}.start")
            rows.append(made("product", "Delivery FTE x months", "FTE months", "planned", (fte, count)))
    return made("sum", "Planned delivery FTE x months while it runs", "FTE months", "planned", tuple(rows))


def line_nodes(case: Case, number: int, kind: str, owner: int, span: Span, chosen: str = "all") -> list[Node]:
    """Return an owner's lines in some months: all, or those not eligible, or eligible ones in excluded categories."""
    found = []
    for which, (holder, line, _) in enumerate(lines_of(case, kind)):
        if holder != owner or (chosen == "ineligible" and line.eligible):
            continue
        if chosen == "excluded" and not (line.eligible and line.category in case.contract(owner).price.base_exclusions):
            continue
        size = line_size(case, number, which) if kind == SERVICES else _pool_size(case, which)
        if size[span[0] : span[1]].any():
            found.append(line_cost(case, number, kind, which, span))
    return found
