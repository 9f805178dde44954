"""What no other grouping beats, where not every grouping is made, is what making them all finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.grouping import search as searching
from decision.grouping.declared import Engine
from decision.grouping.fronts import front
from decision.grouping.labels import Labels, TooManyError
from decision.grouping.search import SCORE, Method, Pair, Searched, search
from decision.model.search import SearchLimits
from tests.grouping.test_lean import partitioned
from tests.grouping.test_search import every, nine
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decision.costs.arrays import Floats, Ints
    from decision.load import Case

METHODS: tuple[Method, ...] = ("subsets", "partitioning")


def made(case: Case, method: Method) -> Searched:
    """What is found in a region by a method."""
    return search(case.knowledge, case.region, Engine(case).lean, SearchLimits(), method=method)


def outcomes(searched: Searched, groupings: Ints | Sequence[int], names: Sequence[str]) -> Floats:
    """What groupings come to on some measures, each outcome once and in order."""
    shares = searched.standings.only(names, [*groupings]).shares
    return np.unique(np.round(shares.reshape(len(groupings), -1), 7), axis=0)


def unbeaten(case: Case, every_one: Searched, names: Sequence[str]) -> Ints:
    """The groupings that no other beats on some measures, of all of them."""
    some = every_one.standings.only(names, range(len(every_one.groupings)))
    return front(some, [case.knowledge.grouping_measures[name] for name in names])


def holds(case: Case, every_one: Searched, part: Pair, found: Searched) -> None:
    """What is told of two measures is so among all groupings."""
    if part.complete:
        wanted = outcomes(every_one, unbeaten(case, every_one, part.measures), part.measures)
        told = outcomes(found, part.groupings, part.measures)
        assert told.shape == wanted.shape
        assert told == pytest.approx(wanted, abs=1e-6)
    places = [every_one.standings.measures.index(name) for name in part.measures]
    cost, other = (every_one.standings.shares[:, at] for at in places)
    value = case.knowledge.grouping_measures[part.measures[1]].value
    sign = 1 if value.best < value.worst else -1
    for number, gap in zip(part.groupings, part.gaps, strict=True):
        mine = found.standings.shares[number, places]
        as_good = (sign * other <= sign * mine[1] + 1e-9).all(axis=1)
        assert cost[as_good, 0].min() >= mine[0, 0] * (1 - gap) - 1e-7


@examples(64)
@given(drawn=partitioned())
def test_what_no_other_beats_is_found_without_making_every_grouping(
    drawn: tuple[Case, list[list[str]]],
) -> None:
    """On all measures, with pools, ranges and who answers for itself beside others."""
    case, _ = drawn
    every_one, found = made(case, "enumeration"), made(case, "subsets")
    assert found.complete or (found.batch.priced.own < 0).any() or found.lean.attachable
    if found.complete:
        names = found.standings.measures
        wanted, told = (outcomes(one, one.front, names) for one in (every_one, found))
        assert told.shape == wanted.shape
        assert told == pytest.approx(wanted, abs=1e-6)
        for name, best in every_one.best.items():
            assert found.best[name].share == pytest.approx(best.share)


@examples(64)
@given(drawn=partitioned(), method=st.sampled_from(METHODS))
def test_where_not_all_measures_are_proven_two_are_as_told(
    drawn: tuple[Case, list[list[str]]], method: Method
) -> None:
    """The cost with each other measure, the gap of each point, and the bound on the score."""
    case, _ = drawn
    every_one = made(case, "enumeration")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "ALL_STEPS", 0)
        found = made(case, method)
    assert not found.complete
    for part in found.parts:
        holds(case, every_one, part, found)
    best = every_one.best[SCORE].share
    assert found.best[SCORE].share <= best + 1e-9
    assert found.best[SCORE].bound >= best - 1e-9
    assert found.best[SCORE].share >= found.best[SCORE].bound * (1 - found.best[SCORE].gap) - 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_of_nine_municipalities_the_front_is_that_of_all_21147(method: Method) -> None:
    """Every outcome that no other beats, or of two measures what is told of these."""
    case = nine()
    every_one, found = made(case, "enumeration"), made(case, method)
    assert found.complete == (method == "subsets")
    if found.complete:
        names = found.standings.measures
        wanted, told = (outcomes(one, one.front, names) for one in (every_one, found))
        assert told == pytest.approx(wanted, abs=1e-6)
    for part in found.parts:
        holds(case, every_one, part, found)


@examples(80)
@given(data=st.data(), count=st.integers(1, 5))
def test_labels_keep_every_way_that_no_other_beats(data: st.DataObject, count: int) -> None:
    """Whole numbers, three costs: held against all partitions, for every set of units."""
    groups = [
        tuple(at for at in range(count) if whole >> at & 1)
        for whole in range(1, 1 << count)
        if whole & (whole - 1) == 0 or data.draw(st.booleans())
    ]
    euro = st.integers(-5, 5)
    costs = np.array([[data.draw(euro) for _ in range(3)] for _ in groups], dtype=np.float64)
    rows = np.full((len(groups), count), count)
    for at, group in enumerate(groups):
        rows[at, : len(group)] = group
    peaks = np.zeros(len(groups), dtype=np.int64)
    labels = Labels(rows, count, costs, 10**6, peaks=peaks)
    for units in range(1, 1 << count):
        inside = [at for at in range(count) if units >> at & 1]
        sums = {
            tuple(costs[[groups.index(tuple(sorted(group))) for group in part]].sum(axis=0))
            for part in every(inside)
            if all(tuple(sorted(group)) in groups for group in part)
        }
        wanted = {
            own
            for own in sums
            if not any(
                other != own and all(a <= b for a, b in zip(other, own, strict=True))
                for other in sums
            )
        }
        told = [tuple(costs[[*way]].sum(axis=0)) for way in labels.of(units)]
        assert len(told) == len({*told})
        assert {*told} == wanted
    with pytest.raises(TooManyError):
        Labels(rows, count, costs, 0)


def test_the_front_of_the_drechtsteden_knows_who_answers_for_itself(engine: Engine) -> None:
    """Sliedrecht behind its own number counts with the group beside which it does so."""
    case = engine.case
    assert engine.lean.attachable
    assert engine.lean.towns.pools
    every_one, found = made(case, "enumeration"), made(case, "subsets")
    assert found.complete
    names = found.standings.measures
    wanted, told = (outcomes(one, one.front, names) for one in (every_one, found))
    assert told == pytest.approx(wanted, abs=1e-6)
