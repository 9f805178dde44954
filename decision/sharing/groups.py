"""What any group of municipalities costs, when it goes together from the first year on.

The method is that of `money`, for all groups at once. Who is not in a group goes on as now, or for
who takes no part at all in the form that it is in then. Those of a group pay for their own first
line, and of the second line of the region the part of the calls that they pass on. So a group of
everybody costs what its plan costs, and a municipality on its own what going on as now does.

Groups are numbered as in `decision.sharing.games`: by the bits of their members. Amounts are in
euro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.result import Costs
from decision.costs.workplaces import had, items
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.games import sums
from decision.sharing.ledger import Ledger, ledger
from decision.sharing.pieces import Since, State

__all__ = ["Groups", "groups"]


@dataclass(frozen=True, slots=True)
class Groups:
    """The cost of every group of ``names`` in each year, and that of everybody alone.

    ``calls`` are those of a year today; ``alone`` is going on as now and ``apart`` what the other
    municipalities of the region pay when all of the names go together.
    """

    calls: Floats
    together: Mapping[int, Floats]
    alone: Mapping[int, Floats]
    apart: Mapping[str, Mapping[int, float]]


def groups(  # noqa: PLR0913 - who goes together, and what the others do
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    form: str,
    names: Sequence[str],
    apart: Mapping[str, str],
) -> Groups:
    """Price every group of the names that goes to a form, from the first year of the region on.

    Args:
        knowledge: The forms, their calculations and items, and the kengetallen.
        region: The municipalities and the years.
        costs: What `decision.costs.costs` gives for the region.
        form: The id of the form.
        names: Who can go together.
        apart: The form of each of the others.
    """
    start, listed = date(region.costs.years[0], 1, 1), region.costs.years
    to = {name: form if name in names else apart[name] for name in region.municipalities}
    as_now = ledger(knowledge, region, costs, {})
    steps = {n: (Since(f, start),) for n, f in to.items() if as_now.course.now[n].form != f}
    joint, now = ledger(knowledge, region, costs, steps), as_now.years(listed)
    planned = joint.years(listed)
    return Groups(
        calls=np.array([joint.course.calls[name] for name in names]),
        together=_Together(joint, as_now, form, tuple(names)).years(listed),
        alone={year: np.array([now[year].cost[name] for name in names]) for year in listed},
        apart={n: {y: planned[y].cost[n] for y in listed} for n in to if n not in names},
    )


@dataclass(frozen=True, slots=True)
class _Together:
    """The plan in which all of the names are on the form, and going on as now."""

    joint: Ledger
    as_now: Ledger
    form: str
    names: tuple[str, ...]

    def years(self, listed: Sequence[int]) -> dict[int, Floats]:
        """What every group costs in each year."""
        first, last = listed[0], listed[-1]
        both = zip(
            self.joint.course.pieces(first, last),
            self.as_now.course.pieces(first, last),
            strict=True,
        )
        years_of = float(self.joint.desks.crew.model.kengetallen["depreciation_years"])
        rates: dict[tuple[State, ...], Floats] = {}
        found: dict[int, Floats] = {}
        left, of_first = 1.0, 0.0
        for piece, before in both:
            volume = self._volume(piece.states)
            of_first = of_first or volume
            worn = min(left, piece.length * volume / of_first / years_of) if of_first else 0.0
            left -= worn
            if piece.year not in listed:
                continue
            key = (*piece.states.values(), *before.states.values())
            if key not in rates:
                rates[key] = self._rate(piece.states, before.states)
            cost = piece.length * rates[key] + worn * self._invested()
            found[piece.year] = found.get(piece.year, 0.0) + np.maximum(cost, 0)
        return found

    def _moves(self, name: str) -> bool:
        """Whether a municipality goes to the form; it can also be there already, or elsewhere."""
        return any(one.form == self.form for one in self.joint.course.steps.get(name, ()))

    def _volume(self, states: Mapping[str, State]) -> float:
        """The calls that are left of those of today, of who goes to the form."""
        calls = self.joint.course.calls
        moved = [name for name in self.names if self._moves(name) and calls[name]]
        return states[moved[0]].calls / calls[moved[0]] if moved else 0.0

    def _invested(self) -> Floats:
        """What every group buys: its part, by calls, for the region, and for each who calls."""
        calls = {n: c if self._moves(n) else 0.0 for n, c in self.joint.course.calls.items()}
        bought = {one.owner: one.euro for one in self.joint.purchases if one.centre[0] == self.form}
        inside = [calls[name] for name in self.names]
        others = fsum(calls.values()) - fsum(inside)
        own = [bought[name] if calls[name] else 0.0 for name in self.names]
        part = _divide(sums(np.array(inside)), sums(np.array(inside)) + others)
        shared = bought.get("", 0.0) - self._not_needed(sums(np.array(inside)) + others)
        invested: Floats = sums(np.array(own)) + part * np.maximum(shared, 0)
        return invested

    def _not_needed(self, calls: Floats) -> Floats:
        """What a centre for so many calls costs less than one for all who go to the form."""
        needs, centre = self.joint.needs, (self.form, "")
        amounts = [
            one
            for item, one in items(needs.knowledge.investments, self.form).items()
            if one.sized and one.per == "region" and not had(needs.region, item)
        ]
        if not amounts or self.form not in self.joint.desks.crew.joint:
            return np.zeros(calls.size)
        going = [name for name in needs.calls if self._moves(name)]
        everybody = fsum(needs.of(*centre, going).values())
        whole = fsum(one.for_workplaces(everybody) for one in amounts)
        places = self.joint.desks.crew.workplaces(needs.knowledge.calculations[self.form], calls)
        euro = {n: fsum(one.for_workplaces(n) for one in amounts) for n in {*places.tolist()}}
        return whole - np.array([euro[n] for n in places.tolist()])

    def _rate(self, joined: Mapping[str, State], now: Mapping[str, State]) -> Floats:
        """What a year costs every group, without depreciation."""
        crew, inside = self.joint.desks.crew, {name: joined[name] for name in self.names}
        calls = np.array([one.calls for one in inside.values()])
        handling = np.array([one.handling for one in inside.values()])
        moves = np.array([self._moves(name) for name in self.names], dtype=np.float64)
        there = [  # whoever comes
            one
            for name, one in joined.items()
            if one.form == self.form and not (name in inside and self._moves(name))
        ]
        own = sums(calls)
        on_form = sums(calls * moves) + fsum(one.calls for one in there)
        part = _divide(own, on_form)
        if self.form in crew.joint:
            spent = sums(calls * handling * moves) + fsum(one.calls * one.handling for one in there)
            mean = np.maximum(_divide(spent, on_form), handling.min())
            alike = {*handling} | {one.handling for one in there}
            first = crew.together(on_form, handling[:1] if len(alike) == 1 else mean) * part
        else:
            first = sums(np.array([*self.joint.desks.apart(inside).values()]))
        rates = crew.rates[self.form]
        wages = rates.first_line(first)[1] + rates.second_line(self._second(joined, now))[1]
        members = sums(np.ones(len(inside)))
        running = rates.running.municipality * members + rates.running.region * part
        moved = np.array([self.joint.moved(name, one) for name, one in inside.items()])
        cost: Floats = wages + running + sums(moved)
        return cost

    def _second(self, joined: Mapping[str, State], now: Mapping[str, State]) -> Floats:
        """The agents of the second line that every group pays for."""
        desks = self.joint.desks
        on, before = (
            {name: one.calls * one.passed_on for name, one in states.items()}
            for states in (joined, now)
        )
        inside = {name: on[name] for name in self.names}
        own = np.array([*inside.values()])
        if not desks.pooled:
            return sums(np.array([*desks.second_line(inside).values()]))
        others = fsum(euro for name, euro in on.items() if name not in inside)
        as_now = np.array([before[name] for name in self.names])
        whole = sums(own - as_now) + (fsum(as_now) + others)
        agents: Floats = desks.crew.second_line(whole) * _divide(sums(own), whole)
        return agents


def _divide(part: Floats, whole: Floats) -> Floats:
    """The part of a whole; nothing of nothing."""
    return np.divide(part, whole, out=np.zeros(whole.shape), where=whole > 0)
