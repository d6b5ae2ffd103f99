"""Tidy: a comparison's document as one long table of results, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

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
Row = tuple[str, str, str, str, str, float | str, str]


def csv_text(documents: Sequence[dict[str, Any]]) -> str:
    """Return the results of documents as CSV: scenario, contract, service, year, measure, value, unit.

    A service or year that is blank stands for all of them. Text that a spreadsheet would take for a formula gets an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for document in documents:
        for row in _rows(document):
            writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: float | str) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
    return repr(value)


def _rows(document: dict[str, Any]) -> Iterator[Row]:
    scenario = document["scenario"]
    for contract in document["contracts"]:
        name = contract["name"]

        def row(
            measure: str, value: float | None, unit: str, service: str = "", year: str = "", *, name: str = name
        ) -> Iterator[Row]:
            if value is not None:
                yield scenario, name, service, year, measure, float(value), unit

        for owner, service in [*((each, each["service"]) for each in contract["services"]), (contract, "")]:
            for record in [*owner["years"], owner["totals"]]:
                for measure, value in record.items():
                    if measure != "year":
                        yield from row(measure, value, _unit(measure), service, record.get("year", ""))
            for measure, value in owner["families"].items():
                if measure != "weeks_lost":
                    yield from row(measure, value, _unit(measure), service)
            for cause, value in owner["families"]["weeks_lost"].items():
                yield from row(f"weeks_lost_{cause}", value, "weeks of service", service)
        for year in contract["gap"]:
            for step, value in year.items():
                if step != "year":
                    yield from row(f"gap_{step}", value, "pounds", "", year["year"])
        for measure, value in contract["staff"].items():
            if isinstance(value, float):
                yield from row(measure, value, _unit(measure))
        for ledger in ("cash", "public_purse"):
            for measure, value in contract[ledger].items():
                if isinstance(value, float):
                    yield from row(f"{ledger}_{measure}", value, "pounds")


def _unit(measure: str) -> str:
    return UNITS.get(measure, "pounds")
