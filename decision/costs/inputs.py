"""The kengetallen that the cost model uses: what they may be, and how far they can lie apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias, cast

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.model.facts import OwnKengetal
from decision.model.figures import PHONE
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "Allowed",
    "CostsError",
    "Move",
    "Span",
    "UnsizedError",
    "assumed_parts",
    "moves",
    "sized",
    "spans",
    "unmoved",
    "values",
]

Allowed: TypeAlias = Literal[
    "positive", "not_negative", "share", "share_above_0", "share_below_1", "whole_years"
]
"""What a kengetal must be; the words for it are the report's."""


class CostsError(ValueError):
    """A kengetal that the calculation cannot use: which one, its value, what is allowed."""

    def __init__(self, kengetal: str, value: float | None, allowed: Allowed) -> None:
        """Keep the parts; the value is None where nobody gives the kengetal."""
        super().__init__(kengetal, value, allowed)
        self.kengetal, self.value, self.allowed = kengetal, value, allowed

    def __str__(self) -> str:
        """Name the kengetal, its value and what is allowed."""
        found = "is missing" if self.value is None else f"is {self.value!r}"
        return f"kengetal {self.kengetal} {found}, but must be {self.allowed}"


class UnsizedError(ValueError):
    """Municipalities of which nobody knows the inhabitants: then nothing can be calculated."""

    def __init__(self, municipalities: tuple[str, ...]) -> None:
        """Keep the names."""
        super().__init__(municipalities)
        self.municipalities = municipalities

    def __str__(self) -> str:
        """Name the municipalities."""
        return f"the inhabitants of {', '.join(self.municipalities)} are unknown"


def sized(region: Region) -> None:
    """Raise ``UnsizedError`` where nobody knows the inhabitants of some municipality."""
    if region.unsized:
        raise UnsizedError(tuple(region.municipalities[name].name for name in region.unsized))


class Move(NamedTuple):
    """The kengetallen that say how many contacts move to another channel, and what that changes.

    ``calls`` and ``contacts`` are the shares of all contacts that are calls and that are in the
    channel ``from``; of the latter ``each_year`` moves a share, for as many years as the promise
    ``runs``; the costs are euro per contact.
    """

    calls: str
    contacts: str
    each_year: str
    cost_from: str
    cost_to: str
    runs: int

    def moved(self, values: Mapping[str, Floats], today: Floats, years: Ints) -> Floats:
        """The contacts that have moved after so many years, where ``today`` are today's calls."""
        stays = (1 - values[self.each_year]) ** np.minimum(years, self.runs)
        return today / values[self.calls] * values[self.contacts] * (1 - stays)

    def euro(self, values: Mapping[str, Floats], today: Floats, years: Ints) -> Floats:
        """What those contacts cost more in the other channel than today."""
        dearer = values[self.cost_to] - values[self.cost_from]
        return self.moved(values, today, years) * dearer


class Span(NamedTuple):
    """Between which plausible bounds the value of a kengetal lies."""

    low: float
    value: float
    high: float


_Limits: TypeAlias = tuple[Callable[[float], bool], Allowed]
_POSITIVE: _Limits = (lambda value: 0 < value < np.inf, "positive")
_NOT_NEGATIVE: _Limits = (lambda value: 0 <= value < np.inf, "not_negative")
_SHARE: _Limits = (lambda value: 0 <= value <= 1, "share")
_DIVISOR: _Limits = (lambda value: 0 < value <= 1, "share_above_0")
_TARGET: _Limits = (lambda value: 0 <= value < 1, "share_below_1")
_PRICED: Mapping[str, _Limits] = {
    "calls_per_inhabitant": _NOT_NEGATIVE,
    "opening_days": _POSITIVE,
    "hours_per_fte": _POSITIVE,
    "wage_second_line": _NOT_NEGATIVE,
    "service_target": _TARGET,
    "answer_within": _NOT_NEGATIVE,
    "handling_second_line": _POSITIVE,
    "depreciation_years": _POSITIVE,
}
_WARNED: Mapping[str, _Limits] = {"occupancy_warning": _SHARE}


