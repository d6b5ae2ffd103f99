"""Tables: a comparison as finished text, row by row; nothing here computes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from funding_model.problems import Problem
from funding_model.questions.compare import Comparison
from funding_model.questions.notes import Note
from funding_model.questions.results import cash_record
from funding_model.report.gaps import gap_tables
from funding_model.report.rows import (
    GAP_LABELS,
    LEDGERS,
    MONEY,
    MonthRow,
    ResultRow,
    confirmed_words,
    money_rows,
    period,
    result_rows,
    same,
    year_labels,
)
from funding_model.report.words import (
    NOTHING,
    difference_as_shown,
    in_unit,
    number,
    per_cent,
    pounds,
    shown_parts,
    sum_in_words,
)
from funding_model.scenario.columns import Column, plain_default, value_text
from funding_model.scenario.typed import unit_text
from funding_model.ui.html import Group, Row, Table

SMALLEST_SHOWN = 0.001
WHOLE = "Whole period"
MOST_PLACES = 4
UNITS_TO_NAME = ("person-months", "hours")
"""Units that neither the number nor the label of a result shows."""
MONEY_HEADINGS = ("Full cost", "Fundable cost", "Price", "Surplus", "Surplus with posts filled")
LEDGER_HEADINGS = {
    "provider": "The provider",
    "cash": "The provider’s cash and reserves",
    "public purse": "The public purse",
    "families": "Families",
    "staff": "Staff",
}


def contract_heading(comparison: Comparison, contract: str) -> str:
    """Return a contract's name, marked when it is the base."""
    return f"{contract} (base)" if contract == comparison.base and len(comparison.contracts) > 1 else contract


def money_table(comparison: Comparison, service: int | None = None) -> Table:
    """Return the money columns by contract and financial year; years add up to the whole."""
    years = year_labels(comparison)
    rows = money_rows(comparison, service)
    groups = []
    for place, contract in enumerate(comparison.contracts):
        own = rows[place * len(years) : (place + 1) * len(years)]
        columns = {name: [getattr(row, name) for row in own] for name in MONEY}
        parts = {name: shown_parts(values) for name, values in columns.items()}
        cells = [Row(year, tuple(pounds(parts[name][number_]) for name in MONEY)) for number_, year in enumerate(years)]
        whole = Row(WHOLE, tuple(pounds(math.fsum(columns[name])) for name in MONEY), total=True)
        groups.append(Group(contract_heading(comparison, contract), (*cells, whole)))
    of = "all services" if service is None else comparison.scenario.services[service].name
    if len(comparison.scenario.services) == 1:
        of = comparison.scenario.services[0].name
    return Table(
        f"Cost and price of {of} by financial year, in pounds of each year",
        ("Financial year", *MONEY_HEADINGS),
        tuple(groups),
    )


def differences_table(comparison: Comparison) -> Table:
    """Return every result of every contract, with the difference from the base below it; a heading for each ledger."""
    base = comparison.contracts.index(comparison.base)
    others = [case for case in range(len(comparison.contracts)) if case != base]
    rows = result_rows(comparison)
    groups = tuple(
        Group(
            LEDGER_HEADINGS[ledger],
            tuple(_result_row(row, base, others) for row in rows if row.ledger == ledger),
        )
        for ledger in LEDGERS
        if any(row.ledger == ledger for row in rows)
    )
    return Table(
        f"Results over {period(comparison)}" + (", and below each its difference from the base" if others else ""),
        (
            "Result",
            contract_heading(comparison, comparison.base),
            *(comparison.contracts[case] for case in others),
        ),
        groups,
    )


def _result_row(row: ResultRow, base: int, others: Sequence[int]) -> Row:
    cells = [in_unit(row.values[base], row.unit)]
    for case in others:
        value, start = row.values[case], row.values[base]
        if same(value, start, row.unit):
            cells.append(f"{in_unit(value, row.unit)}\nno difference")
            continue
        share = (
            f" ({per_cent((value - start) / abs(start), sign=True)})"
            if in_unit(start, row.unit) != in_unit(0.0, row.unit)
            else ""
        )
        change = in_unit(difference_as_shown(value, start, row.unit), row.unit, sign=True)
        cells.append(f"{in_unit(value, row.unit)}\n{change}{share}")
    return Row(f"{row.label}, {row.unit}" if row.unit in UNITS_TO_NAME else row.label, tuple(cells))


def gap_table(comparison: Comparison, service: int | None = None) -> tuple[Table, list[str]]:
    """Return the steps from full cost to surplus over the whole period, and the steps that are nil throughout.

    They are rounded as on the page that shows them by year and service, where they add up as well.
    """
    place = -1 if service is None else service
    shown = [gap_tables(comparison, case)[place].together for case in range(len(comparison.contracts))]
    steps, nil = [], []
    for name, label in GAP_LABELS.items():
        values = [column[name] for column in shown]
        if any(values):
            steps.append(Row(label, tuple(pounds(value, sign=True) for value in values)))
        else:
            nil.append(label)
    return (
        Table(
            f"From a price that covers the full cost to the surplus, {period(comparison)}, pounds",
            ("Step", *(contract_heading(comparison, name) for name in comparison.contracts)),
            (
                Group(
                    "",
                    (
                        Row("A price equal to the full cost leaves", tuple(pounds(0.0) for _ in shown)),
                        *steps,
                        Row("Surplus", tuple(pounds(column["surplus"]) for column in shown), total=True),
                    ),
                ),
            ),
        ),
        nil,
    )


