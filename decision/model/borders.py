"""The borders of municipalities, as a map draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from decision.model.frozen import FrozenDict, Result

__all__ = ["NO_BORDERS", "Borders", "Point", "Polygon", "Ring"]

Point: TypeAlias = tuple[float, float]
"""A longitude and a latitude, in degrees (WGS 84)."""

Ring: TypeAlias = tuple[Point, ...]
"""A closed line: the last point is the first again."""

Polygon: TypeAlias = tuple[Ring, ...]
"""What lies inside the first ring, but for what lies inside any other."""


@dataclass(frozen=True, slots=True)
class Borders(Result):
    """The polygons of each municipality and neighbour in the file with borders, by their ids."""

    of: Mapping[str, tuple[Polygon, ...]]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.of)


NO_BORDERS = Borders(FrozenDict())
