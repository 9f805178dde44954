"""The best way to put everybody in exactly one group, over all ways, for many objectives at once.

What the best grouping of some units costs is the cost of the group of the first of them, whichever
that is, and of the best grouping of the others (dynamic programming over all sets of units). With
n units that looks at some 3^n / 2 pairs of a set and a group, so that 16 take seconds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from decision.costs.arrays import Floats, Ints

__all__ = ["MOST_IN_SETS", "Cheapest", "bits_of", "cheapest_partitions", "within"]

MOST_IN_SETS = 16

_HALF = 8
_WITHIN = [np.array([one for one in range(256) if one & whole == one]) for whole in range(256)]
"""Of every set of eight units the sets within it, as bits."""


class Cheapest(NamedTuple):
    """The groups that cost least together by each objective, and the least of every set of units.

    A set is a row of ``least``, its number in bits, and an objective a column.
    """

    chosen: list[tuple[int, ...]]
    least: Floats


def bits_of(groups: Ints, count: int) -> Ints:
    """Groups, as rows of units padded with the count, as a bit for each unit."""
    bits: Ints = np.where(groups < count, 1 << np.minimum(groups, count - 1), 0).sum(axis=1)
    return bits


def within(units: int) -> Ints:
    """The sets within a set of units, all of them in bits and going up; the first is empty."""
    high, low = _WITHIN[units >> _HALF], _WITHIN[units & (1 << _HALF) - 1]
    inside: Ints = ((high << _HALF)[:, np.newaxis] | low).ravel()
    return inside


def cheapest_partitions(groups: Ints, count: int, costs: Floats) -> Cheapest:
    """For every objective the groups that hold all ``count`` units once and cost least together.

    Args:
        groups: Rows of units, padded with the count; there is a group of every single unit.
        count: How many units there are, at most `MOST_IN_SETS`.
        costs: What each group costs (a row) by each objective (a column).
    """
    bits = bits_of(groups, count)
    number = np.full(1 << count, -1, dtype=np.int64)
    number[bits] = np.arange(len(groups))
    of_set = np.full((1 << count, costs.shape[1]), np.inf)
    of_set[bits] = costs
    best = np.zeros(of_set.shape)
    first = np.zeros(of_set.shape, dtype=np.int64)
    every = np.arange(costs.shape[1])
    for whole in range(1, 1 << count):
        lowest = whole & -whole
        inside = within(whole ^ lowest) | lowest
        total = of_set[inside] + best[whole ^ inside]
        at = total.argmin(axis=0)
        best[whole], first[whole] = total[at, every], inside[at]
    return Cheapest([_chosen(first[:, one], number, count) for one in every], best)


def _chosen(first: Ints, number: Ints, count: int) -> tuple[int, ...]:
    """The groups of the best grouping of all, by the first group of the best of every set."""
    found, left = [], (1 << count) - 1
    while left:
        group = int(first[left])
        found.append(int(number[group]))
        left ^= group
    return tuple(found)
