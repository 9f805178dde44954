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
    """The weeks that every job can slip without moving the end of all, nor some jobs.

    Args:
        workload: the jobs.
        found: when they are done.
        latest: jobs with the week by which they must be done.
    """
    end = max(found.finish, default=0)
    room = [end - one for one in found.finish]
    for job, week in latest.items():
        room[job] = max(0, min(room[job], week - found.finish[job]))
    waiting = [(one, job) for job, one in enumerate(room)]
    waiting.sort()
    while waiting:
        least, job = heappop(waiting)
        if least > room[job]:
            continue
        before = [(one, found.start[job] - found.finish[one]) for one in workload.before[job]]
        for one, gap in (*before, *((one, 0) for one in found.held[job])):
            if least + gap < room[one]:
                room[one] = least + gap
                heappush(waiting, (room[one], one))
    return room


def chain(
    workload: Workload, found: Spread, room: Sequence[int], ends: Iterable[int]
) -> tuple[int, ...]:
    """The jobs without slack that decide when the last of the ``ends`` is done, from the start on.

    Each ends as the next one starts, or has the time of its people until then.
    """
    last = [job for job in ends if not room[job]]
    if not last:
        return ()
    path = [max(last, key=lambda job: (found.finish[job], _weight(workload, found, job)))]
    while True:
        job = path[-1]
        tight = [
            one
            for one in workload.before[job]
            if found.finish[one] == found.start[job] and not room[one]
        ]
        tight = tight or [one for one in found.held[job] if not room[one] and one not in path]
        if not tight:
            return tuple(reversed(path))
        path.append(max(tight, key=lambda one: (found.finish[one], _weight(workload, found, one))))


def _weight(workload: Workload, found: Spread, job: int) -> tuple[int, int]:
    """Which of several jobs is told: the longest, and else the first of the knowledge."""
    return found.finish[job] - found.start[job], -workload.place[job]
