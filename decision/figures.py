"""The figures of the cost model: kengetallen, channels, calculations, hours and investments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from decision.types import FormRef, Hour, KengetalRef, Number, Range, Share, Source, Text
from decision.validation import (
    Checked,
    Fault,
    Frozen,
    Given,
    Limits,
    impossible,
    known,
    numbers,
    outside_range,
)

__all__ = [
    "LONGEST_CALL",
    "PHONE",
    "Amount",
    "Calculation",
    "Channel",
    "Investment",
    "Kengetal",
    "Moved",
    "ProfileHour",
    "limits_of",
]

LONGEST_CALL = 24 * 60 * 60
"""The longest that one call can take, in seconds."""

PHONE = "phone"
"""The channel of which the contacts are the calls, that are staffed hour by hour."""

ChannelRef = Annotated[str, known("channel")]
Seconds = Annotated[float, Field(strict=True, gt=0, le=LONGEST_CALL)]
Euro = Annotated[float, Field(strict=True, ge=0, le=1e12)]


class Kengetal(Checked):
    """A key figure with its unit, plausible range and source; ``assumed`` names what is ours.

    ``range`` is what may be expected, ``possible`` what can be calculated with at all: a region
    may go outside the one, never outside the other. A ``whole`` figure has no decimals.
    """

    name: Text
    value: Number
    unit: Text
    range: Range
    possible: Range
    whole: bool = False
    assumed: tuple[Literal["value", "range"], ...] = ()
    because: Text | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A value outside its plausible range, or anything outside what is possible."""
        yield from outside_range(given, "value")
        limits = limits_of(given)
        if limits is not None:
            yield from impossible(given.get("value"), ("value",), limits)
            bounds = given.get("range")
            for at, bound in enumerate(bounds if isinstance(bounds, list | tuple) else ()):
                yield from impossible(bound, ("range", at), limits)


def limits_of(kengetal: Given) -> Limits | None:
    """What is possible for a kengetal, as it was given; None where that is at fault itself."""
    bounds = kengetal.get("possible")
    found = numbers(bounds) if isinstance(bounds, list | tuple) else None
    if found is None or len(found) != 2:  # noqa: PLR2004 - low and high
        return None
    return Limits(found[0], found[1], whole=kengetal.get("whole") is True)


class ProfileHour(Frozen):
    """The share of a day's calls that arrive in one hour; ``start`` is ``HH:MM``."""

    start: Hour
    share: Share


class Channel(Frozen):
    """A way in which citizens reach their municipality.

    ``contacts`` is the kengetal of its share of all contacts, ``cost`` that of the euro per
    contact; without it no source gives that.
    """

    name: Text
    contacts: KengetalRef
    cost: KengetalRef | None = None
    source: Source


class Moved(Frozen):
    """Contacts that a form moves to another channel.

    ``each_year`` is the kengetal of the share that moves each year of the contacts of the channel
    ``from`` that remain there.
    """

    origin: Annotated[ChannelRef, Field(alias="from")]
    to: ChannelRef
    each_year: KengetalRef


class Calculation(Frozen):
    """What the cost model needs to know of a form, year by year (bijlage D).

    ``calls_avoided`` is the share of calls avoided each year, compounding; ``direct`` the share
    answered directly in each year; ``handling_first_line`` seconds per call in each year;
    ``sites`` whether each municipality answers its own calls or one joint centre answers all;
    ``wage`` the kengetal that prices the first line. The last year's figure holds on. ``moved``
    are the contacts that move from one channel to another, next to the calls.
    """

    calls_avoided: Share
    direct: Annotated[tuple[Share, ...], Field(min_length=1)]
    handling_first_line: Annotated[tuple[Seconds, ...], Field(min_length=1)]
    sites: Literal["each", "one"]
    wage: KengetalRef
    moved: Moved | None = None
    assumed: bool = False
    because: Text | None = None
    source: Source


class Amount(Frozen):
    """An investment in euro, once for the region or for each municipality.

    ``lost_on_growth`` marks what must be written off when the region grows into a further form.
    """

    euro: Euro
    per: Literal["region", "municipality"] = "region"
    lost_on_growth: bool = False


class Investment(Frozen):
    """An item of investment (table 5.5) with the amount for each form that needs it."""

    name: Text
    amounts: dict[FormRef, Amount]
    assumed_for: tuple[FormRef, ...] = ()
    source: Source
