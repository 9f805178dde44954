"""The English layer says everything that the Dutch knowledge says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel

from decision.load import load_knowledge, load_region
from decision.model.installed import data_folder
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import Source, Text

NOT_WORDS = {"place", "value"}
"""Texts that stay as they are: places on the map, and levels of a fact."""

Paths = set[tuple[str, ...]]


def texts(annotation: Any, value: Any, at: tuple[str, ...] = ()) -> Paths:  # noqa: ANN401 - YAML
    """The paths of all texts in a raw document, by the types of its model."""
    if value is None or annotation is Source:
        return set()
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation == Text or (origin is tuple and isinstance(value, list) and inner[0] == Text):
        return {at} if at[-1] not in NOT_WORDS else set()
    if origin is Annotated:
        return texts(inner[0], value, at)
    if origin in (Union, UnionType):
        options = [one for one in inner if one is not NoneType]
        return set().union(*(texts(one, value, at) for one in options))
    if origin is Mapping and isinstance(value, dict):
        return set().union(*(texts(inner[1], part, (*at, str(k))) for k, part in value.items()))
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return of_model(annotation, value, at) if is_model else set()


def of_model(model: type[BaseModel], value: Any, at: tuple[str, ...]) -> Paths:  # noqa: ANN401
    """The paths of all texts below one model."""
    if not isinstance(value, dict):
        return set()
    hints = {
        field.alias or name: rebuilt(field.annotation, field.metadata)
        for name, field in model.model_fields.items()
    }
    return set().union(
        *(texts(hints[key], part, (*at, key)) for key, part in value.items() if key in hints)
    )


def rebuilt(annotation: Any, metadata: list[Any]) -> Any:  # noqa: ANN401 - a type
    """A field's type with its metadata, so that a plain ``Text`` can be told from a string."""
    return Annotated[annotation, *metadata] if annotation is str and metadata else annotation


def leaves(value: Any, at: tuple[str, ...] = ()) -> Paths:  # noqa: ANN401 - YAML
    """The paths of everything in a raw document; a list counts as one."""
    if not isinstance(value, dict):
        return {at}
    return set().union(*(leaves(part, (*at, str(key))) for key, part in value.items()))


def read(path: Path) -> Any:  # noqa: ANN401 - YAML
    """A YAML file as plain values."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_every_dutch_text_of_the_knowledge_has_an_english_one() -> None:
    """A colleague abroad reads the same advice, sentence by sentence."""
    folder = data_folder("criteria")
    for path in sorted(folder.glob("*.yaml")):
        layer = folder / "en" / path.name
        english = leaves(read(layer)) if layer.exists() else set()
        assert english == texts(Knowledge, read(path)), path.name


REGIONS = sorted(path.name for path in data_folder("regions").glob("*.yaml"))


@pytest.mark.parametrize("region", REGIONS)
def test_every_dutch_text_of_a_region_has_an_english_one(region: str) -> None:
    """Names of municipalities and organisations are proper names and stay as they are."""
    regions = data_folder("regions")
    dutch = {
        path
        for path in texts(Region, read(regions / region))
        if not (path[-1] == "name" and path[0] in {"municipalities", "organisations", "neighbours"})
        and path != ("name",)
    }
    assert leaves(read(regions / "en" / region)) == dutch


def test_the_english_layer_changes_words_only() -> None:
    """Grades, figures and rules are the same in both languages."""
    dutch, english = load_region("drechtsteden.yaml"), load_region("drechtsteden.yaml", lang="en")
    assert english.knowledge.forms["3a"].name != dutch.knowledge.forms["3a"].name
    for name, criterion in load_knowledge(lang="en").criteria.items():
        grades = dutch.knowledge.criteria[name].grades or {}
        assert {f: g.grade for f, g in (criterion.grades or {}).items()} == {
            f: g.grade for f, g in grades.items()
        }
    assert {n: m.facts.keys() for n, m in english.region.municipalities.items()} == {
        n: m.facts.keys() for n, m in dutch.region.municipalities.items()
    }


CALQUES = (
    *("vision on", "going on as now", "goes on as now", "people and means", "town clerk"),
    *("by this plan", "by the plan", "think from the", "lacking at", "in the netnummer"),
    *("other governments", "Mind:", "€ ", "bijlage ", "hoofdstuk "),
)
"""Words that follow the Dutch too closely, or name for a second time what has a name."""


@pytest.mark.parametrize("folder", ["report_templates", "criteria", "regions"])
def test_english_follows_no_dutch_and_has_one_word_for_a_thing(folder: str) -> None:
    """A vision is for services, and what is not done goes on being as it is by one word."""
    files = [*data_folder(folder).rglob("en/**/*.yaml")]
    assert files
    said = {path: " ".join(path.read_text(encoding="utf-8").split()) for path in files}
    assert [(path.name, one) for path in files for one in CALQUES if one in said[path]] == []
