"""Reasons: the annex that says why: from full cost to surplus under each contract, and from contract to contract."""

from __future__ import annotations

from collections.abc import Iterator

from funding_model.questions.bridge import Bridge
from funding_model.report.bridges import PART_LABELS, bridge_tables, end_names, lead, sentences
from funding_model.report.gaps import GapTable, gap_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import BRIDGED, Asked
from funding_model.report.paper.content import Block, Paragraph, Section, bullets, figure
from funding_model.report.reason_tables import bridge_table, gap_by_year, largest_step_by_service
from funding_model.report.rows import period
from funding_model.report.sentences import quoted
from funding_model.report.waterfall import bridge_chart, gap_chart

SHAPLEY = (
    "Each part is the mean of what its swap changes over every order of swapping (the Shapley value), so that the "
    "parts add up to the difference. Beside it stands what it changes if it alone changes, and if it changes last."
)
MOST_YEARS = 7
"""Years beside each other; of more, the whole period alone is shown."""


def reasons(asked: Asked) -> Section:
    """Return the gap under every contract, and the bridges from the base."""
    comparison = asked.comparison
    gaps = [
        Section(f"From full cost to surplus under {quoted(comparison.contracts[case])}", tuple(_gap(asked, tables)))
        for case, tables in enumerate(asked.gaps)
    ]
    found = [Section("From {} to {}".format(*end_names(bridge)), tuple(_bridge(bridge))) for bridge in asked.bridges]
    note = (
        "Steps are additions to the surplus, each put to the rule that causes it. Costs and income count each month by "
        "the chance that the service still goes on."
    )
    beside = [SHAPLEY] if found else []
    beside += dict.fromkeys(text for bridge in asked.bridges for text in bridge.notes)
    return Section("", tuple(Paragraph(text) for text in (note, *beside)), (*gaps, *found))


def _gap(asked: Asked, tables: list[GapTable]) -> Iterator[Block]:
    *services, every = tables
    shown = services[0] if len(services) == 1 else every
    yield bullets(*gap_sentences(shown))
    chart = gap_chart(every, LIGHT)
    caption = f"From full cost to surplus under {quoted(every.contract)}, {period(asked.comparison)}"
    yield figure(caption, chart, gap_by_year(every, MOST_YEARS))
    if len(services) > 1:
        yield largest_step_by_service(asked.comparison, tables)


def _bridge(bridge: Bridge) -> Iterator[Block]:
    if not bridge.parts:
        yield Paragraph("They do not differ in anything that is costed.")
        return
    yield Paragraph(f"They differ in: {', '.join(PART_LABELS[name].lower() for name in bridge.parts)}.")
    for found in bridge_tables(bridge):
        yield Paragraph(lead(bridge, found))
        if any(not row.nothing for row in found.rows):
            yield bullets(*sentences(found))
            table = bridge_table(found, end_names(bridge))
            if found.found.result.name == BRIDGED[0]:
                chart = bridge_chart(found, end_names(bridge), LIGHT)
                yield figure(f"What makes the difference: {found.found.result.label}", chart, table)
            else:
                yield table
