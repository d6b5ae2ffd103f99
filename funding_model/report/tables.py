"""Tables: a comparison as finished text, row by row, for the pages of the app and for the paper alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from funding_model.questions.compare import Comparison
from funding_model.questions.notes import Note
from funding_model.questions.results import share_at
from funding_model.questions.totals import STANDARD_SECURITY
from funding_model.report.gaps import gap_tables
from funding_model.report.rows import (
    GAP_LABELS,
    LEDGERS,
    MONEY,
    ResultRow,
    money_rows,
    period,
    result_rows,
    same,
    year_labels,
)
from funding_model.report.sentences import quoted
from funding_model.report.table import LINE, Row, Table
from funding_model.report.words import (
    difference_as_shown,
    exact,
    in_unit,
    per_cent,
    pounds,
    shown_parts,
    sum_in_words,
)

SMALLEST_SHOWN: Final = 0.001
WHOLE: Final = "Whole period"
UNITS_TO_NAME: Final = ("person-months", "hours")
"""Units that neither the number nor the label of a result shows."""
MONEY_HEADS: Final = ("Full cost", "Fundable cost", "Price", "Surplus", "Surplus with posts filled")
LEDGER_HEADS: Final = {
    "provider": "The provider",
    "cash": "The provider’s cash and reserves",
    "public purse": "The public purse",
    "families": "Families",
    "staff": "Staff",
}
MOST_BESIDE: Final = 4
"""Contracts beside the base in one table on paper: as many as a page has room for."""
UNCHANGED: Final = "no difference"


def contract_heading(comparison: Comparison, contract: str) -> str:
    """Return a contract's name, marked when the others are compared with it."""
    return f"{contract} (base)" if contract == comparison.base and len(comparison.contracts) > 1 else contract


def result_label(label: str, unit: str) -> str:
    """Return a result's label, with its unit where neither label nor number shows it."""
    return f"{label}, {unit}" if unit in UNITS_TO_NAME else label


def others_of(comparison: Comparison) -> tuple[int, list[int]]:
    """Return the case of the base, and those of the contracts that are compared with it."""
    base = comparison.contracts.index(comparison.base)
    return base, [case for case in range(len(comparison.contracts)) if case != base]


def money_table(comparison: Comparison, service: int | None = None) -> Table:
    """Return the money columns by contract and financial year; years add up to the whole."""
    years = year_labels(comparison)
    rows = money_rows(comparison, service)
    found: list[Row] = []
    for place, contract in enumerate(comparison.contracts):
        own = rows[place * len(years) : (place + 1) * len(years)]
        columns = {name: [getattr(row, name) for row in own] for name in MONEY}
        parts = {name: shown_parts(values) for name, values in columns.items()}
        found.append(Row((contract_heading(comparison, contract),), "group"))
        found += [Row((year, *(pounds(parts[name][at]) for name in MONEY))) for at, year in enumerate(years)]
        found.append(Row((WHOLE, *(pounds(math.fsum(columns[name])) for name in MONEY)), "total"))
    services = comparison.scenario.services
    of = services[service or 0].name if service is not None or len(services) == 1 else "all services"
    return Table(
        f"Cost and price of {of} by financial year, in pounds of each year",
        ("Financial year", *MONEY_HEADS),
        tuple(found),
    )


def services_of_contract(comparison: Comparison, case: int) -> Table:
    """Return the money columns of each service under one contract over the whole period, which add up to the whole."""
    contract = comparison.contracts[case]
    columns: dict[str, list[float]] = {name: [] for name in MONEY}
    for place in range(len(comparison.scenario.services)):
        own = [row for row in money_rows(comparison, place) if row.contract == contract]
        for name in MONEY:
            columns[name].append(math.fsum(getattr(row, name) for row in own))
    parts = {name: shown_parts(values) for name, values in columns.items()}
    rows = [
        Row((service.name, *(pounds(parts[name][place]) for name in MONEY)))
        for place, service in enumerate(comparison.scenario.services)
    ]
    total = Row(("All services", *(pounds(math.fsum(columns[name])) for name in MONEY)), "total")
    return Table(
        f"Each service under {quoted(contract)}, {period(comparison)}, in pounds; services add up to the whole",
        ("Service", *MONEY_HEADS),
        (*rows, total),
    )


def services_beside(comparison: Comparison) -> Table:
    """Return each service's full cost, and its surplus with posts filled under every contract."""
    rows = []
    for place, service in enumerate(comparison.scenario.services):
        own = money_rows(comparison, place)
        full = math.fsum(row.full_cost for row in own if row.contract == comparison.base)
        filled = [
            math.fsum(row.surplus_posts_filled for row in own if row.contract == contract)
            for contract in comparison.contracts
        ]
        rows.append(Row((service.name, pounds(full), *(pounds(value) for value in filled))))
    return Table(
        f"Each service: full cost, and surplus with posts filled under each contract, {period(comparison)}, pounds",
        ("Service", "Full cost", *(contract_heading(comparison, name) for name in comparison.contracts)),
        tuple(rows),
    )


def results_table(comparison: Comparison) -> Table:
    """Return every result of every contract in one table, with the difference from the base and its share below it."""
    base, others = others_of(comparison)
    told = ", and below each its difference from the base" if others else ""
    heads = (contract_heading(comparison, comparison.contracts[case]) for case in (base, *others))
    rows = _by_ledger(comparison, result_rows(comparison), others, shares=True)
    return Table(f"Results over {period(comparison)}{told}", ("Result", *heads), tuple(rows))


