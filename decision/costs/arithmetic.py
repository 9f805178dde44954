"""The arithmetic of cost, for one set of kengetallen or for thousands of them at once.

A `Model` (made by `decision.costs.setup`) is what a region and its forms fix: who calls, when, and
what each form promises. `Model.at` says what follows at given kengetallen, and at a given share of
the promise that comes true; `agents` staffs it with Erlang C and `priced` puts a price on it. A
kengetal is an array of one value that holds throughout, or of one value per point. Points are the
first axis of every result, before forms and years. Hours that need the same agents in every point
are staffed once.

Share 0 of a promise is today: as many calls and as many answered directly, in the handling time
with which the form itself starts. Share 1 is what the form promises, with straight lines between.
An investment is written off over the calls that come in the first year, and so faster than it
should where fewer come than today. Of the contacts that a form promises to move to another channel,
just that share moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

import numpy as np

from decision.costs.arrays import Floats, Ints
from decision.costs.cells import Cells, Sites
from decision.costs.inputs import Move
from decision.costs.prices import Fixed, Prices, Rates, Use, per, prices
from decision.costs.staffing import agents_needed
from decision.model.figures import ProfileHour
from decision.model.frozen import Result

__all__ = [
    "FIRST",
    "MEASURES",
    "SECOND",
    "Line",
    "Measure",
    "Model",
    "OverTime",
    "Promise",
    "Situation",
    "agents",
    "by_hour",
    "by_year",
    "crews",
    "demand",
    "effort",
    "measured",
    "measures",
    "priced",
    "rates",
    "staffed",
]

Line: TypeAlias = Literal[0, 1]
T = TypeVar("T")

Measure: TypeAlias = Literal["cost_per_call", "total"]

FIRST: Line = 0
SECOND: Line = 1
MEASURES: tuple[Measure, ...] = ("cost_per_call", "total")
_ALL = np.ones(1)
_SLAB = 2**15  # hours to staff at a time, which keeps what is computed in the cache


@dataclass(frozen=True, slots=True)
class OverTime(Result, Generic[T]):
    """An answer for each year, and for all years together (not discounted)."""

    years: Mapping[int, T]
    period: T

    @classmethod
    def of(cls, years: Sequence[int], answer: Callable[[int], T]) -> OverTime[T]:
        """The answers at the place of each year; the last place is that of the period."""
        return cls({year: answer(at) for at, year in enumerate(years)}, answer(len(years)))


class Promise(NamedTuple):
    """What forms promise in each year: calls as a share of today's, answered where, how long.

    All have an axis of forms and one of years (in `Situation` after one of points).
    """

    volume: Floats
    direct: Floats
    handling: Floats


@dataclass(frozen=True, slots=True)
class Situation:
    """What follows from the kengetallen at each point; ``sites`` are shares of the calls.

    ``calls`` a year are those that come true; ``written_off_over`` are those of the first year of
    each form, over which its investment is written off, and ``written_off`` the
    share of it that is so when the year begins, more than 1 where all of it was long ago. ``moved``
    are the contacts a year that each form has in another channel than today, ``moved_euro`` what
    that changes in the cost of a year.
    """

    kengetallen: Mapping[str, Floats]
    calls_per_day: Floats
    calls: Floats
    written_off_over: Floats
    written_off: Floats
    promise: Promise
    sites: Floats
    moved: Floats
    moved_euro: Floats

    def __getitem__(self, kengetal: str) -> Floats:
        """A kengetal, with the axes of forms and years behind that of points."""
        return self.kengetallen[kengetal][:, np.newaxis, np.newaxis]


@dataclass(frozen=True, slots=True)
class Model:
    """What a region and its forms fix, whatever the kengetallen are.

    Forms begin in the year ``begins``, with ``first_volume`` of today's calls; ``volume_before`` is
    what they promise for all years from then to just before each year, listed or not. ``counted``
    are the calls a year that a municipality counts, NaN where it does not; ``members`` how many
    municipalities there are, ``running`` and ``invested`` the euro of each form; ``moves`` the
    contacts that a form moves to another channel; ``cells`` are those of the first line and of the
    second; ``most_occupancy`` is how busy an hour of the first line may be, None where there is no
    such cap, and ``smallest_crew`` how many agents a location of it has at least in an hour with
    calls; with ``whole_calls`` the calls of today are whole calls a day.
    """

    forms: tuple[str, ...]
    years: tuple[int, ...]
    begins: int
    profile: tuple[ProfileHour, ...]
    kengetallen: Mapping[str, float]
    inhabitants: float
    people: Floats
    counted: Floats
    sites: Sites
    today: Promise
    promised: Promise
    first_volume: Floats
    volume_before: Floats
    wages: tuple[str, ...]
    members: int
    running: Fixed
    invested: Fixed
    moves: Mapping[str, Move]
    cells: tuple[Cells, Cells]
    most_occupancy: float | None
    smallest_crew: int
    whole_calls: bool

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many forms, years and hours there are."""
        return len(self.forms), len(self.years), len(self.profile)

    def lean(self) -> Model:
        """The same with only the first years, of which the hours are, to staff it."""
        every = len(self.years)
        until = max(int((cells.column % every).max()) for cells in self.cells) + 1
        promises = (
            Promise(*(part[:, :until] for part in of)) for of in (self.today, self.promised)
        )
        today, promised = promises
        first, second = (
            replace(cells, column=cells.column // every * until + cells.column % every)
            for cells in self.cells
        )
        return replace(
            self,
            years=self.years[:until],
            today=today,
            promised=promised,
            volume_before=self.volume_before[:, :until],
            cells=(first, second),
        )

    def at(self, changed: Mapping[str, Floats] | None = None, kept: Floats = _ALL) -> Situation:
        """What follows at other kengetallen, where the share ``kept`` of the promise comes true.

        A kengetal that is not changed has the region's own value.
        """
        values = {name: np.array([value]) for name, value in self.kengetallen.items()}
        values.update(changed or {})
        calls, a_day = self._today(values["calls_per_inhabitant"], values["opening_days"])
        share = kept[:, np.newaxis, np.newaxis]
        both = zip(self.today, self.promised, strict=True)
        promise = Promise(*((1 - share) * now + share * then for now, then in both))
        today = (a_day * values["opening_days"])[:, np.newaxis, np.newaxis]
        passed = np.array(self.years) - self.begins
        before = (1 - share) * passed + share * self.volume_before
        first = (1 - share) + share * self.first_volume
        moved, euro = self._moved(values, today[:, 0, 0], kept)
        return Situation(
            kengetallen=values,
            calls_per_day=a_day,
            calls=today * promise.volume,
            written_off_over=today * first,
            written_off=per(before, first)
            / values["depreciation_years"][:, np.newaxis, np.newaxis],
            promise=promise,
            sites=self._sites(calls),
            moved=moved,
            moved_euro=euro,
        )

    @property
    def calls_per_day(self) -> float:
        """The calls of today, of all municipalities together, at the region's own kengetallen."""
        used = ("calls_per_inhabitant", "opening_days")
        return float(self._today(*(np.array([self.kengetallen[name]]) for name in used))[1][0])

    def _today(self, per_inhabitant: Floats, opening_days: Floats) -> tuple[Floats, Floats]:
        """The calls a year of each municipality, and those a day of all together, at each point."""
        estimated = self.inhabitants * self.people * per_inhabitant[:, np.newaxis]
        calls = np.where(np.isnan(self.counted), estimated, self.counted)
        a_year = self.inhabitants * per_inhabitant + _sum(calls - estimated)
        a_day = a_year / opening_days
        return calls, np.rint(a_day) if self.whole_calls else a_day

    def _moved(
        self, values: Mapping[str, Floats], today: Floats, kept: Floats
    ) -> tuple[Floats, Floats]:
        """The contacts that moved, and what that changes in the cost, by the calls of today."""
        columns = {name: value[:, np.newaxis] for name, value in values.items()}
        in_form = np.array(self.years) - self.begins + 1
        moved = euro = np.zeros((1, *self.shape[:2]))
        for form, move in self.moves.items():
            of = columns, (today * kept)[:, np.newaxis], in_form
            here = np.zeros((self.shape[0], 1))
            here[self.forms.index(form)] = 1
            moved = moved + move.moved(*of)[:, np.newaxis] * here
            euro = euro + move.euro(*of)[:, np.newaxis] * here
        return moved, euro

    def _sites(self, calls: Floats) -> Floats:
        """The share of each different site, of each joint one, and of each second line."""
        shares = np.full_like(calls, 1 / calls.shape[1])
        if self.sites.member is None:
            shares = shares[:1]
            own = shares[:, :1]
        else:
            total = _sum(calls)[:, np.newaxis]
            shares = np.divide(calls, total, out=shares, where=total > 0)
            own = shares[:, self.sites.member] * self.sites.part
        joint = np.broadcast_to(self.sites.joint, (len(own), self.sites.joint.size))
        departments = self.sites.departments
        second = shares[:, departments] if departments.size else np.ones((len(own), 1))
        return np.column_stack([own, joint, second])


def demand(
    model: Model, situation: Situation, line: Line, cell: Ints | None = None
) -> tuple[Floats, Floats]:
    """The calls in the hour of every cell of a line, and how long one takes, at each point.

    With a ``cell`` for each point it is that of the point's own cell only.
    """
    cells = model.cells[line]
    every = slice(None) if cell is None else cell
    column = cells.column[every]
    per_day = _of(_columns(situation.calls / situation["opening_days"]), column, cell)
    per_day = per_day * cells.hour[every] * _of(situation.sites, cells.site[every], cell)
    if line == FIRST:
        return per_day, _of(_columns(situation.promise.handling), column, cell)
    passed_on = 1 - _of(_columns(situation.promise.direct), column, cell)
    handling = situation["handling_second_line"][..., 0]
    return per_day * passed_on, handling if cell is None else handling[:, 0]


def agents(model: Model, situation: Situation, line: Line) -> Ints:
    """The agents of every cell of a line; one point where they are the same at all points."""
    calls, handling = demand(model, situation, line)
    target, wait = (
        _single(situation[name][..., 0]) for name in ("service_target", "answer_within")
    )
    slab = max(_SLAB // len(calls), 1)
    places = np.arange(slab, max(calls.shape[1], 1), slab)
    parts = np.split(calls, places, axis=1)
    times = np.split(handling, places, axis=1) if handling.shape[1] > 1 else [handling] * len(parts)
    needed = (
        staffed(model, line, part, _single(time), target, wait)
        for part, time in zip(parts, times, strict=True)
    )
    return np.concatenate(list(needed), axis=1)


def staffed(  # noqa: PLR0913 - a line, and what an hour of it must handle
    model: Model, line: Line, calls: Floats, handling: Floats, target: Floats, wait: Floats
) -> Ints:
    """The agents that so many calls an hour need; the first line has a cap and a smallest crew."""
    if line == SECOND:
        return agents_needed(calls, handling, target, wait)
    cap, crew = model.most_occupancy, model.smallest_crew
    return agents_needed(calls, handling, target, wait, most_occupancy=cap, smallest_crew=crew)


def effort(model: Model, situation: Situation, line: Line) -> Floats:
    """How much work it is to staff each cell of a line at one of the points; 1 without calls."""
    calls, handling = demand(model, situation, line)
    load: Floats = (calls * handling / 3600).mean(axis=0)
    return 1 + 0.3 * np.sqrt(load)


def by_hour(model: Model, line: Line, agents: Ints) -> Ints:
    """The agents in each form, year and hour at one point, from those of its cells."""
    cells = model.cells[line]
    total = np.add.reduceat(agents * cells.times, cells.starts)
    of_kind = total.reshape(-1, cells.share.max() + 1)
    return of_kind[cells.kind[:, np.newaxis], cells.share].reshape(model.shape)


def by_year(model: Model, line: Line, agents: Ints) -> Floats:
    """The agents of all hours of a form and year together, at each point."""
    cells = model.cells[line]
    starts = cells.starts[:: cells.share.max() + 1]
    total = np.add.reduceat(agents * cells.weights, starts, axis=1, dtype=np.float64)
    return total[:, cells.kind].reshape(len(agents), *model.shape[:2])


def rates(model: Model, situation: Situation) -> Rates:
    """The rates of every form, at each point."""
    values = [situation.kengetallen[wage] for wage in model.wages]
    wages = np.empty((max((value.size for value in values), default=1), len(values), 1))
    for form, value in enumerate(values):
        wages[:, form, 0] = value
    return Rates(
        fte_per_agent=situation["opening_days"] / situation["hours_per_fte"],
        wage_first_line=wages,
        wage_second_line=situation["wage_second_line"],
        depreciation_years=situation["depreciation_years"],
        running=model.running,
        invested=model.invested,
    )


def priced(model: Model, situation: Situation, first: Floats, second: Floats) -> Prices:
    """What every form and year costs, with the agents of both lines (by year)."""
    use = Use(
        members=np.array(model.members),
        calls=situation.calls,
        passed_on=1 - situation.promise.direct,
        first=first,
        second=second,
        written_off_over=situation.written_off_over,
        written_off=situation.written_off,
        moved_euro=situation.moved_euro,
    )
    return prices(rates(model, situation), use)


def measured(situation: Situation, prices: Prices) -> Floats:
    """Every measure at each point, for each form and year, and last for the years together."""
    calls = np.broadcast_to(situation.calls, prices.total.shape)
    total, calls = (
        np.concatenate([part, part.sum(axis=2, keepdims=True)], axis=2)
        for part in (prices.total, calls)
    )
    per_call = per(total, calls)
    per_call[:, :, :-1] = prices.cost_per_call
    return np.stack([per_call, total], axis=-1)


def crews(model: Model, situation: Situation) -> tuple[Floats, Floats]:
    """Staff every form and year: the agents of both lines in all hours together, at each point."""
    first, second = (
        by_year(model, line, agents(model, situation, line)) for line in (FIRST, SECOND)
    )
    return first, second


def measures(model: Model, situation: Situation) -> Floats:
    """Staff every form and year, and give its `measured` cost."""
    return measured(situation, priced(model, situation, *crews(model, situation)))


def _single(values: Floats) -> Floats:
    """One value for all as a plain number."""
    return values.reshape(()) if values.size == 1 else values


def _of(values: Floats, column: Ints, cell: Ints | None) -> Floats:
    """Columns of values at every point; with a cell for each point one column for each."""
    if cell is None:
        return values[:, column]
    return np.broadcast_to(values, (column.size, values.shape[1]))[np.arange(column.size), column]


def _columns(values: Floats) -> Floats:
    """Forms and years as one axis behind that of points."""
    return values.reshape(len(values), -1)


def _sum(values: Floats) -> Floats:
    """The sum over the last axis, the same in any order of municipalities."""
    total: Floats = np.sort(values, axis=-1).sum(axis=-1)
    return total
