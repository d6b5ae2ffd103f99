"""Bridges in words: the table of a difference's parts, a sentence for each, and plain text for a terminal.

Parts are shown so that they add up to the difference shown, and that is the difference of the values shown: every
number in a sentence is a cell of the table beside it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from funding_model.questions.bridge import NOISE, Bridge, Bridged, Part
from funding_model.questions.bridge.results import RESULTS
from funding_model.report.words import FEW, SHARE_PLACES, number, pounds, rounded, shown_parts
from funding_model.scenario.titles import lower_first

PART_LABELS: Final = {
    "posts": "Posts and pay",
    "lines": "Other costs of the services",
    "support_costs": "Support costs and how they are shared",
    "people_and_size": "People supported and size",
    "other_money": "Other funders, reserves and cash",
    "economy": "Pay awards, prices and discounting",
    "behaviour": "Staffing, delivery and effort",
    "inputs": "What was entered beside the contract",
    "term": "Length of the awards",
    "award": "Decisions and early endings",
    "price": "What the price recognises",
    "movement": "How the price moves",
    "payment": "Payment and underspend",
    "monitoring": "Reporting",
    "flexibility": "Flexibility",
}
"""What each part of a bridge is called."""
DEPENDS: Final = "depends on what else changes"
WIDTH: Final = 100
NAME_WIDTH, CELL_WIDTH = 40, 15


@dataclass(frozen=True)
class Shown:
    """How the numbers of one result are written."""

    unit: str
    places: int

    @classmethod
    def of(cls, found: Bridged) -> Shown:
        """Return how a bridged result is written: small numbers of people and posts to one place."""
        if found.result.unit == "fraction":
            return cls("fraction", SHARE_PLACES)
        few = found.result.unit in ("people", "posts") and min(abs(found.from_value), abs(found.to_value)) < FEW
        return cls(found.result.unit, int(few))

    def value(self, value: float) -> float:
        """Return a value as it is shown."""
        return rounded(value, self.places)

    def text(self, value: float, *, sign: bool = False) -> str:
        """Write a value."""
        if self.unit == "pounds":
            return pounds(value, sign=sign)
        if self.unit == "fraction":
            return f"{number(value * 100, self.places - 2, sign=sign)}%"
        return number(value, self.places, sign=sign)

    def change(self, value: float) -> str:
        """Write a change with its sign; one of a share in percentage points."""
        if self.unit == "fraction":
            return f"{number(value * 100, self.places - 2, sign=True)} points"
        return self.text(value, sign=True)


@dataclass(frozen=True)
class PartRow:
    """One part of a difference as it is shown."""

    part: Part
    label: str
    value: float
    first: float
    last: float

    @property
    def nothing(self) -> bool:
        """Whether it makes no difference that would be shown, wherever it is swapped."""
        return self.value == self.first == self.last == 0

    @property
    def depends(self) -> bool:
        """Whether it helps or hurts by what else changes, as far as that is shown."""
        return self.part.depends and self.first * self.last < 0


@dataclass(frozen=True)
class BridgeTable:
    """One result's bridge as it is shown: what it starts from, its parts and what it comes to."""

    found: Bridged
    shown: Shown
    from_value: float
    to_value: float
    rows: tuple[PartRow, ...]

    @property
    def difference(self) -> float:
        """Difference of the values shown, to which the parts shown add up."""
        return rounded(self.to_value - self.from_value, self.shown.places)


def bridge_tables(bridge: Bridge) -> list[BridgeTable]:
    """Return the table of every result."""
    return [_table(found) for found in bridge.results]


def _table(found: Bridged) -> BridgeTable:
    shown = Shown.of(found)
    start, end = shown.value(found.from_value), shown.value(found.to_value)
    noise = NOISE * max(abs(found.from_value), abs(found.to_value))

    def alike(part: Part, value: float, other: float) -> float:
        """Show what is as large as the part like the part, which may be rounded so that parts add up."""
        return value if abs(other - part.value) <= noise else shown.value(other)

    values = shown_parts([part.value for part in found.parts], shown.places, end - start)
    return BridgeTable(
        found,
        shown,
        start,
        end,
        tuple(
            PartRow(part, PART_LABELS[part.name], value, alike(part, value, part.first), alike(part, value, part.last))
            for part, value in zip(found.parts, values, strict=True)
        ),
    )


