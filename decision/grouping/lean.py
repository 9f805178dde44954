"""What many groups come to at once, without the path to it: forms, money in full, and the number.

A group is a row of places of municipalities, and a grouping a set of rows. What a grouping costs
*in full* (see `towns`) is what its groups pay for themselves and their part of what is paid for by
more than one of them. `decision.grouping.declared` gives the same for the groupings that are shown.

A group's number is the netnummer in which most of its inhabitants surely lie; of equals, in which
most may lie, then with the fewest others to tell, then that of the region, then the lowest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.result import Costs
from decision.grouping.reach import NO, UNKNOWN, YES, GroupRows, Rulebook, Truths, rulebook
from decision.grouping.towns import AS_NOW, Towns, towns_of
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Batch", "Lean", "Priced", "lean_of"]


@dataclass(frozen=True, slots=True)
class Priced:
    """What groups pay for themselves in full: each member, and in all; and what they invest.

    ``adds`` is what each group adds to every pool, ``adds_of`` each member. ``centre`` is the form
    that each member is on with its group; who is on one as now has the form with all forms added.
    """

    own: Floats
    investment: Floats
    adds: Floats
    adds_of: Floats
    centre: Ints

    @property
    def cost(self) -> Floats:
        """What each group pays, without its part of the pools."""
        total: Floats = self.own.sum(axis=1)
        return total


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups, and what becomes of each: an array with a value for each group, or each member.

    ``number`` is the place of the netnummer; ``best`` that of the advised form, ``forms`` those of
    the members. ``on_own`` are inhabitants who lie in the number, at the least and at the most;
    ``told`` how many municipalities around the group may lie in it, ``redirected`` how many members
    lie (partly) outside it; ``ties`` are kept; ``worth`` is what the forms are worth to each
    inhabitant, by group of criteria.
    """

    members: Ints
    size: Ints
    number: Ints
    best: Ints
    forms: Ints
    priced: Priced
    on_own: Floats
    told: Ints
    redirected: Ints
    ties: Ints
    worth: Floats

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.members)


