"""The cheapest way to put everybody in exactly one group, with a bound that proves how good it is.

A set partitioning problem of millions of groups, solved in three steps. A linear programme over
some of the groups gives everybody a price; the groups that are worth more than their price are
added until there are none, so that the prices together are a lower bound (column generation). The
groups that it came to look at give a good answer. A group of which the cost, less the prices of its
members, is more than that answer is above the bound cannot be in a better one; what is left is
solved exactly, by HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from highspy import HighsLp, HighsModelStatus, HighsVarType, MatrixFormat

from decision.costs.arrays import Flags, Floats, Ints
from decision.explain.solver import quiet_solver, run

__all__ = ["Cover", "Covering", "SideRow"]

_MORE = 400  # groups that are added at a time
_CLOSE = 1e-9  # of the largest cost: less is rounding
_FEW = 40_000  # groups that are solved at once without looking at prices first
_LEAST_SECONDS = 0.5


class SideRow(NamedTuple):
    """A row beside those of everybody: so much of each group, at least and at most in all."""

    amount: Floats
    least: float
    most: float = inf


class Cover(NamedTuple):
    """Groups that hold everybody once (their numbers), what they cost, and the least it can be."""

    groups: tuple[int, ...]
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the cost can be above the best, as a share of it; 0 where it is the best."""
        apart = max(0.0, self.cost - self.bound)
        return apart / abs(self.cost) if self.cost and apart > _CLOSE * abs(self.cost) else 0.0


@dataclass(frozen=True)
class Covering:
    """Groups of units (rows of places, padded with ``count``), each of which can be chosen."""

    units: Ints
    count: int

    def best(
        self, cost: Floats, sides: Sequence[SideRow] = (), *, seconds: float = inf
    ) -> Cover | None:
        """The groups that cost least and keep to the sides; None where there are none.

        Args:
            cost: What each group costs.
            sides: What else must hold.
            seconds: How long the last step may take; then its best answer is given.
        """
        size = float(np.abs(cost).max()) or 1.0
        scaled = cost / size
        priced = _Prices(self, scaled, sides)
        if not priced.solve():
            return None
        first = self._chosen(scaled, sides, priced.columns, seconds)
        keep = priced.columns
        if first.groups and first.cost - priced.bound <= _CLOSE:
            pass  # no better one can be
        elif first.groups:
            slack = first.cost - priced.bound + _CLOSE
            keep = np.flatnonzero(priced.reduced <= max(slack, _CLOSE))
        elif len(self.units) > len(keep):
            keep = np.arange(len(self.units))
        found = first
        if len(keep) > len(priced.columns) or not np.isin(keep, priced.columns).all():
            found = self._chosen(scaled, sides, keep, seconds)
        if not found.groups or (first.groups and first.cost < found.cost):
            found = Cover(first.groups, first.cost, found.bound)
        if not found.groups:
            return None
        exact = float(cost[[*found.groups]].sum())
        bound = max(priced.bound, min(found.bound, found.cost)) * size
        return Cover(found.groups, exact, min(bound, exact))

    def _chosen(
        self, cost: Floats, sides: Sequence[SideRow], columns: Ints, seconds: float
    ) -> Cover:
        """Whole groups of these columns; nobody where there are none, with the bound of these."""
        solver = quiet_solver()
        solver.setOptionValue("time_limit", max(_LEAST_SECONDS, seconds) if seconds < inf else 1e9)
        solver.setOptionValue("mip_abs_gap", _CLOSE / 10)
        solver.passModel(self._problem(cost, sides, columns, whole=True))
        run(solver)
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == HighsModelStatus.kInfeasible:
            return Cover((), inf, inf)
        values = np.array(solver.getSolution().col_value)
        bound = float(info.mip_dual_bound)
        if not values.size or info.primal_solution_status != 2:  # noqa: PLR2004 - it has an answer
            return Cover((), inf, bound)
        groups = tuple(columns[np.flatnonzero(values > 1 / 2)].tolist())
        return Cover(groups, float(cost[[*groups]].sum()), bound)

    def _problem(
        self, cost: Floats, sides: Sequence[SideRow], columns: Ints, *, whole: bool
    ) -> HighsLp:
        """The programme over some of the groups, as HiGHS takes it."""
        start, index, value = self.entries(sides, columns)
        demands = HighsLp()
        demands.num_col_, demands.num_row_ = len(columns), self.count + len(sides)
        demands.col_cost_ = cost[columns]
        demands.col_lower_ = np.zeros(len(columns))
        demands.col_upper_ = np.full(len(columns), 1.0 if whole else inf)
        if whole:
            demands.integrality_ = [HighsVarType.kInteger] * len(columns)
        demands.row_lower_ = np.array([*[1.0] * self.count, *(one.least for one in sides)])
        demands.row_upper_ = np.array([*[1.0] * self.count, *(one.most for one in sides)])
        table = demands.a_matrix_
        table.format_ = MatrixFormat.kColwise
        table.start_, table.index_, table.value_ = start, index, value
        return demands

    def entries(self, sides: Sequence[SideRow], columns: Ints) -> tuple[Ints, Ints, Floats]:
        """The table of some groups, column after column."""
        rows = self.units[columns]
        there = rows < self.count
        beside = np.array([one.amount[columns] for one in sides]).reshape(len(sides), len(columns))
        places = np.concatenate(
            [rows, np.broadcast_to(self.count + np.arange(len(sides)), (len(columns), len(sides)))],
            1,
        )
        values = np.concatenate([np.ones(rows.shape), beside.T], axis=1)
        used = np.concatenate([there, values[:, rows.shape[1] :] != 0], axis=1)
        start = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
        return start.astype(np.int32), places[used].astype(np.int32), values[used]


