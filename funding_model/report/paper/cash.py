"""Cash and reserves: the annex on when money runs short, and who carries the gap."""

from __future__ import annotations

from funding_model.report.cash_tables import cash_table, subsidy_table
from funding_model.report.charts import cash_chart
from funding_model.report.gaps import subsidy_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Paragraph, Section, bullets, figure
from funding_model.report.rows import month_rows, period
from funding_model.report.sentences import headlines, quoted


def cash(asked: Asked) -> Section:
    """Return cash under every contract, and what reserves meet of it."""
    comparison = asked.comparison
    rows = [row for case in range(len(comparison.contracts)) for row in month_rows(comparison, case)]
    chart = cash_chart(rows, comparison.scenario.organisation.minimum_cash, LIGHT)
    caption = f"Cash of the whole organisation at each month’s end, {period(comparison)}, if everything continues"
    blocks: list[Block] = [Paragraph(line.text) for line in headlines(comparison) if line.subject == "Cash"]
    blocks.append(figure(caption, chart, cash_table(comparison)))
    parts = [
        Section(
            f"Who carries the gap under {quoted(name)}",
            (bullets(*subsidy_sentences(comparison, case)), subsidy_table(comparison, case)),
        )
        for case, name in enumerate(comparison.contracts)
    ]
    return Section("", tuple(blocks), tuple(parts))
