"""The plan again with other durations: how sure its openings are, and what would delay them.

The same people do the same work in the same order, with the same founders. Durations and days are
drawn from the ranges of the activities, each from a triangle with its top at the planned value.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from decision.eligibility.verdicts import Eligibility
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.jobs import whole_weeks
from decision.roadmap.layout import lay, order_of
from decision.roadmap.network import Ways
from decision.roadmap.plan import Roadmap
from decision.roadmap.readiness import Openings
from decision.roadmap.slack import chain, slack
from decision.roadmap.waves import waves_of
from decision.roadmap.workload import Spread, Workload, spread

__all__ = ["DRAWS", "Delays", "OpeningChance", "Percentiles", "Replay"]

DRAWS = 200
"""So many draws tell the chances to a few percent, in about a second."""

MONTH, QUARTER = 4, 13


class Percentiles(NamedTuple):
    """The weeks by which something has come in half, and in four fifths, of the draws."""

    p50: float
    p80: float


@dataclass(frozen=True, slots=True)
class OpeningChance:
    """When the first wave opens and the last partner joins, by ``draws`` with a ``seed``.

    ``critical`` is the share (0-1) of the draws in which each task is on the critical path to the
    first opening, the largest first; tasks that never are, are left out.
    """

    draws: int
    seed: int
    opening: Percentiles
    last: Percentiles
    critical: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Delays:
    """How many weeks later the first wave opens, for what delays it at all, the longest first.

    ``tasks`` each take a month longer; ``partners`` each start with all their work a quarter later.
    """

    tasks: Mapping[str, float]
    partners: Mapping[str, float]


@dataclass(frozen=True)
class Replay:
    """A plan with somebody who goes live, to do again."""

    knowledge: Knowledge
    region: Region
    eligibility: Eligibility
    plan: Roadmap

    @cached_property
    def ways(self) -> Ways:
        """What everybody has to do."""
        return Ways(self.knowledge, self.region, self.eligibility, self.plan.form, self.plan.parts)

    @cached_property
    def _laid(self) -> tuple[tuple[str, ...], Workload, tuple[int, ...], Mapping[str, int]]:
        """The tasks up to the last joining, as a workload with their order, and who goes live."""
        ways, network = self.ways, self.ways.network(self.ways.going, unknown_to_do=True)
        founders = self.plan.founders.members
        names, workload = ways.workload(network, founders)
        needed = workload.needed([names.index(gate) for gate in network.gates.values()])
        some, own = [names[job] for job in needed], workload.only(needed)
        order = order_of(own, some, lay(Openings(ways, network), founders).order)
        gates = {name: some.index(gate) for name, gate in network.gates.items()}
        return tuple(some), own, order, gates

    def chance(self, seed: int, draws: int = DRAWS) -> OpeningChance:
        """Draw the durations and the days of all tasks, again and again."""
        names, _, order, gates = self._laid
        given = random.Random(seed)  # noqa: S311 - a repeatable draw
        opening, last, critical = [], [], Counter[str]()
        for _ in range(draws):
            drawn = self._drawn(given)
            plan = spread(drawn, order)
            weeks = self._weeks(plan)
            opening.append(weeks[0])
            last.append(weeks[1])
            ends = [gates[one] for one in self._founders]
            room = slack(drawn, plan, dict.fromkeys(ends, int(weeks[0])))
            critical.update(names[job] for job in chain(drawn, plan, room, ends))
        shares = {name: count / draws for name, count in critical.most_common()}
        return OpeningChance(
            draws, seed, _percentiles(opening), _percentiles(last), FrozenDict(shares)
        )

    def delays(self) -> Delays:
        """What a month more work, or a quarter's delay of a partner, does to the opening."""
        names, workload, order, gates = self._laid
        now = self._weeks(spread(workload, order))[0]
        slips = {task.id for task in self.plan.tasks if task.slack < MONTH}
        tasks = {
            name: self._weeks(spread(_longer(workload, job), order))[0] - now
            for job, name in enumerate(names)
            if name in slips and workload.weeks[job]
        }
        jobs = self.ways.network(self.ways.going, unknown_to_do=True).jobs
        partners = {
            one: self._weeks(
                spread(workload, order, [QUARTER * (jobs[n].job.partner == one) for n in names])
            )[0]
            - now
            for one in gates
        }
        return Delays(_longest(tasks), _longest(partners))

    @cached_property
    def _founders(self) -> Sequence[str]:
        return self.plan.founders.members

    def _weeks(self, found: Spread) -> tuple[float, float]:
        """When the first wave opens, and when the last partner joins."""
        *_, gates = self._laid
        first = float(max(found.finish[gates[one]] for one in self._founders))
        joins = {one: float(found.finish[gates[one]]) for one in self.ways.joining}
        waves = waves_of(self.knowledge, self.region, joins, self.plan.founders, first)
        return first, waves[-1].week

    def _drawn(self, given: random.Random) -> Workload:
        """The workload with durations and days drawn from their ranges."""
        names, workload, *_ = self._laid
        weeks, days = [], []
        for job, name in enumerate(names):
            activity = self.knowledge.activities[name.partition("@")[0]]
            long, work = activity.duration, activity.effort
            weeks.append(_times(given, workload.weeks[job], long.weeks, long.range))
            days.append(_times(given, workload.days[job], work.days, work.range))
        return replace(
            workload, weeks=tuple(int(whole_weeks(one)) for one in weeks), days=tuple(days)
        )


def _times(
    given: random.Random, planned: float, usual: float, limits: tuple[float, float]
) -> float:
    """What is planned, as many times longer as is drawn from what is usual."""
    drawn = given.triangular(limits[0], limits[1], usual)
    return planned * drawn / usual if usual else planned


def _longer(workload: Workload, job: int) -> Workload:
    weeks = [*workload.weeks]
    weeks[job] += MONTH
    return replace(workload, weeks=tuple(weeks))


def _longest(delays: Mapping[str, float]) -> Mapping[str, float]:
    found = sorted(delays.items(), key=lambda one: -one[1])
    return FrozenDict({name: weeks for name, weeks in found if weeks > 0})


def _percentiles(weeks: Iterable[float]) -> Percentiles:
    found = sorted(weeks)
    return Percentiles(*(found[math.ceil(share * len(found)) - 1] for share in (0.5, 0.8)))
