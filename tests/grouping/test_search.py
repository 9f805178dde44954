"""A search finds what looking at every partition finds, and shows what the engine says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.grouping.covering import Asked, Covering, Limit
from decision.grouping.declared import Engine
from decision.grouping.fronts import unbeaten
from decision.grouping.limits import SearchError, kilometres
from decision.grouping.partitions import partitions
from decision.grouping.search import SCORE, Method, Searched, search
from decision.grouping.subsets import cheapest_partitions
from decision.load import Case
from decision.model.facts import Figure
from decision.model.search import SearchLimits
from tests.regions import base, case_of, changed, regions
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from decision.costs.arrays import Floats
    from decision.grouping.result import Groupings

Partition = tuple[tuple[int, ...], ...]


def every(units: Sequence[int]) -> Iterator[Partition]:
    """All partitions, by hand: the first unit with any of the groups of the others, or alone."""
    if not units:
        yield ()
        return
    first, *others = units
    for part in every(others):
        yield ((first,), *part)
        for at, group in enumerate(part):
            yield (*part[:at], (first, *group), *part[at + 1 :])


def made_of(searched: Searched) -> list[Partition]:
    """The partitions of a search, as places of municipalities."""
    names = searched.lean.towns.names
    return [
        tuple(sorted(tuple(sorted(map(names.index, of))) for _, of in searched.groups_of(number)))
        for number in range(len(searched.groupings))
    ]


def nine() -> Case:
    """A region of nine municipalities of the Drechtsteden and their like."""
    towns = [*base().region.municipalities.items()]
    more = {
        f"{name}-{at}": one.model_copy(
            update={"inhabitants": Figure(value=base().region.sizes[name] * (1 + at / 7))}
        )
        for at, (name, one) in enumerate(towns[:3])
    }
    basis = base().region.costs.model_copy(
        update={"second_line": "own", "sites": "own", "inhabitants_counted": None}
    )
    case = changed(base(), dict(towns) | more)
    return case_of(case.region.model_copy(update={"costs": basis}))


@pytest.fixture(scope="module")
def of_nine() -> tuple[Case, Searched]:
    """What a search finds in a region of nine."""
    case = nine()
    return case, search(case.knowledge, case.region, Engine(case).lean, SearchLimits())


@examples(16)
@given(case=regions(most=5), data=st.data())
def test_a_search_looks_at_every_partition_within_the_limits(
    case: Case, data: st.DataObject
) -> None:
    """Made by hand and held against every limit, there are the same, and none is better."""
    names = [*case.region.municipalities]
    pair = st.permutations(names).map(lambda some: tuple(some[:2]))
    both = data.draw(st.sampled_from(["together", "apart"])) if len(names) > 1 else ""
    some = (data.draw(pair),) if both else ()
    limits = SearchLimits.model_construct(
        smallest=data.draw(st.sampled_from([None, 2, 3])),
        largest=data.draw(st.sampled_from([None, 3, 4])),
        together=some if both == "together" else (),
        apart=some if both == "apart" else (),
    )
    searched = search(case.knowledge, case.region, Engine(case).lean, limits)
    wanted = {
        tuple(sorted(part))
        for part in every(range(len(names)))
        if all(_allowed(group, names, limits) for group in part)
    }
    assert searched.complete
    assert searched.made == len(wanted)
    assert {*made_of(searched)} == wanted
    for at, name in enumerate(case.knowledge.grouping_measures):
        measure = case.knowledge.grouping_measures[name]
        shares = searched.standings.shares[:, at, 0]
        best = shares.max() if measure.value.best > measure.value.worst else shares.min()
        assert searched.best[name].share == pytest.approx(best)
        assert searched.best[name].gap == 0
    assert searched.best[SCORE].share == pytest.approx(searched.standings.scores.mean(axis=1).max())


def _allowed(group: tuple[int, ...], names: list[str], limits: SearchLimits) -> bool:
    """Whether a group of a partition keeps to the limits."""
    inside = {names[place] for place in group}
    for some in limits.together:
        if inside & {*some} and not inside >= {*some}:
            return False
    if any(len(inside & {*some}) > 1 for some in limits.apart):
        return False
    if any(inside == {*some} for some in limits.together) or len(group) == 1:
        return True
    return (limits.smallest or 1) <= len(group) <= (limits.largest or len(names))


def test_nine_municipalities_have_21147_partitions_of_which_the_cheapest_is_found(
    of_nine: tuple[Case, Searched],
) -> None:
    """Bell's number of nine; adding up the groups of each by hand finds the same cheapest."""
    _, searched = of_nine
    assert searched.made == 21_147
    batch, towns = searched.batch, searched.lean.towns
    assert not towns.pools
    cost = {
        tuple(at for at in row if at < towns.size): euro
        for row, euro in zip(batch.members.tolist(), batch.priced.cost.tolist(), strict=True)
    }
    able = searched.lean.attachable
    alone = {
        (place,): min(cost[place,], float(towns.own[place, form])) for place, form in able.items()
    }
    least = min(sum(cost[group] for group in part) for part in every(range(9)))
    bound = min(sum((cost | alone)[group] for group in part) for part in every(range(9)))
    best = searched.found.cost.min()
    assert bound - 0.01 <= best <= least + 0.01


