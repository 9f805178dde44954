"""How much Erlang C overstaffs, where it is known how long callers wait before they hang up.

The advice is staffed with Erlang C, as the publication is: nobody hangs up. In fact callers do,
and who has hung up no longer keeps others waiting. Erlang A counts with that (patience is
exponential, `costs.staffing`), and so asks fewer people for the same service target. How many
fewer depends on what happens to those who hang up in the measure "so many percent answered within
so many seconds"; centres use two definitions:

- strict: whoever hangs up was not answered in time, however soon. All calls count.
- forgiving: whoever hangs up within the seconds of the target is left out of the measure
  altogether; whoever waits longer counts as not answered in time.

The strict one asks the most people. Where the target lets callers wait longer than they care to, it
can even ask more than Erlang C, which counts calls as answered that in fact are lost; the saving is
negative then. There the forgiving one asks very few: most hang up in time, and no longer count.
The costs and the advice do not change with any of this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from decision.costs.arithmetic import (
    FIRST,
    Model,
    Situation,
    agents,
    by_year,
    demand,
    rates,
    staffed,
)
from decision.costs.arrays import Ints
from decision.costs.setup import model
from decision.costs.staffing import agents_needed_with_patience
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["Overstaffed", "overstaffing"]


@dataclass(frozen=True, slots=True)
class Overstaffed:
    """The fte of the first line in one form and year, by how callers who hang up are counted.

    ``fte`` is by Erlang C, that of the costs. The others are by Erlang A: ``with_patience`` by the
    strict definition. ``saving`` is (``fte`` - ``with_patience``) x wage, in euro a year.
    """

    fte: float
    with_patience: float
    forgiving: float
    saving: float


def overstaffing(knowledge: Knowledge, region: Region) -> Mapping[str, Mapping[int, Overstaffed]]:
    """By form and year how many fte of the first line Erlang C asks too many.

    It is empty where the region does not say how patient callers are. A cap on the occupancy and a
    smallest crew hold for all three, over the calls that arrive.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        StaffingError: More calls than `costs.staffing` accepts.
    """
    patience = region.costs.patience
    if patience is None:
        return {}
    basis = model(knowledge, region)
    situation = basis.at()
    crews = (
        agents(basis, situation, FIRST),
        _patient(basis, situation, patience, forgiving=False),
        _patient(basis, situation, patience, forgiving=True),
    )
    pay = rates(basis, situation)
    found = [pay.first_line(by_year(basis, FIRST, crew)) for crew in crews]
    plain, strict, forgiving = (fte[0] for fte, _ in found)
    saving = (found[0][1] - found[1][1])[0]
    return {
        form: {
            year: Overstaffed(
                fte=float(plain[at, position]),
                with_patience=float(strict[at, position]),
                forgiving=float(forgiving[at, position]),
                saving=float(saving[at, position]),
            )
            for position, year in enumerate(basis.years)
        }
        for at, form in enumerate(basis.forms)
    }


def _patient(basis: Model, situation: Situation, patience: float, *, forgiving: bool) -> Ints:
    """The agents of every cell of the first line by Erlang A, within the cap and the crew."""
    calls, handling = demand(basis, situation, FIRST)
    target, wait = (basis.kengetallen[name] for name in ("service_target", "answer_within"))
    needed = agents_needed_with_patience(
        calls, handling, target, wait, patience, forgive_hang_ups=forgiving
    )
    if basis.most_occupancy is None and basis.smallest_crew == 1:
        return needed
    of_cap = staffed(basis, FIRST, calls, handling, np.zeros(()), np.array(wait))
    return np.maximum(needed, of_cap)
