"""Delivery in rows, sentences and charts: who is supported and who waits, month by month, if the services continue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt

from funding_model.costing.arrays import Floats, total
from funding_model.questions.compare import Comparison
from funding_model.questions.results import Record, families_record, of_case, staff_record
from funding_model.report.charts import Chart, layered, line_height, month_lines
from funding_model.report.grids import Grid
from funding_model.report.in_common import alike
from funding_model.report.look import Look
from funding_model.report.plain import CAUSES
from funding_model.report.rows import period
from funding_model.report.sentences import quoted
from funding_model.report.words import in_unit, number, per_cent, shown_parts


@dataclass(frozen=True)
class DeliveryMonth:
    """One month of one service, or of all that support people, if they continue: people."""

    contract: str
    number: int
    month: str
    day: str
    planned: float
    """Most that could be supported with every post filled."""
    capacity: float
    """Most that can be supported with the staff there are."""
    supported: float
    """In support at the month's end."""
    starting: float
    waiting: float
    """Waiting at the month's end."""


SHOWN: Final = {
    "waiting": "Waiting at the month’s end",
    "supported": "In support at the month’s end",
    "starting": "Starting support in the month",
}
"""What a chart can show, by the name of its row."""


def delivery_rows(comparison: Comparison, case: int, service: int | None = None) -> list[DeliveryMonth]:
    """Return every month of a contract, of one service or of all that support people."""
    delivery, dates = comparison.evaluation.delivery, comparison.prepared.dates
    flow, counted = delivery.flow, comparison.prepared.inputs.people.counted

    def months(array: Floats) -> Floats:
        chosen = of_case(array, case)
        picked: Floats = total(chosen[counted], 0) if service is None else chosen[service]
        return picked

    columns = [
        months(each) for each in (delivery.planned_capacity, delivery.capacity, flow.closing, flow.starts, flow.waiting)
    ]
    return [
        DeliveryMonth(
            comparison.contracts[case],
            month,
            dates.label(month),
            dates.day(month).isoformat(),
            *(float(column[month]) for column in columns),
        )
        for month in range(dates.months)
    ]


def families_of(comparison: Comparison, case: int, service: int | None = None) -> Record:
    """Return the families' results of one service or of all that support people."""
    chosen = comparison.prepared.inputs.people.counted.copy()
    if service is not None:
        chosen[:] = False
        chosen[service] = True
    return families_record(comparison, case, chosen)


def shown_weeks(record: Record) -> dict[str, float]:
    """Return the weeks of service lost to each cause as they are shown: they add up to all that are lost."""
    lost = record["weeks_lost"]
    return dict(zip(lost, shown_parts(list(lost.values())), strict=True))


def delivery_sentences(comparison: Comparison, service: int | None = None) -> list[str]:
    """Say who starts support, who waits at the end and what is lost; once for contracts with the same."""
    said = []
    for case, contract in enumerate(comparison.contracts):
        record, last = families_of(comparison, case, service), delivery_rows(comparison, case, service)[-1]
        weeks = shown_weeks(record)
        causes = [f"{number(lost)} to {CAUSES[cause]}" for cause, lost in weeks.items() if lost]
        of_which = f" ({', '.join(causes)})" if causes else ""
        what = (
            f"{in_unit(record['people_starting_support'], 'people')} people start support; "
            f"{number(sum(weeks.values()))} weeks of service are lost{of_which}. "
            f"{in_unit(last.waiting, 'people')} wait at the end of {last.month} if everything continues."
        )
        said.append((contract, what))
    return [f"Under {whose} {what}" for whose, what in alike(said)]


def people_chart(rows: Sequence[DeliveryMonth], name: str, look: Look) -> Chart:
    """Draw one of ``SHOWN`` by month under every contract."""
    contracts = list(dict.fromkeys(row.contract for row in rows))
    values = [
        {
            "contract": row.contract,
            "day": row.day,
            "month": row.month,
            "value": getattr(row, name),
            "number": row.number,
        }
        for row in rows
    ]
    axis = alt.Y("value:Q", title="People", axis=alt.Axis(tickCount=6))
    told = []
    for contract in contracts:
        own = [row for row in rows if row.contract == contract]
        first, last = (in_unit(getattr(row, name), "people") for row in (own[0], own[-1]))
        told.append(f"{contract}, from {first} to {last}")
    description = (
        f"Line chart. {SHOWN[name]}, {rows[0].month} to {rows[-1].month}: {'; '.join(told)}. The table below holds the "
        "same numbers."
    )
    return layered(month_lines(values, contracts, axis), line_height(contracts), description, look)


def months_grid(rows: Sequence[DeliveryMonth]) -> Grid:
    """Return every month of one contract."""
    shown = [
        (
            row.month,
            *(
                in_unit(value, "people")
                for value in (row.planned, row.capacity, row.supported, row.starting, row.waiting)
            ),
        )
        for row in rows
    ]
    columns = (
        "Month", "Places with every post filled", "Places with the staff there are", "In support at the end",
        "Starting support", "Waiting at the end",
    )  # fmt: skip
    return Grid(f"People by month under {quoted(rows[0].contract)}, if the services continue", columns, shown)


def weeks_grid(comparison: Comparison, service: int | None = None) -> Grid:
    """Return the weeks of service lost to each cause under each contract; columns add up."""
    shown = [shown_weeks(families_of(comparison, case, service)) for case in range(len(comparison.contracts))]
    rows = [
        (words[:1].upper() + words[1:], *(number(column[cause]) for column in shown))
        for cause, words in CAUSES.items()
        if any(column[cause] for column in shown)
    ]
    rows.append(("together", *(number(sum(column.values())) for column in shown)))
    return Grid(f"Weeks of service lost, {period(comparison)}", ("Lost to", *comparison.contracts), rows)


def security_grid(comparison: Comparison) -> Grid:
    """Return how much of the staff's time is funded for some months ahead, under each contract."""
    records = [
        staff_record(comparison, case)["secure_post_months_share_at"] for case in range(len(comparison.contracts))
    ]
    rows = [
        (f"{found[0]['months']} months or more", *(per_cent(each["break_clause_disregarded"]) for each in found))
        for found in zip(*records, strict=True)
    ]
    return Grid(
        f"Share of the months worked with confirmed funding ahead, {period(comparison)}",
        ("Confirmed for", *comparison.contracts),
        rows,
    )
