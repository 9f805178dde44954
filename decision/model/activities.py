"""What has to be done, how long that takes, and the rules by which partners go live together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Discriminator, Field, Tag

from decision.model.checks import (
    Checked,
    Fault,
    Given,
    entries,
    fault,
    is_one,
    list_or_other,
    outside_range,
)
from decision.model.frozen import FrozenDict, Map
from decision.model.requirements import Predicate, asked_of_municipality, unknown_levels
from decision.model.values import (
    ActivityRef,
    Body,
    FactRef,
    FormRef,
    KengetalRef,
    NonNegative,
    Partner,
    Range,
    Share,
    Source,
    Text,
    Whole,
)

__all__ = ["Activity", "Waves"]


class Effort(Checked):
    """Working days for one execution of an activity."""

    days: NonNegative
    range: Range

    CHECKS: ClassVar = (lambda given, _: outside_range(given, "days"),)


class Duration(Checked):
    """Calendar weeks for one execution of an activity."""

    weeks: NonNegative
    range: Range

    CHECKS: ClassVar = (lambda given, _: outside_range(given, "weeks"),)


Made = Annotated[
    Annotated[tuple[str, ...], Field(min_length=1), Tag("<list>")] | Annotated[str, Tag("<other>")],
    Discriminator(list_or_other),
]
"""The level that a fact comes to; of a set, one or more."""

_BODIES: Mapping[Partner, tuple[Body, ...]] = {
    "region": ("client", "contractor", "management_team", "regional_board"),
    "municipality": ("college", "council"),
    "organisation": ("organisation",),
}
"""The bodies that can act for each kind of partner."""


class Activity(Checked):
    """Something that has to be done, by whom, how long it takes and what must come first.

    ``of_each`` says whether it is done once for the region or by each partner; ``when`` whether
    it always belongs to its forms, only answers a remedy that a partner needs, or belongs to a
    project or a way of steering that a region chooses. A ``body`` does
    it, or else ``who``; a decision is always taken by a body. ``makes`` are the facts of the same
    partner that are so once it is done, each with its level (or levels, of a set): who has them
    need not do it. ``left`` is the share (0-1) of the work that is left to who has come to a level
    of such a fact. Who is on a form has done what that form asks, but for what is done ``anew``
    for each form. ``milestone`` marks the moment a partner's calls go to the joint organisation.
    """

    name: Text
    does: Text
    level: Literal["regional", "process", "local", "decision"]
    of_each: Partner = "region"
    theme: Text | None = None
    forms: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    who: Text | None = None
    body: Body | None = None
    effort: Effort
    duration: Duration
    assumed: tuple[Literal["effort", "duration"], ...] = ()
    after: tuple[ActivityRef, ...] = ()
    when: Literal["always", "remedy", "chosen"] = "always"
    makes: Map[FactRef, Made] = Field(default_factory=FrozenDict)
    left: Map[FactRef, Map[str, Share]] = Field(default_factory=FrozenDict)
    anew: bool = False
    milestone: Literal["go_live"] | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Nobody or two who do it, a body of others, or a fact that it cannot make so."""
        of, body = given.get("of_each", "region"), given.get("body")
        if (given.get("who") is None) == (body is None):
            yield fault("who_or_body", ())
        elif given.get("level") == "decision" and body is None:
            yield fault("decision_without_body", ())
        if is_one(of, _BODIES) and is_one(body, get_args(Body)) and body not in _BODIES[of]:
            yield fault("body_of_other", ("body",), value=body, asked=of, possible=_BODIES[of])
        for fact, made in entries(given, "makes").items():
            yield from _faults_of_made(fact, made, of, known)
        yield from _faults_of_left(given, known)


def _faults_of_left(given: Given, known: Given) -> Iterator[Fault]:
    """Work that is left of a fact that the activity does not make so, or at a level it has not."""
    makes = entries(given, "makes")
    for fact, levels in entries(given, "left").items():
        if fact not in known.get("fact", ()):
            continue  # a fact that is not there is a fault of its own
        if fact not in makes:
            yield fault("left_of_not_made", ("left", fact), value=fact)
        for level in levels if isinstance(levels, Mapping) else ():
            yield from unknown_levels(fact, level, ("left", fact, level), known)


def _faults_of_made(fact: str, made: object, of: object, known: Given) -> Iterator[Fault]:
    """A fact that is worked out, or of another kind of partner, or a level that it has not."""
    at = ("makes", fact)
    if fact not in known.get("fact", ()):
        return  # a fact that is not there is a fault of its own
    owner = known.get("fact owner", {}).get(fact, of)
    if fact in known.get("derived fact", ()):
        yield fault("remedy_of_derived_fact", at, value=fact)
    elif owner != of:
        yield fault("makes_of_other", at, value=fact, owner=owner, asked=of)
    elif isinstance(made, list | tuple) and fact not in known.get("fact of many", ()):
        yield fault("one_level", at, fact=fact, known=known["fact"][fact])
    else:
        yield from unknown_levels(fact, made, at, known)


class Waves(Checked):
    """The general rules by which partners go live together.

    Who meets ``first_when`` tries for the first wave; who would hold it up by more than the
    kengetal ``holds_up`` (in weeks) joins later, and so does who meets ``later_when``: no sooner
    than the kengetal ``later`` (in weeks) after it. Who meets ``waits_when`` is the last to be
    asked along for its scale. No more than the kengetal ``each_quarter`` join in a quarter. The
    first wave has at least ``minimum_members`` municipalities with the share ``minimum_scale``
    (0-1) of the inhabitants of all that take part.
    """

    first_when: Predicate
    later_when: Predicate
    later: KengetalRef
    waits_when: Predicate
    holds_up: KengetalRef
    each_quarter: KengetalRef
    minimum_scale: Share
    minimum_members: Whole
    because: Text
    assumed: bool = False
    source: Source

    CHECKS: ClassVar = tuple(
        asked_of_municipality(key) for key in ("first_when", "later_when", "waits_when")
    )
