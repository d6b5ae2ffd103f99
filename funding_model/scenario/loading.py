"""From a document to a scenario: write out what is abbreviated, validate, and report every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from funding_model.problems import Problem
from funding_model.scenario.contract_texts import expand_contracts
from funding_model.scenario.explain_errors import explain, in_order
from funding_model.scenario.plain import plain_problems, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.templates import expand_services
from funding_model.scenario.yaml_text import LONGEST_TEXT, read_document

Document = dict[str, Any]
Loaded = tuple[Scenario | None, list[Problem]]


def load_file(path: str | Path) -> Loaded:
    """Return the scenario that a YAML or JSON file holds, or every problem with it."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(LONGEST_TEXT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not a path"
        return None, [Problem("", f"the file {shown(str(path))} cannot be opened: {reason.lower()}.", "Check its name.")]
    return load_text(text)


def load_text(text: str | bytes) -> Loaded:
    """Return the scenario that YAML or JSON text holds, or every problem with it."""
    document, problems = read_document(text)
    if document is None:
        return None, problems
    return scenario_from(document)


def scenario_from(document: object) -> Loaded:
    """Return the scenario that a plain document describes, or every problem with it, sorted by place."""
    problems, readable = plain_problems(document)
    if not readable:
        return None, problems
    if not isinstance(document, dict):
        return None, [Problem("", f"a scenario is a group of fields; you entered {shown(document)}.", "")]
    expanded, found = expand(document)
    problems += found
    try:
        scenario = Scenario.model_validate(expanded)
    except ValidationError as error:
        problems += explain(error, Scenario)
        scenario = None
    return (None, in_order(problems)) if problems else (scenario, [])


def expand(document: Mapping[str, Any]) -> tuple[Document, list[Problem]]:
    """Return a document with its templates and presets written out, as the entry models read it."""
    with_services, problems = expand_services(document)
    expanded, more = expand_contracts(with_services)
    return expanded, [*problems, *more]
