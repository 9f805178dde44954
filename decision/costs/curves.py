"""The cost of every form over the range of a kengetal, or of the share of a promise.

Agents are whole people, so cost moves in steps. Every step (and that of whole calls a day, where a
region counts those) is located to `RESOLUTION` of the range; between two steps cost does not jump.
Within one of 256 equal parts of the range the agents of an hour are taken to go only up or only
down.

A wide range of a large region has more steps than can be located in a few seconds. Such a curve is
`rough`: it only knows the ends of the equal parts, and there are fewer of these where a region has
very many hours and locations. What that costs is counted beforehand, in `effort`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import fsum
from typing import TypeAlias

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    SECOND,
    Line,
    Model,
    Situation,
    agents,
    by_year,
    demand,
    effort,
    measured,
    priced,
    staffed,
)
from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.inputs import Span

__all__ = ["RESOLUTION", "Curve", "narrowed"]

At: TypeAlias = Callable[[Model, Floats], Situation]
"""What follows at values within the range."""

RESOLUTION = 1e-10
"""How far from the exact place an answer can lie, as a part of the range."""

_PARTS, _FEWEST_PARTS = 256, 8
_WAYS = 6  # a gap is narrowed to a sixth at a time: numpy takes five places nearly as fast as one
_LOOKS = 50  # at how many places it is staffed to locate one step
_MOST_EFFORT = 2_500_000.0  # for the parts of one curve, and as much again for its steps
_MOST_POINTS = 1_000_000  # sides of steps, times the forms and years that are priced there


@dataclass(frozen=True, slots=True)
class _Jumps:
    """Where a cell of a line gets an agent more (``by`` is 1) or less (-1)."""

    before: Floats
    after: Floats
    cell: Ints
    by: Ints


class Curve:
    """The cost of every form and year over a range.

    Attributes:
        basis: The forms and years.
        points: The ends of the parts and both sides of every step, in order. A step, and a change
            between two points, is located to ``close``.
        parts: In how many equal parts the range is divided.
        rough: Whether the steps are not located: what changes, changes at the end of a part.
    """

    def __init__(self, basis: Model, at: At, span: Span) -> None:
        """Find the steps; after that no hour is staffed again."""
        self.basis, self.at, self._lean = basis, at, basis.lean()
        wide, lean = span.low < span.high, self._lean
        ends = np.array([span.low, span.high] if wide else [span.low])
        work = _effort(lean, at(lean, ends))
        self.parts = int(np.clip(_MOST_EFFORT // max(work, 1), _FEWEST_PARTS, _PARTS))
        grid = np.linspace(span.low, span.high, self.parts + 1) if wide else ends
        self._grid: Floats = grid
        self.close = RESOLUTION * (span.high - span.low)
        situation = at(lean, grid)
        found = [agents(lean, situation, line) for line in (FIRST, SECOND)]
        whole = [found[FIRST], found[SECOND]]
        if basis.whole_calls:
            whole.append(situation.calls_per_day[:, np.newaxis].astype(np.int64))
        self.rough = self.parts < _PARTS or self._too_many(whole, situation)
        if self.rough:
            self.points: Floats = grid
            self._agents: list[Callable[[Floats], Floats]] = [
                partial(_at_ends, grid, by_year(basis, line, found[line]))
                for line in (FIRST, SECOND)
            ]
            return
        jumps = [self._jumps(steps, of) for steps, of in zip(whole, self._staffing(), strict=False)]
        sides = [side for one in jumps for side in (one.before, one.after)]
        points = np.sort(np.concatenate([grid, *sides]))
        self.points = points[np.append(True, np.diff(points) > 0)]
        self._agents = [
            _summed(basis, line, jumps[line], found[line][:1]) for line in (FIRST, SECOND)
        ]

    def __call__(self, values: Floats) -> Floats:
        """Every measure for each value, form and year, and for the years together.

        On a `rough` curve values must be `points`.
        """
        situation = self.at(self.basis, values)
        first, second = (of(values) for of in self._agents)
        return measured(situation, priced(self.basis, situation, first, second))

    def _too_many(self, whole: list[Ints], situation: Situation) -> bool:
        """Whether it takes too much work to locate all steps, or to price what is between them."""
        of_cell = [np.abs(np.diff(steps, axis=0)).sum(axis=0) for steps in whole]
        steps = sum(int(count.sum()) for count in of_cell)
        forms, years, _ = self.basis.shape
        work = fsum(
            float((of_cell[line] * effort(self._lean, situation, line)).sum())
            for line in (FIRST, SECOND)
        )
        return work * _LOOKS > _MOST_EFFORT or steps * forms * years > _MOST_POINTS

    def _staffing(self) -> list[Callable[[Floats, Ints], Ints]]:
        """The whole numbers that make steps: agents of both lines, and calls a day."""

        def calls_a_day(values: Floats, _: Ints) -> Ints:
            return self.at(self._lean, values).calls_per_day.astype(np.int64)

        return [partial(self._needed, FIRST), partial(self._needed, SECOND), calls_a_day]

    def _needed(self, line: Line, values: Floats, cells: Ints) -> Ints:
        """The agents that each of the cells needs at the value beside it."""
        situation = self.at(self._lean, values)
        calls, handling = demand(self._lean, situation, line, cells)
        target, wait = (situation.kengetallen[name] for name in ("service_target", "answer_within"))
        return staffed(self._lean, line, calls, handling, target, wait)

    def _jumps(self, steps: Ints, of: Callable[[Floats, Ints], Ints]) -> _Jumps:
        """The places where whole numbers (a column per cell) change by one."""
        change = np.diff(steps, axis=0)
        part, cell = np.nonzero(change)
        size = np.abs(change[part, cell])
        by = np.repeat(np.sign(change[part, cell]), size)
        count = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + 1
        part, cell = np.repeat(part, size), np.repeat(cell, size)
        goal = steps[part, cell] + by * count

        def reached(values: Floats, gap: Ints) -> Flags:
            there: Flags = by[gap] * (of(values, cell[gap]) - goal[gap]) >= 0
            return there

        before, after = narrowed(self._grid[part], self._grid[part + 1], self.close, reached)
        return _Jumps(before, after, cell, by)


def narrowed(
    before: Floats, after: Floats, close: float, passed: Callable[[Floats, Ints], Flags]
) -> tuple[Floats, Floats]:
    """Gaps narrowed until they are ``close`` around the first place that has passed.

    ``passed`` tells of each value whether what happens in its gap has happened there: never
    before the gap, always after it.
    """
    before, after = before.copy(), after.copy()
    ways = np.arange(1, _WAYS)[:, np.newaxis]
    while (gaps := np.flatnonzero(after - before > close)).size:
        low, high = before[gaps], after[gaps]
        inside = low + (high - low) * (ways / _WAYS)
        there = passed(inside.ravel(), np.tile(gaps, _WAYS - 1)).reshape(inside.shape)
        first = np.where(there.any(axis=0), there.argmax(axis=0), _WAYS - 1)
        edges, each = np.vstack([low, inside, high]), np.arange(gaps.size)
        before[gaps], after[gaps] = edges[first, each], edges[first + 1, each]
    return before, after


def _effort(basis: Model, situation: Situation) -> float:
    """The work of staffing one point of a situation, in the lines of which the agents differ."""
    norm = max(situation.kengetallen[name].size for name in ("service_target", "answer_within"))
    work = 0.0
    for line in (FIRST, SECOND):
        if max(norm, *map(len, demand(basis, situation, line))) > 1:
            work += float(effort(basis, situation, line).sum())
    return work


def _at_ends(grid: Floats, agents: Floats, values: Floats) -> Floats:
    """The agents of a line in each form and year, at ends of parts."""
    if len(agents) == 1:
        return np.broadcast_to(agents, (values.size, *agents.shape[1:]))
    return agents[grid.searchsorted(values)]


def _summed(basis: Model, line: Line, jumps: _Jumps, start: Ints) -> Callable[[Floats], Floats]:
    """The agents of a line in each form and year, for any value, from its steps."""
    cells = basis.cells[line]
    order = np.argsort(jumps.after, kind="stable")
    after, cell = jumps.after[order], jumps.cell[order]
    steps = np.zeros((after.size + 1, cells.kind.max() + 1))
    steps[np.arange(1, after.size + 1), cells.kinds[cell]] = cells.weights[cell] * jumps.by[order]
    sums = steps.cumsum(axis=0)[:, cells.kind].reshape(-1, *basis.shape[:2])
    sums += by_year(basis, line, start)

    def agents(values: Floats) -> Floats:
        found: Floats = sums[after.searchsorted(values, side="right")]
        return found

    return agents
