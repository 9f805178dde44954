"""Who is on which form in a year, and what that costs: for any part of a region.

`decision.costs.result` prices a form that all municipalities are on. Who divides that cost, or
follows a route on which some join before others, asks the same of a part of the municipalities,
each on a form of its own.

The first line is staffed form by form: where each answers for itself on its own locations, and
else on those of the joint centre. The second line is staffed for the calls that are passed on,
from whatever form: once for the region and divided by them, or in each municipality (`pooled`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decision.costs.arithmetic import FIRST, SECOND, Line, Model, rates, staffed
from decision.costs.arrays import Floats, Ints
from decision.costs.prices import Rates
from decision.costs.setup import model
from decision.costs.workplaces import ONE_SITE, Parts, most_at_once, parted
from decision.model.figures import Calculation
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Crew", "crew"]

_CHUNK = 1 << 12  # so many numbers of calls are staffed at once, which bounds the memory


@dataclass(frozen=True, slots=True)
class Crew:
    """When, where and how well the calls are answered, and what follows for staff and cost.

    ``hours`` of a day, ``own_sites`` where each municipality answers its own calls, and
    ``joint_sites`` where a group answers them together, are shares of the calls; ``used`` are the
    kengetallen, ``rates`` those of each form, and ``joint`` the forms with one centre.
    """

    model: Model
    used: Mapping[str, Floats]
    hours: Parts
    own_sites: Mapping[str, Floats]
    joint_sites: Parts
    rates: Mapping[str, Rates]
    joint: frozenset[str]

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
        total = np.zeros(len(names))
        np.add.at(total, owner, self._agents(FIRST, on_site, of_owner, ONE_SITE))
        return total

    def together(self, calls: Floats, handling: Floats) -> Floats:
        """First-line agents in all hours of a day for each number of calls in a year."""
        return self._agents(FIRST, calls, handling, self.joint_sites)

    def on_one_site(self, calls: Floats, handling: Floats) -> Floats:
        """First-line agents in all hours of a day of each location with so many calls a year."""
        return self._agents(FIRST, calls, handling, ONE_SITE)

    def second_line(self, calls: Floats) -> Floats:
        """Second-line agents in all hours of a day for each number of calls in a year."""
        handling = np.array([self.model.kengetallen["handling_second_line"]])
        return self._agents(SECOND, calls, handling, ONE_SITE)

    def workplaces(self, promise: Calculation, calls: Floats) -> Floats:
        """The workplaces of a centre for each number of calls in a year today."""
        return most_at_once(self.model, promise, calls, self.joint_sites)

    def moved_euro(self, form: str, today: Floats, years: Ints) -> Floats:
        """What contacts that moved to another channel change, after so many years in the form."""
        move = self.model.moves.get(form)
        return np.zeros(today.shape) if move is None else move.euro(self.used, today, years)

    def _agents(self, line: Line, calls: Floats, handling: Floats, sites: Parts) -> Floats:
        """Agents in all hours on all sites; hours with as many calls are staffed once."""
        target, wait = (
            np.array(self.model.kengetallen[n]) for n in ("service_target", "answer_within")
        )
        shares, times = (
            np.multiply.outer(*both).ravel() for both in zip(self.hours, sites, strict=True)
        )
        agents = np.zeros(calls.size)
        for start in range(0, calls.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            in_hours = np.multiply.outer(
                calls[part] / self.model.kengetallen["opening_days"], shares
            )
            time = handling[part, np.newaxis] if handling.size > 1 else handling
            agents[part] = staffed(self.model, line, in_hours, time, target, wait) @ times
        return agents


def crew(knowledge: Knowledge, region: Region) -> Crew:
    """The hours, the locations, the norms and the rates of a region.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
    """
    basis = model(knowledge, region)
    situation = basis.at()
    paid = rates(basis, situation)
    return Crew(
        model=basis,
        used=situation.kengetallen,
        hours=np.unique([hour.share for hour in basis.profile], return_counts=True),
        own_sites={name: _sites(one.sites) for name, one in region.municipalities.items()},
        joint_sites=parted(region.costs.joint_sites),
        rates={form: paid.of(at) for at, form in enumerate(basis.forms)},
        joint=frozenset(f for f, one in knowledge.calculations.items() if one.sites == "one"),
    )


def _sites(shares: Sequence[float] | None) -> Floats:
    return np.array(shares or [1.0], dtype=np.float64)
