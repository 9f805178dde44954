"""The plan again with other durations: how sure its openings are, and what would delay them.

The same people do the same work in the same order, with the same founders. Durations and days are
drawn from the ranges of the activities, each from a triangle with its top at the planned value.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from decision.eligibility.verdicts import Eligibility
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.calendar import EPSILON
from decision.roadmap.finishes import Repeats, finishes
from decision.roadmap.layout import lay, order_of
from decision.roadmap.network import Ways
from decision.roadmap.plan import Roadmap
from decision.roadmap.readiness import Openings
from decision.roadmap.slack import chain, slack
from decision.roadmap.waves import waves_of
from decision.roadmap.workload import Workload, spread

Numbers: TypeAlias = npt.NDArray[np.float64]

__all__ = ["DRAWS", "Delays", "OpeningChance", "Percentiles", "Replay"]

DRAWS = 200
"""So many draws tell the chances to a few percent."""

MONTH, QUARTER = 4, 13


class Percentiles(NamedTuple):
    """The weeks by which something has come in half, and in four fifths, of the draws."""

    p50: float
    p80: float


@dataclass(frozen=True, slots=True)
class OpeningChance:
    """When the first wave opens and the last partner joins, by ``draws`` with a ``seed``."""

    draws: int
    seed: int
    opening: Percentiles
    last: Percentiles


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
        found = self._weeks(self._drawn(seed, draws))
        opening, last = (_percentiles(weeks) for weeks in zip(*found, strict=True))
        return OpeningChance(draws, seed, opening, last)

    def critical(self, seed: int, draws: int = DRAWS) -> Mapping[str, float]:
        """The share (0-1) of these draws in which each task is critical, the largest first.

        It then is on the critical path to the first opening. Tasks that never are, are left out.
        """
        names, workload, order, gates = self._laid
        ends = [gates[one] for one in self.plan.founders.members]
        times, found = self._drawn(seed, draws), Counter[str]()
        for weeks, days in zip(times.weeks.T.tolist(), times.days.T.tolist(), strict=True):
            drawn = replace(workload, weeks=tuple(weeks), days=tuple(days))
            plan = spread(drawn, order)
            opens = max(plan.finish[job] for job in ends)
            room = slack(drawn, plan, dict.fromkeys(ends, opens))
            found.update(names[job] for job in chain(drawn, plan, room, ends))
        return FrozenDict({name: count / draws for name, count in found.most_common()})

    def delays(self) -> Delays:
        """What a month more work, or a quarter's delay of a partner, does to the opening."""
        names, workload, _, gates = self._laid
        slips = {task.id for task in self.plan.tasks if task.slack < MONTH}
        tasks = [job for job, name in enumerate(names) if name in slips and workload.weeks[job]]
        times = _times(workload, 1 + len(tasks) + len(gates))
        for time, job in enumerate(tasks, 1):
            times.weeks[job, time] += MONTH
        jobs = self.ways.network(self.ways.going, unknown_to_do=True).jobs
        for time, partner in enumerate(gates, 1 + len(tasks)):
            own = [job for job, name in enumerate(names) if jobs[name].job.partner == partner]
            times.since[own, time] = QUARTER
        now, *then = (opening for opening, _ in self._weeks(times))
        later = iter(opening - now for opening in then)
        return Delays(
            _longest({names[job]: next(later) for job in tasks}),
            _longest({partner: next(later) for partner in gates}),
        )

    def _weeks(self, times: Repeats) -> list[tuple[float, float]]:
        """When the first wave opens, and when the last partner joins, every time."""
        _, workload, order, gates = self._laid
        founders, found = self.plan.founders, []
        for done in finishes(workload, order, times).T.tolist():
            live = {one: float(done[gate]) for one, gate in gates.items()}
            first = max(live[one] for one in founders.members)
            joins = {one: live[one] for one in self.ways.joining}
            waves = waves_of(self.knowledge, self.region, joins, founders, first)
            found.append((first, waves[-1].week))
        return found

    def _drawn(self, seed: int, draws: int) -> Repeats:
        """The durations and days, drawn from their ranges."""
        names, workload, *_ = self._laid
        given = random.Random(seed)  # noqa: S311 - a repeatable draw
        chances = [given.random() for _ in range(draws * len(names) * 2)]
        activities = [self.knowledge.activities[name.partition("@")[0]] for name in names]
        usual = np.array([(one.duration.weeks, one.effort.days) for one in activities])
        limits = np.array([(one.duration.range, one.effort.range) for one in activities])
        planned = np.array([workload.weeks, workload.days]).T
        drawn = planned * _triangular(np.reshape(chances, (draws, len(names), 2)), limits, usual)
        drawn = np.where(usual, drawn / np.where(usual, usual, 1), planned)
        weeks, days = drawn.transpose(2, 1, 0)
        return _times(workload, draws)._replace(
            weeks=np.ceil(weeks - EPSILON).astype(np.int64), days=days
        )


def _triangular(chances: Numbers, limits: Numbers, top: Numbers) -> Numbers:
    """What is drawn from triangles between limits, by chances (0-1), as `random` does it."""
    low, high = limits[..., 0], limits[..., 1]
    wide = high > low
    rises = np.where(wide, (top - low) / np.where(wide, high - low, 1), 1)
    up = chances <= rises
    span = np.where(up, high - low, low - high)
    part = np.where(up, chances * rises, (1 - chances) * (1 - rises))
    found: Numbers = np.where(up, low, high) + span * np.sqrt(part)
    return found


def _times(workload: Workload, times: int) -> Repeats:
    """The workload as it is, so many times."""
    weeks, days = (
        np.tile(np.array(one)[:, None], (1, times)) for one in (workload.weeks, workload.days)
    )
    return Repeats(weeks, days, np.zeros_like(weeks))


def _longest(delays: Mapping[str, float]) -> Mapping[str, float]:
    found = sorted(delays.items(), key=lambda one: -one[1])
    return FrozenDict({name: weeks for name, weeks in found if weeks > 0})


def _percentiles(weeks: Iterable[float]) -> Percentiles:
    found = sorted(weeks)
    return Percentiles(*(found[math.ceil(share * len(found)) - 1] for share in (0.5, 0.8)))
