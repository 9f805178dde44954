"""Every grouping that can be made of groups: all partitions of the units, one after another."""

from __future__ import annotations

import numpy as np

from decision.costs.arrays import Ints

__all__ = ["MOST_UNITS", "partitions"]

MOST_UNITS = 10
"""With so many units there are 115.975 partitions; with more they are not made one by one."""


def partitions(groups: Ints, count: int) -> Ints:
    """The partitions of ``count`` units into groups (rows of units, padded with the count).

    Each is a row of numbers of groups, padded with how many groups there are; first those that
    put the first units together. Labels are given in the order of the units: each unit goes to a
    group that is there, or starts the next one.
    """
    bits = np.where(groups < count, 1 << np.minimum(groups, count - 1), 0).sum(axis=1)
    number = np.full(1 << count, -1, dtype=np.int64)
    number[bits] = np.arange(len(groups))
    masks = np.zeros((1, count), dtype=np.int64)
    used = np.zeros(1, dtype=np.int64)
    for unit in range(count):
        lots = used + 1
        row = np.repeat(np.arange(len(masks)), lots)
        label = np.arange(lots.sum()) - np.repeat(np.cumsum(lots) - lots, lots)
        masks, used = masks[row], np.maximum(used[row], label + 1)
        masks[np.arange(len(masks)), label] |= 1 << unit
    found = np.where(masks > 0, number[masks], len(groups))
    return found[(found >= 0).all(axis=1)]
