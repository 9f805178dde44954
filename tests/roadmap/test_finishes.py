"""Many plans side by side end as each of them does by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from decision.roadmap.calendar import Calendar
from decision.roadmap.finishes import Repeats, finishes
from decision.roadmap.workload import Days, Workload, spread
from tests.roadmap.test_workload import workloads
from tests.searching import examples


def test_people_are_freed_in_each_plan_when_their_own_work_is_done() -> None:
    """Where the work that frees them takes a week, they have ten times as many days from then."""
    calendar = Calendar("2008-01-01", ())
    workload = Workload(
        weeks=(1, 1),
        days=(0.0, 10.0),
        people=(-1, 0),
        before=((), ()),
        decision=(False, False),
        place=(0, 1),
        teams=(Days(1.0, 10.0, (0,)),),
        calendar=calendar,
    )
    weeks, days = np.array([[1, 5], [1, 1]]), np.array([[0.0, 0.0], [10.0, 10.0]])
    found = finishes(workload, [0, 1], Repeats(weeks, days, np.zeros_like(weeks)))
    assert found.tolist() == [[1, 5], [2, 6]]


@examples(150)
@given(workload=workloads(most=9), data=st.data())
def test_what_is_done_many_times_ends_as_when_it_is_done_once(
    workload: Workload, data: st.DataObject
) -> None:
    """By every law of planning, whatever the weeks, the days and the first week of each job."""
    jobs, size = range(len(workload.weeks)), 3
    order = data.draw(st.permutations([*jobs]))
    drawn = st.tuples(st.integers(0, 4), st.floats(0, 7), st.integers(0, 5))
    rows = [[data.draw(drawn) for _ in range(size)] for _ in jobs]
    weeks, days, since = np.array(rows).transpose(2, 0, 1)
    found = finishes(workload, order, Repeats(weeks.astype(int), days, since.astype(int)))
    for time in range(size):
        one = [row[time] for row in rows]
        own = replace(workload, weeks=tuple(n for n, _, _ in one), days=tuple(n for _, n, _ in one))
        alone = spread(own, order, [n for _, _, n in one])
        assert tuple(found[:, time]) == alone.finish
