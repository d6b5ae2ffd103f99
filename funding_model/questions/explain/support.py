"""Support costs: what a service bears of each pool, by which driver, and what each pool costs."""

from __future__ import annotations

import numpy as np

from funding_model.costing.planned import SupportCost
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import TWELVE, counted, index, statutory, typed
from funding_model.questions.explain.lines import line_nodes
from funding_model.questions.explain.node import SOLVED, Node, made
from funding_model.questions.explain.pay import ZERO, gross, heads, nic
from funding_model.questions.explain.planned import direct, staff_cost, staff_nodes
from funding_model.questions.explain.views import POOLS, SERVICES, added, shares_of, view_of, whole_view


def _support(case: Case, number: int) -> SupportCost:
    return view_of(case, number).plan.support


def _pools(case: Case) -> int:
    return len(case.scenario.organisation.pools)


def unit_name(case: Case, unit: int) -> str:
    """Return the name of a unit: pools first, then services, then other activities."""
    organisation = case.scenario.organisation
    names = [each.name for each in organisation.pools]
    names += [each.name for each in case.scenario.services]
    names += [each.name for each in organisation.other_activities]
    return names[unit]


@remembered
def overhead(case: Case, number: int, service: int, span: Span) -> Node:
    """Return the overhead that a service bears in some months."""
    number = whole_view(case, number)
    value = added(case.of(_support(case, number).overhead)[service], span)
    label = f"Overhead, {case.service(service)}, {case.when(span)}"

    def parts() -> list[Node]:
        found = []
        for year, months in case.years_in(span):
            whole = _overhead_of_year(case, number, service, year)
            if months == case.span(year):
                found.append(whole)
                continue
            months_of_year = case.span(year)[1] - case.span(year)[0]
            share = made(
                "quotient",
                f"Share of the months of {case.years[year]}",
                "fraction",
                "planned",
                (
                    counted("Months", months[1] - months[0], "months", ""),
                    counted("Months of the year", months_of_year, "months", ""),
                ),
            )
            found.append(made("product", f"Overhead, {case.when(months)}", "pounds", "planned", (whole, share)))
        return found

    years = case.years_in(span)
    if len(years) == 1 and years[0][1] == case.span(years[0][0]):
        return _overhead_of_year(case, number, service, years[0][0])
    return made("sum", label, "pounds", "planned", parts, "Each year's share", value)


@remembered
def _overhead_of_year(case: Case, number: int, service: int, year: int) -> Node:
    value = float(case.of(_support(case, number).allocation.overhead)[year, service])
    return made(
        "sum",
        f"Overhead, {case.service(service)}, {case.years[year]}",
        "pounds",
        "overheads",
        lambda: [_handed(case, number, pool, _pools(case) + service, year) for pool in range(_pools(case))],
        "What each support pool hands to it",
        value,
    )


@remembered
def _handed(case: Case, number: int, pool: int, unit: int, year: int) -> Node:
    """Return what a pool hands to a unit."""
    label = f"{unit_name(case, pool)} borne by {unit_name(case, unit)}, {case.years[year]}"
    return made(
        "product",
        label,
        "pounds",
        "overheads",
        lambda: (_share(case, number, pool, unit, year), pool_cost(case, number, pool, year)),
        "Its share of the driver x the pool's cost",
        _handed_value(case, number, pool, unit, year),
    )


def _handed_value(case: Case, number: int, pool: int, unit: int, year: int) -> float:
    allocation, pools = _support(case, number).allocation, _pools(case)
    if unit >= pools:
        return float(case.of(allocation.from_pool)[year, pool, unit - pools])
    share = _share(case, number, pool, unit, year).value or 0.0
    return share * float(case.of(allocation.gross)[year, pool])


def _receivers(case: Case, pool: int) -> list[int]:
    """Return the units that may receive a pool's cost under the method."""
    overheads, pools = case.inputs.overheads, _pools(case)
    units = list(range(pools, pools + len(case.scenario.services) + len(case.scenario.organisation.other_activities)))
    if overheads.method == "step_down":
        return [*overheads.order[overheads.order.index(pool) + 1 :], *units]
    if overheads.method == "reciprocal":
        return [*(each for each in range(pools) if each != pool), *units]
    return units


@remembered
def _share(case: Case, number: int, pool: int, unit: int, year: int) -> Node:
    own = _driver(case, number, pool, unit, year)
    every = _driver_total(case, number, pool, year)
    label = f"Share of {unit_name(case, unit)} in {unit_name(case, pool)}, {case.years[year]}"
    formula = "Its quantity of the driver / that of all who may bear the pool's cost"
    return made("share", label, "fraction", "overheads", (own, every), formula)


