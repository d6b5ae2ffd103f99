"""The organisation: reserves, cash, support pools and whatever else it does."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from funding_model.problems import Problem
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.fields import (
    Fraction,
    Heads,
    HoursAWeek,
    Months,
    Name,
    Pounds,
    Quantity,
    SignedPounds,
    Sourced,
    Text,
    YearMonth,
    refusal,
)

AllocationMethod = Literal["direct", "step_down", "reciprocal", "single_rate"]
PoolCategory = Literal["premises_and_office", "central_functions", "governance_and_strategy", "fundraising"]
BUILT_IN_DRIVERS = ("fte", "headcount", "direct_cost", "direct_staff_cost", "accumulated_cost")
"""Drivers worked out from posts and costs; every other driver is a quantity that you enter."""
STAFF_DRIVERS = ("fte", "headcount")
PER_SERVICE = {"person_starting": "people start support", "delivery_fte": "posts carry a caseload"}
"""What an amount may be for in a service only, and what else a service has: a pool has neither."""


class Pool(Sourced):
    """A pool of support costs that several services use."""

    name: Name
    """What the pool is."""
    category: PoolCategory
    """Where it stands in the order in which support costs are shared out."""
    lines: tuple[Line, ...] = ()
    """Its non-pay costs."""
    posts: tuple[Post, ...] = ()
    """Its posts."""
    driver: Name
    """What its cost is shared by: fte, headcount, direct_cost, direct_staff_cost, accumulated_cost (step-down only),
    or a quantity that every user has entered, such as floor_area or time."""
    rationale: Text = ""
    """Why this driver is fair."""
    shed_after_months: Months | None = None
    """Months after a service is lost until its share of this pool is saved; blank takes the stranded months."""
    driver_quantities: dict[Name, Quantity] = Field(default_factory=dict)
    """How much of each driver this pool itself uses."""

    @model_validator(mode="after")
    def _check_the_lines(self) -> Pool:
        """A pool supports no people and does not end, so what depends on either would cost nothing."""
        problems = []
        for number, line in enumerate(self.lines, start=1):
            if line.per in PER_SERVICE:
                message = f"no {PER_SERVICE[line.per]} in a support pool, so this line would cost nothing."
                remedy = "Enter the line in the services that need it, or the pool's amount per month, year or once."
                problems.append(Problem(f"lines.{number}.per", message, remedy))
            if line.kind == "exit":
                message = "an exit cost falls when a service ends, and a support pool does not end with one."
                remedy = "Enter the line in the service, or say in shed_after_months how long the pool's cost goes on."
                problems.append(Problem(f"lines.{number}.kind", message, remedy))
        if problems:
            raise refusal(*problems)
        return self


class OtherActivity(Sourced):
    """Something else that the organisation does and that shares its support costs."""

    name: Name
    """What it is."""
    staff_cost: Pounds = 0.0
    """Staff cost a year with on-costs, in the first year's prices."""
    other_cost: Pounds = 0.0
    """Other cost a year, in the first year's prices."""
    heads: Heads | None = None
    """How many people work in it, for the apprenticeship levy and the employment allowance."""
    mean_pay: Pounds = 0.0
    """Their mean gross pay a year."""
    income: Pounds | None = None
    """Its income a year, in the first year's prices; blank means that it breaks even."""
    driver_quantities: dict[Name, Quantity] = Field(default_factory=dict)
    """How much of each driver it uses, fte and headcount included."""


class Reconciliation(Sourced):
    """The total that all costs entered should add up to."""

    total: Pounds
    """Total cost of the first financial year in the budget or accounts."""
    tolerance: Pounds = 1.0
    """Difference that needs no explanation."""


class FunderRule(Sourced):
    """Ways of sharing support costs that a funder does not accept."""

    funder: Name
    """Whose rule it is."""
    contracts: tuple[Name, ...] = ()
    """The contracts that it holds for; blank means every contract."""
    pools: tuple[Name, ...] = ()
    """The support pools that it holds for; blank means every pool."""
    methods: tuple[AllocationMethod, ...] = ()
    """Methods of sharing that it does not accept."""
    drivers: tuple[Name, ...] = ()
    """Drivers that it does not accept; the base of a single rate counts as one."""
    reason: Text = ""
    """Why, in the funder's words."""

    @model_validator(mode="after")
    def _check_the_rule(self) -> FunderRule:
        if not self.methods and not self.drivers:
            raise ValueError("rejects nothing; enter methods or drivers, or delete it")
        if not self.source:
            raise ValueError("source: is blank; name the document in which the funder says so")
        return self


class Organisation(Sourced):
    """Who provides the services."""

    name: Name
    """The organisation's name."""
    jurisdiction: Literal["NI", "GB"] = "NI"
    """Whose redundancy law applies: Northern Ireland or Great Britain."""
    first_month: YearMonth = "2026-04"
    """First month of the scenario."""
    opening_free_reserves: SignedPounds | None = None
    """Unrestricted reserves free to spend at the start."""
    opening_cash: SignedPounds | None = None
    """Money in the bank at the start."""
    minimum_cash: Pounds = 0.0
    """Cash below which the board wants to know."""
    reserves_policy_months: Months | None = None
    """Reserves policy: months of spending to be held."""
    reserves_policy_basis: Literal["all_spending", "spending_from_unrestricted_income"] = "all_spending"
    """Of which spending the policy counts the months."""
    employment_allowance_claimed: bool = False
    """Whether the Employment Allowance is claimed against National Insurance."""
    borrowing_rate: Fraction | None = None
    """Interest a year on an overdraft; blank means that none is charged."""
    full_time_hours_a_week: HoursAWeek = 37.0
    """Hours of a full-time week."""
    allocation_method: AllocationMethod = "step_down"
    """How support costs are shared out."""
    single_rate_base: Literal["direct_cost", "direct_staff_cost", "fte"] = "direct_cost"
    """What a single overhead rate is a rate of."""
    pools: tuple[Pool, ...] = ()
    """Support pools."""
    other_activities: tuple[OtherActivity, ...] = ()
    """Everything else that shares the support costs."""
    funder_rules: tuple[FunderRule, ...] = ()
    """What funders do not accept in the sharing of support costs; blank means that no such rule is known."""
    reconciliation: Reconciliation | None = None
    """The budget or accounts that all costs entered should add up to."""

    @model_validator(mode="after")
    def _check_the_pools(self) -> Organisation:
        for pool in self.pools:
            if pool.driver == "accumulated_cost" and self.allocation_method != "step_down":
                raise ValueError(
                    f'pools: "{pool.name}" is shared by accumulated_cost, which only the step-down method has; '
                    "choose another driver or the step-down method"
                )
        if self.employment_allowance_claimed and not self.pools:
            raise ValueError(
                "employment_allowance_claimed: the allowance belongs to central functions; add a support pool for them"
            )
        return self
