"""The assumptions: a value or a range with unit, source, date, rationale and status (model specification, 4.1)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic.config import JsonDict

from funding_model import units
from funding_model.problems import Problem
from funding_model.scenario.fields import Entry, FinancialYear, Growth, Name, Status, Text, YearMonth, refusal

_Number = Annotated[float, Field(strict=True, json_schema_extra={"unit": "the unit of the assumption"})]
NUMBERS = ("low", "value", "high")
"""The fields of an assumption that hold its unit."""
Distribution = Literal["fixed", "triangular", "pert", "uniform", "normal", "lognormal", "discrete"]
UNBOUNDED: Final = ("normal", "lognormal")
"""Distributions of which low and high are not the ends: 95 of 100 draws lie between them."""
MOST_VALUES: Final = 100
_RankCorrelation = Annotated[float, Field(strict=True, gt=-1, lt=1, json_schema_extra={"unit": "from -1 to 1"})]


class Assumption(Entry):
    """One assumed number: a value, or low, value and high; a bare number in a file is a value of your own."""

    value: _Number | None = None
    """The central value; blank means that the effect is off or that you must enter it."""
    low: _Number | None = None
    """The lowest value that you think reasonable; of normal and lognormal, below which 2.5 of 100 draws lie."""
    high: _Number | None = None
    """The highest value that you think reasonable; of normal and lognormal, above which 2.5 of 100 draws lie."""
    distribution: Distribution = "fixed"
    """How likely the values between low and high are; fixed means that only the central value is used. The value is the
    likeliest of triangular and pert, and of normal and lognormal the middle: half of the draws are below it."""
    values: tuple[_Number, ...] = Field(default=(), max_length=MOST_VALUES)
    """The values that a discrete distribution takes."""
    weights: tuple[_Number, ...] = Field(default=(), max_length=MOST_VALUES)
    """How likely each of these values is beside the others; the weights need not add up to 1."""
    status: Status = "yours"
    """Where the value comes from."""
    source: Text = ""
    """The document or record that the value comes from."""
    date: Text = ""
    """The date of the source."""
    rationale: Text = ""
    """Why this value was chosen."""
    review_by: YearMonth | None = None
    """When the value should be looked at again."""

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_number(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        if data is None or (isinstance(data, int | float) and not isinstance(data, bool)):
            return {"value": data}
        return data

    @model_validator(mode="after")
    def _check_the_range(self) -> Assumption:
        low, high = self.low, self.high
        if low is not None and high is not None and low > high:
            raise ValueError("low: is above high; swap them")
        if self.value is not None and low is not None and self.value < low:
            raise ValueError("value: is below low; widen the range or change the value")
        if self.value is not None and high is not None and self.value > high:
            raise ValueError("value: is above high; widen the range or change the value")
        if self.distribution == "discrete":
            self._check_the_values()
            return self
        if self.values or self.weights:
            raise ValueError(
                "values: only a discrete distribution has them, and weights; leave them out or say discrete"
            )
        if self.distribution == "fixed" and self.value is None and (low is not None or high is not None):
            raise ValueError("value: is blank, so that low and high have no effect; enter it, or leave all three out")
        if self.distribution != "fixed" and (low is None or high is None or self.value is None):
            raise ValueError("distribution: a range needs low, value and high; enter all three or choose none")
        if self.distribution in UNBOUNDED and low is not None and not low < (self.value or 0.0) < (high or 0.0):
            raise ValueError(f"distribution: {self.distribution}: low, value and high must all differ; spread them out")
        if self.distribution == "lognormal" and low is not None and low <= 0:
            raise ValueError("low: a lognormal distribution lies above nil; raise low or choose another distribution")
        return self

    def _check_the_values(self) -> None:
        if not self.values or len(self.values) != len(self.weights):
            raise ValueError("weights: a discrete distribution needs values and as many weights; enter both lists")
        if min(self.weights) < 0 or not sum(self.weights):
            raise ValueError("weights: none may be below 0, and one must be above; mend the list")
        if self.low is not None or self.high is not None:
            raise ValueError("low: a discrete distribution takes its values from the list; leave low and high out")
        if self.value not in self.values:
            raise ValueError("value: it is used where nothing is drawn, and must be one of values; add it or change it")

    @property
    def ends(self) -> tuple[float, float] | None:
        """The lowest and the highest reasonable value; None where no range is entered."""
        if self.distribution == "discrete":
            return min(self.values), max(self.values)
        return None if self.low is None or self.high is None or self.value is None else (self.low, self.high)


def assumed(unit: units.Unit) -> Any:  # noqa: ANN401 - pydantic types AfterValidator freely
    """Return the validator that holds an assumption's three numbers within its unit's bounds."""

    def check(assumption: Assumption) -> Assumption:
        entered = [(label, getattr(assumption, label)) for label in NUMBERS]
        for label, number in [*entered, *(("values", number) for number in assumption.values)]:
            if number is None:
                continue
            too_low = unit.minimum is not None and (
                number <= unit.minimum if unit.above_minimum else number < unit.minimum
            )
            if too_low or number > unit.maximum:
                least = "" if unit.minimum is None else f"{unit.minimum:,.15g}"
                bounds = f"above {least} and at most" if unit.above_minimum else f"between {least} and"
                message = f"must be {bounds} {unit.maximum:,.15g} ({unit.name}); you entered {number:,.15g}."
                raise refusal(Problem("" if label == "value" else label, message, unit.remedy))
        return assumption

    return AfterValidator(check)


def _unit(unit: units.Unit) -> Any:  # noqa: ANN401 - pydantic types Field() as Any
    """Return the field that says an assumption's unit, and in the JSON Schema its bounds, bare number or group."""
    bounds: JsonDict = {"maximum": unit.maximum}
    if unit.minimum is not None:
        bounds["exclusiveMinimum" if unit.above_minimum else "minimum"] = unit.minimum
    within: JsonDict = {number: {**bounds} for number in NUMBERS}
    return Field(json_schema_extra={"unit": unit.name, "remedy": unit.remedy, **bounds, "properties": within})


