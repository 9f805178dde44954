"""JSON Schema of a region file, for editors: completion, hover help and a check while writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from decision.model.forms import Choice
from decision.model.knowledge import UNKNOWN, FactDefinition, Knowledge
from decision.model.region import Region
from decision.words.catalogue import Messages, catalogue

__all__ = ["region_schema"]

Schema = dict[str, Any]


def region_schema(knowledge: Knowledge, lang: str) -> Schema:
    """The JSON Schema (2020-12) of a region file that is judged by ``knowledge``.

    It names every id that the file can refer to, and describes every field in ``lang``.
    """
    words = catalogue(lang, "schema")
    schema: Schema = _tidy(Region.model_json_schema())
    models: Schema = {"Region": schema, **schema["$defs"]}
    for name, model in models.items():
        _describe(name, _block(model), words)
    _name_ids(models, knowledge)
    _name_facts(models, knowledge, words)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _tidy(schema: Any, *, names: bool = False) -> Any:  # noqa: ANN401 - any part of a schema
    """The schema without the titles and defaults that pydantic makes up; ``names`` are ids."""
    if isinstance(schema, list):
        return [_tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _tidy(part, names=key in {"properties", "$defs"} and not names)
        for key, part in schema.items()
        if names or key not in {"title", "default", "description"}
    }


def _block(model: Schema) -> Schema:
    """The part of a model's schema that has its keys: a bare value may be allowed beside it."""
    return model if "properties" in model else next(m for m in model["anyOf"] if "properties" in m)


def _describe(name: str, block: Schema, words: Messages) -> None:
    block["description"] = words.say(f"{name}.about")
    for key, field in block["properties"].items():
        field["description"] = words.say(f"{name}.fields.{key}")


def _name_ids(models: Schema, knowledge: Knowledge) -> None:
    """Name the ids of forms, netnummers, groups, kengetallen, documents and choices."""
    netnummers, forms = sorted(knowledge.netnummers), list(knowledge.forms)
    region = models["Region"]["properties"]
    region["number"]["enum"] = [*netnummers, UNKNOWN]
    models["GroupOf"]["properties"]["number"]["enum"] = netnummers
    for key in ("ambition", "end_state"):
        region[key]["anyOf"][0]["enum"] = forms
    for member in ("Municipality", "Neighbour"):
        models[member]["properties"]["coverage"]["propertyNames"] = {"enum": netnummers}
    _name_current(models["Current"]["properties"], knowledge)
    groups = {name: group.name for name, group in knowledge.groups.items()}
    _name_groups(models["Weights"], groups)
    aspects = {name: aspect.name for name, aspect in knowledge.aspects.items()}
    _name_keys(models["Municipality"]["properties"]["positions"], aspects)
    graded = {name: one.name for name, one in knowledge.criteria.items() if one.grades}
    _name_keys(region["levels"], graded)
    for key, offered in (
        ("projects", knowledge.projects),
        ("channel_steering", knowledge.channel_steering),
    ):
        _name_keys(region[key], {name: one.does for name, one in offered.items()})
    kengetallen = {name: f"{k.name} ({k.unit})" for name, k in knowledge.kengetallen.items()}
    _name_keys(region["kengetallen"], kengetallen)
    for name, kengetal in knowledge.kengetallen.items():
        low, high = kengetal.possible
        number = {"type": "integer"} if kengetal.whole else {}
        region["kengetallen"]["properties"][name].update(number, minimum=low, maximum=high)
    document = models["Source"]["properties"]["document"]
    document["anyOf"] = [{"enum": list(knowledge.sources)}, {"type": document.pop("type")}]
    for key in ("wants", "accepts", "refuses"):
        _name_options(models["Wishes"]["properties"][key], knowledge.choices)


def _name_current(current: Schema, knowledge: Knowledge) -> None:
    """Name what can be in use, done, decided and paid already."""
    for key, names in (("form", knowledge.forms), ("number", sorted(knowledge.netnummers))):
        current[key]["anyOf"][0]["enum"] = [*names]
    done = [name for name, one in knowledge.activities.items() if not one.milestone]
    current["done"]["items"]["enum"] = done
    decisions = {n: one.does for n, one in knowledge.activities.items() if one.level == "decision"}
    _name_keys(current["decisions"], decisions)
    _name_keys(current["spent"], {name: one.name for name, one in knowledge.investments.items()})


def _name_groups(weights: Schema, groups: Mapping[str, str]) -> None:
    """Name the groups of criteria in every way of weighing them."""
    bare, block = weights["anyOf"]
    ways = (block["properties"][way]["anyOf"][0] for way in ("points", "swing", "bounds"))
    for field in (bare, *ways):
        _name_keys(field, groups)
    places = block["properties"]["order"]["anyOf"][0]["items"]
    places["anyOf"] = [
        {"enum": [*groups]},
        {"type": "array", "items": {"enum": [*groups]}},
    ]
    places.pop("oneOf", None)


def _name_keys(field: Schema, about: Mapping[str, str]) -> None:
    """Name the keys of a mapping, each with what it is about."""
    value = field["additionalProperties"]
    field["properties"] = {name: {**value, "description": text} for name, text in about.items()}
    field["additionalProperties"] = False


def _name_options(field: Schema, choices: Mapping[str, Choice]) -> None:
    """Name the inrichtingskeuzes, each with its own options."""
    field["properties"] = {
        name: {
            "type": "array",
            "items": {"enum": list(choice.options)},
            "description": "\n".join(
                [choice.question, *(f"{key}: {one.text}" for key, one in choice.options.items())]
            ),
        }
        for name, choice in choices.items()
    }
    field["additionalProperties"] = False


def _name_facts(models: Schema, knowledge: Knowledge, words: Messages) -> None:
    """Name the facts of each kind of partner, each with its levels."""
    fact = _block(models["Fact"])
    owners = {
        "Region": "region",
        "Municipality": "municipality",
        "Neighbour": "municipality",
        "Organisation": "organisation",
    }
    for model, owner in owners.items():
        facts = models[model]["properties"]["facts"]
        facts["additionalProperties"] = False
        facts["properties"] = {
            name: _fact(definition, fact, words.say(f"partners.{owner}"))
            for name, definition in knowledge.facts.items()
            if definition.of == owner and definition.among_facts
        }


def _fact(definition: FactDefinition, block: Schema, partner: str) -> Schema:
    """A fact as a bare value, or as a block with its value, note and source."""
    question = definition.question.format(partner=partner)
    levels = [f"{name}: {text}" for name, text in definition.levels.items()]
    value = _value(definition.levels, several=definition.kind == "set")
    properties = {**block["properties"], "value": value}
    return {
        "description": "\n".join([f"{definition.name}. {question}", *levels]),
        "anyOf": [value, {**block, "properties": properties}],
    }


def _value(levels: Iterable[str], *, several: bool) -> Schema:
    if not several:
        return {"enum": [*levels, UNKNOWN]}
    some = {"type": "array", "items": {"enum": [*levels]}, "minItems": 1, "uniqueItems": True}
    return {"anyOf": [some, {"enum": [UNKNOWN]}]}
