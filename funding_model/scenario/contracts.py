"""A contract as seven independent components: term, award, price, movement, payment, monitoring, flexibility."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from funding_model import units
from funding_model.scenario.assumptions import Assumption, FractionAssumption, HoursAssumption, PoundsAssumption
from funding_model.scenario.fields import (
    WHOLE,
    Days,
    Entry,
    Extensions,
    FinancialYear,
    Fraction,
    Growth,
    HorizonYears,
    LagYears,
    LeadMonths,
    Margin,
    Months,
    Name,
    Pounds,
    PriceFactor,
    Rate,
    TermMonths,
    Text,
    TimesAYear,
    YearMonth,
)
from funding_model.scenario.plain import shown
from funding_model.scenario.presets import preset_id, preset_names

COMPONENTS = ("term", "award", "price", "movement", "payment", "monitoring", "flexibility")
"""The seven components, in the order in which a bridge names them."""
OverheadRule = Literal[
    "full", "cap_of_direct", "cap_of_total", "flat_on_direct", "flat_on_staff", "modified_base", "none"
]
WithinAward = Literal["none", "fixed", "cpi", "pay", "basket", "forecast"]
RULES_WITHOUT_RATE = ("full", "none")


class Term(Entry):
    """How long an award lasts."""

    months: TermMonths
    """Length of the initial award in whole months."""
    extensions: Extensions = 0
    """How many times the funder may extend it."""
    extension_months: TermMonths = 12
    """How long each extension lasts, in whole months."""
    first_award_ends: YearMonth | None = None
    """Last month of the award now running, for a scenario that starts in mid-contract."""
    extensions_used: Extensions = 0
    """Extensions already used by the award now running; the last of them is the one that is running."""

    @model_validator(mode="after")
    def _check_the_extensions(self) -> Term:
        if self.extensions_used > self.extensions:
            raise ValueError("extensions_used: more extensions are used than the contract has; correct either")
        if self.extensions_used and self.first_award_ends is None:
            raise ValueError("extensions_used: say in first_award_ends when the running extension ends")
        return self

    @property
    def cycle_months(self) -> int:
        """Length of the initial award and all its extensions, in months."""
        return self.months + self.extensions * self.extension_months


class Award(Entry):
    """How and when an award is decided, and how it may end early."""

    lead_months: LeadMonths = 0.0
    """Months between the decision and the start of an award; negative when letters come late."""
    renewal_probability: FractionAssumption = Assumption(value=1.0, status="default")
    """Chance that each further award is made."""
    extension_probability: FractionAssumption | None = None
    """Chance that each extension is taken up; blank takes the chance of renewal."""
    competed: bool = False
    """Whether each new cycle starts with a competition rather than a letter."""
    letters_for_extensions: bool = True
    """Whether each extension needs a letter of offer."""
    break_notice_months: Months | None = None
    """Months of notice with which the funder may end an award early; blank means no such right."""
    break_probability: FractionAssumption = Assumption(value=0.0, status="default")
    """Chance that the funder ends the award at each of its anniversaries."""
    break_credibility: FractionAssumption = Assumption(status="no evidence")
    """How far staff disregard the break clause: 1 entirely, 0 not at all."""
    continued_at_risk: bool = True
    """Whether the service goes on past the end of an award while the next one is undecided."""
    competition_cost: PoundsAssumption | None = None
    """Funder's cost of one competition; blank takes the published figure."""
    competition_saving: FractionAssumption | None = None
    """Share of the price that the funder saves by competing; blank means none."""


class DatedFactor(Entry):
    """One named year whose price is changed and no other: the no-Budget year."""

    financial_year: FinancialYear | None = None
    """The year, such as "2027-28"; leave it out when the scenario's year is numbered."""
    scenario_year: HorizonYears | None = None
    """The year as a number, 1 for the scenario's first."""
    factor: PriceFactor
    """What the price is multiplied by."""
    of: Literal["last_year", "this_year"] = "this_year"
    """Whether the factor is applied to last year's price or to the price that this year would have had."""

    @model_validator(mode="after")
    def _check_the_year(self) -> DatedFactor:
        if (self.financial_year is None) == (self.scenario_year is None):
            raise ValueError("needs either a financial year or a scenario year, and not both")
        return self


class Price(Entry):
    """What the price recognises when it is set."""

    overhead_rule: OverheadRule = "full"
    """How much overhead the funder pays: all, a cap, a flat rate whatever the overhead is, or none."""
    overhead_rate: Rate | None = None
    """The cap or flat rate of that rule."""
    base_exclusions: tuple[Name, ...] = ()
    """Categories of cost left out of the base of a modified-base rate."""
    funded_share: Fraction = 1.0
    """Share of the recognised cost that this funder pays."""
    margin: Margin = 0.0
    """Surplus allowed in the price, as a fraction of the price."""
    recognises: tuple[Literal["recruitment", "monitoring", "closing_costs"], ...] = ()
    """Costs of the terms that the price also covers, at their planned amounts."""
    increments_recognised: bool = True
    """Whether the price follows pay increments within an award."""
    establishment: Literal["planned", "award_year"] = "planned"
    """Whether the price covers posts that start later, or only those of the award's first year."""
    current: Pounds | None = None
    """Pounds a year paid today; it replaces the costed first price."""
    schedule: tuple[Pounds, ...] = ()
    """Agreed prices by financial year from the first; they replace all others."""
    dated_factors: tuple[DatedFactor, ...] = ()
    """Single years whose price is changed."""
    income_restricted: bool = False
    """Whether the income is restricted in the accounts, as a grant usually is."""

    @model_validator(mode="after")
    def _check_the_rule(self) -> Price:
        needs_rate = self.overhead_rule not in RULES_WITHOUT_RATE
        if needs_rate and self.overhead_rate is None:
            raise ValueError(f'overhead_rate: the rule "{self.overhead_rule}" needs a rate; enter 15 per cent as 0.15')
        if not needs_rate and self.overhead_rate is not None:
            raise ValueError(f'overhead_rate: has no effect with the rule "{self.overhead_rule}"; leave it out')
        if self.overhead_rule == "cap_of_total" and self.overhead_rate is not None and self.overhead_rate >= 1:
            raise ValueError("overhead_rate: a cap of the total must be below 1")
        if self.base_exclusions and self.overhead_rule != "modified_base":
            raise ValueError('base_exclusions: only the rule "modified_base" leaves categories out')
        if self.schedule and self.current is not None:
            raise ValueError("current: a schedule replaces all prices; enter either")
        return self


