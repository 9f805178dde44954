"""Who does what when: from what is missing to a schedule, waves and roles.

What eligibility finds missing, the roadmap schedules. The activities of the chosen form and the
remedies of every partner become one dependency graph; partners that are ready close together go
live together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from math import fsum
from typing import NamedTuple

import networkx as nx

from decision.eligibility.evaluation import Truth, evaluate, scope
from decision.eligibility.verdicts import Eligibility
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.chosen import chosen_jobs
from decision.roadmap.graph import (
    after_municipalities,
    decided,
    one_after_another,
    prerequisites,
)
from decision.roadmap.jobs import Doer, Job, Planned, planned, stretches
from decision.roadmap.parts import Part, Ready, parts, score_of
from decision.roadmap.progress import Progress
from decision.roadmap.schedule import EPSILON, Graph, critical_path, earliest, times
from decision.roadmap.waves import Founders, Sooner, Wave, founders, share_of, waves_of
from decision.scores.additive import Scores

__all__ = ["Roadmap", "Task", "roadmap"]


@dataclass(frozen=True, slots=True)
class Task:
    """One activity of one partner in the schedule; weeks count from the start of the work.

    ``id`` is the activity, with ``@partner`` unless it is the region's own; ``slack`` is how
    many weeks it can slip without moving a go-live or the end; ``uncertain`` work may turn out not
    to be needed, once a fact is known; ``after`` are the ids of the tasks that must be done before
    it starts.
    """

    id: str
    activity: str
    partner: str | None
    start: float
    finish: float
    slack: float
    effort_days: float
    uncertain: bool
    after: tuple[str, ...]

    @property
    def critical(self) -> bool:
        """Whether any delay moves a go-live or the end."""
        return self.slack < EPSILON


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The path to one form: parts, waves, tasks in order of start, and the critical path.

    ``score`` (0-1) is that of the forms that everybody comes to, by their inhabitants.
    ``founders`` open together, in the week of the first wave; ``sooner`` is when they could without
    the one that they wait for longest (None where that is no sooner). ``live`` is when each
    municipality that goes to a form of cooperation goes live.
    """

    form: str
    score: float
    municipalities: Mapping[str, Part]
    organisations: Mapping[str, Part]
    founders: Founders
    sooner: Sooner | None
    waves: tuple[Wave, ...]
    live: Mapping[str, float]
    tasks: tuple[Task, ...]
    critical_path: tuple[str, ...]
    weeks: float

    @property
    def parts(self) -> Mapping[str, Part]:
        """The part of every municipality and organisation."""
        return FrozenDict({**self.municipalities, **self.organisations})

    @property
    def graph(self) -> Graph:
        """The tasks as a graph of ids; each node has what its `Task` has."""
        graph: Graph = nx.DiGraph()
        for task in self.tasks:
            graph.add_node(task.id, **asdict(task), critical=task.critical)
        graph.add_edges_from((one, task.id) for task in self.tasks for one in task.after)
        return graph

    @property
    def own_days(self) -> float:
        """The working days of their own that all tasks together take."""
        return fsum(task.effort_days for task in self.tasks)

    def tasks_of(self, partner: str | None) -> tuple[Task, ...]:
        """The tasks of one partner; of the region itself for None."""
        return tuple(task for task in self.tasks if task.partner == partner)


