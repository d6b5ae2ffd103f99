"""As much of a scenario as is valid: what does not fit together is reported beside what is wrong in its parts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from funding_model.problems import Problem
from funding_model.scenario.scenario import Scenario, whole_problems
from funding_model.scenario.walk import Kind, kind_of, kind_of_field

Model = TypeVar("Model", bound=BaseModel)


def problems_between_the_parts(document: Mapping[str, Any]) -> list[Problem]:
    """Return what does not fit together in a document that is not valid as a whole."""
    return whole_problems(as_far_as_valid(Scenario, document))


def as_far_as_valid(model: type[Model], data: object) -> Model:
    """Return an unvalidated entry that holds what is valid in the data, its names as they stand, and else the defaults.

    It is good for nothing but looking for further problems: a required field may be None.
    """
    try:
        return model.model_validate(data)
    except ValidationError:
        entered = data if isinstance(data, dict) else {}
    values = {name: _value(model, name, entered[name]) for name in model.model_fields if name in entered}
    blanks = {name: _blank(field) for name, field in model.model_fields.items() if name not in entered}
    return model.model_construct(**blanks, **values)


@cache
def _reader(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = model.model_fields[name].annotation
    return TypeAdapter(annotation)


def _value(model: type[BaseModel], name: str, data: object) -> Any:  # noqa: ANN401 - a field of any kind
    field = model.model_fields[name]
    kind = kind_of_field(field)
    if kind.model is not None:
        return None if data is None and kind.optional else as_far_as_valid(kind.model, data)
    item = kind_of(kind.item) if kind.is_list else Kind()
    if item.model is not None:
        return tuple(as_far_as_valid(item.model, each) for each in data) if isinstance(data, list | tuple) else ()
    try:
        return _reader(model, name).validate_python(data)
    except ValidationError:
        holds_names = kind.base is str or (kind.base is dict and kind_of(kind.item).base is float)
        return data if holds_names and isinstance(data, kind.base) else _blank(field)


def _blank(field: FieldInfo) -> Any:  # noqa: ANN401 - a field of any kind
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    kind = kind_of_field(field)
    if kind.model is not None:
        return as_far_as_valid(kind.model, {})
    return () if kind.is_list else None
