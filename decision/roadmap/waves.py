"""Waves: who goes live together, by the week in which each is ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import fsum

from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.schedule import EPSILON

__all__ = ["Wave", "waves_of"]


@dataclass(frozen=True, slots=True)
class Wave:
    """Partners that go live together in ``week``; ``share`` is their share of inhabitants."""

    number: int
    week: float
    members: tuple[str, ...]
    share: float


def waves_of(knowledge: Knowledge, region: Region, ready: Mapping[str, float]) -> tuple[Wave, ...]:
    """Group partners by the week in which they are ready.

    The first wave waits for enough scale; whoever is ready within one interval goes along.
    """
    rules = knowledge.waves
    sizes = {name: region.municipalities[name].inhabitants.value for name in ready}
    total = fsum(sizes.values())
    waiting = sorted(ready, key=lambda name: (ready[name], name))
    opening = _with_scale(waiting, ready, sizes, rules.minimum_scale)
    waves: list[Wave] = []
    while waiting:
        members = [name for name in waiting if ready[name] <= opening + rules.interval_weeks]
        share = fsum(sizes[name] for name in members) / total if total else 0.0
        week = max(ready[name] for name in members)
        waves.append(Wave(len(waves) + 1, week, tuple(sorted(members)), share))
        waiting = waiting[len(members) :]
        opening = ready[waiting[0]] if waiting else opening
    return tuple(waves)


def _with_scale(
    waiting: list[str], ready: Mapping[str, float], sizes: Mapping[str, float], minimum: float
) -> float:
    """The first week in which the partners that are ready hold the minimum share."""
    needed = minimum * fsum(sizes.values()) - EPSILON
    reached = zip(waiting, accumulate(sizes[name] for name in waiting), strict=True)
    return next((ready[name] for name, share in reached if share >= needed), 0.0)
