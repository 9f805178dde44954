"""What a model expects at a place in a document, read from its types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ForwardRef,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
)

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from decision.load.problems import Path

__all__ = ["keys_at", "may_be_thousands", "takes_text"]

_THOUSAND = 1000
_NUMBERS = (int, float)


class _Kind(NamedTuple):
    """A type that a value can have, and of a number the most that it can be."""

    type: Any
    most: float = inf


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the mapping at ``path`` can have; none where any key will do."""
    models = [kind.type for kind in _at(model, path) if _is_model(kind.type)]
    return tuple(dict.fromkeys(key for one in models for key in _fields(one)))


def may_be_thousands(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` is a number that can be a thousand or more."""
    return any(kind.type in _NUMBERS and kind.most >= _THOUSAND for kind in _at(model, path))


def takes_text(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` can be a text, and no number or truth value."""
    types = {kind.type for kind in _at(model, path)}
    return str in types and not types & {*_NUMBERS, bool}


def _at(model: type[BaseModel], path: Path) -> list[_Kind]:
    """The types that the value at ``path`` can have."""
    found = [*_alternatives(model)]
    for step in path:
        found = [one for kind in found for one in _inside(kind.type, step)]
    return found


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by their keys; one that names a type further on is completed first."""
    if any(isinstance(field.annotation, ForwardRef) for field in model.model_fields.values()):
        model.model_rebuild()
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _inside(kind: Any, step: str | int) -> Iterator[_Kind]:  # noqa: ANN401 - any type
    """The types of what is found one step further."""
    inner, origin = get_args(kind), get_origin(kind)
    if _is_model(kind):
        if (field := _fields(kind).get(str(step))) is not None:
            yield from _alternatives(field.annotation, _most(field.metadata))
    elif origin is Mapping and isinstance(step, str):
        yield from _alternatives(inner[1])
    elif origin is tuple and isinstance(step, int):
        listed = inner[:1] if Ellipsis in inner else inner[step : step + 1]
        for one in listed:
            yield from _alternatives(one)


def _alternatives(kind: Any, most: float = inf) -> Iterator[_Kind]:  # noqa: ANN401
    """Each type by itself; of what can stand for a model without its keys that type as well."""
    inner, origin = get_args(kind), get_origin(kind)
    if origin is Annotated:
        yield from _alternatives(inner[0], min(most, _most(inner[1:])))
    elif origin in {Union, UnionType}:
        for one in inner:
            yield from _alternatives(one, most)
    elif origin is Literal:
        yield from {_Kind(type(value)) for value in inner}
    else:
        yield _Kind(kind, most)
        if _is_model(kind) and (key := getattr(kind, "KEY", None)):
            yield from _alternatives(kind.model_fields[key].annotation)


def _most(limits: Iterable[object]) -> float:
    """The most that a number can be, by the limits that go with its type."""
    each = (one for limit in limits for one in getattr(limit, "metadata", (limit,)))
    return min((one.le for one in each if hasattr(one, "le")), default=inf)
