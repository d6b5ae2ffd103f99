"""Published examples and real cases to test against: allocation sums, charity accounts, contracts, unit costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from funding_model.reference.reading import frozen, read_csv, read_yaml


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A published sum of shared costs, with its publisher's answers.

    Attributes:
        id: The name of the example.
        kind: allocation, primary, mtdc (modified total direct costs) or flat_rate: which figures it has.
        seen: Whether inputs and answers were both read (complete) or not (partial, see the note).
        source_title: The document.
        url: Its address.
        currency: Currency of its money; "none" when it has none.
        tolerance: How far off the answers may be, for the publisher's rounding.
        note: What a reader should know about it.
        figures: Inputs and answers, laid out by kind; ``published`` holds the answers.
    """

    id: str
    kind: str
    seen: str
    source_title: str
    url: str
    currency: str
    tolerance: float
    note: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CharityAccounts:
    """Figures from one charity's published accounts.

    Attributes:
        id: The name of the case.
        name: The charity.
        why: Why it is a good case; empty when not stated.
        units: gbp or gbp_000 (thousands of pounds).
        source: Where the figures were read.
        recompute: What follows from the figures, and how closely.
        figures: The figures, laid out as in the source.
    """

    id: str
    name: str
    why: str
    units: str
    source: Mapping[str, Any]
    recompute: str
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NIContract:
    """One contract that a Northern Ireland commissioner has published.

    Attributes:
        provider: Who won it.
        service: What it is for.
        lot: Number of its lot, empty when there are no lots.
        value_as_printed: Its value in the publisher's words.
        value_gbp: Its value in pounds.
        value_basis: What the pounds are for, such as "per year, maximum"; the publisher does not always say.
        term_as_printed: Its term in the publisher's words.
        start: First day.
        end: Last day of the initial award.
        extension_months: Months by which it may be extended in all.
        childrens: Whether it is a service for children or young people: yes, no or mixed, as judged from its title.
        primary_url: The publisher's page.
    """

    provider: str
    service: str
    lot: str
    value_as_printed: str
    value_gbp: float
    value_basis: str
    term_as_printed: str
    start: date
    end: date
    extension_months: int
    childrens: str
    primary_url: str


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One published Northern Ireland unit cost, or fact about a programme.

    Attributes:
        item: What is counted or costed.
        value: Pounds, unless the unit says otherwise.
        unit: Per what.
        year: Financial year, as printed.
        source: The document.
        url: Its address.
        confidence: B, for all were read in a transcription of the document named.
        note: What a reader should know about it.
    """

    item: str
    value: float
    unit: str
    year: str
    source: str
    url: str
    confidence: str
    note: str


@cache
def fcr_worked_examples() -> tuple[WorkedExample, ...]:
    """Return the published examples of cost allocation."""
    return tuple(_worked_example(row) for row in read_yaml("fcr_worked_examples.yaml")["cases"])


@cache
def charity_accounts() -> tuple[CharityAccounts, ...]:
    """Return the figures from published charity accounts."""
    return tuple(_accounts(row) for row in read_yaml("real_cases/charity_accounts.yaml")["cases"])


@cache
def ni_contracts() -> tuple[NIContract, ...]:
    """Return the contracts that Northern Ireland commissioners have published."""
    return tuple(_contract(row) for row in read_csv("real_cases/ni_contracts.csv"))


@cache
def ni_unit_costs() -> tuple[UnitCost, ...]:
    """Return the published Northern Ireland unit costs and facts."""
    facts = read_yaml("real_cases/ni_unit_costs.yaml")["facts"]
    return tuple(UnitCost(**{**row, "note": row["note"] or ""}) for row in facts)


def _worked_example(row: dict[str, Any]) -> WorkedExample:
    named = {"id", "kind", "seen", "source", "currency", "tolerance", "note"}
    return WorkedExample(
        id=row["id"],
        kind=row["kind"],
        seen=row["seen"],
        source_title=row["source"]["title"],
        url=row["source"]["url"],
        currency=row["currency"],
        tolerance=row["tolerance"],
        note=row.get("note", ""),
        figures=frozen({name: value for name, value in row.items() if name not in named}),
    )


def _accounts(row: dict[str, Any]) -> CharityAccounts:
    named = {"id", "name", "why", "units", "source", "recompute"}
    return CharityAccounts(
        id=row["id"],
        name=row["name"],
        why=row.get("why", ""),
        units=row["units"],
        source=frozen(row["source"]),
        recompute=row["recompute"],
        figures=frozen({name: value for name, value in row.items() if name not in named}),
    )


def _contract(row: dict[str, str]) -> NIContract:
    return NIContract(
        provider=row["provider"],
        service=row["service"],
        lot=row["lot"],
        value_as_printed=row["value_as_printed"],
        value_gbp=float(row["value_gbp"]),
        value_basis=row["value_basis"],
        term_as_printed=row["term_as_printed"],
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        extension_months=int(row["extension_months"]),
        childrens=row["childrens"],
        primary_url=row["primary_url"],
    )
