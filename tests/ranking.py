"""Small problems to rank, for the tests of how sure a ranking is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from decision.scores.additive import EQUAL_STEPS, Floats
from decision.scores.matrix import Matrix

__all__ = ["of_grades", "of_values", "shuffled"]


def of_values(values: Mapping[str, Sequence[float]], groups: Sequence[str] = ()) -> Matrix:
    """Forms with these values; every criterion is a group of its own."""
    matrix = np.array(list(values.values()), dtype=np.float64)
    names = tuple(groups) or tuple(f"c{number}" for number in range(matrix.shape[1]))
    return Matrix(
        forms=tuple(values),
        criteria=names,
        groups=names,
        shares=np.eye(len(names)),
        values=matrix,
        low=matrix,
        high=matrix,
        grades=np.zeros(matrix.shape, dtype=np.int64),
        levels=np.tile(EQUAL_STEPS, (len(names), 1)),
        ordinal=(False,) * len(names),
        drawn={},
    )


def of_grades(
    grades: Mapping[str, Sequence[int | None]], drawn: Mapping[str, Floats] | None = None
) -> Matrix:
    """Forms with these grades (None is unknown); every criterion is a group of its own.

    A criterion that is ``drawn`` has values in the place of grades.
    """
    rows = list(grades.values())
    settled = of_values(
        {form: [0.5 if one is None else EQUAL_STEPS[one - 1] for one in row]
         for form, row in grades.items()}
    )  # fmt: skip
    unknown = np.array([[one is None for one in row] for row in rows])
    costs = dict(drawn or {})
    graded = [name not in costs for name in settled.criteria]
    return Matrix(
        forms=settled.forms,
        criteria=settled.criteria,
        groups=settled.groups,
        shares=settled.shares,
        values=settled.values,
        low=np.where(unknown, 0.0, settled.values),
        high=np.where(unknown, 1.0, settled.values),
        grades=np.where(graded, [[-1 if one is None else one for one in row] for row in rows], 0),
        levels=settled.levels,
        ordinal=tuple(graded),
        drawn=costs,
    )


def shuffled(matrix: Matrix, forms: Sequence[int], criteria: Sequence[int]) -> Matrix:
    """The same matrix with its forms and its criteria (each its own group) in another order."""
    grid = np.ix_(forms, criteria)
    names = tuple(matrix.criteria[at] for at in criteria)
    return Matrix(
        forms=tuple(matrix.forms[at] for at in forms),
        criteria=names,
        groups=names,
        shares=np.eye(len(names)),
        values=matrix.values[grid],
        low=matrix.low[grid],
        high=matrix.high[grid],
        grades=matrix.grades[grid],
        levels=matrix.levels[list(criteria)],
        ordinal=tuple(matrix.ordinal[at] for at in criteria),
        drawn={name: values[:, list(forms)] for name, values in matrix.drawn.items()},
    )
