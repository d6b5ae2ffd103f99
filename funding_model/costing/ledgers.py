"""Ledgers: what a contract means for the provider, the public purse, families and staff; never added together.

``cost = S x (full_cost - pay not spent + cover + change in lines that follow delivery + running terms) + cost of
loss``; ``income = S x (price - underspend returned + other funders)``; ``surplus = income - cost``. *Posts filled*:
pay not spent and cover nil, underspend computed again.

Why the gap, adding up to the penny: full cost -> ineligible -> overhead not allowed -> [fundable] -> funded share ->
margin -> terms recognised -> price moved -> [price] -> underspend returned -> other funders -> pay not spent -> cover
-> lines that follow delivery -> running terms -> survival and loss -> [surplus].
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from funding_model.costing.arrays import Floats

POUNDS, PEOPLE, PERSON_MONTHS, WEEKS, FRACTION, HEADS, HOURS = (
    "pounds", "people", "person-months", "weeks of service", "fraction", "heads", "hours",
)  # fmt: skip
GAP_STEPS = (
    "ineligible", "overhead_not_allowed", "funded_share", "margin", "terms_recognised", "price_movement",
    "underspend_returned", "other_funders", "pay_not_spent", "cover", "lines_change", "running_terms",
    "survival_and_loss",
)  # fmt: skip
"""Steps from full cost to surplus, in the order in which they are taken; each is an addition to the surplus."""


def result(label: str, unit: str) -> Any:  # noqa: ANN401 - dataclasses.field returns whatever the attribute is
    """Return a result field that carries its label and unit."""
    return field(metadata={"label": label, "unit": unit})


def labels(ledger: object) -> dict[str, tuple[str, str]]:
    """Return label and unit of each result of a ledger."""
    return {
        item.name: (item.metadata["label"], item.metadata["unit"])
        for item in fields(ledger)  # type: ignore[arg-type]  # the type of a dataclass has no public name
        if item.metadata
    }


@dataclass(frozen=True)
class Provider:
    """The provider's money by month, nominal pounds: axes (case, service, month)."""

    price_kept: Floats
    """Price less underspend returned, if the service continues."""
    cost_continuing: Floats
    """Cost if the service continues."""
    full_cost: Floats = result("Full cost", POUNDS)
    price: Floats = result("Price", POUNDS)
    other_funders: Floats = result("Other funders", POUNDS)
    underspend_returned: Floats = result("Underspend returned", POUNDS)
    pay_not_spent: Floats = result("Pay not spent on empty posts", POUNDS)
    cover: Floats = result("Cover for empty posts", POUNDS)
    lines_change: Floats = result("Change in costs that follow delivery", POUNDS)
    running_terms: Floats = result("Running cost of the terms", POUNDS)
    cost_of_loss: Floats = result("Expected cost of losing the service", POUNDS)
    cost_of_terms: Floats = result("Cost of the terms", POUNDS)
    cost: Floats = result("Cost", POUNDS)
    income: Floats = result("Income", POUNDS)
    surplus_posts_filled: Floats = result("Surplus with posts filled", POUNDS)
    survival: Floats = result("Chance that the service goes on", FRACTION)
    """(case, service, month + 1)."""

    @property
    def surplus(self) -> Floats:
        """Income less cost."""
        return self.income - self.cost


@dataclass(frozen=True)
class Together:
    """The provider's money of all services by month, nominal pounds: axes (case, month)."""

    full_cost: Floats
    price: Floats
    cost: Floats
    income: Floats
    cost_of_terms: Floats
    surplus_posts_filled: Floats

    @property
    def surplus(self) -> Floats:
        """Income less cost."""
        return self.income - self.cost


@dataclass(frozen=True)
class YearlyMoney:
    """The money columns by financial year, nominal pounds: axes (case, service, year)."""

    full_cost: Floats = result("Full cost", POUNDS)
    fundable_cost: Floats = result("Fundable cost", POUNDS)
    price: Floats = result("Price", POUNDS)
    cost: Floats = result("Cost", POUNDS)
    income: Floats = result("Income", POUNDS)
    cost_of_terms: Floats = result("Cost of the terms", POUNDS)
    pay_not_spent: Floats = result("Pay not spent on empty posts", POUNDS)
    surplus_posts_filled: Floats = result("Surplus with posts filled", POUNDS)

    @property
    def surplus(self) -> Floats:
        """Income less cost."""
        return self.income - self.cost


@dataclass(frozen=True)
class Gap:
    """Why the surplus is not nil, as it would be were the price the full cost.

    Each step is an addition to the surplus in pounds: axes (case, service, year).
    """

    steps: dict[str, Floats]


@dataclass(frozen=True)
class PublicPurse:
    """What the public purse pays, nominal pounds: axes (case, service, month)."""

    paid: Floats = result("Paid to the provider", POUNDS)
    administration: Floats = result("Administration", POUNDS)
    competition_saving: Floats = result("Saving from competition", POUNDS)
    regret: Floats = result("Money committed that would no longer fit (beside the total)", POUNDS)

    @property
    def total(self) -> Floats:
        """Paid and administration less what competition saves."""
        return self.paid + self.administration - self.competition_saving


@dataclass(frozen=True)
class Families:
    """People and weeks of service: axes (case, service, month)."""

    starting: Floats = result("People starting support", PEOPLE)
    support_months: Floats = result("Support given", PERSON_MONTHS)
    waiting: Floats = result("Waiting at the month's end, if the service continues", PEOPLE)
    gave_up: Floats = result("People giving up waiting", PEOPLE)
    cut_off: Floats = result("People whose support is cut off", PEOPLE)
    weeks_lost: dict[str, Floats] = result("Weeks of service lost", WEEKS)


@dataclass(frozen=True)
class Staff:
    """Jobs: axes (case, service, month)."""

    heads: Floats = result("Posts", HEADS)
    secure_heads: Floats = result("Posts whose funding is secure", HEADS)
    leavers: Floats = result("Leavers", HEADS)
    hires: Floats = result("Hires", HEADS)
    growth_hires: Floats = result("Hires into posts added later", HEADS)
    notices: Floats = result("Protective notices", HEADS)
    vacant: Floats = result("Empty posts", HEADS)


@dataclass(frozen=True)
class Exposures:
    """What ending each service at each boundary would cost, pounds: axes (case, service, month + 1)."""

    redundancy: Floats = result("Redundancy pay", POUNDS)
    notice: Floats = result("Pay in notice beyond the end", POUNDS)
    pension_cessation: Floats = result("Pension cessation debt", POUNDS)
    exit_lines: Floats = result("Exit costs", POUNDS)
    unpaid_months: Floats = result("Months worked without an award", POUNDS)
    stranded_overhead: Floats = result("Overhead that cannot be shed at once", POUNDS)
    redeployed: Floats = result("Share redeployed or transferred", FRACTION)
    """(case, service)."""

    @property
    def total(self) -> Floats:
        """All of it, nobody redeployed."""
        people = self.redundancy + self.notice
        return people + self.pension_cessation + self.exit_lines + self.unpaid_months + self.stranded_overhead

    @property
    def cost_if_lost(self) -> Floats:
        """What would be spent after redeployment."""
        people = (self.redundancy + self.notice) * (1 - self.redeployed[:, :, None])
        return people + self.pension_cessation + self.exit_lines + self.unpaid_months + self.stranded_overhead
