"""So many people: what callers notice, by formula, by law and by simulating the queue."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import costs
from decision.costs.service import Noticed, Service, service
from tests.drechtsteden import drechtsteden, published
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from decision.model.region import Region

TARGET, WITHIN = 0.8, 30.0
JOINT = ("3a", "3b", "4", "5")


def with_basis(**basis: object) -> Region:
    """The Drechtsteden with another basis for its costs."""
    own = drechtsteden().costs.model_copy(update=basis)
    return drechtsteden().model_copy(update={"costs": own})


@cache
def with_people(people: int) -> Service:
    """What callers notice of so many people who answer in the Drechtsteden."""
    return service(published(), drechtsteden(), people)


def test_twelve_people_in_the_drechtsteden() -> None:
    """One centre helps 90% in time with the twelve people who help 70% at six places of two."""
    found = with_people(12)
    assert (found.year, found.target, found.wait, found.patience) == (2011, TARGET, WITHIN, None)
    assert (found.forms["3a"].locations, found.forms["2"].locations) == ((12,), (2,) * 6)
    levels = {form: round(one.patient.service_level, 3) for form, one in found.forms.items()}
    assert (levels["3a"], levels["3b"], levels["2"], levels["1"]) == (0.899, 0.828, 0.696, 0.593)


@given(st.integers(1, 60))
@examples(8)
def test_the_norm_is_reached_with_as_many_as_it_asks(people: int) -> None:
    """One centre reaches the norm in just the hours in which it asks no more people."""
    for form in JOINT:
        for hour in with_people(people).forms[form].hours:
            assert (hour.patient.service_level >= TARGET) == (people >= hour.needed)


@given(st.integers(1, 60))
@examples(8)
def test_one_person_more_never_makes_it_worse(people: int) -> None:
    """More callers are helped in time, they wait less, and people are less busy."""
    before, after = with_people(people).forms, with_people(people + 1).forms
    for form in JOINT:
        few, more = before[form].patient, after[form].patient
        assert more.service_level >= few.service_level - 1e-12
        assert more.occupancy <= few.occupancy + 1e-12
        assert (few.mean_wait is None) or (more.mean_wait or 0) <= few.mean_wait + 1e-9


@given(st.integers(1, 60))
@examples(8)
def test_everybody_has_a_place(people: int) -> None:
    """People are whole, all of them are somewhere, and equal places differ by one at most."""
    for one in with_people(people).forms.values():
        assert sum(one.locations) == people
        assert max(one.locations) - min(one.locations) <= 1


def test_more_places_than_people() -> None:
    """Where nobody answers the queue grows without end, and who calls there is not helped."""
    one = with_people(4).forms["2"]
    assert one.locations == (1, 1, 1, 1, 0, 0)
    assert one.patient.mean_wait is None
    assert one.patient.service_level < 4 / 6


def test_larger_municipalities_get_more_people() -> None:
    """Where each has its own calls the people go along, by the largest remainders."""
    found = service(published(), with_basis(sites="own"), 12)
    assert found.forms["2"].locations == (5, 2, 2, 1, 1, 1)


def test_callers_who_hang_up_leave_room_for_others() -> None:
    """With five people the queue of an hour grows without end, unless callers hang up."""
    found = service(published(), with_basis(patience=120.0), 5).forms["3a"]
    assert found.patient.mean_wait is None
    assert found.with_patience is not None
    assert found.with_patience.mean_wait == pytest.approx(found.with_patience.abandonment * 120)
    for hour in found.hours:
        assert hour.with_patience is not None
        assert hour.with_patience.abandonment > 0


def test_nobody_calls() -> None:
    """Where nobody calls nobody waits."""
    quiet = [{"start": "08:00", "share": 1.0}, {"start": "09:00", "share": 0.0}]
    basis = drechtsteden().costs.model_validate({"years": [2009], "hourly_profile": quiet})
    region = drechtsteden().model_copy(update={"costs": basis})
    hour = service(published(), region, 12).forms["3a"].hours[1]
    assert (hour.calls, hour.needed, hour.patient.mean_wait) == (0, 0, 0)
    assert (hour.patient.service_level, hour.patient.occupancy) == (1, 0)


@pytest.mark.parametrize("shrinkage", [0.0, 0.1, 0.25])
def test_presence_is_a_surcharge_that_costs_nothing(shrinkage: float) -> None:
    """Enough people are present, no more than that, and every amount stays as it was."""
    plain, found = (
        costs(published(), region) for region in (drechtsteden(), with_basis(shrinkage=shrinkage))
    )
    for form, one in found.forms.items():
        for year, figures in one.years.items():
            assert figures.total == plain.forms[form].years[year].total
            for hour in figures.hours:
                agents, there = hour.agents_first_line, hour.present_first_line
                assert there * (1 - shrinkage) >= agents - 1e-6
                assert (there - 1) * (1 - shrinkage) < agents or not agents
    assert service(published(), with_basis(shrinkage=shrinkage), 12).present == (
        math.ceil(round(12 / (1 - shrinkage), 6))
    )


@pytest.mark.parametrize("crew", [1, 2, 3, 12])
def test_a_smallest_crew_is_there_whenever_somebody_calls(crew: int) -> None:
    """Every location has it in every hour, the second line does not change; one is no crew."""
    plain, found = (
        costs(published(), region).forms
        for region in (drechtsteden(), with_basis(smallest_crew=crew))
    )
    assert found == plain or crew > 1
    for form, one in found.items():
        places = 1 if form in JOINT else 6
        hours = zip(one.years[2011].hours, plain[form].years[2011].hours, strict=True)
        for now, before in hours:
            assert now.agents_first_line == max(before.agents_first_line, crew * places)
            assert now.agents_second_line == before.agents_second_line


class Call(NamedTuple):
    """A simulated call: the hour in which it came, how long it waited, and was helped (or not)."""

    hour: int
    wait: float
    talk: float | None


def simulated(
    calls: Sequence[float], handling: float, agents: int, patience: float | None, seed: int = 14
) -> list[Call]:
    """Callers one by one, hour after hour: they wait in line, and are helped or hang up."""
    world, draw = simpy.Environment(), np.random.default_rng(seed)
    crew = simpy.Resource(world, capacity=agents)
    found: list[Call] = []

    def caller(hour: int) -> Generator[simpy.Event]:
        came = world.now
        with crew.request() as turn:
            hangs_up = [] if patience is None else [world.timeout(draw.exponential(patience))]
            yield simpy.AnyOf(world, [turn, *hangs_up])
            talk = draw.exponential(handling) if turn.triggered else None
            found.append(Call(hour, world.now - came, talk))
            if talk is not None:
                yield world.timeout(talk)

    def arrivals() -> Generator[simpy.Event]:
        for hour, rate in enumerate(calls):
            end = (hour + 1) * 3600
            while world.now + (gap := draw.exponential(3600 / rate)) < end:
                yield world.timeout(gap)
                world.process(caller(hour))
            yield world.timeout(end - world.now)

    world.process(arrivals())
    world.run()
    return found


def counted(calls: Sequence[Call], agents: int, hours: int) -> Noticed:
    """What the callers noticed, and how busy the people were."""
    helped = [one for one in calls if one.talk is not None]
    return Noticed(
        service_level=sum(one.wait <= WITHIN for one in helped) / len(calls),
        mean_wait=sum(one.wait for one in calls) / len(calls),
        occupancy=sum(one.talk or 0 for one in calls) / (3600 * hours * agents),
        abandonment=1 - len(helped) / len(calls),
    )


def handling_in(form: str) -> float:
    """How long a call takes in the first line of a form, in 2011."""
    return costs(published(), drechtsteden()).forms[form].years[2011].handling_first_line


@pytest.mark.parametrize(
    ("form", "people", "patience"),
    [("3a", 13, None), ("2", 18, None), ("3a", 9, 120.0)],
)
def test_a_simulated_queue_gives_the_figures_of_the_busiest_hour(
    form: str, people: int, patience: float | None
) -> None:
    """An hour that goes on for a long time, call by call, comes out as Erlang C and A say."""
    one = service(published(), with_basis(patience=patience), people).forms[form]
    hour, agents = max(one.hours, key=lambda hour: hour.calls), one.locations[0]
    calls = hour.calls / len(one.locations)
    hours = int(20_000 / calls)
    found = counted(simulated([calls] * hours, handling_in(form), agents, patience), agents, hours)
    said = hour.with_patience or hour.patient
    assert found.service_level == pytest.approx(said.service_level, abs=0.03)
    assert found.mean_wait == pytest.approx(said.mean_wait, rel=0.15)
    assert found.occupancy == pytest.approx(said.occupancy, abs=0.02)
    assert found.abandonment == pytest.approx(said.abandonment, abs=0.01)


def test_a_day_is_not_a_row_of_endless_hours() -> None:
    """A queue has no time to grow without end within an hour, and the next hour inherits it."""
    one = with_people(9).forms["3a"]
    calls = [hour.calls for hour in one.hours]
    days = [simulated(calls, handling_in("3a"), 9, None, seed) for seed in range(20)]
    levels = [
        counted([call for day in days for call in day if call.hour == hour], 9, 20).service_level
        for hour in range(len(calls))
    ]
    said = [hour.patient.service_level for hour in one.hours]
    nine, eleven, one_o_clock = 1, 3, 5
    assert said[nine] == 0
    assert levels[nine] > 0.15
    assert levels[eleven] < 0.6 * said[eleven]
    assert levels[one_o_clock] > said[one_o_clock]
