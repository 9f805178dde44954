"""Jobs: who does an activity, how long that takes, and the days of work in it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import NamedTuple

from decision.eligibility.evaluation import Scope, answers_to, evaluate, scope
from decision.model.facts import UNKNOWN_FACT
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import comparisons
from decision.roadmap.schedule import EPSILON

__all__ = ["Doer", "Job", "Planned", "planned", "stretches", "whole_weeks"]


class Job(NamedTuple):
    """An activity, done once for the region (``partner`` None) or by a partner."""

    activity: str
    partner: str | None

    @property
    def id(self) -> str:
        """The activity, with ``@partner`` unless it is the region's own."""
        return self.activity if self.partner is None else f"{self.activity}@{self.partner}"


@dataclass(frozen=True, slots=True)
class Doer:
    """Someone who does activities: the region (``name`` None) or a partner, for a form.

    ``broken`` are the rules whose remedies belong to the work; ``stretch`` is how much longer
    everything takes.
    """

    kind: str
    name: str | None
    form: str
    broken: tuple[str, ...]
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Planned:
    """A job that is done for a form, how long that takes, and the days of work in it."""

    job: Job
    form: str
    weeks: float
    effort: float


def planned(knowledge: Knowledge, doer: Doer) -> Iterator[Planned]:
    """The jobs of one doer, in the order of the knowledge."""
    remedies = (knowledge.rules[rule].remedy for rule in doer.broken)
    needed = {remedy.by for remedy in remedies if remedy is not None}
    for name, activity in knowledge.activities.items():
        asked = activity.when == "always" or name in needed
        if asked and activity.of_each == doer.kind and doer.form in activity.forms:
            weeks = whole_weeks(activity.duration.weeks * doer.stretch)
            yield Planned(Job(name, doer.name), doer.form, weeks, activity.effort.days)


def stretches(knowledge: Knowledge, region: Region) -> dict[str, tuple[float, float]]:
    """How many times longer local work takes in each municipality, at least and at most.

    The two differ as long as nobody knows what it has: every answer counts that can be given.
    """
    return {
        name: _stretch(knowledge, held)
        for name, held in scope(knowledge, region).municipalities.items()
    }


def _stretch(knowledge: Knowledge, held: Scope) -> tuple[float, float]:
    asked = {one.fact for rule in knowledge.waves.stretch for one in comparisons(rule.when)}
    unknown = sorted(fact for fact in asked if not held.facts.get(fact, UNKNOWN_FACT).known)
    answers = [[*answers_to(held.definitions[fact])] for fact in unknown]
    factors = []
    for given in product(*answers):
        one = replace(held, facts={**held.facts, **dict(zip(unknown, given, strict=True))})
        counts = (s.factor for s in knowledge.waves.stretch if evaluate(s.when, one).truth == "yes")
        factors.append(prod(counts))
    return min(factors), max(factors)


def whole_weeks(weeks: float) -> float:
    """Plans are made in whole weeks; a started week counts."""
    return float(math.ceil(weeks - EPSILON))
