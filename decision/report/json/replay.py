"""An advice that was written before, beside what its inputs give now."""

from __future__ import annotations

from decision.comparison.compare import Difference
from decision.comparison.replay import AdviceReplay
from decision.report.json.plain import Json, Keys, document, named

__all__ = ["replay_contract"]


def replay_contract(found: AdviceReplay, *, edited: bool) -> Json:
    """What `decide replay` tells, under the keys others rely on; see docs/json.md."""
    parts = named(found, "same inputs differences topics")
    return document({"edited": edited, **parts}, KEYS)


KEYS: Keys = {Difference: "path values"}
