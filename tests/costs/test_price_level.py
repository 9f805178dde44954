"""Euro of different years: all at one level where a region states one, else told as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import Costs, costs
from decision.model.cost_basis import PriceLevel
from decision.model.facts import OwnKengetal
from decision.model.price_level import at_price_level, price_years, years_of_prices
from decision.model.region import Region
from tests.drechtsteden import drechtsteden, published
from tests.searching import examples


def priced(own: dict[str, OwnKengetal] | None = None, **index: float) -> Region:
    """The Drechtsteden at the price level of 2026, with such an index (``y2008=1.0``)."""
    region = drechtsteden()
    level = PriceLevel(year=2026, index={year[1:]: value for year, value in index.items()})
    basis = region.costs.model_copy(update={"price_level": level})
    return region.model_copy(update={"costs": basis, "kengetallen": own or {}})


def cost(region: Region) -> Costs:
    """The cost at the price level that the region states."""
    return costs(*at_price_level(published(), region))


def test_every_euro_has_a_price_year() -> None:
    """What is in euro says of which year its prices are, and nothing else does."""
    years = price_years(published())
    for name, kengetal in published().kengetallen.items():
        assert (years[name] is not None) == kengetal.unit.startswith("euro"), name
    assert all(years[name] is not None for name in published().investments)
    assert all(years[name] is not None for name in published().running_costs)


@examples(10)
@given(st.floats(0.1, 10))
def test_prices_that_rise_alike_change_no_ranking(index: float) -> None:
    """Every amount becomes as much dearer, and the cheapest form stays the cheapest."""
    plain = costs(published(), drechtsteden())
    dearer = cost(priced(y2008=1.0, y2010=1.0, y2026=index))
    for year in drechtsteden().costs.years:
        before, after = (
            {form: one.years[year].total for form, one in found.forms.items()}
            for found in (plain, dearer)
        )
        assert after == pytest.approx({form: euro * index for form, euro in before.items()})
        assert min(after, key=after.__getitem__) == min(before, key=before.__getitem__)


def test_an_own_wage_is_of_the_reference_date() -> None:
    """A wage without a price year is of the year of the reference date; with one, of that year."""
    wage = {"wage_first_line": OwnKengetal(value=80_000)}
    later = {"wage_first_line": OwnKengetal(value=80_000, range=(70_000, 90_000), price_year=2026)}
    index = {"y2008": 1.0, "y2010": 1.0, "y2026": 2.0}
    for own, expected in ((wage, 160_000), (later, 80_000)):
        knowledge, region = at_price_level(published(), priced(own, **index))
        assert region.kengetallen["wage_first_line"].value == pytest.approx(expected)
        assert knowledge.kengetallen["wage_second_line"].value == 130_000
        assert knowledge.kengetallen["wage_outsourced"].range == pytest.approx((80_000, 100_000))
        assert [*years_of_prices(knowledge, region)] == [2026]
        assert at_price_level(knowledge, region) == (knowledge, region)


def test_mixed_prices_are_told() -> None:
    """Own wages of 2026 beside outsourcing of 2008: each figure is under its own year."""
    own = {name: OwnKengetal(value=90_000) for name in ("wage_first_line", "wage_second_line")}
    new = {"reference_date": "2026-10", "kengetallen": own}
    found = years_of_prices(published(), drechtsteden().model_copy(update=new))
    assert [*found] == [2008, 2010, 2026]
    assert found[2026] == ("wage_first_line", "wage_second_line")
    assert "wage_outsourced" in found[2008]
