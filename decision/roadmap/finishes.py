"""The same jobs done many times, each time with other weeks and days: when each of them is done.

The laws are those of `decision.roadmap.workload`, which tells all of one plan. Here all times are
done side by side, and nothing is kept but when every job is done, so that a time costs hardly
anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from decision.roadmap.calendar import EPSILON
from decision.roadmap.workload import Workload

__all__ = ["Repeats", "Weeks", "finishes"]

Weeks: TypeAlias = npt.NDArray[np.int64]
"""Whole weeks: a row for every job, a column for every time."""

_NEVER: Final = np.iinfo(np.int64).max


class Repeats(NamedTuple):
    """What differs from time to time; of each a row for every job, a column for every time.

    ``weeks`` that a job takes at least, the ``days`` of work in it, and the first week in which it
    may start (``since``).
    """

    weeks: Weeks
    days: npt.NDArray[np.float64]
    since: Weeks


def finishes(workload: Workload, order: Sequence[int], times: Repeats) -> Weeks:
    """When every job is done, every time, as `decision.roadmap.workload.spread` does them.

    Args:
        workload: the jobs; their own weeks and days do not count.
        order: of each job; the lowest goes first.
        times: what they take instead.
    """
    return _Doing(workload, order, times).all()


class _Doing:
    """The work as far as it is done: what is ``left`` of it, and from when on it can go on.

    ``open`` says of each job that is not yet done every time, how many times it is not, and
    ``soonest`` when it can go on for the first time.
    """

    def __init__(self, workload: Workload, order: Sequence[int], times: Repeats) -> None:
        shape, counted = times.weeks.shape, np.array(workload.people)[:, None] >= 0
        self.workload, self.times = workload, times
        self.left = times.weeks.astype(np.float64)
        self.rate = np.zeros(shape)
        np.divide(times.days, times.weeks, out=self.rate, where=counted & (times.weeks > 0))
        self.ready = np.full(shape, _NEVER)
        self.finish = np.full(shape, _NEVER)
        self.open = {job: len(row) for job, row in enumerate(self.finish)}
        self.soonest = [int(_NEVER)] * len(order)
        self.teams: dict[int, list[int]] = {}
        for _, job in sorted(zip(order, range(len(order)), strict=True)):
            self.teams.setdefault(workload.people[job], []).append(job)

    def all(self) -> Weeks:
        """Go on until all is done."""
        self._take_up(range(len(self.soonest)))
        week = 0
        while self.open:
            pace = self.workload.calendar.until(week + 1)[week]
            if pace:
                ended = [job for who in self.teams for job in self._go_on(who, week, pace)]
                self._take_up({one for job in ended for one in self.workload.after[job]})
            week += 1
        return self.finish

    def _take_up(self, jobs: Iterable[int]) -> None:
        """See when jobs can go on, now that something before them may be done."""
        waiting = sorted(jobs)
        while waiting:  # what takes no time can let others begin at once
            job = heappop(waiting)
            ready, first = self.times.since[job], self.workload.before[job]
            if first:
                ready = np.maximum(ready, self.finish[[*first]].max(axis=0))
            self.ready[job] = ready
            self.soonest[job] = int(ready.min())
            now = (ready < _NEVER) & (self.times.weeks[job] == 0) & (self.finish[job] == _NEVER)
            if now.any():
                self._end(job, now, ready)
                for one in self.workload.after[job]:
                    if one not in waiting:
                        heappush(waiting, one)

    def _go_on(self, who: int, week: int, pace: float) -> Iterator[int]:
        """Let one team do so much as there is time for in a week; the jobs that end some time."""
        self.teams[who] = [job for job in self.teams[who] if job in self.open]
        jobs = [job for job in self.teams[who] if self.soonest[job] <= week]
        if not jobs:
            return
        left = self.left[jobs]
        going = (self.ready[jobs] <= week) & (left > EPSILON)
        does = np.minimum(left, pace) * going
        if who >= 0:
            rate = self.rate[jobs]
            days = does * rate
            room = self._has(who, week) * pace - np.cumsum(days, axis=0)
            short = (room < -EPSILON) & (days > 0)
            has = np.maximum(room + days, 0.0)
            does[short] = np.minimum(does[short], has[short] / rate[short])
        left -= does
        self.left[jobs] = left
        ended = going & (left <= EPSILON)
        for at in np.flatnonzero(ended.any(axis=1)):
            self._end(jobs[at], ended[at], np.full(ended.shape[1], week + 1))
            yield jobs[at]

    def _has(self, who: int, week: int) -> npt.NDArray[np.float64] | float:
        """The days a week at full pace of a team, every time."""
        team = self.workload.teams[who]
        if not team.by:
            return team.now
        freed = self.finish[[*team.by]].max(axis=0) <= week
        return np.where(freed, team.freed, team.now)

    def _end(self, job: int, when: npt.NDArray[np.bool_], week: Weeks) -> None:
        """A job is done at some of the times, in a given week or when it has been decided."""
        done = week[when]
        if self.workload.decision[job]:
            done = np.array([self.workload.calendar.decided(int(one)) for one in done])
        self.finish[job, when] = done
        self.open[job] -= len(done)
        if not self.open[job]:
            del self.open[job]
