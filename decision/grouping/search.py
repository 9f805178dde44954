"""The best groupings within limits, exactly: all of them one by one, or by set partitioning.

With few units (see `limits`) every partition is made and valued (`partitions`). With more, the best
on each measure is found over all `subsets` of units, and with still more by set partitioning
(`covering`), with a bound that proves how good it is. What several groups pay together is not a sum
over groups; there a straight line below it takes its place, and what is found is priced as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from decision.costs.arrays import Flags, Floats, Ints
from decision.grouping.covering import Covering
from decision.grouping.fronts import Standings, front, values_of, weights_of
from decision.grouping.lean import Batch, Lean
from decision.grouping.limits import Candidates, candidates
from decision.grouping.partitions import MOST_UNITS, partitions
from decision.grouping.reach import YES
from decision.grouping.subsets import MOST_IN_SETS, cheapest_partitions
from decision.grouping.totals import Totals, as_now, totals
from decision.grouping.workers import Each, in_turn
from decision.model.borders import NO_BORDERS, Borders
from decision.model.groupings import GroupingMeasure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.search import SearchLimits

__all__ = ["SCORE", "Bound", "Method", "Searched", "search"]

SCORE = "score"
"""Stands among the measures for all of them together, under the weights of the region."""

_CLOSE = 1e-9
_LEAST = 1e-9


Method: TypeAlias = Literal["enumeration", "subsets", "partitioning"]
"""All groupings one by one, the best over all sets of units, or by set partitioning."""


class Bound(NamedTuple):
    """The number of the best grouping on a measure, and how good any could be (its share)."""

    grouping: int
    share: float
    bound: float
    gap: float


@dataclass(frozen=True, slots=True)
class Searched:
    """The groups that can be made, the groupings that were valued, and the best of these.

    ``front`` are the numbers of those that no other beats, of all (``complete``) or of the found;
    ``made`` is how many there were, None where they were not made one by one.
    """

    lean: Lean
    batch: Batch
    groupings: Ints
    found: Totals
    standings: Standings
    best: Mapping[str, Bound]
    front: Ints
    complete: bool
    made: int | None
    method: Method

    def groups_of(self, grouping: int) -> list[tuple[str, tuple[str, ...]]]:
        """The number and the members of each group of a grouping."""
        towns, batch = self.lean.towns, self.batch
        rows = [row for row in self.groupings[grouping].tolist() if row < len(batch)]
        found = []
        for row in rows:
            members = (towns.names[at] for at in batch.members[row].tolist() if at < towns.size)
            found.append((towns.coverage.numbers[batch.number[row]], tuple(members)))
        return sorted(found, key=lambda one: towns.names.index(one[1][0]))


def search(  # noqa: PLR0913 - the last three are options with a default
    knowledge: Knowledge,
    region: Region,
    lean: Lean,
    limits: SearchLimits,
    method: Method | None = None,
    each: Each = in_turn,
    borders: Borders = NO_BORDERS,
) -> Searched:
    """Find the best groupings of the municipalities of a region.

    Args:
        knowledge: The measures.
        region: The municipalities and the weights.
        lean: The region as tables.
        limits: What every group must keep to.
        method: How to search; None for what fits the number of units.
        each: How the best on every measure are looked for: one by one, or at the same time.
        borders: Of the municipalities, where a group must be connected by these.

    Raises:
        SearchError: Nothing can be searched by these limits.
        MissingMapsError: The library that finds borders in common is not installed.
    """
    joint = [at for at in range(len(lean.towns.forms)) if at != lean.rules.baseline]
    willing = (lean.rules.takes_part[:-1, -1, joint] == YES).any(axis=1)
    made = candidates(region, limits, willing.tolist(), borders)
    batch = lean.batch(made.rows)
    task = _Task(knowledge, region, lean, made, batch)
    by = method or _method(made.count)
    return task.enumerated() if by == "enumeration" else task.optimised(by, each)


def _method(units: int) -> Method:
    """How to search among so many units."""
    if units <= MOST_UNITS:
        return "enumeration"
    return "subsets" if units <= MOST_IN_SETS else "partitioning"


@dataclass(frozen=True, slots=True)
class _Task:
    """A search: the groups, and what each comes to."""

    knowledge: Knowledge
    region: Region
    lean: Lean
    made: Candidates
    batch: Batch

    @property
    def measures(self) -> Mapping[str, GroupingMeasure]:
        return self.knowledge.grouping_measures

    def enumerated(self) -> Searched:
        """Every grouping, valued."""
        return self._valued(partitions(self.made.units, self.made.count), "enumeration")

    def optimised(self, method: Method, each: Each) -> Searched:
        """The best on each measure, and what is best by the weights if values were straight lines.

        What others pay together is not a sum over groups: there a bound takes its place, and what
        is found is priced as it is.
        """
        aims = np.column_stack([*(self._aim(one) for one in self.measures.values()), self._score()])
        if method == "subsets":
            chosen = cheapest_partitions(self.made.units, self.made.count, aims)
            bounds = [float(aims[[*one], at].sum()) for at, one in enumerate(chosen)]
        else:
            covering = Covering(self.made.units, self.made.count)
            covers = [*each(covering.best, [*aims.T])]
            chosen, bounds = [one.groups for one in covers], [one.bound for one in covers]
        made = self._valued(_rows(chosen, len(self.batch)), method)
        best = {SCORE: made.best[SCORE]._replace(bound=inf, gap=inf)}
        for at, (name, one) in enumerate(self.measures.items()):
            top = made.best[name]
            bound = self._as_share(one, bounds[at], made.found.baseline)
            gap = abs(top.share - bound) / max(abs(top.share), abs(bound), _LEAST)
            best[name] = top._replace(bound=bound, gap=0.0 if gap < _CLOSE else gap)
        return replace(made, best={name: best[name] for name in made.best})

    def _valued(self, groupings: Ints, method: Method) -> Searched:
        """What groupings come to, and the best of them."""
        found = totals(self.lean, self.batch, groupings)
        standings = values_of(self.knowledge, self.region, self.lean, found)
        measures, complete = [*self.measures.values()], method == "enumeration"
        best = {name: _top(standings, at, measures[at]) for at, name in enumerate(self.measures)}
        return Searched(
            lean=self.lean,
            batch=self.batch,
            groupings=groupings,
            found=found,
            standings=standings,
            best={**best, SCORE: _top_score(standings)},
            front=front(standings, measures),
            complete=complete,
            made=len(groupings) if complete else None,
            method=method,
        )

    def _aim(self, one: GroupingMeasure) -> Floats:
        """What each group adds to a measure, of which the least is asked."""
        if one.measure == "yearly_cost":
            return self._cost()
        sign = 1.0 if one.value.best < one.value.worst else -1.0
        return sign * self._amounts(one)

    def _score(self) -> Floats:
        """What each group takes off the score, if every measure were worth a straight line."""
        measures = [*self.measures.values()]
        weights = weights_of(self.knowledge, self.region, measures)
        baseline = float(as_now(self.lean).sum())
        score = np.zeros(len(self.batch))
        for one, weight in zip(measures, weights.tolist(), strict=True):
            whole = self._whole(one, baseline)
            steep = weight / (one.value.worst - one.value.best) / whole if whole else 0.0
            score += steep * (self._cost() if one.measure == "yearly_cost" else self._amounts(one))
        return score

    def _amounts(self, one: GroupingMeasure) -> Floats:
        """What each group adds to a measure, in its own unit: as good as it can be."""
        batch, groups = self.batch, [*self.knowledge.groups]
        match one.measure:
            case "investment":
                return batch.priced.investment.copy()
            case "own_number":
                return batch.on_own[:, 0].copy()
            case "to_tell":
                return batch.told.astype(np.float64)
            case "ties_kept":
                return batch.ties.astype(np.float64)
            case _:
                return self._worth(groups.index(one.group))

    def _worth(self, group: int) -> Floats:
        """What everybody's form is worth; who can answer for itself beside others may do so."""
        worth = self.batch.worth[:, group].copy()
        for place, form in self.lean.attachable.items():
            beside = self.lean.worth[form, group] * self.lean.towns.people[place]
            worth[self._alone(place)] = np.maximum(worth[self._alone(place)], beside)
        return worth

    def _alone(self, place: int) -> Flags:
        """The group of one municipality."""
        alone: Flags = (self.batch.size == 1) & (self.batch.members[:, 0] == place)
        return alone

    def _cost(self) -> Floats:
        """A cost of each group, of which the sum is never more than what a grouping costs.

        It is that sum where nobody pays for anything with more than one group.
        """
        priced, towns = self.batch.priced, self.lean.towns
        each = float(towns.projects.sum()) / towns.size
        cost = priced.cost + each * self.batch.size
        lines = [_line_below(pool.euro, *self._range(at)) for at, pool in enumerate(towns.pools)]
        for at, (slope, level) in enumerate(lines):
            cost = cost + slope * priced.adds[:, at] + level / towns.size * self.batch.size
        for place, form in self.lean.attachable.items():
            beside = float(towns.own[place, form]) + each
            for (slope, level), pool in zip(lines, towns.pools, strict=True):
                beside += slope * float(pool.moved[place, form]) + level / towns.size
            alone = self._alone(place)
            cost[alone] = np.minimum(cost[alone], beside)
        return cost

    def _as_share(self, one: GroupingMeasure, bound: float, baseline: float) -> float:
        """A bound on the sum of `_aim` as a share, as the measure is told."""
        sign = 1.0 if one.value.best < one.value.worst else -1.0
        whole = self._whole(one, baseline)
        if one.measure == "ties_kept" and not whole:
            return 1.0
        return sign * bound / whole if whole else 0.0

    def _whole(self, one: GroupingMeasure, baseline: float) -> float:
        """Of what a measure is a share."""
        match one.measure:
            case "yearly_cost" | "investment":
                return baseline
            case "to_tell":
                return float(self.lean.towns.size)
            case "ties_kept":
                return float((self.lean.towns.ties > 0).sum())
            case _:
                return float(self.lean.towns.people.sum())

    def _range(self, pool: int) -> tuple[float, float, float]:
        """The least and the most that a pool can be, and about what it will be."""
        own = self.lean.towns.pools[pool]
        each = np.concatenate([own.now[:-1, np.newaxis], own.moved[:-1]], axis=1)
        form = self.batch.priced.adds[self.batch.size == self.batch.size.max(), pool]
        people = float(form.mean()) if form.size else 0.0
        low, high = float(each.min(axis=1).sum()), float(each.max(axis=1).sum())
        return low, high, min(max(people, low), high)


