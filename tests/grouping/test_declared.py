"""Which municipalities behind which number: groups are regions, and the measures add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.costs.result import costs
from decision.grouping.compared import groupings
from decision.grouping.declared import region_of
from decision.grouping.result import GroupingResult, Groupings
from decision.load import Case
from decision.model.region import Grouping, GroupOf
from decision.sharing.money import money_of, plan_money
from decision.sharing.pieces import Since
from tests.scores.test_additive import regraded
from tests.searching import examples

SIX = (
    "alblasserdam",
    "dordrecht",
    "hendrik-ido-ambacht",
    "papendrecht",
    "sliedrecht",
    "zwijndrecht",
)


@pytest.fixture(scope="module")
def compared(found: Groupings) -> dict[str, GroupingResult]:
    """The declared groupings of the region, by id."""
    return {one.id: one for one in found if one.name}


def test_all_together_gets_the_advice_of_the_region(
    advice: Advice, compared: dict[str, GroupingResult]
) -> None:
    """One group of everyone is the region itself: same form, same cost, same roles."""
    assert advice.roadmap is not None
    group = compared["zoals-gepubliceerd"].groups[0]
    assert group.form == advice.recommended
    plan = plan_money(advice.knowledge, advice.region, advice.costs, advice.roadmap)
    assert compared["zoals-gepubliceerd"].cost == pytest.approx(plan.years[2011].cost)
    roles = {name: part.role for name, part in advice.roadmap.municipalities.items()}
    assert dict(group.roles) == roles


def test_a_group_without_a_form_costs_what_it_costs_today(drechtsteden: Case) -> None:
    """As long as nothing can be advised the group goes on as now, and that is not free."""
    grades = (drechtsteden.knowledge.criteria["tempo"].grades or {}).keys()
    knowledge = drechtsteden.knowledge
    for name, criterion in knowledge.criteria.items():
        for form in grades if criterion.grades else ():
            knowledge = regraded(knowledge, name, form, "unknown")
    found = {one.id: one for one in groupings(Case(knowledge, drechtsteden.region))}
    (group,) = found["zoals-gepubliceerd"].groups
    advice = decide(Case(knowledge, drechtsteden.region))
    assert (group.form, advice.recommended) == (None, None)
    assert group.cost == group.baseline == pytest.approx(advice.costs.forms["0"].last_year.total)


def test_a_municipality_on_its_own_has_nothing_to_cooperate_on(
    compared: dict[str, GroupingResult],
) -> None:
    """Alone no form of cooperation is left: each goes on as it does today."""
    groups = compared["ieder-voor-zich"].groups
    assert [group.form for group in groups] == [None] * 6
    assert {role for group in groups for role in group.roles.values()} == {"stays_out"}


def test_the_number_of_one_that_answers_for_itself_costs_nothing(
    compared: dict[str, GroupingResult],
) -> None:
    """Sliedrecht answers for itself behind either number: only what people call differs."""
    whole, apart = compared["zoals-gepubliceerd"], compared["sliedrecht-apart"]
    assert apart.cost == pytest.approx(whole.cost)
    assert [group.form for group in apart.groups] == ["3a", "1"]
    assert whole.on_own_netnummer < apart.on_own_netnummer == (1, 1)


def test_in_full_five_on_3a_and_sliedrecht_on_form_1_cost_what_was_worked_out(
    compared: dict[str, GroupingResult],
) -> None:
    """Wages of 78, 13,63 and 73 agent-hours a day, worked out by hand: € 1.796.228."""
    both = compared["zoals-gepubliceerd"], compared["sliedrecht-apart"]
    assert [round(one.in_full.cost) for one in both] == [1_796_228] * 2
    assert [round(one.in_full.baseline) for one in both] == [3_569_704] * 2
    parts = [sum(group.in_full.cost for group in one.groups) for one in both]
    assert parts == pytest.approx([one.in_full.cost for one in both])


def test_the_baseline_is_the_same_for_every_grouping(compared: dict[str, GroupingResult]) -> None:
    """Going on as now costs € 3.569.704, whoever is drawn in a group with whom."""
    assert {round(one.baseline) for one in compared.values()} == {3_569_704}
    each = compared["ieder-voor-zich"]
    assert each.cost == pytest.approx(each.baseline)
    assert sum(group.cost for group in each.groups) == pytest.approx(each.cost)


def test_who_is_in_no_group_costs_what_it_costs_today(drechtsteden: Case) -> None:
    """Whoever is left out of a grouping is named, and priced as now."""
    five = tuple(name for name in SIX if name != "papendrecht")
    grouping = Grouping(name="vijf", groups=(GroupOf(number="078", members=five),))
    region = drechtsteden.region.model_copy(update={"groupings": {"vijf": grouping}})
    (found,) = groupings(Case(drechtsteden.knowledge, region))
    assert found.left_out == ("papendrecht",)
    assert {*found.municipalities} == {*SIX}
    assert round(found.baseline) == 3_569_704
    (group,) = found.groups
    assert found.cost == pytest.approx(group.cost + found.municipalities["papendrecht"])


@examples(10)
@given(labels=st.lists(st.integers(0, 2), min_size=6, max_size=6), own=st.booleans())
def test_the_groups_of_a_partition_add_up(
    drechtsteden: Case, labels: list[int], own: object
) -> None:
    """Parts add up to the whole, the baseline is that of the region, and no group pools more."""
    basis = {"second_line": "own" if own else "pooled"}
    region = drechtsteden.region.model_copy(
        update={"costs": drechtsteden.region.costs.model_copy(update=basis)}
    )
    cost = costs(drechtsteden.knowledge, region)
    together = {name: str(own) for name, own in zip(SIX, labels, strict=True)}
    joins = dict.fromkeys(SIX, Since("3a", date(2009, 1, 1)))
    money = money_of(drechtsteden.knowledge, region, cost, joins, together).years[2011]
    whole = money_of(drechtsteden.knowledge, region, cost, joins).years[2011]
    assert money.baseline == whole.baseline
    assert money.fte_second_line == pytest.approx(whole.fte_second_line)
    assert money.fte_first_line >= whole.fte_first_line - 1e-9


def test_everyone_on_its_own_costs_more_than_together(
    compared: dict[str, GroupingResult],
) -> None:
    """Separate teams have more idle time: the reason for working together (table 5.4)."""
    assert compared["ieder-voor-zich"].cost > compared["zoals-gepubliceerd"].cost


def test_only_the_one_outside_the_netnummer_needs_the_redirect(
    compared: dict[str, GroupingResult],
) -> None:
    """Chapter 4: callers of 0184 reach 14078 through a technical redirect."""
    assert compared["zoals-gepubliceerd"].redirected == ("sliedrecht",)
    assert compared["sliedrecht-apart"].redirected == ()


def test_neighbours_in_the_netnummer_must_be_aligned_with_until_they_join(
    compared: dict[str, GroupingResult],
) -> None:
    """Lesson 1: Strijen and Maasdam lie in 078 but work with the Hoekse Waard."""
    assert compared["zoals-gepubliceerd"].align_with == ("binnenmaas", "strijen")
    assert compared["met-buren"].align_with == ()


def test_a_netnummer_share_that_is_not_known_is_not_counted_as_known(
    compared: dict[str, GroupingResult],
) -> None:
    """Which part of Binnenmaas lies in 078 is unknown, so its inhabitants are set apart."""
    at_least, at_most = compared["met-buren"].on_own_netnummer
    assert at_most - at_least == pytest.approx(28_000 / 298_909)
    assert [*compared["met-buren"].redirects] == [1, 2]
    low, high = compared["zoals-gepubliceerd"].on_own_netnummer
    assert low == high == pytest.approx(0.9091, abs=1e-4)


def test_parting_municipalities_cuts_their_ties(compared: dict[str, GroupingResult]) -> None:
    """Whoever leaves the group leaves what the group already does together."""
    assert compared["zoals-gepubliceerd"].ties_cut == ()
    assert "netwerk-drechtsteden" in compared["sliedrecht-apart"].ties_cut
    assert "hoeksche-waard" not in compared["sliedrecht-apart"].ties_cut


@examples(25)
@given(labels=st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_any_partition_counts_every_inhabitant_once(drechtsteden: Case, labels: list[int]) -> None:
    """The groups of a partition together are the region: in people and in counted people."""
    groups = [
        GroupOf(
            number="078",
            members=tuple(n for n, own in zip(SIX, labels, strict=True) if own == label),
        )
        for label in sorted(set(labels))
    ]
    regions = [region_of(drechtsteden.region, group) for group in groups]
    counted = [region.costs.inhabitants_counted or 0.0 for region in regions]
    assert sum(counted) == pytest.approx(261_000)
    members = [name for region in regions for name in region.municipalities]
    assert sorted(members) == sorted(SIX)


def test_a_grouping_does_not_depend_on_the_order_of_its_members(drechtsteden: Case) -> None:
    """Names in another order are the same group."""
    results = []
    for members in (SIX, SIX[::-1]):
        grouping = Grouping(name="zelfde", groups=(GroupOf(number="078", members=members),))
        region = drechtsteden.region.model_copy(update={"groupings": {"zelfde": grouping}})
        (result,) = groupings(Case(drechtsteden.knowledge, region))
        results.append((round(result.cost, 6), result.groups[0].form, result.redirected))
    assert results[0] == results[1]


def test_a_group_is_decided_like_any_region(drechtsteden: Case) -> None:
    """The same engine runs on the group: five municipalities without the sixth choose 3a."""
    five = tuple(name for name in SIX if name != "sliedrecht")
    region = region_of(drechtsteden.region, GroupOf(number="078", members=five))
    assert decide(Case(drechtsteden.knowledge, region)).recommended == "3a"


def test_only_the_whole_region_has_the_locations_of_the_joint_centre(drechtsteden: Case) -> None:
    """Two locations are planned for everyone together; a smaller group answers at one."""
    two = drechtsteden.region.costs.model_copy(update={"joint_sites": (0.6, 0.4)})
    region = drechtsteden.region.model_copy(update={"costs": two})
    whole, pair = (GroupOf(number="078", members=some) for some in (SIX[::-1], SIX[:2]))
    assert region_of(region, whole).costs.joint_sites == (0.6, 0.4)
    assert region_of(region, pair).costs.joint_sites is None
