"""How soon a workload can be done at the soonest, whatever the order in which the work is done.

A job starts no sooner than all that it waits for is done, and everything that the same people must
have done before it takes at least as long as they need for the days of work in it (Carlier and
Pinson, 1989, for one machine; the energy of cumulative scheduling).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import inf

from decision.roadmap.calendar import EPSILON
from decision.roadmap.workload import Workload

__all__ = ["Bounds"]

_TAILS = 100
"""Of so many moments at the end is looked at what must be done before; more would take too long."""


class _Time:
    """The days that somebody has from the start up to every week, if freed in a given week."""

    def __init__(self, workload: Workload, who: int, freed: float) -> None:
        self._team, self._freed, self._calendar = workload.teams[who], freed, workload.calendar
        self._days = [0.0]

    def has(self, week: int) -> float:
        """The days a week at full pace in a week."""
        return self._team.freed if week >= self._freed else self._team.now

    def done(self, since: int, days: float) -> int:
        """The first week at the start of which so many days of work since a week can be done."""
        while len(self._days) <= since:
            self._more()
        wanted = self._days[since] + days - EPSILON
        while self._days[-1] < wanted:
            self._more()
        return max(since, bisect_left(self._days, wanted))

    def begun(self, until: int, days: float) -> int:
        """The last week since which so many days of work can be done until a week; may be < 0."""
        while len(self._days) <= until:
            self._more()
        left = self._days[max(until, 0)] - days + EPSILON
        return bisect_right(self._days, left, hi=max(until, 0) + 1) - 1 if left >= 0 else -1

    def _more(self) -> None:
        week = len(self._days) - 1
        pace = self._calendar.until(week + 1)[week]
        self._days.append(self._days[-1] + self.has(week) * pace)


class Bounds:
    """When jobs can start and be done at the soonest, and by when they must; worked out if asked.

    ``with_time`` is the first week in which all can be, if people did any number of jobs at once.
    """

    def __init__(self, workload: Workload, fixed: Sequence[int] = ()) -> None:
        """Look at the order of the jobs only; see `spread` for ``fixed``."""
        self._finder = _Finder(workload, fixed)
        self.with_time = max(self._finder.finish, default=0)

    @cached_property
    def start(self) -> tuple[int, ...]:
        """The first week in which each can start."""
        self._finder.count_days()
        return tuple(self._finder.start)

    @cached_property
    def week(self) -> int:
        """The first week in which all can be done."""
        self._finder.count_days()
        return self._finder.both()

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """The last week in which each can be done, if all is to be done in that one."""
        return tuple(self._finder.latest(self.week))


class _Finder:
    def __init__(self, workload: Workload, fixed: Sequence[int]) -> None:
        self.workload, self.fixed = workload, fixed
        self.start, self.finish = self._starts(with_days=False)
        self.times: list[_Time] = []

    def count_days(self) -> None:
        """From here on people do no more than they have days for."""
        if not self.times:
            teams = self.workload.teams
            freed = [max((self.finish[job] for job in one.by), default=0) for one in teams]
            free = [at if one.by else inf for at, one in zip(freed, teams, strict=True)]
            self.times = [_Time(self.workload, who, at) for who, at in enumerate(free)]
            self.start, self.finish = self._starts(with_days=True)

    def _starts(self, *, with_days: bool) -> tuple[list[int], list[int]]:
        workload = self.workload
        start: list[int] = []
        finish: list[int] = []
        counted: list[int] = []
        for job, first in enumerate(workload.before):
            week = max((finish[one] for one in first), default=0)
            if self.fixed:
                week = max(week, self.fixed[job])
            so_far = max((counted[one] for one in first), key=int.bit_count, default=0)
            if with_days and len(first) > 1:
                week = max(week, self._people(job, so_far, start))
                so_far = workload.ancestors[job]
            counted.append(so_far)
            start.append(week)
            finish.append(self._done(job, week, with_days=with_days))
        return start, finish

    def _done(self, job: int, week: int, *, with_days: bool) -> int:
        workload = self.workload
        left, rate, who = float(workload.weeks[job]), workload.rate[job], workload.people[job]
        while left > EPSILON:
            pace = workload.calendar.until(week + 1)[week]
            if rate:
                has = self.times[who].has(week) if with_days else workload.teams[who].most
                pace *= min(1.0, has / rate)
            left -= pace
            week += 1
        return workload.calendar.decided(week) if workload.decision[job] else week

    @cached_property
    def of_team(self) -> list[list[int]]:
        """The jobs that take days of each team."""
        workload = self.workload
        found: list[list[int]] = [[] for _ in workload.teams]
        for job, rate in enumerate(workload.rate):
            if rate:
                found[workload.people[job]].append(job)
        return found

    def _people(self, job: int, counted: int, start: Sequence[int]) -> int:
        """When everybody has done all that must come before a job.

        Who has the same to do as before one of these (``counted``) has done it by then.
        """
        week, bits = 0, self.workload.ancestors[job]
        for who in self._doing(bits & ~counted):
            jobs = self.of_team[who]
            first = [(start[one], one) for one in jobs if bits >> one & 1]
            if len(first) > 1:
                week = max(week, self._energy(who, first))
        return week

    def _doing(self, bits: int) -> set[int]:
        """The teams that have days of work in some of these jobs."""
        rate, people = self.workload.rate, self.workload.people
        found = set[int]()
        while bits:
            job = bits.bit_length() - 1
            bits ^= 1 << job
            if rate[job]:
                found.add(people[job])
        return found

    def _energy(self, who: int, first: Iterable[tuple[int, int]]) -> int:
        week, days = 0, 0.0
        for since, one in sorted(first, reverse=True):
            days += self.workload.days[one]
            week = max(week, self.times[who].done(since, days))
        return week

    def both(self) -> int:
        """The last week by what comes before and after all that the same people do."""
        workload, found, tail = self.workload, max(self.finish, default=0), self.workload.tail
        for who, jobs in enumerate(self.of_team):
            tails = sorted({tail[job] for job in jobs})
            for least in tails[:: 1 + len(tails) // _TAILS]:
                some = [(self.start[job], job) for job in jobs if tail[job] >= least]
                found = max(found, _later(workload, self._energy(who, some), least))
        return found

    def latest(self, week: int) -> list[int]:
        """The last week in which every job can be done, if all is to be done by a week."""
        workload = self.workload
        finish = [week] * len(workload.weeks)
        start = [week] * len(workload.weeks)
        counted = [0] * len(workload.weeks)
        for job in reversed(range(len(finish))):
            after = workload.after[job]
            if after:
                finish[job] = min(start[one] for one in after)
                counted[job] = max((counted[one] for one in after), key=int.bit_count)
            if len(after) > 1:
                finish[job] = min(finish[job], self._people_after(job, counted[job], finish))
                counted[job] = workload.descendants[job]
            start[job] = self._begun(job, finish[job])
        return finish

    def _people_after(self, job: int, counted: int, finish: Sequence[int]) -> int:
        """By when everybody must begin with all that comes after a job; see `_people`."""
        week, bits = finish[job], self.workload.descendants[job]
        for who in self._doing(bits & ~counted):
            then = [(finish[one], one) for one in self.of_team[who] if bits >> one & 1]
            days = 0.0
            for until, one in sorted(then) if len(then) > 1 else ():
                days += self.workload.days[one]
                week = min(week, self.times[who].begun(until, days))
        return week

    def _begun(self, job: int, week: int) -> int:
        workload = self.workload
        left, rate, who = float(workload.weeks[job]), workload.rate[job], workload.people[job]
        while left > EPSILON:
            week -= 1
            pace = workload.calendar.until(week + 1)[week] if week >= 0 else 1.0
            if rate:
                pace *= min(1.0, self.times[who].has(week) / rate)
            left -= pace
        return week


def _later(workload: Workload, week: int, weeks: float) -> int:
    """The first week by which so many weeks at full pace have passed."""
    while weeks > EPSILON:
        weeks -= workload.calendar.until(week + 1)[week]
        week += 1
    return week
