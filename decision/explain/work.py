"""The work behind remedies: what has to be done for a change, by whom, and how long that takes.

A change has the activity that brings it about, and all that must come before it. What several
changes need is done once. Work goes on side by side, as far as the order of the activities allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

import networkx as nx

from decision.eligibility.verdicts import Eligibility, Verdict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import exact
from decision.roadmap.capacity import local_days, team_days
from decision.roadmap.graph import forerunners
from decision.roadmap.jobs import Job, lasting
from decision.roadmap.progress import Progress
from decision.roadmap.schedule import Graph, Weeks, critical_path, earliest, graph_of, times

__all__ = ["LARGEST", "LeadTime", "Work", "work"]

LARGEST = 10**6
"""The largest number that the solver still counts exactly with."""

HUNDREDTHS = 100


class LeadTime(NamedTuple):
    """A number of weeks: as planned, at the shortest and at the longest."""

    weeks: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Work:
    """The ``graph`` of all jobs that changes can need.

    ``effort`` is in days, and ``units`` is the same in whole numbers of the largest part of a day
    that fits in each; efforts for which that part is very small are first rounded to hundredths of
    a day. ``lengths`` are in weeks, as planned, low and high; ``with_before`` holds each job
    that a change has with all that must come first, ``finish`` when a job is done at the earliest.
    """

    graph: Graph
    lengths: tuple[Weeks, Weeks, Weeks]
    effort: Mapping[str, float]
    units: Mapping[str, int]
    with_before: Mapping[str, frozenset[str]]
    finish: Weeks

    def needed(self, jobs: Iterable[str]) -> frozenset[str]:
        """These jobs and all that must come first."""
        return frozenset(chain.from_iterable(self.with_before[job] for job in jobs))

    def days(self, jobs: Iterable[str]) -> float:
        """The effort of these jobs with all that must come first, each done once."""
        return math.fsum(self.effort[job] for job in self.needed(jobs))

    def counted(self, jobs: Iterable[str]) -> int:
        """The effort of these jobs in ``units``, to compare it exactly."""
        return sum(self.units[job] for job in self.needed(jobs))

    def weeks(self, jobs: Iterable[str]) -> float:
        """When the last of these jobs is done, at the earliest."""
        return max((self.finish[job] for job in jobs), default=0.0)

    def span(self, jobs: Iterable[str]) -> LeadTime:
        """When the last of these jobs is done, with every duration as planned, low, and high."""
        needed = self.graph.subgraph(self.needed(jobs))
        ends = (_finish(weeks, needed).values() for weeks in self.lengths)
        return LeadTime(*(max(finish, default=0.0) for finish in ends))

    def critical_path(self, jobs: Iterable[str]) -> tuple[str, ...]:
        """The chain of jobs that decides when the last of these is done."""
        ends = sorted(jobs, key=lambda job: (-self.finish[job], job))[:1]
        needed = self.graph.subgraph(self.needed(ends))
        return critical_path(needed, times(self.lengths[0], needed), ends)


def work(
    knowledge: Knowledge, region: Region, found: Eligibility, form: str, wanted: Iterable[Job]
) -> Work:
    """The work for a form that ``wanted`` jobs can need.

    What is done comes before nothing. An activity that only answers a remedy comes before another
    where its partner still needs it: the rule is not met for this form, or not known to be, or the
    activity itself is wanted.
    """
    builder = _Builder(knowledge, region, found, form, tuple(wanted))
    jobs: dict[str, Job] = {}
    before: dict[str, list[str]] = {}
    waiting = [*builder.wanted]
    while waiting:
        job = waiting.pop()
        if job.id not in jobs:
            jobs[job.id] = job
            first = [*builder.before(job)]
            before[job.id] = [one.id for one in first]
            waiting += first
    durations = {name: builder.duration(job) for name, job in jobs.items()}
    effort = {name: builder.effort(job) for name, job in jobs.items()}
    graph = graph_of(before)
    planned, low, high = ({name: d[at] for name, d in durations.items()} for at in range(3))
    return Work(
        graph=graph,
        lengths=(planned, low, high),
        effort=effort,
        units=_whole(effort),
        with_before={
            job.id: frozenset({job.id, *nx.ancestors(graph, job.id)}) for job in builder.wanted
        },
        finish=_finish(planned, graph),
    )


def _whole(effort: Mapping[str, float]) -> dict[str, int]:
    """Efforts in whole numbers of the same part of a day; see ``Work``."""
    days = {job: exact(one) for job, one in effort.items()}
    parts = math.lcm(*(one.denominator for one in days.values()))
    if parts * max(days.values(), default=0) > LARGEST:
        parts = HUNDREDTHS
    return {job: round(one * parts) for job, one in days.items()}


def _finish(weeks: Weeks, graph: Graph) -> dict[str, float]:
    return {name: start + weeks[name] for name, start in earliest(weeks, graph).items()}


class _Builder:
    """Looks up what comes before a job, and how long it takes."""

    def __init__(
        self,
        knowledge: Knowledge,
        region: Region,
        found: Eligibility,
        form: str,
        wanted: tuple[Job, ...],
    ) -> None:
        self.knowledge, self.region, self.form, self.wanted = knowledge, region, form, wanted
        self.open: dict[str | None, set[str]] = {None: self._open(found.forms[form].verdicts)}
        for partners in (found.municipalities, found.organisations):
            for name, own in partners.items():
                self.open[name] = self._open(own[form].verdicts)
        for job in wanted:
            self.open[job.partner].add(job.activity)
        self.local, self.team = local_days(knowledge, region), team_days(knowledge, region)
        self.progress = Progress(knowledge, region)

    def _open(self, verdicts: Iterable[Verdict]) -> set[str]:
        """The activities by which rules that bind and are not surely met would be met."""
        rules = (self.knowledge.rules[one.rule] for one in verdicts if one.truth != "yes")
        return {rule.remedy.by for rule in rules if rule.remedy and rule.binds}

    def before(self, job: Job) -> Iterator[Job]:
        """What must be done first; what does not apply passes on what must come before it."""
        find = partial(self._first, job.partner)
        return forerunners(self.knowledge.activities, job.activity, find)

    def _first(self, after: str | None, name: str) -> Job | None:
        """The job by the region or by the same partner; the region never waits for a partner."""
        activity = self.knowledge.activities[name]
        town = after in self.region.municipalities
        kind = "region" if after is None else "municipality" if town else "organisation"
        job = Job(name, None if activity.of_each == "region" else after)
        needed = activity.when == "always" or name in self.open[job.partner]
        does = activity.of_each in {"region", kind} and self.form in activity.forms
        if not (does and needed):
            return None
        wanted = job in self.wanted or self.progress.done(job, self.form) != "yes"
        return job if wanted else None

    def duration(self, job: Job) -> LeadTime:
        """Whole weeks as planned, low and high; longer for who has few days a week for it."""
        activity, left = self.knowledge.activities[job.activity], self.progress.left(job)
        weeks, days = activity.duration, activity.effort
        local = self.local.get(job.partner or "")
        least = most = math.inf if job.partner else self.team
        if local:
            least, most = local.low, local.high
        given = (
            (weeks.weeks, days.days, least),
            (weeks.range[0], days.range[0], most),
            (weeks.range[1], days.range[1], least),
        )
        return LeadTime(*(lasting(long * left, work * left, has) for long, work, has in given))

    def effort(self, job: Job) -> float:
        """The days of work that are left."""
        return self.knowledge.activities[job.activity].effort.days * self.progress.left(job)
