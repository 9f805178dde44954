"""The reverse question: so many people answer in the first line, and what do callers notice?

The people are divided over the locations of a form by their calls, as whole people, and stay all
day. Erlang C says what follows when nobody hangs up: with no more people than erlang the queue of
an hour grows without end. Where a region says how patient its callers are Erlang A says it as well;
there who hangs up was not answered in time, and no longer keeps others waiting. Both look at an
hour as if it went on for ever: a queue that an hour leaves for the next is not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from decision.costs.arithmetic import FIRST, Model, Situation, agents, by_hour
from decision.costs.arrays import Floats, Ints
from decision.costs.result import present
from decision.costs.setup import model
from decision.costs.staffing import (
    abandonment_with_patience,
    mean_wait,
    mean_wait_with_patience,
    offered_load,
    service_level,
    service_level_with_patience,
)
from decision.model.frozen import Result
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["FormService", "HourService", "Noticed", "Service", "service"]


@dataclass(frozen=True, slots=True)
class Noticed:
    """What callers notice, and how busy the people are.

    ``service_level`` is the share of the calls that is answered in time, ``mean_wait`` in seconds
    over all calls (None where a queue grows without end), ``occupancy`` a share of the time of all,
    and ``abandonment`` the share of the calls in which the caller hangs up.
    """

    service_level: float
    mean_wait: float | None
    occupancy: float
    abandonment: float


@dataclass(frozen=True, slots=True)
class HourService:
    """An hour: its calls, how many the norm ``needed`` for them, and what callers notice.

    ``patient`` is by Erlang C, in which nobody hangs up, and ``with_patience`` by Erlang A; None
    where nobody knows how long callers wait.
    """

    start: str
    calls: float
    needed: int
    patient: Noticed
    with_patience: Noticed | None


@dataclass(frozen=True, slots=True)
class FormService(Result):
    """The ``locations`` of a form with the people at each, a whole day and its hours."""

    locations: tuple[int, ...]
    patient: Noticed
    with_patience: Noticed | None
    hours: tuple[HourService, ...]


@dataclass(frozen=True, slots=True)
class Service(Result):
    """What so many ``agents`` mean for callers in each form, in the last ``year``.

    To have them answer ``present`` people must be there. The norm is a ``target`` share of the
    calls within ``wait`` seconds; ``patience`` is how long callers wait on average.
    """

    agents: int
    present: int
    year: int
    target: float
    wait: float
    patience: float | None
    forms: Mapping[str, FormService]


def service(knowledge: Knowledge, region: Region, people: int) -> Service:
    """What callers notice of so many people, in every form.

    Args:
        knowledge: The calculations and the kengetallen.
        region: Who calls, and when; its own kengetallen go before the general ones.
        people: How many answer at once in the whole region, at least 1.

    Raises:
        CostsError: A kengetal is missing or has a value that the calculation cannot use.
        StaffingError: More calls than `costs.staffing` accepts.
    """
    basis = model(knowledge, region)
    situation = basis.at()
    needed = by_hour(basis, FIRST, agents(basis, situation, FIRST)[0])[:, -1]
    asked = _Asked(basis, situation, people, region.costs.patience)
    return Service(
        agents=people,
        present=present(people, region.costs.shrinkage or 0.0),
        year=basis.years[-1],
        target=basis.kengetallen["service_target"],
        wait=basis.kengetallen["answer_within"],
        patience=region.costs.patience,
        forms={form: asked.of(at, needed[at]) for at, form in enumerate(basis.forms)},
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    model: Model
    situation: Situation
    people: int
    patience: float | None

    def of(self, form: int, needed: Ints) -> FormService:
        """What callers notice in the form at this place, in the last year."""
        parts = self._locations(form)
        crews = _divided(self.people, parts)
        opened = self.model.kengetallen["opening_days"]
        a_day = float(self.situation.calls[0, form, -1]) / opened
        calls = np.outer([a_day * hour.share for hour in self.model.profile], parts)
        handling = float(self.situation.promise.handling[0, form, -1])
        load = offered_load(calls, handling)
        wait = self.model.kengetallen["answer_within"]
        patient = _Noticing(
            calls,
            crews,
            service_level(load, crews, wait, handling),
            mean_wait(load, crews, handling),
            np.minimum(load, crews),
            np.zeros(load.shape),
        )
        hanging_up = None
        if self.patience is not None:
            lost = abandonment_with_patience(load, crews, handling, self.patience)
            hanging_up = _Noticing(
                calls,
                crews,
                service_level_with_patience(load, crews, wait, handling, self.patience),
                mean_wait_with_patience(load, crews, handling, self.patience),
                load * (1 - lost),
                lost,
            )
        every = slice(None)
        each = [slice(at, at + 1) for at in range(len(calls))]
        return FormService(
            locations=tuple(sorted(crews.astype(int).tolist(), reverse=True)),
            patient=patient.within(every),
            with_patience=None if hanging_up is None else hanging_up.within(every),
            hours=tuple(
                HourService(
                    start=hour.start,
                    calls=float(calls[at].sum()),
                    needed=int(needed[at]),
                    patient=patient.within(one),
                    with_patience=None if hanging_up is None else hanging_up.within(one),
                )
                for at, (one, hour) in enumerate(zip(each, self.model.profile, strict=True))
            ),
        )

    def _locations(self, form: int) -> Floats:
        """The share of the calls of every location of the form."""
        cells = self.model.cells[FIRST]
        kind = cells.kind[(form + 1) * len(self.model.years) - 1]
        here = np.flatnonzero(cells.kinds == kind)
        of_share = here[: here.size // (cells.share.max() + 1)]
        own: Floats = self.situation.sites[0, cells.site[of_share]]
        return np.repeat(own, cells.times[of_share])


@dataclass(frozen=True, slots=True)
class _Noticing:
    """Calls, people, and what is noticed; axes of hours and locations (of people the last)."""

    calls: Floats
    crews: Floats
    in_time: Floats
    seconds: Floats
    busy: Floats
    lost: Floats

    def within(self, hours: slice) -> Noticed:
        """What is noticed in some hours, in proportion to their calls."""
        calls, seconds = self.calls[hours], self.seconds[hours]
        total = calls.sum()
        if not total:
            return Noticed(1.0, 0.0, 0.0, 0.0)
        stuck = bool(np.isinf(seconds[calls > 0]).any())
        waiting = None if stuck else float((calls * seconds).sum() / total)
        people = self.crews.sum() * len(calls)
        return Noticed(
            service_level=float((calls * self.in_time[hours]).sum() / total),
            mean_wait=waiting,
            occupancy=float(self.busy[hours].sum() / people),
            abandonment=float((calls * self.lost[hours]).sum() / total),
        )


def _divided(people: int, parts: Floats) -> Floats:
    """Whole people for each part, by the largest remainders."""
    exact = people * parts / parts.sum()
    whole: Floats = np.floor(exact + 1e-9)
    left = int(people - whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return whole
