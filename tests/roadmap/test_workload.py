"""Work and people without names: no plan breaks a law, and what is called the soonest is."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise, product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.model.capacity import Recess
from decision.roadmap import bounds as jobs_of
from decision.roadmap import optimum as orders_of
from decision.roadmap.calendar import Calendar
from decision.roadmap.layout import order_of
from decision.roadmap.optimum import optimum
from decision.roadmap.slack import chain, slack
from decision.roadmap.workload import Days, Spread, Workload
from tests.searching import examples, tries

NOTHING = {"document": "d", "place": "p"}
CLOSED = {"name": "recess", "work": 0.5, "decisions": False, "source": NOTHING}
RECESS = Recess.model_validate({"from": "01-22", "until": "02-12", **CLOSED})
EPSILON = 1e-6


def calendar(*recesses: Recess) -> Calendar:
    """The weeks from a Tuesday on which a year begins."""
    return Calendar("2008-01-01", recesses)


@st.composite
def workloads(draw: st.DrawFn, most: int = 6) -> Workload:
    """A few jobs of two teams, the second of which can lack people until a job is done."""
    size = draw(st.integers(1, most))
    now = [draw(st.sampled_from([1.0, 2.0, 3.5])) for _ in range(2)]
    by = tuple(draw(st.sets(st.integers(0, size - 1), max_size=1)))
    freed = now[1] + draw(st.sampled_from([0.0, 2.0]))
    return Workload(
        weeks=tuple(draw(st.integers(0, 3)) for _ in range(size)),
        days=tuple(draw(st.integers(0, 6)) * 1.0 for _ in range(size)),
        people=tuple(draw(st.integers(-1, 1)) for _ in range(size)),
        before=tuple(
            tuple(sorted(draw(st.sets(st.integers(0, job - 1), max_size=2)))) if job else ()
            for job in range(size)
        ),
        decision=tuple(draw(st.booleans()) for _ in range(size)),
        place=tuple(range(size)),
        teams=(Days(now[0], now[0]), Days(now[1], freed, by)),
        calendar=calendar(*([RECESS] if draw(st.booleans()) else [])),
    )


def drawn(seed: int, most: int = 6) -> Workload:
    """The same kind of workload, by a seed."""
    given = random.Random(seed)  # noqa: S311 - a repeatable draw
    size = given.randint(1, most)
    now = [given.choice([1.0, 2.0, 3.5]) for _ in range(2)]
    by = tuple(given.sample(range(size), given.randint(0, 1)))
    freed = now[1] + given.choice([0.0, 2.0])
    return Workload(
        weeks=tuple(given.randint(0, 3) for _ in range(size)),
        days=tuple(given.randint(0, 6) * 1.0 for _ in range(size)),
        people=tuple(given.randint(-1, 1) for _ in range(size)),
        before=tuple(
            tuple(sorted(given.sample(range(job), min(job, given.randint(0, 2)))))
            for job in range(size)
        ),
        decision=tuple(given.random() < 0.5 for _ in range(size)),
        place=tuple(range(size)),
        teams=(Days(now[0], now[0]), Days(now[1], freed, by)),
        calendar=calendar(*([RECESS] if given.random() < 0.5 else [])),
    )


class Oracle:
    """All that can be done in a number of weeks, as constraints on whole parts of a day.

    A job of so many weeks is done in equal parts of days / weeks, at most, and calendars and days
    are in halves; so in twelfths of a day nothing has to be rounded.
    """

    PARTS = 12

    def __init__(self, workload: Workload, weeks: int) -> None:
        """The model without constraints."""
        reason = "ortools, of the extra test, is not installed"
        self.cp = pytest.importorskip("ortools.sat.python.cp_model", reason=reason)
        self.model, self.of, self.weeks = self.cp.CpModel(), workload, weeks
        self.pace = workload.calendar.until(weeks + 1)
        jobs = range(len(workload.weeks))
        self.done = [[self.model.NewBoolVar("") for _ in range(weeks + 1)] for _ in jobs]
        self.all = [self.model.NewBoolVar("") for _ in range(weeks + 1)]
        self.work = [
            [self.model.NewIntVar(0, self.parts(job, self.pace[week]), "") for week in range(weeks)]
            for job in jobs
        ]

    def parts(self, job: int, pace: float) -> int:
        """The parts of a job that so many weeks at full pace have."""
        found = self.PARTS * pace * (self.of.rate[job] or 1.0)
        assert found == pytest.approx(round(found))
        return round(found)

    def jobs(self) -> None:
        """No work before what must come first, and none is done before all its work is."""
        for job, weeks in enumerate(self.of.weeks):
            for week in range(self.weeks + 1):
                done, past = self.done[job][week], sum(self.work[job][:week])
                self.model.Add(past >= self.parts(job, weeks)).OnlyEnforceIf(done)
                self.model.AddImplication(self.all[week], done)
                if self.of.decision[job] and self.of.calendar.decided(week) != week:
                    self.model.AddImplication(done, self.done[job][week - 1])
                for first in self.of.before[job]:
                    self.model.AddImplication(done, self.done[first][week])
                    if week < self.weeks:
                        begun = self.model.Add(self.work[job][week] == 0)
                        begun.OnlyEnforceIf(self.done[first][week].Not())

    def people(self) -> None:
        """No team has more days in a week than there are."""
        for who, team in enumerate(self.of.teams):
            own = [j for j, by in enumerate(self.of.people) if by == who and self.of.rate[j]]
            for week in range(self.weeks):
                days = sum(self.work[job][week] for job in own)
                least, most = (
                    round(self.PARTS * has * self.pace[week])
                    for has in (team.now, team.freed if team.by else team.now)
                )
                self.model.Add(days <= most)
                for job in team.by:
                    self.model.Add(days <= least).OnlyEnforceIf(self.done[job][week].Not())

    def soonest(self) -> int:
        """The first week in which all can be done."""
        self.jobs()
        self.people()
        self.model.Maximize(sum(self.all))
        solver = self.cp.CpSolver()
        solver.parameters.num_workers, solver.parameters.linearization_level = 1, 2
        assert solver.Solve(self.model) == self.cp.OPTIMAL
        return self.weeks + 1 - int(solver.ObjectiveValue() + 0.5)


def checked(workload: Workload, plan: Spread) -> None:
    """No law of planning is broken."""
    rate = workload.rate
    for job, weeks in enumerate(workload.weeks):
        assert sum(plan.work[job].values()) == pytest.approx(weeks)
        assert all(plan.start[job] <= week < plan.finish[job] for week in plan.work[job])
        assert all(plan.finish[first] <= plan.start[job] for first in workload.before[job])
        if workload.decision[job]:
            assert workload.calendar.decided(plan.finish[job]) == plan.finish[job]
    last = max(plan.finish, default=0)
    pace = workload.calendar.until(last + 1)
    for who, team in enumerate(workload.teams):
        free = max((plan.finish[job] for job in team.by), default=last + 1)
        for week in range(last):
            days = sum(
                done[week] * rate[job]
                for job, done in enumerate(plan.work)
                if week in done and workload.people[job] == who
            )
            has = team.freed if week >= free else team.now
            assert days <= has * pace[week] + EPSILON


@examples(60)
@given(workloads())
def test_no_plan_breaks_a_law(workload: Workload) -> None:
    """Nothing starts before what it waits for, all work is done, and nobody works too many days."""
    checked(workload, optimum(workload).spread)


def test_the_soonest_is_that_of_or_tools() -> None:
    """CP-SAT ends none of 200 workloads sooner; of 2.000 one in 500 has a gap, and tells it."""
    count, late = tries(2_000), 0
    for seed in range(count):
        workload = drawn(seed)
        found = optimum(workload)
        soonest = Oracle(workload, found.week).soonest()
        assert found.bound <= soonest <= found.week, seed
        late += found.week - soonest
    assert late * 500 <= count


@examples(40)
@given(workloads(), st.data())
def test_more_people_and_less_to_wait_for_never_end_later(
    workload: Workload, data: st.DataObject
) -> None:
    """What is proven never gets worse by more days, by one prerequisite or by one job less."""
    now = optimum(workload)
    job = data.draw(st.integers(0, len(workload.weeks) - 1))
    more = tuple(Days(one.now + 1, one.freed + 1, one.by) for one in workload.teams)
    before = [*workload.before]
    before[job] = before[job][1:]
    weeks, days = [*workload.weeks], [*workload.days]
    weeks[job], days[job] = 0, 0.0
    for easier in (
        replace(workload, teams=more),
        replace(workload, before=tuple(before)),
        replace(workload, weeks=tuple(weeks), days=tuple(days)),
    ):
        then = optimum(easier)
        assert then.bound <= now.bound or then.bound <= now.week
        if then.week == then.bound:
            assert then.week <= now.week


@examples(40)
@given(workloads())
def test_what_slips_no_further_than_its_slack_moves_no_end(workload: Workload) -> None:
    """Slack is never negative, and what decides the end has none."""
    found = optimum(workload)
    room = slack(workload, found.spread, {})
    assert all(0 <= one <= found.week for one in room)
    ends = [job for job, week in enumerate(found.spread.finish) if week == found.week]
    path = chain(workload, found.spread, room, ends)
    assert path
    assert all(room[job] == 0 for job in path)
    assert all(
        one in workload.before[then] or one in found.spread.held[then]
        for one, then in pairwise(path)
    )


def test_a_recess_takes_longer_by_what_is_not_worked() -> None:
    """Of three weeks at half pace so much is left as one and a half week takes; nobody decides."""
    work = Workload(
        (6, 1),
        (6.0, 1.0),
        (0, 0),
        ((), (0,)),
        (False, True),
        (0, 1),
        (Days(1.0, 1.0),),
        calendar(RECESS),
    )
    found = optimum(work)
    assert found.spread.finish == (8, 9)
    late = replace(work, weeks=(3, 1), days=(3.0, 1.0))
    assert optimum(late).spread.finish == (3, 7)
    assert optimum(replace(late, calendar=calendar())).spread.finish == (3, 4)


def test_the_year_has_a_recess_each_year() -> None:
    """A recess over the end of the year holds in both, and no longer than there are years."""
    own = Recess.model_validate({"from": "12-22", "until": "01-05", **CLOSED, "work": 0})
    weeks = Calendar("2008", [own]).until(120)
    assert [week for week, pace in enumerate(weeks) if not pace] == [0, 51, 52, 103, 104]
    assert Calendar("9999-12", [own]).until(10) == [1.0] * 3 + [0.0] + [1.0] * 6


@examples(100)
@given(workload=workloads(most=9))
def test_a_bound_counts_as_much_as_when_everybody_is_counted_at_every_job(
    workload: Workload,
) -> None:
    """Whoever has nothing new to do before a job, or after it, does not move it."""
    found = jobs_of.Bounds(workload)
    with pytest.MonkeyPatch.context() as patched:
        everybody = {*range(len(workload.teams))}
        patched.setattr(jobs_of._Finder, "_doing", lambda *_: everybody)  # noqa: SLF001
        whole = jobs_of.Bounds(workload)
        assert found.start == whole.start
        assert found.week == whole.week
        assert found.latest == whole.latest


def test_what_frees_people_is_needed_by_their_work_only() -> None:
    """Who hires people does so for its own work; another's goal does not wait for it."""
    teams = (Days(1.0, 2.0, (0,)), Days(1.0, 1.0))
    work = Workload(
        *((1,) * 4, (1.0,) * 4, (-1, 1, 0, -1), ((),) * 4, (False,) * 4, (0, 1, 2, 3)),
        teams,
        calendar(),
    )
    assert [work.needed([goal]) for goal in range(4)] == [(0,), (1,), (0, 2), (3,)]