def services_table(comparison: Comparison) -> Table:
    """Return each service's surplus with posts filled over the whole period, by contract."""
    rows = []
    for place, service in enumerate(comparison.scenario.services):
        own = money_rows(comparison, place)
        full = math.fsum(row.full_cost for row in own if row.contract == comparison.base)
        filled = [
            math.fsum(row.surplus_posts_filled for row in own if row.contract == contract)
            for contract in comparison.contracts
        ]
        rows.append(Row(service.name, (pounds(full), *(pounds(value) for value in filled))))
    return Table(
        f"Each service: full cost, and surplus with posts filled under each contract, {period(comparison)}, pounds",
        ("Service", "Full cost", *(contract_heading(comparison, name) for name in comparison.contracts)),
        (Group("", tuple(rows)),),
    )


def cash_table(comparison: Comparison) -> Table:
    """Return each contract's confirmed funding, lowest cash and reserves; one row for each contract."""
    rows = []
    for case, contract in enumerate(comparison.contracts):
        record = cash_record(comparison, case)
        reserves = record["reserves"]
        rows.append(
            Row(
                contract_heading(comparison, contract),
                (
                    confirmed_words(comparison, case),
                    f"{pounds(record['lowest'])}\nin {_month(comparison, record['lowest_month'])}",
                    _first_below(comparison, record["first_month_below_minimum"]),
                    pounds(record["lowest_if_lost"]),
                    pounds(record["closing"]),
                    pounds(reserves["closing"]),
                ),
            )
        )
    minimum = pounds(comparison.scenario.organisation.minimum_cash)
    return Table(
        f"Cash and free reserves of the whole organisation, {period(comparison)}",
        (
            "Contract",
            "Funding confirmed until",
            "Lowest cash, if all continues",
            f"First month below the minimum of {minimum}",
            "Lowest cash, if a service is lost",
            "Cash at the end",
            "Free reserves at the end",
        ),
        (Group("", tuple(rows)),),
    )


def _first_below(comparison: Comparison, year_month: str | None) -> str:
    if comparison.scenario.organisation.opening_cash is None:
        return NOTHING
    return _month(comparison, year_month) or "never"


def _month(comparison: Comparison, year_month: str | None) -> str:
    if year_month is None:
        return ""
    return comparison.prepared.dates.label(comparison.prepared.dates.index_of(year_month, 0))


def months_table(rows: Iterable[MonthRow]) -> Table:
    """Return cash, free reserves and confirmed funding month by month."""
    return Table(
        "At each month’s end, if all continues",
        ("Month", "Cash", "Free reserves", "Confirmed funding ahead, months"),
        (
            Group(
                "",
                tuple(
                    Row(row.month, (pounds(row.cash), pounds(row.free_reserves), number(row.months_ahead, 1)))
                    for row in rows
                ),
            ),
        ),
    )


def checks_table(comparison: Comparison) -> Table:
    """Return every reconciliation with what it found."""
    return Table(
        "Reconciliations, run with every comparison",
        ("What must hold", "Holds?", "Largest difference", "Largest amount compared"),
        (
            Group(
                "",
                tuple(
                    Row(
                        sum_in_words(check.name[:1].upper() + check.name[1:]),
                        ("yes" if check.passed else "NO", _small(check.difference), number(check.scale)),
                    )
                    for check in comparison.checks
                ),
            ),
        ),
    )


def _small(difference: float) -> str:
    """Return a difference that should be nil, and is as near to it as a computer's arithmetic comes."""
    return "under 0.001" if difference < SMALLEST_SHOWN else number(difference, 3)


def problems_table(problems: Sequence[Problem]) -> Table:
    """Return problems with a file: place, what is wrong, remedy."""
    return Table(
        "Problems, each at its place in the file",
        ("Place", "What is wrong", "What to do"),
        (
            Group(
                "",
                tuple(
                    Row(problem.where or "the file as a whole", (problem.message, problem.remedy or NOTHING))
                    for problem in problems
                ),
            ),
        ),
        words=True,
    )


def lower_first(text: str) -> str:
    """Return a caption as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def meanings_table(columns: Sequence[Column]) -> Table:
    """Return what each field is, in which unit, and what holds while it is blank."""
    rows = []
    for column in columns:
        blank = "must be entered" if column.needed else value_text(column, plain_default(column)) or NOTHING
        rows.append(Row(column.title, (column.help, unit_text(column.unit) or NOTHING, blank)))
    return Table(
        "What each field means", ("Field", "Meaning", "Unit", "While blank"), (Group("", tuple(rows)),), words=True
    )


def differences_in_words(caption: str, sentences: Sequence[str]) -> Table:
    """Return what differs between two versions, a row for each thing."""
    rows = tuple(Row(str(number), (text,)) for number, text in enumerate(sentences, 1))
    return Table(caption, ("", "What differs"), (Group("", rows),), words=True)


def notes_table(caption: str, notes: Sequence[Note]) -> Table:
    """Return notes, each once, with every place that it concerns."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.text, []).append(note.where)
    rows = tuple(Row(text, (_places(found),)) for text, found in places.items())
    return Table(caption, ("What to know", "Where it applies"), (Group("", rows),), words=True)


def sentence_case(name: str) -> str:
    """Return the name of a field as words with a capital."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _places(names: Sequence[str]) -> str:
    names = [name[:1].upper() + name[1:] for name in names]
    return ", ".join(names) if len(names) <= MOST_PLACES else f"{', '.join(names[:2])} and {len(names) - 2} more"


def glossary_table(entries: Sequence[tuple[str, str]]) -> Table:
    """Return words and what they mean here."""
    return Table(
        "Words used here",
        ("Word", "Meaning"),
        (Group("", tuple(Row(word, (meaning,)) for word, meaning in entries)),),
        words=True,
    )
