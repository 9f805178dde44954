"""How long a plan within capacity takes, and how near it comes to what is surely the soonest.

``extra_info`` holds milliseconds of processor time for the plan, the week of its opening, and the
gap: by how many weeks no plan with the same founders can open sooner at most.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from benchmarks.test_bench_plan import region_of, took
from decision.advice.advice import decide
from decision.roadmap.plan import roadmap
from decision.roadmap.replay import Replay

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


@pytest.mark.benchmark(group="the plan within capacity")
@pytest.mark.parametrize("count", [6, 20, 40])
def test_plan_within_capacity(benchmark: BenchmarkFixture, count: int) -> None:
    """Who does what when, of municipalities that each have their own days a week."""
    case = region_of(count)
    advice = decide(case)
    plan = partial(roadmap, case.knowledge, case.region, advice.eligibility, advice.scores, "3a")
    found = benchmark(plan)
    again = Replay(case.knowledge, case.region, advice.eligibility, found)
    week = found.waves[0].week
    benchmark.extra_info["ms"] = round(min(took(plan) for _ in range(3)) * 1000, 1)
    benchmark.extra_info["chance_ms"] = round(took(partial(again.chance, 14)) * 1000, 1)
    benchmark.extra_info["tasks"] = len(found.tasks)
    benchmark.extra_info["week"], benchmark.extra_info["gap"] = week, week - found.bound
    print(benchmark.extra_info)
