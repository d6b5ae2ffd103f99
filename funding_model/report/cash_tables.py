"""Cash tables: confirmed funding, cash and reserves of every contract, and what reserves meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from funding_model.questions.compare import Comparison
from funding_model.questions.results import cash_record
from funding_model.report.gaps import subsidy_rows
from funding_model.report.rows import MonthRow, confirmed_words, period
from funding_model.report.sentences import quoted
from funding_model.report.table import LINE, Row, Table
from funding_model.report.tables import contract_heading
from funding_model.report.words import NOTHING, number, pounds

SUBSIDY_COLUMNS: Final = (
    "Financial year", "Met in the year", "Met so far", "Free reserves left", "Months of spending they cover",
    "Months the policy asks for",
)  # fmt: skip


def cash_table(comparison: Comparison) -> Table:
    """Return each contract's confirmed funding, lowest cash and reserves; one row for each contract."""
    organisation = comparison.scenario.organisation
    minimum = pounds(organisation.minimum_cash)
    rows = []
    for case, contract in enumerate(comparison.contracts):
        record = cash_record(comparison, case)
        below = _month(comparison, record["first_month_below_minimum"]) or "never"
        rows.append(
            Row(
                (
                    contract_heading(comparison, contract),
                    confirmed_words(comparison, case),
                    NOTHING if organisation.opening_cash is None else below,
                    f"{pounds(record['lowest'])}{LINE}in {_month(comparison, record['lowest_month'])}",
                    pounds(record["lowest_if_lost"]),
                    pounds(record["closing"]),
                    pounds(record["reserves"]["closing"]),
                )
            )
        )
    return Table(
        f"Cash and free reserves of the whole organisation, {period(comparison)}",
        (
            "Contract",
            "Funding confirmed until",
            f"First month below {minimum}",
            "Lowest cash, if all continues",
            "Lowest cash, if a service is lost",
            "Cash at the end",
            "Free reserves at the end",
        ),
        tuple(rows),
        texts=3,
    )


def _month(comparison: Comparison, year_month: str | None) -> str:
    if year_month is None:
        return ""
    return comparison.prepared.dates.label(comparison.prepared.dates.index_of(year_month, 0))


def months_table(rows: Iterable[MonthRow]) -> Table:
    """Return cash, free reserves and confirmed funding month by month."""
    return Table(
        "At each month’s end, if all continues",
        ("Month", "Cash", "Free reserves", "Confirmed funding ahead, months"),
        tuple(
            Row((row.month, pounds(row.cash), pounds(row.free_reserves), number(row.months_ahead, 1))) for row in rows
        ),
    )


def subsidy_table(comparison: Comparison, case: int) -> Table:
    """Return what reserves have met by each year's end, and what is left beside the policy."""
    rows = [Row((each.year, *(cell or NOTHING for cell in each.cells()))) for each in subsidy_rows(comparison, case)]
    name = quoted(comparison.contracts[case])
    return Table(f"What free reserves meet under {name}, if everything continues", SUBSIDY_COLUMNS, tuple(rows))
