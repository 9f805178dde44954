"""The critical path method on a graph of tasks (Kelley and Walker, 1959).

A graph is a networkx ``DiGraph`` of task ids; every node carries its length in ``weeks``, every
edge says that one task must be done before another starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

__all__ = ["EPSILON", "Graph", "Times", "critical_path", "earliest", "times"]

Graph: TypeAlias = "nx.DiGraph[str]"

EPSILON = 1e-9
"""Weeks that differ by less are the same moment."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a task runs, in weeks from the start; ``slack`` is how far it can slip unnoticed."""

    start: float
    finish: float
    slack: float


def earliest(graph: Graph, not_before: Mapping[str, float] | None = None) -> dict[str, float]:
    """The earliest start of every task; some may not start before a given week."""
    limits = not_before or {}
    start: dict[str, float] = {}
    for name in nx.topological_sort(graph):
        done = (start[before] + graph.nodes[before]["weeks"] for before in graph.pred[name])
        start[name] = max(limits.get(name, 0.0), max(done, default=0.0))
    return start


def times(graph: Graph, fixed: Mapping[str, float] | None = None) -> dict[str, Times]:
    """Start, finish and slack of every task.

    ``fixed`` tasks start in a given week (never before what they wait for) and must not slip;
    the other tasks must not move them, nor the end of all the work.
    """
    fixed = fixed or {}
    start = earliest(graph, fixed)
    finish = {name: start[name] + graph.nodes[name]["weeks"] for name in graph}
    end = max(finish.values(), default=0.0)
    latest: dict[str, float] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        limits = [latest[after] - graph.nodes[after]["weeks"] for after in graph.succ[name]]
        latest[name] = finish[name] if name in fixed else min(limits, default=end)
    return {
        name: Times(start[name], finish[name], max(0.0, latest[name] - finish[name]))
        for name in graph
    }


def critical_path(graph: Graph, found: Mapping[str, Times], ends: Iterable[str]) -> tuple[str, ...]:
    """The longest chain without slack up to one of ``ends``, from its first task on."""
    chains = (_chain(graph, found, end) for end in ends)
    return max(chains, key=len, default=())


def _chain(graph: Graph, found: Mapping[str, Times], end: str) -> tuple[str, ...]:
    path = [end]
    while driver := _driver(graph, found, path[-1]):
        path.append(driver)
    return tuple(reversed(path))


def _driver(graph: Graph, found: Mapping[str, Times], name: str) -> str:
    """The prerequisite that decides when this task can start; empty when none does."""
    start = found[name].start
    driving = [one for one in graph.pred[name] if abs(found[one].finish - start) < EPSILON]
    return min(driving, key=lambda one: (found[one].slack, one), default="")
