"""What a model expects at a place in a document, read from the JSON Schema of the model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from decision.load.problems import Path

__all__ = ["keys_at", "may_be_thousands"]

_THOUSAND = 1000


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the mapping at ``path`` can have; none where any key will do."""
    found = (key for schema in _at(model, path) for key in schema.get("properties", ()))
    return tuple(dict.fromkeys(found))


def may_be_thousands(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at ``path`` is a number that can be a thousand or more."""
    return any(
        schema.get("type") in {"number", "integer"}
        and schema.get("maximum", _THOUSAND) >= _THOUSAND
        for schema in _at(model, path)
    )


@cache
def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _at(model: type[BaseModel], path: Path) -> list[dict[str, Any]]:
    """Every schema that the value at ``path`` may follow."""
    whole = _schema_of(model)
    schemas = list(_branches(whole, whole))
    for step in path:
        schemas = [
            branch
            for schema in schemas
            for inner in _inside(schema, step)
            for branch in _branches(inner, whole)
        ]
    return schemas


def _branches(schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself, or the alternatives that it names."""
    if "$ref" in schema:
        yield from _branches(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in schema or "oneOf" in schema:
        for branch in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
            yield from _branches(branch, whole)
    else:
        yield schema


def _inside(schema: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    """The schema of what is found one step further."""
    if isinstance(step, int):
        items = schema.get("prefixItems", [])
        inner = items[step] if step < len(items) else schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    if isinstance(inner, dict):
        yield inner
