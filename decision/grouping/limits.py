"""Which groups a search may make of the municipalities of a region, by the limits that it states.

Who must be together is one *unit*, and a group is made of units. A group of one unit is always
allowed, so that there is always a grouping, unless those that must be together must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np

from decision.costs.arrays import Flags, Floats, Ints
from decision.grouping.borders import touching
from decision.model.borders import NO_BORDERS, Borders
from decision.model.region import Region
from decision.model.search import SearchLimits

__all__ = ["Candidates", "SearchError", "candidates", "kilometres"]

_MOST_GROUPS = 3_000_000  # that a search looks at

_RADIUS = 6371.0  # of the earth, in kilometres


class SearchError(ValueError):
    """Limits by which nothing can be searched.

    ``code`` is `no_place` (of which a distance is asked), `together_and_apart`, `many_groups` or
    `no_borders` (of any municipality); ``members`` are those it is about.
    """

    def __init__(
        self,
        code: Literal["no_place", "together_and_apart", "many_groups", "no_borders"],
        members: tuple[str, ...] = (),
    ) -> None:
        """Keep the parts."""
        super().__init__(code, members)
        self.code, self.members = code, members


@dataclass(frozen=True, slots=True)
class Candidates:
    """The groups that may be made: ``rows`` of places of municipalities, ``units`` of units.

    Both are padded with the number of municipalities or of units.
    """

    rows: Ints
    units: Ints
    count: int


def candidates(
    region: Region,
    limits: SearchLimits,
    willing: Sequence[bool],
    borders: Borders = NO_BORDERS,
) -> Candidates:
    """Every group that the limits allow.

    Args:
        region: The municipalities, and where they lie.
        limits: What a group must keep to.
        willing: Who surely takes part in some form of cooperation.
        borders: Of the municipalities, where a group must be connected by these.

    Raises:
        SearchError: Nothing can be searched by these limits.
        MissingExtraError: The library that finds borders in common is not installed.
    """
    names = [*region.municipalities]
    units = _units(names, limits)
    fits = _fits(region, names, units, limits, willing)
    sizes = [len(unit) for unit in units]
    smallest, largest = limits.smallest or 1, limits.largest or len(names)
    near = _near(region, names, limits, borders)
    made = (
        _cliques(fits, sizes, largest)
        if near is None
        else _connected(_between(units, near), fits, sizes, largest)
    )
    found: list[tuple[int, ...]] = []
    for group in made:
        if len(group) > 1 and sum(sizes[unit] for unit in group) < smallest:
            continue
        if near is not None and len(group) > 1 and not _hangs_together(units, group, near):
            continue
        found.append(group)
        if len(found) > _MOST_GROUPS:
            raise SearchError("many_groups")
    members = [[place for unit in group for place in units[unit]] for group in found]
    return Candidates(_rows(members, len(names)), _rows(found, len(units)), len(units))


def kilometres(region: Region, names: Sequence[str]) -> Floats:
    """How far municipalities lie from each other, over the surface of the earth.

    Raises:
        SearchError: Nobody says where one of them lies.
    """
    places = [region.municipalities[name].place for name in names]
    if lost := tuple(n for n, place in zip(names, places, strict=True) if place is None):
        raise SearchError("no_place", lost)
    at = np.radians([[place.latitude, place.longitude] for place in places if place])
    north, east = at[:, np.newaxis, :] - at, at[:, 0]
    half = (
        np.sin(north[..., 0] / 2) ** 2
        + np.cos(east)[:, np.newaxis] * np.cos(east) * np.sin(north[..., 1] / 2) ** 2
    )
    apart: Floats = 2 * _RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return apart


def _units(names: Sequence[str], limits: SearchLimits) -> list[list[int]]:
    """The municipalities that are always together, in the order of the region."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    for some in limits.together:
        nx.add_path(graph, [names.index(name) for name in some])
    return sorted(sorted(unit) for unit in nx.connected_components(graph))