@remembered
def _driver_total(case: Case, number: int, pool: int, year: int) -> Node:
    receivers = _receivers(case, pool)
    label = f"Driver of {unit_name(case, pool)}, all who may bear its cost, {case.years[year]}"
    nodes = [_driver(case, number, pool, unit, year) for unit in receivers]
    return made("sum", label, nodes[0].unit if nodes else "", "overheads", tuple(nodes))


@remembered
def _driver(case: Case, number: int, pool: int, unit: int, year: int) -> Node:
    """Return a unit's quantity of what a pool is shared by."""
    overheads = case.inputs.overheads
    single = overheads.method == "single_rate"
    driver = overheads.single_rate_base if single else overheads.driver[pool]
    if driver in ("fte", "headcount"):
        return _staffing(case, number, driver, unit, year)
    if driver == "direct_staff_cost":
        return own_staff(case, number, unit, year)
    if driver == "direct_cost":
        return own_cost(case, number, unit, year)
    if driver == "accumulated_cost":
        return _held(case, number, pool, unit, year)
    pools, services = _pools(case), len(case.scenario.services)
    homes = [("organisation.pools", 0), ("services", pools), ("organisation.other_activities", pools + services)]
    home, first = next(each for each in reversed(homes) if unit >= each[1])
    where = f"{home}.{unit - first + 1}.driver_quantities.{driver}"
    return typed(f"{driver}, {unit_name(case, unit)}", float(overheads.entered[pool, unit]), driver, where)


@remembered
def _staffing(case: Case, number: int, driver: str, unit: int, year: int) -> Node:
    """Return the mean FTE or heads of a unit over a year."""
    value = float(_support(case, number).quantities[driver][year, unit])
    name = "FTE" if driver == "fte" else "Heads"
    formula = "Heads x FTE x months in post / 12, of its posts" if driver == "fte" else "Heads x months in post / 12"
    pools, services = _pools(case), len(case.scenario.services)
    label = f"{name}, {unit_name(case, unit)}, {case.years[year]}"
    kind, owner = (POOLS, unit) if unit < pools else (SERVICES, unit - pools)
    staffed = unit < pools + services and any(share.entry.owner == owner for share in shares_of(case, kind))
    if not staffed:
        months = case.span(year)[1] - case.span(year)[0]
        table = case.inputs.overheads.entered_fte if driver == "fte" else case.inputs.overheads.entered_heads
        amount = typed(f"{name} entered", float(table[unit]), name, f"driver_quantities.{driver}")
        return made(
            "product", label, name, "planned", (amount, _part_of_year(months)), "As entered, for its part of the year"
        )

    def parts() -> list[Node]:
        first, after = case.span(year)
        found = []
        for part, share in enumerate(shares_of(case, kind)):
            months = min(share.entry.end, after) - max(share.entry.start, first)
            if share.entry.owner != owner or months <= 0:
                continue
            each = [heads(case, kind, part), _part_of_year(months)]
            if driver == "fte":
                each.append(typed("FTE of each head", share.post.fte, "FTE", f"{share.place}.fte", share.post))
            found.append(made("product", f"{name}, {share.post.name}", name, "planned", tuple(each)))
        return found

    return made("sum", label, name, "planned", parts, formula, value)


def _part_of_year(months: int) -> Node:
    return made(
        "quotient", "Part of the year", "fraction", "planned", (counted("Months", months, "months", ""), TWELVE)
    )


@remembered
def _held(case: Case, number: int, pool: int, unit: int, year: int) -> Node:
    """Return a unit's own cost and what it has received of pools that were shared out before."""
    order = case.inputs.overheads.order
    before = order[: order.index(pool)]
    received = [_handed(case, number, each, unit, year) for each in before]
    label = f"Accumulated cost, {unit_name(case, unit)}, {case.years[year]}"
    formula = "Own cost + what it has received so far"
    return made("sum", label, "pounds", "overheads", (own_cost(case, number, unit, year), *received), formula)


