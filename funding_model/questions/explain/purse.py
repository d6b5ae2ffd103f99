"""Public purse: what is paid, what its administration costs, and present value."""

from __future__ import annotations

import numpy as np

from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, TWELVE, assumption, contract_assumption, counted, index, term
from funding_model.questions.explain.going_on import survival, weighted
from funding_model.questions.explain.monthly import over_months
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.explain.pricing import month_price, price_of_span
from funding_model.questions.explain.staffing import POUNDS
from funding_model.questions.explain.terms import administration
from funding_model.questions.explain.underspend import returned
from funding_model.questions.explain.views import added
from funding_model.reference.economy import discount_rate


@remembered
def purse(case: Case, what: str, service: int, span: Span) -> Node:
    """Return a result for the public purse of a service in some months."""
    ledger = case.evaluation.purse
    words = {
        "paid": "Paid by the public purse",
        "administration": "Administration",
        "competition_saving": "Saving from competition",
        "regret": "Money committed that would no longer fit",
    }[what]
    if what == "administration":
        return administration(case, service, span)
    series = np.broadcast_to(case.of(getattr(ledger, what))[service], case.dates.months)
    if what == "paid":
        price = weighted(case, service, span, lambda months: price_of_span(case, service, months), "Price")
        back = weighted(case, service, span, lambda months: returned(case, service, months), "Underspend given back")
        label = f"{words}, {case.service(service)}, {case.when(span)}"
        formula = "Price - underspend given back, by the chance of each month"
        return made("difference", label, POUNDS, "accounts", (price, back), formula, added(series, span))
    build = _saving if what == "competition_saving" else _regret
    return over_months(case, service, span, words, POUNDS, build, series)


@remembered
def _saving(case: Case, service: int, month: int) -> Node:
    award = case.terms.award
    label = f"Saving from competition, {case.service(service)}, {case.dates.label(month)}"
    if not award.competed[0, service, month] or not award.competition_saving[0, service]:
        return made("sum", label, POUNDS, "accounts", (), "Nothing is saved by competition.")
    value = float(award.competition_saving[0, service])
    share = contract_assumption(case, service, "award", "competition_saving", value, "competition_saving")
    parts = (share, survival(case, service, month), month_price(case, service, month))
    return made("product", label, POUNDS, "accounts", parts, "Share saved x chance x price")


@remembered
def _regret(case: Case, service: int, month: int) -> Node:
    scrutiny, award = case.terms.scrutiny, case.terms.award
    label = f"Money that would no longer fit, {case.service(service)}, {case.dates.label(month)}"
    if not scrutiny.regret_known[0, service]:
        return made("sum", label, POUNDS, "accounts", (), "Not entered, so nothing is shown.")
    chance = contract_assumption(
        case, service, "flexibility", "chance_of_change", float(scrutiny.chance_of_change[0, service])
    )
    monthly = made("quotient", "Chance of change a month", "fraction", "accounts", (chance, TWELVE))
    other = contract_assumption(case, service, "flexibility", "repurposable", float(scrutiny.repurposable[0, service]))
    lost = made("difference", "1 - share put to other use", "fraction", "accounts", (ONE, other))
    ahead = counted(
        "Months of confirmed funding ahead", float(award.end_ahead[0, service, month]), "months", "term and award"
    )
    notice = float(award.break_notice[0, service])
    if np.isfinite(notice):
        given = term(case, service, "award", "break_notice_months", "Break notice", notice, "months")
        ahead = made("minimum", "Months ahead, the break clause counted", "months", "accounts", (ahead, given))
    parts = (monthly, ahead, lost, month_price(case, service, month))
    return made("product", label, POUNDS, "accounts", parts, "Chance x months ahead x share lost x price")


@remembered
def purse_total(case: Case, service: int, span: Span) -> Node:
    """Return what the public purse pays in all."""
    paid = made(
        "sum",
        "Paid and administration",
        POUNDS,
        "ledgers",
        (purse(case, "paid", service, span), purse(case, "administration", service, span)),
    )
    label = f"Public purse in all, {case.service(service)}, {case.when(span)}"
    parts = (paid, purse(case, "competition_saving", service, span))
    return made("difference", label, POUNDS, "ledgers", parts, "Paid + administration - saving from competition")


@remembered
def present_value(case: Case, service: int, year: int) -> Node:
    """Return one year's total of the public purse, deflated and discounted."""
    total = purse_total(case, service, case.span(year))
    real = made(
        "quotient",
        f"In the first year's money, {case.years[year]}",
        POUNDS,
        "totals",
        (total, index(case, "gdp_deflator", year)),
    )
    if (
        case.scenario.assumptions.discount_rate is not None
        and case.scenario.assumptions.discount_rate.value is not None
    ):
        rate = assumption(case, "discount_rate")
    else:
        found = discount_rate()
        entry = Entry("green_book.stpr_standard", "published", found.source, "", found.confidence)
        rate = leaf(
            "Discount rate", float(case.inputs.economy.discount_rate[0]), "fraction a year", entry, "", "reference"
        )
    grown = made("sum", "1 + discount rate", "times", "totals", (ONE, rate))
    factor = made("power", "Discount", "times", "totals", (grown, counted("Years since the first", year, "years", "")))
    label = f"Present value, {case.service(service)}, {case.years[year]}"
    return made("quotient", label, POUNDS, "totals", (real, factor), "Total / deflator / (1 + r)^years")
