"""The plan in a few stages: each after the other, up to the last who joins."""

from __future__ import annotations

from itertools import pairwise

import pytest

from decision.advice.stages import stages
from tests.report.advices import NAMES, advice


@pytest.mark.parametrize("region", NAMES)
def test_stages_follow_one_another(region: str) -> None:
    """Nothing begins before what it waits for; who starts and who joins are those of the waves."""
    found = advice(region)
    if found.roadmap is None or not found.roadmap.waves:
        assert found.findings.stages == ()
        return
    steps = stages(found.knowledge, found.roadmap)
    assert steps == found.findings.stages
    for before, after in pairwise(steps):
        assert before.start <= before.finish <= after.start
    waves = found.roadmap.waves
    (start,) = (one for one in steps if one.kind == "start")
    assert (start.start, start.members) == (waves[0].week, waves[0].members)
    joined = [name for one in steps if one.kind == "join" for name in one.members]
    assert joined == [name for wave in waves[1:] for name in wave.members]


def test_the_drechtsteden_prepare_decide_build_start_and_join() -> None:
    """The three levels of task of chapter 6 in the order of time."""
    kinds = [one.kind for one in advice().findings.stages]
    assert kinds == ["prepare", "decide", "build", "start", "join"]
