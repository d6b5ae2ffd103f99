"""Parts: the pages on which much is entered, one part at a time, and in which part something stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from funding_model.problems import Problem
from funding_model.scenario.contracts import COMPONENTS
from funding_model.ui.entry.completeness import page_of

QUANTITIES: Final = "Quantities of each driver"
STAFF: Final = "Staff of other activities"
"""Tables of what several users use: they are known by their captions, as they stand at several places at once."""
PARTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "organisation": {
        "The organisation and its cash": (),
        "Support costs": ("pools", "funder_rules", "allocation_method", "single_rate_base"),
        "Everything else": (
            "other_activities",
            "driver_quantities",
            "reconciliation",
            QUANTITIES,
            STAFF,
        ),
    },
    "services": {
        "Name and people supported": (),
        "Posts": ("posts",),
        "Other costs": ("lines",),
        "Changes, other funders, social value": (
            "planned_changes",
            "other_funders",
            "social_value",
            "contract_changes",
        ),
    },
    "contracts": {"The contracts": (), "Their terms": COMPONENTS},
}
"""The parts of each page, in the order of the work, with what stands in them; the first holds whatever is left."""


def part_of(problem: Problem) -> str:
    """Return the part of its page in which a problem is put right; blank where the page has no parts."""
    parts = PARTS.get(page_of(problem))
    if parts is None:
        return ""
    within = problem.where.split(".")
    first, *others = parts
    return next((part for part in reversed(others) if any(name in within for name in parts[part])), first)


def other_parts_words(page: str, shown: str, problems: Iterable[Problem]) -> str:
    """Say how many entries are missing or not right in the parts of a page that are not shown."""
    there = [part_of(problem) for problem in problems if page_of(problem) == page]
    counts = {part: there.count(part) for part in PARTS[page] if part != shown and part in there}
    if not counts:
        return "Nothing has to be put right in the other parts of this page."
    entries = "; ".join(f"{part}, {count} {'entry' if count == 1 else 'entries'}" for part, count in counts.items())
    return f"Missing or not right in other parts of this page: {entries}."
