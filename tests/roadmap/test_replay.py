"""The plan again with other durations: chances by seed, and what delays the opening."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decision.advice.advice import Advice
from decision.advice.again import replayed
from decision.model.activities import Activity
from decision.roadmap.replay import Replay


@pytest.fixture(scope="module")
def again(advice: Advice) -> Replay:
    """The published plan."""
    found = replayed(advice)
    assert found is not None
    return found


def certain(again: Replay) -> Replay:
    """The same plan where every activity takes what is planned, at least and at most."""
    activities: dict[str, Activity] = {}
    for name, one in again.knowledge.activities.items():
        weeks, days = one.duration.weeks, one.effort.days
        long = one.duration.model_copy(update={"range": (weeks, weeks)})
        work = one.effort.model_copy(update={"range": (days, days)})
        activities[name] = one.model_copy(update={"duration": long, "effort": work})
    knowledge = again.knowledge.model_copy(update={"activities": activities})
    return replace(again, knowledge=knowledge)


def test_the_same_seed_gives_the_same_chances(again: Replay) -> None:
    """Who runs it again with a seed finds the same; with another seed something near it."""
    first, second, other = (again.chance(seed, 20) for seed in (1, 1, 2))
    assert first == second
    assert first != other
    assert abs(first.opening.p50 - other.opening.p50) < 13


def test_half_of_the_draws_come_before_four_fifths(again: Replay) -> None:
    """A chance of 80% takes at least as long as one of half, and the last joins after the first."""
    found = again.chance(14, 30)
    assert found.opening.p50 <= found.opening.p80 <= found.last.p80
    assert found.opening.p50 <= found.last.p50
    assert all(0 < share <= 1 for share in found.critical.values())
    assert again.plan.waves[0].week < found.opening.p80


def test_without_ranges_every_draw_is_the_plan(again: Replay) -> None:
    """Where nothing is uncertain the plan itself comes out, and its critical path always counts."""
    found, plan = certain(again).chance(14, 3), again.plan
    assert {*found.opening} == {plan.waves[0].week}
    assert {*found.last} == {plan.waves[-1].week}
    assert {*found.critical.values()} == {1.0}
    assert plan.critical_path[0] in found.critical


def test_only_who_is_waited_for_delays_the_opening(again: Replay) -> None:
    """A later joiner's quarter of delay moves no opening; a month on the critical path does."""
    found = again.delays()
    first = again.plan.waves[0].members
    assert {*found.partners} <= {*first}
    assert "papendrecht" in found.partners
    weeks = {task.id: task.finish - task.start for task in again.plan.tasks}
    assert {one for one in again.plan.critical_path if weeks[one]} <= {*found.tasks}
    others = {task.partner for task in again.plan.tasks if task.partner not in first} - {None}
    assert not {name.partition("@")[2] for name in found.tasks} & others


def test_without_a_first_wave_there_is_nothing_to_do_again(advice: Advice) -> None:
    """Of a plan in which nobody goes live together no chance is told."""
    assert advice.roadmap is not None
    nobody = replace(advice, roadmap=replace(advice.roadmap, waves=()))
    assert replayed(nobody) is None
    assert replayed(replace(advice, roadmap=None)) is None