def lead(bridge: Bridge, table: BridgeTable) -> str:
    """Say what a result goes from and comes to."""
    label, unit = table.found.result.label, _named(table.found.result.unit)
    start, end = (f"{table.shown.text(value)}{unit}" for value in (table.from_value, table.to_value))
    if not table.difference:
        return f"{label}: {start} at both ends."
    first, last = end_names(bridge)
    return f"{label}: from {start} ({first}) to {end} ({last}), a difference of {table.shown.change(table.difference)}."


def _named(unit: str) -> str:
    return "" if unit in ("pounds", "fraction") else f" {unit}"


def end_names(bridge: Bridge) -> tuple[str, str]:
    """Return what the two ends of a bridge are called: by what tells them apart."""
    start, end = bridge.start, bridge.end
    same_contract, same_name = start.contract == end.contract, start.scenario.name == end.scenario.name
    if same_contract:
        named = (f"“{start.scenario.name}”", f"“{end.scenario.name}”")
        return ("as entered", "as changed") if same_name else named
    if same_name and start.scenario is not end.scenario:
        return f"“{start.contract}” as entered", f"“{end.contract}” as changed"
    if same_name:
        return f"“{start.contract}”", f"“{end.contract}”"
    return (
        f"“{start.contract}” of “{start.scenario.name}”",
        f"“{end.contract}” of “{end.scenario.name}”",
    )


def sentences(table: BridgeTable) -> list[str]:
    """Return a sentence for each part that makes a difference."""
    return [_sentence(table, row) for row in table.rows if not row.nothing]


def _sentence(table: BridgeTable, row: PartRow) -> str:
    change = table.shown.change
    if row.depends:
        return (
            f"{row.label}: {change(row.value)}. This {DEPENDS}: swapped first it makes {change(row.first)}, swapped "
            f"last {change(row.last)}."
        )
    if row.value == row.first == row.last:
        return f"{row.label}: {change(row.value)}, whatever else changes."
    return f"{row.label}: {change(row.value)} ({change(row.first)} swapped first, {change(row.last)} swapped last)."


def bridge_text(bridge: Bridge) -> str:
    """Return a bridge as plain text for a terminal."""
    title = "From {} to {}".format(*end_names(bridge))
    lines = [*_wrapped(title), "=" * min(len(title), WIDTH), ""]
    if not bridge.parts:
        return "\n".join([*lines, "They do not differ in anything that is costed."])
    lines += _wrapped(f"They differ in: {', '.join(PART_LABELS[name].lower() for name in bridge.parts)}.")
    if bridge.joined:
        text = "What was entered differs in things that cannot be changed one without another, so it is one part."
        lines += _wrapped(text)
    for table in bridge_tables(bridge):
        lines += ["", *_result_lines(bridge, table)]
    if bridge.left_out:
        left_out = "; ".join(lower_first(RESULTS[name].label) for name in bridge.left_out)
        lines += ["", *_wrapped(f"Left out, because they do not apply: {left_out}.")]
    for text in bridge.notes:
        lines += ["", *_wrapped(text)]
    note = (
        "Each part is the mean of what it changes over every order of swapping (Shapley value), so that parts add up. "
        "Swapped first: what it changes alone. Swapped last: what it changes once all else is swapped."
    )
    return "\n".join([*lines, "", *_wrapped(note)])


def _result_lines(bridge: Bridge, table: BridgeTable) -> Iterator[str]:
    change = table.shown.change
    yield from _wrapped(lead(bridge, table))
    told = [row for row in table.rows if not row.nothing]
    if not told:
        return
    yield (
        "  "
        + "".ljust(NAME_WIDTH)
        + "".join(head.rjust(CELL_WIDTH) for head in ("part", "swapped first", "swapped last"))
    )
    for row in told:
        cells = "".join(change(value).rjust(CELL_WIDTH) for value in (row.value, row.first, row.last))
        yield f"  {row.label.ljust(NAME_WIDTH)}{cells}{'  ' + DEPENDS if row.depends else ''}"
    yield f"  {'together'.ljust(NAME_WIDTH)}{change(table.difference).rjust(CELL_WIDTH)}"
    interaction = table.shown.value(table.found.interaction)
    if interaction:
        yield f"  {'of it, only together (interaction)'.ljust(NAME_WIDTH)}{change(interaction).rjust(CELL_WIDTH)}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ")
