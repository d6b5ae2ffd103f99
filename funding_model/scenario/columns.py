"""Columns: how each field of an entry model is written, read and named, from the model itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from funding_model.problems import Problem
from funding_model.reference.defaults import AssumptionDefault
from funding_model.scenario.choices import CHOICES
from funding_model.scenario.plain import shown
from funding_model.scenario.titles import title_of
from funding_model.scenario.typed import (
    Form,
    month_text,
    month_typed,
    number_text,
    number_typed,
    year_typed,
)
from funding_model.scenario.walk import Kind, at, kind_of, kind_of_field

YES: Final = ("yes", "y", "true", "1")
NO: Final = ("no", "n", "false", "0")


@dataclass(frozen=True)
class Column:
    """One field as it is written on a page.

    Attributes:
        name: Its name in the document.
        title: Its name for a person.
        form: How it is written.
        choices: What may be chosen, by the value in the document.
        unit: What its number counts; empty for none.
        help: What it is, in a sentence.
        default: What holds while it is not in the document.
        needed: Whether it must be entered.
        many: Whether it holds several such values, written one after another with a semicolon between them.
    """

    name: str
    title: str
    form: Form
    choices: dict[Any, str]
    unit: str
    help: str
    default: Any
    needed: bool
    many: bool = False


FORMS_BY_UNIT: Final[dict[str, Form]] = {"year and month": "month", "financial year": "year"}


def form_of(kind: Kind) -> Form:
    """Return how a single value of a kind is written."""
    unit = str(kind.extra.get("unit", ""))
    if kind.choices:
        return "choice"
    if kind.base is bool:
        return "yes_no"
    if unit in FORMS_BY_UNIT:
        return FORMS_BY_UNIT[unit]
    if unit.startswith(("pounds", "fraction")):
        return "money" if unit.startswith("pounds") else "share"
    return "number" if kind.base in (int, float) or (kind.model is not None and unit) else "text"


@cache
def column_of(model: type[BaseModel], name: str) -> Column:
    """Return a field of a model as a column."""
    info = model.model_fields[name]
    whole = kind_of_field(info)
    kind = kind_of(whole.item) if whole.is_list else whole
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return Column(
        name=name,
        title=info.title or title_of(name),
        form=form_of(kind),
        choices={choice: CHOICES.get((name, str(choice)), str(choice)) for choice in kind.choices},
        unit=str(kind.extra.get("unit", "")),
        help=" ".join((info.description or "").split()),
        default=default,
        needed=info.is_required(),
        many=whole.is_list,
    )


def columns_of(model: type[BaseModel], names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return some fields of a model as columns."""
    return tuple(column_of(model, name) for name in names)


def value_typed(column: Column, text: str) -> tuple[Any, Problem | None]:
    """Return the value that a text means in a column, or why it is refused; None for a blank."""
    if column.many:
        return _many_typed(column, text)
    if column.form in ("money", "share", "number"):
        value, problem = number_typed(text, column.form)
        whole = value is not None and value.is_integer()
        return (int(value) if whole and value is not None else value), problem
    read = _READERS.get(column.form)
    if read is not None:
        return read(text)
    return _choice(column, text) if column.form == "choice" else (text.strip() or None, None)


def value_text(column: Column, value: Any) -> str:  # noqa: ANN401 - a value of any form
    """Return a value as it stands in a field; a value that does not fit its column stays as it is."""
    if value is None:
        return ""
    if column.many and isinstance(value, list | tuple):
        return "; ".join(value_text(replace(column, many=False), each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.form in ("money", "share", "number") and isinstance(value, int | float):
        return number_text(value, column.form)
    if column.form == "month":
        return month_text(str(value))
    return column.choices.get(value, str(value)) if column.form == "choice" else str(value)


def _many_typed(column: Column, text: str) -> tuple[list[Any] | None, Problem | None]:
    found = []
    for part in text.replace("\n", ";").split(";"):
        value, problem = value_typed(replace(column, many=False), part)
        if problem is not None:
            return None, Problem("", problem.message, f"{problem.remedy} Part the entries with semicolons.")
        if value is not None:
            found.append(value)
    return found or None, None


def plain_default(column: Column) -> Any:  # noqa: ANN401 - a value of any form
    """Return what holds while a field is blank as a plain value: that of an assumption is its number."""
    return getattr(column.default, "value", None) if isinstance(column.default, BaseModel) else column.default


def entered_or_default(column: Column, group: dict[str, Any]) -> Any:  # noqa: ANN401 - a value of any form
    """Return what a group holds for a column, or else what holds without it."""
    return group.get(column.name, column.default)


def in_unit(value: Any, unit: str) -> str:  # noqa: ANN401 - a number, yes or no, or text
    """Return a value of an assumption as it is written in a field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return CHOICES.get(("done_by", value), value)
    form = "share" if unit.startswith("fraction") else "money" if unit.startswith("pounds") else "number"
    return number_text(value, form)  # type: ignore[arg-type]


def default_words(default: AssumptionDefault) -> str:
    """Return the default of an assumption in words: a value with its range, a forecast by year, or that it is blank."""
    if default.series_id:
        return "the forecast, by year"
    if default.value is None:
        return "blank"
    between = ""
    if default.low is not None and default.high is not None:
        between = f"\n{in_unit(default.low, default.unit)} to {in_unit(default.high, default.unit)}"
    return f"{in_unit(default.value, default.unit)}{between}"


def _choice(column: Column, text: str) -> tuple[Any, Problem | None]:
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return None, None
    for choice, words in column.choices.items():
        if wanted in (str(choice).casefold(), str(choice).replace("_", " ").casefold(), words.casefold()):
            return choice, None
    remedy = f"Choose from: {', '.join(column.choices.values())}."
    return None, Problem("", f"{shown(text.strip())} is not one of the choices here.", remedy)


def _yes_or_no(text: str) -> tuple[bool | None, Problem | None]:
    wanted = text.strip().casefold()
    if not wanted:
        return None, None
    if wanted in YES or wanted in NO:
        return wanted in YES, None
    return None, Problem("", f"{shown(text.strip())} is neither yes nor no.", "Write yes or no.")


_READERS: Final[dict[Form, Callable[[str], tuple[Any, Problem | None]]]] = {
    "month": month_typed,
    "year": year_typed,
    "yes_no": _yes_or_no,
}


def kind_at(model: type[BaseModel], place: tuple[str | int, ...]) -> Kind:
    """Return what may stand at a place below a model.

    Raises:
        LookupError: Nothing stands there.
    """
    kind, _ = at(model, place)
    if kind is None:
        raise LookupError(f"there is nothing at {place}")
    return kind
