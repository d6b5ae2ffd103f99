"""Headings: the fields of the entry models as columns of a sheet, or as its rows, with their bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from funding_model.scenario.assumptions import NUMBERS, Assumption
from funding_model.scenario.choices import CHOICES
from funding_model.scenario.columns import Column, column_of, form_of, plain_default
from funding_model.scenario.fields import Sourced
from funding_model.scenario.plain import Place
from funding_model.scenario.titles import lower_first
from funding_model.scenario.walk import Kind, kind_of, kind_of_field

Bounds: TypeAlias = tuple[float | None, float | None, bool]
"""The least and the most of a number, None for none, and whether the least itself is refused."""
NO_BOUNDS: Final[Bounds] = (None, None, False)
MOST_YEARS: Final = 11
"""Financial years that ten years from any month touch."""


@dataclass(frozen=True)
class Heading:
    """One field where it is entered.

    Attributes:
        path: Where it stands below what the row, or the column, is about.
        column: How it is written, read and named.
        bounds: Between which its number lies.
        whole: Whether its number is a whole one.
        assumed: Whether it is an assumption, of which only the value is entered here.
    """

    path: Place
    column: Column
    bounds: Bounds = NO_BOUNDS
    whole: bool = False
    assumed: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return self.column.title

    def at(self, path: Place) -> Heading:
        """Return it at another path."""
        return replace(self, path=path)

    @property
    def default(self) -> Any:  # noqa: ANN401 - a value of any form
        """What a blank means, as a plain value."""
        return plain_default(self.column)


def headings_of(model: type[BaseModel], leave_out: tuple[str, ...] = (), under: Place = ()) -> tuple[Heading, ...]:
    """Return the fields of a model that hold one value or several plain ones, where they come from last.

    Fields of a group in it follow in its place. Lists of groups, and groups by name, have sheets of their own.
    """
    names = sorted(model.model_fields, key=lambda name: name in Sourced.model_fields)
    found: list[Heading] = []
    for name in names:
        kind = kind_of_field(model.model_fields[name])
        item = kind_of(kind.item) if kind.item is not None else kind
        if name in leave_out or kind.base is dict or (kind.is_list and item.model is not None):
            continue
        if kind.model is None or kind.model is Assumption:
            found.append(heading_of(model, name, under))
            continue
        group = column_of(model, name).title
        found += [
            replace(each, column=replace(each.column, title=f"{group}: {lower_first(each.title)}"))
            for each in headings_of(kind.model, (), (*under, name))
        ]
    return tuple(found)


def heading_of(model: type[BaseModel], name: str, under: Place = ()) -> Heading:
    """Return a field of a model as a heading."""
    kind = kind_of_field(model.model_fields[name])
    single = kind_of(kind.item) if kind.is_list else kind
    return Heading((*under, name), column_of(model, name), *bounds_of(single), assumed=kind.model is Assumption)


def numbered(model: type[BaseModel], name: str, under: Place = ()) -> tuple[Heading, ...]:
    """Return a list of numbers by year as one heading for each year."""
    whole = heading_of(model, name, under)
    return tuple(
        replace(
            whole,
            path=(*whole.path, year),
            column=replace(whole.column, title=f"Year {year + 1}", many=False, needed=False, default=None),
        )
        for year in range(MOST_YEARS)
    )


def in_unit_of(heading: Heading, kind: Kind) -> Heading:
    """Return a number of an assumption in the unit of what is assumed, within its bounds."""
    if heading.column.name not in (*NUMBERS, "values"):
        return heading
    form = form_of(Kind(base=float, extra=kind.extra))
    column = replace(heading.column, form=form, unit=str(kind.extra.get("unit", "")))
    return replace(heading, column=column, bounds=bounds_of(kind)[0])


def with_form(heading: Heading, kind: Kind, name: str) -> Heading:
    """Return a heading for a single value of a field that is no range, such as yes or no."""
    names = {choice: CHOICES.get((name, str(choice)), str(choice)) for choice in kind.choices}
    column = replace(heading.column, form=form_of(kind), choices=names, unit=str(kind.extra.get("unit", "")))
    return replace(heading, column=column, bounds=bounds_of(kind)[0])


def bounds_of(kind: Kind) -> tuple[Bounds, bool]:
    """Return the bounds of a number, and whether it is a whole one."""
    above = "exclusiveMinimum" in kind.extra
    least = kind.extra.get("exclusiveMinimum" if above else "minimum")
    most = kind.extra.get("maximum", kind.extra.get("exclusiveMaximum"))
    return (least, most, above), kind.base is int
