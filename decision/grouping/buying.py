"""What many groups buy at once for a form, by the workplaces that each needs.

The amounts are those of `decision.costs.workplaces` and `decision.sharing.purchases`: who needs
more workplaces than an item is for buys more of it, and nobody buys what was bought before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from decision.costs.arithmetic import Model
from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.workplaces import ONE_SITE, Parts, had, items, most_at_once, parted, sized
from decision.model.figures import Amount, Calculation
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Buying"]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of investment of one form: its ``place`` among all, and whether each still buys it.

    ``once`` is that for a group, ``each`` (0 or 1) for every municipality, and none.
    """

    place: int
    amount: Amount
    once: bool
    each: Floats


@dataclass(frozen=True, slots=True)
class Buying:
    """What is bought for each form, by a group and by each municipality in it.

    ``sites`` are those of each municipality, and none; ``joint_sites`` those of the centre of all.
    """

    model: Model
    promises: tuple[Calculation, ...]
    items: tuple[tuple[_Item, ...], ...]
    sized: tuple[bool, ...]
    count: int
    sites: tuple[Parts, ...]
    joint_sites: Parts

    @classmethod
    def of(cls, knowledge: Knowledge, region: Region, model: Model) -> Buying:
        """What is bought in a region."""
        forms, order = tuple(knowledge.forms), [*knowledge.investments]
        towns = [*region.municipalities]
        return cls(
            model=model,
            promises=tuple(knowledge.calculations[form] for form in forms),
            items=tuple(
                tuple(
                    _Item(
                        place=order.index(item),
                        amount=amount,
                        once=not had(region, item),
                        each=np.array([*(float(not had(region, item, n)) for n in towns), 0.0]),
                    )
                    for item, amount in items(knowledge.investments, form).items()
                )
                for form in forms
            ),
            sized=tuple(sized(knowledge, form) for form in forms),
            count=len(order),
            sites=(*(parted(one.sites) for one in region.municipalities.values()), ONE_SITE),
            joint_sites=parted(region.costs.joint_sites),
        )

    def centre(self, form: int, calls: Floats, whole: Flags) -> Floats:
        """The workplaces of centres with so many calls a year today.

        Only the centre of the ``whole`` region has more than one location.
        """
        found = np.zeros(len(calls))
        if not self.sized[form]:
            return found
        for sites, asked in ((ONE_SITE, ~whole), (self.joint_sites, whole)):
            if asked.any():
                found[asked] = self._most(form, calls[asked], sites)
        return found

    def on_one_site(self, form: int, calls: Floats) -> Floats:
        """The workplaces of a location with so many calls a year today."""
        return self._most(form, calls, ONE_SITE) if self.sized[form] else np.zeros(len(calls))

    def apart(self, form: int, calls: Floats, members: Ints) -> Floats:
        """The workplaces of each member that answers so many calls a year itself."""
        found = np.zeros(members.shape)
        if not self.sized[form]:
            return found
        kinds: dict[tuple[bytes, bytes], list[int]] = {}
        for at, (shares, times) in enumerate(self.sites[:-1]):
            kinds.setdefault((shares.tobytes(), times.tobytes()), []).append(at)
        for places in kinds.values():
            asked = np.isin(members, places)
            found[asked] = self._most(form, calls[asked], self.sites[places[0]])
        return found

    def _most(self, form: int, calls: Floats, sites: Parts) -> Floats:
        different, which = np.unique(calls, return_inverse=True)
        most = most_at_once(self.model, self.promises[form], different, sites)
        found: Floats = most[which.ravel()]
        return found

    def once(self, form: int, needed: Floats) -> Mapping[int, Floats]:
        """The euro of each item that a group buys for its workplaces, by its place."""
        return {
            one.place: _euro(one.amount, needed)
            for one in self.items[form]
            if one.amount.per == "region" and one.once
        }

    def each(self, form: int, needed: Floats, members: Ints) -> Floats:
        """The euro that each member pays for its workplaces."""
        paid = np.zeros(members.shape)
        for one in self.items[form]:
            if one.amount.per == "municipality":
                paid += _euro(one.amount, needed) * one.each[members]
        return paid

    def lost(self, form: int, centre: Floats, needed: Floats, members: Ints) -> Floats:
        """The euro of what each group has on a form and loses when it grows."""
        gone, there = np.zeros(len(members)), members < len(self.sites) - 1
        for one in self.items[form]:
            if one.amount.lost_on_growth and one.amount.per == "region":
                gone += _euro(one.amount, centre)
            elif one.amount.lost_on_growth:
                gone += (_euro(one.amount, needed) * there).sum(axis=1)
        return gone


def _euro(amount: Amount, needed: Floats) -> Floats:
    """The euro of an amount for so many workplaces."""
    if amount.sized is None:
        return np.full(needed.shape, float(amount.euro))
    more = np.ceil((needed - amount.sized.workplaces) / amount.sized.each)
    euro: Floats = amount.euro + amount.sized.more * np.maximum(more, 0.0)
    return euro