def values(knowledge: Knowledge, region: Region) -> dict[str, float]:
    """The values that hold for the region, of which those that are used are checked.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    found = {name: kengetal.value for name, kengetal in knowledge.kengetallen.items()}
    found.update((name, own.value) for name, own in region.kengetallen.items())
    for name, (right, allowed) in {**_WARNED, **_channels(knowledge), **_priced(knowledge)}.items():
        if name not in found or not right(found[name]):
            raise CostsError(name, found.get(name), allowed)
    return found


def moves(knowledge: Knowledge) -> Iterator[tuple[str, Move]]:
    """The forms that move contacts to another channel, each with the kengetallen for it."""
    for form, calculation in knowledge.calculations.items():
        if moved := calculation.moved:
            origin, to = (knowledge.channels[name] for name in (moved.origin, moved.to))
            yield (
                form,
                Move(
                    calls=knowledge.channels[PHONE].contacts,
                    contacts=origin.contacts,
                    each_year=moved.each_year,
                    cost_from=cast("str", origin.cost),  # is there: see `Knowledge.faults`
                    cost_to=cast("str", to.cost),
                    runs=calculation.years,
                ),
            )


def assumed_parts(knowledge: Knowledge, region: Region, name: str) -> tuple[str, ...]:
    """Which parts of a kengetal that is used (its value, its range) no source gives."""
    kengetal, own = knowledge.kengetallen.get(name), region.kengetallen.get(name)
    stated = {"value": own, "range": own if own and own.range else None}
    of_knowledge = () if kengetal is None else kengetal.assumed
    return tuple(
        part
        for part, by_region in stated.items()
        if (by_region.source is None if by_region else part in of_knowledge)
    )


def unmoved(knowledge: Knowledge, region: Region) -> tuple[Region, tuple[str, ...]]:
    """The region as if no contacts moved by a share that is only assumed, and the forms of that."""
    shares = {form: move.each_year for form, move in moves(knowledge)}
    assumed = {
        form: share
        for form, share in shares.items()
        if "value" in assumed_parts(knowledge, region, share)
    }
    none = dict.fromkeys(assumed.values(), OwnKengetal(value=0, range=(0, 0)))
    own = {**region.kengetallen, **none}
    return region.model_copy(update={"kengetallen": own}), tuple(assumed)


def spans(knowledge: Knowledge, region: Region) -> dict[str, Span]:
    """The plausible range of each kengetal that decides what a form costs, by name.

    A region's own range goes first. Without it, a region's own value outside the range takes the
    range along in proportion, as far as that is possible. Where that gives bounds that cannot be,
    the range is stretched to the value instead.

    Raises:
        CostsError: A kengetal is missing, or it or its range is of no use to the calculation.
    """
    used, limits = values(knowledge, region), sorted(_priced(knowledge).items())
    return {name: _span(name, knowledge, region, used[name], allowed) for name, allowed in limits}


def _span(name: str, knowledge: Knowledge, region: Region, value: float, limits: _Limits) -> Span:
    kengetal, own = knowledge.kengetallen.get(name), region.kengetallen.get(name)
    if kengetal is None:
        return Span(value, value, value)
    right, allowed = limits
    low, high = (own and own.range) or kengetal.range
    for bound in (low, high):
        if not right(bound):
            raise CostsError(name, bound, allowed)
    if not low <= value <= high and kengetal.value > 0:
        moved = [bound * value / kengetal.value for bound in (low, high)]
        if all(map(right, moved)):
            low, high = np.clip(moved, *kengetal.possible).tolist()
    return Span(min(low, value), value, max(high, value))


def _priced(knowledge: Knowledge) -> dict[str, _Limits]:
    """The kengetallen that decide what some form costs, with what each of them may be."""
    limits = dict(_PRICED)
    for calculation in knowledge.calculations.values():
        limits[calculation.wage] = _NOT_NEGATIVE
    for _, move in moves(knowledge):
        limits[move.contacts] = limits[move.each_year] = _SHARE
        limits[move.cost_from] = limits[move.cost_to] = _NOT_NEGATIVE
        limits[move.calls] = _DIVISOR
    return limits


def _channels(knowledge: Knowledge) -> dict[str, _Limits]:
    """The kengetallen of all channels, where some form moves contacts between them."""
    used = knowledge.channels.values() if any(moves(knowledge)) else ()
    limits = {channel.contacts: _SHARE for channel in used}
    return {**limits, **{channel.cost: _NOT_NEGATIVE for channel in used if channel.cost}}
