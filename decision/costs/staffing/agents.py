"""The smallest number of agents that answers enough calls in time, by Erlang C.

One hour on its own is searched upwards from the load. For many hours a table of steps is cheaper
(`steps`); where that leaves a doubt the same search decides, so the answers are the same.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.staffing.arguments import share_of_time, target_share, waits
from decision.costs.staffing.erlang_c import FAR, level, offered_load
from decision.costs.staffing.quadrature import gauss_legendre
from decision.costs.staffing.steps import MARGIN, ONE_ROW, Steps, patience_band

__all__ = ["agents_needed", "search"]

_WORTH_A_TABLE = 4  # a row and a number of agents in a table cost as much as so many searches
_FIRST_AGENTS, _MOST_AGENTS = 32, 8192  # the sizes between which a table grows
_MOST_CELLS = 2**20  # some 20 MB for the table of one target
_MOST_TABLES = 16  # targets whose tables are kept; more would push each other out
_LONG_WAY = 100  # erlang from which an integral takes less than a sum agent by agent
_POINTS, _DROP = 24, 40.0  # of an integral, which is followed until e^-40 of its peak
_AT_ONCE = 2**11  # integrals
_WORTH_A_START = 2**13  # loads of many targets for which it pays to look up where to start
_FINE = 64  # parts of one in which the target and the patience of such a start are rounded
_STRICTEST = 1 - 1e-6  # above this target, rounding of the service level outweighs the margin


def agents_needed(  # noqa: PLR0913 - what is asked, and two options with a default
    calls_per_hour: ArrayLike,
    handling_time: ArrayLike,
    target: ArrayLike,
    wait: ArrayLike,
    *,
    most_occupancy: ArrayLike | None = None,
    smallest_crew: int = 1,
) -> Ints:
    """The smallest whole number of agents that answers enough calls in time.

    No calls need no agents. With calls there are always more agents than erlang, also at a
    target of 0, because otherwise the queue grows without end.

    Args:
        calls_per_hour: Calls that arrive in an hour, at least 0; need not be whole.
        handling_time: Mean seconds of talking and wrapping up per call, more than 0.
        target: Share of the calls to be answered in time, at least 0 and less than 1.
        wait: Seconds within which a call must be answered, at least 0.
        most_occupancy: The largest share of their time that agents may handle calls, from
            1e-9 to 1; without it there is no such cap.
        smallest_crew: The fewest agents that there are when there are calls at all.

    Raises:
        StaffingError: An argument is out of range, or the load exceeds `MOST_ERLANG`.
    """
    load = offered_load(calls_per_hour, handling_time)
    agents = _in_time(load, target_share(target), waits(wait, handling_time))
    if most_occupancy is not None:
        cap = share_of_time("most_occupancy", most_occupancy)
        agents = np.maximum(agents, _at_most(cap, load))
    if smallest_crew > 1:
        agents = np.where(agents > 0, np.maximum(agents, smallest_crew), agents)
    return agents


def _at_most(cap: Floats, load: Floats) -> Ints:
    """The smallest number of agents that keeps load ÷ agents within the cap."""
    load, cap = np.broadcast_arrays(load, cap)
    agents = np.ceil(load / cap)
    busier = np.maximum(agents - 1, 1)
    agents -= (agents > 1) & (load / busier <= cap)
    agents += load / np.maximum(agents, 1) > cap
    return agents.astype(np.int64)


def _in_time(load: Floats, goal: Floats, patience: Floats) -> Ints:
    shape = np.broadcast_shapes(load.shape, goal.shape, patience.shape)
    flat = np.broadcast_to(load, shape).ravel()
    one = patience.size == 1
    patience = patience.reshape(()) if one else np.broadcast_to(patience, shape).ravel()
    if goal.size == 1:
        return _of_one_goal(flat, goal.item(), patience).reshape(shape)
    goals, kind = np.unique(goal, return_inverse=True)
    if goals.size > _MOST_TABLES or goals.size * _WORTH_A_TABLE * _FIRST_AGENTS > flat.size:
        everyone = np.broadcast_to(goal, shape).ravel()
        least = _least(flat, float(goals[0]), float(patience.max()))
        return search(flat, everyone, patience, least).reshape(shape)
    kinds = np.broadcast_to(kind.reshape(goal.shape), shape).ravel()
    agents = np.empty(flat.size, dtype=np.int64)
    for number, one in enumerate(goals.tolist()):
        mine = kinds == number
        own = patience[mine] if patience.size > 1 else patience
        agents[mine] = _of_one_goal(flat[mine], one, own)
    return agents.reshape(shape)


def _least(load: Floats, goal: float, patience: float) -> Ints | None:
    """The agents that each load surely needs at a target at least so high, and so little patience.

    None for too few loads to look that up for. Target and patience are rounded to the easier side,
    so that few tables are enough.
    """
    if load.size < _WORTH_A_START:
        return None
    goal, patience = np.floor(goal * _FINE) / _FINE, np.ceil(patience * _FINE) / _FINE
    return _easiest(float(goal), float(patience)).at_least(load)


@lru_cache(maxsize=_MOST_TABLES)
def _easiest(goal: float, patience: float) -> Steps:
    return Steps.of(goal, patience, ONE_ROW, _LONG_WAY)


def _of_one_goal(load: Floats, goal: float, patience: Floats) -> Ints:
    """Agents where all share the target; one patience for all, or one for each."""
    if load.size == 0:
        return np.empty(0, dtype=np.int64)
    least, most = float(patience.min()), float(patience.max())
    table = _of_one_patience(goal, least) if least == most else _of_all_patiences(goal)
    return table.agents(load, patience, (least, most))


class _Table:
    """The steps of one target, for one patience or for a range of them.

    They are worked out only when asked for often enough, and kept for the next time.
    """

    __slots__ = ("asked", "goal", "patience", "steps")

    def __init__(self, goal: float, patience: float | None) -> None:
        self.goal, self.patience = goal, patience
        self.asked = 0
        self.steps: Steps | None = None

    def agents(self, load: Floats, patience: Floats, ends: tuple[float, float]) -> Ints:
        """The agents for each load; ``ends`` are the least and the largest patience."""
        self.asked += load.size
        steps = self._for(float(load.max()), ends)
        if steps is None:
            return search(load, self.goal, patience)
        agents, doubt = steps.look_up(load, patience)
        if doubt.size:
            own = patience[doubt] if patience.size > 1 else patience
            agents[doubt] = search(load[doubt], self.goal, own)
        return agents

    def _for(self, load: float, ends: tuple[float, float]) -> Steps | None:
        """The steps, extended when what they miss was asked often enough to pay for it."""
        steps = self.steps
        if self.goal > _STRICTEST or self.asked < _WORTH_A_TABLE * _FIRST_AGENTS:
            return steps
        band = ONE_ROW if self.patience is not None else patience_band(*ends)
        if steps is not None:
            band = min(band[0], steps.band[0]), max(band[1], steps.band[1])
        size = self._size(load, band)
        known = steps.agents if steps is not None else _FIRST_AGENTS - 1
        if size < known or (steps is not None and (band, size) == (steps.band, known)):
            return steps
        self.steps = Steps.of(self.goal, self.patience, band, size)
        self.asked = 0
        return self.steps

    def _size(self, load: float, band: tuple[int, int]) -> int:
        """The agents to work out: enough for the load, as far as that pays and fits."""
        rows = 1 if band == ONE_ROW else band[1] - band[0] + 2
        within = min(self.asked / _WORTH_A_TABLE, Steps.agents_within(_MOST_CELLS)) / rows
        known = self.steps.agents if self.steps is not None else _FIRST_AGENTS
        wanted = max(_power_of_two(1.25 * load), known)
        return min(wanted, _power_of_two(within) // 2, _MOST_AGENTS)


def _power_of_two(least: float) -> int:
    """The smallest power of two that is more than this."""
    return 1 << int(least).bit_length()


@lru_cache(maxsize=256)
def _of_one_patience(goal: float, patience: float) -> _Table:
    return _Table(goal, patience)


@lru_cache(maxsize=_MOST_TABLES)
def _of_all_patiences(goal: float) -> _Table:
    return _Table(goal, None)


def search(
    load: Floats,
    goal: Floats | float,
    patience: Floats | float,
    least: Ints | None = None,
) -> Ints:
    """Agents for each load on its own: from the first stable number upwards.

    Args:
        load: Erlang, one-dimensional and checked; 0 needs nobody.
        goal: Share to be answered in time, for all or for each.
        patience: The wait in handling times, for all or for each.
        least: Agents that each load surely needs, to start from.
    """
    answer = np.zeros(load.size, dtype=np.int64)
    here = np.flatnonzero(load)
    every = np.broadcast_arrays(1 - np.asarray(goal), patience, load)
    allowed, waiting, offered = (part.take(here) for part in every)
    agents = np.floor(offered) + 1
    if least is not None:  # a large load has a short way to the first stable number only
        agents = np.where(offered > _LONG_WAY, agents, np.maximum(agents, least.take(here)))
    inverse = _first_inverse(offered, agents)
    doubt = [here[:0]]
    while here.size:
        answer[here] = agents
        spare = agents - offered
        late = agents / (spare * inverse + offered) * np.exp(-spare * waiting)
        short = allowed - late
        doubt.append(here[np.abs(short) <= MARGIN])
        left = np.flatnonzero(short < -MARGIN)
        here = here.take(left)
        allowed, waiting, offered, agents, inverse = (
            part.take(left) for part in (allowed, waiting, offered, agents, inverse)
        )
        agents += 1
        with np.errstate(over="ignore"):
            inverse = np.minimum(1 + inverse * agents / offered, FAR)
    edge = np.concatenate(doubt)
    if edge.size:
        goals, patiences, _ = np.broadcast_arrays(goal, patience, load)
        answer[edge] = _settle(answer[edge], load[edge], goals[edge], patiences[edge])
    return answer


def _first_inverse(load: Floats, agents: Floats) -> Floats:
    """One divided by Erlang's B formula, at the number of agents to start from.

    Built up agent by agent, for all loads that have so many; a large load has a shorter way.
    """
    inverse = np.empty(load.size)
    large = load > _LONG_WAY
    far, near = np.flatnonzero(large), np.flatnonzero(~large)
    for start in range(0, far.size, _AT_ONCE):
        some = far[start : start + _AT_ONCE]
        inverse[some] = _integrated(load[some], agents[some])
    inverse[near] = _built_up(load[near], agents[near])
    return inverse


def _built_up(load: Floats, agents: Floats) -> Floats:
    """The same, agent by agent, the largest number first."""
    most = int(agents.max(initial=0))
    fewer = (most - agents).astype(np.int16)
    order = np.argsort(fewer, kind="stable")  # a radix sort
    reached = np.cumsum(np.bincount(fewer, minlength=most))
    offered, inverse = load[order], np.ones(load.size)
    with np.errstate(over="ignore"):
        for staff in range(1, most + 1):
            part = slice(reached[most - staff])
            inverse[part] *= staff / offered[part]
            inverse[part] += 1
    inverse[order] = np.minimum(inverse, FAR)
    return inverse


def _integrated(load: Floats, agents: Floats) -> Floats:
    """1 ÷ B = load ∫ (1 + t)^agents e^(-load t) dt over t from 0: half a peak, at 1e-12.

    There is at most one agent more than erlang, so that the peak is at 0 whatever the load.
    """
    half = (np.sqrt(2 * _DROP / load) + _DROP / load) / 2
    points, weights = gauss_legendre(_POINTS)
    away = half[:, np.newaxis] * (points + 1)
    height = np.exp(agents[:, np.newaxis] * np.log1p(away) - load[:, np.newaxis] * away)
    inverse: Floats = load * half * (height @ weights)
    return inverse


def _settle(agents: Ints, load: Floats, goal: Floats, patience: Floats) -> Ints:
    """Move each number of agents to the first that `service_level` says is enough."""

    def enough(agents: Floats) -> Flags:
        return (agents > load) & (level(load, agents, patience) >= goal)

    staff = agents.astype(np.float64)
    while not (reached := enough(staff)).all():
        staff += ~reached
    while (spare := enough(staff - 1)).any():
        staff -= spare
    return staff.astype(np.int64)
