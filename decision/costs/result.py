"""What each form of cooperation costs, hour by hour and year by year.

The method is that of "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008),
hoofdstuk 5 and bijlage D, at the inputs as stated: the calls of every hour need agents by
Erlang C (`staffing`), agents need fte, fte cost wages, and the investment is written off
over the calls of the first year. Amounts are in euro, times in seconds, shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil, fsum
from typing import Any

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    SECOND,
    Model,
    Situation,
    agents,
    by_hour,
    by_year,
    priced,
)
from decision.costs.arrays import Ints
from decision.costs.doubts import Doubt, doubts
from decision.costs.inputs import CostsError, unmoved, values
from decision.costs.prices import Prices
from decision.costs.setup import model
from decision.costs.staffing import occupancy, offered_load
from decision.costs.workplaces import bought, divided, items, needs
from decision.model.figures import PHONE
from decision.model.frozen import FrozenDict, Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "ChannelUse",
    "Costs",
    "CostsError",
    "FormCost",
    "HourStaffing",
    "OccupancyWarning",
    "YearCost",
    "costs",
    "of_year",
    "own_calls",
    "present",
]


@dataclass(frozen=True, slots=True)
class HourStaffing:
    """One hour of an average day, for the whole region together.

    ``start`` is ``HH:MM``; ``share`` the hour's share of the day's calls; ``calls`` arrive in it
    and are not rounded; the agents are whole people; the occupancy is a share of their time. To
    have so many agents in the first line ``present_first_line`` must be there.
    """

    start: str
    share: float
    calls: float
    agents_first_line: int
    agents_second_line: int
    occupancy_first_line: float
    present_first_line: int


@dataclass(frozen=True, slots=True)
class YearCost:
    """What one form asks and costs in one year, for the whole region together.

    ``calls`` a year, of which the share ``direct`` is answered in the first line;
    ``price_first_line`` per call, ``price_second_line`` per call passed on, ``depreciation``,
    ``running_costs`` and ``cost_per_call`` per call; ``total`` is ``cost_per_call`` times
    ``calls``. The occupancy is that of all hours together. ``other_channels`` is what contacts that
    move to another channel change in the cost of today, per call (negative is a saving), and part
    of ``cost_per_call``.
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
    running_costs: float
    other_channels: float
    cost_per_call: float
    total: float
    occupancy_first_line: float
    hours: tuple[HourStaffing, ...]


@dataclass(frozen=True, slots=True)
class FormCost(Result):
    """What one form costs: what is invested and paid every year, item by item, and its years.

    ``workplaces`` are there for all who answer at once in the busiest hour, in any year that the
    form promises; ``write_off`` is what growing on would write off; ``assumed`` is true where the
    calculation or an amount of an item is an assumption.
    """

    form: str
    workplaces: float
    investments: Mapping[str, float]
    running_costs: Mapping[str, float]
    write_off: float
    assumed: bool
    years: Mapping[int, YearCost]

    @property
    def investment(self) -> float:
        """What is invested in all."""
        return fsum(self.investments.values())

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
class ChannelUse(Result):
    """The contacts in one channel in a year, and what they cost today.

    ``contacts`` are those of today; ``cost_per_contact`` is the kengetal of the channel (also of
    the telephone, which the model itself prices hour by hour) and ``cost`` the euro a year that
    follow, both None where no source gives it. ``contacts_in`` has the contacts of each year in
    each form that moves contacts to another channel; of the telephone that are its calls.
    """

    channel: str
    contacts: float
    cost_per_contact: float | None
    cost: float | None
    contacts_in: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Costs(Result):
    """The cost of every form for one region; ``calls_per_day`` is the volume of today.

    Where nobody knows the inhabitants of some municipality all is empty: there are no ``forms``.
    ``channels`` is empty where no form moves contacts from one channel to another. ``unmoved`` has
    of each form that moves an assumed share of them what it costs when it moves none; ``doubts``
    are figures that may well be a typing error.
    """

    inhabitants: float
    calls_per_day: float
    forms: Mapping[str, FormCost]
    channels: tuple[ChannelUse, ...]
    warnings: tuple[OccupancyWarning, ...]
    doubts: tuple[Doubt, ...] = ()
    unmoved: Mapping[str, FormCost] = field(default_factory=FrozenDict)


def costs(knowledge: Knowledge, region: Region) -> Costs:
    """Staffing and cost of every form that the knowledge has a calculation for.

    Only the kengetallen, channels, calculations, investments and hourly profile of the knowledge
    are used; the region's own kengetallen and profile go before them.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        StaffingError: More calls than `decision.costs.staffing` accepts.
    """
    if region.unsized:
        return Costs(0.0, 0.0, FrozenDict(), (), ())
    found = _costs(knowledge, region)
    still, forms = unmoved(knowledge, region)
    other = _costs(knowledge, still).forms if forms else {}
    return replace(
        found,
        doubts=doubts(knowledge, region),
        unmoved={form: other[form] for form in forms},
    )


def _costs(knowledge: Knowledge, region: Region) -> Costs:
    basis = model(knowledge, region)
    situation = basis.at()
    first, second = (agents(basis, situation, line) for line in (FIRST, SECOND))
    figures = priced(basis, situation, by_year(basis, FIRST, first), by_year(basis, SECOND, second))
    crew = by_hour(basis, FIRST, first[0]), by_hour(basis, SECOND, second[0])
    found = _Priced(basis, situation, figures, *crew, region.costs.shrinkage or 0.0)
    forms = {form: _form_cost(form, knowledge, region, found) for form in basis.forms}
    limit = basis.kengetallen["occupancy_warning"]
    warnings = tuple(warning for form in forms.values() for warning in _warnings(form, limit))
    return Costs(
        inhabitants=basis.inhabitants,
        calls_per_day=float(situation.calls_per_day[0]),
        forms=forms,
        channels=tuple(_channels(knowledge, found)),
        warnings=warnings,
    )


