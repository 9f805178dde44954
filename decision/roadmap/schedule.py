"""The critical path method on tasks that wait for one another (Kelley and Walker, 1959).

``weeks`` is the length of every task by its id, and ``before`` names for each task what must be
done before it starts; nothing waits, by whatever way, for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TypeAlias

__all__ = [
    "EPSILON",
    "Before",
    "Times",
    "Weeks",
    "ancestors",
    "critical_path",
    "depths",
    "earliest",
    "times",
]

Weeks: TypeAlias = Mapping[str, float]
Before: TypeAlias = Mapping[str, Collection[str]]

EPSILON = 1e-9
"""Weeks that differ by less are the same moment."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a task runs, in weeks from the start; ``slack`` is how far it can slip unnoticed."""

    start: float
    finish: float
    slack: float


def ancestors(before: Before, task: str) -> set[str]:
    """All that must be done before a task, directly or by way of others."""
    found: set[str] = set()
    waiting = [*before[task]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(before[name])
    return found


def depths(before: Before) -> dict[str, int]:
    """How many tasks the longest chain before each task has."""
    found: dict[str, int] = {}
    for name in _in_order(before):
        found[name] = max((found[one] + 1 for one in before[name]), default=0)
    return found


def earliest(weeks: Weeks, before: Before, not_before: Weeks | None = None) -> dict[str, float]:
    """The earliest start of every task; some may not start before a given week."""
    limits = not_before or {}
    start: dict[str, float] = {}
    for name in _in_order(before):
        done = (start[one] + weeks[one] for one in before[name])
        start[name] = max(limits.get(name, 0.0), max(done, default=0.0))
    return start


def times(weeks: Weeks, before: Before, fixed: Weeks | None = None) -> dict[str, Times]:
    """Start, finish and slack of every task.

    ``fixed`` tasks start in a given week (never before what they wait for) and must not slip;
    the other tasks must not move them, nor the end of all the work.
    """
    fixed = fixed or {}
    start = earliest(weeks, before, fixed)
    finish = {name: start[name] + weeks[name] for name in before}
    latest = dict.fromkeys(before, max(finish.values(), default=0.0))
    for name in reversed(_in_order(before)):
        if name in fixed:
            latest[name] = finish[name]
        for one in before[name]:
            latest[one] = min(latest[one], latest[name] - weeks[name])
    return {
        name: Times(start[name], finish[name], max(0.0, latest[name] - finish[name]))
        for name in before
    }


def critical_path(
    before: Before, found: Mapping[str, Times], ends: Iterable[str]
) -> tuple[str, ...]:
    """The longest chain without slack up to one of ``ends``, from its first task on."""
    chains = (_chain(before, found, end) for end in ends)
    return max(chains, key=len, default=())


def _in_order(before: Before) -> list[str]:
    """All tasks, each after what it waits for."""
    return [*TopologicalSorter(before).static_order()]


def _chain(before: Before, found: Mapping[str, Times], end: str) -> tuple[str, ...]:
    path = [end]
    while driver := _driver(before, found, path[-1]):
        path.append(driver)
    return tuple(reversed(path))


def _driver(before: Before, found: Mapping[str, Times], name: str) -> str:
    """The prerequisite that decides when this task can start; empty when none does."""
    start = found[name].start
    driving = [one for one in before[name] if abs(found[one].finish - start) < EPSILON]
    return min(driving, key=lambda one: (found[one].slack, one), default="")
