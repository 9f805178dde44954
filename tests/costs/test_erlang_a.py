"""Erlang A: against the chain itself, forty digits, a simulation, and the laws of queues."""

from __future__ import annotations

import heapq
import math
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.costs.staffing import (
    StaffingError,
    abandonment_with_patience,
    agents_needed,
    agents_needed_with_patience,
    mean_wait,
    mean_wait_with_patience,
    offered_load,
    service_level,
    service_level_with_patience,
    waiting_probability,
    waiting_probability_with_patience,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CALLS = st.floats(0, 1500, allow_subnormal=False)
HANDLING = st.floats(30, 900)
TARGETS = st.floats(0, 0.99)
WAITS = st.floats(0, 120)
PATIENCE = st.floats(1, 3600)
LOADS = st.floats(0.01, 60)
AGENTS = st.integers(0, 80)
UNIT = 3600
"""A handling time at which the load in erlang is simply the calls an hour."""


def states(load: float, agents: int, patience: float) -> NDArray[np.float64]:
    """The chance of each number of callers, by solving the balance of the cut-off chain.

    The handling time is 1, so the patience is in handling times.
    """
    most = int(agents + load * patience + 12 * math.sqrt(load * (1 + patience)) + 60)
    leave = [min(n, agents) + max(n - agents, 0) / patience for n in range(1, most + 1)]
    flow = np.diag(leave, 1) + np.diag(np.full(most, load), -1)
    flow -= np.diag(flow.sum(axis=0))
    flow[-1] = 1  # the chances sum to 1, instead of the last (superfluous) balance
    chances: NDArray[np.float64] = np.linalg.solve(flow, np.append(np.zeros(most), 1))
    return chances


def outcomes(
    ahead: int, agents: int, patience: float, wait: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For a caller behind 0, 1, … others: the chance to be answered, or still to wait, in time.

    Uniformised: changes come at one fast rate, and most of them change nothing.
    """
    behind = np.arange(ahead + 1)
    on = agents + behind / patience  # somebody ahead is answered or hangs up, or it is our turn
    rate = on.max() + 1 / patience
    stays, moves = 1 - (on + 1 / patience) / rate, on[1:] / rate
    ends = np.zeros(ahead + 1)
    ends[0] = agents / rate
    waiting, answered = np.ones(ahead + 1), np.zeros(ahead + 1)
    still, done = np.zeros(ahead + 1), np.zeros(ahead + 1)
    changes = rate * wait
    for count in range(int(changes + 12 * math.sqrt(changes) + 60)):
        weight = math.exp(count * math.log(changes) - changes - math.lgamma(count + 1))
        still += weight * waiting
        done += weight * answered
        before = waiting, answered
        waiting, answered = stays * waiting, stays * answered + ends
        waiting[1:] += moves * before[0][:-1]
        answered[1:] += moves * before[1][:-1]
    return done, still


CHAINS = [
    (load, agents, patience)
    for load in (0.3, 4.0, 30.0)
    for agents in (0, 1, 4, 29, 36)
    for patience in (0.02, 0.5, 3.0, 20.0)
]


@pytest.mark.parametrize(("load", "agents", "patience"), CHAINS)
def test_chances_are_those_of_the_chain(load: float, agents: int, patience: float) -> None:
    """Waiting, hanging up and the mean wait follow from the balance of the chain."""
    chances = states(load, agents, patience)
    queue = np.maximum(np.arange(chances.size) - agents, 0)
    case = (load, agents, UNIT, patience * UNIT)
    waiting = chances[agents:].sum()
    assert float(waiting_probability_with_patience(*case)) == pytest.approx(waiting, abs=1e-10)
    lost = chances @ queue / patience / load
    assert float(abandonment_with_patience(*case)) == pytest.approx(lost, rel=1e-9, abs=1e-13)
    seconds = chances @ queue / load * UNIT  # Little's law
    assert float(mean_wait_with_patience(*case)) == pytest.approx(seconds, rel=1e-9, abs=1e-9)


LIMITS = (0.01, 0.125, 1.0)


@pytest.mark.parametrize(
    ("load", "agents", "patience", "wait"),
    [(*chain, LIMITS[at % len(LIMITS)]) for at, chain in enumerate(CHAINS)],
)
def test_service_level_is_that_of_the_chain(
    load: float, agents: int, patience: float, wait: float
) -> None:
    """Whoever finds a queue is followed through it, person by person."""
    chances = states(load, agents, patience)
    done, still = outcomes(chances.size - agents - 1, agents, patience, wait)
    answered = chances[:agents].sum() + chances[agents:] @ done
    waiting = chances[agents:] @ still
    case = (load, agents, wait * UNIT, UNIT, patience * UNIT)
    assert float(service_level_with_patience(*case)) == pytest.approx(answered, abs=1e-10)
    forgiven = service_level_with_patience(*case, forgive_hang_ups=True)
    assert float(forgiven) == pytest.approx(answered / (answered + waiting), abs=1e-10)


@pytest.mark.parametrize("load", [500.0, 10_000.0])
@pytest.mark.parametrize("proportion", [0.5, 0.9, 0.999, 1.0, 1.001, 1.02, 1.3])
@pytest.mark.parametrize("patience", [0.001, 0.5, 30.0])
def test_large_loads_keep_their_precision(load: float, proportion: float, patience: float) -> None:
    """Ten thousand erlang are as exact as ten, to eleven digits."""
    agents = round(load * proportion)
    with localcontext(prec=40):
        big, rate = Decimal(load), 1 / Decimal(patience)
        free = term = Decimal(1)
        for busy in range(agents - 1, 0, -1):
            term = term * busy / big
            free += term
            if term < free * Decimal("1e-30"):
                break
        term, queue, callers, length = big / agents, Decimal(0), Decimal(0), 0
        while length < big * Decimal(patience) or term > queue * Decimal("1e-30"):
            queue += term
            callers += term * length
            length += 1
            term = term * big / (agents + length * rate)
        waiting = float(queue / (free + queue))
        lost = float(callers * rate / big / (free + queue))
    case = (load, agents, 300, 300 * patience)
    assert float(waiting_probability_with_patience(*case)) == pytest.approx(waiting, rel=1e-11)
    assert float(abandonment_with_patience(*case)) == pytest.approx(lost, rel=1e-11, abs=1e-200)


def test_simulated_calls_fare_alike() -> None:
    """Calls that are played one by one come out as computed, within the error of chance."""
    calls, agents, handling, patience, wait = 200_000, 9, 240.0, 180.0, 30.0
    random = np.random.default_rng(14078)
    arrivals = random.exponential(handling / 10, calls).cumsum()
    lasts, leaves = random.exponential([handling, patience], (calls, 2)).T
    free = [0.0] * agents
    waits = np.empty(calls)
    for number, (now, last, leave) in enumerate(zip(arrivals, lasts, leaves, strict=True)):
        waits[number] = max(free[0] - now, 0.0)
        if waits[number] <= leave:
            heapq.heapreplace(free, now + waits[number] + last)
    answered = waits <= leaves
    case = (10, agents, handling, patience)
    close = 0.012  # three times the error of chance
    in_time = float(service_level_with_patience(10, agents, wait, handling, patience))
    assert in_time == pytest.approx((answered & (waits <= wait)).mean(), abs=close)
    assert float(abandonment_with_patience(*case)) == pytest.approx(1 - answered.mean(), abs=close)
    waiting = float(waiting_probability_with_patience(*case))
    assert waiting == pytest.approx((waits > 0).mean(), abs=close)
    seconds = float(mean_wait_with_patience(*case))
    assert seconds == pytest.approx(np.minimum(waits, leaves).mean(), rel=0.04)


@given(st.floats(0.01, 300), st.integers(1, 40), WAITS, HANDLING)
def test_endless_patience_is_erlang_c(
    load: float, spare: int, wait: float, handling: float
) -> None:
    """Callers who never hang up fare as in Erlang C, as long as the queue ends."""
    agents, never = math.floor(load) + spare, 1e14
    case = (load, agents, handling, never)
    sure = 1e-5 / min(agents - load, 1) ** 2  # close to the edge even they begin to hang up
    waiting = float(waiting_probability(load, agents))
    assert float(waiting_probability_with_patience(*case)) == pytest.approx(waiting, abs=sure)
    level = float(service_level(load, agents, wait, handling))
    assert float(service_level_with_patience(load, agents, wait, handling, never)) == (
        pytest.approx(level, abs=sure)
    )
    seconds = float(mean_wait(load, agents, handling))
    assert float(mean_wait_with_patience(*case)) == pytest.approx(seconds, rel=sure, abs=1e-9)


@given(LOADS, AGENTS)
def test_no_patience_is_erlang_b(load: float, agents: int) -> None:
    """Callers who never wait are lost when all agents are busy: Erlang's first formula."""
    blocking = 1.0
    for agent in range(1, agents + 1):
        blocking = load * blocking / (agent + load * blocking)
    case = (load, agents, 240, 1e-9)
    assert float(abandonment_with_patience(*case)) == pytest.approx(blocking, abs=1e-8)
    assert float(waiting_probability_with_patience(*case)) == pytest.approx(blocking, abs=1e-8)
    level = float(service_level_with_patience(load, agents, 30, 240, 1e-9))
    assert level == pytest.approx(1 - blocking, abs=1e-8)


@given(LOADS, AGENTS, HANDLING, PATIENCE)
def test_what_is_answered_is_handled(
    load: float, agents: int, handling: float, patience: float
) -> None:
    """In the end every call is answered or lost, and nobody is busier than all of the time."""
    lost = abandonment_with_patience(load, agents, handling, patience)
    in_the_end = service_level_with_patience(load, agents, 1e9, handling, patience)
    assert float(in_the_end) == pytest.approx(float(1 - lost), abs=1e-10)
    assert load * (1 - lost) <= agents + 1e-9


@given(LOADS, AGENTS, AGENTS, WAITS, HANDLING, PATIENCE, st.booleans())
def test_more_agents_never_lower_the_service_level(  # noqa: PLR0913
    load: float,
    agents: int,
    other: int,
    wait: float,
    handling: float,
    patience: float,
    forgive: bool,  # noqa: FBT001
) -> None:
    """An agent more never makes anyone wait longer."""
    fewer, more = service_level_with_patience(
        load, sorted([agents, other]), wait, handling, patience, forgive_hang_ups=forgive
    )
    assert 0 <= fewer <= more + 1e-12 <= 1 + 1e-12


@given(CALLS, HANDLING, TARGETS, WAITS, PATIENCE)
def test_forgiving_never_needs_more_agents_than_erlang_c(
    calls: float, handling: float, target: float, wait: float, patience: float
) -> None:
    """Callers who hang up make room for others: Erlang C is the upper bound."""
    endless = agents_needed(calls, handling, target, wait)
    forgiving = agents_needed_with_patience(
        calls, handling, target, wait, patience, forgive_hang_ups=True
    )
    strict = agents_needed_with_patience(calls, handling, target, wait, patience)
    assert forgiving <= endless
    assert forgiving <= strict
    assert strict <= agents_needed(calls, handling, target, 0)


def test_erlang_c_may_count_the_lost_as_answered() -> None:
    """Where callers may wait longer than they care to, Erlang C does not see that they leave."""
    assert agents_needed(100, 240, 0.95, 600) == 8
    assert agents_needed_with_patience(100, 240, 0.95, 600, 60) > 8
    assert agents_needed_with_patience(100, 240, 0.95, 600, 60, forgive_hang_ups=True) < 8


def test_published_hour_with_callers_who_hang_up() -> None:
    """The publication's 108 calls (bijlage D, noot 4) take nine people if callers hang up."""
    assert agents_needed(108, 240, 0.8, 30) == 10
    assert agents_needed_with_patience(108, 240, 0.8, 30, 180) == 9


@given(CALLS, HANDLING, TARGETS, WAITS, PATIENCE, st.booleans())
def test_agents_reach_the_target_and_one_fewer_does_not(  # noqa: PLR0913
    calls: float,
    handling: float,
    target: float,
    wait: float,
    patience: float,
    forgive: bool,  # noqa: FBT001
) -> None:
    """The answer is enough, and it is the smallest that is."""
    agents = agents_needed_with_patience(
        calls, handling, target, wait, patience, forgive_hang_ups=forgive
    )
    around = [int(agents), max(int(agents) - 1, 0)]
    load = offered_load(calls, handling)
    reached, short = service_level_with_patience(
        load, around, wait, handling, patience, forgive_hang_ups=forgive
    )
    assert reached >= target - 1e-12
    assert agents == 0 or short < target + 1e-12


@given(HANDLING, TARGETS, WAITS, PATIENCE)
def test_no_calls_need_no_agents(
    handling: float, target: float, wait: float, patience: float
) -> None:
    """Nobody is needed when nobody calls, and nobody is kept waiting."""
    assert agents_needed_with_patience(0, handling, target, wait, patience) == 0
    assert waiting_probability_with_patience(0, 0, handling, patience) == 0
    assert abandonment_with_patience(0, 0, handling, patience) == 0
    assert mean_wait_with_patience(0, 0, handling, patience) == 0
    assert service_level_with_patience(0, 0, wait, handling, patience) == 1


def test_nobody_answers_when_there_is_nobody() -> None:
    """Without agents all callers hang up, after their mean patience."""
    assert float(abandonment_with_patience(3, 0, 240, 90)) == pytest.approx(1)
    assert float(mean_wait_with_patience(3, 0, 240, 90)) == pytest.approx(90)
    assert service_level_with_patience(3, 0, 30, 240, 90) == pytest.approx(0)
    assert service_level_with_patience(3, 0, 1e9, 240, 90, forgive_hang_ups=True) == 0


def test_extremes_stay_numbers() -> None:
    """However large or small, a share stays a share."""
    load = np.array([1e-300, 1e-3, 1, 1e4, 1e6])[:, np.newaxis, np.newaxis]
    agents = np.array([0, 1, 9_990, 10_000, 1_000_001])[:, np.newaxis]
    patience = np.array([5e-324, 1e-6, 1, 1e6, 1e300])
    for wait in (0, 1e-300, 10, 1e300):
        for forgive in (False, True):
            level = service_level_with_patience(
                load, agents, wait, 100, patience, forgive_hang_ups=forgive
            )
            assert level.shape == (5, 5, 5)
            assert ((level >= 0) & (level <= 1)).all()
    lost = abandonment_with_patience(load, agents, 100, patience)
    assert ((lost >= 0) & (lost <= 1 + 1e-9)).all()
    assert (np.isfinite(mean_wait_with_patience(load, agents, 100, patience))).all()


def test_shapes_broadcast() -> None:
    """Forms, years and patiences can each be an axis."""
    agents = agents_needed_with_patience(
        np.ones((2, 1, 1)) * 50, [[120], [140], [160]], 0.8, 30, [60, 120]
    )
    assert agents.shape == (2, 3, 2)
    assert agents.dtype == np.int64
    assert agents_needed_with_patience(5, 240, 0.8, 30, 60).shape == ()
    assert agents_needed_with_patience([], 240, 0.8, 30, 60).shape == (0,)
    levels = service_level_with_patience(5, 6, [10, 20], 240, [[60], [90], [120]])
    assert levels.shape == (3, 2)
    with pytest.raises(ValueError, match="broadcast"):
        agents_needed_with_patience([1, 2, 3], [240, 241], 0.8, 30, 60)


NOT_TIMES = [0, -1, math.inf, math.nan, None, "3", True]
POSSIBLE = {"handling_time": 240, "patience": 120}
STATE: dict[str, Any] = {"load": 1, "agents": 2} | POSSIBLE
ASKED: dict[str, Any] = {"calls_per_hour": 9, "target": 0.8, "wait": 30} | POSSIBLE


@pytest.mark.parametrize(
    ("function", "good"),
    [
        (waiting_probability_with_patience, STATE),
        (abandonment_with_patience, STATE),
        (mean_wait_with_patience, STATE),
        (service_level_with_patience, STATE | {"wait": 30}),
        (agents_needed_with_patience, ASKED),
    ],
)
def test_what_no_queue_can_have(function: Callable[..., Any], good: dict[str, Any]) -> None:
    """An impossible input is refused by name, with its value."""
    function(**good)
    wrong: dict[str, Any] = {
        "load": -1,
        "agents": 0.5,
        "calls_per_hour": -1,
        "target": 1,
        "wait": -1,
    }
    cases = [(name, value) for name, value in wrong.items() if name in good]
    cases += [(name, value) for name in POSSIBLE for value in NOT_TIMES]
    for name, value in cases:
        with pytest.raises(StaffingError, match=f"^{name} is ") as caught:
            function(**{**good, name: value})
        assert caught.value.argument == name