def test_with_more_units_the_best_on_every_measure_is_the_same(
    of_nine: tuple[Case, Searched],
) -> None:
    """Over all subsets, and by set partitioning: what is best, and never a bound beyond it."""
    case, searched = of_nine
    methods: tuple[Method, ...] = ("subsets", "partitioning")
    for method in methods:
        other = search(case.knowledge, case.region, searched.lean, SearchLimits(), method=method)
        for name, one in searched.best.items():
            if name != SCORE:
                measure = case.knowledge.grouping_measures[name]
                sign = 1 if measure.value.best < measure.value.worst else -1
                assert sign * other.best[name].bound <= sign * one.share + 1e-9
                assert other.best[name].gap or other.best[name].share == pytest.approx(one.share)
            else:
                assert other.best[name].share <= one.share + 1e-9


@st.composite
def priced(draw: st.DrawFn) -> tuple[int, list[tuple[int, ...]], Floats]:
    """Groups of a few units, those of one unit among them, with what they cost in two ways."""
    count = draw(st.integers(1, 6))
    groups = [
        tuple(at for at in range(count) if whole >> at & 1)
        for whole in range(1, 1 << count)
        if whole & (whole - 1) == 0 or draw(st.booleans())
    ]
    euro = st.integers(-20, 20)
    return count, groups, np.array([[draw(euro), draw(euro)] for _ in groups], dtype=np.float64)


@examples(80)
@given(drawn=priced())
def test_subsets_and_set_partitioning_are_as_cheap_as_the_cheapest_partition(
    drawn: tuple[int, list[tuple[int, ...]], Floats],
) -> None:
    """Looking at all partitions by hand gives the same least cost by every objective."""
    count, groups, costs = drawn
    rows = np.full((len(groups), count), count)
    for at, group in enumerate(groups):
        rows[at, : len(group)] = group
    by_hand = [
        part for part in every(range(count)) if all(tuple(sorted(g)) in groups for g in part)
    ]
    found = cheapest_partitions(rows, count, costs)
    chosen = found.chosen
    made = partitions(rows, count)
    assert len(made) == len(by_hand)
    for objective in range(2):
        cost = {group: costs[at, objective] for at, group in enumerate(groups)}
        least = min(sum(cost[tuple(sorted(group))] for group in part) for part in by_hand)
        assert sum(costs[[*chosen[objective]], objective]) == pytest.approx(least)
        assert found.least[-1, objective] == pytest.approx(least)
        assert sorted(unit for at in chosen[objective] for unit in groups[at]) == [*range(count)]
        cover = Covering(rows, count).best(Asked(costs[:, objective]))
        assert cover.cost == pytest.approx(least)
        assert cover.bound == pytest.approx(least)
        assert sorted(unit for at in cover.groups for unit in groups[at]) == [*range(count)]
    one, other = ({group: costs[at, of] for at, group in enumerate(groups)} for of in (0, 1))
    sums = [
        tuple(sum(of[tuple(sorted(group))] for group in part) for of in (one, other))
        for part in by_hand
    ]
    most = float(np.median([second for _, second in sums]))
    limit = Limit(costs[:, 1], most, chosen[1])
    cover = Covering(rows, count).best(Asked(costs[:, 0], limit))
    least = min(first for first, second in sums if second <= most)
    assert cover.cost == pytest.approx(least)
    assert cover.bound == pytest.approx(least)
    assert sum(costs[[*cover.groups], 1]) <= most + 1e-6


