"""A second opinion: the published examples of each method, and what happens where it has none."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.model.installed import MissingExtraError
from decision.scores.methods import METHODS, Opinion, second_opinions
from decision.scores.stability import winners
from tests.ranking import of_grades, of_values, shuffled

pytest.importorskip("pymcdm", reason="the extra `methods` is not installed")

TABLE = ((8, 7, 2, 1), (5, 3, 7, 5), (7, 5, 6, 4), (9, 9, 7, 3), (11, 10, 3, 7), (6, 9, 5, 4))
"""The six facilities of Papathanasiou and Ploskas, Multiple Criteria Decision Aid, 2018."""
WEIGHTS = {"c0": 0.4, "c1": 0.3, "c2": 0.1, "c3": 0.2}


def asked(values: Mapping[str, Sequence[float]], weights: dict[str, float], method: str) -> Opinion:
    """What one method makes of the values."""
    matrix = of_values(values)
    best = winners(matrix, np.array(list(weights.values())))[0]
    (found,) = second_opinions(matrix, weights, best, [one for one in METHODS if one == method])
    return found


def test_topsis_gives_the_published_closeness() -> None:
    """Papathanasiou and Ploskas (2018), chapter 1: vector normalisation."""
    found = asked({f"S{n}": row for n, row in enumerate(TABLE, 1)}, WEIGHTS, "topsis")
    published = [0.387, 0.327, 0.391, 0.615, 0.868, 0.493]
    assert [round(score, 3) for score in found.scores.values()] == published
    assert found.best == ("S5",)
    assert found.normalisation == "vector"


def test_vikor_gives_the_published_index() -> None:
    """Yang and Wu, IEEE Access 8, 2020: with half of the index for the whole."""
    columns = ((78, 56, 34, 6), (4, 45, 3, 97), (18, 2, 50, 63), (9, 14, 11, 92), (85, 9, 100, 29))
    weights = dict.fromkeys(WEIGHTS, 0.25)
    found = asked({f"A{n}": row for n, row in enumerate(columns, 1)}, weights, "vikor")
    assert [round(score, 4) for score in found.scores.values()] == [
        0.5679, 0.7667, 1, 0.7493, 0,
    ]  # fmt: skip
    assert found.best == ("A5",)
    assert list(found.ranks.values()) == [2, 4, 5, 3, 1]


def test_promethee_gives_the_published_net_flows() -> None:
    """Zhao, Peng and Li, Procedia Computer Science 17, 2013: the usual preference function."""
    values = {"a": (4, 3, 2), "b": (3, 2, 4), "c": (5, 1, 3)}
    found = asked(values, {"c0": 0.5, "c1": 0.3, "c2": 0.2}, "promethee2")
    assert [round(score, 2) for score in found.scores.values()] == [0.1, -0.3, 0.2]
    assert found.best == ("c",)


def test_the_climber_of_the_literature_is_advised_by_each_method_in_its_own_way() -> None:
    """Opricovic and Tzeng, EJOR 156, 2004: three mountains, by risk and by height.

    With risk turned around linearly VIKOR prefers the compromise, the second mountain, whose index
    is 0 while the other two have 1.
    """
    values = {"A1": (1.0, 0.0), "A2": (0.75, 0.5), "A3": (0.0, 1.0)}
    found = asked(values, {"c0": 0.5, "c1": 0.5}, "vikor")
    assert list(found.scores.values()) == pytest.approx([1, 0, 1])
    assert found.best == ("A2",)


def test_where_a_method_disagrees_it_says_so() -> None:
    """A form with one heavy weak spot wins on the sum, and loses by VIKOR."""
    values = {"sum": (1.0, 1.0, 0.0), "even": (0.6, 0.6, 0.6), "low": (0.0, 0.0, 0.7)}
    weights = {"c0": 0.35, "c1": 0.35, "c2": 0.3}
    found = asked(values, weights, "vikor")
    assert found.best == ("even",)
    assert found.agrees is False
    promethee = asked(
        {"often": (0.5, 0.5, 0.0), "much": (0.4, 0.4, 1.0)},
        {"c0": 0.35, "c1": 0.35, "c2": 0.3},
        "promethee2",
    )
    assert promethee.best == ("often",)
    assert promethee.agrees is False
    assert promethee.tau == -1


def test_unknown_grades_are_refused_and_not_filled_in() -> None:
    """No method gets a value that nobody gave."""
    matrix = of_grades({"a": (5, None), "b": (1, 3)})
    for found in second_opinions(matrix, {"c0": 0.5, "c1": 0.5}, "a"):
        assert found.reason == "unknown_grades"
        assert found.scores == {}
        assert found.agrees is None


def test_criteria_that_tell_nothing_apart_are_left_out() -> None:
    """On the second all forms are the same; where that is all that counts there is no outcome."""
    values = {"a": (1.0, 0.5), "b": (0.0, 0.5)}
    for method in METHODS:
        found = asked(values, {"c0": 0.5, "c1": 0.5}, method)
        assert found.left_out == ("c1",)
        assert found.best == ("a",)
        nothing = asked(values, {"c0": 0.0, "c1": 1.0}, method)
        assert nothing.reason == "nothing_to_compare"


def test_a_method_that_cannot_decide_says_so() -> None:
    """By VIKOR two mirrored forms differ in nothing; a division by nothing is no score."""
    found = asked({"a": (1.0, 0.0), "b": (0.0, 1.0)}, {"c0": 0.5, "c1": 0.5}, "vikor")
    assert found.reason == "undecided"
    even = asked({"a": (1.0, 0.0), "b": (0.0, 1.0)}, {"c0": 0.5, "c1": 0.5}, "topsis")
    assert even.best == ("a", "b")
    assert list(even.ranks.values()) == [1.5, 1.5]


tenths = st.integers(0, 10).map(lambda number: number / 10)


@given(
    rows=st.lists(st.lists(tenths, min_size=3, max_size=3), min_size=3, max_size=5),
    data=st.data(),
)
def test_another_order_of_forms_and_criteria_changes_no_opinion(
    rows: list[list[float]], data: st.DataObject
) -> None:
    """Every method gives a form the same score, wherever it stands."""
    matrix = of_values({f"f{number}": row for number, row in enumerate(rows)})
    weights = {"c0": 0.5, "c1": 0.3, "c2": 0.2}
    forms = data.draw(st.permutations(range(len(rows))))
    criteria = data.draw(st.permutations(range(3)))
    before = second_opinions(matrix, weights, "f0")
    after = second_opinions(shuffled(matrix, forms, criteria), weights, "f0")
    for one, other in zip(before, after, strict=True):
        assert one.reason == other.reason
        assert other.scores == pytest.approx(one.scores)


@given(st.lists(st.lists(tenths, min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_form_that_is_best_on_everything_is_first_by_every_method(
    rows: list[list[float]],
) -> None:
    """Where nothing speaks against a form, no method does."""
    table = {f"f{number}": row for number, row in enumerate(rows)}
    matrix = of_values({**table, "best": [1.01, 1.01, 1.01]})
    for found in second_opinions(matrix, {"c0": 0.5, "c1": 0.3, "c2": 0.2}, "best"):
        assert found.best == ("best",)
        assert found.agrees


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for methods and lacks the library hears which extra brings it; nobody else does."""
    matrix = of_values({"a": (1.0,), "b": (0.0,)})
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("pymcdm")
    assert second_opinions(matrix, {"c0": 1.0}, "a", ()) == ()
    with pytest.raises(MissingExtraError) as caught:
        second_opinions(matrix, {"c0": 1.0}, "a")
    assert caught.value.extra == "methods"
