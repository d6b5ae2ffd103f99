"""Asked: which result a question is about: of one contract or its difference from another, in all or in one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from funding_model.costing.arrays import Floats
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.results import Record
from funding_model.questions.totals import Totals
from funding_model.questions.uncertainty.outcomes import Outcomes, Yearly
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.scenario import Scenario

USUAL_RESULT: Final = "surplus_posts_filled"


@dataclass(frozen=True)
class Asked:
    """The result that is meant.

    Attributes:
        contract: The contract; the scenario's base when blank.
        than: Another contract: the result is then the difference from it.
        result: Name of a result of the whole horizon, or of a year.
        year: A financial year such as ``2028-29``; None for the whole horizon.
    """

    contract: str = ""
    than: str | None = None
    result: str = USUAL_RESULT
    year: str | None = None

    @property
    def names(self) -> list[str]:
        """The contracts that are evaluated."""
        return [self.contract] if self.than is None else [self.contract, self.than]

    def of(self, outcomes: Sequence[Outcomes], years: Sequence[str]) -> Floats:
        """Return the result of every case, of the contract or of it less the other one: axis (case,)."""
        own, *other = (self._of_one(each, years) for each in outcomes)
        return own - other[0] if other else own

    def _of_one(self, outcomes: Outcomes, years: Sequence[str]) -> Floats:
        if self.year is None:
            whole: Floats = getattr(outcomes.totals, self.result)
            return whole
        yearly: Floats = getattr(outcomes.yearly, self.result)[:, years.index(self.year)]
        return yearly

    def record(self) -> Record:
        """Return the result as plain data: name, label, unit and year."""
        labels = {item.name: item.metadata for item in fields(Totals if self.year is None else Yearly)}[self.result]
        return {"name": self.result, "label": labels["label"], "unit": labels["unit"], "year": self.year}


def settle(scenario: Scenario, asked: Asked) -> tuple[Comparison, Asked]:
    """Return the contracts compared, and what is asked with the contract's name in it.

    Raises:
        ProblemsError: There is no such contract, result or year, or the scenario cannot be costed.
    """
    names = [name for name in (asked.contract, asked.than) if name]
    comparison = compare(scenario, list(dict.fromkeys(names)) if asked.contract else [], asked.contract or None)
    asked = replace(asked, contract=comparison.base)
    problems = []
    known = [item.name for item in fields(Totals if asked.year is None else Yearly)]
    if asked.result not in known:
        message = f'there is no result "{asked.result}" of {"the whole horizon" if asked.year is None else "a year"}.'
        problems.append(Problem("--result", message, f"Choose from {', '.join(known)}."))
    labels = comparison.prepared.dates.year_labels()
    if asked.year is not None and asked.year not in labels:
        message = f'the scenario does not hold the financial year "{asked.year}".'
        problems.append(Problem("--year", message, f"Choose from {', '.join(labels)}."))
    if asked.than == asked.contract:
        problems.append(Problem("--than", "names the contract itself.", "Name another contract."))
    if asked.than is not None and asked.than not in [each.name for each in scenario.contracts]:
        message = f'no contract of this scenario is called "{asked.than}".'
        remedy = f"Choose from {quoted_names([each.name for each in scenario.contracts])}."
        problems.append(Problem("--than", message, remedy))
    if problems:
        raise ProblemsError(problems)
    return comparison, asked
