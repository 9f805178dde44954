"""The solver behind the design and the remedies: its answer is the optimum, and never nothing."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decision.explain.solver import optimum

if TYPE_CHECKING:
    from decision.explain.solver import Row

HARD = json.loads((Path(__file__).parent.parent / "data/presolve.json").read_text(encoding="utf-8"))
"""Problems in whole numbers that HiGHS 1.12, in scipy 1.17, only solves without its presolve."""


def rows_of(problem: dict[str, Any]) -> list[Row]:
    """The rows, in which a bound that is left out is none."""
    return [
        ({int(column): times for column, times in terms.items()}, *bounds(least, most))
        for terms, least, most in problem["rows"]
    ]


def bounds(least: float | None, most: float | None) -> tuple[float, float]:
    """The least and the most of a row."""
    return (-inf if least is None else least), (inf if most is None else most)


@pytest.mark.parametrize("problem", HARD)
def test_a_problem_with_a_solution_is_never_called_impossible(
    problem: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """Where the presolve of the solver goes wrong, it is asked again without, and in silence."""
    cost = {int(column): times for column, times in problem["cost"].items()}
    most = problem["most"]
    found = optimum(cost, rows_of(problem), most=most, whole=[True] * len(most))
    assert found is not None
    assert found.cost == pytest.approx(problem["least"])
    ctypes.CDLL(None).fflush(None)  # the solver writes in C, which waits until its buffer is full
    assert capfd.readouterr().out == ""


def test_the_solver_works_where_nobody_listens() -> None:
    """A program that is started without standard output does its work."""
    code = (
        "import os, sys; os.close(1)\n"
        "from decision.explain.solver import optimum\n"
        "found = optimum({0: 1.0}, [({0: 1.0}, 0.5, 9.0)], most=[2.0], whole=[True])\n"
        "sys.exit(found is None or found.cost != 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("problem", HARD)
def test_another_solver_finds_the_same_optimum(problem: dict[str, Any]) -> None:
    """OR-Tools CP-SAT, which reckons in whole numbers only, agrees on those problems."""
    reason = "ortools, of the extra test, is not installed"
    cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason=reason)
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, most, str(at)) for at, most in enumerate(problem["most"])]
    for terms, least, most in problem["rows"]:
        total = sum(times * columns[int(column)] for column, times in terms.items())
        if least is not None:
            model.add(total >= round(least))
        if most is not None:
            model.add(total <= int(most // 1))
    model.minimize(sum(times * columns[int(column)] for column, times in problem["cost"].items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == problem["least"]


def test_nothing_meets_what_contradicts_itself() -> None:
    """A column that must be at least 1 and at most 0 has no value."""
    assert optimum({0: 1.0}, [({0: 1.0}, 1.0, inf)], most=[0.0], whole=[True]) is None
