"""The cost model on small regions: what holds for any of them, and what is refused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.inputs import Allowed, spans
from decision.costs.result import CostsError, costs
from decision.costs.staffing import agents_needed
from decision.model.figures import Calculation, Investment, ProfileHour
from decision.model.region import Region
from decision.words.catalogue import catalogue, languages
from tests.drechtsteden import figures, published

if TYPE_CHECKING:
    from decision.model.knowledge import Knowledge

YEARS = (2009, 2010, 2011)
SOURCE = {"document": "test", "place": "test"}
KENGETALLEN = {
    "calls_per_inhabitant": 1.5,
    "opening_days": 260,
    "hours_per_fte": 1350,
    "wage_first_line": 50_000,
    "wage_second_line": 65_000,
    "service_target": 0.8,
    "answer_within": 30,
    "handling_second_line": 420,
    "depreciation_years": 3,
    "occupancy_warning": 0.75,
}
SEPARATE, JOINT = "a", "b"


def calculation(**changes: Any) -> Calculation:  # noqa: ANN401 - any field of the model
    """A calculation of one site that avoids no calls."""
    plain: dict[str, Any] = {
        "calls_avoided": 0.0,
        "direct": (0.5,),
        "handling_first_line": (200.0,),
        "sites": "one",
        "wage": "wage_first_line",
        "source": SOURCE,
    }
    return Calculation.model_validate(plain | changes)


def item(amounts: dict[str, dict[str, Any]], *assumed_for: str) -> dict[str, Investment]:
    """One item of investment."""
    entry = {"name": "item", "amounts": amounts, "assumed_for": assumed_for, "source": SOURCE}
    return {"item": Investment.model_validate(entry)}


def small(
    calculations: dict[str, Calculation] | None = None,
    investments: dict[str, Investment] | None = None,
    kengetallen: dict[str, float] | None = None,
) -> Knowledge:
    """Knowledge of two forms: in one each municipality answers alone, in the other together."""
    values = {**KENGETALLEN, **(kengetallen or {})}
    of_form = {SEPARATE: calculation(sites="each"), JOINT: calculation(sites="one")}
    return published().model_copy(
        update={
            "calculations": of_form if calculations is None else calculations,
            "investments": investments or {},
            "hourly_profile": (
                ProfileHour(start="09:00", share=0.6),
                ProfileHour(start="10:00", share=0.4),
            ),
            "kengetallen": {
                name: published().kengetallen[name].model_copy(update={"value": value})
                for name, value in values.items()
            },
        }
    )


def a_region(
    *inhabitants: float,
    kengetallen: dict[str, float] | None = None,
    counted: dict[int, float] | None = None,
    sites: dict[int, list[float]] | str | None = None,
    **basis: object,
) -> Region:
    """A region of municipalities with so many inhabitants, some with their calls counted.

    ``sites`` are the locations of some of them, or how all of them count.
    """
    calls = counted or {}
    split = sites if isinstance(sites, dict) else {}
    if isinstance(sites, str):
        basis["sites"] = sites
    region = {
        "id": "region",
        "name": "Region",
        "number": "078",
        "reference_date": "2008",
        "municipalities": {
            f"m{number}": {
                "name": f"M{number}",
                "cbs": f"{number:04}",
                "coverage": {"078": 1.0},
                "inhabitants": {"value": people},
                "calls_per_year": {"value": calls[number]} if number in calls else None,
                "sites": split.get(number),
            }
            for number, people in enumerate(inhabitants)
        },
        "costs": {"years": YEARS, **basis},
    }
    plain = Region.model_validate(region)
    return plain.model_copy(update={"kengetallen": figures(kengetallen or {})})


PEOPLE = st.lists(st.integers(1000, 200_000), min_size=1, max_size=6)


@given(PEOPLE, st.sampled_from(["equal", "own"]))
def test_joint_handling_never_needs_more_people(people: list[float], sites: str) -> None:
    """One site for all never needs more people than a site for each."""
    result = costs(small(), a_region(*people, sites=sites))
    apart, joint = (result.forms[form].years[2009] for form in (SEPARATE, JOINT))
    assert joint.fte_first_line <= apart.fte_first_line
    assert joint.fte_second_line == apart.fte_second_line


@given(PEOPLE, st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 1e6))
def test_the_parts_add_up(people: list[float], direct: float, avoided: float, euro: float) -> None:
    """The total is what the fte of both lines and the yearly depreciation cost together."""
    one = calculation(direct=(direct,), calls_avoided=avoided)
    knowledge = small({JOINT: one}, item({JOINT: {"euro": euro}}))
    result = costs(knowledge, a_region(*people)).forms[JOINT]
    for year in result.years.values():
        assert year.cost_per_call * year.calls == year.total
        paid = year.fte_first_line * 50_000 + year.fte_second_line * 65_000
        assert year.total == pytest.approx(paid + year.depreciation * year.calls)
    first = result.years[2009]
    assert first.depreciation * first.calls == pytest.approx(euro / 3)
    assert {year.depreciation for year in result.years.values()} == {first.depreciation}


@given(st.permutations([5_000.0, 20_000.0, 61_000.0, 120_000.0]))
def test_order_and_names_change_nothing(people: list[float]) -> None:
    """Who is called what, and in which order, does not change the cost."""
    in_order = costs(small(), a_region(*sorted(people), sites="own"))
    assert costs(small(), a_region(*people, sites="own")) == in_order


@given(st.floats(1, 3))
def test_wages_scale_prices(factor: float) -> None:
    """Wages that rise make calls as much dearer, and change no staffing."""
    plain = costs(small(), a_region(50_000)).forms[JOINT].years[2009]
    wages = {"wage_first_line": 50_000 * factor, "wage_second_line": 65_000 * factor}
    dearer = costs(small(kengetallen=wages), a_region(50_000)).forms[JOINT].years[2009]
    assert dearer.cost_per_call == pytest.approx(plain.cost_per_call * factor)
    assert dearer.hours == plain.hours


def test_own_sites_follow_inhabitants() -> None:
    """Each municipality staffs for its own calls, not for an equal part of them."""
    own = costs(small(), a_region(90_000, 10_000, sites="own"))
    equal = costs(small(), a_region(90_000, 10_000, sites="equal"))
    hour = own.forms[SEPARATE].years[2009].hours[0]
    expected = agents_needed([hour.calls * 0.9, hour.calls * 0.1], 200, 0.8, 30).sum()
    assert hour.agents_first_line == expected
    halves = agents_needed([hour.calls * 0.5] * 2, 200, 0.8, 30).sum()
    assert equal.forms[SEPARATE].years[2009].hours[0].agents_first_line == halves


def test_counted_calls_go_before_inhabitants() -> None:
    """A municipality that counts its calls is not estimated from its inhabitants."""
    result = costs(small(), a_region(90_000, 10_000, counted={1: 65_000}, sites="own"))
    assert result.inhabitants == 100_000
    assert result.calls_per_day == pytest.approx((135_000 + 65_000) / 260)
    hour = result.forms[SEPARATE].years[2009].hours[0]
    mine = [hour.calls * 135 / 200, hour.calls * 65 / 200]
    assert hour.agents_first_line == agents_needed(mine, 200, 0.8, 30).sum()


def test_inhabitants_counted_scale_the_members() -> None:
    """The rounded total of the calculation replaces the sum of the municipalities."""
    result = costs(small(), a_region(30_000, 31_609, inhabitants_counted=52_000))
    assert result.inhabitants == 52_000
    assert result.calls_per_day == 300


def test_last_figure_holds_on() -> None:
    """After the last year of a calculation all of it stays, also the calls that are avoided."""
    one = calculation(
        direct=(0.2, 0.4), handling_first_line=(300.0, 280.0, 260.0), calls_avoided=0.1
    )
    region = a_region(52_000, years=(2009, 2010, 2011, 2013))
    years = costs(small({JOINT: one}), region).forms[JOINT].years
    assert [year.direct for year in years.values()] == [0.2, 0.4, 0.4, 0.4]
    assert [year.handling_first_line for year in years.values()] == [300, 280, 260, 260]
    volumes = [year.calls / 78_000 for year in years.values()]
    assert volumes == pytest.approx([0.9, 0.81, 0.729, 0.729])


def test_region_has_its_own_hours_and_kengetallen() -> None:
    """The region's own profile and kengetallen go before the general ones."""
    profile = ({"start": "12:00", "share": 1.0},)
    region = a_region(52_000, hourly_profile=profile, kengetallen={"calls_per_inhabitant": 3.0})
    result = costs(small(), region)
    assert result.calls_per_day == 600
    (hour,) = result.forms[JOINT].years[2009].hours
    assert (hour.start, hour.share, hour.calls) == ("12:00", 1.0, 600)


