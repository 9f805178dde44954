"""The land of municipalities on a map: their borders, filled by group."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from decision.report.charts.look import INK, alt

if TYPE_CHECKING:
    from decision.model.borders import Point, Polygon, Ring

__all__ = ["drawn", "middle", "outline"]

_LEAST = 4  # points of a ring
_PALE = 0.45


def outline(polygons: Sequence[Polygon]) -> Iterator[Point]:
    """The corners between which land lies."""
    places = [place for polygon in polygons for place in polygon[0]]
    if places:
        across, along = zip(*places, strict=True)
        yield from ((min(across), min(along)), (max(across), max(along)))


def middle(polygons: Sequence[Polygon]) -> Point:
    """The middle of the largest part of some land, by its weight."""
    area, x, y = max((_moments(polygon[0]) for polygon in polygons), key=lambda one: abs(one[0]))
    at_x, at_y = polygons[0][0][0]
    return (x / area, y / area) if area else (at_x, at_y)


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Three times the area in a ring, and that times where its middle lies."""
    at_x, at_y = ring[0]
    area = x = y = 0.0
    for (a, b), (c, d) in pairwise(ring):
        cross = (a - at_x) * (d - at_y) - (c - at_x) * (b - at_y)
        area += cross
        x += cross * (a + c - 2 * at_x)
        y += cross * (b + d - 2 * at_y)
    return 3 * area, x + 3 * area * at_x, y + 3 * area * at_y


def drawn(
    land: Sequence[Sequence[Polygon]], fill: str, at: Callable[[float, float], Point]
) -> alt.Chart:
    """The land of some municipalities, with one fill, and their borders."""
    shapes = []
    for one in land:
        of = [rings for polygon in one if (rings := [*_rings(polygon, at)])]
        geometry = {"type": "MultiPolygon", "coordinates": of}
        shapes.append({"type": "Feature", "properties": {}, "geometry": geometry})
    held = alt.InlineData(values=json.dumps(shapes), format=alt.JsonDataFormat(type="json"))
    chart = alt.Chart(held).project("identity", scale=1, translate=[0, 0])
    filled: alt.Chart = chart.mark_geoshape(
        fill=fill, fillOpacity=_PALE, stroke=INK, strokeOpacity=0.5
    )
    return filled


def _rings(polygon: Polygon, at: Callable[[float, float], Point]) -> Iterator[list[Point]]:
    """The rings in half pixels; what is smaller than that falls away."""
    for number, ring in enumerate(polygon):
        pixels = (at(*place) for place in ring)
        kept = [one for one, _ in groupby((round(2 * x) / 2, round(2 * y) / 2) for x, y in pixels)]
        if len(kept) >= _LEAST:
            yield kept
        elif not number:
            return
