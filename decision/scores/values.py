"""Values drawn evenly from all that fit what is known: grades, unknown grades, and costs.

Of ordinal grades only the order is known. Every criterion draws what its grades are worth: the best
is worth 1, the worst 0, and those in between are uniform numbers put in order (SMAA-O; Lahdelma,
Miettinen and Salminen, European Journal of Operational Research 147, 2003). Forms with the same
grade are worth the same. An unknown grade is anything from 0 to 1, for each form by itself. Where a
value function of the grades is stated it holds; costs come in the draws of the cost model.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from decision.model.criteria import HIGHEST, LOWEST
from decision.scores.additive import Floats
from decision.scores.matrix import Matrix
from decision.scores.weights import stream

__all__ = ["values_drawn"]


_BETWEEN = HIGHEST - LOWEST - 1  # grades of which the value is open
_UNKNOWN = -1


def values_drawn(matrix: Matrix, seed: int) -> Callable[[int], Floats]:
    """Gives the next so many draws: axes of forms, criteria and draws.

    Every criterion has its own stream, and so has every unknown grade; none is that of the weights.
    """
    filled = [_of_criterion(matrix, at, seed) for at in range(len(matrix.criteria))]
    given = 0

    def draw(count: int) -> Floats:
        nonlocal given
        found = np.empty((len(matrix.forms), len(matrix.criteria), count))
        for at, fill in enumerate(filled):
            fill(found[:, at], given)
        given += count
        return found

    return draw


def _of_criterion(matrix: Matrix, at: int, seed: int) -> Callable[[Floats, int], None]:
    """Fills in what each form is worth on one criterion, from a draw on."""
    name, own, grades = matrix.criteria[at], matrix.values[:, at], matrix.grades[:, at]
    open_forms = np.flatnonzero(grades == _UNKNOWN)
    unknown = [(form, stream(seed, "grade", name, matrix.forms[form])) for form in open_forms]
    known = np.flatnonzero(grades != _UNKNOWN)
    places, between = grades[known] - LOWEST, stream(seed, "grades", name)
    costs = matrix.drawn.get(name)

    def fill(into: Floats, start: int) -> None:
        if costs is not None:
            into[:] = costs[start : start + into.shape[1]].T
            return
        if matrix.ordinal[at]:
            into[known] = _levels(between, into.shape[1])[places]
        else:
            into[known] = own[known, np.newaxis]
        for form, own_stream in unknown:
            into[form] = own_stream.random(into.shape[1])

    return fill


def _levels(between: np.random.Generator, count: int) -> Floats:
    """What every grade is worth in each draw, from the lowest to the highest."""
    found = np.empty((_BETWEEN + 2, count))
    found[0], found[-1] = 0.0, 1.0
    found[1:-1] = between.random((count, _BETWEEN)).T
    for last in range(_BETWEEN, 1, -1):  # sorting all draws side by side beats sorting each
        for at in range(1, last):
            low, high = np.minimum(*found[at : at + 2]), np.maximum(*found[at : at + 2])
            found[at], found[at + 1] = low, high
    return found
