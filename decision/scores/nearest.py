"""The weights nearest to given ones under which a form wins: an exact projection.

Nearness is the Euclidean distance, because its nearest point is unique: nobody's choice between
equals decides what is reported. The weights that let a form win are a polyhedron. Its nearest point
is a matrix of least distance, which Lawson and Hanson (Solving Least Squares Problems, 1974,
chapter 23) turn into least squares with non-negative unknowns; that is solved in finitely many
steps, so that the answer is exact but for the rounding of the computer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from decision.scores.additive import TIE, Floats
from decision.scores.matrix import Matrix

__all__ = ["Nearest", "nearest"]


_SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest weights under which a form has the highest score or shares it.

    ``distance`` is the Euclidean one; ``moved`` is the share of all weight that moves from one
    group to another (0-1).
    """

    form: str
    weights: Mapping[str, float]
    distance: float
    moved: float

    @classmethod
    def between(cls, matrix: Matrix, form: str, start: Floats, end: Floats) -> Nearest:
        """The change from the weights ``start`` to the weights ``end``."""
        step = end - start
        return cls(
            form=form,
            weights=dict(zip(matrix.groups, end.tolist(), strict=True)),
            distance=float(np.linalg.norm(step)),
            moved=float(np.abs(step).sum() / 2),
        )


def nearest(matrix: Matrix, weights: Mapping[str, float]) -> dict[str, Nearest | None]:
    """For each form of a matrix the nearest weights that let it win; None where none do.

    A form that can do no more than share the first place wins under no weights; one that is worth
    the same in every group shares it always, and does not stand in the way.

    Args:
        matrix: The forms that compete, by the values that the score uses.
        weights: Of the groups; together 1.
    """
    start = np.array([weights[group] for group in matrix.groups])
    values = matrix.by_group
    found: dict[str, Nearest | None] = dict.fromkeys(matrix.forms)
    for at, form in enumerate(matrix.forms):
        ahead = values[at] - np.delete(values, at, axis=0)
        if _can_win(ahead):
            found[form] = Nearest.between(matrix, form, start, _projected(start, ahead))
    return found


def _can_win(ahead: Floats) -> bool:
    """Whether some weights put a form before all that differ from it (``ahead``: by how much)."""
    from scipy.optimize import linprog  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    ahead = ahead[(np.abs(ahead) > TIE).any(axis=1)]
    others, groups = ahead.shape
    if not others:
        return True
    margin = np.append(np.zeros(groups), -1.0)
    found = linprog(
        margin,
        A_ub=np.column_stack([-ahead, np.ones(others)]),
        b_ub=np.zeros(others),
        A_eq=[[1.0] * groups + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * groups + [(None, 1)],
        method="highs",
    )
    return bool(found.x[-1] > _SMALL)


def _projected(start: Floats, ahead: Floats) -> Floats:
    """The point of the simplex nearest to ``start`` where ``ahead`` times it is nowhere negative.

    Only steps that leave the sum of the weights as it is are looked at: ``free`` spans them.
    """
    from scipy.linalg import null_space  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415
    from scipy.optimize import nnls  # noqa: PLC0415

    sides = np.vstack([np.eye(start.size), ahead])
    free = null_space(np.ones((1, start.size)))
    steps, least = sides @ free, -sides @ start
    length = np.linalg.norm(steps, axis=1)
    kept = length > _SMALL
    steps, least = steps[kept] / length[kept, np.newaxis], least[kept] / length[kept]
    if not steps.size:
        return start
    system = np.vstack([steps.T, least])
    goal = np.append(np.zeros(len(system) - 1), 1.0)
    solution, _ = nnls(system, goal)
    rest = system @ solution - goal
    end: Floats = np.maximum(start + free @ (-rest[:-1] / rest[-1]), 0.0)
    return end
