"""Who is on which form on a day, and how many years that has been so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from decision.model.current import Current
from decision.sharing.course import course
from decision.sharing.pieces import Since, anniversaries, years_between
from tests.regions import base

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(start=DAYS, day=DAYS)
@example(start=date(2008, 2, 29), day=date(2009, 2, 28))
@example(start=date(2008, 7, 1), day=date(2009, 6, 30))
def test_a_year_is_over_on_the_day_before_which_it_has_been_a_whole_one(
    start: date, day: date
) -> None:
    """As many whole years have gone by as the day has come back; of a leap day the day before."""
    back = [one for one in anniversaries(start, max(start, day).year) if start < one <= day]
    assert years_between(start, day) == len(back)


@given(comes=DAYS, year=st.integers(2000, 2040))
@example(comes=date(2010, 1, 2), year=2010)
def test_the_pieces_of_a_year_are_all_of_it(comes: date, year: int) -> None:
    """Each lasts until the next, and in none of them does anybody go to another form."""
    knowledge, region = base().knowledge, base().region
    names = region.municipalities
    way = course(
        knowledge, region, dict.fromkeys(names, 1.0), {"dordrecht": (Since("3a", comes),)}, {}
    )
    pieces = [*way.pieces(year, year)]
    starts = [*(one.start for one in pieces), date(year + 1, 1, 1)]
    assert starts[0] == date(year, 1, 1)
    assert comes.year != year or comes in starts
    for one, end in zip(pieces, starts[1:], strict=True):
        assert one.length == (end - one.start) / (starts[-1] - starts[0])


@pytest.mark.parametrize(
    ("since", "volumes"),
    [("2008-07", [1, 0.9, 0.81, 0.81]), ("2007-07", [1, 0.9, 0.9, 0.9]), ("2001", [1, 1, 1, 1])],
)
def test_a_form_in_use_keeps_what_it_promises(since: str, volumes: list[float]) -> None:
    """Form 3a avoids a tenth of the calls in each of its first years, counted from its own start.

    What it has avoided by the reference date is in the calls of today already.
    """
    knowledge, region = base().knowledge, base().region
    town = region.municipalities["dordrecht"].model_copy(
        update={"current": Current(form="3a", since=since)}
    )
    region = region.model_copy(update={"municipalities": {"dordrecht": town}})
    way = course(knowledge, region, {"dordrecht": 1000.0}, {}, {})
    found = [way.state("dordrecht", date(2008 + year, 7, 1)).calls for year in range(4)]
    assert found == pytest.approx([1000 * one for one in volumes])


@pytest.mark.parametrize(
    ("goes", "together"), [("mine", "mine"), ("other", ""), (None, "")], ids=str
)
def test_who_is_on_a_form_is_joined_there_by_its_own_group(goes: str | None, together: str) -> None:
    """Dordrecht has a centre: whoever of its group comes to it, comes to that one."""
    knowledge, region = base().knowledge, base().region
    town = region.municipalities["dordrecht"].model_copy(update={"current": Current(form="3a")})
    region = region.model_copy(
        update={"municipalities": {**region.municipalities, "dordrecht": town}}
    )
    groups = {"dordrecht": "mine", "papendrecht": "mine", "zwijndrecht": "other"}
    steps = {
        name: (Since("3a", date(2009, 1, 1)),) for name, group in groups.items() if group == goes
    }
    steps.pop("dordrecht", None)
    way = course(knowledge, region, dict.fromkeys(region.municipalities, 1.0), steps, groups)
    assert way.state("dordrecht", date(2010, 1, 1)).group == together
