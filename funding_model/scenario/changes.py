"""What changed between two scenarios as entered, in words; either may be incomplete or not valid.

The two documents are walked side by side along the entry models. Entries of a list are matched by name, so that a
post that moves down the list is not taken for another; an entry that is gone while a similar one has come at its
place was renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from funding_model.scenario.assumptions import Assumption, ServiceAssumptions, YearlyGrowth
from funding_model.scenario.change_texts import (
    AS_IN_THE_CONTRACT,
    BLANK,
    MISSING,
    Change,
    Spot,
    difference,
    effect,
    is_blank,
    noun_of,
    quoted,
)
from funding_model.scenario.choices import driver_name
from funding_model.scenario.contracts import Contract
from funding_model.scenario.presets import preset_id, preset_names
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import assumption_title, lower_first, title_of, upper_first
from funding_model.scenario.walk import Kind, kind_of, kind_of_field

__all__ = ["Change", "changes", "summary"]

MOST_TOLD: Final = 3
_NUMBER_OF: Final[dict[type[BaseModel], str]] = {Assumption: "value", YearlyGrowth: "every_year"}
"""The field that a bare number stands for."""
_CONTRACT_CHANGES: Final = "contract_changes"
"""The field whose groups say how a contract differs, and leave out what stays as it is."""
_DRIVER: Final = "driver"
_DRIVER_QUANTITIES: Final = "driver_quantities"
"""The field that names a driver, and the one whose groups are called by one."""
_IN_THE_UNIT: Final = ("value", "low", "high")
_LABELS: Final = ("name", "start", "financial_year", "scenario_year")
"""The fields by which the entries of a list are told apart, the first that an entry has."""
_SIMILAR: Final = 0.5
"""Share of its fields that an entry under another name has in common with the old one to be the same."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what differs between two plain documents, field by field; nothing when they are equal.

    Documents are such as the reader of files lets through: no deeper, and without values that are not plain.
    """
    old, new = dict(before), dict(after)
    found = tuple(_walk(old, new, Kind(model=Scenario), Spot(), ""))
    if found or old == new:
        return found
    return (Change("", "Scenario", "", "", "Written in another way; no value has changed"),)


def summary(found: Sequence[Change], most: int = MOST_TOLD) -> str:
    """Return changes as one line: the first few, and how many more there are."""
    if not found:
        return "Nothing changed"
    more = [f"and {len(found) - most:,} more"] if len(found) > most else []
    return "; ".join([*(change.text for change in found[:most]), *more])


def _walk(
    before: Any,  # noqa: ANN401 - a plain value of any kind
    after: Any,  # noqa: ANN401 - a plain value of any kind
    kind: Kind,
    spot: Spot,
    title: str,
    default: object = MISSING,
) -> Iterator[Change]:
    """Yield what differs between two values of a field; nothing when they come to the same.

    Args:
        before: The value, or ``MISSING``.
        after: The value, or ``MISSING``.
        kind: What may stand there.
        spot: Where it is.
        title: The field's title; empty where the spot says it all.
        default: What a missing value means; ``MISSING`` where it means a blank.
    """
    if before is after or before == after:
        return
    compare = _comparison(before, after, kind)
    if compare is not None:
        yield from compare(_Pair(before, after, kind, spot, title))
    elif effect(before, default) != effect(after, default):
        old, new, what = difference(title, before, after, kind, default)
        yield Change(spot.where, title, old, new, spot.sentence(what))


class _Pair(NamedTuple):
    """Two values that are compared part by part; the rest as in ``_walk``."""

    before: Any
    after: Any
    kind: Kind
    spot: Spot
    title: str

    @property
    def inside(self) -> Spot:
        """The spot of what lies in the values."""
        return self.spot.in_group(self.title)


def _comparison(before: object, after: object, kind: Kind) -> Callable[[_Pair], Iterator[Change]] | None:
    """Return how two values are compared part by part; None when they are compared as wholes."""
    both = before, after
    if kind.model is not None:
        if any(_as_group(value, kind.model) is None for value in both):
            return None
        came_or_went = is_blank(before) != is_blank(after)
        return _whole_group if came_or_went and kind.optional and kind.model not in _NUMBER_OF else _fields
    if kind.is_list and _item(kind).model is not None:
        return _entries if all(is_blank(value) or isinstance(value, list | tuple) for value in both) else None
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        return _values if len(before) == len(after) else None
    if isinstance(before, dict) or isinstance(after, dict):
        return _names if all(is_blank(value) or isinstance(value, dict) for value in both) else None
    return None


def _as_group(value: object, model: type[BaseModel]) -> dict[str, Any] | None:
    """Return a value as the group of fields that it stands for; None when it stands for none."""
    if value is MISSING or value is None:
        return {}
    if isinstance(value, dict):
        return value
    if model in _NUMBER_OF and isinstance(value, int | float) and not isinstance(value, bool):
        return {_NUMBER_OF[model]: value, "status": "yours"}
    return {"preset": value} if model is Contract and isinstance(value, str) else None


def _whole_group(pair: _Pair) -> Iterator[Change]:
    came = is_blank(pair.before)
    old, new = (BLANK, "entered") if came else ("entered", BLANK)
    what = f"{pair.title} {'entered' if came else 'removed'}"
    yield Change(pair.spot.where, pair.title, old, new, pair.spot.sentence(what))


def _fields(pair: _Pair) -> Iterator[Change]:
    """Yield what differs between two groups of fields."""
    model = pair.kind.model or Scenario
    old, new = _as_group(pair.before, model) or {}, _as_group(pair.after, model) or {}
    named = assumption_title if issubclass(model, ServiceAssumptions) else title_of
    for key in dict.fromkeys([*model.model_fields, *old, *new]):
        values = old.get(key, MISSING), new.get(key, MISSING)
        if key == _DRIVER:
            values = _driver_words(values[0]), _driver_words(values[1])
        if not pair.spot.place and key == "name" and all(values) and MISSING not in values:
            yield from _renamed(*values, pair.spot.at(key), "scenario")
            continue
        kind, default = _field(model, key, pair)
        own = key == _NUMBER_OF.get(model)
        spot, title = (pair.spot, pair.title) if own else (pair.inside, named(key))
        yield from _walk(*values, kind, spot.at(key), title, default)


def _driver_words(value: Any) -> Any:  # noqa: ANN401 - a plain value of any kind
    return driver_name(value) if value and isinstance(value, str) else value


def _field(model: type[BaseModel], key: str, pair: _Pair) -> tuple[Kind, object]:
    """Return what may stand in a field of a group, and what it is when it is missing."""
    field = model.model_fields.get(key)
    if field is None:
        return Kind(), MISSING
    kind = kind_of_field(field)
    if model is Assumption and key in _IN_THE_UNIT:
        kind = Kind(base=kind.base, extra=pair.kind.extra, optional=kind.optional)
    if _CONTRACT_CHANGES in pair.spot.place:
        return kind, AS_IN_THE_CONTRACT
    return kind, MISSING if field.is_required() else field.get_default(call_default_factory=True)


def _names(pair: _Pair) -> Iterator[Change]:
    """Yield what differs between two groups whose names a person has chosen, or that no model knows."""
    old, new = ({} if is_blank(value) else value for value in (pair.before, pair.after))
    kind = Kind(model=Contract) if pair.spot.place[-1] == _CONTRACT_CHANGES else _item(pair.kind)
    for key in dict.fromkeys([*old, *new]):
        name = driver_name(key) if pair.spot.place[-1] == _DRIVER_QUANTITIES else key
        title = title_of(key) if pair.kind.item is None else quoted(name)
        yield from _walk(old.get(key, MISSING), new.get(key, MISSING), kind, pair.inside.at(key), title)


def _values(pair: _Pair) -> Iterator[Change]:
    """Yield what differs between two lists of single values, of one length."""
    kind = _item(pair.kind)
    for index, (old, new) in enumerate(zip(pair.before, pair.after, strict=True)):
        yield from _walk(old, new, kind, pair.spot.at(index), f"{pair.title} (number {index + 1})")


def _item(kind: Kind) -> Kind:
    return Kind() if kind.item is None else kind_of(kind.item)


def _entries(pair: _Pair) -> Iterator[Change]:
    """Yield what differs between two lists of entries: changed, renamed, added, removed, moved."""
    old, new = ([] if is_blank(value) else list(value) for value in (pair.before, pair.after))
    kind = _item(pair.kind)
    noun = noun_of(str(pair.spot.place[-1]), pair.title)
    partners = matched(old, new, kind.model or Scenario)
    for index, item in enumerate(new):
        spot = pair.spot.at(index)
        if index in partners:
            yield from _entry(old[partners[index]], item, kind, spot, noun)
        else:
            what = f"Added the {noun} {_label(item, kind, index)}{spot.within('to')}"
            yield Change(spot.where, upper_first(noun), BLANK, _label(item, kind, index), what)
    for index, item in enumerate(old):
        if index not in partners.values():
            spot = pair.spot.at(index)
            what = f"Removed the {noun} {_label(item, kind, index)}{spot.within('from')}"
            yield Change(spot.where, upper_first(noun), _label(item, kind, index), BLANK, what)
    order = [partners[index] for index in sorted(partners)]
    if order != sorted(order):
        was, now = (", ".join(_label(old[index], kind, index) for index in each) for each in (sorted(order), order))
        what = f"Changed the order of the {lower_first(pair.title)}{pair.spot.within('in')}"
        yield Change(pair.spot.where, pair.title, was, now, what)


def _entry(before: Any, after: Any, kind: Kind, spot: Spot, noun: str) -> Iterator[Change]:  # noqa: ANN401 - plain values
    """Yield what differs between an entry and what has become of it."""
    model = kind.model or Scenario
    old, new = _as_group(before, model), _as_group(after, model)
    index = int(spot.place[-1])
    inside = spot.in_entry(noun, _label(after, kind, index))
    if old and new and old.get("name") and new.get("name") and old["name"] != new["name"]:
        yield from _renamed(old["name"], new["name"], spot.at("name"), noun)
        before, after = ({key: item for key, item in group.items() if key != "name"} for group in (old, new))
    yield from _walk(before, after, kind, inside, "")


def _renamed(before: object, after: object, spot: Spot, noun: str) -> Iterator[Change]:
    if before != after:
        old, new = quoted(str(before)), quoted(str(after))
        what = f"Renamed the {noun} {old}{spot.within('in')} to {new}"
        yield Change(spot.where, title_of("name"), old, new, what)


def _label(item: object, kind: Kind, index: int) -> str:
    name = label(item, kind.model or Scenario)
    return quoted(name) if name else f"number {index + 1}"


def label(item: object, model: type[BaseModel]) -> str:
    """Return what an entry is told apart by; empty when it has nothing of the kind."""
    group = _as_group(item, model) or {}
    for key in _LABELS:
        if key in model.model_fields and group.get(key):
            return str(group[key])
    preset = group.get("preset") if model is Contract else None
    identifier = preset_id(preset) if isinstance(preset, str) else None
    return preset_names()[identifier] if identifier is not None else str(preset or "")


def matched(old: Sequence[object], new: Sequence[object], model: type[BaseModel]) -> dict[int, int]:
    """Return, by its index in the new list, the index in the old list of each entry that was there before."""
    partners: dict[int, int] = {}
    for same in (
        _same_label(old, new, model),
        lambda was, now: _shared(old[was], new[now], model) == 1,
        lambda was, now: was == now and _continues(old[was], new[now], model),
    ):
        waiting = [was for was in range(len(old)) if was not in partners.values()]
        for now in range(len(new)):
            if now in partners:
                continue
            found = next((was for was in waiting if same(was, now)), None)
            if found is not None:
                partners[now] = found
                waiting.remove(found)
    return partners


def _same_label(old: Sequence[object], new: Sequence[object], model: type[BaseModel]) -> Callable[[int, int], bool]:
    labels = [[label(item, model) for item in items] for items in (old, new)]
    return lambda was, now: bool(labels[0][was]) and labels[0][was] == labels[1][now]


def _continues(before: object, after: object, model: type[BaseModel]) -> bool:
    nameless = not label(before, model) or not label(after, model)
    return nameless or _shared(before, after, model) >= _SIMILAR


def _shared(before: object, after: object, model: type[BaseModel]) -> float:
    """Return the share of fields that two entries have in common, apart from what tells them apart."""
    if before == after:
        return 1
    old, new = _as_group(before, model), _as_group(after, model)
    if old is None or new is None:
        return 0
    keys = {*old, *new} - set(_LABELS)
    return sum(old.get(key, MISSING) == new.get(key, MISSING) for key in keys) / len(keys) if keys else 1
