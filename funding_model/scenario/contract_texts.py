"""Contracts written by name, by preset and changes, or in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funding_model.problems import Problem
from funding_model.scenario.contracts import COMPONENTS
from funding_model.scenario.explain_errors import nearest, quoted_names, too_long
from funding_model.scenario.plain import shown
from funding_model.scenario.presets import preset_document, preset_id, preset_names
from funding_model.scenario.scenario import MOST_CONTRACTS

Document = dict[str, Any]


def expand_contracts(document: Mapping[str, Any]) -> tuple[Document, list[Problem]]:
    """Return the document with every contract written out: the changed fields over those of its preset."""
    expanded = dict(document)
    contracts = document.get("contracts")
    if not isinstance(contracts, list | tuple):
        return expanded, []
    problems = [too_long("contracts", len(contracts), MOST_CONTRACTS)] if len(contracts) > MOST_CONTRACTS else []
    written: list[Any] = []
    for number, contract in enumerate(contracts[:MOST_CONTRACTS], start=1):
        if isinstance(contract, str):
            whole, problem = _from_preset({"preset": contract}, f"contracts.{number}")
        elif isinstance(contract, dict) and contract.get("preset"):
            whole, problem = _from_preset(contract, f"contracts.{number}.preset")
        else:
            whole, problem = contract, None
        written.append(whole)
        problems += [problem] if problem is not None else []
    expanded["contracts"] = written
    return expanded, problems


def _from_preset(contract: Document, where: str) -> tuple[Document, Problem | None]:
    wanted = contract["preset"]
    identifier = preset_id(wanted) if isinstance(wanted, str) else None
    if identifier is None:
        names = preset_names().values()
        guess = nearest(wanted.casefold(), names) if isinstance(wanted, str) else "."
        rest = {key: value for key, value in contract.items() if key != "preset"}
        return rest, Problem(
            where, f"there is no preset called {shown(wanted)}{guess}", f"Presets: {quoted_names(names)}."
        )
    whole = preset_document(identifier)
    for key, value in contract.items():
        under = whole.get(key)
        if key in COMPONENTS and isinstance(under, dict) and isinstance(value, dict):
            whole[key] = under | value
        elif key != "preset":
            whole[key] = value
    return whole, None
