"""Reads the data files that ship inside this package; nothing outside the package is ever opened."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "int | float | str | tuple[Value, ...] | Mapping[str | int, Value] | None"
"""What a published figure may be: a number, words, a list, a table, or None when no source was found."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATA = files("funding_model.reference") / "data"


def read_yaml(name: str) -> Any:  # noqa: ANN401 - the caller knows the file's layout
    """Return the content of one YAML file of the package, such as ``real_cases/charity_accounts.yaml``."""
    text = _DATA.joinpath(*name.split("/")).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where it is built


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file of the package, each keyed by the heading of its column."""
    text = _DATA.joinpath(*name.split("/")).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def frozen(value: Any) -> Any:  # noqa: ANN401 - any YAML value in, the same one out, unchangeable
    """Return the value with every list turned into a tuple and every mapping made read-only, at all depths."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(frozen(inner) for inner in value)
    return value
