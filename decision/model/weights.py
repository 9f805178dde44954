"""How heavily each group of criteria counts, as somebody states it.

Three ways: as numbers that add up to 1 or to 100; as swing points, where the group whose step from
worst to best matters most gets 100 and the others a part of that (von Winterfeldt and Edwards,
Decision Analysis and Behavioral Research, 1986); or as an order, which stands for the centroid of
all weights in that order (Barron and Barrett, Management Science 42, 1996). Nothing is left out and
nothing is brought to 1 silently: swing points and an order are meant to be, numbers are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum, isclose, isfinite, nan
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator

from decision.model.checks import (
    Checked,
    Fault,
    Given,
    fault,
    is_pair,
    list_or_other,
    numbers,
)
from decision.model.frozen import Map
from decision.model.values import GroupRef, Share

__all__ = ["Weights", "WeightsError", "rank_order_centroid", "weights_of_text"]

WAYS = ("points", "swing", "order")
"""The keys under which weights can be stated; a bare mapping of groups stands for points."""

POINTS = 100.0
_ROUNDING = 1e-9


Points = Annotated[float, Field(strict=True, ge=0, le=POINTS)]
Place = Annotated[
    Annotated[tuple[GroupRef, ...], Tag("<list>")] | Annotated[GroupRef, Tag("<other>")],
    Discriminator(list_or_other),
]


class Weights(Checked):
    """The weights of the groups of criteria, stated in one of three ways.

    ``points`` add up to 1 or to 100; of ``swing`` points the largest is 100; ``order`` names the
    groups from heavy to light, and in a list those of which nobody says which is heavier.
    ``bounds`` say between which shares a weight can lie: they limit which weightings are tried.
    """

    points: Map[GroupRef, Points] | None = None
    swing: Map[GroupRef, Points] | None = None
    order: tuple[Place, ...] | None = None
    bounds: Map[GroupRef, tuple[Share, Share]] | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_points(cls, given: object) -> object:
        return _block(given) if isinstance(given, Mapping) else given

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Weights that say too much, too little, or something that cannot be."""
        given = _block(given)
        ways = [way for way in WAYS if given.get(way) is not None]
        if len(ways) != 1:
            yield fault("one_way_of_weighing", (), known=WAYS)
            return
        named = _named(given[ways[0]])
        groups, incomplete = known.get("group"), list[Fault]()
        if named is not None and groups is not None and all(one in groups for one in named):
            incomplete = [*_incomplete(named, groups, ways[0])]
            yield from incomplete
        if not incomplete:
            yield from _faults_of_numbers(ways[0], given[ways[0]])
        yield from _faults_of_bounds(given, ways[0])

    @property
    def way(self) -> Literal["points", "swing", "order"]:
        """In which way the weights are stated."""
        if self.points is not None:
            return "points"
        return "swing" if self.swing is not None else "order"

    @property
    def ranks(self) -> tuple[tuple[str, ...], ...]:
        """The groups of a stated order from heavy to light, those not told apart together."""
        return tuple(_together(place) for place in self.order or ())

    @property
    def shares(self) -> dict[str, float]:
        """What each group weighs; together 1."""
        if self.order is not None:
            return rank_order_centroid(self.ranks)
        stated = self.points if self.points is not None else self.swing or {}
        total = fsum(stated.values())
        whole = total if self.points is None else POINTS if total > 1 + _ROUNDING else 1.0
        return {name: value / whole for name, value in stated.items()}

    @classmethod
    def __get_pydantic_json_schema__(
        cls,
        schema: Any,  # noqa: ANN401 - pydantic's own core schema
        handler: GetJsonSchemaHandler,
    ) -> dict[str, Any]:
        """The bare mapping of groups to numbers, or the block with its keys."""
        block = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [dict(block["properties"]["points"]["anyOf"][0]), block]}


def _block(given: Given) -> Given:
    """The weights under the key that says how they are stated."""
    return given if {*WAYS, "bounds"} & given.keys() else {"points": given}


def _together(place: str | Sequence[str]) -> tuple[str, ...]:
    return (place,) if isinstance(place, str) else tuple(place)


def _named(stated: object) -> list[str] | None:
    """The groups that are named, once for every time; None where something else is wrong."""
    if isinstance(stated, Mapping):
        return list(stated)
    if not isinstance(stated, list | tuple):
        return None
    places = [_together(place) for place in stated if isinstance(place, str | list | tuple)]
    names = [name for place in places for name in place]
    right = len(places) == len(stated) and all(isinstance(name, str) for name in names)
    return names if right else None


