"""Gap: every pound between full cost and price, and on to the surplus, by service and year; and who carries it.

The steps are those of the core's ledger, each an addition to the surplus: full cost, with the first two steps, is the
fundable cost; with the next four the price; all of them add up to the surplus. *Who subsidises*: what reserves have met
by each year's end if everything continues, and how many months of spending are left beside the policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from funding_model import __version__
from funding_model.costing.arrays import total
from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.compare import Comparison, data_date
from funding_model.questions.notes import LIMITS
from funding_model.questions.reserves import spending_a_month
from funding_model.questions.results import of_case
from funding_model.questions.tidy import Cell, table_csv
from funding_model.scenario.dumping import input_hash

TO_FUNDABLE: Final = GAP_STEPS[:2]
"""Steps from full cost to fundable cost."""
TO_PRICE: Final = GAP_STEPS[2:6]
"""Steps from fundable cost to price."""
TO_SURPLUS: Final = GAP_STEPS[6:]
"""Steps from price less full cost to surplus."""
ENDS: Final = ("full_cost", "fundable_cost", "price", "surplus")
"""Where the steps start and what they come to."""
COLUMNS: Final = ("scenario", "contract", "service", "year", "measure", "value", "unit")


@dataclass(frozen=True)
class GapYear:
    """The steps of one service, or of all, in one year, or over all: pounds."""

    service: str | None
    year: str | None
    ends: dict[str, float]
    steps: dict[str, float]


@dataclass(frozen=True)
class Subsidy:
    """What reserves have met by one year's end, if everything continues."""

    year: str
    call_in_year: float
    """Fall of free reserves in the year, pounds."""
    call_so_far: float
    """Fall of free reserves since the start, pounds."""
    free_reserves: float
    months_of_cover: float | None
    """Free reserves in months of the year's spending; None where opening reserves are blank or nothing is spent."""
    policy_months: float | None


def gap_years(comparison: Comparison, case: int) -> list[GapYear]:
    """Return the steps of a contract: of every service by year and over all years, then of all services alike."""
    evaluation, labels = comparison.evaluation, comparison.prepared.dates.year_labels()
    steps = {name: of_case(step, case) for name, step in evaluation.gap.steps.items()}
    ends = {name: of_case(getattr(evaluation.money, name), case) for name in ENDS}
    services = [service.name for service in comparison.scenario.services]
    found = []
    for place, service in enumerate([*services, None]):
        own = {name: total(values, 0) if service is None else values[place] for name, values in (ends | steps).items()}
        for year, label in enumerate([*labels, None]):
            values = {name: float(total(column, 0) if label is None else column[year]) for name, column in own.items()}
            found.append(
                GapYear(
                    service, label, {name: values[name] for name in ENDS}, {name: values[name] for name in GAP_STEPS}
                )
            )
    return found


def subsidies(comparison: Comparison, case: int) -> list[Subsidy]:
    """Return what reserves have met by each year's end."""
    organisation, inputs = comparison.scenario.organisation, comparison.prepared.inputs
    reserves = of_case(comparison.evaluation.cash.free_reserves, case)
    at_end = reserves[np.cumsum(inputs.calendar.months_of_year) - 1]
    spending = of_case(spending_a_month(comparison.evaluation, inputs), case)
    before = inputs.funds.opening_reserves
    found = []
    for year, label in enumerate(comparison.prepared.dates.year_labels()):
        left = float(at_end[year])
        known = organisation.opening_free_reserves is not None and spending[year] > 0
        found.append(
            Subsidy(
                year=label,
                call_in_year=before - left,
                call_so_far=inputs.funds.opening_reserves - left,
                free_reserves=left,
                months_of_cover=left / float(spending[year]) if known else None,
                policy_months=organisation.reserves_policy_months,
            )
        )
        before = left
    return found


def as_document(comparison: Comparison) -> dict[str, Any]:
    """Return the gap under every contract as plain data: numbers unrounded."""
    return {
        "scenario": comparison.scenario.name,
        "contracts": [_contract(comparison, case) for case in range(len(comparison.contracts))],
        "part_years": comparison.prepared.dates.part_years(),
        "limits": list(LIMITS),
        "meta": {
            "version": __version__,
            "input_hash": input_hash(comparison.scenario),
            "reference_data_date": data_date(),
        },
    }


def _contract(comparison: Comparison, case: int) -> dict[str, Any]:
    found = gap_years(comparison, case)
    organisation = comparison.scenario.organisation
    return {
        "name": comparison.contracts[case],
        **_of_service(found, None),
        "services": [
            {"service": service.name, **_of_service(found, service.name)} for service in comparison.scenario.services
        ],
        "reserves": {
            "opening_entered": organisation.opening_free_reserves is not None,
            "opening": comparison.prepared.inputs.funds.opening_reserves,
            "policy_months": organisation.reserves_policy_months,
            "years": [
                {
                    "year": each.year,
                    "call_in_year": each.call_in_year,
                    "call_so_far": each.call_so_far,
                    "free_reserves": each.free_reserves,
                    "months_of_cover": each.months_of_cover,
                }
                for each in subsidies(comparison, case)
            ],
        },
    }


def _of_service(found: Sequence[GapYear], service: str | None) -> dict[str, Any]:
    def record(each: GapYear) -> dict[str, Any]:
        year = {} if each.year is None else {"year": each.year}
        return {**year, **each.ends, "steps": each.steps}

    own = [each for each in found if each.service == service]
    return {
        "years": [record(each) for each in own if each.year is not None],
        "totals": next(record(each) for each in own if each.year is None),
    }


def as_csv(comparison: Comparison) -> str:
    """Return the gap under every contract as one table; a blank service or year stands for all of them."""
    return table_csv(COLUMNS, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    scenario = comparison.scenario.name
    for case, contract in enumerate(comparison.contracts):
        for each in gap_years(comparison, case):
            for name, value in (each.ends | each.steps).items():
                yield scenario, contract, each.service, each.year, name, value, "pounds"
        for subsidy in subsidies(comparison, case):
            about = (scenario, contract, None, subsidy.year)
            for name in ("call_in_year", "call_so_far", "free_reserves"):
                yield *about, f"reserves_{name}", getattr(subsidy, name), "pounds"
            for name in ("months_of_cover", "policy_months"):
                if getattr(subsidy, name) is not None:
                    yield *about, f"reserves_{name}", getattr(subsidy, name), "months"
