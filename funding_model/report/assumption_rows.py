"""Assumption rows: every assumption as it stands, in words: for a report, and for the log of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from funding_model.reference.defaults import LEVELS, AssumptionDefault, assumption_defaults
from funding_model.report.words import number, per_cent, pounds
from funding_model.scenario.assumptions import Assumption, ServiceAssumptions, YearlyGrowth
from funding_model.scenario.scenario import Scenario

LEVEL_TITLES: Final = {
    "economy": "The economy",
    "organisation": "The organisation",
    "service": "Services, where a service has no figure of its own",
    "contract": "Entered with each contract",
}


@dataclass(frozen=True)
class AssumptionRow:
    """One assumption; what is not known is empty."""

    group: str
    """Where it is entered, or the service that has it of its own."""
    title: str
    value: str
    between: str
    """From which to which value it may lie."""
    unit: str
    status: str
    confidence: str = ""
    source: str = ""
    date: str = ""
    rationale: str = ""
    basis: str = ""
    """How a default was arrived at."""
    review_by: str = ""


def assumption_rows(scenario: Scenario) -> Iterator[AssumptionRow]:
    """Yield every assumption of a scenario, group by group; then those that services have of their own."""
    for level in LEVELS:
        for name, default in assumption_defaults().items():
            if default.level == level:
                yield _held(LEVEL_TITLES[level], default, getattr(scenario.assumptions, name, None))
    for service in scenario.services:
        for name in ServiceAssumptions.model_fields:
            value = getattr(service.assumptions, name)
            if value is not None and name in assumption_defaults():
                yield _held(service.name, assumption_defaults()[name], value)


def _held(group: str, default: AssumptionDefault, entered: Any) -> AssumptionRow:  # noqa: ANN401 - whatever was entered
    if isinstance(entered, Assumption) and entered.value is not None:
        return AssumptionRow(
            group, default.title, _value(default, entered.value), _between(default, entered.low, entered.high),
            default.unit, entered.status, "", entered.source, entered.date, entered.rationale,
            review_by=str(entered.review_by or ""),
        )  # fmt: skip
    if isinstance(entered, YearlyGrowth) and (entered.every_year is not None or entered.by_year or entered.added):
        return AssumptionRow(
            group, default.title, "see growth by year", "", default.unit, entered.status, "", entered.source,
            rationale=entered.rationale,
        )  # fmt: skip
    if entered is not None and not isinstance(entered, Assumption | YearlyGrowth) and entered != default.value:
        return AssumptionRow(group, default.title, _value(default, entered), "", default.unit, "yours")
    value, between = "blank", ""
    if default.series_id:
        value = "the forecast; see growth by year"
    elif default.value is not None:
        value, between = _value(default, default.value), _between(default, default.low, default.high)
    return AssumptionRow(
        group, default.title, value, between, default.unit, default.status, default.confidence, default.source_title,
        default.date, basis=default.basis,
    )  # fmt: skip


def _between(default: AssumptionDefault, low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{_value(default, low)} to {_value(default, high)}"


def _value(default: AssumptionDefault, value: float | bool | str) -> str:  # noqa: FBT001 - as it was entered
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ")
    if default.unit.startswith("fraction"):
        return per_cent(value)
    if default.unit.startswith("pounds"):
        return pounds(value, pence=not float(value).is_integer())
    return number(value, 0 if float(value).is_integer() else 2)
