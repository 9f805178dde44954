"""How many agents each municipality pays for, in both lines, whatever forms they are on.

First line: one centre is staffed for all who are on its form and divided by calls; where each
answers for itself it is staffed for its own calls, or with equal sites it has its share, by calls,
of what the region needs. Second line: staffed once for all calls that are passed on in the region,
from whatever form, and divided by them (``pooled``), or for each municipality.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

    All agents are those of the hours of a day together. Who is ``outside`` the region changes
    neither its equal sites nor its second line. The groups that are only ``parts`` of the region
    have a centre on one location.
    """

    crew: Crew
    calls: Mapping[str, float]
    equal: bool
    pooled: bool
    outside: Collection[str] = ()
    parts: Collection[str] = ()

    @property
    def equal_site(self) -> float:
        """The calls a year today of a municipality, if all were equal."""
        return fsum(self._region().values()) / max(1, len(self._region()))

    def first_line(self, centre: tuple[str, str], states: Mapping[str, State]) -> dict[str, float]:
        """The first-line agents of each municipality on a form, with its group."""
        form, group = centre
        if form not in self.crew.joint:
            return self.apart(states)
        calls = {name: one.calls for name, one in states.items()}
        whole = fsum(calls.values())
        spent = fsum(one.calls * one.handling for one in states.values())
        mean = spent / whole if whole else 0.0
        staffed = self.crew.on_one_site if group in self.parts else self.crew.together
        agents = float(staffed(np.array([whole]), np.array([mean]))[0]) if whole else 0.0
        return {name: agents * share for name, share in shared(calls).items()}

    def apart(self, states: Mapping[str, State]) -> dict[str, float]:
        """The first-line agents of municipalities that each answer for themselves."""
        found = dict[str, float]()
        for equal, names in self._parted(states, equal=self.equal):
            calls = np.array([states[name].calls for name in names])
            handling = np.array([states[name].handling for name in names])
            if equal:
                own = self.crew.on_one_site(self._on_site(names, calls), handling)
                own = own * self._sites(names)
            else:
                own = self.crew.apart(names, calls, handling)
            found |= dict(zip(names, own.tolist(), strict=True))
        return found

    def second_line(self, on: Mapping[str, float]) -> dict[str, float]:
        """The second-line agents of each municipality, with so many calls passed ``on`` a year."""
        found = dict[str, float]()
        for inside, names in self._parted(on, equal=True):
            calls = np.array([on[name] for name in names])
            if inside and self.pooled:
                agents = float(self.crew.second_line(np.array([fsum(calls)]))[0])
                found |= {n: agents * one for n, one in shared({n: on[n] for n in names}).items()}
                continue
            if inside and self.equal:
                own = self.crew.second_line(self._on_site(names, calls)) * self._sites(names)
            else:
                own = self.crew.second_line(calls)
            found |= dict(zip(names, own.tolist(), strict=True))
        return found

    def _parted(self, names: Iterable[str], *, equal: bool) -> Iterator[tuple[bool, list[str]]]:
        """Who is in the region, and is so an equal part of it, and who is not."""
        inside, beside = list[str](), list[str]()
        for name in names:
            (inside if equal and name not in self.outside else beside).append(name)
        yield from ((own, some) for own, some in ((True, inside), (False, beside)) if some)

    def _on_site(self, names: Sequence[str], calls: Floats) -> Floats:
        """The calls of an equal site, if all changed their calls as each of these did."""
        today = np.array([self.calls[name] for name in names])
        changed = np.divide(calls, today, out=np.zeros(today.size), where=today > 0)
        site: Floats = changed * self.equal_site
        return site

    def _sites(self, names: Sequence[str]) -> Floats:
        """How many equal sites each of these is, by its calls."""
        shares = shared(self._region())
        return np.array([shares[name] for name in names]) * len(shares)

    def _region(self) -> dict[str, float]:
        return {name: calls for name, calls in self.calls.items() if name not in self.outside}
