"""How the cost model looks at a region: its years, locations and hours, and what is possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo

from decision.model.checks import (
    Checked,
    Fault,
    Given,
    Limits,
    Shaped,
    entries,
    fault,
    impossible,
    numbers,
    part,
    shares_not_one,
)
from decision.model.figures import LONGEST_CALL, ProfileHour
from decision.model.frozen import FrozenDict, Map
from decision.model.projects import NotCounted
from decision.model.values import EARLIEST, LATEST, Source, Text, Year

__all__ = [
    "AssumedYears",
    "CostBasis",
    "PriceLevel",
    "RegionCosts",
    "SiteShares",
    "faults_of_calls",
    "faults_of_member",
    "faults_of_prices",
    "faults_of_years",
]

SiteShares = Annotated[
    tuple[Annotated[float, Field(strict=True, gt=0, le=1)], ...],
    Field(min_length=1, max_length=100),
]
"""The share of the calls that each location answers."""

_MILLION = 1_000_000
Counted = Annotated[float, Field(strict=True, gt=0, le=1000 * _MILLION)]
IndexYear = Annotated[str, Shaped("not_a_date", "[0-9]{4}")]
PriceIndex = Annotated[float, Field(strict=True, gt=0, le=1e6)]
Occupancy = Annotated[float, Field(strict=True, ge=0.01, le=1)]
Patience = Annotated[float, Field(strict=True, gt=0, le=LONGEST_CALL)]
SmallestCrew = Annotated[int, Field(strict=True, ge=1, le=100)]
Shrinkage = Annotated[float, Field(strict=True, ge=0, le=0.9)]


class PriceLevel(Checked):
    """The year in whose prices all euro are told, with what prices were then and before.

    ``index`` has a number for every year of which a figure has its prices, and for ``year``; only
    how they relate counts.
    """

    year: Year
    index: Annotated[Map[IndexYear, PriceIndex], Field(min_length=1)]
    source: Source | None = None


class CostBasis(Checked):
    """How the cost model looks at this region.

    ``inhabitants_counted`` is the rounded total that the calculation uses (the members' own figures
    are scaled to it); ``sites: equal`` gives every municipality an equal share of the calls,
    ``own`` its own. ``second_line: pooled`` staffs the departments of all municipalities together,
    as the publication does, ``own`` those of each by themselves. ``joint_sites`` are the shares of
    the calls that each location of the joint centre answers (without it there is one); no hour of
    the first line is busier than ``occupancy_cap`` (a share of the agents' time), and none in which
    somebody calls has fewer agents at a location than ``smallest_crew``. ``shrinkage`` is the share
    of the time that those who are present do not answer: it says how many must be present and
    changes no cost, as the hours per fte are without that time already. ``patience`` is
    how long callers wait on average before they hang up (seconds), which tells how much Erlang C
    overstaffs and changes no cost. ``whole_calls`` rounds the calls of today to whole calls a day,
    as the publication does; ``not_counted`` is what its own amounts leave out.
    """

    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    sites: Literal["equal", "own"] = "own"
    second_line: Literal["pooled", "own"] = "own"
    inhabitants_counted: Counted | None = None
    whole_calls: bool = False
    price_level: PriceLevel | None = None
    joint_sites: SiteShares | None = None
    hourly_profile: tuple[ProfileHour, ...] | None = None
    occupancy_cap: Occupancy | None = None
    smallest_crew: SmallestCrew | None = None
    shrinkage: Shrinkage | None = None
    patience: Patience | None = None
    not_counted: Map[str, NotCounted] = Field(default_factory=FrozenDict)
    note: Text | None = None
    source: Source | None = None

    @classmethod
    def faults(cls, given: Given, known: Given) -> Iterator[Fault]:  # noqa: ARG003
        """Hours or locations that do not add up to 1, or years out of order."""
        yield from shares_not_one(given.get("joint_sites"), ("joint_sites",))
        yield from shares_not_one(given.get("hourly_profile"), ("hourly_profile",), key="share")
        yield from faults_of_years(given, "years")


def faults_of_years(given: Given, key: str) -> Iterator[Fault]:
    """Years that do not go up."""
    years = given.get(key)
    ascending = numbers(years) if isinstance(years, list | tuple) else None
    if ascending and ascending != sorted(set(ascending)):
        yield fault("years_not_ascending", (key,))


AssumedYears = Annotated[
    tuple[Annotated[int, Field(strict=True, ge=0, le=100)], ...], Field(min_length=1)
]
"""How long after its reference date lie the years of a region that names none."""

_NONE_GIVEN = object()


def _with_years(given: object, info: ValidationInfo) -> object:
    """The basis of a region that gives none: the years that the knowledge assumes."""
    if given is not _NONE_GIVEN:
        return given
    now = int(info.data.get("reference_date", str(EARLIEST))[:4])
    after = (info.context or {}).get("assumed years", [1])
    years = [now + years for years in after if now + years <= LATEST]
    return {"years": years or [LATEST]}


RegionCosts = Annotated[
    CostBasis,
    BeforeValidator(_with_years),
    Field(default_factory=lambda: _NONE_GIVEN, validate_default=True),
]
"""The basis of a region, which it need not give."""


_LIMITS = {
    "inhabitants": Limits(1, 100 * _MILLION, whole=True),
    "households": Limits(1, 100 * _MILLION, whole=True),
    "calls_per_year": Limits(1, 1000 * _MILLION, whole=True),
}
"""What is possible for a municipality: there is no larger one, and nobody calls all the time."""


def faults_of_member(given: Given) -> Iterator[Fault]:
    """The figures of a municipality, or the ends of their ranges, that are not possible."""
    for key, limits in _LIMITS.items():
        yield from _faults_of_figure((key,), given.get(key), limits)


def _faults_of_figure(path: tuple[str, ...], figure: object, limits: Limits) -> Iterator[Fault]:
    """A figure, or an end of its range, that is not possible."""
    if not isinstance(figure, Mapping):
        yield from impossible(figure, (*path, "value"), limits)
        return
    yield from impossible(figure.get("value"), (*path, "value"), limits)
    bounds = figure.get("range")
    for at, bound in enumerate(bounds if isinstance(bounds, list | tuple) else ()):
        yield from impossible(bound, (*path, "range", at), limits)


def faults_of_calls(given: Given, known: Given) -> Iterator[Fault]:
    """Kengetallen of a region that cannot be calculated with; else more calls than anybody has."""
    limits, own = known.get("limits", {}), entries(given, "kengetallen")
    wrong = [
        wrong
        for name in own
        if name in limits
        for wrong in _faults_of_figure(("kengetallen", name), own[name], limits[name])
    ]
    yield from wrong or _too_many_calls(given, known)


def faults_of_prices(given: Given, known: Given) -> Iterator[Fault]:
    """A price year of what is not in euro, or a year of which the index says no number."""
    years, own = known.get("price years"), entries(given, "kengetallen")
    if years is None:
        return
    for name, one in own.items():
        if part(one, "price_year") is not None and name in years and years[name] is None:
            yield fault("price_year_of_no_euro", ("kengetallen", name, "price_year"), value=name)
    level = part(given.get("costs"), "price_level")
    index, now = part(level, "index"), str(given.get("reference_date"))[:4]
    if not isinstance(index, Mapping) or not now.isdecimal():
        return
    stated = {name: part(one, "price_year") or int(now) for name, one in own.items()}
    chosen = known.get("project years", {})
    used = {stated.get(name, year) for name, year in years.items() if year is not None}
    used |= {chosen[name] for name in entries(given, "projects") if name in chosen}
    missing = {str(year) for year in (*used, part(level, "year"))} - {str(year) for year in index}
    for year in sorted(missing):
        yield fault("no_index_for_year", ("costs", "price_level", "index"), value=year)


_SHARE = Limits(0, 1)
_MOST_AT_ONCE = 100_000
"""People who call at the same time, in the busiest hour; the whole country has some 1.500."""


def _too_many_calls(given: Given, known: Given) -> Iterator[Fault]:
    """More calls at once than can be staffed; nothing where a figure for that is at fault."""
    own, profile = entries(given, "kengetallen"), part(given.get("costs"), "hourly_profile")
    values = {**known.get("possible", {}), **{name: _value(one) for name, one in own.items()}}
    days, a_call = values.get("opening_days"), values.get("handling_second_line")
    shares = [part(hour, "share") for hour in profile] if isinstance(profile, list) else []
    if any(any(impossible(share, (), _SHARE)) for share in shares):
        return
    used = numbers([days, a_call, known.get("longest call"), known.get("busiest hour"), *shares])
    calls = _calls(given, values.get("calls_per_inhabitant"))
    if not used or calls is None or used[0] <= 0:
        return
    busiest = max(used[4:], default=used[3])
    at_once = calls / used[0] * busiest * max(used[1:3]) / 3600
    if at_once > _MOST_AT_ONCE:
        details = {"calls": round(calls), "at_once": round(at_once), "limit": _MOST_AT_ONCE}
        yield fault("too_many_calls", ("municipalities",), **details)


def _calls(given: Given, per_inhabitant: object) -> float | None:
    """The calls of the region in a year, as municipalities count them or else by inhabitant."""
    members = [*entries(given, "municipalities").values()]
    people = numbers([_figure(member, "inhabitants") for member in members])
    counts = [_figure(member, "calls_per_year") for member in members]
    counted = part(given.get("costs"), "inhabitants_counted")
    used = numbers([per_inhabitant, *(count for count in counts if count is not None)])
    if not people or not used or fsum(people) <= 0:
        return None
    scale = used[0] * (numbers([counted]) or [fsum(people)])[0] / fsum(people)
    estimated = fsum(own for own, count in zip(people, counts, strict=True) if count is None)
    return estimated * scale + fsum(used[1:])


def _figure(member: object, key: str) -> object:
    """The number that a municipality gives for it; a text where that is not possible."""
    value = _value(part(member, key))
    return "impossible" if any(impossible(value, (), _LIMITS[key])) else value


def _value(figure: object) -> object:
    """The number of a figure, which can stand by itself."""
    return part(figure, "value") if isinstance(figure, Mapping) else figure
