"""By which route to a joint form: the write-off of the publication, and the laws of its money."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice
from decision.costs.result import CostsError, costs
from decision.model.figures import Amount, Investment
from decision.roadmap.dates import day_of
from decision.sharing.joining import Waves, WavesError, years_of
from decision.sharing.money import money_of, plan_money
from decision.sharing.pieces import Since
from decision.sharing.routes import Route, Trip, routes
from decision.sharing.settlement import settlement
from tests.drechtsteden import figures
from tests.searching import examples
from tests.trips import followed

if TYPE_CHECKING:
    from decision.load import Case
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

FIRST = ("dordrecht", "papendrecht", "zwijndrecht")
WAVES = ((0, FIRST), (1, ("alblasserdam",)), (2, ("hendrik-ido-ambacht",)))
EVERYONE = (*FIRST, "alblasserdam", "hendrik-ido-ambacht", "sliedrecht")


def joining(form: str, waves: Waves, **others: str) -> dict[str, Since]:
    """The members join on the first day of a year; the others go to a form at the start."""
    found = {name: Since(own, date(2009, 1, 1)) for name, own in others.items()}
    for year, names in waves:
        found |= {name: Since(form, date(2009 + year, 1, 1)) for name in names}
    return found


PLAN = joining("3a", WAVES, sliedrecht="1")


def with_kengetallen(region: Region, **values: float) -> Region:
    """The region with kengetallen of its own."""
    return region.model_copy(update={"kengetallen": figures(values)})


def with_amounts(knowledge: Knowledge, amounts: dict[str, Amount]) -> Knowledge:
    """The knowledge with one item of investment."""
    source = next(iter(knowledge.investments.values())).source
    item = Investment(name="item", amounts=amounts, source=source)
    return knowledge.model_copy(update={"investments": {"item": item}})


def found(result: tuple[Route, ...]) -> dict[tuple[str, ...], Route]:
    """The routes by their kind and path."""
    return {(route.kind, *route.path): route for route in result}


@pytest.fixture(scope="module")
def ways(drechtsteden: Case) -> dict[tuple[str, ...], Route]:
    """The routes of the publication to handling together."""
    return found(followed(drechtsteden.knowledge, drechtsteden.region, "3a", PLAN))


def test_the_lesser_forms_are_those_that_grow_into_the_joint_one(drechtsteden: Case) -> None:
    """To 3a the region can grow from 1 or 2; to 4 also from 3a and 3b, step by step."""

    def growing(form: str) -> list[tuple[str, ...]]:
        result = followed(drechtsteden.knowledge, drechtsteden.region, form)
        return [route.path for route in result if route.kind == "growing"]

    assert growing("3a") == [("1", "3a"), ("2", "3a")]
    assert growing("4") == [("1", "3a", "4"), ("2", "3a", "4"), ("3a", "4"), ("3b", "4")]
    assert growing("1") == growing("0") == []


def test_growing_through_a_lesser_form_writes_off_240_000(
    ways: dict[tuple[str, ...], Route],
) -> None:
    """Six times € 25.000 and six times € 15.000 are lost (hoofdstuk 6, tabel 5.5)."""
    for through in ("1", "2"):
        route = ways["growing", through, "3a"]
        assert route.write_off == 150_000 + 90_000
        assert [year.year for year in route.years if year.write_off] == [2011]
    assert ways["straight", "3a"].write_off == 0


@pytest.mark.parametrize(("item", "euro"), [("acd", 150_000), ("project-en-advies", 90_000)])
def test_what_is_written_off_is_the_system_and_the_project(
    drechtsteden: Case, item: str, euro: int
) -> None:
    """€ 150.000 of systems and € 90.000 of project and advice are lost (hoofdstuk 6, groeipad)."""
    only = {item: drechtsteden.knowledge.investments[item]}
    knowledge = drechtsteden.knowledge.model_copy(update={"investments": only})
    ways = found(followed(knowledge, drechtsteden.region, "3a"))
    assert {ways["growing", through, "3a"].write_off for through in ("1", "2")} == {euro}


def test_the_write_off_is_what_growing_invests_more(ways: dict[tuple[str, ...], Route]) -> None:
    """The number and the shared knowledge base stay in use, so only the write-off is paid twice."""
    straight, grown = ways["straight", "3a"], ways["growing", "1", "3a"]
    assert straight.investment == 395_000
    assert [year.investment for year in grown.years if year.investment] == [300_000, 335_000]
    assert grown.investment - straight.investment == grown.write_off


def test_straight_costs_what_the_cost_model_says(
    drechtsteden: Case, ways: dict[tuple[str, ...], Route]
) -> None:
    """The years of the region are those of the cost model, without depreciation."""
    result = costs(drechtsteden.knowledge, drechtsteden.region)
    for form, route in (("0", ways["nothing", "0"]), ("3a", ways["straight", "3a"])):
        for year in route.years[:3]:
            expected = result.forms[form].years[year.year]
            running = expected.total - expected.depreciation * expected.calls
            assert year.operations == pytest.approx(running)
            assert year.calls == pytest.approx(expected.calls)


def test_straight_follows_the_cost_model_in_a_real_region(drechtsteden: Case) -> None:
    """Also with locations, a cap on the occupancy, and contacts that move to another channel."""
    towns = drechtsteden.region.municipalities
    split = towns["dordrecht"].model_copy(update={"sites": (0.7, 0.3)})
    basis = {"sites": "own", "joint_sites": (0.5, 0.5), "occupancy_cap": 0.6}
    region = drechtsteden.region.model_copy(
        update={
            "municipalities": {**towns, "dordrecht": split},
            "costs": drechtsteden.region.costs.model_copy(update=basis),
        }
    )
    result = costs(drechtsteden.knowledge, region)
    for form in ("0", "4"):
        ways = found(followed(drechtsteden.knowledge, region, form))
        route = ways["nothing", "0"] if form == "0" else ways["straight", form]
        for year in route.years[:3]:
            expected = result.forms[form].years[year.year]
            running = expected.total - expected.depreciation * expected.calls
            assert year.operations == pytest.approx(running)
    assert result.forms["4"].last_year.other_channels < 0
    assert len({year.operations for year in route.years[2:]}) == 1


def test_contacts_begin_to_move_with_the_first_form_that_moves_them(drechtsteden: Case) -> None:
    """Growing through 3a to 4 has in its first year of 4 moved what 4 moves in one year."""
    ways = found(followed(drechtsteden.knowledge, drechtsteden.region, "4"))
    grown, plain = (
        ways["growing", "3a", "4"],
        followed(drechtsteden.knowledge, drechtsteden.region, "3a")[1],
    )
    moved = [
        one.operations - other.operations
        for one, other in zip(grown.years, plain.years, strict=False)
    ]
    at_once = costs(drechtsteden.knowledge, drechtsteden.region).forms["4"].years[2009]
    assert moved[:2] == pytest.approx([0, 0])
    assert moved[2] == pytest.approx(at_once.other_channels * at_once.calls)
    assert moved[3] < moved[2] < 0


def test_the_last_figures_hold(ways: dict[tuple[str, ...], Route]) -> None:
    """After 2011 nothing changes any more, up to the six years that are compared."""
    straight = ways["straight", "3a"]
    assert [year.year for year in straight.years] == [2009, 2010, 2011, 2012, 2013, 2014]
    assert {year.operations for year in straight.years[3:]} == {straight.years[2].operations}
    assert ways["growing", "1", "3a"].years[4].operations == straight.years[2].operations


def test_a_promise_that_starts_later_avoids_no_calls_after_its_years(drechtsteden: Case) -> None:
    """After 3b, form 4 starts with its second year: it avoids a tenth twice, and then no more."""
    ways = found(followed(drechtsteden.knowledge, drechtsteden.region, "4"))
    calls = [year.calls for year in ways["growing", "3b", "4"].years]
    fall = [later / one for one, later in pairwise(calls)]
    assert fall == pytest.approx([0.95, 0.9, 0.9, 1, 1])


def test_every_route_ends_in_the_same_place(ways: dict[tuple[str, ...], Route]) -> None:
    """Calls that form 2 avoided are not avoided once more by 3a."""
    ends = {
        round(ways[way].years[-1].calls, 6) for way in ways if way[0] in ("straight", "growing")
    }
    assert len(ends) == 1


def test_not_by_way_of_1_or_2(ways: dict[tuple[str, ...], Route]) -> None:
    """Starting with some beats growing through 1 or 2, and all at once beats both (h. 6)."""
    straight, waves = ways["straight", "3a"], ways["waves", "0", "3a"]
    for through in ("1", "2"):
        grown = ways["growing", through, "3a"]
        assert grown.net_present_value < waves.net_present_value < straight.net_present_value


def test_pay_back_can_be_redone_by_hand(ways: dict[tuple[str, ...], Route]) -> None:
    """3a invests 395.000 and saves 693.333 in its first year: 0,57 year."""
    assert ways["straight", "3a"].payback_years == pytest.approx(395_000 / 693_333.33)
    assert ways["nothing", "0"].payback_years is None


def test_what_costs_as_much_as_today_is_paid_back_at_once(drechtsteden: Case) -> None:
    """On the way to today's form nothing is invested and nothing saved: nobody is behind."""
    nothing, straight = followed(drechtsteden.knowledge, drechtsteden.region, "0")
    assert (nothing.payback_years, straight.payback_years) == (None, 0)
    assert straight.net_present_value == 0


