"""The measures of cost that the criteria ask for, in every draw of the kengetallen.

The draws are those of `decision.uncertainty`: at the same seed a kengetal has the same values here
as there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from decision.cost_model import MEASURES, measures
from decision.cost_setup import model
from decision.criteria import Measure
from decision.kengetallen import spans
from decision.uncertainty import _chunks, _draw, _part

if TYPE_CHECKING:
    from decision.costs import Costs
    from decision.knowledge import Knowledge
    from decision.region import Region

__all__ = ["cost_shares"]

Floats: TypeAlias = NDArray[np.float64]
Progress: TypeAlias = Callable[[int, int], None]

_LAST_YEAR = -2  # on the axis of years, of which the last is the period


def cost_shares(  # noqa: PLR0913 - the last is an option with a default
    knowledge: Knowledge,
    region: Region,
    costs: Costs,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Mapping[Measure, Floats]:
    """Each measure in the last year as a share of the baseline's, per draw and form.

    The axes are draws and the forms of ``costs``, in their order; a share of nothing is 0.

    Raises:
        CostsError: A kengetal or its range is of no use to the calculation.
    """
    basis, ranges = model(knowledge, region), spans(knowledge, region)
    drawn = {name: _draw(span, draws, seed, name) for name, span in ranges.items()}
    parts = []
    for part in _chunks(draws):
        changed = {name: _part(values, part) for name, values in drawn.items()}
        amounts = measures(basis, basis.at(changed))[:, :, _LAST_YEAR]
        shape = (part.stop - part.start, *amounts.shape[1:])
        parts.append(np.broadcast_to(amounts, shape))
        if progress:
            progress(part.stop, draws)
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
