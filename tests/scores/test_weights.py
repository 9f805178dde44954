"""Draws from all weights that fit what people state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest  # type: ignore[import-untyped,unused-ignore]

from decision.model.weights import Weights
from decision.scores.weights import weights_drawn

GROUPS = ("customer", "organisation", "implementation", "cost")
DRAWS = 40_000


def drawn(
    stated: object = None, groups: tuple[str, ...] = GROUPS, count: int = DRAWS
) -> np.ndarray:
    """Draws of the weights of groups, a row for each."""
    weights = None if stated is None else Weights.model_validate(stated)
    found: np.ndarray = weights_drawn(groups, weights, 14)(count)
    return found


def test_all_weights_are_as_likely() -> None:
    """On the simplex of four groups one weight is below x with chance 1 - (1 - x)³."""
    weights = drawn()
    assert weights.sum(axis=0) == pytest.approx(1)
    for one in weights:
        assert kstest(one, lambda x: 1 - (1 - x) ** 3).pvalue > 0.001
    pair = weights[0] + weights[1]  # Beta(2, 2)
    assert kstest(pair, lambda x: 3 * x**2 - 2 * x**3).pvalue > 0.001


def test_weights_in_an_order_keep_to_it_and_have_their_centroid_as_mean() -> None:
    """The rank-order centroid is the mean of all weights in that order."""
    order = ["cost", "customer", "implementation", "organisation"]
    weights = drawn({"order": order})
    rows = [weights[GROUPS.index(name)] for name in order]
    assert all((heavy >= light).all() for heavy, light in pairwise(rows))
    assert [row.mean() for row in rows] == pytest.approx(
        [0.5208, 0.2708, 0.1458, 0.0625], abs=0.004
    )


def test_groups_that_are_not_told_apart_are_drawn_in_either_order() -> None:
    """Both outweigh the rest; each is the heavier one half of the time."""
    weights = drawn({"order": [["customer", "cost"], ["implementation", "organisation"]]})
    lightest = np.minimum(weights[0], weights[3])
    assert (lightest >= np.maximum(weights[1], weights[2])).all()
    assert (weights[0] > weights[3]).mean() == pytest.approx(0.5, abs=0.01)
    assert weights.mean(axis=1) == pytest.approx([0.3958, 0.1042, 0.1042, 0.3958], abs=0.004)


def test_an_order_that_tells_none_apart_leaves_the_draws_as_they_are() -> None:
    """Groups that share a rank take their places in the order that they were drawn in."""
    assert drawn({"order": [[*GROUPS]]}, count=200) == pytest.approx(drawn(count=200))


@pytest.mark.parametrize(
    "bounds",
    [
        {"customer": [0.2, 0.5]},
        {"customer": [0.2, 0.3], "cost": [0.0, 0.25], "organisation": [0.1, 0.6]},
        {"customer": [0.3, 0.3001]},
        {"customer": [0.25, 0.25], "cost": [0.25, 0.25]},
    ],
)
def test_weights_within_bounds_are_those_of_the_simplex_that_keep_to_them(
    bounds: dict[str, list[float]],
) -> None:
    """Draws within bounds have the same mean as all draws of which the others are thrown away."""
    weights = drawn({"points": dict.fromkeys(GROUPS, 0.25), "bounds": bounds}
                    if all(low <= 0.25 <= high for low, high in bounds.values())
                    else {"points": _inside(bounds), "bounds": bounds})  # fmt: skip
    assert weights.sum(axis=0) == pytest.approx(1)
    assert (weights >= -1e-9).all()
    limits = {GROUPS.index(name): bound for name, bound in bounds.items()}
    for at, (low, high) in limits.items():
        assert (weights[at] >= low - 1e-9).all()
        assert (weights[at] <= high + 1e-9).all()
    everything = np.random.default_rng(5).dirichlet(np.ones(4), 2_000_000).T
    kept = np.all(
        [(everything[at] >= low) & (everything[at] <= high) for at, (low, high) in limits.items()],
        axis=0,
    )
    if kept.sum() > 20_000:
        for mine, theirs in zip(weights, everything[:, kept], strict=True):
            assert mine.mean() == pytest.approx(theirs.mean(), abs=0.004)
            assert mine.std() == pytest.approx(theirs.std(), abs=0.004)


def _inside(bounds: dict[str, list[float]]) -> dict[str, float]:
    """Weights within bounds on a single group."""
    ((name, (low, _)),) = bounds.items()
    rest = [group for group in GROUPS if group != name]
    return {name: low, **dict.fromkeys(rest, (1 - low) / len(rest))}


@pytest.mark.parametrize("room", [1e-4, 1e-9])
def test_bounds_that_hardly_leave_room_to_one_leave_the_others_evenly_drawn(room: float) -> None:
    """The other three share what is left as if that one were fixed: each on average a third."""
    bounds = {"customer": [0.25, 0.25 + room]}
    weights = drawn({"points": dict.fromkeys(GROUPS, 0.25), "bounds": bounds})
    left = weights[[name != "customer" for name in GROUPS]] / 0.75
    for one in left:
        assert kstest(one, "beta", (1, 2)).pvalue > 0.001


def test_bounds_that_leave_one_weighting_give_that_one() -> None:
    """Where the lowest shares already add up to 1 there is nothing to draw."""
    bounds = {"a": [0.3, 0.9], "b": [0.7, 0.9]}
    weights = drawn({"points": {"a": 0.3, "b": 0.7}, "bounds": bounds}, ("a", "b"), 5)
    assert weights == pytest.approx(np.array([[0.3] * 5, [0.7] * 5]))


def test_two_groups_within_bounds_are_drawn_evenly_between_them() -> None:
    """With two groups there is one weight to choose, and it is uniform."""
    bounds = {"a": [0.2, 0.6]}
    weights = drawn({"points": {"a": 0.5, "b": 0.5}, "bounds": bounds}, ("a", "b"))
    assert kstest(weights[0], "uniform", (0.2, 0.4)).pvalue > 0.001


@given(order=st.permutations(range(4)), way=st.sampled_from(["any", "order", "bounds"]))
def test_the_order_of_the_groups_does_not_matter(order: list[int], way: str) -> None:
    """Each group draws the same weights, wherever it stands in the file."""
    stated = {
        "any": None,
        "order": {"order": [*GROUPS]},
        "bounds": {"points": dict.fromkeys(GROUPS, 0.25), "bounds": {"cost": [0.1, 0.3]}},
    }[way]
    moved = tuple(GROUPS[at] for at in order)
    assert drawn(stated, moved, 50) == pytest.approx(drawn(stated, GROUPS, 50)[list(order)])
