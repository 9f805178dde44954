"""The best groupings within limits, exactly: all of them one by one, or by set partitioning.

With few units (see `limits`) every partition is made and valued (`partitions`). With more, what no
other beats is found by labels over all sets of units (`proven`): on all measures, or where that is
too much on the cost and each other measure. The best on each comes from all `subsets`, and with
still more units from set partitioning (`covering`), with a bound that proves how good it is; there
the least cost is found for some levels of each other measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.grouping.aims import Aims
from decision.grouping.covering import Asked, Cover, Covering, Limit
from decision.grouping.fronts import Standings, different, front, values_of
from decision.grouping.lean import Batch, Lean
from decision.grouping.limits import Candidates, candidates
from decision.grouping.partitions import MOST_UNITS, partitions
from decision.grouping.proven import ALL_STEPS, PAIR_STEPS, proven, roofs_of
from decision.grouping.reach import YES
from decision.grouping.subsets import MOST_IN_SETS, cheapest_partitions
from decision.grouping.totals import Totals, totals
from decision.grouping.workers import Each, in_turn
from decision.model.borders import NO_BORDERS, Borders
from decision.model.groupings import GroupingMeasure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.search import SearchLimits

__all__ = ["SCORE", "Bound", "Method", "Pair", "Searched", "search"]

SCORE = "score"
"""Stands among the measures for all of them together, under the weights of the region."""

_CLOSE = 1e-9
_LEAST = 1e-9
_TILT = 1e-11  # of an amount, which is less than rounding
_LEVELS = 3  # of another measure, for which the least cost is looked for
_MOST_LEVELLED = 40_000  # groups: with more that takes too long

Method: TypeAlias = Literal["enumeration", "subsets", "partitioning"]
"""All groupings one by one, the best over all sets of units, or by set partitioning."""

Row: TypeAlias = tuple[int, ...]
"""A grouping, as the numbers of its groups."""


class Bound(NamedTuple):
    """The number of the best grouping on a measure, and how good any could be (its share)."""

    grouping: int
    share: float
    bound: float
    gap: float


class Pair(NamedTuple):
    """Groupings that no other beats on two ``measures``, by their numbers, the cheapest first.

    They are all of these when it is ``complete``. No other that does as much on the second costs
    more than the ``gap`` of each less, as a part of its cost.
    """

    measures: tuple[str, str]
    groupings: tuple[int, ...]
    gaps: tuple[float, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """The groups that can be made, the groupings that were valued, and the best of these.

    ``front`` are the numbers of those that no other beats, and of equal ones the first: of all
    that can be made (``complete``) or of the found. Where it is not complete the ``parts`` tell
    what no other beats on the cost and another measure. ``made`` is how many there were, None where
    they were not made one by one.
    """

    lean: Lean
    batch: Batch
    groupings: Ints
    found: Totals
    standings: Standings
    best: Mapping[str, Bound]
    front: Ints
    complete: bool
    parts: tuple[Pair, ...]
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
        MissingExtraError: The library that finds borders in common is not installed.
    """
    joint = [at for at in range(len(lean.towns.forms)) if at != lean.rules.baseline]
    willing = (lean.rules.takes_part[:-1, -1, joint] == YES).any(axis=1)
    made = candidates(region, limits, willing.tolist(), borders)
    aims = Aims(knowledge, region, lean, lean.batch(made.rows))
    by = method or _method(made.count)
    if by == "enumeration":
        return _valued(aims, partitions(made.units, made.count), by, complete=True)
    return _Optimised(aims, made, by, each).searched()


def _method(units: int) -> Method:
    """How to search among so many units."""
    if units <= MOST_UNITS:
        return "enumeration"
    return "subsets" if units <= MOST_IN_SETS else "partitioning"


class _Found(NamedTuple):
    """Groupings of two measures, and what one so good can cost at the least.

    Without these ``bounds`` the groupings are all that no other beats.
    """

    rows: Sequence[Row]
    bounds: Mapping[Row, float]


