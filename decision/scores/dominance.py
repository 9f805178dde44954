"""Forms that are nowhere better than another one, and forms that hardly differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from decision.scores.matrix import Matrix

__all__ = ["Dominated", "NearTie", "dominated", "near_ties", "smallest_step"]


@dataclass(frozen=True, slots=True)
class Dominated:
    """A form that is on no criterion better than ``by``, and on the criteria ``worse_on`` worse."""

    form: str
    by: str
    worse_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearTie:
    """Two forms whose scores differ by no more than one step of one grade can."""

    first: str
    second: str
    difference: float


def dominated(matrix: Matrix) -> tuple[Dominated, ...]:
    """The pairs of forms of which one is nowhere better, whatever the weights.

    An unknown grade may turn out to be anything: what only holds for some grades is left out. What
    a measure can be hangs on one assumption, which holds for both forms or for neither.
    """
    found = []
    for (form, name), (by, other) in permutations(enumerate(matrix.forms), 2):
        open_grade = matrix.unknown[form] | matrix.unknown[by]
        most = np.where(open_grade, matrix.high[form], matrix.values[form])
        least = np.where(open_grade, matrix.low[by], matrix.values[by])
        ends = (matrix.high[form] <= matrix.high[by]) & (matrix.low[form] <= matrix.low[by])
        worse = np.flatnonzero(most < least)
        if worse.size and ((most <= least) & (ends | open_grade)).all():
            found.append(Dominated(name, other, tuple(matrix.criteria[at] for at in worse)))
    return tuple(found)


def smallest_step(matrix: Matrix, weights: Mapping[str, float]) -> float:
    """What one step of a grade adds on the lightest criterion with grades (0 without any).

    Criteria without weight, and steps that are worth nothing, do not count.
    """
    carried = matrix.of_criteria(np.array([weights[group] for group in matrix.groups]))
    graded = (matrix.grades != 0).any(axis=0)
    steps = np.diff(matrix.levels, axis=1)
    found = [
        float(weight * rises[rises > 0].min())
        for weight, rises, counts in zip(carried, steps, graded, strict=True)
        if counts and weight > 0
    ]
    return min(found, default=0.0)


def near_ties(matrix: Matrix, weights: Mapping[str, float]) -> tuple[NearTie, ...]:
    """The pairs of forms that one grade, read one step otherwise, can bring level.

    They differ by no more than `smallest_step`: on any criterion with grades and weight one step
    is then enough. The highest scores come first.
    """
    carried = matrix.of_criteria(np.array([weights[group] for group in matrix.groups]))
    totals = dict(zip(matrix.forms, (matrix.values @ carried).tolist(), strict=True))
    order = sorted(matrix.forms, key=lambda form: -totals[form])
    step = smallest_step(matrix, weights)
    gaps = ((one, other, totals[one] - totals[other]) for one, other in combinations(order, 2))
    return tuple(NearTie(*pair) for pair in gaps if pair[2] <= step + np.finfo(float).eps)