def own_calls(knowledge: Knowledge, region: Region, costs: Costs) -> dict[str, float]:
    """The calls a year of each municipality today, by its own count or its own inhabitants.

    Together they are the calls that ``costs`` counts with, whose rounding to whole calls a day is
    divided in proportion.
    """
    used = values(knowledge, region)
    today = costs.calls_per_day * used["opening_days"]
    return divided(region, costs.inhabitants, used["calls_per_inhabitant"], today)


@dataclass(frozen=True, slots=True)
class _Priced:
    """The region, what follows from its kengetallen, and the agents in each hour of both lines."""

    model: Model
    situation: Situation
    prices: Prices
    first: Ints
    second: Ints
    shrinkage: float


def _form_cost(form: str, knowledge: Knowledge, region: Region, priced: _Priced) -> FormCost:
    entries = [*knowledge.investments.values(), *knowledge.running_costs.values()]
    needed = needs(knowledge, region, priced.model, form)
    at, members = priced.model.forms.index(form), priced.model.members
    invested = bought(knowledge, region, form, needed)
    return FormCost(
        form=form,
        workplaces=fsum(needed.values()),
        investments={name: one.euro for name, one in invested.items()},
        running_costs={
            name: amount.euro * (members if amount.per == "municipality" else 1)
            for name, amount in items(knowledge.running_costs, form).items()
        },
        write_off=fsum(
            one.amount.for_workplaces(places)
            for one in invested.values()
            if one.amount.lost_on_growth
            for places in _buyers(one.amount.per, region, needed)
        ),
        assumed=knowledge.calculations[form].assumed
        or any(form in item.assumed_for for item in entries),
        years={
            year: _year_cost(year, at, position, priced)
            for position, year in enumerate(priced.model.years)
        },
    )


def _buyers(per: str, region: Region, needed: Mapping[str, float]) -> Iterator[float]:
    """The workplaces of everybody who buys an item: all together, or each municipality."""
    if per == "region":
        yield fsum(needed.values())
    else:
        yield from (needed.get(name, 0.0) for name in region.municipalities)


def _year_cost(year: int, form: int, position: int, priced: _Priced) -> YearCost:
    """Fte and prices of the form and year at the positions."""
    promise, figures = priced.situation.promise, priced.prices
    calls = float(priced.situation.calls[0, form, position])
    handling = float(promise.handling[0, form, position])
    a_day = calls / priced.model.kengetallen["opening_days"]
    load = offered_load([a_day * hour.share for hour in priced.model.profile], handling)
    first, second = priced.first[form, position], priced.second[form, position]
    busy = occupancy(load, first)
    return YearCost(
        year=year,
        calls=calls,
        direct=float(promise.direct[0, form, position]),
        handling_first_line=handling,
        **of_year(figures, form, position),
        occupancy_first_line=float(occupancy(load.sum(), first.sum())),
        hours=tuple(
            HourStaffing(
                start=hour.start,
                share=hour.share,
                calls=a_day * hour.share,
                agents_first_line=int(first[at]),
                agents_second_line=int(second[at]),
                occupancy_first_line=float(busy[at]),
                present_first_line=present(int(first[at]), priced.shrinkage),
            )
            for at, hour in enumerate(priced.model.profile)
        ),
    )


def present(agents: int, shrinkage: float) -> int:
    """How many must be present for so many to answer: whole people, in the region together."""
    return ceil(agents / (1 - shrinkage) - 1e-9)


def of_year(prices: Prices, form: int, position: int) -> dict[str, Any]:
    """The prices of the form and year at the positions, by name."""
    shape = prices.total.shape
    return {
        name: float(np.broadcast_to(figure, shape)[0, form, position])
        for name, figure in prices._asdict().items()
    }


def _channels(knowledge: Knowledge, priced: _Priced) -> Iterator[ChannelUse]:
    """Every channel, where some form moves contacts from one to another."""
    values, moves = priced.model.kengetallen, priced.model.moves
    today = float(priced.situation.calls_per_day[0]) * values["opening_days"]
    for name, channel in knowledge.channels.items() if moves else ():
        contacts = today / values[knowledge.channels[PHONE].contacts] * values[channel.contacts]
        price = None if channel.cost is None else values[channel.cost]
        yield ChannelUse(
            channel=name,
            contacts=contacts,
            cost_per_contact=price,
            cost=None if price is None else contacts * price,
            contacts_in=_contacts_in(name, contacts, knowledge, priced),
        )


def _contacts_in(
    channel: str, today: float, knowledge: Knowledge, priced: _Priced
) -> dict[str, dict[int, float]]:
    """The contacts of a channel in each form that moves contacts, year by year."""
    found = {}
    for form, calculation in knowledge.calculations.items():
        if moved := calculation.moved:
            at = priced.model.forms.index(form)
            added = (channel == moved.to) - (channel == moved.origin)
            contacts = today + added * priced.situation.moved[0, at]
            if channel == PHONE:
                contacts = priced.situation.calls[0, at]
            found[form] = dict(zip(priced.model.years, contacts.tolist(), strict=True))
    return found


def _warnings(form: FormCost, limit: float) -> Iterator[OccupancyWarning]:
    for year in form.years.values():
        if year.occupancy_first_line > limit:
            busy = tuple(hour.start for hour in year.hours if hour.occupancy_first_line > limit)
            yield OccupancyWarning(form.form, year.year, year.occupancy_first_line, limit, busy)
