"""Answer a file of allocation cases: who bears the overheads under each method."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from funding_model.costing.overheads import (
    METHODS,
    AllocationError,
    Array,
    Method,
    allocate,
    modified_total_direct_cost,
    primary_apportionment,
)
from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.allocation_file import (
    SUBAWARD_PREFIX,
    AllocationCase,
    Case,
    FlatRateCase,
    MtdcCase,
    PrimaryCase,
    PrimaryFields,
    PrimaryThenStepCase,
    StepFields,
    read_cases,
)

ALL_METHODS = "all"

YEARLY = {
    "tdc": "direct cost",
    "mtdc": "modified total direct cost",
    "indirect": "indirect cost",
    "total": "direct and indirect",
}

Answer: TypeAlias = dict[str, Any]
"""An answer in the shape in which it is written as JSON."""


def allocate_cases(document: object, method: str = ALL_METHODS) -> tuple[Answer, list[Problem]]:
    """Answer every well-formed case of a document in the format of ``scenario/allocation_file.py``.

    Args:
        document: The file's content, as YAML or JSON reads it.
        method: direct, step_down, reciprocal or single_rate, or all for every method that applies to a case.

    Returns:
        ``{"cases": [{"id", "kind", ...}]}``, in money unrounded: ``methods`` with ``result`` by operating unit and
        ``gross`` by support centre, ``after_primary`` by centre, ``tdc``, ``mtdc``, ``indirect`` and ``total`` by year,
        or ``result`` of a flat rate; ``notes`` where there is something to know. And the problems of cases left out.
    """
    wanted = tuple(name for name in METHODS if method in (name, ALL_METHODS))
    if not wanted:
        remedy = f"Use one of {', '.join((*METHODS, ALL_METHODS))}."
        return {"cases": []}, [Problem("method", f"{method} is not a method of allocation.", remedy)]
    cases, problems = read_cases(document)
    answers: list[Answer] = []
    for where, case in cases.items():
        try:
            with np.errstate(all="raise", under="ignore"):
                answer = _answer(where, case, wanted)
        except ProblemsError as error:
            problems += error.problems
            continue
        except FloatingPointError:
            message = "its figures are too far apart in size to be computed."
            problems.append(Problem(where, message, "Check the smallest driver quantities."))
            continue
        notes = [f"The key {key} is not read." for key in case.unread_keys()] + answer.pop("notes", [])
        answers.append({"id": case.id, **answer} | ({"notes": notes} if notes else {}))
    return {"cases": answers}, problems


def _answer(where: str, case: Case, wanted: Sequence[Method]) -> Answer:
    """Answer one case by its kind."""
    match case:
        case AllocationCase():
            return {"kind": case.kind} | _by_method(where, case, case.supports, case.operating, case.usage, wanted)
        case PrimaryCase():
            return {"kind": case.kind, "after_primary": _after_primary(where, case)}
        case PrimaryThenStepCase():
            after = _after_primary(where, case)
            supports = {centre: after[centre] for centre in case.support_usage}
            operating = {centre: cost for centre, cost in after.items() if centre not in supports}
            second = _by_method(where, case, supports, operating, case.support_usage, wanted)
            return {"kind": case.kind, "after_primary": after} | second
        case MtdcCase():
            return {"kind": case.kind} | _by_year(case)
        case FlatRateCase():
            return {"kind": case.kind, "result": case.base * case.rate}
    raise TypeError(type(case))


def _by_method(
    where: str,
    case: StepFields,
    supports: Mapping[str, float],
    operating: Mapping[str, float],
    usage: Mapping[str, Mapping[str, float]],
    wanted: Sequence[Method],
) -> Answer:
    """Share the support centres by each method that is wanted.

    A method that cannot share a cost is left out with a note, as long as another method that reads the drivers can.
    """
    pools, units = list(supports), list(operating)
    own_cost = np.array([*supports.values(), *operating.values()], dtype=np.float64)
    driver = _quantities(usage, pools, pools + units)
    order = [pools.index(pool) for pool in case.stated_order()[1] or pools]
    base = np.array([(operating if case.base is None else case.base).get(unit, 0.0) for unit in units])
    methods: Answer = {}
    refused: dict[str, Problem] = {}
    for method in wanted:
        single_rate = method == "single_rate"
        if single_rate and np.any(base < 0):
            message = "an operating unit's own cost is below zero and cannot be a base."
            refused[method] = Problem(where, message, "Enter a base for the single rate.")
            continue
        try:
            shared = allocate(own_cost, driver, method, order=order, base=base if single_rate else None)
        except AllocationError as error:
            refused[method] = _problem(where, error, pools)
        else:
            methods[method] = {"result": _named(units, shared.full_cost), "gross": _named(pools, shared.gross)}
    by_driver = [method for method in wanted if method != "single_rate"] or wanted
    if all(method in refused for method in by_driver):
        raise ProblemsError(dict.fromkeys(refused[method] for method in by_driver))
    notes = [f"Left out: {_words(method)}, because {problem.message}" for method, problem in refused.items()]
    return {"methods": methods} | ({"notes": notes} if notes else {})


def _after_primary(where: str, case: PrimaryFields) -> dict[str, float]:
    """Return each centre's cost once the common costs have been shared."""
    usage = {name: case.drivers[pool.driver] for name, pool in case.pools.items()}
    try:
        shared = primary_apportionment(
            np.array([case.already_allocated.get(centre, 0.0) for centre in case.centres]),
            np.array([pool.cost for pool in case.pools.values()], dtype=np.float64),
            _quantities(usage, list(case.pools), case.centres),
        )
    except AllocationError as error:
        raise ProblemsError([_problem(where, error, list(case.pools))]) from error
    return _named(case.centres, shared.full_cost)


