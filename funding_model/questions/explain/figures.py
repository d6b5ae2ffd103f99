"""Figures: every figure that can be explained, by the names under which the results are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from funding_model.costing.delivery import CAUSES
from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.explain import cash, families, hours, jobs, loss, pricing, provider, purse, support
from funding_model.questions.explain.case import Case, Span
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.planned import direct, recruitment
from funding_model.questions.explain.views import OWN
from funding_model.questions.totals import STANDARD_SECURITY

SERVICE, YEAR = "service", "year"
Build = Callable[[Case, int, Span], Node]
"""Builds the figure of one service in one year."""
Whole = Callable[[Case, tuple[int, ...], tuple[int, ...]], Node]
"""Builds the figure of some services in some years."""


@dataclass(frozen=True)
class Figure:
    """A figure that can be explained."""

    name: str
    label: str
    unit: str
    takes: tuple[str, ...]
    """What it can be asked for: a service, a year, or both; without one it is that of all."""
    build: Whole


def _added(name: str, label: str, unit: str, build: Build) -> Figure:
    """Return a figure that adds up over services and years."""

    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:
        def of_service(service: int) -> Node:
            nodes = [build(case, service, case.span(year)) for year in years]
            return (
                nodes[0]
                if len(nodes) == 1
                else made("sum", f"{label}, {case.service(service)}", unit, "results", nodes, "Its years")
            )

        nodes = [of_service(service) for service in services]
        if len(nodes) == 1:
            return nodes[0]
        when = f", {case.years[years[0]]}" if len(years) == 1 else ""
        return made("sum", f"{label}, all services{when}", unit, "results", nodes, "Its services")

    return Figure(name, label, unit, (SERVICE, YEAR), whole)


def _rate(name: str, label: str, numerator: Build, denominator: Build) -> Figure:
    top = _added(name, "Price", "pounds", numerator)
    under = _added(name, "Full cost", "pounds", denominator)

    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:
        parts = (top.build(case, services, years), under.build(case, services, years))
        return made("quotient", label, "fraction", "results", parts, "Price / full cost")

    return Figure(name, label, "fraction", (SERVICE, YEAR), whole)


def _each(name: str, label: str) -> Figure:
    """Return a cost of each person or place."""

    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:
        first, last = case.span(years[0])[0], case.span(years[-1])[1]
        return families.cost_for_each(case, name, services, (first, last))

    return Figure(name, label, "pounds", (SERVICE, YEAR), whole)


def _secure(name: str, label: str, months: float | None, clause: str = jobs.AS_ENTERED) -> Figure:
    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
        return jobs.secure_posts(case, months, services, clause)

    return Figure(name, label, "fraction", (SERVICE,), whole)


def _waiting(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
    nodes = [families.waiting_at_end(case, service) for service in services]
    return nodes[0] if len(nodes) == 1 else made("sum", "Waiting at the end, all services", "people", "totals", nodes)


def _at_end(name: str, label: str, build: Callable[[Case, int], Node]) -> Figure:
    """Return a balance of the organisation at a year's end, or at the horizon's."""

    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
        return build(case, case.span(years[-1])[1] - 1)

    return Figure(name, label, "pounds", (YEAR,), whole)


def _of_all(name: str, label: str, build: Callable[[Case], Node]) -> Figure:
    """Return a figure of the organisation over the whole period."""

    def whole(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
        return build(case)

    return Figure(name, label, "pounds", (), whole)


def _policy(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
    return cash.policy(case, years[-1])


def _interest(case: Case, services: tuple[int, ...], years: tuple[int, ...]) -> Node:  # noqa: ARG001 - as every figure
    months = [month for year in years for month in range(*case.span(year))]
    nodes = tuple(cash.interest(case, month) for month in months)
    return made("sum", "Overdraft interest", "pounds", "cash", nodes, "Its months")


def _year_of(case: Case, span: Span) -> int:
    return next(year for year in range(len(case.years)) if case.span(year) == span)


def _ledger(build: Callable[[Case, str, int, Span], Node], what: str) -> Build:
    return lambda case, service, span: build(case, what, service, span)


_MONEY: Final = (
    ("full_cost", "Full cost", provider.full_cost),
    ("direct_cost", "Direct cost", lambda case, service, span: direct(case, OWN, service, span)),
    ("overhead", "Overhead", lambda case, service, span: support.overhead(case, OWN, service, span)),
    ("planned_recruitment", "Planned recruitment", lambda case, service, span: recruitment(case, OWN, service, span)),
    ("fundable_cost", "Fundable cost", provider.fundable_cost),
    ("price", "Price", pricing.price_of_span),
    ("cost", "Cost", provider.cost),
    ("income", "Income", provider.income),
    ("surplus", "Surplus", provider.surplus),
    ("surplus_posts_filled", "Surplus with posts filled", provider.surplus_posts_filled),
    ("cost_of_terms", "Cost of the terms", provider.cost_of_terms),
    ("pay_not_spent", "Pay not spent on empty posts", provider.pay_saved),
    ("cost_of_loss", "Expected cost of losing the service", loss.cost_of_loss),
    ("public_purse_paid", "Paid by the public purse", _ledger(purse.purse, "paid")),
    ("public_purse_administration", "Administration of the public purse", _ledger(purse.purse, "administration")),
    ("public_purse_competition_saving", "Saving from competition", _ledger(purse.purse, "competition_saving")),
    ("public_purse_total", "Public purse in all", purse.purse_total),
    ("public_purse_regret", "Money committed that would no longer fit", _ledger(purse.purse, "regret")),
    (
        "public_purse_present_value_real",
        "Public purse, present value in real terms",
        lambda case, service, span: purse.present_value(case, service, _year_of(case, span)),
    ),
    ("hours_provider_value", "Value of hours on the terms", hours.hours_value),
)
_PEOPLE: Final = (
    ("people_starting_support", "People starting support", "people"),
    ("support_months", "Support given", "person-months"),
    ("gave_up", "People giving up waiting", "people"),
)
_STAFF: Final = (
    ("post_months", "Posts x months", "post-months"),
    ("leavers", "Leavers", "posts"),
    ("hires", "Hires", "posts"),
    ("growth_hires", "Hires into posts added later", "posts"),
    ("notices", "Protective notices", "posts"),
    ("empty_post_months", "Empty posts x months", "post-months"),
)
_HOURS: Final = ("letters", "bids", "returns", "variations", "notices")


def _every() -> list[Figure]:
    found = [_added(name, label, "pounds", build) for name, label, build in _MONEY]
    found.append(_rate("recovery_rate", "Recovery rate", pricing.price_of_span, provider.full_cost))
    found += [
        _added(f"gap_{step}", f"Gap: {step.replace('_', ' ')}", "pounds", _ledger(provider.gap_step, step))
        for step in GAP_STEPS
    ]
    found += [_added(name, label, unit, _ledger(families.families, name)) for name, label, unit in _PEOPLE]
    found.append(_added("cut_off", "People whose support is cut off", "people", families.cut_off))
    found.append(_added("weeks_lost", "Weeks of service lost", "weeks of service", families.all_weeks_lost))
    for cause in CAUSES:
        words = f"Weeks of service lost to {cause.replace('_', ' ')}"
        found.append(_added(f"weeks_lost_{cause}", words, "weeks of service", _ledger(families.weeks_lost, cause)))
    found.append(Figure("waiting_at_end", "Waiting at the end", "people", (SERVICE,), _waiting))
    found += [_each("cost_per_person", "Cost of each person"), _each("cost_per_place", "Cost of each place a year")]
    found += [_added(name, label, unit, _ledger(jobs.staff, name)) for name, label, unit in _STAFF]
    found.append(_secure("secure_post_months_share", "Share of post-months that are secure", None))
    found += [
        _secure(f"secure_post_months_share_at_{months}", f"Posts secure for {months} months or more", months)
        for months in STANDARD_SECURITY
    ]
    found += [
        _secure(
            f"secure_post_months_share_at_{months}_break_clause_{clause}",
            f"Posts secure for {months} months or more, the break clause {clause}",
            months,
            clause,
        )
        for months in STANDARD_SECURITY
        for clause in (jobs.COUNTED, jobs.DISREGARDED)
    ]
    found.append(_of_all("cash_lowest", "Lowest cash", cash.lowest_cash))
    found.append(_at_end("cash_closing", "Cash at the end", cash.balance))
    found.append(Figure("cash_overdraft_interest", "Overdraft interest", "pounds", (YEAR,), _interest))
    found += [
        _of_all("cash_lowest_if_lost", "Lowest cash if one service is lost", cash.lowest_if_lost),
        _of_all("cash_owed_by_funder_at_end", "Owed by the funder at the end", cash.owed_at_end),
        _of_all("cash_notional_financing", "Notional cost of waiting for payment", cash.waiting_for_money),
        _of_all("cash_notional_financing_of_late_decisions", "Part of it due to late decisions", cash.late_decisions),
        Figure("reserves_policy", "Reserves that the policy asks for at the end", "pounds", (YEAR,), _policy),
    ]
    found.append(_at_end("free_reserves", "Free reserves at the end", cash.free_reserves))
    found += [
        _added(f"hours_{what}", f"Provider's hours on {what}", "hours", _ledger(hours.hours, what)) for what in _HOURS
    ]
    found += [
        _added(f"hours_funder_{what}", f"Funder's hours on {what}", "hours", _ledger(hours.funder_hours, what))
        for what in _HOURS[:-1]
    ]
    return found


FIGURES: Final[dict[str, Figure]] = {figure.name: figure for figure in _every()}
"""Every figure that can be explained, by name."""