FractionAssumption = Annotated[Assumption, assumed(units.FRACTION), _unit(units.FRACTION)]
TurnoverAssumption = Annotated[Assumption, assumed(units.TURNOVER), _unit(units.TURNOVER)]
RateAssumption = Annotated[Assumption, assumed(units.RATE), _unit(units.RATE)]
MonthsAssumption = Annotated[Assumption, assumed(units.MONTHS), _unit(units.MONTHS)]
FillAssumption = Annotated[Assumption, assumed(units.MONTHS_ABOVE_NONE), _unit(units.MONTHS_ABOVE_NONE)]
PoundsAssumption = Annotated[Assumption, assumed(units.POUNDS), _unit(units.POUNDS)]
HoursAssumption = Annotated[Assumption, assumed(units.HOURS), _unit(units.HOURS)]
GrowthAssumption = Annotated[Assumption, assumed(units.GROWTH), _unit(units.GROWTH)]
PeopleAMonthAssumption = Annotated[Assumption, assumed(units.PEOPLE_A_MONTH), _unit(units.PEOPLE_A_MONTH)]
PeopleAYearAssumption = Annotated[Assumption, assumed(units.PEOPLE_A_YEAR), _unit(units.PEOPLE_A_YEAR)]


class YearlyGrowth(Entry):
    """A growth path by financial year: one rate for every year, rates by year, or the published forecast."""

    every_year: Growth | None = None
    """One rate for every year; blank uses the rates by year and then the forecast."""
    by_year: dict[FinancialYear, Growth] = Field(default_factory=dict)
    """Rates for single years, such as "2027-28": 0.03; other years follow the forecast, held at its last year."""
    added: Growth = 0.0
    """Added to every year's rate: a higher-inflation case is the forecast with, say, 0.01 added."""
    outturn_added: GrowthAssumption | None = None
    """How far growth turns out above this path from the second year on, or a range of it: prices agreed on the forecast
    follow the path, costs and indexed prices what it turns out to be."""
    status: Status = "default"
    """Where the path comes from."""
    source: Text = ""
    """The document the path comes from; blank means the Office for Budget Responsibility's forecast."""
    date: Text = ""
    """The date of the source."""
    rationale: Text = ""
    """Why this path was chosen."""
    review_by: YearMonth | None = None
    """When the path should be looked at again."""

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_number(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"every_year": data, "status": "yours"}
        return data


