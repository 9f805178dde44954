"""The plan of an advice, to do again with other durations."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.roadmap.replay import Replay

__all__ = ["replayed"]


def replayed(advice: Advice) -> Replay | None:
    """The plan to do again; None where nobody goes live in the form together."""
    plan = advice.roadmap
    if plan is None or not plan.waves:
        return None
    return Replay(advice.knowledge, advice.region, advice.eligibility, plan)
