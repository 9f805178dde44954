"""What a model expects at a place: the short way by the types finds what its whole schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decision.load.fields import keys_at, may_be_thousands, takes_text
from decision.model.knowledge import Knowledge
from decision.model.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

Schema = dict[str, object]
Path = tuple[str | int, ...]

DEPTH = 5


def places(schema: object, whole: Schema, at: Path = ()) -> Iterator[tuple[Path, list[Schema]]]:
    """Every place of a schema up to some depth, with the schemas that hold there."""
    options = list(alternatives(schema, whole))
    yield at, options
    if len(at) < DEPTH:
        for step, inner in steps(options).items():
            yield from places({"anyOf": inner}, whole, (*at, step))


def alternatives(schema: object, whole: Schema) -> Iterator[Schema]:
    """The schema itself, or what it refers to."""
    assert isinstance(schema, dict)
    if "$ref" in schema:
        definitions = whole["$defs"]
        assert isinstance(definitions, dict)
        yield from alternatives(definitions[schema["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in schema or "oneOf" in schema:
        for one in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
            yield from alternatives(one, whole)
    else:
        yield schema


def steps(options: list[Schema]) -> dict[str | int, list[object]]:
    """What follows one step further: by key, for any other key, and for the first item."""
    found: dict[str | int, list[object]] = {}
    for option in options:
        fields = option.get("properties", {})
        assert isinstance(fields, dict)
        for key, inner in fields.items():
            found.setdefault(key, []).append(inner)
        if isinstance(option.get("additionalProperties"), dict):
            found.setdefault("any", []).append(option["additionalProperties"])
        items = option.get("prefixItems")
        first = items[0] if isinstance(items, list) and items else option.get("items")
        if isinstance(first, dict):
            found.setdefault(0, []).append(first)
    return found


def is_large(option: Schema) -> bool:
    """Whether it is a number that can be a thousand."""
    limit = option.get("maximum", 1000)
    assert isinstance(limit, int | float)
    return option.get("type") in {"number", "integer"} and limit >= 1000


@pytest.mark.parametrize("model", [Region, Knowledge])
def test_the_types_lead_where_the_schema_leads(model: type[BaseModel]) -> None:
    """At every place: the same keys, and the same answer whether 122.000 may be a thousand."""
    whole = model.model_json_schema()
    found = list(places(whole, whole))
    assert len(found) > 200
    for at, options in found:
        keys = {key for option in options for key in option.get("properties", {})}  # type: ignore[attr-defined]
        assert set(keys_at(model, at)) == keys, at
        assert may_be_thousands(model, at) == any(map(is_large, options)), at
        kinds = {option.get("type") for option in options}
        text = "string" in kinds and not kinds & {"number", "integer", "boolean"}
        assert takes_text(model, at) == text, at
