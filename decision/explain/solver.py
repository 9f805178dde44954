"""The best of many choices, exactly: a mixed-integer linear programme, solved by HiGHS."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

__all__ = ["Row", "Solution", "Terms", "optimum"]

Terms = Mapping[int, float]
"""How many times each column counts, by its number; the others do not."""

Row = tuple[Terms, float, float]
"""Terms, and the least and the most that they may add up to."""

_STDOUT = 1
_SOLVED, _INFEASIBLE = 0, 2
"""The statuses by which scipy says that this is the solution, or that there is none."""


class Solution(NamedTuple):
    """The least cost, and the value of every column at which it is reached."""

    cost: float
    values: Sequence[float]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep standard output clean: HiGHS prints a line of its own there, whatever it is told.

    It does so in C, behind the back of ``sys.stdout``, and keeps it until its buffer is flushed.
    """
    try:
        kept = os.dup(_STDOUT)
    except OSError:  # closed: nobody is listening
        yield
        return
    flush = ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush
    if sys.stdout:  # None where the program was started without
        sys.stdout.flush()
    flush(None)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - its descriptor is what is needed
        os.dup2(nowhere.fileno(), _STDOUT)
    try:
        yield
    finally:
        flush(None)
        os.dup2(kept, _STDOUT)
        os.close(kept)


def optimum(
    cost: Terms, rows: Sequence[Row], *, most: Sequence[float], whole: Sequence[bool]
) -> Solution | None:
    """The values of the columns at which the cost is least; None when no values meet every row.

    That there are none is asked twice, so such an answer takes twice as long.

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
        with _silence():
            found = milp(
                costs,
                integrality=np.array(whole, dtype=int),
                bounds=Bounds(0, np.array(most, dtype=float)),
                constraints=LinearConstraint(
                    table, [row[1] for row in rows], [row[2] for row in rows]
                ),
                options={"mip_rel_gap": 0, "presolve": presolve},
            )
        if found.status == _SOLVED:
            return Solution(float(found.fun), found.x.tolist())
    if found.status == _INFEASIBLE:
        return None
    raise RuntimeError(found.message)  # pragma: no cover - there is no limit to reach
