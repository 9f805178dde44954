"""The municipalities where they lie, by group and netnummer, on borders where these are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple, get_args

from decision.model.knowledge import UNKNOWN
from decision.model.values import Role
from decision.report.charts.diagram import Diagram, DiagramColumn
from decision.report.charts.land import drawn, middle, outline
from decision.report.charts.look import INK, SHADES, SHAPES, alt, data
from decision.report.charts.names import Name, listed, placed, written
from decision.words.catalogue import sentence

if TYPE_CHECKING:
    from decision.model.borders import Borders, Point
    from decision.model.region import Grouping, Member
    from decision.report.charts.look import Paper, Row, Spec
    from decision.report.charts.scene import Scene

__all__ = ["map_of_grouping", "map_of_region"]

_KM = 111.2
"""Kilometres in a degree of latitude."""

_BARS = (1, 2, 5, 10, 20, 50, 100)
_BAR = 0.2  # of the width is as long as a bar can be
_EDGE = 26
_MANY = 20
"""With more municipalities the map is higher, and the marks are smaller."""


class _Spot(NamedTuple):
    """A municipality on the map: its name, its netnummers, its group, and where it lies."""

    id: str
    name: str
    numbers: str
    group: str
    longitude: float
    latitude: float


def map_of_region(scene: Scene) -> Diagram | None:
    """Every municipality by the role it plays; None where nobody says where they lie."""
    roles = scene.view.words
    ranked = {role: sentence(roles.say(f"roles.{role}")) for role in get_args(Role)}
    groups = {
        name: ranked[scene.view.part(name).role] for name in scene.advice.region.municipalities
    }
    return _map(scene, "map", _title(scene), groups, [*ranked.values()])


def map_of_grouping(scene: Scene, grouping: str) -> Diagram | None:
    """Every municipality by the group of a declared grouping that it is in."""
    found: Grouping = scene.advice.region.groupings[grouping]
    numbers = [group.number for group in found.groups]
    groups: dict[str, str] = {}
    for at, group in enumerate(found.groups):
        same = numbers[: at + 1].count(group.number)
        code = "map.group" if numbers.count(group.number) == 1 else "map.group_again"
        label = scene.say(code, number=group.number, same=same)
        groups |= dict.fromkeys(group.members, label)
    for name in scene.advice.region.municipalities:
        groups.setdefault(name, scene.say("map.nowhere"))
    return _map(scene, f"map-{grouping}", found.name, groups, [*dict.fromkeys(groups.values())])


def _title(scene: Scene) -> str:
    """Who lies outside the netnummer, and who from outside the region lies in it."""
    number, advice = scene.advice.region.number, scene.advice
    outside = [name for name, one in advice.number.members.items() if one.low == 1]
    unsure = [name for name, one in advice.number.members.items() if one.low < one.high]
    inside = [
        name
        for name, one in advice.region.neighbours.items()
        if one.coverage.get(number, UNKNOWN) != UNKNOWN
    ]
    said = {
        "number": number,
        "outside": scene.those(outside),
        "count": len(outside),
        "inside": scene.those(inside),
        "inside_count": len(inside),
        "all": len(advice.number.members),
    }
    if unsure or len(outside) == len(advice.number.members):
        return scene.say("map.neutral", **said)
    if outside:
        return scene.say("map.both" if inside else "map.outside", **said)
    return scene.say("map.inside" if inside else "map.all", **said)


def _map(
    scene: Scene, name: str, title: str, groups: Mapping[str, str], ranked: Sequence[str]
) -> Diagram | None:
    region = scene.advice.region
    others = scene.say("map.neighbours")
    members: dict[str, tuple[Member, str]] = {
        one: (member, groups[one]) for one, member in region.municipalities.items() if one in groups
    }
    members |= {one: (region.neighbours[one], groups.get(one, others)) for one in region.neighbours}
    spots = [
        _Spot(one, member.name, scene.numbers.listing(member.coverage), group, *place)
        for one, (member, group) in members.items()
        if (place := _place(scene.advice.borders, one, member)) is not None
    ]
    if not any(spot.id in region.municipalities for spot in spots):
        return None
    placed = {spot.id for spot in spots}
    missing = [member.name for one, (member, _) in members.items() if one not in placed]
    named = scene.numbers.listing(missing)
    order = [*dict.fromkeys([*sorted({*groups.values()}, key=ranked.index), others])]

    def draw(paper: Paper) -> Spec:
        return _drawn(scene, paper, spots, order)

    figure = scene.figure(
        "map",
        title,
        [DiagramColumn(scene.say(f"map.{key}")) for key in ("municipality", "of", "netnummer")],
        [
            (member.name, group, scene.numbers.listing(member.coverage))
            for member, group in members.values()
        ],
        draw,
        unplaced=scene.say("map.unplaced", missing=named) if missing else "",
    )
    return replace(figure, id=name)


def _place(borders: Borders, name: str, member: Member) -> Point | None:
    """The longitude and latitude of a municipality; None where nobody says."""
    if member.place is not None:
        return member.place.longitude, member.place.latitude
    return middle(borders.of[name]) if name in borders.of else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """From degrees to pixels, as far apart in both directions."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The pixels from the left and from the top."""
        return (
            round(self.left + (longitude - self.west) * self.shrink * self.scale, 1),
            round(self.top + (self.north - latitude) * self.scale, 1),
        )


