"""Jobs: who does an activity, the weeks that it takes, and the days of work in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from decision.eligibility.evaluation import Truth
from decision.model.knowledge import Knowledge
from decision.roadmap.calendar import EPSILON

__all__ = ["Doer", "Job", "Planned", "lasting", "planned", "whole_weeks"]


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
    known whether they are met.
    """

    kind: str
    name: str | None
    form: str
    broken: tuple[str, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A job that is done for a form, the weeks that it takes at least, and the days of work in it.

    ``uncertain`` work turns out to be needed or not once a fact is known.
    """

    job: Job
    form: str
    weeks: float
    effort: float
    uncertain: bool = False


def planned(
    knowledge: Knowledge,
    doer: Doer,
    done: Callable[[Job, str], Truth],
    left: Callable[[Job], float],
    *,
    uncertain: bool,
) -> Iterator[Planned]:
    """The jobs of one doer that are still to do, in the order of the knowledge.

    Args:
        knowledge: the activities and the rules that they are remedies of.
        doer: who does them, and for what form.
        done: whether a job for a form is done; see `decision.roadmap.progress`.
        left: the share of a job that is left to do.
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
                share = left(job)
                weeks = whole_weeks(activity.duration.weeks * share)
                yield Planned(job, doer.form, weeks, activity.effort.days * share, may_be)


def _remedies(knowledge: Knowledge, rules: Iterable[str]) -> set[str]:
    """The activities by which these rules would be met."""
    remedies = (knowledge.rules[rule].remedy for rule in rules)
    return {remedy.by for remedy in remedies if remedy is not None}


def lasting(weeks: float, days: float, days_a_week: float) -> float:
    """The whole weeks that work takes of who has so many days a week for it."""
    return max(whole_weeks(weeks), whole_weeks(days / days_a_week))


def whole_weeks(weeks: float) -> float:
    """Plans are made in whole weeks; a started week counts."""
    return float(math.ceil(weeks - EPSILON))
