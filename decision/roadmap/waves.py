"""Waves: who goes live together, by the week in which each is ready.

Where enough are in the form already, they are the first wave. Else it is the earliest set with
enough scale, of those who want to start now if they can; whoever else wants to start goes along,
but for who would hold it up too long. Everybody else joins as soon as it is ready and there is room
for it, so that nobody who waits or is late holds up who is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import fsum

from decision.eligibility.evaluation import evaluate, scope
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.requirements import Predicate
from decision.roadmap.calendar import EPSILON
from decision.roadmap.capacity import kengetal

__all__ = [
    "Founders",
    "HeldUp",
    "Sooner",
    "Wave",
    "everybody",
    "founders",
    "opened",
    "share_of",
    "waves_of",
]

_QUARTER = 13


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
    where nobody knows it; then each counts for one in the scale). ``held`` want to start now too,
    but would hold them up too long.
    """

    starters: tuple[str, ...]
    added: tuple[str, ...]
    share: float | None
    held: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody who opens."""
        return (*self.starters, *self.added)

    def without(self, name: str) -> Founders:
        """The others of them."""
        starters, added = (
            tuple(one for one in some if one != name) for some in (self.starters, self.added)
        )
        return replace(self, starters=starters, added=added)


@dataclass(frozen=True, slots=True)
class Sooner:
    """When the first wave could open without the founder that it waits for longest.

    ``share`` (0-1) is what the others have of the inhabitants of all that take part, if known.
    """

    without: str
    week: float
    share: float | None


@dataclass(frozen=True, slots=True)
class HeldUp:
    """Who wants to start now, but would hold up the first wave by more than ``most`` weeks.

    With it the first wave would open in week ``together``, and without it in week ``opens``.
    ``with_people`` is when it could with it, if that one lacked no people from the start.
    ``by`` are the ids of its own work that decides when the wave could open with it.
    """

    partner: str
    together: float
    opens: float
    most: float
    with_people: float
    by: tuple[str, ...]

    @property
    def helps(self) -> bool:
        """Whether people from the start would bring it into the first wave."""
        return self.with_people <= self.opens + self.most


@dataclass(frozen=True)
class _Choice:
    """Who can be asked along, and in which order."""

    knowledge: Knowledge
    region: Region
    ready: Mapping[str, tuple[float, ...]]
    starters: tuple[str, ...]
    waiting: frozenset[str]

    def enough(self, *, starters_first: bool) -> tuple[str, ...]:
        """The first that have enough scale together; of those ready at once all."""
        rules = self.knowledge.waves
        needed = rules.minimum_scale * _people(self.region, self.ready) - EPSILON

        def turn(name: str) -> tuple[bool, bool, tuple[float, ...]]:
            later = starters_first and name not in self.starters
            return later, name in self.waiting, self.ready[name]

        found: list[str] = []
        for _, alike in groupby(sorted(self.ready, key=turn), key=turn):
            if len(found) >= rules.minimum_members and _people(self.region, found) >= needed:
                break
            found += alike
        return tuple(found)


def everybody(ready: Iterable[str]) -> Founders:
    """All that take part open together."""
    return Founders(tuple(ready), (), 1.0)


def opened(region: Region, there: Sequence[str], ready: Iterable[str]) -> Founders:
    """Those that are ``there`` already, of all that take part: they have opened it."""
    return Founders(tuple(there), (), share_of(region, there, ready))


def founders(
    knowledge: Knowledge,
    region: Region,
    ready: Mapping[str, tuple[float, ...]],
    opens: Callable[[Sequence[str]], float],
) -> Founders:
    """Who opens; nobody where nobody takes part.

    Args:
        knowledge: the rules of the waves.
        region: the municipalities.
        ready: when each that takes part is ready by itself, and what else tells who goes first.
        opens: when some of them can open together.
    """
    rules = knowledge.waves
    starters = _those(region, knowledge, ready, rules.first_when)
    waiting = frozenset(_those(region, knowledge, ready, rules.waits_when))
    if not ready:
        return Founders((), (), 0.0)
    choice = _Choice(knowledge, region, ready, starters, waiting)
    most = kengetal(knowledge, region, rules.holds_up)
    soonest = choice.enough(starters_first=False)
    core = choice.enough(starters_first=True)
    if {*core} != {*soonest} and opens(core) > opens(soonest) + most:
        core = soonest
    limit = opens(core) + most
    rest = [n for n in starters if n not in core and ready[n][0] <= limit]
    rest.sort(key=lambda name: ready[name])
    while rest and opens((*core, *rest)) > limit:
        last = ready[rest[-1]]
        rest = [name for name in rest if ready[name] != last]
    chosen = {*core, *rest}
    return Founders(
        starters=tuple(name for name in starters if name in chosen),
        added=tuple(name for name in core if name not in starters),
        share=share_of(region, starters, ready),
        held=tuple(name for name in starters if name not in chosen),
    )


def waves_of(
    knowledge: Knowledge,
    region: Region,
    ready: Mapping[str, float],
    opening: Founders,
    first: float,
) -> tuple[Wave, ...]:
    """Who goes live together: the founders with whoever is ready by then, then all the others.

    Args:
        knowledge: the rules of the waves.
        region: the municipalities.
        ready: when each that takes part is ready.
        opening: who opens.
        first: the week in which these open.
    """
    rules = knowledge.waves
    weeks = {name: max(first, week) for name, week in ready.items()}
    weeks.update(dict.fromkeys(opening.members, first))
    for name in _those(region, knowledge, ready, rules.later_when):
        if name not in opening.members:
            weeks[name] = max(weeks[name], first + kengetal(knowledge, region, rules.later))
    weeks = _in_turn(
        region, weeks, ready, first, int(kengetal(knowledge, region, rules.each_quarter))
    )
    waves = []
    for number, week in enumerate(sorted({*weeks.values()}), 1):
        members = tuple(sorted(name for name, one in weeks.items() if one == week))
        waves.append(Wave(number, week, members, share_of(region, members, ready)))
    return tuple(waves)


def _in_turn(
    region: Region,
    weeks: Mapping[str, float],
    ready: Mapping[str, float],
    first: float,
    most: int,
) -> dict[str, float]:
    """Let no more join in a quarter than there is room for: in the order in which they are ready.

    So nobody waits for somebody who is ready later. Of those ready at once the largest goes first.
    """
    later = sorted(
        (name for name, week in weeks.items() if week > first),
        key=lambda name: (weeks[name], ready[name], -region.sizes[name], name),
    )
    found, turns = dict(weeks), list[float]()
    for at, name in enumerate(later):
        room = turns[at - most] + _QUARTER if at >= most else first
        found[name] = max(weeks[name], room)
        turns.append(found[name])
    return found


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
    sizes = region.sizes
    return fsum(sizes[name] for name in names)
