"""What each municipality brings to a group, whatever the group: tables to price many groups by.

A group of municipalities is a row of places in these tables. Every table has one more row than
there are municipalities, of nothing, for the places that a small group leaves free.

A year *in full* is one in which every promise has come to its end and all is written off: what it
costs does not depend on when everybody went live. Who does not go to a form goes on as now. Some
things are paid by more than one group: the second line of a region that pools it, and what those
who go on as now have together today. They are `Pool` s, each with what every municipality adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import fsum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.crews import Crew
from decision.costs.result import Costs
from decision.grouping.buying import Buying
from decision.model.knowledge import Knowledge
from decision.model.region import Member, Region
from decision.sharing.course import course
from decision.sharing.gains import Gains, Kind, underway
from decision.sharing.ledger import Ledger, ledger
from decision.sharing.pieces import Piece, Since, State

__all__ = ["AS_NOW", "Coverage", "Pool", "Towns", "chain", "coverage_of", "lived_in", "towns_of"]

Padded = TypeVar("Padded", bound=np.generic)

AS_NOW = -1
"""The place of the form of who goes on as now."""

_IN_FULL = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Something that several groups pay for together, divided by what everybody adds to it.

    ``now`` and ``moved`` are what a municipality adds as now, and on each form (it goes to). The
    ``form`` is that of today which those who go on as now share (None for the second line).
    """

    form: int | None
    now: Floats
    moved: Floats
    crew: Crew
    handling: float

    def euro(self, amounts: Floats) -> Floats:
        """What a year costs in which all together add so much."""
        if self.form is None:
            name = next(iter(self.crew.rates))
            euro: Floats = self.crew.rates[name].second_line(self.crew.second_line(amounts))[1]
            return euro
        form = [*self.crew.rates][self.form]
        rates = self.crew.rates[form]
        euro = np.where(amounts > 0, rates.running.region, 0.0)
        if form in self.crew.joint:
            agents = self.crew.together(amounts, np.array([self.handling]))
            euro = euro + rates.first_line(agents)[1]
        return euro


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which netnummers municipalities lie in, and everybody around them.

    ``low`` and ``high`` are the least and the most of the inhabitants; ``around`` how many
    municipalities outside the region may lie in each, and ``surely_around`` how many do; ``region``
    is the place of its own number, and ``declared`` whether the region says who lies around it.
    """

    numbers: tuple[str, ...]
    low: Floats
    high: Floats
    around: Ints
    surely_around: Ints
    region: int
    declared: bool


@dataclass(frozen=True, slots=True)
class Towns:
    """The tables: an axis of municipalities, and mostly one of forms.

    ``calls`` are those in full of who goes to a form, and ``busy`` the seconds that they take;
    ``own`` is the euro a year that a municipality pays for itself on a form, ``own_now`` as it
    goes on. What the region chose beside a form is in both, ``steered_now`` of it in the second,
    but for ``projects``, which are the same whatever the form. ``bought`` is what it invests
    itself, for its ``places`` to work at. ``now`` is the form in use, and ``today`` are the calls
    of today. ``buying`` is what a group buys once for a form, and ``running`` what it pays every
    year.
    """

    names: tuple[str, ...]
    forms: tuple[str, ...]
    people: Floats
    calls: Floats
    calls_now: Floats
    busy: Floats
    busy_now: Floats
    own: Floats
    own_now: Floats
    steered_now: Floats
    projects: Floats
    bought: Floats
    places: Floats
    now: Ints
    today: Floats
    buying: Buying
    running: Floats
    joint: Flags
    chain: Flags
    pools: tuple[Pool, ...]
    coverage: Coverage
    ties: Ints
    ties_of: Ints
    crew: Crew

    @property
    def size(self) -> int:
        """How many municipalities there are, which is also the place of none."""
        return len(self.names)

    def row(self, members: Sequence[str]) -> Ints:
        """A group as a row of places."""
        return np.array([[self.names.index(name) for name in members]], dtype=np.int64)


def towns_of(knowledge: Knowledge, region: Region, costs: Costs) -> Towns:
    """The tables of a region, by the same prices as `decision.sharing.money`.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    as_now = ledger(knowledge, region, costs, {})
    names, forms = tuple(region.municipalities), tuple(knowledge.forms)
    now = [as_now.course.now[name].form for name in names]
    staying = {name: as_now.course.state(name, _IN_FULL) for name in names}
    going = {form: _going(knowledge, region, as_now, form) for form in forms}
    people = [*region.sizes.values()]
    chosen = ledger(knowledge, region, costs, {}, chosen=underway(knowledge, region)).gains
    kept = _Priced(as_now, region, knowledge, chosen)
    steered_now = kept.gained(staying, "channel_steering")
    ties = [{*tie.between} & {*names, *region.neighbours} for tie in region.ties.values()]
    return Towns(
        names=names,
        forms=forms,
        people=_padded(np.array(people)),
        calls=_table(going, lambda one: one.calls),
        calls_now=_padded(np.array([staying[name].calls for name in names])),
        busy=_table(going, lambda one: one.calls * one.handling),
        busy_now=_padded(np.array([one.calls * one.handling for one in staying.values()])),
        own=_padded(np.column_stack([
            kept.own(going[form]) + kept.gained(going[form], "channel_steering") for form in forms
        ])),
        own_now=_padded(kept.own(staying) + steered_now),
        steered_now=_padded(steered_now),
        projects=_padded(kept.gained(staying, "project")),
        bought=_padded(np.column_stack([kept.bought(form) for form in forms])),
        places=_padded(np.column_stack([kept.places(form) for form in forms])),
        now=np.array([*(forms.index(one) for one in now), len(forms)], dtype=np.int64),
        today=_padded(np.array([as_now.course.calls[name] for name in names])),
        buying=kept.buying,
        running=np.array([float(as_now.desks.crew.rates[f].running.region) for f in forms]),
        joint=np.array([form in as_now.desks.crew.joint for form in forms]),
        chain=np.array([[form in chain(knowledge, one) for form in forms] for one in forms]),
        pools=tuple(kept.pools(forms, staying, going)),
        coverage=coverage_of(region),
        ties=np.array([len(tie) if tie <= {*names} else 0 for tie in ties], dtype=np.int64),
        ties_of=_padded(np.array([[name in tie for tie in ties] for name in names],
                                 dtype=np.int64).reshape(len(names), len(ties))),
        crew=as_now.desks.crew,
    )  # fmt: skip


