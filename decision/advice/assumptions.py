"""What the advice rests on that no source states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from decision.costs.inputs import assumed_parts
from decision.model.facts import Fact, Figure, Position, WishedStart
from decision.model.knowledge import Knowledge
from decision.model.region import Member, Municipality, Neighbour, Organisation, Region
from decision.roadmap.chosen import asked_of

__all__ = ["Assumption", "assumptions"]

_Partner: TypeAlias = Region | Municipality | Neighbour | Organisation

_FIGURES = (
    *("inhabitants", "households", "calls_per_year", "target_phase", "wished_start"),
    "days_a_week",
)
"""What can be declared about a region or a municipality, each with its own source."""

_OF_COSTS = (
    "inhabitants_counted", "joint_sites", "hourly_profile", "occupancy_cap", "smallest_crew",
    "shrinkage", "patience",
)  # fmt: skip
"""What a region can declare about its costs, with one source for all of it."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the advice rests on that no source states.

    ``kind`` and ``id`` name the entry, ``partner`` whose it is (None for the knowledge) and
    ``parts`` which parts of it are assumed.
    """

    kind: Literal[
        "kengetal", "calculation", "investment", "activity", "value function", "wave", "fact",
        "figure", "position", "rule", "fit", "running_cost", "papers", "project",
        "channel_steering", "capacity", "recess",
    ]  # fmt: skip
    id: str
    partner: str | None = None
    parts: tuple[str, ...] = ()


def assumptions(knowledge: Knowledge, region: Region) -> Iterator[Assumption]:
    """Everything of which the knowledge or the region says, or leaves open, that it is assumed."""
    yield from _kengetallen(knowledge, region)
    yield from _of_knowledge(knowledge, region)
    yield from _chosen(knowledge, region)
    yield from _of_region(region)


def _of_knowledge(knowledge: Knowledge, region: Region) -> Iterator[Assumption]:
    for name, investment in knowledge.investments.items():
        if investment.assumed_for:
            yield Assumption("investment", name, parts=investment.assumed_for)
    for name, cost in knowledge.running_costs.items():
        if cost.assumed_for:
            yield Assumption("running_cost", name, parts=cost.assumed_for)
    asked = asked_of(knowledge, region)
    for name, activity in knowledge.activities.items():
        if activity.assumed and (activity.when != "chosen" or name in asked):
            yield Assumption("activity", name, parts=activity.assumed)
    yield from (
        Assumption("calculation", n) for n, c in knowledge.calculations.items() if c.assumed
    )
    yield from (Assumption("value function", n) for n, c in knowledge.criteria.items() if c.assumed)
    yield from (Assumption("wave", "waves") for _ in range(knowledge.waves.assumed))
    yield from (Assumption("fit", "fit") for _ in range(knowledge.fit.assumed))
    yield from (Assumption("capacity", "capacity") for _ in range(knowledge.capacity.assumed))
    calendar = knowledge.calendar if region.calendar is None else region.calendar
    if parts := tuple(name for name, one in calendar.items() if one.assumed):
        yield Assumption("recess", "recess", parts=parts)
    if parts := tuple(body for body, one in knowledge.papers.items() if one.assumed):
        yield Assumption("papers", "papers", parts=parts)
    yield from (Assumption("rule", name) for name, rule in knowledge.rules.items() if rule.assumed)


def _chosen(knowledge: Knowledge, region: Region) -> Iterator[Assumption]:
    """What is assumed of the projects and the ways of steering that the region chose."""
    for name in region.projects:
        if parts := knowledge.projects[name].assumed:
            yield Assumption("project", name, parts=parts)
    for name in region.channel_steering:
        if knowledge.channel_steering[name].assumed:
            yield Assumption("channel_steering", name)


def _kengetallen(knowledge: Knowledge, region: Region) -> Iterator[Assumption]:
    """The kengetallen of which no source gives the value, or the range, that is used."""
    for name in knowledge.kengetallen:
        if parts := assumed_parts(knowledge, region, name):
            yield Assumption("kengetal", name, parts=parts)


def _of_region(region: Region) -> Iterator[Assumption]:
    partners: dict[str, _Partner] = {
        region.id: region,
        **region.municipalities,
        **region.neighbours,
        **region.organisations,
    }
    for partner, one in partners.items():
        yield from (Assumption("figure", name, partner) for name in _figures(one))
    for partner, municipality in region.municipalities.items():
        for aspect, position in municipality.positions.items():
            if _unsourced(position):
                yield Assumption("position", aspect, partner)
    for partner, one in partners.items():
        yield from (
            Assumption("fact", n, partner) for n, fact in one.facts.items() if _unsourced(fact)
        )


def _figures(partner: _Partner) -> Iterator[str]:
    """What is declared about a partner beside its facts, without a source."""
    if isinstance(partner, Member) and partner.source is None:
        yield "coverage"
    for name in _FIGURES:
        declared = getattr(partner, name, None)
        if declared is not None and _unsourced(declared):
            yield name
    if not isinstance(partner, Neighbour) and partner.current.unsourced:
        yield "current"
    level = partner.costs.price_level if isinstance(partner, Region) else None
    if level is not None and level.source is None:
        yield "price_level"
    if isinstance(partner, Region) and "costs" not in partner.model_fields_set:
        yield "years"
    elif isinstance(partner, Region) and partner.costs.source is None:
        yield from (name for name in _OF_COSTS if getattr(partner.costs, name) is not None)


def _unsourced(declared: Fact | Figure | Position | WishedStart) -> bool:
    """Whether it says something, and nobody says where that comes from."""
    return declared.known and declared.source is None
