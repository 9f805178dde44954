"""Gains without a call centre: only what a region chose, for who takes part, and never twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import decide
from decision.costs.result import costs
from decision.load import Case, load_region
from decision.model.projects import Chosen, Project, Steering
from decision.sharing.gains import Kind, Underway, underway
from decision.sharing.money import PlanMoney, money_of, on_offer, plan_money
from decision.sharing.pieces import Since
from tests.regions import DRECHTSTEDEN, base
from tests.searching import examples
from tests.trips import followed

TOWNS = [*base().region.municipalities]
PROJECTS, STEERING = base().knowledge.projects, base().knowledge.channel_steering
START = date(2009, 1, 1)
PRICED = costs(base().knowledge, base().region)


def going(name: str, towns: list[str], day: date = START) -> Underway:
    """A project or a way of steering that these take part in from a day on."""
    offered: Project | Steering = PROJECTS.get(name) or STEERING[name]
    kind: Kind = "project" if isinstance(offered, Project) else "channel_steering"
    return Underway(kind, name, offered, dict.fromkeys(towns, day))


def money(*chosen: Underway, form: str = "3a") -> PlanMoney:
    """What it costs when all go to a form, and some of them do something beside it."""
    joins = {name: Since(form, START) for name in TOWNS}
    return money_of(base().knowledge, base().region, PRICED, joins, chosen=chosen)


def anything() -> st.SearchStrategy[Underway]:
    """Anything that can be chosen, by anybody, from any day on."""
    some = st.lists(st.sampled_from(TOWNS), unique=True)
    days = st.dates(date(2007, 1, 1), date(2013, 1, 1))
    return st.builds(going, st.sampled_from([*PROJECTS, *STEERING]), some, days)


def several() -> st.SearchStrategy[list[Underway]]:
    """Some of these, each once."""
    return st.lists(anything(), max_size=3, unique_by=lambda one: one.id)


def test_one_editorial_team_saves_two_fte() -> None:
    """Proeftuin 2011, project 2: 4 fte instead of 6, and in the first year nothing yet."""
    before, after = money(), money(going("een-redactie", TOWNS))
    saved = {year: before.years[year].cost - one.cost for year, one in after.years.items()}
    assert saved == pytest.approx({2009: 0, 2010: 2 * 65_000, 2011: 2 * 65_000})
    (team,) = after.chosen
    assert (team.fte, team.in_full, team.late) == (2, -130_000, False)
    people = base().region.sizes
    assert after.chosen[0].years[2011]["dordrecht"] == pytest.approx(
        -130_000 * people["dordrecht"] / sum(people.values())
    )


def test_the_same_case_types_save_half_a_million() -> None:
    """Proeftuin 2011, deelproject 3e: some € 0,5 million a year for the six, in the long run."""
    found = money(going("zaaktypen-harmoniseren", TOWNS))
    assert [round(one.projects) for one in found.years.values()] == [0, -250_000, -500_000]
    three = ["dordrecht", "papendrecht", "zwijndrecht"]
    part = money(going("zaaktypen-harmoniseren", three)).years[2011].projects
    people = base().region.sizes
    assert part == pytest.approx(-500_000 * sum(people[name] for name in three) / 261_609)


def test_training_costs_what_it_costs_once() -> None:
    """Proeftuin 2011, deelproject 3f: € 250 for each, and as many as the first line needs now."""
    found = money(going("opleiding-kcc", TOWNS, date(2010, 4, 1)))
    spent = [round(one.projects, 2) for one in found.years.values()]
    assert spent == [0, round(250 * 138 * 260 / 1350, 2), 0]
    assert found.chosen[0].in_full is None


def test_channel_steering_by_hand() -> None:
    """Of 258.073 contacts at the desk 2% leave each year, and cost € 0,50 in place of € 27,50."""
    desk = 391_560 / 0.44 * 0.29
    found = money(going("prijsverschil", TOWNS))
    by_hand = [-desk * (1 - 0.98**year) * 27 for year in (1, 2, 3)]
    assert [one.channel_steering for one in found.years.values()] == pytest.approx(by_hand)
    both = money(going("prijsverschil", TOWNS), going("op-afspraak", TOWNS), form="4")
    alone = money(form="4")
    left = desk * 0.98 * (1 - 0.98**2) * -27
    assert both.years[2009].channel_steering == pytest.approx(left)
    assert both.years[2009].cost == pytest.approx(alone.years[2009].cost + left)


@examples(25)
@given(chosen=several())
def test_only_who_takes_part_pays_or_gains(chosen: list[Underway]) -> None:
    """Everybody else pays what it paid; the parts add up; going on as now stays what it is."""
    plain, found = money(), money(*chosen)
    taking = {name for one in chosen for name in one.since}
    for year, one in found.years.items():
        towns = {name: of[year] for name, of in found.municipalities.items()}
        for name in set(TOWNS) - taking:
            assert towns[name].cost == pytest.approx(plain.municipalities[name][year].cost)
            assert towns[name].cash == pytest.approx(plain.municipalities[name][year].cash)
        assert sum(town.cost for town in towns.values()) == pytest.approx(one.cost)
        assert sum(town.cash for town in towns.values()) == pytest.approx(one.cash)
        assert one.baseline == plain.years[year].baseline
        told = sum(sum(of.years[year].values()) for of in found.chosen)
        assert told == pytest.approx(one.projects + one.channel_steering)
        assert one.cost == pytest.approx(plain.years[year].cost + told)


@examples(20)
@given(chosen=anything())
def test_what_nobody_takes_part_in_changes_nothing(chosen: Underway) -> None:
    """Not one euro, in any year."""
    none = Underway(chosen.kind, chosen.id, chosen.offered, {})
    plain, found = money(), money(none)
    assert (found.years, found.municipalities) == (plain.years, plain.municipalities)
    assert found.settled == plain.settled


@examples(15)
@given(chosen=several(), more=st.integers(1, 4))
def test_a_later_year_changes_no_earlier_one(chosen: list[Underway], more: int) -> None:
    """What is added at the end of the list leaves the years before it alone."""
    basis = base().region.costs.model_copy(update={"years": tuple(range(2009, 2012 + more))})
    region = base().region.model_copy(update={"costs": basis})
    joins = {name: Since("3a", START) for name in TOWNS}
    longer = money_of(base().knowledge, region, PRICED, joins, chosen=tuple(chosen))
    for year, one in money(*chosen).years.items():
        assert longer.years[year] == one


@examples(15)
@given(st.lists(st.sampled_from([*STEERING]), unique=True, min_size=1), st.integers(0, 3000))
def test_never_more_contacts_move_than_there_are(ways: list[str], after: int) -> None:
    """However many ways, what they save together is less than what the desk costs."""
    day = START - timedelta(days=after)
    found = money(*(going(name, TOWNS, day) for name in ways), form="4")
    desk = 391_560 / 0.44 * 0.29 * 27.5
    assert all(-desk < one.channel_steering < 0 for one in found.years.values())


def test_a_project_that_comes_too_late_is_told() -> None:
    """The editorial team belongs before the centre opens, not after."""
    late, soon = (
        money(going("een-redactie", TOWNS, START + timedelta(days=days))).chosen[0]
        for days in (1, 0)
    )
    assert late.late
    assert not soon.late


def chosen_case() -> Case:
    """The Drechtsteden with a project and a way of steering that ask decisions."""
    region = base().region.model_copy(
        update={
            "projects": {"zaaktypen-harmoniseren": Chosen(participants=tuple(TOWNS))},
            "channel_steering": {"prijsverschil": Chosen(participants=("sliedrecht",))},
        }
    )
    return Case(base().knowledge, region)


def test_decisions_come_first() -> None:
    """A choice counts once those who take part have decided, and the plan has these decisions."""
    advice = decide(chosen_case())
    assert advice.roadmap is not None
    ends = {task.id: task.finish for task in advice.roadmap.tasks}
    reference = date(2008, 7, 1)
    for one in underway(base().knowledge, chosen_case().region, advice.roadmap):
        for name, day in one.since.items():
            asked = [ends[f"{activity}@{name}"] for activity in one.offered.asks]
            assert asked
            assert day >= reference + timedelta(weeks=max(asked))
    council = "prijzen-in-verordening@sliedrecht"
    assert ends["kostprijs-per-kanaal@sliedrecht"] < ends[council]
    (ordinance,) = [one for one in advice.decisions if one.id == council]
    assert (ordinance.status, ordinance.body) == ("to_take", "council")
    assert {one.id for one in advice.decisions if one.activity == "zaaktypen-besluiten"} == {
        f"zaaktypen-besluiten@{name}" for name in TOWNS
    }


def test_the_route_of_the_plan_has_what_was_chosen() -> None:
    """Summary and routes tell the same cash; doing nothing is what it was."""
    advice, plain = decide(chosen_case()), decide(base())
    plan, way = advice.findings.plan_money, advice.findings.about("3a").routes
    assert plan is not None
    route = advice.findings.about("3a").advised_route
    assert route is not None
    assert route.kind == "waves"
    for year in route.years:
        if year.year in plan.years:
            assert year.total == pytest.approx(plan.years[year.year].cash)
    assert way[0] == plain.findings.about("3a").routes[0]
    assert plan.chosen
    assert plain.findings.plan_money is not None
    assert plain.findings.plan_money.chosen == ()


def test_all_that_can_be_chosen_is_on_offer() -> None:
    """Nothing is chosen in the file, and the advice can tell what it would come to for all six."""
    offers = {one.id: one for one in on_offer(base().knowledge, base().region, PRICED)}
    assert {*offers} == {*PROJECTS, *STEERING}
    assert offers["een-redactie"].in_full == -130_000
    assert offers["zaaktypen-harmoniseren"].in_full == pytest.approx(-500_000)
    assert offers["expertise-bundelen"].in_full is None
    assert offers["opleiding-kcc"].once == pytest.approx(250 * 138 * 260 / 1350)
    assert all(offers[name].in_full is not None for name in STEERING)


def test_a_region_chooses_in_its_file() -> None:
    """What `--set` chooses counts in the plan from the day that it names."""
    chosen = 'projects.een-redactie={participants: [dordrecht, papendrecht], from: "2010"}'
    case = load_region(DRECHTSTEDEN, changes=[chosen])
    advice = decide(case)
    assert advice.roadmap is not None
    found = plan_money(case.knowledge, case.region, advice.costs, advice.roadmap)
    assert [round(one.projects) for one in found.years.values()] == [0, 0, round(-130_000 / 3)]
    assert followed(case.knowledge, case.region, "3a")[0].kind == "nothing"
