"""Weights as people state them, and draws from all weights that fit what they state."""

from __future__ import annotations

from itertools import pairwise
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import kstest  # type: ignore[import-untyped,unused-ignore]

from decision.model.weights import Weights, WeightsError, rank_order_centroid, weights_of_text
from decision.scores.weights import weights_drawn

GROUPS = ("customer", "organisation", "implementation", "cost")
DRAWS = 40_000

points = st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any)


# --- what is stated


@pytest.mark.parametrize(
    ("count", "published"),
    [
        (2, [0.7500, 0.2500]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
    ],
)
def test_an_order_gives_the_published_rank_order_centroid(
    count: int, published: list[float]
) -> None:
    """Barron and Barrett, Decision quality using ranked attribute weights, Man. Sci. 42, 1996."""
    found = rank_order_centroid([[str(number)] for number in range(count)])
    assert [round(weight, 4) for weight in found.values()] == published


def test_groups_that_are_not_told_apart_share_what_their_places_weigh() -> None:
    """Of two groups in first place of three nobody says which is heavier: 11 + 5 of 18, halved."""
    weights = Weights.model_validate({"order": [["a", "b"], "c"]})
    assert weights.shares == pytest.approx({"a": 8 / 18, "b": 8 / 18, "c": 2 / 18})
    assert weights.ranks == (("a", "b"), ("c",))


@given(points)
def test_numbers_are_taken_as_shares_or_as_points(parts: list[int]) -> None:
    """Weights that add up to 1 and points that add up to 100 say the same."""
    shares = dict(zip(GROUPS, (part / sum(parts) for part in parts), strict=True))
    as_points = {name: 100 * share for name, share in shares.items()}
    for stated in (shares, {"points": as_points}):
        weights = Weights.model_validate(stated)
        assert weights.way == "points"
        assert weights.shares == pytest.approx(shares)


@given(points)
def test_swing_points_weigh_in_proportion(parts: list[int]) -> None:
    """A group with half the points of another weighs half as much; together they are 1."""
    swing = {name: 100 * part / max(parts) for name, part in zip(GROUPS, parts, strict=True)}
    weights = Weights.model_validate({"swing": swing})
    assert fsum(weights.shares.values()) == pytest.approx(1)
    heaviest = max(weights.shares.values())
    for name, point in swing.items():
        assert weights.shares[name] == pytest.approx(heaviest * point / 100)


@pytest.mark.parametrize(
    "stated",
    [
        {"customer": 0.6, "cost": 0.5},
        {"customer": 60, "cost": 30},
        {"customer": 0, "cost": 0},
        {"customer": 1.5, "cost": -0.5},
        {"swing": {"customer": 80, "cost": 40}},
        {"swing": {"customer": 0, "cost": 0}},
        {"points": {"customer": 1}, "order": ["customer"]},
        {"bounds": {"customer": [0.2, 0.4]}},
        {"order": ["customer", "cost"], "bounds": {"customer": [0.2, 0.4]}},
        {"points": {"customer": 1, "cost": 0}, "bounds": {"customer": [0.6, 0.4]}},
        {"points": {"customer": 0.9, "cost": 0.1}, "bounds": {"customer": [0.1, 0.8]}},
        {"points": {"a": 0.5, "b": 0.5}, "bounds": {"a": [0.6, 0.8], "b": [0.5, 0.9]}},
        [0.5, 0.5],
    ],
)
def test_weights_that_cannot_be_are_refused(stated: object) -> None:
    """Nothing is brought to 1 silently, and nothing is said twice."""
    with pytest.raises(ValidationError):
        Weights.model_validate(stated)


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ({"order": ["customer", "customer", "cost"]}, "group_twice"),
        ({"order": ["customer"]}, "group_missing"),
        ({"customer": 1.0}, "group_missing"),
        ({"swing": {"customer": 100}}, "group_missing"),
        ({"customers": 0.5, "cost": 0.5}, "unknown_reference"),
        ({"order": [["customer", 3], "cost"]}, "string_type"),
        ({"order": "customer"}, "tuple_type"),
    ],
)
def test_groups_that_are_missing_doubled_or_unknown_are_refused(stated: object, kind: str) -> None:
    """Who forgets a group hears so; a group that does not count gets 0."""
    known = {"group": {"customer": None, "cost": None}}
    with pytest.raises(ValidationError) as caught:
        Weights.model_validate(stated, context=known)
    assert kind in {error["type"] for error in caught.value.errors()}


# --- on one line


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("customer=40,organisation=20,implementation=20,cost=20", [0.4, 0.2, 0.2, 0.2]),
        ("cost=0.1, customer=0.2,implementation=0.3,organisation=0.4", [0.2, 0.4, 0.3, 0.1]),
        ("customer=1,organisation=0,implementation=0,cost=0", [1, 0, 0, 0]),
    ],
)
def test_weights_on_one_line(text: str, shares: list[float]) -> None:
    """All groups, in any order, as shares or as points."""
    found = weights_of_text(text, GROUPS).shares
    assert [found[name] for name in GROUPS] == pytest.approx(shares)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "weights_shape"),
        ("customer", "weights_shape"),
        ("customer=0,4", "weights_shape"),
        ("klant=40", "weights_name"),
        ("customer=veel", "weights_number"),
        ("customer=inf", "weights_number"),
        ("customer=nan", "weights_number"),
        ("customer=-1", "weights_negative"),
        ("customer=1,customer=1", "weights_twice"),
        ("customer=100", "weights_missing"),
        ("customer=0,organisation=0,implementation=0,cost=0", "weights_nothing"),
        ("customer=1,organisation=1,implementation=1,cost=1", "weights_total"),
    ],
)
def test_wrong_weights_on_one_line_say_what_is_wrong(text: str, code: str) -> None:
    """Each mistake has its own message."""
    with pytest.raises(WeightsError) as caught:
        weights_of_text(text, GROUPS)
    assert caught.value.code == code


# --- draws


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
