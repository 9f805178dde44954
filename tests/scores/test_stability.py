"""What has to change before another form wins: exact weights, the nearest ones, and grades."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

from decision.scores.dominance import dominated, near_ties, smallest_step
from decision.scores.nearest import nearest
from decision.scores.stability import (
    criterion_flips,
    grade_flips,
    group_flips,
    nearest_change,
    winners,
)
from tests.ranking import of_grades, of_values, shuffled
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.scores.matrix import Matrix

HALF = {"c0": 0.5, "c1": 0.5}


def totals(matrix: Matrix, weights: Mapping[str, float]) -> dict[str, float]:
    """The score of each form."""
    scores = matrix.by_group @ np.array([weights[name] for name in matrix.groups])
    return dict(zip(matrix.forms, scores.tolist(), strict=True))


def changed(weights: Mapping[str, float], name: str, to: float) -> dict[str, float]:
    """The weights with one of them changed and the others in proportion."""
    rest = 1 - weights[name]
    return {
        one: to if one == name else (1 - to) * (weight / rest if rest else 1 / (len(weights) - 1))
        for one, weight in weights.items()
    }


numbers = st.integers(0, 20).map(lambda number: number / 20)


@st.composite
def weighed(draw: st.DrawFn) -> tuple[Matrix, dict[str, float], str]:
    """Two to five forms on two to four criteria, weights, and the form that wins under them."""
    forms, criteria = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    row = st.lists(numbers, min_size=criteria, max_size=criteria)
    matrix = of_values({f"f{number}": draw(row) for number in range(forms)})
    parts = draw(st.lists(st.integers(0, 9), min_size=criteria, max_size=criteria).filter(any))
    weights = dict(zip(matrix.groups, (part / sum(parts) for part in parts), strict=True))
    return matrix, weights, winners(matrix, np.array(list(weights.values())))[0]


# --- one weight


def test_the_published_change_of_a_weight_brings_two_alternatives_level() -> None:
    """Triantaphyllou and Sánchez, Decision Sciences 28, 1997, the example of the weighted sum.

    A1 is worth 0.3162 and A2 0.2768. When the weight of the third criterion falls by 64.8%, before
    all are brought to 1 again, A2 is as good as A1 (64.9% without rounding in between).
    """
    matrix = of_values(
        {
            "A1": (0.3088, 0.2897, 0.3867, 0.1922),
            "A2": (0.2163, 0.3458, 0.1755, 0.6288),
        }
    )
    weights = {"c0": 0.3277, "c1": 0.3058, "c2": 0.2876, "c3": 0.0790}
    whole = {name: weight / sum(weights.values()) for name, weight in weights.items()}
    scores = totals(matrix, weights)
    assert {form: round(score, 4) for form, score in scores.items()} == {"A1": 0.3162, "A2": 0.2768}
    below = group_flips(matrix, whole, "A1")["c2"].below
    assert below is not None
    assert below.form == "A2"
    left = below.weight / (1 - below.weight) * (1 - whole["c2"])  # the others as they were
    assert 100 * (1 - left / whole["c2"]) == pytest.approx(64.8, abs=0.1)


@given(weighed())
def test_the_weight_at_which_another_form_wins_makes_a_tie(
    case: tuple[Matrix, dict[str, float], str],
) -> None:
    """At that weight both score the same and none scores more; a little further the other wins."""
    matrix, weights, best = case
    for name, flips in group_flips(matrix, weights, best).items():
        assert flips.weight == weights[name]
        for turn, end in ((flips.below, 0.0), (flips.above, 1.0)):
            if turn is None:
                there = totals(matrix, changed(weights, name, end))
                assert there[best] == pytest.approx(max(there.values()))
                continue
            at = totals(matrix, changed(weights, name, turn.weight))
            assert at[turn.form] == pytest.approx(at[best])
            assert at[best] == pytest.approx(max(at.values()))
            further = turn.weight + (end - turn.weight) * 1e-6
            beyond = totals(matrix, changed(weights, name, further))
            assert beyond[turn.form] > beyond[best]
            assert beyond[turn.form] == pytest.approx(max(beyond.values()))


def test_a_weight_that_holds_everything_gives_way_to_the_others_alike() -> None:
    """Where one group has all weight, the others get the same when it loses some."""
    matrix = of_values({"a": (1.0, 0.0, 0.0), "b": (0.0, 1.0, 0.0)})
    flips = group_flips(matrix, {"c0": 1.0, "c1": 0.0, "c2": 0.0}, "a")["c0"]
    assert flips.above is None
    assert flips.below is not None
    assert flips.below.weight == pytest.approx(1 / 3)


def test_a_criterion_is_weighed_in_the_whole() -> None:
    """With each criterion its own group both ask the same."""
    matrix = of_values({"a": (0.9, 0.2), "b": (0.3, 0.6)})
    assert criterion_flips(matrix, HALF, "a") == group_flips(matrix, HALF, "a")


# --- all weights together


@examples(60)
@given(weighed())
def test_the_smallest_change_of_weights_makes_a_tie_and_no_smaller_one_does(
    case: tuple[Matrix, dict[str, float], str],
) -> None:
    """All the way the other form draws level; nine tenths of the way the winner is still ahead."""
    matrix, weights, best = case
    change = nearest_change(matrix, weights, best)
    assume(change is not None and change.distance > 1e-9)
    assert change is not None
    assert sum(change.weights.values()) == pytest.approx(1)
    assert min(change.weights.values()) >= 0
    there = totals(matrix, change.weights)
    assert there[change.form] == pytest.approx(there[best])
    assert there[best] == pytest.approx(max(there.values()))
    part = {
        name: weight + 0.9 * (change.weights[name] - weight) for name, weight in weights.items()
    }
    before = totals(matrix, part)
    assert before[best] > before[change.form]
    assert before[best] == pytest.approx(max(before.values()))


@examples(30)
@given(case=weighed(), seed=st.integers(0, 1000))
def test_no_weights_nearer_by_let_another_form_win(
    case: tuple[Matrix, dict[str, float], str], seed: int
) -> None:
    """Of thousands of weights around, none that let another form win lie nearer."""
    matrix, weights, best = case
    change = nearest_change(matrix, weights, best)
    start = np.array(list(weights.values()))
    random = np.random.default_rng(seed)
    shift = np.concatenate([random.dirichlet(np.ones(start.size), 2000),
                            np.abs(start + random.normal(0, 0.1, (2000, start.size)))])  # fmt: skip
    tried = shift / shift.sum(axis=1, keepdims=True)
    scores = tried @ matrix.by_group.T
    lost = scores.max(axis=1) > scores[:, matrix.forms.index(best)] + 1e-9
    distances = np.linalg.norm(tried - start, axis=1)[lost]
    if change is None:
        assert not lost.any()
    else:
        assert (distances >= change.distance - 1e-9).all()


@examples(25)
@given(weighed())
def test_a_general_solver_finds_the_same_nearest_weights(
    case: tuple[Matrix, dict[str, float], str],
) -> None:
    """Sequential quadratic programming comes no nearer than the exact projection."""
    matrix, weights, _ = case
    start = np.array(list(weights.values()))
    for at, (form, found) in enumerate(nearest(matrix, weights).items()):
        if found is None:
            continue
        ahead = matrix.by_group[at] - np.delete(matrix.by_group, at, axis=0)
        sure = np.full(start.size, 1 / start.size)
        result = minimize(
            lambda point: ((point - start) ** 2).sum(),
            sure,
            method="SLSQP",
            bounds=[(0, 1)] * start.size,
            constraints=[
                {"type": "eq", "fun": lambda point: point.sum() - 1},
                {"type": "ineq", "fun": lambda point, ahead=ahead: ahead @ point},
            ],
            options={"ftol": 1e-14, "maxiter": 500},
        )
        there = totals(matrix, found.weights)
        assert there[form] == pytest.approx(max(there.values()))
        if result.success:
            assert found.distance <= sqrt(max(result.fun, 0)) + 1e-5


@examples(60)
@given(weighed())
def test_the_smallest_change_is_that_of_the_form_that_can_win_nearest_by(
    case: tuple[Matrix, dict[str, float], str],
) -> None:
    """Pair by pair gives the same distance as the projection on what lets each form win."""
    matrix, weights, best = case
    change = nearest_change(matrix, weights, best)
    ahead = matrix.by_group - matrix.by_group[matrix.forms.index(best)]
    differs = dict(zip(matrix.forms, (np.abs(ahead) > 1e-12).any(axis=1), strict=True))
    others = [one for form, one in nearest(matrix, weights).items() if one and differs[form]]
    assert (change is None) == (not others)
    if change is not None:
        assert change.distance == pytest.approx(min(one.distance for one in others), abs=1e-9)


def test_of_forms_that_draw_level_together_the_one_that_wins_beyond_is_named() -> None:
    """All three are level at a half; from there on c is ahead, and b never is."""
    matrix = of_values({"a": (0.15, 0.85), "b": (0.35, 0.65), "c": (0.4, 0.6)})
    change = nearest_change(matrix, {"c0": 0.0, "c1": 1.0}, "a")
    assert change is not None
    assert change.form == "c"
    assert change.weights == pytest.approx(HALF)


def test_the_nearest_weights_can_be_worked_out() -> None:
    """With two criteria the tie is a point: a and b tie at a third, and a sixth has to move."""
    matrix = of_values({"a": (1.0, 0.0), "b": (0.0, 0.5), "c": (0.0, 0.0)})
    change = nearest_change(matrix, HALF, "a")
    assert change is not None
    assert change.form == "b"
    assert change.weights == pytest.approx({"c0": 1 / 3, "c1": 2 / 3})
    assert change.moved == pytest.approx(1 / 6)
    assert change.distance == pytest.approx(sqrt(2) / 6)
    found = nearest(matrix, HALF)
    assert found["c"] is None
    assert found["a"] is not None
    assert found["a"].distance == 0


def test_who_can_only_share_the_first_place_does_not_win() -> None:
    """Form b equals a where only the first counts, and is worse everywhere else."""
    matrix = of_values({"a": (1.0, 0.5), "b": (1.0, 0.0)})
    assert nearest_change(matrix, HALF, "a") is None
    assert all(one.below is None and one.above is None
               for one in group_flips(matrix, HALF, "a").values())  # fmt: skip


@examples(40)
@given(case=weighed(), data=st.data())
def test_another_order_of_forms_and_criteria_changes_no_answer(
    case: tuple[Matrix, dict[str, float], str], data: st.DataObject
) -> None:
    """The weights at which the winner changes are those of the forms, not of the file."""
    matrix, weights, best = case
    forms = data.draw(st.permutations(range(len(matrix.forms))))
    criteria = data.draw(st.permutations(range(len(matrix.criteria))))
    moved = shuffled(matrix, forms, criteria)
    before, after = group_flips(matrix, weights, best), group_flips(moved, weights, best)
    for name, flips in before.items():
        for one, other in ((flips.below, after[name].below), (flips.above, after[name].above)):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert other.weight == pytest.approx(one.weight)
    change, again = (nearest_change(one, weights, best) for one in (matrix, moved))
    assert (change is None) == (again is None)
    if change is not None and again is not None:
        assert again.distance == pytest.approx(change.distance)


# --- grades

marks = st.one_of(st.none(), st.integers(1, 5))


@given(
    rows=st.lists(st.lists(marks, min_size=3, max_size=3), min_size=2, max_size=4),
    parts=st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_every_grade_that_changes_the_winner_is_found_and_no_other(
    rows: list[list[int | None]], parts: list[int]
) -> None:
    """Change each grade by hand, score again, and the same ones let another form win."""
    table = {f"f{number}": row for number, row in enumerate(rows)}
    matrix = of_grades(table)
    weights = dict(zip(matrix.groups, (part / sum(parts) for part in parts), strict=True))
    best, *tied = winners(matrix, np.array(list(weights.values())))
    assume(not tied)
    found = {(one.criterion, one.form, one.becomes): one for one in
             grade_flips(matrix, weights, best)}  # fmt: skip
    for form, row in table.items():
        for at, grade in enumerate(row):
            near = range(1, 6) if grade is None else (grade - 1, grade + 1)
            for becomes in (one for one in near if 1 <= one <= 5):
                other = {**table, form: [*row[:at], becomes, *row[at + 1 :]]}
                scores = totals(of_grades(other), weights)
                rival = max(score for name, score in scores.items() if name != best)
                flip = found.get((f"c{at}", form, becomes))
                assert (flip is not None) == (rival >= scores[best] - 1e-12)
                if flip is not None:
                    assert flip.grade == grade
                    assert scores[flip.winner] == pytest.approx(max(scores.values()))
                    assert flip.shared == (rival <= scores[best] + 1e-12)


# --- dominance and near ties


def test_a_dominated_form_is_a_finding() -> None:
    """Nowhere better and somewhere worse; an equal form is not dominated."""
    matrix = of_grades({"a": (5, 3), "b": (4, 3), "c": (5, 3), "d": (1, 5)})
    found = {(one.form, one.by): one.worse_on for one in dominated(matrix)}
    assert found == {("b", "a"): ("c0",), ("b", "c"): ("c0",)}


def test_an_unknown_grade_leaves_open_who_dominates() -> None:
    """What is unknown may turn out to be the best grade, or the worst."""
    matrix = of_grades({"a": (5, None), "b": (4, 3), "c": (4, None)})
    assert dominated(matrix) == ()
    assert [(one.form, one.by) for one in dominated(of_grades({"a": (5, 5), "b": (4, None)}))] == [
        ("b", "a")
    ]


@given(weighed())
def test_a_dominated_form_never_wins(case: tuple[Matrix, dict[str, float], str]) -> None:
    """Whatever the weights, the form that dominates it scores at least as much."""
    matrix, weights, _ = case
    scores = totals(matrix, weights)
    can_win = nearest(matrix, weights)
    for one in dominated(matrix):
        assert scores[one.by] >= scores[one.form] - 1e-12
        assert can_win[one.form] is None


def test_forms_that_one_grade_can_bring_level_are_nearly_tied() -> None:
    """The lightest criterion weighs 0.2; a step of it adds 0.05, and a and b differ by that."""
    matrix = of_grades({"a": (3, 4), "b": (3, 3), "c": (1, 1)})
    weights = {"c0": 0.8, "c1": 0.2}
    assert smallest_step(matrix, weights) == pytest.approx(0.05)
    (tie,) = near_ties(matrix, weights)
    assert (tie.first, tie.second) == ("a", "b")
    assert tie.difference == pytest.approx(0.05)
    assert smallest_step(matrix, {"c0": 1.0, "c1": 0.0}) == 0.25


def test_a_step_that_is_worth_nothing_is_no_smallest_step() -> None:
    """Where 1 and 2 are worth the same, as 4 and 5 are, the smallest step is that from 2 to 3."""
    matrix = of_grades({"a": (3,), "b": (4,)})
    flat = replace(matrix, levels=np.array([[0.0, 0.0, 0.4, 1.0, 1.0]]))
    assert smallest_step(flat, {"c0": 1.0}) == 0.4
