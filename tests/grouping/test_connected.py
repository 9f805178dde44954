"""Groups that hang together: by borders in common, or by no more than so many kilometres."""

from __future__ import annotations

import sys
from itertools import chain, combinations
from math import inf
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.grouping import borders as of_borders
from decision.grouping.borders import touching
from decision.grouping.limits import SearchError, candidates, kilometres
from decision.grouping.search import SCORE, Searched, search
from decision.model.borders import Borders
from decision.model.installed import MissingExtraError
from decision.model.region import Place
from decision.model.search import SearchLimits
from tests.command_line import DONE, FAULT, SMALL
from tests.grouping.test_search import every, made_of, nine
from tests.maps import beside, feature, geojson, on_grid, square
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from decision.load import Case
    from tests.command_line import Run
    from tests.maps import Cell

CASE = nine()
NAMES = [*CASE.region.municipalities]
CELLS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=9, max_size=9, unique=True
)


def graph_of(links: Iterable[tuple[str, str]]) -> nx.Graph[str]:
    """Everybody, with these links."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from(links)
    return graph


def connected(graph: nx.Graph[str], group: Iterable[str]) -> bool:
    """Whether a group hangs together, as networkx says it."""
    return bool(nx.is_connected(graph.subgraph(group)))


def placed(cells: list[Cell]) -> Case:
    """The nine municipalities, each in the middle of its cell."""
    towns = {
        name: one.model_copy(
            update={"place": Place(latitude=51.8 + 0.1 * cell[1], longitude=4.5 + 0.1 * cell[0])}
        )
        for (name, one), cell in zip(CASE.region.municipalities.items(), cells, strict=True)
    }
    region = CASE.region.model_copy(update={"municipalities": towns})
    return type(CASE)(CASE.knowledge, region)


@examples(60)
@given(cells=CELLS, data=st.data())
def test_every_group_that_hangs_together_is_made_and_no_other(
    cells: list[Cell], data: st.DataObject
) -> None:
    """Of all 511 groups of nine, those that networkx finds connected and that keep the limits."""
    case, at = placed(cells), dict(zip(NAMES, cells, strict=True))
    by_border = data.draw(st.booleans())
    far, near = 13.0, data.draw(st.sampled_from([8.0, 12.0, 20.0]))
    apart = kilometres(case.region, NAMES)
    pairs = [*combinations(range(9), 2)]
    graph = graph_of(
        (NAMES[one], NAMES[other])
        for one, other in pairs
        if (beside(cells[one], cells[other]) if by_border else apart[one, other] <= near)
    )
    pair = (tuple(data.draw(st.permutations(NAMES))[:2]),) if data.draw(st.booleans()) else ()
    limits = SearchLimits.model_construct(
        connected="border" if by_border else near,
        largest=data.draw(st.sampled_from([None, 2, 4])),
        distance=data.draw(st.sampled_from([None, far])),
        together=pair,
    )
    made = candidates(case.region, limits, [True] * 9, on_grid(at))
    found = [frozenset(NAMES[one] for one in row if one < 9) for row in made.rows.tolist()]
    units = [{*pair[0]}] if pair else []
    units += [{name} for name in NAMES if not units or name not in units[0]]
    wanted = {
        frozenset(chain(*some))
        for count in range(1, len(units) + 1)
        for some in combinations(units, count)
    }
    kept = {
        group
        for group in wanted
        if group in map(frozenset, units)
        or (
            connected(graph, group)
            and len(group) <= (limits.largest or 9)
            and all(
                apart[NAMES.index(one), NAMES.index(other)] <= (limits.distance or inf)
                for one, other in combinations(group, 2)
                if {one, other} not in units
            )
        )
    }
    assert len(found) == len({*found})
    assert {*found} == kept


@examples(20)
@given(cells=CELLS)
def test_a_border_in_common_is_one_of_some_length(cells: list[Cell]) -> None:
    """Squares of a grid touch by a side, and not by a corner; nobody borders on itself."""
    at = dict(zip(NAMES, cells, strict=True))
    expected = [[beside(one, other) for other in cells] for one in cells]
    assert touching(on_grid(at), NAMES).tolist() == expected


@pytest.fixture(scope="module")
def everything() -> Searched:
    """All partitions of the nine."""
    from decision.grouping.declared import Engine  # noqa: PLC0415 - beside what it makes

    return search(CASE.knowledge, CASE.region, Engine(CASE).lean, SearchLimits())


def test_of_all_partitions_the_best_that_hangs_together_is_found(everything: Searched) -> None:
    """Of 21.147 partitions those of which every group is connected, and the best of these."""
    cells = [(at % 3, at // 3) for at in range(9)]
    graph = graph_of(
        (NAMES[one], NAMES[other])
        for one, other in combinations(range(9), 2)
        if beside(cells[one], cells[other])
    )
    held = on_grid(dict(zip(NAMES, cells, strict=True)))
    limits = SearchLimits(connected="border")
    found = search(CASE.knowledge, CASE.region, everything.lean, limits, borders=held)
    fine = {
        tuple(sorted(part))
        for part in every(range(9))
        if all(connected(graph, [NAMES[one] for one in group]) for group in part)
    }
    assert {*made_of(found)} == fine
    kept = np.array([part in fine for part in made_of(everything)])
    for at, (name, measure) in enumerate(CASE.knowledge.grouping_measures.items()):
        shares = everything.standings.shares[kept, at, 0]
        best = shares.max() if measure.value.best > measure.value.worst else shares.min()
        assert found.best[name].share == pytest.approx(best)
    scores = everything.standings.scores.mean(axis=1)[kept]
    assert found.best[SCORE].share == pytest.approx(scores.max())


def test_an_island_and_a_hole_are_land_too() -> None:
    """Who lies within another borders on it, and who has two parts borders on what either does."""
    ring, hole = square((1, 1))[0], ((4.63, 51.88), (4.67, 51.88), (4.65, 51.92), (4.63, 51.88))
    of = {
        "rond": ((ring, hole),),
        "binnen": ((hole,), square((3, 1))),
        "verderop": (square((3, 2)),),
    }
    assert touching(Borders(of), [*of]).tolist() == [
        [False, True, False],
        [True, False, True],
        [False, True, False],
    ]


def test_what_cannot_be_held_against_each_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without borders nobody borders on anybody, and without the library nobody can say."""
    limits = SearchLimits(connected="border")
    with pytest.raises(SearchError, match="no_borders"):
        candidates(CASE.region, limits, [True] * 9)

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(of_borders, "import_module", missing)
    with pytest.raises(MissingExtraError, match="maps"):
        touching(on_grid({NAMES[0]: (0, 0)}), NAMES[:1])


@pytest.mark.parametrize(("lang", "told"), [("nl", "Fout: Om te zien"), ("en", "Error: To see")])
def test_what_is_to_install_for_borders_is_one_line(
    decide: Callable[..., Run],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    told: str,
) -> None:
    """A search by borders without the library says what to install; all else is told without it."""
    text = SMALL + "boundaries: grenzen.geojson\n"
    geojson(tmp_path / "grenzen.geojson", [feature(square((0, 0)), statcode="GM0001")])
    file = tmp_path / "klein.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "shapely", None)
    status, out, err = decide("groupings", str(file), "--connected", "border", "--lang", lang)
    assert (status, out) == (FAULT, "")
    assert err.startswith(told)
    assert "pip install 'decide-region[maps]'" in err
    assert err.count("\n") == 1
    assert decide("region", str(file), "--section", "groupings", "--lang", lang)[0] == DONE
