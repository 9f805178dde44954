"""What is bought when municipalities go from form to form, and what they leave behind.

A region (or a group in it) buys for a form when the first goes to it, a municipality when it goes
there itself, and nobody what it has: what was spent before, and what was bought for another form
and keeps its use. A centre is built once, for everybody who is to come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum, inf
from typing import NamedTuple

from decision.costs.workplaces import had, items, sized, workplaces
from decision.model.figures import Amount
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.course import Course
from decision.sharing.desks import Desks

__all__ = ["Needs", "Purchase", "lost", "purchases"]


class Purchase(NamedTuple):
    """The euro that all on a form (an empty ``owner``) or a municipality pay for it.

    The ``centre`` is the form, and the group that is on it together; ``lost`` is what of its items
    is of no use any more to who goes to a next form.
    """

    day: date
    centre: tuple[str, str]
    owner: str
    euro: float
    lost: float


@dataclass(frozen=True, slots=True)
class Needs:
    """The workplaces that are bought: by whom, with their calls, and where these are answered."""

    knowledge: Knowledge
    region: Region
    calls: Mapping[str, float]
    desks: Desks

    def of(self, form: str, group: str, names: Collection[str]) -> Mapping[str, float]:
        """The workplaces of each who goes to a form, or under an empty name those of the centre."""
        if not sized(self.knowledge, form):
            return {}
        inside = [name for name in names if name not in self.desks.outside]
        joint = self.knowledge.calculations[form].sites == "one"
        together = {} if group not in self.desks.parts else {"joint_sites": None}
        if joint or len(inside) == len(names):
            return self._of(form, names, together)
        beside = [name for name in names if name not in inside]
        found = {**self._of(form, beside, {"sites": "own"})}
        return {**found, **self._of(form, inside, {})} if inside else found

    def _of(
        self, form: str, names: Iterable[str], otherwise: Mapping[str, object]
    ) -> Mapping[str, float]:
        basis = self.region.costs.model_copy(update=otherwise)
        region = self.region.model_copy(update={"costs": basis}) if otherwise else self.region
        calls = {name: self.calls[name] for name in names}
        model, site = self.desks.crew.model, self.desks.equal_site
        return workplaces(self.knowledge, region, model, form, calls, site)


def purchases(needs: Needs, course: Course) -> tuple[Purchase, ...]:
    """Everything that is bought, in the order of time."""
    knowledge, region, found = needs.knowledge, needs.region, list[Purchase]()
    opened: dict[str, dict[str, date]] = {}
    going: dict[tuple[str, str], list[str]] = {}
    for name, way in course.steps.items():
        group = course.groups.get(name, "")
        inside = opened.setdefault(group, {})
        for form, day in way:
            inside[form] = min(inside.get(form, day), day)
            going.setdefault((form, group), []).append(name)
    needed = {centre: needs.of(*centre, names) for centre, names in going.items()}
    for group, days in opened.items():
        found += _together(needs, course, group, days, needed)
    for name, way in course.steps.items():
        own = {item: inf for item in knowledge.investments if had(region, item, name)}
        for form, day in way:
            euro, centre = 0.0, (form, course.groups.get(name, ""))
            bought = _items(knowledge, form, "municipality", needed[centre].get(name, 0.0))
            for item, amount, price in bought:
                euro += max(0.0, price - own.get(item, 0.0))
                if not amount.lost_on_growth:
                    own[item] = max(own.get(item, 0.0), price)
            found.append(Purchase(day, centre, name, euro, _lost(bought)))
    return tuple(sorted(found, key=lambda one: one.day))


def _together(
    needs: Needs,
    course: Course,
    group: str,
    opened: Mapping[str, date],
    needed: Mapping[tuple[str, str], Mapping[str, float]],
) -> Iterator[Purchase]:
    """What a group buys once for all of its members."""
    knowledge, region = needs.knowledge, needs.region
    order, kept, bought_for = [*knowledge.forms], dict[str, float](), dict[str, str]()
    members = [name for name in course.now if course.groups.get(name, "") == group]
    for form in sorted(opened, key=lambda form: (opened[form], -order.index(form))):
        paid, used = list[float](), {course.at(name, opened[form]).form for name in members}
        bought = _items(knowledge, form, "region", fsum(needed[form, group].values()))
        for item, amount, price in bought:
            gone = item in bought_for and bought_for[item] not in used
            has = inf if had(region, item) else 0.0 if gone else kept.get(item, 0.0)
            paid.append(max(0.0, price - has))
            kept[item] = max(has, price)
            bought_for.pop(item, None)
            if amount.lost_on_growth:
                bought_for[item] = form
        yield Purchase(opened[form], (form, group), "", fsum(paid), _lost(bought))


def lost(bought: Iterable[Purchase], course: Course) -> Mapping[int, float]:
    """By year the euro of investments that are of no use any more to who goes to a next form."""
    wasted = {(one.centre, one.owner): one.lost for one in bought}
    found: dict[int, float] = {}
    left: dict[tuple[str, str], date] = {}
    for name, way in course.steps.items():
        for (form, _), (_, day) in pairwise(way):
            centre = form, course.groups.get(name, "")
            found[day.year] = found.get(day.year, 0.0) + wasted[centre, name]
            left[centre] = max(left.get(centre, day), day)
    for centre, day in left.items():
        if all(course.at(name, day).form != centre[0] for name in course.now):
            found[day.year] = found.get(day.year, 0.0) + wasted[centre, ""]
    return found


_Priced = list[tuple[str, Amount, float]]


def _items(knowledge: Knowledge, form: str, per: str, needed: float) -> _Priced:
    """The items of a form that are bought once for the region, or for each municipality."""
    return [
        (item, amount, amount.for_workplaces(needed))
        for item, amount in items(knowledge.investments, form).items()
        if amount.per == per
    ]


def _lost(bought: _Priced) -> float:
    return fsum(price for _, amount, price in bought if amount.lost_on_growth)