@dataclass(frozen=True, slots=True)
class _Optimised:
    """A search that does not make every grouping."""

    aims: Aims
    made: Candidates
    method: Method
    each: Each

    def searched(self) -> Searched:
        """What no other beats on all measures, or the best on each and on some two."""
        if self.method == "subsets":
            unbeaten = proven(self.aims, self.made, [*self.aims.measures], ALL_STEPS)
            if unbeaten is not None:
                rows = _rows(unbeaten, len(self.aims.batch))
                return _valued(self.aims, rows, self.method, complete=True)
            return self._over_subsets()
        return self._partitioned()

    @property
    def _cost(self) -> str:
        """The measure that the others are held against: the cost, or without it the first."""
        order = sorted(self.aims.measures.items(), key=lambda of: of[1].measure != "yearly_cost")
        return order[0][0]

    def _columns(self) -> dict[str, Floats]:
        """What each group adds to each measure, and takes off each score."""
        scores = {f"{SCORE}-{at}": one.amounts for at, one in enumerate(self.aims.scores)}
        return {**self.aims.of, **scores}

    def _over_subsets(self) -> Searched:
        """The best over all sets of units, and by labels what no other beats on two measures."""
        columns = self._columns()
        order, cost = [*columns], columns[self._cost]
        tilted = np.column_stack([_tilted(one, cost) for one in columns.values()])
        found = cheapest_partitions(self.made.units, self.made.count, tilted)
        best = dict(zip(order, found.chosen, strict=True))
        two = {}
        for other in self._others():
            names = self._cost, other
            places = [order.index(name) for name in names]
            roofs = roofs_of(
                [columns[name] for name in names],
                [best[name] for name in names],
                found.least[:, places],
            )
            rows = proven(self.aims, self.made, names, PAIR_STEPS, roofs)
            if rows is not None:
                two[other] = _Found(rows, {})
        bounds = {name: float(columns[name][[*row]].sum()) for name, row in best.items()}
        return self._put_together(best, bounds, two)

    def _partitioned(self) -> Searched:
        """The best by set partitioning, and the least cost at some levels of each other measure."""
        columns, covering = self._columns(), Covering(self.made.units, self.made.count)
        own = [*self.aims.measures]
        covers = self.each(covering.best, [Asked(columns[name]) for name in own])
        best = dict(zip(own, covers, strict=True))
        scored, ceilings = self._scored(columns, covering, best)
        best |= scored
        cheapest, limits = best[self._cost], {}
        if len(self.aims.batch) <= _MOST_LEVELLED and not self.aims.lean.attachable:
            limits = {other: _limits(columns[other], cheapest, best[other])
                      for other in self._others()}  # fmt: skip
        asked = [Asked(columns[self._cost], one) for some in limits.values() for one in some]
        found, two = iter([*self.each(covering.best, asked)]), dict[str, _Found]()
        for other, some in limits.items():
            levels = [cheapest, *(next(found) for _ in some)]
            least = {_row(one.groups): one.bound for one in levels}
            two[other] = _Found([*least], least)
        rows = {name: one.groups for name, one in best.items()}
        bounds = {name: one.bound for name, one in best.items()} | ceilings
        return self._put_together(rows, bounds, two)

    def _scored(
        self, columns: Mapping[str, Floats], covering: Covering, best: Mapping[str, Cover]
    ) -> tuple[dict[str, Cover], dict[str, float]]:
        """The best by the scores that can be the highest, and what bounds the others."""
        scores = {f"{SCORE}-{at}": one for at, one in enumerate(self.aims.scores)}
        least = {name: one.bound for name, one in best.items()}
        most = {name: self.aims.ceiling(one, least) for name, one in scores.items()}
        first = max(scores, key=lambda name: most[name])
        found = {first: covering.best(Asked(columns[first]))}
        top = scores[first].bound(found[first].bound)
        higher = [name for name in scores if name != first and most[name] > top]
        covers = self.each(covering.best, [Asked(columns[name]) for name in higher])
        found |= dict(zip(higher, covers, strict=True))
        others = {n: one.highest - most[n] for n, one in scores.items() if n not in found}
        return found, others

    def _others(self) -> list[str]:
        """The measures but the cost."""
        return [name for name in self.aims.measures if name != self._cost]

    def _put_together(
        self, best: Mapping[str, Row], bounds: Mapping[str, float], two: Mapping[str, _Found]
    ) -> Searched:
        """All that was found, each priced as it is and held against the bounds."""
        aims = self.aims
        rows = [*best.values(), *(row for one in two.values() for row in one.rows)]
        numbers = {row: at for at, row in enumerate(dict.fromkeys(map(_row, rows)))}
        made = _valued(aims, _rows([*numbers], len(aims.batch)), self.method, complete=False)
        whole = {name: aims.share(one, bounds[name]) for name, one in aims.measures.items()}
        scores = enumerate(aims.scores)
        whole[SCORE] = max(one.bound(bounds[f"{SCORE}-{at}"]) for at, one in scores)
        best_of = {
            name: one._replace(bound=whole[name], gap=_gap(one.share, whole[name]))
            for name, one in made.best.items()
        }
        made = replace(made, best=best_of)
        parts = [self._part(made, numbers, other, one) for other, one in two.items()]
        return replace(made, parts=tuple(parts))

    def _part(self, made: Searched, numbers: Mapping[Row, int], other: str, found: _Found) -> Pair:
        """What no other beats on the cost and another measure."""
        measures = [self.aims.measures[name] for name in (self._cost, other)]
        own = sorted({numbers[_row(row)] for row in found.rows})
        some = made.standings.only([self._cost, other], own)
        kept = front(some, measures)
        kept = kept[np.argsort(some.shares[kept, 0, 0], kind="stable")].tolist()
        cost = some.shares[kept, 0, 0].tolist()
        gaps = [0.0] * len(kept)
        if found.bounds:
            bounds = {numbers[row]: bound for row, bound in found.bounds.items()}
            least = [self.aims.share(measures[0], bounds[own[at]]) for at in kept]
            gaps = [*map(_gap, cost, least)]
        two = self._cost, other
        complete = not found.bounds or (len(kept) == 1 and self._best_on_all(made, two))
        return Pair(two, tuple(own[at] for at in kept), tuple(gaps), complete)

    def _best_on_all(self, made: Searched, names: Sequence[str]) -> bool:
        """Whether the best on each of some measures is proven, at the least and at the most."""
        low, high = self.aims.batch.on_own.T
        known = bool((low == high).all())
        kinds = [self.aims.measures[name].measure for name in names]
        return all(made.best[one].gap == 0 for one in names) and (
            known or "own_number" not in kinds
        )


