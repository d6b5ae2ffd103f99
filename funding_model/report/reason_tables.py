"""Reason tables: the gap between full cost, price and surplus, and the bridges between contracts, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.bridge.results import MAIN, OF_PEOPLE, RESULTS
from funding_model.questions.compare import Comparison
from funding_model.report.bridges import DEPENDS, BridgeTable
from funding_model.report.gaps import END_LABELS, ROWS, GapTable
from funding_model.report.rows import GAP_LABELS, period
from funding_model.report.sentences import quoted
from funding_model.report.table import LINE, Row, Table
from funding_model.report.tables import WHOLE, nothing_in
from funding_model.report.words import pounds

ALL_SERVICES: Final = "All services"
GAP_ENDS: Final = ("full_cost", "fundable_cost", "price", "price_less_full_cost", "surplus")


def results_to_bridge(comparison: Comparison) -> dict[str, str]:
    """Return what can be bridged, name by label: the main results first; those of people where some are supported."""
    names = (*MAIN, *(name for name in RESULTS if name not in MAIN))
    people = bool(comparison.prepared.inputs.people.counted.any())
    return {name: RESULTS[name].label for name in names if people or name not in OF_PEOPLE}


def gap_by_year(found: GapTable, most_years: int | None = None) -> Table:
    """Return what leads from full cost to price and on to the surplus, by year and over the whole period.

    Args:
        found: The gap of a service, or of all.
        most_years: Years beside each other; of more, the whole period alone is shown. None shows them all.
    """
    columns, heads = [found.together], [WHOLE]
    if len(found.years) == 1:
        heads = list(found.years)
    elif most_years is None or len(found.years) <= most_years:
        columns, heads = [*found.columns, found.together], [*found.years, WHOLE]
    nil = found.nil
    rows = tuple(_step(name, [column[name] for column in columns]) for name in ROWS if name not in nil)
    about = found.service or "all services"
    return Table(
        f"From full cost to surplus: {about} under {quoted(found.contract)}, in pounds of each year",
        ("Step", *heads),
        rows,
        notes=nothing_in([GAP_LABELS[name] for name in nil]),
    )


def _step(name: str, values: Sequence[float]) -> Row:
    step = name in GAP_STEPS
    label = GAP_LABELS[name] if step else END_LABELS[name]
    return Row((label, *(pounds(value, sign=step) for value in values)), "plain" if step else "total")


def every_step_by_service(comparison: Comparison, tables: Sequence[GapTable]) -> Table:
    """Return every step of each service over the whole period, in as many columns as there are steps."""
    *services, every = tables
    names = [name for name in ROWS if name not in every.nil]
    heads = tuple(GAP_LABELS.get(name) or END_LABELS[name] for name in names)

    def row(found: GapTable) -> Row:
        cells = (pounds(found.together[name], sign=name in GAP_STEPS) for name in names)
        return Row((found.service or ALL_SERVICES, *cells), "plain" if found.service else "total")

    return Table(
        f"From full cost to surplus, each service under {quoted(every.contract)}, {period(comparison)}, in pounds",
        ("Service", *heads),
        (*map(row, services), row(every)),
    )


def largest_step_by_service(comparison: Comparison, tables: Sequence[GapTable]) -> Table:
    """Return the ends of each service's gap and the largest step of it, which a page has room for."""
    *services, every = tables

    def cells(found: GapTable) -> tuple[str, ...]:
        steps = {name: found.together[name] for name in GAP_STEPS}
        largest = max(steps, key=lambda name: abs(steps[name]))
        named = f"{GAP_LABELS[largest]}{LINE}{pounds(steps[largest], sign=True)}" if steps[largest] else ""
        return (found.service or ALL_SERVICES, named, *(pounds(found.together[name]) for name in GAP_ENDS))

    return Table(
        f"Each service under {quoted(every.contract)}, {period(comparison)}, in pounds",
        ("Service", "Largest step", *(END_LABELS[name] for name in GAP_ENDS)),
        (*(Row(cells(each)) for each in services), Row(cells(every), "total")),
        texts=2,
    )


def bridge_table(found: BridgeTable, ends: tuple[str, str]) -> Table:
    """Return the parts of one result's difference, which add up to it, between the values at both ends."""
    change = found.shown.change
    start, end = ends
    parts = [
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
        ("What differs", "Its part of the difference", "If it alone changed", "If it changed last"),
        (
            Row((f"From {start}", found.shown.text(found.from_value), "", ""), "total"),
            *parts,
            Row(("Difference", change(found.difference), "", ""), "total"),
            Row((f"To {end}", found.shown.text(found.to_value), "", ""), "total"),
            *extra,
        ),
    )
