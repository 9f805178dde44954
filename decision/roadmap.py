"""Who does what when: from what is missing to a schedule, waves and roles.

What eligibility finds missing, the roadmap schedules. The activities of the chosen form and the
remedies of every partner become one dependency graph (a networkx ``DiGraph``); the critical path
method (Kelley and Walker, 1959) gives earliest start, slack and critical path; partners that are
ready close together go live together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from decision.eligibility import Eligibility, PartnerVerdict, evaluate, scope
from decision.knowledge import Activity, Knowledge
from decision.region import Region

__all__ = ["Part", "Roadmap", "Role", "Task", "Wave", "roadmap"]

Role = Literal[
    "early_adopter", "later_joiner", "own_entrance", "follows", "decides_itself", "stays_out"
]
Graph = nx.DiGraph  # of instance ids; every node carries its ``activity``, ``partner``, ``weeks``

EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """One activity of one partner in the schedule; weeks count from the start of the work.

    ``id`` is the activity, with ``@partner`` unless it is the region's own; ``slack`` is how
    many weeks it can slip without moving a go-live or the end.
    """

    id: str
    activity: str
    partner: str | None
    start: float
    finish: float
    slack: float
    effort_days: float

    @property
    def critical(self) -> bool:
        """Whether any delay moves a go-live or the end."""
        return self.slack < EPSILON


@dataclass(frozen=True, slots=True)
class Wave:
    """Partners that go live together in ``week``; ``share`` is their share of inhabitants."""

    number: int
    week: float
    members: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Part:
    """The role of one partner, the form it comes to, and when.

    ``ready_week`` is when its own work and the region's are done; ``remedies`` are the rules
    that still stand in the way of the recommended form.
    """

    partner: str
    role: Role
    form: str
    wave: int | None
    ready_week: float | None
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The path to one form: parts, waves, tasks in order of start, and the critical path."""

    form: str
    municipalities: Mapping[str, Part]
    organisations: Mapping[str, Part]
    waves: tuple[Wave, ...]
    tasks: tuple[Task, ...]
    critical_path: tuple[str, ...]
    weeks: float

    def tasks_of(self, partner: str | None) -> tuple[Task, ...]:
        """The tasks of one partner; of the region itself for None."""
        return tuple(task for task in self.tasks if task.partner == partner)


@dataclass(frozen=True, slots=True)
class _Job:
    """An activity that one partner has to do for the form that this partner comes to."""

    activity: str
    partner: str | None
    form: str
    weeks: float
    effort: float

    @property
    def id(self) -> str:
        return self.activity if self.partner is None else f"{self.activity}@{self.partner}"


def roadmap(knowledge: Knowledge, region: Region, eligibility: Eligibility, form: str) -> Roadmap:
    """Plan the path of this region to one form.

    Args:
        knowledge: the activities, their prerequisites and the rules of the waves.
        region: the partners and the facts declared about them.
        eligibility: the verdicts on this region.
        form: the id of the form to go to.
    """
    comes_to = {name: _comes_to(knowledge, eligibility, name, form) for name in region.municipalities}
    taking_part = [name for name, own in comes_to.items() if own == form]
    jobs = _jobs(knowledge, region, eligibility, form, comes_to)
    graph = _graph(knowledge, jobs, form)
    _one_after_another(knowledge, region, graph, taking_part)
    start = _earliest(graph, {})
    gates = {name: f"{knowledge.go_live}@{name}" for name in comes_to if comes_to[name] != knowledge.baseline}
    ready = {name: start[gate] for name, gate in gates.items() if gate in graph}
    sizes = {name: one.inhabitants.value for name, one in region.municipalities.items()}
    waves = _waves(knowledge, {name: ready[name] for name in taking_part if name in ready}, sizes)
    not_before = {gates[member]: wave.week for wave in waves for member in wave.members}
    if waves:
        _after_first_wave(knowledge, graph, [gates[member] for member in waves[0].members])
    tasks = _schedule(graph, not_before)
    return Roadmap(
        form=form,
        municipalities=_parts(knowledge, eligibility, form, comes_to, waves, ready),
        organisations=_organisation_parts(region, eligibility, form),
        waves=waves,
        tasks=tasks,
        critical_path=_critical_path(graph, tasks, [gates[m] for m in waves[0].members]) if waves else (),
        weeks=max((task.finish for task in tasks), default=0.0),
    )


def _comes_to(knowledge: Knowledge, eligibility: Eligibility, name: str, form: str) -> str:
    """The form of a municipality: the joint one, or the first it falls back to and can do."""
    current: str | None = form
    while current is not None:
        if eligibility.municipalities[name][current].outcome != "refuses":
            return current
        current = knowledge.forms[current].falls_back_to
    return knowledge.baseline


