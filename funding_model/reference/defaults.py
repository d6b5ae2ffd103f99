"""What the app starts with: every assumption's default, where it comes from, and what is off while it is blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from funding_model.reference.reading import frozen, read_yaml

Level: TypeAlias = Literal["economy", "organisation", "service", "contract"]
"""Where an assumption is entered."""

Status: TypeAlias = Literal["default", "no evidence", "example"]
"""Drawn from a source or a stated convention; without evidence; or an illustration."""

LEVELS: Final[tuple[Level, ...]] = ("economy", "organisation", "service", "contract")
STATUSES: Final[tuple[Status, ...]] = ("default", "no evidence", "example")


@dataclass(frozen=True, slots=True)
class AssumptionDefault:
    """One assumption as the app starts with it.

    Attributes:
        name: The field that it is entered in.
        title: What it is, in plain words.
        help: One or two sentences for a finance lead.
        unit: What its number counts.
        level: Where it is entered.
        value: The default; None when it is blank, or when it comes by year from `series_id`.
        status: Where the default stands.
        confidence: How far the default can be relied on: high, medium, low or none.
        basis: How the default was arrived at.
        low: Lowest reasonable value, when there is evidence for one.
        high: Highest reasonable value, when there is evidence for one.
        series_id: The series of public figures that gives a default for each financial year; empty otherwise.
        alternative: A stated alternative, offered and never filled in.
        alternative_note: What the alternative is.
        source_title: The document behind the default; empty when there is none.
        url: Its address.
        date: The date or price year of the figure.
        evidence: Keys of the findings behind it.
        off_message: What is switched off, or what is used instead, while the default stands or the field is blank.
    """

    name: str
    title: str
    help: str
    unit: str
    level: Level
    value: float | bool | str | None
    status: Status
    confidence: str
    basis: str
    low: float | None = None
    high: float | None = None
    series_id: str = ""
    alternative: float | None = None
    alternative_note: str = ""
    source_title: str = ""
    url: str = ""
    date: str = ""
    evidence: tuple[str, ...] = ()
    off_message: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the app starts without a value, so that it must be entered or its effect is off."""
        return self.value is None and not self.series_id


@cache
def assumption_defaults() -> Mapping[str, AssumptionDefault]:
    """Return every assumption's default by name; the file is read on the first call only."""
    rows: dict[str, dict[str, Any]] = read_yaml("assumptions.yaml")["assumptions"]
    return MappingProxyType(
        {
            name: AssumptionDefault(name=name, **{field: frozen(value) for field, value in row.items()})
            for name, row in rows.items()
        }
    )


def assumption_default(name: str) -> AssumptionDefault:
    """Return one assumption's default.

    Raises:
        LookupError: When there is no assumption of that name.
    """
    try:
        return assumption_defaults()[name]
    except KeyError:
        raise LookupError(f"there is no assumption called {name!r}") from None
