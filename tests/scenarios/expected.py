"""The expected results that stand beside each scenario of the library.

``python -m tests.scenarios.expected`` writes them anew. Do so only when you can say why a number has moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from funding_model.questions.compare import Comparison, compare
from funding_model.questions.totals import Totals
from funding_model.questions.uncertainty.document import HEADLINES, simulation_document
from funding_model.questions.uncertainty.ranges import ranges_of
from funding_model.questions.uncertainty.simulation import FIRST_DRAWS, simulate
from funding_model.scenario.loading import load_file
from funding_model.scenario.scenario import Scenario

LIBRARY = Path(__file__).resolve().parents[2] / "scenarios"
EXPECTED = LIBRARY / "expected"
DRAWN = EXPECTED / "drawn"
IDS = sorted(path.stem for path in LIBRARY.glob("*.yaml"))

MONEY = ("full_cost", "fundable_cost", "price", "cost", "income", "surplus", "surplus_posts_filled")
"""What is kept of each financial year and of each service, in pounds."""
POUNDS = "pounds"
PENNY = 0.01
RELATIVE = 1e-6
DIGITS = 6

Results: TypeAlias = dict[str, Any]
UNITS = {item.name: str(item.metadata["unit"]) for item in fields(Totals)} | dict.fromkeys(MONEY, POUNDS)


def scenario_of(identifier: str) -> Scenario:
    """Return a scenario of the library that has no problems."""
    scenario, problems = load_file(LIBRARY / f"{identifier}.yaml")
    assert problems == []
    assert scenario is not None
    return scenario


def results_of(comparison: Comparison) -> Results:
    """Return a comparison's results as plain numbers, by contract: in all, by financial year and by service."""
    years = comparison.prepared.dates.year_labels()
    services = [service.name for service in comparison.scenario.services]
    money = {
        name: np.broadcast_to(
            getattr(comparison.evaluation.money, name), (len(comparison.contracts), len(services), len(years))
        )
        for name in MONEY
    }

    def sums(case: int, axis: int, labels: list[str]) -> Results:
        by_name = {name: values[case].sum(axis=axis) for name, values in money.items()}
        return {label: {name: _plain(by_name[name][at]) for name in MONEY} for at, label in enumerate(labels)}

    return {
        contract: {
            "in all": {
                item.name: _plain(getattr(comparison.totals, item.name)[case]) for item in fields(comparison.totals)
            },
            "by year": sums(case, 0, years),
            "by service": sums(case, 1, services),
        }
        for case, contract in enumerate(comparison.contracts)
    }


def drawn_of(scenario: Scenario) -> Results:
    """Return what the first draws of a scenario's ranges say: percentiles by contract, and every probability."""
    document = simulation_document(simulate(scenario, draws=FIRST_DRAWS))
    return {
        "contracts": {
            contract["name"]: {
                row["result"]: {name: _plain(row[name]) for name in ("p10", "p50", "p90", "central")}
                for row in contract["results"]
                if row["result"] in HEADLINES
            }
            for contract in document["contracts"]
        },
        "probabilities": [
            {name: row[name] for name in ("question", "ledger", "contract", "than", "probability")}
            for row in document["probabilities"]
        ],
    }


def differences(expected: Mapping[str, Any], found: Mapping[str, Any], place: str = "") -> list[str]:
    """Return where results differ by more than a penny of money, or otherwise by more than a millionth."""
    missing = [f"{place}{name}: is gone" for name in expected if name not in found]
    moved = []
    for name, value in expected.items():
        if name not in found:
            continue
        if isinstance(value, dict):
            moved += differences(value, found[name], f"{place}{name} / ")
        else:
            allowed = PENNY if UNITS[name] == POUNDS else RELATIVE * max(1.0, abs(value))
            if abs(found[name] - value) > allowed:
                moved.append(f"{place}{name}: {value} has become {found[name]}")
    return missing + moved


def expected_of(identifier: str) -> Results:
    """Return the expected results of a scenario as they were written."""
    results: Results = json.loads((EXPECTED / f"{identifier}.json").read_text(encoding="utf-8"))
    return results


def write_all() -> None:
    """Write the expected results of the whole library."""
    EXPECTED.mkdir(exist_ok=True)
    for identifier in IDS:
        results = results_of(compare(scenario_of(identifier)))
        text = json.dumps(results, indent=1, ensure_ascii=False)
        (EXPECTED / f"{identifier}.json").write_text(f"{text}\n", encoding="utf-8")
    DRAWN.mkdir(exist_ok=True)
    for identifier in IDS:
        scenario = scenario_of(identifier)
        if ranges_of(scenario).drawn:
            text = json.dumps(drawn_of(scenario), indent=1, ensure_ascii=False)
            (DRAWN / f"{identifier}.json").write_text(f"{text}\n", encoding="utf-8")


def _plain(value: float) -> float:
    """Return a number as it is written: no more digits than the comparison needs, and no minus nought."""
    return round(float(value), DIGITS) + 0.0


if __name__ == "__main__":
    write_all()
