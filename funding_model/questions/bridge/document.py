"""Document: a bridge as plain data for JSON and CSV, described key by key in ``docs/json.md``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from funding_model import __version__
from funding_model.questions.bridge import Bridge, Bridged, part_names
from funding_model.questions.compare import data_date
from funding_model.questions.notes import LIMITS
from funding_model.questions.tidy import Cell, table_csv
from funding_model.scenario.dumping import input_hash

COLUMNS: Final = (
    "from_scenario", "from", "to_scenario", "to", "result", "unit", "part", "value", "swapped_first", "swapped_last",
)  # fmt: skip
WHOLES: Final = ("from_value", "to_value", "difference", "interaction")


def as_document(bridge: Bridge) -> dict[str, Any]:
    """Return a bridge as plain data: numbers unrounded, a part that does not differ as 0."""
    return {
        "from": bridge.start.contract,
        "to": bridge.end.contract,
        "from_scenario": bridge.start.scenario.name,
        "to_scenario": bridge.end.scenario.name,
        "differing": list(bridge.parts),
        "inputs_joined": bridge.joined,
        "cases": bridge.cases,
        "results": [_result(bridge, found) for found in bridge.results],
        "left_out": list(bridge.left_out),
        "notes": list(bridge.notes),
        "limits": list(LIMITS),
        "meta": {
            "version": __version__,
            "from_input_hash": input_hash(bridge.start.scenario),
            "to_input_hash": input_hash(bridge.end.scenario),
            "reference_data_date": data_date(),
        },
    }


def _result(bridge: Bridge, found: Bridged) -> dict[str, Any]:
    parts = {part.name: part for part in found.parts}

    def each(field: str) -> dict[str, float]:
        return {name: getattr(parts[name], field) + 0.0 if name in parts else 0.0 for name in part_names(bridge)}

    return {
        "result": found.result.name,
        "label": found.result.label,
        "unit": found.result.unit,
        "from_value": found.from_value,
        "to_value": found.to_value,
        "difference": found.difference,
        "parts": each("value"),
        "swapped_first": each("first"),
        "swapped_last": each("last"),
        "interaction": found.interaction,
        "depends_on_what_else_changes": [part.name for part in found.parts if part.depends],
    }


def as_csv(bridges: Sequence[Bridge]) -> str:
    """Return bridges as one table: a row for each result's values and for each of its parts."""
    return table_csv(COLUMNS, (row for bridge in bridges for row in _rows(as_document(bridge))))


def _rows(document: dict[str, Any]) -> Iterator[tuple[Cell, ...]]:
    ends = (document["from_scenario"], document["from"], document["to_scenario"], document["to"])
    for found in document["results"]:
        about = (*ends, found["result"], found["unit"])
        yield from ((*about, name, found[name], "", "") for name in WHOLES)
        for name, value in found["parts"].items():
            yield (*about, name, value, found["swapped_first"][name], found["swapped_last"][name])
