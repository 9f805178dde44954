"""The criteria tree: groups, and below them criteria with grades or with a measure of cost.

A grade is an ordinal level. What each level is worth is a value function: equal steps from 0 for
the lowest to 1 for the highest, unless a criterion or a region states its own ``levels``. A measure
is worth what its own value function says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from decision.model.checks import Checked, Fault, Frozen, Given, fault, numbers, part
from decision.model.frozen import Map
from decision.model.values import FormRef, GroupRef, Number, Share, Source, Text, Whole

__all__ = [
    "HIGHEST",
    "LOWEST",
    "UNKNOWN_GRADE",
    "Criterion",
    "Grade",
    "Group",
    "Knee",
    "Levels",
    "Measure",
    "ValueFunction",
    "faults_of_levels",
]

LOWEST, HIGHEST = 1, 5
"""The ends of the ordinal scale of grades."""

UNKNOWN_GRADE = "unknown"
"""A grade that nobody can give yet: it is worth anything from nothing to everything."""

_ENOUGH = 20
"""How many forms without a grade one fault looks up: more than it names."""


def _unknown_or_other(value: object) -> str:
    return "<unknown>" if value == UNKNOWN_GRADE else "<other>"


GradeOrUnknown = Annotated[
    Annotated[Literal["unknown"], Tag("<unknown>")]
    | Annotated[int, Field(strict=True, ge=LOWEST, le=HIGHEST), Tag("<other>")],
    Discriminator(_unknown_or_other),
]
Levels = Annotated[tuple[Share, ...], Field(min_length=HIGHEST, max_length=HIGHEST)]
"""What the grades 1 to 5 are worth, in that order: from 0 up to 1, and never down."""

Measure = Literal["cost_per_call", "yearly_cost", "investment", "write_off"]


class Grade(Frozen):
    """An ordinal grade (1 worst, 5 best) or ``unknown``, with its reason.

    ``source`` is given only where it differs from that of the criterion.
    """

    grade: GradeOrUnknown
    because: Text
    source: Source | None = None


class Knee(Frozen):
    """A point between best and worst through which the value runs: what share is worth what."""

    at: Number
    value: Share


class ValueFunction(Checked):
    """The value of a measure: 1 at ``best`` and beyond, 0 at ``worst`` and beyond.

    Both are shares of the baseline's yearly measure. In between the value runs in a straight line,
    or in two that meet in the ``knee``.
    """

    best: Number
    worst: Number
    knee: Knee | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """A best that equals the worst, or a knee that does not lie between them."""
        best, worst, knee = given.get("best"), given.get("worst"), part(given.get("knee"), "at")
        if "best" in given and best == worst:
            yield fault("empty_value_function", ("worst",), value=best)
        found = numbers([best, worst, knee])
        if found and not min(found[:2]) < found[2] < max(found[:2]):
            yield fault("knee_outside", ("knee", "at"), value=knee, best=best, worst=worst)

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """The points that the value runs through, as (measure, value), the measure going up."""
        knee = () if self.knee is None else ((self.knee.at, self.knee.value),)
        return tuple(sorted([(self.best, 1.0), *knee, (self.worst, 0.0)]))


class Criterion(Checked):
    """A leaf of the criteria tree: graded by hand, or measured by the cost model.

    ``levels`` is what the grades are worth where that is stated.
    """

    number: Whole
    group: GroupRef
    name: Text
    question: Text
    grades: Map[FormRef, Grade] | None = None
    levels: Levels | None = None
    measure: Measure | None = None
    value: ValueFunction | None = None
    assumed: bool = False
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Grades and a measure together or neither, or a form without a grade."""
        keys = {key for key in ("grades", "measure", "value") if given.get(key) is not None}
        if ("grades" in keys) == ("measure" in keys):
            yield fault("grades_or_measure", ())
        elif ("measure" in keys) != ("value" in keys):
            yield fault("measure_needs_value", ())
        elif "measure" in keys and given.get("levels") is not None:
            yield fault("levels_of_measure", ("levels",))
        yield from faults_of_levels(given.get("levels"), ("levels",))
        grades = given.get("grades")
        if isinstance(grades, Mapping):
            missing = [*islice((f for f in known.get("form", ()) if f not in grades), _ENOUGH)]
            if missing:
                yield fault("form_without_grade", ("grades",), forms=missing)


def faults_of_levels(levels: object, at: tuple[str, ...]) -> Iterator[Fault]:
    """Values of grades that do not run from 0 up to 1."""
    found = numbers(levels) if isinstance(levels, list | tuple) else None
    if not found or len(found) != HIGHEST:
        return
    falls = any(after < before for before, after in pairwise(found))
    if falls or found[0] != 0 or found[-1] != 1:
        yield fault("levels_not_rising", at)


class Group(Frozen):
    """A branch of the criteria tree, with its default weight (share of the whole)."""

    name: Text
    question: Text
    weight: Share
    source: Source
