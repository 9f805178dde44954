"""What any group of municipalities costs, when it goes together without the others.

The method is that of `decision.costs`, for all groups at once. Equal sites (`sites: equal`) are how
the publication staffs six municipalities; they cannot tell who pays what. Here every municipality
has its own calls: as many as it counts, else by its own inhabitants, scaled so that together they
call as often as the cost model says. That volume is rounded to whole calls a day once, for the
region, and not again for every group.

Groups are numbered as in `decision.sharing.games`: by the bits of their members. Amounts are in
euro.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.crews import Crew, crew
from decision.costs.prices import Use
from decision.costs.result import Costs, costs, own_calls
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing.games import sums

__all__ = ["CostModel", "GroupCost", "cost_model"]


@dataclass(frozen=True, slots=True)
class GroupCost:
    """The euro of every group in the last year, and over all years."""

    last: Floats
    period: Floats


@dataclass(frozen=True, slots=True)
class CostModel:
    """The cost model for some municipalities, with their inhabitants and calls a year today.

    ``today`` are the calls of the whole region.
    """

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
        return self._cost(form, lambda own: own)

    def together(self, form: str) -> GroupCost:
        """What the form costs each of the 2^n groups that goes together without the others."""
        return self._cost(form, sums)

    def _cost(self, form: str, add: Callable[[Floats], Floats]) -> GroupCost:
        """What the groups cost that ``add`` makes of a figure of each municipality."""
        today, members = add(self.calls), add(np.ones(self.calls.size))
        last = period = np.zeros(today.size)
        years = [*self.result.forms[form].years.values()]
        model = self.crew.model
        before = model.at().written_off[0, model.forms.index(form)]
        for year, written_off in zip(years, before, strict=True):
            volume, first = (
                one.calls / self.today if self.today else 0.0 for one in (year, years[0])
            )
            handling = np.array([year.handling_first_line])
            if form in self.crew.joint:
                agents = self.crew.together(today * volume, handling)
            else:
                agents = add(self.crew.apart(self.names, self.calls * volume, handling))
            use = Use(
                members=members,
                calls=today * volume,
                passed_on=np.array(1 - year.direct),
                first=agents,
                written_off_over=today * first,
                written_off=written_off,
                moved_euro=self.crew.moved_euro(
                    form, today, np.array(year.year - years[0].year + 1)
                ),
            )
            ((_, found),) = self.crew.year([(form, use)])
            last, period = found.total, period + found.total
        return GroupCost(last, period)


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
        result=result,
        crew=crew(knowledge, region),
        today=fsum(calls.values()),
        names=tuple(calls),
        people=np.array(people, dtype=np.float64),
        calls=np.array([*calls.values()], dtype=np.float64),
    )
