"""From a scenario to text: YAML that a person reads, complete JSON that a program keeps, and a hash of the two."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import yaml
from pydantic import BaseModel

from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.fields import Sourced
from funding_model.scenario.presets import preset_document
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.yaml_text import plain_scalar

_WIDEST_LINE: Final = 10_000


def dump_yaml(scenario: Scenario) -> str:
    """Return a scenario as YAML in the order of its fields, without what is left at its default."""
    return yaml.dump(
        {"schema_version": scenario.schema_version, **_brief(scenario)},
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDEST_LINE,
        default_flow_style=False,
    )


def dump_json(scenario: Scenario) -> str:
    """Return a scenario as JSON with every field in it, so that later defaults and presets change nothing."""
    return json.dumps(_tidy(scenario.model_dump(mode="json")), ensure_ascii=False, indent=2) + "\n"


def input_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of everything entered: equal scenarios have equal hashes."""
    text = json.dumps(_tidy(scenario.model_dump(mode="json")), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _tidy(value: Any) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Write 30000.0 as 30000, and lists as lists."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tidy(item) for item in value]
    return value


def _brief(entry: BaseModel) -> dict[str, Any]:
    """Return the fields of an entry that are not at their default, where they come from last."""
    fields = type(entry).model_fields
    in_order = sorted(fields, key=lambda name: name in Sourced.model_fields)
    values = {name: getattr(entry, name) for name in in_order}
    return {
        name: _plain(value)
        for name, value in values.items()
        if fields[name].is_required() or value != fields[name].get_default(call_default_factory=True)
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field's value of any kind
    if isinstance(value, Assumption | YearlyGrowth):
        return _as_a_number(value)
    if isinstance(value, Contract):
        return _contract(value)
    if isinstance(value, BaseModel):
        return _brief(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return _tidy(value)


def _as_a_number(entry: Assumption | YearlyGrowth) -> Any:  # noqa: ANN401 - a number or a group
    """Return the bare number that stands for an assumption of your own, or else its fields."""
    number = entry.value if isinstance(entry, Assumption) else entry.every_year
    if number is not None and type(entry).model_validate(number) == entry:
        return _tidy(number)
    return _brief(entry)


def _contract(contract: Contract) -> dict[str, Any]:
    """Return a contract with whatever differs from the defaults, or would be taken from its preset and is not so."""
    document = {"name": contract.name, **_brief(contract)}
    if not contract.preset:
        return document
    preset = Contract.model_validate(preset_document(contract.preset))
    if contract.description != preset.description:
        document["description"] = contract.description
    for component in COMPONENTS:
        entered, start = getattr(contract, component), getattr(preset, component)
        written = document.get(component, {})
        for name in type(entered).model_fields:
            if getattr(entered, name) != getattr(start, name):
                written[name] = _plain(getattr(entered, name))
        if written:
            document[component] = {name: written[name] for name in type(entered).model_fields if name in written}
    return document


class _Dumper(yaml.SafeDumper):
    """Writes exactly what this project's reader reads: its own plain scalars, no anchors, no tags."""

    def ignore_aliases(self, _data: Any) -> bool:  # noqa: ANN401 - the signature of the base
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - of the base
        super().increase_indent(flow, indentless=False)


def _write_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    if not text.replace("\n", "").isprintable():
        style = '"'
    elif len(lines) > 1:
        style = "|" if all(line == line.strip() for line in lines) and lines[0] and lines[-1] else '"'
    else:
        style = "" if isinstance(plain_scalar(text), str) and text not in {"=", "<<"} else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style or None)


def _write_number(dumper: _Dumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", repr(number))


def _write_yes_or_no(dumper: _Dumper, value: bool) -> yaml.ScalarNode:  # noqa: FBT001 - the value to write
    return dumper.represent_scalar("tag:yaml.org,2002:str", "yes" if value else "no")


def _write_blank(dumper: _Dumper, _value: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", "null")


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(int, _write_number)
_Dumper.add_representer(float, _write_number)
_Dumper.add_representer(bool, _write_yes_or_no)
_Dumper.add_representer(type(None), _write_blank)