def chain(knowledge: Knowledge, form: str | None) -> tuple[str, ...]:
    """A form and all that it builds on."""
    found: list[str] = []
    while form is not None:
        found.append(form)
        form = knowledge.forms[form].builds_on
    return tuple(found)


def lived_in(member: Member, number: str) -> tuple[float, float]:
    """The least and the most (0-1) of the inhabitants of a member that lie in a netnummer."""
    share = member.coverage.get(number, 0.0)
    if not isinstance(share, str):
        return share, share
    sure = fsum(one for one in member.coverage.values() if not isinstance(one, str))
    return 0.0, max(0.0, 1.0 - sure)


def coverage_of(region: Region) -> Coverage:
    """The netnummers of the municipalities of a region."""
    members, others = region.municipalities.values(), region.neighbours.values()
    numbers = tuple(sorted({number for one in members for number in one.coverage}))
    ends = np.array([[lived_in(one, number) for number in numbers] for one in members])
    around = [
        [sum(lived_in(one, number)[end] > 0 for one in others) for number in numbers]
        for end in (0, 1)
    ]
    return Coverage(
        numbers=numbers,
        low=_padded(ends[..., 0]),
        high=_padded(ends[..., 1]),
        around=np.array(around[1], dtype=np.int64),
        surely_around=np.array(around[0], dtype=np.int64),
        region=numbers.index(region.number) if region.number in numbers else -1,
        declared="neighbours" in region.model_fields_set,
    )


