"""Weights as people state them."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from decision.model.weights import Weights, WeightsError, rank_order_centroid, weights_of_text

GROUPS = ("customer", "organisation", "implementation", "cost")

points = st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any)


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
