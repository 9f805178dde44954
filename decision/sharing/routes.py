"""By which route to a joint form: at once, by way of a lesser form, or with some to begin with.

Hoofdstuk 6 of "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008): who first builds
an entrance of his own writes it off when the joint one comes; who starts jointly with some and
adds the others does not. Here each route is followed year by year, as money that is spent:

    cost of a year     = operations + investment, in euro
    operations         = fte of both lines x wages, what is paid every year, and what other channels
                         cost more than today, as in `decision.costs`, without depreciation
    investment         = what is bought in that year, less what was bought before and keeps its use
    write-off          = what the investments cost that a municipality leaves behind; it was spent
                         in an earlier year, so it is shown but not counted once more
    present value      = sum over the years t = 0, 1, … of cost of year t / (1 + discount rate)^t
    net present value  = present value of doing nothing - present value of the route

The kengetallen `discount_rate`, `route_years` (how far to look) and `growth_after_years` (how long
a lesser form lasts) are used, at constant prices. What wears out is not replaced.

A municipality counts its years from its own entry in a form: in its first year it performs as the
form promises for its first year; after another form than today's, for the first year that answers
more calls directly than it did.
After as many years as the region's period has, the last figures hold. Calls that one form
avoided are not avoided once more by the next: together no more than the best of them promises.
Contacts begin to move to another channel in the first form that moves them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf
from typing import Literal, TypeAlias

import numpy as np

from decision.costs.crews import Crew, TownYear, crew
from decision.costs.inputs import CostsError
from decision.costs.result import Costs, costs, own_calls
from decision.costs.setup import had, items
from decision.model.figures import Amount
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing import joining
from decision.sharing.joining import Waves

__all__ = ["Kind", "Route", "RouteYear", "routes"]

Kind: TypeAlias = Literal["nothing", "straight", "growing", "waves"]
Plan: TypeAlias = tuple[tuple[int, str], ...]  # from which year on in which form


@dataclass(frozen=True, slots=True)
class RouteYear(Result):
    """One year of a route: the form of every municipality, calls, and euro spent or lost."""

    year: int
    forms: Mapping[str, str]
    calls: float
    operations: float
    investment: float
    write_off: float

    @property
    def total(self) -> float:
        """Euro spent in the year."""
        return self.operations + self.investment


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the joint form, with its money.

    ``path`` are the forms in order. ``payback_years`` counts from the start: the moment from
    which the savings against doing nothing stay ahead of all that was invested, with investments
    at the start of a year and savings spread over it, not discounted; None where that does not
    happen within the years (and for doing nothing itself).
    """

    kind: Kind
    path: tuple[str, ...]
    years: tuple[RouteYear, ...]
    present_value: float
    net_present_value: float
    payback_years: float | None

    @property
    def investment(self) -> float:
        """Euro invested over all years."""
        return fsum(year.investment for year in self.years)

    @property
    def write_off(self) -> float:
        """Euro of investments left behind over all years."""
        return fsum(year.write_off for year in self.years)

    @property
    def total(self) -> float:
        """Euro spent over all years, not discounted."""
        return fsum(year.total for year in self.years)


