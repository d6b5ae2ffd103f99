"""Scenarios of the library with ranges; run as a program, it prints a simulation's peak memory."""

from __future__ import annotations

import sys
from typing import Any, Final

from funding_model.questions.uncertainty.drawing import Work
from funding_model.questions.uncertainty.simulation import simulate
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from tests.benchmarks.batches import REGIONAL, peak_megabytes

CHARITY: Final = "multi_service_charity"
CONTRACTS: Final = 3


def _range(low: float, value: float, high: float, distribution: str = "pert") -> dict[str, Any]:
    return {"low": low, "value": value, "high": high, "distribution": distribution}


RANGES: Final = {
    "assumptions.turnover": _range(0.12, 0.18, 0.3),
    "assumptions.extra_turnover_when_insecure": _range(0.0, 0.025, 0.1),
    "assumptions.months_to_fill": _range(1.0, 1.4, 4.0),
    "assumptions.secure_months": _range(3.0, 6.0, 12.0, "uniform"),
    "assumptions.freeze_months": _range(0.0, 1.0, 3.0, "uniform"),
    "assumptions.close_intake_months": _range(0.0, 1.0, 3.0, "uniform"),
    "assumptions.open_at_risk": _range(0.5, 0.8, 1.0),
    "assumptions.cover_share": _range(0.0, 0.2, 0.6),
    "assumptions.cover_premium": _range(0.0, 0.2, 0.5),
    "assumptions.cost_per_hire": _range(800.0, 1_500.0, 3_000.0),
    "assumptions.cost_per_hire_senior": _range(1_500.0, 3_000.0, 6_000.0),
    "assumptions.induction_months": _range(0.0, 2.0, 4.0),
    "assumptions.induction_productivity": _range(0.4, 0.6, 0.9),
    "assumptions.redeployed": _range(0.0, 0.3, 0.6),
    "assumptions.gives_up_a_month": _range(0.0, 0.02, 0.1),
    "assumptions.stranded_months": _range(0.0, 3.0, 9.0, "uniform"),
    "assumptions.discount_rate": _range(0.02, 0.035, 0.05, "normal"),
    "assumptions.pay_award.outturn_added": _range(-0.01, 0.0, 0.015, "normal"),
    "assumptions.cpi.outturn_added": _range(-0.01, 0.0, 0.02, "normal"),
    "assumptions.gdp_deflator.outturn_added": _range(-0.01, 0.0, 0.01, "normal"),
}
"""Twenty inputs of every kind, each effect switched on."""
FEW: Final = ("assumptions.turnover", "assumptions.months_to_fill", "assumptions.cpi.outturn_added")


def uncertain(name: str, paths: tuple[str, ...] = tuple(RANGES)) -> Scenario:
    """Return a scenario of the library with some assumptions as ranges, and staff who half disregard a break clause."""
    plain, problems = load_library(name)
    assert plain is not None, problems
    credible = {f"contracts.{number}.award.break_credibility": 0.5 for number in range(1, len(plain.contracts) + 1)}
    scenario, problems = load_library(name, {**credible, **{path: RANGES[path] for path in paths}})
    assert scenario is not None, problems
    return scenario


def main(name: str, draws: int, processes: int) -> None:
    """Simulate and print this program's peak memory in megabytes, before it and after."""
    scenario = uncertain(name)
    contracts = [contract.name for contract in scenario.contracts][:CONTRACTS]
    before = peak_megabytes()
    simulate(scenario, contracts, draws=draws, work=Work(processes=processes))
    sys.stdout.write(f"{before:.1f} {peak_megabytes():.1f}\n")


if __name__ == "__main__":
    main({"regional": REGIONAL, "charity": CHARITY}[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3]))