def _mark(count: int) -> float:
    """The radius of a mark, in pixels."""
    return 7.0 if count <= _MANY else 5.0


def _frame(paper: Paper, count: int, spots: Sequence[tuple[float, float]]) -> _Frame:
    """A frame around places (longitude, latitude), with room for names beside them."""
    west, east = min(one[0] for one in spots), max(one[0] for one in spots)
    south, north = min(one[1] for one in spots), max(one[1] for one in spots)
    shrink = cos(radians((south + north) / 2))
    side = 74 if paper.narrow else 130
    part = 0.85 if paper.narrow else 0.5
    wide, high = paper.width - 2 * side, paper.width * (part if count <= _MANY else 1.5 * part)
    scale = min(
        wide / max((east - west) * shrink, 0.02), (high - 2 * _EDGE) / max(north - south, 0.02)
    )
    used = (north - south) * scale
    left = (paper.width - (east - west) * shrink * scale) / 2
    return _Frame(west, north, shrink, scale, left, _EDGE, used + 2 * _EDGE + 16)


def _drawn(scene: Scene, paper: Paper, spots: list[_Spot], order: list[str]) -> Spec:
    areas = {one.id: scene.advice.borders.of.get(one.id, ()) for one in spots}
    edges = [place for some in areas.values() for place in outline(some)]
    frame = _frame(paper, len(spots), [*((one.longitude, one.latitude) for one in spots), *edges])
    points = [frame.at(one.longitude, one.latitude) for one in spots]
    mark = _mark(len(spots))
    names = [Name((s.name, s.numbers), *at) for s, at in zip(spots, points, strict=True)]
    bar = (0.0, frame.height - 30, _BAR * paper.width + 8, frame.height)
    texts = placed(names, paper.width - 6, frame.height, mark, [bar])
    below, high = listed(texts, paper.width - 6, frame.height)
    rows: list[Row] = [
        {"x": x, "y": y, "group": one.group} for (x, y), one in zip(points, spots, strict=True)
    ]
    shown = [group for group in order if any(row["group"] == group for row in rows)]
    fills = [SHADES[at % len(SHADES)] for at in range(len(shown))]
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(shown))]
    if shown[-1] == scene.say("map.neighbours"):
        fills[-1], shapes[-1] = "transparent", "circle"
    looks = dict(zip(shown, zip(shapes, fills, strict=True), strict=True))
    base = alt.Chart(data(rows)).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)
    )
    marks = base.mark_point(size=3.5 * mark**2, opacity=1, strokeWidth=1.2).encode(
        **paper.marked("group", looks, 1 if paper.narrow else 3, orient="bottom", offset=4)
    )
    land = [(looks[one][1], [areas[s.id] for s in spots if s.group == one]) for one in shown]
    filled = (drawn(some, fill, frame.at) for fill, some in land if any(some))
    chart = alt.layer(*filled, *_scale_bar(paper, frame), marks, *written(texts), *below)
    return paper.dressed(
        chart,
        width=paper.width - 6,
        height=round(frame.height + high),
        view={"stroke": INK, "strokeOpacity": 0.3},
    )


def _scale_bar(paper: Paper, frame: _Frame) -> Iterator[alt.Chart]:
    """How far some kilometres are."""
    per_km = frame.scale / _KM
    most = paper.width * _BAR
    length = max((one for one in _BARS if one * per_km <= most), default=_BARS[0])
    y = frame.height - 12
    row = {"x": 4, "x2": 4 + length * per_km, "y": y, "text": f"{length} km"}
    base = alt.Chart(data([row])).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)
    )
    yield base.mark_rule(strokeWidth=2).encode(x2=alt.X2("x2"))
    yield base.mark_text(align="left", dy=-9, fontSize=11).encode(text=alt.Text("text:N"))