def routes(  # noqa: PLR0913 - the last three are options with a default
    knowledge: Knowledge,
    region: Region,
    form: str,
    waves: Waves = (),
    *,
    meanwhile: Mapping[str, str] | None = None,
    result: Costs | None = None,
) -> tuple[Route, ...]:
    """Follow every route to a form: nothing, straight, growing through each lesser form, waves.

    A lesser form is one other than today's that grows into ``form``, in one step or more; each
    step takes `growth_after_years`. Calls are divided over the municipalities as the cost model
    does (`sites` of the region). Every route has the same years: those of the region, at least
    `route_years`, and until the last route has arrived.

    Args:
        knowledge: the forms, their calculations and investments, and the kengetallen.
        region: the municipalities, their calls and the first year.
        form: the id of the joint form.
        waves: the members that join in each year, counted from 0; who is in none never joins.
            Without waves that route is left out.
        meanwhile: the form of each municipality until it joins, or for good when it never does;
            where not given, that of today.
        result: what `decision.costs.costs` gives for the region, for who has it already.

    Raises:
        WavesError: A municipality that is unknown or in twice, or a year outside 0 to 99.
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        KeyError: The form is not one of the knowledge.
    """
    model = _model(knowledge, region, result or costs(knowledge, region))
    joining.check(region, waves)
    whole: list[tuple[Kind, tuple[str, ...]]] = [("nothing", (knowledge.baseline,))]
    whole += [("straight", (form,)), *(("growing", path) for path in _paths(knowledge, form))]
    ways = [(kind, path, model.all_along(path)) for kind, path in whole]
    if waves:
        plans = _in_waves(knowledge, region, form, waves, meanwhile or {})
        waiting = (plan[0][1] for plan in plans.values() if len(plan) > 1)
        ways.append(("waves", (*dict.fromkeys(waiting), form), plans))
    arrived = max(start for _, _, plans in ways for plan in plans.values() for start, _ in plan)
    horizon = max(model.period, model.years["route_years"], arrived + 1)
    followed = [(kind, path, tuple(model.follow(plans, horizon))) for kind, path, plans in ways]
    nothing, growth = followed[0][2], 1 + model.crew.model.kengetallen["discount_rate"]
    found: list[Route] = []
    for kind, path, years in followed:
        present = fsum(year.total / growth**at for at, year in enumerate(years))
        saved = found[0].present_value - present if found else 0.0
        payback = None if kind == "nothing" else _payback(years, nothing)
        found.append(Route(kind, path, years, present, saved, payback))
    return tuple(found)


def _paths(knowledge: Knowledge, form: str) -> Iterator[tuple[str, ...]]:
    """The growth path of every form that leads to the joint one, but for today's."""
    for name in knowledge.forms:
        path = [name]
        while path[-1] != form and (step := knowledge.forms[path[-1]].grows_into) is not None:
            path.append(step)
        if len(path) > 1 and path[-1] == form and name != knowledge.baseline:
            yield tuple(path)


def _in_waves(
    knowledge: Knowledge, region: Region, form: str, waves: Waves, meanwhile: Mapping[str, str]
) -> dict[str, Plan]:
    today = knowledge.baseline
    plans: dict[str, Plan] = {
        name: ((0, meanwhile.get(name, today)),) for name in region.municipalities
    }
    for year, members in waves:
        for name in members:
            first = (0, meanwhile.get(name, today))
            plans[name] = (first, (year, form)) if year else ((0, form),)
    return plans


