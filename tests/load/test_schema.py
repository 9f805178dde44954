"""The JSON Schema of a region file: it helps an editor with every key and every id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from decision.load import load_knowledge, region_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decision.model.knowledge import Knowledge


@pytest.fixture(scope="module", params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language of the program."""
    return str(request.param)


@pytest.fixture(scope="module")
def knowledge(lang: str) -> Knowledge:
    """The knowledge that comes with the program."""
    return load_knowledge(lang=lang)


@pytest.fixture(scope="module")
def schema(knowledge: Knowledge, lang: str) -> dict[str, Any]:
    """The schema in one language."""
    return region_schema(knowledge, lang)


def parts(schema: object) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def municipality(schema: dict[str, Any]) -> dict[str, Any]:
    """The keys of a municipality."""
    keys: dict[str, Any] = schema["$defs"]["Municipality"]["properties"]
    return keys


def test_the_schema_says_which_draft_it_follows(schema: dict[str, Any]) -> None:
    """Editors read draft 2020-12, and an unknown key is wrong in it."""
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert {"id", "name", "number", "municipalities"} <= set(schema["required"])
    assert "costs" not in schema["required"]


def test_every_reference_in_the_schema_leads_somewhere(schema: dict[str, Any]) -> None:
    """No part of the schema refers to a definition that is not there."""
    wanted = {part["$ref"] for part in parts(schema) if isinstance(part.get("$ref"), str)}
    assert wanted <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_every_key_is_explained(schema: dict[str, Any]) -> None:
    """Each key that a writer can use comes with a sentence."""
    for model in (schema, *schema["$defs"].values()):
        block = model if "properties" in model else model["anyOf"][-1]
        assert block["description"]
        assert all(field["description"] for field in block["properties"].values())


def test_facts_come_with_their_levels(schema: dict[str, Any], knowledge: Knowledge) -> None:
    """A fact is one of its levels or unknown, as a bare value or with a note and a source."""
    fact = municipality(schema)["facts"]["properties"]["vision"]
    levels = [*knowledge.facts["vision"].levels, "unknown"]
    bare, block = fact["anyOf"]
    assert bare == {"enum": levels}
    assert block["properties"]["value"] == {"enum": levels}
    assert knowledge.facts["vision"].name in fact["description"]
    several = municipality(schema)["facts"]["properties"]["handling"]["anyOf"][0]
    assert several["anyOf"][0]["type"] == "array"


def test_a_fact_that_is_worked_out_cannot_be_written(
    schema: dict[str, Any], knowledge: Knowledge
) -> None:
    """Only facts of the partner itself can be declared, and no derived ones."""
    offered = municipality(schema)["facts"]["properties"]
    derived = {name for name, fact in knowledge.facts.items() if fact.derived}
    assert derived
    assert not derived & set(offered)
    assert all(knowledge.facts[name].of == "municipality" for name in offered)


def test_ids_are_offered(schema: dict[str, Any], knowledge: Knowledge) -> None:
    """Forms, netnummers, groups, kengetallen and options can be chosen from a list."""
    region = schema["properties"]
    assert region["number"]["enum"] == [*sorted(knowledge.netnummers), "unknown"]
    assert region["ambition"]["anyOf"][0]["enum"] == list(knowledge.forms)
    assert set(region["kengetallen"]["properties"]) == set(knowledge.kengetallen)
    assert set(schema["$defs"]["Weights"]["anyOf"][0]["properties"]) == set(knowledge.groups)
    graded = {name for name, one in knowledge.criteria.items() if one.grades}
    assert set(region["levels"]["properties"]) == graded
    wants = schema["$defs"]["Wishes"]["properties"]["wants"]["properties"]
    assert set(wants) == set(knowledge.choices)
    choice = next(iter(knowledge.choices))
    assert wants[choice]["items"]["enum"] == list(knowledge.choices[choice].options)


def test_a_bare_number_is_a_figure(schema: dict[str, Any]) -> None:
    """The number of inhabitants is a bare number or a block with its source."""
    bare, block = schema["$defs"]["Figure"]["anyOf"]
    assert bare["type"] == "number"
    assert "source" in block["properties"]
