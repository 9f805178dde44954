"""The best of many choices, exactly: an integer linear programme, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from highspy import HighsLp, HighsModelStatus, HighsVarType, MatrixFormat
from highspy._core import _Highs  # `Highs` prints a line before it can be told to be silent

__all__ = ["Row", "Solution", "Terms", "optimum", "quiet_solver", "run"]

Terms: TypeAlias = Mapping[int, float]
"""How many times each column counts, by its number; the others do not."""

Row: TypeAlias = tuple[Terms, float, float]
"""Terms, and the least and the most that they may add up to."""


class Solution(NamedTuple):
    """The least cost, and the value of every column at which it is reached."""

    cost: float
    values: Sequence[float]


def optimum(cost: Terms, rows: Sequence[Row], *, most: Sequence[float]) -> Solution | None:
    """The whole values of the columns at which the cost is least; None when none meet every row.

    That there are none is asked twice, so such an answer takes twice as long.

    Args:
        cost: What each column costs.
        rows: What must hold of the columns.
        most: The highest value of each column; the lowest is 0. At least one column.

    Raises:
        RuntimeError: The solver gives up.
    """
    demands = _problem(cost, rows, most)
    for presolve in ("on", "off"):  # HiGHS' presolve finds some problems infeasible that are not
        solver = quiet_solver()
        solver.setOptionValue("presolve", presolve)
        solver.passModel(demands)
        run(solver)
        found = solver.getModelStatus()
        if found == HighsModelStatus.kOptimal:
            values = solver.getSolution().col_value
            return Solution(solver.getInfo().objective_function_value, values)
    if found == HighsModelStatus.kInfeasible:
        return None
    raise RuntimeError(solver.modelStatusToString(found))  # pragma: no cover - there is no limit


def quiet_solver() -> _Highs:
    """A solver that says nothing, and looks on until no better answer is possible."""
    solver = _Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - it takes no names
    solver.setOptionValue("threads", 1)  # with more, it finds others on other machines
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


def run(solver: _Highs) -> None:
    """Solve what a solver was given, in a thread: its number of threads sticks to who runs it."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(solver.run).result()


def _problem(cost: Terms, rows: Sequence[Row], most: Sequence[float]) -> HighsLp:
    """The programme as HiGHS takes it: every row as the places and the sizes of its terms."""
    demands, size = HighsLp(), len(most)
    demands.num_col_, demands.num_row_ = size, len(rows)
    demands.col_cost_ = [cost.get(column, 0.0) for column in range(size)]
    demands.col_lower_, demands.col_upper_ = [0.0] * size, [*most]
    demands.integrality_ = [HighsVarType.kInteger] * size
    demands.row_lower_, demands.row_upper_ = [row[1] for row in rows], [row[2] for row in rows]
    table = demands.a_matrix_
    table.format_ = MatrixFormat.kRowwise
    table.start_ = [0, *accumulate(len(terms) for terms, _, _ in rows)]
    table.index_ = [column for terms, _, _ in rows for column in terms]
    table.value_ = [times for terms, _, _ in rows for times in terms.values()]
    return demands
