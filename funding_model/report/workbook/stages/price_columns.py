"""Price columns: what is entered of the price, its movement, payment and monitoring, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from funding_model import units
from funding_model.costing.contract import (
    BASKET,
    CAP_OF_DIRECT,
    CAP_OF_TOTAL,
    CPI,
    FLAT_ON_DIRECT,
    FLAT_ON_STAFF,
    FORECAST,
    FULL,
    KEPT,
    MODIFIED_BASE,
    PAY_AWARD,
)
from funding_model.report.workbook.book import FLAG, FRACTION, NUMBER, POUNDS_A_YEAR, WHOLE, Entry, Formula, Item
from funding_model.report.workbook.engine import Engine
from funding_model.units import Unit

Figures: TypeAlias = npt.NDArray[Any]
"""By contract and service."""
Read = Callable[[Figures], float]
Columns = dict[str, tuple[str, Callable[[Read], Item]]]
"""By name: the header, and how to make the entry of some terms."""
NO_CAP: Final = 1000.0
"""A rise that no price reaches, where none is agreed."""
STEP: Final = Unit("fraction a year", "", -1, NO_CAP)
TIMES: Final = Unit("times direct cost", "", 0, 1000)
CAP_OF_ALL: Final = Unit("fraction of direct cost and overhead", "", 0, 0.99)


def columns_of(engine: Engine, excluded: Sequence[str]) -> list[tuple[str, str, Columns]]:
    """Return the tables: title, note and columns, each with how to read its entry."""
    terms = engine.comparison.terms
    price, payment, scrutiny = terms.price, terms.payment, terms.scrutiny

    def plain(array: Figures, unit: str, bounds: Unit | None = None) -> Callable[[Read], Item]:
        return lambda read: Entry(_finite(read(array)), unit, bounds)

    def flag(array: Figures) -> Callable[[Read], Item]:
        return lambda read: Entry(float(bool(read(array))), FLAG)

    def under(array: Figures, codes: tuple[int, ...], rule: Figures, unit: str, bounds: Unit) -> Callable[[Read], Item]:
        return lambda read: Entry(read(array) if read(rule) in codes else 0.0, unit, bounds)

    rules, rate, moves = price.overhead_rule, price.overhead_rate, price.movement
    actual = np.isin(rules, (FULL, CAP_OF_DIRECT, CAP_OF_TOTAL))
    weight = np.where(moves == BASKET, price.pay_weight, moves == PAY_AWARD)
    prices = np.where(moves == BASKET, 1 - price.pay_weight, moves == CPI)
    fixed = np.where(moves == FORECAST, 0.0, price.rate)
    return [
        (
            "What the price recognises",
            "Overhead paid = what is borne, capped or not, + flat rates. A cap of the total is of direct and overhead.",
            {
                "actual_overhead": ("Pays overhead as it is borne", flag(actual)),
                "capped": ("That is capped", flag(np.isin(rules, (CAP_OF_DIRECT, CAP_OF_TOTAL)))),
                "cap_of_direct": ("Cap, fraction of direct", under(rate, (CAP_OF_DIRECT,), rules, FRACTION, TIMES)),
                "cap_of_all": ("Cap, fraction of the total", under(rate, (CAP_OF_TOTAL,), rules, FRACTION, CAP_OF_ALL)),
                "overhead_limit": ("Most overhead for each pound of direct cost", lambda _: Formula("0", FRACTION)),
                "flat_on_direct": (
                    "Flat rate on direct cost",
                    under(rate, (FLAT_ON_DIRECT, MODIFIED_BASE), rules, FRACTION, units.RATE),
                ),
                "flat_on_staff": ("Flat rate on staff", under(rate, (FLAT_ON_STAFF,), rules, FRACTION, units.RATE)),
                "funded_share": ("Share that this funder pays", plain(price.funded_share, FRACTION, units.FRACTION)),
                "margin": ("Margin, fraction of the price", plain(price.margin, FRACTION, units.MARGIN)),
                "recognises_recruitment": ("Recognises recruitment", flag(price.recognises_recruitment)),
                "recognises_monitoring": ("Recognises monitoring", flag(price.recognises_monitoring)),
                "recognises_closing": ("Recognises closing costs", flag(price.recognises_closing)),
                **{
                    f"excluded_{place}": (f"Base leaves out: {category}", flag(price.excluded[:, :, place]))
                    for place, category in enumerate(excluded)
                },
            },
        ),
        (
            "How the price moves",
            "Step = fixed rate + weights x growth, between least and most; by forecast it is on the sheet Price.",
            {
                "current": ("Paid today, a year", plain(price.current, POUNDS_A_YEAR, units.POUNDS)),
                "renewal_uplift": ("Uplift rolled forward", plain(price.renewal_uplift, FRACTION, units.GROWTH)),
                "volume_follows": ("Rolled-forward price follows volume", flag(price.volume_follows)),
                "rate": ("Fixed rate", plain(fixed, FRACTION, units.GROWTH)),
                "pay_weight": ("Weight of the pay award", plain(weight, FRACTION, units.FRACTION)),
                "price_weight": ("Weight of consumer prices", plain(prices, FRACTION, units.FRACTION)),
                "cap": (f"Most ({NO_CAP:.0f}: no cap)", plain(price.cap, FRACTION, STEP)),
                "floor": ("Least (-1: no floor)", plain(price.floor, FRACTION, STEP)),
                "lag": ("Years of lag", plain(price.lag, WHOLE, units.LAG_YEARS)),
            },
        ),
        (
            "Payment, monitoring and change",
            "",
            {
                "kept": ("Underspend is kept", flag(payment.underspend == KEPT)),
                "returns": ("Returns a year", plain(scrutiny.returns, NUMBER, units.TIMES_A_YEAR)),
                "return_hours": ("Hours for each", plain(scrutiny.return_hours, "hours", units.HOURS)),
                "return_hours_funder": ("Funder's hours", plain(scrutiny.return_hours_funder, "hours", units.HOURS)),
                "variation_hours": ("Hours for a variation", plain(scrutiny.variation_hours, "hours", units.HOURS)),
                "chance_of_change": ("Chance of change", plain(scrutiny.chance_of_change, FRACTION, units.FRACTION)),
            },
        ),
    ]  # fmt: skip


def _finite(value: float) -> float:
    return value if np.isfinite(value) else NO_CAP
