"""Any period of years and any size: what a promise, an investment and a price may never do."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.crews import crew
from decision.costs.result import Costs, costs
from tests.costs.test_laws import JOINT, a_region, calculation, item, small
from tests.drechtsteden import drechtsteden, figures, published
from tests.searching import examples

FORMS = tuple(published().calculations)
LATER = st.lists(st.integers(2010, 2040), min_size=1, max_size=5, unique=True).map(sorted)


def over(*years: int, **kengetallen: float) -> Costs:
    """The Drechtsteden over these years, at other kengetallen."""
    region = drechtsteden()
    basis = region.costs.model_copy(update={"years": years})
    own = {**region.kengetallen, **figures(kengetallen)}
    return costs(published(), region.model_copy(update={"costs": basis, "kengetallen": own}))


@examples(10)
@given(LATER, st.integers(2041, 2060))
def test_a_year_at_the_end_changes_no_earlier_year(later: list[int], one_more: int) -> None:
    """Who also looks at a later year sees the same amounts in the years before it."""
    short, long = over(2009, *later), over(2009, *later, one_more)
    for form, cost in short.forms.items():
        assert cost.years == {year: long.forms[form].years[year] for year in cost.years}


@examples(10)
@given(LATER)
def test_a_year_in_between_changes_no_other_year(later: list[int]) -> None:
    """A year that is not listed has passed all the same."""
    listed, every = over(2009, *later), over(*range(2009, later[-1] + 1))
    for form, cost in listed.forms.items():
        for year, found in cost.years.items():
            assert found.total == pytest.approx(every.forms[form].years[year].total)


@examples(15)
@given(st.integers(1, 12), st.floats(1, 12), st.floats(0, 0.9))
def test_no_more_is_written_off_than_was_invested(
    years: int, write_off: float, avoided: float
) -> None:
    """Depreciation over the years is at most the investment, and all of it in the end."""
    one = calculation(calls_avoided=avoided, direct=(0.2, 0.3, 0.4))
    knowledge = small({JOINT: one}, item({JOINT: {"euro": 90_000}}))
    own = {"depreciation_years": write_off}
    region = a_region(52_000, years=tuple(range(2009, 2009 + years)), kengetallen=own)
    found = costs(knowledge, region).forms[JOINT]
    charged = [year.depreciation * year.calls for year in found.years.values()]
    assert charged[0] == pytest.approx(90_000 / write_off)
    assert fsum(charged) <= 90_000 * (1 + 1e-9)
    if years >= write_off and not avoided:
        assert fsum(charged) == pytest.approx(90_000)


@pytest.mark.parametrize("form", FORMS)
def test_after_ten_years_all_is_written_off_once(form: str) -> None:
    """Over ten years the Drechtsteden pay exactly what they invested, however many call."""
    found = over(*range(2009, 2019)).forms[form]
    charged = fsum(year.depreciation * year.calls for year in found.years.values())
    assert charged == pytest.approx(found.investment)


@examples(10)
@given(st.integers(2012, 2100))
def test_after_the_last_year_of_a_source_all_holds_on(year: int) -> None:
    """Calls, direct answers, handling and contacts moved are those of the third year, for good."""
    found = over(2009, 2010, 2011, year)
    for cost in found.forms.values():
        third, later = cost.years[2011], cost.years[year]
        kept = ("calls", "direct", "handling_first_line", "fte_first_line", "fte_second_line")
        assert [getattr(later, name) for name in kept] == [getattr(third, name) for name in kept]
        assert later.other_channels == pytest.approx(third.other_channels)
        assert later.cost_per_call <= third.cost_per_call
    for channel in found.channels:
        assert all(use[year] == pytest.approx(use[2011]) for use in channel.contacts_in.values())


@examples(10)
@given(LATER, st.floats(0, 1), st.floats(0, 40), st.floats(0, 200))
def test_a_price_is_never_negative(
    later: list[int], moved: float, wage: float, desk: float
) -> None:
    """However much a form saves at the desk, a call and a year never cost less than nothing."""
    own = {"desk_to_digital": moved, "wage_first_line": wage * 1000, "cost_contact_desk": desk}
    for cost in over(2009, *later, **own).forms.values():
        for year in cost.years.values():
            assert min(year.cost_per_call, year.total, year.depreciation) >= 0
            parts = year.price_first_line + (1 - year.direct) * year.price_second_line
            rest = year.depreciation + year.running_costs + year.other_channels
            assert year.cost_per_call == pytest.approx(parts + rest, abs=1e-9)


def test_a_crew_of_all_holds_on_too() -> None:
    """What moved contacts change stays as it is after the years of the promise, for any group."""
    people = crew(published(), drechtsteden())
    today = people.used["opening_days"] * 1506
    for form in FORMS:
        third, later = (people.moved_euro(form, today, np.array([n])) for n in (3, 30))
        assert (third == later).all()


@examples(20)
@given(st.integers(1, 5000))
def test_every_inhabitant_counts(people: int) -> None:
    """A village has the calls of its inhabitants, not those of whole calls a day."""
    found = costs(published(), a_region(people))
    assert found.calls_per_day * 260 == pytest.approx(1.5 * people)
    assert all(year.total > 0 for cost in found.forms.values() for year in cost.years.values())


def test_whole_calls_are_for_who_asks_for_them() -> None:
    """The publication rounds 1.505,8 calls a day to 1.506; who does not ask for that keeps them."""
    region = drechtsteden()
    exact = region.costs.model_copy(update={"whole_calls": False})
    assert costs(published(), region).calls_per_day == 1506
    found = costs(published(), region.model_copy(update={"costs": exact}))
    assert found.calls_per_day == pytest.approx(261_000 * 1.5 / 260)


def test_a_hundred_calls_a_year() -> None:
    """Who counts a hundred calls a year has a hundred calls a year."""
    found = costs(published(), a_region(5000, counted={0: 100}))
    assert found.forms["0"].years[2009].calls == pytest.approx(100)
