"""Erlang C: against the publication, exact arithmetic, another library, and the laws of queues."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC

from decision.costs.staffing import (
    MOST_ERLANG,
    StaffingError,
    agents_needed,
    mean_wait,
    occupancy,
    offered_load,
    service_level,
    waiting_probability,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CALLS = st.floats(0, 3000, allow_subnormal=False)
HANDLING = st.floats(30, 900)
TARGETS = st.floats(0, 0.99)
WAITS = st.floats(0, 120)
AN_HOUR = 3600
"""A handling time at which the load in erlang is simply the calls an hour."""

# "Het realiseren van het 14+netnummer-Antwoord in de regio" (2008), bijlage D, rekenmodel:
# the hours of form 3a in 2009, with the printed agents in the first and the second line.
PUBLISHED_HOURS = [
    ("8u", 0.08, 10, 12),
    ("9u", 0.17, 19, 22),
    ("10u", 0.15, 17, 20),
    ("11u", 0.13, 15, 18),
    ("12u", 0.07, 9, 11),
    ("13u", 0.13, 15, 18),
    ("14u", 0.12, 14, 16),
    ("15u", 0.10, 12, 14),
    ("16u-17u", 0.05, 7, 8),
]
CALLS_A_DAY = 1506 * 0.9


def exact_waiting(load: Fraction, agents: int) -> Fraction:
    """Erlang C by summing its definition in whole fractions."""
    if agents <= load:
        return Fraction(int(load > 0))
    term, total = Fraction(1), Fraction(0)
    for agent in range(agents):
        total += term
        term = term * load / (agent + 1)
    queue = term * agents / (agents - load)
    return queue / (total + queue)


def exact_agents(load: Fraction, target: float, patience: Fraction) -> int:
    """The first number of agents that reaches the target, with forty digits."""
    agents = 0
    with localcontext(prec=40):
        while load > 0:
            agents += 1
            spare = agents - load
            if spare <= 0:
                continue
            level = 1 - decimal(exact_waiting(load, agents)) * (-decimal(spare * patience)).exp()
            assume(abs(level - Decimal(target)) > Decimal("1e-12"))
            if level > target:
                break
    return agents


def decimal(fraction: Fraction) -> Decimal:
    """The fraction in the precision of the context."""
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


@pytest.mark.parametrize(("hour", "share", "first", "second"), PUBLISHED_HOURS)
def test_published_hour(hour: str, share: float, first: int, second: int) -> None:
    """Each hour of the published example needs the printed agents in both lines."""
    calls = CALLS_A_DAY * share
    assert agents_needed(calls, 240, 0.8, 30) == first, f"bijlage D, {hour}, 1e lijn"
    assert agents_needed(calls * 0.65, 420, 0.8, 30) == second, f"bijlage D, {hour}, 2e lijn"


def test_published_footnote() -> None:
    """Bijlage D, noot 4: 108 calls of 240 seconds, 80% within 30 seconds, take 10 agents."""
    assert agents_needed(108, 240, 0.8, 30) == 10


def test_published_occupancy() -> None:
    """At 8 o'clock the ten agents of the example are busy 72% of their time (bijlage D)."""
    load = offered_load(CALLS_A_DAY * 0.08, 240)
    assert round(float(occupancy(load, 10)), 2) == 0.72


@given(st.fractions(0, 60, max_denominator=1000), st.integers(0, 80))
def test_waiting_is_what_the_definition_sums_to(load: Fraction, agents: int) -> None:
    """The chance to wait equals the sum that defines Erlang C, worked out exactly."""
    exact = float(exact_waiting(load, agents))
    assert float(waiting_probability(float(load), agents)) == pytest.approx(exact, rel=1e-12)


@given(
    st.fractions(0, 40, max_denominator=1000),
    st.sampled_from([0.0, 0.5, 0.8, 0.95, 0.999]),
    st.fractions(0, 2, max_denominator=100),
)
def test_agents_are_what_the_definition_asks(
    load: Fraction, target: float, patience: Fraction
) -> None:
    """The agents are those that forty digits of arithmetic arrive at."""
    calls, wait = float(load), float(patience) * AN_HOUR
    assert int(agents_needed(calls, AN_HOUR, target, wait)) == exact_agents(load, target, patience)


