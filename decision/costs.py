"""What each form of cooperation costs, hour by hour and year by year.

The method is that of "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008),
hoofdstuk 5 and bijlage D, at the inputs as stated: the calls of every hour need agents by
Erlang C (`decision.staffing`), agents need fte, fte cost wages, and the investment is written off
over the calls of the first year. Amounts are in euro, times in seconds, shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import fsum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.staffing import agents_needed, occupancy, offered_load

if TYPE_CHECKING:
    import pandas as pd

    from decision.knowledge import Amount, Calculation, Investment, Knowledge, ProfileHour
    from decision.region import Figure, Region

__all__ = [
    "Costs",
    "CostsError",
    "FormCost",
    "HourStaffing",
    "OccupancyWarning",
    "YearCost",
    "costs",
    "table",
]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


class CostsError(ValueError):
    """A kengetal that the calculation cannot use: which one, its value, what is allowed."""

    def __init__(self, kengetal: str, value: float | None, allowed: str) -> None:
        """Keep the parts; the value is None where nobody gives the kengetal."""
        super().__init__(kengetal, value, allowed)
        self.kengetal, self.value, self.allowed = kengetal, value, allowed

    def __str__(self) -> str:
        """Name the kengetal, its value and what is allowed."""
        found = "is missing" if self.value is None else f"is {self.value!r}"
        return f"kengetal {self.kengetal} {found}, but must be {self.allowed}"


@dataclass(frozen=True, slots=True)
class HourStaffing:
    """One hour of an average day, for the whole region together.

    ``start`` is ``HH:MM``; ``share`` the hour's share of the day's calls; ``calls`` arrive in it
    and are not rounded; the agents are whole people; the occupancy is a share of their time.
    """

    start: str
    share: float
    calls: float
    agents_first_line: int
    agents_second_line: int
    occupancy_first_line: float


@dataclass(frozen=True, slots=True)
class YearCost:
    """What one form asks and costs in one year, for the whole region together.

    ``calls`` a year, of which the share ``direct`` is answered in the first line;
    ``price_first_line`` per call, ``price_second_line`` per call passed on, ``depreciation`` and
    ``cost_per_call`` per call; ``total`` is ``cost_per_call`` times ``calls``. The occupancy is
    that of all hours together.
    """

    year: int
    calls: float
    direct: float
    handling_first_line: float
    fte_first_line: float
    fte_second_line: float
    price_first_line: float
    price_second_line: float
    depreciation: float
    cost_per_call: float
    total: float
    occupancy_first_line: float
    hours: tuple[HourStaffing, ...]


@dataclass(frozen=True, slots=True)
class FormCost:
    """What one form costs: its investment, what growing on would write off, and its years.

    ``assumed`` is true where the calculation or an amount of the investment is an assumption.
    """

    form: str
    investment: float
    write_off: float
    assumed: bool
    years: Mapping[int, YearCost]

    @property
    def last_year(self) -> YearCost:
        """The cost in the last year of the period: what remains once everything runs."""
        return self.years[max(self.years)]


@dataclass(frozen=True, slots=True)
class OccupancyWarning:
    """A year in which the first line is busier than people keep up, and in which hours."""

    form: str
    year: int
    occupancy: float
    limit: float
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of every form for one region; ``calls_per_day`` is the volume of today."""

    inhabitants: float
    calls_per_day: float
    forms: Mapping[str, FormCost]
    warnings: tuple[OccupancyWarning, ...]


def costs(knowledge: Knowledge, region: Region) -> Costs:
    """Staffing and cost of every form that the knowledge has a calculation for.

    Only the kengetallen, calculations, investments and hourly profile of the knowledge are used;
    the region's own kengetallen and profile go before them.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        StaffingError: More calls than `decision.staffing` accepts.
    """
    basis = _basis(knowledge, region)
    forms = {
        form: _form_cost(form, calculation, knowledge.investments.values(), basis)
        for form, calculation in knowledge.calculations.items()
    }
    limit = basis["occupancy_warning"]
    warnings = tuple(warning for form in forms.values() for warning in _warnings(form, limit))
    return Costs(basis.inhabitants, basis.calls_per_day, forms, warnings)


def table(costs: Costs) -> pd.DataFrame:
    """One row per form and year, in the order of the result, at full precision.

    The columns are the form, the figures of `YearCost` (without its hours) and those of
    `FormCost`.
    """
    import pandas as pd  # noqa: PLC0415 - takes longer to import than all figures to compute

    of_year = [field.name for field in fields(YearCost) if field.name != "hours"]
    of_form = ["investment", "write_off", "assumed"]
    rows = [
        [form.form, *(getattr(year, name) for name in of_year)]
        + [getattr(form, name) for name in of_form]
        for form in costs.forms.values()
        for year in form.years.values()
    ]
    return pd.DataFrame(rows, columns=["form", *of_year, *of_form])


