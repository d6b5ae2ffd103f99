"""The arrays that the core takes: everything entered, as numbers with stated axes.

Axes: ``C`` cases (1, or the number of cases in a batch), ``S`` services, ``K`` support pools, ``O`` other activities,
``M`` months, ``Y`` financial years, ``E`` periods (a financial year, or a part of one between changes of statutory
rates), ``P`` parts of posts, ``R`` layers (the parts of one owner with the same first and last month form a row of
the grid (layer, owner)), ``I`` indices that move prices, ``V`` contracts (1, or as many as cases). An array marked
*cases* has the case axis first and may have length 1 there: it is then the same for every case.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar, cast

import numpy as np

from funding_model.costing.arrays import Flags, Floats, Ints

LAG = 3
"""Years before year 0 that a growth path also holds, for lagged uplifts."""
PAY, PRICES, FIXED = 0, 1, 2
"""The first indices of every table of indices; own rates follow them."""
OF_ITSELF, FOR_EACH_START, FOR_EACH_FTE = 0, 1, 2
"""What a line's amount is multiplied by: nothing, people starting, delivery FTE."""
AllocationMethod = Literal["direct", "step_down", "reciprocal", "single_rate"]


def _cases() -> Any:  # noqa: ANN401 - dataclasses.field returns whatever the attribute is
    return field(metadata={"cases": True})


@dataclass(frozen=True)
class Calendar:
    """Months, financial years and the periods between changes of statutory rates."""

    months: int
    year_of_month: Ints  # (M,)
    months_of_year: Ints  # (Y,)
    period_of_month: Ints  # (M,)
    year_of_period: Ints  # (E,)
    part_of_period: Ints  # (E,) which part of its year, into the statutory tables

    @property
    def years(self) -> int:
        """Number of financial years, part-years included."""
        return len(self.months_of_year)


@dataclass(frozen=True)
class Economy:
    """Growth paths; entry ``LAG + y`` of a path is the growth into year ``y``."""

    pay_growth: Floats = _cases()  # (C, LAG + Y)
    price_growth: Floats = _cases()  # (C, LAG + Y)
    deflator_growth: Floats = _cases()  # (C, LAG + Y)
    own_rates: Floats = _cases()  # (C, I - 3) growth a year of lines with their own rate
    discount_rate: Floats = _cases()  # (C,)


@dataclass(frozen=True)
class Statutory:
    """Statutory figures: by year and part of the year, by year, or by month; pounds a year unless stated."""

    nic_rate: Floats  # (Y, Z) fraction
    nic_threshold: Floats  # (Y, Z)
    pension_trigger: Floats  # (Y, Z)
    pension_lower: Floats  # (Y, Z)
    pension_upper: Floats  # (Y, Z)
    levy_rate: Floats  # (Y,) fraction
    levy_allowance: Floats  # (Y,)
    employment_allowance: Floats  # (Y,) 0 when not claimed
    week_pay_cap: Floats  # (M,) pounds a week, on the month's last day


@dataclass(frozen=True)
class Parts:
    """Parts of posts of one kind of owner (services or pools), sorted by grid row (layer, owner)."""

    owner: Ints  # (P,)
    post: Ints  # (P,) number of the post that it is a part of, among the posts of this kind of owner
    like: Ints  # (P,) first part with the same pay for each head
    row: Ints  # (P,) layer x owners + owner
    heads: Floats  # (P,)
    fte: Floats  # (P,) of each head
    salary: Floats  # (P, Y) full-time, after the steps taken in year y, in year-0 prices
    pension_rate: Floats  # (P,)
    qualifying: Flags  # (P,) pension on the band of qualifying earnings
    extra_rate: Floats  # (P,) deficit and other on-costs
    absence_rate: Floats  # (P,)
    eligible: Flags  # (P,)
    senior: Flags  # (P,)
    contractual_notice: Floats  # (P,) weeks
    redundancy_multiple: Floats  # (P,)
    redundancy_capped: Flags  # (P,)
    redundancy_minimum: Ints  # (P,) years
    hire_age: Ints  # (P,) age at which new starters are hired; -1 when no cohorts are entered
    cohort_part: Ints  # (J,)
    cohort_share: Floats  # (J,) of the part's heads
    cohort_years: Ints  # (J,)
    cohort_age: Ints  # (J,)
    start: Ints  # (R, N) first month of the row
    active: Floats  # (R, N, M) 0 or 1
    present_at_start: Flags  # (R, N) there in month 0
    row_heads: Floats  # (R, N)
    row_senior_heads: Floats  # (R, N)
    row_fte: Floats  # (R, N)
    row_delivery_fte: Floats  # (R, N)

    @property
    def layer(self) -> Ints:
        """(P,) layer of the grid in which each part stands."""
        layers: Ints = self.row // self.start.shape[1]
        return layers


