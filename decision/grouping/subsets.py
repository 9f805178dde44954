"""The best way to put everybody in exactly one group, over all ways, for many objectives at once.

What the best grouping of some units costs is the cost of the group of the first of them, whichever
that is, and of the best grouping of the others (dynamic programming over all sets of units). With
n units that looks at some 3^n / 2 pairs of a set and a group, so that 16 take seconds.
"""

from __future__ import annotations

import numpy as np

from decision.costs.arrays import Floats, Ints

__all__ = ["MOST_IN_SETS", "cheapest_partitions"]

MOST_IN_SETS = 16

_HALF = 8
_WITHIN = [np.array([one for one in range(256) if one & whole == one]) for whole in range(256)]
"""Of every set of eight units the sets within it, as bits."""


def cheapest_partitions(groups: Ints, count: int, costs: Floats) -> list[tuple[int, ...]]:
    """For every objective the groups that hold all ``count`` units once and cost least together.

    Args:
        groups: Rows of units, padded with the count; there is a group of every single unit.
        count: How many units there are, at most `MOST_IN_SETS`.
        costs: What each group costs (a row) by each objective (a column).
    """
    bits = np.where(groups < count, 1 << np.minimum(groups, count - 1), 0).sum(axis=1)
    number = np.full(1 << count, -1, dtype=np.int64)
    number[bits] = np.arange(len(groups))
    of_set = np.full((1 << count, costs.shape[1]), np.inf)
    of_set[bits] = costs
    best = np.zeros(of_set.shape)
    first = np.zeros(of_set.shape, dtype=np.int64)
    every = np.arange(costs.shape[1])
    for whole in range(1, 1 << count):
        lowest = whole & -whole
        rest = whole ^ lowest
        high, low = _WITHIN[rest >> _HALF], _WITHIN[rest & (1 << _HALF) - 1]
        inside = ((high << _HALF)[:, np.newaxis] | low).ravel() | lowest
        total = of_set[inside] + best[whole ^ inside]
        at = total.argmin(axis=0)
        best[whole], first[whole] = total[at, every], inside[at]
    return [_chosen(first[:, objective], number, count) for objective in every]


def _chosen(first: Ints, number: Ints, count: int) -> tuple[int, ...]:
    """The groups of the best grouping of all, by the first group of the best of every set."""
    found, left = [], (1 << count) - 1
    while left:
        group = int(first[left])
        found.append(int(number[group]))
        left ^= group
    return tuple(found)
