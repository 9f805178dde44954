"""What every year costs each municipality, for who is on which form when: the method of `money`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import fsum
from typing import NamedTuple

import numpy as np

from decision.costs.crews import crew
from decision.costs.result import Costs, own_calls
from decision.model.frozen import FrozenDict
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.course import Course, Steps, course
from decision.sharing.desks import Desks
from decision.sharing.gains import Gain, Gains, Underway
from decision.sharing.pieces import Depreciation, State, shared
from decision.sharing.purchases import Needs, Purchase, purchases

__all__ = ["Ledger", "Sums", "ledger"]


class Rate(NamedTuple):
    """What a year costs in which nobody changes, without investments, and the fte of both lines."""

    cost: Mapping[str, float]
    fte_first: float
    fte_second: float


@dataclass(slots=True)
class Sums:
    """What one year adds up to, in euro by municipality; calls and fte of all of them.

    ``cost`` has depreciation in it, and ``cash`` the investments of the year; ``gained`` is the
    part of both that is due to what the region chose beside a form.
    """

    cost: dict[str, float]
    cash: dict[str, float]
    calls: float = 0.0
    fte_first: float = 0.0
    fte_second: float = 0.0
    gained: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The prices of a region, who goes where, and what it chose beside that."""

    course: Course
    desks: Desks
    needs: Needs
    gains: Gains
    purchases: tuple[Purchase, ...]
    _rates: dict[tuple[State, ...], Rate] = field(default_factory=dict, repr=False, compare=False)

    def years(self, listed: Iterable[int]) -> dict[int, Sums]:
        """The years that are listed, in the order of time."""
        asked = sorted({*listed})
        if not asked:
            return {}
        first = min([asked[0], *(one.day.year for one in self.purchases)])
        bought = {(one.centre, one.owner): one.euro for one in self.purchases}
        left = Depreciation(self.desks.crew.model.kengetallen["depreciation_years"], bought)
        found: dict[int, Sums] = {}
        for piece in self.course.pieces(first, asked[-1], self.gains.marks(asked[-1])):
            sums = found.setdefault(piece.year, self._bought(piece.year))
            rate = self.rate(piece.states)
            sums.calls += piece.length * fsum(one.calls for one in piece.states.values())
            sums.fte_first += piece.length * rate.fte_first
            sums.fte_second += piece.length * rate.fte_second
            spent = {name: piece.length * euro for name, euro in rate.cost.items()}
            for gain in self.gains.of(piece):
                self._gain(gain, sums, spent)
            for name, euro in _not_below_nothing(spent, piece.states).items():
                sums.cash[name] += euro
            live = {n: one for n, one in piece.states.items()
                    if (one.centre, n) in bought and self._moved(n, piece.start)}  # fmt: skip
            for name, euro in left.charge(live, piece.length):
                spent[name] += euro
            for name, euro in _not_below_nothing(spent, piece.states).items():
                sums.cost[name] += euro
        return {year: found[year] for year in asked}

    def _gain(self, gain: Gain, sums: Sums, spent: dict[str, float]) -> None:
        """Count a gain: in other channels with what the telephone costs, else beside it."""
        name, euro = gain.municipality, gain.euro
        if gain.of.kind == "channel_steering":
            spent[name] += euro
        else:
            sums.cost[name] += euro
            sums.cash[name] += euro
        of = sums.gained.setdefault(gain.of.kind_and_id, {})
        of[name] = of.get(name, 0.0) + euro

    def _moved(self, name: str, day: date) -> bool:
        """Whether a municipality is on another form than that of today, by what it does."""
        return self.course.at(name, day) is not self.course.now[name]

    def _bought(self, year: int) -> Sums:
        """A year with nothing in it but what is bought in it."""
        names = self.course.now
        sums = Sums(dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0))
        for one in self.purchases:
            if one.day.year != year:
                continue
            for name, share in self._pay(one).items():
                sums.cash[name] += share * one.euro
        return sums

    def _pay(self, one: Purchase) -> dict[str, float]:
        """Who pays a purchase: who buys it, or by calls those who come on that day."""
        if one.owner:
            return {one.owner: 1.0}
        (form, group), way = one.centre, self.course
        return shared({n: way.calls[n] for n, steps in way.steps.items()
                       if (form, one.day) in steps and way.groups.get(n, "") == group})  # fmt: skip

    def rate(self, states: Mapping[str, State]) -> Rate:
        """What a year costs in which everybody stays as it is."""
        key = tuple(states.values())
        if key not in self._rates:
            self._rates[key] = self._rate(states)
        return self._rates[key]

    def _rate(self, states: Mapping[str, State]) -> Rate:
        """Staff of both lines, what is paid every year, and what other channels change."""
        second = self.desks.second_line({n: one.calls * one.passed_on for n, one in states.items()})
        cost, fte_first, fte_second = dict[str, float](), 0.0, 0.0
        for centre in dict.fromkeys(one.centre for one in states.values()):
            form, inside = centre[0], {n: one for n, one in states.items() if one.centre == centre}
            rates, shares = self.desks.crew.rates[form], shared(
                {name: one.calls for name, one in inside.items()})  # fmt: skip
            for name, agents in self.desks.first_line(centre, inside).items():
                first, wages = rates.first_line(np.array(agents))
                behind, others = rates.second_line(np.array(second[name]))
                running = rates.running.municipality + rates.running.region * shares[name]
                cost[name] = float(wages + others + running) + self.moved(name, inside[name])
                fte_first += float(first)
                fte_second += float(behind)
        return Rate({name: cost[name] for name in states}, fte_first, fte_second)

    def moved(self, name: str, state: State) -> float:
        """What contacts in other channels than today change in a year."""
        today, years = np.array([self.course.calls[name]]), np.array([state.moving])
        return float(self.desks.crew.moved_euro(state.form, today, years)[0])


