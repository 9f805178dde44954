"""Workplaces: how many people a form has on the telephone at once, and what is bought for that.

A workplace is there for everybody who answers in the busiest hour of the busiest year that a form
promises, by the staffing of the publication (bijlage D, 2008). So it does not matter which years a
region lists, and what is bought is bought once, for the values that a region counts with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Protocol, TypeAlias, TypeVar

import numpy as np

from decision.costs.arithmetic import FIRST, Model, staffed
from decision.costs.arrays import Floats, Ints
from decision.model.figures import Amount, Calculation, Yearly
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = [
    "ONE_SITE",
    "Bought",
    "Parts",
    "bought",
    "divided",
    "had",
    "items",
    "most_at_once",
    "needs",
    "parted",
    "sized",
    "workplaces",
]

A_co = TypeVar("A_co", bound="Yearly", covariant=True)

Parts: TypeAlias = tuple[Floats, Ints]
"""The different shares of the calls, and how many there are of each."""

ONE_SITE: Parts = np.ones(1), np.ones(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Bought:
    """What an item of investment costs: once for all together, and for each municipality.

    Of what was bought already nobody pays.
    """

    amount: Amount
    region: float
    municipalities: Mapping[str, float]

    @property
    def euro(self) -> float:
        """What all pay together."""
        return self.region + fsum(self.municipalities.values())


def most_at_once(model: Model, promise: Calculation, calls: Floats, sites: Parts) -> Floats:
    """The workplaces for so many calls a year today, on all sites together.

    Args:
        model: The hours, the norms and the opening days.
        promise: What the form that is gone to avoids and how long its calls take, year by year.
        calls: Numbers of calls, each of one municipality or one centre.
        sites: The shares of these calls that its locations answer.
    """
    parts, times = sites
    busiest = max(hour.share for hour in model.profile) * parts / model.kengetallen["opening_days"]
    target, wait = (np.array(model.kengetallen[n]) for n in ("service_target", "answer_within"))
    handling, years = promise.handling_first_line, range(promise.years)
    left = np.multiply.outer([(1 - promise.calls_avoided) ** (year + 1) for year in years], calls)
    durations = [handling[min(year, len(handling) - 1)] for year in years]
    time = np.array(durations, dtype=np.float64)[:, np.newaxis, np.newaxis]
    agents = staffed(model, FIRST, np.multiply.outer(left, busiest), time, target, wait)
    most: Floats = (agents @ times).max(axis=0).astype(np.float64)
    return most


def parted(shares: tuple[float, ...] | None) -> Parts:
    """The locations that answer shares of the calls; one where nothing is said."""
    return np.unique(np.array(shares or [1.0], dtype=np.float64), return_counts=True)


def workplaces(  # noqa: PLR0913 - whose calls, and how they are answered
    knowledge: Knowledge,
    region: Region,
    model: Model,
    form: str,
    calls: Mapping[str, float],
    site: float,
) -> Mapping[str, float]:
    """The workplaces of each municipality on a form, or under an empty name those of its centre.

    ``calls`` are those a year today of who is on it, and of an equal ``site`` where all are equal.
    """
    promise, of = knowledge.calculations[form], region.municipalities
    if promise.sites == "one":
        whole = np.array([fsum(calls.values())])
        return {"": float(most_at_once(model, promise, whole, parted(region.costs.joint_sites))[0])}
    if region.costs.sites == "equal":
        each = most_at_once(model, promise, np.array([site]), ONE_SITE)
        return dict.fromkeys(calls, float(each[0]))
    found = dict[str, float]()
    for shares in dict.fromkeys(of[name].sites for name in calls):
        names = [name for name in calls if of[name].sites == shares]
        own = np.array([calls[name] for name in names])
        needed = most_at_once(model, promise, own, parted(shares))
        found |= dict(zip(names, needed.tolist(), strict=True))
    return {name: found[name] for name in calls}


def divided(
    region: Region, inhabitants: float, per_inhabitant: float, today: float
) -> dict[str, float]:
    """The calls a year ``today`` of each municipality, by its own count or its own inhabitants."""
    people = region.sizes
    whole = fsum(people.values())
    each = inhabitants / whole * per_inhabitant if whole else 0.0
    calls = {
        name: people[name] * each if one.calls_per_year is None else one.calls_per_year.value
        for name, one in region.municipalities.items()
    }
    total = fsum(calls.values())
    return {name: today * (own / total if total else 1 / len(calls)) for name, own in calls.items()}


def needs(
    knowledge: Knowledge,
    region: Region,
    model: Model,
    form: str,
    names: Collection[str] | None = None,
) -> Mapping[str, float]:
    """The `workplaces` that a form needs for these municipalities (None: for all together)."""
    used, each = model.kengetallen, "calls_per_inhabitant"
    today = model.calls_per_day * used["opening_days"]
    calls = divided(region, model.inhabitants, used[each], today)
    own = {name: calls[name] for name in (calls if names is None else names)}
    return workplaces(knowledge, region, model, form, own, fsum(calls.values()) / len(calls))


def bought(
    knowledge: Knowledge,
    region: Region,
    form: str,
    needed: Mapping[str, float],
    names: Collection[str] | None = None,
) -> dict[str, Bought]:
    """What each item of investment of a form costs those who go to it (None: all together).

    ``needed`` are the workplaces that it `needs`.
    """
    going, found = [*(region.municipalities if names is None else names)], {}
    for item, amount in items(knowledge.investments, form).items():
        if amount.per == "region":
            euro = 0.0 if had(region, item) else amount.for_workplaces(fsum(needed.values()))
            found[item] = Bought(amount, euro, {})
        else:
            buying = [name for name in going if not had(region, item, name)]
            each = {name: amount.for_workplaces(needed.get(name, 0.0)) for name in buying}
            found[item] = Bought(amount, 0.0, each)
    return found


def sized(knowledge: Knowledge, form: str) -> bool:
    """Whether an item of investment of a form depends on its workplaces."""
    return any(amount.sized for amount in items(knowledge.investments, form).values())


class _Item(Protocol[A_co]):
    """Something that has an amount for each form that needs it."""

    @property
    def amounts(self) -> Mapping[str, A_co]: ...


def items(entries: Mapping[str, _Item[A_co]], form: str) -> dict[str, A_co]:
    """What a form pays for each of the items that it needs."""
    return {name: item.amounts[form] for name, item in entries.items() if form in item.amounts}


def had(region: Region, item: str, municipality: str | None = None) -> bool:
    """Whether an item of investment was bought already, by the region or by a municipality."""
    own = () if municipality is None else region.municipalities[municipality].current.spent
    return item in region.current.spent or item in own
