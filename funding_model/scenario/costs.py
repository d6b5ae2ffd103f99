"""Posts and non-pay lines: what a service, a support pool or another activity spends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from funding_model.scenario.fields import (
    Age,
    Entry,
    Fraction,
    Fte,
    Growth,
    Heads,
    Multiple,
    Name,
    PayPoint,
    Pounds,
    Salary,
    SignedPounds,
    Sourced,
    Steps,
    Text,
    Weeks,
    YearMonth,
    YearsOfService,
)

SMALLEST_DIFFERENCE = 1e-9
"""Shares and heads that differ by less are the same: 0.7 and 0.2 and 0.1 add to 1."""


class Cohort(Entry):
    """Some heads of a post with the same completed years of service and age at the scenario's start."""

    heads: Heads
    """How many people."""
    years_of_service: YearsOfService
    """Completed years with the organisation."""
    age: Age
    """Their age."""


class RedundancyTerms(Entry):
    """Redundancy terms better than the statutory ones."""

    multiple: Multiple = 1.0
    """Times the statutory weeks."""
    capped: bool = True
    """Whether the statutory cap on a week's pay applies."""
    minimum_years: YearsOfService = 2
    """Years of service before anything is due."""


class Post(Sourced):
    """One kind of post: some people with the same pay, hours and on-costs."""

    name: Name
    """The job's title."""
    headcount: Heads = 1.0
    """How many people hold this post when it is full."""
    fte: Fte
    """Full-time equivalent of each of them: 1 is full time."""
    salary: Salary | None = None
    """Full-time salary a year; leave it out when a pay point is given."""
    pay_point: PayPoint | None = None
    """NJC spinal column point at the start; leave it out when a salary is given."""
    steps_left: Steps = 0
    """Yearly increments still to come, one each April from the second financial year."""
    increment: SignedPounds = 0.0
    """Pounds a year, full time, added by each step; a pay point takes its steps from the pay spine instead."""
    prices_of: YearMonth | None = None
    """Month whose prices the salary is in, when that is before the scenario's first year."""
    pension_rate: Fraction = 0.0
    """Employer's pension contribution as a fraction of the pension base."""
    pension_base: Literal["whole_pay", "qualifying_earnings"] = "whole_pay"
    """Whether the pension is paid on all pay or on the band of qualifying earnings."""
    deficit_rate: Fraction = 0.0
    """Pension deficit contribution as a fraction of pay."""
    other_on_cost_rate: Fraction = 0.0
    """Other on-costs, such as a health plan, as a fraction of pay."""
    absence_cover_rate: Fraction = 0.0
    """Share of pay spent again on covering absence."""
    start: YearMonth | None = None
    """First month of the post; blank means the scenario's first month."""
    end: YearMonth | None = None
    """Last month of the post; blank means that it goes on."""
    time: dict[Name, Fraction] = Field(default_factory=dict)
    """Share of the post's time on each service or pool, adding to 1; blank means all of it where it stands."""
    delivery_share: Fraction = 1.0
    """Share of the time that carries a caseload: 0 for a manager or administrator, 1 for a key worker."""
    heads: tuple[Cohort, ...] = ()
    """The people in post by years of service and age; needed for redundancy and notice costs."""
    redundancy: RedundancyTerms = RedundancyTerms()
    """Redundancy terms; blank means the statutory ones."""
    contractual_notice_weeks: Weeks = 0.0
    """Weeks of notice in the contract of employment; statutory notice applies when it is longer."""
    eligible: bool = True
    """Whether the funder pays for this post."""
    senior: bool = False
    """Whether hiring for it costs the senior rate."""

    @model_validator(mode="after")
    def _check_pay_and_heads(self) -> Post:
        if (self.salary is None) == (self.pay_point is None):
            raise ValueError("needs either a salary or a pay point, and not both")
        if self.pay_point is not None and self.increment:
            raise ValueError("increment: a post on a pay point takes its steps from the pay spine; leave it out")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("end: is before the start; swap them")
        if sum(cohort.heads for cohort in self.heads) > self.headcount + SMALLEST_DIFFERENCE:
            raise ValueError("heads: more people are listed by age and service than the headcount; correct either")
        if self.time and abs(sum(self.time.values()) - 1) > SMALLEST_DIFFERENCE:
            total = sum(self.time.values())
            raise ValueError(f"time: the shares must add to 1, and they add to {total:g}; correct them")
        return self


class Line(Sourced):
    """One line of cost that is not pay."""

    name: Name
    """What is bought."""
    category: Name = "other"
    """Kind of cost, such as premises, travel or subcontract; a funder's rule may exclude a category."""
    amount: Pounds
    """Pounds for each unit of the next field, net of VAT."""
    per: Literal["month", "year", "once", "person_starting", "delivery_fte"] = "year"
    """What the amount is for; an amount for each delivery FTE is a year's."""
    index: Literal["pay", "prices", "none", "own_rate"] = "prices"
    """What moves the amount from year to year."""
    own_rate: Growth = 0.0
    """Growth a year, for an amount with its own rate."""
    prices_of: YearMonth | None = None
    """Month whose prices the amount is in, when that is before the scenario's first year."""
    vat_rate: Fraction = 0.0
    """Rate of VAT on the amount."""
    vat_recoverable: Fraction = 0.0
    """Share of that VAT that can be recovered; charities' welfare services usually recover none."""
    start: YearMonth | None = None
    """First month of the cost; blank means the scenario's first month."""
    end: YearMonth | None = None
    """Last month of the cost; blank means that it goes on."""
    eligible: bool = True
    """Whether the funder pays for it."""
    cash: bool = True
    """Whether money leaves the bank: no for depreciation or imputed rent."""
    kind: Literal["running", "set_up", "exit"] = "running"
    """Set-up costs fall once at the start; exit costs fall only if the service ends."""

    @model_validator(mode="after")
    def _check_the_kind(self) -> Line:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("end: is before the start; swap them")
        if self.kind != "running" and self.per != "once":
            raise ValueError('per: a set-up or exit cost falls once; write "per: once"')
        if self.own_rate and self.index != "own_rate":
            raise ValueError('own_rate: has no effect with this index; write "index: own_rate" or leave it out')
        return self


class OtherFunder(Sourced):
    """Money or help from someone else for the same service."""

    name: Name
    """Who gives it."""
    kind: Literal["match", "co_funding", "in_kind"] = "co_funding"
    """Match required by the contract, other funding, or help in kind (no cash moves)."""
    amount_by_year: tuple[Pounds, ...] = Field(min_length=1, max_length=11)
    """Pounds in each financial year from the first; nothing after the last year entered."""
    restricted_to: Text = ""
    """What it may be spent on; blank means anything in the service."""
    income_restricted: bool = True
    """Whether it is restricted income in the accounts."""
