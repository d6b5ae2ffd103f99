"""Cash and reserves: when money comes and goes, and what is left.

``cash = opening + received - paid - overdraft interest``; a month's price is received as the payment terms say; costs
but non-cash lines are paid in their month; underspend is repaid in the month after; other funders pay evenly and
gifts in kind move no cash. Interest = ``borrowing_rate / 12 x max(0, -cash at the month's opening)``.

Notional cost of waiting = ``borrowing_rate / 12 x unpaid``, unpaid = cost of months so far whose payment has not
arrived, this month's at half; shown, never added.

Free reserves: by service, restricted income (with what is left of it from earlier years, before the start too) meets
cost first; what it does not meet by the year's end comes out of free reserves; unrestricted income adds to them;
money carried for later years does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from funding_model.costing.arrays import (
    Floats,
    Ints,
    after_month_0,
    minus,
    part_of,
    pick,
    plus,
    running_total,
    times,
    to_back,
    to_front,
    total,
    zero_months,
)
from funding_model.costing.continuation import lost_at
from funding_model.costing.inputs import Calendar, Funds
from funding_model.units import MONTHS_A_YEAR


@dataclass(frozen=True)
class Flows:
    """What each service earns and costs as if it continues, pounds: axes (case, service, month)."""

    price: Floats
    cost: Floats
    not_cash: Floats
    returned: Floats
    kept: Floats
    """Price less what is returned."""
    carried: Floats
    other_funders: Floats
    other_in_kind: Floats
    other_restricted: Floats
    price_restricted: Floats
    """(case, service, 1): 1 when the contract's income is restricted."""
    received_index: Ints
    """(case, service, month) months whose price has arrived by the end of the month."""
    organisation: Floats
    """(case, month) what the rest of the organisation adds: the result of other activities, and the pools' costs as
    they are paid rather than as they are shared."""
    organisation_result: Floats
    """(case, month) surplus of other activities."""


@dataclass(frozen=True)
class Cash:
    """Money of the organisation when everything continues, pounds: axes (case, month) unless stated."""

    received: Floats
    """(case, service, month) from the contract."""
    paid: Floats
    """(case, service, month) costs and underspend repaid."""
    balance: Floats
    """Cash at the month's end."""
    interest: Floats
    flows: Flows
    restricted: Floats
    """(case, service, month) restricted income not yet spent."""
    free_reserves: Floats

    @cached_property
    def debtors(self) -> Floats:
        """What the funder owes less what is owed to it: axes (case, service, month)."""
        flows = self.flows
        return running_total(flows.price - flows.returned - self.received + repaid(flows.returned))[..., 1:]


def received_by_month(price: Floats, index: Ints) -> Floats:
    """Return what is received in each month: axes (case, service, month)."""
    sums = running_total(price)
    if len(index) > 1 or (index != index[:, :1]).any():
        arrived = to_front(pick(sums, index))
        received = np.empty_like(arrived)
        received[0] = arrived[0]
        np.subtract(arrived[1:], arrived[:-1], out=received[1:])
        return to_back(received)
    # Every service is paid at the same times: month by month, without setting out what has arrived.
    so_far, places = to_front(sums), index[0, 0].tolist()
    received = np.empty((len(places), *so_far.shape[1:]))
    for month, (before, place) in enumerate(pairwise([0, *places])):
        np.subtract(so_far[place], so_far[before], out=received[month])
    return to_back(received)


def repaid(returned: Floats) -> Floats:
    """Return underspend repaid: in the month after it was found."""
    months = returned.shape[-1]
    result = zero_months(returned.shape[:-1], months)
    first = to_front(returned)
    for month in np.flatnonzero(first[:-1].any(axis=(1, 2))).tolist():
        result[..., month + 1] = returned[..., month]
    return result


def balances(opening: float, net: Floats, rate: Floats) -> tuple[Floats, Floats]:
    """Return month-end cash and overdraft interest for net flows (case, ..., month) and a rate by case."""
    monthly_rate = (rate / MONTHS_A_YEAR).reshape(-1, *([1] * (net.ndim - 2)))
    shape = np.broadcast_shapes(net.shape[:-1], monthly_rate.shape)
    months = net.shape[-1]
    balance, interest = zero_months(shape, months), zero_months(shape, months)
    now = np.full(shape, opening)
    for month in range(months):
        charge = monthly_rate * np.maximum(0.0, -now)
        now = now + net[..., month] - charge
        balance[..., month], interest[..., month] = now, charge
    return balance, interest


def run_cash(flows: Flows, calendar: Calendar, funds: Funds) -> Cash:
    """Return cash and reserves month by month when everything continues."""
    received = received_by_month(flows.price, flows.received_index)
    paid = plus(minus(flows.cost, flows.not_cash), repaid(flows.returned))
    net_of_service = minus(received, minus(paid, minus(flows.other_funders, flows.other_in_kind)))
    net = total(net_of_service, 1) + flows.organisation
    balance, interest = balances(funds.opening_cash, net, funds.borrowing_rate)
    restricted, short = _restricted(flows, calendar, funds.opening_restricted)
    free_share = 1 - flows.price_restricted
    unrestricted = plus(part_of(free_share, flows.kept), minus(flows.other_funders, flows.other_restricted))
    earned = total(unrestricted, 1) + flows.organisation_result - interest
    free = (
        funds.opening_reserves
        + running_total(earned)[..., 1:]
        - total(plus(short, times(flows.carried, free_share)), 1)
    )
    return Cash(received, paid, balance, interest, flows, restricted, free)


