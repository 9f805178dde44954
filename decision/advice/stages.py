"""The plan in a few stages: prepare, decide, build, start and join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from decision.model.knowledge import Knowledge
from decision.roadmap.plan import Roadmap

__all__ = ["Stage", "stages"]

StageKind = Literal["prepare", "decide", "build", "start", "join"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the plan in weeks, with the municipalities that it is about (none: all)."""

    kind: StageKind
    start: float
    finish: float
    members: tuple[str, ...] = ()


def stages(knowledge: Knowledge, plan: Roadmap) -> tuple[Stage, ...]:
    """The stages of a plan that has a first wave; none of a plan without.

    Who opens first decides, and the region after them: that is the second stage, and all before
    it the first. Building goes on until the first wave goes live.
    """
    if not plan.waves:
        return ()
    first, *later = plan.waves
    decided = [
        task
        for task in plan.tasks
        if knowledge.activities[task.activity].level == "decision" and task.finish <= first.week
    ]
    own = [task for task in decided if task.partner in first.members]
    gate = max((task.finish for task in own), default=0.0)
    regional = sorted(t.finish for t in decided if t.partner is None and t.finish >= gate)
    done = next(iter(regional), gate)
    found = []
    if own or regional:
        begun = min(task.start for task in own or decided)
        found = [Stage("prepare", 0.0, begun), Stage("decide", begun, done)]
    found = [one for one in found if one.finish > one.start]
    if first.week > done:
        found.append(Stage("build", done, first.week))
    found.append(Stage("start", first.week, first.week, first.members))
    if later:
        members = tuple(name for wave in later for name in wave.members)
        found.append(Stage("join", later[0].week, later[-1].week, members))
    return tuple(found)
