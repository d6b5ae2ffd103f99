"""Contracts: what a reader may change about them, and when awards, cycles and prices run."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Cell, Column, Line, Stack

ByContract = tuple[Stack, ...]
"""One stack for each contract.

Services with the same terms share a line: name the lines of such a stack one by one, ``[contract][service]``, and not
as a range.
"""
CellsByContract = tuple[Column, ...]
"""A cell for each contract and service; services with the same terms share one."""


@dataclass(frozen=True)
class AwardEntries:
    """The terms that shape awards, decisions and payments, by contract and service: shared by those with the same."""

    months: CellsByContract
    extensions: CellsByContract
    extension_months: CellsByContract
    first_entered: CellsByContract
    """Whether the award in force in the first month has an end of its own, as are the next two."""
    first_end: CellsByContract
    """Number of its last month."""
    extensions_used: CellsByContract
    lead: CellsByContract
    """Months between a decision and the start of its award; negative when late."""
    competed: CellsByContract
    letters_for_extensions: CellsByContract
    renewal_probability: CellsByContract
    extension_probability: CellsByContract
    break_right: CellsByContract
    break_notice: CellsByContract
    break_probability: CellsByContract
    break_credibility: CellsByContract
    at_risk: CellsByContract
    interval: CellsByContract
    arrears: CellsByContract
    payment_lag: CellsByContract
    competition_cost: CellsByContract
    competition_saving: CellsByContract
    cycle_months: CellsByContract
    """Worked out: the initial award and its extensions."""
    cycle_start: CellsByContract
    """Worked out: boundary at which the cycle in force in the first month started, 0 or less."""


@dataclass(frozen=True)
class Awards:
    """When awards run, are decided and are paid, by contract and service. Boundary ``b`` is the end of month ``b``."""

    cycle_start: ByContract
    """Boundary at which the cycle of the month's award started."""
    extension: ByContract
    """Number of the extension in force, 0 in the initial award."""
    award_start: ByContract
    """Boundary at which the month's award started."""
    award_end: ByContract
    undecided: ByContract
    end_ahead: ByContract
    """Months of confirmed funding ahead of the middle of the month."""
    letters: ByContract
    bids: ByContract
    renewal: ByContract
    """1 when a further cycle starts at the end of the month."""
    extended: ByContract
    """1 when an extension starts at the end of the month."""
    break_point: ByContract
    """1 when the funder may break the award at the end of the month."""
    months_of_notice: ByContract
    """Months between decision and end, if the service ends with the month."""
    months_late: ByContract
    received: ByContract
    """Months whose price has arrived by the end of the month."""
    received_on_time: ByContract
    """The same with prompt decisions."""


@dataclass(frozen=True)
class TermsEntries:
    """What a contract says, for the services to which it says the same; what is fixed has no cell to enter."""

    contract: int
    label: str
    """The contract, and the services where not all of them are on these terms."""
    services: tuple[int, ...]
    rolled_forward: bool
    forecast: bool
    has_current: bool
    by_volume: bool
    carries_underspend: bool
    increments_recognised: bool
    planned_establishment: bool
    actual_overhead: Cell
    capped: Cell
    overhead_limit: Cell
    """Most overhead for each pound of eligible direct cost, where it is capped."""
    flat_on_direct: Cell
    flat_on_staff: Cell
    funded_share: Cell
    margin: Cell
    recognises_recruitment: Cell
    recognises_monitoring: Cell
    recognises_closing: Cell
    excluded: tuple[Cell, ...]
    """For each category that some contract leaves out of the base of its rate: whether this one does."""
    current: Cell
    renewal_uplift: Cell
    volume_follows: Cell
    rate: Cell
    pay_weight: Cell
    price_weight: Cell
    cap: Cell
    floor: Cell
    lag: Cell
    kept: Cell
    returns: Cell
    return_hours: Cell
    return_hours_funder: Cell
    variation_hours: Cell
    chance_of_change: Cell
    schedule: Line | None
    """Yearly, as are the next ones; None where there is none."""
    factor: Line | None
    follows_last_year: Line | None
    last_year_factor: Line | None


@dataclass(frozen=True)
class EffortEntries:
    """Hours and pounds of letters, bids, returns, notices and variations."""

    bought_in: Cell
    provider_hour: Cell
    provider_hour_entered: Cell
    funder_hour: Cell
    letter: Cell
    letter_funder: Cell
    bid: Cell
    bid_funder: Cell
    bid_external: Cell
    notice: Cell
    variation_funder: Cell


@dataclass(frozen=True)
class ContractEntries:
    """Everything that a reader may change about the contracts."""

    sets: tuple[TermsEntries, ...]
    """Each contract, once for all services that it treats alike."""
    of: tuple[tuple[int, ...], ...]
    """By contract and service: the number of the terms that hold."""
    effort: EffortEntries
    earlier_pay_growth: Column
    """Growth into the years before the first, the last of them first."""
    earlier_price_growth: Column
    meeting_cost: tuple[Line | None, ...]
    """By service, yearly: other funders that meet cost which the contract would pay for; None where there are none."""
    exit_lines: tuple[tuple[tuple[Cell, Cell], ...], ...]
    """By service: amount and number of the index of each sum of exit lines that a price may recognise."""


@dataclass(frozen=True)
class PriceCalendar:
    """Where the price of each month stands in its award and cycle, for each set of terms.

    A *segment* is a stretch of months with one price: it begins with an award and with each price year of a cycle.
    """

    place: Stack
    """Months of the cycle before this one."""
    begins: Stack
    """1 in the first month of a segment."""
    opens_cycle: Stack
    """1 in the first month of a cycle, and in the first of all."""
    new_price_year: Stack
    """1 in the first month of a price year that is not the cycle's first."""
    last_month: Stack
    """Number of the segment's last month within the horizon."""
    ends: Stack
    """1 in that month."""
    goes_on: Stack
    """1 in that month when the award goes on after it, within the horizon."""
    months: Stack
    """Months of the segment within the horizon."""
    whole_months: Stack
    """Months of the segment, those outside the horizon included."""
    award_year: Stack
    """Number of the financial year in which the cycle began, as are the prices agreed in it."""
    price_year: Stack
    """Number of the financial year in which the price year began."""
    first_cycle: Stack
