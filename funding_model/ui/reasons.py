"""Reasons: the gap between full cost, price and surplus, and the bridge between two contracts, as finished tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.bridge.results import MAIN, OF_PEOPLE, RESULTS
from funding_model.questions.compare import Comparison
from funding_model.report.bridges import DEPENDS, BridgeTable
from funding_model.report.gaps import END_LABELS, ROWS, GapTable, subsidy_rows
from funding_model.report.rows import GAP_LABELS, period
from funding_model.report.words import NOTHING, pounds
from funding_model.ui.html import Group, Row, Table

TOGETHER: Final = "Whole period"
SUBSIDY_COLUMNS: Final = (
    "Financial year",
    "Met in the year",
    "Met so far",
    "Free reserves left",
    "Months of spending they cover",
    "Months the policy asks for",
)


def results_to_bridge(comparison: Comparison) -> dict[str, str]:
    """Return what can be bridged, name by label: the main results first; those of people where some are supported."""
    names = (*MAIN, *(name for name in RESULTS if name not in MAIN))
    people = bool(comparison.prepared.inputs.people.counted.any())
    return {name: RESULTS[name].label for name in names if people or name not in OF_PEOPLE}


def gap_by_year(found: GapTable) -> Table:
    """Return what leads from full cost to price and on to the surplus, by year and over the whole period."""
    several = len(found.years) > 1
    columns = (*found.columns, found.together) if several else found.columns
    nil = found.nil
    rows = tuple(_gap_row(name, [column[name] for column in columns]) for name in ROWS if name not in nil)
    years = (*found.years, TOGETHER) if several else found.years
    about = found.service or "all services"
    return Table(
        f"From full cost to surplus: {about} under {found.contract}, in pounds of each year",
        ("Step", *years),
        (Group("", rows),),
    )


def _gap_row(name: str, values: Sequence[float]) -> Row:
    step = name in GAP_STEPS
    label = GAP_LABELS[name] if step else END_LABELS[name]
    return Row(label, tuple(pounds(value, sign=step) for value in values), total=not step)


def gap_by_service(comparison: Comparison, tables: Sequence[GapTable]) -> Table:
    """Return what leads from full cost to surplus over the whole period, a row for each service."""
    *services, every = tables
    names = [name for name in ROWS if name not in every.nil]
    heads = tuple(GAP_LABELS.get(name) or END_LABELS[name] for name in names)

    def row(found: GapTable) -> Row:
        cells = tuple(pounds(found.together[name], sign=name in GAP_STEPS) for name in names)
        return Row(found.service or "All services", cells, total=found.service is None)

    return Table(
        f"From full cost to surplus, each service under {every.contract}, {period(comparison)}, in pounds",
        ("Service", *heads),
        (Group("", (*map(row, services), row(every))),),
    )


def subsidy_table(comparison: Comparison, case: int) -> Table:
    """Return what reserves have met by each year's end, and what is left beside the policy."""
    rows = tuple(
        Row(each.year, tuple(cell or NOTHING for cell in each.cells())) for each in subsidy_rows(comparison, case)
    )
    return Table(
        f"What free reserves meet under {comparison.contracts[case]}, if everything continues",
        SUBSIDY_COLUMNS,
        (Group("", rows),),
    )


def bridge_table(found: BridgeTable, ends: tuple[str, str]) -> Table:
    """Return the parts of one result's difference, which add up to it, between the values at both ends."""
    shown = found.shown
    start, end = ends
    parts = tuple(
        Row(
            f"{row.label}\n{DEPENDS}" if row.depends else row.label,
            tuple(shown.change(value) for value in (row.value, row.first, row.last)),
        )
        for row in found.rows
        if not row.nothing
    )
    together = shown.value(found.found.interaction)
    return Table(
        f"What makes the difference: {found.found.result.label}",
        ("What differs", "Its part of the difference", "If it alone changed", "If it changed last"),
        (
            Group(
                "",
                (
                    Row(f"From {start}", (shown.text(found.from_value), "", ""), total=True),
                    *parts,
                    Row("Difference", (shown.change(found.difference), "", ""), total=True),
                    Row(f"To {end}", (shown.text(found.to_value), "", ""), total=True),
                    *([Row("Of the difference, only together", (shown.change(together), "", ""))] if together else []),
                ),
            ),
        ),
    )
