"""The kengetallen that the cost model uses: what they may be, and how far they can lie apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from decision.knowledge import Kengetal, Knowledge
    from decision.region import Region

__all__ = ["CostsError", "Span", "spans", "values"]


class CostsError(ValueError):
    """A kengetal that the calculation cannot use: which one, its value, what is allowed."""

    def __init__(self, kengetal: str, value: float | None, allowed: str) -> None:
        """Keep the parts; the value is None where nobody gives the kengetal."""
        super().__init__(kengetal, value, allowed)
        self.kengetal, self.value, self.allowed = kengetal, value, allowed

    def __str__(self) -> str:
        """Name the kengetal, its value and what is allowed."""
        found = "is missing" if self.value is None else f"is {self.value!r}"
        return f"kengetal {self.kengetal} {found}, but must be {self.allowed}"


class Span(NamedTuple):
    """Between which plausible bounds the value of a kengetal lies."""

    low: float
    value: float
    high: float


_Limits: TypeAlias = tuple[Callable[[float], bool], str]
_POSITIVE: _Limits = (lambda value: 0 < value < np.inf, "more than 0")
_NOT_NEGATIVE: _Limits = (lambda value: 0 <= value < np.inf, "at least 0")
_SHARE: _Limits = (lambda value: 0 <= value <= 1, "at least 0 and at most 1")
_TARGET: _Limits = (lambda value: 0 <= value < 1, "at least 0 and less than 1")
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
    found.update(region.kengetallen)
    for name, (right, allowed) in {**_PRICED, **_WARNED, **_wages(knowledge)}.items():
        if name not in found or not right(found[name]):
            raise CostsError(name, found.get(name), allowed)
    return found


def spans(knowledge: Knowledge, region: Region) -> dict[str, Span]:
    """The plausible range of each kengetal that decides what a form costs, by name.

    A region's own value outside the range takes the range along in proportion. Where that gives
    bounds that cannot be, the range is stretched to the value instead.

    Raises:
        CostsError: A kengetal is missing, or it or its range is of no use to the calculation.
    """
    own = values(knowledge, region)
    limits = {**_PRICED, **_wages(knowledge)}
    return {
        name: _span(name, knowledge.kengetallen.get(name), own[name], limits[name])
        for name in sorted(limits)
    }


def _span(name: str, kengetal: Kengetal | None, value: float, limits: _Limits) -> Span:
    right, allowed = limits
    if kengetal is None:
        return Span(value, value, value)
    low, high = kengetal.range
    for bound in (low, high):
        if not right(bound):
            raise CostsError(name, bound, allowed)
    if not low <= value <= high and kengetal.value > 0:
        moved = [bound * value / kengetal.value for bound in (low, high)]
        low, high = moved if all(map(right, moved)) else (low, high)
    return Span(min(low, value), value, max(high, value))


def _wages(knowledge: Knowledge) -> dict[str, _Limits]:
    return {calculation.wage: _NOT_NEGATIVE for calculation in knowledge.calculations.values()}
