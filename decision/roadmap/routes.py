"""The routes to a form, each with a plan of its own: at once, in groups, or by way of another form.

Which routes there are is knowledge (``criteria/routes.yaml``). Every step of a route is planned as
the advised plan is: the same work, people, days and calendar, from where the region is by then. The
work for a next step begins when that is decided after the first wave of the one before, and nobody
leaves a form within `growth_after_years` of its first wave. Who is not on the lesser form by then
goes to the next one straight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple, TypeAlias

from decision.eligibility.verdicts import Eligibility, eligibility
from decision.model.current import Current
from decision.model.facts import Fact
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.routes import PlannedRoute, RouteStep
from decision.roadmap.capacity import kengetal
from decision.roadmap.dates import day_of
from decision.roadmap.plan import Roadmap, roadmap
from decision.scores.additive import Scores

__all__ = ["Kind", "Leg", "Live", "Obstacle", "Way", "ways"]

Kind: TypeAlias = Literal["straight", "waves", "growing"]
"""All at once, in groups, or by way of another form."""

_WEEKS = 365.25 / 7


class Live(NamedTuple):
    """The form that a municipality goes live in, and the week from the start of all work."""

    form: str
    week: float


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a route: to ``form``, with work from week ``start`` on.

    ``opening`` is the week of its first wave, ``last`` that of the last partner that joins the
    form. ``live`` has everybody that goes live in it, in this form or in a lesser one. All of it
    takes ``own_days`` working days.
    """

    form: str
    start: float
    opening: float
    last: float
    live: Mapping[str, Live]
    own_days: float


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a route cannot be followed.

    The region cannot start with a ``form`` on the way (``excluded``, by ``rules``), or nobody knows
    whether it can (``open``); it is there already (``there``); nobody surely takes part
    (``nobody``); or nobody would join later (``no_waves``).
    """

    kind: Literal["excluded", "open", "there", "nobody", "no_waves"]
    form: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A route of the knowledge to a form: by which forms, and when; or what stands in its way.

    ``advised`` is the one that the plan follows. Without ``obstacle`` there is a leg for each step.
    """

    id: str
    path: tuple[str, ...]
    kind: Kind
    advised: bool
    legs: tuple[Leg, ...]
    obstacle: Obstacle | None
    price_of_day: float

    @property
    def opening(self) -> float | None:
        """The week in which the first wave goes live, in whatever form."""
        return self.legs[0].opening if self.legs else None

    @property
    def last(self) -> float | None:
        """The week in which the last partner joins the form aimed at."""
        return self.legs[-1].last if self.legs else None

    @property
    def own_days(self) -> float:
        """The working days of their own that all steps together take."""
        return math.fsum(leg.own_days for leg in self.legs)

    @property
    def own_cost(self) -> float:
        """What these days cost, in euro; it is in no other amount."""
        return self.own_days * self.price_of_day

    @property
    def live(self) -> Mapping[str, tuple[Live, ...]]:
        """The forms that everybody goes live in, one after another; the last of each counts."""
        found: dict[str, list[Live]] = {}
        for leg in self.legs:
            for name, one in leg.live.items():
                found.setdefault(name, []).append(one)
        return FrozenDict({name: tuple(_in_order(own)) for name, own in found.items()})


def _in_order(own: Iterable[Live]) -> Iterator[Live]:
    """What comes in order of time, each form once."""
    held: list[Live] = []
    for one in own:
        held = [before for before in held if before.week < one.week]
        if not held or held[-1].form != one.form:
            held.append(one)
    yield from held


def ways(
    knowledge: Knowledge, region: Region, judged: Eligibility, scores: Scores, plan: Roadmap
) -> tuple[Way, ...]:
    """The routes of the knowledge to the form of a plan, in their order.

    Args:
        knowledge: the routes, the activities and the rules of the waves.
        region: the partners and where they are now.
        judged: the verdicts on this region.
        scores: the ranking, for who comes to a lesser form.
        plan: the advised plan, or that to the form that is asked about.
    """
    at = _At(knowledge, region, judged, scores, plan)
    return tuple(
        at.way(name, route) for name, route in knowledge.routes.items() if plan.form in route.to
    )


