"""The knowledge and the region that come with the program, loaded once for all tests."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from decision.load import load_knowledge, load_region
from decision.model.facts import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.model.knowledge import Knowledge
    from decision.model.region import Region


@functools.cache
def published() -> Knowledge:
    """The knowledge that comes with the program."""
    return load_knowledge()


@functools.cache
def drechtsteden() -> Region:
    """The region of the publication."""
    return load_region("drechtsteden.yaml").region


def figures(values: Mapping[str, float]) -> dict[str, Figure]:
    """Kengetallen of a region's own, unchecked, so that they can be what no file can say."""
    return {name: Figure.model_construct(value=value) for name, value in values.items()}