@pytest.mark.parametrize("agents", [10_000, 10_001, 10_050, 10_400])
@pytest.mark.parametrize("load", [9_999.5, 10_000.0])
def test_large_loads_keep_their_precision(load: float, agents: int) -> None:
    """Ten thousand erlang are as exact as ten."""
    with localcontext(prec=40):
        blocking = Decimal(1)
        for agent in range(1, agents + 1):
            blocking = 1 + blocking * agent / Decimal(load)
        spare = agents - Decimal(load)
        exact = agents / (spare * blocking + Decimal(load)) if spare > 0 else Decimal(1)
    assert float(waiting_probability(load, agents)) == pytest.approx(float(exact), rel=1e-12)


@given(st.floats(0.001, 500), st.floats(0, 2000), TARGETS)
def test_other_library_agrees(load: float, wait: float, target: float) -> None:
    """Pyworkforce finds the same agents, but never tries fewer than the load plus one, rounded."""
    ours = int(agents_needed(load, AN_HOUR, target, wait))
    reached = service_level(load, [ours - 1, ours], wait, AN_HOUR)
    assume(np.abs(reached - target).min() > 1e-9)
    theirs = ErlangC(
        transactions=load, aht=AN_HOUR, asa=max(wait, 1e-9), interval=AN_HOUR
    ).required_positions(target)
    assert theirs["positions"] == max(ours, round(load + 1))


def test_other_library_overstaffs_small_loads() -> None:
    """Where one agent less is enough, pyworkforce does not look, and we do."""
    theirs = ErlangC(transactions=1.6, aht=AN_HOUR, asa=7200, interval=AN_HOUR)
    assert theirs.required_positions(0.5)["positions"] == 3
    assert theirs.service_level(2) > 0.5
    assert agents_needed(1.6, AN_HOUR, 0.5, 7200) == 2


@given(CALLS, HANDLING, TARGETS, WAITS)
def test_agents_reach_the_target_and_one_fewer_does_not(
    calls: float, handling: float, target: float, wait: float
) -> None:
    """The answer is enough, and it is the smallest that is."""
    load = offered_load(calls, handling)
    agents = agents_needed(calls, handling, target, wait)
    assert service_level(load, agents, wait, handling) >= target
    assert agents > load or (calls == 0 and agents == 0)
    if agents > 0:
        fewer = agents - 1
        assert fewer <= load or service_level(load, fewer, wait, handling) < target


@given(CALLS, CALLS, HANDLING, TARGETS, WAITS)
def test_more_calls_never_need_fewer_agents(
    calls: float, more: float, handling: float, target: float, wait: float
) -> None:
    """Work that is added never sends anyone home."""
    before, after = agents_needed([calls, calls + more], handling, target, wait)
    assert before <= after


@given(CALLS, CALLS, HANDLING, TARGETS, WAITS)
def test_splitting_a_site_never_needs_fewer_agents(
    one: float, other: float, handling: float, target: float, wait: float
) -> None:
    """Two separate teams are never smaller than one team for all calls."""
    apart = agents_needed([one, other], handling, target, wait).sum()
    assert agents_needed(one + other, handling, target, wait) <= apart


@given(CALLS, HANDLING, TARGETS, TARGETS, WAITS)
def test_a_stricter_target_never_needs_fewer_agents(
    calls: float, handling: float, target: float, other: float, wait: float
) -> None:
    """Answering more calls in time never takes fewer people."""
    looser, stricter = agents_needed(calls, handling, sorted([target, other]), wait)
    assert looser <= stricter


@given(CALLS, HANDLING, TARGETS, WAITS, WAITS)
def test_more_patience_never_needs_more_agents(
    calls: float, handling: float, target: float, wait: float, other: float
) -> None:
    """Letting callers wait longer never takes more people."""
    hurried, patient = agents_needed(calls, handling, target, sorted([wait, other]))
    assert hurried >= patient


