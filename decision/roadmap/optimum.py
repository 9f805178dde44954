"""The soonest end of a workload: found by spreading the work, and proved by what must take time.

The work is spread by several orders, each of which puts first what has most still to come. Where
the best ends on the bound of `decision.roadmap.bounds`, no plan ends sooner; mostly the first does,
and else the difference is the proven gap. Where it ends as soon as with all the time in the world,
no other bound is looked for. With very many jobs only the first order is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from decision.roadmap.bounds import Bounds
from decision.roadmap.workload import Spread, Workload, spread

__all__ = ["Optimum", "optimum", "ranked"]

_MANY = 2000
"""Jobs (of some hundred municipalities); with more every order takes seconds."""

_FEW = 8
"""Of so few jobs other orders are looked at, where the best ends after the bound."""


class Optimum(NamedTuple):
    """The best spread found, the order that gives it, and the soonest end that is possible."""

    spread: Spread
    order: tuple[int, ...]
    week: int
    bound: int


def optimum(workload: Workload, fixed: Sequence[int] = ()) -> Optimum:
    """Spread the work so that all of it ends as soon as can be."""
    bound = Bounds(workload, fixed)
    spreads = (
        _spread(workload, ranked(workload, values), fixed, bound.with_time)
        for values in _orders(workload, bound)
    )
    best = next(spreads)
    while best.week > bound.with_time:
        best = best._replace(bound=bound.week)
        if best.week <= bound.week:
            break
        if (other := next(spreads, None)) is None:
            return _improved(workload, fixed, best) if len(best.order) <= _FEW else best
        best = min(best, other, key=lambda one: one.week)
    return best


def _spread(
    workload: Workload, order: tuple[int, ...], fixed: Sequence[int], bound: int
) -> Optimum:
    found = spread(workload, order, fixed)
    return Optimum(found, order, max(found.finish, default=0), bound)


def _improved(workload: Workload, fixed: Sequence[int], best: Optimum) -> Optimum:
    """Let one job go before or after the others, as long as all ends sooner by that."""
    jobs = range(len(best.order))
    better = True
    while better and best.week > best.bound:
        better = False
        for job, place in product(jobs, (-1, *jobs)):
            order = ranked(
                workload, [place + 0.5 if one == job else at for one, at in enumerate(best.order)]
            )
            found = _spread(workload, order, fixed, best.bound)
            if found.week < best.week:
                best, better = found, True
                break
    return best


def ranked(workload: Workload, values: Sequence[float]) -> tuple[int, ...]:
    """The place of every job in order of the values, and else of the knowledge."""
    keys = [*zip(values, workload.place, strict=True)]
    places = {key: at for at, key in enumerate(sorted({*keys}))}
    return tuple(places[key] for key in keys)


def _orders(workload: Workload, bound: Bounds) -> Iterator[list[float]]:
    """Several orders, each first with what frees people before all other work, if there is any."""
    jobs = range(len(workload.weeks))
    frees = {job for team in workload.teams for job in team.by}
    first = {*workload.needed(frees)}
    urgencies = _urgencies(workload, bound)
    for by in islice(urgencies, 1) if len(jobs) > _MANY else urgencies:
        values = [by(job) for job in jobs]
        least = min(values, default=0.0) - 1
        yield [least if job in first else value for job, value in enumerate(values)]
        if first:
            yield values


def _urgencies(workload: Workload, bound: Bounds) -> Iterator[Callable[[int], float]]:
    """What makes a job urgent: what comes after it, or by when it must begin or be done."""
    weeks, tail = workload.weeks, workload.tail
    yield lambda job: -tail[job] - weeks[job]
    yield lambda job: bound.latest[job] - weeks[job]
    yield lambda job: bound.latest[job]
    yield lambda job: -tail[job]
    yield lambda job: bound.start[job]