@dataclass(frozen=True)
class Lines:
    """Non-pay lines of one kind of owner, one entry a line, in year-0 prices."""

    owner: Ints  # (L,)
    index: Ints  # (L,) which index moves it
    basis: Ints  # (L,) OF_ITSELF, FOR_EACH_START or FOR_EACH_FTE
    amount: Floats  # (L,) pounds a month while active (for each start, for each delivery FTE); a one-off's whole amount
    one_off: Flags  # (L,)
    start: Ints  # (L,)
    end: Ints  # (L,) first month after
    eligible: Flags  # (L,)
    cash: Flags  # (L,)
    excluded_group: Ints  # (L,) into the groups of excluded categories, -1 for none
    volume: Floats  # (N, M) size in times what was entered
    exit_cost: Floats  # (I, N) pounds, due when the service ends
    exit_eligible: Floats  # (I, N) the part of it that the funder may recognise


@dataclass(frozen=True)
class Spread:
    """Lines spread over the months: axes (basis, index, owner, month), pounds of year-0 prices."""

    everything: Floats
    ineligible: Floats
    not_cash: Floats
    excluded: Floats  # (group, basis, index, owner, month) eligible amounts in excluded categories


@dataclass(frozen=True)
class Overheads:
    """How support costs are shared: units are pools, then services, then other activities."""

    method: AllocationMethod
    order: tuple[int, ...]  # of the pools, for step-down
    driver: tuple[str, ...]  # (K,) fte | headcount | direct_cost | direct_staff_cost | accumulated_cost | entered
    entered: Floats  # (K, U) quantities of the driver of each pool, for entered ones
    entered_fte: Floats  # (U,) for units without posts
    entered_heads: Floats  # (U,)
    single_rate_base: str  # direct_cost | direct_staff_cost | fte
    employer_charges_pool: int  # pool that holds levy and allowance; -1 for none
    shed_after: Floats = _cases()  # (C, K) months until a pool's share of a lost service is shed


@dataclass(frozen=True)
class OtherActivities:
    """What else the organisation does, pounds a year in year-0 prices."""

    staff_cost: Floats  # (O,)
    other_cost: Floats  # (O,)
    heads: Floats  # (O,)
    mean_pay: Floats  # (O,)
    income: Floats  # (O,)
    breaks_even: Flags  # (O,)


@dataclass(frozen=True)
class Behaviour:
    """Assumptions about staff, recruitment and the end of a service, by service."""

    turnover: Floats = _cases()  # (C, S)
    extra_turnover: Floats = _cases()  # (C, S)
    opening_vacancy: Floats = _cases()  # (C, S)
    opening_vacancy_entered: Flags = _cases()  # (C, S)
    months_to_fill: Floats = _cases()  # (C, S)
    secure_months: Floats = _cases()  # (C, S) 0 when blank
    freeze_months: Floats = _cases()  # (C, S)
    close_intake_months: Floats = _cases()  # (C, S)
    open_at_risk: Floats = _cases()  # (C, S)
    pause_share: Floats = _cases()  # (C, S)
    cover_share: Floats = _cases()  # (C, S)
    cover_premium: Floats = _cases()  # (C, S)
    support_cover_premium: Floats = _cases()  # (C, 1) for pools
    cost_per_hire: Floats = _cases()  # (C, S)
    cost_per_hire_senior: Floats = _cases()  # (C, S)
    all_in: Flags = _cases()  # (C, S)
    induction_months: Floats = _cases()  # (C, S)
    induction_loss: Floats = _cases()  # (C, S) 1 - productivity
    redeployed: Floats = _cases()  # (C, S)
    pension_cessation: Floats = _cases()  # (C, S)


@dataclass(frozen=True)
class People:
    """The people whom each service supports."""

    counted: Flags  # (S,) whether the service has a people's side
    caseload: Floats = _cases()  # (C, S) people for each delivery FTE
    length: Floats = _cases()  # (C, S) months
    opening_caseload: Floats = _cases()  # (C, S)
    opening_entered: Flags = _cases()  # (C, S)
    opening_waiting: Floats = _cases()  # (C, S)
    referrals: Floats = _cases()  # (C, S, M)
    most_starts: Floats = _cases()  # (C, S)
    gives_up: Floats = _cases()  # (C, S)


