"""Case: the contract that is explained, its arrays, and the nodes already worked out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, slice_cases
from funding_model.costing.model import Evaluation
from funding_model.questions.compare import Comparison
from funding_model.questions.prepare.dates import Dates
from funding_model.questions.results import of_case
from funding_model.scenario.contracts import Contract
from funding_model.scenario.scenario import Scenario

Number = TypeVar("Number", np.float64, np.int64, np.bool_)
Given = ParamSpec("Given")
Kind = TypeVar("Kind")
Span = tuple[int, int]
"""First month, and the month after the last."""


class Case:
    """One contract of a comparison."""

    def __init__(self, comparison: Comparison, contract: str) -> None:
        """Take a contract of a comparison, by name."""
        self.comparison = comparison
        self.number = comparison.contracts.index(contract)
        self.name = contract
        self.evaluation: Evaluation = comparison.evaluation
        self.inputs: Inputs = comparison.prepared.inputs
        self.scenario: Scenario = comparison.scenario
        self.dates: Dates = comparison.prepared.dates
        self.terms: Terms = slice_cases(comparison.terms, self.number, self.number + 1)
        self.years = self.dates.year_labels()
        self.known: dict[tuple[Any, ...], Any] = {}

    def of(self, array: NDArray[Number]) -> NDArray[Number]:
        """Return this contract's part of an array."""
        return of_case(array, self.number)

    def contract(self, service: int) -> Contract:
        """Return the contract as it stands for a service."""
        return self.comparison.prepared.contracts[self.name][service]

    def span(self, year: int) -> Span:
        """Return the months of a year."""
        ends = np.cumsum(self.inputs.calendar.months_of_year)
        return int(ends[year] - self.inputs.calendar.months_of_year[year]), int(ends[year])

    def service(self, service: int) -> str:
        """Return a service's name."""
        return self.scenario.services[service].name

    def years_in(self, span: Span) -> list[tuple[int, Span]]:
        """Return each year that a span touches, with the months of the span that lie in it."""
        found = []
        for year in range(len(self.years)):
            first, after = self.span(year)
            start, stop = max(first, span[0]), min(after, span[1])
            if stop > start:
                found.append((year, (start, stop)))
        return found

    def when(self, span: Span) -> str:
        """Return a span in words: a financial year, a month, or its first and last month."""
        for year, label in enumerate(self.years):
            if self.span(year) == span:
                return label
        first, last = self.dates.label(span[0]), self.dates.label(span[1] - 1)
        return first if span[1] == span[0] + 1 else f"{first} to {last}"


def remembered(
    build: Callable[Concatenate[Case, Given], Kind],
) -> Callable[Concatenate[Case, Given], Kind]:
    """Build each figure of a case once, so that those which rest on it share it."""

    @wraps(build)
    def found(case: Case, /, *arguments: Given.args, **named: Given.kwargs) -> Kind:
        key = (build, arguments, tuple(named.items()))
        if key not in case.known:
            case.known[key] = build(case, *arguments, **named)
        result: Kind = case.known[key]
        return result

    return found
