"""The money of a plan: for any set of municipalities the method of the publication (bijlage D)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.result import costs, own_calls
from decision.load import Case
from decision.model.facts import OwnKengetal
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.groups import groups
from decision.sharing.money import PlanMoney, money_of
from decision.sharing.pieces import Since
from tests.costs.test_workplaces import larger
from tests.regions import base
from tests.searching import examples

TOWNS = [*base().region.municipalities]
FIVE = [name for name in TOWNS if name != "sliedrecht"]
START = date(2009, 1, 1)


def money(joins: dict[str, Since], case: Case | None = None) -> PlanMoney:
    """What it costs when some go to a form on some day."""
    found = case or base()
    cost = costs(found.knowledge, found.region)
    return money_of(found.knowledge, found.region, cost, joins)


def joining(form: str, names: list[str], day: date = START) -> dict[str, Since]:
    """These go to a form on a day."""
    return {name: Since(form, day) for name in names}


def days() -> st.SearchStrategy[date]:
    """Any day on which somebody could go live."""
    return st.dates(date(2008, 7, 1), date(2013, 6, 1))


def plans() -> st.SearchStrategy[dict[str, Since]]:
    """Any municipalities that go to any form on any day."""
    standing = st.builds(Since, st.sampled_from(["1", "2", "3a", "3b"]), days())
    return st.dictionaries(st.sampled_from(TOWNS), standing)


def test_going_on_as_now_costs_what_the_table_says_of_doing_nothing() -> None:
    """Hoofdstuk 5: € 3,57 million; each municipality its share, by calls, of 138 and 179 hours."""
    found = money({})
    year = found.years[2011]
    assert round(year.baseline) == round(year.cost) == round(year.cash) == 3_569_704
    assert round(year.baseline_fte, 1) == 61.1
    own = {name: round(of[2011].cost) for name, of in found.municipalities.items()}
    assert own == {
        "alblasserdam": 254_701,
        "dordrecht": 1_617_514,
        "hendrik-ido-ambacht": 338_742,
        "papendrecht": 428_500,
        "sliedrecht": 324_401,
        "zwijndrecht": 605_846,
    }


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b", "4", "5"])
def test_all_from_the_first_year_cost_what_the_table_of_the_form_says(form: str) -> None:
    """If all take part from the first year, plan and table are the same, to the euro."""
    table = costs(base().knowledge, base().region).forms[form].years
    found = money({} if form == "0" else joining(form, TOWNS))
    for year, one in table.items():
        assert found.years[year].cost == pytest.approx(one.total, abs=0.01)
        assert found.years[year].fte_first_line == pytest.approx(one.fte_first_line)
        assert found.years[year].fte_second_line == pytest.approx(one.fte_second_line)


@pytest.mark.parametrize(
    ("others", "wages", "sliedrecht", "investment"),
    [
        # 78, 12,54 and 76 agent-hours a day
        ({}, 1_823_283, 120_764 + 254_738, 395_000),
        # 78, 13,63 and 73: its own entrance in the third year; number and knowledge are shared
        (joining("1", ["sliedrecht"]), 1_796_228, 131_265 + 221_511, 395_000 + 40_000),
    ],
)
def test_five_together_and_one_on_its_own(
    others: dict[str, Since], wages: int, sliedrecht: int, investment: int
) -> None:
    """Worked out by hand for 2011: the five on 3a since 2009, Sliedrecht as now or on form 1."""
    found = money({**joining("3a", FIVE), **others})
    assert round(found.years[2011].cash) == wages
    assert round(found.municipalities["sliedrecht"][2011].cash) == pytest.approx(sliedrecht, abs=1)
    assert found.investment == investment


@examples(25)
@given(joins=plans())
def test_every_euro_is_in_one_municipality(joins: dict[str, Since]) -> None:
    """The parts add up to the whole, of the plan and of going on as now."""
    found = money(joins)
    for year, one in found.years.items():
        towns = [of[year] for of in found.municipalities.values()]
        assert sum(town.cost for town in towns) == pytest.approx(one.cost)
        assert sum(town.cash for town in towns) == pytest.approx(one.cash)
        assert sum(town.difference for town in towns) == pytest.approx(one.difference)
        assert one.baseline == pytest.approx(3_569_704, abs=1)


@examples(25)
@given(joins=plans(), form=st.sampled_from(["1", "2", "3a", "3b"]))
def test_depreciation_is_never_more_than_was_invested(joins: dict[str, Since], form: str) -> None:
    """Over any years, cost has no more written off than cash has invested in all."""
    years = tuple(range(2009, 2021))
    basis = base().region.costs.model_copy(update={"years": years})
    region = base().region.model_copy(update={"costs": basis})
    found = money({**joins, **joining(form, ["dordrecht"])}, Case(base().knowledge, region))
    wages = sum(one.cash for one in found.years.values()) - sum(
        one.cost for one in found.years.values()
    )
    # what was bought before the first year is in no cash of these years
    assert -found.investment - 0.01 <= wages <= found.investment + 0.01


def test_a_start_in_the_middle_of_a_year_counts_from_then() -> None:
    """Half a year as now and half a year together lies half way."""
    half = money(joining("3a", TOWNS, date(2010, 7, 2)))
    whole = money(joining("3a", TOWNS, date(2010, 1, 1)))
    now = half.years[2010].baseline
    ahead = (half.years[2010].cost - now) / (whole.years[2010].cost - now)
    assert ahead == pytest.approx(0.5, abs=0.01)
    assert half.years[2009].cost == now


def test_a_plan_that_runs_in_full_costs_its_wages() -> None:
    """Once all promises are met and all is written off, the five and Sliedrecht cost € 1,80 mln."""
    found = money({**joining("3a", FIVE), **joining("1", ["sliedrecht"])})
    assert found.settled is not None
    year, settled = found.settled
    assert year == 2013
    assert round(settled.cost) == round(settled.cash) == 1_796_228
    assert money({}).settled is None


@examples(15)
@given(st.dictionaries(st.sampled_from(TOWNS), st.dates(date(2008, 6, 1), date(2014, 1, 1))))
def test_a_plan_is_settled_from_the_first_year_that_all_others_are_like(
    days: dict[str, date],
) -> None:
    """Every year from then on costs the same, and the year before does not."""
    found = money({name: Since("3a", day) for name, day in days.items()})
    if found.settled is None:
        assert not days
        return
    year, settled = found.settled
    listed = {"years": tuple(range(2008, year + 3))}
    region = base().region
    case = Case(
        base().knowledge,
        region.model_copy(update={"costs": region.costs.model_copy(update=listed)}),
    )
    years = money({name: Since("3a", day) for name, day in days.items()}, case).years
    for later in range(year, year + 3):
        assert years[later].cost == pytest.approx(settled.cost, abs=0.01)
        assert years[later].cash == pytest.approx(settled.cost, abs=0.01)
    before = years[year - 1]
    assert (before.cost, before.cash) != pytest.approx((settled.cost, settled.cash), abs=0.01)


def test_a_larger_region_buys_in_its_plan_what_its_table_says() -> None:
    """Four times as many people: more desks and exchanges, the same in plan, table and sharing."""
    region = larger(4)
    case, table = Case(base().knowledge, region), costs(base().knowledge, region).forms
    for form in ("1", "3a"):
        found = money(joining(form, TOWNS), case)
        assert found.investment == table[form].investment > costs(*_known()).forms[form].investment
        for year, one in table[form].years.items():
            assert found.years[year].cost == pytest.approx(one.total, abs=0.01)
        together = groups(
            base().knowledge, region, costs(base().knowledge, region), form, TOWNS, {}
        )
        for year, one in table[form].years.items():
            assert together.together[year][-1] == pytest.approx(one.total, abs=0.01)


def _known() -> tuple[Knowledge, Region]:
    return base().knowledge, base().region


def test_a_centre_is_built_for_who_comes() -> None:
    """Four times as large: three municipalities buy fewer workplaces than all six do."""
    case = Case(base().knowledge, larger(4))
    few = money(joining("3a", ["dordrecht", "papendrecht", "zwijndrecht"]), case)
    assert 395_000 < few.investment < money(joining("3a", TOWNS), case).investment


@pytest.mark.parametrize("others", [FIVE[:3], []], ids=["another group", "nobody else"])
def test_a_group_that_is_part_of_the_region_answers_on_one_location(others: list[str]) -> None:
    """Where a centre of the whole region has its locations says nothing of that of a part of it."""
    names = [name for name in TOWNS if name not in FIVE[:3]]
    groups_of = {**dict.fromkeys(names, "a"), **dict.fromkeys(others, "b")}

    def grouped(joint: tuple[float, ...] | None) -> PlanMoney:
        region = larger(4)
        basis = region.costs.model_copy(update={"joint_sites": joint})
        region = region.model_copy(update={"costs": basis})
        cost = costs(base().knowledge, region)
        joins = joining("3a", [*groups_of])
        return money_of(base().knowledge, region, cost, joins, groups_of)

    assert grouped((0.4, 0.3, 0.3)) == grouped(None)


def test_who_comes_from_outside_is_in_the_same_building() -> None:
    """A joint centre has as many workplaces when one of the six counts as a neighbour."""
    region, knowledge = larger(4), base().knowledge
    basis = region.costs.model_copy(update={"inhabitants_counted": None})
    region = region.model_copy(update={"costs": basis})
    inside = money_of(knowledge, region, costs(knowledge, region), joining("3a", TOWNS))
    calls = {"zwijndrecht": own_calls(knowledge, region, costs(knowledge, region))["zwijndrecht"]}
    rest = {n: one for n, one in region.municipalities.items() if n not in calls}
    counted = region.model_copy(update={"municipalities": rest})
    cost = costs(knowledge, counted)
    found = money_of(knowledge, region, cost, joining("3a", TOWNS), outside=calls)
    assert found.investment == inside.investment > 395_000


def steering(share: float) -> Case:
    """The Drechtsteden where form 4 moves such a share of the contacts at the desk each year."""
    own = {"desk_to_digital": OwnKengetal(value=share, range=(0, 1))}
    return Case(base().knowledge, base().region.model_copy(update={"kengetallen": own}))


@examples(10)
@given(share=st.floats(0, 1), names=st.lists(st.sampled_from(TOWNS), unique=True, min_size=1))
def test_other_channels_never_save_more_than_is_paid(share: float, names: list[str]) -> None:
    """However many contacts leave the desk: nobody pays less than nothing, and parts add up."""
    found = money(joining("4", names), steering(share))
    for year, one in found.years.items():
        towns = [of[year] for of in found.municipalities.values()]
        assert min(min(town.cost, town.cash) for town in towns) >= 0
        assert sum(town.cost for town in towns) == pytest.approx(one.cost)


def test_a_plan_has_the_floor_of_its_table() -> None:
    """Where form 4 would save more than it costs, table and plan both say that nothing is left."""
    case = steering(0.9)
    table, found = (
        costs(*(case.knowledge, case.region)).forms["4"],
        money(joining("4", TOWNS), case),
    )
    assert table.years[2011].total == found.years[2011].cost == 0
    for year, one in table.years.items():
        assert found.years[year].cost == pytest.approx(one.total, abs=0.01)
