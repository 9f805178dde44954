"""Erlang A: callers wait in one queue for the first free agent, and hang up when it takes long.

M/M/N+M: each caller's patience is exponential, with the same mean for all. It is the birth-death
process of Palm ("Research on telephone traffic carried by full availability groups", Tele 1957);
the measures follow Garnett, Mandelbaum & Reiman, "Designing a call center with impatient
customers" (2002), and Mandelbaum & Zeltyn, "Service engineering in action: the Palm/Erlang-A
queue" (2007). The results are exact up to rounding: about 1e-11, to 10.000 erlang and beyond.

A queue of which people hang up never grows without end, so every number of agents has an answer,
also fewer than erlang. Without patience it becomes Erlang B, with endless patience Erlang C.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from decision.costs.arrays import Flags, Floats, Ints
from decision.costs.staffing.agents import agents_needed
from decision.costs.staffing.arguments import erlang, positive, target_share, waits, whole
from decision.costs.staffing.erlang_c import inverse_blocking, offered_load
from decision.costs.staffing.hang_ups import queue

__all__ = [
    "abandonment_with_patience",
    "agents_needed_with_patience",
    "mean_wait_with_patience",
    "service_level_with_patience",
    "waiting_probability_with_patience",
]

_SHORTEST, _LONGEST = 1e-12, 1e12  # patience, in handling times, beyond which nothing changes
_LEAST = 1e-300


def waiting_probability_with_patience(
    load: ArrayLike, agents: ArrayLike, handling_time: ArrayLike, patience: ArrayLike
) -> Floats:
    """The chance (0-1) that a call is not answered at once: it waits, or hangs up first.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        handling_time: Mean seconds per call, more than 0.
        patience: Mean seconds after which a waiting caller hangs up, more than 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    return _Queue.of(load, agents, handling_time, patience).waiting()


def abandonment_with_patience(
    load: ArrayLike, agents: ArrayLike, handling_time: ArrayLike, patience: ArrayLike
) -> Floats:
    """The share (0-1) of all calls in which the caller hangs up before an agent answers.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        handling_time: Mean seconds per call, more than 0.
        patience: Mean seconds after which a waiting caller hangs up, more than 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    return _Queue.of(load, agents, handling_time, patience).abandoned()


def mean_wait_with_patience(
    load: ArrayLike, agents: ArrayLike, handling_time: ArrayLike, patience: ArrayLike
) -> Floats:
    """The mean seconds until a call is answered or the caller hangs up, over all calls.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        handling_time: Mean seconds per call, more than 0.
        patience: Mean seconds after which a waiting caller hangs up, more than 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    state = _Queue.of(load, agents, handling_time, patience)
    seconds: Floats = state.abandoned() * state.patience * positive("handling_time", handling_time)
    return seconds


def service_level_with_patience(  # noqa: PLR0913 - each is a quantity of its own
    load: ArrayLike,
    agents: ArrayLike,
    wait: ArrayLike,
    handling_time: ArrayLike,
    patience: ArrayLike,
    *,
    forgive_hang_ups: bool = False,
) -> Floats:
    """The share (0-1) of the calls that are answered within ``wait`` seconds.

    Of all calls that arrive: who hangs up was not answered, however soon. That is the strictest
    of the definitions in use. With ``forgive_hang_ups`` calls that end within the wait without an
    answer are left out altogether: of the calls that are answered or still waiting by then, the
    share that is answered. It is 1 when there are no calls at all.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.
        wait: Seconds within which a call must be answered, at least 0.
        handling_time: Mean seconds per call, more than 0.
        patience: Mean seconds after which a waiting caller hangs up, more than 0.
        forgive_hang_ups: Whether calls that hang up within the wait are left out.

    Raises:
        StaffingError: An argument is out of range.
    """
    state = _Queue.of(load, agents, handling_time, patience)
    return state.in_time(waits(wait, handling_time), forgive_hang_ups=forgive_hang_ups)


