"""A region as they are in fact, and a second cost model that does it all by hand.

The oracle below shares no line with the program: plain numbers, one hour and one location at a
time, Erlang C by its textbook recursion.
"""

from __future__ import annotations

import functools
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decision.costs.result import costs
from decision.load import load_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decision.costs.result import Costs
    from decision.load import Case

REGION = Path(__file__).parent.parent / "regions" / "langs-de-rivier.yaml"
FORMS = ("0", "1", "2", "3a", "3b", "4", "5")
YEARS = (2025, 2026, 2027, 2028, 2029)
DAYS = 254


@functools.cache
def case() -> Case:
    """The region with the knowledge that comes with the program."""
    return load_region(REGION)


@functools.cache
def found() -> Costs:
    """What every form costs in it."""
    return costs(case().knowledge, case().region)


def enough(load: float, handling: float, agents: int) -> bool:
    """Whether so many agents answer 80% within 30 seconds (Erlang B first, then C)."""
    if agents <= load:
        return False
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    waits = blocked / (1 - load / agents * (1 - blocked))
    return 1 - waits * math.exp(-(agents - load) * 30 / handling) >= 0.8


def staff(calls: float, handling: float, cap: float = 1.0) -> int:
    """The agents for so many calls an hour, none of them busier than the cap."""
    load = calls * handling / 3600
    agents = 0
    while not (enough(load, handling, agents) and load / agents <= cap):
        agents += 1
    return agents


def test_calls_of_today() -> None:
    """One municipality counts its calls, the others follow from their inhabitants."""
    counted = 231_400 + 1.3 * (44_200 + 8_300)
    assert found().calls_per_day == pytest.approx(counted / DAYS)
    assert found().inhabitants == 174_000


def departments() -> list[float]:
    """The share of the region's calls of each municipality."""
    calls = [231_400.0, 1.3 * 44_200, 1.3 * 8_300]
    return [own / sum(calls) for own in calls]


def own_sites() -> list[float]:
    """The share of the region's calls that each location of a municipality answers."""
    parts = [[0.7, 0.3], [1.0], [0.5, 0.25, 0.25]]
    return [own * part for own, of in zip(departments(), parts, strict=True) for part in of]


def crews(form: str, passed: int, *, first: bool) -> list[int]:
    """The agents of one line in each hour of the day, counted location by location."""
    calculation = case().knowledge.calculations[form]
    at = min(passed, 2)
    a_day = found().calls_per_day * (1 - calculation.calls_avoided) ** (at + 1)
    hours = [hour.share * a_day for hour in case().region.costs.hourly_profile or ()]
    if not first:
        passed_on = [share * (1 - calculation.direct[at]) for share in departments()]
        return [sum(staff(hour * share, 420) for share in passed_on) for hour in hours]
    sites = own_sites() if calculation.sites == "each" else [0.6, 0.4]
    handling = calculation.handling_first_line[at]
    return [sum(staff(hour * share, handling, 0.8) for share in sites) for hour in hours]


def fte(agents: Sequence[int]) -> float:
    """Full-time equivalents for the agents of all hours of a day."""
    return sum(agents) * DAYS / 1350


@pytest.mark.parametrize("passed", range(5))
@pytest.mark.parametrize("form", FORMS)
def test_every_form_and_year_by_hand(form: str, passed: int) -> None:
    """Staffing is the same agent by agent, and so is what a call and a year cost."""
    calculation = case().knowledge.calculations[form]
    year = found().forms[form].years[YEARS[passed]]
    first, second = (crews(form, passed, first=line) for line in (True, False))
    assert [hour.agents_first_line for hour in year.hours] == first
    assert [hour.agents_second_line for hour in year.hours] == second
    wage = {"wage_first_line": 58_000, "wage_outsourced": 45_000}[calculation.wage]
    at = min(passed, 2)  # the promise of each form runs three years
    calls = found().calls_per_day * DAYS * (1 - calculation.calls_avoided) ** (at + 1)
    investment = found().forms[form].investment
    shrunk = (1 - calculation.calls_avoided) ** at
    written_off = investment / 5 * shrunk  # per call of the first year, so less with fewer calls
    moved = 0.0
    if calculation.moved is not None:
        desk = found().calls_per_day * DAYS / 0.44 * 0.29
        moved = desk * (1 - 0.98 ** (at + 1)) * (0.50 - 27.50)
    total = fte(first) * wage + fte(second) * 74_500 + written_off + moved
    assert year.calls == pytest.approx(calls)
    assert year.total == pytest.approx(total)
    assert year.cost_per_call == pytest.approx(total / calls)


def test_the_evening_counts() -> None:
    """Who is open until nine in the evening needs people until nine in the evening."""
    hours = found().forms["3a"].years[2029].hours
    assert (hours[0].start, hours[-1].start, len(hours)) == ("08:00", "20:00", 13)
    assert hours[-1].agents_first_line >= 2
    assert math.fsum(hour.share for hour in hours) == pytest.approx(1)


def test_no_hour_is_busier_than_the_cap() -> None:
    """At most 80% of the time on the telephone, in every hour of every form."""
    for form in found().forms.values():
        for year in form.years.values():
            assert max(hour.occupancy_first_line for hour in year.hours) <= 0.8


def test_who_needs_more_than_eight_workplaces_buys_one_more_exchange() -> None:
    """Form 1: € 60.000 once and € 40.000 each; the city has nine workplaces, on two locations."""
    assert found().forms["1"].workplaces == 9 + 3 + 3
    assert found().forms["1"].investment == 60_000 + 3 * 40_000 + 25_000
    assert found().forms["1"].write_off == 3 * 40_000 + 25_000
