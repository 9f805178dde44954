"""How many people must answer the telephone: Erlang C, for arrays of hours at once.

Calls arrive at random, wait in one queue for the first free agent and do not hang up
(M/M/N; Erlang 1917, "Solution of some problems in the theory of probabilities of significance
in automatic telephone exchanges"; Cooper, "Introduction to Queueing Theory", 2nd ed. 1981).
Worked case: "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008), bijlage D, where
108 calls an hour of 240 seconds need 10 agents for 80% answered within 30 seconds.

All arguments are numbers or arrays of them; they broadcast, and every function gives an array of
the common shape (``()`` for plain numbers). Times are in seconds, the load in erlang: how many
agents would be busy if nobody ever waited. A number outside the stated range is a `StaffingError`;
shapes that do not fit together are numpy's ``ValueError``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MOST_ERLANG",
    "StaffingError",
    "agents_needed",
    "mean_wait",
    "occupancy",
    "offered_load",
    "service_level",
    "waiting_probability",
]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

MOST_ERLANG = 1e6
"""The largest load that is accepted: a million people talking at the same time."""

_LEAST = 1e-300  # a load of any calls at all does not round to none
_FAR = 1e300  # a sum beyond this makes the chance of waiting zero in double precision
_ROUND_OFF = 2.0**-55
_MOST_PATIENT = 1e20  # a longer wait (in handling times) answers every call that is ever answered
_MARGIN = 1e-9  # loads this close to a step in the number of agents are settled one by one
_FIRST_AGENTS, _MOST_AGENTS = 32, 4096  # the sizes between which a table grows, doubling
_WORTH_A_TABLE = 128  # after so many questions at one target and wait a table is cheaper
_STRICTEST = 1 - 1e-6  # above this target, rounding of the service level outweighs the margin


class StaffingError(ValueError):
    """An argument that no queue can have: which one, the first wrong value, what is allowed."""

    def __init__(self, argument: str, value: object, allowed: str) -> None:
        """Keep the parts, so that a caller can put them in words of its own."""
        super().__init__(argument, value, allowed)
        self.argument, self.value, self.allowed = argument, value, allowed

    def __str__(self) -> str:
        """Name the argument, its value and what is allowed."""
        return f"{self.argument} is {self.value!r}, but must be {self.allowed}"


def offered_load(calls_per_hour: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The work that arrives in an hour, in erlang: calls times seconds per call, divided by 3600.

    Args:
        calls_per_hour: Calls that arrive in an hour, at least 0; need not be whole.
        handling_time: Mean seconds of talking and wrapping up per call, more than 0.

    Raises:
        StaffingError: An argument is out of range, or the load exceeds `MOST_ERLANG`.
    """
    calls = _not_negative("calls_per_hour", calls_per_hour)
    handling = _positive("handling_time", handling_time)
    with np.errstate(over="ignore"):
        work = np.maximum(calls * handling / 3600, np.minimum(calls, _LEAST))
    load: Floats = np.asarray(work)
    if load.max(initial=0) > MOST_ERLANG:
        value = float(np.broadcast_to(calls, load.shape)[load > MOST_ERLANG][0])
        raise StaffingError("calls_per_hour", value, f"a load of at most {MOST_ERLANG:.0f} erlang")
    return load


def waiting_probability(load: ArrayLike, agents: ArrayLike) -> Floats:
    """The chance (0-1) that a call has to wait: Erlang's C formula.

    It is 1 when there are no more agents than erlang, because the queue then grows without end,
    and 0 when there are no calls at all. Relative precision is 1e-12 up to 10.000 erlang.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    return _waiting(*np.broadcast_arrays(_erlang(load), _whole("agents", agents)))


def service_level(
    load: ArrayLike, agents: ArrayLike, wait: ArrayLike, handling_time: ArrayLike
) -> Floats:
    """The share (0-1) of the calls that are answered within ``wait`` seconds.

    It is 0 when there are no more agents than erlang, and 1 when there are no calls at all.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        wait: Seconds within which a call must be answered, at least 0.
        handling_time: Mean seconds per call, more than 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    patience = _patience(wait, handling_time)
    return _level(*np.broadcast_arrays(_erlang(load), _whole("agents", agents), patience))


