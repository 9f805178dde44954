"""The critical path method, with networkx as an independent oracle."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.roadmap.schedule import ancestors, critical_path, depths, earliest, times

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


def as_graph(plan: Plan) -> nx.DiGraph[str]:
    """The same tasks, each wait as long as the task that is waited for."""
    weeks, before = plan
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(before)
    for name, first in before.items():
        graph.add_edges_from(((one, name) for one in first), weight=0)
    for one, _, data in graph.edges(data=True):
        data["weight"] = weeks[one]
    return graph


@given(plans())
def test_the_work_ends_with_its_longest_path(plan: Plan) -> None:
    """The last finish is the length of the longest chain of tasks."""
    weeks, before = plan
    graph = as_graph(plan)
    for name in before:
        graph.add_edge(name, "end", weight=weeks[name])
    start = earliest(weeks, before)
    assert max(start[name] + weeks[name] for name in before) == nx.dag_longest_path_length(graph)


@given(plans())
def test_what_comes_before_is_all_that_leads_to_a_task(plan: Plan) -> None:
    """Networkx finds the same ancestors, and no longer chain of them."""
    _, before = plan
    graph = as_graph(plan)
    deep = depths(before)
    for name in before:
        found = ancestors(before, name)
        assert found == nx.ancestors(graph, name)
        steps = nx.dag_longest_path_length(graph.subgraph({*found, name}), weight="none")
        assert deep[name] == steps


@given(plans())
def test_a_task_can_slip_as_far_as_its_slack_and_no_further(plan: Plan) -> None:
    """A task that takes its slack longer leaves the end where it is; any longer and it moves."""
    weeks, before = plan

    def end(weeks: dict[str, float]) -> float:
        return max(one.finish for one in times(weeks, before).values())

    for name, found in times(weeks, before).items():
        assert end({**weeks, name: weeks[name] + found.slack}) == end(weeks)
        assert end({**weeks, name: weeks[name] + found.slack + 1}) == end(weeks) + 1


@given(plans(), st.data())
def test_a_fixed_task_starts_then_and_has_no_slack(plan: Plan, data: st.DataObject) -> None:
    """It starts in its week, or when what it waits for is done; none of that may move it."""
    weeks, before = plan
    name = data.draw(st.sampled_from(sorted(before)))
    week = float(data.draw(st.integers(0, 30)))
    found = times(weeks, before, {name: week})
    free = earliest(weeks, before)[name]
    assert found[name].start == max(week, free)
    assert found[name].slack == 0
    for one in ancestors(before, name):
        assert found[one].finish + found[one].slack <= found[name].start


@given(plans())
def test_the_critical_path_is_a_chain_without_slack(plan: Plan) -> None:
    """It starts at once, each task ends as the next begins, and it ends with all the work."""
    weeks, before = plan
    found = times(weeks, before)
    end = max(one.finish for one in found.values())
    last = [name for name, one in found.items() if one.finish == end]
    path = critical_path(before, found, last)
    assert found[path[0]].start == 0
    assert found[path[-1]].finish == end
    assert all(found[one].finish == found[then].start for one, then in pairwise(path))
    assert all(found[name].slack == 0 for name in path)
    assert critical_path(before, found, []) == ()


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
