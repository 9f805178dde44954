"""The solver behind the design and the remedies: its answer is the optimum, and never nothing."""

from __future__ import annotations

import ctypes
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from highspy import HighsStatus
from highspy._core import _Highs

from decision.explain.solver import Solution, optimum

if TYPE_CHECKING:
    from decision.explain.solver import Row

HARD = json.loads((Path(__file__).parent.parent / "data/presolve.json").read_text(encoding="utf-8"))
"""Problems in whole numbers that HiGHS, 1.10 to 1.16, only solves without its presolve."""


def rows_of(demands: dict[str, Any]) -> list[Row]:
    """The rows, in which a bound that is left out is none."""
    return [
        ({int(column): times for column, times in terms.items()}, *bounds(least, most))
        for terms, least, most in demands["rows"]
    ]


def bounds(least: float | None, most: float | None) -> tuple[float, float]:
    """The least and the most of a row."""
    return (-inf if least is None else least), (inf if most is None else most)


def solved(demands: dict[str, Any]) -> Solution | None:
    """What the solver finds."""
    cost = {int(column): times for column, times in demands["cost"].items()}
    return optimum(cost, rows_of(demands), most=demands["most"])


@pytest.mark.parametrize("demands", HARD)
def test_a_problem_with_a_solution_is_never_called_impossible(
    demands: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """Where the presolve of the solver goes wrong, it is asked again without, and in silence."""
    found = solved(demands)
    assert found is not None
    assert found.cost == pytest.approx(demands["least"])
    ctypes.CDLL(None).fflush(None)  # the solver writes in C, which waits until its buffer is full
    assert capfd.readouterr().out == ""


def test_what_others_print_meanwhile_is_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    """The solver leaves the standard output of the process to whoever uses it."""
    stop = threading.Event()

    def write() -> int:
        count = 0
        while not stop.is_set():
            count += os.write(1, b".")
        return count

    with ThreadPoolExecutor() as others:
        counted = others.submit(write)
        for demands in HARD:
            solved(demands)
        stop.set()
        written = counted.result()
    assert written > 0
    assert capfd.readouterr().out == "." * written


def test_another_user_of_the_solver_in_the_process_keeps_its_threads() -> None:
    """Who solves by two threads can do so before and after, and our answer is there."""

    def by_two_threads() -> HighsStatus:
        solver = _Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - it takes no names
        solver.setOptionValue("threads", 2)
        solver.addVar(0.0, 1.0)
        return solver.run()

    assert by_two_threads() == HighsStatus.kOk
    assert solved(HARD[0]) is not None
    assert by_two_threads() == HighsStatus.kOk


@pytest.mark.parametrize("demands", HARD)
def test_another_solver_finds_the_same_optimum(demands: dict[str, Any]) -> None:
    """OR-Tools CP-SAT, which reckons in whole numbers only, agrees on those problems."""
    reason = "ortools, of the extra test, is not installed"
    cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason=reason)
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, most, str(at)) for at, most in enumerate(demands["most"])]
    for terms, least, most in demands["rows"]:
        total = sum(times * columns[int(column)] for column, times in terms.items())
        if least is not None:
            model.add(total >= round(least))
        if most is not None:
            model.add(total <= int(most // 1))
    model.minimize(sum(times * columns[int(column)] for column, times in demands["cost"].items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == demands["least"]


def test_nothing_meets_what_contradicts_itself() -> None:
    """A column that must be at least 1 and at most 0 has no value."""
    assert optimum({0: 1.0}, [({0: 1.0}, 1.0, inf)], most=[0.0]) is None
