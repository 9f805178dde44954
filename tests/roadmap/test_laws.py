"""Laws of the plan for regions that nobody has drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import costs
from decision.eligibility.verdicts import eligibility
from decision.load import Case
from decision.model.facts import Fact, Figure
from decision.roadmap.layout import lay
from decision.roadmap.network import Ways
from decision.roadmap.parts import Part
from decision.roadmap.plan import Roadmap, roadmap
from decision.roadmap.readiness import Openings
from decision.scores.additive import Scores, scores
from tests.regions import TOWNS, base, case_of, changed, regions, with_fact
from tests.roadmap.test_workload import checked
from tests.searching import examples

SCALES = ("vision", "board_support", "organisation_support", "capacity", "knowledge_base")
NOBODY: Mapping[str, Part] = MappingProxyType({})


@cache
def ranking() -> Scores:
    """A ranking by which who does not take part comes to a lesser form."""
    case = base()
    found = eligibility(case.knowledge, case.region)
    return scores(case.knowledge, case.region, found, costs(case.knowledge, case.region))


def plan_of(case: Case, settled: Mapping[str, Part] = NOBODY) -> Roadmap:
    """The way to form 3a, whatever is advised."""
    known, region = case.knowledge, case.region
    return roadmap(known, region, eligibility(known, region), ranking(), "3a", settled)


def without(case: Case, name: str) -> float:
    """When the first wave opens if one municipality goes on as now; never where nobody is left."""
    out = {name: Part(name, "stays_out", case.knowledge.baseline)}
    waves = plan_of(case, out).waves
    return waves[0].week if waves else float("inf")


def joining(plan: Roadmap) -> list[str]:
    """Who comes to the form."""
    return [name for name, part in plan.municipalities.items() if part.form == plan.form]


def with_days(case: Case, days: Mapping[str, float]) -> Case:
    """The case in which municipalities have so many days a week."""
    towns = {
        name: one.model_copy(update={"days_a_week": Figure(value=days[name])})
        if name in days
        else one
        for name, one in case.region.municipalities.items()
    }
    return changed(case, towns)


@examples(10)
@given(regions())
def test_waves_come_in_order_and_nobody_goes_live_before_it_is_ready(case: Case) -> None:
    """The first wave has all its founders; who is held would have made it wait too long."""
    plan = plan_of(case)
    joins = [name for wave in plan.waves for name in wave.members]
    assert sorted(joins) == sorted(joining(plan))
    assert [wave.week for wave in plan.waves] == sorted({wave.week for wave in plan.waves})
    if plan.waves:
        first = plan.waves[0]
        assert {*plan.founders.members} <= {*first.members}
        assert first.week >= plan.bound
        assert all(week >= first.week for week in plan.live.values())
        for wave in plan.waves:
            assert all(_ready(plan, name) <= wave.week for name in wave.members)
        for one in plan.held:
            assert one.together > one.opens + one.most
            assert one.partner not in first.members


def _ready(plan: Roadmap, name: str) -> float:
    found = plan.municipalities[name].ready
    assert found is not None
    return found.earliest


@examples(40)
@given(regions(5), st.data())
def test_worse_readiness_never_opens_sooner_than_without_that_one(
    case: Case, data: st.DataObject
) -> None:
    """Who falls back opens nothing sooner, but for a first wave that no longer waits for it."""
    name = data.draw(st.sampled_from(sorted(case.region.municipalities)))
    fact = data.draw(st.sampled_from(SCALES))
    levels = [*case.knowledge.facts[fact].levels]
    at = data.draw(st.integers(1, len(levels) - 1))
    better, worse = (
        with_fact(case, name, fact, Fact(value=levels[level])) for level in (at, at - 1)
    )
    now, then = plan_of(better), plan_of(worse)
    if not (now.waves and then.waves) or joining(now) != joining(then):
        return
    if then.waves[0].week < now.bound:
        assert name in now.founders.members
        assert name not in then.founders.members
        assert then.waves[0].week >= without(better, name)


@examples(20)
@given(regions(5))
def test_a_large_lack_opens_later(case: Case) -> None:
    """When everybody lacks everything the first wave opens later than when all have all."""
    plans = []
    for level in (-1, 0):
        changed_case = case
        for name in case.region.municipalities:
            for fact in SCALES:
                levels = [*case.knowledge.facts[fact].levels]
                changed_case = with_fact(changed_case, name, fact, Fact(value=levels[level]))
        plans.append(plan_of(changed_case))
    best, worst = plans
    if best.waves and worst.waves and joining(best) == joining(worst):
        assert worst.waves[0].week > best.waves[0].week


@examples(20)
@given(regions(5), st.integers(1, 30))
def test_more_days_never_open_the_first_wave_later(case: Case, more: int) -> None:
    """Days that are left over are of no harm; who was held may go along, and is waited for."""
    towns = case.region.municipalities
    least, most = (
        plan_of(with_days(case, dict.fromkeys(towns, days))) for days in (2.0, 2.0 + more)
    )
    if least.waves and {*most.founders.members} <= {*least.founders.members}:
        assert most.bound <= least.waves[0].week


@examples(20)
@given(regions(5), st.data())
def test_who_is_late_keeps_up_nobody_that_does_not_wait_for_it(
    case: Case, data: st.DataObject
) -> None:
    """One that joins later and has hardly any days delays no other, nor the first wave."""
    now = plan_of(case)
    later = [name for name in joining(now) if name not in now.founders.members]
    if not later:
        return
    name = data.draw(st.sampled_from(later))
    then = plan_of(with_days(case, {name: 0.2}))
    if then.founders.members == now.founders.members:
        others = now.live.keys() - {name}
        assert all(then.live[other] <= now.live[other] for other in others)


@examples(20)
@given(regions(5), st.permutations(TOWNS))
def test_renaming_changes_nothing(case: Case, order: list[str]) -> None:
    """Other names, in another order of the file, give the same weeks for the same facts."""
    names = dict(zip(TOWNS, (f"{order.index(name)}-{name}" for name in TOWNS), strict=True))
    towns = case.region.municipalities
    moved = {names[name]: towns[name] for name in order if name in towns}
    other = case_of(case.region.model_copy(update={"municipalities": moved}))
    mine, theirs = plan_of(case), plan_of(other)
    assert {names[name]: week for name, week in mine.live.items()} == theirs.live
    assert mine.weeks == theirs.weeks
    assert {names[n]: (p.role, p.form) for n, p in mine.municipalities.items()} == {
        n: (p.role, p.form) for n, p in theirs.municipalities.items()
    }


@examples(20)
@given(regions(5))
def test_nobody_ever_works_more_days_than_there_are(case: Case) -> None:
    """The whole plan, with all that join and all that comes after, keeps every law of planning."""
    plan = plan_of(case)
    known, region = case.knowledge, case.region
    ways = Ways(known, region, eligibility(known, region), plan.form, plan.parts)
    openings = Openings(ways, ways.network(ways.going, unknown_to_do=True))
    laid = lay(openings, plan.founders.members)
    done = laid.finished(plan.live, plan.waves[0].members if plan.waves else ())
    checked(done.workload, done.spread)
    assert {task.id: (task.start, task.finish) for task in plan.tasks} == {
        name: (done.spread.start[job], done.spread.finish[job])
        for job, name in enumerate(done.names)
    }
