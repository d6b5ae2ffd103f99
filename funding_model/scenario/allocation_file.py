"""The file of allocation cases: worked sums, published or your own, each a set of costs and who uses what.

The format is that of ``reference/data/fcr_worked_examples.yaml``: a list ``cases``, each with an ``id`` and a ``kind``.
Keys that only describe a case (its source, what its publisher printed) are kept and not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from funding_model.problems import Problem
from funding_model.scenario.fields import Entry, Name, Pounds, Quantity, Rate, SignedPounds

DESCRIPTIVE_KEYS = frozenset(
    {"computed_here", "currency", "drivers_inferred", "extra", "name", "note", "published", "recompute", "seen"}
    | {"source", "title", "tolerance", "why"}
)
SUBAWARD_PREFIX = "subaward"
"""A category of a modified total direct cost whose name starts so is one subaward, and the cap holds for it."""

Found: TypeAlias = tuple[str, str, str]
"""Where in the case, what is wrong there, and the remedy."""
Quantities: TypeAlias = dict[Name, Quantity]
Costs: TypeAlias = dict[Name, SignedPounds]


class Described(Entry):
    """An entry that may carry descriptive keys beside those that are read."""

    model_config = ConfigDict(extra="allow")


class PublishedStep(Described):
    """What a publisher printed for the step-down."""

    order: list[Name] | None = None
    """Support centres in the order in which the publisher closed them."""


class Published(Described):
    """What a publisher printed; only the order of the step-down is read, as the answer depends on it."""

    step: PublishedStep | None = None
    """The step-down as printed."""


class Case(Described):
    """One case of any kind."""

    id: Name
    """Name of the case, unlike any other in the file."""

    def inconsistencies(self) -> Iterator[Found]:
        """Yield what does not fit together between fields that are each well formed."""
        yield from ()

    def unread_keys(self) -> list[str]:
        """Return the keys that are neither read nor known to be descriptive: a slip of the keyboard, perhaps."""
        return sorted(set(self.model_extra or {}) - DESCRIPTIVE_KEYS)


class StepFields(Case):
    """What the methods may be told beside costs and usage."""

    order: list[Name] | None = None
    """Support centres in the order of the step-down; the published order, else as entered, when left out."""
    base: Quantities | None = None
    """Base of the single rate by operating unit; the units' own cost when left out."""
    published: Published | None = None
    """What the publisher printed."""

    def stated_order(self) -> tuple[str, list[str] | None]:
        """Return the order of the step-down and the field that states it."""
        if self.order is None and self.published is not None and self.published.step is not None:
            return "published.step.order", self.published.step.order
        return "order", self.order

    def step_inconsistencies(
        self, field: str, usage: dict[str, Quantities], pools: list[str], units: list[str]
    ) -> Iterator[Found]:
        """Yield names in usage (read from the field), order and base that are not those of the units concerned."""
        yield from _unknown(field, usage, pools)
        for pool, used_by in usage.items():
            yield from _unknown(f"{field}.{pool}", used_by, pools + units)
        stated_in, order = self.stated_order()
        if order is not None and sorted(order) != sorted(pools):
            yield stated_in, f"names {', '.join(order)}", f"Name each support centre once: {', '.join(pools)}."
        yield from _unknown("base", self.base or {}, units)


class AllocationCase(StepFields):
    """Support centres shared over operating units."""

    kind: Literal["allocation"]
    supports: Costs
    """Own cost of each support centre."""
    operating: Costs = Field(min_length=1)
    """Own cost of each operating unit."""
    usage: dict[Name, Quantities]
    """For each support centre, the units of its driver that each receiver uses."""

    def inconsistencies(self) -> Iterator[Found]:
        """Yield names that are used twice or are unknown."""
        for name in self.supports.keys() & self.operating.keys():
            yield "operating", f"{name} is also a support centre", "Give each unit its own name."
        yield from self.step_inconsistencies("usage", self.usage, list(self.supports), list(self.operating))


class PrimaryPool(Described):
    """A common cost and what it is shared by."""

    cost: SignedPounds
    """The cost to share."""
    driver: Name
    """Which of the case's drivers shares it."""


class PrimaryFields(Case):
    """Common costs, the cost centres that share them, and the drivers."""

    centres: list[Name] = Field(min_length=1)
    """All cost centres."""
    already_allocated: Costs
    """Cost already charged to each centre; none for a centre that is left out."""
    pools: dict[Name, PrimaryPool]
    """The common costs."""
    drivers: dict[Name, Quantities]
    """For each driver, its quantity in each centre."""

    def inconsistencies(self) -> Iterator[Found]:
        """Yield centres named twice, and unknown centres and drivers."""
        for centre, times in Counter(self.centres).items():
            if times > 1:
                yield "centres", f"{centre} is listed {times} times", "List each centre once."
        yield from _unknown("already_allocated", self.already_allocated, self.centres)
        for name, quantities in self.drivers.items():
            yield from _unknown(f"drivers.{name}", quantities, self.centres)
        for name, pool in self.pools.items():
            yield from _unknown(f"pools.{name}.driver", [pool.driver], list(self.drivers))

    def unread_keys(self) -> list[str]:
        """Return the unread keys of the case and of its pools."""
        nested = {key for pool in self.pools.values() for key in pool.model_extra or {}}
        return sorted({*super().unread_keys(), *(nested - DESCRIPTIVE_KEYS)})


class PrimaryCase(PrimaryFields):
    """Common costs shared over all cost centres by a driver each."""

    kind: Literal["primary"]


