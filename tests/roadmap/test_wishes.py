"""A wish for a date against the plan, the papers before a decision, and when reports come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.load import load_region
from decision.model.facts import WishedStart
from decision.model.region import Region
from decision.roadmap.dates import day_of, start_of, weeks_until
from decision.roadmap.decisions import decisions
from decision.roadmap.moments import occasions
from decision.roadmap.parts import Ready, Role
from decision.roadmap.plan import Roadmap
from decision.roadmap.wishes import StartWish, start_wishes
from tests.regions import DRECHTSTEDEN
from tests.searching import examples


def plan_of(advice: Advice) -> Roadmap:
    """The roadmap of an advice that has one."""
    assert advice.roadmap is not None
    return advice.roadmap


def wish_of(advice: Advice, name: str, by: str) -> StartWish:
    """What comes of it when only one municipality wants to start, by a date."""
    towns = {
        town: one.model_copy(update={"wished_start": None})
        for town, one in advice.region.municipalities.items()
    }
    towns[name] = towns[name].model_copy(update={"wished_start": WishedStart(by=by)})
    region = advice.region.model_copy(update={"municipalities": towns})
    (found,) = start_wishes(advice.knowledge, region, advice.roadmap)
    return found


def test_the_frontrunner_wants_more_than_the_plan_can(advice: Advice) -> None:
    """Bijlage C: Dordrecht wants to start on 1 January 2009, half a year after the advice."""
    (wish,) = advice.start_wishes
    assert (wish.partner, wish.by, wish.met) == ("dordrecht", "2009-01-01", "no")
    assert wish.available == pytest.approx(184 / 7)
    assert wish.decided_by[-1].startswith(advice.knowledge.go_live)


@examples(60)
@given(data=st.data())
def test_a_wish_is_met_by_whoever_goes_live_no_later(advice: Advice, data: st.DataObject) -> None:
    """On the day of the plan or later it can be, on any day before not; it differs as the plan."""
    plan, region = plan_of(advice), advice.region
    name = data.draw(st.sampled_from(sorted(plan.live)))
    days = data.draw(st.integers(-500, 500) | st.sampled_from([-1, 0, 1]))
    wished = day_of(region, plan.live[name]) + dt.timedelta(days=days)
    wish = wish_of(advice, name, wished.isoformat())
    assert wish.met == ("yes" if days >= 0 else "no")
    assert wish.week == plan.live[name]
    assert wish.late == pytest.approx(-days / 7)
    assert bool(wish.decided_by) == (days < 0)


def test_what_decides_is_a_chain_up_to_the_wave(advice: Advice) -> None:
    """Every step waits for the one before, and the last is when the whole wave goes live."""
    plan = plan_of(advice)
    tasks = {task.id: task for task in plan.tasks}
    for name, week in plan.live.items():
        chain = wish_of(advice, name, "2000-01-01").decided_by
        assert all(before in tasks[after].after for before, after in pairwise(chain))
        assert not tasks[chain[0]].after
        assert tasks[chain[-1]].finish == week
        assert plan.live[tasks[chain[-1]].partner or ""] == week


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        (["municipalities.dordrecht.facts.joins_number=nee"], "no"),
        (["municipalities.dordrecht.facts.joins_number=unknown"], "unknown"),
        ([], "yes"),
    ],
)
def test_a_wish_of_who_does_not_take_part_is_answered_too(changes: list[str], met: str) -> None:
    """Who says no to the number does not start; of whom it is unknown, nobody can tell yet."""
    late = ["municipalities.dordrecht.wished_start=2020"]
    (wish,) = decide(load_region(DRECHTSTEDEN, changes=[*late, *changes])).start_wishes
    assert wish.met == met


@pytest.mark.parametrize(
    ("role", "earliest", "met"),
    [
        ("undecided", None, "unknown"),
        ("undecided", 10.0, "unknown"),
        ("undecided", 10.5, "no"),
        ("own_entrance", 5.0, "no"),
    ],
)
def test_who_may_start_in_time_is_not_told_that_it_cannot(
    advice: Advice, role: Role, earliest: float | None, met: str
) -> None:
    """Ten weeks are enough for who may be ready by then, and who does not join is never in time."""
    ready = None if earliest is None else Ready(earliest, 99.0)
    plan, by = plan_of(advice), "2008-09-09"
    part = replace(plan.municipalities["dordrecht"], role=role, ready=ready)
    live = {name: week for name, week in plan.live.items() if name != "dordrecht"}
    after = replace(plan, municipalities={**plan.municipalities, "dordrecht": part}, live=live)
    assert weeks_until(advice.region, by) == 10
    assert wish_of(replace(advice, roadmap=after), "dordrecht", by).met == met


def test_a_wish_for_a_month_has_until_its_last_day() -> None:
    """By 2009 is by its end, and a start in July 2008 is its first day."""
    region = load_region(DRECHTSTEDEN).region
    assert start_of(region) == dt.date(2008, 7, 1)
    assert weeks_until(region, "2008-07-08") == 1
    assert weeks_until(region, "2008-08") == pytest.approx(61 / 7)
    assert weeks_until(region, "2009") == pytest.approx(548 / 7)
    assert day_of(region, 2.5) == dt.date(2008, 7, 19)


def test_papers_are_in_before_a_decision_and_not_before_its_work(advice: Advice) -> None:
    """A council has its papers weeks before it meets; nobody sends them before there is work."""
    plan, leads = plan_of(advice), advice.knowledge.papers
    tasks = {task.id: task for task in plan.tasks}
    to_take = [one for one in advice.decisions if one.status == "to_take"]
    assert {one.body for one in to_take} & {*leads} == {*leads}
    for one in to_take:
        task, lead = tasks[one.id], leads.get(one.body)
        expected = None if lead is None else max(task.start, task.finish - lead.weeks)
        assert one.papers == expected
    without = advice.knowledge.model_copy(update={"papers": {}})
    assert all(one.papers is None for one in decisions(without, advice.region, plan))


def test_municipalities_decide_before_their_region(advice: Advice) -> None:
    """Chapter 6: each municipality decides for itself first, and then the region."""
    found = {one.id: one.week or 0.0 for one in advice.decisions if one.status == "to_take"}
    region = found["regionaal-besluit"]
    for name in plan_of(advice).founders.members:
        assert found[f"collegebesluit@{name}"] <= found[f"raadsbesluit@{name}"] <= region


def test_the_work_is_reported_on_as_the_plan_of_2011_says(advice: Advice) -> None:
    """Every quarter, once halfway the evaluation, and a decision on what follows after it."""
    plan = plan_of(advice)
    tasks = {task.id: task for task in plan.tasks}
    evaluation = tasks["evalueren"]
    quarters = [one for one in advice.occasions if one.moment == "kwartaalrapportage"]
    weeks = [one.week for one in quarters]
    assert [one.number for one in quarters] == [*range(1, len(quarters) + 1)]
    assert weeks == [13.0 * number for number in range(1, len(weeks) + 1)]
    assert weeks[-1] <= evaluation.finish < weeks[-1] + 13
    (halfway,) = (one for one in advice.occasions if one.moment == "tussenstand")
    assert halfway.week == (evaluation.start + evaluation.finish) / 2
    assert tasks["vervolg-besluiten"].start >= evaluation.finish


def test_without_the_work_nobody_reports_on_it(advice: Advice) -> None:
    """A moment hangs on an activity: where that is done, there is nothing to tell."""
    moments = {"los": advice.knowledge.moments["tussenstand"].model_copy(
        update={"activity": "uitbesteding-heroverwegen"})}  # fmt: skip
    knowledge = advice.knowledge.model_copy(update={"moments": moments})
    assert occasions(knowledge, plan_of(advice)) == ()


def test_what_comes_after_the_requirements_is_work_until_it_is_arranged(advice: Advice) -> None:
    """Chapter 2: manager, cost, transfer, fallback, night numbers; also behind a number only."""
    arranged = {
        "number_manager": ("aangewezen", "nummerbeheer-inrichten"),
        "cost_sharing": ("afgesproken", "kosten-verdelen"),
        "transfers": ("gekozen", "doorverbinden-kiezen"),
        "fallback": ("geregeld", "achtervang-regelen"),
        "emergency_numbers": ("geregeld", "noodnummers-regelen"),
    }
    planned = {task.activity for task in plan_of(advice).tasks}
    changes = [f"facts.{fact}={level}" for fact, (level, _) in arranged.items()]
    done = decide(load_region(DRECHTSTEDEN, changes=changes))
    for _, activity in arranged.values():
        assert activity in planned
        assert {"1", "2", "3a"} <= {*advice.knowledge.activities[activity].forms}
        assert activity not in {task.activity for task in plan_of(done).tasks}


def test_a_region_that_arranged_nothing_is_asked_for_it(advice: Advice) -> None:
    """What nobody knows to be arranged is an open question, and work that may not be needed."""
    names = ("number_manager", "cost_sharing", "transfers", "fallback", "emergency_numbers")
    facts = {name: fact for name, fact in advice.region.facts.items() if name not in names}
    region: Region = advice.region.model_copy(update={"facts": facts})
    found = decide(type(load_region(DRECHTSTEDEN))(advice.knowledge, region))
    assert {*names} <= {one.fact for one in found.open_questions}
    uncertain = {task.activity for task in plan_of(found).tasks if task.uncertain}
    assert {"doorverbinden-kiezen", "achtervang-regelen", "noodnummers-regelen"} <= uncertain
