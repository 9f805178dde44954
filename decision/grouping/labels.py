"""The ways to put everybody in exactly one group that no other beats, on many costs at once.

A way to divide some units that another beats (it costs no less on anything, and more on something)
is beaten as well when the same groups are added to both. So of every set of units only the ways are
kept that no other beats, each made of a group with the last unit and a way to divide the others:
dynamic programming with labels (Martins, 1984). Of equal ways one is kept. A group that is no
better than a division of itself is in none of them.

How far it goes is counted in steps and not in time, so that every machine finds the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from decision.costs.arrays import Flags, Floats, Ints
from decision.grouping.subsets import bits_of, within

__all__ = ["Labels", "Roofs", "TooManyError"]

_CLOSE = 1e-9  # of the most that a group changes: less is rounding
_AT_A_TIME = 64
_STEPS_OF_MAKING = 50  # a way, where holding two ways against each other is one
_HOPE = 1000  # a part of the steps, after which it is clear how they grow
_FAR = 10  # times too many by how they grew: no more are taken


class TooManyError(Exception):
    """There are more ways than can be looked at in so many steps."""


@dataclass(frozen=True, slots=True)
class Roofs:
    """The ``most`` that any way costs that no other beats, and the ``least`` of every set."""

    most: Floats
    least: Floats


class Labels:
    """The ways to divide all units, or with ``peaks`` every set of units, that no other beats."""

    def __init__(  # noqa: PLR0913 - the last three are options with a default
        self,
        units: Ints,
        count: int,
        costs: Floats,
        steps: int,
        *,
        usable: Flags | None = None,
        peaks: Ints | None = None,
        roofs: Roofs | None = None,
    ) -> None:
        """Find them.

        Args:
            units: Groups as rows of units, padded with the count; each unit is one of them.
            count: How many units there are.
            costs: What each group (a row) adds to each cost (a column).
            steps: How many may be taken.
            usable: Which groups may be used; None for all.
            peaks: A number of each group; the highest in a way counts as one more cost.
            roofs: Ways that come above these do not matter.

        Raises:
            TooManyError: There are too many ways for so many steps.
        """
        bits = bits_of(units, count)
        self._all = (1 << count) - 1
        self._number = np.full(1 << count, -1, dtype=np.int64)
        self._number[bits] = np.arange(len(bits))
        self._usable = np.zeros(1 << count, dtype=np.bool_)
        self._usable[bits] = True if usable is None else usable
        apart = costs[self._number[1 << np.arange(count)]]
        extra = _Extra.of(bits, costs, apart)
        self._cost_of = np.zeros((1 << count, extra.costs.shape[1]))
        self._cost_of[bits] = extra.costs
        self._peak_of = np.zeros(1 << count)
        self._peak_of[bits] = 0 if peaks is None else peaks
        self._room: Floats | None = None
        self._open = np.ones(1 << count, dtype=np.bool_)
        if roofs is not None:
            self._room, least = extra.room(roofs, apart)
            self._open = np.all(least <= self._room, axis=1)
            self._usable &= self._open
        self._steps = steps
        self._start, self._stop = (np.zeros(1 << count, dtype=np.int64) for _ in range(2))
        self._cost, self._peak = np.zeros((1024, extra.costs.shape[1])), np.zeros(1024)
        self._group, self._rest = (np.zeros(1024, dtype=np.int64) for _ in range(2))
        self._size = self._stop[0] = 1
        taken = 1
        for some in range(1, self._all // 2 + 1 if peaks is None else self._all):
            if self._open[some]:
                self._divide(some)
            if some & some + 1 == 0:  # these were the sets of the first units
                before, taken = taken, max(1, steps - self._steps)
                units_left = count - 1 - some.bit_length()
                if taken * _HOPE > steps and taken * (taken / before) ** units_left > _FAR * steps:
                    raise TooManyError
        self._divide(self._all)

    def of(self, units: int) -> list[tuple[int, ...]]:
        """The ways to divide a set of units (as bits), each as the numbers of groups."""
        return [*map(self._groups, range(self._start[units], self._stop[units]))]

    def peaks(self, units: int) -> list[float]:
        """The highest peak of each of them."""
        peaks: list[float] = self._peak[self._start[units] : self._stop[units]].tolist()
        return peaks

    def _groups(self, way: int) -> tuple[int, ...]:
        found = []
        while way:
            found.append(int(self._number[self._group[way]]))
            way = int(self._rest[way])
        return tuple(found)

    def _divide(self, units: int) -> None:
        """Find the ways to divide a set of units, when those of every set within it are found."""
        last = 1 << units.bit_length() - 1
        rest = within(units ^ last)[::-1]  # the set as one group comes after its divisions
        rest = rest[self._usable[units ^ rest]]
        many = self._stop[rest] - self._start[rest]
        made = int(many.sum())
        self._take(_STEPS_OF_MAKING * made)
        way = np.repeat(self._start[rest] - (np.cumsum(many) - many), many) + np.arange(made)
        group = np.repeat(units ^ rest, many)
        cost = self._cost_of[group] + self._cost[way]
        peak = np.maximum(self._peak_of[group], self._peak[way])
        if self._room is not None:
            fits = (cost <= self._room[units]).all(axis=1)
            way, group, cost, peak = way[fits], group[fits], cost[fits], peak[fits]
        kept = self._unbeaten(np.column_stack([np.rint(cost / _CLOSE), peak]))
        self._usable[units] &= bool((group[kept] == units).any())
        self._keep(units, cost[kept], peak[kept], group[kept], way[kept])

    def _keep(self, units: int, cost: Floats, peak: Floats, group: Ints, rest: Ints) -> None:
        start, stop = self._size, self._size + len(peak)
        while stop > len(self._peak):
            self._cost, self._peak, self._group, self._rest = (
                np.concatenate([one, np.empty_like(one)])
                for one in (self._cost, self._peak, self._group, self._rest)
            )
        for whole, part in ((self._cost, cost), (self._peak, peak),
                            (self._group, group), (self._rest, rest)):  # fmt: skip
            whole[start:stop] = part
        self._start[units], self._stop[units], self._size = start, stop, stop

    def _unbeaten(self, rows: Floats) -> Ints:
        """The numbers of the rows that no other beats; of equal ones the first."""
        order = np.argsort(rows.sum(axis=1), kind="stable")
        left, kept = np.ascontiguousarray(rows[order].T), [order[:0]]
        while order.size:
            head, number = left[:, :_AT_A_TIME], order[:_AT_A_TIME]
            left, order = left[:, _AT_A_TIME:], order[_AT_A_TIME:]
            self._take(head.shape[1] * (head.shape[1] + order.size))
            best = ~np.triu(_no_more(head, head), 1).any(axis=0)
            kept.append(number[best])
            if order.size:
                rest = ~_no_more(head[:, best], left).any(axis=0)
                left, order = left[:, rest], order[rest]
        return np.concatenate(kept)

    def _take(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise TooManyError


@dataclass(frozen=True, slots=True)
class _Extra:
    """What groups cost more than their units ``apart``, where that differs, as parts of the most.

    ``which`` are the columns that are left: those that differ, and one of those in proportion.
    """

    costs: Floats
    which: Ints
    scale: Floats

    @classmethod
    def of(cls, bits: Ints, costs: Floats, apart: Floats) -> _Extra:
        extra = costs - _inside(bits, len(apart)) @ apart
        most = np.abs(extra).max(axis=0, initial=0.0)
        which = np.flatnonzero(most > _CLOSE * np.maximum(np.abs(costs).max(axis=0), 1.0))
        parts = np.round(extra[:, which] / most[which], 9)
        which = which[np.sort(np.unique(parts, axis=1, return_index=True)[1])]
        return cls(extra[:, which] / most[which], which, most[which])

    def room(self, roofs: Roofs, apart: Floats) -> tuple[Floats, Floats]:
        """What every set can cost more than apart with all others at their least, and its least."""
        inside = _inside(np.arange(len(roofs.least)), len(apart)) @ apart
        most, least = roofs.most - roofs.least[::-1] - inside, roofs.least - inside
        return most[:, self.which] / self.scale + _CLOSE, least[:, self.which] / self.scale


def _inside(bits: Ints, count: int) -> Floats:
    """Whether each unit is in each set."""
    return (bits[:, np.newaxis] >> np.arange(count) & 1).astype(np.float64)


def _no_more(one: Floats, other: Floats) -> Flags:
    """Whether each column of one is in no row more than each column of the other."""
    found = np.ones((one.shape[1], other.shape[1]), dtype=np.bool_)
    for own, others in zip(one, other, strict=True):
        found &= own[:, np.newaxis] <= others
    return found
