"""Allocation: who bears a scenario's overheads under each method, by financial year, in the shape of ``allocate``.

The plan is costed again under each method; its cost and quantities stay the same, and so does what is shared. Planned
recruitment is added after allocation and is no part of it.
"""

from __future__ import annotations

from dataclasses import replace

from funding_model.costing.overheads import METHODS, Allocation, AllocationError, Method
from funding_model.costing.plan import plan
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.allocate import ALL_METHODS, Answer
from funding_model.questions.compare import allocation_problem as problem_of
from funding_model.questions.prepare import Prepared, prepare
from funding_model.scenario.scenario import Scenario

ONLY_STEP_DOWN = "accumulated_cost"
"""A driver that only the step-down has: what each unit has borne so far."""


def allocate_scenario(scenario: Scenario, method: str = ALL_METHODS) -> Answer:
    """Share a scenario's overheads in each of its financial years.

    Args:
        scenario: What was entered.
        method: direct, step_down, reciprocal or single_rate, or all for every method that applies.

    Returns:
        ``{"cases": [{"id", "kind": "scenario", "methods": {method: {"result", "gross"}}, "notes"}]}``, a case for each
        financial year: pounds by service and other activity, and by support pool its own cost and what it received.

    Raises:
        ProblemsError: Something that was entered cannot be costed, or no method can share it.
    """
    prepared = prepare(scenario)
    wanted = [name for name in METHODS if method in (name, ALL_METHODS)]
    shared: dict[str, Allocation] = {}
    refused: dict[str, Problem] = {}
    for name in wanted:
        found = _allocated(prepared, name)
        if isinstance(found, Problem):
            refused[name] = found
        else:
            shared[name] = found
    if not shared:
        unknown = Problem("method", f"{method} is not a method of allocation.", f"Use one of {', '.join(METHODS)}.")
        raise ProblemsError(dict.fromkeys(refused.values()) or [unknown])
    notes = [f"Left out: {name}, because {problem}" for name, problem in refused.items()]
    organisation = scenario.organisation
    units = [service.name for service in scenario.services]
    units += [activity.name for activity in organisation.other_activities]
    pools = [pool.name for pool in organisation.pools]
    cases = []
    for year, label in enumerate(prepared.dates.year_labels()):
        methods = {
            name: {
                "result": dict(zip(units, allocation.full_cost[0, year].tolist(), strict=True)),
                "gross": dict(zip(pools, allocation.gross[0, year].tolist(), strict=True)),
            }
            for name, allocation in shared.items()
        }
        case: Answer = {"id": f"{scenario.name} {label}", "kind": "scenario", "methods": methods}
        cases.append(case | ({"notes": notes} if notes else {}))
    return {"cases": cases}


def _allocated(prepared: Prepared, method: Method) -> Allocation | Problem:
    inputs, organisation = prepared.inputs, prepared.scenario.organisation
    for number, pool in enumerate(organisation.pools, 1):
        if pool.driver == ONLY_STEP_DOWN and method in ("direct", "reciprocal"):
            return Problem(
                f"organisation.pools.{number}.driver",
                f'"{pool.name}" is shared by accumulated_cost, which only the step-down has.',
                "Choose another driver to see this method.",
            )
    chosen = replace(inputs, overheads=replace(inputs.overheads, method=method))
    try:
        return plan(chosen, ()).full.support.allocation
    except AllocationError as error:
        return problem_of(error, prepared.scenario)
