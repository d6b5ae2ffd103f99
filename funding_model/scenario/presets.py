"""Contracts by name, to start from: plain documents that the entry models validate like any other."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib import resources
from typing import Any, Final

from funding_model.problems import ProblemsError
from funding_model.scenario.yaml_text import read_value

_FILE: Final = "presets.yaml"


def preset_names() -> dict[str, str]:
    """Return the name of every preset by its id, in the order in which they are offered."""
    return {identifier: preset["name"] for identifier, preset in _presets().items()}


def preset_id(name_or_id: str) -> str | None:
    """Return the id of the preset that has this name or id, or None when there is none."""
    wanted = name_or_id.strip().casefold()
    for identifier, name in preset_names().items():
        if wanted in {identifier, name.casefold()}:
            return identifier
    return None


def preset_document(name_or_id: str) -> dict[str, Any]:
    """Return a preset as the document of a contract, free to be changed.

    Raises:
        KeyError: There is no such preset.
    """
    identifier = preset_id(name_or_id)
    if identifier is None:
        raise KeyError(name_or_id)
    preset = deepcopy(_presets()[identifier])
    del preset["id"]
    return {"name": preset.pop("name"), "description": preset.pop("description"), "preset": identifier, **preset}


@cache
def _presets() -> dict[str, dict[str, Any]]:
    text = resources.files("funding_model.scenario").joinpath(_FILE).read_bytes()
    presets, problems = read_value(text)
    if problems:
        raise ProblemsError(problems)
    return {preset["id"]: preset for preset in presets}
