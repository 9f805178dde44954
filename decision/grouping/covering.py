"""The cheapest way to put everybody in exactly one group, with a bound that proves how good it is.

A set partitioning problem of millions of groups, solved in three steps. A linear programme over
some of the groups gives everybody a price; the groups that are worth more than their price are
added until there are none, so that the prices together are a lower bound (column generation). The
groups that it came to look at give a good answer. A group of which the cost, less the prices of its
members, is more than that answer is above the bound cannot be in a better one; what is left is
solved exactly, by HiGHS, where that is not too much. How far it goes is counted in steps and not in
time, so that every machine finds the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from highspy import HighsLp, HighsVarType, MatrixFormat
from highspy._core import _Highs  # see `decision.explain.solver`

from decision.costs.arrays import Flags, Floats, Ints
from decision.explain.solver import quiet_solver, run

__all__ = ["Cover", "Covering"]

_MORE = 400  # groups that are added at a time
_CLOSE = 1e-9  # of the largest cost: less is rounding
_MOST_LEFT = 10_000  # groups of which the best are looked for exactly
_STEPS = 2_000_000  # branches of a search, times the groups in it
_ANSWERED = 2  # as HiGHS says that it has a feasible answer


class Cover(NamedTuple):
    """Groups that hold everybody once (their numbers), what they cost, and the least it can be."""

    groups: tuple[int, ...]
    cost: float
    bound: float


@dataclass(frozen=True)
class Covering:
    """Groups of units (rows of places, padded with ``count``), each of which can be chosen."""

    units: Ints
    count: int

    def best(self, cost: Floats) -> Cover:
        """The groups that cost least, by what each group costs."""
        size = float(np.abs(cost).max()) or 1.0
        scaled = cost / size
        priced = _Prices(self, scaled)
        priced.solve()
        found = self._chosen(scaled, priced.columns)
        slack, bound = found.cost - priced.bound, priced.bound
        keep = np.flatnonzero(priced.reduced <= slack + _CLOSE)
        if slack <= _CLOSE:
            bound = found.cost
        elif len(keep) <= _MOST_LEFT:
            again = self._chosen(scaled, keep)
            found = min(found, again, key=lambda one: one.cost)
            bound = max(bound, min(again.bound, found.cost))
        exact = float(cost[[*found.groups]].sum())
        return Cover(found.groups, exact, min(bound * size, exact))

    def _chosen(self, cost: Floats, columns: Ints) -> Cover:
        """The cheapest of these groups; everybody alone where none were found."""
        solver = quiet_solver()
        solver.setOptionValue("mip_max_nodes", max(1, _STEPS // len(columns)))
        solver.setOptionValue("mip_abs_gap", _CLOSE / 10)
        solver.setOptionValue("mip_rel_gap", _CLOSE / 10)
        solver.passModel(self.problem(cost, columns, whole=True))
        run(solver)
        info, values = solver.getInfo(), np.array(solver.getSolution().col_value)
        bound = float(info.mip_dual_bound)
        if not values.size or info.primal_solution_status != _ANSWERED:
            alone = np.flatnonzero((self.units < self.count).sum(axis=1) == 1)
            return Cover(tuple(alone.tolist()), float(cost[alone].sum()), bound)
        groups = tuple(columns[np.flatnonzero(values > 1 / 2)].tolist())
        return Cover(groups, float(cost[[*groups]].sum()), bound)

    def problem(self, cost: Floats, columns: Ints, *, whole: bool) -> HighsLp:
        """The programme over some of the groups, as HiGHS takes it."""
        start, index, value = self.entries(columns)
        demands = HighsLp()
        demands.num_col_, demands.num_row_ = len(columns), self.count
        demands.col_cost_ = cost[columns]
        demands.col_lower_ = np.zeros(len(columns))
        demands.col_upper_ = np.full(len(columns), 1.0 if whole else inf)
        if whole:
            demands.integrality_ = [HighsVarType.kInteger] * len(columns)
        demands.row_lower_ = demands.row_upper_ = np.ones(self.count)
        table = demands.a_matrix_
        table.format_ = MatrixFormat.kColwise
        table.start_, table.index_, table.value_ = start, index, value
        return demands

    def entries(self, columns: Ints) -> tuple[Ints, Ints, Floats]:
        """The table of some groups, column after column."""
        rows = self.units[columns]
        there = rows < self.count
        start = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
        index = rows[there]
        return start.astype(np.int32), index.astype(np.int32), np.ones(len(index))


class _Prices:
    """Everybody's price, by column generation."""

    def __init__(self, covering: Covering, cost: Floats) -> None:
        self.covering, self.cost = covering, cost
        self.bound, self.reduced = -inf, cost
        size = (covering.units < covering.count).sum(axis=1)
        first = np.flatnonzero(size == 1), np.argsort(cost / size, kind="stable")[:_MORE]
        self.columns = np.unique(np.concatenate(first))

    def solve(self) -> None:
        """Find the prices, and the least that everybody can cost by them."""
        covering = self.covering
        solver = quiet_solver()
        solver.passModel(covering.problem(self.cost, self.columns, whole=False))
        inside = np.zeros(len(self.cost), dtype=np.bool_)
        inside[self.columns] = True
        while True:
            run(solver)
            self.reduced = self.cost - self._worth(np.array(solver.getSolution().row_dual))
            short = np.flatnonzero((self.reduced < -_CLOSE) & ~inside)
            if not short.size:
                worst = min(0.0, float(self.reduced.min())) * covering.count
                self.bound = float(solver.getInfo().objective_function_value) + worst
                return
            order = np.argsort(self.reduced[short], kind="stable")[:_MORE]
            self._add(solver, short[order], inside)

    def _add(self, solver: _Highs, columns: Ints, inside: Flags) -> None:
        start, index, value = self.covering.entries(columns)
        count = len(columns)
        solver.addCols(
            count, self.cost[columns], np.zeros(count), np.full(count, inf),
            len(index), start[:-1], index, value,
        )  # fmt: skip
        inside[columns] = True
        self.columns = np.concatenate([self.columns, columns])

    def _worth(self, prices: Floats) -> Floats:
        """What the members of each group are worth."""
        of_units = np.append(prices, 0.0)
        worth = np.zeros(len(self.cost))
        for column in self.covering.units.T:
            worth += of_units[column]
        return worth
