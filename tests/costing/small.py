"""A small scenario in which a person can do every sum: one service, one post, and whatever a test adds to it."""

from __future__ import annotations

from collections.abc import Iterable

from funding_model.costing.arrays import Floats
from funding_model.questions.compare import Comparison, compare
from funding_model.scenario.scenario import Scenario
from tests.strategies import Plain, simple_contract

STILL: Plain = {
    "pay_award": {"every_year": 0.0},
    "cpi": {"every_year": 0.0},
    "gdp_deflator": {"every_year": 0.0},
}
"""Nothing grows."""
STEADY: Plain = {**STILL, "turnover": 0.0}
"""Nothing grows and nobody leaves."""
POST: Plain = {"name": "Worker", "fte": 1.0, "salary": 30_000.0}
YEARLY_PAY = 30_000 + 0.15 * (30_000 - 5_000)
"""What that post costs from April 2025: 33,750 a year, 2,812.50 a month."""


def scenario(
    *contracts: Plain,
    service: Plain | None = None,
    services: Iterable[Plain] | None = None,
    years: int = 1,
    organisation: Plain | None = None,
    assumptions: Plain | None = None,
) -> Scenario:
    """Return the small scenario with contracts (one annual contract if none) and other entries."""
    standing: Plain = {"name": "Service", "posts": [POST]}
    return Scenario.model_validate(
        {
            "name": "Small",
            "horizon_years": years,
            "organisation": {"name": "Charity", "first_month": "2026-04", **(organisation or {})},
            "services": list(services) if services is not None else [{**standing, **(service or {})}],
            "contracts": list(contracts) or [simple_contract()],
            "assumptions": STEADY if assumptions is None else assumptions,
        }
    )


def costed(
    *contracts: Plain,
    service: Plain | None = None,
    services: Iterable[Plain] | None = None,
    years: int = 1,
    organisation: Plain | None = None,
    assumptions: Plain | None = None,
) -> Comparison:
    """Return the comparison of that scenario's contracts."""
    return compare(
        scenario(
            *contracts,
            service=service,
            services=services,
            years=years,
            organisation=organisation,
            assumptions=assumptions,
        )
    )


def of(array: Floats, contract: int = 0, service: int = 0) -> list[float]:
    """Return one contract's and service's row of an array in which either may be the same for all."""
    row = array[contract if len(array) > 1 else 0]
    return [float(value) for value in row[service if len(row) > 1 else 0]]
