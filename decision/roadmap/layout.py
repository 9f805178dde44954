"""The whole plan: the opening first, then what everybody else does with the time that is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from decision.roadmap.optimum import ranked
from decision.roadmap.readiness import Openings, alone
from decision.roadmap.slack import chain, slack
from decision.roadmap.workload import Spread, Workload, spread

__all__ = ["Done", "Laid", "lay", "order_of"]


class Done(NamedTuple):
    """The jobs of the whole plan: by id, as a workload, when they are done and how they can slip.

    ``path`` is the critical path to the first opening, by id.
    """

    names: tuple[str, ...]
    workload: Workload
    spread: Spread
    slack: Sequence[int]
    path: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """The way to the opening, and when everybody else can be ready.

    ``order`` has the jobs whose order is decided, by id; ``ready`` is when each can go live, and
    ``opens`` when the founders do, which is no sooner than ``bound``.
    """

    openings: Openings
    founders: tuple[str, ...]
    order: Mapping[str, int]
    ready: Mapping[str, float]
    opens: float
    bound: int

    def finished(self, live: Mapping[str, float], first: Iterable[str]) -> Done:
        """The whole plan, with everybody live in a given week and ``first`` in the first wave."""
        ways, network = self.openings.ways, self.openings.network
        members = [*first]
        names, workload = ways.workload(network, self.founders, members)
        places = {name: at for at, name in enumerate(names)}
        gates = {name: places[gate] for name, gate in network.gates.items()}
        fixed = [0] * len(names)
        for name, week in live.items():
            fixed[gates[name]] = int(week) - workload.weeks[gates[name]]
        found = spread(workload, order_of(workload, names, self.order), fixed)
        must = {gates[name]: found.finish[gates[name]] for name in live}
        room = slack(workload, found, must)
        path = chain(workload, found, room, [gates[name] for name in members])
        return Done(names, workload, found, room, tuple(names[job] for job in path))


def lay(openings: Openings, founders: tuple[str, ...]) -> Laid:
    """Open as soon as can be; then everybody else as soon as it can, each by itself."""
    ways, network = openings.ways, openings.network
    opening = openings.of(founders)
    order = opening.order
    names, workload = ways.workload(network, founders, only=(None, *founders))
    found = spread(workload, order_of(workload, names, order))
    done = dict(zip(names, found.finish, strict=True))
    ready = {name: float(done[network.gates[name]]) for name in founders}
    for name in network.gates:
        if name not in ready:
            own = alone(ways, network, name, done)
            ready[name] = float(own.found.week)
            at = len(order)
            order |= {job: at + place for job, place in own.order.items()}
    week = float(opening.found.week)
    return Laid(openings, founders, order, ready, week, opening.found.bound)


def order_of(
    workload: Workload, names: Sequence[str], decided: Mapping[str, int]
) -> tuple[int, ...]:
    """The jobs of which the order is decided, and then those that have most to come after them."""
    last = len(decided) + max(workload.tail, default=0.0)
    return ranked(
        workload,
        [
            float(decided[name]) if name in decided else last - workload.tail[job]
            for job, name in enumerate(names)
        ],
    )