def _going(knowledge: Knowledge, region: Region, as_now: Ledger, form: str) -> dict[str, State]:
    """The state in full of every municipality that goes to a form."""
    start, calls = as_now.course.reference, as_now.course.calls
    steps = {name: (Since(form, start),) for name in region.municipalities}
    way = course(knowledge, region, calls, steps, {})
    return {name: way.state(name, _IN_FULL) for name in region.municipalities}


@dataclass(frozen=True)
class _Priced:
    """The prices of a region."""

    ledger: Ledger
    region: Region
    knowledge: Knowledge
    chosen: Gains

    def gained(self, states: Mapping[str, State], kind: Kind) -> Floats:
        """What all that the region chose of a kind changes for everybody in full."""
        found = dict.fromkeys(states, 0.0)
        for gain in self.chosen.of(Piece(_IN_FULL.year, 1.0, _IN_FULL, states)):
            if gain.of.kind == kind:
                found[gain.municipality] += gain.euro
        return np.array([*found.values()])

    def own(self, states: Mapping[str, State]) -> Floats:
        """What everybody pays for itself in a state: what no centre and no pool pays."""
        desks, found = self.ledger.desks, []
        second = dict.fromkeys(states, 0.0)
        if not desks.pooled:
            on = {name: one.calls * one.passed_on for name, one in states.items()}
            second = desks.second_line(on)
        first = desks.apart(states)
        for name, one in states.items():
            rates = desks.crew.rates[one.form]
            agents = 0.0 if one.form in desks.crew.joint else first[name]
            wages = (
                rates.first_line(np.array(agents))[1] + rates.second_line(np.array(second[name]))[1]
            )
            found.append(float(wages + rates.running.municipality) + self.ledger.moved(name, one))
        return np.array(found)

    @cached_property
    def buying(self) -> Buying:
        """What is bought in the region."""
        return Buying.of(self.knowledge, self.region, self.ledger.desks.crew.model)

    def places(self, form: str) -> Floats:
        """The workplaces of everybody on a form that answers for itself."""
        names = tuple(self.region.municipalities)
        needed = self.ledger.needs.of(form, "", names)
        return np.array([needed.get(name, 0.0) for name in names])

    def bought(self, form: str) -> Floats:
        """What everybody buys for itself on its way to a form."""
        everybody = np.arange(len(self.region.municipalities))[:, np.newaxis]
        needed, at = self.places(form)[:, np.newaxis], [*self.knowledge.forms].index(form)
        return self.buying.each(at, needed, everybody)[:, 0]

    def pools(
        self,
        forms: Sequence[str],
        staying: Mapping[str, State],
        going: Mapping[str, Mapping[str, State]],
    ) -> Sequence[Pool]:
        """What is paid for together by more than one group."""
        desks, found = self.ledger.desks, []
        if desks.pooled:
            now = [one.calls * one.passed_on for one in staying.values()]
            moved = _table(going, lambda one: one.calls * one.passed_on)
            found.append(Pool(None, _padded(np.array(now)), moved, desks.crew, 0.0))
        for form in dict.fromkeys(one.form for one in staying.values()):
            shared = form in desks.crew.joint
            if not shared and not desks.crew.rates[form].running.region:
                continue
            there = [one.calls if one.form == form else 0.0 for one in staying.values()]
            handling = next(one.handling for one in staying.values() if one.form == form)
            none = np.zeros((len(there) + 1, len(forms)))
            found.append(
                Pool(forms.index(form), _padded(np.array(there)), none, desks.crew, handling)
            )
        return found


def _table(going: Mapping[str, Mapping[str, State]], of: Callable[[State], float]) -> Floats:
    """A number for everybody on each form."""
    return _padded(np.column_stack([[of(one) for one in s.values()] for s in going.values()]))


def _padded(values: NDArray[Padded]) -> NDArray[Padded]:
    """The values with a row of nothing below them."""
    return np.concatenate([values, np.zeros((1, *values.shape[1:]), dtype=values.dtype)])