def test_investment_per_municipality_and_assumed() -> None:
    """An item for each municipality counts as often as there are, and an assumed one is told."""
    amounts: dict[str, dict[str, Any]] = {
        SEPARATE: {"euro": 1000, "per": "municipality", "lost_on_growth": True},
        JOINT: {"euro": 5000},
    }
    forms = costs(small(investments=item(amounts, JOINT)), a_region(1000, 2000, 3000)).forms
    assert (forms[SEPARATE].investment, forms[SEPARATE].write_off) == (3000, 3000)
    assert (forms[JOINT].investment, forms[JOINT].write_off) == (5000, 0)
    assert (forms[SEPARATE].assumed, forms[JOINT].assumed) == (False, True)


def test_everything_answered_directly_needs_no_second_line() -> None:
    """When nothing is passed on, the second line has no people and no price."""
    one = calculation(direct=(1.0,))
    year = costs(small({JOINT: one}), a_region(50_000)).forms[JOINT].years[2009]
    assert (year.fte_second_line, year.price_second_line) == (0, 0)
    assert year.cost_per_call == year.price_first_line


def test_no_calls_cost_nothing() -> None:
    """A region that is hardly ever called needs nobody, and has no price per call."""
    result = costs(small(), a_region(1, whole_calls=True))
    assert result.calls_per_day == 0
    for form in result.forms.values():
        assert {year.total for year in form.years.values()} == {0}
        assert {year.fte_first_line for year in form.years.values()} == {0}
    assert not result.warnings


