"""The money of the plan: who is on which form from when, and what that costs, year by year.

Everything is priced by one method, that of the publication (bijlage D, 2008) taken apart so that it
works for any set of municipalities:

    first line     one centre: Erlang C on the calls of those who are on the form; where each
                   answers for itself: its own calls, or with equal sites its share, by calls, of
                   what the region needs
    second line    staffed once for all calls that are passed on in the region, from whatever form,
                   and divided by them (`second_line: pooled`), or in each municipality (`own`)
    depreciation   investment / years / calls of the first year, for each call, until it is written
                   off; what a municipality buys for itself is written off over its own calls

*Cost* (lasten) is wages, what is paid every year, other channels and depreciation; *cash* (kas) has
the investments in the year in which they are made in place of depreciation. Going on as now is
the same method on what everybody has in use. A year is cut where somebody goes live or has been
live for a whole number of years, and each piece counts for its length.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, fsum

from decision.costs.inputs import values
from decision.costs.result import Costs
from decision.model.frozen import FrozenDict, Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import first_day
from decision.roadmap.plan import Roadmap
from decision.sharing.ledger import Ledger, ledger
from decision.sharing.pieces import Since

__all__ = ["PlanMoney", "PlanYear", "TownMoney", "money_of", "plan_joins", "plan_money"]


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
    baseline_fte_first_line: float
    baseline_fte_second_line: float

    @property
    def fte(self) -> float:
        """Staff in both lines."""
        return self.fte_first_line + self.fte_second_line

    @property
    def baseline_fte(self) -> float:
        """Staff in both lines when all go on as now."""
        return self.baseline_fte_first_line + self.baseline_fte_second_line


@dataclass(frozen=True, slots=True)
class PlanMoney(Result):
    """The money of a plan: of every year, in all and for each municipality.

    ``investment`` is what is bought over the whole plan, also outside its years. ``settled`` is the
    first whole year in which everybody has come to what its form promises and all is written off
    (None where nobody joins).
    """

    years: Mapping[int, PlanYear]
    settled: tuple[int, PlanYear] | None
    investment: float
    municipalities: Mapping[str, Mapping[int, TownMoney]]


def plan_money(
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    plan: Roadmap,
    undecided: Collection[str] = (),
) -> PlanMoney:
    """What a plan costs: everybody on the form it comes to, from the week in which it goes live.

    Args:
        knowledge: The forms with their calculations and items, and the kengetallen.
        region: The municipalities, what they have in use, and the years to price.
        costs: What `decision.costs.costs` gives for the region.
        plan: Who goes live in which form, and when.
        undecided: Who joins as well, of those of whom the plan does not know whether they do.
    """
    return money_of(knowledge, region, costs, plan_joins(region, plan, undecided))


def plan_joins(region: Region, plan: Roadmap, undecided: Collection[str] = ()) -> dict[str, Since]:
    """Who by a plan goes to another form than it has in use, and on which day.

    The ``undecided`` join when all of their open work is done, and not before the first wave.
    """
    start = date.fromisoformat(first_day(region.reference_date))
    going = {name: (plan.municipalities[name].form, week) for name, week in plan.live.items()}
    for name in undecided:
        part = plan.municipalities[name]
        if part.may_join is not None and part.ready is not None:
            going[name] = (
                part.may_join,
                max([part.ready.latest, *(one.week for one in plan.waves[:1])]),
            )
    return {
        name: Since(form, start + timedelta(weeks=week))
        for name, (form, week) in going.items()
        if region.municipalities[name].current.form != form
    }


def money_of(  # noqa: PLR0913 - the last two are options with a default
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    joins: Mapping[str, Since],
    groups: Mapping[str, str] = FrozenDict(),
    outside: Mapping[str, float] = FrozenDict(),
) -> PlanMoney:
    """What it costs when some municipalities go to another form on some day, and the others not.

    Who is in different ``groups`` goes to a form with its own group: each has its own centre and
    pays its own items. The second line is that of the region whatever the groups are. ``outside``
    has the calls a year of municipalities that join from outside it: they have a second line of
    their own, so that for the others going on as now costs what it does without them.
    """
    steps = {name: (one,) for name, one in joins.items()}
    planned = ledger(knowledge, region, costs, steps, groups, outside)
    going_on = ledger(knowledge, region, costs, {}, outside=outside)
    last = _settled(knowledge, region, joins)
    return _beside(planned, going_on, region.costs.years, last)


def _settled(knowledge: Knowledge, region: Region, joins: Mapping[str, Since]) -> int | None:
    """The first whole year in which no promise grows and no investment is written off any more."""
    depreciation = ceil(values(knowledge, region)["depreciation_years"])
    ends = (
        one.since.year + 1 + max(knowledge.calculations[one.form].years, depreciation)
        for one in joins.values()
    )
    return max(ends, default=None)


def _beside(
    planned: Ledger, going_on: Ledger, listed: Sequence[int], last: int | None
) -> PlanMoney:
    """The years of a plan beside those of going on as now."""
    wanted = (*listed, *((last,) if last is not None and last not in listed else ()))
    plans, nows = planned.years(wanted), going_on.years(wanted)
    years, towns = {}, dict[str, dict[int, TownMoney]]()
    for year, plan in plans.items():
        as_now = nows[year]
        cost, base = fsum(plan.cost.values()), fsum(as_now.cost.values())
        years[year] = PlanYear(
            cost=cost,
            cash=fsum(plan.cash.values()),
            baseline=base,
            difference=cost - base,
            fte_first_line=plan.fte_first,
            fte_second_line=plan.fte_second,
            baseline_fte_first_line=as_now.fte_first,
            baseline_fte_second_line=as_now.fte_second,
        )
        for name, euro in plan.cost.items() if year in listed else ():
            own = TownMoney(euro, plan.cash[name], euro - as_now.cost[name])
            towns.setdefault(name, {})[year] = own
    return PlanMoney(
        years=FrozenDict({year: one for year, one in years.items() if year in listed}),
        settled=None if last is None else (last, years[last]),
        investment=fsum(one.euro for one in planned.purchases),
        municipalities=FrozenDict({name: FrozenDict(of) for name, of in towns.items()}),
    )
