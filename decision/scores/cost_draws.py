"""The measures of cost that the criteria ask for, in every draw of the kengetallen.

The draws are those of `costs.draws`: at the same seed a kengetal has the same values here as in
`costs.uncertainty`. An assumed move of contacts does not count here either, as in the score.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from decision.costs.arithmetic import MEASURES
from decision.costs.arrays import Floats
from decision.costs.draws import Crews, Progress, drawn_amounts
from decision.costs.inputs import spans, unmoved
from decision.costs.result import Costs
from decision.costs.setup import model
from decision.model.criteria import Measure
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["cost_shares"]

_LAST_YEAR = 0  # on the axis of years: the only one that is drawn, beside the period


def cost_shares(  # noqa: PLR0913 - the last two are options with a default
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
    crews: Crews | None = None,
) -> Mapping[Measure, Floats]:
    """Each measure in the last year as a share of the baseline's, per draw and form.

    The axes are draws and the forms of ``costs``, in their order; a share of nothing is 0. Where
    the ``crews`` of the last year are known in these same draws, they are not staffed again: what
    moves between other channels changes nothing in them.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
    """
    still, _ = unmoved(knowledge, region)
    basis, ranges = model(knowledge, still, still.costs.years[-1:]), spans(knowledge, still)
    parts = []
    for part in drawn_amounts(
        basis, ranges, draws=draws, seed=seed, progress=progress, known=crews
    ):
        last = part.amounts[:, :, _LAST_YEAR]
        parts.append(np.broadcast_to(last, (part.draws, *last.shape[1:])))
    found = np.concatenate(parts)
    order = [basis.forms.index(form) for form in costs.forms]
    base = found[:, [basis.forms.index(knowledge.baseline)]]
    per_call, total = MEASURES.index("cost_per_call"), MEASURES.index("total")
    investment = np.array([form.investment for form in costs.forms.values()])
    write_off = np.array([form.write_off for form in costs.forms.values()])
    return {
        "cost_per_call": _of(found[:, order, per_call], base[..., per_call]),
        "yearly_cost": _of(found[:, order, total], base[..., total]),
        "investment": _of(investment, base[..., total]),
        "write_off": _of(write_off, base[..., total]),
    }


def _of(amount: Floats, base: Floats) -> Floats:
    """The amount as a share of the base."""
    nothing = np.zeros(np.broadcast_shapes(amount.shape, base.shape))
    return np.divide(amount, base, out=nothing, where=base != 0)
