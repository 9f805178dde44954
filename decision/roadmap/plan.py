"""Who does what when: from what is missing to a schedule, waves and roles.

What eligibility finds missing, the roadmap schedules. The activities of the chosen form and the
remedies of every partner become one workload, which is done with the days that everybody has for
it; partners that are ready close together go live together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import TYPE_CHECKING

from decision.eligibility.verdicts import Eligibility
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.calendar import EPSILON
from decision.roadmap.capacity import kengetal, price_of_day
from decision.roadmap.layout import Done, lay
from decision.roadmap.network import Network, Ways
from decision.roadmap.parts import Part, Ready, parts, score_of
from decision.roadmap.readiness import Openings, readiness, with_people
from decision.roadmap.waves import (
    Founders,
    HeldUp,
    Sooner,
    Wave,
    everybody,
    founders,
    opened,
    share_of,
    waves_of,
)
from decision.scores.additive import Scores

if TYPE_CHECKING:
    from decision.roadmap.schedule import Graph

__all__ = ["Roadmap", "Task", "roadmap"]


@dataclass(frozen=True, slots=True)
class Task:
    """One activity of one partner in the schedule; weeks count from the start of the work.

    ``id`` is the activity, with ``@partner`` unless it is the region's own; ``slack`` is how
    many weeks it can slip without moving a go-live or the end, while everybody keeps to the order
    of its work; ``uncertain`` work may turn out not to be needed, once a fact is known; ``after``
    are the ids of the tasks that must be done before it starts, ``behind`` those that its people
    did while it could go on.
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
    behind: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        """Whether any delay moves a go-live or the end."""
        return self.slack < EPSILON


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The path to one form: parts, waves, tasks in order of start, and the critical path.

    ``score`` (0-1) is that of the forms that everybody comes to, by their inhabitants.
    ``founders`` open together, in the week of the first wave; ``sooner`` is when they could without
    the one that they wait for longest (None where that is no sooner), and ``held`` are those that
    want to start with them and join later. No plan for these founders opens before week ``bound``.
    ``decided`` is when the region has decided, after the municipalities, and ``recess`` so many
    weeks at full pace are not worked from then to the first wave. ``live`` is when each
    municipality that goes to a form of cooperation goes live. A working day costs
    ``price_of_day`` euro.
    """

    form: str
    score: float
    municipalities: Mapping[str, Part]
    organisations: Mapping[str, Part]
    founders: Founders
    sooner: Sooner | None
    held: tuple[HeldUp, ...]
    waves: tuple[Wave, ...]
    bound: float
    decided: float | None
    recess: float
    live: Mapping[str, float]
    tasks: tuple[Task, ...]
    critical_path: tuple[str, ...]
    weeks: float
    price_of_day: float

    @property
    def after_decision(self) -> float | None:
        """The weeks from the decision of the region to the first opening."""
        if self.decided is None or not self.waves:
            return None
        return self.waves[0].week - self.decided

    @property
    def parts(self) -> Mapping[str, Part]:
        """The part of every municipality and organisation."""
        return FrozenDict({**self.municipalities, **self.organisations})

    @property
    def graph(self) -> Graph:
        """The tasks as a graph of ids; each node has what its `Task` has."""
        import networkx as nx  # noqa: PLC0415 - takes time to load, and a plan needs no graph

        graph: Graph = nx.DiGraph()
        for task in self.tasks:
            graph.add_node(task.id, **asdict(task), critical=task.critical)
        graph.add_edges_from((one, task.id) for task in self.tasks for one in task.after)
        return graph

    @property
    def own_days(self) -> float:
        """The working days of their own that all tasks together take."""
        return fsum(task.effort_days for task in self.tasks)

    @property
    def own_cost(self) -> float:
        """What these days cost, in euro; it is in no other amount."""
        return self.own_days * self.price_of_day

    def tasks_of(self, partner: str | None) -> tuple[Task, ...]:
        """The tasks of one partner; of the region itself for None."""
        return tuple(task for task in self.tasks if task.partner == partner)


def roadmap(  # noqa: PLR0913 - the last three are options with a default
    knowledge: Knowledge,
    region: Region,
    eligibility: Eligibility,
    scores: Scores,
    form: str,
    settled: Mapping[str, Part] = FrozenDict(),
    *,
    together: bool = False,
    ranges: bool = True,
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
        settled: who comes to a form and a role that are decided already.
        together: whether all that go to it open at once, whoever that makes wait.
        ranges: whether to tell how soon everybody is ready if unknown work need not be done.
    """
    played = {**parts(knowledge, region, eligibility, scores, form), **settled}
    ways = Ways(knowledge, region, eligibility, form, played)
    ready = readiness(ways, ranges=ranges)
    openings = Openings(ways, ways.network(ways.going, unknown_to_do=True))
    able = {name: (ready[name].latest,) for name in ways.joining if name in ready}
    if together:
        opening = everybody(able)
    elif len(ways.there) >= knowledge.waves.minimum_members:
        opening = opened(region, ways.there, able)
    else:
        opening = founders(knowledge, region, able, openings.week)
    laid = lay(openings, opening.members)
    joins = {name: week for name, week in laid.ready.items() if name in able}
    waves = waves_of(knowledge, region, joins, opening, laid.opens)
    live = {name: wave.week for wave in waves for name in wave.members}
    for name in laid.ready.keys() - live.keys():
        # behind the shared number nobody is before its first group
        live[name] = max(laid.ready[name], waves[0].week if waves else 0.0)
    done = laid.finished(live, waves[0].members if waves else ())
    number = {name: wave.number for wave in waves for name in wave.members}
    placed = {name: part.at(number, ready) for name, part in played.items()}
    tasks = tuple(_tasks(openings.network, done))
    decided = _decided(openings, tasks)
    return Roadmap(
        form=form,
        score=score_of(region, scores, placed),
        municipalities=FrozenDict({name: placed[name] for name in region.municipalities}),
        organisations=FrozenDict({name: placed[name] for name in region.organisations}),
        founders=opening,
        sooner=_sooner(openings, opening, ready) if waves else None,
        held=tuple(one for one in _held(openings, opening) if number.get(one.partner) != 1),
        waves=waves,
        bound=float(laid.bound),
        decided=decided,
        recess=_recess(openings, decided, waves),
        live=FrozenDict(live),
        tasks=tasks,
        critical_path=done.path,
        weeks=max((task.finish for task in tasks), default=0.0),
        price_of_day=price_of_day(knowledge, region),
    )


