"""Cash and reserves of the organisation, if everything continues and if one service is lost."""

from __future__ import annotations

import math

import numpy as np

from funding_model.questions.explain.actual import cover, lines_change, pay_not_spent
from funding_model.questions.explain.case import Case, remembered
from funding_model.questions.explain.entries import NOTHING, TWELVE, counted, typed
from funding_model.questions.explain.node import STAGE, Entry, Node, blank, leaf, made
from funding_model.questions.explain.pricing import month_price, price_of_span
from funding_model.questions.explain.provider import full_cost, running_terms
from funding_model.questions.explain.staffing import POUNDS
from funding_model.questions.explain.underspend import returned
from funding_model.questions.explain.views import added
from funding_model.questions.reserves import spending_a_month
from funding_model.questions.totals import losses


@remembered
def balance(case: Case, month: int) -> Node:
    """Return cash at a month's end, if everything continues."""
    value = float(case.of(case.evaluation.cash.balance)[month])

    def parts() -> list[Node]:
        opening = balance(case, month - 1) if month else _opening(case, "opening_cash", "Cash at the start")
        inflow = made(
            "sum", "Cash at the start of the month and what comes in", POUNDS, "cash", (opening, *_in(case, month))
        )
        return [inflow, *_out(case, month), interest(case, month)]

    label = f"Cash at the end of {case.dates.label(month)}"
    return made("difference", label, POUNDS, "cash", parts, "Cash before + received - paid - overdraft interest", value)


def _opening(case: Case, name: str, label: str) -> Node:
    organisation = case.scenario.organisation
    entered = getattr(organisation, name)
    if entered is None:
        return leaf(
            label, 0.0, POUNDS, Entry(f"organisation.{name}", "no evidence"), "Not entered: counted from nothing."
        )
    return typed(label, entered, POUNDS, f"organisation.{name}", organisation)


def _in(case: Case, month: int) -> list[Node]:
    flows = case.evaluation.flows
    when = case.dates.label(month)
    found = []
    for service in range(len(case.scenario.services)):
        found.append(_received(case, service, month))
        other = float(flows.other_funders[0, service, month] - flows.other_in_kind[0, service, month])
        if other:
            found.append(
                counted(
                    f"Other funders in cash, {case.service(service)}, {when}",
                    other,
                    POUNDS,
                    f"services.{service + 1}.other_funders",
                )
            )
    rest = float(case.of(flows.organisation)[month])
    words = "Surplus of other activities, costs without cash, and pools' costs as paid rather than as shared"
    found.append(Node(f"Rest of the organisation, {when}", rest, POUNDS, words, STAGE, "accounts"))
    return found


def _out(case: Case, month: int) -> list[Node]:
    return [_paid(case, service, month) for service in range(len(case.scenario.services))]


@remembered
def _received(case: Case, service: int, month: int) -> Node:
    arrived = case.terms.payment.received[0, service]
    first, after = int(arrived[month - 1]) if month else 0, int(arrived[month])
    nodes = tuple(month_price(case, service, each) for each in range(first, after))
    label = f"Received under the contract, {case.service(service)}, {case.dates.label(month)}"
    return made("sum", label, POUNDS, "cash", nodes, "The months whose payment arrives in this month")


@remembered
def _paid(case: Case, service: int, month: int) -> Node:
    label = f"Paid, {case.service(service)}, {case.dates.label(month)}"
    value = float(case.of(case.evaluation.cash.paid)[service, month])

    def parts() -> list[Node]:
        flows = case.evaluation.flows
        spent = _spent(case, service, month)
        back = returned(case, service, (month - 1, month)) if month else NOTHING
        without = float(np.broadcast_to(case.of(flows.not_cash)[service], case.dates.months)[month])
        no_cash = Node(
            "Costs of which no money leaves the bank", without, POUNDS, "Lines marked as not cash", STAGE, "actual"
        )
        return [made("sum", "Cost and underspend repaid", POUNDS, "cash", (spent, back)), no_cash]

    return made("difference", label, POUNDS, "cash", parts, "Cost - costs without cash + underspend repaid", value)


