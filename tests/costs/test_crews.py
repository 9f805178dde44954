"""The agents of a part of a region: hour by hour and location by location, as the model says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.crews import crew
from decision.costs.result import costs, own_calls
from decision.costs.staffing import agents_needed
from decision.load import load_region
from decision.sharing.division import sharing
from decision.sharing.money import money_of
from decision.sharing.pieces import Since
from tests.searching import examples

if TYPE_CHECKING:
    from decision.load import Case
    from decision.model.region import Region

Sites = tuple[float, ...] | None


def with_sites(region: Region, dordrecht: Sites, joint: Sites, cap: float | None) -> Region:
    """The region with locations, and a cap on how busy the first line may be."""
    towns = region.municipalities
    split = towns["dordrecht"].model_copy(update={"sites": dordrecht})
    basis = {"sites": "own", "joint_sites": joint, "occupancy_cap": cap}
    return region.model_copy(
        update={
            "municipalities": {**towns, "dordrecht": split},
            "costs": region.costs.model_copy(update=basis),
        }
    )


def by_hand(case: Case, calls: float, handling: float, sites: Sites, cap: float | None) -> int:
    """The agents of every hour and location, one after the other."""
    return sum(
        int(agents_needed(calls / 260 * hour.share * part, handling, 0.8, 30, most_occupancy=cap))
        for hour in case.knowledge.hourly_profile
        for part in sites or (1.0,)
    )


@given(
    st.floats(0, 500_000),
    st.floats(60, 600),
    st.sampled_from([None, (0.5, 0.5), (0.7, 0.2, 0.1)]),
    st.none() | st.floats(0.3, 1),
)
@examples(30)
def test_every_hour_of_every_location_is_staffed(
    drechtsteden: Case, calls: float, handling: float, sites: Sites, cap: float | None
) -> None:
    """Alone on its own locations, together on the joint ones, and in one second line."""
    team = crew(drechtsteden.knowledge, with_sites(drechtsteden.region, sites, sites, cap))
    of_calls, time = np.array([calls, 0.0]), np.array([handling])
    expected = by_hand(drechtsteden, calls, handling, sites, cap)
    assert [*team.together(of_calls, time)] == [expected, 0]
    assert [*team.apart(["dordrecht", "papendrecht"], of_calls, time)] == [expected, 0]
    second = by_hand(drechtsteden, calls, 420, None, None)
    assert [*team.second_line(of_calls)] == [second, 0]


def test_one_handling_time_for_each(drechtsteden: Case) -> None:
    """Municipalities that are further on in a form handle a call in less time."""
    team = crew(drechtsteden.knowledge, drechtsteden.region)
    calls, times = np.array([90_000.0, 90_000.0]), np.array([240.0, 194.0])
    slow, quick = team.apart(["dordrecht", "papendrecht"], calls, times)
    assert slow == by_hand(drechtsteden, 90_000, 240, None, None)
    assert quick == by_hand(drechtsteden, 90_000, 194, None, None)
    assert [*team.together(calls, times)] == [slow, quick]
    assert team.apart([], np.zeros(0), times[:1]).size == 0


def test_an_agent_in_fte(drechtsteden: Case) -> None:
    """Who is there for one hour on 260 days works 260 of the 1.350 hours of an fte."""
    team = crew(drechtsteden.knowledge, drechtsteden.region)
    assert team.rates["3a"].fte_per_agent == pytest.approx(260 / 1350)


RUNNING = """
running_costs:
  licentie:
    name: licentie
    amounts: {"0": {euro: 1000, per: municipality}, "1": {euro: 7000}, 3a: {euro: 60000}}
    source: {document: decide-2026, place: "aanname: eigen opgave"}
  beheer:
    name: beheer
    amounts: {"1": {euro: 5000, per: municipality}, "4": {euro: 2500, per: municipality}}
    source: {document: decide-2026, place: "aanname: eigen opgave"}
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The region with its own sites, and with something to pay every year."""
    folder = tmp_path_factory.mktemp("criteria")
    (folder / "kengetallen.yaml").write_text(RUNNING, encoding="utf-8")
    return load_region("drechtsteden.yaml", criteria=folder, changes=["costs.sites=own"])


@pytest.mark.parametrize("second_line", ["pooled", "own"])
@pytest.mark.parametrize("form", ["1", "2", "3a", "3b", "4", "5"])
def test_all_on_one_form_cost_what_its_table_says(
    running: Case, form: str, second_line: str
) -> None:
    """The table, the plan of all from the first year and the group of all are one calculation."""
    knowledge, basis = running.knowledge, {"second_line": second_line}
    region = running.region.model_copy(
        update={"costs": running.region.costs.model_copy(update=basis)}
    )
    result = costs(knowledge, region)
    joins = dict.fromkeys(region.municipalities, Since(form, date(2009, 1, 1)))
    money, divided = (
        money_of(knowledge, region, result, joins),
        sharing(knowledge, region, form, result=result),
    )
    for year, one in result.forms[form].years.items():
        assert money.years[year].cost == pytest.approx(one.total)
        assert money.years[year].fte_second_line == pytest.approx(one.fte_second_line)
        assert money.years[year].baseline == pytest.approx(result.forms["0"].years[year].total)
    assert divided.last_year.total == pytest.approx(result.forms[form].last_year.total)
    total = sum(year.total for year in result.forms[form].years.values())
    assert divided.period.total == pytest.approx(total)


def test_who_is_on_a_further_form_changes_only_the_centre_and_the_pool(running: Case) -> None:
    """On forms of their own municipalities share the second line, and nothing else."""
    knowledge, region = running.knowledge, running.region
    basis = region.costs.model_copy(update={"years": (2009,)})
    region = region.model_copy(update={"costs": basis})
    cost = costs(knowledge, region)
    team, calls = crew(knowledge, region), own_calls(knowledge, region, cost)
    times = dict.fromkeys(calls, 120.0) | {"sliedrecht": 140.0}
    agents = sum(
        float(team.apart([name], np.array([calls[name]]), np.array([time]))[0])
        for name, time in times.items()
    )
    second = float(team.second_line(np.array([sum(calls.values()) * 0.8]))[0])
    expected = (agents * 50_000 + second * 65_000) * 260 / 1350 + 5 * 1_000 + 7_000 + 5_000
    joins = {"sliedrecht": Since("1", date(2009, 1, 1))}
    found = money_of(knowledge, region, cost, joins)
    assert found.years[2009].cash - found.investment == pytest.approx(expected)
