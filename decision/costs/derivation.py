"""One hour of one form written out, in steps that a reader can redo with a calculator.

For the first year and the busiest hour: calls, load, the chance of waiting by Erlang C and the
service level, with one agent too few and with enough; then the fte of all hours, and the price.
Where calls are answered on more sites than one, the steps are those of the largest site.

With A erlang of load and N agents, X(0) = 1 and X(n) = 1 + X(n-1) x n / A up to X(N) (one divided
by Erlang's B formula); the chance of waiting is N / ((N - A) x X(N) + A), and the share answered
in time 1 - chance x e^(-(N - A) x wait / handling time). `costs.staffing` does the same for
millions of hours. Times are in seconds, amounts in euro, shares from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import exp, fsum
from typing import Literal, TypeAlias

import numpy as np

from decision.costs.arithmetic import FIRST, SECOND, Line, Model, staffed
from decision.costs.result import Costs, FormCost, YearCost
from decision.costs.setup import model
from decision.costs.staffing import agents_needed
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "DECIMALS",
    "Derivation",
    "LineHour",
    "LinePrice",
    "ServiceLevel",
    "Site",
    "derivation",
]

Place: TypeAlias = Literal["one", "joint", "equal", "municipality", "part"]

DECIMALS = 6
"""The decimals of the load with which the steps go on, so that a reader can do so as well."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the calls of the hour are answered.

    ``share`` of the region's calls, rounded to `DECIMALS` (but not that of equal places);
    ``place`` is one place for all, the largest of the joint places, any of the equal ones, a
    ``municipality`` or the largest part of one. ``sites`` is how many places there are in the
    region, ``municipality`` the id of whose it is (None where it is everybody's).
    """

    place: Place
    share: float
    sites: int
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """So many agents: X of that number, the chance of waiting, and the share answered in time.

    With no more agents than erlang the queue grows without end: nothing is answered in time.
    """

    agents: int
    factor: float
    waiting: float
    in_time: float


@dataclass(frozen=True, slots=True)
class LineHour:
    """One line in the hour: what comes in, and how many agents that takes.

    ``calls`` are not rounded, ``load`` is, to `DECIMALS`; ``factors`` are X(0) up to X(N).
    ``enough`` meets the ``target`` within ``wait`` seconds and ``fewer`` (one agent less) does
    not; ``agents`` are more than those of ``enough`` where a cap on the occupancy asks for it, or
    where that is the ``smallest_crew`` of a location.
    """

    calls: float
    handling: float
    load: float
    target: float
    wait: float
    factors: tuple[float, ...]
    fewer: ServiceLevel
    enough: ServiceLevel
    agents: int
    smallest_crew: int

    @property
    def crewed(self) -> bool:
        """Whether they are the smallest crew, and more than the service target asks."""
        return self.agents == self.smallest_crew > self.enough.agents

    @property
    def capped(self) -> bool:
        """Whether the cap on the occupancy asks for more agents than the service target."""
        return self.agents > self.enough.agents and not self.crewed


@dataclass(frozen=True, slots=True)
class LinePrice:
    """From agents to a price: those of all hours and sites of a day, the fte, wage and price."""

    agents: int
    fte: float
    wage: float
    calls: float
    price: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """All steps from the calls of a year to the cost per call of the ``cost`` of a form.

    ``passed_on`` is the share that goes to the second line; without it there is no such line, and
    nothing to pay for it. ``departments`` is where ``second`` answers. ``running`` is paid every
    year for all items. ``decimals`` of the parts of the cost per call give, added up, the same
    cents as the whole.
    """

    cost: FormCost
    year: YearCost
    opening_days: float
    calls_a_day: float
    start: str
    share: float
    site: Site
    first: LineHour
    passed_on: float
    departments: Site
    second: LineHour | None
    hours_per_fte: float
    first_price: LinePrice
    second_price: LinePrice
    depreciation_years: float
    running: float
    decimals: int


def derivation(knowledge: Knowledge, region: Region, costs: Costs, form: str) -> Derivation | None:
    """The steps for a form, its first year and its busiest hour; None where nobody calls.

    Args:
        knowledge: The calculation of the form, and the kengetallen.
        region: The region; its own kengetallen and profile go before the general ones.
        costs: What `decision.costs.costs` gives for them.
        form: The id of a form that the knowledge has a calculation for.

    Raises:
        KeyError: The knowledge has no calculation for the form.
    """
    cost = costs.forms[form]
    year = cost.years[min(cost.years)]
    hour = max(year.hours, key=lambda one: one.share, default=None)
    passed_on = 1 - year.direct
    if hour is None or not hour.calls:
        return None
    basis = model(knowledge, region)
    used, site = basis.kengetallen, _site(basis, knowledge, region, form)
    wages = used[knowledge.calculations[form].wage], used["wage_second_line"]
    agents = (
        sum(one.agents_first_line for one in year.hours),
        sum(one.agents_second_line for one in year.hours),
    )
    departments = _departments(basis, region)
    calls_on = hour.calls * passed_on * departments.share
    return Derivation(
        cost=cost,
        year=year,
        opening_days=used["opening_days"],
        calls_a_day=year.calls / used["opening_days"],
        start=hour.start,
        share=hour.share,
        site=site,
        first=_hour(basis, FIRST, hour.calls * site.share, year.handling_first_line),
        passed_on=passed_on,
        departments=departments,
        second=_hour(basis, SECOND, calls_on, used["handling_second_line"]) if calls_on else None,
        hours_per_fte=used["hours_per_fte"],
        first_price=LinePrice(
            agents[0], year.fte_first_line, wages[0], year.calls, year.price_first_line
        ),
        second_price=LinePrice(
            agents[1],
            year.fte_second_line,
            wages[1],
            year.calls * passed_on,
            year.price_second_line,
        ),
        depreciation_years=used["depreciation_years"],
        running=fsum(cost.running_costs.values()),
        decimals=_decimals(
            (year.price_first_line, 1.0),
            (year.price_second_line, passed_on),
            (year.depreciation, 1.0),
            (year.running_costs, 1.0),
            (year.other_channels, 1.0),
        ),
    )


def _site(basis: Model, knowledge: Knowledge, region: Region, form: str) -> Site:
    """The largest site where the first line of a form answers calls."""
    sites, members = basis.sites, tuple(region.municipalities)
    if knowledge.calculations[form].sites == "one":
        places = len(region.costs.joint_sites or (1.0,))
        share = round(float(sites.joint.max()), DECIMALS)
        return Site("joint" if places > 1 else "one", share, places)
    if sites.member is None:
        return Site("equal" if len(members) > 1 else "one", 1 / len(members), len(members))
    places = sum(len(one.sites or (1.0,)) for one in region.municipalities.values())
    shares = basis.at().sites[0, : sites.part.size]
    at = int(shares.argmax())
    place: Place = "part" if sites.part[at] < 1 else "municipality" if places > 1 else "one"
    return Site(place, round(float(shares[at]), DECIMALS), places, members[sites.member[at]])


def _departments(basis: Model, region: Region) -> Site:
    """The largest second line."""
    of, members = basis.sites.departments, tuple(region.municipalities)
    if not of.size or len(members) == 1:
        return Site("one", 1.0, 1)
    if basis.sites.member is None:
        return Site("equal", 1 / len(members), len(members))
    shares = basis.at().sites[0, -of.size :]
    at = int(shares.argmax())
    share = round(float(shares[at]), DECIMALS)
    return Site("municipality", share, len(members), members[of[at]])


def _hour(basis: Model, line: Line, calls: float, handling: float) -> LineHour:
    """The steps of a line for the calls in the hour."""
    target, wait = (basis.kengetallen[name] for name in ("service_target", "answer_within"))
    enough = int(agents_needed(calls, handling, target, wait))
    known = [np.array(one) for one in (calls, handling, target, wait)]
    agents = int(staffed(basis, line, *known))
    load = round(calls * handling / 3600, DECIMALS)
    numbers, patience = range(1, enough + 1), wait / handling
    factors = tuple(accumulate(numbers, lambda x, n: 1 + x * n / load, initial=1.0))
    return LineHour(
        calls=calls,
        handling=handling,
        load=load,
        target=target,
        wait=wait,
        factors=factors,
        fewer=_crew(load, enough - 1, factors[-2], patience),
        enough=_crew(load, enough, factors[-1], patience),
        agents=agents,
        smallest_crew=basis.smallest_crew if line == FIRST else 1,
    )


def _crew(load: float, agents: int, factor: float, patience: float) -> ServiceLevel:
    spare = agents - load
    if spare <= 0:
        return ServiceLevel(agents, factor, 1.0, 0.0)
    waiting = agents / (spare * factor + load)
    return ServiceLevel(agents, factor, waiting, 1 - waiting * exp(-spare * patience))


def _decimals(*parts: tuple[float, float]) -> int:
    """The fewest decimals (from four) of the amounts that give the same cents when added up."""
    amounts, times = np.array(parts).T
    whole = round(float(amounts @ times), 2)
    enough = (n for n in range(4, 10) if round(float(amounts.round(n) @ times), 2) == whole)
    return next(enough, 10)
