"""Curves over a range: exact where that is possible, and bounded and told where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from decision.costs.arithmetic import MEASURES, measures
from decision.costs.break_even import break_even
from decision.costs.curves import Curve
from decision.costs.inputs import Span, spans
from decision.costs.setup import model
from tests.drechtsteden import drechtsteden, published

BOUND = "decision.costs.curves._MOST_EFFORT"


@pytest.mark.parametrize("name", ["calls_per_inhabitant", "opening_days", "answer_within"])
def test_curve_is_the_cost_at_any_value(name: str) -> None:
    """Between steps as at them a curve gives what the cost model gives, to the last bit."""
    basis, span = model(published(), drechtsteden()), spans(published(), drechtsteden())[name]
    curve = Curve(basis, lambda model, value: model.at({name: value}), span)
    values = np.concatenate(
        [np.linspace(span.low, span.high, 97), curve.points[:: 1 + len(curve.points) // 200]]
    )
    assert not curve.rough
    assert np.array_equal(curve(values), measures(basis, basis.at({name: values})))


def test_rough_curve_is_the_cost_at_its_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many steps the ends of equal parts are looked at, and these are right."""
    monkeypatch.setattr(BOUND, 50_000)
    basis = model(published(), drechtsteden())
    curve = Curve(basis, lambda model, share: model.at(kept=share), Span(0.0, 1.0, 1.0))
    assert curve.rough
    assert curve.points.size == curve.parts + 1
    whole = measures(basis, basis.at(kept=curve.points))
    assert np.array_equal(curve(curve.points), whole)


def test_what_is_rough_is_told_and_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bounded answer is the end of a part behind which the form is cheaper in every part."""
    exact = break_even(published(), drechtsteden())
    assert not exact.rough
    monkeypatch.setattr(BOUND, 50_000)
    bounded = break_even(published(), drechtsteden())
    parts = bounded.rough["kept"]
    basis = model(published(), drechtsteden())
    grid = np.linspace(0, 1, parts + 1)
    cost = measures(basis, basis.at(kept=grid))[..., MEASURES.index("total")]
    for form, others in bounded.total.shares.items():
        for other, needed in others.items():
            mine, rival = (basis.forms.index(one) for one in (form, other))
            cheaper = cost[:, mine, -1] < cost[-1, rival, -1]
            whole = exact.total.shares[form][other].period
            assert (needed.period.outcome == "never") == (whole.outcome == "never")
            if needed.period.share is not None:
                assert cheaper[grid >= needed.period.share].all()
                assert needed.period.share - (whole.share or 0) <= 1 / parts + 1e-9


def test_a_wide_range_of_a_large_region_stays_within_bounds() -> None:
    """One to 260 opening days for 25 million inhabitants is answered at ends of parts."""
    costs = drechtsteden().costs.model_copy(update={"inhabitants_counted": 25_000_000})
    region = drechtsteden().model_copy(update={"costs": costs})
    basis = model(published(), region)
    curve = Curve(
        basis, lambda model, value: model.at({"opening_days": value}), Span(1.0, 260.0, 260.0)
    )
    assert curve.rough
    assert np.array_equal(
        curve(curve.points), measures(basis, basis.at({"opening_days": curve.points}))
    )