def roadmap(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, scores: Scores, form: str
) -> Roadmap:
    """Plan the path of this region to one form.

    What is done is not planned; work of which nobody knows whether it is done is planned as work
    to do.

    Args:
        knowledge: the activities, their prerequisites and the rules of the waves.
        region: the partners and the facts declared about them.
        eligibility: the verdicts on this region.
        scores: the ranking, by which a municipality that does not take part comes to a lesser form.
        form: the id of the form to go to.
    """
    played = parts(knowledge, region, eligibility, scores, form)
    case = _Case(knowledge, region, eligibility, form, played)
    laid = case.laid(case.going, unknown_to_do=True)
    work = case.linked(laid)
    joins = {
        name: work.start[gate] for name, gate in work.gates.items() if case.going[name] == form
    }
    opening = work.opening
    waves = waves_of(knowledge, region, joins, opening)
    members = [member for wave in waves[:1] for member in wave.members]
    first = [work.gates[member] for member in members]
    work.graph.add_edges_from(after_municipalities(knowledge, work.jobs, members, live=True))
    live = {name: wave.week for wave in waves for name in wave.members}
    for name in work.gates.keys() - live.keys():
        # behind the shared number nobody is before its first group
        live[name] = max(work.start[work.gates[name]], waves[0].week if waves else 0.0)
    weeks = {name: one.weeks for name, one in work.jobs.items()}
    found = times(weeks, work.graph, {work.gates[name]: week for name, week in live.items()})
    ready = case.ready(work)
    tasks = [
        Task(
            name,
            *one.job,
            found[name].start,
            found[name].finish,
            found[name].slack,
            one.effort,
            one.uncertain,
            tuple(sorted(work.graph.pred[name])),
        )
        for name, one in work.jobs.items()
    ]
    path = critical_path(work.graph, found, first)
    number = {name: wave.number for wave in waves for name in wave.members}
    placed = {name: part.at(number, ready) for name, part in played.items()}
    return Roadmap(
        form=form,
        score=score_of(region, scores, placed),
        municipalities=FrozenDict({name: placed[name] for name in region.municipalities}),
        organisations=FrozenDict({name: placed[name] for name in region.organisations}),
        founders=opening,
        sooner=case.sooner(laid, work, path) if waves else None,
        waves=waves,
        live=FrozenDict(live),
        tasks=tuple(sorted(tasks, key=lambda task: (task.start, task.finish))),
        critical_path=path,
        weeks=max((task.finish for task in tasks), default=0.0),
    )


class _Network(NamedTuple):
    """Jobs, what comes before what, their earliest start, and everybody's moment of going live."""

    jobs: Mapping[str, Planned]
    graph: Graph
    start: Mapping[str, float]
    gates: Mapping[str, str]
    opening: Founders


class _Laid(NamedTuple):
    """The same before anybody waits for a municipality of another; who does its work in turn."""

    jobs: Mapping[str, Planned]
    graph: Graph
    gates: Mapping[str, str]
    paced: Mapping[str, str]


