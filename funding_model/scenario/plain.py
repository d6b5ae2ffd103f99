"""Plain values: what a document may consist of, how much of it, and how a value is quoted back to a person."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from funding_model.problems import Problem

Place: TypeAlias = tuple[str | int, ...]
"""Names and numbers from the top of a document down; numbers count from nought, as the machine does."""
MOST_LEVELS: Final = 30
MOST_VALUES: Final = 200_000
LARGEST_NUMBER: Final = 1e15
_LONGEST_SHOWN: Final = 60
_BROKEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""A control character other than a line break or tab, or half a character."""


def shown(value: object) -> str:
    """Return a value as it is quoted in a message: short, on one line and without control characters."""
    match value:
        case None:
            words = "nothing"
        case bool():
            words = "yes" if value else "no"
        case int() | float():
            words = _number_shown(value)
        case str():
            words = f'"{clean(value)}"'
        case dict():
            words = "a group of fields"
        case list() | tuple():
            words = f"a list of {len(value):,}" if value else "an empty list"
        case _:
            words = f"a {clean(type(value).__name__)}"
    return words


def clean(text: str) -> str:
    """Return text that is safe to show in a line: printable characters only, shortened."""
    short = text[: 4 * _LONGEST_SHOWN]
    printable = " ".join("".join(letter if letter.isprintable() else " " for letter in short).split())
    return printable if len(printable) <= _LONGEST_SHOWN else printable[: _LONGEST_SHOWN - 1] + "…"


def place_of(parts: Place) -> str:
    """Return a place as a person counts it, from 1: ``("services", 0, "name")`` is ``services.1.name``."""
    return ".".join(str(part + 1) if isinstance(part, int) else clean(part) for part in parts)


def too_deep(where: str) -> Problem:
    """Return the problem of a document that is nested too deeply."""
    return Problem(where, f"groups and lists are nested more than {MOST_LEVELS} deep.", "Compare it with an example.")


def too_many(where: str) -> Problem:
    """Return the problem of a document with too many values."""
    return Problem(where, f"there are more than {MOST_VALUES:,} values.", "Split it into several scenarios.")


def plain_problems(document: object) -> tuple[list[Problem], bool]:
    """Return what in a document is no plain value, and whether it is small and shallow enough to be read on."""
    problems: list[Problem] = []
    waiting: list[tuple[Place, object]] = [((), document)]
    count = 0
    while waiting:
        place, value = waiting.pop()
        count += 1
        if len(place) > MOST_LEVELS:
            return [too_deep(place_of(place[:4]))], False
        items: list[tuple[str | int, object]] = []
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str):
                    return [Problem(place_of(place), f"{shown(key)} is not the name of a field.", "Use text.")], False
            strange = [key for key in value if not (key.isidentifier() and key.isascii())]
            problems += [Problem(place_of((*place, key)), *fault) for key in strange for fault in _key_faults(key)]
            items += value.items()
        elif isinstance(value, list | tuple):
            items += enumerate(value)
        else:
            problems += [Problem(place_of(place), *fault) for fault in _value_faults(value)]
        if count + len(waiting) + len(items) > MOST_VALUES:
            return [too_many(place_of(place))], False
        # Most values are sound at first sight: they are counted, and need no place.
        doubtful = items if len(place) == MOST_LEVELS else [item for item in items if not _is_sound(item[1])]
        count += len(items) - len(doubtful)
        waiting += [((*place, part), item) for part, item in doubtful]
    return problems, True


def count_values(value: object, most: int) -> int:
    """Return how many values there are in a plain value, counting no further than ``most``."""
    waiting: list[object] = [value]
    count = 0
    while waiting and count <= most:
        item = waiting.pop()
        count += 1
        if isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list | tuple):
            waiting += item
    return count


def _number_shown(value: float) -> str:
    if isinstance(value, int):
        return str(value) if abs(value) < LARGEST_NUMBER else "a very large number"
    if math.isfinite(value) and value == int(value) and abs(value) < LARGEST_NUMBER:
        return str(int(value))
    return repr(value)


def _is_sound(value: object) -> bool:
    """Return whether a single value has surely no fault, as quickly as can be."""
    if isinstance(value, str):
        return value.isprintable()
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    return value is None


def _key_faults(key: str) -> Iterator[tuple[str, str]]:
    if key != key.strip():
        yield "this name has spaces at its ends.", "Delete them."
    if _is_broken(key) or "\n" in key:
        yield "this name has characters that cannot be shown.", "Delete them."


def _value_faults(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value at all
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            yield f"{value} is not a number that can be used.", "Enter a number, or leave it out."
        elif abs(value) > LARGEST_NUMBER:
            yield "is too large a number.", "Check its digits."
    elif isinstance(value, str):
        if _is_broken(value):
            yield f"has characters that cannot be shown; you entered {shown(value)}.", "Delete them."
    else:
        yield f"{shown(value)} is not text, a number, yes or no, a list or a group of fields.", "Use one of these."


def _is_broken(text: str) -> bool:
    return _BROKEN.search(text) is not None
