"""Single values laid over a document: ``services.Family support hub.posts.1.fte: 0.8``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.plain import Place, clean, place_of, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import Kind, at
from funding_model.scenario.yaml_text import read_value

Document: TypeAlias = dict[str, Any]
Fault: TypeAlias = tuple[str, str]
"""What is wrong with a path, and what to do."""
MOST_OVERRIDES: Final = 500


def parse_value(text: str) -> tuple[Any, list[Problem]]:
    """Return the value that ``--set PATH=VALUE`` means: a number, yes or no, text, or a list or group in brackets."""
    return read_value(text)


def apply_overrides(
    document: Mapping[str, Any], overrides: Mapping[str, Any], under: str = "", most: int = MOST_OVERRIDES
) -> tuple[Document, list[Problem]]:
    """Return a copy of a document with other values at some places, and the problems with those places.

    An element of a path is a field's name; in a list it is the item's number from 1, or its name. Every path is looked
    up in the document as it was, so the order of the overrides is of no account.

    Args:
        document: The document, as plain values.
        overrides: The values by path.
        under: What stands before a path where it is written, such as ``overrides.``; nothing when it was typed alone.
        most: How many there may be.
    """
    if len(overrides) > most:
        message = f"there are {len(overrides):,} overrides, and {most:,} is the limit."
        return dict(document), [Problem(under.rstrip("."), message, "Write the scenario out instead.")]
    changed: Any = dict(document)
    problems: list[Problem] = []
    whole: dict[Place, str] = {}
    parts: dict[Place, str] = {}
    for path, value in overrides.items():
        place, fault = place_at(document, path)
        if fault is None:
            clash = next((whole[place[:n]] for n in range(1, len(place) + 1) if place[:n] in whole), parts.get(place))
            if clash is not None:
                fault = (f"sets what {shown(clash)} sets as well.", "Keep one of them.")
        if fault is not None:
            problems.append(Problem(f"{under}{clean(path)}", *fault))
            continue
        whole[place] = path
        parts |= {place[:depth]: path for depth in range(1, len(place))}
        changed = _with(changed, place, value)
    return changed, problems


def place_at(document: Mapping[str, Any], path: str) -> tuple[Place, Fault | None]:
    """Return the place that a path means, looked up both in the document and in the entry models."""
    place: Place = ()
    value: Any = document
    for element in (part.strip() for part in path.split(".")):
        kind, _ = at(Scenario, place)
        step, fault = _step(element, value, kind or Kind())
        if fault is not None:
            message, remedy = fault
            standing = f"in {place_of(place)}, " if place else ""
            return (), (f"{standing}{message}", remedy)
        place = (*place, step)
        value = below(value, step)
    return place, None


def _step(element: str, value: object, kind: Kind) -> tuple[str | int, Fault | None]:
    if isinstance(value, list | tuple) or (kind.is_list and value is None):
        return _item(element, list(value) if isinstance(value, list | tuple) else [])
    if kind.model is not None:
        known = list(kind.model.model_fields)
        if element in known:
            return element, None
        return "", (f"{shown(element)} is not a field{nearest(element, known)}", f"Fields: {', '.join(known)}.")
    if kind.item is not None or isinstance(value, dict):
        return element, None if element else ("a name is blank.", "Enter a name.")
    return "", (f"there is nothing below a single value, so {shown(element)} is not there.", "Shorten the path.")


def _item(element: str, items: list[Any]) -> tuple[str | int, Fault | None]:
    if element.isascii() and element.isdigit() and 1 <= int(element[:9]) <= len(items):
        return int(element) - 1, None
    called = [index for index, item in enumerate(items) if _name(item) == element]
    if len(called) == 1:
        return called[0], None
    if called:
        numbers = " and ".join(str(index + 1) for index in called[:3])
        return 0, (f"several items are called {shown(element)}.", f"Use the number: {numbers}.")
    known = [name for name in map(_name, items) if name]
    there = f"There are: {quoted_names(known)}." if known else "Set the whole list instead."
    return 0, (f"there is no item {shown(element)}{nearest(element, known)}", there)


def _name(item: object) -> str:
    name = item.get("name") if isinstance(item, dict) else item
    return name if isinstance(name, str) else ""


def below(value: object, step: str | int) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return what stands one step below a plain value; None when there is nothing."""
    if isinstance(step, int):
        return value[step] if isinstance(value, list | tuple) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def _with(container: Any, place: Place, value: Any) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return a copy of a plain value with another value at a place; groups on the way are made."""
    if not place:
        return value
    step, further = place[0], place[1:]
    if isinstance(step, int):
        items = list(container)
        items[step] = _with(items[step], further, value)
        return items
    if isinstance(container, int | float) and not isinstance(container, bool):
        container = {"value": container}
    group = dict(container) if isinstance(container, dict) else {}
    group[step] = _with(group.get(step), further, value)
    return group
