"""Jobs: who does an activity, how long that takes, and the days of work in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import NamedTuple

from decision.eligibility.evaluation import Scope, Truth, answers_to, evaluate, scope
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

    ``broken`` are the rules whose remedies belong to the work, ``open`` those of which it is not
    known whether they are met; ``stretch`` is how much longer everything takes.
    """

    kind: str
    name: str | None
    form: str
    broken: tuple[str, ...]
    open: tuple[str, ...] = ()
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Planned:
    """A job that is done for a form, how long that takes, and the days of work in it.

    ``uncertain`` work turns out to be needed or not once a fact is known.
    """

    job: Job
    form: str
    weeks: float
    effort: float
    uncertain: bool = False


def planned(
    knowledge: Knowledge, doer: Doer, done: Callable[[Job, str], Truth], *, uncertain: bool
) -> Iterator[Planned]:
    """The jobs of one doer that are still to do, in the order of the knowledge.

    Args:
        knowledge: the activities and the rules that they are remedies of.
        doer: who does them, and for what form.
        done: whether a job for a form is done; see `decision.roadmap.progress`.
        uncertain: whether to plan work that may turn out not to be needed.
    """
    needed, possible = (_remedies(knowledge, rules) for rules in (doer.broken, doer.open))
    for name, activity in knowledge.activities.items():
        asked = activity.when == "always" or name in needed
        if activity.of_each == doer.kind and doer.form in activity.forms:
            job = Job(name, doer.name)
            so = done(job, doer.form) if asked or name in possible else "yes"
            may_be = so == "unknown" or not asked
            if so != "yes" and (uncertain or not may_be):
                weeks = whole_weeks(activity.duration.weeks * doer.stretch)
                yield Planned(job, doer.form, weeks, activity.effort.days, may_be)


def _remedies(knowledge: Knowledge, rules: Iterable[str]) -> set[str]:
    """The activities by which these rules would be met."""
    remedies = (knowledge.rules[rule].remedy for rule in rules)
    return {remedy.by for remedy in remedies if remedy is not None}


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
