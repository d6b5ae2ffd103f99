"""Evaluation: scenarios read and compared once, and kept in this process while they are in use."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.document import as_document, csv_text
from funding_model.questions.entered import PostCost, line_cost, post_costs
from funding_model.scenario.assumptions import Assumptions
from funding_model.scenario.costs import Line, Post
from funding_model.scenario.dumping import dump_json, dump_yaml
from funding_model.scenario.library import library_entry, load_library
from funding_model.scenario.loading import load_text
from funding_model.scenario.organisation import Organisation
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.workbook import drawing

Model = TypeVar("Model", bound=BaseModel)
MOST_KEPT = 16
"""Comparisons kept at a time: a few megabytes each for a large scenario."""
MOST_TEXTS = 64
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser calls a workbook."""
FIRST_MONTH = str(Organisation.model_fields["first_month"].default)


@lru_cache(maxsize=MOST_TEXTS)
def read_text(text: str | bytes) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Return the scenario that text holds, or every problem with it."""
    scenario, problems = load_text(text)
    return scenario, tuple(problems)


@lru_cache(maxsize=MOST_TEXTS)
def entry(identifier: str) -> tuple[str, str]:
    """Return the name and description of a scenario in the library; its id where it cannot be read."""
    try:
        _, name, description = library_entry(identifier)
    except ProblemsError:
        return identifier, ""
    return name, description


def read_library(identifier: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Return a scenario of the library, or every problem with it."""
    scenario, problems = load_library(identifier)
    return scenario, tuple(problems)


def compared(text: str, contracts: tuple[str, ...], base: str) -> Comparison:
    """Return the comparison of contracts on a scenario's text; of all of them when none is named.

    Raises:
        ProblemsError: The text holds no scenario yet, or something in it cannot be costed.
    """
    scenario, problems = read_text(text)
    if scenario is None:
        raise ProblemsError(problems)
    every = tuple(contract.name for contract in scenario.contracts)
    usual = scenario.base if scenario.base in every else every[0]
    # One name for what is the same, so that it is worked out once.
    return _compared(text, () if contracts == every else contracts, "" if base == usual else base)


@lru_cache(maxsize=MOST_KEPT)
def _compared(text: str, contracts: tuple[str, ...], base: str) -> Comparison:
    scenario, problems = read_text(text)
    if scenario is None:
        raise ProblemsError(problems)
    return compare(scenario, contracts, base or None)


@lru_cache(maxsize=MOST_KEPT)
def results(text: str, contracts: tuple[str, ...], base: str) -> dict[str, object]:
    """Return the comparison as plain data, as the JSON file holds it."""
    return as_document(compared(text, contracts, base))


def csv_file(text: str, contracts: tuple[str, ...], base: str) -> bytes:
    """Return the results as CSV with the mark by which spreadsheets know UTF-8."""
    return csv_text([results(text, contracts, base)]).encode("utf-8-sig")


def json_file(text: str, contracts: tuple[str, ...], base: str) -> bytes:
    """Return the results as JSON."""
    return json.dumps(results(text, contracts, base), ensure_ascii=False, indent=2).encode()


def scenario_yaml(text: str) -> bytes:
    """Return a scenario's text as the YAML that a person reads and changes; nothing while it is not whole."""
    scenario, _ = read_text(text)
    return b"" if scenario is None else dump_yaml(scenario).encode()


def scenario_workbook(text: str) -> bytes:
    """Return a scenario's text as the workbook that a person fills in; nothing while it is not whole."""
    scenario, _ = read_text(text)
    return b"" if scenario is None else drawing.scenario_workbook(scenario)


@lru_cache(maxsize=1)
def blank_workbook() -> bytes:
    """Return the workbook in which nothing has been entered."""
    return drawing.blank_workbook()


def scenario_json(text: str) -> bytes:
    """Return a scenario's text as JSON with every field in it; as it was entered while it is not whole."""
    scenario, _ = read_text(text)
    whole = dump_json(scenario) if scenario is not None else json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return whole.encode()


# What single entries cost


def costs_of_posts(posts: list[dict[str, object]], first_month: str, assumptions: object) -> list[PostCost | None]:
    """Return what each post costs in a full year; None for one that is not whole yet."""
    return [_cost_of_post(json.dumps(post), first_month, json.dumps(assumptions)) for post in posts]


@lru_cache(maxsize=2_000)
def _cost_of_post(post: str, first_month: str, assumptions: str) -> PostCost | None:
    whole = _valid(Post, json.loads(post))
    if whole is None:
        return None
    return post_costs([whole], first_month, _assumed(assumptions))[0]


def costs_of_lines(lines: list[dict[str, object]], first_month: str, assumptions: object) -> list[float | None]:
    """Return what each line costs with irrecoverable VAT; None for one that is not whole yet."""
    assumed = _assumed(json.dumps(assumptions))
    found = [_valid(Line, line) for line in lines]
    return [None if line is None else line_cost(line, first_month, assumed) for line in found]


@lru_cache(maxsize=MOST_TEXTS)
def _assumed(text: str) -> Assumptions:
    return _valid(Assumptions, json.loads(text) or {}) or Assumptions()


def _valid(model: type[Model], data: object) -> Model | None:
    try:
        return model.model_validate(data)
    except ValidationError:
        return None