def _jobs(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    form: str,
    comes_to: Mapping[str, str],
) -> dict[str, _Job]:
    regional = [verdict.rule for verdict in eligibility.forms[form].verdicts if verdict.truth == "no"]
    jobs = _jobs_of(knowledge, "region", None, form, regional, 1.0)
    factors = _stretches(knowledge, region)
    for name, own in comes_to.items():
        remedies = eligibility.municipalities[name][own].remedies
        jobs += _jobs_of(knowledge, "municipality", name, own, remedies, factors[name])
    for name, verdicts in eligibility.organisations.items():
        verdict = verdicts[form]
        if _role_of_organisation(verdict) != "stays_out":
            jobs += _jobs_of(knowledge, "organisation", name, form, verdict.remedies, 1.0)
    return {job.id: job for job in jobs}


def _jobs_of(
    knowledge: Knowledge,
    kind: str,
    partner: str | None,
    form: str,
    broken: Iterable[str],
    factor: float,
) -> list[_Job]:
    remedies = (knowledge.rules[rule].remedy for rule in broken)
    needed = {remedy.by for remedy in remedies if remedy is not None}
    return [
        _Job(name, partner, form, _whole(activity.duration.weeks * factor), activity.effort.days)
        for name, activity in knowledge.activities.items()
        if activity.of_each == kind
        and form in activity.forms
        and (activity.when == "always" or name in needed)
    ]


def _whole(weeks: float) -> float:
    """Plans are made in whole weeks; a started week counts."""
    return float(math.ceil(weeks - EPSILON))


def _stretches(knowledge: Knowledge, region: Region) -> dict[str, float]:
    """How much longer local work takes in each municipality, for want of people."""
    factors = dict.fromkeys(region.municipalities, 1.0)
    for name, held in (scope(knowledge, region).municipalities or {}).items():
        for stretch in knowledge.waves.stretch:
            if evaluate(stretch.when, held).truth == "yes":
                factors[name] *= stretch.factor
    return factors


def _graph(knowledge: Knowledge, jobs: Mapping[str, _Job], form: str) -> Graph:
    graph: Graph = nx.DiGraph(form=form)
    for name, job in jobs.items():
        graph.add_node(name, job=job)
    for name, job in jobs.items():
        for before in _prerequisites(knowledge, jobs, job, knowledge.activities[job.activity]):
            graph.add_edge(before, name)
    return graph


def _prerequisites(
    knowledge: Knowledge, jobs: Mapping[str, _Job], job: _Job, activity: Activity
) -> set[str]:
    """What must be done first; an activity that does not apply passes on its own prerequisites."""
    found: set[str] = set()
    for before in activity.after:
        own = f"{before}@{job.partner}"
        if own in jobs:
            found.add(own)
        elif before in jobs and job.form in knowledge.activities[before].forms:
            found.add(before)
        else:
            found |= _prerequisites(knowledge, jobs, job, knowledge.activities[before])
    return found - {job.id}


def _one_after_another(
    knowledge: Knowledge, region: Region, graph: Graph, taking_part: Iterable[str]
) -> None:
    """Chain the local work of municipalities that grow in their own pace.

    The chain follows the earliest starts, so that it never contradicts a prerequisite.
    """
    start = _earliest(graph, {})
    order = {name: place for place, name in enumerate(nx.lexicographical_topological_sort(graph))}
    scopes = scope(knowledge, region).municipalities or {}
    for partner in taking_part:
        gate = f"{knowledge.go_live}@{partner}"
        slow = evaluate(knowledge.waves.one_after_another_when, scopes[partner]).truth == "yes"
        if not slow or gate not in graph:
            continue
        own = [n for n in nx.ancestors(graph, gate) if graph.nodes[n]["job"].partner == partner]
        own.sort(key=lambda name: (start[name], order[name]))
        graph.add_edges_from(zip(own, own[1:], strict=False))


def _earliest(graph: Graph, not_before: Mapping[str, float]) -> dict[str, float]:
    """The earliest start of every task, in weeks."""
    start: dict[str, float] = {}
    for name in nx.topological_sort(graph):
        done = (start[before] + graph.nodes[before]["job"].weeks for before in graph.pred[name])
        start[name] = max(not_before.get(name, 0.0), max(done, default=0.0))
    return start