@dataclass(frozen=True, slots=True)
class _Model:
    """What all routes share; ``calls`` of each municipality a year today, ``period`` in years.

    ``had`` are the items that were bought already, each with the municipality or ``""``.
    """

    knowledge: Knowledge
    crew: Crew
    calls: Mapping[str, float]
    first_year: int
    period: int
    years: Mapping[str, int]
    had: Collection[tuple[str, str]]

    def all_along(self, path: Sequence[str]) -> dict[str, Plan]:
        """All municipalities from form to form together."""
        plan = tuple((at * self.years["growth_after_years"], form) for at, form in enumerate(path))
        return dict.fromkeys(self.calls, plan)

    def follow(self, plans: Mapping[str, Plan], horizon: int) -> Iterator[RouteYear]:
        """The route year by year."""
        courses = {name: self._course(plan, horizon) for name, plan in plans.items()}
        before, operations = dict[str, TownYear](), 0.0
        for at, (bought, lost) in enumerate(self._money(courses, horizon)):
            states = {name: course[at] for name, course in courses.items()}
            operations = (
                operations if states == before else self.crew.operations(self.calls, states)
            )
            before = states
            yield RouteYear(
                year=self.first_year + at,
                forms={name: state.form for name, state in states.items()},
                calls=fsum(self.calls[name] * state.volume for name, state in states.items()),
                operations=operations,
                investment=bought,
                write_off=lost,
            )

    def _course(self, plan: Plan, horizon: int) -> list[TownYear]:
        """A municipality through its forms: see the start of this module."""
        states: list[TownYear] = []
        entries, position, form = dict(plan), 0, ""
        volume = least = 1.0
        moving = 0
        for year in range(horizon):
            position += 1
            if year in entries:
                form = entries[year]
                position = self._starts_at(form, states[-1] if states else None)
            promise = self.knowledge.calculations[form]
            if position < self.period:
                least = min(least, (1 - promise.calls_avoided) ** self.period)
                volume = max(volume * (1 - promise.calls_avoided), least)
            held = min(position, self.period - 1)
            direct, handling = (
                figures[min(held, len(figures) - 1)]
                for figures in (promise.direct, promise.handling_first_line)
            )
            moving = min(moving + 1, self.period) if form in self.crew.model.moves else 0
            states.append(TownYear(form, volume, direct, handling, moving))
        return states

    def _starts_at(self, form: str, last: TownYear | None) -> int:
        """The year of the promise to start with: the first, or the first that does better."""
        if last is None or last.form == self.knowledge.baseline:
            return 0
        promised = self.knowledge.calculations[form].direct[: self.period]
        better = (at for at, share in enumerate(promised) if share > last.direct)
        return next(better, len(promised) - 1)

    def _money(
        self, courses: Mapping[str, Sequence[TownYear]], horizon: int
    ) -> Iterator[tuple[float, float]]:
        """What is bought and what is left behind in every year."""
        kept = dict.fromkeys(self.had, inf)
        begun: set[str] = set()
        before: dict[str, str] = {}
        for at in range(horizon):
            now = {name: course[at].form for name, course in courses.items()}
            moved = [name for name in now if before.get(name) != now[name]]
            bought = [_buy(kept, item, "", a) for item, a in self._items({*now.values()} - begun)]
            bought += [
                _buy(kept, item, name, amount)
                for name in moved
                for item, amount in self._items({now[name]}, "municipality")
            ]
            left = [*self._items({*before.values()} - {*now.values()})]
            for name in moved if before else ():
                left += self._items({before[name]}, "municipality")
            yield fsum(bought), fsum(amount.euro for _, amount in left if amount.lost_on_growth)
            begun, before = begun | {*now.values()}, now

    def _items(self, forms: Iterable[str], per: str = "region") -> Iterator[tuple[str, Amount]]:
        """The items of investment of the forms, in a fixed order."""
        for form in sorted(forms):
            for name, amount in items(self.knowledge.investments, form).items():
                if amount.per == per:
                    yield name, amount


def _buy(kept: dict[tuple[str, str], float], item: str, owner: str, amount: Amount) -> float:
    """What must be paid on top of what the owner has of the item; remembers what keeps its use."""
    has = kept.get((item, owner), 0.0)
    if not amount.lost_on_growth:
        kept[item, owner] = max(has, amount.euro)
    return max(0.0, amount.euro - has)


def _model(knowledge: Knowledge, region: Region, result: Costs) -> _Model:
    people = crew(knowledge, region)
    values = people.model.kengetallen
    if not 0 <= values.get("discount_rate", np.nan) <= 1:
        raise CostsError("discount_rate", values.get("discount_rate"), "share")
    calls = own_calls(knowledge, region, result)
    if region.costs.sites == "equal":
        calls = dict.fromkeys(calls, result.calls_per_day * values["opening_days"] / len(calls))
    years = region.costs.years
    return _Model(
        knowledge=knowledge,
        crew=people,
        calls=calls,
        first_year=years[0],
        period=years[-1] - years[0] + 1,
        years={name: _whole(values, name) for name in ("route_years", "growth_after_years")},
        had=_had(knowledge, region),
    )


def _had(knowledge: Knowledge, region: Region) -> list[tuple[str, str]]:
    owners = [("", None), *((name, name) for name in region.municipalities)]
    return [
        (item, owner)
        for item in knowledge.investments
        for owner, name in owners
        if had(region, item, name)
    ]


def _whole(values: Mapping[str, float], kengetal: str) -> int:
    value = values.get(kengetal)
    if value is None or not 1 <= value <= joining.MOST_YEARS or value != int(value):
        raise CostsError(kengetal, value, "whole_years")
    return int(value)


def _payback(years: Sequence[RouteYear], nothing: Sequence[RouteYear]) -> float | None:
    """The moment from which the savings stay ahead of the investments."""
    moment: float | None = 0.0
    ahead = 0.0
    for at, (year, other) in enumerate(zip(years, nothing, strict=True)):
        start = ahead - year.investment
        saving = other.total - year.operations
        ahead = start + saving
        if ahead < 0:
            moment = None
        elif start < 0:
            moment = at - start / saving
    return moment
