"""Work as a workload: jobs that wait for one another, done by people with so many days a week.

A job takes at least its weeks, and its days of work are spread over them: in a week at full pace
no more than days / weeks. Where its people have less time it takes longer; it may rest while they
do something else. A job begins in a whole week, when all that it waits for is done.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from decision.roadmap.calendar import EPSILON, Calendar

__all__ = ["Days", "Spread", "Workload", "spread"]


class Days(NamedTuple):
    """The days a week of somebody: ``now``, and ``freed`` once the jobs ``by`` are all done."""

    now: float
    freed: float
    by: tuple[int, ...] = ()

    @property
    def most(self) -> float:
        """The most that they ever are."""
        return max(self.now, self.freed) if self.by else self.now


@dataclass(frozen=True)
class Workload:
    """Jobs by number, so that each comes after all that it waits for (``before``).

    ``weeks`` and ``days`` of work of each; ``people`` is who does it (a place in ``teams``, or -1
    for who always has time). A ``decision`` is taken in a week with decisions. Of jobs that are
    equally urgent the one with the lowest ``place`` goes first.
    """

    weeks: tuple[int, ...]
    days: tuple[float, ...]
    people: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    decision: tuple[bool, ...]
    place: tuple[int, ...]
    teams: tuple[Days, ...]
    calendar: Calendar

    @cached_property
    def after(self) -> tuple[tuple[int, ...], ...]:
        """The jobs that wait for each."""
        found: list[list[int]] = [[] for _ in self.weeks]
        for job, first in enumerate(self.before):
            for one in first:
                found[one].append(job)
        return tuple(map(tuple, found))

    @cached_property
    def rate(self) -> tuple[float, ...]:
        """The days of work of each job in a week at full pace, of people whose time is counted."""
        every = zip(self.weeks, self.days, self.people, strict=True)
        return tuple(days / weeks if weeks and who >= 0 else 0.0 for weeks, days, who in every)

    @cached_property
    def tail(self) -> tuple[float, ...]:
        """The weeks at full pace that must pass from the end of each job to the end of all."""
        found = [0.0] * len(self.weeks)
        for job in reversed(range(len(found))):
            rate = self.rate[job]
            slower = max(1.0, rate / self.teams[self.people[job]].most) if rate else 1.0
            for one in self.before[job]:
                found[one] = max(found[one], found[job] + self.weeks[job] * slower)
        return tuple(found)

    @cached_property
    def ancestors(self) -> tuple[int, ...]:
        """What must be done before each job, as the bits of a number."""
        found: list[int] = []
        for first in self.before:
            bits = 0
            for one in first:
                bits |= found[one] | 1 << one
            found.append(bits)
        return tuple(found)

    @cached_property
    def descendants(self) -> tuple[int, ...]:
        """What waits for each job, as the bits of a number."""
        found = [0] * len(self.weeks)
        for job in reversed(range(len(found))):
            for one in self.before[job]:
                found[one] |= found[job] | 1 << job
        return tuple(found)

    def needed(self, goals: Iterable[int]) -> tuple[int, ...]:
        """The goals and all that must be done before, in order, with what frees their people."""
        bits, wanted = 0, [*goals]
        while wanted:
            goal = wanted.pop()
            bits |= self.ancestors[goal] | 1 << goal
            if not wanted:
                some = {who for job, who in enumerate(self.people) if who >= 0 and bits >> job & 1}
                frees = {job for who in some for job in self.teams[who].by}
                wanted = [job for job in sorted(frees) if not bits >> job & 1]
        return tuple(job for job in range(len(self.weeks)) if bits >> job & 1)

    def only(self, jobs: Sequence[int]) -> Workload:
        """The workload of some jobs (with all that these wait for), numbered in their order."""
        place = {job: at for at, job in enumerate(jobs)}
        return Workload(
            weeks=tuple(self.weeks[job] for job in jobs),
            days=tuple(self.days[job] for job in jobs),
            people=tuple(self.people[job] for job in jobs),
            before=tuple(tuple(place[one] for one in self.before[job]) for job in jobs),
            decision=tuple(self.decision[job] for job in jobs),
            place=tuple(self.place[job] for job in jobs),
            teams=tuple(
                one._replace(by=tuple(place[job] for job in one.by if job in place))
                for one in self.teams
            ),
            calendar=self.calendar,
        )


class Spread(NamedTuple):
    """When every job starts and ends, in whole weeks, and what is done of it in which week.

    ``work`` has the weeks at full pace done of each job, by week; ``held`` for each job those that
    had the time of its people while it could go on.
    """

    start: tuple[int, ...]
    finish: tuple[int, ...]
    work: tuple[dict[int, float], ...]
    held: tuple[frozenset[int], ...]


def spread(workload: Workload, order: Sequence[float], fixed: Sequence[int] = ()) -> Spread:
    """Do the work week by week: who has time does the first of all that can be done.

    Args:
        workload: the jobs.
        order: of each job; the lowest goes first.
        fixed: the first week in which each job may start; without it any week.
    """
    return _Spreading(workload, order, fixed).all()


class _Spreading:
    """The work as far as it is done: ``active`` jobs can go on, others are ``coming`` in a week."""

    def __init__(self, workload: Workload, order: Sequence[float], fixed: Sequence[int]) -> None:
        size, teams = len(workload.weeks), workload.teams
        self.workload, self.order = workload, order
        self.start, self.finish = [0] * size, [0] * size
        self.work: list[dict[int, float]] = [{} for _ in range(size)]
        self.held: list[set[int]] = [set() for _ in range(size)]
        self.left = [float(one) for one in workload.weeks]
        self.waits = [len(one) for one in workload.before]
        self.ready = [*fixed] if fixed else [0] * size
        self.undone = size
        self.active: list[tuple[float, int]] = []
        self.coming: dict[int, list[int]] = defaultdict(list)
        for job, waits in enumerate(self.waits):
            if not waits:
                self.coming[self.ready[job]].append(job)
        self.time = [team.now for team in teams]
        self.lacking = [len(team.by) for team in teams]
        self.freeing: dict[int, list[int]] = defaultdict(list)
        for who, team in enumerate(teams):
            for job in team.by:
                self.freeing[job].append(who)
        self.freed: dict[int, list[int]] = defaultdict(list)

    def all(self) -> Spread:
        """Go on until all is done."""
        week = 0
        while self.undone:
            self._begin(week)
            if self.active:
                self._go_on(week)
            week += 1
            if not self.active and self.undone:
                week = self._next(week)
        held = tuple(map(frozenset, self.held))
        return Spread(tuple(self.start), tuple(self.finish), tuple(self.work), held)

    def _begin(self, week: int) -> None:
        """Take up what can begin in a week, with the people that are freed by then."""
        jobs = self.coming[week]
        while jobs:  # what takes no time can let others begin at once
            job = jobs.pop()
            if self.left[job]:
                insort(self.active, (self.order[job], job))
            else:
                self.start[job] = week
                self._end(job, week)
        del self.coming[week]
        for who in self.freed.pop(week, ()):
            self.lacking[who] -= 1
            if not self.lacking[who]:
                self.time[who] = self.workload.teams[who].freed

    def _go_on(self, week: int) -> None:
        """Let everybody do so much as there is time for in a week."""
        pace = self.workload.calendar.until(week + 1)[week]
        if not pace:
            return
        rates, people, left = self.workload.rate, self.workload.people, self.left
        room = [one * pace for one in self.time]
        had: dict[int, list[int]] = defaultdict(list)
        going = []
        for entry in self.active:
            job = entry[1]
            does = wanted = min(left[job], pace)
            rate, who = rates[job], people[job]
            if rate:
                does = min(wanted, room[who] / rate)
                if does < wanted - EPSILON:
                    self.held[job].update(had[who])
                room[who] = max(0.0, room[who] - does * rate)
                if does > EPSILON:
                    had[who].append(job)
            if does > EPSILON:
                if not self.work[job]:
                    self.start[job] = week
                self.work[job][week] = does
                left[job] -= does
            if left[job] > EPSILON:
                going.append(entry)
            else:
                self._end(job, week + 1)
        self.active = going

    def _end(self, job: int, week: int) -> None:
        """A job is done: what waits for it can go on."""
        calendar, decision = self.workload.calendar, self.workload.decision[job]
        week = self.finish[job] = calendar.decided(week) if decision else week
        self.undone -= 1
        for who in self.freeing.get(job, ()):
            self.freed[week].append(who)
        for one in self.workload.after[job]:
            self.waits[one] -= 1
            self.ready[one] = max(self.ready[one], week)
            if not self.waits[one]:
                self.coming[self.ready[one]].append(one)

    def _next(self, week: int) -> int:
        """The first week from this one on in which something can begin."""
        found = max(week, min(one for one, jobs in self.coming.items() if jobs))
        for at in [one for one in self.freed if one < found]:
            self.freed[found] += self.freed.pop(at)
        return found
