"""Evaluation: scenarios read and compared once, and kept in this process while they are in use."""

from __future__ import annotations

import json
from functools import lru_cache

from funding_model.problems import Problem
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.document import as_document, csv_text
from funding_model.scenario.dumping import dump_yaml
from funding_model.scenario.library import library_entry, load_library, starter_document
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario

MOST_KEPT = 16
"""Comparisons kept at a time: a few megabytes each for a large scenario."""


@lru_cache(maxsize=MOST_KEPT)
def read_text(text: str | bytes) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Return the scenario that text holds, or every problem with it."""
    scenario, problems = load_text(text)
    return scenario, tuple(problems)


@lru_cache(maxsize=64)
def entry(identifier: str) -> tuple[str, str]:
    """Return the name and description of a scenario in the library, or of the starter."""
    if identifier == STARTER:
        return "A small scenario to start from", ""
    _, name, description = library_entry(identifier)
    return name, description


STARTER = "-"
"""Stands for the starter where the id of a scenario in the library is asked for."""


def read_library(identifier: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Return a scenario of the library, or the starter, or every problem with it."""
    if identifier == STARTER:
        return read_text(starter_document())
    scenario, problems = load_library(identifier)
    return scenario, tuple(problems)


@lru_cache(maxsize=MOST_KEPT)
def compared(document: str, contracts: tuple[str, ...], base: str) -> Comparison:
    """Return the comparison of contracts on a scenario's text.

    Raises:
        ProblemsError: Something that was entered cannot be costed.
        ValueError: The text holds no scenario.
    """
    scenario, problems = read_text(document)
    if scenario is None:
        raise ValueError(f"a stored scenario cannot be read: {problems[0]}")
    return compare(scenario, contracts, base)


@lru_cache(maxsize=MOST_KEPT)
def results(document: str, contracts: tuple[str, ...], base: str) -> dict[str, object]:
    """Return the comparison as plain data, as the JSON file holds it."""
    return as_document(compared(document, contracts, base))


def csv_file(document: str, contracts: tuple[str, ...], base: str) -> bytes:
    """Return the results as CSV with the mark by which spreadsheets know UTF-8."""
    return csv_text([results(document, contracts, base)]).encode("utf-8-sig")


def json_file(document: str, contracts: tuple[str, ...], base: str) -> bytes:
    """Return the results as JSON."""
    return json.dumps(results(document, contracts, base), ensure_ascii=False, indent=2).encode()


def scenario_file(document: str) -> bytes:
    """Return a scenario's text as the YAML that a person reads and changes."""
    scenario, _ = read_text(document)
    return b"" if scenario is None else dump_yaml(scenario).encode()
