"""Document: the answer to *compare* as plain data for JSON, stable and described key by key in ``docs/json.md``."""

from __future__ import annotations

from typing import Any

import numpy as np

from funding_model import __version__
from funding_model.costing.arrays import Floats, total
from funding_model.costing.checks import Check
from funding_model.questions.compare import Comparison, data_date
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
from funding_model.questions.totals import SHARE
from funding_model.scenario.dumping import input_hash

__all__ = ["as_document", "csv_text"]

FAMILIES_RESULTS = ("people_starting_support", "support_months", "weeks_lost", "waiting_at_end")
"""Results that mean nothing when no service has a people's side."""


def as_document(comparison: Comparison) -> Record:
    """Return a comparison as plain data: numbers unrounded, None where something is blank or does not apply."""
    scenario = comparison.scenario
    contracts = [_contract(comparison, case) for case in range(len(comparison.contracts))]
    return {
        "scenario": scenario.name,
        "base": comparison.base,
        "contracts": contracts,
        "differences": _differences(comparison, contracts),
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


def _differences(comparison: Comparison, contracts: list[Record]) -> list[Record]:
    counted = bool(comparison.prepared.inputs.people.counted.any())
    rows = [
        _difference(found.contract, found.base, found.result, found.unit, found.value, found.base_value)
        for found in comparison.differences()
        if counted or found.result not in FAMILIES_RESULTS
    ]
    base_case = comparison.contracts.index(comparison.base)
    base = contracts[base_case]
    for case, contract in enumerate(contracts):
        if case == base_case:
            continue
        further = (
            ("recovery_rate", SHARE, contract["totals"]["recovery_rate"], base["totals"]["recovery_rate"]),
            (
                "cost_per_person",
                "pounds",
                contract["families"]["cost_per_person"],
                base["families"]["cost_per_person"],
            ),
            (
                "secure_post_months_share_at_12",
                SHARE,
                share_at(comparison, case, 12),
                share_at(comparison, base_case, 12),
            ),
        )
        rows += [
            _difference(contract["name"], comparison.base, name, unit, value, base_value)
            for name, unit, value, base_value in further
            if value is not None and base_value is not None
        ]
    order = {name: place for place, name in enumerate(comparison.contracts)}
    return sorted(rows, key=lambda row: order[row["contract"]])


def _difference(contract: str, base: str, result: str, unit: str, value: float, base_value: float) -> dict[str, Any]:
    difference = value - base_value
    return {
        "contract": contract,
        "base": base,
        "result": result,
        "unit": unit,
        "value": value,
        "base_value": base_value,
        "difference": difference,
        "per_cent": 100 * difference / abs(base_value) if base_value else None,
    }


def _check(check: Check) -> Record:
    detail = f"largest difference {check.difference:.2g} beside amounts of up to {check.scale:.6g}"
    return {"name": check.name, "passed": check.passed, "detail": detail}


def _note(note: Note) -> Record:
    return {"where": note.where, "text": note.text}
