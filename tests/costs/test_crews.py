"""The agents of a part of a region: hour by hour and location by location, as the model says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.crews import crew
from decision.costs.staffing import agents_needed
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
    assert team.fte_per_agent == pytest.approx(260 / 1350)
