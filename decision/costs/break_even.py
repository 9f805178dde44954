"""What has to come true: how much of a promise, and which kengetallen, decide what is cheaper.

A share of a promise: 0 is as many calls and direct answers as today in the handling time with
which the form itself starts, 1 is what the form promises for that year, with straight lines
between (`costs.arithmetic`). The share holds in every year, and the form that it is compared
with keeps its own promise in full. Agents are whole people, so cost moves in steps and a form can
be cheaper, dearer and cheaper again: the answer is the smallest share from which it stays cheaper.

A kengetal: the values within its plausible range at which the cheaper of two forms changes, all
other kengetallen at their value. Because of the same steps there can be more than one.

Nothing is smoothed: every step is located, and a crossing between two of them as precisely
(`costs.curves`). Only where a range has too many steps an answer is the end of the part of the
range in which the cheaper one changes, and a change that is undone within a part is not seen; that
is said (`BreakEven.rough`). A form that costs just as much is not cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

import numpy as np

from decision.costs.arithmetic import MEASURES, Measure, OverTime, measures
from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.curves import RESOLUTION, Curve, narrowed
from decision.costs.inputs import Span, spans
from decision.costs.setup import model, only
from decision.model.frozen import FrozenDict, Result
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
Item: TypeAlias = tuple[int, int, int, int]
"""A form, the form that it is compared with, a year (the last is the period), a measure."""

_ROUNDING = 1e-9
_CHUNK = 1024  # points that are compared at once, which bounds the memory


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
    ``rough`` says of a kengetal (and of the ``kept`` share of a promise) whose range has too many
    steps in how many equal parts it was looked at.
    """

    baseline: str
    spans: Mapping[str, Span]
    cost_per_call: Compared
    total: Compared
    rough: Mapping[str, int] = field(default_factory=FrozenDict)


def break_even(knowledge: Knowledge, region: Region) -> BreakEven:
    """What has to come true for each form to be cheaper than each other form.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
    """
    basis, ranges = model(knowledge, region), spans(knowledge, region)
    shares = _shares(knowledge, region, ())
    rough = {} if shares.parts is None else {"kept": shares.parts}

    def turning(name: str) -> Mapping[Measure, Mapping[str, Mapping[str, OverTime[Turns]]]]:
        curve = Curve(basis, lambda model, value: model.at({name: value}), ranges[name])
        found = _Found(curve, None)
        if found.parts is not None:
            rough[name] = found.parts
        return found.compared(basis.forms, basis.forms, found.turns)

    turns = {name: turning(name) for name in ranges}
    of_shares = shares.compared(basis.forms, basis.forms, shares.needed)

    def compared(measure: Measure) -> Compared:
        return Compared(of_shares[measure], {name: one[measure] for name, one in turns.items()})

    per_call, total = (compared(measure) for measure in MEASURES)
    return BreakEven(knowledge.baseline, ranges, per_call, total, rough)


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
    found = _shares(knowledge, region, forms)
    every = tuple(knowledge.calculations)
    return found.compared(tuple(forms) or every, every, found.needed)


def _shares(knowledge: Knowledge, region: Region, forms: Collection[str]) -> _Found:
    """Where forms become cheaper than all forms that keep their promise in full."""
    whole = model(knowledge, region)
    basis = model(only(knowledge, forms), region) if forms else whole
    curve = Curve(basis, lambda model, share: model.at(kept=share), Span(0.0, 1.0, 1.0))
    return _Found(curve, measures(whole, whole.at()))


class _Found:
    """Where on a curve each form becomes or ceases to be cheaper than each other form."""

    def __init__(self, curve: Curve, rival: Floats | None) -> None:
        """The other forms are as in ``rival`` all along; without it, as they are on the curve."""
        self.basis, self.parts = curve.basis, curve.parts if curve.rough else None
        before, flags, changes = [], [], []
        alike = np.ones(len(self.basis.years), dtype=bool)
        for start in range(0, max(curve.points.size - 1, 1), _CHUNK):
            values = curve(curve.points[start : start + _CHUNK + 1])
            others = values if rival is None else rival
            alike &= _as_before(values) & _as_before(others)
            cheaper = _cheaper(values[:, :, np.newaxis], others[:, np.newaxis])
            here, *items = np.nonzero(cheaper[1:] != cheaper[:-1])
            before.append(here + start)
            flags.append(cheaper[here, *items])
            changes.append(np.array(items))
            if start == 0:
                self.low = cheaper[0]
        self.high = cheaper[-1]
        years = np.arange(alike.size + 1)
        years[:-1][alike] = 0
        np.maximum.accumulate(years, out=years)
        self.same: list[int] = years.tolist()
        found = np.concatenate(changes, axis=1)
        new = years[found[2]] == found[2]
        items, at = [*found[:, new]], np.concatenate(before)[new]
        places = _crossings(curve, rival, at, items, np.concatenate(flags)[new])
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
            def answer(year: int) -> T:
                return of((form, other, self.same[year], measure))

            return OverTime.of(self.basis.years, answer)

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


def _cheaper(values: Floats, others: Floats) -> Flags:
    """Where it is by more than the rounding of the computer: equal amounts are not cheaper."""
    less: Flags = values < others - _ROUNDING * np.abs(others)
    return less


def _as_before(values: Floats) -> Flags:
    """Of each year whether every form costs the same as in the year before, at all points."""
    same: Flags = (values[:, :, 1:-1] == values[:, :, :-2]).all(axis=(0, 1, 3))
    return np.append(False, same)


def _crossings(
    curve: Curve, rival: Floats | None, at: Ints, items: list[Ints], cheaper: Flags
) -> Floats:
    """Just behind which place each item changes, between a point of the curve and the next."""
    form, other, *rest = items
    before, after = curve.points[at], curve.points[at + 1]
    if curve.rough:
        return after

    def changed(values: Floats, gap: Ints) -> Flags:
        here, of = np.arange(gap.size), [part[gap] for part in rest]
        found = curve(values)
        others = found[here, other[gap], *of] if rival is None else rival[0, other[gap], *of]
        there: Flags = _cheaper(found[here, form[gap], *of], others) != cheaper[gap]
        return there

    return narrowed(before, after, curve.close, changed)[1]