class PrimaryThenStepCase(StepFields, PrimaryFields):
    """A primary apportionment whose support centres are then shared over the other centres."""

    kind: Literal["primary_then_step"]
    support_usage: dict[Name, Quantities] = Field(min_length=1)
    """For each support centre, the units of its driver that each other centre uses."""

    def inconsistencies(self) -> Iterator[Found]:
        """Yield what is wrong with the primary stage, then with the second."""
        yield from PrimaryFields.inconsistencies(self)
        supports = list(self.support_usage)
        yield from _unknown("support_usage", supports, self.centres)
        units = [centre for centre in self.centres if centre not in supports]
        if not units:
            yield "support_usage", "makes every centre a support centre", "Leave at least one centre to bear the cost."
        yield from self.step_inconsistencies("support_usage", self.support_usage, supports, units)


class MtdcCase(Case):
    """A percentage of the modified total direct cost, year by year."""

    kind: Literal["mtdc"]
    rate: Rate
    """Indirect cost as a fraction of the base."""
    subaward_cap: Pounds
    """The most of each subaward that counts over its whole life."""
    years: list[Costs] = Field(min_length=1)
    """Direct cost by category for each year; a category left out of a year costs nothing in it."""
    excluded: list[Name] = Field(default=[])
    """Categories left out of the base."""

    def categories(self) -> list[str]:
        """Return every category in the order of its first year."""
        return list(dict.fromkeys(name for year in self.years for name in year))

    def inconsistencies(self) -> Iterator[Found]:
        """Yield excluded categories that have no cost in any year."""
        yield from _unknown("excluded", self.excluded, self.categories())


class FlatRateCase(Case):
    """A flat rate on a base."""

    kind: Literal["flat_rate"]
    base: Pounds
    """What the rate is a fraction of."""
    rate: Rate
    """The flat rate as a fraction."""


KINDS: dict[str, type[Case]] = {
    "allocation": AllocationCase,
    "primary": PrimaryCase,
    "primary_then_step": PrimaryThenStepCase,
    "mtdc": MtdcCase,
    "flat_rate": FlatRateCase,
}


def read_cases(document: object) -> tuple[dict[str, Case], list[Problem]]:
    """Return the well-formed cases of a document by their place in it, and what is wrong with the others."""
    entries = document.get("cases") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not entries:
        return {}, [Problem("cases", "the file has no list of cases.", "Start it with cases: and list one or more.")]
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        where = f"cases.{number}"
        case, found = _read_case(entry, where)
        problems += found
        if case is not None and case.id in {earlier.id for earlier in cases.values()}:
            problems.append(Problem(f"{where}.id", f"{case.id} is the id of an earlier case.", "Rename it."))
        elif case is not None:
            cases[where] = case
    return cases, problems


def _read_case(entry: object, where: str) -> tuple[Case | None, list[Problem]]:
    """Return one case, or what is wrong with it."""
    if not isinstance(entry, dict):
        return None, [Problem(where, f"is {_shown(entry)}, not a case.", "Give it an id, a kind and its figures.")]
    kind = entry.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        known = f"Use one of {', '.join(KINDS)}."
        return None, [Problem(f"{where}.kind", f"{_shown(kind)} is not a kind of case.", known)]
    try:
        case = model.model_validate(entry)
    except ValidationError as error:
        return None, [_problem(where, details) for details in error.errors(include_url=False)]
    found = [Problem(f"{where}.{place}", f"{message}.", remedy) for place, message, remedy in case.inconsistencies()]
    return (None if found else case), found


def _problem(where: str, details: ErrorDetails) -> Problem:
    """Return a pydantic error in the words of this file."""
    kind, bounds = details["type"], details.get("ctx", {})
    place = ".".join([where, *(str(part) for part in details["loc"] if part != "[key]")])
    if kind == "missing":
        return Problem(place, "is missing.", "Add it.")
    shown = _shown(details["input"])
    if "[key]" in details["loc"]:
        return Problem(place, f"the name {shown} is not text.", "Write it in quotation marks.")
    if kind == "greater_than_equal":
        return Problem(place, f"{shown} is below {bounds['ge']:g}.", "Enter a number that is not below it.")
    if kind == "less_than_equal":
        return Problem(place, f"{shown} is above {bounds['le']:g}.", "Enter a number that is not above it.")
    wanted = {
        "float_type": "a number",
        "finite_number": "a number that is known and finite",
        "string_type": "text",
        "dict_type": "a list of names with a value each",
        "model_type": "a set of named fields",
        "list_type": "a list",
        "too_short": "long enough to hold one entry",
    }.get(kind)
    return Problem(place, f"{shown} is not {wanted}." if wanted else f"{details['msg']}.", "Correct it.")


def _unknown(place: str, names: Iterable[str], known: list[str]) -> Iterator[Found]:
    """Yield the names that are not among the known ones."""
    for name in names:
        if name not in known:
            yield place, f"{name} is not known here", f"Use one of {', '.join(known)}." if known else "Leave it out."


def _shown(value: Any) -> str:  # noqa: ANN401 - anything may stand in a file
    """Return what was entered, short enough for one line."""
    if isinstance(value, dict | list | tuple | set):
        return f"a {'set of names' if isinstance(value, dict) else 'list'} of length {len(value)}"
    if isinstance(value, int) and value.bit_length() > 64:  # noqa: PLR2004 - a number nobody wants to read
        return "a number with many digits"
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - the width of a message
