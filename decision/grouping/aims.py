"""What each group adds to every measure and to the score, so that the best is the least sum.

A sum is never more than what a grouping comes to, and mostly just that. It is less where several
groups pay for something together: a straight line below it then takes its place. It may be less
where somebody can answer for itself beside others, as that counts as the best it can be.

The score is a sum where what measures are worth runs in a straight line. Where that bends up within
reach there is a score for each side of the bend, of which the best counts; where it bends down a
straight line above it takes its place. So the score has a proven bound as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product, zip_longest
from math import prod
from typing import NamedTuple

import numpy as np

from decision.costs.arrays import Flags, Floats
from decision.grouping.fronts import weights_of
from decision.grouping.lean import Batch, Lean
from decision.grouping.totals import as_now
from decision.model.groupings import GroupingMeasure
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.scores.additive import worth

__all__ = ["Aims", "Score"]


_MOST_SCORES = 8  # to look for the best of
_MOST_GROUPS = 70_000  # for more than one of them


class _Line(NamedTuple):
    """A straight line: its slope, and its level at 0."""

    slope: float
    level: float


class Score(NamedTuple):
    """What each group takes off the highest score that there could be."""

    lines: Sequence[_Line]
    highest: float
    amounts: Floats

    def bound(self, taken: float) -> float:
        """The score that no grouping is above, by the least that can be taken off."""
        return self.highest - taken


@dataclass(frozen=True)
class Aims:
    """The groups of a region, and by what they are judged."""

    knowledge: Knowledge
    region: Region
    lean: Lean
    batch: Batch

    @property
    def measures(self) -> Mapping[str, GroupingMeasure]:
        """By what groupings are judged."""
        return self.knowledge.grouping_measures

    def sign(self, one: GroupingMeasure) -> float:
        """What turns a measure into something of which the least is best."""
        return 1.0 if one.value.best < one.value.worst else -1.0

    @cached_property
    def of(self) -> Mapping[str, Floats]:
        """What each group adds to each measure, of which the least is asked."""
        return {name: self.sign(one) * self._amounts(one) for name, one in self.measures.items()}

    def share(self, one: GroupingMeasure, total: float) -> float:
        """A sum over groups as a share, as the measure is told."""
        whole = self.whole(one)
        if one.measure == "ties_kept" and not whole:
            return 1.0
        return self.sign(one) * total / whole if whole else 0.0

    def whole(self, one: GroupingMeasure) -> float:
        """Of what a measure is a share."""
        match one.measure:
            case "yearly_cost" | "investment":
                return self._baseline
            case "to_tell":
                return float(self.lean.towns.size)
            case "ties_kept":
                return float((self.lean.towns.ties > 0).sum())
            case _:
                return float(self.lean.towns.people.sum())

    @cached_property
    def scores(self) -> Sequence[Score]:
        """What each group takes off the score: the best of these is never less than it is."""
        lines = [self._lines(name) for name in self.measures]
        if prod(map(len, lines)) > (_MOST_SCORES if len(self.batch) <= _MOST_GROUPS else 1):
            lines = [self._lines(name, bent=True) for name in self.measures]
        return [self._score(some) for some in product(*lines)]

    def _lines(self, name: str, *, bent: bool = False) -> Sequence[_Line]:
        """Straight lines of which the highest is nowhere below what a measure is worth.

        There is one for every stretch without a bend upwards, or one over all of it where these
        are too many (``bent``).
        """
        one = self.measures[name]
        ends = [side * self._most(side * own) for own in self._ends(name) for side in (-1, 1)]
        shares = [self.share(one, end) for end in ends]
        low, high = min(shares), max(shares)
        bends = [share for share, _ in one.value.points if low < share < high]
        at = np.array([low, *bends, high])
        points = [*zip(at.tolist(), worth(one.value, at).tolist(), strict=True)]
        about = (one.value.best + one.value.worst) / 2
        return [_line_above(some, about) for some in ([points] if bent else _stretches(points))]

    def _ends(self, name: str) -> Sequence[Floats]:
        """What each group adds to a measure at the least and at the most, where that is a range."""
        if self.measures[name].measure == "own_number":
            return [-self.batch.on_own[:, end] for end in (0, 1)]
        return [self.of[name]]

    def _score(self, lines: Sequence[_Line]) -> Score:
        measures = [*self.measures.values()]
        weights = weights_of(self.knowledge, self.region, measures).tolist()
        highest, amounts = 0.0, np.zeros(len(self.batch))
        for name, line, weight in zip(self.measures, lines, weights, strict=True):
            one, ends = self.measures[name], self._ends(name)
            whole = self.whole(one)
            each = sum(ends) / len(ends) * (self.sign(one) / whole if whole else 0.0)
            highest += weight * (line.level + line.slope * self.share(one, 0.0))
            amounts = amounts - weight * line.slope * each
        return Score(lines, highest, amounts)

    def ceiling(self, score: Score, least: Mapping[str, float]) -> float:
        """What no grouping has for a score, by the least of the sum for each measure apart."""
        measures = [*self.measures.values()]
        weights = weights_of(self.knowledge, self.region, measures).tolist()
        found = 0.0
        for name, line, weight in zip(self.measures, score.lines, weights, strict=True):
            ends = self._ends(name)
            known = bool((ends[0] == ends[-1]).all())
            total = least[name] if known else -self._most(-(ends[0] + ends[-1]) / 2)
            found += weight * (line.level + line.slope * self.share(self.measures[name], total))
        return found

    def _most(self, amounts: Floats) -> float:
        """No less than any sum: everybody in the group that adds most for each of its members."""
        size = self.lean.towns.size
        most = np.full(size + 1, -np.inf)
        each = np.repeat(amounts / self.batch.size, self.batch.members.shape[1])
        np.maximum.at(most, self.batch.members.ravel(), each)
        return float(most[:size].sum())

    @cached_property
    def _baseline(self) -> float:
        return float(as_now(self.lean).sum())

    def _amounts(self, one: GroupingMeasure) -> Floats:
        """What each group adds to a measure, in its own unit: as good as it can be."""
        batch, groups = self.batch, [*self.knowledge.groups]
        match one.measure:
            case "yearly_cost":
                return self._cost()
            case "investment":
                return batch.priced.investment
            case "own_number":
                return batch.on_own[:, 0]
            case "to_tell":
                return batch.told.astype(np.float64)
            case "ties_kept":
                return batch.ties.astype(np.float64)
            case "form_worth":
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
        for at, line in enumerate(lines):
            cost = cost + line.slope * priced.adds[:, at]
            cost = cost + line.level / towns.size * self.batch.size
        for place, form in self.lean.attachable.items():
            beside = float(towns.own[place, form]) + each
            for line, pool in zip(lines, towns.pools, strict=True):
                beside += line.slope * float(pool.moved[place, form]) + line.level / towns.size
            alone = self._alone(place)
            cost[alone] = np.minimum(cost[alone], beside)
        return cost

    def _range(self, pool: int) -> tuple[float, float, float]:
        """The least and the most that a pool can be, and about what it will be."""
        own = self.lean.towns.pools[pool]
        each = np.concatenate([own.now[:-1, np.newaxis], own.moved[:-1]], axis=1)
        form = self.batch.priced.adds[self.batch.size == self.batch.size.max(), pool]
        people = float(form.mean()) if form.size else 0.0
        low, high = float(each.min(axis=1).sum()), float(each.max(axis=1).sum())
        return low, high, min(max(people, low), high)


def _line_below(euro: Callable[[Floats], Floats], low: float, high: float, about: float) -> _Line:
    """A straight line that is nowhere above what a pool costs."""
    at = np.linspace(low, high, 513)
    cost = euro(at)
    lowest = zip(at[1:].tolist(), cost[:-1].tolist(), strict=True)
    return _line_under([(float(at[0]), float(cost[0])), *lowest], about)


def _stretches(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """The parts of a line without a bend upwards."""
    own = [points[0]]
    for one, after in zip_longest(points[1:], points[2:]):
        own.append(one)
        if after is None or _turns_up(own[-2], one, after):
            yield own
            own = [one]


def _line_above(points: Sequence[tuple[float, float]], about: float) -> _Line:
    """A straight line with all points on or below it."""
    line = _line_under([(share, -value) for share, value in points], about)
    return _Line(-line.slope, -line.level)


def _line_under(points: Sequence[tuple[float, float]], about: float) -> _Line:
    """A straight line with all points on or above it, and close to them there."""
    hull: list[tuple[float, float]] = []
    for one in points:
        while len(hull) > 1 and not _turns_up(hull[-2], hull[-1], one):
            hull.pop()
        hull.append(one)
    for (x, y), (z, w) in pairwise(hull):
        if z >= about or (z, w) == hull[-1]:
            slope = (w - y) / (z - x) if z > x else 0.0
            return _Line(slope, y - slope * x)
    return _Line(0.0, hull[0][1])


def _turns_up(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether a line by three points bends up in the middle one."""
    return (b[1] - a[1]) * (c[0] - a[0]) < (c[1] - a[1]) * (b[0] - a[0])
