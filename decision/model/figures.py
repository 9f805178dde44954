"""The figures of the cost model: kengetallen, channels, calculations, hours and cost items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    Limits,
    entries,
    fault,
    impossible,
    is_pair,
    numbers,
    outside_range,
)
from decision.model.frozen import FrozenDict, Map
from decision.model.values import (
    ChannelRef,
    Date,
    FormRef,
    Hour,
    KengetalRef,
    Limited,
    LimitedRange,
    Range,
    Share,
    Source,
    Text,
    Year,
    dates_reversed,
    first_day,
    is_date,
)

__all__ = [
    "LONGEST_CALL",
    "PHONE",
    "Amount",
    "Calculation",
    "Channel",
    "CostItem",
    "Investment",
    "Kengetal",
    "Moved",
    "ProfileHour",
    "RunningCost",
    "Sized",
    "Version",
    "Yearly",
    "limits_of",
]

LONGEST_CALL = 24 * 60 * 60
"""The longest that one call can take, in seconds."""

PHONE = "phone"
"""The channel of which the contacts are the calls, that are staffed hour by hour."""

Seconds = Annotated[float, Field(strict=True, gt=0, le=LONGEST_CALL)]
Euro = Annotated[float, Field(strict=True, ge=0, le=1e12)]


class Version(Checked):
    """Another value of a kengetal, from a date on; what it does not say stays as it was."""

    value: Limited
    from_: Date = Field(alias="from")
    until: Date | None = None
    range: LimitedRange | None = None
    assumed: tuple[Literal["value", "range"], ...] | None = None
    because: Text | None = None
    price_year: Year | None = None
    source: Source | None = None

    CHECKS: ClassVar = (lambda given, _: dates_reversed(given),)


class Kengetal(Checked):
    """A key figure with its unit, plausible range and source; ``assumed`` names what is ours.

    ``range`` is what may be expected, ``possible`` what can be calculated with at all: a region
    may go outside the one, never outside the other. A ``whole`` figure has no decimals. The value
    holds from the day ``from`` to the day before ``until``; of it and its ``versions`` the one
    counts that began last. What is in euro has a ``price_year``: the year of its prices.
    """

    name: Text
    value: Limited
    unit: Text
    range: LimitedRange
    possible: Range
    whole: bool = False
    assumed: tuple[Literal["value", "range"], ...] = ()
    because: Text | None = None
    price_year: Year | None = None
    source: Source
    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    versions: Map[str, Version] = Field(default_factory=FrozenDict)

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A value outside its plausible range, or anything outside what is possible."""
        yield from _faults_of_value(given, limits_of(given))
        yield from dates_reversed(given)
        yield from _faults_of_versions(given)


def _faults_of_value(given: Given, limits: Limits | None) -> Iterator[Fault]:
    """A value outside its plausible range, or either of them outside what is possible."""
    yield from outside_range(given, "value")
    if limits is not None:
        yield from impossible(given.get("value"), ("value",), limits)
        bounds = given.get("range")
        for at, bound in enumerate(bounds if isinstance(bounds, list | tuple) else ()):
            yield from impossible(bound, ("range", at), limits)


def _faults_of_versions(kengetal: Given) -> Iterator[Fault]:
    """Versions with a value that cannot be, or that begin on the same day."""
    limits, begun = limits_of(kengetal), {_first_day(kengetal)}
    for name, version in entries(kengetal, "versions").items():
        if not isinstance(version, Mapping):
            continue
        whole = {"range": kengetal.get("range"), **version}
        for one in _faults_of_value(whole, limits):
            yield {**one, "loc": ("versions", name, *one.get("loc", ()))}
        day = _first_day(version)
        if day and day in begun:
            yield fault("same_start", ("versions", name, "from"), value=version.get("from"))
        begun.add(day)


def _first_day(dated: Given) -> str | None:
    """The day from which something holds; None where no date says so."""
    start = dated.get("from")
    return first_day(start) if is_date(start) else None


def limits_of(kengetal: Given) -> Limits | None:
    """What is possible for a kengetal, as it was given; None where that is at fault itself."""
    bounds = kengetal.get("possible")
    found = numbers(bounds) if is_pair(bounds) else None
    if found is None:
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
    ``wage`` the kengetal that prices the first line. ``moved`` are the contacts that move from one
    channel to another, next to the calls. What is so in the last of its ``years`` holds on.
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

    @property
    def years(self) -> int:
        """How many years the promise runs: after these no more calls or contacts change."""
        return max(len(self.direct), len(self.handling_first_line))


class Yearly(Frozen):
    """An amount in euro, once for the region or for each municipality."""

    euro: Euro
    per: Literal["region", "municipality"] = "region"


class Sized(Frozen):
    """For how many ``workplaces`` an amount is, and the euro of every ``each`` ``more``."""

    workplaces: Annotated[int, Field(strict=True, ge=1)]
    more: Euro
    each: Annotated[int, Field(strict=True, ge=1)]
    source: Source


class Amount(Yearly):
    """An investment, paid once.

    ``lost_on_growth`` marks what must be written off when the region grows into a further form. An
    amount that is ``sized`` is for so many workplaces: who needs more buys more, and of less no
    source tells what it saves.
    """

    lost_on_growth: bool = False
    sized: Sized | None = None

    def for_workplaces(self, needed: float) -> float:
        """The euro for so many workplaces."""
        if self.sized is None or needed <= self.sized.workplaces:
            return self.euro
        steps = ceil((needed - self.sized.workplaces) / self.sized.each)
        return self.euro + self.sized.more * steps


class CostItem(Checked):
    """Something that costs money however many people call, in the forms that need it.

    It counts from the day ``from`` to the day before ``until``, in the prices of ``price_year``.
    """

    name: Text
    amounts: Map[FormRef, Yearly]
    assumed_for: tuple[FormRef, ...] = ()
    price_year: Year | None = None
    source: Source
    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None

    CHECKS: ClassVar = (lambda given, _: dates_reversed(given),)


class RunningCost(CostItem):
    """What is paid every year, such as a licence, rent or management; an amount for each form."""


class Investment(CostItem):
    """An item of investment (table 5.5) with the amount for each form that needs it."""

    amounts: Map[FormRef, Amount]
