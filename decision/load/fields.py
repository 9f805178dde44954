"""What a model expects at a place in a document, read from the JSON Schema of the model.

The schema of a whole document takes longer to make than the document takes to read. So the way is
followed by the types as far as they are models, and only the last of these makes its schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decision.load.problems import Path

__all__ = ["keys_at", "may_be_thousands", "takes_text"]

Schema = dict[str, Any]

_THOUSAND = 1000


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the mapping at ``path`` can have; none where any key will do."""
    return _at(model, path).keys


def may_be_thousands(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` is a number that can be a thousand or more."""
    return _at(model, path).thousands


def takes_text(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` can be a text, and no number or truth value."""
    return _at(model, path).text


class _Stand:
    """What may follow at one place of a model; places that are alike share one."""

    def __init__(self, schemas: tuple[Schema, ...], whole: Schema) -> None:
        self._schemas, self._whole = schemas, whole
        self._steps: dict[str | int | None, _Stand] = {}
        self._listed = max((len(schema.get("prefixItems", ())) for schema in schemas), default=0)
        self.keys = tuple(dict.fromkeys(k for s in schemas for k in s.get("properties", ())))
        self.thousands = any(
            schema.get("type") in {"number", "integer"}
            and schema.get("maximum", _THOUSAND) >= _THOUSAND
            for schema in schemas
        )
        kinds = {schema.get("type") for schema in schemas}
        self.text = "string" in kinds and not kinds & {"number", "integer", "boolean"}

    def step(self, step: str | int) -> _Stand:
        """What may follow one step further."""
        if isinstance(step, int):
            to: str | int | None = min(step, self._listed)
        else:
            to = step if step in self.keys else None
        if to not in self._steps:
            found = (
                branch
                for schema in self._schemas
                for inner in _inside(schema, step)
                for branch in _branches(inner, self._whole)
            )
            self._steps[to] = _Stand(tuple(found), self._whole)
        return self._steps[to]


@cache
def _start(model: type[BaseModel]) -> _Stand:
    whole = model.model_json_schema()
    return _Stand(tuple(_branches(whole, whole)), whole)


def _at(model: type[BaseModel], path: Path) -> _Stand:
    """What may follow at ``path``."""
    last, left = model, path
    types: list[Any] = [model]
    for at, step in enumerate(path[:-1], 1):
        types = [one for kind in types for one in _types_inside(kind, step)]
        models = [one for one in types if _is_model(one)]
        if len(models) == 1:
            last, left = models[0], path[at:]
    stand = _start(last)
    for step in left:
        stand = stand.step(step)
    return stand


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _types_inside(kind: Any, step: str | int) -> Iterator[Any]:  # noqa: ANN401 - any type
    """The types of what is found one step further, each alternative by itself."""
    inner = get_args(kind)
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                yield from _alternatives(field.annotation)
    elif get_origin(kind) is Mapping:
        yield from _alternatives(inner[1])
    elif get_origin(kind) is tuple and Ellipsis in inner:
        yield from _alternatives(inner[0])


def _alternatives(kind: Any) -> Iterator[Any]:  # noqa: ANN401
    if get_origin(kind) is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) in {Union, UnionType}:
        for one in get_args(kind):
            yield from _alternatives(one)
    else:
        yield kind


def _branches(schema: Schema, whole: Schema) -> Iterator[Schema]:
    """The schema itself, or the alternatives that it names."""
    if "$ref" in schema:
        yield from _branches(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in schema or "oneOf" in schema:
        for branch in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
            yield from _branches(branch, whole)
    else:
        yield schema


def _inside(schema: Schema, step: str | int) -> Iterator[Schema]:
    """The schema of what is found one step further."""
    if isinstance(step, int):
        items = schema.get("prefixItems", [])
        inner = items[step] if step < len(items) else schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    if isinstance(inner, dict):
        yield inner
