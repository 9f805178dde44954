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

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from decision.costs.inputs import values
from decision.costs.result import Costs
from decision.model.figures import Calculation
from decision.model.frozen import FrozenDict, Result
from decision.model.knowledge import Knowledge
from decision.model.projects import Project, Steering
from decision.model.region import Region
from decision.model.values import first_day
from decision.roadmap.plan import Roadmap
from decision.sharing.course import Course
from decision.sharing.gains import Kind, Underway, in_full, underway
from decision.sharing.ledger import Ledger, Sums, ledger
from decision.sharing.pieces import Since
from decision.sharing.purchases import Purchase

__all__ = [
    "ChosenMoney",
    "Offer",
    "PlanMoney",
    "PlanYear",
    "TownMoney",
    "money_of",
    "on_offer",
    "plan_joins",
    "plan_money",
]

_ROUND_OFF = 1e-9  # of a year
_HALF_A_CENT = 0.005


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
    cost less that of going on as now, so that a saving is negative. ``projects`` and
    ``channel_steering`` are what the region chose beside a form changes; they are in both.
    """

    cost: float
    cash: float
    baseline: float
    difference: float
    fte_first_line: float
    fte_second_line: float
    baseline_fte_first_line: float
    baseline_fte_second_line: float
    projects: float
    channel_steering: float

    @property
    def fte(self) -> float:
        """Staff in both lines."""
        return self.fte_first_line + self.fte_second_line

    @property
    def baseline_fte(self) -> float:
        """Staff in both lines when all go on as now."""
        return self.baseline_fte_first_line + self.baseline_fte_second_line

    @property
    def outlay(self) -> float:
        """How much more is spent in the year than going on as now costs (negative: less)."""
        return self.cash - self.baseline


@dataclass(frozen=True, slots=True)
class ChosenMoney(Result):
    """What a project or a way of steering that the region chose changes, by year and municipality.

    ``since`` has who takes part, and from when it counts; ``late`` is a project that belongs
    before a joint centre opens, and starts later. ``in_full`` is what it comes to in a year once it
    runs in full (None: no source gives an amount), with the ``fte`` that it saves then.
    """

    kind: Kind
    id: str
    since: Mapping[str, date]
    late: bool
    in_full: float | None
    fte: float
    years: Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class PlanMoney(Result):
    """The money of a plan: of every year, in all and for each municipality.

    ``investment`` is what is bought over the whole plan, also outside its years. ``settled`` is the
    first whole year in which everybody has come to what its form promises and all is written off
    (None where nobody joins), ``settled_municipalities`` what that year costs each.
    """

    years: Mapping[int, PlanYear]
    settled: tuple[int, PlanYear] | None
    investment: float
    municipalities: Mapping[str, Mapping[int, TownMoney]]
    settled_municipalities: Mapping[str, TownMoney]
    chosen: tuple[ChosenMoney, ...] = ()


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
    joins, chosen = plan_joins(region, plan, undecided), underway(knowledge, region, plan)
    return money_of(knowledge, region, costs, joins, chosen=chosen)


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
    chosen: tuple[Underway, ...] = (),
) -> PlanMoney:
    """What it costs when some municipalities go to another form on some day, and the others not.

    Who is in different ``groups`` goes to a form with its own group: each has its own centre and
    pays its own items. The second line is that of the region whatever the groups are. ``outside``
    has the calls a year of municipalities that join from outside it: they have a second line of
    their own, so that for the others going on as now costs what it does without them. What is
    ``chosen`` beside a form counts for the plan and not for going on as now.
    """
    steps = {name: (one,) for name, one in joins.items()}
    planned = ledger(knowledge, region, costs, steps, groups, outside, chosen)
    going_on = ledger(knowledge, region, costs, {}, outside=outside)
    ends = _ends(knowledge, region, joins, planned.purchases, chosen)
    return _beside(planned, going_on, region.costs.years, ends)


def _ends(
    knowledge: Knowledge,
    region: Region,
    joins: Mapping[str, Since],
    bought: Iterable[Purchase],
    chosen: Iterable[Underway],
) -> range:
    """The years from the first whole one in which nothing grows to one with all written off.

    How soon that is hangs on the calls of all who join, so it may be before the last of these.
    """
    years = values(knowledge, region)["depreciation_years"]
    grown = [
        _first_year(one.since) + knowledge.calculations[one.form].years - 1
        for one in joins.values()
    ]
    worn = (
        _first_year(one.day) + _writing_off(knowledge.calculations[one.centre[0]], years)
        for one in bought
        if one.euro
    )
    if not grown:
        return range(0)
    first = max([*grown, *(one.grown for one in chosen)])
    return range(first, max([first, *worn]) + 1)


def _first_year(day: date) -> int:
    """The first whole year from a day on."""
    return day.year + (day > date(day.year, 1, 1))


def _writing_off(promise: Calculation, years: float) -> int:
    """The whole years in which all is written off, over calls that grow fewer than at first."""
    left, volume, whole = years, 1.0, 0
    while left > _ROUND_OFF:
        left -= volume
        whole += 1
        if whole < promise.years:
            volume *= 1 - promise.calls_avoided
        if volume <= _ROUND_OFF:  # nobody calls any more
            break
    return whole


def _beside(planned: Ledger, going_on: Ledger, listed: Sequence[int], ends: range) -> PlanMoney:
    """The years of a plan beside those of going on as now; it is settled in one of the ``ends``."""
    wanted = (*listed, *(year for year in ends if year not in listed))
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
            projects=_of_kind(plan, "project"),
            channel_steering=_of_kind(plan, "channel_steering"),
        )
        for name, euro in plan.cost.items():
            own = TownMoney(euro, plan.cash[name], euro - as_now.cost[name])
            towns.setdefault(name, {})[year] = own
    wearing = [year for year in ends if abs(years[year].cost - years[year].cash) > _HALF_A_CENT]
    last = max([ends.start, *(year + 1 for year in wearing)]) if ends else None
    return PlanMoney(
        years=FrozenDict({year: one for year, one in years.items() if year in listed}),
        settled=None if last is None else (last, years[last]),
        investment=fsum(one.euro for one in planned.purchases),
        municipalities=FrozenDict(
            {
                name: FrozenDict({year: one for year, one in of.items() if year in listed})
                for name, of in towns.items()
            }
        ),
        settled_municipalities=FrozenDict(
            {} if last is None else {name: of[last] for name, of in towns.items()}
        ),
        chosen=tuple(
            _chosen(planned, one, {year: plans[year] for year in listed})
            for one in planned.gains.chosen
        ),
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen, what it saves or costs in a year in full if all took part, and once.

    ``in_full`` is None where no source gives an amount; a saving is negative. ``fte`` are those
    that it saves then. All three are None where nobody knows how large some municipality is.
    """

    kind: Kind
    id: str
    offered: Project | Steering
    in_full: float | None
    fte: float | None
    once: float | None


