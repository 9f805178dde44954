"""How far each job can slip, by what waits for it and by who does the work.

A job that had the time of people while another of theirs could go on, keeps its turn: it cannot
slip further than that other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from decision.roadmap.workload import Spread, Workload

__all__ = ["chain", "slack"]


def slack(workload: Workload, found: Spread, latest: Mapping[int, int]) -> list[int]:
    """The weeks of work that every job can slip without moving the end of all, nor some jobs.

    Args:
        workload: the jobs.
        found: when they are done.
        latest: jobs with the week by which they must be done.
    """
    end, working = max(found.finish, default=0), workload.calendar.working
    room = [working(one, end) for one in found.finish]
    for job, week in latest.items():
        done = found.finish[job]
        room[job] = min(room[job], working(done, max(week, done)))
    waiting = [(one, job) for job, one in enumerate(room)]
    waiting.sort()
    while waiting:
        least, job = heappop(waiting)
        if least > room[job]:
            continue
        begins = found.start[job]
        before = [(one, working(found.finish[one], begins)) for one in workload.before[job]]
        for one, gap in (*before, *((one, 0) for one in found.held[job])):
            if least + gap < room[one]:
                room[one] = least + gap
                heappush(waiting, (room[one], one))
    return room


def chain(
    workload: Workload, found: Spread, room: Sequence[int], ends: Iterable[int]
) -> tuple[int, ...]:
    """The jobs without slack that decide when the last of the ``ends`` is done, from the start on.

    Each ends as the next one starts, or before weeks in which nobody works, or has the time of its
    people until then.
    """
    last = [job for job in ends if not room[job]]
    if not last:
        return ()

    def before(job: int, path: Sequence[int] = ()) -> list[int]:
        first, begins = (one for one in workload.before[job] if not room[one]), found.start[job]
        tight = [one for one in first if not workload.calendar.working(found.finish[one], begins)]
        return tight or [one for one in found.held[job] if not room[one] and one not in path]

    # Who opens with others can be ready sooner than they are: then it decides nothing.
    late = [job for job in last if before(job)] or last
    path = [max(late, key=lambda job: (found.finish[job], _weight(workload, found, job)))]
    while tight := before(path[-1], path):
        path.append(max(tight, key=lambda one: (found.finish[one], _weight(workload, found, one))))
    return tuple(reversed(path))


def _weight(workload: Workload, found: Spread, job: int) -> tuple[int, int]:
    """Which of several jobs is told: the longest, and else the first of the knowledge."""
    return found.finish[job] - found.start[job], -workload.place[job]