@dataclass(frozen=True, slots=True)
class _Basis:
    """What all forms share: the calls of today, where and when they come in, and the kengetallen.

    ``sites`` is each municipality's share of the calls.
    """

    inhabitants: float
    calls_per_day: float
    sites: Floats
    years: tuple[int, ...]
    profile: tuple[ProfileHour, ...]
    kengetallen: Mapping[str, float]

    def __getitem__(self, kengetal: str) -> float:
        """The value of a kengetal for this region."""
        return self.kengetallen[kengetal]

    def in_region(self, amount: Amount) -> float:
        """The euro of an investment for all municipalities together."""
        return amount.euro * (self.sites.size if amount.per == "municipality" else 1)


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a form promises for each year: how many calls, answered where, in how long."""

    calls: Floats
    direct: Floats
    handling: Floats


@dataclass(frozen=True, slots=True)
class _Crew:
    """Agents in each year and hour, in both lines, and how busy the first line is."""

    first: Ints
    second: Ints
    occupancy: Floats
    occupancy_of_year: Floats


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a form pays: euro per fte in the first line, and depreciation per call."""

    wage_first_line: float
    depreciation: float


_Limits: TypeAlias = tuple[Callable[[float], bool], str]
_POSITIVE: _Limits = (lambda value: 0 < value < np.inf, "more than 0")
_NOT_NEGATIVE: _Limits = (lambda value: 0 <= value < np.inf, "at least 0")
_SHARE: _Limits = (lambda value: 0 <= value <= 1, "at least 0 and at most 1")
_TARGET: _Limits = (lambda value: 0 <= value < 1, "at least 0 and less than 1")
_USED: Mapping[str, _Limits] = {
    "calls_per_inhabitant": _NOT_NEGATIVE,
    "opening_days": _POSITIVE,
    "hours_per_fte": _POSITIVE,
    "wage_second_line": _NOT_NEGATIVE,
    "service_target": _TARGET,
    "answer_within": _NOT_NEGATIVE,
    "handling_second_line": _POSITIVE,
    "depreciation_years": _POSITIVE,
    "occupancy_warning": _SHARE,
}


def _basis(knowledge: Knowledge, region: Region) -> _Basis:
    kengetallen = _kengetallen(knowledge, region)
    members = region.municipalities.values()
    people = np.array([member.inhabitants.value for member in members])
    inhabitants = region.costs.inhabitants_counted or fsum(people)
    estimates = inhabitants * _shares(people) * kengetallen["calls_per_inhabitant"]
    calls = _counted(estimates, [member.calls_per_year for member in members])
    a_year = inhabitants * kengetallen["calls_per_inhabitant"] + fsum(calls - estimates)
    return _Basis(
        inhabitants=inhabitants,
        calls_per_day=float(round(a_year / kengetallen["opening_days"])),
        sites=_shares(np.ones(calls.size) if region.costs.sites == "equal" else calls),
        years=region.costs.years,
        profile=region.costs.hourly_profile or knowledge.hourly_profile,
        kengetallen=kengetallen,
    )


def _counted(estimates: Floats, counts: Sequence[Figure | None]) -> Floats:
    """Each municipality's calls a year: as counted where it counts, else as estimated."""
    pairs = zip(counts, estimates, strict=True)
    return np.array([estimate if count is None else count.value for count, estimate in pairs])


def _kengetallen(knowledge: Knowledge, region: Region) -> dict[str, float]:
    """The values that hold for the region, of which those that are used here are checked."""
    values = {name: kengetal.value for name, kengetal in knowledge.kengetallen.items()}
    values.update(region.kengetallen)
    wages = {calculation.wage: _NOT_NEGATIVE for calculation in knowledge.calculations.values()}
    for name, (right, allowed) in {**_USED, **wages}.items():
        if name not in values or not right(values[name]):
            raise CostsError(name, values.get(name), allowed)
    return values


def _shares(weights: Floats) -> Floats:
    """The weights as shares of their sum; equal shares where there is nothing to share."""
    total = fsum(weights)  # the same in any order
    return weights / total if total > 0 else np.full(weights.size, 1 / weights.size)


