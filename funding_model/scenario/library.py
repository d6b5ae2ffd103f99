"""The library: worked scenarios to look at, to extend and to start from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from funding_model.problems import Problem, ProblemsError
from funding_model.scenario.extending import LONGEST_CHAIN
from funding_model.scenario.library_files import library_document, library_folder, library_ids
from funding_model.scenario.loading import scenario_from
from funding_model.scenario.scenario import Scenario

__all__ = ["library_entry", "library_folder", "library_ids", "load_library", "starter_document"]


def library_entry(identifier: str) -> tuple[str, str, str]:
    """Return the id, name and description of a scenario in the library, without validating it.

    Raises:
        ProblemsError: There is no such scenario, or its file cannot be read.
    """
    name = description = ""
    at: object = identifier
    for _ in range(LONGEST_CHAIN + 1):
        document, problems = library_document(at)
        if document is None:
            raise ProblemsError(problems)
        name = name or str(document.get("name") or "")
        description = description or str(document.get("description") or "")
        at = document.get("extends")
        if at is None or (name and description):
            break
    return identifier, name or identifier, description


def load_library(identifier: str, overrides: Mapping[str, Any] | None = None) -> tuple[Scenario | None, list[Problem]]:
    """Return a scenario of the library, with other values at some places if wanted, or every problem with it."""
    document, problems = library_document(identifier)
    if document is None:
        return None, problems
    return scenario_from(document, overrides)


def starter_document() -> str:
    """Return a small scenario with comments, as text to save and change."""
    return resources.files("funding_model.scenario").joinpath("starter.yaml").read_text(encoding="utf-8")
