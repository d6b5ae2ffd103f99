"""What a workbook's formulas come to when another program works them out, and how far that is from the engine."""

from __future__ import annotations

import numpy as np

from funding_model.report.workbook.addresses import Addresses
from funding_model.report.workbook.book import Book, Formula
from funding_model.report.workbook.calculate import Values

PENNY = 0.005


def agree(book: Book, values: Values) -> None:
    """See that the formulas give no error and the engine's figures, and that every check holds."""
    assert errors(book, values) == []
    assert differences(book, values) == []
    assert master_check(book, values) == "all checks hold"


def differences(book: Book, values: Values) -> list[str]:
    """List every line whose formulas are more than half a penny from the engine."""
    addresses, found = Addresses(book), []
    for home, row in book.rows.values():
        if row.engine is None or row.kind == "fixed":
            continue
        number = book.sheets.index(home)
        got = [values(number, row.place, column) for column in addresses.columns(row.line.period)]
        wrong = [value for value in got if isinstance(value, str)]
        if wrong:
            found.append(f"{home.name}: {row.label} ({row.of}) gives {wrong[0]}")
            continue
        gap = float(np.max(np.abs(np.array(got, float) - row.engine)))
        if gap > PENNY:
            found.append(f"{home.name}: {row.label} ({row.of}) differs by {gap:.6g}")
    return found + _cells_that_differ(book, values)


def _cells_that_differ(book: Book, values: Values) -> list[str]:
    found = []
    for placed in book.cells.values():
        item = placed.item
        if not isinstance(item, Formula) or not isinstance(item.engine, float):
            continue
        value = values(book.sheets.index(placed.sheet), placed.row, placed.column)
        if isinstance(value, str) or abs(value - item.engine) > PENNY:
            found.append(f"{placed.sheet.name}: row {placed.row + 1} gives {value}, not {item.engine:.6g}")
    return found


def errors(book: Book, values: Values) -> list[str]:
    """List every formula that gives an error."""
    addresses, found = Addresses(book), []
    for home, row in book.rows.values():
        if row.entered is not None:
            continue
        number = book.sheets.index(home)
        for column in addresses.columns(row.line.period):
            value = values(number, row.place, column)
            if isinstance(value, str) and value.startswith("#"):
                found.append(f"{home.name}: {row.label} ({row.of}) gives {value}")
                break
    return found


def master_check(book: Book, values: Values) -> str:
    """Return what the master check says."""
    placed = next(each for each in book.cells.values() if each.name == "Master_check")
    return str(values(book.sheets.index(placed.sheet), placed.row, placed.column))
