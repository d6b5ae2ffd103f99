"""Opening: the bytes of a workbook become its cells; nothing in it is run, followed or believed beyond its limits."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import openpyxl

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import nearest
from funding_model.scenario.plain import MOST_VALUES, clean, shown, too_many
from funding_model.scenario.workbook.cells import Cell, Failed, Formula
from funding_model.scenario.workbook.grid import OLD_OR_LOCKED, Cells, Grid, Spot
from funding_model.scenario.workbook.layout import ABOUT, LISTS, OTHER, OWN_SHEETS
from funding_model.scenario.workbook.sheets import sheets
from funding_model.scenario.yaml_text import LONGEST_TEXT

Opened: TypeAlias = tuple[Grid | None, list[Problem]]
"""The cells, None when they cannot be read as a whole, and the problems."""
LARGEST_UNPACKED: Final = 6 * LONGEST_TEXT
"""Bytes of a workbook's parts together when they are unpacked: two hundred services need a quarter of it."""
MOST_PARTS: Final = 500
MOST_SHEETS: Final = 100
MOST_CELLS: Final = 2_000_000
"""Cells looked at in a sheet, empty ones included: a few rows formatted to their end are no harm."""
MOST_ROWS: Final = 1_048_576
MACROS: Final = "xl/vbaproject.bin"
_NEW_ONE: Final = "Save it in a spreadsheet program as an Excel workbook (.xlsx), or start from a new input workbook."
_TRICKS: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_STRANGE_BYTES: Final = (b"\xfe\xff", b"\xff\xfe")
_NOT_UTF_8: Final = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|ascii)", re.IGNORECASE)


class _RefusedError(Exception):
    """Carries the problem for which a workbook is refused out of the reader's depths."""

    def __init__(self, message: str, remedy: str, where: str = "") -> None:
        self.problem = Problem(where, message, remedy)
        super().__init__(str(self.problem))


def opened(content: bytes) -> Opened:
    """Return the cells of a workbook by sheet, or the problems that keep it from being read."""
    try:
        _check_the_file(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl passes over, such as a picture, is nothing that is read
            return _read(content)
    except _RefusedError as refused:
        return None, [refused.problem]
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook can fail anywhere in the libraries that read it
        message = f"the workbook cannot be read: it is damaged or not whole ({clean(type(error).__name__)})."
        return None, [Problem("", message, _NEW_ONE)]


def _check_the_file(content: bytes) -> None:
    if len(content) > LONGEST_TEXT:
        message = f"the workbook is too large: it has more than {LONGEST_TEXT:,} bytes."
        raise _RefusedError(message, "Delete pictures and sheets of your own, or split it into several scenarios.")
    if content.startswith(OLD_OR_LOCKED):
        message = "the workbook is locked with a password, or of the kind before 2007 (.xls)."
        raise _RefusedError(message, "Save it as an Excel workbook (.xlsx) without a password.")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        _check_the_parts(parts)


def _check_the_parts(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    names = {info.filename.casefold() for info in infos}
    if "xl/workbook.xml" not in names:
        raise _RefusedError("the file is packed, but it is no Excel workbook.", _NEW_ONE)
    if MACROS in names:
        raise _RefusedError("the workbook holds macros, which are not read here.", _NEW_ONE)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        message = f"the workbook is too large: unpacked it has {unpacked:,} bytes in {len(infos):,} parts."
        raise _RefusedError(message, "Delete what is not needed, or copy your entries into a new input workbook.")
    for info in infos:
        text = parts.read(info)
        if info.filename.casefold().endswith((".xml", ".rels", ".vml")) and (
            text.startswith(_STRANGE_BYTES) or b"\0" in text or _NOT_UTF_8.match(text) or _TRICKS.search(text)
        ):
            message = f"the part {shown(info.filename)} of the workbook is not what a spreadsheet program writes."
            raise _RefusedError(message, _NEW_ONE)


def _read(content: bytes) -> Opened:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        if len(book.sheetnames) > MOST_SHEETS:
            raise _RefusedError(f"the workbook has more than {MOST_SHEETS} sheets.", "Delete your own sheets.")
        known = [sheet.sheet for sheet in sheets()]
        grid: Grid = {}
        problems: list[Problem] = []
        room = MOST_VALUES
        for sheet in book.worksheets:
            name = str(sheet.title)
            if name == LISTS or name.strip().casefold().startswith(OWN_SHEETS):
                continue
            cells = _cells(sheet, name, room)
            room -= len(cells)
            if name in (*known, ABOUT, OTHER):
                grid[name] = cells
            elif cells:
                message = f"is not a sheet of an input workbook{nearest(name, known)}"
                remedy = "Give it its old name, or a name that begins with Notes if it is your own."
                problems.append(Problem(f"the sheet {shown(name)}", message, remedy))
        missing = [name for name in (*known, ABOUT, OTHER) if name not in grid]
        problems += [Problem(name, "the sheet is missing.", "Put it back, blank if not needed.") for name in missing]
        return None if missing else grid, problems
    finally:
        book.close()


def _cells(sheet: Any, name: str, room: int) -> Cells:  # noqa: ANN401 - openpyxl's sheet as it is read
    """Return what the cells of a sheet hold, looking no further than a person's sheet can reach."""
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    found: Cells = {}
    looked_at = 0
    for number, row in enumerate(sheet.iter_rows()):
        looked_at += len(row)
        if looked_at > MOST_CELLS or number >= MOST_ROWS:
            message = "cells are filled or formatted further than can be read."
            raise _RefusedError(message, "Copy your entries into a new input workbook.", name)
        for column, cell in enumerate(row):
            held = _held(cell)
            if held is not None:
                found[(number, column)] = held
        if len(found) > room:
            raise _RefusedError(too_many("").message, too_many("").remedy, name)
    return found


def _held(cell: Any) -> Cell | None:  # noqa: ANN401 - openpyxl's cell as it is read
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if cell.data_type == "e":
        return Failed(str(value))
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool | int | float | dt.date | dt.time | dt.timedelta):
        return value
    return str(value)


def sheet_order() -> Iterator[str]:
    """Yield the names of the sheets in the order in which they stand."""
    yield ABOUT
    yield from (sheet.sheet for sheet in sheets())
    yield OTHER


def spot_order(spot: Spot) -> tuple[int, int, int]:
    """Return what sorts places of a workbook from its first sheet to its last, row by row."""
    order = list(sheet_order())
    place = order.index(spot.sheet) if spot.sheet in order else len(order)
    return place, -1 if spot.row is None else spot.row, -1 if spot.column is None else spot.column
