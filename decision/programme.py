"""Requirements on facts as a mixed-integer linear programme, solved exactly by HiGHS.

Every value that a fact can be given is a column of 0 or 1. A requirement becomes rows: "all" and
"any" by the usual linearisation, a quantity by a weighted sum. A part of a requirement that need
not be met has a column of its own, which can be 1 only where that part is met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

from decision.optimum import Row, optimum
from decision.statements import Enough, Every, Literal, Problem, Requirement, Some, Value, Variable

__all__ = ["Programme"]

_HALF = 0.5  # what is chosen is 1, within the tolerance of the solver


@dataclass(frozen=True, slots=True)
class _Sum:
    """A constant with a number of times each column."""

    constant: float
    columns: Mapping[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Programme:
    """Choices of values (each fact keeps what it has, or gets one of its choices), and rows."""

    problem: Problem
    choices: Mapping[Variable, Sequence[Value]]
    columns: dict[tuple[Variable, Value], int] = field(default_factory=dict)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the columns, at most one of which is chosen for every fact."""
        for variable, values in self.choices.items():
            for value in values:
                self.columns[variable, value] = self.column(whole=True)
            self.row({self.columns[variable, value]: -1.0 for value in values}, -1.0)

    def column(self, *, whole: bool) -> int:
        """A new column from 0 to 1, of whole numbers or not."""
        self.whole.append(whole)
        return len(self.whole) - 1

    def row(self, terms: Mapping[int, float], least: float) -> None:
        """A new row: so many times each column must be at least this."""
        self.rows.append((dict(terms), least, inf))

    def require(self, requirement: Requirement) -> None:
        """Add the rows by which a requirement is met."""
        match requirement:
            case Every(parts):
                for part in parts:
                    self.require(part)
            case Enough():
                self._quantity(requirement, _Sum(1.0))
            case Some(parts):
                self._at_least([self._truth(part) for part in parts], _Sum(1.0))
            case Literal():
                self._at_least([self._truth(requirement)], _Sum(1.0))

    def smallest(
        self, cost: Mapping[int, float]
    ) -> tuple[float, set[tuple[Variable, Value]]] | None:
        """The least cost and the choices that have it; None when no choices meet every row.

        Raises ``RuntimeError`` when the solver gives up.
        """
        if not self.whole:  # nothing to choose, which the solver does not take
            return None if any(least > 0 for _, least, _ in self.rows) else (0.0, set())
        found = optimum(cost, self.rows, most=[1.0] * len(self.whole), whole=self.whole)
        if found is None:
            return None
        return found.cost, {name for name, at in self.columns.items() if found.values[at] > _HALF}

    def _at_least(self, parts: Sequence[_Sum], wanted: _Sum) -> None:
        """The row by which these parts together are at least ``wanted``."""
        terms: dict[int, float] = {}
        for part, sign in (*((part, 1.0) for part in parts), (wanted, -1.0)):
            for column, times in part.columns.items():
                terms[column] = terms.get(column, 0.0) + sign * times
        self.row(terms, wanted.constant - sum(part.constant for part in parts))

    def _truth(self, requirement: Requirement) -> _Sum:
        """A sum that can be 1 where a requirement is met, and only 0 where it is not."""
        match requirement:
            case Literal():
                return self._literal(requirement)
            case Every(parts):
                truth = _Sum(0.0, {self.column(whole=False): 1.0})
                for part in parts:
                    self._at_least([self._truth(part)], truth)
            case Some(parts):
                truth = _Sum(0.0, {self.column(whole=False): 1.0})
                self._at_least([self._truth(part) for part in parts], truth)
            case Enough():
                truth = _Sum(0.0, {self.column(whole=True): 1.0})
                self._quantity(requirement, truth)
        return truth

    def _literal(self, literal: Literal) -> _Sum:
        subject, now = self.problem.subjects[literal.variable], float(literal.met)
        terms = {
            self.columns[literal.variable, value]: float(literal in subject.met_by(value)) - now
            for value in self.choices.get(literal.variable, ())
        }
        return _Sum(now, terms)

    def _quantity(self, asked: Enough, truth: _Sum) -> None:
        """The row of a quantity, with weights of at most 1 so that no small one is lost."""
        largest = max(asked.weights, default=1.0) or 1.0
        least = _least(asked) / largest
        parts = []
        for part, weight in zip(asked.parts, asked.weights, strict=True):
            met = self._truth(part)
            terms = {column: times * weight / largest for column, times in met.columns.items()}
            parts.append(_Sum(met.constant * weight / largest, terms))
        needed = _Sum(truth.constant * least, {c: t * least for c, t in truth.columns.items()})
        self._at_least(parts, needed)


def _least(asked: Enough) -> float:
    """The weight that is needed; the next whole number where all weights are whole."""
    if all(weight == floor(weight) for weight in asked.weights):
        return float(floor(asked.least) + 1 if asked.strictly else ceil(asked.least))
    return asked.least
