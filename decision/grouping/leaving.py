"""Who would gain by leaving a grouping: on their own, or by joining another of its groups.

Some members of a group leave it, and everybody else stays as it is. What they pay is that of a year
in full (see `towns`), each its part of what its group pays by calls. They would leave when that is
less for all of them together; what it means for the group that they join is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np

from decision.costs.arrays import Ints
from decision.grouping.lean import Lean
from decision.grouping.totals import members_pay
from decision.model.frozen import Result

__all__ = ["Leavers", "Leaving", "Parting", "leaving"]

_LISTED = 10  # so many are named; all are counted
_MOST = 4096  # moves to look at, before only those of one or two municipalities are, or of one
_FEW = 2
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Leavers:
    """Municipalities that would leave, what that saves them in all, and each of them (euro a year).

    They go to the group with the members ``to``, or go on by themselves (none); ``receives`` is
    what those members save by it, which is negative where they would pay more.
    """

    members: tuple[str, ...]
    to: tuple[str, ...]
    gain: float
    of_each: tuple[float, ...]
    receives: float


@dataclass(frozen=True, slots=True)
class Leaving(Result):
    """Who would leave a grouping: ``count`` sets, of which the ``first`` gain most.

    Only sets of so many members ``at_once`` were looked at; None for all sets.
    """

    count: int
    first: tuple[Leavers, ...]
    at_once: int | None


@dataclass(frozen=True, slots=True)
class _Move:
    """Members of a group (its place) that leave it for another (None: for one of their own)."""

    origin: int
    members: tuple[int, ...]
    to: int | None


class Parting(NamedTuple):
    """A grouping that somebody could leave.

    ``groups`` are the places of the members of each group, ``numbers`` those of their netnummers;
    who is ``left_out`` is in no group, and so can join one.
    """

    groups: Sequence[Sequence[int]]
    numbers: Sequence[int]
    left_out: Sequence[int]


def leaving(lean: Lean, parting: Parting) -> Leaving:
    """Look at everybody in a region who could leave a grouping."""
    groups, numbers, left_out = parting
    size = lean.towns.size
    at_once = next((one for one in (size, _FEW) if _count(groups, left_out, one) <= _MOST), 1)
    moves = [*_moves(groups, left_out, at_once)]
    start = [*map(tuple, groups), *((one,) for one in left_out)]
    known: dict[tuple[tuple[int, ...], int], int] = {}
    groupings = _groupings(known, start, numbers, moves)
    width = max(len(members) for members, _ in known)
    members = np.full((len(known), width), size, dtype=np.int64)
    for at, (group, _) in enumerate(known):
        members[at, : len(group)] = group
    asked = np.array([number for _, number in known], dtype=np.int64)
    batch = lean.batch(members, np.where(asked >= 0, asked, lean.fitting(members)))
    apart = [known[(one,), -1] for one in left_out if ((one,), -1) in known]
    pays = members_pay(lean, batch, groupings, apart)
    saves = pays[0] - pays[1:]
    found = [
        (float(saves[at, [*move.members]].sum()), at, move)
        for at, move in enumerate(moves)
        if saves[at, [*move.members]].sum() > _CENT
    ]
    found.sort(key=lambda one: (-one[0], len(one[2].members), one[1]))
    names = lean.towns.names
    return Leaving(
        count=len(found),
        first=tuple(
            Leavers(
                members=tuple(names[one] for one in move.members),
                to=() if move.to is None else tuple(names[one] for one in start[move.to]),
                gain=gain,
                of_each=tuple(float(saves[at, one]) for one in move.members),
                receives=0.0 if move.to is None else float(saves[at, [*start[move.to]]].sum()),
            )
            for gain, at, move in found[:_LISTED]
        ),
        at_once=None if at_once == size else at_once,
    )


def _count(groups: Sequence[Sequence[int]], left_out: Sequence[int], most: int) -> int:
    """About how many moves there are of so many members at the most."""
    sets = sum(comb(len(one), many) for one in groups for many in range(1, min(len(one), most) + 1))
    return (sets + len(left_out)) * (len(groups) + len(left_out))


def _moves(groups: Sequence[Sequence[int]], left_out: Sequence[int], most: int) -> Iterator[_Move]:
    """Who can leave which group, for which other."""
    origins = [*map(tuple, groups), *((one,) for one in left_out)]
    for origin, group in enumerate(origins):
        some = chain.from_iterable(
            combinations(group, count) for count in range(1, min(len(group), most) + 1)
        )
        for members in some:
            if len(members) < len(group):
                yield _Move(origin, members, None)
            for to in range(len(origins)):
                if to != origin and (to < len(groups) or to > origin):
                    yield _Move(origin, members, to)


def _groupings(
    known: dict[tuple[tuple[int, ...], int], int],
    start: Sequence[tuple[int, ...]],
    numbers: Sequence[int],
    moves: Sequence[_Move],
) -> Ints:
    """The grouping as it is and after each move, as numbers of groups that become ``known``.

    A group that changes has the netnummer that fits it best (-1), as has who is in none.
    """

    def group(members: Sequence[int], netnummer: int = -1) -> int:
        return known.setdefault((tuple(sorted(members)), netnummer), len(known))

    own = [*numbers, *[-1] * (len(start) - len(numbers))]
    rows = np.full((1 + len(moves), 1 + len(start)), -1, dtype=np.int64)
    rows[:, :-1] = [group(members, one) for members, one in zip(start, own, strict=True)]
    for row, move in zip(rows[1:], moves, strict=True):
        rest = [one for one in start[move.origin] if one not in move.members]
        row[move.origin] = group(rest) if rest else -1
        at = -1 if move.to is None else move.to
        row[at] = group(move.members if move.to is None else (*start[move.to], *move.members))
    rows[rows < 0] = len(known)
    return rows
