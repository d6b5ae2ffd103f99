"""The plan, whatever the contract: indices, quantities, and what they cost at the prices of some year."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Line, Stack


@dataclass(frozen=True)
class Outlook:
    """Indices by year, 1 in the first."""

    pay_index: Line
    price_index: Line
    deflator: Line
    indices: Stack
    """Yearly: pay, prices, fixed, then the lines' own rates."""

    def index(self, number: object, year: object) -> str:
        """Write an index of a year, by the cells that hold their numbers."""
        return f"INDEX({self.indices.years},{number},{year})"


@dataclass(frozen=True)
class Prices:
    """At the prices and pay steps of which year each month's and each year's quantities are costed."""

    name: str
    """Put into the titles of blocks; empty for each year at its own prices."""
    year_of_month: Line
    """Number of the year whose prices apply in the month, 1 for the first."""
    year_of_year: Line
    """Yearly: the same for the financial year."""
    steps_of_month: Line
    """Number of the year whose pay steps apply in the month."""
    cutoff: Line | None = None
    """Last month whose new posts, lines and rises of size count; None for no cut-off."""


@dataclass(frozen=True)
class Flow:
    """People in support and waiting, as if the service continues: by service and month."""

    opening: Stack
    exits: Stack
    starts: Stack
    closing: Stack
    waiting_opening: Stack
    gave_up: Stack
    waiting: Stack
    given: Stack


@dataclass(frozen=True)
class Planned:
    """Quantities of the plan, whatever the prices: axes by service and month."""

    active: Stack
    """By group of the services' posts: 1 while it stands."""
    support_active: Stack
    volume: Stack
    """Size in times what was entered."""
    heads: Stack
    senior_heads: Stack
    growth_heads: Stack
    """Heads of posts that start in the month and were not there in the first."""
    growth_senior_heads: Stack
    fte: Stack
    delivery_fte: Stack
    support_heads: Stack
    """By pool, as is the next one."""
    support_fte: Stack
    capacity: Stack
    referrals: Stack
    flow: Flow
    """People with every post filled and intake open."""


@dataclass(frozen=True)
class Pay:
    """What posts cost at some prices."""

    gross: Stack
    """By post type, pounds a year of one head, as are the next two."""
    nic: Stack
    pay: Stack
    group_pay: Stack
    """By group: pounds a month with every post filled."""
    group_ineligible_pay: Stack
    """By group: the part of it that the funder does not pay for."""
    planned_pay: Stack
    """By owner."""
    absence: Stack
    ineligible_absence: Stack
    staff_cost: Stack
    """By owner: pay and absence cover, with totals by year."""
    pay_bill: Line
    """Gross pay of all owners, with totals by year."""
    nic_bill: Line


@dataclass(frozen=True)
class Direct:
    """Direct cost of the services at some prices, by service with totals by year."""

    lines: Stack
    """By line."""
    line_cost: Stack
    ineligible_lines: Stack
    direct: Stack
    eligible_direct: Stack
    eligible_staff: Stack
    recruitment: Stack
    pool_lines: Stack
    """By pool, with totals by year."""
    support_lines: Stack
    """By line of the support pools."""


@dataclass(frozen=True)
class Overheads:
    """Who bears the support pools at some prices."""

    overhead_of_year: Stack
    """Yearly, by service and then by other activity."""
    overhead: Stack
    """By service and month, with totals by year."""
    from_pool: tuple[Stack, ...]
    """Yearly, for each pool: what it hands to each service and then to each other activity."""
    levy: Line
    """Yearly."""
    employment_allowance: Line
    own_cost: Stack
    """Yearly, before sharing: of each pool, service and other activity."""


@dataclass(frozen=True)
class Plan:
    """The plan costed at some prices: ``full_cost`` by service with totals by year."""

    prices: Prices
    pay: Pay
    support_pay: Pay
    direct: Direct
    overheads: Overheads
    full_cost: Stack