def results_on_pages(comparison: Comparison, names: Sequence[str] | None, caption: str) -> Iterator[Table]:
    """Yield results in tables that a page has room for, the base in each of them, with what a board looks for.

    Args:
        comparison: The contracts.
        names: Which results; all of them when None.
        caption: What the tables are called.
    """
    base, every = others_of(comparison)
    rows = [row for row in result_rows(comparison) if names is None or row.name in names]
    groups = [every[start : start + MOST_BESIDE] for start in range(0, len(every), MOST_BESIDE)] or [[]]
    for place, others in enumerate(groups, 1):
        more = f" ({place} of {len(groups)})" if len(groups) > 1 else ""
        heads = (contract_heading(comparison, comparison.contracts[case]) for case in (base, *others))
        found = _by_ledger(comparison, rows, others, limits=True)
        yield Table(f"{caption}, {period(comparison)}{more}", ("Result", *heads), tuple(found))


def _by_ledger(
    comparison: Comparison,
    rows: Sequence[ResultRow],
    others: Sequence[int],
    *,
    shares: bool = False,
    limits: bool = False,
) -> Iterator[Row]:
    """Yield results under the heading of their ledger; with the limits that are set beside them, if asked for."""
    base = comparison.contracts.index(comparison.base)
    least = comparison.scenario.organisation.minimum_cash
    for ledger in LEDGERS:
        own = [_result(row, base, others, shares=shares) for row in rows if row.ledger == ledger]
        if limits and ledger == "cash" and least:
            own.append(Row(("Minimum cash to be kept", *[pounds(least)] * (len(others) + 1))))
        if limits and ledger == "staff" and own:
            months = max(STANDARD_SECURITY)
            secure = (per_cent(share_at(comparison, case, months)) for case in (base, *others))
            own.append(Row((f"Posts secure for {months} months or more", *secure)))
        if own:
            yield Row((LEDGER_HEADS[ledger],), "group")
            yield from own


def _result(row: ResultRow, base: int, others: Sequence[int], *, shares: bool) -> Row:
    start = row.values[base]
    cells = [in_unit(start, row.unit)]
    for case in others:
        value = row.values[case]
        below = UNCHANGED
        if not same(value, start, row.unit):
            below = in_unit(difference_as_shown(value, start, row.unit), row.unit, sign=True)
            if shares and (share := share_of_change(start, value, row.unit)):
                below = f"{below} ({share})"
        cells.append(f"{in_unit(value, row.unit)}{LINE}{below}")
    return Row((result_label(row.label, row.unit), *cells))


def share_of_change(start: float, value: float, unit: str) -> str:
    """Return a difference in per cent of where it starts; nothing where that is shown as nil."""
    if in_unit(start, unit) == in_unit(0.0, unit):
        return ""
    return per_cent((value - start) / abs(start), sign=True)


def gap_beside(comparison: Comparison, service: int | None = None) -> Table:
    """Return the steps from full cost to surplus over the whole period, every contract beside the others.

    They are rounded as where they are shown by year and service, and add up as well.
    """
    place = -1 if service is None else service
    shown = [gap_tables(comparison, case)[place].together for case in range(len(comparison.contracts))]
    steps, nil = [], []
    for name, label in GAP_LABELS.items():
        values = [column[name] for column in shown]
        if any(values):
            steps.append(Row((label, *(pounds(value, sign=True) for value in values))))
        else:
            nil.append(label)
    return Table(
        f"From a price that covers the full cost to the surplus, {period(comparison)}, pounds",
        ("Step", *(contract_heading(comparison, name) for name in comparison.contracts)),
        (
            Row(("A price equal to the full cost leaves", *(pounds(0.0) for _ in shown))),
            *steps,
            Row(("Surplus", *(pounds(column["surplus"]) for column in shown)), "total"),
        ),
        notes=nothing_in(nil),
    )


def nothing_in(labels: Sequence[str]) -> tuple[str, ...]:
    """Return what is said of the steps that a table leaves out, because there is nothing in them."""
    return (f"Nothing in: {', '.join(label.lower() for label in labels)}.",) if labels else ()


def checks_table(comparison: Comparison) -> Table:
    """Return every reconciliation with what it found."""
    rows = [
        Row(
            (
                sum_in_words(check.name[:1].upper() + check.name[1:]),
                "yes" if check.passed else "NO",
                _small(check.difference, check.unit),
                _counted(check.scale, check.unit, 1),
            )
        )
        for check in comparison.checks
    ]
    heads = ("What must hold", "Holds?", "Largest difference", "Largest amount compared")
    return Table("Reconciliations, run with every comparison", heads, tuple(rows), texts=2)


def _small(difference: float, unit: str) -> str:
    """Return a difference that should be nil, and is as near to it as a computer's arithmetic comes."""
    if difference < SMALLEST_SHOWN:
        return f"under {_counted(SMALLEST_SHOWN, unit, 3)}"
    return _counted(difference, unit, 3)


def _counted(value: float, unit: str, places: int) -> str:
    """Return an amount with its unit: pounds whole unless they are next to nothing, all else to some places."""
    if unit == "pounds":
        return f"£{exact(value, places if value < 1 else 0)}"
    return per_cent(value, 1 if value < 1 else 0) if unit == "fraction" else f"{exact(value, places)} {unit}"


def notes_table(caption: str, notes: Iterable[Note], most: int | None = None) -> Table:
    """Return notes, each once, with every place that it concerns; of more than ``most``, two and how many more."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.text, []).append(note.where[:1].upper() + note.where[1:])
    rows = tuple(Row((text, _places(list(dict.fromkeys(found)), most))) for text, found in places.items())
    return Table(caption, ("What to know", "Where it applies"), rows, texts=2)


def _places(names: Sequence[str], most: int | None) -> str:
    if most is None or len(names) <= most:
        return "; ".join(names)
    return f"{'; '.join(names[:2])} and {len(names) - 2} more"