@given(CALLS, HANDLING, TARGETS, WAITS, st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_only_proportions_matter(
    calls: float, handling: float, target: float, wait: float, factor: float
) -> None:
    """Twice the calls of half the length, with half the wait, need the same people."""
    assert agents_needed(calls, handling, target, wait) == agents_needed(
        calls * factor, handling / factor, target, wait / factor
    )


@given(HANDLING, TARGETS, WAITS)
def test_no_calls_need_no_agents(handling: float, target: float, wait: float) -> None:
    """Nobody is needed when nobody calls."""
    assert agents_needed(0, handling, target, wait) == 0


@given(st.floats(0, 1000), st.integers(0, 1200), WAITS, HANDLING)
def test_shares_lie_between_none_and_all(
    load: float, agents: int, wait: float, handling: float
) -> None:
    """Service level, chance to wait and occupancy are shares."""
    for share in (
        service_level(load, agents, wait, handling),
        waiting_probability(load, agents),
        occupancy(load, agents),
    ):
        assert 0 <= share <= 1


@given(st.floats(0.001, 500), st.integers(1, 300), HANDLING)
def test_mean_wait_follows_from_the_chance_to_wait(
    load: float, agents: int, handling: float
) -> None:
    """Those who wait do so for one handling time, shared by the spare agents."""
    assume(agents > load)
    expected = waiting_probability(load, agents) * handling / (agents - load)
    assert float(mean_wait(load, agents, handling)) == pytest.approx(float(expected))


def test_one_agent_is_the_queue_of_the_textbook() -> None:
    """With one agent the chance to wait is the load itself, and calls wait as in M/M/1."""
    load = np.array([0.1, 0.5, 0.9])
    assert waiting_probability(load, 1) == pytest.approx(load)
    assert mean_wait(load, 1, 60) == pytest.approx(load / (1 - load) * 60)


@pytest.mark.parametrize(("load", "agents"), [(5, 5), (5, 4), (0.5, 0), (1e-300, 0)])
def test_too_few_agents_never_catch_up(load: float, agents: int) -> None:
    """Without an agent to spare the queue grows without end, and everybody waits."""
    assert waiting_probability(load, agents) == 1
    assert service_level(load, agents, 1e9, 60) == 0
    assert mean_wait(load, agents, 60) == np.inf
    assert occupancy(load, agents) == 1


@pytest.mark.parametrize("agents", [0, 1, 1000])
def test_no_calls_keep_nobody_waiting(agents: int) -> None:
    """Without calls everything is answered in time, also by nobody."""
    assert waiting_probability(0, agents) == 0
    assert service_level(0, agents, 0, 60) == 1
    assert mean_wait(0, agents, 60) == 0
    assert occupancy(0, agents) == 0


def test_a_target_of_nothing_still_takes_a_queue_that_ends() -> None:
    """Also when no call needs to be in time, every call is answered in the end."""
    assert agents_needed([0.5, 1, 1.5, 10], AN_HOUR, 0, 0).tolist() == [1, 2, 2, 11]


@pytest.mark.parametrize("target", [0.3, 0.8, 0.99, 1 - 1e-7, 1 - 1e-12])
@pytest.mark.parametrize("agents", [1, 2, 7, 40, 300])
@pytest.mark.parametrize("times", [1, 1000])
def test_the_edge_between_two_numbers_is_exact(target: float, agents: int, times: int) -> None:
    """The largest load that agents carry is theirs, and the next number above it is not."""
    wait = 450.0
    low, high = 0.0, float(agents)
    while math.nextafter(low, high) < high:
        middle = (low + high) / 2
        load = offered_load(middle, AN_HOUR)
        fits = service_level(load, agents, wait, AN_HOUR) >= target
        low, high = (middle, high) if fits else (low, middle)
    needed = agents_needed(np.repeat([low, high], times), AN_HOUR, target, wait)
    assert set(needed[:times]) == {agents}
    assert set(needed[times:]) == {agents + 1}


def test_asking_often_changes_no_answer() -> None:
    """A day of calls gets the same agents alone, in a long array, and in a mixed one."""
    calls = np.linspace(0, 6000, 301)
    alone = [int(agents_needed(one, 301, 0.83, 17)) for one in calls]
    together = agents_needed(np.tile(calls, 20), 301, 0.83, 17).reshape(20, -1)
    mixed = agents_needed(calls[:, np.newaxis], [301, 302], [[0.83]], 17)
    many = agents_needed(np.tile(calls, 4)[:, np.newaxis], [301, 302], 0.83, 17)
    assert (together == alone).all()
    assert mixed[:, 0].tolist() == alone
    assert (many[: calls.size] == mixed).all()


def smallest_that_is_enough(
    agents: NDArray[np.int64],
    load: NDArray[np.float64],
    handling: NDArray[np.float64],
    target: float,
    wait: float,
) -> NDArray[np.bool_]:
    """Whether each number of agents reaches the target while one fewer does not."""

    def enough(agents: NDArray[np.int64]) -> NDArray[np.bool_]:
        staff = np.maximum(agents, 0)
        level = service_level(load, staff, wait, handling)
        stable = (staff > load) | (load == 0)
        return np.asarray((level >= target) & stable & (agents >= 0))

    verdict: NDArray[np.bool_] = enough(agents) & ~enough(agents - 1)
    return verdict


def test_a_million_different_hours_are_all_exact() -> None:
    """A million hours of as many handling times each get the smallest number that is enough."""
    random = np.random.default_rng(14078)
    calls, handling = random.uniform(0, 600, 1_000_000), random.uniform(100, 400, 1_000_000)
    for part in (slice(None), slice(5)):  # with a table, and then a few without working one out
        agents = agents_needed(calls[part], handling[part], 0.8, 30)
        load = offered_load(calls[part], handling[part])
        assert smallest_that_is_enough(agents, load, handling[part], 0.8, 30).all()


@pytest.mark.parametrize("target", [0, 0.8, 0.9999, 1 - 2e-6, 1 - 1e-9])
@pytest.mark.parametrize("wait", [0, 30, 1e5])
def test_widely_different_hours_are_all_exact(target: float, wait: float) -> None:
    """Loads from a call a week to a large line, and calls of seconds to half an hour, are exact."""
    random = np.random.default_rng(1)
    for most in (1, 2.5):
        calls = 10 ** random.uniform(-2, most, 20_000)
        calls[::97] = 0
        handling = 10 ** random.uniform(0.5, 3.3, calls.size)
        load = offered_load(calls, handling)
        for _ in range(3):  # the table grows with what is asked
            agents = agents_needed(calls, handling, target, wait)
        assert smallest_that_is_enough(agents, load, handling, target, wait).all()


def test_a_few_targets_among_many_hours() -> None:
    """Hours of several targets get the agents that each target gets alone."""
    random = np.random.default_rng(2)
    calls, handling = random.uniform(0, 300, (2, 600, 1))
    targets = np.array([0.7, 0.8, 0.9])
    handling += 100
    together = agents_needed(calls, handling, targets, 20)
    for column, target in enumerate(targets):
        alone = [
            int(agents_needed(*hour, target, 20))
            for hour in zip(calls[:, 0], handling[:, 0], strict=True)
        ]
        assert together[:, column].tolist() == alone
    same = agents_needed(np.tile(calls, 3), 240, targets, 20)
    assert (same[:, 1] == agents_needed(calls[:, 0], 240, 0.8, 20)).all()


@given(CALLS, HANDLING, TARGETS, WAITS, st.floats(0.01, 1))
def test_nobody_is_busier_than_the_cap(
    calls: float, handling: float, target: float, wait: float, cap: float
) -> None:
    """With a cap on the occupancy it is the smallest number that meets both."""
    load = offered_load(calls, handling)
    plain = agents_needed(calls, handling, target, wait)
    capped = agents_needed(calls, handling, target, wait, most_occupancy=cap)
    assert capped >= plain
    assert occupancy(load, capped) <= cap
    assert capped == plain or load / (capped - 1) > cap


def test_a_cap_on_the_occupancy() -> None:
    """The publication's hour of 7,2 erlang needs 10 agents, and 12 to be busy 60% of the time."""
    agents = agents_needed(108, 240, 0.8, 30, most_occupancy=[1, 0.72, 0.71, 0.6, 0.1])
    assert agents.tolist() == [10, 10, 11, 12, 72]
    assert agents_needed([0, 0], 240, 0.8, 30, most_occupancy=1e-9).tolist() == [0, 0]
    assert agents_needed([[9], [8]], 240, 0.8, 30, most_occupancy=[0.5, 0.6]).shape == (2, 2)


def test_small_and_very_large_loads_in_one_array() -> None:
    """A load beyond every table is answered next to a small one, and a million is the limit."""
    calls = np.tile([0.0, 1.0, 5000.0, MOST_ERLANG], 200)
    agents = agents_needed(calls, AN_HOUR, 0.8, 450).reshape(200, 4)
    assert (agents == agents[0]).all()
    assert agents[0, :2].tolist() == [0, 3]
    level = service_level(MOST_ERLANG, [agents[0, 3] - 1, agents[0, 3]], 450, AN_HOUR)
    assert level[0] < 0.8 <= level[1]


def test_shapes_broadcast() -> None:
    """Forms, years and hours can each be an axis."""
    agents = agents_needed(np.ones((2, 1, 9)) * 50, [[[120], [140], [160]]], 0.8, 30)
    assert agents.shape == (2, 3, 9)
    assert agents.dtype == np.int64
    assert service_level(np.ones((3, 1)), [2, 3], 30, 240).shape == (3, 2)
    assert agents_needed(5, 240, 0.8, 30).shape == ()
    assert agents_needed([], 240, 0.8, 30).shape == (0,)
    assert agents_needed(np.zeros((0, 2)), [240, 241], 0.8, 30).shape == (0, 2)


def test_shapes_that_do_not_fit() -> None:
    """Three hours cannot be combined with two handling times."""
    with pytest.raises(ValueError, match="broadcast"):
        agents_needed([1, 2, 3], [240, 241], 0.8, 30)


NOT_COUNTS = [-1, math.inf, math.nan, None, "3", 1j, True, [[1], [1, 2]]]
AGENTS = {"load": [2 * MOST_ERLANG, *NOT_COUNTS], "agents": [0.5, *NOT_COUNTS]}
HANDLED = {"handling_time": [0, *NOT_COUNTS]}
IN_TIME = {"wait": NOT_COUNTS}
CALLED = {"calls_per_hour": [1e30, *NOT_COUNTS]}
IMPOSSIBLE: dict[Callable[..., Any], dict[str, list[Any]]] = {
    offered_load: CALLED | HANDLED,
    waiting_probability: AGENTS,
    service_level: AGENTS | IN_TIME | HANDLED,
    mean_wait: AGENTS | HANDLED,
    occupancy: AGENTS,
    agents_needed: CALLED
    | HANDLED
    | {"target": [1, *NOT_COUNTS]}
    | IN_TIME
    | {"most_occupancy": [0, 1e-10, 1.01, *NOT_COUNTS[:3], *NOT_COUNTS[4:]]},
}
POSSIBLE = {
    "load": 1,
    "agents": 2,
    "calls_per_hour": 1,
    "handling_time": 240,
    "target": 0.8,
    "wait": 30,
    "most_occupancy": 0.9,
}
WRONG = [
    pytest.param(function, argument, id=f"{function.__name__}-{argument}")
    for function, arguments in IMPOSSIBLE.items()
    for argument in arguments
]


@pytest.mark.parametrize(("function", "argument"), WRONG)
def test_what_no_queue_can_have(function: Callable[..., Any], argument: str) -> None:
    """An impossible input is refused by name, with its value and what is allowed."""
    good = {name: POSSIBLE[name] for name in IMPOSSIBLE[function]}
    function(**good)
    for value in IMPOSSIBLE[function][argument]:
        with pytest.raises(StaffingError) as caught:
            function(**{**good, argument: value})
        assert caught.value.argument == argument
        assert caught.value.allowed in str(caught.value)
        assert str(caught.value).startswith(f"{argument} is {caught.value.value!r}, but must be ")


def test_the_wrong_one_of_many_is_named() -> None:
    """In an array of hours the message shows the value that is at fault."""
    with pytest.raises(StaffingError, match=r"^calls_per_hour is -3\.0, but must be"):
        agents_needed([5, 6, -3, 7], 240, 0.8, 30)
    with pytest.raises(StaffingError, match=r"^calls_per_hour is 36000000\.0, .*1000000 erlang$"):
        agents_needed([5, 3.6e7], [[1], [240]], 0.8, 30)
    assert issubclass(StaffingError, ValueError)


@pytest.mark.parametrize("calls", [5e-324, 1e-300, 1e-9])
def test_a_single_call_in_a_century_needs_someone(calls: float) -> None:
    """Hardly any calls is not the same as no calls at all."""
    assert agents_needed(calls, 240, 0.8, 30) == 1
    assert agents_needed(calls, 1e-3, 1 - 1e-12, 0) >= 1


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (1, 1, 1)])
def test_one_of_something_is_one_however_many_dimensions_it_has(shape: tuple[int, ...]) -> None:
    """A region of one year, or one site, asks the same as a plain number."""
    calls = np.array([[10.0, 100.0, 0.0]])
    one = np.full(shape, 240.0)
    expected = agents_needed(calls, 240.0, 0.8, 30.0)
    found = agents_needed(calls, one, np.full(shape, 0.8), np.full(shape, 30.0))
    assert np.array_equal(found.ravel(), expected.ravel())
