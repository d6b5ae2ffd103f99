"""Handles: what each stage gives to the next, by the names that the stages have in the costing room.

A ``Stack`` by service has one line for each service, in the order of the scenario. A handle by contract is a tuple of
stacks, one for each contract in the order of the comparison: ``staffing.vacant_mean[contract][group]``. The engine's
arrays have the case of a contract at the same number.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Cell, Column, Line, Stack
from funding_model.report.workbook.posts import Posts

ByContract = tuple[Stack, ...]
"""One stack for each contract.

Services with the same terms share a line: name the lines of such a stack one by one, ``[contract][service]``, and not
as a range.
"""
CellsByContract = tuple[Column, ...]
"""A cell for each contract and service; services with the same terms share one."""


@dataclass(frozen=True)
class Constants:
    """Conventions of the model as named cells, so that no formula holds a number of its own."""

    months_a_year: Cell
    weeks_a_year: Cell
    days_a_year: Cell
    pay_weeks_a_year: Cell
    first_month_of_year: Cell
    middle_of_month: Cell
    """How much of a month lies before its middle, from which certainty is counted."""
    penny: Cell
    """The largest difference that a check forgives, pounds."""


@dataclass(frozen=True)
class BehaviourEntries:
    """The assumptions about staff and the end of a service, by service, as ``costing.inputs.Behaviour`` has them."""

    turnover: Column
    extra_turnover: Column
    opening_vacancy: Column
    opening_vacancy_entered: Column
    months_to_fill: Column
    secure_months: Column
    freeze_months: Column
    close_intake_months: Column
    open_at_risk: Column
    pause_share: Column
    cover_share: Column
    cover_premium: Column
    cost_per_hire: Column
    cost_per_hire_senior: Column
    all_in: Column
    induction_months: Column
    induction_loss: Column
    redeployed: Column
    pension_cessation: Column


@dataclass(frozen=True)
class PeopleEntries:
    """The people whom each service supports, by service, as ``costing.inputs.People`` has them."""

    counted: Column
    caseload: Column
    length: Column
    opening_caseload: Column
    opening_entered: Column
    opening_waiting: Column
    referrals: Column
    """People a month at the size that was entered."""
    most_starts: Column
    gives_up: Column


@dataclass(frozen=True)
class PostEntries:
    """Posts of services, or of support pools."""

    layout: Posts
    salary: Stack
    """By post type, yearly: full-time salary after the steps taken, in the first year's prices."""
    fte: Column
    """By post type, as are the next ones."""
    pension_rate: Column
    qualifying: Column
    extra_rate: Column
    absence_rate: Column
    eligible: Column
    senior: Column
    delivery_share: Column
    contractual_notice: Column
    redundancy_multiple: Column
    redundancy_capped: Column
    redundancy_minimum: Column
    heads: Column
    """By post of a team: heads at the size that was entered, headcount x share of time."""
    layer_size: Column
    """By layer, as are the next two."""
    layer_first: Column
    layer_last: Column
    group_size: Column
    """By group, as are the next ones."""
    group_first: Column
    group_last: Column
    group_heads: Column
    group_senior_heads: Column
    group_fte: Column
    group_delivery_fte: Column


@dataclass(frozen=True)
class LineEntries:
    """Lines of cost that are not pay, sorted by owner."""

    owner: tuple[int, ...]
    basis: tuple[int, ...]
    """OF_ITSELF, FOR_EACH_START or FOR_EACH_FTE: part of the structure."""
    one_off: tuple[bool, ...]
    amount: Column
    """Pounds a month, or once, or for each start or delivery FTE a month, in the first year's prices."""
    index: Column
    """Number of the index that moves it, 1 for pay."""
    first: Column
    last: Column
    eligible: Column
    cash: Column

    def of(self, owner: int) -> range:
        """Return the numbers of an owner's lines."""
        found = [number for number, each in enumerate(self.owner) if each == owner]
        return range(found[0], found[-1] + 1) if found else range(0)


@dataclass(frozen=True)
class Entered:
    """Everything that a reader may change."""

    services: tuple[str, ...]
    pools: tuple[str, ...]
    activities: tuple[str, ...]
    contracts: tuple[str, ...]
    constants: Constants
    behaviour: BehaviourEntries
    support_cover_premium: Cell
    people: PeopleEntries
    posts: PostEntries
    support_posts: PostEntries
    lines: LineEntries
    support_lines: LineEntries
    full_time_hours: Cell
    activity_staff: Column
    activity_other: Column
    activity_heads: Column
    activity_pay: Column
    driver_quantities: tuple[Column, ...]
    """By pool: the quantity of its driver that each unit uses, pools first, then services, then activities."""
    unit_fte: Column
    """By unit, for those without posts."""
    unit_heads: Column
    pay_growth: Line
    """Yearly: growth into the year, as are the next two."""
    price_growth: Line
    deflator_growth: Line
    own_rates: Column
    """Growth a year of lines with a rate of their own; empty where there are none."""
    discount_rate: Cell
    nic_rate: Stack
    """Yearly, one line for each part of a year between changes of statutory rates, as are the next ones."""
    nic_threshold: Stack
    pension_trigger: Stack
    pension_lower: Stack
    pension_upper: Stack
    levy_rate: Line
    levy_allowance: Line
    employment_allowance: Line


@dataclass(frozen=True)
class Outlook:
    """Indices by year, 1 in the first."""

    pay_index: Line
    price_index: Line
    deflator: Line
    indices: Stack
    """Yearly: pay, prices, fixed, then the lines' own rates; the block ``indices.years`` has a row for each."""


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


@dataclass(frozen=True)
class Certainty:
    """By contract and service, between 0 and 1."""

    insecure: ByContract
    frozen: ByContract
    closed: ByContract
    undecided: ByContract


@dataclass(frozen=True)
class Survival:
    """The chance that a service goes on, by contract and service."""

    survival: ByContract
    """At the start of the month."""
    survival_after: ByContract
    """At its end."""


@dataclass(frozen=True)
class Staffing:
    """By contract; the vacant shares by group of posts, the others by service."""

    leaving_rate: ByContract
    filling_rate: ByContract
    vacant_start: ByContract
    vacant_mean: ByContract
    vacant_end: ByContract
    vacant_heads: ByContract
    vacant_senior_heads: ByContract
    vacant_delivery_fte: ByContract
    induction_lost_fte: ByContract
    pay_not_spent: ByContract
    ineligible_pay_not_spent: ByContract
    cover: ByContract
    recruitment: ByContract
    leavers: ByContract
    hires: ByContract


@dataclass(frozen=True)
class Delivery:
    """By contract and service, as if it continues."""

    staffed: ByContract
    inducted: ByContract
    capacity: ByContract
    flow: tuple[Flow, ...]
    """For each contract."""
    given_intake_open: ByContract
    lines_change: ByContract
    eligible_lines_change: ByContract
    weeks_lost: dict[str, ByContract]
    """By cause, weighted by survival."""


@dataclass(frozen=True)
class Continuation:
    """By contract and service: survival at the end of the month before, and what an end would cost."""

    survival: ByContract
    """At the start of the month."""
    survival_after: ByContract
    """At its end."""
    redundancy: ByContract
    notice: ByContract
    notices: ByContract
    """Heads under protective notice in the award's last month."""
    cost_if_lost: ByContract
    """What an end with the month would cost, nil where nothing can end it."""
    cost_of_loss: ByContract
    """That times the fall of survival, with totals by year."""


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
    received: ByContract
    """By service, as is the next one."""
    paid: ByContract
