"""The critical path method, held against every path through a small plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.roadmap.schedule import critical_path, earliest, graph_of, times

if TYPE_CHECKING:
    from decision.advice.advice import Advice

Plan = tuple[dict[str, float], dict[str, set[str]]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to nine tasks of whole weeks in any order, and what each waits for."""
    names = draw(st.permutations("abcdefghi"))[: draw(st.integers(1, 9))]
    weeks = {name: float(draw(st.integers(0, 6))) for name in sorted(names)}
    first: dict[str, set[str]] = {
        name: draw(st.sets(st.sampled_from(names[:at]))) if at else set()
        for at, name in enumerate(names)
    }
    return weeks, {name: first[name] for name in sorted(names)}


def paths_to(before: dict[str, set[str]], name: str) -> Iterator[tuple[str, ...]]:
    """Every chain of tasks up to this one, however short."""
    yield (name,)
    for one in before[name]:
        for path in paths_to(before, one):
            yield (*path, name)


def length(weeks: dict[str, float], path: tuple[str, ...]) -> float:
    """The weeks of all tasks on a path."""
    return sum(weeks[name] for name in path)


@given(plans(), st.data())
def test_a_task_starts_when_the_longest_path_to_it_ends(plan: Plan, data: st.DataObject) -> None:
    """Of all paths to a task the longest decides; a path can begin with a task that must wait."""
    weeks, before = plan
    limits = data.draw(st.dictionaries(st.sampled_from(sorted(before)), st.integers(0, 30)))
    start = earliest(weeks, graph_of(before), {name: float(at) for name, at in limits.items()})
    for name in before:
        paths = paths_to(before, name)
        assert start[name] == max(limits.get(p[0], 0) + length(weeks, p[:-1]) for p in paths)


@given(plans())
def test_slack_is_what_the_longest_path_through_a_task_leaves(plan: Plan) -> None:
    """A task can slip as long as no path through it becomes longer than the longest of all."""
    weeks, before = plan
    paths = [path for name in before for path in paths_to(before, name)]
    end = max(length(weeks, path) for path in paths)
    found = times(weeks, graph_of(before))
    assert max(one.finish for one in found.values()) == end
    for name, one in found.items():
        assert one.slack == end - max(length(weeks, path) for path in paths if name in path)
        assert one.finish == one.start + weeks[name]


def test_parts_of_weeks_leave_no_task_less_than_no_slack() -> None:
    """Half a week and twice a tenth, added from the front and from the back, differ a little."""
    weeks = {"a": 0.1, "b": 0.1, "c": 0.5}
    found = times(weeks, graph_of({"a": (), "b": ("a",), "c": ("b",)}))
    assert [one.slack for one in found.values()] == [0, 0, 0]


@given(plans(), st.data())
def test_a_fixed_task_starts_then_and_has_no_slack(plan: Plan, data: st.DataObject) -> None:
    """It starts in its week, or when what it waits for is done; none of that may move it."""
    weeks, before = plan
    name = data.draw(st.sampled_from(sorted(before)))
    week = float(data.draw(st.integers(0, 30)))
    graph = graph_of(before)
    found = times(weeks, graph, {name: week})
    free = earliest(weeks, graph)[name]
    assert found[name].start == max(week, free)
    assert found[name].slack == 0
    for one in {one for path in paths_to(before, name) for one in path}:
        latest = max(length(weeks, path[path.index(one) :]) for path in paths_to(before, name)
                     if one in path)  # fmt: skip
        assert found[one].start + found[one].slack <= found[name].finish - latest


@given(plans())
def test_the_critical_path_is_the_longest_chain_without_slack(plan: Plan) -> None:
    """It starts at once, each task ends as the next begins, and none has more tasks."""
    weeks, before = plan
    graph = graph_of(before)
    found = times(weeks, graph)
    end = max(one.finish for one in found.values())
    last = [name for name, one in found.items() if one.finish == end]
    path = critical_path(graph, found, last)
    assert found[path[0]].start == 0
    assert path[-1] in last
    assert all(found[one].finish == found[then].start for one, then in pairwise(path))
    assert all(one in before[then] for one, then in pairwise(path))
    assert all(found[name].slack == 0 for name in path)
    chains = [way for name in last for way in paths_to(before, name) if length(weeks, way) == end]
    assert len(path) == max(map(len, chains))
    assert critical_path(graph, found, []) == ()


def test_the_roadmap_is_given_as_a_graph(advice: Advice) -> None:
    """For other programs: a networkx graph of all tasks, each after what it waits for."""
    plan = advice.roadmap
    assert plan is not None
    graph = plan.graph
    assert nx.is_directed_acyclic_graph(graph)
    assert set(graph) == {task.id for task in plan.tasks}
    assert nx.is_path(graph, list(plan.critical_path))
    for before, after in graph.edges:
        assert graph.nodes[before]["finish"] <= graph.nodes[after]["start"]
    critical = {name for name, held in graph.nodes(data=True) if held["critical"]}
    assert critical >= {*plan.critical_path}
    assert sum(held["effort_days"] for _, held in graph.nodes(data=True)) == pytest.approx(
        sum(task.effort_days for task in plan.tasks)
    )