def _limits(amounts: Floats, cheapest: Cover, best: Cover) -> list[Limit]:
    """Some levels of a measure, from the best to that of the cheapest grouping."""
    least, most = best.cost, float(amounts[[*cheapest.groups]].sum())
    if most - least <= _CLOSE * max(abs(most), abs(least), 1.0):
        return []
    levels = [least + (most - least) * at / _LEVELS for at in range(_LEVELS)]
    return [Limit(amounts, level, best.groups) for level in levels]


def _tilted(amounts: Floats, cost: Floats) -> Floats:
    """Amounts of which the least, to within rounding, is that of the cheapest of equals."""
    most, dearest = (float(np.abs(one).max()) or 1.0 for one in (amounts, cost))
    tilted: Floats = amounts + _TILT * most / dearest * cost
    return tilted


def _gap(share: float, bound: float) -> float:
    """How far two shares are from each other, as a part of the larger."""
    gap = abs(share - bound) / max(abs(share), abs(bound), _LEAST)
    return 0.0 if gap < _CLOSE else gap


def _valued(aims: Aims, groupings: Ints, method: Method, *, complete: bool) -> Searched:
    """What groupings come to, and the best of them: of all that can be made when complete."""
    found = totals(aims.lean, aims.batch, groupings)
    standings = values_of(aims.knowledge, aims.region, aims.lean, found)
    measures = [*aims.measures.values()]
    best = {name: _top(standings, at, measures[at]) for at, name in enumerate(aims.measures)}
    return Searched(
        lean=aims.lean,
        batch=aims.batch,
        groupings=groupings,
        found=found,
        standings=standings,
        best={**best, SCORE: _top_score(standings)},
        front=different(standings, front(standings, measures)),
        complete=complete,
        parts=(),
        made=len(groupings) if method == "enumeration" else None,
        method=method,
    )


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


def _row(groups: Row) -> Row:
    """A grouping with its groups in order."""
    return tuple(sorted(groups))


def _rows(groupings: Sequence[Row], none: int) -> Ints:
    apart = [*dict.fromkeys(map(_row, groupings))]
    rows = np.full((len(apart), max(map(len, apart))), none, dtype=np.int64)
    for at, one in enumerate(apart):
        rows[at, : len(one)] = one
    return rows