@dataclass(frozen=True)
class _At:
    """Where all routes start."""

    knowledge: Knowledge
    region: Region
    judged: Eligibility
    scores: Scores
    plan: Roadmap

    @property
    def joining(self) -> list[str]:
        """The municipalities that come to the form aimed at."""
        towns = self.plan.municipalities
        return [name for name in self.region.municipalities if towns[name].form == self.plan.form]

    @property
    def at_once(self) -> bool:
        """Whether by the plan all of them open together."""
        return len(self.plan.waves) == 1

    def way(self, name: str, route: PlannedRoute) -> Way:
        """One route, with its plans."""
        *before, last = route.steps
        path = (*(step.form or self.plan.form for step in before), self.plan.form)
        kind: Kind = "growing" if before else "straight" if last.how == "together" else "waves"
        advised = kind == ("straight" if self.at_once else "waves") and bool(self.plan.waves)
        obstacle = self.obstacle(path[:-1], kind)
        legs: tuple[Leg, ...] = ()
        if obstacle is None:
            legs = tuple(self.legs(route.steps))
            if len(legs) < len(path):
                obstacle, legs = Obstacle("nobody", path[len(legs)]), ()
        return Way(name, path, kind, advised, legs, obstacle, self.plan.price_of_day)

    def obstacle(self, through: Iterable[str], kind: Kind) -> Obstacle | None:
        """What stands in the way before anything is planned."""
        form = self.plan.form
        if not self.plan.waves:
            return Obstacle("nobody", form)
        if kind == "waves" and self.at_once:
            return Obstacle("no_waves", form)
        for name in through:
            verdict = self.judged.forms[name]
            if verdict.reach != "yes":
                code: Literal["excluded", "open"] = "excluded" if verdict.excluded_by else "open"
                return Obstacle(code, name, verdict.excluded_by or verdict.undecided_by)
            now = (self.region.municipalities[one].current.form for one in self.joining)
            if all(one is not None and name in (one, *self.knowledge.lesser(one)) for one in now):
                return Obstacle("there", name)
        return None

    def legs(self, steps: Iterable[RouteStep]) -> Iterator[Leg]:
        """The steps one after another, as far as somebody goes live in them."""
        region, judged, start, least = self.region, self.judged, 0.0, 0.0
        stay = math.ceil(kengetal(self.knowledge, region, "growth_after_years") * _WEEKS)
        for step in steps:
            form = step.form or self.plan.form
            found = self.planned(region, judged, form, step.how)
            if not found.waves:
                return
            done = inf if step.until is None else _end(found, step.until)
            live = {
                name: self.live(found, name, start, least)
                for name, week in found.live.items()
                if week <= done
            }
            joins = [one.week for one in live.values() if one.form == form]
            days = math.fsum(one.effort_days for one in found.tasks if one.finish <= done)
            yield Leg(form, start, min(joins), max(joins), FrozenDict(live), days)
            if step.until is not None:
                least = min(joins) + stay
                region = _arrived(self.knowledge, region, found, done)
                judged, start = eligibility(self.knowledge, region), start + done

    def planned(
        self, region: Region, judged: Eligibility, form: str, how: Literal["together", "waves"]
    ) -> Roadmap:
        """The plan of one step; that of the advice where it is the same.

        Who by the advice comes to another form than the one aimed at, does so by every route.
        """
        if form != self.plan.form:
            return roadmap(
                *(self.knowledge, region, judged, self.scores, form),
                together=how == "together",
                ranges=False,
            )
        if region is self.region and (how == "waves" or self.at_once):
            return self.plan
        towns = self.plan.municipalities
        settled = {name: one for name, one in towns.items() if one.form != form}
        return roadmap(
            *(self.knowledge, region, judged, self.scores, form, settled),
            together=how == "together",
            ranges=False,
        )

    @staticmethod
    def live(found: Roadmap, name: str, start: float, least: float) -> Live:
        """When somebody goes live, in weeks of all work, and not before a week."""
        return Live(found.municipalities[name].form, max(start + found.live[name], least))


def _end(found: Roadmap, activity: str) -> float:
    """When the region has done an activity, and not before the first wave."""
    ends = (task.finish for task in found.tasks if task.id == activity)
    return max(ends, default=found.waves[0].week)


def _arrived(knowledge: Knowledge, region: Region, found: Roadmap, week: float) -> Region:
    """The region in a week of a plan: with the work that is done, and the forms that are in use."""
    day = day_of(region, week).isoformat()
    done: dict[str | None, list[str]] = {}
    for task in found.tasks:
        if task.finish <= week:
            done.setdefault(task.partner, []).append(task.activity)

    def facts(now: Mapping[str, Fact], own: Iterable[str]) -> Mapping[str, Fact]:
        made = [knowledge.activities[one].makes for one in own]
        new = {fact: Fact(value=level) for makes in made for fact, level in makes.items()}
        return FrozenDict({**now, **new})

    def current(now: Current, own: Iterable[str]) -> Current:
        known = knowledge.activities
        kept = (one for one in own if not known[one].anew and known[one].milestone is None)
        return now.model_copy(update={"done": tuple(dict.fromkeys((*now.done, *kept)))})

    towns = {}
    for name, town in region.municipalities.items():
        own = done.get(name, [])
        then = current(town.current, own)
        if found.live.get(name, week + 1) <= week:
            in_use = {"form": found.municipalities[name].form, "since": day}
            then = then.model_copy(update=in_use)
        towns[name] = town.model_copy(update={"facts": facts(town.facts, own), "current": then})
    others = {
        name: one.model_copy(
            update={
                "facts": facts(one.facts, done.get(name, [])),
                "current": current(one.current, done.get(name, [])),
            }
        )
        for name, one in region.organisations.items()
    }
    return region.model_copy(
        update={
            "reference_date": day,
            "municipalities": FrozenDict(towns),
            "organisations": FrozenDict(others),
            "facts": facts(region.facts, done.get(None, [])),
            "current": current(region.current, done.get(None, [])),
        }
    )
