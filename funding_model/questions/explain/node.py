"""Node: one figure with its formula, the operation that gives it from its parts, and where it comes from.

A tree of nodes is true: every node's value is what its stated operation makes of the values of its parts. Parts are
worked out when they are asked for, and a figure that several others rest on is one node.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

Parts: TypeAlias = "Sequence[Node] | Callable[[], Sequence[Node]]"
GIVEN, SOLVED, STAGE, BLANK = "given", "solved", "stage", "blank"
LEAVES: Final = (GIVEN, SOLVED, STAGE, BLANK)
"""Operations without parts: entered or published; solved with others; taken as its stage gives it; or blank."""


@dataclass(frozen=True)
class Entry:
    """Where a value that is not worked out comes from."""

    where: str
    """The place in the scenario, or the name of a public figure."""
    status: str
    """yours, published, default, example, no evidence; or terms, calendar and constant."""
    source: str = ""
    date: str = ""
    confidence: str = ""
    rationale: str = ""


def _difference(values: Sequence[float]) -> float:
    return values[0] - math.fsum(values[1:])


def _quotient(values: Sequence[float]) -> float | None:
    return values[0] / values[1] if values[1] else None


def _vacant_mean(values: Sequence[float]) -> float:
    """Mean vacant share of a month, from that at its start, the leaving rate and the filling rate."""
    start, leaving, filling = values
    rate = leaving + filling
    if not rate:
        return start
    settled = leaving / rate
    return settled + (start - settled) * -math.expm1(-rate) / rate


def _vacant_end(values: Sequence[float]) -> float:
    start, leaving, filling = values
    rate = leaving + filling
    if not rate:
        return start
    settled = leaving / rate
    return settled + (start - settled) * math.exp(-rate)


OPERATIONS: Final[dict[str, Callable[[Sequence[float]], float | None]]] = {
    "sum": math.fsum,
    "product": math.prod,
    "difference": _difference,
    "quotient": _quotient,
    "share": lambda values: values[0] / values[1] if values[1] else 0.0,
    "ratio": lambda values: values[0] / values[1] if values[1] else 1.0,
    "power": lambda values: float(values[0] ** values[1]),
    "minimum": min,
    "maximum": max,
    "between": lambda values: min(max(values[0], values[1]), values[2]),
    "below": lambda values: float(values[0] < values[1]),
    "opposite": lambda values: -values[0],
    "vacant_mean": _vacant_mean,
    "vacant_end": _vacant_end,
}
"""What each operation makes of the values of a node's parts, in their order."""
OPERATIONS_IN_WORDS: Final = {
    "sum": "all parts added together",
    "product": "all parts multiplied",
    "difference": "the first part less all others",
    "quotient": "the first part divided by the second; blank where the second is 0",
    "share": "the first part divided by the second; 0 where the second is 0",
    "ratio": "the first part divided by the second; 1 where the second is 0",
    "power": "the first part to the power of the second",
    "minimum": "the smallest part",
    "maximum": "the largest part",
    "between": "the first part, but not below the second nor above the third",
    "below": "1 where the first part is below the second, else 0",
    "opposite": "the part with its sign turned",
    "vacant_mean": "v* + (v - v*)(1 - e^-(l + q)) / (l + q) with v* = l / (l + q), of parts v, l and q",
    "vacant_end": "v* + (v - v*) e^-(l + q) with v* = l / (l + q), of parts v, l and q",
    "given": "entered, published or counted from the calendar",
    "solved": "worked out together with the other pools, each of which bears a share of the others",
    "stage": "as its stage works it out: see the formula",
    "blank": "does not apply, or an entry that it needs is blank",
}


@dataclass(frozen=True, eq=False)
class Node:
    """One figure of a tree."""

    label: str
    value: float | None
    unit: str
    formula: str
    operation: str
    stage: str
    """The stage of the core that makes it: a module of the core, or where it is entered or published."""
    entry: Entry | None = None
    made_of: Parts = ()

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """The figures that its operation takes, in order."""
        made_of = self.made_of
        return tuple(made_of() if callable(made_of) else made_of)

    def recomputed(self) -> float | None:
        """Return what the operation makes of the parts; the value itself where there are none."""
        if self.operation in LEAVES:
            return self.value
        values = [part.value for part in self.parts]
        if any(value is None for value in values):
            return None
        return OPERATIONS[self.operation]([value for value in values if value is not None])


def made(
    operation: str,
    label: str,
    unit: str,
    stage: str,
    made_of: Parts,
    formula: str = "",
    value: float | None = None,
    *,
    known: bool = False,
) -> Node:
    """Return a figure worked out from others.

    Args:
        operation: One of ``OPERATIONS``.
        label: What it is.
        unit: Its unit.
        stage: The module that makes it.
        made_of: Its parts, or what returns them when they are asked for.
        formula: Its formula in words.
        value: Its value as the core gives it; by default the operation's result.
        known: Whether the value is given even where it is None.
    """
    if value is None and not known:
        parts = tuple(made_of() if callable(made_of) else made_of)
        values = [part.value for part in parts]
        blank = any(each is None for each in values)
        value = None if blank else OPERATIONS[operation]([each for each in values if each is not None])
        made_of = parts
    return Node(label, None if value is None else float(value), unit, formula, operation, stage, None, made_of)


def leaf(label: str, value: float, unit: str, entry: Entry, formula: str = "", stage: str = "entered") -> Node:
    """Return a figure that is entered, published or counted from the calendar."""
    return Node(label, float(value), unit, formula, GIVEN, stage, entry)


def blank(label: str, unit: str, stage: str, why: str) -> Node:
    """Return a figure that does not apply, or needs an entry that is blank."""
    return Node(label, None, unit, why, BLANK, stage)


def constant(value: float, label: str = "", unit: str = "") -> Node:
    """Return a number that is part of a formula."""
    return leaf(label or f"{value:g}", value, unit, Entry("", "constant"), stage="constant")
