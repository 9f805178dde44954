"""Figures that may well be a typing error: possible, but far from what stands beside them.

They are no faults, and are calculated with as they are given. Whoever reads the file, the costs or
the advice is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Literal

from decision.costs.inputs import moves, values
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Doubt", "doubts"]

_FAR = 0.1
"""A rounded total and rounded shares lie closer than a tenth to what they are the sum of."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is ``given``, and what lies far from it: what stands ``beside`` it.

    ``inhabitants_counted`` stands beside the inhabitants of all municipalities together; the
    ``contacts`` are the shares of all channels together, beside 1.
    """

    about: Literal["inhabitants_counted", "contacts"]
    given: float
    beside: float

    @property
    def far(self) -> bool:
        """Whether the two are so far apart that somebody should look."""
        return abs(self.given - self.beside) > _FAR * self.beside


def doubts(knowledge: Knowledge, region: Region) -> tuple[Doubt, ...]:
    """What is given for a region that may well be a typing error."""
    return tuple(one for one in _compared(knowledge, region) if one.far)


def _compared(knowledge: Knowledge, region: Region) -> Iterator[Doubt]:
    counted = region.costs.inhabitants_counted
    if counted is not None:
        people = region.people()
        if people is not None:
            yield Doubt("inhabitants_counted", counted, people)
    if any(moves(knowledge)):  # else nothing is calculated with the channels
        used = values(knowledge, region)
        shares = (used[name] for name in {one.contacts for one in knowledge.channels.values()})
        yield Doubt("contacts", fsum(shares), 1.0)
