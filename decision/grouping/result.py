"""What a comparison of groupings finds: every group, every grouping, and how they rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from decision.grouping.fronts import Placed
from decision.grouping.leaving import Leaving
from decision.grouping.search import Method
from decision.model.frozen import FrozenDict, Result
from decision.model.search import SearchLimits
from decision.model.values import Source
from decision.scores.weights import Drawn

__all__ = [
    "Best",
    "Ends",
    "FrontOfTwo",
    "GroupResult",
    "GroupingResult",
    "Groupings",
    "Money",
    "Point",
    "Reach",
    "SearchReport",
]


class Ends(NamedTuple):
    """The least that it can be, and the most."""

    low: float
    high: float


class Money(NamedTuple):
    """What a year costs by the plans, and what it costs when everybody goes on as now (euro)."""

    cost: float
    baseline: float

    @property
    def difference(self) -> float:
        """The cost less that of going on as now: a saving is negative."""
        return self.cost - self.baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one number, or all numbers of a grouping, cost and mean for the inhabitants.

    ``last_year`` is the money of the last year of the region, ``in_full`` that of a year in which
    all runs and is written off. ``on_own_netnummer`` is the share of the inhabitants who lie in the
    netnummer of their group, a range where that is not known of the ``unknown_members``;
    ``redirected`` members lie (partly) outside it. ``to_tell`` are the municipalities that may lie
    in a netnummer without being in its group, each with the numbers of that.
    """

    last_year: Money
    in_full: Money
    inhabitants: float
    on_own_netnummer: Ends
    unknown_members: tuple[str, ...]
    redirected: tuple[str, ...]
    to_tell: Mapping[str, tuple[str, ...]]

    @property
    def cost(self) -> float:
        """Euro in the last year, by the plans."""
        return self.last_year.cost

    @property
    def baseline(self) -> float:
        """Euro in the last year when everybody goes on as now."""
        return self.last_year.baseline

    @property
    def align_with(self) -> tuple[str, ...]:
        """The municipalities to tell, by their ids."""
        return tuple(sorted(self.to_tell))

    @property
    def on_own(self) -> list[float]:
        """The ends of the share on the own netnummer."""
        return [*self.on_own_netnummer]

    @property
    def redirects(self) -> Ends:
        """How many members lie (partly) outside the netnummer of their group."""
        sure = len(self.redirected)
        return Ends(sure, sure + len(self.unknown_members))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult(Reach, Result):
    """What the engine advises one group; without a form (None) the members go on as today.

    ``next`` is the form that the advised one grows into, and ``end_state`` where that ends.
    ``forms`` has the form of each member that goes to one; the others go on as now.
    """

    number: str
    members: tuple[str, ...]
    form: str | None
    next: str | None
    end_state: str | None
    forms: Mapping[str, str]
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingResult(Reach, Result):
    """A grouping with its groups' results; ``ties_cut`` are ties whose partners are parted.

    It has a ``name`` when it is declared; else it was ``found_for`` some measures (by their ids;
    ``score`` for all together), or only because no other beats it. Who is ``left_out`` is in no
    group; it counts in the cost and among the inhabitants. The money is that of the municipalities
    of the region; ``money`` (of the last year) and ``in_full_of`` have it for each of them, and for
    each neighbour in a group. ``shares`` are the measures (see `decision.model.groupings`),
    ``place`` is how it ranks, and ``leaving`` who would rather leave (None where neighbours are in
    a group).
    """

    id: str
    name: str | None
    because: str | None
    source: Source | None
    groups: tuple[GroupResult, ...]
    left_out: tuple[str, ...]
    money: Mapping[str, Money]
    in_full_of: Mapping[str, Money]
    investment: float
    ties_kept: tuple[str, ...]
    ties_cut: tuple[str, ...]
    found_for: tuple[str, ...] = ()
    shares: Mapping[str, Ends] = field(default_factory=FrozenDict)
    place: Placed | None = None
    leaving: Leaving | None = None

    @property
    def municipalities(self) -> Mapping[str, float]:
        """Euro in the last year, for each municipality and each neighbour that is in a group."""
        return FrozenDict({name: one.cost for name, one in self.money.items()})

    @property
    def differences(self) -> Mapping[str, float]:
        """Euro in the last year against going on as now, for each of them."""
        return FrozenDict({name: one.difference for name, one in self.money.items()})


class Best(NamedTuple):
    """The best grouping on one measure: its id, its share of the measure and the proven bound.

    ``gap`` is how far it can be from the best, as a share of its own; 0 where it is the best.
    """

    grouping: str
    share: float
    bound: float
    gap: float


class Point(NamedTuple):
    """What a grouping comes to on two measures, and how much less one as good can cost.

    The ``gap`` is a part of its cost, and 0 where no other that is as good costs less.
    """

    shares: Mapping[str, Ends]
    gap: float


class FrontOfTwo(NamedTuple):
    """What no grouping beats on two ``measures``, the cheapest first: all, or some of these."""

    measures: tuple[str, ...]
    complete: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReport(Result):
    """What a search has looked at and found.

    ``groups`` can be made by the ``limits``, and ``groupings`` of these (None where they were not
    made one by one). ``best`` has the best of each measure, and of the ``score``; ``front`` counts
    the groupings that no other beats, equal ones once, of all that can be made (``complete``) or of
    those found. Where it is not complete, ``fronts`` have what was proven of two measures.
    """

    limits: SearchLimits
    method: Method
    groups: int
    groupings: int | None
    best: Mapping[str, Best]
    front: int
    complete: bool
    fronts: tuple[FrontOfTwo, ...]


@dataclass(frozen=True, kw_only=True)
class Groupings(Result):
    """The groupings of a region side by side: those that it declares, and those that were found.

    ``pareto`` are those that no other beats, ``ranking`` all of them by their score; ``drawn``
    tells from which weights was drawn, so many ``samples`` with one ``seed``.
    """

    region: str
    groupings: Mapping[str, GroupingResult]
    pareto: tuple[str, ...]
    ranking: tuple[str, ...]
    drawn: Drawn
    samples: int
    seed: int
    search: SearchReport | None

    def __iter__(self) -> Iterator[GroupingResult]:
        """Every grouping, the declared ones first."""
        return iter(self.groupings.values())

    def __len__(self) -> int:
        """How many groupings there are."""
        return len(self.groupings)
