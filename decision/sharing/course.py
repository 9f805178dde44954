"""Who is on which form on every day, and how well that form then answers the calls.

A municipality counts its years from its own entry in a form: in its first year it performs as the
form promises for its first year; after another form than today's, for the first year that answers
more calls directly than it did. When all years of a promise are over its last figures hold.
Calls that one form avoided are not avoided once more by the next: together no more than the best
of them promises. Those that the form of today avoided are already in the calls of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from decision.model.figures import Calculation
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.model.values import first_day
from decision.sharing.pieces import Piece, Since, State, anniversaries, years_between

__all__ = ["Course", "Steps", "course"]

Steps: TypeAlias = Mapping[str, tuple[Since, ...]]
"""The forms that some municipalities go to, one after another; they are on today's until then."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """The way of every municipality: what it has in use ``now``, and the ``steps`` after that.

    ``calls`` of each of them a year today, on the day of ``reference``. Municipalities in different
    ``groups`` are not on a form together; who is in none is with all who are in none.
    """

    knowledge: Knowledge
    calls: Mapping[str, float]
    reference: date
    now: Mapping[str, Since]
    steps: Steps
    groups: Mapping[str, str]

    def at(self, name: str, day: date) -> Since:
        """The form of a municipality on a day."""
        begun = [one for one in self.steps.get(name, ()) if one.since <= day]
        return begun[-1] if begun else self.now[name]

    def pieces(self, first: int, last: int, marks: Iterable[date] = ()) -> Iterator[Piece]:
        """The years cut at ``marks``, and where somebody is live for a whole number of years."""
        steps = (*self.now.values(), *(one for way in self.steps.values() for one in way))
        cuts = {*marks, *(day for one in {*steps} for day in anniversaries(one.since, last))}
        for year in range(first, last + 1):
            ends = date(year, 1, 1), date(year + 1, 1, 1)
            days = sorted({*ends, *(day for day in cuts if ends[0] < day < ends[1])})
            for start, end in pairwise(days):
                states = {name: self.state(name, start) for name in self.now}
                yield Piece(year, (end - start) / (ends[1] - ends[0]), start, states)

    def state(self, name: str, day: date) -> State:
        """What a municipality does on a day."""
        begun = [one for one in self.steps.get(name, ()) if one.since <= day]
        return self._after(name, begun, day) if begun else self._today(name, day)

    def _today(self, name: str, day: date) -> State:
        form, since = self.now[name]
        promise, passed = self.knowledge.calculations[form], years_between(since, day)
        before, last = years_between(since, self.reference), promise.years - 1
        kept = (1 - promise.calls_avoided) ** (min(passed, last) - min(before, last))
        return self._state(name, form, passed, kept, min(passed, last) + 1)._replace(
            group=self._group_today(name, form)
        )

    def _group_today(self, name: str, form: str) -> str:
        """With whom a municipality is on the form of today: its group, if that comes to it."""
        group = self.groups.get(name, "")
        if not group:
            return ""
        mates = (way for mate, way in self.steps.items() if self.groups.get(mate, "") == group)
        return group if any(one.form == form for way in mates for one in way) else ""

    def _after(self, name: str, begun: list[Since], day: date) -> State:
        """The forms one after another, as the start of this module tells."""
        volume = least = 1.0
        direct: float | None = None
        moving = 0
        for one, left in zip(begun, [*(step.since for step in begun[1:]), day + _DAY], strict=True):
            promise = self.knowledge.calculations[one.form]
            start = 0 if direct is None else _first_better(promise, direct)
            passed = start + years_between(one.since, left - _DAY)
            avoids, years = 1 - promise.calls_avoided, promise.years
            if start < years:
                least = min(least, avoids**years)
                volume = max(volume * avoids ** (min(passed, years - 1) - start + 1), least)
            direct = _held(promise.direct, passed)
            if promise.moved:
                moving = min(moving + passed - start + 1, years)
        return self._state(name, one.form, passed, volume, moving)

    def _state(self, name: str, form: str, passed: int, volume: float, moving: int) -> State:
        promise = self.knowledge.calculations[form]
        return State(
            form=form,
            calls=self.calls[name] * volume,
            passed_on=1 - _held(promise.direct, passed),
            handling=_held(promise.handling_first_line, passed),
            moving=moving,
            group=self.groups.get(name, ""),
        )


def _held(figures: tuple[float, ...], passed: int) -> float:
    """The figure of so many years after the first; after its last year a figure holds."""
    return figures[min(passed, len(figures) - 1)]


def _first_better(promise: Calculation, direct: float) -> int:
    """The first year of a promise that answers more calls directly, or else its last."""
    better = (at for at, share in enumerate(promise.direct) if share > direct)
    return next(better, len(promise.direct) - 1)


def course(
    knowledge: Knowledge,
    region: Region,
    calls: Mapping[str, float],
    steps: Steps,
    groups: Mapping[str, str],
) -> Course:
    """The way of every municipality of a region, from what it has in use now."""
    reference = date.fromisoformat(first_day(region.reference_date))
    now = {}
    for name, one in region.municipalities.items():
        since = one.current.since
        begun = reference if since is None else date.fromisoformat(first_day(since))
        now[name] = Since(one.current.form or knowledge.baseline, begun)
    return Course(knowledge, calls, reference, now, steps, groups)
