"""Processor time of ranking under many weights, side by side with pymcdm, and of SMAA-O.

10.000 weightings of 7 forms on 15 criteria, with ranks, must take at most a 300th of the time of
pymcdm's weighted sum in a loop. A million draws of SMAA-O over as many forms and criteria must stay
within 5 s of processor time and 500 MB, the program itself included; they run in a process of
their own, with all grades ordinal but on four criteria of cost, each with its own draws.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from decision.scores.smaa import scored, standings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

FORMS, CRITERIA, WEIGHTINGS = 7, 15, 10_000
ROUNDS, LOOPS = 21, 3
LEAST_RATIO = 300
MOST_SECONDS, MOST_BYTES = 5.0, 500e6

DRAWS = """
import json, resource, time
import numpy as np
from decision.scores.smaa import smaa
from tests.ranking import of_grades

random = np.random.default_rng(1)
forms, criteria, costs, draws = 7, 15, 4, 1_000_000
grades = random.integers(1, 6, (forms, criteria)).tolist()
drawn = {f"c{criteria - 1 - at}": random.random((draws, forms)) for at in range(costs)}
matrix = of_grades({f"f{at}": row for at, row in enumerate(grades)}, drawn)
start = time.process_time()
found = smaa(matrix, samples=draws)
seconds = time.process_time() - start
assert abs(sum(one.ranks[0] for one in found.forms.values()) - 1) < 1e-9
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([seconds, peak]))
"""


def processor_seconds(run: Callable[[], object]) -> float:
    """The processor time of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def _as_it_is(column: np.ndarray, cost: bool) -> np.ndarray:  # noqa: ARG001, FBT001 - pymcdm's
    """No normalisation: the values are from 0 to 1 already, as with us."""
    return column


def test_weightings_against_pymcdm(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same ranks under the same weights, all at once and one by one."""
    methods = pytest.importorskip("pymcdm.methods", reason="the extra `methods` is not installed")
    random = np.random.default_rng(1)
    values = random.random((FORMS, CRITERIA))
    weights = random.dirichlet(np.ones(CRITERIA), WEIGHTINGS)
    types = np.ones(CRITERIA)
    method = methods.WSM(_as_it_is)

    def theirs() -> np.ndarray:
        return np.array([method.rank(method(values, one, types)) for one in weights])

    def ours() -> np.ndarray:
        higher, equal, _ = standings(scored(values, weights.T))
        ranks: np.ndarray = (1 + higher + equal / 2).T
        return ranks

    assert (ours() == theirs()).all()
    seconds: list[float] = []
    benchmark.pedantic(lambda: seconds.append(processor_seconds(ours)), rounds=ROUNDS)
    mine = statistics.median(seconds)
    loop = statistics.median(processor_seconds(theirs) for _ in range(LOOPS))
    benchmark.extra_info.update(seconds=mine, pymcdm_seconds=loop, ratio=loop / mine)
    with capsys.disabled():
        print(
            f"\nprocessor time of {WEIGHTINGS} weightings: {1000 * mine:.1f} ms, "
            f"pymcdm in a loop {loop:.2f} s, ratio {loop / mine:.0f} (target {LEAST_RATIO})"
        )
    assert loop / mine >= LEAST_RATIO


def test_a_million_draws(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """SMAA-O with confidence factors over 7 forms and 15 criteria."""
    runs: list[tuple[float, float]] = []

    def draws() -> None:
        command = [sys.executable, "-c", DRAWS]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(tuple(json.loads(done.stdout)))

    benchmark.pedantic(draws, rounds=3)
    seconds, peak = (statistics.median(part) for part in zip(*runs, strict=True))
    benchmark.extra_info.update(seconds=seconds, peak_bytes=peak)
    with capsys.disabled():
        print(
            f"\na million draws of SMAA-O: {seconds:.2f} s of processor time "
            f"(target {MOST_SECONDS}), {peak / 1e6:.0f} MB (target {MOST_BYTES / 1e6:.0f})"
        )
    assert seconds <= MOST_SECONDS
    assert peak <= MOST_BYTES