@dataclass(frozen=True)
class _Case:
    """What a roadmap is made of: the region, and who plays which part on the way to a form."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    form: str
    parts: Mapping[str, Part]

    @cached_property
    def going(self) -> dict[str, str]:
        """The municipalities that go to a form of cooperation, with that form."""
        today = self.knowledge.baseline
        return {
            n: self.parts[n].form for n in self.region.municipalities if self.parts[n].form != today
        }

    @cached_property
    def perhaps_going(self) -> dict[str, str]:
        """The same, with those that may go."""
        may = {n: self.parts[n].may_join for n in self.region.municipalities}
        return {**self.going, **{name: form for name, form in may.items() if form is not None}}

    @cached_property
    def done(self) -> Callable[[Job, str], Truth]:
        """Whether a job is done on the way to a form; each is looked up once."""
        return cache(Progress(self.knowledge, self.region).done)

    @cached_property
    def stretch(self) -> Mapping[str, tuple[float, float]]:
        """How many times longer local work takes, at least and at most."""
        return stretches(self.knowledge, self.region)

    @cached_property
    def in_turn(self) -> Mapping[str, Truth]:
        """Whether each municipality does its own work one after another."""
        asked = self.knowledge.waves.one_after_another_when
        held = scope(self.knowledge, self.region).municipalities
        return {name: evaluate(asked, one).truth for name, one in held.items()}

    def ready(self, work: _Network) -> dict[str, Ready]:
        """When everybody can start that goes, or may: if unknown work is done, and if none is.

        ``work`` is the network of who goes, with the unknown work to do.
        """
        goal = self.perhaps_going
        soon = self.linked(self.laid(goal, unknown_to_do=False))
        late = work
        if goal != self.going:
            late = self.linked(self.laid(goal, unknown_to_do=True))
        return {
            n: Ready(soon.start[soon.gates[n]], late.start[gate]) for n, gate in late.gates.items()
        }

    def sooner(self, laid: _Laid, work: _Network, path: Iterable[str]) -> Sooner | None:
        """The first wave without the founder with most of the critical path, if that is sooner."""
        waits = [work.jobs[name] for name in path if work.jobs[name].job.partner]
        weeks = {
            name: fsum(one.weeks for one in waits if one.job.partner == name)
            for name in work.opening.members
        }
        last = max(weeks, key=lambda name: (weeks[name], name))
        others = work.opening.without(last)
        if len(others.members) < self.knowledge.waves.minimum_members:
            return None
        other = self.linked(laid, others)
        week, found = (
            max(of.start[of.gates[name]] for name in of.opening.members) for of in (work, other)
        )
        if found > week - EPSILON:
            return None
        joining = self._joining(other.gates)
        return Sooner(last, found, share_of(self.region, others.members, joining))

    def _joining(self, gates: Iterable[str]) -> list[str]:
        """Those that go live in the form itself."""
        return [name for name in gates if self.going.get(name) == self.form]

    def laid(self, goal: Mapping[str, str], *, unknown_to_do: bool) -> _Laid:
        """The work of the region, of who goes to the ``goal`` and of the organisations."""
        jobs: dict[str, Planned] = {}
        for doer in self._doers(goal, unknown_to_do=unknown_to_do):
            for one in planned(self.knowledge, doer, self.done, uncertain=unknown_to_do):
                jobs.setdefault(one.job.id, one)
        for one in chosen_jobs(
            self.knowledge,
            self.region,
            self.done,
            lambda name: self.stretch[name][unknown_to_do],
            lambda name: goal.get(name, self.form),
        ):
            jobs.setdefault(one.job.id, one)
        live = self.knowledge.go_live
        gates = {n: f"{live}@{n}" for n in goal if f"{live}@{n}" in jobs}
        slow = ("yes", "unknown") if unknown_to_do else ("yes",)
        paced = {
            name: gate
            for name, gate in gates.items()
            if goal[name] == self.form and self.in_turn[name] in slow
        }
        return _Laid(jobs, prerequisites(self.knowledge, jobs), gates, paced)

    def linked(self, laid: _Laid, opening: Founders | None = None) -> _Network:
        """The work in its order: the region decides after the founders, else who can be first."""
        jobs, graph = laid.jobs, laid.graph.copy()
        first = opening or self._founders(laid)
        graph.add_edges_from(after_municipalities(self.knowledge, jobs, first.members, live=False))
        graph.add_edges_from(one_after_another(self.knowledge, jobs, graph, laid.paced))
        start = earliest({name: one.weeks for name, one in jobs.items()}, graph)
        return _Network(jobs, graph, start, laid.gates, first)

    def _founders(self, laid: _Laid) -> Founders:
        """Who opens, when the region has not waited for anybody: the soonest to be ready.

        Of those that are ready at once with the region, the soonest to have decided.
        """
        jobs, gates, graph = laid.jobs, laid.gates, laid.graph.copy()
        graph.add_edges_from(one_after_another(self.knowledge, jobs, graph, laid.paced))
        joins = self._joining(gates)
        start = earliest({name: one.weeks for name, one in jobs.items()}, graph)
        after = decided(self.knowledge, jobs, graph, joins)
        moments = {name: (start[gates[name]], after[name]) for name in joins}
        return founders(self.knowledge, self.region, moments)

    def _doers(self, goal: Mapping[str, str], *, unknown_to_do: bool) -> Iterator[Doer]:
        """The region for every form in use, municipalities on their way, and organisations."""
        for form in dict.fromkeys((self.form, *goal.values())):
            regional = self.eligibility.forms[form].verdicts
            broken, unknown = (
                tuple(v.rule for v in regional if v.truth == truth) for truth in ("no", "unknown")
            )
            yield Doer("region", None, form, broken, unknown)
        for name, form in goal.items():
            own = self.eligibility.municipalities[name][form]
            longer = self.stretch[name][unknown_to_do]
            yield Doer("municipality", name, form, own.remedies, own.open_work, longer)
        for name, verdicts in self.eligibility.organisations.items():
            if self.parts[name].role in {"follows", "decides_itself"}:
                own = verdicts[self.form]
                yield Doer("organisation", name, self.form, own.remedies, own.open_work)
