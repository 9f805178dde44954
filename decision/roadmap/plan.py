"""Who does what when: from what is missing to a schedule, waves and roles.

What eligibility finds missing, the roadmap schedules. The activities of the chosen form and the
remedies of every partner become one dependency graph; partners that are ready close together go
live together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, TypeAlias

from decision.eligibility.verdicts import Eligibility, PartnerVerdict, evaluate, scope
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import Role
from decision.roadmap.jobs import Job, forerunners, stretches, whole_weeks
from decision.roadmap.schedule import EPSILON, ancestors, critical_path, depths, earliest, times

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Part", "Roadmap", "Role", "Task", "Wave", "roadmap"]

_Before: TypeAlias = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Task:
    """One activity of one partner in the schedule; weeks count from the start of the work.

    ``id`` is the activity, with ``@partner`` unless it is the region's own; ``slack`` is how
    many weeks it can slip without moving a go-live or the end; ``after`` are the ids of the tasks
    that must be done before it starts.
    """

    id: str
    activity: str
    partner: str | None
    start: float
    finish: float
    slack: float
    effort_days: float
    after: tuple[str, ...]

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

    @property
    def graph(self) -> nx.DiGraph[str]:
        """The tasks as a graph of ids; each node has what its `Task` has."""
        import networkx as nx  # noqa: PLC0415 - takes longer to import than the roadmap to make

        graph: nx.DiGraph[str] = nx.DiGraph()
        for task in self.tasks:
            graph.add_node(task.id, **asdict(task), critical=task.critical)
        graph.add_edges_from((one, task.id) for task in self.tasks for one in task.after)
        return graph

    def tasks_of(self, partner: str | None) -> tuple[Task, ...]:
        """The tasks of one partner; of the region itself for None."""
        return tuple(task for task in self.tasks if task.partner == partner)


@dataclass(frozen=True, slots=True)
class _Doer:
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
class _Planned:
    """A job that is done for a form, how long that takes, and the days of work in it."""

    job: Job
    form: str
    weeks: float
    effort: float


def roadmap(knowledge: Knowledge, region: Region, eligibility: Eligibility, form: str) -> Roadmap:
    """Plan the path of this region to one form.

    Args:
        knowledge: the activities, their prerequisites and the rules of the waves.
        region: the partners and the facts declared about them.
        eligibility: the verdicts on this region.
        form: the id of the form to go to.
    """
    forms = {n: _comes_to(knowledge, eligibility, n, form) for n in region.municipalities}
    doers = _doers(knowledge, region, eligibility, form, forms)
    jobs = {one.job.id: one for doer in doers for one in _jobs(knowledge, doer)}
    weeks = {name: one.weeks for name, one in jobs.items()}
    before = _prerequisites(knowledge, jobs)
    gates = {name: f"{knowledge.go_live}@{name}" for name in forms}
    joining = [name for name in forms if forms[name] == form and gates[name] in jobs]
    joins = {name: gates[name] for name in joining}
    before = _one_after_another(knowledge, region, jobs, before, joins)
    start = earliest(weeks, before)
    ready = {name: start[gate] for name, gate in gates.items() if gate in jobs}
    waves = _waves(knowledge, region, {name: ready[name] for name in joining})
    first = [gates[member] for member in waves[0].members] if waves else []
    before = _after_first_wave(knowledge, jobs, before, first)
    live = {gates[member]: wave.week for wave in waves for member in wave.members}
    found = times(weeks, before, live)
    tasks = [
        Task(name, *one.job, t.start, t.finish, t.slack, one.effort, tuple(sorted(before[name])))
        for name, one, t in ((name, one, found[name]) for name, one in jobs.items())
    ]
    remedies = {n: eligibility.municipalities[n][form].remedies for n in forms}
    return Roadmap(
        form=form,
        municipalities={
            name: _part(name, forms[name], knowledge.baseline, waves, ready, remedies[name])
            for name in forms
        },
        organisations=_organisations(eligibility, form),
        waves=waves,
        tasks=tuple(sorted(tasks, key=lambda task: (task.start, task.finish))),
        critical_path=critical_path(before, found, first),
        weeks=max((task.finish for task in tasks), default=0.0),
    )


def _comes_to(knowledge: Knowledge, eligibility: Eligibility, name: str, form: str) -> str:
    """The form of a municipality: the joint one, or the first it falls back to and surely joins.

    Nobody is told to start with a form as long as it is unknown whether it takes part in it.
    """
    current: str | None = form
    while current is not None:
        if eligibility.municipalities[name][current].takes_part == "yes":
            return current
        current = knowledge.forms[current].falls_back_to
    return knowledge.baseline


def _doers(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    form: str,
    forms: Mapping[str, str],
) -> list[_Doer]:
    """The region, every municipality on its way to its own form, and who follows or decides."""
    regional = tuple(v.rule for v in eligibility.forms[form].verdicts if v.truth == "no")
    stretch = stretches(knowledge, region)
    doers = [_Doer("region", None, form, regional)]
    for name, own in forms.items():
        broken = eligibility.municipalities[name][own].remedies
        doers.append(_Doer("municipality", name, own, broken, stretch[name]))
    for name, verdicts in eligibility.organisations.items():
        if _role_of_organisation(verdicts[form]) != "stays_out":
            doers.append(_Doer("organisation", name, form, verdicts[form].remedies))
    return doers


def _jobs(knowledge: Knowledge, doer: _Doer) -> list[_Planned]:
    remedies = (knowledge.rules[rule].remedy for rule in doer.broken)
    needed = {remedy.by for remedy in remedies if remedy is not None}
    return [
        _Planned(
            job=Job(name, doer.name),
            form=doer.form,
            weeks=whole_weeks(activity.duration.weeks * doer.stretch),
            effort=activity.effort.days,
        )
        for name, activity in knowledge.activities.items()
        if activity.of_each == doer.kind
        and doer.form in activity.forms
        and (activity.when == "always" or name in needed)
    ]


def _prerequisites(knowledge: Knowledge, jobs: Mapping[str, _Planned]) -> _Before:
    """What must be done before each job."""
    found = {}
    for name, one in jobs.items():
        find = partial(_before, knowledge, jobs, one)
        found[name] = {*forerunners(knowledge.activities, one.job.activity, find)} - {name}
    return found


def _before(
    knowledge: Knowledge, jobs: Mapping[str, _Planned], one: _Planned, activity: str
) -> str | None:
    """An activity as the same partner does it, or else the region for the same form."""
    own = Job(activity, one.job.partner).id
    if own in jobs:
        return own
    regional = activity in jobs and one.form in knowledge.activities[activity].forms
    return activity if regional else None


def _one_after_another(
    knowledge: Knowledge,
    region: Region,
    jobs: Mapping[str, _Planned],
    before: _Before,
    gates: Mapping[str, str],
) -> _Before:
    """Chain the local work of municipalities that grow in their own pace, up to going live.

    The chain follows the earliest starts and then the order of the knowledge, so that it never
    contradicts a prerequisite.
    """
    start = earliest({name: one.weeks for name, one in jobs.items()}, before)
    depth, places = depths(before), {name: at for at, name in enumerate(knowledge.activities)}
    scopes = scope(knowledge, region).municipalities or {}
    chained = dict(before)
    for partner, gate in gates.items():
        if evaluate(knowledge.waves.one_after_another_when, scopes[partner]).truth == "yes":
            own = [name for name in ancestors(before, gate) if jobs[name].job.partner == partner]
            own.sort(key=lambda name: (start[name], depth[name], places[jobs[name].job.activity]))
            for first, then in pairwise(own):
                chained[then] = chained[then] | {first}
    return chained


def _waves(knowledge: Knowledge, region: Region, ready: Mapping[str, float]) -> tuple[Wave, ...]:
    """Group partners by the week in which they are ready.

    The first wave waits for enough scale; whoever is ready within one interval goes along.
    """
    rules = knowledge.waves
    sizes = {name: region.municipalities[name].inhabitants.value for name in ready}
    total = fsum(sizes.values())
    waiting = sorted(ready, key=lambda name: (ready[name], name))
    opening = _with_scale(waiting, ready, sizes, rules.minimum_scale)
    waves: list[Wave] = []
    while waiting:
        members = [name for name in waiting if ready[name] <= opening + rules.interval_weeks]
        share = fsum(sizes[name] for name in members) / total if total else 0.0
        week = max(ready[name] for name in members)
        waves.append(Wave(len(waves) + 1, week, tuple(sorted(members)), share))
        waiting = waiting[len(members) :]
        opening = ready[waiting[0]] if waiting else opening
    return tuple(waves)


def _with_scale(
    waiting: list[str], ready: Mapping[str, float], sizes: Mapping[str, float], minimum: float
) -> float:
    """The first week in which the partners that are ready hold the minimum share."""
    needed, reached = minimum * fsum(sizes.values()), 0.0
    for name in waiting:
        reached += sizes[name]
        if reached >= needed - EPSILON:
            return ready[name]
    return 0.0


def _after_first_wave(
    knowledge: Knowledge, jobs: Mapping[str, _Planned], before: _Before, gates: Iterable[str]
) -> _Before:
    """Let the region's and the organisations' work after going live wait for the first wave."""

    def waits(name: str) -> bool:
        activity = knowledge.activities[jobs[name].job.activity]
        return activity.of_each != "municipality" and knowledge.go_live in activity.after

    return {name: first | {*gates} if waits(name) else first for name, first in before.items()}


def _part(  # noqa: PLR0913 - everything that makes up one part
    name: str,
    form: str,
    baseline: str,
    waves: Iterable[Wave],
    ready: Mapping[str, float],
    remedies: tuple[str, ...],
) -> Part:
    wave = next((one.number for one in waves if name in one.members), None)
    if form == baseline:
        role: Role = "stays_out"
    elif wave is None:
        role = "own_entrance"
    else:
        role = "early_adopter" if wave == 1 else "later_joiner"
    return Part(name, role, form, wave, ready.get(name), remedies)


def _role_of_organisation(verdict: PartnerVerdict) -> Role:
    if verdict.takes_part == "yes":
        return "follows"
    return "decides_itself" if verdict.refusal == "decides_itself" else "stays_out"


def _organisations(eligibility: Eligibility, form: str) -> dict[str, Part]:
    return {
        name: Part(
            partner=name,
            role=_role_of_organisation(verdicts[form]),
            form=form,
            wave=None,
            ready_week=None,
            remedies=verdicts[form].remedies,
        )
        for name, verdicts in eligibility.organisations.items()
    }