@pytest.mark.parametrize("missing", sorted(KENGETALLEN))
def test_missing_kengetal(missing: str) -> None:
    """A kengetal that nobody gives is asked for by name."""
    given = {name: one for name, one in small().kengetallen.items() if name != missing}
    without = small().model_copy(update={"kengetallen": given})
    with pytest.raises(CostsError, match=f"^kengetal {missing} is missing, but must be") as caught:
        costs(without, a_region(1000))
    assert (caught.value.kengetal, caught.value.value) == (missing, None)


@pytest.mark.parametrize(
    ("kengetal", "value", "allowed"),
    [
        ("calls_per_inhabitant", -1.0, "not_negative"),
        ("opening_days", 0.0, "positive"),
        ("hours_per_fte", 0.0, "positive"),
        ("wage_first_line", -1.0, "not_negative"),
        ("wage_second_line", math.inf, "not_negative"),
        ("service_target", 1.0, "share_below_1"),
        ("answer_within", -1.0, "not_negative"),
        ("handling_second_line", 0.0, "positive"),
        ("depreciation_years", 0.0, "positive"),
        ("occupancy_warning", 75.0, "share"),
        ("opening_days", math.nan, "positive"),
    ],
)
def test_impossible_kengetal(kengetal: str, value: float, allowed: str) -> None:
    """A kengetal that cannot be is refused by name, with its value and what is allowed."""
    with pytest.raises(CostsError) as caught:
        costs(small(), a_region(1000, kengetallen={kengetal: value}))
    assert str(caught.value) == f"kengetal {kengetal} is {value!r}, but must be {allowed}"
    assert caught.value.allowed == allowed


