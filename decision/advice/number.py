"""The number as a choice: how many inhabitants call one that is not theirs, and what others give.

Whoever lies outside the netnummer of the joint number calls a number that is not that of its own
area, and has to be put through. Where it is unknown who lies where, shares are ranges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from decision.model.frozen import Result
from decision.model.knowledge import UNKNOWN
from decision.model.region import Member, Region

__all__ = ["Elsewhere", "NumberChoice", "number_choice"]


_ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The share (0-1) of the inhabitants that calls a number not theirs, at least and at most."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NumberChoice(Result):
    """What the number of the region means for callers, beside every other one they lie in.

    ``members`` holds, per municipality, the share of its own inhabitants that lies elsewhere. While
    the number is ``unknown``, shares run from those of the one that fits best to the one that fits
    least.
    """

    number: str
    elsewhere: Elsewhere
    members: Mapping[str, Elsewhere]
    others: Mapping[str, Elsewhere]

    @property
    def better(self) -> tuple[str, ...]:
        """The netnummers that surely are the own one of more inhabitants."""
        return tuple(n for n, one in self.others.items() if one.high < self.elsewhere.low)

    @property
    def perhaps_better(self) -> tuple[str, ...]:
        """Those that may be, for all that is known."""
        may = (n for n, one in self.others.items() if one.low < self.elsewhere.high)
        return tuple(n for n in may if n not in self.better)


def number_choice(region: Region) -> NumberChoice:
    """Hold the number of the region against the netnummers that its municipalities lie in."""
    members, possible = region.municipalities, region.possible_numbers
    lain_in = dict.fromkeys(
        n for one in members.values() for n, share in one.coverage.items() if share
    )
    others = {n: _of_all(region, n) for n in lain_in if n != region.number}
    return NumberChoice(
        number=region.number,
        elsewhere=_between(_of_all(region, number) for number in possible),
        members={
            name: _between(_elsewhere(one, number) for number in possible)
            for name, one in members.items()
        },
        others=dict(sorted(others.items(), key=lambda of: (of[1].high, of[1].low))),
    )


def _between(some: Iterable[Elsewhere]) -> Elsewhere:
    """From the least of them to the most; nothing where there is none."""
    found = [*some] or [Elsewhere(0.0, 0.0)]
    return Elsewhere(min(one.low for one in found), max(one.high for one in found))


def _of_all(region: Region, number: str) -> Elsewhere:
    """The share of all inhabitants.

    A municipality of unknown size may be anything beside the others: what holds of all lies between
    the least and the most of those, and of all others together.
    """
    found = {name: _elsewhere(one, number) for name, one in region.municipalities.items()}
    sizes = {name: one.people for name, one in region.municipalities.items()}
    known = {name: size for name, size in sizes.items() if size is not None}
    parts = [found[name] for name in sizes if name not in known]
    if total := fsum(known.values()):
        low, high = (fsum(known[n] * getattr(found[n], end) for n in known) for end in _ENDS)
        parts.append(Elsewhere(low / total, high / total))
    return _between(parts)


def _elsewhere(member: Member, number: str) -> Elsewhere:
    """The share outside a netnummer: of an unknown share anything that the known ones leave."""
    share = member.coverage.get(number, 0.0)
    if not isinstance(share, str):
        return Elsewhere(1.0 - share, 1.0 - share)
    others = (one for one in member.coverage.values() if one != UNKNOWN)
    return Elsewhere(fsum(float(one) for one in others), 1.0)