@remembered
def _spent(case: Case, service: int, month: int) -> Node:
    """Return the cost of a month as if the service continues."""
    span = (month, month + 1)
    plus = made(
        "sum",
        "Full cost, cover, lines that follow delivery and terms",
        POUNDS,
        "accounts",
        (
            full_cost(case, service, span),
            cover(case, service, span),
            lines_change(case, service, span),
            running_terms(case, service, span),
        ),
    )
    label = f"Cost if it continues, {case.service(service)}, {case.dates.label(month)}"
    return made("difference", label, POUNDS, "accounts", (plus, pay_not_spent(case, service, span)))


@remembered
def interest(case: Case, month: int) -> Node:
    """Return the overdraft interest of a month."""
    organisation = case.scenario.organisation
    label = f"Overdraft interest, {case.dates.label(month)}"
    if organisation.borrowing_rate is None:
        return leaf(
            label, 0.0, POUNDS, Entry("organisation.borrowing_rate", "no evidence"), "No borrowing rate was entered."
        )
    rate = typed(
        "Borrowing rate", organisation.borrowing_rate, "fraction a year", "organisation.borrowing_rate", organisation
    )
    value = float(case.of(case.evaluation.cash.interest)[month])

    def parts() -> list[Node]:
        opening = balance(case, month - 1) if month else _opening(case, "opening_cash", "Cash at the start")
        owed = made(
            "maximum",
            "Overdraft at the start of the month",
            POUNDS,
            "cash",
            (NOTHING, made("opposite", "Cash with its sign turned", POUNDS, "cash", (opening,))),
        )
        return [made("quotient", "Borrowing rate a month", "fraction", "cash", (rate, TWELVE)), owed]

    return made("product", label, POUNDS, "cash", parts, "Borrowing rate / 12 x overdraft at the start", value)


@remembered
def lowest_cash(case: Case) -> Node:
    """Return the lowest month-end cash, if everything continues."""
    nodes = tuple(balance(case, month) for month in range(case.dates.months))
    return made("minimum", "Lowest cash if everything continues", POUNDS, "totals", nodes, "The lowest month-end cash")


@remembered
def free_reserves(case: Case, month: int) -> Node:
    """Return free reserves at a month's end, if everything continues."""
    value = float(case.of(case.evaluation.cash.free_reserves)[month])

    def parts() -> list[Node]:
        earned = made(
            "sum", "Free reserves at the start and unrestricted income so far", POUNDS, "cash", _earned(case, month)
        )
        taken = [*_given_back_freely(case, month), *(interest(case, each) for each in range(month + 1))]
        unmet = (earned.value or 0.0) - math.fsum(node.value or 0.0 for node in taken) - value
        words = (
            "Restricted income, with what was held of it at the start, meets cost first, year by year; with money "
            "carried for later years of an award"
        )
        label = f"Cost that restricted income has not met, to {case.dates.label(month)}"
        return [earned, *taken, Node(label, unmet, POUNDS, words, STAGE, "cash")]

    label = f"Free reserves at the end of {case.dates.label(month)}"
    words = "Opening + unrestricted income - cost that restricted income did not meet - money carried - interest"
    return made("difference", label, POUNDS, "cash", parts, words, value)


def _is_free(case: Case, service: int) -> bool:
    """Whether the contract's income is not restricted."""
    return not case.of(case.evaluation.flows.price_restricted)[service, 0]


def _earned(case: Case, month: int) -> list[Node]:
    flows = case.evaluation.flows
    found = [_opening(case, "opening_free_reserves", "Free reserves at the start")]
    for service, entered in enumerate(case.scenario.services):
        if _is_free(case, service):
            found.append(price_of_span(case, service, (0, month + 1)))
        other = added((flows.other_funders - flows.other_restricted)[0, service], (0, month + 1))
        if other:
            label = f"Unrestricted other funders so far, {entered.name}"
            found.append(counted(label, other, POUNDS, f"services.{service + 1}.other_funders"))
    rest = added(np.broadcast_to(case.of(flows.organisation_result), case.dates.months), (0, month + 1))
    return [*found, Node("Surplus of other activities so far", rest, POUNDS, "Income less cost", STAGE, "accounts")]


