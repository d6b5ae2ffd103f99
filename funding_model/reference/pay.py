"""Pay scales and the statutory limits that rest on pay: NJC spinal points, the week's pay limit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias

from funding_model.reference.dates import written_date
from funding_model.reference.parameters import DatedValue, value_on
from funding_model.units import PAY_WEEKS_A_YEAR

Jurisdiction: TypeAlias = Literal["NI", "GB"]
"""Northern Ireland or Great Britain."""

NJC_SERIES: Final = "njc.scp_salary"
NJC_FULL_TIME_HOURS: Final = 37
"""Hours a week of a full-time post on the NJC spine."""

_WEEK_PAY_CAP_SERIES: Final[Mapping[Jurisdiction, str]] = {
    "NI": "redundancy.week_pay_cap_ni",
    "GB": "redundancy.week_pay_cap_gb",
}


def week_pay_cap_series(jurisdiction: Jurisdiction) -> str:
    """Return the id of the series that limits a week's pay for statutory redundancy in a jurisdiction."""
    return _WEEK_PAY_CAP_SERIES[jurisdiction]


def redundancy_week_pay_cap(jurisdiction: Jurisdiction, day: date) -> DatedValue:
    """Return the limit on a week's pay for statutory redundancy, in pounds a week, on the day the job ends."""
    return value_on(week_pay_cap_series(jurisdiction), day)


def njc_points(day: date) -> dict[int, int]:
    """Return the full-time salary, in pounds a year, of every NJC spinal column point on a day.

    Beyond the last known award the last known spine is held; ``value_on(NJC_SERIES, day).held`` says so.

    Raises:
        LookupError: When the day is before the first spine known.
    """
    spine = value_on(NJC_SERIES, day).value
    points = spine if isinstance(spine, Mapping) else {}
    if not points:
        raise LookupError(f"no NJC pay spine was found for {written_date(day)}; enter the salary instead of a point")
    return {int(point): salary for point, salary in points.items() if isinstance(salary, int)}


def njc_salary(point: int, day: date) -> int:
    """Return the full-time salary, in pounds a year, of one NJC spinal column point on a day.

    Raises:
        LookupError: When the spine of that day has no such point; the message names those it has.
    """
    points = njc_points(day)
    if point not in points:
        raise LookupError(
            f"NJC spinal column point {point} does not exist on {written_date(day)}; "
            f"the points are {min(points)} to {max(points)}"
        )
    return points[point]


def njc_hourly(point: int, day: date) -> float:
    """Return the hourly rate of one NJC spinal column point: annual salary / 52.143 weeks / 37 hours, unrounded.

    Raises:
        LookupError: When the spine of that day has no such point.
    """
    return njc_salary(point, day) / PAY_WEEKS_A_YEAR / NJC_FULL_TIME_HOURS
