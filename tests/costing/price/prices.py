"""What tests of prices share: a support pool and lines beside the small scenario's post, and an economy that grows."""

from __future__ import annotations

from tests.costing.small import YEARLY_PAY, costed, of
from tests.strategies import Plain

POOL: Plain = {
    "name": "Office",
    "category": "central_functions",
    "driver": "fte",
    "lines": [{"name": "Rent", "amount": 8_000.0}],
}
LINES: list[Plain] = [
    {"name": "Travel", "category": "travel", "amount": 6_000.0},
    {"name": "Gifts", "category": "gifts", "amount": 1_000.0, "eligible": False},
    {"name": "Alcohol", "category": "travel", "amount": 500.0, "eligible": False},
]
DIRECT = YEARLY_PAY + 6_000
"""Eligible direct cost of a year."""
OVERHEAD = 8_000
PAY, CPI = 0.03, 0.02
GROWING: Plain = {
    "turnover": 0.0,
    "pay_award": {"every_year": PAY},
    "cpi": {"every_year": CPI},
    "gdp_deflator": {"every_year": 0.0},
}
DOUBLED: list[Plain] = [{"start": "2027-04", "volume": 2.0}]
"""A service that doubles in the scenario's second year."""


def cost_in(year: int) -> float:
    """Return the post's cost in a later year: the threshold stands still."""
    gross = 30_000 * (1 + PAY) ** year
    return gross + 0.15 * (gross - 5_000)


def yearly_prices(contract: Plain, years: int = 1, assumptions: Plain | None = None, **service: object) -> list[float]:
    found = costed(contract, service=service, years=years, assumptions=assumptions)
    return of(found.evaluation.money.price)


def monthly_prices(contract: Plain, years: int = 1, assumptions: Plain | None = None, **service: object) -> list[float]:
    found = costed(contract, service=service, years=years, assumptions=assumptions)
    return of(found.evaluation.provider.price)
