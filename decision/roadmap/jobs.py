"""Jobs: who does an activity, how long that takes, and what must come before it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from decision.eligibility.verdicts import evaluate, scope
from decision.model.activities import Activity
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.schedule import EPSILON

__all__ = ["Job", "forerunners", "stretches", "whole_weeks"]

T = TypeVar("T")


class Job(NamedTuple):
    """An activity, done once for the region (``partner`` None) or by a partner."""

    activity: str
    partner: str | None

    @property
    def id(self) -> str:
        """The activity, with ``@partner`` unless it is the region's own."""
        return self.activity if self.partner is None else f"{self.activity}@{self.partner}"


def forerunners(
    activities: Mapping[str, Activity], activity: str, find: Callable[[str], T | None]
) -> Iterator[T]:
    """What must be done before an activity, as ``find`` gives it for the id of each.

    An activity that does not apply (None) passes on what must come before it.
    """
    for before in activities[activity].after:
        found = find(before)
        if found is None:
            yield from forerunners(activities, before, find)
        else:
            yield found


def stretches(knowledge: Knowledge, region: Region) -> dict[str, float]:
    """How many times longer local work takes in each municipality, for want of people."""
    factors = dict.fromkeys(region.municipalities, 1.0)
    for name, held in (scope(knowledge, region).municipalities or {}).items():
        for stretch in knowledge.waves.stretch:
            if evaluate(stretch.when, held).truth == "yes":
                factors[name] *= stretch.factor
    return factors


def whole_weeks(weeks: float) -> float:
    """Plans are made in whole weeks; a started week counts."""
    return float(math.ceil(weeks - EPSILON))
