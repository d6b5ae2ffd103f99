"""Cells: a value of a scenario as a cell holds it, and what a person's cell means; nothing is guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from funding_model.problems import Problem
from funding_model.scenario.columns import Column, value_text, value_typed
from funding_model.scenario.plain import shown
from funding_model.scenario.typed import number_text

NOTHING: Final = "(blank)"
"""What stands in a cell whose being blank would mean something else: no value at all."""
SPELT_OUT: Final = "json:"
"""What comes before a text that a cell cannot hold as it is, such as one with a sign that workbooks do not know."""
NUMBERS: Final = ("money", "share", "number")
_UNSAFE: Final = re.compile("[\ufffe\uffff\r]|x005F_|_x[0-9A-Fa-f]{4}_")
LONGEST_CELL: Final = 32_000
"""Characters: a workbook's cell holds 32,767."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula."""

    text: str


@dataclass(frozen=True)
class Failed:
    """A cell that holds an error, such as #REF!."""

    text: str


Cell: TypeAlias = str | int | float | bool | dt.date | dt.time | dt.timedelta | Formula | Failed
"""What a cell may hold; one that holds nothing is not there. Text is never blank."""


@dataclass(frozen=True)
class Meant:
    """What a cell means.

    Attributes:
        entered: Whether it says anything.
        value: The value it says.
        problem: Why it is refused.
    """

    entered: bool = True
    value: Any = None
    problem: Problem | None = None


def cell_of(column: Column, value: Any) -> Cell | None:  # noqa: ANN401 - a value of any form
    """Return the cell that says a value, exactly; None when no cell of this column can."""
    cell = _written(column, value)
    if cell is None or (isinstance(cell, str) and len(cell) > LONGEST_CELL):
        return None
    meant = meaning(column, cell)
    exact = meant.entered and meant.problem is None and meant.value == value and type(meant.value) is not bool
    return cell if exact or meant.value is value else None


def meaning(column: Column, cell: Cell | None) -> Meant:
    """Return what a cell means in a column."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Meant(entered=False)
    if isinstance(cell, Formula):
        message = f"holds the formula {shown(cell.text)}, and only values are read."
        return _refused(message, "Copy the cell, and paste it onto itself as a value.")
    if isinstance(cell, Failed):
        return _refused(f"holds the error {shown(cell.text)}.", "Enter the value itself, or clear the cell.")
    return _plain(column, cell)


def text_cell(text: str) -> str:
    """Return a text as a cell can hold it: as it is, or spelt out when that would not come back the same."""
    plain = text.strip() == text and not text.startswith(SPELT_OUT) and text != NOTHING and not _UNSAFE.search(text)
    return text if plain else f"{SPELT_OUT}{as_json(text)}"


def as_json(value: object) -> str:
    """Return a plain value as JSON that survives in a cell, and that a reader of YAML understands as well."""
    text = json.dumps(value, ensure_ascii=False)
    escaped = "".join(
        letter if letter.isprintable() or ord(letter) > ord("\uffff") else f"\\u{ord(letter):04x}" for letter in text
    )
    return _UNSAFE.sub(lambda found: found.group().replace("_", "\\u005f"), escaped)


def number_cell(number: float, column: Column) -> float | str:
    """Return a number as a cell holds it; as text where the sixteen digits of a workbook are too few."""
    if float(f"{number:.16G}") == number:
        return number
    return number_text(number, column.form) if column.form in NUMBERS else repr(number)


def _written(column: Column, value: Any) -> Cell | None:  # noqa: ANN401 - a value of any form
    if value is None or (not value and isinstance(value, str | list | tuple)):
        return NOTHING
    if column.many and len(value) == 1:
        return _written(replace(column, many=False), value[0])
    if column.many:
        return value_text(column, value)
    if isinstance(value, int | float) and not isinstance(value, bool) and column.form in NUMBERS:
        return number_cell(value, column)
    return text_cell(str(value)) if column.form == "text" else value_text(column, value)


def _plain(column: Column, cell: str | float | dt.date | dt.time | dt.timedelta) -> Meant:
    if isinstance(cell, str):
        return _text(column, cell)
    if isinstance(cell, bool):
        return _yes_or_no(column, cell)
    return _number(column, cell) if isinstance(cell, int | float) else _day(column, cell)


def _text(column: Column, cell: str) -> Meant:
    text = cell.strip()
    if text == NOTHING:
        return Meant(value=[] if column.many else "" if column.default == "" else None)
    if text.startswith(SPELT_OUT) and column.form == "text":
        return _spelt_out(column, text.removeprefix(SPELT_OUT))
    value, problem = value_typed(column, text)
    return _refused(problem.message, problem.remedy) if problem is not None else Meant(value=value)


def _spelt_out(column: Column, text: str) -> Meant:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, str):
        return _refused(f"text after {SPELT_OUT} must stand in quotation marks.", f"Leave {SPELT_OUT} out.")
    return Meant(value=[value] if column.many else value)


def _number(column: Column, cell: float) -> Meant:
    number = int(cell) if float(cell).is_integer() else cell
    if column.form in NUMBERS:
        return Meant(value=[number] if column.many else number)
    if column.form in ("month", "year"):
        what, remedy = ("month", "April 2026") if column.form == "month" else ("financial year", "2026-27")
        return _refused(f"must be a {what}; you entered {shown(number)}.", f"Write it as {remedy}.")
    return _text(column, format(Decimal(repr(number)), "f"))


def _yes_or_no(column: Column, cell: bool) -> Meant:  # noqa: FBT001 - the cell
    if column.form in ("yes_no", "choice"):
        return _text(column, "yes" if cell else "no")
    return _refused(f"must not be {str(cell).upper()}.", "Enter the value itself.")


def _day(column: Column, cell: object) -> Meant:
    """A day is taken for a month when it is the first or the last of it: Apr-26 may have become 26 April."""
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        if column.form == "month" and day.day in (1, calendar.monthrange(day.year, day.month)[1]):
            return Meant(value=f"{day.year:04d}-{day.month:02d}")
        if column.form == "month":
            message = f"must be a month; the cell holds the day {day.day} {day:%B %Y}."
            return _refused(message, "Type an apostrophe and the month, such as 'April 2026, so that it stays text.")
        if column.form == "text":
            return Meant(value=day.isoformat())
        what = f"the date {day.day} {day:%B %Y}"
    else:
        what = f"the time {cell}"
    return _refused(f"the cell holds {what}.", "Give the cell the format General, and enter the value again.")


def _refused(message: str, remedy: str) -> Meant:
    return Meant(problem=Problem("", message, remedy))
