"""The critical path method on tasks that wait for one another (Kelley and Walker, 1959).

``weeks`` is the length of every task by its id, and the graph has an edge to each task from what
must be done before it starts. Networkx gives the order and the longest chain; it has no start and
slack of each task, nor tasks that are fixed in time: these are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

from decision.roadmap.calendar import EPSILON

__all__ = ["Graph", "Times", "Weeks", "critical_path", "earliest", "graph_of", "times"]

Weeks: TypeAlias = Mapping[str, float]
Graph: TypeAlias = "nx.DiGraph[str]"


@dataclass(frozen=True, slots=True)
class Times:
    """When a task runs, in weeks from the start; ``slack`` is how far it can slip unnoticed."""

    start: float
    finish: float
    slack: float


def graph_of(before: Mapping[str, Iterable[str]]) -> Graph:
    """The graph of tasks, by what must be done before each."""
    graph: Graph = nx.DiGraph()
    graph.add_nodes_from(before)
    graph.add_edges_from((one, name) for name, first in before.items() for one in first)
    return graph


def earliest(weeks: Weeks, graph: Graph, not_before: Weeks | None = None) -> dict[str, float]:
    """The earliest start of every task; some may not start before a given week."""
    limits = not_before or {}
    start: dict[str, float] = {}
    for name in nx.topological_sort(graph):
        done = (start[one] + weeks[one] for one in graph.predecessors(name))
        start[name] = max(limits.get(name, 0.0), max(done, default=0.0))
    return start


def times(weeks: Weeks, graph: Graph, fixed: Weeks | None = None) -> dict[str, Times]:
    """Start, finish and slack of every task.

    ``fixed`` tasks start in a given week (never before what they wait for) and must not slip;
    the other tasks must not move them, nor the end of all the work.
    """
    fixed = fixed or {}
    start = earliest(weeks, graph, fixed)
    finish = {name: start[name] + weeks[name] for name in start}
    latest = dict.fromkeys(start, max(finish.values(), default=0.0))
    for name in reversed(start):
        if name in fixed:
            latest[name] = finish[name]
        for one in graph.predecessors(name):
            latest[one] = min(latest[one], latest[name] - weeks[name])
    return {
        name: Times(start[name], finish[name], max(0.0, latest[name] - finish[name]))
        for name in start
    }


def critical_path(graph: Graph, found: Mapping[str, Times], ends: Iterable[str]) -> tuple[str, ...]:
    """The longest chain of tasks, each of which ends when the next one starts, up to an end.

    Where ``ends`` have no slack, none of them has.
    """
    driving: Graph = nx.DiGraph()
    driving.add_nodes_from(ends)
    last = [*driving]
    edges = sorted(e for e in graph.edges if abs(found[e[0]].finish - found[e[1]].start) < EPSILON)
    driving.add_edges_from(edges)
    leading = {*last}.union(*(nx.ancestors(driving, end) for end in last))
    driving.remove_nodes_from([name for name in driving if name not in leading])
    return tuple(nx.dag_longest_path(driving))
