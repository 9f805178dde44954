"""Made-up maps: municipalities as squares of a grid, with who lies beside whom known beforehand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from decision.model.borders import Borders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from decision.model.borders import Polygon

Cell = tuple[int, int]

WEST, SOUTH, SIDE = 4.5, 51.75, 0.1


def square(cell: Cell) -> Polygon:
    """The square of a cell; each side has a point somewhere of its own, as real borders have."""
    west, south = WEST + SIDE * cell[0], SOUTH + SIDE * cell[1]
    east, north = west + SIDE, south + SIDE
    part = 0.2 + 0.1 * (cell[0] + 2 * cell[1]) % 0.6
    middle = south + SIDE * part
    west, south, east, north, middle = (round(at, 6) for at in (west, south, east, north, middle))
    ring = ((west, south), (east, south), (east, middle), (east, north), (west, north))
    return ((*ring, ring[0]),)


def on_grid(cells: Mapping[str, Cell]) -> Borders:
    """The borders of municipalities that each fill a cell."""
    return Borders({name: (square(cell),) for name, cell in cells.items()})


def beside(one: Cell, other: Cell) -> bool:
    """Whether two cells have a side in common."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) == 1


def feature(polygon: Any, **properties: object) -> dict[str, Any]:  # noqa: ANN401 - also wrong ones
    """A polygon with what is told of it."""
    geometry = {"type": "Polygon", "coordinates": polygon}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(path: Path, features: list[dict[str, Any]]) -> Path:
    """A file with features."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path
