"""Wishes for a date: when a municipality wants to start, beside when it can, and what decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from decision.eligibility.evaluation import Truth
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.calendar import EPSILON
from decision.roadmap.dates import weeks_until
from decision.roadmap.parts import Part
from decision.roadmap.plan import Roadmap

__all__ = ["StartWish", "chain_to", "start_wishes"]


@dataclass(frozen=True, slots=True)
class StartWish:
    """A date by which a municipality wants to start, held against the plan.

    ``available`` are the weeks until the end of that date, ``week`` is when it goes live by the
    plan (None for who goes on as now) and ``late`` how many weeks after the date that is: negative
    where it is before. ``met`` is unknown as long as it is not known whether, or when, it takes
    part. ``decided_by`` are the tasks that decide when it goes live, each of which waits for the
    one before; empty where it can start in time.
    """

    partner: str
    by: str
    available: float
    week: float | None
    met: Truth
    decided_by: tuple[str, ...]

    @property
    def late(self) -> float | None:
        """How many weeks after the date it goes live; None where it does not by the plan."""
        return None if self.week is None else self.week - self.available


def start_wishes(
    knowledge: Knowledge, region: Region, plan: Roadmap | None
) -> tuple[StartWish, ...]:
    """Every wish for a date that a municipality declares; without a plan none can be told."""
    return tuple(
        _held(knowledge, region, plan, name, town.wished_start.by)
        for name, town in region.municipalities.items()
        if town.wished_start is not None
    )


def _held(
    knowledge: Knowledge, region: Region, plan: Roadmap | None, name: str, by: str
) -> StartWish:
    available = weeks_until(region, by)
    week = plan.live.get(name) if plan else None
    if plan is None or week is None:
        met = "unknown" if plan is None else _of_who_may(plan.municipalities[name], available)
        return StartWish(name, by, available, None, met, ())
    if week < available + EPSILON:
        return StartWish(name, by, available, week, "yes", ())
    gates = (f"{knowledge.go_live}@{one}" for one, at in plan.live.items() if at == week)
    return StartWish(name, by, available, week, "no", chain_to(plan, gates))


def _of_who_may(part: Part, available: float) -> Truth:
    """Whether one that does not go live by the plan may still do so in time."""
    if part.role != "undecided":
        return "no"
    early = part.ready is None or part.ready.earliest < available + EPSILON
    return "unknown" if early else "no"


def chain_to(plan: Roadmap, ends: Iterable[str]) -> tuple[str, ...]:
    """What decides when the last of these tasks can be: for each task what it waits for longest.

    Of tasks that are done at the same moment the one on the critical path comes first.
    """
    tasks = {task.id: task for task in plan.tasks}
    path = {*plan.critical_path}

    def longest(names: Iterable[str]) -> str | None:
        known = [name for name in names if name in tasks]
        order = {name: (tasks[name].finish, name in path) for name in known}
        return max(sorted(known), key=order.__getitem__, default=None)

    waiting = [name for name in ends if name in tasks]
    last = longest(before for name in waiting for before in tasks[name].after)
    found = [name for name in waiting if last in tasks[name].after][:1]
    while last is not None:
        found.append(last)
        last = longest(tasks[last].after)
    return tuple(reversed(found))
