"""A scenario that says only how it differs from one in the library: ``extends`` and ``overrides``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from funding_model.problems import Problem
from funding_model.scenario.contract_texts import expand_contracts
from funding_model.scenario.library_files import library_document
from funding_model.scenario.overrides import apply_overrides
from funding_model.scenario.plain import clean, shown
from funding_model.scenario.templates import expand_services

Document = dict[str, Any]
LONGEST_CHAIN: Final = 5
_BESIDE_EXTENDS: Final = ("extends", "overrides", "name", "description")


def expand(document: Mapping[str, Any], chain: tuple[str, ...] = ()) -> tuple[Document, list[Problem]]:
    """Return a document written out in full, as the entry models read it: library, templates and presets."""
    problems: list[Problem] = []
    if "extends" in document:
        whole, problems = _extended(document, chain)
    else:
        whole = dict(document)
        if "overrides" in whole:
            del whole["overrides"]
            message = "has no effect without extends."
            problems = [
                Problem("overrides", message, "Name a scenario of the library in extends, or change the fields.")
            ]
    with_services, in_services = expand_services(whole)
    expanded, in_contracts = expand_contracts(with_services)
    return expanded, [*problems, *in_services, *in_contracts]


def _extended(document: Mapping[str, Any], chain: tuple[str, ...]) -> tuple[Document, list[Problem]]:
    below = document["extends"]
    problems = [
        Problem(clean(key), "stands beside extends.", f"Put it into overrides as {clean(key)}: value.")
        for key in document
        if key not in _BESIDE_EXTENDS
    ]
    if below in chain:
        cycle = " -> ".join([*chain[chain.index(below) :], below])
        return {}, [
            *problems,
            Problem("extends", f"the scenarios extend each other in a circle: {cycle}.", "Break it."),
        ]
    if len(chain) >= LONGEST_CHAIN:
        message = f"there are more than {LONGEST_CHAIN} scenarios, each extending the next: {' -> '.join(chain)}."
        return {}, [*problems, Problem("extends", message, "Extend an earlier one.")]
    library, found = library_document(below, "extends")
    if library is None:
        return {}, [*problems, *found]
    base, found = expand(library, (*chain, below))
    problems += [each if each.where == "extends" else Problem("extends", f"in {below}, {each}", "") for each in found]
    base |= {key: document[key] for key in ("name", "description") if key in document}
    overrides = document.get("overrides") or {}
    if not isinstance(overrides, dict):
        message = f"must be a group of paths with values; you entered {shown(overrides)}."
        return base, [*problems, Problem("overrides", message, "Write each as services.1.posts.1.fte: 0.8.")]
    changed, found = apply_overrides(base, overrides, "overrides.")
    return changed, [*problems, *found]
