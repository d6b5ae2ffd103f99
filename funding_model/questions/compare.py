"""Compare: the same services under several contracts, a base and the others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final

from funding_model.costing.checks import Check, check_all
from funding_model.costing.contract import Terms
from funding_model.costing.model import Evaluation, evaluate
from funding_model.costing.overheads import AllocationError
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.prepare import Prepared, prepare
from funding_model.questions.totals import Totals, totals_of
from funding_model.reference import reference_data_date
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.scenario import Scenario

NIL_BESIDE: Final = 1e-9
"""A base smaller than this part of the difference is nil: what is left of sums that cancel."""


@dataclass(frozen=True)
class Difference:
    """One result of a contract beside that of the base."""

    contract: str
    base: str
    result: str
    label: str
    unit: str
    value: float
    base_value: float

    @property
    def difference(self) -> float:
        """Value less base value."""
        return self.value - self.base_value

    @property
    def per_cent(self) -> float | None:
        """Difference in per cent of the base value; None where that is nil."""
        return per_cent_of(self.difference, self.base_value)


@dataclass(frozen=True)
class Comparison:
    """Contracts compared on one scenario: case ``i`` of every array is contract ``i``."""

    scenario: Scenario
    prepared: Prepared
    contracts: tuple[str, ...]
    base: str
    terms: Terms
    evaluation: Evaluation
    totals: Totals

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every reconciliation of the results, each with whether it holds."""
        return check_all(self.evaluation, self.prepared.inputs, self.terms)

    @property
    def passed(self) -> bool:
        """The master check: whether every reconciliation holds."""
        return all(check.passed for check in self.checks)

    def differences(self) -> list[Difference]:
        """Return every result of every contract but the base, beside the base's."""
        base = self.contracts.index(self.base)
        found = []
        for case, contract in enumerate(self.contracts):
            if contract == self.base:
                continue
            for item in fields(Totals):
                values = getattr(self.totals, item.name)
                found.append(
                    Difference(
                        contract,
                        self.base,
                        item.name,
                        item.metadata["label"],
                        item.metadata["unit"],
                        float(values[case]),
                        float(values[base]),
                    )
                )
        return found


def compare(scenario: Scenario, contracts: Sequence[str] = (), base: str | None = None) -> Comparison:
    """Evaluate a scenario's contracts and compare them with a base.

    Args:
        scenario: What was entered.
        contracts: Names of the contracts to compare; all of the scenario's when empty.
        base: Name of the contract that the others are compared with; the scenario's own, or the first, when None.

    Raises:
        ProblemsError: A name is unknown, or something that was entered cannot be costed.
    """
    known = [contract.name for contract in scenario.contracts]
    wanted = list(dict.fromkeys(contracts)) or known
    own_base = scenario.base if scenario.base in wanted else wanted[0]
    chosen_base = own_base if base is None else base
    problems = [
        Problem("contract", f'no contract of this scenario is called "{name}".', f"Choose from {quoted_names(known)}.")
        for name in dict.fromkeys([*wanted, chosen_base])
        if name not in known
    ]
    if problems:
        raise ProblemsError(problems)
    if chosen_base not in wanted:
        wanted.insert(0, chosen_base)
    prepared = prepare(scenario)
    terms = prepared.terms(wanted)
    try:
        evaluation = evaluate(prepared.inputs, terms)
    except AllocationError as error:
        raise ProblemsError([allocation_problem(error, scenario)]) from error
    return Comparison(
        scenario,
        prepared,
        tuple(wanted),
        chosen_base,
        terms,
        evaluation,
        totals_of(evaluation, prepared.inputs),
    )


def per_cent_of(difference: float, base_value: float) -> float | None:
    """Return a difference in per cent of the size of a base value; None where that is nil."""
    if abs(base_value) <= NIL_BESIDE * abs(difference):
        return None
    return 100 * difference / abs(base_value)


def allocation_problem(error: AllocationError, scenario: Scenario) -> Problem:
    """Return in a person's terms why the support costs cannot be shared."""
    names = [scenario.organisation.pools[pool].name for pool in error.pools]
    listed = ", ".join(f'"{name}"' for name in names)
    if error.reason == "closed_loop":
        return Problem(
            "organisation.pools",
            f"{listed} only serve each other, so their cost never reaches a service or other activity.",
            "Say how much of one of them a service or other activity uses.",
        )
    if error.reason == "no_base":
        return Problem(
            "organisation.single_rate_base",
            "sums to zero over services and other activities, so a single rate has nothing to be a rate of.",
            "Choose another base.",
        )
    driver = scenario.organisation.pools[error.pools[0]].driver
    return Problem(
        f"organisation.pools.{error.pools[0] + 1}.driver",
        f'the driver "{driver}" of {listed} sums to zero over those who may bear its cost.',
        "Enter how much of it everyone uses, or choose another driver.",
    )


def unlike(first: Scenario, second: Scenario) -> list[Problem]:
    """Return why two scenarios cannot be compared with each other, and how to mend it; empty when they can."""
    problems = []
    if first.horizon_years != second.horizon_years:
        problems.append(
            Problem(
                "horizon_years",
                f'"{first.name}" covers {first.horizon_years} years and "{second.name}" {second.horizon_years}.',
                f"Compare both over {min(first.horizon_years, second.horizon_years)} years: "
                f"--set horizon_years={min(first.horizon_years, second.horizon_years)}",
            )
        )
    if first.organisation.first_month != second.organisation.first_month:
        problems.append(
            Problem(
                "organisation.first_month",
                f'"{first.name}" is in prices of {first.organisation.first_month} and "{second.name}" of '
                f"{second.organisation.first_month}.",
                f"Start both in the same month: --set organisation.first_month={second.organisation.first_month}",
            )
        )
    services = ([service.name for service in scenario.services] for scenario in (first, second))
    ours, theirs = services
    if ours != theirs:
        differs = ", ".join(sorted(set(ours) ^ set(theirs))) or "their order differs"
        problems.append(
            Problem(
                "services",
                f'"{first.name}" and "{second.name}" do not hold the same services: {differs}.',
                "Compare scenarios of the same services, or extend one scenario and change only what differs.",
            )
        )
    return problems


def data_date() -> str:
    """Return the date of the reference data in ISO form."""
    return reference_data_date().isoformat()
