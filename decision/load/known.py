"""What a document can refer to, gathered before it is validated so that all faults come at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decision.model.checks import Ids, impossible, numbers, part
from decision.model.figures import LONGEST_CALL, limits_of
from decision.model.knowledge import UNKNOWN
from decision.model.projects import DEFAULT_MINIMUM

__all__ = ["known_in_knowledge", "known_in_region"]

_SECTIONS = {
    "document": "sources",
    "form": "forms",
    "activity": "activities",
    "group": "groups",
    "criterion": "criteria",
    "building block": "building_blocks",
    "aspect": "aspects",
    "rule": "rules",
    "kengetal": "kengetallen",
    "channel": "channels",
    "project": "projects",
    "steering": "channel_steering",
    "investment": "investments",
    "netnummer": "netnummers",
}
"""For each kind of reference the section of the knowledge that it points into."""

_MAY_BE_ABSENT = ("project", "steering")
"""The kinds of which a knowledge needs none: then nothing of the kind can be chosen."""


def known_in_knowledge(document: object) -> dict[str, Any]:
    """The ids that knowledge and regions can refer to; a kind is left out if its section is."""
    known: dict[str, Any] = {
        kind: Ids.of(section)
        for kind, name in _SECTIONS.items()
        if (section := _mapping(document, name)) is not None
    }
    facts, choices = _mapping(document, "facts"), _mapping(document, "choices")
    if facts is not None:
        known["fact"] = Ids({name: _keys(fact, "levels") for name, fact in facts.items()})
        known["declared level"] = {
            n: Ids.of([*of, UNKNOWN]) for n, of in known["fact"].items() if of
        }
        known["fact owner"] = {name: of for name, of in _values(facts, "of") if of in _OWNERS}
        known["fact of many"] = {name for name, kind in _values(facts, "kind") if kind == "set"}
        known["fact of aspect"] = dict(_values(facts, "aspect"))
        known["derived fact"] = {name for name, yes in _values(facts, "derived") if yes is True}
    forms = _mapping(document, "forms")
    if forms is not None:
        shared = {name for name, _ in _values(forms, "builds_on")}
        known["shared form"], known["baseline form"] = shared, {*forms} - shared
    activities = _mapping(document, "activities")
    if activities is not None:
        doers = {name: part(one, "of_each") or "region" for name, one in activities.items()}
        known["activity owner"] = {name: of for name, of in doers.items() if of in _OWNERS}
        known["decision"] = {
            name for name, one in _values(activities, "level") if one == "decision"
        }
        known["makes"] = {name: _mapping(one, "makes") or {} for name, one in activities.items()}
        known["chosen activity"] = {
            name
            for name, when in _values(activities, "when")
            if when == "chosen" and known["activity owner"].get(name) == "municipality"
        }
        known["milestone"] = {name for name, _ in _values(activities, "milestone")}
    survey = _mapping(document, "survey")
    if survey is not None:
        known["finding"] = Ids.of(_mapping(survey, "findings") or {})
    if choices is not None:
        known["choice"] = Ids({name: _keys(one, "options") for name, one in choices.items()})
    criteria = _mapping(document, "criteria") or {}
    known["measured criterion"] = {name for name, _ in _values(criteria, "measure")}
    for kind in _MAY_BE_ABSENT:
        known.setdefault(kind, Ids())
    projects = _mapping(document, "projects") or {}
    known["least participants"] = {
        name: least if type(least := part(one, "minimum")) is int else DEFAULT_MINIMUM
        for name, one in projects.items()
    }
    years = {name: part(one, "price_year") for name, one in projects.items()}
    known["project years"] = {name: year for name, year in years.items() if type(year) is int}
    return {**known, **_kengetallen(document)}


def _kengetallen(document: object) -> dict[str, Any]:
    """What a region's own kengetallen and number of calls are held against."""
    kengetallen = _mapping(document, "kengetallen") or {}
    given = {name: one for name, one in kengetallen.items() if isinstance(one, dict)}
    limits = {name: found for name, one in given.items() if (found := limits_of(one))}
    profile, years = part(document, "hourly_profile"), part(document, "assumed_years")
    shares = [part(hour, "share") for hour in profile] if isinstance(profile, list) else []
    times = [
        seconds
        for one in (_mapping(document, "calculations") or {}).values()
        if isinstance(listed := part(one, "handling_first_line"), list)
        for seconds in numbers(listed) or ()
        if seconds <= LONGEST_CALL
    ]
    return {
        "possible": {
            name: one.get("value")
            for name, one in given.items()
            if name in limits and not any(impossible(one.get("value"), (), limits[name]))
        },
        "limits": limits,
        "busiest hour": max(numbers(shares) or [0.0]),
        "longest call": max(times, default=0.0),
        "assumed years": [n for n in years if type(n) is int] if isinstance(years, list) else [],
    }


_OWNERS = ("region", "municipality", "organisation")


def known_in_region(known: Mapping[str, Any], document: object) -> dict[str, Any]:
    """``known`` with what a region declares itself: its partners and its own sources.

    The ``coverage`` is that of the members that say in which netnummers they lie, all of which
    exist; of who does not nobody can say in which they do not lie. Where a section is missing or
    cannot be read, nobody can say who or what is not in it.
    """
    of = {name: _mapping(document, name) or {} for name in _PARTNERS}
    members = {**of["neighbours"], **of["municipalities"]}
    exist = {*known.get("netnummer", ())}
    found = {
        **known,
        "coverage": {
            name: covered
            for name, member in members.items()
            if (covered := _lived_in(member)) and exist.issuperset(covered)
        },
    }
    if of["municipalities"] and all(_readable(document, name) for name in _PARTNERS):
        found["municipality"] = Ids.of(members)
        found["own municipality"] = {*of["municipalities"]}
        found["partner"] = Ids.of([*members, *of["organisations"]])
    if not _readable(document, "sources"):
        found.pop("document", None)
    elif "document" in known:
        found["document"] = Ids.of([*known["document"], *(_mapping(document, "sources") or {})])
    return found


def _readable(document: object, key: str) -> bool:
    """Whether a document has nothing under a key, or a mapping."""
    return part(document, key) is None or _mapping(document, key) is not None


_PARTNERS = ("municipalities", "neighbours", "organisations")


def _lived_in(member: object) -> Ids:
    """The netnummers in which some of the inhabitants lie, or may lie."""
    shares = _mapping(member, "coverage") or {}
    return Ids.of([netnummer for netnummer, share in shares.items() if share != 0])


def _mapping(document: object, key: str) -> dict[str, Any] | None:
    found = document.get(key) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else None


def _keys(entry: object, key: str) -> Ids:
    return Ids.of(_mapping(entry, key) or {})


def _values(entries: dict[str, Any], key: str) -> Iterator[tuple[str, object]]:
    """The scalar under ``key`` of every entry that has one."""
    for name, entry in entries.items():
        value = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(value, str | bool):
            yield name, value
