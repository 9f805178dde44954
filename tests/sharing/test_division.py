"""Who pays what: known games, the laws of a fair division, and the region of the publication."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from decision.costs.result import costs, own_calls
from decision.eligibility.verdicts import eligibility
from decision.load import Case
from decision.model.current import Current
from decision.model.figures import Amount, Investment
from decision.sharing.division import (
    KEYS,
    MOST_MUNICIPALITIES,
    Division,
    Sharing,
    SharingError,
    sharing,
)
from decision.sharing.games import core_is_empty, leavers, shapley, sums
from decision.sharing.groups import groups
from decision.sharing.money import PlanMoney, money_of
from decision.sharing.pieces import Since
from tests.drechtsteden import figures
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from decision.model.knowledge import Knowledge
    from decision.model.region import Municipality, Region

Floats: TypeAlias = NDArray[np.float64]

SIX = (
    "alblasserdam",
    "dordrecht",
    "hendrik-ido-ambacht",
    "papendrecht",
    "sliedrecht",
    "zwijndrecht",
)


def members(number: int, players: int) -> list[int]:
    """The players of a coalition by its number."""
    return [player for player in range(players) if number >> player & 1]


def game_of(players: int, cost: Callable[[list[int]], float]) -> Floats:
    """The game in which every coalition costs what ``cost`` says of its members."""
    return np.array([cost(members(number, players)) for number in range(1 << players)])


def by_orders(game: Floats) -> list[float]:
    """The Shapley value by its definition: the mean addition over all orders of joining."""
    players = game.size.bit_length() - 1
    added = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        number = 0
        for player in order:
            added[player] += game[number | 1 << player] - game[number]
            number |= 1 << player
    return [float(value) for value in added / len(orders)]


@st.composite
def games(draw: st.DrawFn, most: int = 6) -> Floats:
    """Any game of some players, in whole euros."""
    players = draw(st.integers(1, most))
    size = (1 << players) - 1
    amounts = st.integers(-1_000_000, 1_000_000).map(float)
    values = draw(st.lists(amounts, min_size=size, max_size=size))
    return np.array([0.0, *values])


def test_runway_costs_are_shared_by_who_needs_them() -> None:
    """Each stretch of a runway is paid equally by all who need it (Littlechild and Owen 1973)."""
    lengths = [1.0, 2.0, 5.0, 5.0]
    game = game_of(4, lambda inside: max([lengths[player] for player in inside], default=0.0))
    stretches = [1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3 + 3 / 2, 1 / 4 + 1 / 3 + 3 / 2]
    assert shapley(game) == pytest.approx(stretches)


def test_the_rare_glove_earns_most() -> None:
    """One left and two right gloves: the left one adds 2/3 of a pair, each right one 1/6."""
    game = game_of(3, lambda inside: -float(0 in inside and len(inside) > 1))
    assert shapley(game) == pytest.approx([-2 / 3, -1 / 6, -1 / 6])
    assert not core_is_empty(game)


def test_a_majority_always_finds_a_better_division() -> None:
    """When any two of three gain everything together, no division keeps all three in."""
    game = game_of(3, lambda inside: -float(len(inside) > 1))
    assert shapley(game) == pytest.approx([-1 / 3] * 3)
    numbers, gains = leavers(game, shapley(game))
    assert [*numbers] == [3, 5, 6]
    assert gains == pytest.approx([1 / 3] * 3)
    assert core_is_empty(game)


@given(games())
def test_the_value_is_the_mean_over_all_orders(game: Floats) -> None:
    """The sum over coalitions gives what trying every order of joining gives."""
    assert shapley(game) == pytest.approx(by_orders(game), rel=1e-9, abs=1e-6)


@given(games())
def test_values_add_up_to_what_all_cost_together(game: Floats) -> None:
    """Nothing is left over and nothing is charged twice."""
    assert shapley(game).sum() == pytest.approx(game[-1], rel=1e-9, abs=1e-6)


@given(games(), st.data())
def test_the_value_of_a_sum_of_games_adds_up(game: Floats, data: st.DataObject) -> None:
    """Dividing two costs apart gives the same as dividing them together."""
    values = st.lists(st.floats(-1e6, 1e6), min_size=game.size - 1, max_size=game.size - 1)
    other = np.array([0.0, *data.draw(values)])
    apart = shapley(game) + shapley(other)
    assert shapley(game + other) == pytest.approx(apart, rel=1e-9, abs=1e-6)


@given(games(most=5), st.floats(0, 1e6))
def test_who_adds_only_its_own_cost_pays_just_that(game: Floats, own: float) -> None:
    """A dummy, who brings neither gain nor loss to any group, pays its own cost."""
    assert shapley(np.concatenate([game, game + own]))[-1] == pytest.approx(own, abs=1e-6)


@given(games(), st.data())
def test_leavers_are_those_who_pay_too_much(game: Floats, data: st.DataObject) -> None:
    """A coalition is named exactly when its members pay more than it costs without the others."""
    players = game.size.bit_length() - 1
    parts = st.lists(st.floats(-1e6, 1e6), min_size=players, max_size=players)
    pays = np.array(data.draw(parts))
    numbers, gains = leavers(game, pays)
    margin = 1e-9 * max(np.abs(game).max(), 1e-300)
    found = {
        number
        for number in range(1, game.size - 1)
        if sum(pays[player] for player in members(number, players)) - game[number] > margin + 1e-6
    }
    assert found <= {*numbers}
    assert (gains > 0).all()
    assert [*gains] == sorted(gains, reverse=True)


@given(games(most=5))
def test_no_division_of_an_empty_core_keeps_everyone(game: Floats) -> None:
    """Where the core is empty the Shapley value, like any division, leaves someone worse off."""
    if core_is_empty(game):
        assert leavers(game, shapley(game))[0].size


@pytest.mark.parametrize("each", [0.0, -10.0])
def test_any_four_of_six_who_would_leave_are_found(each: float) -> None:
    """Smaller groups gain nothing, nor do five or six: only any four can, whatever all receive."""
    cost = {4: 1.0, 5: 2.0, 6: 2.0}
    game = game_of(6, lambda inside: cost.get(len(inside), len(inside)) + each * len(inside))
    assert core_is_empty(game)


@pytest.mark.parametrize(("together", "empty"), [(1.5, False), (2.0, False), (2.5, True)])
def test_two_who_cost_more_together_part(together: float, empty: bool) -> None:  # noqa: FBT001
    """Two players stay as long as together they cost no more than each on its own."""
    assert core_is_empty(np.array([0.0, 1.0, 1.0, together])) is empty


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=7))
def test_falling_additions_leave_nobody_worse_off(parts: list[float]) -> None:
    """When everyone adds less to a larger group, the Shapley value is in the core."""
    game = np.sqrt(sums(np.array(parts)))
    assert not leavers(game, shapley(game))[0].size
    assert not core_is_empty(game)


def test_the_core_is_settled_for_many_players() -> None:
    """Also for sixteen players the linear program finds whether the core is empty."""
    sizes = sums(np.ones(16))
    assert core_is_empty(-(sizes > 8).astype(np.float64))
    assert not core_is_empty(-(sizes > 15).astype(np.float64))


@pytest.fixture(scope="module")
def shared(drechtsteden: Case) -> Sharing:
    """The cost of handling together, divided over the region of the publication."""
    return sharing(drechtsteden.knowledge, drechtsteden.region, "3a")


def divisions(result: Sharing) -> tuple[Division, Division]:
    """Both costs that are divided."""
    return result.last_year, result.period


def of_region(region: Region, *inhabitants: float, **basis: object) -> Region:
    """The region with other municipalities, of so many inhabitants."""
    one = next(iter(region.municipalities.values()))
    sized = [one.inhabitants.model_copy(update={"value": float(people)}) for people in inhabitants]
    own = {"inhabitants_counted": None, "sites": "own"} | basis
    return region.model_copy(
        update={
            "municipalities": {
                f"m{number}": one.model_copy(update={"inhabitants": people})
                for number, people in enumerate(sized)
            },
            "costs": region.costs.model_copy(update=own),
        }
    )


def test_the_parts_add_up_to_the_cost_of_the_form(drechtsteden: Case, shared: Sharing) -> None:
    """Under every key the six together pay exactly what the cost model says."""
    years = costs(drechtsteden.knowledge, drechtsteden.region).forms["3a"].years
    assert shared.last_year.total == pytest.approx(years[2011].total)
    assert shared.period.total == pytest.approx(sum(year.total for year in years.values()))
    for division in divisions(shared):
        assert tuple(division.keys) == KEYS
        for share in division.keys.values():
            assert sum(share.pays.values()) == pytest.approx(division.total)


def test_every_key_is_in_proportion(drechtsteden: Case, shared: Sharing) -> None:
    """Dordrecht has 118.541 of 261.609 inhabitants, and pays that part by inhabitants."""
    division = shared.last_year
    by_people = division.keys["inhabitants"].pays["dordrecht"]
    assert by_people == pytest.approx(division.total * 118_541 / 261_609)
    own = division.alone["dordrecht"] / sum(division.alone.values())
    assert division.keys["stand_alone"].pays["dordrecht"] == pytest.approx(division.total * own)
    calls = own_calls(
        drechtsteden.knowledge,
        drechtsteden.region,
        costs(drechtsteden.knowledge, drechtsteden.region),
    )
    assert sum(calls.values()) == pytest.approx(391_560)


def joined(case: Case, form: str, names: Iterable[str], **others: str) -> PlanMoney:
    """The money of the plan in which these are on a form from the first year on."""
    start = date(case.region.costs.years[0], 1, 1)
    to = dict.fromkeys(names, form) | others
    joins = {name: Since(own, start) for name, own in to.items()}
    return money_of(case.knowledge, case.region, costs(case.knowledge, case.region), joins)


def test_alone_is_going_on_as_now(drechtsteden: Case, shared: Sharing) -> None:
    """Each for itself is going on as now: € 3.569.704, and each its part of that."""
    now = joined(drechtsteden, "3a", ())
    assert round(sum(shared.last_year.alone.values())) == 3_569_704
    for name, own in shared.last_year.alone.items():
        assert own == pytest.approx(now.municipalities[name][2011].cost)


@given(
    st.sets(st.sampled_from(SIX), min_size=2),
    st.sampled_from(["1", "2", "3a", "3b", "4"]),
    st.sampled_from(["pooled", "own"]),
    st.sampled_from(["equal", "own"]),
    st.sampled_from(SIX),
)
@examples(20)
def test_who_goes_together_pays_what_their_plan_costs(  # noqa: PLR0913 - drawn
    drechtsteden: Case, members: set[str], form: str, second: str, sites: str, other: str
) -> None:
    """With the others on a form of their own or as now, every euro is that of the plan."""
    basis = {"second_line": second, "sites": sites}
    costs_of = drechtsteden.region.costs.model_copy(update=basis)
    case = Case(drechtsteden.knowledge, drechtsteden.region.model_copy(update={"costs": costs_of}))
    apart = {} if other in members else {other: "1"}
    found = sharing(case.knowledge, case.region, form, members=members, apart=apart)
    money = joined(case, form, members, **apart).municipalities
    paid = sum(money[name][2011].cost for name in members)
    assert found.last_year.total == pytest.approx(paid)
    paid = sum(year.cost for name in members for year in money[name].values())
    assert found.period.total == pytest.approx(paid)
    for name, own in found.not_included.items():
        assert own.last_year == pytest.approx(money[name][2011].cost)
        assert own.period == pytest.approx(sum(year.cost for year in money[name].values()))


def test_who_is_on_the_form_already_goes_on_from_there(drechtsteden: Case) -> None:
    """Zwijndrecht is a year ahead: its people help quicker, and all together pay for that mix."""
    region = drechtsteden.region
    ahead = region.municipalities["zwijndrecht"].model_copy(
        update={"current": Current(form="3a", since="2007-07")}
    )
    region = region.model_copy(
        update={"municipalities": {**region.municipalities, "zwijndrecht": ahead}}
    )
    case = Case(drechtsteden.knowledge, region)
    money = joined(case, "3a", [name for name in SIX if name != "zwijndrecht"])
    found = sharing(case.knowledge, region, "3a")
    assert found.period.total == pytest.approx(sum(one.cost for one in money.years.values()))


@given(st.sets(st.sampled_from(SIX), min_size=2, max_size=5))
@examples(8)
def test_a_group_without_the_others_pays_what_its_own_plan_costs(
    drechtsteden: Case, some: set[str]
) -> None:
    """The others go on as now; the second line is that of the whole region."""
    names = [name for name in SIX if name in some]
    known = drechtsteden.knowledge, drechtsteden.region
    priced = groups(*known, costs(*known), "3a", SIX, {}).together[2011]
    number = sum(1 << SIX.index(name) for name in names)
    money = joined(drechtsteden, "3a", names).municipalities
    paid = sum(money[name][2011].cost for name in names)
    assert priced[number] == pytest.approx(paid)


def test_against_alone_is_what_joining_changes(shared: Sharing) -> None:
    """Every municipality saves, and the difference with standing alone is that saving."""
    for division in divisions(shared):
        for share in division.keys.values():
            for name, change in share.against_alone.items():
                assert change == pytest.approx(share.pays[name] - division.alone[name])
                assert change < 0


def test_who_leaves_is_told_with_what_it_gains(drechtsteden: Case, shared: Sharing) -> None:
    """With all six the core is empty in 2011; over the years the five who take part stay."""
    assert shared.last_year.core_empty
    for share in shared.last_year.keys.values():
        worst = share.leavers[0]
        assert worst.pays == pytest.approx(sum(share.pays[name] for name in worst.members))
        assert worst.gain == pytest.approx(worst.pays - worst.costs)
        assert worst.gain > 0
    five = [name for name in SIX if name != "sliedrecht"]
    of_five = sharing(drechtsteden.knowledge, drechtsteden.region, "3a", members=five)
    assert of_five.period.keys["inhabitants"].in_core


@given(st.lists(st.integers(5_000, 150_000), min_size=2, max_size=5), st.randoms())
@examples(25)
def test_the_order_of_the_file_does_not_matter(
    drechtsteden: Case, people: list[int], random: object
) -> None:
    """Shuffling the municipalities shuffles their parts, and equals pay the same."""
    region = of_region(drechtsteden.region, *people)
    names = [*region.municipalities]
    getattr(random, "shuffle")(names)  # noqa: B009 - hypothesis gives a random.Random
    moved = {name: region.municipalities[name] for name in names}
    other = sharing(
        drechtsteden.knowledge, region.model_copy(update={"municipalities": moved}), "3a"
    )
    for mine, theirs in zip(
        divisions(sharing(drechtsteden.knowledge, region, "3a")), divisions(other), strict=True
    ):
        for key in KEYS:
            pays = mine.keys[key].pays
            assert theirs.keys[key].pays == pytest.approx(pays)
            by_size: dict[int, float] = {}
            for size, paid in zip(people, pays.values(), strict=True):
                assert by_size.setdefault(size, paid) == pytest.approx(paid)


def test_counted_calls_go_before_an_estimate(drechtsteden: Case) -> None:
    """A municipality that counts twice as many calls pays twice as much by calls."""
    region = of_region(drechtsteden.region, 30_000, 30_000)
    first, second = region.municipalities.values()
    count = first.inhabitants.model_copy(update={"value": 90_000.0})
    counted = {"m0": first.model_copy(update={"calls_per_year": count}), "m1": second}
    region = region.model_copy(update={"municipalities": counted})
    pays = sharing(drechtsteden.knowledge, region, "3a").last_year.keys["calls"].pays
    assert pays["m0"] == pytest.approx(2 * pays["m1"])


def test_a_form_with_a_desk_for_each_is_shared_too(drechtsteden: Case) -> None:
    """Where each answers its own calls, the cost is that of real sites in the cost model."""
    region = of_region(drechtsteden.region, 18_000, 40_000, 110_000)
    expected = costs(drechtsteden.knowledge, region).forms["2"].last_year.total
    result = sharing(drechtsteden.knowledge, region, "2").last_year
    assert result.total == pytest.approx(expected)
    assert sum(result.keys["shapley"].pays.values()) == pytest.approx(expected)


def test_one_municipality_pays_everything(drechtsteden: Case) -> None:
    """With one municipality there is nothing to divide."""
    division = sharing(
        drechtsteden.knowledge, of_region(drechtsteden.region, 50_000), "3a"
    ).last_year
    assert not division.core_empty
    for share in division.keys.values():
        assert share.pays == {"m0": pytest.approx(division.total)}
        assert share.in_core


def test_no_calls_cost_only_nothing(drechtsteden: Case) -> None:
    """Without any calls there is nobody to pay and nothing to pay for."""
    region = of_region(drechtsteden.region, 10_000, 20_000)
    silent = region.model_copy(update={"kengetallen": figures({"calls_per_inhabitant": 0})})
    for division in divisions(sharing(drechtsteden.knowledge, silent, "3a")):
        assert division.total == 0
        assert all(share.in_core for share in division.keys.values())


def test_a_fixed_cost_for_each_pair_empties_the_core(drechtsteden: Case) -> None:
    """When every member makes the joint form much dearer, someone is always better off alone."""
    item = next(iter(drechtsteden.knowledge.investments.values()))
    amounts = {"3a": Amount(euro=5_000_000.0, per="municipality")}
    knowledge: Knowledge = drechtsteden.knowledge.model_copy(
        update={"investments": {"dear": Investment(name="x", amounts=amounts, source=item.source)}}
    )
    division = sharing(knowledge, of_region(drechtsteden.region, 9_000, 9_000), "3a").last_year
    assert division.core_empty
    assert all(not share.in_core for share in division.keys.values())


def test_only_who_takes_part_divides(drechtsteden: Case) -> None:
    """Sliedrecht stays on its own entrance in 3a (h. 6): it has no part in what the five pay."""
    knowledge, region = drechtsteden.knowledge, drechtsteden.region
    members = eligibility(knowledge, region).forms["3a"].participants
    assert {*region.municipalities} - {*members} == {"sliedrecht"}
    result = sharing(knowledge, region, "3a", members=members)
    assert result.members == members
    for division in divisions(result):
        for share in division.keys.values():
            assert {*share.pays} == {*members} == {*division.alone}
            assert sum(share.pays.values()) == pytest.approx(division.total)
    whole = costs(knowledge, region).forms["3a"].last_year.total
    assert result.last_year.total < whole
    (apart,) = result.not_included.values()
    assert apart.form == "0"


def test_everyone_divides_when_nobody_is_named(shared: Sharing, drechtsteden: Case) -> None:
    """Without members all municipalities of the region take part."""
    assert shared.members == tuple(drechtsteden.region.municipalities)
    assert shared.not_included == {}


@st.composite
def locations(draw: st.DrawFn) -> tuple[float, ...] | None:
    """One location, or a few that each answer a part of the calls."""
    parts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3))
    return None if len(parts) == 1 else tuple(part / sum(parts) for part in parts)


def counting(one: Municipality, calls: int, sites: tuple[float, ...] | None) -> Municipality:
    """The municipality with a count of its calls, and with locations of its own."""
    count = one.inhabitants.model_copy(update={"value": float(calls), "range": None})
    return one.model_copy(update={"calls_per_year": count, "sites": sites})


@given(
    st.lists(st.tuples(st.integers(1, 600), locations()), min_size=2, max_size=4),
    locations(),
    st.none() | st.floats(0.3, 1),
    st.sampled_from(["0", "1", "2", "3a", "3b", "4"]),
    st.sets(st.integers(0, 3), min_size=1),
)
@examples(40)
def test_every_group_costs_what_the_cost_model_says_of_it(  # noqa: PLR0913 - drawn
    drechtsteden: Case,
    towns: list[tuple[int, tuple[float, ...] | None]],
    joint: tuple[float, ...] | None,
    cap: float | None,
    form: str,
    places: set[int],
) -> None:
    """With departments of their own a group costs what it would as a region of its own.

    So does each of them alone: locations, the cap on the occupancy and other channels included.
    """
    knowledge = drechtsteden.knowledge
    basis = {"joint_sites": joint, "occupancy_cap": cap, "second_line": "own"}
    region = of_region(drechtsteden.region, *[9_000] * len(towns), **basis)
    mine = {
        name: counting(one, calls * 260, sites)
        for (name, one), (calls, sites) in zip(region.municipalities.items(), towns, strict=True)
    }
    region = region.model_copy(update={"municipalities": mine})
    some = [name for place, name in enumerate(mine) if place in places] or [*mine]
    result = sharing(knowledge, region, form, members=some)

    def of(names: tuple[str, ...], form: str) -> float:
        part = {name: mine[name] for name in names}
        years = costs(knowledge, region.model_copy(update={"municipalities": part})).forms[form]
        return sum(year.total for year in years.years.values())

    assert result.period.total == pytest.approx(of(result.members, form))
    for name in some:
        assert result.period.alone[name] == pytest.approx(of((name,), "0"))


def test_too_many_municipalities_are_refused(drechtsteden: Case) -> None:
    """Beyond twenty municipalities the error says so, and how many there are."""
    region = of_region(drechtsteden.region, *[10_000] * (MOST_MUNICIPALITIES + 1))
    with pytest.raises(SharingError) as error:
        sharing(drechtsteden.knowledge, region, "3a")
    assert (error.value.code, len(error.value.members)) == ("many_to_share", 21)


def test_as_many_as_can_be_divided_are(drechtsteden: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The most municipalities that are divided exactly are not one too many."""
    monkeypatch.setattr("decision.sharing.division.MOST_MUNICIPALITIES", 3)
    region = of_region(drechtsteden.region, 10_000, 20_000, 30_000)
    assert len(sharing(drechtsteden.knowledge, region, "3a").members) == 3


@pytest.mark.parametrize(
    ("members", "code", "named"),
    [
        ([], "none_to_share", ()),
        (["dordrecht", "rotterdam"], "unknown_to_share", ("rotterdam",)),
    ],
)
def test_members_that_cannot_be(
    drechtsteden: Case, members: list[str], code: str, named: tuple[str, ...]
) -> None:
    """There is someone to divide over, and everyone is a municipality of the region."""
    with pytest.raises(SharingError) as error:
        sharing(drechtsteden.knowledge, drechtsteden.region, "3a", members=members)
    assert (error.value.code, error.value.members) == (code, named)
