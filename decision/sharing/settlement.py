"""Who starts pays for all, and is paid back by who joins: the frontrunner rule.

"Bestuurlijke uitwerking proeftuin dienstverlening" (Drechtsteden, 2011) settles investments from
which all profit, when some start with a project before the others, and names inhabitants as the
ordinary key of settling. It does not give the sum. This is our reading of it:

    those who start      pay what the joint form invests for the region, by inhabitants
    who joins later      pays on joining its part of that by the inhabitants of all who take part
    those who started    receive that money, by inhabitants

In the end everyone has paid its part by inhabitants. What is invested for each municipality it
pays itself, on joining. Amounts are in euro, without interest, and nothing is taken off for wear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from decision.costs.setup import model
from decision.costs.workplaces import bought, needs
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.sharing import joining
from decision.sharing.joining import Waves

__all__ = ["Settled", "Settlement", "settlement"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What one municipality pays when it joins in ``year``, and receives from who joins later."""

    year: int
    pays: float
    receives: float

    @property
    def net(self) -> float:
        """Euro that the municipality has paid in the end."""
        return self.pays - self.receives


@dataclass(frozen=True, slots=True)
class Settlement(Result):
    """The investment in one form settled between who starts and who joins, in order of joining."""

    form: str
    municipalities: Mapping[str, Settled]

    @property
    def investment(self) -> float:
        """Euro that all of them invest together."""
        return fsum(one.net for one in self.municipalities.values())


def settlement(
    knowledge: Knowledge, region: Region, form: str, waves: Waves, first_year: int
) -> Settlement:
    """Settle the investment in a joint form by the frontrunner rule.

    Args:
        knowledge: the investments.
        region: the municipalities.
        form: the id of the joint form.
        waves: the members that join in each year, counted from 0; the first are the frontrunners.
        first_year: the calendar year in which they start.

    Raises:
        WavesError: A municipality that is unknown or in twice, or a year outside 0 to 99.
    """
    joining.check(region, waves)
    joins = [name for _, names in waves for name in names]
    needed = needs(knowledge, region, model(knowledge, region), form, joins)
    invested = bought(knowledge, region, form, needed, joins).values()
    shared = fsum(one.region for one in invested)
    people = [fsum(region.sizes[name] for name in names) for _, names in waves]
    later = fsum(people[1:]) / fsum(people) if waves else 0.0
    found = {}
    for number, (year, names) in enumerate(waves):
        starts = number == 0
        for name in names:
            own = fsum(one.municipalities.get(name, 0.0) for one in invested)
            size = region.sizes[name]
            part = shared * size / (people[0] if starts else fsum(people))
            found[name] = Settled(first_year + year, part + own, part * later if starts else 0.0)
    return Settlement(form, found)
