"""Who does what when: from what is missing to a schedule, waves and roles.

What eligibility finds missing, the roadmap schedules. The activities of the chosen form and the
remedies of every partner become one dependency graph; partners that are ready close together go
live together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import networkx as nx

from decision.eligibility.verdicts import Eligibility, PartnerVerdict
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import Role
from decision.roadmap.graph import after_first_wave, one_after_another, prerequisites
from decision.roadmap.jobs import Doer, planned, stretches
from decision.roadmap.schedule import EPSILON, Graph, critical_path, earliest, times
from decision.roadmap.waves import Wave, waves_of

__all__ = ["Part", "Roadmap", "Role", "Task", "Wave", "roadmap"]


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
    def graph(self) -> Graph:
        """The tasks as a graph of ids; each node has what its `Task` has."""
        graph: Graph = nx.DiGraph()
        for task in self.tasks:
            graph.add_node(task.id, **asdict(task), critical=task.critical)
        graph.add_edges_from((one, task.id) for task in self.tasks for one in task.after)
        return graph

    def tasks_of(self, partner: str | None) -> tuple[Task, ...]:
        """The tasks of one partner; of the region itself for None."""
        return tuple(task for task in self.tasks if task.partner == partner)


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
    jobs = {one.job.id: one for doer in doers for one in planned(knowledge, doer)}
    weeks = {name: one.weeks for name, one in jobs.items()}
    graph = prerequisites(knowledge, jobs)
    gates = {name: f"{knowledge.go_live}@{name}" for name in forms}
    joins = {n: gate for n, gate in gates.items() if forms[n] == form and gate in jobs}
    graph.add_edges_from(one_after_another(knowledge, region, jobs, graph, joins))
    start = earliest(weeks, graph)
    ready = {name: start[gate] for name, gate in gates.items() if gate in jobs}
    waves = waves_of(knowledge, region, {name: ready[name] for name in joins})
    first = [gates[member] for wave in waves[:1] for member in wave.members]
    graph.add_edges_from(after_first_wave(knowledge, jobs, first))
    live = {gates[member]: wave.week for wave in waves for member in wave.members}
    found = times(weeks, graph, live)
    tasks = [
        Task(
            name, *one.job, t.start, t.finish, t.slack, one.effort, tuple(sorted(graph.pred[name]))
        )
        for name, one, t in ((name, one, found[name]) for name, one in jobs.items())
    ]
    remedies = {n: eligibility.municipalities[n][form].remedies for n in forms}
    return Roadmap(
        form=form,
        municipalities=FrozenDict(
            {
                name: _part(name, forms[name], knowledge.baseline, waves, ready, remedies[name])
                for name in forms
            }
        ),
        organisations=FrozenDict(
            {
                name: Part(
                    name, _role_of_organisation(own[form]), form, None, None, own[form].remedies
                )
                for name, own in eligibility.organisations.items()
            }
        ),
        waves=waves,
        tasks=tuple(sorted(tasks, key=lambda task: (task.start, task.finish))),
        critical_path=critical_path(graph, found, first),
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
        current = knowledge.forms[current].builds_on
    return knowledge.baseline


def _doers(
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    form: str,
    forms: Mapping[str, str],
) -> list[Doer]:
    """The region, every municipality on its way to its own form, and who follows or decides."""
    regional = tuple(v.rule for v in eligibility.forms[form].verdicts if v.truth == "no")
    stretch = stretches(knowledge, region)
    doers = [Doer("region", None, form, regional)]
    for name, own in forms.items():
        broken = eligibility.municipalities[name][own].remedies
        doers.append(Doer("municipality", name, own, broken, stretch[name]))
    for name, verdicts in eligibility.organisations.items():
        if _role_of_organisation(verdicts[form]) != "stays_out":
            doers.append(Doer("organisation", name, form, verdicts[form].remedies))
    return doers


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