def _promise(calculation: Calculation, basis: _Basis) -> _Promise:
    """The calculation for each year of the region; the first of them is its first year.

    After the last figure of a list that figure holds on, while calls go on being avoided.
    """
    passed = np.array(basis.years) - basis.years[0]
    direct, handling = np.array(calculation.direct), np.array(calculation.handling_first_line)
    today = basis.calls_per_day * basis["opening_days"]
    return _Promise(
        calls=today * (1 - calculation.calls_avoided) ** (passed + 1),
        direct=direct[np.minimum(passed, direct.size - 1)],
        handling=handling[np.minimum(passed, handling.size - 1)],
    )


def _crew(promise: _Promise, sites: Floats, basis: _Basis) -> _Crew:
    """The agents of every hour: the first line on each site, the second line together."""
    goal = basis["service_target"], basis["answer_within"]
    calls = np.outer(promise.calls / basis["opening_days"], [hour.share for hour in basis.profile])
    at_sites = calls[:, np.newaxis, :] * sites[:, np.newaxis]
    handling = promise.handling[:, np.newaxis]
    first = agents_needed(at_sites, handling[:, np.newaxis], *goal).sum(axis=1)
    passed_on = calls * (1 - promise.direct[:, np.newaxis])
    second = agents_needed(passed_on, basis["handling_second_line"], *goal)
    load = offered_load(calls, handling)
    of_year = occupancy(load.sum(axis=1), first.sum(axis=1))
    return _Crew(first, second, occupancy(load, first), of_year)


def _form_cost(
    form: str, calculation: Calculation, investments: Iterable[Investment], basis: _Basis
) -> FormCost:
    mine = [item for item in investments if form in item.amounts]
    amounts = [item.amounts[form] for item in mine]
    promise = _promise(calculation, basis)
    crew = _crew(promise, basis.sites if calculation.sites == "each" else np.ones(1), basis)
    investment = sum(basis.in_region(amount) for amount in amounts)
    a_year = investment / basis["depreciation_years"]
    prices = _Prices(basis[calculation.wage], _per(a_year, float(promise.calls[0])))
    return FormCost(
        form=form,
        investment=investment,
        write_off=sum(basis.in_region(amount) for amount in amounts if amount.lost_on_growth),
        assumed=calculation.assumed or any(form in item.assumed_for for item in mine),
        years={
            year: _year_cost(position, promise, crew, prices, basis)
            for position, year in enumerate(basis.years)
        },
    )


def _year_cost(
    position: int, promise: _Promise, crew: _Crew, prices: _Prices, basis: _Basis
) -> YearCost:
    """Fte and prices of the year at the position, from its agents."""
    calls, direct = float(promise.calls[position]), float(promise.direct[position])
    fte_per_agent = basis["opening_days"] / basis["hours_per_fte"]
    fte_first = float(crew.first[position].sum()) * fte_per_agent
    fte_second = float(crew.second[position].sum()) * fte_per_agent
    price_first = _per(fte_first * prices.wage_first_line, calls)
    price_second = _per(fte_second * basis["wage_second_line"], calls * (1 - direct))
    cost_per_call = price_first + (1 - direct) * price_second + prices.depreciation
    return YearCost(
        year=basis.years[position],
        calls=calls,
        direct=direct,
        handling_first_line=float(promise.handling[position]),
        fte_first_line=fte_first,
        fte_second_line=fte_second,
        price_first_line=price_first,
        price_second_line=price_second,
        depreciation=prices.depreciation,
        cost_per_call=cost_per_call,
        total=cost_per_call * calls,
        occupancy_first_line=float(crew.occupancy_of_year[position]),
        hours=_hours(position, promise, crew, basis),
    )


def _hours(
    position: int, promise: _Promise, crew: _Crew, basis: _Basis
) -> tuple[HourStaffing, ...]:
    """The hours of an average day in the year at the position."""
    a_day = float(promise.calls[position]) / basis["opening_days"]
    return tuple(
        HourStaffing(
            start=hour.start,
            share=hour.share,
            calls=a_day * hour.share,
            agents_first_line=int(crew.first[position, at]),
            agents_second_line=int(crew.second[position, at]),
            occupancy_first_line=float(crew.occupancy[position, at]),
        )
        for at, hour in enumerate(basis.profile)
    )


def _per(amount: float, calls: float) -> float:
    """The amount per call; without calls there is nothing to pay for."""
    return amount / calls if calls else 0.0


def _warnings(form: FormCost, limit: float) -> Iterator[OccupancyWarning]:
    for year in form.years.values():
        if year.occupancy_first_line > limit:
            busy = tuple(hour.start for hour in year.hours if hour.occupancy_first_line > limit)
            yield OccupancyWarning(form.form, year.year, year.occupancy_first_line, limit, busy)
