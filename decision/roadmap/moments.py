"""The moments at which a body tells others how the work goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decision.model.knowledge import Knowledge
from decision.model.process import Moment
from decision.model.values import Body
from decision.roadmap.calendar import EPSILON
from decision.roadmap.plan import Roadmap, Task

__all__ = ["Occasion", "occasions"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that a moment of the knowledge comes: ``number`` 1 is the first, and in which week.

    ``body`` tells, and ``to`` are told.
    """

    moment: str
    number: int
    week: float
    body: Body
    to: tuple[Body, ...]


def occasions(knowledge: Knowledge, plan: Roadmap) -> tuple[Occasion, ...]:
    """Every moment of a plan, by week; a moment of work that is not planned does not come."""
    tasks = {task.activity: task for task in plan.tasks if task.partner is None}
    found = [
        Occasion(name, number, week, one.body, one.to)
        for name, one in knowledge.moments.items()
        if one.activity in tasks
        for number, week in enumerate(_weeks(one, tasks[one.activity]), 1)
    ]
    return tuple(sorted(found, key=lambda one: one.week))


def _weeks(moment: Moment, task: Task) -> Iterator[float]:
    """The weeks in which a moment comes."""
    if moment.every_weeks is None:
        yield (task.start + task.finish) / 2
        return
    week = moment.every_weeks
    while week < task.finish + EPSILON:
        yield week
        week += moment.every_weeks
