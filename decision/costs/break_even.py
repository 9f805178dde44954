"""What has to come true: how much of a promise, and which kengetallen, decide what is cheaper.

A share of a promise: 0 is as many calls and direct answers as today in the handling time with
which the form itself starts, 1 is what the form promises for that year, with straight lines
between (`costs.arithmetic`). The share holds in every year, and the form that it is compared
with keeps its own promise in full. Agents are whole people, so cost moves in steps and a form can
be cheaper, dearer and cheaper again: the answer is the smallest share from which it stays cheaper.

A kengetal: the values within its plausible range at which the cheaper of two forms changes, all
other kengetallen at their value. Because of the same steps there can be more than one.

Nothing is smoothed. Every step in the number of agents (and of whole calls a day, where a region
counts those) is located to `RESOLUTION` of the range; between two steps cost does not jump, and a
crossing there is located as precisely. Within one of 256 equal parts of the range the agents of an
hour are taken to go only up or only down. A form that costs just as much is not cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, TypeVar

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    MEASURES,
    SECOND,
    Line,
    Measure,
    Model,
    OverTime,
    Situation,
    agents,
    demand,
    measured,
    measures,
    priced,
    staffed,
    weights,
)
from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.inputs import Span, spans
from decision.costs.setup import model, only
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "RESOLUTION",
    "BreakEven",
    "Compared",
    "Needed",
    "Turns",
    "break_even",
    "shares_needed",
]

Forms: TypeAlias = tuple[str, ...]
T = TypeVar("T")
At: TypeAlias = Callable[[Floats], Situation]
Item: TypeAlias = tuple[int, int, int, int]
"""A form, the form that it is compared with, a year (the last is the period), a measure."""

RESOLUTION = 1e-10
"""How far from the exact place an answer can lie, as a part of the range."""

_PARTS = 256
_WAYS = 6  # a gap is narrowed to a sixth at a time: numpy takes five places nearly as fast as one


@dataclass(frozen=True, slots=True)
class Needed:
    """Which share of its promise a form must realise to be cheaper from there on.

    ``never``: not even when it keeps its promise in full; ``always``: even when nothing of it
    comes true. Only ``from`` has a share, which is more than 0 and at most 1.
    """

    outcome: Literal["never", "always", "from"]
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Turns:
    """At which values of a kengetal, from low to high, a form becomes or ceases to be cheaper.

    At such a value the change has just taken place. ``never`` and ``always`` have no values and
    hold for the whole range.
    """

    outcome: Literal["never", "always", "turns"]
    cheaper_at_low: bool
    values: tuple[float, ...] = ()

    def cheaper_between(self, span: Span) -> tuple[tuple[float, float], ...]:
        """The parts of the range where the form is the cheaper one."""
        edges = [span.low] * self.cheaper_at_low + [*self.values]
        edges += [span.high] * (len(edges) % 2)
        return tuple(zip(edges[::2], edges[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Compared(Result):
    """Every form (first key) against every other form (second key), by one measure of cost.

    ``kengetallen`` has the name of the kengetal before these.
    """

    shares: Mapping[str, Mapping[str, OverTime[Needed]]]
    kengetallen: Mapping[str, Mapping[str, Mapping[str, OverTime[Turns]]]]


@dataclass(frozen=True, slots=True)
class BreakEven(Result):
    """What has to come true, by cost per call (the publication's measure) and by yearly cost.

    The two differ: a form that avoids more calls is sooner cheaper in all than for each call.
    ``baseline`` is the form of doing nothing; ``spans`` are the ranges of the kengetallen.
    """

    baseline: str
    spans: Mapping[str, Span]
    cost_per_call: Compared
    total: Compared


def break_even(knowledge: Knowledge, region: Region) -> BreakEven:
    """What has to come true for each form to be cheaper than each other form.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
    """
    basis, ranges = model(knowledge, region), spans(knowledge, region)
    shares = shares_needed(knowledge, region)

    def turning(name: str) -> Mapping[Measure, Mapping[str, Mapping[str, OverTime[Turns]]]]:
        curve = _Curve(basis, lambda value: basis.at({name: value}), ranges[name])
        found = _Found(curve, None)
        return found.compared(basis.forms, basis.forms, found.turns)

    turns = {name: turning(name) for name in ranges}

    def compared(measure: Measure) -> Compared:
        return Compared(shares[measure], {name: one[measure] for name, one in turns.items()})

    return BreakEven(knowledge.baseline, ranges, *map(compared, MEASURES))


def shares_needed(
    knowledge: Knowledge,
    region: Region,
    forms: Collection[str] = (),
) -> Mapping[Measure, Mapping[str, Mapping[str, OverTime[Needed]]]]:
    """The share of its promise that a form needs to be cheaper than each other form.

    The keys are the measure of cost, the form and the form that it is compared with.

    Args:
        knowledge: The forms with their calculations, and the kengetallen.
        region: The region; its own kengetallen go before the general ones.
        forms: The forms to answer for; none means all of them.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        KeyError: The knowledge has no calculation for one of the forms.
    """
    whole = model(knowledge, region)
    basis = model(only(knowledge, forms), region) if forms else whole
    curve = _Curve(basis, lambda share: basis.at(kept=share), Span(0.0, 1.0, 1.0))
    found = _Found(curve, measures(whole, whole.at()))
    return found.compared(tuple(forms) or whole.forms, whole.forms, found.needed)


@dataclass(frozen=True, slots=True)
class _Jumps:
    """Where a cell of a line gets an agent more (``by`` is 1) or less (-1)."""

    before: Floats
    after: Floats
    cell: Ints
    by: Ints


class _Curve:
    """The cost of every form and year over a range, exact between and at its steps."""

    def __init__(self, basis: Model, at: At, span: Span) -> None:
        """Find the steps; after that no hour is staffed again."""
        self.basis, self.at = basis, at
        self.close = RESOLUTION * (span.high - span.low)
        grid = np.linspace(span.low, span.high, _PARTS + 1) if span.low < span.high else span[:1]
        self.grid = np.asarray(grid)
        situation = at(self.grid)
        lines = [self._line(line, situation) for line in (FIRST, SECOND)]
        jumps = [found for found, _ in lines]
        if basis.whole_calls:
            a_day = situation.calls_per_day[:, np.newaxis].astype(np.int64)
            jumps.append(self._jumps(a_day, lambda x, _: at(x).calls_per_day.astype(np.int64)))
        sides = [side for found in jumps for side in (found.before, found.after)]
        points = np.sort(np.concatenate([self.grid, *sides]))
        self.points: Floats = points[np.append(True, np.diff(points) > 0)]
        self.agents = [_summed(basis, line, *lines[line]) for line in (FIRST, SECOND)]

    def _line(self, line: Line, situation: Situation) -> tuple[_Jumps, Ints]:
        """The steps in the agents of a line, and the agents at the low end."""
        found = agents(self.basis, situation, line)
        return self._jumps(found, partial(self._agents, line)), found[0]

    def _agents(self, line: Line, values: Floats, cells: Ints) -> Ints:
        """The agents that each of the cells needs at the value beside it."""
        situation = self.at(values)
        calls, handling = demand(self.basis, situation, line, cells)
        target, wait = (situation.kengetallen[name] for name in ("service_target", "answer_within"))
        return staffed(self.basis, line, calls, handling, target, wait)

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

        grid = self.grid
        before, after = _narrowed(grid[part], grid[part + 1], self.close, reached)
        return _Jumps(before, after, cell, by)

    def __call__(self, values: Floats) -> Floats:
        """Every measure for each value, form and year, and for the years together."""
        situation = self.at(values)
        first, second = (of(values) for of in self.agents)
        return measured(situation, priced(self.basis, situation, first, second))


def _narrowed(
    before: Floats, after: Floats, close: float, passed: Callable[[Floats, Ints], Flags]
) -> tuple[Floats, Floats]:
    """Gaps narrowed until they are ``close`` around the first place that has passed.

    ``passed`` tells of each value whether what happens in its gap has happened there: never
    before the gap, always after it.
    """
    gaps, ways = np.arange(before.size), np.arange(1, _WAYS)[:, np.newaxis]
    here = np.tile(gaps, _WAYS - 1)
    while (after - before > close).any():
        inside = before + (after - before) * (ways / _WAYS)
        there = passed(inside.ravel(), here).reshape(inside.shape)
        first = np.where(there.any(axis=0), there.argmax(axis=0), _WAYS - 1)
        edges = np.vstack([before, inside, after])
        before, after = edges[first, gaps], edges[first + 1, gaps]
    return before, after


def _summed(basis: Model, line: Line, jumps: _Jumps, start: Ints) -> Callable[[Floats], Floats]:
    """The agents of a line in each form and year, for any value, from its steps."""
    order = np.argsort(jumps.after, kind="stable")
    after, times = jumps.after[order], weights(basis, line)
    steps = times[jumps.cell[order]] * jumps.by[order, np.newaxis]
    sums = start @ times + np.concatenate([np.zeros((1, times.shape[1])), steps.cumsum(axis=0)])

    def agents(values: Floats) -> Floats:
        found: Floats = sums[after.searchsorted(values, side="right")]
        return found.reshape(values.size, *basis.shape[:2])

    return agents


class _Found:
    """Where on a curve each form becomes or ceases to be cheaper than each other form."""

    def __init__(self, curve: _Curve, rival: Floats | None) -> None:
        """The other forms are as in ``rival`` all along; without it, as they are on the curve."""
        self.basis = curve.basis
        values = curve(curve.points)
        others = values if rival is None else rival
        cheaper = values[:, :, np.newaxis] < others[:, np.newaxis]
        self.low, self.high = cheaper[0], cheaper[-1]
        at, *items = np.nonzero(cheaper[1:] != cheaper[:-1])
        places = _crossings(curve, rival, at, items, cheaper[at, *items])
        self.places: dict[Item, list[float]] = {}
        for place, *item in zip(places.tolist(), *(part.tolist() for part in items), strict=True):
            form, other, year, measure = item
            self.places.setdefault((form, other, year, measure), []).append(place)

    def compared(
        self, forms: Forms, others: Forms, of: Callable[[Item], T]
    ) -> dict[Measure, dict[str, dict[str, OverTime[T]]]]:
        """An answer by measure for each of the forms against each of the others."""
        places = {form: place for place, form in enumerate(self.basis.forms)}

        def over_time(measure: int, form: int, other: int) -> OverTime[T]:
            return OverTime.of(self.basis.years, lambda year: of((form, other, year, measure)))

        return {
            measure: {
                form: {
                    other: over_time(at, places[form], place)
                    for place, other in enumerate(others)
                    if other != form
                }
                for form in forms
            }
            for at, measure in enumerate(MEASURES)
        }

    def needed(self, item: Item) -> Needed:
        """The share from which the form stays cheaper."""
        if not self.high[item]:
            return Needed("never")
        if item not in self.places:
            return Needed("always")
        return Needed("from", self.places[item][-1])

    def turns(self, item: Item) -> Turns:
        """All places where the cheaper one changes."""
        cheaper = bool(self.low[item])
        if item not in self.places:
            return Turns("always" if cheaper else "never", cheaper)
        return Turns("turns", cheaper, tuple(self.places[item]))


def _crossings(
    curve: _Curve, rival: Floats | None, at: Ints, items: list[Ints], cheaper: Flags
) -> Floats:
    """Just behind which place each item changes, between a point of the curve and the next."""
    form, other, *rest = items

    def changed(values: Floats, gap: Ints) -> Flags:
        here, of = np.arange(gap.size), [part[gap] for part in rest]
        found = curve(values)
        others = found[here, other[gap], *of] if rival is None else rival[0, other[gap], *of]
        there: Flags = (found[here, form[gap], *of] < others) != cheaper[gap]
        return there

    _, after = _narrowed(curve.points[at], curve.points[at + 1], curve.close, changed)
    return after