def _not_below_nothing(
    euro: Mapping[str, float], states: Mapping[str, State]
) -> Mapping[str, float]:
    """The amounts of a piece of a year, where other channels save no more than a form costs.

    As in the table of a form (`decision.costs.prices`) that is so for all on it together; nobody
    among them has less than nothing.
    """
    if min(euro.values(), default=0.0) >= 0:
        return euro
    found = dict(euro)
    for centre in dict.fromkeys(one.centre for one in states.values()):
        inside = {name: euro[name] for name, one in states.items() if one.centre == centre}
        costing = {name: max(0.0, own) for name, own in inside.items()}
        left, whole = max(0.0, fsum(inside.values())), fsum(costing.values())
        found |= {name: own * left / whole if whole else 0.0 for name, own in costing.items()}
    return found


def ledger(  # noqa: PLR0913 - the last two are options with a default
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    steps: Steps,
    groups: Mapping[str, str] = FrozenDict(),
    outside: Mapping[str, float] = FrozenDict(),
    chosen: tuple[Underway, ...] = (),
) -> Ledger:
    """The prices of a region in which some go from form to form, all together or in groups.

    ``chosen`` is what the region does beside that. ``outside`` has the calls of municipalities
    of the region that ``costs`` does not count.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    own = {name: one for name, one in region.municipalities.items() if name not in outside}
    counted = region.model_copy(update={"municipalities": own})
    calls = {**own_calls(knowledge, counted, costs), **outside}
    way, basis = course(knowledge, region, calls, steps, groups), region.costs
    equal, pooled = basis.sites == "equal", basis.second_line == "pooled"
    parts = {one for one in groups.values() if any(groups.get(n, "") != one for n in own)}
    desks = Desks(crew(knowledge, region), calls, equal, pooled, outside, parts)
    needs = Needs(knowledge, region, calls, desks)
    people = dict(region.sizes)
    staff = _employees(way, desks) if chosen else {}
    gains = Gains(chosen, knowledge, desks.crew, calls, people, staff)
    return Ledger(way, desks, needs, gains, purchases(needs, way))


def _employees(way: Course, desks: Desks) -> dict[str, float]:
    """The fte in the first line of each municipality, as it is now."""
    now = {name: way.state(name, way.reference) for name in way.now}
    found = dict[str, float]()
    for centre in dict.fromkeys(one.centre for one in now.values()):
        inside = {name: one for name, one in now.items() if one.centre == centre}
        rates = desks.crew.rates[centre[0]]
        agents = desks.first_line(centre, inside)
        found |= {name: float(rates.first_line(np.array(one))[0]) for name, one in agents.items()}
    return found
