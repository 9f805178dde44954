"""The plan again with other durations: chances by seed, and what delays the opening."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from decision.advice.advice import Advice
from decision.advice.again import replayed
from decision.model.activities import Activity
from decision.model.facts import Fact
from decision.roadmap.jobs import whole_weeks
from decision.roadmap.replay import Replay
from decision.roadmap.workload import spread


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


def test_the_work_of_an_organisation_takes_no_days_of_the_region(again: Replay) -> None:
    """The regional team does the work of the region; of what organisations have nobody knows."""
    ways = again.ways
    network = ways.network(ways.going, unknown_to_do=True)
    names, workload = ways.workload(network, ())
    who = dict(
        zip((network.jobs[name].job.partner for name in names), workload.people, strict=True)
    )
    assert who[None] == 0
    organisations = [one for name, one in who.items() if name in again.region.organisations]
    assert {*organisations} == {-1}
    assert len({*who.values()}) == len(who) - len(organisations) + 1


@pytest.mark.parametrize("lacking", [True, False])
def test_who_may_lack_people_has_fewer_days_where_it_does(again: Replay, *, lacking: bool) -> None:
    """With all that is unknown to do Dordrecht has a share of its days, and else all of them."""
    town = again.region.municipalities["dordrecht"]
    unsure = town.model_copy(update={"facts": {**town.facts, "capacity": Fact(value="unknown")}})
    towns = {**again.region.municipalities, "dordrecht": unsure}
    region = again.region.model_copy(update={"municipalities": towns})
    ways = replace(again, region=region).ways
    network = ways.network(ways.going, unknown_to_do=lacking)
    names, workload = ways.workload(network, ())
    (who,) = {workload.people[at] for at, one in enumerate(names) if one.endswith("@dordrecht")}
    own = ways.local["dordrecht"]
    assert own.low < own.high
    assert workload.teams[who].now == (own.low if lacking else own.high)


def test_half_of_the_draws_come_before_four_fifths(again: Replay) -> None:
    """A chance of 80% takes at least as long as one of half, and the last joins after the first."""
    found = again.chance(14, 30)
    assert found.opening.p50 <= found.opening.p80 <= found.last.p80
    assert found.opening.p50 <= found.last.p50
    assert all(0 < share <= 1 for share in again.critical(14, 10).values())
    assert again.plan.waves[0].week < found.opening.p80


def test_without_ranges_every_draw_is_the_plan(again: Replay) -> None:
    """Where nothing is uncertain the plan itself comes out, and its critical path always counts."""
    sure, plan = certain(again), again.plan
    found, critical = sure.chance(14, 3), sure.critical(14, 3)
    assert {*found.opening} == {plan.waves[0].week}
    assert {*found.last} == {plan.waves[-1].week}
    assert {*critical.values()} == {1.0}
    assert plan.critical_path[0] in critical


def test_every_draw_is_a_plan_by_itself(again: Replay) -> None:
    """Of five draws by `random` the third opening is half, and the fourth is four fifths."""
    names, workload, order, gates = again._laid  # noqa: SLF001
    drawn, opening = random.Random(14), []  # noqa: S311 - the same draw
    for _ in range(5):
        weeks, days = list[float](), list[float]()
        for job, name in enumerate(names):
            activity = again.knowledge.activities[name.partition("@")[0]]
            for planned, usual, limits, found in (
                (workload.weeks[job], activity.duration.weeks, activity.duration.range, weeks),
                (workload.days[job], activity.effort.days, activity.effort.range, days),
            ):
                length = drawn.triangular(*limits, usual)
                found.append(planned * length / usual if usual else planned)
        own = replace(
            workload, weeks=tuple(int(whole_weeks(one)) for one in weeks), days=tuple(days)
        )
        done = spread(own, order).finish
        opening.append(max(done[gates[one]] for one in again.plan.founders.members))
    assert again.chance(14, 5).opening == tuple(sorted(opening)[2:4])


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
