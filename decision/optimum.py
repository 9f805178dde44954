"""The best of many choices, exactly: a mixed-integer linear programme, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Row", "Solution", "Terms", "optimum"]

Terms = Mapping[int, float]
"""How many times each column counts, by its number; the others do not."""

Row = tuple[Terms, float, float]
"""Terms, and the least and the most that they may add up to."""

_SOLVED, _INFEASIBLE = 0, 2
"""The statuses by which scipy says that this is the solution, or that there is none."""


class Solution(NamedTuple):
    """The least cost, and the value of every column at which it is reached."""

    cost: float
    values: Sequence[float]


def optimum(
    cost: Terms, rows: Sequence[Row], *, most: Sequence[float], whole: Sequence[bool]
) -> Solution | None:
    """The values of the columns at which the cost is least; None when no values meet every row.

    Args:
        cost: What each column costs.
        rows: What must hold of the columns.
        most: The highest value of each column; the lowest is 0. At least one column.
        whole: Which columns must be whole numbers.

    Raises:
        RuntimeError: The solver gives up.
    """
    import numpy as np  # noqa: PLC0415 - takes time to load, and is not always needed
    from scipy.optimize import (  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415
        Bounds,
        LinearConstraint,
        milp,
    )

    size = len(most)
    costs, table = np.zeros(size), np.zeros((len(rows), size))
    costs[[*cost]] = [*cost.values()]
    for number, (terms, _, _) in enumerate(rows):
        table[number, [*terms]] = [*terms.values()]
    for presolve in (True, False):  # HiGHS' presolve finds some problems infeasible that are not
        found = milp(
            costs,
            integrality=np.array(whole, dtype=int),
            bounds=Bounds(0, np.array(most, dtype=float)),
            constraints=LinearConstraint(table, [row[1] for row in rows], [row[2] for row in rows]),
            options={"mip_rel_gap": 0, "presolve": presolve},
        )
        if found.status == _SOLVED:
            return Solution(float(found.fun), found.x.tolist())
    if found.status == _INFEASIBLE:
        return None
    raise RuntimeError(found.message)  # pragma: no cover - there is no limit to reach
