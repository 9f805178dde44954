"""What has to be done, how long that takes, and the rules by which partners go live together."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from decision.model.checks import Checked, Frozen, outside_range
from decision.model.requirements import Predicate, asked_of_municipality
from decision.model.values import (
    ActivityRef,
    FormRef,
    NonNegative,
    Partner,
    Positive,
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


class Activity(Frozen):
    """Something that has to be done, by whom, how long it takes and what must come first.

    ``of_each`` says whether it is done once for the region or by each partner; ``when`` whether
    it always belongs to its forms or only answers a remedy that a partner needs; ``milestone``
    marks the moment a partner's calls go to the joint organisation.
    """

    name: Text
    does: Text
    level: Literal["regional", "process", "local", "decision"]
    of_each: Partner = "region"
    theme: Text | None = None
    forms: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    who: Text
    effort: Effort
    duration: Duration
    assumed: tuple[Literal["effort", "duration"], ...] = ()
    after: tuple[ActivityRef, ...] = ()
    when: Literal["always", "remedy"] = "always"
    milestone: Literal["go_live"] | None = None
    source: Source


class Stretch(Checked):
    """How much longer local activities take for a municipality that meets ``when``."""

    when: Predicate
    factor: Positive

    CHECKS: ClassVar = (asked_of_municipality("when"),)


class Waves(Checked):
    """The general rules by which partners go live together.

    Who meets ``first_when`` tries for the first wave; who meets ``waits_when`` joins no sooner than
    ``waits_weeks`` after it. The first wave has at least ``minimum_members`` municipalities with
    the share ``minimum_scale`` (0-1) of the inhabitants of all that take part.
    """

    first_when: Predicate
    waits_when: Predicate
    waits_weeks: NonNegative
    one_after_another_when: Predicate
    stretch: tuple[Stretch, ...] = ()
    minimum_scale: Share
    minimum_members: Whole
    because: Text
    assumed: bool = False
    source: Source

    CHECKS: ClassVar = tuple(
        asked_of_municipality(key) for key in ("first_when", "waits_when", "one_after_another_when")
    )
