"""Requirements on facts as an integer linear programme, solved exactly by HiGHS.

Every value that a fact can be given is a column of 0 or 1. A requirement becomes rows: "all" and
"any" by the usual linearisation, a quantity by a weighted sum. A part of a requirement that need
not be met has a column of its own, which can be 1 only where that part is met. All numbers are
whole, and what the solver finds is held against the requirements themselves, so that its
tolerances decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TypeAlias

from decision.explain.demands import (
    Condition,
    Enough,
    Every,
    Requirement,
    Some,
    Value,
    Variable,
    holds,
)
from decision.explain.solver import Row, optimum

__all__ = ["Cost", "Given", "Programme"]

Cost: TypeAlias = Mapping[int, int]
"""What columns cost, by their numbers; the others cost nothing."""

Given: TypeAlias = Mapping[Variable, Value]
"""The facts that are given another value, with that value."""

_HALF = 0.5  # between two whole numbers


@dataclass(frozen=True, slots=True)
class _Sum:
    """A constant with a number of times each column."""

    constant: int
    columns: Mapping[int, int] = field(default_factory=dict)

    def times(self, factor: int) -> _Sum:
        return _Sum(self.constant * factor, {c: t * factor for c, t in self.columns.items()})


@dataclass(slots=True)
class Programme:
    """Choices of values, and what must hold of them.

    Each fact keeps what it has, or gets one of its ``choices``, which are named with the conditions
    that they meet.
    """

    choices: Mapping[Variable, Mapping[Value, frozenset[Condition]]]
    columns: dict[tuple[Variable, Value], int] = field(default_factory=dict)
    size: int = 0
    rows: list[Row] = field(default_factory=list)
    required: list[Requirement] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the columns, at most one of which is chosen for every fact."""
        for variable, values in self.choices.items():
            for value in values:
                self.columns[variable, value] = self.column()
            self.row({self.columns[variable, value]: -1 for value in values}, -1)

    def column(self) -> int:
        """A new column, of 0 or 1."""
        self.size += 1
        return self.size - 1

    def row(self, terms: Mapping[int, int], least: float) -> None:
        """A new row: so many times each column must be at least this."""
        self.rows.append((dict(terms), least, inf))

    def require(self, requirement: Requirement) -> None:
        """Only choices that meet a requirement count from now on."""
        self.required.append(requirement)
        self._imply(_Sum(1), requirement)

    def no_more(self, cost: Cost, most: int) -> None:
        """Only choices that cost at most so much count from now on."""
        self.row({column: -one for column, one in cost.items()}, -most - _HALF)

    def not_all(self, some: Iterable[Iterable[int]]) -> None:
        """Of at least one of these groups no column is chosen; each is of one fact."""
        groups = [*some]
        columns = {column: -1 for group in groups for column in group}
        self.row(columns, 1 - len(groups))

    def smallest(self, cost: Cost) -> tuple[int, Given] | None:
        """The least cost and the choices that have it; None when no choices are allowed.

        Raises ``RuntimeError`` when the solver gives up.
        """
        while self.size:
            found = optimum(cost, self.rows, most=[1.0] * self.size)
            if found is None:
                return None
            values = [round(value) for value in found.values]
            chosen = dict(name for name, column in self.columns.items() if values[column])
            if self._meets(chosen):
                return sum(one * values[column] for column, one in cost.items()), chosen
            # what only seems to be enough, by the tolerances of the solver, is ruled out
            signs = {column: -1 if values[column] else 1 for column in self.columns.values()}
            self.row(signs, 1 - sum(sign < 0 for sign in signs.values()))
        # without a choice there is no task for the solver
        kept = self._meets({}) and all(least <= 0 for _, least, _ in self.rows)
        return (0, {}) if kept else None

    def _meets(self, chosen: Given) -> bool:
        def is_met(condition: Condition) -> bool:
            value = chosen.get(condition.variable)
            if value is None:
                return condition.met
            return condition in self.choices[condition.variable][value]

        return all(holds(requirement, is_met) for requirement in self.required)

    def _imply(self, truth: _Sum, requirement: Requirement) -> None:
        """Add the rows by which a requirement is met where ``truth`` is 1.

        Of a quantity, a part that is enough by itself need not weigh more than that.
        """
        match requirement:
            case Every(parts):
                for part in parts:
                    self._imply(truth, part)
            case Some(parts):
                self._at_least([self._truth(part) for part in parts], truth)
            case Enough(parts, weights, least):
                heavy = zip(parts, weights, strict=True)
                terms = [self._truth(part).times(min(w, max(least, 0))) for part, w in heavy]
                self._at_least(terms, truth.times(least))
            case Condition():
                self._at_least([self._truth(requirement)], truth)

    def _at_least(self, parts: Sequence[_Sum], wanted: _Sum) -> None:
        """The row by which these parts together are at least ``wanted``."""
        terms: dict[int, int] = {}
        for part in (*parts, wanted.times(-1)):
            for column, times in part.columns.items():
                terms[column] = terms.get(column, 0) + times
        self.row(terms, wanted.constant - sum(part.constant for part in parts))

    def _truth(self, requirement: Requirement) -> _Sum:
        """A sum that can be 1 where a requirement is met, and only 0 where it is not."""
        if isinstance(requirement, Condition):
            now = int(requirement.met)
            terms = {
                self.columns[requirement.variable, value]: int(requirement in met) - now
                for value, met in self.choices.get(requirement.variable, {}).items()
            }
            return _Sum(now, terms)
        truth = _Sum(0, {self.column(): 1})
        self._imply(truth, requirement)
        return truth
