"""What it would take: the smallest, the cheapest and the fastest sets of changes.

A set of remedies makes a form possible, and no remedy in it can be left out. The best sets are
found exactly, as solutions of a mixed-integer programme; where there is nothing to choose, no
solver is needed.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Literal, TypeAlias

from decision.eligibility.verdicts import Eligibility
from decision.explain.changes import Change, candidates
from decision.explain.demands import Condition, Demands, Every, Requirement, Value, Variable
from decision.explain.programme import Cost, Programme
from decision.explain.work import LARGEST, LeadTime, Work, work
from decision.model.knowledge import Knowledge
from decision.model.region import Region

__all__ = ["MOST_SETS", "Label", "RemedySet", "remedies"]

MOST_SETS = 5
"""Alternatives that are offered."""

Label = Literal["smallest", "cheapest", "fastest"]
Measure = Literal["size", "days", "steps", "weeks", "order"]
Chosen: TypeAlias = frozenset[Change]

SMALLEST: tuple[Measure, ...] = ("size", "days", "steps", "weeks", "order")
CHEAPEST: tuple[Measure, ...] = ("days", "size", "steps", "weeks", "order")
"""What counts first, and what counts next among sets that are as good."""


@dataclass(frozen=True, slots=True)
class RemedySet:
    """Changes that together make a form possible.

    ``effort_days`` and ``span`` count everything that must come first, and shared work once; they
    are None where a change has no activity. ``critical_path`` are the jobs that decide how long it
    takes; ``labels`` say in what no other set is better.
    """

    changes: tuple[Change, ...]
    effort_days: float | None
    span: LeadTime | None
    critical_path: tuple[str, ...]
    labels: tuple[Label, ...]


def remedies(
    knowledge: Knowledge, region: Region, found: Eligibility, demands: Demands
) -> tuple[RemedySet, ...]:
    """Up to ``MOST_SETS`` sets of remedies: the smallest, the cheapest, the fastest, and others.

    None of them holds another. There are none when the form is possible, and when nothing helps.
    """
    changes = () if demands.met({}) else tuple(candidates(knowledge, demands))
    jobs = (one.job for one in changes if one.job is not None)
    task = _Task(demands, changes, work(knowledge, region, found, demands.form, jobs))
    sets = task.sets() if changes else []
    return tuple(task.described(one, sets) for one in sets)


class _Task:
    """The search for sets of changes by which every rule is met."""

    def __init__(self, demands: Demands, changes: Sequence[Change], found: Work) -> None:
        self.demands, self.changes, self.work = demands, changes, found
        self.open = frozenset(_open(demands, changes))

    def sets(self) -> list[Chosen]:
        """The sets, the best first."""
        forced = frozenset(self._forced())
        if _met(self.demands, forced):
            return [forced]
        smallest = self._search().best(SMALLEST)
        if smallest is None:
            return []
        found = [smallest, *self._cheaper(smallest)]
        first = self._first_week()
        if all(self._weeks(one) > first for one in found):
            found += filter(None, [self._search(self._by(first)).best(CHEAPEST)])
        while len(found) < MOST_SETS and (other := self._search(but=found).best(SMALLEST)):
            found.append(other)
        return found

    def described(self, chosen: Chosen, sets: Collection[Chosen]) -> RemedySet:
        """A set with what it takes, compared with the others."""
        changes = tuple(one for one in self.changes if one in chosen)
        jobs = _jobs(changes)
        known = len(jobs) == len(changes)
        measures: dict[Label, Callable[[Chosen], float]] = {"smallest": len}
        if known:
            measures |= {"cheapest": self._effort, "fastest": self._weeks}
        return RemedySet(
            changes=changes,
            effort_days=self.work.days(jobs) if known else None,
            span=self.work.span(jobs) if known else None,
            critical_path=self.work.critical_path(jobs) if known else (),
            labels=tuple(
                label
                for label, measure in measures.items()
                if measure(chosen) == min(map(measure, sets))
            ),
        )

    def _effort(self, changes: Collection[Change]) -> float:
        """The effort of changes, in whole units; never known for one without activity."""
        jobs = _jobs(changes)
        return self.work.counted(jobs) if len(jobs) == len(changes) else inf

    def _weeks(self, changes: Collection[Change]) -> float:
        """When the last of the changes is there; never known for one without activity."""
        jobs = _jobs(changes)
        return self.work.weeks(jobs) if len(jobs) == len(changes) else inf

    def _forced(self) -> Iterator[Change]:
        """The changes that every set must have: of facts that a rule asks for in any case."""
        rules = self.demands.rules.values()
        asked = {one.variable for rule in rules for one in _unconditional(rule) if not one.met}
        return (one for one in self.changes if one.variable in asked - self.open)

    def _cheaper(self, than: Chosen) -> Iterator[Chosen]:
        """The cheapest set, when there is a cheaper one."""
        search = self._search()
        cheapest = search.best(CHEAPEST[:1])
        if cheapest is not None and self._effort(cheapest) < self._effort(than):
            yield from filter(None, [search.best(CHEAPEST[1:])])

    def _first_week(self) -> float:
        """The first week in which enough changes can be there."""
        weeks = sorted({self._weeks((one,)) for one in self.changes})
        return weeks[bisect_left(weeks, x=True, key=lambda week: self._enough(self._by(week)))]

    def _by(self, week: float) -> list[Change]:
        """The changes that can be there by a week."""
        return [one for one in self.changes if self._weeks((one,)) <= week]

    def _enough(self, allowed: Sequence[Change]) -> bool:
        """Whether some of these changes meet every rule; all of them do where none is against."""
        if self.open:
            return self._search(allowed).best(("size",)) is not None
        return _met(self.demands, allowed)

    def _search(
        self, allowed: Sequence[Change] | None = None, but: Iterable[Chosen] = ()
    ) -> _Search:
        """The search among ``allowed`` changes for a set that holds none of those in ``but``."""
        search = _Search(self.demands, self.changes if allowed is None else allowed, self.work)
        for one in but:
            search.without(one)
        return search


def _open(demands: Demands, changes: Sequence[Change]) -> Iterator[Variable]:
    """The facts with something to choose: of which a change has an alternative, or a drawback."""
    several = Counter(one.variable for one in changes)
    for one in changes:
        now = {asked for asked in demands.subjects[one.variable].asked if asked.met}
        if several[one.variable] > 1 or not now <= one.meets:
            yield one.variable


def _met(demands: Demands, changes: Iterable[Change]) -> bool:
    return demands.met({one.variable: one.becomes for one in changes})


def _jobs(changes: Iterable[Change]) -> list[str]:
    return [one.job.id for one in changes if one.job is not None]


def _unconditional(requirement: Requirement) -> Iterator[Condition]:
    """What must be met whatever else is."""
    if isinstance(requirement, Condition):
        yield requirement
    elif isinstance(requirement, Every):
        for part in requirement.parts:
            yield from _unconditional(part)


class _Search:
    """One programme, with a column for every change, and one for every job that changes need."""

    def __init__(self, demands: Demands, changes: Sequence[Change], found: Work) -> None:
        choices: dict[Variable, dict[Value, frozenset[Condition]]] = {}
        for one in changes:
            choices.setdefault(one.variable, {})[one.becomes] = one.meets
        self.changes, self.work = changes, found
        self.programme = Programme(choices)
        self.columns = {c: self.programme.columns[c.variable, c.becomes] for c in changes}
        for requirement in demands.rules.values():
            self.programme.require(requirement)

    def without(self, chosen: Chosen) -> None:
        """At least one of these changes is left out, and nothing that meets more comes for it."""
        self.programme.not_all(
            [
                column
                for change, column in self.columns.items()
                if change.variable == one.variable and one.meets <= change.meets
            ]
            for one in chosen
        )

    def best(self, measures: Iterable[Measure]) -> Chosen | None:
        """The set that is best by the first measure, then by the next; None when there is none.

        The next search on the same programme goes on among the sets that are as good.
        """
        chosen: Chosen | None = None
        for measure in measures:
            cost = self._cost(measure)
            found = self.programme.smallest(cost)
            if found is None:
                return None
            least, values = found
            self.programme.no_more(cost, least)
            chosen = frozenset(c for c in self.changes if values.get(c.variable) == c.becomes)
        return chosen

    def _cost(self, measure: Measure) -> Cost:
        """What every column counts for."""
        match measure:
            case "size":
                return dict.fromkeys(self.columns.values(), 1)
            case "steps":
                return {column: change.steps for change, column in self.columns.items()}
            case "days":
                return self._effort()
            case "weeks":
                return self._finish()
            case "order":
                return self._order()

    def _effort(self) -> Cost:
        """Every job counts for its effort; a change without one for more than all jobs together."""
        jobs: dict[str, int] = {}
        for change, column in self.columns.items():
            for job in sorted(self.work.needed(_jobs((change,)))):
                if job not in jobs:
                    jobs[job] = self.programme.column()
                self.programme.row({jobs[job]: 1, column: -1}, 0)
        most = 1 + sum(self.work.units[job] for job in jobs)
        unknown = {column: most for change, column in self.columns.items() if change.job is None}
        return unknown | {column: self.work.units[job] for job, column in jobs.items()}

    def _finish(self) -> Cost:
        """Every change counts for the week in which it is there, if it has an activity."""
        return {
            column: int(self.work.weeks(_jobs((change,))))
            for change, column in self.columns.items()
        }

    def _order(self) -> Cost:
        """Changes count for more as they come later, by steps of chance: no two sets are as good.

        So it is never left to the solver, of which each version has its own way, what is found.
        """
        chance = random.Random(0)  # noqa: S311 - no secret: the same steps every time
        longest = 2 * LARGEST // len(self.columns) ** 2
        steps = (1 + int(chance.random() * longest) for _ in self.columns)
        return dict(zip(self.columns.values(), accumulate(steps), strict=True))