def _by_year(case: MtdcCase) -> Answer:
    """Return direct cost, its modified total, the indirect cost on it and all cost, by year."""
    categories = case.categories()
    costs = np.array([[year.get(name, 0.0) for year in case.years] for name in categories], dtype=np.float64)
    costs = costs.reshape(len(categories), len(case.years))
    none = [False] * len(categories)
    subaward = [name.startswith(SUBAWARD_PREFIX) for name in categories]
    direct = modified_total_direct_cost(costs, none, none, case.subaward_cap)
    excluded = [name in case.excluded for name in categories]
    modified = modified_total_direct_cost(costs, excluded, subaward, case.subaward_cap)
    indirect = case.rate * modified
    columns = {"tdc": direct, "mtdc": modified, "indirect": indirect, "total": direct + indirect}
    return {name: column.tolist() for name, column in columns.items()}


def _quantities(usage: Mapping[str, Mapping[str, float]], pools: list[str], receivers: list[str]) -> Array:
    """Return what each receiver uses of each pool, nothing where the file says nothing."""
    rows = [[usage.get(pool, {}).get(receiver, 0.0) for receiver in receivers] for pool in pools]
    return np.array(rows, dtype=np.float64).reshape(len(pools), len(receivers))


def _named(names: list[str], values: Array) -> dict[str, float]:
    """Return a value for each name."""
    return dict(zip(names, values.tolist(), strict=True))


def _problem(where: str, error: AllocationError, pools: list[str]) -> Problem:
    """Return an allocation error with the names of its pools."""
    concerned = " and ".join(pools[pool] for pool in error.pools)
    message, remedy = {
        "no_receiver": (
            f"{concerned} has cost to share and its driver sums to zero over the units that may receive it.",
            "Enter who uses it.",
        ),
        "closed_loop": (
            f"{concerned} only serve each other, so their cost never reaches an operating unit.",
            "Enter what one of them does for an operating unit.",
        ),
        "no_base": ("the base of the single rate sums to zero.", "Enter a base for the single rate."),
    }[error.reason]
    return Problem(where, message, remedy)


def _words(method: str) -> str:
    """Return a method's name in words."""
    return {"step_down": "step-down", "single_rate": "single rate"}.get(method, method)


def allocation_table(result: Answer) -> str:
    """Return the answers of ``allocate_cases`` as plain text, a table for each case.

    Money is shown in pence; the pence of a column are rounded so that they add up to its total.
    """
    return "\n\n".join("\n".join(_case_lines(case)) for case in result["cases"])


def _case_lines(case: Answer) -> list[str]:
    """Return the lines of one case."""
    lines = [f"{case['id']} ({_words(case['kind'])})"]
    methods = case.get("methods", {})
    if case["kind"] == "mtdc":
        years = range(len(case["tdc"]))
        lines += _grid({f"year {y + 1}": {row: case[key][y] for key, row in YEARLY.items()} for y in years})
    elif case["kind"] == "flat_rate":
        lines += _grid({"flat rate": {"result": case["result"]}})
    else:
        after = {"after primary": case["after_primary"]} if "after_primary" in case else {}
        lines += _grid(after | {_words(method): shared["result"] for method, shared in methods.items()}, "total")
    if any(shared["gross"] for shared in methods.values()):
        lines += ["own cost and cost received of each support centre"]
        lines += _grid({_words(method): shared["gross"] for method, shared in methods.items()})
    return [*lines, *case.get("notes", [])]


def _grid(columns: Mapping[str, Mapping[str, float]], total: str = "") -> list[str]:
    """Return rows of names and money under the columns' heads, with a total beneath when it has a name."""
    shown: dict[str, dict[str, int]] = {}
    for head, column in columns.items():
        pence = _pence(list(column.values())) if total else [round(100 * amount) for amount in column.values()]
        shown[head] = dict(zip(column, pence, strict=True)) | ({total: sum(pence)} if total else {})
    rows = list(dict.fromkeys(row for column in columns.values() for row in column)) + [total] * bool(total)
    text = [["", *shown]] + [
        [row, *(f"{column[row] / 100:,.2f}" if row in column else "" for column in shown.values())] for row in rows
    ]
    widths = [max(len(line[position]) for line in text) for position in range(len(text[0]))]
    return [
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in text
    ]


def _pence(pounds: Sequence[float]) -> list[int]:
    """Return whole pence that add up to the rounded sum: the largest remainders are rounded up."""
    exact = [100 * amount for amount in pounds]
    down = [math.floor(amount) for amount in exact]
    short = round(math.fsum(exact)) - sum(down)
    upwards = sorted(range(len(exact)), key=lambda place: down[place] - exact[place])[:short]
    return [amount + (place in upwards) for place, amount in enumerate(down)]