def on_offer(knowledge: Knowledge, region: Region, costs: Costs) -> tuple[Offer, ...]:
    """All that can be chosen beside a form, for all municipalities as they are now."""
    offered: dict[Kind, Mapping[str, Project | Steering]] = {
        "project": knowledge.projects,
        "channel_steering": knowledge.channel_steering,
    }
    today = date.fromisoformat(first_day(region.reference_date))
    everybody = dict.fromkeys(region.municipalities, today)
    chosen = tuple(
        Underway(kind, name, one, everybody)
        for kind, of in offered.items()
        for name, one in of.items()
    )
    if not costs.forms:
        return tuple(Offer(one.kind, one.id, one.offered, None, None, None) for one in chosen)
    now = ledger(knowledge, region, costs, {}, chosen=chosen)
    states = {name: now.course.state(name, today) for name in everybody}
    return tuple(
        Offer(
            kind=one.kind,
            id=one.id,
            offered=one.offered,
            in_full=in_full(now.gains, one.offered, states),
            fte=now.gains.fte(one.offered, everybody),
            once=now.gains.worth(getattr(one.offered, "once", None), everybody),
        )
        for one in chosen
    )


def _of_kind(year: Sums, kind: Kind) -> float:
    """What all projects, or all ways of steering, change in a year."""
    return fsum(euro for of, each in year.gained.items() if of[0] == kind for euro in each.values())


def _chosen(planned: Ledger, one: Underway, years: Mapping[int, Sums]) -> ChosenMoney:
    """What the region chose beside a form, in the years that are listed."""
    course, project = planned.course, one.offered
    opened = [step.since for way in course.steps.values() for step in way if _joint(course, step)]
    opened += [now.since for now in course.now.values() if _joint(course, now)]
    early = isinstance(project, Project) and project.before_opening and bool(opened)
    states = {name: course.state(name, course.reference) for name in one.since}
    return ChosenMoney(
        kind=one.kind,
        id=one.id,
        since=one.since,
        late=early and any(day > min(opened) for day in one.since.values()),
        in_full=in_full(planned.gains, one.offered, states),
        fte=planned.gains.fte(one.offered, one.since),
        years={
            year: {name: sums.gained.get(one.kind_and_id, {}).get(name, 0.0) for name in one.since}
            for year, sums in years.items()
        },
    )


def _joint(course: Course, step: Since) -> bool:
    """Whether a form has one centre for all on it."""
    return course.knowledge.calculations[step.form].sites == "one"
