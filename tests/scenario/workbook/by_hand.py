"""Workbooks as people fill them in: a blank one, some cells typed into, saved by another program."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.workbook.drawing import blank_workbook
from funding_model.scenario.workbook.layout import Listing
from funding_model.scenario.workbook.sheets import sheets

SMALL: dict[str, dict[str, Any]] = {
    "Organisation": {
        "The scenario: Name": "Typed by hand",
        "The organisation: Name": "A charity",
        "The organisation: First month": "April 2026",
    },
    "Services": {"A7": "Family support", "A8": "Youth club"},
    "Posts": {
        "A7": "Family support",
        "B7": "Key worker",
        "C7": 2,
        "D7": 0.8,
        "E7": 30_000,
        "A8": "Youth club",
        "B8": "Youth worker",
        "D8": 1,
        "F8": 20,
    },
    "Contracts": {"D6": "Yearly", "D8": "annual rolled forward", "E6": "Three years", "E10": 36},
}
"""The least that a scenario needs, by sheet and cell, or on the sheet Organisation by section and label."""


@cache
def _blank() -> bytes:
    return blank_workbook()


def small(**further: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the small scenario's cells with further ones on some sheets."""
    names = {name.replace("_", " "): cells for name, cells in further.items()}
    return {sheet: {**SMALL.get(sheet, {}), **names.get(sheet, {})} for sheet in {**SMALL, **names}}


def typed(cells: dict[str, dict[str, Any]], content: bytes | None = None) -> Workbook:
    """Return a workbook, blank or another, with some cells typed into."""
    book = openpyxl.load_workbook(io.BytesIO(content or _blank()))
    for name, values in cells.items():
        for where, value in values.items():
            book[name][cell(book, name, where)] = value
    return book


def cell(book: Workbook, sheet: str, where: str) -> str:
    """Return the cell of a label, or of what is a cell already."""
    if ": " not in where:
        return where
    section, label = where.split(": ", 1)
    listing = next(each for each in sheets() if isinstance(each, Listing) and each.sheet == sheet)
    titles = [title for title, _ in listing.sections]
    found = ""
    for row in range(1, book[sheet].max_row + 1):
        text = book[sheet].cell(row, 1).value
        found = str(text) if text in titles else found
        if (found, text) == (section, label):
            return f"D{row}"
    raise LookupError(where)


def content(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(cells: dict[str, dict[str, Any]]) -> tuple[Scenario | None, list[str]]:
    """Return what a blank workbook with these cells says, and what is wrong with it."""
    scenario, problems = load_text(content(typed(cells)))
    return scenario, [str(problem) for problem in problems]
