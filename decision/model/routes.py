"""By which routes a region can come to a form: the steps of each, and what is risky about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from decision.model.checks import Checked, Fault, Given, fault, listed_twice, part
from decision.model.frozen import FrozenDict, Map
from decision.model.requirements import Predicate, asked_elsewhere
from decision.model.values import ActivityRef, FormRef, Name, Source, Text

__all__ = ["PlannedRoute", "RouteRisk", "RouteStep", "Shape"]

Shape = Literal["opens_later", "some_join_later", "all_at_once", "writes_off"]
"""What a route can turn out to be: it opens later than the advised one, some join after the first,
all open together, or money is left behind."""


class RouteStep(Checked):
    """One form on the way, to which all go ``together`` or in ``waves``.

    Without ``form`` it is the form aimed at. The work for the next step begins when the activity
    ``until`` is done.
    """

    how: Literal["together", "waves"]
    form: FormRef | None = None
    until: ActivityRef | None = None


class RouteRisk(Checked):
    """What can go wrong on a route: told where it has the ``shape`` and ``when`` surely holds."""

    because: Text
    shape: Shape | None = None
    when: Predicate | None = None
    source: Source

    CHECKS: ClassVar = (
        lambda given, known: asked_elsewhere(given.get("when"), "region", known, ("when",)),
    )


class PlannedRoute(Checked):
    """A route to each of the forms ``to``, by its ``steps`` in order; the last is that form."""

    name: Text
    to: Annotated[tuple[FormRef, ...], Field(min_length=1)]
    steps: Annotated[tuple[RouteStep, ...], Field(min_length=1)]
    risks: Map[Name, RouteRisk] = Field(default_factory=FrozenDict)
    source: Source

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:
        """Forms that are listed twice, and steps that do not lead to the next one."""
        yield from listed_twice(given.get("to"), ("to",))
        listed = given.get("steps")
        steps = [*listed] if isinstance(listed, list | tuple) else []
        for at, step in enumerate(steps):
            last = at == len(steps) - 1
            if any((part(step, key) is None) != last for key in ("form", "until")):
                yield fault("route_step", ("steps", at))
            until = part(step, "until")
            owner = known.get("activity owner", {}).get(until) if isinstance(until, str) else None
            if owner not in (None, "region"):
                yield fault("moment_of_other", ("steps", at, "until"), value=until, owner=owner)
