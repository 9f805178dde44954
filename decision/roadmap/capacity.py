"""How many days a week everybody has for the work.

A municipality has days by its size, or as many as it declares; for a size that nobody knows it has
none beside those of every municipality. Where it lacks people it has a share of these, until it has
freed some. As long as nobody knows whether it lacks people, it has between so many and so many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from decision.eligibility.evaluation import Scope, answers_to, evaluate, scope
from decision.model.capacity import DaysShare
from decision.model.facts import UNKNOWN_FACT, Fact
from decision.model.knowledge import Knowledge
from decision.model.region import Municipality, Region
from decision.model.requirements import comparisons

__all__ = ["LocalDays", "kengetal", "local_days", "price_of_day", "team_days"]

_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class LocalDays:
    """The working days a week of a municipality, at least and at most, and once people are freed.

    ``by`` are the activities that free them.
    """

    low: float
    high: float
    freed: float
    by: frozenset[str]


def kengetal(knowledge: Knowledge, region: Region, name: str) -> float:
    """The value of a kengetal: that of the region, or else of the knowledge."""
    own = region.kengetallen.get(name)
    return knowledge.kengetallen[name].value if own is None else own.value


def team_days(knowledge: Knowledge, region: Region) -> float:
    """The working days a week of the regional team."""
    return kengetal(knowledge, region, knowledge.capacity.team)


def price_of_day(knowledge: Knowledge, region: Region) -> float:
    """What a working day costs, in euro of the price level of the wage."""
    rules = knowledge.capacity
    wage, hours, year = (
        kengetal(knowledge, region, name) for name in (rules.wage, rules.hours, rules.hours_a_year)
    )
    return wage * hours / year


def local_days(knowledge: Knowledge, region: Region) -> dict[str, LocalDays]:
    """The working days a week of every municipality."""
    return {
        name: _days(knowledge, region, region.municipalities[name], held)
        for name, held in scope(knowledge, region).municipalities.items()
    }


def _days(knowledge: Knowledge, region: Region, town: Municipality, held: Scope) -> LocalDays:
    rules = knowledge.capacity
    size = (town.people or 0.0) / _SIZE * kengetal(knowledge, region, rules.by_size)
    full = kengetal(knowledge, region, rules.local) + size
    by = dict(_freeing(knowledge))
    made = {fact: Fact(value=level) for levels in by.values() for fact, level in levels.items()}
    then = replace(held, facts={**held.facts, **made})
    freed = full * min(_shares(knowledge, region, then))
    shares = _shares(knowledge, region, held)
    if town.days_a_week is not None:
        own = town.days_a_week.value
        most = max(own, freed) if max(shares) < 1 else own  # else it may lack no people
        return LocalDays(own, own, most, frozenset(by))
    low, high = (full * end(shares) for end in (min, max))
    return LocalDays(low, high, max(freed, high), frozenset(by))


def _shares(knowledge: Knowledge, region: Region, held: Scope) -> list[float]:
    """The share of its days that a municipality has, by every answer that can be given."""
    shares = knowledge.capacity.shares
    asked = {one.fact for share in shares for one in comparisons(share.when)}
    unknown = sorted(fact for fact in asked if not held.facts.get(fact, UNKNOWN_FACT).known)
    answers = [[*answers_to(held.definitions[fact])] for fact in unknown]
    found = []
    for given in product(*answers):
        one = replace(held, facts={**held.facts, **dict(zip(unknown, given, strict=True))})
        found.append(prod(_share(knowledge, region, share, one) for share in shares))
    return found


def _share(knowledge: Knowledge, region: Region, share: DaysShare, held: Scope) -> float:
    met = evaluate(share.when, held).truth == "yes"
    return kengetal(knowledge, region, share.share) if met else 1.0


def _freeing(knowledge: Knowledge) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The activities that change what a municipality has days by, each with the level it makes."""
    asked = {one.fact for share in knowledge.capacity.shares for one in comparisons(share.when)}
    for name, activity in knowledge.activities.items():
        made = {f: one for f, one in activity.makes.items() if f in asked and isinstance(one, str)}
        if made and activity.of_each == "municipality":
            yield name, made
