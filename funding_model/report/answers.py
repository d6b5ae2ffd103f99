"""Answers: what each command prints, from what was typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare, unlike
from funding_model.questions.document import as_document, csv_text
from funding_model.scenario.library import library_entry, library_ids, load_library, starter_document
from funding_model.scenario.loading import load_file, load_text
from funding_model.scenario.overrides import parse_value
from funding_model.scenario.plain import clean, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.yaml_text import LONGEST_TEXT

OK, CHECK_FAILED = 0, 1
Answer = tuple[str, int]
"""Text to print, and the exit code."""


def as_json(value: object) -> str:
    """Return a value as JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def answer_compare(
    sources: Sequence[str],
    *,
    contracts: Sequence[str],
    base: str | None,
    settings: Sequence[str],
    across: bool,
    style: str,
) -> Answer:
    """Compare the contracts of each scenario, or the scenarios with each other.

    Raises:
        ProblemsError: Something that was entered cannot be used, or the scenarios cannot be compared.
    """
    scenarios = _load_all(sources, _overrides(settings))
    if across:
        _refuse_unlike(scenarios)
    comparisons = [_compared(scenario, contracts, base) for scenario in scenarios]
    code = OK if all(comparison.passed for comparison in comparisons) else CHECK_FAILED
    documents = [as_document(comparison) for comparison in comparisons]
    if style == "csv":
        return csv_text(documents), code
    return as_json(documents if len(documents) > 1 else documents[0]), code


def _compared(scenario: Scenario, contracts: Sequence[str], base: str | None) -> Comparison:
    try:
        with np.errstate(all="raise", under="ignore"):
            return compare(scenario, contracts, base)
    except ArithmeticError as error:
        message = "its figures are too far apart in size to be computed."
        raise ProblemsError([Problem(clean(scenario.name), message, "Check the largest and the smallest.")]) from error


def _refuse_unlike(scenarios: Sequence[Scenario]) -> None:
    first, *others = scenarios
    if not others:
        raise ProblemsError([Problem("--across", "there is one scenario only.", "Name two or more.")])
    problems = [problem for other in others for problem in unlike(first, other)]
    if problems:
        raise ProblemsError(dict.fromkeys(problems))


def _overrides(settings: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems = []
    for setting in settings:
        path, equals, text = setting.partition("=")
        path = path.strip()
        where = f"--set {clean(setting)}"
        if not equals or not path:
            problems.append(Problem(where, "must be a place and a value.", "Write it as PATH=VALUE."))
            continue
        if path in values:
            problems.append(Problem(where, "sets a place that is set twice.", "Keep one of them."))
            continue
        values[path], found = parse_value(text)
        problems += [Problem(where, problem.message, problem.remedy) for problem in found]
    if problems:
        raise ProblemsError(problems)
    return values


def _load_all(sources: Sequence[str], overrides: dict[str, Any]) -> list[Scenario]:
    scenarios, problems = [], []
    for source in sources:
        scenario, found = load_source(source, overrides)
        if scenario is not None and not found:
            scenarios.append(scenario)
        problems += named(source, found) if len(sources) > 1 else found
    if problems:
        raise ProblemsError(problems)
    return scenarios


def named(source: str, problems: Sequence[Problem]) -> list[Problem]:
    """Return problems with the file that they are in before their place."""
    return [
        Problem(": ".join(part for part in (clean(source), problem.where) if part), problem.message, problem.remedy)
        for problem in problems
    ]


def is_path(source: str) -> bool:
    """Whether a source means a file: it has a separator or a suffix, or there is such a file and no scenario of that id."""
    path = Path(source)
    if path.suffix or "/" in source or "\\" in source:
        return True
    try:
        return source not in library_ids() and path.is_file()
    except (OSError, ValueError):
        return False


def load_source(source: str, overrides: dict[str, Any] | None = None) -> tuple[Scenario | None, list[Problem]]:
    """Return the scenario that a path or an id of the library means, or every problem with it."""
    if not is_path(source):
        return load_library(source, overrides)
    if not overrides:
        return load_file(source)
    try:
        with Path(source).open("rb") as file:
            text = file.read(LONGEST_TEXT + 1)
    except (OSError, ValueError):
        return load_file(source)
    return load_text(text, overrides)


def answer_library(style: str) -> str:
    """List the scenarios of the library."""
    entries = [library_entry(identifier) for identifier in library_ids()]
    if style == "json":
        return as_json([{"id": entry[0], "name": entry[1], "description": entry[2]} for entry in entries])
    return "\n".join(identifier for identifier, _, _ in entries)


def answer_schema() -> str:
    """Print the JSON Schema of a scenario."""
    from funding_model.scenario.schema import schema  # noqa: PLC0415

    return as_json(schema())


def answer_new(path: str | None) -> str:
    """Print the starter scenario, or save it in a new file."""
    if path is None:
        return starter_document()
    raise ProblemsError([Problem("--to", f"{shown(path)} cannot be written yet.")])


def answer_validate(sources: Sequence[str]) -> Answer:
    """Say what is wrong in scenarios."""
    _load_all(sources, {})
    return "", OK


def answer_allocate(source: str, method: str, style: str) -> Answer:
    """Share overheads by each method."""
    raise ProblemsError([Problem("", f"{shown(source)}: {method} {style}")])