class ServiceAssumptions(Entry):
    """Assumptions that a service may hold for itself; a blank one takes the organisation's."""

    turnover: TurnoverAssumption | None = None
    """Share of staff leaving a year when their funding is secure."""
    extra_turnover_when_insecure: TurnoverAssumption | None = None
    """Turnover added while the end of confirmed funding is nearer than the secure months, a year."""
    opening_vacancy: FractionAssumption | None = None
    """Share of posts empty at the start; blank takes the long-run share that turnover and months to fill imply."""
    months_to_fill: FillAssumption | None = None
    """Months a post stands empty, from the leaver's last day to the starter's first."""
    freeze_months: MonthsAssumption | None = None
    """Hiring stops while the end of confirmed funding is nearer than this; blank means that it never stops."""
    close_intake_months: MonthsAssumption | None = None
    """Intake closes while the end of confirmed funding is nearer than this; blank means that it never closes."""
    open_at_risk: FractionAssumption | None = None
    """Share of intake that stays open while intake is closed for want of confirmed funding."""
    pause_share: FractionAssumption | None = None
    """Share of delivery that pauses while the award of the current month is undecided."""
    cover_share: FractionAssumption | None = None
    """Share of an empty post's work that is covered by agency or extra hours."""
    cover_premium: FractionAssumption | None = None
    """What cover costs above the pay of the empty post, as a fraction of that pay."""
    cost_per_hire: PoundsAssumption | None = None
    """Cost of filling one post, in pounds of the first year."""
    cost_per_hire_senior: PoundsAssumption | None = None
    """Cost of filling one senior post, in pounds of the first year."""
    cost_per_hire_all_in: bool | None = None
    """Whether the cost per hire already holds vacancy cover and induction, so that these are not counted again."""
    induction_months: MonthsAssumption | None = None
    """Months until a new starter works at full speed."""
    induction_productivity: FractionAssumption | None = None
    """How much of a full caseload a new starter carries in those months."""
    most_starts_a_month: PeopleAMonthAssumption | None = None
    """Most people whose support can start in a month; blank means no such limit."""
    gives_up_a_month: FractionAssumption | None = None
    """Share of those left waiting who give up in a month."""
    redeployed: FractionAssumption | None = None
    """Share of staff who would be redeployed or transferred if the service were lost."""
    pension_cessation_exposure: PoundsAssumption | None = None
    """Debt to the pension scheme that losing the service would set off."""
    early_intervention_share: FractionAssumption | None = None
    """Share of the service that is early intervention."""


class Assumptions(ServiceAssumptions):
    """The organisation's assumptions; a blank one takes the published default where there is one."""

    pay_award: YearlyGrowth = YearlyGrowth()
    """Yearly pay award from the second year on."""
    cpi: YearlyGrowth = YearlyGrowth()
    """Consumer price inflation from the second year on, for costs that follow prices."""
    gdp_deflator: YearlyGrowth = YearlyGrowth()
    """GDP deflator, to show results in the first year's money."""
    discount_rate: RateAssumption | None = None
    """Social time preference rate for the public purse's present value, real, a year."""
    secure_months: MonthsAssumption | None = None
    """Staff feel insecure while the end of confirmed funding is nearer than this."""
    stranded_months: MonthsAssumption | None = None
    """Months for which a lost service's overhead cannot be shed."""
    done_by: Literal["already_costed", "bought_in"] = "already_costed"
    """Whether letters, bids, returns and notices are done by staff already costed or bought in."""
    provider_hour_value: PoundsAssumption | None = None
    """Pounds an hour for that work; blank takes the organisation's own mean cost of a paid hour."""
    funder_hour_value: PoundsAssumption | None = None
    """Pounds an hour of the funder's staff; blank leaves the funder's hours unpriced."""
    letter_hours: HoursAssumption | None = None
    """Provider's hours for one letter of offer."""
    letter_hours_funder: HoursAssumption | None = None
    """Funder's hours for one letter of offer."""
    bid_hours: HoursAssumption | None = None
    """Provider's hours for one tender bid."""
    bid_hours_funder: HoursAssumption | None = None
    """Funder's hours for handling one bid."""
    bid_external: PoundsAssumption | None = None
    """Bought-in help for one bid."""
    return_hours: HoursAssumption | None = None
    """Provider's hours for one monitoring return."""
    return_hours_funder: HoursAssumption | None = None
    """Funder's hours for one monitoring return."""
    notice_hours_per_head: HoursAssumption | None = None
    """Hours for one protective notice to one member of staff."""
    variation_hours: HoursAssumption | None = None
    """Provider's hours for one variation of the contract."""
    variation_hours_funder: HoursAssumption | None = None
    """Funder's hours for one variation of the contract."""
    supply_of_recruits: PeopleAYearAssumption | None = None
    """Recruits that the labour market offers a year, for the workforce plan."""


class Correlation(Entry):
    """Two ranges that go up and down together, or against each other."""

    first: Name
    """The place of one, such as assumptions.turnover or services.1.assumptions.turnover."""
    second: Name
    """The place of the other."""
    rank_correlation: _RankCorrelation
    """How closely they go together: near 1 with each other, 0 not at all, near -1 against each other."""
    rationale: Text = ""
    """Why."""
