"""How much is tried: some of it on a desk, more in the gate, and most by hand.

``HYPOTHESIS_PROFILE=gate`` is what the gate asks, and ``long`` looks for new examples every time.
The other two try the same examples in every run, so that a test fails for what was changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

__all__ = ["PROFILE", "PROFILES", "examples", "some", "tries"]

T = TypeVar("T")

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "desk")

PROFILES = {"desk": 16, "gate": 4, "long": 1}
"""By profile, one of how many examples is tried."""

LEAST = 3 if PROFILE == "desk" else 4
"""No fewer examples than these are tried of what asks so many or more."""

EACH = 5


def tries(most: int) -> int:
    """So many tries, or some of them."""
    return min(most, max(most // PROFILES[PROFILE], LEAST))


def examples(most: int) -> settings:
    """So many examples for one test, or some of them."""
    return settings(max_examples=tries(most))


def some(values: Iterable[T]) -> list[T]:
    """The values of a test that takes long; on a desk one in five of them."""
    return [*values][:: EACH if PROFILE == "desk" else 1]
