"""What each form would cost each of many groups, if all of it took part: what the scores rest on.

The figures are those of `decision.costs` for the group as a region of its own, in the last year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from decision.costs.arithmetic import Model, Situation, rates
from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.crews import Crew, crew
from decision.costs.inputs import unmoved, values
from decision.costs.prices import Fixed, Rates, Use, prices
from decision.costs.result import Costs
from decision.costs.setup import model
from decision.costs.workplaces import items
from decision.grouping.buying import Buying
from decision.grouping.towns import Coverage, coverage_of
from decision.model.figures import Yearly
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["GroupPrices"]


@dataclass(frozen=True, slots=True)
class GroupPrices:
    """The prices of a region, for groups of its municipalities.

    ``today`` are the calls of each municipality a year, ``sites`` the shares of these that each of
    its locations answers; ``order`` is the place of each form among those that are calculated.
    ``running`` are euro by form, of a group and of each municipality in it; ``buying`` is what they
    invest. Of the forms in ``still`` the move of contacts does not count.
    """

    coverage: Coverage
    model: Model
    situation: Situation
    rates: Rates
    crew: Crew
    order: Ints
    baseline: int
    today: Floats
    sites: Floats
    equal: bool
    pooled: bool
    running: tuple[Floats, Floats]
    buying: Buying
    still: Ints

    @classmethod
    def of(cls, knowledge: Knowledge, region: Region, costs: Costs) -> GroupPrices:
        """The prices of a region of which ``costs`` are those of all together."""
        basis = model(knowledge, region, region.costs.years[-1:])
        situation = basis.at()
        forms, used = tuple(knowledge.forms), values(knowledge, region)
        people = [*region.sizes.values()]
        each = costs.inhabitants / fsum(people) * used["calls_per_inhabitant"]
        today = [
            size * each if one.calls_per_year is None else one.calls_per_year.value
            for size, one in zip(people, region.municipalities.values(), strict=True)
        ]
        sites = [one.sites or (1.0,) for one in region.municipalities.values()]
        most = max(map(len, sites))
        moved = unmoved(knowledge, region)[1]
        return cls(
            coverage=coverage_of(region),
            model=basis,
            situation=situation,
            rates=rates(basis, situation),
            crew=crew(knowledge, region),
            order=np.array([basis.forms.index(form) for form in forms]),
            baseline=forms.index(knowledge.baseline),
            today=np.array([*today, 0.0]),
            sites=np.array([*([*own, *[0.0] * (most - len(own))] for own in sites), [0.0] * most]),
            equal=region.costs.sites == "equal",
            pooled=region.costs.second_line == "pooled",
            running=_running({form: items(knowledge.running_costs, form) for form in forms}),
            buying=Buying.of(knowledge, region, basis),
            still=np.array([forms.index(form) for form in moved], dtype=np.int64),
        )

    def shares(self, members: Ints, size: Ints) -> Mapping[str, Floats]:
        """Every measure of each form in each group, as a share of the baseline's yearly cost.

        The cost per call is a share of the baseline's. Of a form that moves an assumed share of
        the contacts it is what it costs when it moves none.
        """
        group = _Group.of(self, members, size)
        per_call, total = self._costs(group)
        base_call, base = per_call[:, [self.baseline]], total[:, [self.baseline]]
        if self.still.size:
            without = self._costs(group, moving=False)
            per_call[:, self.still] = without[0][:, self.still]
            total[:, self.still] = without[1][:, self.still]
        return {
            "cost_per_call": _share(per_call, base_call),
            "yearly_cost": _share(total, base),
            "investment": _share(group.invested, base),
            "write_off": _share(group.lost, base),
        }

    def _costs(self, group: _Group, *, moving: bool = True) -> tuple[Floats, Floats]:
        """The cost per call and in all of each form in each group."""
        promise = self.situation.promise
        volume, direct, handling = (one[0, self.order, 0] for one in promise)
        calls = group.today[:, np.newaxis] * volume
        first, second, moved = (np.zeros(calls.shape) for _ in range(3))
        behind: dict[float, Floats] = {}
        for at, form in enumerate(self.model.forms[place] for place in self.order):
            answered = group.joint if form in self.crew.joint else group.apart
            first[:, at] = answered(float(volume[at]), handling[[at]])
            kept = float(volume[at] * (1 - direct[at]))
            if kept not in behind:
                behind[kept] = group.second(kept)
            second[:, at] = behind[kept]
            move = self.model.moves.get(form)
            if moving and move is not None:
                years = np.array([self.model.years[0] - self.model.begins + 1])
                moved[:, at] = move.euro(self.situation.kengetallen, group.today, years)
        deep = np.newaxis
        running = self.running[0] + np.outer(group.size, self.running[1])
        paid = self.rates._replace(
            wage_first_line=self.rates.wage_first_line[:, self.order],
            running=Fixed(running[..., deep], np.zeros(1)),
            invested=Fixed(group.invested[..., deep], np.zeros(1)),
        )
        use = Use(
            members=group.size[:, deep, deep].astype(np.float64),
            calls=calls[..., deep],
            passed_on=(1 - direct)[deep, :, deep],
            first=first[..., deep],
            second=second[..., deep],
            moved_euro=moved[..., deep],
            written_off_over=group.today[:, deep, deep] * self.model.first_volume[self.order],
            written_off=self.situation.written_off[:, self.order],
        )
        found = prices(paid, use)
        return found.cost_per_call[..., 0], found.total[..., 0]


@dataclass(frozen=True, slots=True)
class _Group:
    """Groups with their calls ``today``, how they are answered, and what is bought for that.

    ``invested`` is what they would buy for each form, ``lost`` what of it growing on writes off.
    """

    of_region: GroupPrices
    members: Ints
    size: Ints
    today: Floats
    invested: Floats
    lost: Floats

    @classmethod
    def of(cls, of_region: GroupPrices, members: Ints, size: Ints) -> _Group:
        days = of_region.model.kengetallen["opening_days"]
        a_day = of_region.today[members].sum(axis=1) / days
        if of_region.model.whole_calls:
            a_day = np.rint(a_day)
        nothing = np.zeros((len(members), len(of_region.order)))
        found = cls(of_region, members, size, a_day * days, nothing, nothing.copy())
        for form in range(len(of_region.order)):
            found._buy(form)
        return found

    def _buy(self, form: int) -> None:
        """Put down what everybody in a group would buy for a form."""
        buying, crew = self.of_region.buying, self.of_region.crew
        own = np.zeros(self.members.shape)
        if buying.model.forms[self.of_region.order[form]] in crew.joint:
            centre = buying.centre(form, self.today, self._whole)
        else:
            own = self._places(form)
            centre = own.sum(axis=1)
        paid = (*buying.once(form, centre).values(), buying.each(form, own, self.members).sum(1))
        self.invested[:, form] = np.sum(paid, axis=0)
        self.lost[:, form] = buying.lost(form, centre, own, self.members)

    def _places(self, form: int) -> Floats:
        """The workplaces of each member that answers its own calls."""
        buying, there = self.of_region.buying, self.members < self.of_region.today.size - 1
        if self.of_region.equal:
            site = buying.on_one_site(form, self.today / self.size)
            equal: Floats = site[:, np.newaxis] * there
            return equal
        return buying.apart(form, self._own(), self.members)

    @property
    def _whole(self) -> Flags:
        whole: Flags = self.size == self.of_region.today.size - 1
        return whole

    def _own(self) -> Floats:
        """The calls of each member, with its part of the rounding of its group."""
        own = self.of_region.today[self.members]
        if not self.of_region.model.whole_calls:
            return own
        whole = own.sum(axis=1)
        rounded = np.divide(self.today, whole, out=np.zeros(whole.shape), where=whole > 0)
        scaled: Floats = own * rounded[:, np.newaxis]
        return scaled

    def joint(self, kept: float, handling: Floats) -> Floats:
        """The agents of a joint centre; only that of all has the locations of the region."""
        crew, whole = self.of_region.crew, self._whole
        calls = self.today * kept
        agents = crew.on_one_site(calls, handling)
        if whole.any():
            agents[whole] = crew.together(calls[whole], handling)
        return agents

    def apart(self, kept: float, handling: Floats) -> Floats:
        """The agents of municipalities that each answer the ``kept`` part of their own calls."""
        crew = self.of_region.crew
        if self.of_region.equal:
            return self.size * crew.on_one_site(self.today * kept / self.size, handling)
        sites = self.of_region.sites
        return self._each(kept, lambda own: crew.on_one_site(own, handling), sites)

    def second(self, kept: float) -> Floats:
        """The agents of the second line, to which a part of the calls is passed on."""
        crew = self.of_region.crew
        if self.of_region.pooled:
            return crew.second_line(self.today * kept)
        if self.of_region.equal:
            return self.size * crew.second_line(self.today * kept / self.size)
        return self._each(kept, crew.second_line, np.ones((self.of_region.today.size, 1)))

    def _each(self, kept: float, staffed: Callable[[Floats], Floats], sites: Floats) -> Floats:
        """The agents of every location of every member, for its part of the calls of its group."""
        own = self.of_region.today
        if not self.of_region.model.whole_calls:
            calls = own[:, np.newaxis] * kept * sites
            of_town = staffed(calls.ravel()).reshape(calls.shape).sum(axis=1)
            alone: Floats = of_town[self.members].sum(axis=1)
            return alone
        at_each = (self._own() * kept)[..., np.newaxis] * sites[self.members]
        total: Floats = staffed(at_each.ravel()).reshape(len(at_each), -1).sum(axis=1)
        return total


def _running(of: Mapping[str, Mapping[str, Yearly]]) -> tuple[Floats, Floats]:
    """The euro a year of each form for a group, and for each municipality in it."""
    together, each = (
        [fsum(one.euro for one in own.values() if one.per == per) for own in of.values()]
        for per in ("region", "municipality")
    )
    return np.array(together), np.array(each)


def _share(amount: Floats, whole: Floats) -> Floats:
    return np.divide(amount, whole, out=np.zeros(amount.shape), where=whole != 0)
