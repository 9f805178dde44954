"""What goes into an advice, each value under its path in the region file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from decision.advice.advice import Advice
from decision.model.facts import Declared, Fact, Figure, Wishes
from decision.model.knowledge import UNKNOWN, Knowledge

__all__ = ["Steps", "facts_in", "level_of", "partners_in"]

Steps = tuple[str, ...]
"""A path, key by key."""

_TEXTS = frozenset(
    {
        "name",
        "called",
        "does",
        "note",
        "source",
        "works_with",
        "members_note",
        "weights_because",
        "not_counted",
    }
)
_BY_ENTRY = frozenset({"facts", "wishes", "positions"})
"""The keys that are looked up entry by entry, so that what is left out can be told from unknown."""

_REGION = ("number", "ambition", "target_phase", "end_state", "weights")


def partners_in(advice: Advice) -> tuple[Steps, ...]:
    """Everybody in and around the region."""
    kinds = ("municipalities", "organisations", "neighbours")
    return tuple((kind, name) for kind in kinds for name in getattr(advice.region, kind))


def facts_in(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """Everything that the advice is calculated from and that a region or a date can change.

    A fact or a phase that nobody declares is ``unknown``, as the program takes it; options of
    which nothing is said are an empty list. Texts and sources are left out.
    """
    knowledge, region = advice.knowledge, advice.region
    for key in _REGION:
        yield (key,), _plain(getattr(region, key))
    yield from _declared(knowledge, "region", (), region.facts)
    for name, municipality in region.municipalities.items():
        at = ("municipalities", name)
        yield from _fields(at, municipality)
        yield from _declared(knowledge, "municipality", at, municipality.facts)
        yield from _wishes(knowledge, at, municipality.wishes)
        for aspect in knowledge.aspects:
            phase = municipality.positions.get(aspect)
            yield (*at, "positions", aspect), UNKNOWN if phase is None else phase.phase
    for name, organisation in region.organisations.items():
        at = ("organisations", name)
        yield (*at, "members"), tuple(sorted(organisation.members))
        yield from _declared(knowledge, "organisation", at, organisation.facts)
        yield from _wishes(knowledge, at, organisation.wishes)
    for name, neighbour in region.neighbours.items():
        at = ("neighbours", name)
        yield from _fields(at, neighbour)
        yield from _declared(knowledge, "municipality", at, neighbour.facts)
    for kind, offered in (
        ("projects", knowledge.projects),
        ("channel_steering", knowledge.channel_steering),
    ):
        chosen = getattr(region, kind)
        for name in offered:
            one = chosen.get(name)
            yield (kind, name, "participants"), tuple(sorted(one.participants)) if one else ()
            yield (kind, name, "from"), one.from_ if one else None
    yield from _fields(("costs",), region.costs)
    yield from _of_knowledge(advice)


def level_of(declared: Fact | None) -> Any:  # noqa: ANN401 - a level, or levels in one order
    """The level of a fact as it counts: undeclared is ``unknown``, and a set has no order."""
    if declared is None:
        return UNKNOWN
    return tuple(sorted(declared.value)) if isinstance(declared.value, tuple) else declared.value


def _declared(
    knowledge: Knowledge, kind: str, at: Steps, declared: Mapping[str, Fact]
) -> Iterator[tuple[Steps, Any]]:
    for name, fact in knowledge.facts.items():
        if fact.of == kind and fact.among_facts:
            yield (*at, "facts", name), level_of(declared.get(name))


def _wishes(knowledge: Knowledge, at: Steps, wishes: Wishes) -> Iterator[tuple[Steps, Any]]:
    for key in ("wants", "accepts", "refuses"):
        said: Mapping[str, tuple[str, ...]] = getattr(wishes, key)
        for choice in knowledge.choices:
            yield (*at, "wishes", key, choice), tuple(sorted(said.get(choice, ())))


def _fields(at: Steps, model: BaseModel) -> Iterator[tuple[Steps, Any]]:
    """The values of a block; of a figure also its range."""
    for key in type(model).model_fields:
        if key not in _TEXTS | _BY_ENTRY:
            value = getattr(model, key)
            yield (*at, key), _plain(value)
            if isinstance(value, Figure):
                yield (*at, key, "range"), value.range


def _plain(value: object) -> Any:  # noqa: ANN401 - as it can stand in a region file
    """A value without its source and notes, as plain data."""
    if isinstance(value, Declared):
        return getattr(value, value.KEY)
    if isinstance(value, BaseModel):
        told = {key: getattr(value, key) for key in type(value).model_fields if key not in _TEXTS}
        return {key: _plain(one) for key, one in told.items() if one is not None}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _of_knowledge(advice: Advice) -> Iterator[tuple[Steps, Any]]:
    """The kengetallen and the worth of grades for the region, and what is in force."""
    knowledge, region = advice.knowledge, advice.region
    for name, kengetal in knowledge.kengetallen.items():
        yield ("kengetallen", name), region.kengetallen.get(name, kengetal).value
    for name in knowledge.criteria:
        yield ("levels", name), _plain(region.levels.get(name))
    left_out = {(one.kind, one.id) for one in advice.not_in_force}
    dated: Mapping[str, Mapping[str, object]] = {
        "rule": knowledge.rules,
        "investment": knowledge.investments,
        "running_cost": knowledge.running_costs,
    }
    for kind, entries in dated.items():
        names = [*entries, *(name for of, name in left_out if of == kind)]
        for name in sorted(names):
            yield (f"{kind}s", name, "in_force"), (kind, name) not in left_out
