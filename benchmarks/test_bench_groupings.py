"""Processor time of a search for groupings, from 6 municipalities to a whole country.

Up to 10 municipalities all partitions are looked at (115.975 with 10), up to 16 the front comes
from labels over all subsets: on all measures, or of the cost and each other one. The country of 340
is grouped within 30 km and at most 12 a group; the largest proven gap is reported. The regions are
made up, from a seed. Times count from a region that has been read, and have everything in them but
the import of libraries. The figures are reported and not asserted, because they depend on the
machine.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from benchmarks.country import country_file
from decision.grouping.declared import Engine
from decision.grouping.search import search
from decision.load import load_region
from decision.model.search import SearchLimits

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

NATIONAL = SearchLimits(distance=30.0, largest=12)
TARGETS = {10: 3.0, 16: 20.0}
COUNTRY = 340


@pytest.mark.parametrize("municipalities", [6, 8, 10, 12, 13, 14, 16, 60, 120, COUNTRY])
def test_search_of_groupings(
    benchmark: BenchmarkFixture,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    municipalities: int,
) -> None:
    """Every group that can be made is evaluated, and the best groupings of them are found."""
    path = tmp_path / "land.yaml"
    path.write_text(country_file(municipalities), encoding="utf-8")
    case = load_region(path)
    limits = NATIONAL if municipalities > max(TARGETS) else SearchLimits()
    start = time.process_time()

    def timed() -> str:
        lean = Engine(case).lean
        found = search(case.knowledge, case.region, lean, limits)
        gaps = {name: one.gap for name, one in found.best.items()}
        two = [len(one.groupings) for one in found.parts if one.complete]
        some = [gap for one in found.parts if not one.complete for gap in one.gaps]
        benchmark.extra_info.update(groups=len(found.batch), groupings=found.made, gaps=gaps)
        worst = max(gaps.values())
        made = "" if found.made is None else f" {found.made:,} groupings,"
        front = (
            f"{len(found.front):,} unbeaten"
            if found.complete
            else (
                f"proven fronts of two measures {two}, {len(some)} points of others"
                f" within {max(some, default=0.0):.2%}"
            )
        )
        groups = f"{found.method},{made} {len(found.batch):,} groups"
        return f"{groups}, largest gap {worst:.2%}, {front}"

    told = benchmark.pedantic(timed, rounds=1)
    seconds = time.process_time() - start
    benchmark.extra_info.update(municipalities=municipalities, processor_seconds=seconds)
    with capsys.disabled():
        target = TARGETS.get(municipalities)
        aim = "" if target is None else f" (target {target:.0f} s)"
        print(f"\nprocessor time: groupings of {municipalities} {seconds:.2f} s{aim}: {told}")
