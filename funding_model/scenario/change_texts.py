"""The words for a change: the entry that it is in, the field, and its value before and after, never rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from funding_model import units
from funding_model.scenario.choices import choice_words
from funding_model.scenario.plain import LARGEST_NUMBER, Place, clean, place_of, shown
from funding_model.scenario.titles import lower_first, upper_first
from funding_model.scenario.walk import Kind, kind_of

BLANK: Final = "blank"
MISSING: Final = object()
"""Stands for a field that a document does not have."""
AS_IN_THE_CONTRACT: Final = object()
"""Stands for the default of a field that says how a contract differs for one service."""
_LONGEST_QUOTED: Final = 60
_MOST_LISTED: Final = 6
_NOUNS: Final = {
    "services": "service",
    "posts": "post",
    "lines": "cost line",
    "pools": "support pool",
    "other_activities": "other activity",
    "other_funders": "other funder",
    "contracts": "contract",
    "planned_changes": "planned change",
    "heads": "group of people in post",
    "dated_factors": "dated factor",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two documents.

    Attributes:
        where: The place in the later document, or in the earlier one for what was removed: ``services.1.posts.2.fte``.
        title: The field's title, or what kind of entry was added, removed, renamed or moved.
        before: What stood there, in words.
        after: What stands there now, in words.
        text: The whole change as a sentence without its full stop.
    """

    where: str
    title: str
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a document a comparison stands, in its own terms and in a person's.

    Attributes:
        place: The place in the document.
        entries: The entries it lies in, each with its noun and label, from the outside in.
        groups: The groups of fields it lies in within the innermost entry.
    """

    place: Place = ()
    entries: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place as a person counts it."""
        return place_of(self.place)

    def at(self, step: str | int) -> Spot:
        """Return the spot one step further down."""
        return replace(self, place=(*self.place, step))

    def in_group(self, title: str) -> Spot:
        """Return the spot as one within a group of fields."""
        return replace(self, groups=(*self.groups, title)) if title else self

    def in_entry(self, noun: str, label: str) -> Spot:
        """Return the spot as one within an entry of a list."""
        return replace(self, entries=(*self.entries, (noun, label)), groups=())

    def within(self, link: str) -> str:
        """Return the innermost entry as the end of a sentence: `` in ‘Hub’``; nothing outside all entries."""
        return f" {link} {_called(*self.entries[-1])}" if self.entries else ""

    def sentence(self, rest: str) -> str:
        """Return what happened here, after the name of the place."""
        outer = [_called(*each) for each in reversed(self.entries[:-1])]
        entry = " in ".join([" ".join(self.entries[-1]), *outer]) if self.entries else ""
        head = ", ".join(part for part in (entry, *map(lower_first, self.groups)) if part)
        return upper_first(f"{head}: {lower_first(rest)}" if head else rest)


def _called(noun: str, label: str) -> str:
    """A name says enough; a number needs its noun."""
    return label if label.startswith("‘") else f"{noun} {label}"


def noun_of(field: str, title: str) -> str:
    """Return what one item of a list of entries is called."""
    return _NOUNS.get(field, f"item of {lower_first(title)}")


def quoted(text: str) -> str:
    """Return a name in quotation marks, short and safe to show."""
    return f"‘{clean(text)}’"


def words(value: object, kind: Kind, default: object = MISSING) -> str:
    """Return a value in words and in its unit; a missing one as its default."""
    if value is MISSING and default is AS_IN_THE_CONTRACT:
        return "what is in the contract"
    if value is MISSING and not is_blank(default):
        return f"{words(default, kind)} (the default)"
    match value:
        case _ if is_blank(value):
            text = BLANK
        case bool():
            text = shown(value)
        case int() | float():
            text = _number(value, *_around(kind))
        case str():
            line = clean(choice_words(value, kind.choices) if kind.choices else value)
            text = line if kind.base is str and kind.extra.get("unit") else f"‘{line}’"
        case list() | tuple() if len(value) <= _MOST_LISTED and not any(
            isinstance(item, dict | list) for item in value
        ):
            each = kind if kind.item is None else kind_of(kind.item)
            text = ", ".join(words(item, each) for item in value)
        case _:
            text = shown(value)
    return text


def difference(title: str, before: object, after: object, kind: Kind, default: object) -> tuple[str, str, str]:
    """Return a value before, the value after, and what happened to the field, in words.

    Args:
        title: The field's title.
        before: The value, or ``MISSING``.
        after: The value, or ``MISSING``.
        kind: What may stand in the field.
        default: What a missing value means; ``MISSING`` where it means nothing.
    """
    old, new = words(before, kind, default), words(after, kind, default)
    if _is_long(before) or _is_long(after) or old == new:
        what = f"{title} {'entered' if old == BLANK else 'removed' if new == BLANK else 'changed'}"
    else:
        what = f"{title} from {_without(old, new, title, kind)} to {_trimmed(new, title, kind)}"
    return old, new, what.lstrip()


def is_blank(value: object) -> bool:
    """Whether a value stands for nothing entered."""
    return value is MISSING or value is None or value in ("", [], (), {})


def effect(value: object, default: object) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return what a value amounts to: itself, its default or nothing."""
    value = default if value is MISSING else value
    if is_blank(value):
        return None
    return list(value) if isinstance(value, tuple) else value


def _is_long(value: object) -> bool:
    return isinstance(value, str) and (len(value) > _LONGEST_QUOTED or "\n" in value)


def _around(kind: Kind) -> tuple[str, str]:
    """Return what stands before and after a number of this kind: pounds, per cent, or its unit in words."""
    unit = str(kind.extra.get("unit", "")).removeprefix("whole ")
    first, _, rest = unit.partition(" ")
    if first == "pounds":
        return units.POUNDS.symbol, f" {rest}" if rest else ""
    if first.rstrip(",") == "fraction":
        return "", "%" if first.endswith(",") or not rest else f"% {rest}"
    return "", f" {unit}" if unit and unit != units.FTE.name else ""


def _trimmed(text: str, title: str, kind: Kind) -> str:
    """Leave the unit out where the title ends with it: horizon years from 3 to 5."""
    trail = _around(kind)[1]
    return text.replace(trail, "", 1) if trail and title.casefold().endswith(trail.strip().casefold()) else text


def _without(old: str, new: str, title: str, kind: Kind) -> str:
    """Say the unit once, after the second number."""
    trail = _around(kind)[1]
    unit = f" {trail[2:]}" if trail.startswith("% ") else "" if trail == "%" else trail
    return _trimmed(old.replace(unit, "", 1) if unit and new.endswith(unit) else old, title, kind)


def _number(value: float, lead: str, trail: str) -> str:
    """Write a number in full, with thousands separators and, in pounds, with all its pence."""
    if not abs(value) < LARGEST_NUMBER:
        return shown(value)
    exact = Decimal(repr(value)) * (100 if trail.startswith("%") else 1)
    figure = f"{abs(exact).normalize():,f}"
    if lead and figure[-2:-1] == ".":
        figure += "0"
    return f"{'−' if exact < 0 else ''}{lead}{figure}{trail}"
