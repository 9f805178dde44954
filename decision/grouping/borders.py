"""Which municipalities have a border in common, by the polygons of both.

They do when some length of border is that of both, but for the rounding of a map. A corner in
common is no border, and neither is water that belongs to somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from math import cos, radians
from typing import Any

import numpy as np

from decision.costs.arrays import Flags
from decision.model.borders import Borders, Point, Polygon
from decision.model.installed import MissingExtraError

__all__ = ["touching"]

_APART = 2e-5  # degrees, some two metres: no further apart two lines are one border
_LEAST = 3e-4  # some thirty metres: a shorter border is a corner


def touching(borders: Borders, names: Sequence[str]) -> Flags:
    """Whether every two municipalities have a border in common.

    Raises:
        MissingExtraError: The library for it is not installed.
    """
    try:
        shapely: Any = import_module("shapely")
    except ImportError as error:
        raise MissingExtraError("maps") from error
    shrink = _shrink(borders.of)
    lines = [_lines(shapely, borders.of[name], shrink) for name in names]
    found = np.zeros((len(names), len(names)), dtype=np.bool_)
    wide = shapely.buffer(lines, _APART, quad_segs=1)
    for one, other in shapely.STRtree(lines).query(wide, predicate="intersects").T.tolist():
        if one != other:
            common = shapely.intersection(wide[one], lines[other]).length > _LEAST
            found[one, other] |= common
            found[other, one] |= common
    return found


def _shrink(of: Mapping[str, Sequence[Polygon]]) -> float:
    """How much shorter a degree from west to east is than one from south to north."""
    north = [place[1] for polygons in of.values() for polygon in polygons for place in polygon[0]]
    return cos(radians((min(north) + max(north)) / 2))


def _lines(shapely: Any, polygons: Sequence[Polygon], shrink: float) -> Any:  # noqa: ANN401
    """All borders of a municipality."""

    def flat(place: Point) -> Point:
        return place[0] * shrink, place[1]

    rings = [list(map(flat, ring)) for polygon in polygons for ring in polygon]
    return shapely.union_all(shapely.MultiLineString(rings))
