"""Whether the phase of Antwoord that a municipality aims for can be reached in time.

The work is that of the knowledge: per aspect the activity by which the phase on it grows, one after
another. An aspect of which nobody knows the phase may have nothing left to do, or all of it: weeks
are a range.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from decision.eligibility.evaluation import Truth
from decision.model.knowledge import Knowledge
from decision.model.values import first_day, last_day
from decision.roadmap.capacity import LocalDays
from decision.roadmap.jobs import lasting

if TYPE_CHECKING:
    from decision.model.activities import Activity

__all__ = ["Aim", "InTime", "in_time"]


@dataclass(frozen=True, slots=True)
class Aim:
    """A phase (1-5) to reach on every aspect, from those of today (None where nobody knows).

    The work starts on the first day of one date and is done by the last day of the other.
    """

    phases: Mapping[str, int | None]
    target: int
    start: str
    by: str


@dataclass(frozen=True, slots=True)
class InTime:
    """Whether a target is reached in time, and the weeks there are and those that the work takes.

    The work takes ``earliest`` if nothing that is unknown has to be done, ``latest`` if all of it
    has. Both are None where the knowledge has no work that leads to the phase.
    """

    reachable: Truth
    available: float
    earliest: float | None
    latest: float | None


def in_time(knowledge: Knowledge, aim: Aim, local: LocalDays) -> InTime:
    """Hold the work to a phase against the time for it.

    Args:
        knowledge: the work by which a phase grows.
        aim: what it wants to reach, and when.
        local: the working days a week that it has for the work.
    """
    days = dt.date.fromisoformat(last_day(aim.by)) - dt.date.fromisoformat(first_day(aim.start))
    available = max(0.0, days.days / 7)
    work = _work(knowledge, aim.target)
    sure: list[float] = []
    maybe: list[float] = []
    for aspect, phase in aim.phases.items():
        if phase is not None and phase >= aim.target:
            continue
        if aspect not in work:
            return InTime("unknown", available, None, None)
        one = work[aspect]
        least, most = (
            lasting(one.duration.weeks, one.effort.days, has) for has in (local.high, local.low)
        )
        maybe.append(most)
        if phase is not None:
            sure.append(least)
    earliest, latest = fsum(sure), fsum(maybe)
    reachable: Truth = "unknown"
    if latest <= available:
        reachable = "yes"
    elif earliest > available:
        reachable = "no"
    return InTime(reachable, available, earliest, latest)


def _work(knowledge: Knowledge, target: int) -> dict[str, Activity]:
    """By aspect the activity that brings a municipality to the phase, or further."""
    found: dict[str, Activity] = {}
    for rule in knowledge.rules.values():
        if rule.remedy is None:
            continue
        aspect = knowledge.facts[rule.remedy.fact].aspect
        if aspect is not None and int(rule.remedy.becomes) >= target:
            found.setdefault(aspect, knowledge.activities[rule.remedy.by])
    return found
