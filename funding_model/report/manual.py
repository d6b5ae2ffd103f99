"""Manual: the pages of the documentation that are drawn from the code itself; ``make docs`` writes them anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from funding_model.reference.defaults import LEVELS, AssumptionDefault, assumption_defaults
from funding_model.scenario.schema import schema

Definition = Mapping[str, Any]

GROUPS: Final = {
    "Organisation": "Organisation Pool OtherActivity FunderRule Reconciliation",
    "Services": "Service Post Cohort RedundancyTerms Line OtherFunder PeopleSupported VolumeChange SocialValue",
    "Contracts": "Contract Term Award Price DatedFactor Movement Payment Monitoring Flexibility",
    "Assumptions": "Assumptions ServiceAssumptions Assumption YearlyGrowth Correlation",
}
"""Which groups of fields stand together on the page, in reading order."""
LEVEL_TITLES: Final = {
    "economy": "The economy",
    "organisation": "Entered for the organisation",
    "service": "Entered for the organisation or for a service",
    "contract": "Entered for a contract",
}
ABOUT_FIELDS: Final = """\
Written by `make docs` from the models that check a scenario when it is opened; `funding-model schema` prints the same
as JSON Schema, with what a file may hold in their place: contracts by the name of a preset, service templates, and what
extends a scenario of the library. A field without a default must be entered. Fractions are entered as such: 12 per cent
is 0.12. What each field does is in [method.md](method.md), and so are the fields that are kept with a scenario and
change no result."""
ABOUT_ASSUMPTIONS: Final = """\
Written by `make docs` from `funding_model/reference/data/assumptions.yaml`. What has no evidence is blank, or stands
where it does nothing, and the report says that its effect is off. *Confidence* is how far the default can be relied on;
a figure of your own is better than any of them."""


def fields_page() -> str:
    """Return the page of every field that a scenario can have, from its schema."""
    document = schema()
    definitions: Mapping[str, Definition] = document["$defs"]
    lines = ["# Every field of a scenario", "", ABOUT_FIELDS, "", *_group("Scenario", document, definitions)]
    groups = {title: names.split() for title, names in GROUPS.items()}
    placed = {name for names in groups.values() for name in names}
    groups["Others"] = [name for name, each in definitions.items() if "properties" in each and name not in placed]
    for title, names in groups.items():
        lines += [f"## {title}", ""] if names else []
        for name in names:
            lines += _group(name, definitions[name], definitions)
    return _page(lines)


def _group(name: str, definition: Definition, definitions: Mapping[str, Definition]) -> Iterator[str]:
    required = definition.get("required", ())
    yield f"### {name}"
    yield ""
    yield str(definition.get("description", ""))
    yield ""
    yield "| field | title | holds | default | what it is |"
    yield "|---|---|---|---|---|"
    for key, field in definition["properties"].items():
        default = "must be entered" if key in required else _default(field, definitions)
        cells = (f"`{key}`", field["title"], _holds(field, definitions), default, field["description"])
        yield "| " + " | ".join(_cell(text) for text in cells) + " |"
    yield ""


def _default(field: Definition, definitions: Mapping[str, Definition]) -> str:
    value = field.get("default")
    if isinstance(value, dict):
        value = value.get("value") if field.get("$ref", "").endswith("/Assumption") else None
        kind = str(field.get("$ref", "")).removeprefix("#/$defs/")
        if value is None:
            return f"as in {kind}" if kind in definitions and kind != "Assumption" else "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value)
    return str(value) if value else "blank"


def _holds(field: Definition, definitions: Mapping[str, Definition]) -> str:
    """Say in words what may stand in a field: the group of fields, a list, or one value."""
    if "$ref" in field:
        name = str(field["$ref"]).removeprefix("#/$defs/")
        words = f"{name}, {field['unit']}{_bounds(field)}" if "unit" in field else name
        return words if "properties" in definitions[name] else "any value"
    if "anyOf" in field:
        kind = next(each for each in field["anyOf"] if each.get("type") != "null")
        return _holds({**kind, **({"unit": field["unit"]} if "unit" in field else {})}, definitions)
    if field.get("type") == "array":
        return f"list of {_holds(field['items'], definitions)}"
    if field.get("type") == "object":
        inner = field.get("additionalProperties") or next(iter(field["patternProperties"].values()))
        return f"by name: {_holds(inner, definitions)}"
    return _one_value(field)


def _one_value(field: Definition) -> str:
    if "const" in field or "enum" in field:
        choices = field.get("enum", [field.get("const")])
        named = ", ".join(_number(each) if isinstance(each, int) else f"`{each}`" for each in choices)
        return f"{named} {field.get('unit', '')}".strip()
    if field.get("type") == "boolean":
        return "yes or no"
    if field.get("type") == "string":
        return str(field.get("unit", "text"))
    whole = "whole number: " if field.get("type") == "integer" and "whole" not in field["unit"] else ""
    return f"{whole}{field['unit']}{_bounds(field)}"


def _bounds(field: Definition) -> str:
    least, above, most = (field.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    parts = [f"at least {_number(least)}"] if least is not None else []
    parts += [f"above {_number(above)}"] if above is not None else []
    parts += [f"at most {_number(most)}"] if most is not None else []
    return f"; {', '.join(parts)}" if parts else ""


def assumptions_page() -> str:
    """Return the page of every assumption with its default, its source and how far it can be relied on."""
    lines = ["# The assumptions and their defaults", "", ABOUT_ASSUMPTIONS, ""]
    for level in LEVELS:
        lines += [f"## {LEVEL_TITLES[level]}", ""]
        for name, default in assumption_defaults().items():
            if default.level == level:
                lines += _assumption(name, default)
    return _page(lines)


def _assumption(name: str, default: AssumptionDefault) -> Iterator[str]:
    yield f"### {default.title} (`{name}`)"
    yield ""
    yield default.help
    yield ""
    yield f"- Default: {_value_in_words(default)}"
    yield f"- Status and confidence: {default.status}; {default.confidence}"
    yield f"- Basis: {default.basis}"
    if default.alternative is not None:
        yield f"- Alternative, never filled in: {_number(default.alternative)}. {default.alternative_note}".rstrip()
    address = f" <{default.url}>" if default.url else ""
    dated = f", {default.date}" if default.date else ""
    of_alternative = f" for the default; the alternative is of {default.date}" if default.date else ""
    yield (
        f"- Source: {default.source_title}{dated}{address}"
        if default.source_title
        else f"- Source: none{of_alternative}"
    )
    if default.off_message:
        yield f"- While it is blank or does nothing, the report says: {default.off_message}"
    yield ""


def _value_in_words(default: AssumptionDefault) -> str:
    if default.value is None:
        return f"by financial year, from `{default.series_id}`" if default.series_id else f"blank ({default.unit})"
    if isinstance(default.value, bool):
        return "yes" if default.value else "no"
    if isinstance(default.value, str):
        return f"`{default.value}`"
    between = ""
    if default.low is not None and default.high is not None:
        between = f", reasonable between {_number(default.low)} and {_number(default.high)}"
    return f"{_number(default.value)} {default.unit}{between}"


def _number(value: float) -> str:
    return f"{value:,.15g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _page(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


PAGES: Final = {"fields.md": fields_page, "assumptions.md": assumptions_page}
"""The pages that are written, by the name of their file."""


def write_pages(folder: Path) -> None:
    """Write every page into a folder."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