class Movement(Entry):
    """How the price moves, at a new award and within one."""

    new_award: Literal["recosted", "rolled_forward"] | None = None
    """Whether a new award is costed afresh or is last year's price moved on; blank means costed afresh."""
    renewal_uplift: Growth | None = None
    """What is added to last year's price when it is rolled forward, a year."""
    volume_follows: bool = True
    """Whether a rolled-forward price follows planned changes of volume."""
    within_award: WithinAward | None = None
    """How the price moves within an award of more than a year; blank carries on the contract's own yearly movement:
    the renewal uplift when rolled forward, the forecast when costed afresh."""
    rate: Growth | None = None
    """Uplift a year, for a fixed rate."""
    pay_weight: Fraction | None = None
    """Weight of the pay award in a basket; the rest is consumer prices."""
    cap: Growth | None = None
    """Most that the price may rise in a year."""
    floor: Growth | None = None
    """Least that the price rises in a year."""
    lag_years: LagYears = 0
    """How many years old the index is that an uplift uses."""

    @model_validator(mode="after")
    def _check_the_movement(self) -> Movement:
        if self.renewal_uplift is not None and self.new_award != "rolled_forward":
            raise ValueError('renewal_uplift: has no effect unless "new_award" is "rolled_forward"; leave it out')
        if self.within_award == "fixed" and self.rate is None:
            raise ValueError("rate: a fixed uplift needs a rate; enter 2 per cent a year as 0.02")
        if self.within_award != "fixed" and self.rate is not None:
            raise ValueError("rate: has no effect unless the uplift within the award is fixed; leave it out")
        if (self.within_award == "basket") != (self.pay_weight is not None):
            raise ValueError("pay_weight: a basket, and only a basket, needs the weight of pay")
        if self.cap is not None and self.floor is not None and self.floor > self.cap:
            raise ValueError("floor: is above the cap; swap them")
        return self


class Payment(Entry):
    """When the money arrives, and what happens to what is not spent."""

    interval_months: Annotated[Literal[1, 2, 3, 4, 6, 12], WHOLE, Field(json_schema_extra={"unit": "months"})] = 3
    """Months that each payment covers."""
    timing: Literal["advance", "arrears"] = "advance"
    """Whether it is due at the start or at the end of those months."""
    days: Days = 0.0
    """Days allowed for payment; they are counted in whole months."""
    basis: Literal["block", "volume"] = "block"
    """A block price, or a unit price for each person-month of support given."""
    underspend: Literal["returned", "kept", "carried"] = "returned"
    """What happens to money that was not spent on recognised cost: returned, kept, or carried to the award's end."""


class Monitoring(Entry):
    """Reporting to the funder."""

    returns_a_year: TimesAYear = 0.0
    """Monitoring returns a year."""
    hours_each: HoursAssumption | None = None
    """Provider's hours for each; blank takes the organisation's."""
    funder_hours_each: HoursAssumption | None = None
    """Funder's hours for each; blank takes the organisation's assumption."""


class Flexibility(Entry):
    """What the contract allows when need changes."""

    contingency_share: Fraction = 0.0
    """Share of the price held for new need, paid only when it is met."""
    variation_hours: HoursAssumption | None = None
    """Provider's hours for a variation; blank takes the organisation's."""
    chance_of_change: FractionAssumption = Assumption(status="no evidence")
    """Chance a year that need changes so much that the contract no longer fits."""
    repurposable: FractionAssumption = Assumption(status="no evidence")
    """Share of the committed money that could then be put to other use."""


def _known_preset(name: str) -> str:
    if name and preset_id(name) is None:
        raise ValueError(f"there is no preset called {shown(name)}; choose from {', '.join(preset_names())}")
    return name


class Contract(Entry):
    """One way of funding the same services."""

    name: Name
    """What you call it."""
    description: Text = ""
    """What it is, in a sentence."""
    preset: Annotated[Text, AfterValidator(_known_preset)] = ""
    """The named preset it started from."""
    term: Term
    """How long an award lasts."""
    award: Award = Award()
    """How and when it is decided."""
    price: Price = Price()
    """What the price recognises."""
    movement: Movement = Movement()
    """How the price moves."""
    payment: Payment = Payment()
    """When the money arrives."""
    monitoring: Monitoring = Monitoring()
    """Reporting to the funder."""
    flexibility: Flexibility = Flexibility()
    """What the contract allows when need changes."""

    @model_validator(mode="after")
    def _check_the_parts_together(self) -> Contract:
        if self.term.cycle_months <= units.MONTHS_A_YEAR and self.movement.within_award is not None:
            raise ValueError(
                "movement.within_award: has no effect in an award of a year or less; leave it out, "
                "and say in new_award how the next award is priced"
            )
        return self
