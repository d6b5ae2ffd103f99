"""Every unit, symbol and bound of the model, stated once, as plain values.

A bound is a guard against slips of the keyboard, not a policy: it is as wide as any voluntary organisation could
need. The entry models, the tables of the app, the workbook's validation and the tests all read it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MONTHS_A_YEAR: Final = 12
WEEKS_A_YEAR: Final = 52
WEEKS_A_MONTH: Final = WEEKS_A_YEAR / MONTHS_A_YEAR
"""Weeks of service in a month: the model's convention, 52 twelfths."""
DAYS_A_YEAR: Final = 365.25
DAYS_A_PAYMENT_MONTH: Final = 31
"""Payment terms in days are counted in whole months of up to 31 days."""
PAY_WEEKS_A_YEAR: Final = 52.143
"""Weeks in the year by which NJC annual salaries are turned into hourly rates."""
PERCENT: Final = 100.0

SHORTEST_HORIZON: Final = 1
LONGEST_HORIZON: Final = 10
"""Years."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number means and between which bounds it may lie.

    Attributes:
        name: The unit in words, as it is shown beside a field.
        symbol: Short sign before or after the number, empty when there is none.
        minimum: Smallest value allowed, None when there is none.
        maximum: Largest value allowed.
        above_minimum: Whether the smallest value itself is refused.
        whole: Whether only whole numbers make sense.
        remedy: What to do when the number is out of bounds.
    """

    name: str
    symbol: str = ""
    minimum: float | None = 0.0
    maximum: float = 1e12
    above_minimum: bool = False
    whole: bool = False
    remedy: str = ""


POUNDS: Final = Unit("pounds", "£", 0, 1e10, remedy="Enter an amount in pounds, without a sign.")
SIGNED_POUNDS: Final = Unit("pounds", "£", -1e10, 1e10)
SALARY: Final = Unit("pounds a year, full time", "£", 0, 1e6, above_minimum=True)
FTE: Final = Unit(
    "full-time equivalent of each head", "FTE", 0, 1, above_minimum=True, remedy="Delete the post if it is not needed."
)
HEADS: Final = Unit("people", "", 0, 1e5, above_minimum=True, remedy="Delete the entry if nobody is or will be in it.")
FRACTION: Final = Unit("fraction, 0 to 1", "", 0, 1, remedy="Enter 12 per cent as 0.12.")
RATE: Final = Unit("fraction", "", 0, 5, remedy="Enter 12 per cent as 0.12.")
GROWTH: Final = Unit(
    "fraction a year", "", -0.4, 0.4, remedy="It is a fraction: write 1 per cent a year as 0.01, 10 per cent as 0.1."
)
"""Beyond every published yearly figure, and short of half a per cent written as 0.5."""
TURNOVER: Final = Unit("fraction of staff a year", "", 0, 3, remedy="Enter 18 per cent a year as 0.18.")
MARGIN: Final = Unit("fraction of the price", "", 0, 0.5, remedy="Enter 5 per cent as 0.05.")
MONTHS: Final = Unit("months", "", 0, 240)
MONTHS_ABOVE_NONE: Final = Unit("months", "", 0.05, 60)
LENGTH_OF_SUPPORT: Final = Unit("months", "", 1, 240, remedy="Enter 1 month for support that is shorter.")
LEAD_MONTHS: Final = Unit("months before the start; negative when late", "", -24, 60)
TERM_MONTHS: Final = Unit("whole months", "", 1, 240, whole=True)
EXTENSIONS: Final = Unit("extensions", "", 0, 10, whole=True)
WEEKS: Final = Unit("weeks", "", 0, 104)
YEARS_OF_SERVICE: Final = Unit("completed years", "", 0, 60, whole=True)
AGE: Final = Unit("years of age", "", 14, 90, whole=True)
DAYS: Final = Unit("days", "", 0, 730)
HOURS: Final = Unit("hours", "", 0, 1e5)
HOURS_A_WEEK: Final = Unit("hours a week", "", 1, 60)
PEOPLE: Final = Unit("people", "", 0, 1e7)
PEOPLE_A_MONTH: Final = Unit("people a month", "", 0, 1e6)
PEOPLE_A_YEAR: Final = Unit("people a year", "", 0, 1e6)
CASELOAD: Final = Unit("people at a time for each delivery FTE", "", 0, 1e5)
PAY_POINT: Final = Unit("spinal column point", "", 1, 70, whole=True)
STEPS: Final = Unit("yearly steps", "", 0, 20, whole=True)
TIMES_A_YEAR: Final = Unit("times a year", "", 0, 365)
LAG_YEARS: Final = Unit("years", "", 0, 3, whole=True)
HORIZON_YEARS: Final = Unit("years", "", SHORTEST_HORIZON, LONGEST_HORIZON, whole=True)
QUANTITY: Final = Unit("units of the driver", "", 0, 1e12)
VOLUME: Final = Unit("times the entered volume", "", 0, 1e3)
MULTIPLE: Final = Unit("times the statutory amount", "", 1, 20)
PRICE_FACTOR: Final = Unit("fraction", "", 0, 10)
NEED_INDEX: Final = Unit("index", "", 0, 1e6)
