"""Many plans side by side end as each of them does by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from decision.roadmap.finishes import Repeats, finishes
from decision.roadmap.workload import Workload, spread
from tests.roadmap.test_workload import workloads
from tests.searching import examples


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
