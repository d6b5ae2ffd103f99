"""What a contract pays, what its terms cost, and what is left, in the accounts and at the bank."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Cell, Column, Line, Stack
from funding_model.report.workbook.handles.contracts import ByContract


@dataclass(frozen=True)
class Recognised:
    """By contract and service: what the funder's rule looks at, at each year's own prices."""

    excluded: tuple[tuple[Line | None, ...], ...]
    """Cost left out of the base of a rate; None where nothing is."""
    terms: ByContract
    """Costs of the terms that the price recognises."""


@dataclass(frozen=True)
class Pricing:
    """By contract and service, with totals by year."""

    recognised: Recognised
    price: ByContract
    fundable_cost: ByContract
    """Yearly."""


@dataclass(frozen=True)
class Terms:
    """By contract and service: what the terms cost the provider beyond recruitment, and the funder.

    What is called effort, letters and bids, is weighted by survival of the month before.
    """

    hour_value: Line
    effort: ByContract
    running: ByContract
    funder_effort: ByContract
    funder_running: ByContract


@dataclass(frozen=True)
class Accounts:
    """By contract and service, with totals by year: the provider's money."""

    underspend_returned: ByContract
    underspend_carried: ByContract
    """Held at the end of the month; contracts that carry nothing share a line."""
    other_funders: Stack
    """By service, the same for every contract."""
    running_terms: ByContract
    """With letters and bids, as if the service continues."""
    cost_of_terms: ByContract
    cost: ByContract
    income: ByContract
    surplus: ByContract
    surplus_posts_filled: ByContract


@dataclass(frozen=True)
class Money:
    """What cash and results read, by contract and service and month unless stated."""

    price: ByContract
    """As if the service continues, as are the next ones."""
    underspend_returned: ByContract
    underspend_carried: ByContract
    """Held at the end of the month."""
    pay_not_spent: ByContract
    cover: ByContract
    lines_change: ByContract
    running_terms: ByContract
    following_without_cash: ByContract
    """Lines that follow delivery and move no cash."""
    received: ByContract
    """Months whose price has arrived by the end of the month."""
    fundable_cost: ByContract
    """Yearly."""
    survival: ByContract
    """Chance that the service goes on in the month."""
    cost: ByContract
    """Weighted by survival, as are the next ones."""
    income: ByContract
    cost_of_terms: ByContract
    surplus_posts_filled: ByContract
    administration: ByContract
    competition_saving: ByContract
    starting: ByContract
    support_months: ByContract
    waiting: ByContract
    gave_up: ByContract
    cut_off: ByContract
    weeks_lost: ByContract
    heads: ByContract
    leavers: ByContract
    hires: ByContract
    notices: ByContract
    vacant: ByContract


@dataclass(frozen=True)
class FundsEntries:
    """The organisation's money, who else pays, and what other activities earn."""

    opening_cash: Cell
    opening_reserves: Cell
    minimum_cash: Cell
    borrowing_rate: Cell
    restricted: tuple[Column, ...]
    """By contract and service: 1 when the contract's income is restricted."""
    opening_restricted: Column
    """By service: what restricted income of earlier years has left over."""
    other_funders: Stack
    """Yearly, by service, as are the next two."""
    other_restricted: Stack
    other_in_kind: Stack
    activity_income: Column
    activity_breaks_even: Column


@dataclass(frozen=True)
class Cash:
    """By contract, when everything continues."""

    balance: Stack
    free_reserves: Stack
    interest: Stack
    net: Stack
    """Received less paid, before overdraft interest."""
    other_funders: Stack
    """By service, the same under every contract, as is the next one."""
    other_in_kind: Stack
    received: ByContract
    """By contract and service, as is the next one."""
    paid: ByContract
