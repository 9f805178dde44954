"""What groupings come to, from what their groups come to: sums, and what groups pay together.

A grouping is a row of numbers of groups in a `Batch`, padded with their count. Who answers for
itself beside others in the plan of all together does so behind its own number too, as long as a
group comes to a form that builds on it: it then shares what that group buys (see `declared`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from decision.costs.arrays import Flags, Floats, Ints
from decision.grouping.lean import Batch, Lean, Priced
from decision.grouping.towns import AS_NOW

__all__ = ["Totals", "as_chosen", "as_now", "hosted", "members_pay", "totals"]


Kinds = TypeVar("Kinds", bound=np.generic)

Kind: TypeAlias = tuple[int, tuple[tuple[int, int], ...]]
"""A group, and the groups of one that answer for themselves beside it, with their form."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What each grouping comes to, as a whole: see `Batch` for what these are.

    ``cost`` and ``baseline`` are euro in full, of the plans and of going on as now.
    """

    cost: Floats
    baseline: float
    investment: Floats
    on_own: Floats
    told: Ints
    redirected: Ints
    ties: Ints
    worth: Floats

    def __len__(self) -> int:
        """How many groupings there are."""
        return len(self.cost)


def totals(lean: Lean, batch: Batch, groupings: Ints) -> Totals:
    """Add up groupings of groups."""
    summed = _Summed(groupings)
    cost, adds = summed.of(batch.priced.cost), summed.of(batch.priced.adds)
    investment, worth = summed.of(batch.priced.investment), summed.of(batch.worth)
    for number, changes in _beside_others(lean, batch, groupings):
        cost[number] += changes.cost
        adds[number] += changes.adds
        investment[number] += changes.investment
        worth[number] += changes.worth
    for at, pool in enumerate(lean.towns.pools):
        cost += pool.euro(np.maximum(adds[:, at], 0.0))
    cost += lean.towns.projects.sum()
    saving: Flags = np.array((batch.priced.own < 0).any(axis=1))
    some = np.flatnonzero(summed.of(saving))
    if some.size:
        cost[some] = members_pay(lean, batch, groupings[some]).sum(axis=1)
    return Totals(
        cost=cost,
        baseline=float(as_now(lean).sum()),
        investment=investment,
        on_own=summed.of(batch.on_own),
        told=summed.of(batch.told),
        redirected=summed.of(batch.redirected),
        ties=summed.of(batch.ties),
        worth=worth,
    )


def as_now(lean: Lean) -> Floats:
    """What each municipality pays in full when everybody goes on as now."""
    return _staying(lean, lean.towns.own_now - lean.towns.steered_now)


def as_chosen(lean: Lean) -> Floats:
    """The same, with what the region chose beside a form."""
    return _staying(lean, lean.towns.own_now) + lean.towns.projects[:-1]


def _staying(lean: Lean, own: Floats) -> Floats:
    pools = [pool.now for pool in lean.towns.pools]
    adds = np.stack(pools, axis=-1) if pools else np.zeros((own.size, 0))
    centre = lean.towns.now[np.newaxis]
    pays: Floats = _settled(lean, own[np.newaxis], adds[np.newaxis], centre)[0]
    return pays


def _settled(lean: Lean, own: Floats, adds: Floats, centre: Ints) -> Floats:
    """What everybody pays with its part of the pools, where no centre costs less than nothing.

    Each has a row for every grouping and a column for every municipality, and none.
    """
    euro = own.copy()
    for at, pool in enumerate(lean.towns.pools):
        whole = adds[..., at].sum(axis=1, keepdims=True)
        share = np.divide(adds[..., at], whole, out=np.zeros(own.shape), where=whole > 0)
        euro += share * pool.euro(whole[:, 0])[:, np.newaxis]
    euro = euro[:, :-1]
    some = np.flatnonzero((euro < 0).any(axis=1))
    if some.size:
        euro[some] = _not_below_nothing(euro[some], centre[some])
    return euro


def _not_below_nothing(euro: Floats, centre: Ints) -> Floats:
    """As `decision.sharing.ledger` says it: other channels save no more than a form costs."""
    found = np.zeros(euro.shape)
    for column in range(euro.shape[1]):
        inside = centre[:, :-1] == centre[:, [column]]
        left = np.maximum((euro * inside).sum(axis=1), 0.0)
        whole = (np.maximum(euro, 0.0) * inside).sum(axis=1)
        part = np.divide(left, whole, out=np.zeros(whole.shape), where=whole > 0)
        found[:, column] = np.maximum(euro[:, column], 0.0) * part
    return found


@dataclass(frozen=True, slots=True)
class _Summed:
    """The sum over the groups of every grouping."""

    groupings: Ints

    def of(self, values: NDArray[Kinds]) -> NDArray[Kinds]:
        padded = np.concatenate([values, np.zeros((1, *values.shape[1:]), dtype=values.dtype)])
        total: Any = np.zeros((len(self.groupings), *values.shape[1:]), dtype=values.dtype)
        for column in self.groupings.T:
            total += padded[column]
        summed: NDArray[Kinds] = total
        return summed


@dataclass(frozen=True, slots=True)
class _Change:
    """What changes in the sums of a grouping."""

    cost: float
    adds: Floats
    investment: float
    worth: Floats


def _beside_others(lean: Lean, batch: Batch, groupings: Ints) -> Sequence[tuple[int, _Change]]:
    """The groupings in which somebody answers for itself beside a group, with what that changes."""
    asking = hosted(lean, batch, groupings)
    joined = _Joined.of(lean, batch, [kind for _, kinds in asking for kind in kinds])
    changes = {kind: joined.change(batch, kind) for kind in joined.place}
    return [(number, changes[kind]) for number, kinds in asking for kind in kinds]


@dataclass(frozen=True, slots=True)
class _Joined:
    """Groups with those that answer for themselves beside them, each at its ``place``."""

    place: Mapping[Kind, int]
    members: Ints
    priced: Priced
    worth: Floats

    @classmethod
    def of(cls, lean: Lean, batch: Batch, kinds: Iterable[Kind]) -> _Joined:
        place = {kind: at for at, kind in enumerate(dict.fromkeys(kinds))}
        lists = [_joined(lean, batch, kind) for kind in place]
        width = max((len(members) for members, _ in lists), default=1)
        members = np.full((len(lists), width), lean.towns.size, dtype=np.int64)
        forms = np.full(members.shape, AS_NOW, dtype=np.int64)
        for at, (own, to) in enumerate(lists):
            members[at, : len(own)], forms[at, : len(own)] = own, to
        return cls(place, members, lean.price(members, forms), lean.worth_of(members, forms))

    def change(self, batch: Batch, kind: Kind) -> _Change:
        """What changes against all of these by themselves."""
        at, old = self.place[kind], [kind[0], *(alone for alone, _ in kind[1])]
        return _Change(
            cost=float(self.priced.cost[at] - batch.priced.cost[old].sum()),
            adds=self.priced.adds[at] - batch.priced.adds[old].sum(axis=0),
            investment=float(self.priced.investment[at] - batch.priced.investment[old].sum()),
            worth=self.worth[at] - batch.worth[old].sum(axis=0),
        )


def hosted(
    lean: Lean, batch: Batch, groupings: Ints, apart: Collection[int] = ()
) -> list[tuple[int, tuple[Kind, ...]]]:
    """Of each grouping who answers for itself beside which group, where somebody does."""
    able = lean.attachable
    if not able:
        return []
    alone = np.where(batch.size == 1, batch.members[:, 0], -1)
    lone = np.isin(alone, [*able])
    lone[[*apart]] = False
    padded = np.append(lone, [False])
    people = np.append(lean.towns.people, 0.0)[batch.members].sum(axis=1)
    found = []
    for number in np.flatnonzero(padded[groupings].any(axis=1)).tolist():
        groups = [one for one in groupings[number].tolist() if one < len(batch)]
        sizes = [(int(batch.best[one]), float(people[one])) for one in groups]
        guests: dict[int, list[tuple[int, int]]] = {}
        for one in groups:
            if lone[one]:
                form = able[int(alone[one])]
                host = lean.host(sizes, form)
                if host is not None:
                    guests.setdefault(groups[host], []).append((one, form))
        if guests:
            found.append((number, tuple((h, tuple(sorted(g))) for h, g in guests.items())))
    return found


def _joined(lean: Lean, batch: Batch, kind: Kind) -> tuple[list[int], list[int]]:
    """The members of a group with those that answer for themselves beside it, and their forms."""
    host, guests = kind
    there = batch.members[host] < lean.towns.size
    members, forms = batch.members[host][there].tolist(), batch.forms[host][there].tolist()
    for alone, form in guests:
        members.append(int(batch.members[alone, 0]))
        forms.append(form)
    return members, forms


def members_pay(lean: Lean, batch: Batch, groupings: Ints, apart: Collection[int] = ()) -> Floats:
    """What each municipality pays in full, in each of some groupings of everybody.

    Groups that stay ``apart`` answer for themselves beside nobody.
    """
    towns, count = lean.towns, len(groupings)
    own = np.zeros((count, towns.size + 1))
    adds = np.zeros((*own.shape, len(towns.pools)))
    centre = np.full(own.shape, -1)
    every = np.arange(count)[:, np.newaxis]
    none = np.full((1, batch.members.shape[1]), towns.size)
    members = np.concatenate([batch.members, none])
    for column in groupings.T:
        there = column < len(batch)
        places, rows = members[column[there]], column[there]
        own[every[there], places] = batch.priced.own[rows]
        adds[every[there], places] = batch.priced.adds_of[rows]
        centre[every[there], places] = _centres(lean, batch.priced.centre[rows], rows)
    asking = hosted(lean, batch, groupings, apart)
    joined = _Joined.of(lean, batch, [kind for _, kinds in asking for kind in kinds])
    for number, kinds in asking:
        for kind in kinds:
            at = joined.place[kind]
            inside = joined.members[at]
            own[number, inside] = joined.priced.own[at]
            adds[number, inside] = joined.priced.adds_of[at]
            mine = joined.priced.centre[[at]]
            centre[number, inside] = _centres(lean, mine, np.array([kind[0]]))[0]
    own[:, -1], adds[:, -1] = 0.0, 0.0
    return _settled(lean, own, adds, centre) + towns.projects[:-1]


def _centres(lean: Lean, centre: Ints, rows: Ints) -> Ints:
    """A number for everybody with whom one is on a form: with its group, or with all as now."""
    forms = len(lean.towns.forms)
    return np.where(centre < forms, centre + (rows[:, np.newaxis] + 1) * 2 * forms, centre)
