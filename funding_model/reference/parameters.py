"""Dated public figures: statutory rates, pay scales, forecasts, each value with its dates and its source.

Three rules govern every lookup. Dates are inclusive, and where rows overlap the one that started last is in force.
After the last known end the last known value is *held* and says so. A value that was searched for and not found is
None, never a guess: the app must ask for it, and it stays unknown until a later row states one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from funding_model.reference.dates import month_ends, written_date
from funding_model.reference.reading import Value, frozen, read_yaml

NOT_FOUND: Final = "not found"
"""Status of a figure that was searched for and not found."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One figure and the days on which it holds.

    Attributes:
        start: First day on which it holds.
        end: Last day on which it holds; None when open-ended or not known to end.
        value: The figure in the unit of its series, or None when no source was found.
        status: How firm it is, in the words of the file's status vocabulary.
        confidence: A (primary, or two sources), B (one secondary), C (derived or weak), N (not found).
        source: Where it was read; empty when no source was found.
        url: The address of the source; empty when there is none.
        note: What a reader should know about it; empty when nothing.
        held: Whether it was looked up for a day after its end, for want of a later figure.
    """

    start: date
    end: date | None
    value: Value
    status: str
    confidence: str
    source: str = ""
    url: str = ""
    note: str = ""
    held: bool = False

    @property
    def found(self) -> bool:
        """Whether there is a figure at all; when there is none it must be asked for."""
        return self.value is not None

    @property
    def number(self) -> float:
        """The figure as a number.

        Raises:
            LookupError: When no figure was found, or when it is words or a table.
        """
        if isinstance(self.value, int | float):
            return float(self.value)
        since = written_date(self.start)
        if self.value is None:
            raise LookupError(f"no public figure was found for the time from {since}; enter your own")
        raise LookupError(f"the figure for the time from {since} is not a single number")


@dataclass(frozen=True, slots=True)
class Series:
    """One public figure over time.

    Attributes:
        id: The name by which it is looked up, such as ``nic.employer_rate``.
        label: The name that people read.
        unit: What its values count.
        jurisdiction: Where it applies: UK, GB or NI.
        source: Where its values were read, when they share one source; else each value names its own.
        url: The address of that source.
        note: What a reader should know about all its values.
        values: The figures, in the order in which they start.
    """

    id: str
    label: str
    unit: str
    jurisdiction: str
    source: str
    url: str
    note: str
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class ParametersFile:
    """The whole file: what it says about itself, and its series by id."""

    meta: Mapping[str, Any]
    series: Mapping[str, Series]


@cache
def load_file() -> ParametersFile:
    """Read the file once and return it with what it says about itself."""
    content = read_yaml("parameters.yaml")
    series = {row["id"]: _series(row) for row in content["series"]}
    return ParametersFile(meta=frozen(content["meta"]), series=MappingProxyType(series))


def load_parameters() -> Mapping[str, Series]:
    """Return every series by id; the file is read on the first call only."""
    return load_file().series


def series(series_id: str) -> Series:
    """Return one series.

    Raises:
        LookupError: When there is no series of that id.
    """
    try:
        return load_parameters()[series_id]
    except KeyError:
        raise LookupError(f"there is no public figure called {series_id!r}") from None


def value_on(series_id: str, day: date) -> DatedValue:
    """Return the figure in force on a day, held from the last known one where the day is later.

    Raises:
        LookupError: When there is no such series, or nothing is known of it as early as that day.
    """
    found = series(series_id)
    started = [row for row in found.values if row.start <= day]
    if not started:
        first = written_date(found.values[0].start)
        raise LookupError(f"{found.label}: nothing is known before {first}, and you asked for {written_date(day)}")
    in_force = [row for row in started if row.end is None or day <= row.end]
    if in_force:
        return max(in_force, key=lambda row: row.start)
    last = max(started, key=lambda row: row.start)
    return replace(last, held=True)


def monthly_values(series_id: str, first_month: date, months: int) -> tuple[DatedValue, ...]:
    """Return the figure of each month: the one in force on the month's last day.

    April therefore takes the rate of the tax year that starts on its sixth day, and a rate that changes within a tax
    year changes in the month in which it takes effect.

    Args:
        series_id: The series.
        first_month: Any day in the first month.
        months: How many months.

    Raises:
        LookupError: When there is no such series, or nothing is known of it as early as that.
    """
    return tuple(value_on(series_id, day) for day in month_ends(first_month, months))


def reference_data_date() -> date:
    """Return the day on which the public figures were put together."""
    return date.fromisoformat(load_file().meta["compiled"])


def status_meanings() -> Mapping[str, str]:
    """Return what each status of a figure means."""
    meanings: Mapping[str, str] = load_file().meta["status_vocabulary"]
    return meanings


def confidence_meanings() -> Mapping[str, str]:
    """Return what each grade of confidence in a figure means."""
    meanings: Mapping[str, str] = load_file().meta["confidence_vocabulary"]
    return meanings


def _series(row: Mapping[str, Any]) -> Series:
    source, url = row.get("source") or "", row.get("url") or ""
    values = [_dated_value(value, source, url) for value in row["values"]]
    notes = [text for text in (row.get("note"), row.get("date_note")) if text]
    return Series(
        id=row["id"],
        label=row["label"],
        unit=row["unit"],
        jurisdiction=row["jurisdiction"],
        source=source,
        url=url,
        note=" ".join(notes),
        values=tuple(sorted(values, key=lambda value: value.start)),
    )


def _dated_value(row: Mapping[str, Any], source: str, url: str) -> DatedValue:
    own_source = row.get("source") or ""
    return DatedValue(
        start=date.fromisoformat(row["from"]),
        end=None if row["to"] is None else date.fromisoformat(row["to"]),
        value=frozen(row["value"]),
        status=row["status"],
        confidence=row["confidence"],
        source=own_source or source,
        url=row.get("url") or ("" if own_source else url),
        note=row.get("note") or "",
    )
