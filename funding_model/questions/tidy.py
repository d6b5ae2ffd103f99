"""Tidy: answers as long tables that are safe to open in a spreadsheet, among them a comparison's results."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

HEADINGS: Final = ("scenario", "contract", "service", "year", "measure", "value", "unit")
UNITS: Final = {
    "recovery_rate": "fraction",
    "secure_post_months_share": "fraction",
    "people_starting_support": "people",
    "support_months": "person-months",
    "waiting_at_end": "people",
    "gave_up": "people",
    "cut_off": "people",
    "cost_per_person": "pounds a person",
    "cost_per_place": "pounds a place a year",
    "post_months": "post-months",
    "empty_post_months": "post-months",
    "leavers": "posts",
    "hires": "posts",
    "growth_hires": "posts",
    "notices": "posts",
}
"""Units of results that are not pounds."""
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Cell: TypeAlias = float | str | None
"""What a cell holds; None leaves it empty."""
Row: TypeAlias = tuple[str, str, str, str, str, float | str, str]


def csv_text(documents: Sequence[Mapping[str, Any]]) -> str:
    """Return the results of documents as CSV: scenario, contract, service, year, measure, value, unit.

    A service or year that is blank stands for all of them. Text that a spreadsheet would take for a formula starts with
    an apostrophe.
    """
    return table_csv(HEADINGS, (row for document in documents for row in _rows(document)))


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV that is safe to open in a spreadsheet: numbers unrounded, no text taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
    return repr(value)


def _rows(document: Mapping[str, Any]) -> Iterator[Row]:
    for contract in document["contracts"]:
        for service, year, measure, value, unit in _results(contract):
            if isinstance(value, float):
                yield document["scenario"], contract["name"], service, year, measure, value, unit


def _results(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, str, object, str]]:
    """Yield service, year, measure, value and unit of every result that is one number, and of what is none."""
    for owner in (*contract["services"], contract):
        service = owner.get("service", "")
        for record in (*owner["years"], owner["totals"]):
            year = record.get("year", "")
            yield from ((service, year, name, value, _unit(name)) for name, value in record.items())
        yield from ((service, "", name, value, _unit(name)) for name, value in owner["families"].items())
        weeks = owner["families"]["weeks_lost"].items()
        yield from ((service, "", f"weeks_lost_{cause}", value, "weeks of service") for cause, value in weeks)
    for record in contract["gap"]:
        yield from (("", record["year"], f"gap_{step}", value, "pounds") for step, value in record.items())
    yield from (("", "", name, value, _unit(name)) for name, value in contract["staff"].items())
    for ledger in ("cash", "public_purse"):
        yield from (("", "", f"{ledger}_{name}", value, "pounds") for name, value in contract[ledger].items())


def _unit(measure: str) -> str:
    return UNITS.get(measure, "pounds")
