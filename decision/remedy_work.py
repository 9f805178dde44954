"""The work behind remedies: what has to be done for a change, by whom, and how long that takes.

A change has the activity that brings it about, and all that must come before it. What several
changes need is done once. Work goes on side by side, as far as the order of the activities allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import networkx as nx

from decision.eligibility import Eligibility, Verdict
from decision.jobs import Job, forerunners, stretches, whole_weeks
from decision.knowledge import Activity, Knowledge
from decision.region import Region
from decision.schedule import Graph, critical_path, earliest, times

__all__ = ["Span", "Work", "work"]


class Span(NamedTuple):
    """Weeks from the start of the work: as planned, at the shortest and at the longest."""

    weeks: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Work:
    """All jobs that changes can need, in their order; ``before`` holds each with its forerunners.

    ``effort`` is in days; a node of ``graph`` has ``weeks``, ``low`` and ``high``.
    """

    graph: Graph
    effort: Mapping[str, float]
    before: Mapping[str, frozenset[str]]
    finish: Mapping[str, float]

    def needed(self, jobs: Iterable[str]) -> frozenset[str]:
        """These jobs and all that must come first."""
        return frozenset(chain.from_iterable(self.before[job] for job in jobs))

    def days(self, jobs: Iterable[str]) -> float:
        """The effort of these jobs with all that must come first, each done once."""
        return math.fsum(self.effort[job] for job in self.needed(jobs))

    def weeks(self, jobs: Iterable[str]) -> float:
        """When the last of these jobs is done, at the earliest."""
        return max((self.finish[job] for job in jobs), default=0.0)

    def span(self, jobs: Iterable[str]) -> Span:
        """When the last of these jobs is done, with every duration as planned, low, and high."""
        ends = [*jobs]
        graph = self.graph.subgraph(self.needed(ends))
        low, high = (_finish(_timed(graph, key)) for key in ("low", "high"))
        return Span(self.weeks(ends), max(low.values(), default=0), max(high.values(), default=0))

    def critical_path(self, jobs: Iterable[str]) -> tuple[str, ...]:
        """The chain of jobs that decides when the last of these is done."""
        ends = sorted(jobs, key=lambda job: (-self.finish[job], job))[:1]
        graph = self.graph.subgraph(self.needed(ends))
        return critical_path(graph, times(graph), ends)


def work(
    knowledge: Knowledge, region: Region, found: Eligibility, form: str, wanted: Iterable[Job]
) -> Work:
    """The work for a form that ``wanted`` jobs can need.

    An activity that only answers a remedy comes before another where its partner still needs it:
    the rule is not met for this form, or not known to be, or the activity itself is wanted.
    """
    builder = _Builder(knowledge, region, found, form, tuple(wanted))
    graph: Graph = nx.DiGraph()
    jobs: dict[str, Job] = {}
    waiting = [*builder.wanted]
    while waiting:
        job = waiting.pop()
        if job.id not in jobs:
            jobs[job.id] = job
            graph.add_node(job.id, **builder.duration(job))
            before = dict.fromkeys(builder.before(job))
            graph.add_edges_from((one.id, job.id) for one in before)
            waiting.extend(before)
    return Work(
        graph=graph,
        effort={name: knowledge.activities[j.activity].effort.days for name, j in jobs.items()},
        before={name: frozenset({name, *nx.ancestors(graph, name)}) for name in graph},
        finish=_finish(graph),
    )


def _finish(graph: Graph) -> dict[str, float]:
    return {name: start + graph.nodes[name]["weeks"] for name, start in earliest(graph).items()}


def _timed(graph: Graph, key: str) -> Graph:
    """The same graph with other durations."""
    timed: Graph = nx.DiGraph()
    timed.add_nodes_from((name, {"weeks": graph.nodes[name][key]}) for name in graph)
    timed.add_edges_from(graph.edges)
    return timed


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
        self.stretch = stretches(knowledge, region)

    def _open(self, verdicts: Iterable[Verdict]) -> set[str]:
        """The activities by which rules that bind and are not surely met would be met."""
        rules = (self.knowledge.rules[one.rule] for one in verdicts if one.truth != "yes")
        return {rule.remedy.by for rule in rules if rule.remedy and rule.otherwise != "warns"}

    def before(self, job: Job) -> Iterator[Job]:
        """What must be done first; what does not apply passes on what must come before it."""

        def find(name: str) -> Job | None:
            found = self._job(name, self.knowledge.activities[name], job)
            return found if found is not None and self._applies(found) else None

        return forerunners(self.knowledge.activities, job.activity, find)

    @staticmethod
    def _job(name: str, activity: Activity, after: Job) -> Job | None:
        """The job by the region or by the same partner; the region never waits for a partner."""
        if activity.of_each == "region":
            return Job(name, None)
        return None if after.partner is None else Job(name, after.partner)

    def _applies(self, job: Job) -> bool:
        activity = self.knowledge.activities[job.activity]
        needed = activity.when == "always" or job.activity in self.open[job.partner]
        return needed and self.form in activity.forms and self._does(activity, job.partner)

    def _does(self, activity: Activity, partner: str | None) -> bool:
        """Whether an activity of one kind of partner is this one's."""
        if partner is None or activity.of_each == "region":
            return activity.of_each == "region"
        return (activity.of_each == "municipality") is (partner in self.region.municipalities)

    def duration(self, job: Job) -> dict[str, float]:
        """Whole weeks as planned, low and high; longer for a partner that has few people."""
        duration = self.knowledge.activities[job.activity].duration
        factor = self.stretch.get(job.partner or "", 1.0)
        low, high = duration.range
        given = {"weeks": duration.weeks, "low": low, "high": high}
        return {key: whole_weeks(weeks * factor) for key, weeks in given.items()}
