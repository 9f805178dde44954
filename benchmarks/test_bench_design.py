"""Processor time of the best configuration for random regions, small and large.

Every municipality wants, accepts or refuses something at about half of the twelve choices. The
wishes are added up before the search, so its size does not depend on the number of municipalities.
The median is reported and not asserted, because it depends on the machine.
"""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from decision.design.best import design
from decision.load import load_region
from tests.configurations import region_with, wishes_at_random

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 7
REFUSALS = 0.5
"""The choices about which anybody in the region refuses options, on average."""


@pytest.mark.parametrize("municipalities", [6, 20, 60])
def test_design_of_a_random_region(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str], municipalities: int
) -> None:
    """The best of all configurations, its runners-up and the fit of every form."""
    case = load_region("drechtsteden.yaml")
    random = Random(municipalities)  # noqa: S311 - an example, no secret
    refusing = REFUSALS / len(case.knowledge.choices) / municipalities
    wishes = [wishes_at_random(random, case.knowledge, refusing) for _ in range(municipalities)]
    region = region_with(case, wishes)
    seconds: list[float] = []

    def timed() -> None:
        start = time.process_time()
        assert design(case.knowledge, region).best is not None
        seconds.append(time.process_time() - start)

    benchmark.pedantic(timed, rounds=ROUNDS, warmup_rounds=1)
    median = statistics.median(seconds[1:])
    benchmark.extra_info.update(municipalities=municipalities, median_processor_seconds=median)
    with capsys.disabled():
        print(
            f"\nprocessor time, median of {ROUNDS}: design, {municipalities} municipalities "
            f"{median:.3f} s"
        )
