"""The JSON Schema of a scenario: every field with its title, its unit and its help."""

from __future__ import annotations

from typing import Any, Final

from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import title_of
from funding_model.scenario.walk import BOUNDS

_ALSO_NUMBERS: Final = ("Assumption", "YearlyGrowth")
"""Groups of fields for which a bare number may be written."""
_OF_THE_FIELD: Final = ("unit", "remedy")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a written-out scenario; numbers have a ``unit``, fields a ``description``."""
    document = Scenario.model_json_schema()
    definitions = document["$defs"]
    for definition in (document, *definitions.values()):
        for key, field in definition.get("properties", {}).items():
            field.setdefault("title", title_of(key))
            field.setdefault("description", definitions.get(_group(field), {}).get("description", ""))
            for name in _OF_THE_FIELD:
                found = _anywhere(field, name)
                if found:
                    field[name] = found
            field["description"] = " ".join(field["description"].split())
            _name_bounds(field)
    for name in _ALSO_NUMBERS:
        definitions[name]["type"] = ["number", "object"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}


def _name_bounds(field: dict[str, Any]) -> None:
    for part in (field, *field.get("anyOf", ())):
        for found, name in BOUNDS.items():  # pydantic leaves the bounds of a whole number as they are
            if found in part:
                part[name] = part.pop(found)


def _group(field: dict[str, Any]) -> str:
    """Return the name of the group of fields that a field holds, or nothing."""
    return str(field.get("$ref", "")).removeprefix("#/$defs/")


def _anywhere(field: dict[str, Any], name: str) -> str:
    """Return what a field or one of the kinds of value that it may hold says of its unit or remedy."""
    if name in field:
        return str(field[name])
    inner = [*field.get("anyOf", ()), field.get("items"), field.get("additionalProperties")]
    return next((found for part in inner if isinstance(part, dict) and (found := _anywhere(part, name))), "")