def _fits(
    region: Region,
    names: Sequence[str],
    units: Sequence[Sequence[int]],
    limits: SearchLimits,
    willing: Sequence[bool],
) -> Flags:
    """Which units can be in one group."""
    fits = np.ones((len(names), len(names)), dtype=np.bool_)
    for some in limits.apart:
        places = [names.index(name) for name in some]
        fits[np.ix_(places, places)] = False
    if limits.distance is not None:
        fits &= kilometres(region, names) <= limits.distance
    if limits.willing:
        able = np.array(willing, dtype=np.bool_)
        fits &= able & able[:, np.newaxis]
    np.fill_diagonal(fits, val=True)
    of = np.zeros((len(units), len(names)), dtype=np.int64)
    for at, unit in enumerate(units):
        of[at, [*unit]] = 1
        inside = {names[place] for place in unit}
        for some in limits.apart:
            if len(parted := inside & {*some}) > 1:
                raise SearchError("together_and_apart", tuple(sorted(parted)))
    apart: Flags = of @ (~fits).astype(np.int64) @ of.T > 0
    return ~apart


def _cliques(fits: Flags, sizes: Sequence[int], largest: int) -> Iterator[tuple[int, ...]]:
    """The sets of units of which every two fit, and that have no more members than that."""
    count = len(sizes)
    allowed = [
        sum(1 << other for other in range(at + 1, count) if fits[at, other]) for at in range(count)
    ]
    stack: list[tuple[tuple[int, ...], int, int]] = [
        ((at,), allowed[at], sizes[at]) for at in reversed(range(count))
    ]
    while stack:
        group, open_to, size = stack.pop()
        yield group
        left = open_to
        while left:
            highest = left.bit_length() - 1
            left ^= 1 << highest
            if size + sizes[highest] <= largest:
                stack.append(((*group, highest), open_to & allowed[highest], size + sizes[highest]))


def _near(
    region: Region, names: Sequence[str], limits: SearchLimits, borders: Borders
) -> Flags | None:
    """Which municipalities can be reached from each other in one step; None for all."""
    match limits.connected:
        case None:
            return None
        case "border":
            if not borders:
                raise SearchError("no_borders")
            return touching(borders, names)
        case far:
            near: Flags = kilometres(region, names) <= far
            return near


def _between(units: Sequence[Sequence[int]], near: Flags) -> Flags:
    """Which units have members that can be reached from each other in one step."""
    between = np.zeros((len(units), len(units)), dtype=np.bool_)
    for at, one in enumerate(units):
        for to, other in enumerate(units):
            between[at, to] = at != to and near[np.ix_([*one], [*other])].any()
    return between


def _hangs_together(units: Sequence[Sequence[int]], group: Iterable[int], near: Flags) -> bool:
    """Whether all members of a group of units can be reached from each other."""
    left = {place for unit in group for place in units[unit]}
    reached = [left.pop()]
    while reached and left:
        place = reached.pop()
        beside = {one for one in left if near[place, one]}
        left -= beside
        reached += beside
    return not left


def _connected(
    between: Flags, fits: Flags, sizes: Sequence[int], largest: int
) -> Iterator[tuple[int, ...]]:
    """The sets of units that hang together, of which every two fit, with no more members.

    Each is made once, from its first unit on (Wernicke, 2006): to a set comes what lies beside it,
    and of what lies beside that only what did not lie beside the set before.
    """
    count = len(sizes)
    beside, allowed = (
        [sum(1 << to for to in np.flatnonzero(row).tolist()) for row in of]
        for of in (between, fits)
    )
    for first in range(count):
        later = -1 << first + 1
        start = beside[first] & later
        alone: tuple[int, ...] = (first,)
        stack = [(alone, start, beside[first] | 1 << first, allowed[first], sizes[first])]
        while stack:
            group, open_to, seen, fit, size = stack.pop()
            yield group
            while open_to:
                unit = (open_to & -open_to).bit_length() - 1
                open_to ^= 1 << unit
                if fit >> unit & 1 and size + sizes[unit] <= largest:
                    new = beside[unit] & later & ~seen
                    stack.append(
                        (
                            tuple(sorted((*group, unit))),
                            open_to | new,
                            seen | beside[unit],
                            fit & allowed[unit],
                            size + sizes[unit],
                        )
                    )


def _rows(groups: Sequence[Sequence[int]], none: int) -> Ints:
    """Groups as rows of places, padded with the place of none."""
    width = max(map(len, groups))
    rows = np.full((len(groups), width), none, dtype=np.int64)
    for at, group in enumerate(groups):
        rows[at, : len(group)] = group
    return rows
