"""Figures that may well be a typing error are told, and calculated with as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.doubts import Doubt, doubts
from decision.costs.result import costs
from tests.costs.test_laws import a_region
from tests.drechtsteden import drechtsteden, figures, published
from tests.searching import examples


def test_the_published_figures_are_in_order() -> None:
    """261.000 beside 261.609 inhabitants is rounded, not mistyped."""
    assert doubts(published(), drechtsteden()) == ()


def test_a_digit_too_few() -> None:
    """26.100 beside 261.609 inhabitants is told, and is what is calculated with."""
    region = drechtsteden()
    basis = region.costs.model_copy(update={"inhabitants_counted": 26_100.0})
    found = costs(published(), region.model_copy(update={"costs": basis}))
    assert found.doubts == (Doubt("inhabitants_counted", 26_100, 261_609),)
    assert found.inhabitants == 26_100


@examples(20)
@given(st.integers(1000, 1_000_000), st.sampled_from([0.01, 0.1, 10.0, 100.0]))
def test_a_factor_ten_is_always_told(people: int, factor: float) -> None:
    """Any digit too many or too few is told, whatever the size of the region."""
    region = a_region(people, inhabitants_counted=people * factor)
    assert [one.about for one in doubts(published(), region)] == ["inhabitants_counted"]
    assert not doubts(published(), a_region(people, inhabitants_counted=round(people, -2)))


@pytest.mark.parametrize(("phone", "told"), [(0.44, []), (0.48, []), (0.044, ["contacts"])])
def test_channels_that_add_up_to_far_from_all(phone: float, told: list[str]) -> None:
    """The shares of all channels together are about all contacts."""
    region = drechtsteden().model_copy(
        update={"kengetallen": figures({"contacts_by_phone": phone})}
    )
    assert [one.about for one in doubts(published(), region)] == told
