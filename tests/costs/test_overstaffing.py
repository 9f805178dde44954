"""How much Erlang C overstaffs when callers hang up, by two ways of counting who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.overstaffing import overstaffing
from decision.costs.result import costs
from decision.costs.staffing import service_level_with_patience
from tests.drechtsteden import drechtsteden, figures, published
from tests.searching import examples

if TYPE_CHECKING:
    from decision.model.region import Region

YEARS = (2009, 2010, 2011)


def with_basis(**basis: object) -> Region:
    """The region with another basis for its costs."""
    own = drechtsteden().costs.model_copy(update=basis)
    return drechtsteden().model_copy(update={"costs": own})


def test_nothing_to_tell_without_patience() -> None:
    """A region that does not say how long callers wait gets no answer."""
    assert overstaffing(published(), drechtsteden()) == {}


def test_patience_changes_no_cost() -> None:
    """The advice stays with Erlang C, however patient callers are."""
    assert costs(published(), with_basis(patience=60.0)) == costs(published(), drechtsteden())


def test_every_form_and_year_has_an_answer() -> None:
    """The fte by Erlang C are those of the costs, and the saving is priced at the form's wage."""
    found = overstaffing(published(), with_basis(patience=60.0))
    stated = costs(published(), drechtsteden()).forms
    assert {form: [*years] for form, years in found.items()} == {form: [*YEARS] for form in stated}
    for form, years in found.items():
        wage = 45_000 if form == "3b" else 50_000
        for year, one in years.items():
            assert one.fte == stated[form].years[year].fte_first_line
            assert one.saving == pytest.approx((one.fte - one.with_patience) * wage)


def test_the_drechtsteden_with_a_minute_of_patience() -> None:
    """Form 3a in 2011: 16,4 fte by Erlang C, 13,7 when who hangs up counts as lost, else 11,7."""
    one = overstaffing(published(), with_basis(patience=60.0))["3a"][2011]
    rounded = [round(fte, 1) for fte in (one.fte, one.with_patience, one.forgiving)]
    assert rounded == [16.4, 13.7, 11.7]


@pytest.mark.parametrize("forgiving", [False, True])
def test_it_is_the_smallest_crew_that_answers_in_time(forgiving: bool) -> None:  # noqa: FBT001
    """One hour of 800 calls by hand: the agents reach the target, and one fewer does not."""
    profile = ({"start": "09:00", "share": 1.0},)
    basis = type(drechtsteden().costs).model_validate(
        {"years": [2009], "hourly_profile": profile, "patience": 45.0}
    )
    region = drechtsteden().model_copy(
        update={"costs": basis, "kengetallen": figures({"calls_per_inhabitant": 0.9})}
    )
    year = costs(published(), region).forms["3a"].years[2009]
    one = overstaffing(published(), region)["3a"][2009]
    fte = one.forgiving if forgiving else one.with_patience
    agents = round(fte * 1350 / 260)
    load = year.hours[0].calls * 240 / 3600
    reached, missed = (
        service_level_with_patience(load, crew, 30, 240, 45, forgive_hang_ups=forgiving)
        for crew in (agents, agents - 1)
    )
    assert reached >= 0.8 > missed
    assert agents < year.hours[0].agents_first_line


@examples(20)
@given(st.floats(1, 3600), st.none() | st.floats(0.5, 1))
def test_forgiving_asks_the_fewest(patience: float, cap: float | None) -> None:
    """Leaving out who hangs up never asks more than counting them, nor more than Erlang C."""
    for years in overstaffing(
        published(), with_basis(patience=patience, occupancy_cap=cap)
    ).values():
        for one in years.values():
            assert one.forgiving <= one.with_patience
            assert one.forgiving <= one.fte


def test_endless_patience_is_erlang_c() -> None:
    """Callers who wait all day ask nearly as many people as callers who wait for ever."""
    for years in overstaffing(published(), with_basis(patience=86_400.0)).values():
        for one in years.values():
            assert one.with_patience == pytest.approx(one.fte, rel=0.02)
            assert one.forgiving == pytest.approx(one.fte, rel=0.02)


def test_a_long_wait_can_cost_people() -> None:
    """Who may wait a quarter of an hour but hangs up in a minute is lost, unseen by Erlang C."""
    own = figures({"answer_within": 900, "service_target": 0.95})
    region = with_basis(patience=60.0).model_copy(update={"kengetallen": own})
    one = overstaffing(published(), region)["3a"][2009]
    assert one.with_patience > one.fte
    assert one.saving < 0


def test_a_cap_holds_for_all_three() -> None:
    """Impatient callers do not make it right that people are busier than the cap."""
    capped = with_basis(patience=10.0, occupancy_cap=0.6)
    for form, years in overstaffing(published(), capped).items():
        for year, one in years.items():
            cost = costs(published(), capped).forms[form].years[year]
            busy = cost.occupancy_first_line * one.fte
            assert one.fte == cost.fte_first_line
            assert busy / one.forgiving <= 0.6
            assert busy / one.with_patience <= 0.6