def test_waves_move_from_todays_form_to_the_joint_one(
    ways: dict[tuple[str, ...], Route],
) -> None:
    """Alblasserdam goes on as today for a year; Sliedrecht keeps its own entrance (h. 6)."""
    years = ways["waves", "0", "3a"].years
    assert [year.forms["alblasserdam"] for year in years[:3]] == ["0", "3a", "3a"]
    assert [year.forms["hendrik-ido-ambacht"] for year in years[:3]] == ["0", "0", "3a"]
    assert {year.forms["sliedrecht"] for year in years} == {"1"}
    assert years[0].investment == 395_000 + 25_000 + 15_000
    assert sum(year.write_off for year in years) == 0


def test_who_never_joins_can_go_on_as_today(drechtsteden: Case) -> None:
    """A municipality that does not want the number either buys nothing."""
    result = followed(drechtsteden.knowledge, drechtsteden.region, "3a", joining("3a", WAVES))
    assert result[-1].path == ("0", "3a")
    assert {year.forms["sliedrecht"] for year in result[-1].years} == {"0"}
    assert result[-1].investment == 395_000


def test_all_in_the_first_wave_is_straight(
    drechtsteden: Case, ways: dict[tuple[str, ...], Route]
) -> None:
    """Waves in which everyone joins at once are no other route."""
    result = followed(
        drechtsteden.knowledge, drechtsteden.region, "3a", joining("3a", [(0, EVERYONE)])
    )
    at_once = {year.year: year.total for year in result[-1].years}
    assert at_once == pytest.approx({y.year: y.total for y in ways["straight", "3a"].years})


