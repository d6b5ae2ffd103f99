"""Asking: which scenario a command means, with which values laid over it, and how its answer is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from funding_model.problems import Problem, ProblemsError
from funding_model.report.plain import SERVICES
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.library import library_ids, load_library
from funding_model.scenario.loading import load_file, load_text
from funding_model.scenario.overrides import parse_value
from funding_model.scenario.plain import clean, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.yaml_text import LONGEST_TEXT

OK, CHECK_FAILED, BAD_INPUT = 0, 1, 2
Answer: TypeAlias = tuple[str, int, Sequence[Problem]]
"""Text to print, the exit code, and problems with what was left out."""


def as_json(value: object) -> str:
    """Return a value as JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


@contextmanager
def sensible_figures(name: str) -> Iterator[None]:
    """Say in words that figures are too far apart in size to be computed."""
    try:
        with np.errstate(all="raise", under="ignore"):
            yield
    except ArithmeticError as error:
        message = "its figures are too far apart in size to be computed."
        raise ProblemsError([Problem(clean(name), message, "Check the largest and the smallest.")]) from error


def overrides_of(settings: Sequence[str]) -> dict[str, Any]:
    """Return the values that ``PATH=VALUE`` texts lay over a scenario, by path.

    Raises:
        ProblemsError: A text is no such setting, or two set the same place.
    """
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


def load_all(sources: Sequence[str], overrides: dict[str, Any]) -> list[Scenario]:
    """Return the scenarios that are meant.

    Raises:
        ProblemsError: Something is wrong; every problem of every scenario is named.
    """
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
    """Whether a source means a file: it has a separator or a suffix, or is a file's name and no id of the library."""
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


def check_services(chosen: Sequence[str], scenarios: Sequence[Scenario], style: str) -> None:
    """Refuse a name that no scenario has, and a choice that JSON and CSV would not follow."""
    if chosen and style != "table":
        message = f"has no effect on {style.upper()}, which always holds every service."
        raise ProblemsError([Problem("--services", message, "Leave it out.")])
    known = dict.fromkeys(service.name for scenario in scenarios for service in scenario.services)
    problems = [
        Problem(
            "--services",
            f"there is no service called {shown(name)}{nearest(name, [*SERVICES, *known])}",
            f"Choose from {', '.join(SERVICES)}, or names: {quoted_names(known)}.",
        )
        for name in chosen
        if name not in SERVICES and name not in known
    ]
    if problems:
        raise ProblemsError(problems)
