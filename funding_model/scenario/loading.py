"""From a document to a scenario: write out what is abbreviated, validate, and report every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import MOST_PROBLEMS, explain, in_order
from funding_model.scenario.extending import expand
from funding_model.scenario.overrides import apply_overrides
from funding_model.scenario.partial import problems_between_the_parts
from funding_model.scenario.plain import plain_problems, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.workbook.grid import is_workbook
from funding_model.scenario.yaml_text import LONGEST_TEXT, read_document

Document: TypeAlias = dict[str, Any]
Loaded: TypeAlias = tuple[Scenario | None, list[Problem]]


def load_file(path: str | Path) -> Loaded:
    """Return the scenario that a YAML or JSON file or an input workbook holds, or every problem with it."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(LONGEST_TEXT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not a path"
        message = f"the file {shown(str(path))} cannot be opened: {reason.lower()}."
        return None, [Problem("", message, "Check its name.")]
    return load_text(text)


def load_text(text: str | bytes, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Return the scenario that YAML or JSON text or an input workbook's bytes hold, or every problem with it."""
    if isinstance(text, bytes) and is_workbook(text):
        return _from_workbook(text, overrides)
    document, problems = read_document(text)
    if document is None:
        return None, problems
    return scenario_from(document, overrides)


def _from_workbook(content: bytes, overrides: Mapping[str, Any] | None) -> Loaded:
    """Read a workbook; what is laid over it is looked at when nothing is wrong in it, and named by its own place."""
    from funding_model.scenario.workbook.reading import read_workbook  # noqa: PLC0415 - only workbooks need openpyxl

    book = read_workbook(content)
    if book.document is None:
        return None, list(book.problems)
    scenario, found = scenario_from(book.document)
    problems = book.in_cells(found)
    if problems:
        return None, problems
    return scenario_from(book.document, overrides) if overrides else (scenario, [])


def scenario_from(document: object, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Return the scenario that a plain document describes, or every problem with it, sorted by place.

    Args:
        document: What a file holds: groups, lists, text, numbers, yes or no, and blanks.
        overrides: Further values by path, as ``apply_overrides`` takes them, laid over the written-out document.
    """
    problems, readable = plain_problems(document)
    if not readable:
        return None, problems
    if not isinstance(document, dict):
        return None, [Problem("", f"a scenario is a group of fields; you entered {shown(document)}.")]
    expanded, found = expand(document)
    problems += found
    if overrides:
        bad_values, readable = plain_problems(dict(overrides))
        if not readable:
            return None, in_order([*problems, *bad_values])
        changed, found = apply_overrides(expanded, overrides)
        expanded, further = expand(changed)
        problems += [*bad_values, *found, *further]
    if problems and not expanded:
        return None, in_order(problems)
    try:
        scenario = Scenario.model_validate(expanded)
    except ValidationError as error:
        return None, in_order([*problems, *_without_echoes(_all_problems(error, expanded), problems)])
    return (None, in_order(problems)) if problems else (scenario, [])


def _all_problems(error: ValidationError, expanded: Document) -> list[Problem]:
    found = explain(error, Scenario)
    if error.error_count() > MOST_PROBLEMS:
        return found
    places = {problem.where for problem in found}
    return [*found, *(each for each in problems_between_the_parts(expanded) if each.where not in places)]


def _without_echoes(found: list[Problem], earlier: list[Problem]) -> list[Problem]:
    """Leave out what only follows from an earlier problem: the fields missing for want of a preset or a template."""
    places = {problem.where for problem in earlier}
    wanting = tuple(
        f"{problem.where.removesuffix('.preset').removesuffix('.template')}."
        for problem in earlier
        if problem.message.startswith("there is no ")
    )
    return [
        problem
        for problem in found
        if problem.where not in places and not (problem.message == "is missing." and problem.where.startswith(wanting))
    ]