@remembered
def pool_cost(case: Case, number: int, pool: int, year: int) -> Node:
    """Return what a pool costs with what it received from others."""
    value = float(case.of(_support(case, number).allocation.gross)[year, pool])
    method, order = case.inputs.overheads.method, case.inputs.overheads.order
    label = f"{unit_name(case, pool)} with what it bears of other pools, {case.years[year]}"
    if method == "step_down":
        others: list[int] = list(order[: order.index(pool)])
    elif method == "reciprocal":
        others = [each for each in range(_pools(case)) if each != pool]
    else:
        others = []
    own = own_cost(case, number, pool, year)
    if not others:
        return own

    def parts() -> list[Node]:
        if method == "step_down":
            return [own, *(_handed(case, number, each, pool, year) for each in others)]
        return [own, *(_circled(case, number, each, pool, year) for each in others)]

    return made("sum", label, "pounds", "overheads", parts, "Own cost + what other pools hand to it", value)


@remembered
def _circled(case: Case, number: int, pool: int, unit: int, year: int) -> Node:
    """Return what a pool hands to another that hands to it in turn."""
    value = float(case.of(_support(case, number).allocation.gross)[year, pool])
    solved = Node(
        f"{unit_name(case, pool)} with what it bears of other pools, {case.years[year]}",
        value,
        "pounds",
        "x = own cost + shares of all other pools, for all pools at once",
        SOLVED,
        "overheads",
    )
    label = f"{unit_name(case, pool)} borne by {unit_name(case, unit)}, {case.years[year]}"
    return made("product", label, "pounds", "overheads", (_share(case, number, pool, unit, year), solved))


@remembered
def own_cost(case: Case, number: int, unit: int, year: int) -> Node:
    """Return what a unit costs before support costs are shared."""
    pools, services = _pools(case), len(case.scenario.services)
    span = case.span(year)
    if pools <= unit < pools + services:
        return direct(case, number, unit - pools, span)
    value = float(case.of(_support(case, number).own_cost)[year, unit])
    label = f"Own cost, {unit_name(case, unit)}, {case.years[year]}"
    if unit >= pools + services:
        return made("sum", label, "pounds", "planned", lambda: _activity(case, number, unit, year), "", value)

    def parts() -> list[Node]:
        found = staff_nodes(case, number, POOLS, unit, span) + line_nodes(case, number, POOLS, unit, span)
        if unit == case.inputs.overheads.employer_charges_pool:
            found.append(_employer_charges(case, number, year))
        return found

    return made("sum", label, "pounds", "planned", parts, "Its posts, its lines and the employer's charges", value)


def _activity(case: Case, number: int, unit: int, year: int, *, staff: bool = True, other: bool = True) -> list[Node]:
    which = unit - _pools(case) - len(case.scenario.services)
    activity = case.scenario.organisation.other_activities[which]
    place = f"organisation.other_activities.{which + 1}"
    months = case.span(year)[1] - case.span(year)[0]
    view = view_of(case, number)
    prices, central = view.prices_of_year[year], view.central
    found = []
    if staff:
        cost = typed("Staff cost", activity.staff_cost, "pounds a year", f"{place}.staff_cost", activity)
        found.append(("Staff cost", cost, index(case, "pay", prices, central=central)))
    if other:
        cost = typed("Other cost", activity.other_cost, "pounds a year", f"{place}.other_cost", activity)
        found.append(("Other cost", cost, index(case, "cpi", prices, central=central)))
    return [
        made("product", f"{name}, {activity.name}", "pounds", "planned", (amount, moved, _part_of_year(months)))
        for name, amount, moved in found
    ]


@remembered
def own_staff(case: Case, number: int, unit: int, year: int) -> Node:
    """Return the staff cost of a unit before support costs are shared."""
    pools, services = _pools(case), len(case.scenario.services)
    span = case.span(year)
    if pools <= unit < pools + services:
        return staff_cost(case, number, unit - pools, span)
    value = float(case.of(_support(case, number).own_staff)[year, unit])
    label = f"Staff cost, {unit_name(case, unit)}, {case.years[year]}"
    if unit >= pools + services:
        return made(
            "sum", label, "pounds", "planned", lambda: _activity(case, number, unit, year, other=False), "", value
        )
    return made("sum", label, "pounds", "planned", lambda: staff_nodes(case, number, POOLS, unit, span), "", value)


# Employer's charges


@remembered
def _employer_charges(case: Case, number: int, year: int) -> Node:
    levy, allowance = levy_of(case, number, year), allowance_of(case, number, year)
    label = f"Employer's charges, {case.years[year]}"
    formula = "Apprenticeship levy - Employment Allowance"
    return made("difference", label, "pounds", "planned", (levy, allowance), formula)