@pytest.mark.parametrize("recesses", [(), (RECESS,)], ids=["open", "recess"])
@pytest.mark.parametrize("freed", [0.0, 3.0, inf])
def test_days_of_work_fit_between_two_weeks(recesses: tuple[Recess, ...], freed: float) -> None:
    """As long as the days of these weeks together are enough; before the start there are none."""
    size = 12

    def fresh() -> jobs_of._Time:
        return jobs_of._Time(  # noqa: SLF001
            Workload((), (), (), (), (), (), (Days(1.0, 3.0, (0,)),), calendar(*recesses)), 0, freed
        )

    pace = calendar(*recesses).until(4 * size)
    has = [(3.0 if week >= freed else 1.0) * pace[week] for week in range(4 * size)]
    for since, days in product(range(size), (0.5, 1.0, 4.0, 9.0)):
        enough = (week for week in range(since, 4 * size) if sum(has[since:week]) >= days)
        assert fresh().done(since, days) == next(enough)
        fits = [week for week in range(since + 1) if sum(has[week:since]) >= days]
        assert fresh().begun(since, days) == max(fits, default=-1)


def test_the_weeks_after_a_job_are_those_of_all_that_waits_for_it() -> None:
    """Two weeks that take nobody's days, and then three that take twice the days there are."""
    work = Workload(
        *((1, 2, 3), (0.0, 0.0, 6.0), (-1, -1, 0), ((), (0,), (1,)), (False,) * 3, (0, 1, 2)),
        (Days(1.0, 1.0),),
        calendar(),
    )
    assert work.tail == (8.0, 6.0, 0.0)


