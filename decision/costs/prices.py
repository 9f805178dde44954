"""What a year costs whoever answers calls: the one place where agents and items become euro.

The table of a form and thousands of draws of it, any group of municipalities, a year of a route
and the people that a norm asks: they all come here with who answers what (`Use`) and what that is
paid with (`Rates`). Who adds something that costs money adds it here.

Figures are plain numbers or arrays that broadcast: points, forms and years for a table, one value
for each group for groups. Without calls there is nothing to pay for.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np

from decision.costs.arrays import Floats

__all__ = ["Fixed", "Prices", "Rates", "Use", "per", "prices"]


class Fixed(NamedTuple):
    """Euro however many call: once for all together, and for each municipality."""

    region: Floats
    municipality: Floats

    def of(self, members: Floats) -> Floats:
        """The euro of so many municipalities."""
        return self.region + self.municipality * members


class Rates(NamedTuple):
    """What is paid for an fte and for the items of a form; ``fte_per_agent`` is for one agent.

    An agent is there for one hour of every day. ``running`` is paid every year, ``invested`` once.
    """

    fte_per_agent: Floats
    wage_first_line: Floats
    wage_second_line: Floats
    depreciation_years: Floats
    running: Fixed
    invested: Fixed

    def of(self, form: int) -> Rates:
        """Those of one form, at the only point, as plain numbers."""
        shape = self.wage_first_line.shape

        def one(values: Floats) -> Floats:
            plain: Floats = np.broadcast_to(values, shape)[0, form, 0]
            return plain

        return Rates(
            fte_per_agent=one(self.fte_per_agent),
            wage_first_line=one(self.wage_first_line),
            wage_second_line=one(self.wage_second_line),
            depreciation_years=one(self.depreciation_years),
            running=Fixed(*map(one, self.running)),
            invested=Fixed(*map(one, self.invested)),
        )

    def first_line(self, agents: Floats) -> tuple[Floats, Floats]:
        """The fte and the wages of agents in the first line."""
        fte = agents * self.fte_per_agent
        return fte, fte * self.wage_first_line

    def second_line(self, agents: Floats) -> tuple[Floats, Floats]:
        """The fte and the wages of agents in the second line."""
        fte = agents * self.fte_per_agent
        return fte, fte * self.wage_second_line


class Use(NamedTuple):
    """Who answers what in a year: calls, the share passed on, and agents in all hours of a day.

    ``written_off_over`` are the calls of a year over which the investment is written off (infinite
    where it is not), of which the share ``written_off`` was so before. ``moved_euro`` is what
    contacts in another channel than today change.
    """

    members: Floats
    calls: Floats
    passed_on: Floats
    first: Floats
    moved_euro: Floats
    written_off_over: Floats = np.array([inf])
    written_off: Floats = np.zeros(1)
    second: Floats = np.zeros(1)


class Prices(NamedTuple):
    """Fte and amounts, as in `decision.costs.result.YearCost`."""

    fte_first_line: Floats
    fte_second_line: Floats
    price_first_line: Floats
    price_second_line: Floats
    depreciation: Floats
    running_costs: Floats
    other_channels: Floats
    cost_per_call: Floats
    total: Floats


def prices(rates: Rates, use: Use) -> Prices:
    """What the agents of both lines and the items cost, for each call and in all.

    No more is written off than was invested, and a saving in other channels never makes the whole
    cheaper than nothing.
    """
    fte_first, wages_first = rates.first_line(use.first)
    fte_second, wages_second = rates.second_line(use.second)
    price_first = per(wages_first, use.calls)
    price_second = per(wages_second, use.calls * use.passed_on)
    invested = rates.invested.of(use.members)
    a_call = per(invested / rates.depreciation_years, use.written_off_over)
    left = invested * np.maximum(1 - use.written_off, 0)
    depreciation = np.minimum(a_call, per(left, use.calls))
    running = per(rates.running.of(use.members), use.calls)
    by_phone = price_first + use.passed_on * price_second + depreciation + running
    other_channels = np.maximum(per(use.moved_euro, use.calls), -by_phone)
    cost_per_call = by_phone + other_channels
    return Prices(
        fte_first_line=fte_first,
        fte_second_line=fte_second,
        price_first_line=price_first,
        price_second_line=price_second,
        depreciation=depreciation,
        running_costs=running,
        other_channels=other_channels,
        cost_per_call=cost_per_call,
        total=cost_per_call * use.calls,
    )


def per(amount: Floats, calls: Floats) -> Floats:
    """The amount per call; without calls there is nothing to pay for."""
    nothing = np.zeros(np.broadcast_shapes(amount.shape, calls.shape))
    return np.divide(amount, calls, out=nothing, where=calls != 0)
