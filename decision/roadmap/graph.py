"""What comes before what: the jobs that must be done before each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from decision.model.activities import Activity
from decision.model.knowledge import Knowledge
from decision.roadmap.jobs import Job, Planned

__all__ = ["forerunners", "prerequisites"]

T = TypeVar("T")


def forerunners(
    activities: Mapping[str, Activity], activity: str, find: Callable[[str], T | None]
) -> Iterator[T]:
    """What must be done before an activity, as ``find`` gives it for the id of each.

    An activity that does not apply (None) passes on what must come before it.
    """
    waiting, seen = [activity], {activity}
    while waiting:
        for before in activities[waiting.pop()].after:
            if before not in seen:
                seen.add(before)
                if (found := find(before)) is None:
                    waiting.append(before)
                else:
                    yield found


def prerequisites(knowledge: Knowledge, jobs: Mapping[str, Planned]) -> dict[str, frozenset[str]]:
    """What must be done before each of the jobs that are planned."""
    activities = knowledge.activities
    return {
        name: frozenset(
            forerunners(activities, one.job.activity, partial(_before, knowledge, jobs, one))
        )
        for name, one in jobs.items()
    }


def _before(
    knowledge: Knowledge, jobs: Mapping[str, Planned], one: Planned, activity: str
) -> str | None:
    """An activity as the same partner does it, or else the region for the same form."""
    own = Job(activity, one.job.partner).id
    if own in jobs:
        return own
    regional = activity in jobs and one.form in knowledge.activities[activity].forms
    return activity if regional else None
