"""Cash and reserves: the annex on when money runs short, and who carries the gap."""

from __future__ import annotations

from typing import Final

from funding_model.questions.compare import Comparison
from funding_model.questions.results import cash_record
from funding_model.report.charts import cash_chart
from funding_model.report.gaps import subsidy_rows, subsidy_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.board import contract_name
from funding_model.report.paper.content import LINE, Block, Paragraph, Row, Section, Table, bullets, figure
from funding_model.report.rows import confirmed_words, month_rows, period
from funding_model.report.sentences import headlines, quoted
from funding_model.report.words import NOTHING, pounds

SUBSIDY_COLUMNS: Final = (
    "Financial year", "Met in the year", "Met so far", "Free reserves left", "Months of spending they cover",
    "Months the policy asks for",
)  # fmt: skip


def cash(asked: Asked) -> Section:
    """Return cash under every contract, and what reserves meet of it."""
    comparison = asked.comparison
    rows = [row for case in range(len(comparison.contracts)) for row in month_rows(comparison, case)]
    chart = cash_chart(rows, comparison.scenario.organisation.minimum_cash, LIGHT)
    caption = f"Cash of the whole organisation at each month’s end, {period(comparison)}, if everything continues"
    blocks: list[Block] = [Paragraph(line.text) for line in headlines(comparison) if line.subject == "Cash"]
    blocks.append(figure(caption, chart, _cash_table(asked)))
    parts = [
        Section(
            f"Who carries the gap under {quoted(name)}",
            (bullets(*subsidy_sentences(comparison, case)), _subsidies(comparison, case)),
        )
        for case, name in enumerate(comparison.contracts)
    ]
    return Section("", tuple(blocks), tuple(parts))


def _cash_table(asked: Asked) -> Table:
    comparison = asked.comparison
    organisation = comparison.scenario.organisation
    rows = []
    for case in range(len(comparison.contracts)):
        record = cash_record(comparison, case)
        below = record["first_month_below_minimum"]
        known = organisation.opening_cash is not None
        rows.append(
            Row(
                (
                    contract_name(asked, case),
                    confirmed_words(comparison, case),
                    (_month(comparison, below) if below else "never") if known else NOTHING,
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
            "Contract", "Funding confirmed until", f"First below {pounds(organisation.minimum_cash)}",
            "Lowest cash, if all continues", "Lowest cash, if a service is lost", "Cash at the end",
            "Free reserves at the end",
        ),
        tuple(rows),
        texts=3,
    )  # fmt: skip


def _month(comparison: Comparison, year_month: str) -> str:
    dates = comparison.prepared.dates
    return dates.label(dates.index_of(year_month, 0))


def _subsidies(comparison: Comparison, case: int) -> Table:
    rows = [Row((each.year, *(cell or NOTHING for cell in each.cells()))) for each in subsidy_rows(comparison, case)]
    name = quoted(comparison.contracts[case])
    return Table(f"What free reserves meet under {name}, if everything continues", SUBSIDY_COLUMNS, tuple(rows))