def _given_back_freely(case: Case, month: int) -> list[Node]:
    services = range(len(case.scenario.services))
    return [returned(case, service, (0, month + 1)) for service in services if _is_free(case, service)]


@remembered
def owed_at_end(case: Case) -> Node:
    """Return what the funder owes at the end, less what is owed to it."""
    whole = (0, case.dates.months)
    services = range(len(case.scenario.services))
    due = [price_of_span(case, service, whole) for service in services]
    due += [returned(case, service, (0, case.dates.months - 1)) for service in services]
    arrived = [_received(case, service, month) for service in services for month in range(case.dates.months)]
    back = [returned(case, service, whole) for service in services]
    plus = made("sum", "Price and underspend repaid", POUNDS, "cash", tuple(due))
    words = "Price - received - underspend given back + underspend repaid"
    return made("difference", "Owed by the funder at the end", POUNDS, "cash", (plus, *arrived, *back), words)


@remembered
def waiting_for_money(case: Case, *, prompt: bool = False) -> Node:
    """Return the notional cost of waiting for payment, shown and never added."""
    organisation, evaluation = case.scenario.organisation, case.evaluation
    label = "Notional cost of waiting for payment" + (" with prompt decisions" if prompt else "")
    series = case.of(evaluation.waiting_if_prompt if prompt else evaluation.waiting_for_money)
    if organisation.borrowing_rate is None:
        return blank(label, POUNDS, "cash", "No borrowing rate was entered.")
    rate = typed(
        "Borrowing rate", organisation.borrowing_rate, "fraction a year", "organisation.borrowing_rate", organisation
    )
    monthly = made("quotient", "Borrowing rate a month", "fraction", "cash", (rate, TWELVE))
    unpaid = float(series.sum()) / monthly.value if monthly.value else 0.0
    words = "Cost of months so far whose payment has not arrived, this month's at half, added up over the months"
    waiting = Node("Cost waiting for payment x months", unpaid, "pounds x months", words, STAGE, "cash")
    return made("product", label, POUNDS, "cash", (monthly, waiting), "Borrowing rate / 12 x cost that waits")


def late_decisions(case: Case) -> Node:
    """Return the part of that cost that is due to late decisions."""
    parts = (waiting_for_money(case), waiting_for_money(case, prompt=True))
    words = "As decided - with prompt decisions"
    return made("difference", "Notional cost of late decisions", POUNDS, "cash", parts, words)


@remembered
def lowest_if_lost(case: Case) -> Node:
    """Return the lowest cash over every service lost at every date at which it may be."""
    found = losses(case.evaluation, case.inputs, case.comparison.terms, case.number)
    words = "Its receipts and cost stop; what accrued before still arrives, and the loss is paid in the month before"
    nodes = [
        Node(
            f"Lowest cash if {case.service(loss.service)} ends after {case.dates.label(loss.boundary - 1)}",
            loss.lowest,
            POUNDS,
            words,
            STAGE,
            "cash",
        )
        for loss in found
    ]
    label = "Lowest cash if one service is lost"
    if not nodes:
        return blank(label, POUNDS, "cash", "No service may be lost.")
    return made("minimum", label, POUNDS, "cash", tuple(nodes), "The lowest over every service and date")


@remembered
def policy(case: Case, year: int) -> Node:
    """Return the reserves that the policy asks for at a year's end."""
    organisation = case.scenario.organisation
    label = f"Reserves that the policy asks for, {case.years[year]}"
    if organisation.reserves_policy_months is None:
        return blank(label, POUNDS, "reserves", "No reserves policy was entered.")
    months = typed(
        "Reserves policy",
        organisation.reserves_policy_months,
        "months",
        "organisation.reserves_policy_months",
        organisation,
    )
    monthly = float(case.of(spending_a_month(case.evaluation, case.inputs))[year])
    words = "Spending of services, other activities and overdraft interest that the policy counts / months of the year"
    spending = Node(f"Spending a month, {case.years[year]}", monthly, "pounds a month", words, STAGE, "reserves")
    return made("product", label, POUNDS, "reserves", (spending, months), "Spending a month x months of the policy")
