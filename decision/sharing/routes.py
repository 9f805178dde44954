"""The money of the routes to a form, each on the basis of the plan.

Hoofdstuk 6 of "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008): who first builds
an entrance of his own writes it off when the joint one comes; who starts jointly with some and
adds the others does not. Here each route is followed year by year, as money that is spent, by who
goes live when (`decision.roadmap.routes`):

    cost of a year     = operations + investment, in euro: the cash of `money`
    investment         = what is bought in that year, less what was bought before and keeps its use
    write-off          = what the investments cost that a municipality leaves behind; it was spent
                         in an earlier year, so it is shown but not counted once more
    present value      = sum over the years t = 0, 1, … of cost of year t / (1 + discount rate)^t
    net present value  = present value of doing nothing - present value of the route

The kengetallen `discount_rate` and `route_years` (how far to look) are used, at constant prices.
What wears out is not replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from decision.costs.inputs import CostsError
from decision.costs.result import Costs, costs
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.roadmap.dates import day_of
from decision.roadmap.routes import Way
from decision.sharing.course import Steps
from decision.sharing.gains import Underway
from decision.sharing.joining import MOST_YEARS
from decision.sharing.ledger import Ledger, ledger
from decision.sharing.pieces import Since
from decision.sharing.purchases import lost

__all__ = ["Kind", "Route", "RouteYear", "Trip", "routes", "trip"]

Kind: TypeAlias = Literal["nothing", "straight", "growing", "waves"]


@dataclass(frozen=True, slots=True)
class RouteYear(Result):
    """One year of a route: everybody's form at the end of it, calls, and euro spent or lost."""

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
    happen within the years (and for doing nothing itself). ``way`` is who goes where by which plan
    (None for doing nothing).
    """

    kind: Kind
    path: tuple[str, ...]
    years: tuple[RouteYear, ...]
    present_value: float
    net_present_value: float
    payback_years: float | None
    way: Way | None = None

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


class Trip(NamedTuple):
    """Who goes to which form on which day, by which forms, and the ``way`` of which that is."""

    kind: Kind
    path: tuple[str, ...]
    steps: Steps
    way: Way | None = None


def trip(knowledge: Knowledge, region: Region, way: Way) -> Trip:
    """The days of a route; who is on a form already does not go there."""
    steps = {
        name: tuple(Since(one.form, day_of(region, one.week)) for one in own)
        for name, own in way.live.items()
        if own[-1].form != region.municipalities[name].current.form
    }
    path = way.path
    if way.kind == "waves":
        today = (region.municipalities[name].current.form for name in steps)
        path = (*dict.fromkeys(one or knowledge.baseline for one in today), *path)
    return Trip(way.kind, path, steps, way)


def routes(
    knowledge: Knowledge,
    region: Region,
    trips: Iterable[Trip],
    *,
    result: Costs | None = None,
    chosen: tuple[Underway, ...] = (),
) -> tuple[Route, ...]:
    """What every route costs: first doing nothing, then each of the trips.

    Every route has the same years: from the first of the region, `route_years`, or more until the
    last route has arrived.

    Args:
        knowledge: the forms, their calculations and investments, and the kengetallen.
        region: the municipalities, their calls and the first year.
        trips: who goes where on which day; everybody else goes on as now.
        result: what `decision.costs.costs` gives for the region, for who has it already.
        chosen: what the region does beside a form, on every route but doing nothing.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    priced = result or costs(knowledge, region)
    ledgers = [ledger(knowledge, region, priced, {})]
    values = ledgers[0].desks.crew.model.kengetallen
    if not 0 <= values.get("discount_rate", np.nan) <= 1:
        raise CostsError("discount_rate", values.get("discount_rate"), "share")
    gone: list[Trip] = [Trip("nothing", (knowledge.baseline,), {}), *trips]
    ledgers += [ledger(knowledge, region, priced, one.steps, chosen=chosen) for one in gone[1:]]
    begin = date(region.costs.years[0], 1, 1)
    days = [begin, *(s.since for one in gone for way in one.steps.values() for s in way)]
    first = min(days).year
    last = max(first + _whole(values, "route_years") - 1, max(days).year)
    followed = [tuple(_follow(one, range(first, last + 1))) for one in ledgers]
    found: list[Route] = []
    for one, years in zip(gone, followed, strict=True):
        rate = 1 + values["discount_rate"]
        present = fsum(year.total / rate**at for at, year in enumerate(years))
        saved = found[0].present_value - present if found else 0.0
        payback = None if one.kind == "nothing" else _payback(years, followed[0])
        found.append(Route(one.kind, one.path, years, present, saved, payback, one.way))
    return tuple(found)


def _follow(way: Ledger, years: Sequence[int]) -> Iterator[RouteYear]:
    """A route year by year."""
    wasted = lost(way.purchases, way.course)
    for year, sums in way.years(years).items():
        bought = fsum(one.euro for one in way.purchases if one.day.year == year)
        yield RouteYear(
            year=year,
            forms={name: way.course.at(name, date(year, 12, 31)).form for name in sums.cash},
            calls=sums.calls,
            operations=fsum(sums.cash.values()) - bought,
            investment=bought,
            write_off=wasted.get(year, 0.0),
        )


def _whole(values: Mapping[str, float], kengetal: str) -> int:
    value = values.get(kengetal)
    if value is None or not 1 <= value <= MOST_YEARS or value != int(value):
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
