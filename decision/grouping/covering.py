"""The cheapest way to put everybody in exactly one group, with a bound that proves how good it is.

A set partitioning problem of millions of groups, solved in three steps. A linear programme over
some of the groups gives everybody a price; the groups that are worth more than their price are
added until there are none, so that the prices together are a lower bound (column generation). The
groups that it came to look at give a good answer. A group of which the cost, less the prices of its
members, is more than that answer is above the bound cannot be in a better one; what is left is
solved exactly, by HiGHS, where that is not too much. How far it goes is counted in steps and not in
time, so that every machine finds the same.

What the groups come to on something else can have a limit, which then has a price as well. So the
least cost is found for as much as wanted of another objective (epsilon-constraint).
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

__all__ = ["Asked", "Cover", "Covering", "Limit"]

_MORE = 400  # groups that are added at a time
_CLOSE = 1e-9  # of the largest cost: less is rounding
_MOST_LEFT = 10_000  # groups of which the best are looked for exactly
_MOST_LEFT_LIMITED = 1_000  # the same with a limit, where that takes much longer
_STEPS = 2_000_000  # branches of a search, times the groups in it
_ANSWERED = 2  # as HiGHS says that it has a feasible answer


class Limit(NamedTuple):
    """What each group adds to something, and the ``most`` of it that all may add together.

    The groups in ``kept`` hold everybody once and add no more, so that there is an answer.
    """

    amounts: Floats
    most: float
    kept: tuple[int, ...]


class Asked(NamedTuple):
    """What each group costs, and what the groups must keep to."""

    cost: Floats
    limit: Limit | None = None


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

    def best(self, asked: Asked) -> Cover:
        """The groups that cost least, within the limit."""
        size = float(np.abs(asked.cost).max()) or 1.0
        scaled = Asked(asked.cost / size, _scaled(asked.limit))
        priced = _Prices(self, scaled)
        priced.solve()
        found = self._chosen(scaled, priced.columns)
        slack, bound = found.cost - priced.bound, priced.bound
        keep = np.flatnonzero(priced.reduced <= slack + _CLOSE)
        if slack <= _CLOSE:
            bound = found.cost
        elif len(keep) <= (_MOST_LEFT if asked.limit is None else _MOST_LEFT_LIMITED):
            again = self._chosen(scaled, keep)
            found = min(found, again, key=lambda one: one.cost)
            bound = max(bound, min(again.bound, found.cost))
        exact = float(asked.cost[[*found.groups]].sum())
        return Cover(found.groups, exact, min(bound * size, exact))

    def alone(self) -> Ints:
        """The groups of one unit."""
        return np.flatnonzero((self.units < self.count).sum(axis=1) == 1)

    def _chosen(self, asked: Asked, columns: Ints) -> Cover:
        """The cheapest of these groups; those that keep to the limit where none were found."""
        solver = quiet_solver()
        solver.setOptionValue("mip_max_nodes", max(1, _STEPS // len(columns)))
        solver.setOptionValue("mip_abs_gap", _CLOSE / 10)
        solver.setOptionValue("mip_rel_gap", _CLOSE / 10)
        solver.passModel(self.problem(asked, columns, whole=True))
        run(solver)
        info, values = solver.getInfo(), np.array(solver.getSolution().col_value)
        bound = float(info.mip_dual_bound)
        if values.size and info.primal_solution_status == _ANSWERED:
            groups = tuple(columns[np.flatnonzero(values > 1 / 2)].tolist())
        else:
            groups = tuple(self.alone().tolist()) if asked.limit is None else asked.limit.kept
        return Cover(groups, float(asked.cost[[*groups]].sum()), bound)

    def problem(self, asked: Asked, columns: Ints, *, whole: bool) -> HighsLp:
        """The programme over some of the groups, as HiGHS takes it."""
        start, index, value = self.entries(asked, columns)
        limits = [] if asked.limit is None else [asked.limit.most]
        demands = HighsLp()
        demands.num_col_, demands.num_row_ = len(columns), self.count + len(limits)
        demands.col_cost_ = asked.cost[columns]
        demands.col_lower_ = np.zeros(len(columns))
        demands.col_upper_ = np.full(len(columns), 1.0 if whole else inf)
        if whole:
            demands.integrality_ = [HighsVarType.kInteger] * len(columns)
        demands.row_lower_ = np.array([1.0] * self.count + [-inf] * len(limits))
        demands.row_upper_ = np.array([1.0] * self.count + limits)
        table = demands.a_matrix_
        table.format_ = MatrixFormat.kColwise
        table.start_, table.index_, table.value_ = start, index, value
        return demands

    def entries(self, asked: Asked, columns: Ints) -> tuple[Ints, Ints, Floats]:
        """The table of some groups, column after column."""
        rows = self.units[columns]
        value = (rows < self.count).astype(np.float64)
        if asked.limit is not None:
            rows = np.column_stack([rows, np.full(len(rows), self.count)])
            value = np.column_stack([value, asked.limit.amounts[columns]])
        there = value != 0
        start = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
        return start.astype(np.int32), rows[there].astype(np.int32), value[there]


def _scaled(limit: Limit | None) -> Limit | None:
    """The limit, with a little room for rounding, in parts of the most that a group adds."""
    if limit is None:
        return None
    size = float(np.abs(limit.amounts).max()) or 1.0
    return Limit(limit.amounts / size, limit.most / size + _CLOSE, limit.kept)


class _Prices:
    """Everybody's price, by column generation."""

    def __init__(self, covering: Covering, asked: Asked) -> None:
        self.covering, self.asked = covering, asked
        self.bound, self.reduced = -inf, asked.cost
        size = (covering.units < covering.count).sum(axis=1)
        likely = np.argsort(asked.cost / size, kind="stable")[:_MORE]
        kept = () if asked.limit is None else asked.limit.kept
        first = covering.alone(), likely, np.array(kept, dtype=np.int64)
        self.columns = np.unique(np.concatenate(first))

    def solve(self) -> None:
        """Find the prices, and the least that everybody can cost by them."""
        covering = self.covering
        solver = quiet_solver()
        solver.passModel(covering.problem(self.asked, self.columns, whole=False))
        cost = self.asked.cost
        inside = np.zeros(len(cost), dtype=np.bool_)
        inside[self.columns] = True
        while True:
            run(solver)
            self.reduced = cost - self._worth(np.array(solver.getSolution().row_dual))
            short = np.flatnonzero((self.reduced < -_CLOSE) & ~inside)
            if not short.size:
                worst = min(0.0, float(self.reduced.min())) * covering.count
                self.bound = float(solver.getInfo().objective_function_value) + worst
                return
            order = np.argsort(self.reduced[short], kind="stable")[:_MORE]
            self._add(solver, short[order], inside)

    def _add(self, solver: _Highs, columns: Ints, inside: Flags) -> None:
        start, index, value = self.covering.entries(self.asked, columns)
        count = len(columns)
        solver.addCols(
            count, self.asked.cost[columns], np.zeros(count), np.full(count, inf),
            len(index), start[:-1], index, value,
        )  # fmt: skip
        inside[columns] = True
        self.columns = np.concatenate([self.columns, columns])

    def _worth(self, prices: Floats) -> Floats:
        """What each group is worth: its members, and what it takes of the limit."""
        count, limit = self.covering.count, self.asked.limit
        of_units = np.append(prices[:count], 0.0)
        worth = np.zeros(len(self.asked.cost))
        for column in self.covering.units.T:
            worth += of_units[column]
        return worth if limit is None else worth + prices[count] * limit.amounts