def _tasks(network: Network, done: Done) -> Iterator[Task]:
    """The jobs with their times, in order of start."""
    found = []
    for job, name in enumerate(done.names):
        one = network.jobs[name]
        found.append(
            Task(
                id=name,
                activity=one.job.activity,
                partner=one.job.partner,
                start=float(done.spread.start[job]),
                finish=float(done.spread.finish[job]),
                slack=float(done.slack[job]),
                effort_days=one.effort,
                uncertain=one.uncertain,
                after=tuple(sorted(done.names[first] for first in done.workload.before[job])),
                behind=tuple(sorted(done.names[first] for first in done.spread.held[job])),
            )
        )
    yield from sorted(found, key=lambda task: (task.start, task.finish))


def _sooner(openings: Openings, opening: Founders, ready: Mapping[str, Ready]) -> Sooner | None:
    """The first wave without the founder that is ready last, if that is sooner."""
    ways = openings.ways
    last = max(opening.members, key=lambda name: (ready[name].latest, name))
    others = opening.without(last).members
    if len(others) < ways.knowledge.waves.minimum_members:
        return None
    week = openings.week(others)
    if week > openings.week(opening.members) - EPSILON:
        return None
    return Sooner(last, week, share_of(ways.region, others, ways.joining))


def _held(openings: Openings, opening: Founders) -> Iterator[HeldUp]:
    """Who would hold up the first wave, and when it would be ready with people from the start."""
    ways = openings.ways
    if not opening.held:
        return
    opens = openings.week(opening.members)
    most = kengetal(ways.knowledge, ways.region, ways.knowledge.waves.holds_up)
    for name in opening.held:
        then = openings.of((*opening.members, name))
        week, helped = float(then.found.week), with_people(openings, opening.members, name)
        own = (job for job in then.path if openings.network.jobs[job].job.partner == name)
        yield HeldUp(name, week, opens, most, helped, tuple(own))


def _decided(openings: Openings, tasks: Iterable[Task]) -> float | None:
    """When the region has decided, after the municipalities; None where it decides nothing."""
    activities, waits = openings.ways.knowledge.activities, openings.network.waits
    return max(
        (
            task.finish
            for task in tasks
            if task.partner is None and activities[task.activity].level == "decision"
            if any(
                activities[one].level == "decision" for one in waits.get(task.id, {}).get(False, ())
            )
        ),
        default=None,
    )


def _recess(openings: Openings, decided: float | None, waves: Sequence[Wave]) -> float:
    """The weeks at full pace that are not worked from the decision to the first wave."""
    if decided is None or not waves:
        return 0.0
    week = int(waves[0].week)
    return fsum(1 - pace for pace in openings.ways.calendar.until(week)[int(decided) : week])