def test_the_route_of_the_plan_is_its_money(advice: Advice) -> None:
    """Summary, routes and plan tell one cash and one investment, to the euro."""
    knowledge, region, plan = advice.knowledge, advice.region, advice.roadmap
    assert plan is not None
    money = plan_money(knowledge, region, advice.costs, plan)
    chosen = advice.findings.chosen
    assert chosen is not None
    route = chosen.advised_route
    assert route is not None
    assert (route.kind, route.investment) == ("waves", money.investment)
    cash = {year.year: year.total for year in route.years}
    assert {year: cash[year] for year in money.years} == pytest.approx(
        {year: one.cash for year, one in money.years.items()}
    )


def test_straight_is_the_money_of_all_from_the_first_year(drechtsteden: Case) -> None:
    """Going to 3a at once is a plan in which all six start on 1 January 2009."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    joins = joining("3a", [(0, EVERYONE)])
    money = money_of(knowledge, region, costs(knowledge, region), joins)
    straight = followed(knowledge, region, "3a")[1]
    cash = [year.total for year in straight.years[:3]]
    assert cash == pytest.approx([one.cash for one in money.years.values()])


@given(st.sets(st.integers(2010, 2020)))
@examples(8)
def test_a_route_does_not_depend_on_the_years_that_are_listed(
    drechtsteden: Case, later: set[int]
) -> None:
    """Whoever looks at more years of the cost sees no other value of a route."""
    region = drechtsteden.region
    basis = region.costs.model_copy(update={"years": (2009, *sorted(later))})
    other = region.model_copy(update={"costs": basis})
    mine = followed(drechtsteden.knowledge, region, "3a", PLAN)
    assert followed(drechtsteden.knowledge, other, "3a", PLAN) == mine


def test_the_waves_of_a_roadmap_by_year(advice: Advice) -> None:
    """Who settles is named with the calendar year in which the planning has it go live."""
    assert advice.roadmap is not None
    first, waves = years_of(advice.region, advice.roadmap.waves)
    for wave, (later, names) in zip(advice.roadmap.waves, waves, strict=True):
        assert names == wave.members
        assert first + later == day_of(advice.region, wave.week).year
    assert years_of(advice.region, ()) == (advice.region.costs.years[0], ())


@given(st.floats(0, 1))
@examples(20)
def test_present_values_by_definition(drechtsteden: Case, rate: float) -> None:
    """Later years count less; at a rate of 0 the present value is the plain sum."""
    region = with_kengetallen(drechtsteden.region, discount_rate=rate)
    result = followed(drechtsteden.knowledge, region, "3a", PLAN)
    for route in result:
        present = sum(year.total / (1 + rate) ** at for at, year in enumerate(route.years))
        assert route.present_value == pytest.approx(present)
        gain = result[0].present_value - route.present_value
        assert route.net_present_value == pytest.approx(gain)
        if rate == 0:
            assert route.present_value == pytest.approx(route.total)


@given(
    st.dictionaries(st.sampled_from(["1", "2", "3a"]), st.integers(0, 10**6), min_size=1),
    st.sampled_from(["region", "municipality"]),
    st.booleans(),
)
@examples(30)
def test_growing_never_invests_less(
    drechtsteden: Case, euro: dict[str, int], per: str, lost: object
) -> None:
    """Growing costs at least the investment of going straight, and at most the write-off more."""
    amounts = {
        form: Amount.model_validate(
            {"euro": float(value), "per": per, "lost_on_growth": lost and form != "3a"}
        )
        for form, value in euro.items()
    }
    knowledge = with_amounts(drechtsteden.knowledge, amounts)
    ways = found(followed(knowledge, drechtsteden.region, "3a"))
    straight = ways["straight", "3a"]
    assert straight.write_off == 0
    for through in ("1", "2"):
        grown = ways["growing", through, "3a"]
        assert grown.investment >= straight.investment
        if lost:
            assert grown.investment == straight.investment + grown.write_off
        else:
            assert grown.write_off == 0


def test_what_others_still_use_is_not_bought_anew(drechtsteden: Case) -> None:
    """While Sliedrecht is on form 2, its system serves the others; once all left it is lost."""
    amounts = {"2": Amount(euro=100_000, lost_on_growth=True), "3a": Amount(euro=120_000)}
    knowledge = with_amounts(drechtsteden.knowledge, amounts)
    grown = (Since("2", date(2009, 1, 1)), Since("3a", date(2011, 1, 1)))
    for goes, invested, lost in ((1, 120_000, 0), (2, 220_000, 100_000), (0, 220_000, 100_000)):
        steps = dict.fromkeys(EVERYONE, grown) | {"sliedrecht": grown[:goes]}
        trip = Trip("growing", ("2", "3a"), steps)
        route = routes(knowledge, drechtsteden.region, [trip])[-1]
        assert (route.investment, route.write_off) == (invested, lost)


def test_who_starts_on_the_last_day_of_a_year_is_there_at_its_end(drechtsteden: Case) -> None:
    """A year of a route tells where everybody is when it ends."""
    joins = {"dordrecht": Since("3a", date(2010, 12, 31))}
    years = followed(drechtsteden.knowledge, drechtsteden.region, "3a", joins)[-1].years
    assert [year.forms["dordrecht"] for year in years[:3]] == ["0", "3a", "3a"]


@given(st.permutations(EVERYONE))
@examples(10)
def test_the_order_of_the_file_changes_no_route(drechtsteden: Case, order: list[str]) -> None:
    """Shuffling the municipalities changes no amount."""
    region = drechtsteden.region
    moved = {name: region.municipalities[name] for name in order}
    shuffled = region.model_copy(update={"municipalities": moved})
    mine = followed(drechtsteden.knowledge, region, "3a", PLAN)
    theirs = followed(drechtsteden.knowledge, shuffled, "3a", PLAN)
    for one, other in zip(mine, theirs, strict=True):
        assert one.present_value == pytest.approx(other.present_value)
        assert one.payback_years == pytest.approx(other.payback_years)


def test_pay_back_stays_ahead_or_is_not_there(drechtsteden: Case) -> None:
    """An investment that the savings never overtake has no pay-back."""
    amounts = {"3a": Amount(euro=1e9)}
    knowledge = with_amounts(drechtsteden.knowledge, amounts)
    ways = found(followed(knowledge, drechtsteden.region, "3a"))
    assert ways["straight", "3a"].payback_years is None
    assert ways["straight", "3a"].net_present_value < 0


def test_routes_last_until_the_slowest_arrives(drechtsteden: Case) -> None:
    """A wave after the years that are compared lengthens all routes."""
    waves = [(0, FIRST), (8, ("sliedrecht",))]
    result = followed(drechtsteden.knowledge, drechtsteden.region, "3a", joining("3a", waves))
    assert {len(route.years) for route in result} == {9}
    assert result[-1].years[-1].forms["sliedrecht"] == "3a"


@pytest.mark.parametrize(
    ("waves", "code", "name"),
    [
        ([(0, ("rotterdam",))], "wave_of_unknown", "rotterdam"),
        ([(0, FIRST), (1, ("dordrecht",))], "wave_twice", "dordrecht"),
        ([(-1, FIRST)], "wave_in_no_year", "dordrecht"),
    ],
)
def test_waves_that_cannot_be(
    drechtsteden: Case, waves: list[tuple[int, tuple[str, ...]]], code: str, name: str
) -> None:
    """The error names the municipality and what is wrong with it."""
    with pytest.raises(WavesError) as error:
        settlement(drechtsteden.knowledge, drechtsteden.region, "3a", waves, 2009)
    assert (error.value.code, error.value.municipality) == (code, name)


@pytest.mark.parametrize(
    ("kengetal", "value"),
    [("discount_rate", -0.01), ("route_years", 2.5), ("route_years", 0.0)],
)
def test_kengetallen_that_cannot_be(drechtsteden: Case, kengetal: str, value: float) -> None:
    """The message names the kengetal and its value."""
    region = with_kengetallen(drechtsteden.region, **{kengetal: value})
    with pytest.raises(CostsError, match=f"kengetal {kengetal} is {value}"):
        followed(drechtsteden.knowledge, region, "3a")
