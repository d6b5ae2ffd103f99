"""A service: its posts, its other costs, the people it supports and who else pays."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue, model_validator

from funding_model.scenario.assumptions import ServiceAssumptions
from funding_model.scenario.costs import Line, OtherFunder, Post
from funding_model.scenario.fields import (
    Caseload,
    Entry,
    Fraction,
    LengthOfSupport,
    Name,
    NeedIndex,
    People,
    PeopleAMonth,
    Pounds,
    Quantity,
    Sourced,
    Text,
    Volume,
    YearMonth,
)

ALL_CONTRACTS = "all"
"""Key of the changes that a service makes to every contract compared."""


class PeopleSupported(Entry):
    """The people whom a service supports and those who wait for it."""

    unit: Name = "people"
    """What one of them is called: families, children, young people."""
    caseload_per_fte: Caseload
    """How many are supported at a time by one delivery FTE."""
    mean_length_months: LengthOfSupport
    """Mean length of support."""
    opening_caseload: People | None = None
    """How many are being supported at the start; blank means as many as the posts can carry."""
    opening_waiting: People = 0.0
    """How many are waiting at the start."""
    referrals_a_month: PeopleAMonth
    """How many are referred in a month."""


class VolumeChange(Entry):
    """A planned change of size: posts, running costs and referrals follow; support costs and driver quantities stay."""

    start: YearMonth
    """First month of the new size."""
    volume: Volume
    """Size in times what is entered: 1.25 is a quarter more than entered."""
    rationale: Text = ""
    """Why."""


class SocialValue(Sourced):
    """What one person's support is said to be worth to others: a ledger of its own, added to no other."""

    name: Name
    """What is valued, such as a family kept out of care proceedings."""
    pounds: Pounds
    """Pounds for each unit of the next field, counted as entered and moved by no index."""
    per: Literal["person_starting", "person_month"] = "person_starting"
    """What the amount is for: a person starting support, or a month of support given."""
    attributable: Fraction
    """Share of it that would not have come about without the service."""
    limits: Text
    """What the figure does not show: for whom it was measured, and what it leaves out."""

    @model_validator(mode="after")
    def _check_where_it_comes_from(self) -> SocialValue:
        if not self.source:
            raise ValueError("source: is blank; name the study or document that the value comes from")
        if not self.limits:
            raise ValueError("limits: is blank; say what the value does not show")
        return self


class Service(Sourced):
    """One service."""

    name: Name
    """The service's name."""
    posts: tuple[Post, ...] = ()
    """Its posts."""
    lines: tuple[Line, ...] = ()
    """Its non-pay costs."""
    people: PeopleSupported | None = None
    """The people it supports; blank leaves delivery and waiting list out."""
    driver_quantities: dict[Name, Quantity] = Field(default_factory=dict)
    """How much of each driver it uses, such as floor_area; fte and headcount come from its posts."""
    planned_changes: tuple[VolumeChange, ...] = ()
    """Planned changes of size over the years."""
    need_index: NeedIndex | None = None
    """Need of the area served, on the scale that the scenario states."""
    opening_restricted_funds: Pounds = 0.0
    """Restricted income of earlier years that is left over for it; it meets cost before the free reserves do."""
    other_funders: tuple[OtherFunder, ...] = ()
    """Who else pays for it."""
    social_value: tuple[SocialValue, ...] = ()
    """Social value, counted in a ledger of its own; blank leaves it off."""
    assumptions: ServiceAssumptions = ServiceAssumptions()
    """Assumptions that differ from the organisation's."""
    contract_changes: dict[Name, dict[str, dict[str, JsonValue]]] = Field(default_factory=dict)
    """Parts of a contract that differ for this service: by contract name or "all", then component, then field."""

    @model_validator(mode="after")
    def _check_the_service(self) -> Service:
        starts = [change.start for change in self.planned_changes]
        if starts != sorted(set(starts)):
            raise ValueError("planned_changes: give each month once, in order")
        if not self.posts and not self.lines:
            raise ValueError("has no posts and no costs; add a post or a line, or delete the service")
        return self
