"""The money of the plan: who is on which form from when, and what that costs, year by year.

Everything is priced by one method, that of the publication (bijlage D, 2008) taken apart so that it
works for any set of municipalities:

    first line     one centre: Erlang C on the calls of those who are on the form; where each
                   answers for itself: its own calls, or with equal sites its share, by calls, of
                   what the region needs
    second line    staffed once for all calls that are passed on in the region, from whatever form,
                   and divided by them
    depreciation   investment / years / calls of the first year, for each call, until it is written
                   off; what a municipality buys for itself is written off over its own calls

*Cost* (lasten) is wages, what is paid every year, other channels and depreciation; *cash* (kas) has
the investments in the year in which they are made in place of depreciation. Going on as now is
the same method on what everybody has in use. A year is cut where somebody goes live or has been
live for a whole number of years, and each piece counts for its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import fsum

import numpy as np

from decision.costs.crews import Crew, crew
from decision.costs.result import Costs, own_calls
from decision.costs.setup import had, items
from decision.model.frozen import FrozenDict, Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import first_day
from decision.roadmap.plan import Roadmap
from decision.sharing.pieces import (
    Depreciation,
    Piece,
    Since,
    State,
    anniversaries,
    shared,
    years_between,
)

__all__ = ["PlanMoney", "PlanYear", "TownMoney", "money_of", "plan_money"]


@dataclass(frozen=True, slots=True)
class TownMoney:
    """What a year costs one municipality, and how much more (or less) than going on as now."""

    cost: float
    cash: float
    difference: float


@dataclass(frozen=True, slots=True)
class PlanYear:
    """What a year of the plan asks and costs the region, beside going on as now.

    ``cost`` has depreciation in it, ``cash`` the investments of the year; ``difference`` is the
    cost less that of going on as now, so that a saving is negative.
    """

    cost: float
    cash: float
    baseline: float
    difference: float
    fte_first_line: float
    fte_second_line: float
    baseline_fte: float

    @property
    def fte(self) -> float:
        """Staff in both lines."""
        return self.fte_first_line + self.fte_second_line


@dataclass(frozen=True, slots=True)
class PlanMoney(Result):
    """The money of a plan: of every year, in all and for each municipality.

    ``investment`` is what is bought over the whole plan, also outside its years.
    """

    years: Mapping[int, PlanYear]
    investment: float
    municipalities: Mapping[str, Mapping[int, TownMoney]]


def plan_money(knowledge: Knowledge, region: Region, costs: Costs, plan: Roadmap) -> PlanMoney:
    """What a plan costs: everybody on the form it comes to, from the week in which it goes live.

    Args:
        knowledge: The forms with their calculations and items, and the kengetallen.
        region: The municipalities, what they have in use, and the years to price.
        costs: What `decision.costs.costs` gives for the region.
        plan: Who goes live in which form, and when.
    """
    start = date.fromisoformat(first_day(region.reference_date))
    joins = {}
    for name, week in plan.live.items():
        form = plan.municipalities[name].form
        if region.municipalities[name].current.form != form:
            joins[name] = Since(form, start + timedelta(weeks=week))
    return money_of(knowledge, region, costs, joins)


def money_of(
    knowledge: Knowledge, region: Region, costs: Costs, joins: Mapping[str, Since]
) -> PlanMoney:
    """What it costs when some municipalities go to another form on some day, and the others not."""
    prices = _Prices(
        knowledge,
        region,
        crew(knowledge, region),
        own_calls(knowledge, region, costs),
        _buys(knowledge, region, joins),
    )
    now = {name: prices.today(name) for name in region.municipalities}
    planned, going_on = prices.years(now, joins), prices.years(now, {})
    years, towns = {}, dict[str, dict[int, TownMoney]]()
    for year in region.costs.years:
        plan, as_now = planned[year], going_on[year]
        cost, base = plan.total(plan.cost), as_now.total(as_now.cost)
        years[year] = PlanYear(
            cost=cost,
            cash=plan.total(plan.cash),
            baseline=base,
            difference=cost - base,
            fte_first_line=plan.fte_first,
            fte_second_line=plan.fte_second,
            baseline_fte=as_now.fte_first + as_now.fte_second,
        )
        for name, euro in plan.cost.items():
            own = TownMoney(euro, plan.cash[name], euro - as_now.cost[name])
            towns.setdefault(name, {})[year] = own
    return PlanMoney(
        years=FrozenDict(years),
        investment=fsum(prices.buys.values()),
        municipalities=FrozenDict({name: FrozenDict(of) for name, of in towns.items()}),
    )


@dataclass(slots=True)
class _Sums:
    """What one year adds up to, in euro by municipality and in fte."""

    cost: dict[str, float]
    cash: dict[str, float]
    fte_first: float = 0.0
    fte_second: float = 0.0

    @staticmethod
    def total(euro: Mapping[str, float]) -> float:
        """All municipalities together."""
        return fsum(euro.values())


@dataclass(frozen=True, slots=True)
class _Prices:
    """The prices of a region; ``calls`` are those of each municipality a year today.

    ``buys`` is what is bought for each form, by the region (``""``) and by each municipality.
    """

    knowledge: Knowledge
    region: Region
    crew: Crew
    calls: Mapping[str, float]
    buys: Mapping[tuple[str, str], float]

    def today(self, name: str) -> Since:
        """What a municipality has in use now, and since when."""
        current = self.region.municipalities[name].current
        reference = self.region.reference_date
        since = date.fromisoformat(first_day(current.since or reference))
        return Since(current.form or self.knowledge.baseline, since)

    def years(self, now: Mapping[str, Since], joins: Mapping[str, Since]) -> dict[int, _Sums]:
        """Every year of the region, in the order of time."""
        last = self.region.costs.years[-1]
        begin = min([self.region.costs.years[0], *(one.since.year for one in joins.values())])
        years_of = self.crew.model.kengetallen["depreciation_years"]
        left = Depreciation(years_of, dict(self.buys))
        found: dict[int, _Sums] = {}
        for piece in self._pieces(now, joins, begin, last):
            if piece.year not in found:
                found[piece.year] = self._invest(piece.year, joins)
            sums = found[piece.year]
            self._wages(piece, sums)
            live = {
                n: one
                for n, one in piece.states.items()
                if n in joins and one.form == joins[n].form
            }
            for name, euro in left.charge(live, piece.length):
                sums.cost[name] += euro
        return found

    def _pieces(
        self, now: Mapping[str, Since], joins: Mapping[str, Since], first: int, last: int
    ) -> Iterator[Piece]:
        """The years cut where somebody goes live, or has been so for a whole number of years."""
        marks = {
            day
            for one in (*now.values(), *joins.values())
            for day in anniversaries(one.since, last)
        }
        for year in range(first, last + 1):
            ends = date(year, 1, 1), date(year + 1, 1, 1)
            days = sorted({*ends, *(day for day in marks if ends[0] < day < ends[1])})
            for start, end in pairwise(days):
                states = {
                    name: self._state(name, now[name], joins.get(name), start) for name in now
                }
                yield Piece(year, (end - start) / (ends[1] - ends[0]), states)

    def _state(self, name: str, now: Since, joins: Since | None, day: date) -> State:
        """What a municipality does on a day; calls that its form avoided before are today's."""
        at = joins if joins is not None and joins.since <= day else now
        promise = self.knowledge.calculations[at.form]
        passed = years_between(at.since, day)
        reference = date.fromisoformat(first_day(self.region.reference_date))
        before = years_between(at.since, reference) if at is now else -1
        held, earlier = min(passed, promise.years - 1), min(before, promise.years - 1)
        direct, handling = promise.direct, promise.handling_first_line
        kept = (1 - promise.calls_avoided) ** (held - earlier)
        return State(
            form=at.form,
            year=passed,
            calls=self.calls[name] * kept,
            passed_on=1 - direct[min(held, len(direct) - 1)],
            handling=handling[min(held, len(handling) - 1)],
        )

    def _invest(self, year: int, joins: Mapping[str, Since]) -> _Sums:
        """A year with nothing in it but what is bought in it."""
        sums = _Sums(dict.fromkeys(self.calls, 0.0), dict.fromkeys(self.calls, 0.0))
        opened = {form: min(one.since for one in joins.values() if one.form == form)
                  for form in {one.form for one in joins.values()}}  # fmt: skip
        for form, day in opened.items():
            if day.year == year:
                inside = {n: self.calls[n] for n, one in joins.items() if one == (form, day)}
                for name, share in shared(inside).items():
                    sums.cash[name] += share * self.buys[form, ""]
        for name, one in joins.items():
            if one.since.year == year:
                sums.cash[name] += self.buys[one.form, name]
        return sums

    def _wages(self, piece: Piece, sums: _Sums) -> None:
        """Staff of both lines, what is paid every year, and what other channels change."""
        states = piece.states
        by_form = {form: [n for n, one in states.items() if one.form == form]
                   for form in dict.fromkeys(one.form for one in states.values())}  # fmt: skip
        on = {name: one.calls * one.passed_on for name, one in states.items()}
        second = float(self.crew.second_line(np.array([fsum(on.values())]))[0])
        of_second = shared(on)
        for form, names in by_form.items():
            rates = self.crew.rates[form]
            for name, agents in self._first_line(form, {n: states[n] for n in names}):
                fte, euro = (float(one) for one in rates.first_line(np.array(agents)))
                sums.fte_first += fte * piece.length
                self._pay(sums, name, euro * piece.length)
            for name in names:
                fte, euro = (
                    float(one) for one in rates.second_line(np.array(second * of_second[name]))
                )
                sums.fte_second += fte * piece.length
                self._pay(sums, name, euro * piece.length)
            for name, euro in self._every_year(form, {n: states[n] for n in names}):
                self._pay(sums, name, euro * piece.length)

    def _pay(self, sums: _Sums, name: str, euro: float) -> None:
        sums.cost[name] += euro
        sums.cash[name] += euro

    def _first_line(self, form: str, states: Mapping[str, State]) -> Iterator[tuple[str, float]]:
        """The first-line agents of each municipality on a form, in all hours of a day."""
        calls = {name: one.calls for name, one in states.items()}
        times = np.array([one.handling for one in states.values()])
        if form in self.crew.joint:
            whole = fsum(calls.values())
            spent = fsum(one.calls * one.handling for one in states.values())
            mean = spent / whole if whole else fsum(times) / times.size
            agents = float(self.crew.together(np.array([whole]), np.array([mean]))[0])
            for name, share in shared(calls).items():
                yield name, agents * share
        elif self.region.costs.sites == "own":
            own = self.crew.apart([*calls], np.array([*calls.values()]), times)
            yield from zip(calls, own.tolist(), strict=True)
        else:
            today, count = fsum(self.calls.values()), len(self.calls)
            for name, one in states.items():
                volume = one.calls / self.calls[name] if self.calls[name] else 0.0
                site = np.array([today * volume / count])
                a_site = self.crew.on_one_site(site, np.array([one.handling]))
                share = self.calls[name] / today if today else 1 / count
                yield name, float(a_site[0]) * count * share

    def _every_year(self, form: str, states: Mapping[str, State]) -> Iterator[tuple[str, float]]:
        """Running costs, of the region by calls, and what contacts in other channels change."""
        running = self.crew.rates[form].running
        shares = shared({name: one.calls for name, one in states.items()})
        for name, one in states.items():
            moved = self.crew.moved_euro(
                form, np.array([self.calls[name]]), np.array([one.year + 1])
            )
            own = float(running.municipality) + float(running.region) * shares[name]
            yield name, own + float(moved[0])


def _buys(
    knowledge: Knowledge, region: Region, joins: Mapping[str, Since]
) -> dict[tuple[str, str], float]:
    """What must be bought for each form, by the region (``""``) and by each that joins.

    What the region buys for the form that opens first, it need not buy for another.
    """
    opened: dict[str, date] = {}
    for one in joins.values():
        opened[one.form] = min(opened.get(one.form, one.since), one.since)
    has: dict[str, float] = {}
    found: dict[tuple[str, str], float] = {}
    order = [*knowledge.forms]
    for form in sorted(opened, key=lambda form: (opened[form], -order.index(form))):
        paid = []
        for item, amount in items(knowledge.investments, form).items():
            if amount.per == "region" and not had(region, item):
                paid.append(max(0.0, amount.euro - has.get(item, 0.0)))
                has[item] = max(has.get(item, 0.0), amount.euro)
        found[form, ""] = fsum(paid)
    for name, one in joins.items():
        own = items(knowledge.investments, one.form).items()
        found[one.form, name] = fsum(
            amount.euro
            for item, amount in own
            if amount.per == "municipality" and not had(region, item, name)
        )
    return found