def test_two_jobs_of_the_same_people_take_their_days_one_after_another() -> None:
    """What waits for both starts after two weeks; what both wait for is done two weeks ahead."""
    work = Workload(
        (1, 1, 1),
        (2.0, 2.0, 0.0),
        (0, 0, -1),
        ((), (), (0, 1)),
        (False,) * 3,
        (0, 1, 2),
        (Days(2.0, 2.0),),
        calendar(),
    )
    assert jobs_of.Bounds(work).start == (0, 0, 2)
    turned = replace(work, days=(0.0, 2.0, 2.0), people=(-1, 0, 0), before=((), (0,), (0,)))
    assert jobs_of.Bounds(turned).latest == (1, 3, 3)


@examples(40)
@given(workload=workloads())
def test_with_very_many_jobs_the_bound_holds_for_the_first_order_too(workload: Workload) -> None:
    """Fewer orders are tried: the end comes no sooner, and no sooner than the bound."""
    best = optimum(workload)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(orders_of, "_MANY", 0)
        first = optimum(workload)
    checked(workload, first.spread)
    assert first.bound <= best.week <= first.week


@pytest.mark.parametrize(("seed", "best", "first"), [(364, 26, 28), (525, 7, 9)])
def test_what_is_most_urgent_is_looked_at_in_more_than_one_way(
    seed: int, best: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirteen jobs end two weeks sooner than by what has most to come after it alone."""
    workload = drawn(seed, 14)
    assert optimum(workload).week == best
    monkeypatch.setattr(orders_of, "_MANY", 0)
    assert optimum(workload).week == first


@pytest.mark.parametrize(("seed", "best", "first"), [(58, 8, 9), (115, 5, 6), (148, 6, 7)])
def test_of_a_few_jobs_each_is_tried_before_and_after_the_others(
    seed: int, best: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no rule gives the soonest end, letting one job go first or last gives it."""
    workload = drawn(seed, 8)
    assert optimum(workload).week == best
    monkeypatch.setattr(orders_of, "_FEW", 0)
    assert optimum(workload).week == first


def test_what_was_decided_first_keeps_its_turn() -> None:
    """Behind it comes all other work, first what has most to come after it."""
    for seed in range(20):
        workload, given = drawn(seed, 12), random.Random(seed)  # noqa: S311 - a repeatable draw
        names = [str(job) for job in range(len(workload.weeks))]
        chosen = given.sample(names, len(names) // 2)
        order = order_of(workload, names, {name: at for at, name in enumerate(chosen)})
        rest = [name for name in names if name not in chosen]
        rest.sort(key=lambda name: -workload.tail[int(name)])
        assert sorted(names, key=lambda name: order[int(name)]) == [*chosen, *rest]
