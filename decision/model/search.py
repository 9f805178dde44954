"""Which groupings a search may find: the limits that a region states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from decision.model.checks import Checked, Fault, Given, fault, is_one, listed_twice, text_or_other
from decision.model.values import MemberRef

__all__ = ["BORDER", "SearchLimits"]

Size = Annotated[int, Field(strict=True, ge=2, le=1000)]
Kilometres = Annotated[float, Field(strict=True, gt=0, le=1000)]
BORDER = "border"
Connected = Annotated[
    Annotated[Literal["border"], Tag("<text>")] | Annotated[Kilometres, Tag("<other>")],
    Discriminator(text_or_other),
]
Some = Annotated[tuple[MemberRef, ...], Field(min_length=2)]


class SearchLimits(Checked):
    """What a group that a search finds must keep to; who is alone keeps to it always.

    A group has ``smallest`` to ``largest`` members, of which no two lie further apart than
    ``distance`` kilometres; with ``connected`` one can go from each to each by members that have a
    border in common, or that lie no further apart than so many kilometres. Those in a list of
    ``together`` are in one group, no two of a list of ``apart`` are. With ``willing`` only who
    surely takes part in some form of cooperation is put with others.
    """

    smallest: Size | None = None
    largest: Size | None = None
    distance: Kilometres | None = None
    connected: Connected | None = None
    together: tuple[Some, ...] = ()
    apart: tuple[Some, ...] = ()
    willing: bool = False

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A municipality that is listed twice, or that no search looks at; sizes that cross."""
        own = known.get("own municipality")
        for key in ("together", "apart"):
            lists = given.get(key)
            for at, some in enumerate(lists if isinstance(lists, list | tuple) else ()):
                yield from listed_twice(some, (key, at))
                for place, name in enumerate(some if isinstance(some, list | tuple) else ()):
                    if own is not None and is_one(name, known["municipality"]) and name not in own:
                        yield fault("neighbour_in_search", (key, at, place), value=name)
        smallest, largest = given.get("smallest"), given.get("largest")
        if type(smallest) is int and type(largest) is int and smallest > largest:
            yield fault("sizes_cross", ("largest",), value=largest, other=smallest)
