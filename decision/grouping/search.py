"""The best groupings within limits, exactly: all of them one by one, or by set partitioning.

With few units (see `limits`) every partition is made and valued. With more, the best on each
measure is found by set partitioning, and so is the front of cost and own number: the cheapest, then
the cheapest in which more inhabitants call their own netnummer, and so on. What several groups pay
together is not a sum over groups; there a straight line below it takes its place, what is found is
priced as it is, and it is ruled out until nothing cheaper can be left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from time import monotonic
from typing import NamedTuple

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.grouping.covering import Covering, SideRow
from decision.grouping.fronts import Standings, front, values_of
from decision.grouping.lean import Batch, Lean
from decision.grouping.limits import Candidates, candidates
from decision.grouping.partitions import MOST_UNITS, partitions
from decision.grouping.reach import YES
from decision.grouping.totals import Totals, totals
from decision.model.groupings import GroupingMeasure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.search import SearchLimits

__all__ = ["SCORE", "Bound", "Searched", "search"]

SCORE = "score"
"""Stands among the measures for all of them together, under the weights of the region."""

_SECONDS = 60.0  # for the last step of each search by set partitioning
_CLOSE = 1e-9
_MOST_TRIED = 25  # groupings that are priced and ruled out, and points of a front


class Bound(NamedTuple):
    """The number of the best grouping on a measure, and how good any could be (its share)."""

    grouping: int
    share: float
    bound: float
    gap: float


@dataclass(frozen=True, slots=True)
class Searched:
    """The groups that can be made, the groupings that were valued, and the best of these.

    ``front`` are the numbers of those that no other beats; ``made`` is how many there were, None
    where they were not made one by one; ``front_on`` are the measures on which the front is exact.
    """

    lean: Lean
    batch: Batch
    groupings: Ints
    found: Totals
    standings: Standings
    best: Mapping[str, Bound]
    front: Ints
    front_on: tuple[str, ...]
    complete: bool
    made: int | None

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
    borders: frozenset[tuple[str, str]] = frozenset(),
    batched: Callable[[Lean, Ints], Batch] = Lean.batch,
    seconds: float = _SECONDS,
) -> Searched:
    """Find the best groupings of the municipalities of a region.

    Args:
        knowledge: The measures.
        region: The municipalities and the weights.
        lean: The region as tables.
        limits: What every group must keep to.
        borders: The pairs of municipalities that share a border.
        batched: How groups are evaluated: here, or on many processors.
        seconds: How long the last step of each search may take, with many units.

    Raises:
        SearchError: Nothing can be searched by these limits.
    """
    joint = [at for at in range(len(lean.towns.forms)) if at != lean.rules.baseline]
    willing = (lean.rules.takes_part[:-1, -1, joint] == YES).any(axis=1)
    made = candidates(region, limits, borders, willing.tolist())
    batch = batched(lean, made.rows)
    task = _Task(knowledge, region, lean, made, batch, seconds)
    return task.enumerated() if made.count <= MOST_UNITS else task.optimised()


@dataclass(frozen=True, slots=True)
class _Task:
    """A search: the groups, and what each comes to."""

    knowledge: Knowledge
    region: Region
    lean: Lean
    made: Candidates
    batch: Batch
    seconds: float

    @property
    def measures(self) -> Mapping[str, GroupingMeasure]:
        return self.knowledge.grouping_measures

    def enumerated(self) -> Searched:
        """Every grouping, valued."""
        groupings = partitions(self.made.units, self.made.count)
        found = totals(self.lean, self.batch, groupings)
        standings = values_of(self.knowledge, self.region, self.lean, found)
        best = {name: _top(standings, at, one) for at, (name, one) in
                enumerate(self.measures.items())}  # fmt: skip
        best[SCORE] = _top_score(standings)
        return Searched(
            lean=self.lean,
            batch=self.batch,
            groupings=groupings,
            found=found,
            standings=standings,
            best=best,
            front=front(standings, [*self.measures.values()]),
            front_on=tuple(self.measures),
            complete=True,
            made=len(groupings),
        )

    def optimised(self) -> Searched:
        """The best on each measure, and the front of cost and own number."""
        covers = {name: self._best_on(one) for name, one in self.measures.items()}
        points, complete = self._front()
        wanted = [*(groups for groups, _ in covers.values()), *points]
        groupings = _rows(wanted, len(self.batch))
        found = totals(self.lean, self.batch, groupings)
        standings = values_of(self.knowledge, self.region, self.lean, found)
        best = {}
        for at, (name, one) in enumerate(self.measures.items()):
            bound = self._as_share(one, covers[name][1], found.baseline)
            top = _top(standings, at, one)
            gap = abs(top.share - bound) / abs(top.share) if top.share else 0.0
            best[name] = top._replace(bound=bound, gap=0.0 if gap < _CLOSE else gap)
        best[SCORE] = _top_score(standings)._replace(bound=inf, gap=inf)
        kinds = [one.measure for one in self.measures.values()]
        two = [at for at, kind in enumerate(kinds) if kind in ("yearly_cost", "own_number")]
        return Searched(
            lean=self.lean,
            batch=self.batch,
            groupings=groupings,
            found=found,
            standings=standings,
            best=best,
            front=front(standings, [*self.measures.values()]),
            front_on=tuple(name for at, name in enumerate(self.measures) if at in two),
            complete=complete,
            made=None,
        )

    def _best_on(self, one: GroupingMeasure) -> tuple[tuple[int, ...], float]:
        """The best grouping on one measure, and the bound in the unit of that measure."""
        if one.measure == "yearly_cost":
            return self._cheapest(())
        amount = self._amounts(one)
        sign = 1.0 if one.value.best < one.value.worst else -1.0
        cover = self._covering.best(sign * amount, seconds=self.seconds)
        if cover is None:  # pragma: no cover - every unit can be alone
            raise AssertionError
        return cover.groups, sign * cover.bound

    @property
    def _covering(self) -> Covering:
        return Covering(self.made.units, self.made.count)

    def _amounts(self, one: GroupingMeasure) -> Floats:
        """What each group adds to a measure, in its own unit."""
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
                return batch.worth[:, groups.index(one.group)].copy()

    def _as_share(self, one: GroupingMeasure, bound: float, baseline: float) -> float:
        people = float(self.lean.towns.people.sum())
        ties = int((self.lean.towns.ties > 0).sum())
        match one.measure:
            case "yearly_cost" | "investment":
                return bound / baseline if baseline else 0.0
            case "to_tell":
                return bound / self.lean.towns.size
            case "ties_kept":
                return bound / ties if ties else 1.0
            case _:
                return bound / people

    def _cheapest(self, sides: Sequence[SideRow]) -> tuple[tuple[int, ...], float]:
        """The cheapest grouping that keeps to the sides (none: nobody), with the bound in euro."""
        cost, fixed, exact = self._relaxed()
        rows = [*sides]
        best: tuple[int, ...] = ()
        lowest, bound, until = inf, -inf, monotonic() + 2 * self.seconds
        for _ in range(_MOST_TRIED):
            cover = self._covering.best(cost, rows, seconds=self.seconds)
            if cover is None:
                break
            bound = cover.bound + fixed
            euro = float(totals(self.lean, self.batch, np.array([cover.groups])).cost[0])
            if euro < lowest:
                best, lowest = cover.groups, euro
            if exact or bound >= lowest - _CLOSE * abs(lowest) or monotonic() > until:
                break
            chosen = np.zeros(len(cost))
            chosen[[*cover.groups]] = 1.0
            rows.append(SideRow(chosen, -inf, len(cover.groups) - 1.0))
        return best, min(bound, lowest)

    def _relaxed(self) -> tuple[Floats, float, bool]:
        """A cost of each group of which the sum is never more than what a grouping costs.

        With what is to be added to that sum, and whether it is what a grouping costs.
        """
        priced, towns = self.batch.priced, self.lean.towns
        cost, fixed = priced.cost.copy(), float(towns.projects.sum())
        for at, pool in enumerate(towns.pools):
            slope, level = _line_below(pool.euro, *self._range(at))
            cost += slope * priced.adds[:, at]
            fixed += level
        able = self.lean.attachable
        size = self.batch.size
        for place, form in able.items():
            alone = np.flatnonzero((size == 1) & (self.batch.members[:, 0] == place))
            beside = float(towns.own[place, form])
            for at, pool in enumerate(towns.pools):
                slope = _line_below(pool.euro, *self._range(at))[0]
                beside += slope * float(pool.moved[place, form])
            cost[alone] = np.minimum(cost[alone], beside)
        return cost, fixed, not towns.pools and not able and bool((priced.own >= 0).all())

    def _range(self, pool: int) -> tuple[float, float, float]:
        """The least and the most that a pool can be, and about what it will be."""
        own = self.lean.towns.pools[pool]
        each = np.concatenate([own.now[:-1, np.newaxis], own.moved[:-1]], axis=1)
        form = self.batch.priced.adds[self.batch.size == self.batch.size.max(), pool]
        people = float(form.mean()) if form.size else 0.0
        low, high = float(each.min(axis=1).sum()), float(each.max(axis=1).sum())
        return low, high, min(max(people, low), high)

    def _front(self) -> tuple[list[tuple[int, ...]], bool]:
        """The front of cost and own number, from the cheapest on."""
        own = self.batch.on_own[:, 0]
        points: list[tuple[int, ...]] = []
        least = -inf
        for _ in range(_MOST_TRIED):
            sides = [] if least == -inf else [SideRow(own, least)]
            groups, _ = self._cheapest(sides)
            if not groups:
                return points, True
            points.append(groups)
            least = float(own[[*groups]].sum()) + 0.5
        return points, False


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