def _line_below(
    euro: Callable[[Floats], Floats], low: float, high: float, about: float
) -> tuple[float, float]:
    """A straight line that is nowhere above what a pool costs: its slope and its level at 0."""
    at = np.linspace(low, high, 513)
    cost = euro(at)
    points = [
        (float(at[0]), float(cost[0])),
        *zip(at[1:].tolist(), cost[:-1].tolist(), strict=True),
    ]
    hull: list[tuple[float, float]] = []
    for one in points:
        while len(hull) > 1 and _turns_up(hull[-2], hull[-1], one):
            hull.pop()
        hull.append(one)
    for (x, y), (z, w) in pairwise(hull):
        if z >= about or (z, w) == hull[-1]:
            slope = (w - y) / (z - x) if z > x else 0.0
            return slope, y - slope * x
    return 0.0, hull[0][1]


def _turns_up(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether the middle one of three points lies on or above the line between the others."""
    return (b[1] - a[1]) * (c[0] - a[0]) >= (c[1] - a[1]) * (b[0] - a[0])


def _top(standings: Standings, at: int, one: GroupingMeasure) -> Bound:
    """The best grouping on a measure, and of equals the one with the highest score."""
    sign = 1.0 if one.value.best > one.value.worst else -1.0
    share = standings.shares[:, at, 0] * sign
    best = share.max()
    equal = np.flatnonzero(share >= best - _CLOSE * max(1.0, abs(best)))
    score = standings.scores.mean(axis=1)[equal]
    number = int(equal[score.argmax()])
    value = float(standings.shares[number, at, 0])
    return Bound(number, value, value, 0.0)


def _top_score(standings: Standings) -> Bound:
    score = standings.scores.mean(axis=1)
    number = int(score.argmax())
    return Bound(number, float(score[number]), float(score[number]), 0.0)


def _rows(groupings: Sequence[Sequence[int]], none: int) -> Ints:
    different = [*dict.fromkeys(tuple(sorted(one)) for one in groupings)]
    rows = np.full((len(different), max(map(len, different))), none, dtype=np.int64)
    for at, one in enumerate(different):
        rows[at, : len(one)] = one
    return rows
