"""The borders of municipalities in a GeoJSON file (RFC 7946) beside the region file.

A feature is that of a municipality when a property has its CBS code (with or without letters before
it, as `GM0505`) or, where no feature has that, its name. Of other features nothing is kept.
Coordinates are degrees (WGS 84), or metres of the Dutch grid (RD New), as the Kadaster and the CBS
publish them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from decision.load.files import is_file
from decision.load.problems import Faults, Location, TextFile
from decision.load.text import read_bytes
from decision.model.borders import Borders, Point, Polygon, Ring
from decision.model.region import Member, Region

__all__ = ["KEY", "read_borders"]

KEY = "boundaries"

_LARGEST = 32 * 1024 * 1024
_CODE = re.compile(r"[A-Za-z]{0,4}([0-9]{4})")
_LEAST = 4  # points of a ring, of which the last is the first
_METRES = 360.0  # more than any degree

# R.K. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen
# RD- en WGS84-coördinaten", Geodesia 2001: to some 25 centimetres, (power of x, power of y, factor)
_CENTRE, _ORIGIN = (155_000.0, 463_000.0), (5.38720621, 52.15517440)
_LATITUDE = (
    *((0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978)),
    *((0, 3, -0.06550), (2, 2, -0.01709), (1, 0, -0.00738), (4, 0, 0.00530)),
    *((2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012)),
)
_LONGITUDE = (
    *((1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885)),
    *((1, 3, 0.05594), (3, 1, -0.05607), (0, 1, 0.01199), (3, 2, -0.00256)),
    *((1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026)),
)


class _NoGeometryError(ValueError):
    """Something that is no number, point, ring or polygon."""


def read_borders(
    region: Region, folder: Path, shown: Path, place: Location, faults: Faults
) -> tuple[Borders, TextFile] | None:
    """The borders in the file that a region names, and that file; None when at fault.

    Args:
        region: Whose ``boundaries`` are read.
        folder: The folder of the region file: the file lies in it, or below it.
        shown: What a reader knows that folder by.
        place: Where the name of the file stands.
        faults: What is wrong is added to these.
    """
    name = region.boundaries or ""
    if not _lies_in(folder, name):
        faults.add("boundaries_outside", place, (KEY,), value=name)
        return None
    if not is_file(folder / name):
        faults.add("boundaries_missing", place, (KEY,), value=name)
        return None
    file = str(shown / name)
    content = read_bytes(folder / name, file, faults, _LARGEST, "boundaries_too_large")
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, parse_constant=_no_number)
        features = [*_features(document)]
        found = _matched(region, features)
        borders = {name: tuple(_polygons(one["geometry"])) for name, one in found.items()}
    except (ValueError, OverflowError, RecursionError, LookupError, TypeError):
        faults.add("not_geojson", Location(TextFile(file)))
        return None
    if lost := [one.name for n, one in region.municipalities.items() if n not in borders]:
        faults.add("boundaries_lack", place, (KEY,), value=name, names=lost)
        return None
    return Borders(borders), TextFile(file, text)


def _lies_in(folder: Path, name: str) -> bool:
    """Whether a file lies in a folder, or below it, also by the links on the way."""
    try:
        inside = (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop, or what can be no name
        return False
    return inside and not Path(name).is_absolute()


def _features(document: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - of a file
    if document["type"] != "FeatureCollection":
        raise _NoGeometryError
    for one in document["features"]:
        if not isinstance(one["properties"] or {}, dict):
            raise _NoGeometryError
        if one["geometry"] is not None:
            yield one


def _matched(region: Region, features: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The feature of each municipality and neighbour that has one."""
    codes, names = dict[str, Mapping[str, Any]](), dict[str, Mapping[str, Any]]()
    for one in features:
        for value in (one["properties"] or {}).values():
            if isinstance(value, str):
                names.setdefault(value.casefold().strip(), one)
                if code := _CODE.fullmatch(value):
                    codes.setdefault(code[1], one)
    everyone: Mapping[str, Member] = {**region.municipalities, **region.neighbours}
    found = {
        name: codes.get(one.cbs) or names.get(one.name.casefold()) for name, one in everyone.items()
    }
    return {name: one for name, one in found.items() if one is not None}


def _polygons(geometry: Any) -> Iterator[Polygon]:  # noqa: ANN401 - of a file
    some = {"Polygon": lambda one: [one], "MultiPolygon": list}
    of: Callable[[Any], list[Any]] = some[geometry["type"]]
    for polygon in of(geometry["coordinates"]):
        if not polygon:
            raise _NoGeometryError
        yield tuple(map(_ring, polygon))


def _ring(points: Any) -> Ring:  # noqa: ANN401 - of a file
    found = tuple(map(_point, points))
    if len(found) < _LEAST or found[0] != found[-1]:
        raise _NoGeometryError
    return found


def _point(values: Any) -> Point:  # noqa: ANN401 - of a file
    x, y = float(values[0]), float(values[1])
    if not (isfinite(x) and isfinite(y)):
        raise _NoGeometryError
    if abs(x) > _METRES or abs(y) > _METRES:
        x, y = _degrees(x, y)
    west, east, south, north = 2.0, 9.0, 50.0, 56.0
    if not (west <= x <= east and south <= y <= north):
        raise _NoGeometryError
    return round(x, 7), round(y, 7)


def _degrees(x: float, y: float) -> Point:
    """The longitude and latitude of a point in the Dutch grid."""
    east, north = (x - _CENTRE[0]) * 1e-5, (y - _CENTRE[1]) * 1e-5
    longitude, latitude = (
        sum(factor * east**p * north**q for p, q, factor in terms) / 3600
        for terms in (_LONGITUDE, _LATITUDE)
    )
    return _ORIGIN[0] + longitude, _ORIGIN[1] + latitude


def _no_number(_: str) -> NoReturn:
    raise _NoGeometryError
