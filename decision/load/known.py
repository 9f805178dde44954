"""What a document can refer to, gathered before it is validated so that all faults come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["known_in_knowledge", "known_in_region"]

_SECTIONS = {
    "document": "sources",
    "form": "forms",
    "activity": "activities",
    "group": "groups",
    "building block": "building_blocks",
    "rule": "rules",
    "kengetal": "kengetallen",
    "netnummer": "netnummers",
}
"""For each kind of reference the section of the knowledge that it points into."""


def known_in_knowledge(document: object) -> dict[str, Any]:
    """The ids that knowledge and regions can refer to; a kind is left out if its section is."""
    known: dict[str, Any] = {
        kind: tuple(section)
        for kind, name in _SECTIONS.items()
        if (section := _mapping(document, name)) is not None
    }
    facts, choices = _mapping(document, "facts"), _mapping(document, "choices")
    if facts is not None:
        known["fact"] = {name: _keys(fact, "levels") for name, fact in facts.items()}
        known["fact owner"] = {name: of for name, of in _values(facts, "of") if of in _OWNERS}
        known["fact of many"] = {name for name, kind in _values(facts, "kind") if kind == "set"}
        known["derived fact"] = {name for name, yes in _values(facts, "derived") if yes is True}
    if choices is not None:
        known["choice"] = {name: _keys(choice, "options") for name, choice in choices.items()}
    return known


_OWNERS = ("region", "municipality", "organisation")


def known_in_region(known: Mapping[str, Any], document: object) -> dict[str, Any]:
    """``known`` with what a region declares itself: its partners and its own sources."""
    of = {name: _mapping(document, name) or {} for name in _PARTNERS}
    members = {**of["neighbours"], **of["municipalities"]}
    found = {
        **known,
        "municipality": tuple(members),
        "partner": (*members, *of["organisations"]),
        "coverage": {
            name: covered
            for name, member in members.items()
            if (covered := _keys(member, "coverage"))
        },
    }
    if "document" in known:
        found["document"] = (*known["document"], *(_mapping(document, "sources") or {}))
    return found


_PARTNERS = ("municipalities", "neighbours", "organisations")


def _mapping(document: object, key: str) -> dict[str, Any] | None:
    found = document.get(key) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else None


def _keys(entry: object, key: str) -> tuple[str, ...]:
    return tuple(_mapping(entry, key) or ())


def _values(entries: dict[str, Any], key: str) -> Iterator[tuple[str, object]]:
    """The scalar under ``key`` of every entry that has one."""
    for name, entry in entries.items():
        value = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(value, str | bool):
            yield name, value