def mean_wait(load: ArrayLike, agents: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The mean seconds before a call is answered, over all calls.

    It is infinite when there are no more agents than erlang, and 0 when there are no calls.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        handling_time: Mean seconds per call, more than 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    handling = _positive("handling_time", handling_time)
    offered, staff = np.broadcast_arrays(_erlang(load), _whole("agents", agents))
    spare = staff - offered
    with np.errstate(over="ignore"):
        waits = _waiting(offered, staff) * handling / np.where(spare > 0, spare, 1.0)
    return np.where((spare > 0) | (offered == 0), waits, np.inf)


def occupancy(load: ArrayLike, agents: ArrayLike) -> Floats:
    """The share (0-1) of their time that agents handle calls.

    It is 1 when there are no more agents than erlang, and 0 when there are no calls.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    offered, staff = np.broadcast_arrays(_erlang(load), _whole("agents", agents))
    busy: Floats = np.where(staff > offered, offered / np.maximum(staff, 1.0), np.sign(offered))
    return busy


def agents_needed(
    calls_per_hour: ArrayLike, handling_time: ArrayLike, target: ArrayLike, wait: ArrayLike
) -> Ints:
    """The smallest whole number of agents that answers enough calls in time.

    No calls need no agents. With calls there are always more agents than erlang, also at a
    target of 0, because otherwise the queue grows without end.

    Args:
        calls_per_hour: Calls that arrive in an hour, at least 0; need not be whole.
        handling_time: Mean seconds of talking and wrapping up per call, more than 0.
        target: Share of the calls to be answered in time, at least 0 and less than 1.
        wait: Seconds within which a call must be answered, at least 0.

    Raises:
        StaffingError: An argument is out of range, or the load exceeds `MOST_ERLANG`.
    """
    load = offered_load(calls_per_hour, handling_time)
    goal, patience = np.broadcast_arrays(_target(target), _patience(wait, handling_time))
    if goal.size == 1:
        shape = np.broadcast_shapes(load.shape, goal.shape)
        return _table(goal.item(), patience.item()).agents(load.ravel()).reshape(shape)
    return _of_many_kinds(load, goal, patience)


def _of_many_kinds(load: Floats, goal: Floats, patience: Floats) -> Ints:
    """Agents where the target or the wait differs between the elements."""
    pairs = np.stack([goal.ravel(), patience.ravel()])
    kinds, kind = np.unique(pairs, axis=1, return_inverse=True)
    load, kind = np.broadcast_arrays(load, kind.reshape(goal.shape))
    flat, kind_of = load.ravel(), kind.ravel()
    if kinds.shape[1] * _WORTH_A_TABLE > flat.size:
        return _search(flat, *kinds[:, kind_of]).reshape(load.shape)
    agents = np.empty(flat.size, dtype=np.int64)
    for number, (one_goal, one_patience) in enumerate(kinds.T):
        mine = kind_of == number
        agents[mine] = _table(float(one_goal), float(one_patience)).agents(flat[mine])
    return agents.reshape(load.shape)


class _Table:
    """The largest load that 0, 1, 2, … agents carry at one target and wait.

    It is built only when asked for often enough, and always answers what `_search` would answer.
    """

    __slots__ = ("asked", "below", "goal", "largest", "over", "patience")

    def __init__(self, goal: float, patience: float) -> None:
        self.asked = 0
        self.goal = goal
        self.patience = patience
        self._hold(np.zeros(1))

    def _hold(self, largest: Floats) -> None:
        """Keep the table (last, for other threads) and where each step has its edges."""
        self.over = largest * (1 - _MARGIN)
        self.below = np.append(-1.0, largest[:-1] * (1 + _MARGIN))
        self.largest = largest

    def agents(self, load: Floats) -> Ints:
        """The agents that each load needs."""
        self.asked += load.size
        if self.asked < _WORTH_A_TABLE or self.goal > _STRICTEST:
            return _search(load, self.goal, self.patience)
        largest = self._up_to(load.max(initial=0))
        agents: Ints = largest.searchsorted(load).astype(np.int64, copy=False)
        beyond = agents == largest.size
        if beyond.any():
            agents[beyond] = _search(load[beyond], self.goal, self.patience)
            agents[~beyond] = self._exact(agents[~beyond], load[~beyond])
            return agents
        return self._exact(agents, load)

    def _exact(self, agents: Ints, load: Floats) -> Ints:
        """Decide one by one where a load lies on the edge between two numbers of agents."""
        edge = (load > self.over.take(agents)) | (load <= self.below.take(agents))
        if edge.any():
            agents[edge] = _settle(agents[edge], load[edge], self.goal, self.patience)
        return agents

    def _up_to(self, load: float) -> Floats:
        """The table, doubled until it carries the load or is as large as it gets."""
        largest = self.largest
        while largest[-1] < load and largest.size <= _MOST_AGENTS:
            size = max(_FIRST_AGENTS, 2 * (largest.size - 1))
            agents = np.arange(largest.size, size + 1, dtype=np.float64)
            more = _largest_load(agents, self.goal, self.patience)
            largest = np.append(largest, more)
            self._hold(largest)
        return largest


_table = lru_cache(maxsize=1024)(_Table)


def _largest_load(agents: Floats, goal: float, patience: float) -> Floats:
    """The largest load at which the target is reached, to about 1e-11 of itself.

    Newton's method on the logarithms of the load and of the share that waits too long, with
    halving where it would leave the bounds.
    """
    allowed = np.log1p(-goal)
    low, high = np.zeros_like(agents), agents.copy()
    load = agents / (1 + 1 / np.sqrt(agents))
    while True:
        inverse, spare = _inverse_blocking(load, agents), agents - load
        late = np.log(agents / (spare * inverse + load)) - spare * patience - allowed
        rise = spare + load * (inverse - 1) / (spare * inverse + load) + load * patience
        with np.errstate(over="ignore"):
            newton = load * np.exp(-late / rise)
        high, low = np.where(late > 0, load, high), np.where(late > 0, low, load)
        close = np.abs(newton - load) <= _ROUND_OFF * 1e6 * load
        outside = ~close & ~((newton > low) & (newton < high))
        load = np.where(outside, (low + high) / 2, np.minimum(newton, agents))
        if (close | (high - low <= _ROUND_OFF * 1e6 * high)).all():
            return load


def _search(load: Floats, goal: Floats | float, patience: Floats | float) -> Ints:
    """Agents for each load on its own: from the first stable number upwards."""
    answer = np.zeros(load.size, dtype=np.int64)
    here = np.flatnonzero(load)
    goals, patiences, _ = np.broadcast_arrays(goal, patience, load)
    offered = load[here]
    agents = np.floor(offered) + 1
    inverse = _inverse_blocking(offered, agents)
    doubt = []
    while here.size:
        spare = agents - offered
        late = agents / (spare * inverse + offered) * np.exp(-spare * patiences[here])
        short = 1 - goals[here] - late
        done = short >= -_MARGIN
        answer[here[done]] = agents[done]
        doubt.append(here[done & (short <= _MARGIN)])
        here, offered, agents, inverse = (part[~done] for part in (here, offered, agents, inverse))
        agents += 1
        with np.errstate(over="ignore"):
            inverse = np.minimum(1 + inverse * agents / offered, _FAR)
    edge = np.concatenate([here, *doubt])
    answer[edge] = _settle(answer[edge], load[edge], goals[edge], patiences[edge])
    return answer


def _settle(agents: Ints, load: Floats, goal: Floats | float, patience: Floats | float) -> Ints:
    """Move each number of agents to the first that `service_level` says is enough."""

    def enough(agents: Floats) -> Flags:
        return (agents > load) & (_level(load, agents, patience) >= goal)

    staff = agents.astype(np.float64)
    while not (reached := enough(staff)).all():
        staff += ~reached
    while (spare := enough(staff - 1)).any():
        staff -= spare
    return staff.astype(np.int64)


def _waiting(load: Floats, agents: Floats) -> Floats:
    """Erlang C by way of the inverse of Erlang B, which is a sum of positive terms."""
    queue = (load > 0) & (agents > load)
    offered, staff = np.where(queue, load, 0.5), np.where(queue, agents, 1.0)
    waits = staff / ((staff - offered) * _inverse_blocking(offered, staff) + offered)
    return np.where(queue, waits, np.sign(load))


def _level(load: Floats, agents: Floats, patience: Floats | float) -> Floats:
    spare = np.maximum(agents - load, 0.0)
    answered = 1 - _waiting(load, agents) * np.exp(-spare * patience)
    return np.where((spare > 0) | (load == 0), np.maximum(answered, 0.0), 0.0)


def _inverse_blocking(load: Floats, agents: Floats) -> Floats:
    """One divided by Erlang's B formula: Σ over k of agents!/(agents-k)! ÷ load^k.

    All terms are positive, so nothing cancels; what passes `_FAR` is cut off there.
    """
    term = np.ones(load.shape)
    total = term.copy()
    left = agents.copy()
    with np.errstate(over="ignore", under="ignore"):
        while True:
            term = np.minimum(term * (left / load), _FAR)
            total += term
            if not ((term > _ROUND_OFF * total) & (total < _FAR)).any():
                return total
            left = np.maximum(left - 1, 0.0)


def _patience(wait: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The wait in handling times."""
    seconds = _not_negative("wait", wait)
    with np.errstate(over="ignore"):
        patience = seconds / _positive("handling_time", handling_time)
    return np.minimum(patience, _MOST_PATIENT)


def _checked(
    argument: str, value: ArrayLike, allowed: str, right: Callable[[Floats], Flags]
) -> Floats:
    try:
        numbers = np.asarray(value)
    except ValueError:
        raise StaffingError(argument, value, allowed) from None
    if numbers.dtype.kind not in "iuf":
        raise StaffingError(argument, value, allowed)
    numbers = numbers.astype(np.float64, copy=False)
    good = right(numbers)
    if not good.all():
        raise StaffingError(argument, float(numbers[~good][0]), allowed)
    return numbers


def _not_negative(argument: str, value: ArrayLike) -> Floats:
    allowed = "a finite number of at least 0"
    return _checked(argument, value, allowed, lambda x: (x >= 0) & (x < np.inf))


def _positive(argument: str, value: ArrayLike) -> Floats:
    allowed = "a finite number of more than 0"
    return _checked(argument, value, allowed, lambda x: (x > 0) & (x < np.inf))


def _whole(argument: str, value: ArrayLike) -> Floats:
    allowed = "a whole number of at least 0"
    return _checked(
        argument, value, allowed, lambda x: (x >= 0) & (x < np.inf) & (x == np.floor(x))
    )


def _target(value: ArrayLike) -> Floats:
    allowed = "a share of at least 0 and less than 1"
    return _checked("target", value, allowed, lambda x: (x >= 0) & (x < 1))


def _erlang(value: ArrayLike) -> Floats:
    allowed = f"a number from 0 to {MOST_ERLANG:.0f}"
    return _checked("load", value, allowed, lambda x: (x >= 0) & (x <= MOST_ERLANG))
