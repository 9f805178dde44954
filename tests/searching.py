"""How long the property tests search: `.ci/run` asks for more than somebody who waits for them."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["QUICK", "examples"]

QUICK = "desk"
"""The profile of a quick run; any other tries all examples."""

PART, LEAST = 4, 5
"""A quick run tries one of so many examples, and no fewer than these."""


def examples(most: int) -> settings:
    """So many examples for one test, and some of them in a quick run."""
    quick = settings.get_current_profile_name() == QUICK
    return settings(max_examples=min(most, max(most // PART, LEAST)) if quick else most)