def _waves(
    knowledge: Knowledge, ready: Mapping[str, float], sizes: Mapping[str, float]
) -> tuple[Wave, ...]:
    """Group partners by the week in which they are ready.

    The first wave waits for enough scale; whoever is ready within one interval goes along.
    """
    rules, total = knowledge.waves, sum(sizes[name] for name in ready)
    waiting = sorted(ready, key=lambda name: (ready[name], name))
    waves: list[Wave] = []
    while waiting:
        opening = ready[waiting[0]] if waves else _with_scale(waiting, ready, sizes, rules.minimum_scale)
        members = [name for name in waiting if ready[name] <= opening + rules.interval_weeks]
        week = max(ready[name] for name in members)
        share = sum(sizes[name] for name in members) / total
        waves.append(Wave(len(waves) + 1, week, tuple(sorted(members)), share))
        waiting = [name for name in waiting if name not in members]
    return tuple(waves)


def _with_scale(
    waiting: list[str], ready: Mapping[str, float], sizes: Mapping[str, float], minimum: float
) -> float:
    """The first week in which the partners that are ready hold the minimum share."""
    total, reached = sum(sizes[name] for name in waiting), 0.0
    for name in waiting:
        reached += sizes[name]
        if reached >= minimum * total - EPSILON:
            return ready[name]
    return ready[waiting[-1]]


def _after_first_wave(knowledge: Knowledge, graph: Graph, gates: Iterable[str]) -> None:
    """Let the region's and the organisations' work after going live wait for the first wave."""
    for name in list(graph):
        activity = knowledge.activities[graph.nodes[name]["job"].activity]
        if activity.of_each != "municipality" and knowledge.go_live in activity.after:
            graph.add_edges_from((gate, name) for gate in gates)


def _schedule(graph: Graph, not_before: Mapping[str, float]) -> tuple[Task, ...]:
    start = _earliest(graph, not_before)
    finish = {name: start[name] + graph.nodes[name]["job"].weeks for name in graph}
    end = max(finish.values(), default=0.0)
    latest: dict[str, float] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        limits = [latest[after] - graph.nodes[after]["job"].weeks for after in graph.succ[name]]
        latest[name] = finish[name] if name in not_before else min(limits, default=end)
    tasks = [
        Task(
            id=name,
            activity=graph.nodes[name]["job"].activity,
            partner=graph.nodes[name]["job"].partner,
            start=start[name],
            finish=finish[name],
            slack=max(0.0, latest[name] - finish[name]),
            effort_days=graph.nodes[name]["job"].effort,
        )
        for name in graph
    ]
    place = {name: number for number, name in enumerate(graph)}
    return tuple(sorted(tasks, key=lambda task: (task.start, task.finish, place[task.id])))


def _critical_path(graph: Graph, tasks: Iterable[Task], gates: list[str]) -> tuple[str, ...]:
    """The chain of tasks without slack that ends in the first wave's going live."""
    found = {task.id: task for task in tasks}
    path: list[str] = []
    current = next((gate for gate in gates if _driver(graph, found, gate)), gates[0])
    while current:
        path.append(current)
        current = _driver(graph, found, current)
    return tuple(reversed(path))


def _driver(graph: Graph, tasks: Mapping[str, Task], name: str) -> str:
    """The prerequisite that decides when this task can start; empty when it can start at once."""
    start = tasks[name].start
    driving = [b for b in graph.pred[name] if abs(tasks[b].finish - start) < EPSILON]
    return min(driving, key=lambda before: (tasks[before].slack, before), default="")


def _parts(
    knowledge: Knowledge,
    eligibility: Eligibility,
    form: str,
    comes_to: Mapping[str, str],
    waves: Iterable[Wave],
    ready: Mapping[str, float],
) -> dict[str, Part]:
    wave_of = {member: wave.number for wave in waves for member in wave.members}
    parts = {}
    for name, own in comes_to.items():
        wave = wave_of.get(name)
        if own == knowledge.baseline:
            role: Role = "stays_out"
        elif wave is None:
            role = "own_entrance"
        else:
            role = "early_adopter" if wave == 1 else "later_joiner"
        remedies = eligibility.municipalities[name][form].remedies
        parts[name] = Part(name, role, own, wave, ready.get(name), remedies)
    return parts


def _role_of_organisation(verdict: PartnerVerdict) -> Role:
    match verdict.outcome, verdict.refusal:
        case ("refuses", "decides_itself"):
            return "decides_itself"
        case ("ready" | "ready_after", _):
            return "follows"
        case _:
            return "stays_out"


def _organisation_parts(region: Region, eligibility: Eligibility, form: str) -> dict[str, Part]:
    parts = {}
    for name in region.organisations:
        verdict = eligibility.organisations[name][form]
        role = _role_of_organisation(verdict)
        parts[name] = Part(name, role, form, None, None, verdict.remedies)
    return parts
