"""How long it takes to find the agents for one hour: ours beside pyworkforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyworkforce.queuing import ErlangC

from decision.staffing import agents_needed

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

HANDLING, TARGET, WAIT = 240.0, 0.8, 30.0
CALLS = np.random.default_rng(14078).uniform(1, 600, 100_000)


@pytest.mark.benchmark(group="one hour")
def test_ours_one_hour(benchmark: BenchmarkFixture) -> None:
    """The published hour of 108 calls, asked on its own."""
    assert benchmark(agents_needed, 108, HANDLING, TARGET, WAIT) == 10


@pytest.mark.benchmark(group="one hour")
def test_pyworkforce_one_hour(benchmark: BenchmarkFixture) -> None:
    """The same hour by pyworkforce."""
    assert benchmark(pyworkforce, 108.0) == 10


@pytest.mark.benchmark(group="a thousand hours")
def test_ours_thousand_hours(benchmark: BenchmarkFixture) -> None:
    """A thousand hours of one handling time in one array."""
    agents = benchmark(agents_needed, CALLS[:1000], HANDLING, TARGET, WAIT)
    assert agents.shape == (1000,)


@pytest.mark.benchmark(group="a thousand hours")
def test_pyworkforce_thousand_hours(benchmark: BenchmarkFixture) -> None:
    """The same hours by pyworkforce, one by one."""
    hours = CALLS[:1000].tolist()
    assert len(benchmark(lambda: [pyworkforce(calls) for calls in hours])) == 1000


@pytest.mark.benchmark(group="a hundred thousand hours")
def test_ours_many_hours(benchmark: BenchmarkFixture) -> None:
    """Many hours of one handling time: milliseconds a round are tens of nanoseconds an hour."""
    agents = benchmark(agents_needed, CALLS, HANDLING, TARGET, WAIT)
    assert agents.shape == CALLS.shape


@pytest.mark.benchmark(group="a hundred thousand hours")
def test_ours_many_handling_times(benchmark: BenchmarkFixture) -> None:
    """Many hours that each have a handling time of their own."""
    handling = np.random.default_rng(1).uniform(100, 400, CALLS.size)
    agents = benchmark(agents_needed, CALLS, handling, TARGET, WAIT)
    assert agents.shape == CALLS.shape


def pyworkforce(calls: float) -> int:
    """The agents for one hour by pyworkforce."""
    queue = ErlangC(transactions=calls, aht=HANDLING, asa=WAIT, interval=3600)
    return int(queue.required_positions(TARGET)["positions"])
