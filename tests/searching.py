"""How long the property tests search: briefly, or ``HYPOTHESIS_PROFILE=long``."""

from __future__ import annotations

import os

from hypothesis import settings

__all__ = ["DESK", "PROFILE", "examples", "tries"]

DESK = "desk"
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", DESK)

PART, LEAST = 4, 5
"""On a desk one of so many examples is tried, and no fewer than these."""


def tries(most: int) -> int:
    """So many tries, and some of them on a desk."""
    return min(most, max(most // PART, LEAST)) if PROFILE == DESK else most


def examples(most: int) -> settings:
    """So many examples for one test, and some of them on a desk."""
    return settings(max_examples=tries(most))