@examples(100)
@given(rows=st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=12))
def test_who_is_beaten_is_never_in_the_front(rows: list[list[int]]) -> None:
    """Held against each other one by one: in the front is who no other beats, and nobody else."""
    counts = np.array(rows, dtype=np.float64)
    beaten = [
        any((other >= own).all() and (other > own).any() for other in counts) for own in counts
    ]
    assert unbeaten(counts).tolist() == [at for at, lost in enumerate(beaten) if not lost]


def test_what_is_shown_is_what_was_found(found: Groupings) -> None:
    """The engine gives the best groupings the shares that the search gave them."""
    assert found.search is not None
    assert found.search.groupings == 203
    for measure, best in found.search.best.items():
        shown = found.groupings[best.grouping]
        assert measure in shown.found_for
        if measure == SCORE:
            assert shown.place is not None
            assert shown.place.score == pytest.approx(best.share)
        else:
            assert shown.shares[measure].low == pytest.approx(best.share)


def test_a_grouping_of_the_front_is_beaten_by_none_that_was_found(found: Groupings) -> None:
    """At least as good on every measure and better on one: no such grouping stands beside it."""
    measures = base().knowledge.grouping_measures
    better = [1 if one.value.best > one.value.worst else -1 for one in measures.values()]
    counts = {
        name: [
            sign * end
            for sign, ends in zip(better, one.shares.values(), strict=True)
            for end in ends
        ]
        for name, one in found.groupings.items()
    }
    for name in found.pareto:
        for other in counts.values():
            ahead = [b - a for a, b in zip(counts[name], other, strict=True)]
            assert min(ahead) < -1e-12 or max(ahead) < 1e-7


def test_together_no_grouping_is_cheaper_than_the_cheapest(found: Groupings) -> None:
    """The declared groupings without neighbours are among those that were looked at."""
    assert found.search is not None
    name = next(
        n for n, m in base().knowledge.grouping_measures.items() if m.measure == "yearly_cost"
    )
    least = found.search.best[name].share * found.groupings["ieder-voor-zich"].in_full.baseline
    assert all(one.in_full.cost >= least - 0.01 for one in found)


def test_only_who_is_near_is_put_together() -> None:
    """No two of a group lie further apart than the limit, over the surface of the earth."""
    case = base()
    names = [*case.region.municipalities]
    apart = kilometres(case.region, names)
    assert apart[names.index("alblasserdam"), names.index("papendrecht")] == pytest.approx(
        4.2, abs=1.5
    )
    limits = SearchLimits(distance=5.0)
    searched = search(case.knowledge, case.region, Engine(case).lean, limits)
    for part in made_of(searched):
        assert all(apart[one, other] <= 5.0 for group in part for one in group for other in group)


def test_only_the_willing_are_put_together() -> None:
    """Whoever does not surely take part in any form of cooperation stays alone."""
    case = base()
    searched = search(case.knowledge, case.region, Engine(case).lean, SearchLimits(willing=True))
    assert searched.made is not None
    assert 1 < searched.made <= 203


def test_a_limit_that_nothing_can_keep_to_is_told() -> None:
    """Without a place there is no distance, and nobody is both together and apart."""
    case = base()
    towns = {
        name: one.model_copy(update={"place": None})
        for name, one in case.region.municipalities.items()
    }
    lean, pair = Engine(case).lean, (("dordrecht", "sliedrecht"),)
    for limits, region, code, members in (
        (SearchLimits(distance=9.0), changed(case, towns).region, "no_place", tuple(towns)),
        (SearchLimits(together=pair, apart=pair), case.region, "together_and_apart", pair[0]),
    ):
        with pytest.raises(SearchError) as raised:
            search(case.knowledge, region, lean, limits)
        assert (raised.value.code, raised.value.members) == (code, members)
