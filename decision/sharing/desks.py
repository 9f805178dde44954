"""How many agents each municipality pays for, in both lines, whatever forms they are on.

First line: one centre is staffed for all who are on its form and divided by calls; where each
answers for itself it is staffed for its own calls, or with equal sites it has its share, by calls,
of what the region needs. Second line: staffed once for all calls that are passed on in the region,
from whatever form, and divided by them (``pooled``), or for each municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from decision.costs.arrays import Floats
from decision.costs.crews import Crew
from decision.sharing.pieces import State, shared

__all__ = ["Desks"]


@dataclass(frozen=True, slots=True)
class Desks:
    """The staffing of a region, with the ``calls`` of each municipality a year today.

    All agents are those of the hours of a day together.
    """

    crew: Crew
    calls: Mapping[str, float]
    equal: bool
    pooled: bool

    def first_line(self, form: str, states: Mapping[str, State]) -> dict[str, float]:
        """The first-line agents of each municipality on a form."""
        if form not in self.crew.joint:
            return self.apart(states)
        calls = {name: one.calls for name, one in states.items()}
        whole = fsum(calls.values())
        spent = fsum(one.calls * one.handling for one in states.values())
        mean = spent / whole if whole else 0.0
        agents = float(self.crew.together(np.array([whole]), np.array([mean]))[0]) if whole else 0.0
        return {name: agents * share for name, share in shared(calls).items()}

    def apart(self, states: Mapping[str, State]) -> dict[str, float]:
        """The first-line agents of municipalities that each answer for themselves."""
        calls = np.array([one.calls for one in states.values()])
        handling = np.array([one.handling for one in states.values()])
        if not self.equal:
            own = self.crew.apart([*states], calls, handling)
        else:
            own = self.crew.on_one_site(self._on_site(states, calls), handling)
            own = own * self._sites(states)
        return dict(zip(states, own.tolist(), strict=True))

    def second_line(self, on: Mapping[str, float]) -> dict[str, float]:
        """The second-line agents of each municipality, with so many calls passed ``on`` a year."""
        calls = np.array([*on.values()])
        if self.pooled:
            agents = float(self.crew.second_line(np.array([fsum(on.values())]))[0])
            return {name: agents * share for name, share in shared(on).items()}
        if self.equal:
            own = self.crew.second_line(self._on_site(on, calls)) * self._sites(on)
        else:
            own = self.crew.second_line(calls)
        return dict(zip(on, own.tolist(), strict=True))

    def _on_site(self, names: Mapping[str, object], calls: Floats) -> Floats:
        """The calls of an equal site, if all changed their calls as each of these did."""
        today = np.array([self.calls[name] for name in names])
        changed = np.divide(calls, today, out=np.zeros(today.size), where=today > 0)
        site: Floats = changed * fsum(self.calls.values()) / len(self.calls)
        return site

    def _sites(self, names: Mapping[str, object]) -> Floats:
        """How many equal sites each of these is, by its calls."""
        shares = shared(self.calls)
        return np.array([shares[name] for name in names]) * len(self.calls)
