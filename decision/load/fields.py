"""What a model expects at a place in a document, read from the JSON Schema of the model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from decision.load.problems import Path

__all__ = ["keys_at", "may_be_thousands"]

Schema = dict[str, Any]

_THOUSAND = 1000


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the mapping at ``path`` can have; none where any key will do."""
    return _at(model, path).keys


def may_be_thousands(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` is a number that can be a thousand or more."""
    return _at(model, path).thousands


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
    stand = _start(model)
    for step in path:
        stand = stand.step(step)
    return stand


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
