"""The knowledge and the region that come with the program, loaded once for all tests."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from decision.load import load_knowledge, load_region

if TYPE_CHECKING:
    from decision.knowledge import Knowledge
    from decision.region import Region


@functools.cache
def published() -> Knowledge:
    """The knowledge that comes with the program."""
    return load_knowledge()


@functools.cache
def drechtsteden() -> Region:
    """The region of the publication."""
    return load_region("drechtsteden.yaml").region
