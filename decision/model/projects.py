"""Gains without a call centre: projects and channel steering that a region can choose.

What the knowledge offers changes nothing until a region chooses it in its own file, with who takes
part. Beside it stands what the amounts of a source leave out, and which way that works.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from decision.model.checks import (
    Checked,
    Fault,
    Frozen,
    Given,
    entries,
    fault,
    is_one,
    listed_twice,
    outside_range,
    part,
)
from decision.model.values import (
    ActivityRef,
    ChannelRef,
    Date,
    KengetalRef,
    MemberRef,
    NonNegative,
    Positive,
    Range,
    Share,
    Source,
    Text,
    Whole,
    Year,
)

__all__ = [
    "DEFAULT_MINIMUM",
    "ChannelFitness",
    "Chosen",
    "NotCounted",
    "Project",
    "Scaled",
    "Steering",
    "faults_of_choices",
]


DEFAULT_MINIMUM = 2
"""How many municipalities have something to do together."""


class Scaled(Checked):
    """Euro, or fte at the ``wage`` of a kengetal, for ``each`` so many of what it scales ``per``.

    An ``employee`` is an fte in the first line as it is now.
    """

    euro: NonNegative | None = None
    fte: NonNegative | None = None
    wage: KengetalRef | None = None
    per: Literal["municipality", "inhabitant", "employee"]
    each: Positive

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Not exactly one of euro and fte, or an fte without its wage."""
        if (given.get("euro") is None) == (given.get("fte") is None):
            yield fault("euro_or_fte", ())
        elif (given.get("fte") is None) != (given.get("wage") is None):
            yield fault("fte_without_wage", ())


class Project(Checked):
    """Something that municipalities can do together without a call centre.

    ``gain`` is what it saves in a year once it runs in full (None: no source gives an amount);
    ``gains_in`` has the share of that in each year, of which the last one holds; ``once`` is what
    it costs when it starts. Who takes part divides both by ``key``; fewer than ``minimum`` have
    nothing to do together. It waits for the activities that it ``asks`` of who takes part. What is
    to be done ``before_opening`` belongs before a joint centre opens.
    """

    name: Text
    does: Text
    gives: Text
    gain: Scaled | None = None
    once: Scaled | None = None
    gains_in: Annotated[tuple[Share, ...], Field(min_length=1)] = (1.0,)
    key: Literal["inhabitants", "equal"] = "inhabitants"
    minimum: Whole = DEFAULT_MINIMUM
    before_opening: bool = False
    asks: tuple[ActivityRef, ...] = ()
    assumed: tuple[Literal["gain", "gains_in", "once", "minimum"], ...] = ()
    because: Text | None = None
    price_year: Year | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Activities that are not for who chooses something, or an amount without a price year."""
        yield from _faults_of_asks(given, known)
        euro = [key for key in ("gain", "once") if part(given.get(key), "euro") is not None]
        if euro and given.get("price_year") is None:
            yield fault("euro_without_year", (euro[0],))


class Steering(Checked):
    """A way to steer citizens to another channel, on the conditions that it ``asks``.

    Each year the share ``each_year`` moves of the contacts that are left in the channel ``from``,
    for so many ``years``; ``fits`` says which contacts that suits.
    """

    name: Text
    does: Text
    fits: Text
    origin: Annotated[ChannelRef, Field(alias="from")]
    to: ChannelRef
    each_year: Share
    range: Range
    years: Annotated[int, Field(strict=True, ge=1, le=100)]
    asks: tuple[ActivityRef, ...] = ()
    assumed: bool = False
    because: Text | None = None
    source: Source

    CHECKS: ClassVar = (
        lambda given, _: outside_range(given, "each_year"),
        lambda given, known: _faults_of_asks(given, known),  # noqa: PLW0108 - it is defined below
    )


class ChannelFitness(Frozen):
    """A question to answer before citizens are steered: whether a channel is fit for it."""

    question: Text
    source: Source


class NotCounted(Frozen):
    """Something that the amounts leave out, and what it would do to the saving of cooperating."""

    text: Text
    saving: Literal["larger", "smaller", "either"]
    source: Source


class Chosen(Checked):
    """A project or a way of steering that a region chooses: who takes part, and from which day.

    Without ``from`` it starts at the reference date of the region.
    """

    participants: tuple[MemberRef, ...]
    from_: Date | None = Field(default=None, alias="from")
    note: Text | None = None
    source: Source | None = None

    CHECKS: ClassVar = (
        lambda given, _: listed_twice(given.get("participants"), ("participants",)),
    )


def _faults_of_asks(given: Given, known: Given) -> Iterator[Fault]:
    """Activities that are there whether something is chosen or not."""
    asks, chosen = given.get("asks"), known.get("chosen activity")
    for at, name in enumerate(asks if isinstance(asks, list | tuple) else ()):
        there = is_one(name, known.get("activity", ()))
        if there and chosen is not None and name not in chosen:
            yield fault("asks_what_is_planned", ("asks", at), value=name)
    yield from listed_twice(asks, ("asks",))


def faults_of_choices(given: Given, known: Given) -> Iterator[Fault]:
    """Participants from outside the region, or fewer than have something to do together."""
    own, least = entries(given, "municipalities"), known.get("least participants", {})
    for kind in ("projects", "channel_steering"):
        for name, one in entries(given, kind).items():
            listed, at = part(one, "participants"), (kind, name, "participants")
            names = [*listed] if isinstance(listed, list | tuple) else []
            for number, member in enumerate(names):
                if isinstance(member, str) and member in entries(given, "neighbours"):
                    yield fault("participant_outside", (*at, number), value=member)
            minimum = least.get(name, 0) if kind == "projects" else 0
            inside = {one for one in names if isinstance(one, str) and one in own}
            if len(names) > 0 and len(inside) < minimum:
                yield fault("too_few_participants", at, value=name, minimum=minimum)
