"""Stage 11 of the method: receipts, the organisation's cash on every path, and its free reserves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tests.slow_reference.costs import Basis
from tests.slow_reference.figures import HALF, TWELVE, ZERO, Series, number, total
from tests.slow_reference.money import Money
from tests.slow_reference.plan import Plan


def arrival(money: Money, month: int, *, on_time: bool = False) -> int:
    """Return the month in which the payment that covers a month arrives; what fell due earlier arrives in month 0."""
    certainty, payment = money.course.certainty, money.contract.payment
    award = certainty.awards[certainty.own(month)]
    first = award.start + (month - award.start) // payment.interval_months * payment.interval_months
    last = min(first + payment.interval_months, award.end) - 1
    due = max(0, first if payment.timing == "advance" else last)
    days = int((number(payment.days) / 31).to_integral_value(ROUND_CEILING))
    return (due if on_time else max(due, award.decided_in)) + days


def received(money: Money, lost_at: int | None = None) -> Series:
    """Return what the funder pays in each month; nothing for the months after a loss."""
    arrived = [ZERO] * len(money.months)
    for month in money.months:
        when = arrival(money, month)
        if when in money.months and (lost_at is None or month < lost_at):
            arrived[when] += money.price[month]
    return arrived


def debtors(money: Money) -> Series:
    """Return what has accrued and has not arrived, negative when money came in advance."""
    owed, made = ZERO, []
    arrived, returned = received(money), money.underspend_returned()
    for month in money.months:
        owed += money.price[month] - arrived[month] - returned[month]
        owed += returned[month - 1] if month else ZERO
        made.append(owed)
    return made


def notional_financing(money: Money, *, on_time: bool = False) -> Series:
    """Return the notional interest on costs whose payment has not arrived, this month's counted at half."""
    borrowing = money.plan.organisation.borrowing_rate
    rate = ZERO if borrowing is None else number(borrowing) / TWELVE
    made = []
    for month in money.months:
        waiting = total(
            (HALF if earlier == month else 1) * money.continuing_cost(earlier)
            for earlier in range(month + 1)
            if arrival(money, earlier, on_time=on_time) > month
        )
        made.append(rate * waiting)
    return made


def service_flows(money: Money, lost_at: int | None = None) -> tuple[Series, Series]:
    """Return a service's cash in and out by month, its overhead left out of both; to its loss, if it is lost."""
    came, went = received(money, lost_at), [ZERO] * len(money.months)
    plan, course, service = money.plan, money.course, money.service
    returned = money.underspend_returned()
    for month in money.months:
        if lost_at is not None and month >= lost_at:
            # The letter or bid for the award that was not made had its cost all the same.
            went[month] += money.award_effort(month) if month == lost_at else ZERO
            continue
        came[month] += money.other_funders(month, ("match", "co_funding"))
        planned = plan.cost_now(service, month)
        recruited = plan.planned_recruitment(service, month, plan.calendar.year(month))
        went[month] += planned.direct - planned.non_cash - course.pay_not_spent(month) + course.cover(month)
        went[month] += course.lines_change(month) - course.lines_change(month, non_cash_only=True)
        went[month] += recruited + money.running_terms(month)
        if month + 1 in money.months:
            went[month + 1] += returned[month]
    if lost_at is not None:
        went[lost_at - 1] += course.loss(lost_at)
    return came, went


def shared_flows(plan: Plan) -> tuple[Series, Series]:
    """Return the cash in and out of pools and other activities."""
    came, went = [ZERO] * plan.calendar.months, [ZERO] * plan.calendar.months
    for month in range(plan.calendar.months):
        year = plan.calendar.year(month)
        for pool in plan.pools:
            cost = plan.cost(pool, month, Basis(year))
            went[month] += cost.direct - cost.non_cash
        if plan.charged_pool is not None:
            charges = plan.levy_of_year(year, year) - plan.allowance_of_year(year, year)
            went[month] += charges / len(plan.calendar.months_of(year))
        for name, activity in plan.activities.items():
            own = total(plan.activity_cost(activity, year))
            went[month] += own
            if activity.income is None:
                came[month] += own + plan.overhead(name, month)
            else:
                came[month] += number(activity.income) * plan.economy.index("cpi", year) / TWELVE
    return came, went


@dataclass
class Balance:
    """Cash and interest month by month."""

    cash: Series
    interest: Series


def balance(plan: Plan, came: Series, went: Series) -> Balance:
    opening = plan.organisation.opening_cash
    cash = ZERO if opening is None else number(opening)
    borrowing = plan.organisation.borrowing_rate
    rate = ZERO if borrowing is None else number(borrowing) / TWELVE
    made = Balance([], [])
    for inwards, outwards in zip(came, went, strict=True):
        interest = rate * max(ZERO, -cash)
        cash = cash + inwards - outwards - interest
        made.cash.append(cash)
        made.interest.append(interest)
    return made


def balance_of(plan: Plan, every: list[Money], lost: int | None = None, lost_at: int | None = None) -> Balance:
    """Return the organisation's balance when all continues, or when one service is lost at a boundary."""
    came, went = shared_flows(plan)
    for index, money in enumerate(every):
        boundary = lost_at if index == lost else None
        inwards, outwards = service_flows(money, boundary)
        for month in money.months:
            came[month] += inwards[month]
            went[month] += outwards[month]
            if boundary is not None and month >= boundary:
                went[month] -= plan.overhead(money.service, month)
    return balance(plan, came, went)


def activity_surplus(plan: Plan, month: int) -> Decimal:
    """Return what the other activities with an income of their own leave over in a month."""
    year = plan.calendar.year(month)
    left = ZERO
    for name, activity in plan.activities.items():
        if activity.income is not None:
            income = number(activity.income) * plan.economy.index("cpi", year) / TWELVE
            left += income - total(plan.activity_cost(activity, year)) - plan.overhead(name, month)
    return left


def free_reserves(plan: Plan, every: list[Money], interest: Series) -> Series:
    """Return free reserves by month: restricted income meets cost first; carried money is not free."""
    opening = plan.organisation.opening_free_reserves
    at_year_end = ZERO if opening is None else number(opening)
    held = [number(plan.services[money.service].opening_restricted_funds) for money in every]
    returned = [money.underspend_returned() for money in every]
    carried = [money.underspend_carried() for money in every]
    made = []
    for year in range(plan.calendar.years):
        restricted, unrestricted, cost = ([ZERO] * len(every) for _ in range(3))
        general = ZERO
        now = at_year_end
        for month in plan.calendar.months_of(year):
            general += activity_surplus(plan, month) - interest[month]
            now = at_year_end + general
            for index, money in enumerate(every):
                main = money.price[month] - returned[index][month]
                others = plan.services[money.service].other_funders
                days = len(plan.calendar.months_of(year))
                tied = total(
                    number(funder.amount_by_year[year]) / days
                    for funder in others
                    if funder.income_restricted and year < len(funder.amount_by_year)
                )
                free = money.other_funders(month) - tied
                if money.contract.price.income_restricted:
                    tied += main
                else:
                    free += main
                restricted[index] += tied
                unrestricted[index] += free
                cost[index] += money.continuing_cost(month)
                unmet = max(ZERO, cost[index] - held[index] - restricted[index])
                now += unrestricted[index] - unmet
            carried_over = total(
                held_over[month]
                for money, held_over in zip(every, carried, strict=True)
                if not money.contract.price.income_restricted
            )
            made.append(now - carried_over)
        at_year_end = now
        held = [max(ZERO, held[index] + restricted[index] - cost[index]) for index in range(len(every))]
    return made
