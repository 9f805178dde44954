"""How long the money of a plan takes, for regions of the size of the publication and far larger.

The region has copies of the municipalities of the Drechtsteden, each a little larger than the one
before, so that no two of them are staffed alike. ``extra_info`` holds milliseconds of
processor time for the plan, and for one municipality of it.
"""

from __future__ import annotations

from functools import partial
from itertools import cycle, islice
from time import process_time
from typing import TYPE_CHECKING

import pytest

from decision.advice.advice import decide
from decision.load import Case, load_region
from decision.sharing.money import plan_money

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

SIZES = (6, 20, 60)


def region_of(count: int) -> Case:
    """The Drechtsteden with so many municipalities, each with calls of its own."""
    case = load_region("drechtsteden.yaml", changes=["costs.sites=own", "costs.second_line=own"])
    towns, whole = {}, 0.0
    for at, (name, town) in enumerate(islice(cycle(case.region.municipalities.items()), count)):
        size = case.region.sizes[name] + 97 * at
        people = town.inhabitants.model_copy(update={"value": size})
        cbs, whole = f"{9000 + at}", whole + size
        like = {"inhabitants": people, "cbs": cbs, "name": f"{town.name} {at}", "sites": None}
        towns[f"{name}-{at}"] = town.model_copy(update=like)
    costs = case.region.costs.model_copy(update={"inhabitants_counted": whole})
    changed = {"municipalities": towns, "costs": costs, "groupings": {}, "organisations": {}}
    changed |= {"projects": {}, "channel_steering": {}, "published": None}
    return Case(region=case.region.model_copy(update=changed), knowledge=case.knowledge)


@pytest.mark.benchmark(group="the money of a plan")
@pytest.mark.parametrize("count", SIZES)
def test_money_of_a_plan(benchmark: BenchmarkFixture, count: int) -> None:
    """Who is in when, staffed and priced year by year and divided over the municipalities."""
    case = region_of(count)
    advice = decide(case)
    plan = advice.findings.roadmap
    assert plan is not None
    price = partial(plan_money, case.knowledge, case.region, advice.costs, plan)
    assert len(benchmark(price).municipalities) == count
    least = min(took(price) for _ in range(5)) * 1000
    benchmark.extra_info["ms"] = round(least, 1)
    benchmark.extra_info["ms_each"] = round(least / count, 2)
    print(benchmark.extra_info)


def took(action: Callable[[], object]) -> float:
    """Processor time in seconds."""
    before = process_time()
    action()
    return process_time() - before
