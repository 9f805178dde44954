"""Work and people without names: no plan breaks a law, and what is called the soonest is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import (  # type: ignore[import-untyped,unused-ignore]
    Bounds,
    LinearConstraint,
    milp,
)
from scipy.sparse import lil_matrix  # type: ignore[import-untyped,unused-ignore]

from decision.model.capacity import Recess
from decision.roadmap import bounds as jobs_of
from decision.roadmap import optimum as orders_of
from decision.roadmap.calendar import Calendar
from decision.roadmap.optimum import Optimum, optimum
from decision.roadmap.slack import chain, slack
from decision.roadmap.workload import Days, Workload
from tests.searching import examples

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


class Oracle:
    """All that can be done in a number of weeks, as a mixed-integer programme in time.

    A variable for the work on each job in each week, one for whether it is done by then, one for
    whether a team has its people then, and one for whether all is done.
    """

    def __init__(self, workload: Workload, weeks: int) -> None:
        """The programme without rows."""
        self.of, self.weeks, self.size = workload, weeks, len(workload.weeks)
        self.rows: list[tuple[dict[int, float], float]] = []
        self.most: dict[int, float] = {}

    def work(self, job: int, week: int) -> int:
        """The column of the work on a job in a week."""
        return job * self.weeks + week

    def done(self, job: int, week: int) -> int:
        """The column of whether it is done when a week begins."""
        return self.size * self.weeks + job * (self.weeks + 1) + week

    def freed(self, who: int, week: int) -> int:
        """The column of whether a team has its people."""
        return self.done(self.size, 0) + who * self.weeks + week

    def all(self, week: int) -> int:
        """The column of whether all is done when a week begins."""
        return self.freed(len(self.of.teams), 0) + week

    def row(self, terms: dict[int, float], most: float = 0.0) -> None:
        """The terms together are no more than so much."""
        self.rows.append((terms, most))

    def jobs(self) -> None:
        """No work before what must come first, and none is done before all its work is."""
        pace = self.of.calendar.until(self.weeks + 1)
        for job in range(self.size):
            for week in range(self.weeks + 1):
                done = self.done(job, week)
                past = {self.work(job, at): -1.0 for at in range(week)}
                self.row({done: float(self.of.weeks[job]), **past})
                if week and self.of.decision[job] and self.of.calendar.decided(week) != week:
                    self.row({done: 1.0, self.done(job, week - 1): -1.0})
                self.row({self.all(week): 1.0, done: -1.0})
                for first in self.of.before[job]:
                    self.row({done: 1.0, self.done(first, week): -1.0})
                    if week < self.weeks:
                        terms = {self.work(job, week): 1.0, self.done(first, week): -pace[week]}
                        self.row(terms)
                if week < self.weeks:
                    self.most[self.work(job, week)] = pace[week]

    def people(self) -> None:
        """No team has more days in a week than there are."""
        pace = self.of.calendar.until(self.weeks + 1)
        for who, team in enumerate(self.of.teams):
            for week in range(self.weeks):
                own = {
                    self.work(job, week): self.of.rate[job]
                    for job in range(self.size)
                    if self.of.people[job] == who
                }
                more = (team.freed - team.now) * pace[week] if team.by else 0.0
                self.row({**own, self.freed(who, week): -more}, team.now * pace[week])
                for job in team.by:
                    self.row({self.freed(who, week): 1.0, self.done(job, week): -1.0})

    def soonest(self) -> int:
        """The first week in which all can be done."""
        self.jobs()
        self.people()
        columns = self.all(self.weeks) + 1
        matrix, most = lil_matrix((len(self.rows), columns)), np.zeros(len(self.rows))
        for at, (terms, bound) in enumerate(self.rows):
            most[at] = bound
            for column, times in terms.items():
                matrix[at, column] = times
        gain, upper, whole = np.zeros(columns), np.ones(columns), np.ones(columns)
        gain[self.all(0) :] = -1.0
        for column, bound in self.most.items():
            upper[column], whole[column] = bound, 0
        found = milp(
            gain,
            constraints=LinearConstraint(matrix.tocsr(), ub=most),
            bounds=Bounds(0, upper),
            integrality=whole,
        )
        assert found.success
        return self.weeks + 1 - round(-float(found.fun))


def checked(workload: Workload, found: Optimum) -> None:
    """No law of planning is broken."""
    plan, rate = found.spread, workload.rate
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
    checked(workload, optimum(workload))


@examples(40)
@given(workloads())
def test_what_is_called_the_soonest_is(workload: Workload) -> None:
    """A solver that tries every week finds none before the bound, and none before a proven end."""
    found = optimum(workload)
    soonest = Oracle(workload, found.week).soonest()
    assert found.bound <= soonest <= found.week
    assert found.week - soonest <= 1


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


@examples(40)
@given(workload=workloads())
def test_with_very_many_jobs_the_bound_holds_for_the_first_order_too(workload: Workload) -> None:
    """Fewer orders are tried: the end comes no sooner, and no sooner than the bound."""
    best = optimum(workload)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(orders_of, "_MANY", 0)
        first = optimum(workload)
    checked(workload, first)
    assert first.bound <= best.week <= first.week
