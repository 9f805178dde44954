"""Erlang C: callers wait in one queue for the first free agent and do not hang up.

M/M/N: Erlang 1917, "Solution of some problems in the theory of probabilities of significance in
automatic telephone exchanges"; Cooper, "Introduction to Queueing Theory", 2nd ed. 1981. Worked
case: "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008), bijlage D, where 108
calls an hour of 240 seconds need 10 agents for 80% answered within 30 seconds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from decision.costs.arrays import Floats
from decision.costs.staffing.arguments import (
    MOST_ERLANG,
    StaffingError,
    erlang,
    not_negative,
    positive,
    waits,
    whole,
)

__all__ = [
    "FAR",
    "inverse_blocking",
    "level",
    "mean_wait",
    "occupancy",
    "offered_load",
    "service_level",
    "waiting_probability",
]

FAR = 1e300
"""A sum beyond this makes the chance of waiting zero in double precision."""

_LEAST = 1e-300  # a load of any calls at all does not round to none
_ROUND_OFF = 2.0**-55
_TERMS_A_LOOK = 4  # to look whether they still count costs as much as one; more change nothing


def offered_load(calls_per_hour: ArrayLike, handling_time: ArrayLike) -> Floats:
    """The work that arrives in an hour, in erlang: calls times seconds per call, divided by 3600.

    Args:
        calls_per_hour: Calls that arrive in an hour, at least 0; need not be whole.
        handling_time: Mean seconds of talking and wrapping up per call, more than 0.

    Raises:
        StaffingError: An argument is out of range, or the load exceeds `MOST_ERLANG`.
    """
    calls = not_negative("calls_per_hour", calls_per_hour)
    handling = positive("handling_time", handling_time)
    with np.errstate(over="ignore"):
        load: Floats = np.asarray(calls * handling)
    load /= 3600
    if load.size and load.min() < _LEAST:
        load = np.asarray(np.maximum(load, np.minimum(calls, _LEAST)))
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
    return _waiting(*np.broadcast_arrays(erlang(load), whole("agents", agents)))


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
    patience = waits(wait, handling_time)
    return level(*np.broadcast_arrays(erlang(load), whole("agents", agents), patience))


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
    handling = positive("handling_time", handling_time)
    offered, staff = np.broadcast_arrays(erlang(load), whole("agents", agents))
    spare = staff - offered
    with np.errstate(over="ignore"):
        seconds = _waiting(offered, staff) * handling / np.where(spare > 0, spare, 1.0)
    return np.where((spare > 0) | (offered == 0), seconds, np.inf)


def occupancy(load: ArrayLike, agents: ArrayLike) -> Floats:
    """The share (0-1) of their time that agents handle calls.

    It is 1 when there are no more agents than erlang, and 0 when there are no calls.

    Args:
        load: Erlang offered, from 0 to `MOST_ERLANG`.
        agents: Agents who answer, a whole number of at least 0.

    Raises:
        StaffingError: An argument is out of range.
    """
    offered, staff = np.broadcast_arrays(erlang(load), whole("agents", agents))
    busy: Floats = np.where(staff > offered, offered / np.maximum(staff, 1.0), np.sign(offered))
    return busy


def _waiting(load: Floats, agents: Floats) -> Floats:
    """Erlang C by way of the inverse of Erlang B, which is a sum of positive terms."""
    queue = (load > 0) & (agents > load)
    offered, staff = np.where(queue, load, 0.5), np.where(queue, agents, 1.0)
    chance = staff / ((staff - offered) * inverse_blocking(offered, staff) + offered)
    return np.where(queue, chance, np.sign(load))


def level(load: Floats, agents: Floats, patience: Floats | float) -> Floats:
    """The share answered in time, of arguments that are checked; ``patience`` in handling times."""
    spare = np.maximum(agents - load, 0.0)
    answered = 1 - _waiting(load, agents) * np.exp(-spare * patience)
    return np.where((spare > 0) | (load == 0), np.maximum(answered, 0.0), 0.0)


def inverse_blocking(load: Floats, agents: Floats) -> Floats:
    """One divided by Erlang's B formula (1917): Σ over k of agents!/(agents-k)! ÷ load^k.

    All terms are positive, so nothing cancels; what passes `FAR` is cut off there. Both arguments
    are of one shape and checked, and no load is 0.
    """
    term, total = np.ones(load.shape), np.ones(load.shape)
    left, ratio = np.array(agents, dtype=np.float64), np.empty(load.shape)
    with np.errstate(over="ignore", under="ignore"):
        while True:
            for _ in range(_TERMS_A_LOOK):
                np.divide(left, load, out=ratio)
                term *= ratio
                np.minimum(term, FAR, out=term)
                total += term
                left -= 1
                np.maximum(left, 0.0, out=left)
            if not ((term > _ROUND_OFF * total) & (total < FAR)).any():
                return total