class _Prices:
    """Everybody's price, by column generation."""

    def __init__(self, covering: Covering, cost: Floats, sides: Sequence[SideRow]) -> None:
        self.covering, self.cost, self.sides = covering, cost, sides
        self.bound, self.reduced = -inf, cost
        size = (covering.units < covering.count).sum(axis=1)
        each = cost / size
        first = [np.flatnonzero(size == 1), np.argsort(each, kind="stable")[:_MORE]]
        if len(cost) <= _FEW and sides:
            first = [np.arange(len(cost))]
        self.columns = np.unique(np.concatenate(first))

    def solve(self) -> bool:
        """Find the prices; False where nothing keeps to the sides."""
        covering = self.covering
        solver = quiet_solver()
        solver.passModel(covering._problem(self.cost, self.sides, self.columns, whole=False))  # noqa: SLF001
        inside = np.zeros(len(self.cost), dtype=np.bool_)
        inside[self.columns] = True
        while True:
            run(solver)
            if solver.getModelStatus() == HighsModelStatus.kInfeasible:
                if inside.all():
                    return False
                self._add(solver, np.flatnonzero(~inside), inside)
                continue
            prices = np.array(solver.getSolution().row_dual)
            self.reduced = self.cost - self._worth(prices)
            short = np.flatnonzero((self.reduced < -_CLOSE) & ~inside)
            if not short.size:
                worst = min(0.0, float(self.reduced.min())) * covering.count
                self.bound = float(solver.getInfo().objective_function_value) + worst
                return True
            order = np.argsort(self.reduced[short], kind="stable")[:_MORE]
            self._add(solver, short[order], inside)

    def _add(self, solver: object, columns: Ints, inside: Flags) -> None:
        start, index, value = self.covering.entries(self.sides, columns)
        count = len(columns)
        solver.addCols(  # type: ignore[attr-defined]
            count, self.cost[columns], np.zeros(count), np.full(count, inf),
            len(index), start[:-1], index, value,
        )  # fmt: skip
        inside[columns] = True
        self.columns = np.concatenate([self.columns, columns])

    def _worth(self, prices: Floats) -> Floats:
        """What the members of each group, and what it adds to the sides, are worth."""
        count = self.covering.count
        of_units = np.append(prices[:count], 0.0)
        worth = np.zeros(len(self.cost))
        for column in self.covering.units.T:
            worth += of_units[column]
        for price, side in zip(prices[count:], self.sides, strict=True):
            worth += price * side.amount
        return worth
