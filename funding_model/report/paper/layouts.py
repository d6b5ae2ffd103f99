"""Layouts: the full cost in the layouts that funders ask for, and a crosswalk between them.

The layouts are patterns, not forms: a funder's own form and guidance decide what goes where.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model.questions.budget import (
    OTHER_COSTS,
    OVERHEADS,
    RECRUITMENT,
    STAFF,
    BudgetLine,
    budget,
    eligible,
    instalments,
    outstanding,
)
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Note, Section
from funding_model.report.rows import year_labels
from funding_model.report.sentences import quoted
from funding_model.report.table import Row, Table
from funding_model.report.tables import contract_heading
from funding_model.report.words import pounds, shown_parts, shown_table

LABELS: Final = {
    STAFF: "Pay, National Insurance, pension and absence cover",
    OTHER_COSTS: "Other costs",
    RECRUITMENT: "Planned recruitment",
    OVERHEADS: "Share of support costs",
}
LOTTERY: Final = {
    STAFF: ("Project costs", "Staff"),
    OTHER_COSTS: ("Project costs", "Running costs"),
    RECRUITMENT: ("Project costs", "Recruitment"),
    OVERHEADS: ("Overheads", "Overheads shared with other work"),
}
"""Part and heading of a budget of project costs and overheads, as lottery funders ask for it."""
GRANT: Final = {
    STAFF: "Direct staff costs",
    OTHER_COSTS: "Other direct costs",
    RECRUITMENT: "Other direct costs, where the rule recognises them",
    OVERHEADS: "Indirect costs, as far as the rule allows",
}
TOTAL: Final = "Full cost"
TO_FILL: Final = "Your heading"
ABOUT: Final = (
    "These layouts are patterns and no funder’s form: its own form and guidance decide what goes where, and what is "
    "eligible. Amounts are planned, in pounds of each year, with every post filled."
)


def layouts(asked: Asked) -> Section:
    """Return the crosswalk, then the same full cost in each layout."""
    lines = budget(asked.comparison)
    shown = shown_table([line.years for line in lines])
    blocks: tuple[Block, ...] = (Note(ABOUT), _crosswalk(lines))
    parts = (
        Section("Project costs and overheads, as lottery funders ask for them", (_lottery(asked, lines, shown),)),
        Section("Accountable grant, as government departments ask for it", _grant(asked)),
        Section("A blank layout for a local form", (_blank(asked, lines, shown),)),
    )
    return Section("", blocks, parts)


def _named(line: BudgetLine) -> str:
    if not line.name:
        return LABELS[line.kind]
    name = line.name.replace("_", " ") if line.kind == OTHER_COSTS else line.name
    return f"{LABELS[line.kind]}: {name}"


def _crosswalk(lines: Sequence[BudgetLine]) -> Table:
    rows = [Row((_named(line), ", ".join(LOTTERY[line.kind]), GRANT[line.kind], "")) for line in lines]
    return Table(
        "Where each cost of this report goes in each layout",
        ("In this report", "Project costs and overheads", "Accountable grant", TO_FILL),
        tuple(rows),
        texts=4,
    )


def _amounts(values: Sequence[float]) -> tuple[str, ...]:
    if len(values) == 1:
        return (pounds(values[0]),)
    return (*map(pounds, values), pounds(sum(values)))


def _heads(asked: Asked) -> tuple[str, ...]:
    years = year_labels(asked.comparison)
    return (*years, "Together") if len(years) > 1 else tuple(years)


def _lottery(asked: Asked, lines: Sequence[BudgetLine], shown: Sequence[Sequence[float]]) -> Table:
    rows: list[Row] = []
    for part in dict.fromkeys(part for part, _ in LOTTERY.values()):
        own = [place for place, line in enumerate(lines) if LOTTERY[line.kind][0] == part]
        if not own:
            continue
        rows.append(Row((part,), "group"))
        rows += [Row((_in_the_layout(lines[place]), *_amounts(shown[place]))) for place in own]
        sums = [sum(column) for column in zip(*(shown[place] for place in own), strict=True)]
        rows.append(Row((f"{part} together", *_amounts(sums)), "total"))
    every = [sum(column) for column in zip(*shown, strict=True)]
    rows.append(Row((TOTAL, *_amounts(every)), "total"))
    return Table(
        "Budget of project costs and overheads, all services, in pounds", ("Heading", *_heads(asked)), tuple(rows)
    )


def _in_the_layout(line: BudgetLine) -> str:
    heading = LOTTERY[line.kind][1]
    name = line.name.replace("_", " ") if line.kind == OTHER_COSTS else line.name
    return f"{heading}: {name}" if name else heading


def _grant(asked: Asked) -> tuple[Block, ...]:
    comparison = asked.comparison
    tables = []
    for case in range(len(comparison.contracts)):
        found = eligible(comparison, case)
        shown = shown_table([found.staff, found.other_direct, found.overheads])
        names = ("Direct staff costs", "Other direct costs", "Indirect costs and terms that the rule allows")
        every = [sum(column) for column in zip(*shown, strict=True)]
        rows = [
            *(Row((name, *_amounts(values))) for name, values in zip(names, shown, strict=True)),
            Row(("Eligible expenditure (fundable cost)", *_amounts(every)), "total"),
            Row(("Grant payable (price)", *_amounts(shown_parts(found.price))), "total"),
        ]
        caption = f"Eligible expenditure under {quoted(comparison.contracts[case])}, all services, in pounds"
        tables.append(Table(caption, ("Heading", *_heads(asked)), tuple(rows)))
    return (*tables, _profile(asked))


def _profile(asked: Asked) -> Table:
    comparison = asked.comparison
    dates, found, late = comparison.prepared.dates, instalments(comparison), outstanding(comparison)
    columns = [
        shown_parts([*(each.received[case] for each in found), late[case]]) for case in range(len(comparison.contracts))
    ]
    rows = [
        Row((f"{dates.label(each.first_month)} to {dates.label(each.last_month)}",
             *(pounds(column[place]) for column in columns)))
        for place, each in enumerate(found)
    ]  # fmt: skip
    rows.append(Row(("Paid after the period, before any underspend", *(pounds(column[-1]) for column in columns))))
    rows.append(Row(("Together", *(pounds(sum(column)) for column in columns)), "total"))
    heads = (contract_heading(comparison, name) for name in comparison.contracts)
    return Table(
        "Payment profile: what arrives in each quarter, if everything continues, in pounds",
        ("Quarter", *heads),
        tuple(rows),
    )


def _blank(asked: Asked, lines: Sequence[BudgetLine], shown: Sequence[Sequence[float]]) -> Table:
    rows = [Row((_named(line), "", *_amounts(values))) for line, values in zip(lines, shown, strict=True)]
    every = [sum(column) for column in zip(*shown, strict=True)]
    rows.append(Row((TOTAL, "", *_amounts(every)), "total"))
    return Table(
        "Write your funder’s headings beside the costs", ("Cost", TO_FILL, *_heads(asked)), tuple(rows), texts=2
    )
