"""The field types of every entry model: a unit and its bounds become a validated, documented number."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from funding_model import units

YEAR_MONTH_PATTERN = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"
FINANCIAL_YEAR_PATTERN = r"^(19|20)\d{2}-\d{2}$"


def bounded(unit: units.Unit) -> Any:  # noqa: ANN401 - pydantic types Field() as Any
    """Return the pydantic field that holds a number of this unit within its bounds."""
    bounds: dict[str, Any] = {"le": unit.maximum}
    if unit.minimum is not None:
        bounds["gt" if unit.above_minimum else "ge"] = unit.minimum
    field: FieldInfo = Field(
        **bounds,
        strict=True,
        allow_inf_nan=False,
        json_schema_extra={"unit": unit.name, "remedy": unit.remedy},
    )
    return field


Pounds = Annotated[float, bounded(units.POUNDS)]
SignedPounds = Annotated[float, bounded(units.SIGNED_POUNDS)]
Salary = Annotated[float, bounded(units.SALARY)]
Fte = Annotated[float, bounded(units.FTE)]
Heads = Annotated[float, bounded(units.HEADS)]
Fraction = Annotated[float, bounded(units.FRACTION)]
Rate = Annotated[float, bounded(units.RATE)]
Growth = Annotated[float, bounded(units.GROWTH)]
Margin = Annotated[float, bounded(units.MARGIN)]
Months = Annotated[float, bounded(units.MONTHS)]
LengthOfSupport = Annotated[float, bounded(units.LENGTH_OF_SUPPORT)]
LeadMonths = Annotated[float, bounded(units.LEAD_MONTHS)]
TermMonths = Annotated[int, bounded(units.TERM_MONTHS)]
Extensions = Annotated[int, bounded(units.EXTENSIONS)]
Weeks = Annotated[float, bounded(units.WEEKS)]
YearsOfService = Annotated[int, bounded(units.YEARS_OF_SERVICE)]
Age = Annotated[int, bounded(units.AGE)]
Days = Annotated[float, bounded(units.DAYS)]
Hours = Annotated[float, bounded(units.HOURS)]
HoursAWeek = Annotated[float, bounded(units.HOURS_A_WEEK)]
People = Annotated[float, bounded(units.PEOPLE)]
PeopleAMonth = Annotated[float, bounded(units.PEOPLE_A_MONTH)]
Caseload = Annotated[float, bounded(units.CASELOAD)]
PayPoint = Annotated[int, bounded(units.PAY_POINT)]
Steps = Annotated[int, bounded(units.STEPS)]
TimesAYear = Annotated[float, bounded(units.TIMES_A_YEAR)]
LagYears = Annotated[int, bounded(units.LAG_YEARS)]
HorizonYears = Annotated[int, bounded(units.HORIZON_YEARS)]
Quantity = Annotated[float, bounded(units.QUANTITY)]
Volume = Annotated[float, bounded(units.VOLUME)]
Multiple = Annotated[float, bounded(units.MULTIPLE)]
PriceFactor = Annotated[float, bounded(units.PRICE_FACTOR)]
NeedIndex = Annotated[float, bounded(units.NEED_INDEX)]

Name = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(max_length=4000)]
YearMonth = Annotated[
    str,
    Field(
        pattern=YEAR_MONTH_PATTERN,
        json_schema_extra={"unit": "year and month", "remedy": 'Write April 2026 as "2026-04".'},
    ),
]
FinancialYear = Annotated[
    str,
    Field(
        pattern=FINANCIAL_YEAR_PATTERN,
        json_schema_extra={"unit": "financial year", "remedy": 'Write the year from April 2026 as "2026-27".'},
    ),
]
Status = Literal["yours", "published", "default", "example", "no evidence"]


def title_of(name: str) -> str:
    """Return a field's title for a form or a table: its name in words."""
    words = name.replace("_", " ")
    for short in ("fte", "vat", "cpi", "gdp", "nic"):
        words = " ".join(short.upper() if word == short else word for word in words.split(" "))
    return words[:1].upper() + words[1:]


class Entry(BaseModel):
    """Base of every entry model: frozen, refuses unknown keys, its attribute docstrings are its help texts."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        field_title_generator=lambda name, _info: title_of(name),
        allow_inf_nan=False,
        str_strip_whitespace=True,
        validate_default=True,
    )


class Sourced(Entry):
    """An entry whose amounts say where they come from."""

    status: Status = "yours"
    """Where the amounts come from: yours, published (with its source), a default, or an example to replace."""
    source: Text = ""
    """The document the amounts come from, for a published figure."""
