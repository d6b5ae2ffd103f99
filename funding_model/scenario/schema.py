"""The JSON Schema of a scenario: every field with its title, its unit and its help."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from funding_model.scenario.presets import preset_names
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import title_of
from funding_model.scenario.walk import BOUNDS
from funding_model.units import VOLUME

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


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario's file, in which not everything is written out.

    Beside the fields of ``schema()`` it has contracts that are, or start from, a preset; service templates; and what
    extends a scenario of the library.
    """
    document = schema()
    definitions, fields = document["$defs"], document["properties"]
    presets = [*preset_names(), *preset_names().values()]
    contract = definitions[_part_of("Contract", definitions)]
    contract["properties"]["preset"] = {**contract["properties"]["preset"], "enum": presets}
    contract["required"] = ["preset"]
    fields["contracts"]["items"] = {
        "anyOf": [{"enum": presets}, fields["contracts"]["items"], {"$ref": "#/$defs/PartOfContract"}]
    }
    template = definitions[_part_of("Service", definitions)]
    volume = {"type": "number", "exclusiveMinimum": 0, "maximum": VOLUME.maximum, "unit": VOLUME.name}
    template["properties"] |= {
        "template": {
            "type": "string",
            "title": "Template",
            "description": "The service template to start from.",
        },
        "volume": {**volume, "title": "Volume", "description": "Size in times the template: 0.5 is half of it."},
    }
    uses = {"$ref": "#/$defs/PartOfService", "anyOf": [{"required": ["template"]}, {"required": ["volume"]}]}
    fields["services"]["items"] = {"anyOf": [fields["services"]["items"], uses]}
    fields |= {
        "service_templates": {
            "type": ["object", "null"],
            "additionalProperties": {"$ref": "#/$defs/PartOfService"},
            "title": "Service templates",
            "description": "Services by name that are written once and used many times.",
        },
        "extends": {
            "type": "string",
            "title": "Extends",
            "description": "The scenario of the library to start from.",
        },
        "overrides": {
            "type": ["object", "null"],
            "title": "Overrides",
            "description": "What differs from it: values by place, such as services.1.posts.1.fte.",
        },
    }
    document["anyOf"] = [{"required": document.pop("required")}, {"required": ["extends"]}]
    return document


def _part_of(name: str, definitions: dict[str, Any]) -> str:
    """Add a group of fields of which none must be there, nor in the groups that it holds; return its name."""
    part = f"PartOf{name}"
    if part not in definitions:
        definitions[part] = deepcopy(definitions[name])
        definitions[part].pop("required", None)
        for field in definitions[part].get("properties", {}).values():
            for kind in (field, *field.get("anyOf", ())):
                if (group := _group(kind)) and group not in _ALSO_NUMBERS:
                    kind["$ref"] = f"#/$defs/{_part_of(group, definitions)}"
    return part


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
