"""Where one agent more is needed: a table of steps that answers a million hours at once.

The agents for a target depend on two numbers only: the load, and the wait in handling times (the
patience). More load never needs fewer agents and more patience never needs more, so in a cell
between two loads and two patiences the number lies between that of its easiest corner (least
load, most patience) and that of its hardest. Most cells hold one number; a cell that a step
passes through also keeps the load below which its lowest number is surely enough, and the load
above which it surely is not. What lies between those two is left to the caller, so that the table
never guesses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from decision.costs.arrays import Floats, Ints
from decision.costs.staffing.erlang_c import inverse_blocking

__all__ = ["MARGIN", "ONE_ROW", "Steps", "patience_band"]

MARGIN = 1e-9
"""Loads (in proportion) or shares this close to a step are settled one by one."""

ONE_ROW = (0, 0)
"""The band of a table for one patience, whatever that is."""

_PER_ERLANG = 4  # columns
_SHIFT = 52 - 5  # leaves five bits of the fraction of a double: 32 rows an octave
_LOWEST = (1023 - 14) * 2**5 - 1  # the row of all patience below 2^-14, also of none
_HIGHEST = (1023 + 6) * 2**5  # the row of all patience from 2^6
_ROUND = 8  # rows are worked out so many at a time
_CHUNK = 2**15  # hours whose intermediate results stay in the processor's cache
_SOLVED_AT_ONCE = 2**13  # steps that are worked out together, for the same reason
_CLOSE = 2.0**-35  # to how much of itself the load of a step is found


def patience_band(least: float, most: float) -> tuple[int, int]:
    """The first and the last row for patiences (in handling times) between these two."""
    first, last = _rows(np.array([least, most])).tolist()
    return (
        max(first // _ROUND * _ROUND, _LOWEST),
        min(last // _ROUND * _ROUND + _ROUND - 1, _HIGHEST),
    )


def _rows(patience: Floats) -> Ints:
    """The row of each patience: the leading bits of a double are a logarithm, in steps."""
    row: Ints = np.clip(patience.view(np.int64) >> _SHIFT, _LOWEST, _HIGHEST)
    return row


def _edges(band: tuple[int, int]) -> Floats:
    """The patience at which each row of the band starts, and the last one ends."""
    edges = (np.arange(band[0], band[1] + 2, dtype=np.int64) << _SHIFT).view(np.float64)
    return np.where(edges < 2.0**-14, 0, np.where(edges > 2.0**6, np.inf, edges))


@dataclass(frozen=True, slots=True)
class Steps:
    """A table of cells, flattened: row after row, with a last column for all larger loads."""

    band: tuple[int, int]
    """The first and the last row; `ONE_ROW` with one patience for all."""
    agents: int
    """The most agents that the table knows of."""
    columns: int
    fewest: NDArray[np.int32]
    """Agents that the easiest corner of each cell needs, at least 1."""
    surely: Floats
    """Erlang up to which they are enough in all of the cell."""
    hardly: Floats
    """Erlang above which one more is needed, and enough, in all of the cell."""

    @classmethod
    def of(cls, goal: float, patience: float | None, band: tuple[int, int], agents: int) -> Steps:
        """Work out the steps at a target, for one patience or for those of a band of rows."""
        edges = _edges(band) if patience is None else np.array([patience])
        largest = _largest_loads(agents, goal, edges)
        columns = int(largest[:, -1].min() * _PER_ERLANG)
        easiest, hardest = (largest, largest) if len(edges) == 1 else (largest[1:], largest[:-1])
        cells = [_row(*pair, columns) for pair in zip(easiest, hardest, strict=True)]
        fewest, surely, hardly = (np.concatenate(part) for part in zip(*cells, strict=True))
        return cls(band, agents, columns, fewest, surely, hardly)

    @staticmethod
    def agents_within(cells: int) -> int:
        """Agents, summed over the rows, that a table of so many cells has room for."""
        return cells // _PER_ERLANG

    def at_least(self, load: Floats) -> Ints:
        """The agents that each load needs at least, with one patience for all; 1 without calls."""
        cell = np.minimum(load * _PER_ERLANG, self.columns).astype(np.int64)
        agents: Ints = self.fewest.take(cell).astype(np.int64)
        return agents

    def look_up(self, load: Floats, patience: Floats) -> tuple[Ints, Ints]:
        """The agents for each load, and the indices where the table cannot tell.

        Args:
            load: Erlang, one-dimensional and checked.
            patience: The wait in handling times: one for all, or one for each.
        """
        agents = np.empty(load.size, dtype=np.int64)
        doubts = [np.empty(0, dtype=np.int64)]
        for start in range(0, load.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            own = patience[part] if patience.size > 1 else None
            agents[part], doubt = self._look_up(load[part], own)
            doubts.append(doubt + start)
        return agents, np.concatenate(doubts)

    def _look_up(self, load: Floats, patience: Floats | None) -> tuple[Ints, Ints]:
        cell = np.minimum(load * _PER_ERLANG, self.columns).astype(np.int64)
        outside = None
        if patience is not None and self.band != ONE_ROW:
            row = _rows(patience)
            outside = (row < self.band[0]) | (row > self.band[1])
            row -= self.band[0]
            row *= self.columns + 1
            cell += row
        fewest = self.fewest.take(cell, mode="clip")
        more = load > self.hardly.take(cell, mode="clip")
        doubt = (load > self.surely.take(cell, mode="clip")) != more
        if outside is not None:
            doubt |= outside
        agents = fewest + more
        if not load.all():
            agents[load == 0] = 0
            doubt &= load > 0
        return agents.astype(np.int64), np.flatnonzero(doubt)


def _row(
    easiest: Floats, hardest: Floats, columns: int
) -> tuple[NDArray[np.int32], Floats, Floats]:
    """The cells of one row: the fewest agents, and between which loads that is in doubt."""
    start = np.arange(columns + 1) / _PER_ERLANG
    start[0] = np.nextafter(0, 1)
    over, under = easiest * (1 + MARGIN), hardest * (1 - MARGIN)
    fewest = np.searchsorted(over, start)
    most = np.searchsorted(under, np.append(start[1:], np.inf))
    hardly = np.where(most <= fewest + 1, over[np.minimum(fewest, over.size - 1)], np.inf)
    surely = under[np.minimum(fewest, under.size - 1)]
    surely[-1], hardly[-1] = -1, np.inf
    return fewest.astype(np.int32), surely, hardly


def _largest_loads(agents: int, goal: float, edges: Floats) -> Floats:
    """The largest load that 0, 1, 2, … agents carry, a row for each patience."""
    staff = np.arange(1, agents + 1, dtype=np.float64)
    loads = np.zeros((len(edges), agents + 1))
    loads[edges == np.inf, 1:] = staff
    finite = np.flatnonzero(edges < np.inf)
    block = max(_SOLVED_AT_ONCE // agents, 1)
    for start in range(0, len(finite), block):
        rows = finite[start : start + block]
        pairs = np.broadcast_arrays(staff, edges[rows, np.newaxis])
        loads[rows, 1:] = _largest_load(pairs[0], goal, pairs[1])
    return loads


def _largest_load(agents: Floats, goal: float, patience: Floats) -> Floats:
    """The largest load at which the target is reached, to about 1e-11 of itself.

    Newton's method on the logarithms of the load and of the share that waits too long, with
    halving where it would leave the bounds.
    """
    allowed = np.log1p(-goal)
    low, high = np.zeros_like(agents), agents.copy()
    load = agents / (1 + 1 / np.sqrt(agents))
    while True:
        inverse, spare = inverse_blocking(load, agents), agents - load
        late = np.log(agents / (spare * inverse + load)) - spare * patience - allowed
        rise = spare + load * (inverse - 1) / (spare * inverse + load) + load * patience
        with np.errstate(over="ignore"):
            newton = load * np.exp(-late / rise)
        high, low = np.where(late > 0, load, high), np.where(late > 0, low, load)
        close = np.abs(newton - load) <= _CLOSE * load
        outside = ~close & ~((newton > low) & (newton < high))
        load = np.where(outside, (low + high) / 2, np.minimum(newton, agents))
        if (close | (high - low <= _CLOSE * high)).all():
            return load