def test_what_is_allowed_has_words() -> None:
    """Every way in which a kengetal can be wrong is explained in every language."""
    for lang in languages():
        assert set(catalogue(lang, "cli").get("errors.allowed")) == set(get_args(Allowed))


@given(st.floats(0, 100))
def test_a_range_that_is_taken_along_stays_possible(value: float) -> None:
    """However many calls a region has by its own count, the range around it can be."""
    span = spans(small(), a_region(1000, kengetallen={"calls_per_inhabitant": value}))
    low, middle, high = span["calls_per_inhabitant"]
    assert 0 <= low <= middle == value <= high <= 100


PARTS = st.lists(st.floats(0.05, 1), min_size=2, max_size=5).map(
    lambda parts: [part / math.fsum(parts) for part in parts]
)


@given(st.integers(5_000, 200_000), PARTS, st.none() | st.floats(0.3, 0.95))
def test_splitting_a_site_never_needs_fewer_agents(
    people: float, parts: list[float], cap: float | None
) -> None:
    """More locations never need fewer people, in no hour, and leave the second line as it is."""
    plain = costs(small(), a_region(people, 20_000, occupancy_cap=cap)).forms
    split = costs(small(), a_region(people, 20_000, sites={0: parts}, occupancy_cap=cap)).forms
    joint = costs(small(), a_region(people, 20_000, joint_sites=parts, occupancy_cap=cap)).forms
    assert split[JOINT] == plain[JOINT]
    assert joint[SEPARATE] == plain[SEPARATE]
    for more, form in ((split, SEPARATE), (joint, JOINT)):
        hours = zip(more[form].years[2009].hours, plain[form].years[2009].hours, strict=True)
        for divided, whole in hours:
            assert divided.agents_first_line >= whole.agents_first_line
            assert divided.agents_second_line == whole.agents_second_line


@given(st.permutations([0.5, 0.3, 0.15, 0.05]))
def test_the_order_of_sites_changes_nothing(parts: list[float]) -> None:
    """Which location is named first does not change the cost."""
    in_order = sorted(parts)
    expected = costs(small(), a_region(90_000, sites={0: in_order}, joint_sites=in_order))
    assert costs(small(), a_region(90_000, sites={0: parts}, joint_sites=parts)) == expected


def test_a_municipality_with_two_sites_staffs_as_two_municipalities() -> None:
    """What counts for the first line is where calls are answered, not who they are for."""
    one = costs(small(), a_region(90_000, 10_000, sites={0: [2 / 3, 1 / 3]})).forms[SEPARATE]
    two = costs(small(), a_region(60_000, 30_000, 10_000)).forms[SEPARATE]
    hours = zip(one.years[2009].hours, two.years[2009].hours, strict=True)
    assert all(a.agents_first_line == b.agents_first_line for a, b in hours)


def test_one_site_is_no_split() -> None:
    """Declaring the one location that there is changes nothing."""
    declared = a_region(90_000, 10_000, sites={0: [1.0]}, joint_sites=[1.0])
    assert costs(small(), declared) == costs(small(), a_region(90_000, 10_000))


@given(st.floats(0.2, 1), st.floats(0.2, 1))
def test_a_tighter_cap_never_needs_fewer_agents(one: float, other: float) -> None:
    """No hour of the first line is busier than the cap; the second line has none."""
    loose, tight = (
        costs(small(), a_region(90_000, 10_000, occupancy_cap=cap)).forms
        for cap in sorted((one, other), reverse=True)
    )
    for form in (SEPARATE, JOINT):
        more, fewer = tight[form].years[2009], loose[form].years[2009]
        assert more.fte_first_line >= fewer.fte_first_line
        assert more.fte_second_line == fewer.fte_second_line
        assert max(hour.occupancy_first_line for hour in more.hours) <= min(one, other)


def test_a_cap_of_everything_is_no_cap() -> None:
    """People who may be busy all the time are staffed as without a cap."""
    capped = costs(small(), a_region(90_000, occupancy_cap=1.0))
    assert capped == costs(small(), a_region(90_000))
