"""Reasons: the annex that says why: from full cost to surplus under each contract, and from contract to contract."""

from __future__ import annotations

from collections.abc import Iterator

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.bridge import Bridge
from funding_model.report.bridges import DEPENDS, PART_LABELS, BridgeTable, bridge_tables, end_names, lead, sentences
from funding_model.report.gaps import END_LABELS, ROWS, GapTable, gap_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import BRIDGED, Asked
from funding_model.report.paper.content import LINE, Block, Paragraph, Row, Section, Table, bullets, figure
from funding_model.report.rows import GAP_LABELS, period
from funding_model.report.sentences import quoted
from funding_model.report.waterfall import bridge_chart, gap_chart
from funding_model.report.words import pounds

SHAPLEY = (
    "Each part is the mean of what its swap changes over every order of swapping (the Shapley value), so that the "
    "parts add up to the difference. Beside it stands what it changes if it alone changes, and if it changes last."
)
MOST_COLUMNS = 7
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
    return Section("", (Paragraph(note), *([Paragraph(SHAPLEY)] if found else [])), (*gaps, *found))


def _gap(asked: Asked, tables: list[GapTable]) -> Iterator[Block]:
    *services, every = tables
    shown = services[0] if len(services) == 1 else every
    yield bullets(*gap_sentences(shown))
    chart = gap_chart(every, LIGHT)
    caption = f"From full cost to surplus under {quoted(every.contract)}, {period(asked.comparison)}"
    yield figure(caption, chart, _by_year(every))
    if len(services) > 1:
        yield _by_service(asked, services, every)


def _by_year(found: GapTable) -> Table:
    wide = len(found.years) > MOST_COLUMNS
    columns = [found.together] if wide else [*found.columns, found.together]
    heads = ("Whole period",) if wide else (*found.years, "Whole period")
    if len(found.years) == 1:
        columns, heads = [found.together], found.years
    nil = found.nil
    rows = [_step(name, [column[name] for column in columns]) for name in ROWS if name not in nil]
    notes = (f"Nothing in: {', '.join(GAP_LABELS[name].lower() for name in nil)}.",) if nil else ()
    caption = f"From full cost to surplus under {quoted(found.contract)}, all services, in pounds of each year"
    return Table(caption, ("Step", *heads), tuple(rows), notes=notes)


def _step(name: str, values: list[float]) -> Row:
    step = name in GAP_STEPS
    label = GAP_LABELS[name] if step else END_LABELS[name]
    return Row((label, *(pounds(value, sign=step) for value in values)), "plain" if step else "total")


def _by_service(asked: Asked, services: list[GapTable], every: GapTable) -> Table:
    """Return the ends of the gap for each service, and the largest step of each."""
    ends = ("full_cost", "fundable_cost", "price", "price_less_full_cost", "surplus")

    def row(found: GapTable) -> tuple[str, ...]:
        steps = {name: found.together[name] for name in GAP_STEPS}
        largest = max(steps, key=lambda name: abs(steps[name]))
        named = f"{GAP_LABELS[largest]}{LINE}{pounds(steps[largest], sign=True)}" if steps[largest] else ""
        return (found.service or "All services", named, *(pounds(found.together[name]) for name in ends))

    rows = (*(Row(row(each)) for each in services), Row(row(every), "total"))
    return Table(
        f"Each service under {quoted(every.contract)}, {period(asked.comparison)}, in pounds",
        ("Service", "Largest step", *(END_LABELS[name] for name in ends)),
        rows,
        texts=2,
    )


def _bridge(bridge: Bridge) -> Iterator[Block]:
    if not bridge.parts:
        yield Paragraph("They do not differ in anything that is costed.")
        return
    yield Paragraph(f"They differ in: {', '.join(PART_LABELS[name].lower() for name in bridge.parts)}.")
    for found in bridge_tables(bridge):
        yield Paragraph(lead(bridge, found))
        if any(not row.nothing for row in found.rows):
            yield bullets(*sentences(found))
            table = _parts(bridge, found)
            if found.found.result.name == BRIDGED[0]:
                chart = bridge_chart(found, end_names(bridge), LIGHT)
                yield figure(f"What makes the difference: {found.found.result.label}", chart, table)
            else:
                yield table


def _parts(bridge: Bridge, found: BridgeTable) -> Table:
    start, end = end_names(bridge)
    change = found.shown.change
    rows = [
        Row(
            (
                f"{row.label}{LINE}{DEPENDS}" if row.depends else row.label,
                *(change(value) for value in (row.value, row.first, row.last)),
            )
        )
        for row in found.rows
        if not row.nothing
    ]
    together = found.shown.value(found.found.interaction)
    extra = [Row(("Of the difference, only together", change(together), "", ""))] if together else []
    return Table(
        f"What makes the difference: {found.found.result.label}",
        ("What differs", "Its part", "If it alone changed", "If it changed last"),
        (
            Row((f"From {start}", found.shown.text(found.from_value), "", ""), "total"),
            *rows,
            Row(("Difference", change(found.difference), "", ""), "total"),
            Row((f"To {end}", found.shown.text(found.to_value), "", ""), "total"),
            *extra,
        ),
    )
