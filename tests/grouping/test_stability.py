"""Who would rather leave, by hand: everybody who could go anywhere, one grouping after another.

Written from what is asked and from nothing of how it is worked out: of every group (and of who is
in none) every set of members could go on by itself or join any other; everybody else stays, groups
that change have the number that fits them, and who pays less in a year in full would rather go.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.grouping.declared import Engine
from decision.grouping.leaving import Leaving, Parting, leaving
from decision.grouping.totals import members_pay
from decision.grouping.towns import lived_in
from decision.model.region import Grouping, GroupOf
from tests.grouping.test_lean import partitioned
from tests.regions import base
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from decision.load import Case
    from decision.model.region import Region

Groups = tuple[tuple[str, ...], ...]
Pays = dict[str, float]


class Divided(NamedTuple):
    """Groups with their numbers, and who is in none."""

    groups: Groups
    numbers: tuple[str, ...]
    left_out: tuple[str, ...]


class Gain(NamedTuple):
    """Who would go, to whom, and what that saves them, each of them, and those they join."""

    members: tuple[str, ...]
    to: tuple[str, ...]
    gain: float
    of_each: tuple[float, ...]
    receives: float


def fitting(region: Region, members: tuple[str, ...]) -> str:
    """The netnummer in which most of the members surely live; then as it is documented."""
    everyone = {**region.municipalities, **region.neighbours}
    inside = [region.municipalities[name] for name in members]
    sizes = [region.sizes[name] for name in members]
    numbers = {number for one in inside for number in one.coverage if lived_in(one, number)[1] > 0}

    def fits(number: str) -> tuple[float, float, int, bool]:
        low, high = (
            sum(size * lived_in(one, number)[end] for size, one in zip(sizes, inside, strict=True))
            for end in (0, 1)
        )
        others = sum(
            lived_in(one, number)[1] > 0 for name, one in everyone.items() if name not in members
        )
        return round(low, 6), round(high, 6), -others, number == region.number

    return max(sorted(numbers), key=fits)


def moves(start: Divided) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Groups]]:
    """Who goes, to whom (nobody: by themselves), and the groups that there are then."""
    origins: Groups = (*start.groups, *((name,) for name in start.left_out))
    for origin in origins:
        for many in range(1, len(origin) + 1):
            for some in combinations(origin, many):
                rest = tuple(name for name in origin if name not in some)
                others = tuple(group for group in start.groups if group != origin)
                stay = (rest,) if rest else ()
                if rest:
                    yield some, (), (*others, *stay, some)
                for to in origins:
                    both_alone = origin not in start.groups and to not in start.groups
                    if to == origin or (both_alone and origins.index(to) < origins.index(origin)):
                        continue  # two who are in no group go together once
                    kept = tuple(group for group in others if group != to)
                    yield some, to, (*kept, *stay, (*some, *to))


def by_hand(region: Region, start: Divided, pays: Callable[[Divided], Pays]) -> list[Gain]:
    """Everybody who would rather go, who gains most first."""
    named = {frozenset(g): n for g, n in zip(start.groups, start.numbers, strict=True)}
    before, found = pays(start), []
    for some, to, groups in moves(start):
        inside = {name for group in groups for name in group}
        numbers = tuple(named.get(frozenset(g)) or fitting(region, g) for g in groups)
        left_out = tuple(name for name in start.left_out if name not in inside)
        after = pays(Divided(groups, numbers, left_out))
        each = tuple(before[name] - after[name] for name in some)
        receives = sum(before[name] - after[name] for name in to)
        found.append(Gain(some, to, sum(each), each, receives))
    return sorted(found, key=lambda one: -one.gain)


def same(told: Leaving, wanted: list[Gain]) -> None:
    """What is told is what was found by hand, but for who gains hardly anything."""
    sure, perhaps = (sum(one.gain > least for one in wanted) for least in (0.02, 0.001))
    assert sure <= told.count <= perhaps
    gains = [one.gain for one in wanted[: len(told.first)]]
    assert [one.gain for one in told.first] == pytest.approx(gains, abs=0.02)
    by_who = {(frozenset(one.members), frozenset(one.to)): one for one in wanted}
    for one in told.first:
        other = by_who[frozenset(one.members), frozenset(one.to)]
        assert one.gain == pytest.approx(other.gain, abs=0.02)
        assert one.receives == pytest.approx(other.receives, abs=0.02)
        each = dict(zip(other.members, other.of_each, strict=True))
        assert dict(zip(one.members, one.of_each, strict=True)) == pytest.approx(each, abs=0.02)


def told(engine: Engine, start: Divided) -> Leaving:
    """What the program says of a grouping."""
    towns = engine.lean.towns
    place = {name: at for at, name in enumerate(towns.names)}
    return leaving(
        engine.lean,
        Parting(
            [sorted(place[name] for name in group) for group in start.groups],
            [towns.coverage.numbers.index(number) for number in start.numbers],
            [place[name] for name in start.left_out],
        ),
    )


def by_engine(engine: Engine) -> Callable[[Divided], Pays]:
    """What everybody pays in full, by the whole engine."""

    def pays(of: Divided) -> Pays:
        groups = tuple(
            GroupOf(number=number, members=members)
            for members, number in zip(of.groups, of.numbers, strict=True)
        )
        result = engine.result("zo", Grouping(name="zo", groups=groups))
        return {name: one.cost for name, one in result.in_full_of.items()}

    return pays


def by_tables(engine: Engine) -> Callable[[Divided], Pays]:
    """The same by the tables of the region, one grouping at a time."""
    lean, towns = engine.lean, engine.lean.towns

    def pays(of: Divided) -> Pays:
        groups = [*of.groups, *((name,) for name in of.left_out)]
        rows = np.full((len(groups), towns.size), towns.size)
        for at, group in enumerate(groups):
            rows[at, : len(group)] = sorted(towns.names.index(name) for name in group)
        numbers = [towns.coverage.numbers.index(number) for number in of.numbers]
        fits = lean.batch(rows).number
        batch = lean.batch(rows, np.array([*numbers, *fits[len(numbers) :]], dtype=np.int64))
        apart = range(len(of.groups), len(groups))
        euro = members_pay(lean, batch, np.arange(len(groups))[np.newaxis], apart)[0]
        return dict(zip(towns.names, euro.tolist(), strict=True))

    return pays


def divided(draw: st.DrawFn, case: Case, parts: list[list[str]]) -> Divided:
    """A partition of a region, of which the first group is perhaps no group at all."""
    out = tuple(parts[0]) if len(parts) > 1 and draw(st.booleans()) else ()
    groups = tuple(tuple(part) for part in parts[bool(out) :])
    return Divided(groups, tuple(fitting(case.region, group) for group in groups), out)


@st.composite
def parted(draw: st.DrawFn) -> tuple[Case, Divided]:
    """A made-up region, and a partition of it."""
    case, parts = draw(partitioned())
    return case, divided(draw, case, parts)


@examples(24)
@given(drawn=parted())
def test_nobody_who_gains_is_forgotten_in_a_made_up_region(drawn: tuple[Case, Divided]) -> None:
    """Every set of every group and every group it could join, each priced by itself."""
    case, start = drawn
    engine = Engine(case)
    same(told(engine, start), by_hand(case.region, start, by_tables(engine)))


@examples(8)
@given(drawn=parted())
def test_the_whole_engine_says_who_would_rather_leave(drawn: tuple[Case, Divided]) -> None:
    """The same through the whole engine, in which every group is a region of its own."""
    case, start = drawn
    engine = Engine(case)
    same(told(engine, start), by_hand(case.region, start, by_engine(engine)))


@pytest.mark.parametrize(
    ("name", "by"), [("sliedrecht-apart", by_tables), ("de-drie-die-nu-willen", by_engine)]
)
def test_in_the_drechtsteden_the_same_would_leave(
    engine: Engine, name: str, by: Callable[[Engine], Callable[[Divided], Pays]]
) -> None:
    """With Sliedrecht beside the others by the tables, and with three in no group by the engine."""
    grouping = base().region.groupings[name]
    groups = tuple(group.members for group in grouping.groups)
    inside = {name for group in groups for name in group}
    left_out = tuple(name for name in base().region.municipalities if name not in inside)
    start = Divided(groups, tuple(group.number for group in grouping.groups), left_out)
    same(told(engine, start), by_hand(base().region, start, by(engine)))
