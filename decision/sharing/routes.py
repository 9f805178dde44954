"""By which route to a joint form: at once, by way of a lesser form, or as the plan has it.

Hoofdstuk 6 of "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008): who first builds
an entrance of his own writes it off when the joint one comes; who starts jointly with some and
adds the others does not. Here each route is followed year by year, as money that is spent:

    cost of a year     = operations + investment, in euro: the cash of `money`
    investment         = what is bought in that year, less what was bought before and keeps its use
    write-off          = what the investments cost that a municipality leaves behind; it was spent
                         in an earlier year, so it is shown but not counted once more
    present value      = sum over the years t = 0, 1, … of cost of year t / (1 + discount rate)^t
    net present value  = present value of doing nothing - present value of the route

The kengetallen `discount_rate`, `route_years` (how far to look) and `growth_after_years` (how long
a lesser form lasts) are used, at constant prices. What wears out is not replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal, TypeAlias

import numpy as np

from decision.costs.inputs import CostsError
from decision.costs.result import Costs, costs
from decision.model.frozen import FrozenDict, Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.course import Steps
from decision.sharing.gains import Underway
from decision.sharing.joining import MOST_YEARS
from decision.sharing.ledger import Ledger, ledger
from decision.sharing.pieces import Since
from decision.sharing.purchases import lost

__all__ = ["Kind", "Route", "RouteYear", "routes"]

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
    joins: Mapping[str, Since] = FrozenDict(),
    *,
    result: Costs | None = None,
    chosen: tuple[Underway, ...] = (),
) -> tuple[Route, ...]:
    """Follow every route to a form: nothing, straight, growing through each lesser form, the plan.

    A lesser form is one other than today's that grows into ``form``, in one step or more; each
    step takes `growth_after_years`. Every route has the same years: from the first of the region,
    `route_years`, or more until the last route has arrived.

    Args:
        knowledge: the forms, their calculations and investments, and the kengetallen.
        region: the municipalities, their calls and the first year.
        form: the id of the joint form.
        joins: the plan: who goes to which form on which day. Without it that route is left out.
        result: what `decision.costs.costs` gives for the region, for who has it already.
        chosen: what the region does beside a form, on every route but doing nothing.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        KeyError: The form is not one of the knowledge.
    """
    priced = result or costs(knowledge, region)
    begin, wait = date(region.costs.years[0], 1, 1), "growth_after_years"
    ways: list[tuple[Kind, tuple[str, ...], Steps]] = [("nothing", (knowledge.baseline,), {})]
    ledgers = [ledger(knowledge, region, priced, {})]
    values = ledgers[0].desks.crew.model.kengetallen
    if not 0 <= values.get("discount_rate", np.nan) <= 1:
        raise CostsError("discount_rate", values.get("discount_rate"), "share")
    growth = _whole(values, wait)
    ways.append(("straight", (form,), _all_along(knowledge, region, (form,), begin, growth)))
    ways += [
        ("growing", path, _all_along(knowledge, region, path, begin, growth))
        for path in _paths(knowledge, form)
    ]
    if joins:
        today = (region.municipalities[name].current.form for name in joins)
        path = (*dict.fromkeys(one or knowledge.baseline for one in today), form)
        ways.append(("waves", path, {name: (one,) for name, one in joins.items()}))
    ledgers += [ledger(knowledge, region, priced, steps, chosen=chosen) for _, _, steps in ways[1:]]
    days = [begin, *(one.since for _, _, steps in ways for way in steps.values() for one in way)]
    first = min(days).year
    last = max(first + _whole(values, "route_years") - 1, max(days).year)
    followed = [tuple(_follow(one, range(first, last + 1))) for one in ledgers]
    found: list[Route] = []
    for (kind, path, _), years in zip(ways, followed, strict=True):
        rate = 1 + values["discount_rate"]
        present = fsum(year.total / rate**at for at, year in enumerate(years))
        saved = found[0].present_value - present if found else 0.0
        payback = None if kind == "nothing" else _payback(years, followed[0])
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


def _all_along(
    knowledge: Knowledge, region: Region, path: Sequence[str], begin: date, growth: int
) -> Steps:
    """All municipalities from form to form together, each from what it has in use now."""
    steps = [
        Since(form, begin.replace(year=begin.year + at * growth)) for at, form in enumerate(path)
    ]
    found = {}
    for name, one in region.municipalities.items():
        used = one.current.form or knowledge.baseline
        way = steps[path.index(used) + 1 :] if used in path else steps
        if way:
            found[name] = tuple(way)
    return found


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
