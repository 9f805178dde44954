"""What is bought when municipalities go from form to form, and what they leave behind.

The region buys for a form when the first goes to it, a municipality when it goes there itself, and
nobody what it has: what was spent before, and what was bought for another form and keeps its use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import fsum, inf
from typing import NamedTuple

from decision.costs.setup import had, items
from decision.model.figures import Amount
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.course import Course

__all__ = ["Purchase", "lost", "purchases"]


class Purchase(NamedTuple):
    """The euro that the region (an empty ``owner``) or a municipality pays for a form."""

    day: date
    form: str
    owner: str
    euro: float


def purchases(knowledge: Knowledge, region: Region, course: Course) -> tuple[Purchase, ...]:
    """Everything that is bought, in the order of time."""
    found: list[Purchase] = []
    opened: dict[str, date] = {}
    for way in course.steps.values():
        for form, day in way:
            opened[form] = min(opened.get(form, day), day)
    order = [*knowledge.forms]
    kept, bought_for = dict[str, float](), dict[str, str]()
    for form in sorted(opened, key=lambda form: (opened[form], -order.index(form))):
        here, day = list[float](), opened[form]
        used = {course.at(name, day).form for name in course.now}
        for item, amount in _items(knowledge, form, "region"):
            gone = item in bought_for and bought_for[item] not in used
            has = inf if had(region, item) else 0.0 if gone else kept.get(item, 0.0)
            here.append(max(0.0, amount.euro - has))
            kept[item] = max(has, amount.euro)
            if amount.lost_on_growth:
                bought_for[item] = form
            else:
                bought_for.pop(item, None)
        found.append(Purchase(day, form, "", fsum(here)))
    for name, way in course.steps.items():
        own = {item: inf for item in knowledge.investments if had(region, item, name)}
        for form, day in way:
            euro = 0.0
            for item, amount in _items(knowledge, form, "municipality"):
                euro += max(0.0, amount.euro - own.get(item, 0.0))
                if not amount.lost_on_growth:
                    own[item] = max(own.get(item, 0.0), amount.euro)
            found.append(Purchase(day, form, name, euro))
    return tuple(sorted(found, key=lambda one: one.day))


def lost(knowledge: Knowledge, course: Course) -> Mapping[int, float]:
    """By year the euro of investments that are of no use any more to who goes to a next form."""
    found: dict[int, float] = {}
    left: dict[str, date] = {}
    for way in course.steps.values():
        for (form, _), (_, day) in pairwise(way):
            found[day.year] = found.get(day.year, 0.0) + _wasted(knowledge, form, "municipality")
            left[form] = max(left.get(form, day), day)
    for form, day in left.items():
        if all(course.at(name, day).form != form for name in course.now):
            found[day.year] = found.get(day.year, 0.0) + _wasted(knowledge, form, "region")
    return found


def _wasted(knowledge: Knowledge, form: str, per: str) -> float:
    return fsum(one.euro for _, one in _items(knowledge, form, per) if one.lost_on_growth)


def _items(knowledge: Knowledge, form: str, per: str) -> Iterator[tuple[str, Amount]]:
    """The items of a form that are bought once for the region, or for each municipality."""
    for item, amount in items(knowledge.investments, form).items():
        if amount.per == per:
            yield item, amount
