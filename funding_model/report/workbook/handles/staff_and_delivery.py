"""What a contract does to staff and to the people supported, and what its end would cost."""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.handles.contracts import ByContract
from funding_model.report.workbook.handles.plan import Flow


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
