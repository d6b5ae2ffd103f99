"""Calculate: a workbook worked out by a spreadsheet engine, for the values that its cells hold when it is opened."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ironcalc

Model = Any
"""A workbook opened by the engine; the library says no more about its type."""
Value = float | str | bool
Values = Callable[[int, int, int], Value]
"""From the number of a sheet, a row and a column, counted from 0, to the value of its formula."""


def calculated(content: bytes) -> Values:
    """Return the values of a workbook's formulas."""
    model = opened(content)
    model.evaluate()
    return values_of(model)


def opened(content: bytes) -> Model:
    """Return a workbook as the engine opens it, before it is worked out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content)
        return ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")


def values_of(model: Model) -> Values:
    """Return the values that a workbook had when it was last worked out."""

    def value(sheet: int, row: int, column: int) -> Value:
        found = model.get_cell_value(sheet, row + 1, column + 1)
        if found is None:
            raise ValueError(f"there is no formula in row {row + 1}, column {column + 1} of sheet {sheet + 1}")
        return found if isinstance(found, str | bool) else float(found)

    return value
