"""The entry models as a map: which field, and which kind of thing, stands at a place in a document."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

BOUNDS: Final = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""The bounds of a number, and what JSON Schema calls them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What may stand at a place.

    Attributes:
        model: The entry model, when a group of fields stands here.
        item: The annotation of an item, when a list or a dictionary stands here.
        is_list: Whether the items are numbered.
        choices: The values allowed, when there are only some.
        base: The plain type of a single value.
        extra: Unit and remedy, and the bounds of a number under the names that JSON Schema has for them.
        optional: Whether it may be blank.
    """

    model: type[BaseModel] | None = None
    item: Any = None
    is_list: bool = False
    choices: tuple[Any, ...] = ()
    base: Any = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    optional: bool = False


def kind_of(
    annotation: Any,  # noqa: ANN401 - what an annotation may be has no type
    metadata: Iterable[Any] = (),
    extra: Mapping[str, Any] | None = None,
) -> Kind:
    """Return what an annotation allows."""
    found: dict[str, Any] = dict(extra or {})
    optional = False
    for piece in metadata:
        found |= _extra(piece)
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *pieces = get_args(annotation)
            for piece in pieces:
                found |= _extra(piece)
        elif get_origin(annotation) in {Union, types.UnionType}:
            members = [member for member in get_args(annotation) if member is not type(None)]
            optional = len(members) < len(get_args(annotation))
            annotation = members[0]
        else:
            break
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return Kind(item=arguments[0], is_list=True, extra=found, optional=optional, base=tuple)
    if origin is dict:
        return Kind(item=arguments[1], extra=found, optional=optional, base=dict)
    if origin is Literal:
        return Kind(choices=arguments, extra=found, optional=optional, base=type(arguments[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Kind(model=annotation, extra=found, optional=optional, base=annotation)
    return Kind(extra=found, optional=optional, base=annotation)


def kind_of_field(info: FieldInfo) -> Kind:
    """Return what a field allows."""
    return kind_of(info.annotation, info.metadata, _extra(info))


def at(model: type[BaseModel], place: Iterable[str | int]) -> tuple[Kind | None, FieldInfo | None]:
    """Return what stands at a place below a model, and the field it belongs to; None where the models end."""
    kind: Kind | None = Kind(model=model, base=model)
    info: FieldInfo | None = None
    for part in place:
        if kind is None:
            return None, info
        if kind.model is not None:
            if part not in kind.model.model_fields:
                return None, info
            info = kind.model.model_fields[str(part)]
            kind = kind_of_field(info)
        elif kind.item is not None:
            kind = kind_of(kind.item)
        else:
            return None, info
    return kind, info


def _extra(piece: object) -> Mapping[str, Any]:
    extra = getattr(piece, "json_schema_extra", None)
    parts = (piece, *getattr(piece, "metadata", ()))
    bounds = {name: getattr(part, bound) for part in parts for bound, name in BOUNDS.items() if hasattr(part, bound)}
    return bounds | (dict(extra) if isinstance(extra, Mapping) else {})