def agents_needed_with_patience(  # noqa: PLR0913 - each is a quantity of its own
    calls_per_hour: ArrayLike,
    handling_time: ArrayLike,
    target: ArrayLike,
    wait: ArrayLike,
    patience: ArrayLike,
    *,
    forgive_hang_ups: bool = False,
) -> Ints:
    """The smallest whole number of agents that answers enough calls in time.

    With ``forgive_hang_ups`` it is never more than Erlang C asks (`agents_needed`). Without, it
    may be: where the target lets callers wait much longer than they care to, Erlang C counts
    calls as answered that in fact are lost. A target of 0 needs nobody, and neither do no calls.

    Args:
        calls_per_hour: Calls that arrive in an hour, at least 0; need not be whole.
        handling_time: Mean seconds of talking and wrapping up per call, more than 0.
        target: Share of the calls to be answered in time, at least 0 and less than 1.
        wait: Seconds within which a call must be answered, at least 0.
        patience: Mean seconds after which a waiting caller hangs up, more than 0.
        forgive_hang_ups: Whether calls that hang up within the wait are left out; see
            `service_level_with_patience`.

    Raises:
        StaffingError: An argument is out of range, or the load exceeds `MOST_ERLANG`.
    """
    parts = np.broadcast_arrays(
        offered_load(calls_per_hour, handling_time),
        target_share(target),
        waits(wait, handling_time),
        _in_handling_times(patience, handling_time),
        # whoever is answered at once in Erlang C is so here too: these are enough
        agents_needed(calls_per_hour, handling_time, target, 0).astype(np.float64),
    )
    load, goal, late, patient, high = (part.ravel() for part in parts)

    def enough(some: Ints, agents: Floats) -> Flags:
        state = _Queue(load[some], agents, patient[some])
        return state.in_time(late[some], forgive_hang_ups=forgive_hang_ups) >= goal[some]

    return _fewest(high, enough).reshape(parts[0].shape)


def _fewest(high: Floats, enough: Callable[[Ints, Floats], Flags]) -> Ints:
    """The smallest numbers that are enough, by halving, where these are (but for rounding)."""
    low, high = np.full(high.shape, -1.0), high.copy()
    here = np.arange(high.size)
    while (here := here[~enough(here, high[here])]).size:
        low[here] = high[here]
        high[here] += 1
    while (here := np.flatnonzero(high - low > 1)).size:
        middle = np.floor((low[here] + high[here]) / 2)
        reached = enough(here, middle)
        high[here[reached]] = middle[reached]
        low[here[~reached]] = middle[~reached]
    return high.astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Queue:
    """Queues in balance, of one shape; the patience in handling times."""

    load: Floats
    agents: Floats
    patience: Floats

    @classmethod
    def of(
        cls, load: ArrayLike, agents: ArrayLike, handling_time: ArrayLike, patience: ArrayLike
    ) -> _Queue:
        """Check the arguments and give them their common shape."""
        patient = _in_handling_times(patience, handling_time)
        return cls(*np.broadcast_arrays(erlang(load), whole("agents", agents), patient))

    def waiting(self) -> Floats:
        """The share that is not answered at once."""
        return self._waiting(self._queue(self._busy())[0])

    def abandoned(self) -> Floats:
        """The share that hangs up."""
        size, share = self._queue(self._busy())
        return self._waiting(size) * share

    def in_time(self, wait: Floats, *, forgive_hang_ups: bool) -> Floats:
        """The share that is answered within a wait, in handling times."""
        passed = wait / self.patience
        busy = self._busy()
        size = self._queue(busy)[0]
        growth = busy * self.patience * -np.expm1(-passed) - self.agents * wait
        later = self._queue(busy * np.exp(-passed))[0]
        # of those who wait: for whom no agent is free by then, and who is answered by then
        still = np.minimum(np.exp(growth + later - size), 1)
        answered = (1 - still - np.exp(-size) + np.exp(growth - size)) * self.agents / busy
        queued = self._waiting(size)
        share = np.clip(1 - queued * (1 - answered), 0, 1)
        if forgive_hang_ups:
            longer = queued * still * np.exp(-passed)
            share = np.where(share > 0, share / np.maximum(share + longer, _LEAST), 0)
        return np.where(self.load > 0, share, 1.0)

    def _busy(self) -> Floats:
        """The load, or any other number where there is none."""
        return np.where(self.load > 0, self.load, 1.0)

    def _queue(self, load: Floats) -> tuple[Floats, Floats]:
        agents, load, patience = np.broadcast_arrays(self.agents, load, self.patience)
        size, share = queue((agents * patience).ravel(), (load * patience).ravel())
        return size.reshape(load.shape), share.reshape(load.shape)

    def _waiting(self, size: Floats) -> Floats:
        """The chance to wait, from Erlang B and the size of the queue (a logarithm)."""
        free = (inverse_blocking(self._busy(), self.agents) - 1) * np.exp(-size)
        return np.where(self.load > 0, 1 / (1 + free), 0.0)


def _in_handling_times(patience: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The patience of callers in handling times; both in seconds, more than 0."""
    seconds = positive("patience", patience)
    handling = positive("handling_time", handling_time)
    with np.errstate(over="ignore", under="ignore"):
        ratio = seconds / handling
    return np.clip(ratio, _SHORTEST, _LONGEST)
