"""Waves: who goes live together, by the week in which each is ready.

Who wants to start now opens together, as the founders; where they lack the scale, those who are
ready soonest are needed too. Everybody else joins as soon as it is ready, so that nobody who waits
or is late holds up who is ready, and being ready sooner never makes anybody later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from decision.eligibility.evaluation import evaluate, scope
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Predicate
from decision.roadmap.schedule import EPSILON

__all__ = ["Founders", "Sooner", "Wave", "founders", "share_of", "waves_of"]


@dataclass(frozen=True, slots=True)
class Wave:
    """Partners that go live together in ``week``; ``share`` is their share of inhabitants.

    It is None where nobody knows it.
    """

    number: int
    week: float
    members: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Founders:
    """Who opens together: the ``starters`` that want to, and who is ``added`` for their scale.

    ``share`` (0-1) is what the starters have of the inhabitants of all that take part (None
    where nobody knows it; then each counts for one in the scale).
    """

    starters: tuple[str, ...]
    added: tuple[str, ...]
    share: float | None

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody who opens."""
        return (*self.starters, *self.added)

    def without(self, name: str) -> Founders:
        """The others of them."""
        starters, added = (
            tuple(one for one in some if one != name) for some in (self.starters, self.added)
        )
        return Founders(starters, added, self.share)


@dataclass(frozen=True, slots=True)
class Sooner:
    """When the first wave could open without the founder that it waits for longest.

    ``share`` (0-1) is what the others have of the inhabitants of all that take part, if known.
    """

    without: str
    week: float
    share: float | None


def founders(
    knowledge: Knowledge, region: Region, ready: Mapping[str, tuple[float, ...]]
) -> Founders:
    """Who opens, of those that are ``ready`` at some moment; nobody where nobody takes part."""
    rules = knowledge.waves
    starters = _those(region, knowledge, ready, rules.first_when)
    waiting = {*_those(region, knowledge, ready, rules.waits_when)}
    others = sorted(
        (name for name in ready if name not in starters),
        key=lambda name: (name in waiting, ready[name]),
    )
    needed = rules.minimum_scale * _people(region, ready) - EPSILON
    added: list[str] = []
    for _, alike in groupby(others, key=lambda name: (name in waiting, ready[name])):
        opening = (*starters, *added)
        if len(opening) >= rules.minimum_members and _people(region, opening) >= needed:
            break
        added += alike
    return Founders(starters, tuple(added), share_of(region, starters, ready))


def waves_of(
    knowledge: Knowledge, region: Region, ready: Mapping[str, float], opening: Founders
) -> tuple[Wave, ...]:
    """Who goes live together: the founders with whoever is ready by then, then all the others."""
    if not ready:
        return ()
    waits = _those(region, knowledge, ready, knowledge.waves.waits_when)
    first = max(ready[name] for name in opening.members)
    weeks = {name: max(first, week) for name, week in ready.items()}
    for name in waits:
        if name not in opening.members:
            weeks[name] = max(weeks[name], first + knowledge.waves.waits_weeks)
    waves = []
    for number, week in enumerate(sorted({*weeks.values()}), 1):
        members = tuple(sorted(name for name, one in weeks.items() if one == week))
        waves.append(Wave(number, week, members, share_of(region, members, ready)))
    return tuple(waves)


def _those(
    region: Region, knowledge: Knowledge, among: Iterable[str], asked: Predicate
) -> tuple[str, ...]:
    """The municipalities that surely meet a requirement, in the order of the region."""
    held = scope(knowledge, region).municipalities
    return tuple(n for n in held if n in among and evaluate(asked, held[n]).truth == "yes")


def share_of(region: Region, some: Iterable[str], everybody: Iterable[str]) -> float | None:
    """The share (0-1) of the inhabitants that some municipalities have; None where unknown."""
    of = [*everybody]
    if not {*of}.isdisjoint(region.unsized):
        return 1.0 if {*of} == {*some} else None
    total = _people(region, of)
    return _people(region, some) / total if total else 0.0


def _people(region: Region, names: Iterable[str]) -> float:
    return fsum(region.sizes[name] for name in names)
