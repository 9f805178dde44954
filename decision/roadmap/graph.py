"""What comes before what: a graph of jobs, with an edge from each to those that wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import TypeAlias, TypeVar

import networkx as nx

from decision.model.activities import Activity
from decision.model.knowledge import Knowledge
from decision.roadmap.jobs import Job, Planned
from decision.roadmap.schedule import Graph, earliest

__all__ = [
    "after_municipalities",
    "decided",
    "forerunners",
    "graph_of",
    "one_after_another",
    "prerequisites",
]

T = TypeVar("T")

Edges: TypeAlias = list[tuple[str, str]]


def graph_of(before: Mapping[str, Iterable[str]]) -> Graph:
    """The graph of jobs, by what must be done before each."""
    graph: Graph = nx.DiGraph()
    graph.add_nodes_from(before)
    graph.add_edges_from((one, name) for name, first in before.items() for one in first)
    return graph


def forerunners(
    activities: Mapping[str, Activity], activity: str, find: Callable[[str], T | None]
) -> Iterator[T]:
    """What must be done before an activity, as ``find`` gives it for the id of each.

    An activity that does not apply (None) passes on what must come before it.
    """
    waiting, seen = [activity], {activity}
    while waiting:
        for before in activities[waiting.pop()].after:
            if before not in seen:
                seen.add(before)
                if (found := find(before)) is None:
                    waiting.append(before)
                else:
                    yield found


def prerequisites(knowledge: Knowledge, jobs: Mapping[str, Planned]) -> Graph:
    """The graph of jobs that are planned."""
    first = (
        forerunners(knowledge.activities, one.job.activity, partial(_before, knowledge, jobs, one))
        for one in jobs.values()
    )
    return graph_of(dict(zip(jobs, first, strict=True)))


def _before(
    knowledge: Knowledge, jobs: Mapping[str, Planned], one: Planned, activity: str
) -> str | None:
    """An activity as the same partner does it, or else the region for the same form."""
    own = Job(activity, one.job.partner).id
    if own in jobs:
        return own
    regional = activity in jobs and one.form in knowledge.activities[activity].forms
    return activity if regional else None


def one_after_another(
    knowledge: Knowledge, jobs: Mapping[str, Planned], graph: Graph, gates: Mapping[str, str]
) -> Edges:
    """Chain the local work of municipalities, each up to its gate: the moment it goes live.

    The chain follows the earliest starts and then the order of the knowledge, so that it never
    contradicts a prerequisite.
    """
    start = earliest({name: one.weeks for name, one in jobs.items()}, graph)
    places = {name: at for at, name in enumerate(knowledge.activities)}
    depth = {
        name: depth
        for depth, names in enumerate(nx.topological_generations(graph))
        for name in names
    }
    chained: Edges = []
    for partner, gate in gates.items():
        own = [name for name in nx.ancestors(graph, gate) if jobs[name].job.partner == partner]
        own.sort(key=lambda name: (start[name], depth[name], places[jobs[name].job.activity]))
        chained += pairwise(own)
    return chained


def decided(
    knowledge: Knowledge, jobs: Mapping[str, Planned], graph: Graph, members: Iterable[str]
) -> dict[str, float]:
    """When each of these municipalities has done what the region waits for before it goes live."""
    weeks = {name: one.weeks for name, one in jobs.items()}
    found, start = dict.fromkeys(members, 0.0), earliest(weeks, graph)
    for own in {own for own, _ in after_municipalities(knowledge, jobs, found, live=False)}:
        partner = jobs[own].job.partner or ""
        found[partner] = max(found[partner], start[own] + weeks[own])
    return found


def after_municipalities(
    knowledge: Knowledge, jobs: Mapping[str, Planned], members: Iterable[str], *, live: bool
) -> Edges:
    """Let the region's and the organisations' work wait for that of municipalities.

    That is until these are ``live``, or before that until they have decided.
    """
    starters, activities = [*members], knowledge.activities
    return [
        (own, name)
        for name, one in jobs.items()
        if activities[one.job.activity].of_each != "municipality"
        for before in activities[one.job.activity].after
        if activities[before].of_each == "municipality" and live == (before == knowledge.go_live)
        for own in (Job(before, member).id for member in starters)
        if own in jobs
    ]
