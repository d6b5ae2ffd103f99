"""Rows: the numbers of a comparison as plain rows, for tables and charts alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.costing.arrays import Floats, total
from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.compare import Comparison
from funding_model.questions.document import FAMILIES_RESULTS
from funding_model.questions.results import of_case
from funding_model.questions.totals import Totals
from funding_model.report.words import as_shown

MONEY: Final = ("full_cost", "fundable_cost", "price", "surplus", "surplus_posts_filled")
"""The money columns that are shown by year, in pounds."""
LEDGERS: Final = ("provider", "cash", "public purse", "families", "staff")
"""The ledgers in the order in which they are shown; they are never added together."""
GAP_LABELS: Final = dict(
    zip(
        GAP_STEPS,
        (
            "Costs that the price does not recognise",
            "Overhead above what the price allows",
            "Share left to other funders",
            "Margin in the price",
            "Terms recognised in the price",
            "Price moved less or more than cost",
            "Underspend given back",
            "Other funders",
            "Pay not spent on empty posts",
            "Cover for empty posts",
            "Costs that follow delivery",
            "Running cost of the terms",
            "Chance and cost of losing the service",
        ),
        strict=True,
    )
)
"""What each step from full cost to surplus is called."""


@dataclass(frozen=True)
class MoneyRow:
    """The money columns of one contract in one financial year, pounds of that year."""

    contract: str
    year: str
    full_cost: float
    fundable_cost: float
    price: float
    surplus: float
    surplus_posts_filled: float


@dataclass(frozen=True)
class MonthRow:
    """Cash and free reserves at one month's end, if everything continues, and the funding confirmed by then."""

    contract: str
    number: int
    month: str
    day: str
    cash: float
    free_reserves: float
    months_ahead: float


@dataclass(frozen=True)
class ResultRow:
    """One result of every contract over the whole period."""

    name: str
    label: str
    unit: str
    ledger: str
    values: tuple[float, ...]


def year_labels(comparison: Comparison) -> list[str]:
    """Return the financial years, a part of a year marked as one."""
    dates = comparison.prepared.dates
    parts = set(dates.part_years())
    return [f"{label} (part of the year)" if label in parts else label for label in dates.year_labels()]


def period(comparison: Comparison) -> str:
    """Return the months that a comparison covers, such as ``April 2026 to March 2029``."""
    dates = comparison.prepared.dates
    return f"{dates.label(0)} to {dates.label(dates.months - 1)}"


def money_rows(comparison: Comparison, service: int | None = None) -> list[MoneyRow]:
    """Return the money columns by contract and year, of one service or of all together."""
    labels = year_labels(comparison)
    found = []
    for case, contract in enumerate(comparison.contracts):
        columns = {name: _of_service(getattr(comparison.evaluation.money, name), case, service) for name in MONEY}
        for year, label in enumerate(labels):
            found.append(MoneyRow(contract, label, **{name: float(columns[name][year]) for name in MONEY}))
    return found


def _of_service(array: Floats, case: int, service: int | None) -> Floats:
    chosen = of_case(array, case)
    picked: Floats = total(chosen, 0) if service is None else chosen[service]
    return picked


def result_rows(comparison: Comparison) -> list[ResultRow]:
    """Return the results over the whole period that mean something in this scenario."""
    counted = bool(comparison.prepared.inputs.people.counted.any())
    posts = bool(comparison.evaluation.jobs.heads.any())
    return [
        ResultRow(
            name,
            item.metadata["label"],
            item.metadata["unit"],
            item.metadata["ledger"],
            tuple(float(value) for value in getattr(comparison.totals, name)),
        )
        for name, item in Totals.__dataclass_fields__.items()
        if (counted or name not in FAMILIES_RESULTS)
        and (posts or item.metadata["ledger"] != "staff")
        and name != "cost_with_people"  # a part of the cost, for the cost of each person
    ]


def months_ahead(comparison: Comparison, case: int, service: int | None = None) -> Floats:
    """Return months of confirmed funding ahead of the middle of each month; of the least secure service when None."""
    ahead = of_case(comparison.terms.award.end_ahead, case)
    chosen: Floats = ahead.min(axis=0) if service is None else ahead[service]
    return chosen


def month_rows(comparison: Comparison, case: int, service: int | None = None) -> list[MonthRow]:
    """Return every month of a contract: the organisation's cash and reserves, and funding confirmed for a service."""
    cash, dates = comparison.evaluation.cash, comparison.prepared.dates
    balance, reserves = of_case(cash.balance, case), of_case(cash.free_reserves, case)
    ahead = months_ahead(comparison, case, service)
    return [
        MonthRow(
            comparison.contracts[case],
            month,
            dates.label(month),
            dates.day(month).isoformat(),
            float(balance[month]),
            float(reserves[month]),
            float(ahead[month]),
        )
        for month in range(dates.months)
    ]


def confirmed_months(comparison: Comparison, case: int) -> int:
    """Return how many months are funded by awards decided at the start, of the service for which they are fewest."""
    ahead = float(months_ahead(comparison, case)[0])
    return min(comparison.prepared.dates.months, int(np.floor(ahead + 0.5))) if ahead > 0 else 0


def confirmed_words(comparison: Comparison, case: int) -> str:
    """Say until when funding is confirmed at the start."""
    months, dates = confirmed_months(comparison, case), comparison.prepared.dates
    if months == 0:
        return "not confirmed at the start"
    return f"{dates.label(months - 1)}{' or later' if months == dates.months else ''}"


def same(first: float, second: float, unit: str) -> bool:
    """Return whether two results are shown alike."""
    return as_shown(first, unit) == as_shown(second, unit)