def _incomplete(named: Sequence[str], groups: Mapping[str, object], way: str) -> Iterator[Fault]:
    """Groups that are left out, or named twice."""
    missing = [name for name in groups if name not in named]
    if missing:
        yield fault("group_missing", (way,), missing=missing)
    for name in dict.fromkeys(named):
        if named.count(name) > 1:
            yield fault("group_twice", (way,), value=name)


def _faults_of_numbers(way: str, stated: object) -> Iterator[Fault]:
    found = numbers(stated.values()) if isinstance(stated, Mapping) else None
    if not found:
        return
    if way == "points" and not _adds_up(fsum(found)):
        yield fault("weights_not_one", (way,), total=round(fsum(found), 6))
    if way == "swing" and max(found) != POINTS:
        yield fault("swing_without_100", (way,), largest=max(found))


def _adds_up(total: float) -> bool:
    """Whether it is 1 or 100, but for the rounding of the computer."""
    return any(isclose(total, whole, rel_tol=_ROUNDING) for whole in (1.0, POINTS))


def _faults_of_bounds(given: Given, way: str) -> Iterator[Fault]:
    """Bounds beside an order, that leave no room, or that leave out the weight itself."""
    bounds, stated = given.get("bounds"), given[way]
    if not isinstance(bounds, Mapping):
        return
    if way == "order":
        yield fault("bounds_of_order", ("bounds",))
        return
    pairs = {name: numbers(pair) for name, pair in bounds.items() if is_pair(pair)}
    values = numbers(stated.values()) if isinstance(stated, Mapping) else None
    if len(pairs) != len(bounds) or not values or fsum(values) <= 0:
        return
    shares = {name: value / fsum(values) for name, value in zip(stated, values, strict=True)}
    limits = {name: pair for name, pair in pairs.items() if pair}
    lows = fsum(low for low, _ in limits.values())
    highs = fsum(limits[name][1] if name in limits else 1.0 for name in shares)
    if any(low > high for low, high in limits.values()) or lows > 1 or highs < 1:
        yield fault("bounds_without_room", ("bounds",))
        return
    for name, (low, high) in limits.items():
        if name in shares and not low - _ROUNDING <= shares[name] <= high + _ROUNDING:
            details = {"value": round(shares[name], 6), "low": low, "high": high}
            yield fault("outside_range", ("bounds", name), **details)


def rank_order_centroid(ranks: Sequence[Sequence[str]]) -> dict[str, float]:
    """The mean of all weights in which no group outweighs one of an earlier rank; together 1.

    Groups of one rank are not told apart: they share what their places weigh.
    """
    count = sum(len(rank) for rank in ranks)
    places = [fsum(1 / place for place in range(first, count + 1)) / count
              for first in range(1, count + 1)]  # fmt: skip
    found: dict[str, float] = {}
    for rank in ranks:
        mine = places[len(found) : len(found) + len(rank)]
        found |= dict.fromkeys(rank, fsum(mine) / len(rank) if rank else 0.0)
    return found


class WeightsError(ValueError):
    """Weights on one line that cannot be used: the code of what is wrong, and the details."""

    def __init__(self, code: str, **details: object) -> None:
        """Keep the parts; the words are the program's."""
        super().__init__(code, details)
        self.code, self.details = code, details


def weights_of_text(text: str, groups: Sequence[str]) -> Weights:
    """Weights as one line gives them: ``customer=40,organisation=20,…``, all of the ``groups``.

    Raises:
        WeightsError: A name or number is wrong, a group is missing or named twice, or the numbers
            do not add up to 1 or to 100.
    """
    found: dict[str, float] = {}
    for one in text.split(","):
        name, equals, number = (part.strip() for part in one.partition("="))
        if not equals:
            raise WeightsError("weights_shape", value=one.strip())
        if name not in groups:
            raise WeightsError("weights_name", value=name, known=groups)
        if name in found:
            raise WeightsError("weights_twice", value=name)
        found[name] = _number(number, name)
    missing = [name for name in groups if name not in found]
    if missing:
        raise WeightsError("weights_missing", missing=missing)
    total = fsum(found.values())
    if not total:
        raise WeightsError("weights_nothing")
    if not _adds_up(total):
        raise WeightsError("weights_total", total=f"{total:.6g}")
    return Weights(points=found)


def _number(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not isfinite(value):
        raise WeightsError("weights_number", value=text, name=name)
    if value < 0:
        raise WeightsError("weights_negative", value=text, name=name)
    return value
