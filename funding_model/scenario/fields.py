"""The field types of every entry model: a unit and its bounds become a validated, documented number."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from funding_model import units
from funding_model.problems import Problem
from funding_model.scenario.titles import title_of

YEAR_MONTH_PATTERN = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
FINANCIAL_YEAR_PATTERN = r"^(19|20)[0-9]{2}-[0-9]{2}$"
_BREAKS_OF_TEXT = frozenset("\n\t")


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


def refusal(*problems: Problem) -> PydanticCustomError:
    """Return the error that carries several problems, or one with its place, out of a validator."""
    return PydanticCustomError(
        "problems", "{text}", {"text": "; ".join(str(problem) for problem in problems), "problems": problems}
    )


def _whole_number(value: object) -> object:
    """A workbook and a script write 12 as 12.0: take it for what it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _one_line(text: str) -> str:
    if not text.isprintable() and any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        raise ValueError("must be one line without control characters; delete them")
    return text


def _several_lines(text: str) -> str:
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(letter) == "Cc" and letter not in _BREAKS_OF_TEXT for letter in lines):
        raise ValueError("has control characters; delete them")
    return lines


def _consecutive_years(year: str) -> str:
    if (int(year[:4]) + 1) % 100 != int(year[5:]):
        raise ValueError('must be a year and the next, such as 2026-27; you entered "' + year + '"')
    return year


WHOLE = BeforeValidator(_whole_number)

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
TermMonths = Annotated[int, WHOLE, bounded(units.TERM_MONTHS)]
Extensions = Annotated[int, WHOLE, bounded(units.EXTENSIONS)]
Weeks = Annotated[float, bounded(units.WEEKS)]
YearsOfService = Annotated[int, WHOLE, bounded(units.YEARS_OF_SERVICE)]
Age = Annotated[int, WHOLE, bounded(units.AGE)]
Days = Annotated[float, bounded(units.DAYS)]
Hours = Annotated[float, bounded(units.HOURS)]
HoursAWeek = Annotated[float, bounded(units.HOURS_A_WEEK)]
People = Annotated[float, bounded(units.PEOPLE)]
PeopleAMonth = Annotated[float, bounded(units.PEOPLE_A_MONTH)]
Caseload = Annotated[float, bounded(units.CASELOAD)]
PayPoint = Annotated[int, WHOLE, bounded(units.PAY_POINT)]
Steps = Annotated[int, WHOLE, bounded(units.STEPS)]
TimesAYear = Annotated[float, bounded(units.TIMES_A_YEAR)]
LagYears = Annotated[int, WHOLE, bounded(units.LAG_YEARS)]
HorizonYears = Annotated[int, WHOLE, bounded(units.HORIZON_YEARS)]
Quantity = Annotated[float, bounded(units.QUANTITY)]
Volume = Annotated[float, bounded(units.VOLUME)]
Multiple = Annotated[float, bounded(units.MULTIPLE)]
PriceFactor = Annotated[float, bounded(units.PRICE_FACTOR)]
NeedIndex = Annotated[float, bounded(units.NEED_INDEX)]

Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_one_line)]
Text = Annotated[str, Field(max_length=4000), AfterValidator(_several_lines)]
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
    AfterValidator(_consecutive_years),
]
Status = Literal["yours", "published", "default", "example", "no evidence"]


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