@dataclass(frozen=True)
class Lean:
    """A region as tables: `batch` says what many groups come to."""

    towns: Towns
    rules: Rulebook
    worth: Floats

    def batch(self, members: Ints, numbers: Ints | None = None) -> Batch:
        """What each group comes to, behind its number, or each behind one of its own."""
        size = (members < self.towns.size).sum(axis=1)
        number, on_own, told = self._numbers(members, numbers)
        rows = GroupRows(members, number, self._outside(members, number), size)
        best, forms = self.rules.forms_of(rows)
        return Batch(
            members=members,
            size=size,
            number=number,
            best=best,
            forms=forms,
            priced=self.price(members, forms),
            on_own=on_own,
            told=told,
            redirected=self._redirected(members, number),
            ties=self._ties(members),
            worth=self.worth_of(members, forms),
        )

    def fitting(self, members: Ints) -> Ints:
        """The number of each group that fits it best."""
        return self._numbers(members, None)[0]

    def worth_of(self, members: Ints, forms: Ints) -> Floats:
        """What these forms are worth by each group of criteria, times the inhabitants."""
        used = np.where(forms == AS_NOW, self.towns.now[members], forms)
        each = self.worth[np.minimum(used, len(self.towns.forms) - 1)]
        worth: Floats = np.einsum("gkc,gk->gc", each, self.towns.people[members])
        return worth

    def price(self, members: Ints, forms: Ints) -> Priced:
        """What groups pay whose members go to these forms (`AS_NOW` for who does not)."""
        towns = self.towns
        there = members < towns.size
        moves = (forms != AS_NOW) & (forms != towns.now[members]) & there
        at = np.where(moves, forms, 0)
        own = np.where(moves, towns.own[members, at], towns.own_now[members])
        bought = np.where(moves, towns.bought[members, at], 0.0)
        once = np.zeros((towns.buying.count, len(members)))
        with_group = moves.copy()
        for form in range(len(towns.forms)):
            going = moves & (forms == form)
            opens = going.any(axis=1)
            if not opens.any():
                continue
            for item, euro in self._once(form, members, going).items():
                once[item] = np.maximum(once[item], euro * opens)
            staying = there & ~moves & (towns.now[members] == form) & opens[:, np.newaxis]
            with_group |= staying
            here = going | staying
            calls = np.where(going, towns.calls[members, form], towns.calls_now[members]) * here
            own += self._shared(opens, calls, here) * self._centre(form, members, going, here)
        adds = [
            np.where(
                moves,
                pool.moved[members, at],
                np.where(with_group & (pool.form is not None), 0.0, pool.now[members]),
            )
            for pool in towns.pools
        ]
        adds_of = np.stack(adds, axis=-1) if adds else np.zeros((*members.shape, 0))
        return Priced(
            own=np.where(there, own, 0.0),
            investment=bought.sum(axis=1) + once.sum(axis=0),
            adds=adds_of.sum(axis=1),
            adds_of=adds_of,
            centre=np.where(moves, forms, towns.now[members])
            + np.where(with_group, 0, len(towns.forms)),
        )

    def _once(self, form: int, members: Ints, going: Flags) -> Mapping[int, Floats]:
        """What each group buys once for those who go to a form."""
        towns = self.towns
        if towns.joint[form]:
            calls = (towns.today[members] * going).sum(axis=1)
            whole = (members < towns.size).sum(axis=1) == towns.size
            needed = towns.buying.centre(form, calls, whole)
        else:
            needed = (towns.places[members, form] * going).sum(axis=1)
        return towns.buying.once(form, needed)

    def _shared(self, opens: Flags, calls: Floats, here: Flags) -> Floats:
        """The part of each member in what those on a form of its group pay together."""
        whole, count = calls.sum(axis=1, keepdims=True), here.sum(axis=1, keepdims=True)
        alike = np.divide(1.0, count, out=np.zeros(count.shape), where=count > 0) * here
        part: Floats = np.divide(calls, whole, out=alike, where=whole > 0) * opens[:, np.newaxis]
        return part

    def _centre(self, form: int, members: Ints, going: Flags, here: Flags) -> Floats:
        """What those on a form of a group pay together."""
        towns = self.towns
        euro = np.full(len(members), towns.running[form])
        if towns.joint[form]:
            calls, busy = (
                (np.where(going, moved[members, form], now[members]) * here).sum(axis=1)
                for moved, now in ((towns.calls, towns.calls_now), (towns.busy, towns.busy_now))
            )
            some = np.flatnonzero(calls > 0)
            crew, rates = towns.crew, towns.crew.rates[towns.forms[form]]
            mean = busy[some] / calls[some]
            whole = (members[some] < towns.size).sum(axis=1) == towns.size
            agents = np.zeros(len(members))
            for all_of, staffed in ((True, crew.together), (False, crew.on_one_site)):
                part = whole == all_of
                if part.any():
                    agents[some[part]] = staffed(calls[some[part]], mean[part])
            euro = euro + rates.first_line(agents)[1]
        return euro[:, np.newaxis]

    def _numbers(self, members: Ints, given: Ints | None) -> tuple[Ints, Floats, Ints]:
        """The number of each group, who lies in it at the least and at the most, and who else."""
        cover, people = self.towns.coverage, self.towns.people[:, np.newaxis]
        lies = cover.high > 0
        low, high, inside = (
            _summed(one, members) for one in (cover.low * people, cover.high * people, lies * 1.0)
        )
        around = cover.around + lies[:-1].sum(axis=0)
        told = np.rint(around - inside).astype(np.int64)
        own = np.zeros(len(cover.numbers))
        if cover.region >= 0:
            own[cover.region] = 1.0
        places = np.arange(len(cover.numbers))
        candidate = np.rint(inside) > 0
        for value in (low, high, -told, np.broadcast_to(own, low.shape),
                      np.broadcast_to(-places, low.shape)):  # fmt: skip
            top = np.where(candidate, value, -np.inf).max(axis=1, keepdims=True)
            slack = 1e-9 * np.maximum(1.0, np.abs(top))
            candidate = candidate & (value >= top - slack)
        number = candidate.argmax(axis=1) if given is None else given
        every = np.arange(len(members))
        return number, np.stack([low[every, number], high[every, number]], 1), told[every, number]

    def _outside(self, members: Ints, number: Ints) -> Truths:
        """Whether the number of a group covers others, as a truth."""
        cover = self.towns.coverage
        every = np.arange(len(members))
        sure, may = (
            np.rint(around + (ends[:-1] > 0).sum(axis=0) - _summed((ends > 0) * 1.0, members))
            for around, ends in ((cover.surely_around, cover.low), (cover.around, cover.high))
        )
        here = every, number
        truth = np.where(sure[here] > 0, YES, np.where(may[here] > 0, UNKNOWN, NO))
        if not cover.declared:
            whole = (members < self.towns.size).all(axis=1) & (members.shape[1] == self.towns.size)
            truth = np.where(whole, np.maximum(truth, UNKNOWN), truth)
        return truth.astype(np.int8)

    def _redirected(self, members: Ints, number: Ints) -> Ints:
        cover = self.towns.coverage
        low = cover.low[members, number[:, np.newaxis]]
        known = low == cover.high[members, number[:, np.newaxis]]
        outside: Ints = (known & (low != 1) & (members < self.towns.size)).sum(axis=1)
        return outside

    def _ties(self, members: Ints) -> Ints:
        """How many ties each group keeps: those of which all partners are in it."""
        inside = _summed(self.towns.ties_of * 1.0, members)
        kept: Ints = ((inside == self.towns.ties) & (self.towns.ties > 0)).sum(axis=1)
        return kept

    @cached_property
    def attachable(self) -> Mapping[int, int]:
        """Who answers for itself beside others in the plan of all together, and in which form."""
        everybody = np.arange(self.towns.size)[np.newaxis]
        whole = self.batch(everybody)
        alone = self.batch(everybody.T)
        return {
            place: int(form)
            for place, form in enumerate(whole.forms[0])
            if form not in (AS_NOW, whole.best[0]) and alone.best[place] == AS_NOW
        }

    def host(self, groups: Sequence[tuple[int, float]], form: int) -> int | None:
        """The group beside which one can answer for itself, of (advised form, inhabitants).

        It is the largest that comes to a form that builds on that one; of equals the first.
        """
        fit = [
            (-people, at)
            for at, (best, people) in enumerate(groups)
            if best != AS_NOW and self.towns.chain[best, form]
        ]
        return min(fit)[1] if fit else None


def _summed(of: NDArray[np.floating[Any]], members: Ints) -> Floats:
    """The sum over the members of every group, of values with more than one axis."""
    total = np.zeros((len(members), of.shape[1]))
    for column in members.T:
        total += of[column]
    return total


def lean_of(knowledge: Knowledge, region: Region, costs: Costs) -> Lean:
    """The tables of a region of which ``costs`` are those of all together.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    rules = rulebook(knowledge, region, costs)
    return Lean(towns_of(knowledge, region, costs), rules, rules.worth)
