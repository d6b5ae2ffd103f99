"""What is known about annual and multi-year funding: findings, ranges drawn from them, disagreements and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from funding_model.reference.reading import Value, frozen, read_yaml


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One finding, with the document it was read in.

    Attributes:
        key: The name by which it is looked up.
        mechanism: Which part of the question it bears on, such as ``turnover``.
        label: What was found, in words.
        unit: What its figures count.
        year: The year or period it is about.
        jurisdiction: Where it was found.
        basis: Whether the figure stands in the source (quoted) or follows from figures there (derived).
        source_title: The document.
        url: Its address.
        confidence: high, medium or low.
        value: The figure, or a table of figures; None when it is given as a range.
        low: Lower end of the range, when one is given.
        central: Middle of the range, when one is given.
        high: Upper end of the range, when one is given.
        note: What a reader should know about it.
    """

    key: str
    mechanism: str
    label: str
    unit: str
    year: str
    jurisdiction: str
    basis: str
    source_title: str
    url: str
    confidence: str
    value: Value = None
    low: float | None = None
    central: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelDefault:
    """A range drawn from findings; what the app starts with is in `funding_model.reference.defaults`.

    Attributes:
        key: The name by which it is looked up.
        mechanism: Which part of the question it bears on.
        unit: What its figures count.
        low: Lower end, None when no source was found.
        central: Middle, None when no source was found.
        high: Upper end, None when no source was found.
        basis: sourced, derived or no_evidence.
        from_evidence: Keys of the findings it is drawn from.
        note: How it was drawn.
    """

    key: str
    mechanism: str
    unit: str
    low: float | None
    central: float | None
    high: float | None
    basis: str
    from_evidence: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Fixture:
    """A published sum that can be worked again.

    Attributes:
        key: The name by which it is looked up.
        title: What is worked out.
        inputs: The figures that go in.
        formula: The sum, in writing.
        expected: The published result, or several by name.
        tolerance: How far off the sum may be, for the publisher's rounding.
        evidence_keys: Keys of the findings it belongs to.
        note: What a reader should know about it.
    """

    key: str
    title: str
    inputs: Mapping[str, float]
    formula: str
    expected: float | Mapping[str, float]
    tolerance: float
    evidence_keys: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Published claims that disagree.

    Attributes:
        id: D1, D2 and so on.
        text: What is claimed, and by whom.
        evidence: Keys of the findings concerned.
    """

    id: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole file.

    Attributes:
        caution: The sentence that belongs in every report.
        compiled: The day on which it was put together, as year-month-day.
        items: Findings by key.
        model_defaults: Ranges by key.
        fixtures: Published sums by key.
        discrepancies: Claims that disagree, by id.
        not_found: What was looked for and not found, in words.
    """

    caution: str
    compiled: str
    items: Mapping[str, EvidenceItem]
    model_defaults: Mapping[str, ModelDefault]
    fixtures: Mapping[str, Fixture]
    discrepancies: Mapping[str, Discrepancy]
    not_found: tuple[str, ...]


@cache
def load_evidence() -> Evidence:
    """Return all of the evidence; the file is read on the first call only."""
    content = read_yaml("evidence.yaml")
    items = [EvidenceItem(**_filled(row)) for row in content["evidence"]]
    ranges = [ModelDefault(**_filled(row)) for row in content["model_defaults"]]
    fixtures = [Fixture(**_filled(row)) for row in content["fixtures"]]
    discrepancies = [Discrepancy(**_filled(row)) for row in content["discrepancies"]]
    return Evidence(
        caution=content["meta"]["caution"],
        compiled=content["meta"]["compiled"],
        items=MappingProxyType({item.key: item for item in items}),
        model_defaults=MappingProxyType({item.key: item for item in ranges}),
        fixtures=MappingProxyType({fixture.key: fixture for fixture in fixtures}),
        discrepancies=MappingProxyType({item.id: item for item in discrepancies}),
        not_found=tuple(content["not_found"]),
    )


def evidence_item(key: str) -> EvidenceItem:
    """Return one finding.

    Raises:
        LookupError: When there is none of that key.
    """
    try:
        return load_evidence().items[key]
    except KeyError:
        raise LookupError(f"there is no evidence called {key!r}") from None


def model_default(key: str) -> ModelDefault:
    """Return one range drawn from findings.

    Raises:
        LookupError: When there is none of that key.
    """
    try:
        return load_evidence().model_defaults[key]
    except KeyError:
        raise LookupError(f"there is no range drawn from evidence called {key!r}") from None


def fixture(key: str) -> Fixture:
    """Return one published sum.

    Raises:
        LookupError: When there is none of that key.
    """
    try:
        return load_evidence().fixtures[key]
    except KeyError:
        raise LookupError(f"there is no published sum called {key!r}") from None


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: frozen(value) for name, value in row.items()}