@remembered
def levy_of(case: Case, number: int, year: int) -> Node:
    """Return the apprenticeship levy of a year."""
    value = float(case.of(_support(case, number).levy)[year])
    prices, months = view_of(case, number).prices_of_year[year], case.span(year)[1] - case.span(year)[0]

    def parts() -> list[Node]:
        rate = statutory(case, "levy_rate", "Apprenticeship levy rate", "fraction", prices)
        allowance = statutory(case, "levy_allowance", "Levy allowance", "pounds a year", prices)
        bill = _over_posts(case, number, year, "Pay bill")
        on_bill = made("product", "Levy on the pay bill", "pounds", "planned", (rate, bill))
        spared = made(
            "product", "Levy allowance of these months", "pounds", "planned", (allowance, _part_of_year(months))
        )
        due = made("difference", "Levy less allowance", "pounds", "planned", (on_bill, spared))
        return [ZERO, due]

    label = f"Apprenticeship levy, {case.years[year]}"
    return made("maximum", label, "pounds", "planned", parts, "Levy rate x pay bill - allowance, not below 0", value)


@remembered
def allowance_of(case: Case, number: int, year: int) -> Node:
    """Return the Employment Allowance used in a year."""
    organisation = case.scenario.organisation
    label = f"Employment Allowance used, {case.years[year]}"
    if not organisation.employment_allowance_claimed:
        place = "organisation.employment_allowance_claimed"
        return typed(f"{label}: not claimed", 0.0, "pounds", place, organisation)
    value = float(case.of(_support(case, number).employment_allowance)[year])
    prices, months = view_of(case, number).prices_of_year[year], case.span(year)[1] - case.span(year)[0]

    def parts() -> list[Node]:
        claimed = statutory(case, "employment_allowance", "Employment Allowance", "pounds a year", prices)
        most = made("product", "Allowance of these months", "pounds", "planned", (claimed, _part_of_year(months)))
        return [most, _over_posts(case, number, year, "National Insurance due")]

    return made("minimum", label, "pounds", "planned", parts, "Never more than the National Insurance due", value)


@remembered
def _over_posts(case: Case, number: int, year: int, what: str) -> Node:
    """Return the pay bill of a year, or the National Insurance due on it, over everyone employed."""
    times, view = case.inputs.calendar, view_of(case, number)
    build = gross if what == "Pay bill" else nic
    found = []
    for kind in (SERVICES, POOLS):
        parts = case.inputs.staff if kind == SERVICES else case.inputs.support
        for part, share in enumerate(shares_of(case, kind)):
            active = parts.active.reshape(-1, times.months)[parts.row[part]]
            for period in np.flatnonzero(times.year_of_period == year).tolist():
                months = int(active[times.period_of_month == period].sum())
                if months:
                    each = (build(case, number, kind, part, period), heads(case, kind, part), _part_of_year(months))
                    found.append(made("product", f"{what}, {share.post.name}", "pounds", "planned", each))
    prices = view.prices_of_year[year]
    for which, activity in enumerate(case.scenario.organisation.other_activities):
        if activity.heads and activity.mean_pay:
            place = f"organisation.other_activities.{which + 1}"
            mean = typed("Mean pay", activity.mean_pay, "pounds a year", f"{place}.mean_pay", activity)
            pay = made(
                "product",
                f"Mean pay, {activity.name}",
                "pounds a year",
                "planned",
                (mean, index(case, "pay", prices, central=view.central)),
            )
            head = typed("Heads", activity.heads, "people", f"{place}.heads", activity)
            months = case.span(year)[1] - case.span(year)[0]
            amount = pay if what == "Pay bill" else _nic_of(case, prices, pay)
            found.append(
                made("product", f"{what}, {activity.name}", "pounds", "planned", (head, amount, _part_of_year(months)))
            )
    return made("sum", f"{what}, {case.years[year]}", "pounds", "planned", tuple(found), "Over everyone employed")


def _nic_of(case: Case, year: int, pay: Node) -> Node:
    rate = statutory(case, "nic_rate", "Employer's National Insurance rate", "fraction", year)
    threshold = statutory(case, "nic_threshold", "National Insurance threshold", "pounds a year", year)
    over = made("difference", "Pay above the threshold", "pounds a year", "planned", (pay, threshold))
    base = made("maximum", "Pay above the threshold, not below 0", "pounds a year", "planned", (ZERO, over))
    return made("product", "National Insurance of a head", "pounds a year", "planned", (rate, base))