@dataclass(frozen=True)
class Effort:
    """Hours and pounds of letters, bids, returns, notices and variations."""

    bought_in: bool
    provider_hour: Floats = _cases()  # (C,)
    provider_hour_entered: Flags = _cases()  # (C,)
    funder_hour: Floats = _cases()  # (C,) 0 when blank
    letter: Floats = _cases()  # (C,) hours
    letter_funder: Floats = _cases()  # (C,)
    bid: Floats = _cases()  # (C,)
    bid_funder: Floats = _cases()  # (C,)
    bid_external: Floats = _cases()  # (C,) pounds
    notice: Floats = _cases()  # (C,) hours a head
    variation_funder: Floats = _cases()  # (C,)


@dataclass(frozen=True)
class Funds:
    """The organisation's money and who else pays for its services."""

    opening_cash: float
    opening_reserves: float
    minimum_cash: float
    policy_months: float
    policy_on_unrestricted: bool
    opening_restricted: Floats  # (S,) left over from restricted income of earlier years
    other_funders: Floats  # (S, M)
    other_restricted: Floats  # (S, M)
    other_meeting_cost: Floats  # (S, M) co-funding and gifts in kind
    other_in_kind: Floats  # (S, M)
    borrowing_rate: Floats = _cases()  # (C,)


@dataclass(frozen=True)
class Inputs:
    """A scenario as arrays."""

    calendar: Calendar
    economy: Economy
    central_economy: Economy
    statutory: Statutory
    staff: Parts
    support: Parts
    lines: Lines
    spread: Spread
    """The services' lines with nothing cut off."""
    support_spread: Spread
    overheads: Overheads
    other: OtherActivities
    behaviour: Behaviour
    people: People
    effort: Effort
    funds: Funds
    full_time_hours: float
    exclusion_groups: int


T = TypeVar("T")


@cache
def _layout(kind: Hashable) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a dataclass, and whether each is an array with a case axis."""
    return tuple((item.name, bool(item.metadata.get("cases"))) for item in fields(cast("Any", kind)))


def _is_group(part: object) -> bool:
    return hasattr(type(part), "__dataclass_fields__")


def map_cases(value: T, change: Any) -> T:  # noqa: ANN401 - a function of one array
    """Return a dataclass with ``change`` applied to each array that has a case axis; what stays as it is, is shared."""
    changes: dict[str, Any] = {}
    for name, has_cases in _layout(cast("Hashable", type(value))):
        part = getattr(value, name)
        made = part
        if has_cases:
            made = change(part)
        elif _is_group(part):
            made = map_cases(part, change)
        if made is not part:
            changes[name] = made
    return cast("T", replace(cast("Any", value), **changes)) if changes else value


def number_of_cases(*values: object) -> int:
    """Return the number of cases that these inputs hold together."""
    sizes = {len(array) for value in values for array in _by_case(value)} - {1}
    if len(sizes) > 1:
        raise ValueError(f"arrays hold different numbers of cases: {sorted(sizes)}")
    return sizes.pop() if sizes else 1


def bytes_by_case(value: object) -> int:
    """Return the memory of the arrays that hold more than one case."""
    return sum(array.nbytes for array in _by_case(value) if len(array) > 1)


def _by_case(value: object) -> Iterator[Floats]:
    """Yield the arrays with a case axis."""
    for name, has_cases in _layout(cast("Hashable", type(value))):
        part = getattr(value, name)
        if has_cases:
            yield part
        elif _is_group(part):
            yield from _by_case(part)


def slice_cases(value: T, start: int, stop: int) -> T:
    """Return the inputs of cases ``start`` to ``stop``; an array that is the same for every case stays as it is."""
    return map_cases(value, lambda array: array if len(array) == 1 else array[start:stop])


def stack_cases(values: list[T]) -> T:
    """Join inputs that differ only in arrays with a case axis into one batch.

    Raises:
        ValueError: Something without a case axis differs.
    """
    first = values[0]
    changes: dict[str, Any] = {}
    for item in fields(cast("Any", first)):
        parts = [getattr(value, item.name) for value in values]
        if is_dataclass(parts[0]):
            changes[item.name] = stack_cases(parts)
        elif item.metadata.get("cases"):
            same = all(np.array_equal(part, parts[0]) for part in parts) and len(parts[0]) == 1
            changes[item.name] = parts[0] if same else np.concatenate(parts)
        elif not all(np.array_equal(part, parts[0]) for part in parts):
            raise ValueError(f"{item.name} differs between the cases and has no case axis")
    return cast("T", replace(cast("Any", first), **changes))
