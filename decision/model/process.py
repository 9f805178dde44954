"""How the work together is steered: risks, moments of reporting, and papers for a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from decision.model.checks import Checked, Fault, Given, fault, listed_twice, outside_range
from decision.model.requirements import Predicate, asked_elsewhere
from decision.model.values import (
    ActivityRef,
    Body,
    FindingRef,
    FormRef,
    NonNegative,
    Partner,
    Positive,
    Range,
    Source,
    Text,
)

__all__ = ["Moment", "Papers", "Risk"]


class Risk(Checked):
    """What can go wrong for a partner that meets ``when``, why, and what can be done about it.

    It is about those that come to one of ``forms``. ``named`` are the findings of the survey that
    say how often others named it.
    """

    name: Text
    of_each: Literal["region", "municipality"]
    forms: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    when: Predicate
    because: Text
    measure: Text
    named: tuple[FindingRef, ...] = ()
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A condition on the facts of somebody else, or what is listed twice."""
        yield from listed_twice(given.get("forms"), ("forms",))
        yield from listed_twice(given.get("named"), ("named",))
        for of in get_args(Partner):
            if of == given.get("of_each"):
                yield from asked_elsewhere(given.get("when"), of, known, ("when",))


class Moment(Checked):
    """A moment at which a body tells others how the work goes; it takes no work of its own.

    It comes ``every_weeks`` from the start of the work until an activity of the region is done; or
    once, halfway the activity, where it does not say how often.
    """

    name: Text
    does: Text
    body: Body
    to: Annotated[tuple[Body, ...], Field(min_length=1)]
    activity: ActivityRef
    every_weeks: Positive | None = None
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """A body that is told twice, or an activity that is not the region's."""
        yield from listed_twice(given.get("to"), ("to",))
        activity = given.get("activity")
        owner = known.get("activity owner", {}).get(activity) if isinstance(activity, str) else None
        if owner not in (None, "region"):
            yield fault("moment_of_other", ("activity",), value=activity, owner=owner)


class Papers(Checked):
    """How many weeks before it decides the papers for a body must be in."""

    weeks: NonNegative
    range: Range
    assumed: bool = False
    source: Source

    CHECKS: ClassVar = (lambda given, _: outside_range(given, "weeks"),)
