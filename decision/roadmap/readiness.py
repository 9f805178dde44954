"""When everybody can be ready, and when some can open together: the soonest that is possible.

A municipality is ready when it could go live if the region waited for nobody. That depends on its
own work, the region's and the days that both have for it, and on nobody else; so the two ends of
what is unknown are true bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from decision.roadmap.network import Network, Ways
from decision.roadmap.optimum import Optimum, optimum
from decision.roadmap.parts import Ready
from decision.roadmap.slack import chain, slack
from decision.roadmap.workload import Workload

__all__ = ["Opening", "Openings", "alone", "readiness", "with_people"]


class Opening(NamedTuple):
    """The soonest that some can open: the ids of the jobs for it, and when these are done."""

    jobs: tuple[str, ...]
    found: Optimum
    workload: Workload

    @property
    def path(self) -> tuple[str, ...]:
        """The jobs that decide when that is, from the start on."""
        plan = self.found.spread
        ends = [job for job, week in enumerate(plan.finish) if week == self.found.week]
        room = slack(self.workload, plan, {})
        return tuple(self.jobs[job] for job in chain(self.workload, plan, room, ends))

    @property
    def order(self) -> dict[str, int]:
        """The order in which the jobs are done."""
        return dict(zip(self.jobs, self.found.order, strict=True))


@dataclass(frozen=True)
class Openings:
    """When those on the way to a form can open; each set is worked out once."""

    ways: Ways
    network: Network
    _found: dict[frozenset[str], Opening] = field(default_factory=dict, repr=False)

    def of(self, members: Iterable[str]) -> Opening:
        """The soonest that some can open together, with the region waiting for them only."""
        some = frozenset(members)
        if some not in self._found:
            together = [name for name in self.network.gates if name in some]
            names, work = self.ways.workload(self.network, together, only=(None, *together))
            gates = {self.network.gates[name] for name in together}
            needed = work.needed(job for job, name in enumerate(names) if name in gates)
            own = work.only(needed)
            jobs = tuple(names[job] for job in needed)
            self._found[some] = Opening(jobs, optimum(own), own)
        return self._found[some]

    def week(self, members: Sequence[str]) -> float:
        """The week in which they can."""
        return float(self.of(members).found.week)


def alone(ways: Ways, network: Network, name: str, done: Mapping[str, int]) -> Opening:
    """The soonest that one can go live, with all else that is ``done`` in a given week."""
    own, work = ways.workload(network, (), only=(name,))
    first = ((done[one] for one in network.before[job] if one in done) for job in own)
    fixed = [max(weeks, default=0) for weeks in first]
    needed = work.needed([own.index(network.gates[name])])
    some = work.only(needed)
    best = optimum(some, [fixed[job] for job in needed])
    return Opening(tuple(own[job] for job in needed), best, some)


def readiness(ways: Ways, *, ranges: bool = True) -> dict[str, Ready]:
    """When everybody can be ready that goes, or may: if unknown work is done, and if none is.

    Without ``ranges`` only the second is worked out, of those that surely go.
    """
    if not ranges:
        late = _ready(ways, ways.network(ways.going, unknown_to_do=True))
        return {name: Ready(week, week) for name, week in late.items()}
    goal = ways.perhaps_going
    soon = _ready(ways, ways.network(goal, unknown_to_do=False))
    late = _ready(ways, ways.network(goal, unknown_to_do=True))
    return {name: Ready(soon[name], max(soon[name], week)) for name, week in late.items()}


def _ready(ways: Ways, network: Network) -> dict[str, float]:
    """When each can go live, after what the region must have done for all of them."""
    names, work = ways.workload(network, (), only=(None,))
    wanted = network.needed(network.gates.values())
    needed = [job for job, name in enumerate(names) if name in wanted]
    plan = optimum(work.only(needed)).spread
    done = {names[job]: week for job, week in zip(needed, plan.finish, strict=True)}
    return {name: float(alone(ways, network, name, done).found.week) for name in network.gates}


def with_people(openings: Openings, founders: Sequence[str], name: str) -> float:
    """When one could open with the founders if it lacked no people from the start."""
    helped = replace(openings.ways, helped=frozenset({name}))
    return Openings(helped, openings.network).week((*founders, name))
