"""Processor time of what has to come true, and of 10.000 draws over all forms and years.

Processor time of this process (all its threads) is what counts, because others use the machine
too. The draws must take at most 2 s; a median of several runs is held against that.
"""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from decision.costs.break_even import break_even
from decision.costs.uncertainty import DRAWS, uncertainty
from decision.load import load_region

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

    from decision.load import Case

ROUNDS = 7
MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def equal_sites() -> Case:
    """The region of the publication: six sites that count as equal."""
    return load_region("drechtsteden.yaml")


@pytest.fixture(scope="module")
def own_sites() -> Case:
    """The same region with every municipality staffed for its own calls."""
    return load_region("drechtsteden.yaml", changes=["costs.sites=own"])


def test_draws(
    benchmark: BenchmarkFixture, equal_sites: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """10.000 draws over seven forms, three years and nine hours in both lines."""
    run = partial(uncertainty, equal_sites.knowledge, equal_sites.region)
    seconds = _measured(benchmark, run, "draws, equal sites", capsys)
    assert DRAWS == 10_000
    assert seconds <= MOST_SECONDS


def test_draws_of_own_sites(
    benchmark: BenchmarkFixture, own_sites: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same where six sites of different size are staffed one by one."""
    run = partial(uncertainty, own_sites.knowledge, own_sites.region)
    assert _measured(benchmark, run, "draws, own sites", capsys) <= MOST_SECONDS


def test_break_even(
    benchmark: BenchmarkFixture, equal_sites: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every share and every kengetal at which the cheaper of two forms changes."""
    run = partial(break_even, equal_sites.knowledge, equal_sites.region)
    _measured(benchmark, run, "break-even", capsys)


def _measured(
    benchmark: BenchmarkFixture,
    run: Callable[[], object],
    name: str,
    capsys: pytest.CaptureFixture[str],
) -> float:
    """The median processor time of a run; the first one warms up and does not count."""
    seconds: list[float] = []

    def timed() -> None:
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)

    benchmark.pedantic(timed, rounds=ROUNDS, warmup_rounds=1)
    median = statistics.median(seconds[1:])
    benchmark.extra_info.update(median_processor_seconds=median, most=MOST_SECONDS)
    with capsys.disabled():
        print(f"\nprocessor time, median of {ROUNDS}: {name} {median:.3f} s")
    return median