def _restricted(flows: Flows, calendar: Calendar, opening: Floats) -> tuple[Floats, Floats]:
    """Return restricted income held and the cost so far that it did not meet: axes (case, service, month)."""
    net = to_front(minus(plus(part_of(flows.price_restricted, flows.kept), flows.other_restricted), flows.cost))
    held_all, short_all = np.empty(net.shape), np.empty(net.shape)
    left: Floats = np.broadcast_to(opening, net.shape[1:])
    short: Floats = np.zeros(net.shape[1:])
    year_ends = set(np.cumsum(calendar.months_of_year).tolist())
    for month, change in enumerate(net):
        left = left + change
        held, missing = held_all[month], short_all[month]
        np.maximum(0.0, left, out=held)
        np.subtract(held, left, out=missing)
        missing += short
        if month + 1 in year_ends:
            left, short = held, missing
    return to_back(held_all), to_back(short_all)


def notional_financing(cost: Floats, received_index: Ints, rate: Floats) -> Floats:
    """Return the notional cost of waiting for payment: axes (case, service, month)."""
    months = cost.shape[-1]
    so_far = np.arange(1, months + 1)
    sums = running_total(cost)
    waiting = received_index < so_far
    unpaid = sums[..., 1:] - pick(sums, np.minimum(received_index, so_far)) - 0.5 * cost * waiting
    return (rate / MONTHS_A_YEAR)[:, None, None] * unpaid


def along_path(flows: Flows, path: Floats, effort: Floats, loss: Floats) -> Flows:
    """Return the flows when each service ends where its path does, as ``lowest_if_lost`` has it for one of them.

    A service that is lost earns and costs nothing from then on. The letter or bid for the award that is not made stays
    spent, the loss costs what it costs in the month before it, and money carried at that moment stays owed.

    Args:
        flows: Flows as if everything continues.
        path: (case, service, month + 1) 1 while the service goes on, 0 from the boundary at which it is lost.
        effort: (case, service, month) cost of letters and bids.
        loss: (case, service, month) cost of losing the service along this path.
    """
    on = path[..., :-1]
    carried = times(on, flows.carried)
    if flows.carried.any():
        carried = carried + running_total(lost_at(path) * flows.carried)[..., :-1]
    return replace(
        flows,
        price=on * flows.price,
        cost=plus(on * minus(flows.cost, effort), plus(times(after_month_0(path), effort), loss)),
        not_cash=times(on, flows.not_cash),
        returned=times(on, flows.returned),
        kept=on * flows.kept,
        carried=carried,
        other_funders=times(on, flows.other_funders),
        other_in_kind=times(on, flows.other_in_kind),
        other_restricted=times(on, flows.other_restricted),
    )


def lowest_if_lost(
    flows: Flows,
    cash: Cash,
    loss_cost: Floats,
    lost: tuple[Ints, Ints],
    effort: Floats,
    opening_cash: float,
    rate: Floats,
) -> Floats:
    """Return the lowest cash when one service is lost at one boundary: axes (case, event).

    Args:
        flows: Flows as if everything continues.
        cash: Cash when everything continues.
        loss_cost: (case, service, month) what ending the service at the boundary after each month would cost.
        lost: Services and boundaries, two arrays (event,).
        effort: (case, service, month) cost of letters and bids; what was spent on the award not made stays spent.
        opening_cash: Pounds.
        rate: (case,) borrowing rate.
    """
    services, boundaries = lost
    months = flows.price.shape[-1]
    month = np.arange(months)
    net = (total(cash.received + flows.other_funders - flows.other_in_kind - cash.paid, 1) + flows.organisation)[
        :, None
    ]
    gone = month >= boundaries[:, None]
    still_paid = np.where(month == boundaries[:, None], np.broadcast_to(effort, flows.cost.shape)[:, services], 0.0)
    stopped = np.where(gone, (flows.cost - flows.not_cash)[:, services], 0.0) - still_paid
    earned = running_total(np.where(gone, 0.0, flows.price[:, services]))
    arrived = pick(earned, np.broadcast_to(flows.received_index, flows.price.shape)[:, services])
    received = np.diff(arrived, axis=-1, prepend=0.0)
    less_received = cash.received[:, services] - received
    less_other = np.where(gone, (flows.other_funders - flows.other_in_kind)[:, services], 0.0)
    less_repaid = np.where(month > boundaries[:, None], repaid(flows.returned)[:, services], 0.0)
    end_cost = np.where(month == boundaries[:, None] - 1, loss_cost[:, services], 0.0)
    changed = net - less_received - less_other + stopped + less_repaid - end_cost
    balance, _ = balances(opening_cash, changed, rate)
    lowest: Floats = balance.min(axis=-1)
    return lowest
