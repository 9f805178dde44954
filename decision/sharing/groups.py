"""What any group of municipalities costs, when it goes together without the others.

The method is that of `decision.costs`, for all groups at once. Equal sites (`sites: equal`) are how
the publication staffs six municipalities; they cannot tell who pays what. Here every municipality
has its own calls: as many as it counts, else by its own inhabitants, scaled so that together they
call as often as the cost model says. That volume is rounded to whole calls a day once, for the
region, and not again for every group.

Groups are numbered as in `decision.games`: by the bits of their members. Amounts are in euro.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.costs.crews import Crew, crew
from decision.costs.result import costs, own_calls
from decision.costs.setup import amounts
from decision.sharing.games import sums

if TYPE_CHECKING:
    from decision.costs.result import Costs, YearCost
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

__all__ = ["CostModel", "GroupCost", "cost_model"]

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupCost:
    """The euro of every group in the last year, and over all years."""

    last: Floats
    period: Floats


@dataclass(frozen=True, slots=True)
class _Groups:
    """Groups of municipalities: their calls a year, how many members, and how to add those up."""

    calls: Floats
    sizes: Floats
    add: Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class CostModel:
    """The cost model for some municipalities, with their inhabitants and calls a year today.

    ``today`` are the calls of the whole region.
    """

    knowledge: Knowledge
    result: Costs
    crew: Crew
    today: float
    names: tuple[str, ...]
    people: Floats
    calls: Floats

    def of(self, names: tuple[str, ...]) -> CostModel:
        """The model for some of its municipalities."""
        at = [self.names.index(name) for name in names]
        return replace(self, names=names, people=self.people[at], calls=self.calls[at])

    def alone(self, form: str) -> GroupCost:
        """What the form costs each municipality on its own, in the order of the names."""
        return self._cost(form, _Groups(self.calls, np.ones(self.calls.size), lambda own: own))

    def together(self, form: str) -> GroupCost:
        """What the form costs each of the 2^n groups that goes together without the others."""
        return self._cost(form, _Groups(sums(self.calls), sums(np.ones(self.calls.size)), sums))

    def _cost(self, form: str, groups: _Groups) -> GroupCost:
        last = period = np.zeros(groups.calls.size)
        years = self.result.forms[form].years
        for year in years.values():
            depreciation = self._depreciation(form, year.year - min(years), groups)
            last = self._of_calls(form, year, groups) + depreciation
            period = period + last
        return GroupCost(last, period)

    def _of_calls(self, form: str, year: YearCost, groups: _Groups) -> Floats:
        """Wages of both lines, and what contacts that move to another channel change."""
        calculation, known = self.knowledge.calculations[form], self.crew.kengetallen
        volume = year.calls / self.today if self.today else 0.0
        handling, calls = np.array([year.handling_first_line]), groups.calls * volume
        if calculation.sites == "each":
            first = groups.add(self.crew.apart(self.names, self.calls * volume, handling))
        else:
            first = self.crew.together(calls, handling)
        second = self.crew.second_line(calls * (1 - year.direct))
        wages = first * known[calculation.wage] + second * known["wage_second_line"]
        return wages * self.crew.fte_per_agent + calls * year.other_channels

    def _depreciation(self, form: str, passed: int, groups: _Groups) -> Floats:
        """The investment written off over the calls of the first year; no calls pay for none."""
        invested = [
            amount.euro * (groups.sizes if amount.per == "municipality" else 1.0)
            for amount in amounts(self.knowledge, form)
        ]
        years = self.crew.kengetallen["depreciation_years"]
        a_year = sum(invested, np.zeros(groups.calls.size)) / years
        left = (1 - self.knowledge.calculations[form].calls_avoided) ** passed
        return np.where(groups.calls > 0, a_year * left, 0.0)


def cost_model(knowledge: Knowledge, region: Region, result: Costs | None = None) -> CostModel:
    """The cost model for all municipalities of a region.

    ``result`` is the cost of the region, for who has it already.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    result = result or costs(knowledge, region)
    calls = own_calls(knowledge, region, result)
    people = [one.inhabitants.value for one in region.municipalities.values()]
    return CostModel(
        knowledge=knowledge,
        result=result,
        crew=crew(knowledge, region),
        today=fsum(calls.values()),
        names=tuple(calls),
        people=np.array(people, dtype=np.float64),
        calls=np.array([*calls.values()], dtype=np.float64),
    )
