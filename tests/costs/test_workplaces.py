"""Size: what is bought for how many people on the telephone at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import Costs, costs
from decision.costs.setup import model
from decision.costs.workplaces import needs
from decision.model.facts import Figure
from decision.model.figures import Amount, Sized
from decision.model.region import Region
from decision.model.values import Source
from tests.drechtsteden import drechtsteden, published
from tests.searching import examples

SOURCE = Source(document="decide-2026", place="proef")


def larger(times: float) -> Region:
    """The Drechtsteden with so many times as many inhabitants."""
    region = drechtsteden()
    towns = {
        name: one.model_copy(
            update={"inhabitants": Figure(value=float(round(region.sizes[name] * times)))}
        )
        for name, one in region.municipalities.items()
    }
    basis = region.costs.model_copy(update={"inhabitants_counted": 261_000.0 * times})
    return region.model_copy(update={"municipalities": towns, "costs": basis})


def cost(region: Region) -> Costs:
    """What the forms cost a region."""
    return costs(published(), region)


@pytest.mark.parametrize(
    ("form", "workplaces", "investment"),
    [
        ("0", 18, 0),
        ("1", 24, 300_000),
        ("2", 18, 300_000),
        ("3a", 19, 395_000),
        ("3b", 16, 110_000),
    ],
)
def test_the_publication_stays_what_it_is(form: str, workplaces: int, investment: int) -> None:
    """Table 5.5 to the euro: 19 people answer at once in 2009, and three or four at each desk."""
    found = cost(drechtsteden()).forms[form]
    assert found.workplaces == workplaces == _busiest(form)
    assert found.investment == investment


def _busiest(form: str) -> int:
    years = cost(drechtsteden()).forms[form].years.values()
    return max(hour.agents_first_line for year in years for hour in year.hours)


def test_a_region_four_times_as_large_buys_more() -> None:
    """Of every desk beyond the 19, and of an exchange for every eight beyond these."""
    found = cost(larger(4)).forms["3a"]
    more = found.workplaces - 19
    assert found.workplaces == 67
    assert found.investments["werkplekken"] == 90_000 + 4_750 * more
    assert found.investments["acd"] == 50_000 + 25_000 * 6
    assert found.investments["huisvesting"] == 25_000 + 1_300 * more
    assert found.investments["project-en-advies"] == 150_000


def test_an_exchange_is_for_eight_workplaces() -> None:
    """Form 1 four times as large: nine at once in each municipality, so two exchanges each."""
    found = cost(larger(4)).forms["1"]
    assert found.workplaces == 6 * 9
    assert found.investments["acd"] == 6 * 2 * 25_000 == found.write_off - 6 * 15_000


@examples(30)
@given(st.integers(1, 50), st.integers(0, 9999), st.integers(1, 20), st.lists(st.integers(0, 300)))
def test_more_workplaces_never_cost_less(
    size: int, more: int, each: int, needed: list[int]
) -> None:
    """What an amount is for costs the amount, and every step beyond it as much more."""
    terms = Sized(workplaces=size, more=float(more), each=each, source=SOURCE)
    amount = Amount(euro=1000.0, sized=terms)
    euro = [amount.for_workplaces(one) for one in sorted(needed)]
    assert euro == sorted(euro)
    assert amount.for_workplaces(size) == 1000
    assert amount.for_workplaces(size + 1) == amount.for_workplaces(size + each) == 1000 + more


@examples(10)
@given(st.sampled_from(["1", "2", "3a", "3b"]), st.floats(0.2, 6), st.floats(1, 2))
def test_a_larger_region_never_buys_less(form: str, times: float, more: float) -> None:
    """With more inhabitants there are at least as many workplaces, and nothing becomes cheaper."""
    small, large = (cost(larger(one)).forms[form] for one in (times, times * more))
    assert small.workplaces <= large.workplaces
    assert small.investment <= large.investment


def test_what_is_bought_does_not_hang_on_the_years_that_are_listed() -> None:
    """A centre is built for its busiest year, also where a region lists only a later one."""
    basis = drechtsteden().costs.model_copy(update={"years": (2012,)})
    region = drechtsteden().model_copy(update={"costs": basis})
    known = published(), region
    assert needs(*known, model(*known), "3a") == {"": 19}
