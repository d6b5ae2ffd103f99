"""What a reader may change about the organisation, its services and the economy, and the conventions."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.book import Cell, Column, Line, Ruler, Stack
from funding_model.report.workbook.posts import Posts


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

    def standing(self, number: int, ruler: Ruler) -> str:
        """Write whether a line is there in the month."""
        month = ruler.month.now
        return f"({month}>={self.first[number]})*({month}<={self.last[number]})"


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
