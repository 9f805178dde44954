"""How many people any part of a region needs, by the rules of the cost model.

`decision.costs` staffs a region as a whole. Who divides that cost, or follows a route on which some
join before others, asks the same of a part of the municipalities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.costs.inputs import values
from decision.costs.staffing import agents_needed

if TYPE_CHECKING:
    from decision.model.knowledge import Knowledge
    from decision.model.region import Region

__all__ = ["Crew", "crew"]

Floats: TypeAlias = NDArray[np.float64]
Parts: TypeAlias = tuple[Floats, NDArray[np.int64]]
"""The different shares of the calls, and how many there are of each."""

_CHUNK = 1 << 12  # so many numbers of calls are staffed at once, which bounds the memory
_ONE_SITE: Parts = np.ones(1), np.ones(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Crew:
    """When, where and how well the calls are answered, and what follows for the staff.

    ``hours`` of a day, ``own_sites`` where each municipality answers its own calls, and
    ``joint_sites`` where a group answers them together, are shares of the calls.
    ``most_occupancy`` caps the time that the first line spends on calls; None where there is no
    cap.
    """

    kengetallen: Mapping[str, float]
    hours: Parts
    own_sites: Mapping[str, Floats]
    joint_sites: Parts
    most_occupancy: float | None

    @property
    def fte_per_agent(self) -> float:
        """How many fte one agent takes who is there for one hour on every day."""
        return self.kengetallen["opening_days"] / self.kengetallen["hours_per_fte"]

    def apart(self, names: Sequence[str], calls: Floats, handling: Floats) -> Floats:
        """First-line agents in all hours of a day of each municipality on its own locations.

        Args:
            names: the municipalities.
            calls: what each of them gets in a year.
            handling: mean seconds of a call, one for all or one for each.
        """
        shares = [self.own_sites[name] for name in names]
        owner = np.repeat(np.arange(len(names)), [one.size for one in shares])
        on_site = calls[owner] * np.concatenate([np.zeros(0), *shares])
        of_owner = handling[owner] if handling.size > 1 else handling
        agents = self._agents(on_site, of_owner, _ONE_SITE, self.most_occupancy)
        total = np.zeros(len(names))
        np.add.at(total, owner, agents)
        return total

    def together(self, calls: Floats, handling: Floats) -> Floats:
        """First-line agents in all hours of a day for each number of calls in a year."""
        return self._agents(calls, handling, self.joint_sites, self.most_occupancy)

    def second_line(self, calls: Floats) -> Floats:
        """Second-line agents in all hours of a day for each number of calls in a year."""
        handling = np.array([self.kengetallen["handling_second_line"]])
        return self._agents(calls, handling, _ONE_SITE, None)

    def _agents(
        self, calls: Floats, handling: Floats, sites: Parts, most_occupancy: float | None
    ) -> Floats:
        """Agents in all hours on all sites; hours with as many calls are staffed once."""
        goal = self.kengetallen["service_target"], self.kengetallen["answer_within"]
        shares, times = (
            np.multiply.outer(*both).ravel() for both in zip(self.hours, sites, strict=True)
        )
        agents = np.zeros(calls.size)
        for start in range(0, calls.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            in_hours = np.multiply.outer(calls[part] / self.kengetallen["opening_days"], shares)
            time = handling[part, np.newaxis] if handling.size > 1 else handling
            needed = agents_needed(in_hours, time, *goal, most_occupancy=most_occupancy)
            agents[part] = needed @ times
        return agents


def crew(knowledge: Knowledge, region: Region) -> Crew:
    """The hours, the locations and the norms of a region.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    profile = region.costs.hourly_profile or knowledge.hourly_profile
    return Crew(
        kengetallen=values(knowledge, region),
        hours=np.unique([hour.share for hour in profile], return_counts=True),
        own_sites={name: _sites(one.sites) for name, one in region.municipalities.items()},
        joint_sites=np.unique(_sites(region.costs.joint_sites), return_counts=True),
        most_occupancy=region.costs.occupancy_cap,
    )


def _sites(shares: Sequence[float] | None) -> Floats:
    return np.array(shares or [1.0], dtype=np.float64)
