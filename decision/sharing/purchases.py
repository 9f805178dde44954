"""What is bought when municipalities go from form to form, and what they leave behind.

A region (or a group in it) buys for a form when the first goes to it, a municipality when it goes
there itself, and nobody what it has: what was spent before, and what was bought for another form
and keeps its use.
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
    """The euro that all on a form (an empty ``owner``) or a municipality pay for it.

    The ``centre`` is the form, and the group that is on it together.
    """

    day: date
    centre: tuple[str, str]
    owner: str
    euro: float


def purchases(knowledge: Knowledge, region: Region, course: Course) -> tuple[Purchase, ...]:
    """Everything that is bought, in the order of time."""
    found: list[Purchase] = []
    opened: dict[str, dict[str, date]] = {}
    for name, way in course.steps.items():
        inside = opened.setdefault(course.groups.get(name, ""), {})
        for form, day in way:
            inside[form] = min(inside.get(form, day), day)
    for group, days in opened.items():
        found += _together(knowledge, region, course, group, days)
    for name, way in course.steps.items():
        own = {item: inf for item in knowledge.investments if had(region, item, name)}
        for form, day in way:
            euro = 0.0
            for item, amount in _items(knowledge, form, "municipality"):
                euro += max(0.0, amount.euro - own.get(item, 0.0))
                if not amount.lost_on_growth:
                    own[item] = max(own.get(item, 0.0), amount.euro)
            found.append(Purchase(day, (form, course.groups.get(name, "")), name, euro))
    return tuple(sorted(found, key=lambda one: one.day))


def _together(
    knowledge: Knowledge, region: Region, course: Course, group: str, opened: Mapping[str, date]
) -> Iterator[Purchase]:
    """What a group buys once for all of its members."""
    order, kept, bought_for = [*knowledge.forms], dict[str, float](), dict[str, str]()
    members = [name for name in course.now if course.groups.get(name, "") == group]
    for form in sorted(opened, key=lambda form: (opened[form], -order.index(form))):
        paid, used = list[float](), {course.at(name, opened[form]).form for name in members}
        for item, amount in _items(knowledge, form, "region"):
            gone = item in bought_for and bought_for[item] not in used
            has = inf if had(region, item) else 0.0 if gone else kept.get(item, 0.0)
            paid.append(max(0.0, amount.euro - has))
            kept[item] = max(has, amount.euro)
            bought_for.pop(item, None)
            if amount.lost_on_growth:
                bought_for[item] = form
        yield Purchase(opened[form], (form, group), "", fsum(paid))


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
