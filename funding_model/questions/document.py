"""Document: the answer to *compare* as plain data for JSON, stable and described key by key in ``docs/json.md``."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from funding_model import __version__
from funding_model.costing.arrays import Floats, total
from funding_model.costing.checks import Check
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, data_date, per_cent_of
from funding_model.questions.notes import LIMITS, Note, switched_off, warnings
from funding_model.questions.results import (
    COLUMNS,
    Record,
    cash_record,
    exposure_records,
    families_record,
    gap_records,
    hours_record,
    money_record,
    month_records,
    purse_record,
    share_at,
    staff_record,
    yearly_columns,
    years_records,
)
from funding_model.questions.tidy import csv_text
from funding_model.questions.totals import POUNDS, SHARE, STANDARD_SECURITY, Totals
from funding_model.scenario.dumping import input_hash

__all__ = ["as_document", "csv_text", "differences_across"]

FAMILIES_RESULTS = ("people_starting_support", "support_months", "weeks_lost", "waiting_at_end", "cost_with_people")
"""Results that mean nothing when no service has a people's side."""
LONGEST_SECURITY = max(STANDARD_SECURITY)


def as_document(comparison: Comparison) -> Record:
    """Return a comparison as plain data: numbers unrounded, None where something is blank or does not apply."""
    scenario = comparison.scenario
    return {
        "scenario": scenario.name,
        "base": comparison.base,
        "contracts": [_contract(comparison, case) for case in range(len(comparison.contracts))],
        "differences": _differences(comparison),
        "checks": {"passed": comparison.passed, "checks": [_check(check) for check in comparison.checks]},
        "off": [_note(note) for note in switched_off(comparison)],
        "warnings": [_note(note) for note in warnings(comparison)],
        "limits": list(LIMITS),
        "part_years": comparison.prepared.dates.part_years(),
        "meta": {
            "version": __version__,
            "schema_version": scenario.schema_version,
            "input_hash": input_hash(scenario),
            "reference_data_date": data_date(),
        },
    }


def _contract(comparison: Comparison, case: int) -> Record:
    columns = yearly_columns(comparison.evaluation.money, case)
    every = np.ones(len(comparison.scenario.services), bool)
    return {
        "name": comparison.contracts[case],
        "years": years_records(comparison, {name: total(values, 0) for name, values in columns.items()}),
        "services": [_service(comparison, case, columns, service) for service in range(len(every))],
        "totals": money_record({name: getattr(comparison.totals, name)[case] for name in COLUMNS}),
        "families": families_record(comparison, case, every),
        "staff": staff_record(comparison, case),
        "cash": cash_record(comparison, case),
        "public_purse": purse_record(comparison, case),
        "hours": hours_record(comparison, case),
        "gap": gap_records(comparison, case),
        "exposures": exposure_records(comparison, case),
        "months": month_records(comparison, case),
    }


def _service(comparison: Comparison, case: int, columns: dict[str, Floats], service: int) -> Record:
    own = {name: values[service] for name, values in columns.items()}
    alone = np.arange(len(comparison.scenario.services)) == service
    return {
        "service": comparison.scenario.services[service].name,
        "years": years_records(comparison, own),
        "totals": money_record({name: float(total(values, 0)) for name, values in own.items()}),
        "families": families_record(comparison, case, alone),
    }


def differences_across(first: Comparison, other: Comparison) -> list[Record]:
    """Return what the contracts of one scenario differ in from those of the same name in another, the first.

    Raises:
        ProblemsError: No contract of the two has the same name.
    """
    shared = [name for name in other.contracts if name in first.contracts]
    if not shared:
        raise ProblemsError(
            [
                Problem(
                    "contracts",
                    f'"{first.scenario.name}" and "{other.scenario.name}" have no contract of the same name.',
                    "Give the contracts that should be compared the same name in both.",
                )
            ]
        )
    return [
        row
        for name in shared
        for row in _beside(
            (f"{name} ({other.scenario.name})", _results(other, other.contracts.index(name))),
            (f"{name} ({first.scenario.name})", _results(first, first.contracts.index(name))),
        )
    ]


def _differences(comparison: Comparison) -> list[Record]:
    results = [_results(comparison, case) for case in range(len(comparison.contracts))]
    base = (comparison.base, results[comparison.contracts.index(comparison.base)])
    others = zip(comparison.contracts, results, strict=True)
    return [row for name, found in others if name != comparison.base for row in _beside((name, found), base)]


def _results(comparison: Comparison, case: int) -> dict[str, tuple[str, float | None]]:
    """Return every result of a contract with its unit; None where it does not apply."""
    every = np.ones(len(comparison.scenario.services), bool)
    people = families_record(comparison, case, every)
    totals = money_record({name: getattr(comparison.totals, name)[case] for name in COLUMNS})
    results: dict[str, tuple[str, float | None]] = {
        item.name: (item.metadata["unit"], float(getattr(comparison.totals, item.name)[case]))
        for item in fields(Totals)
        if people["weeks_lost"] or item.name not in FAMILIES_RESULTS
    }
    return results | {
        "recovery_rate": (SHARE, totals["recovery_rate"]),
        "cost_per_person": (POUNDS, people["cost_per_person"]),
        "secure_post_months_share_at_12": (SHARE, share_at(comparison, case, LONGEST_SECURITY)),
    }


def _beside(
    compared: tuple[str, dict[str, tuple[str, float | None]]], base: tuple[str, dict[str, tuple[str, float | None]]]
) -> list[Record]:
    (contract, results), (base_contract, base_results) = compared, base
    rows = []
    for result, (unit, value) in results.items():
        base_value = base_results[result][1] if result in base_results else None
        if value is None or base_value is None:
            continue
        difference = value - base_value
        rows.append(
            {
                "contract": contract,
                "base": base_contract,
                "result": result,
                "unit": unit,
                "value": value,
                "base_value": base_value,
                "difference": difference,
                "per_cent": per_cent_of(difference, base_value),
            }
        )
    return rows


def _check(check: Check) -> Record:
    unit = "" if check.unit == "fraction" else f" {check.unit}"
    detail = f"largest difference {check.difference:.2g}{unit} beside amounts of up to {check.scale:.6g}{unit}"
    return {"name": check.name, "passed": check.passed, "detail": detail}


def _note(note: Note) -> Record:
    return {"where": note.where, "text": note.text}
