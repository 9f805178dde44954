"""How long it takes to find the agents for an hour: ours beside pyworkforce, in one run.

``extra_info`` of the million hours holds nanoseconds for one hour of each (ours also the first
time, when it still works out its table) and how many times faster ours is.
"""

from __future__ import annotations

from functools import partial
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray
from pyworkforce.queuing import ErlangC

from decision.costs.staffing import agents_needed, agents_needed_with_patience

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

Hours: TypeAlias = NDArray[np.float64]

HANDLING, TARGET, WAIT = 240.0, 0.8, 30.0
MILLION, SAMPLE = 1_000_000, 2000
RANDOM = np.random.default_rng(14078)
CALLS = RANDOM.uniform(1, 600, MILLION)
ONE, DIFFERENT = np.full(MILLION, HANDLING), RANDOM.uniform(100, 400, MILLION)


@pytest.mark.benchmark(group="a million hours")
@pytest.mark.parametrize("handling", [HANDLING, DIFFERENT], ids=["one", "different"])
def test_million_hours_side_by_side(benchmark: BenchmarkFixture, handling: float | Hours) -> None:
    """A million hours, of one handling time or of a million, and a sample by pyworkforce."""
    ours = partial(agents_needed, CALLS, handling, TARGET, WAIT)
    some = CALLS[:SAMPLE], np.broadcast_to(handling, CALLS.shape)[:SAMPLE]
    theirs = partial(one_by_one, *some)
    first = took(ours) / MILLION
    agents = benchmark(ours)
    peer = min(took(theirs) for _ in range(5)) / SAMPLE
    again = min(took(ours) for _ in range(5)) / MILLION
    benchmark.extra_info["ns_first"] = round(first * 1e9, 1)
    benchmark.extra_info["ns"] = round(again * 1e9, 1)
    benchmark.extra_info["ns_pyworkforce"] = round(peer * 1e9, 1)
    benchmark.extra_info["times_faster_first"] = round(peer / first)
    benchmark.extra_info["times_faster"] = round(peer / again)
    print(benchmark.extra_info)
    least = np.round(some[0] * some[1] / 3600 + 1)  # it does not try fewer
    assert theirs() == np.maximum(agents[:SAMPLE], least).tolist()


@pytest.mark.benchmark(group="one hour")
def test_ours_one_hour(benchmark: BenchmarkFixture) -> None:
    """The published hour of 108 calls, asked on its own."""
    assert benchmark(agents_needed, 108, HANDLING, TARGET, WAIT) == 10


@pytest.mark.benchmark(group="one hour")
def test_pyworkforce_one_hour(benchmark: BenchmarkFixture) -> None:
    """The same hour by pyworkforce."""
    assert benchmark(pyworkforce, 108.0, HANDLING) == 10


@pytest.mark.benchmark(group="a thousand hours")
@pytest.mark.parametrize("handling", [ONE, DIFFERENT], ids=["one", "different"])
def test_ours_thousand_hours(benchmark: BenchmarkFixture, handling: Hours) -> None:
    """A thousand hours in one array, of one handling time or of as many."""
    agents = benchmark(agents_needed, CALLS[:1000], handling[:1000], TARGET, WAIT)
    assert agents.shape == (1000,)


@pytest.mark.benchmark(group="a thousand hours")
def test_pyworkforce_thousand_hours(benchmark: BenchmarkFixture) -> None:
    """The same hours by pyworkforce, one by one."""
    assert len(benchmark(one_by_one, CALLS[:1000], ONE[:1000])) == 1000


@pytest.mark.benchmark(group="a thousand hours")
def test_ours_thousand_hours_with_patience(benchmark: BenchmarkFixture) -> None:
    """The same hours when callers hang up, for which pyworkforce has no answer."""
    agents = benchmark(agents_needed_with_patience, CALLS[:1000], HANDLING, TARGET, WAIT, 180)
    assert agents.shape == (1000,)


def took(work: Callable[[], object]) -> float:
    """The seconds of processor time of one run."""
    start = process_time()
    work()
    return process_time() - start


def one_by_one(calls: Hours, handling: Hours) -> list[int]:
    """The agents for each hour by pyworkforce."""
    return [pyworkforce(*hour) for hour in zip(calls.tolist(), handling.tolist(), strict=True)]


def pyworkforce(calls: float, handling: float) -> int:
    """The agents for one hour by pyworkforce."""
    queue = ErlangC(transactions=calls, aht=handling, asa=WAIT, interval=3600)
    return int(queue.required_positions(TARGET)["positions"])
