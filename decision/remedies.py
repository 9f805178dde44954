"""What it would take: the smallest, the cheapest and the fastest sets of changes.

A set of remedies makes a form possible, and no remedy in it can be left out. The best sets are
found exactly, as solutions of a mixed-integer programme; where there is nothing to choose, no
solver is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from decision.candidates import Change, candidates
from decision.eligibility import Eligibility
from decision.knowledge import Knowledge
from decision.programme import Programme
from decision.region import Region
from decision.remedy_work import Span, Work, work
from decision.schedule import EPSILON
from decision.statements import Every, Problem, Requirement, Value, Variable
from decision.statements import Literal as Asked

__all__ = ["MOST_SETS", "Label", "RemedySet", "remedies"]

MOST_SETS = 5
"""Alternatives that are offered."""

ROUNDING = 1e-6
"""What the solver may be off."""

Label = Literal["smallest", "cheapest", "fastest"]
Measure = Literal["size", "days", "steps"]
Chosen: TypeAlias = frozenset[Change]

SMALLEST: tuple[Measure, ...] = ("size", "days", "steps")
CHEAPEST: tuple[Measure, ...] = ("days", "size", "steps")
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
    span: Span | None
    critical_path: tuple[str, ...]
    labels: tuple[Label, ...]


def remedies(
    knowledge: Knowledge, region: Region, found: Eligibility, problem: Problem
) -> tuple[RemedySet, ...]:
    """Up to ``MOST_SETS`` sets of remedies: the smallest, the cheapest, the fastest, and others.

    None of them holds another. There are none when the form is possible, and when nothing helps.
    """
    changes = () if problem.met({}) else tuple(candidates(knowledge, problem))
    jobs = (one.job for one in changes if one.job is not None)
    task = _Task(problem, changes, work(knowledge, region, found, problem.form, jobs))
    sets = task.sets() if changes else []
    return tuple(task.described(one, sets) for one in sets)


class _Task:
    """The search for sets of changes by which every rule is met."""

    def __init__(self, problem: Problem, changes: Sequence[Change], found: Work) -> None:
        self.problem, self.changes, self.work = problem, changes, found
        self.torn = problem.torn

    def sets(self) -> list[Chosen]:
        """The sets, the best first."""
        forced = frozenset(self._forced())
        if _met(self.problem, forced):
            return [forced]
        smallest = self._search(SMALLEST)
        if smallest is None:
            return []
        found = [smallest]
        if self._days(smallest) > self._least_days() + EPSILON:
            found += filter(None, [self._search(CHEAPEST)])
        first = self._first_week()
        if all(self._weeks(one) > first + EPSILON for one in found):
            found += filter(None, [self._search(CHEAPEST, self._by(first))])
        while len(found) < MOST_SETS and (other := self._search(SMALLEST, but=found)):
            found.append(other)
        return found

    def described(self, chosen: Chosen, sets: Collection[Chosen]) -> RemedySet:
        """A set with what it takes, compared with the others."""
        changes = tuple(one for one in self.changes if one in chosen)
        jobs = _jobs(changes)
        known = len(jobs) == len(changes)
        measures: dict[Label, Callable[[Chosen], float]] = {"smallest": len}
        if known:
            measures |= {"cheapest": self._days, "fastest": self._weeks}
        return RemedySet(
            changes=changes,
            effort_days=self.work.days(jobs) if known else None,
            span=self.work.span(jobs) if known else None,
            critical_path=self.work.critical_path(jobs) if known else (),
            labels=tuple(
                label
                for label, measure in measures.items()
                if measure(chosen) <= min(map(measure, sets)) + EPSILON
            ),
        )

    def _days(self, changes: Collection[Change]) -> float:
        """The effort of changes; never known for one without activity."""
        jobs = _jobs(changes)
        return self.work.days(jobs) if len(jobs) == len(changes) else float("inf")

    def _weeks(self, changes: Collection[Change]) -> float:
        """When the last of the changes is there; never known for one without activity."""
        jobs = _jobs(changes)
        return self.work.weeks(jobs) if len(jobs) == len(changes) else float("inf")

    def _forced(self) -> Iterator[Change]:
        """The changes that every set must have: of facts that a rule asks for in any case."""
        rules = self.problem.rules.values()
        asked = {one.variable for rule in rules for one in _unconditional(rule) if not one.met}
        return (one for one in self.changes if one.variable in asked - self.torn)

    def _least_days(self) -> float:
        """The least effort that any set takes."""
        cheapest = self._search(("days",))
        return float("inf") if cheapest is None else self._days(cheapest)

    def _first_week(self) -> float:
        """The first week in which enough changes can be there."""
        weeks = sorted({self._weeks((one,)) for one in self.changes})
        return next(week for week in weeks if self._enough(self._by(week)))

    def _by(self, week: float) -> list[Change]:
        """The changes that can be there by a week."""
        return [one for one in self.changes if self._weeks((one,)) <= week]

    def _enough(self, allowed: Sequence[Change]) -> bool:
        """Whether some of these changes meet every rule; all of them do if rules agree on facts."""
        if self.torn:
            return self._search(("size",), allowed=allowed) is not None
        return _met(self.problem, allowed)

    def _search(
        self,
        measures: Sequence[Measure],
        allowed: Sequence[Change] | None = None,
        but: Iterable[Chosen] = (),
    ) -> Chosen | None:
        """The set that is best by the first measure, then by the next; None when there is none.

        Only ``allowed`` changes take part, and the set holds none of those in ``but``.
        """
        search = _Search(self.problem, self.changes if allowed is None else allowed, self.work)
        for one in but:
            search.not_all(one)
        chosen = None
        for measure in measures:
            chosen = search.best(search.cost(measure))
            if chosen is None:
                return None
        return chosen


def _met(problem: Problem, changes: Iterable[Change]) -> bool:
    return problem.met({one.variable: one.becomes for one in changes})


def _jobs(changes: Iterable[Change]) -> list[str]:
    return [one.job.id for one in changes if one.job is not None]


def _unconditional(requirement: Requirement) -> Iterator[Asked]:
    """What must be met whatever else is."""
    if isinstance(requirement, Asked):
        yield requirement
    elif isinstance(requirement, Every):
        for part in requirement.parts:
            yield from _unconditional(part)


class _Search:
    """One programme, with a column for every change, and one for every job that changes need."""

    def __init__(self, problem: Problem, changes: Sequence[Change], found: Work) -> None:
        choices: dict[Variable, list[Value]] = {}
        for one in changes:
            choices.setdefault(one.variable, []).append(one.becomes)
        self.problem, self.changes, self.work = problem, changes, found
        self.programme = Programme(problem, choices)
        self.columns = {c: self.programme.columns[c.variable, c.becomes] for c in changes}
        for requirement in problem.rules.values():
            self.programme.require(requirement)

    def not_all(self, chosen: Chosen) -> None:
        """At least one of these changes is left out."""
        columns = {self.columns[one]: -1.0 for one in chosen}
        self.programme.row(columns, 1.0 - len(columns))

    def cost(self, measure: Measure) -> dict[int, float]:
        """What every column counts for."""
        match measure:
            case "size":
                return dict.fromkeys(self.columns.values(), 1.0)
            case "steps":
                return {column: float(change.steps) for change, column in self.columns.items()}
            case "days":
                return self._days()

    def _days(self) -> dict[int, float]:
        """Every job counts for its effort; a change without one for more than all jobs together."""
        jobs: dict[str, int] = {}
        for change, column in self.columns.items():
            for job in sorted(self.work.needed(_jobs((change,)))):
                if job not in jobs:
                    jobs[job] = self.programme.column(whole=False)
                self.programme.row({jobs[job]: 1.0, column: -1.0}, 0.0)
        most = 1.0 + self.work.days(jobs)
        unknown = {column: most for change, column in self.columns.items() if change.job is None}
        return unknown | {column: self.work.effort[job] for job, column in jobs.items()}

    def best(self, cost: dict[int, float]) -> Chosen | None:
        """The changes that meet every rule at the least cost; the next search costs no more."""
        while (found := self.programme.smallest(cost)) is not None:
            spent, values = found
            chosen = frozenset(c for c in self.changes if (c.variable, c.becomes) in values)
            if _met(self.problem, chosen):
                self.programme.row({at: -one for at, one in cost.items()}, -spent - ROUNDING)
                return chosen
            self._rule_out(chosen)
        return None

    def _rule_out(self, chosen: Chosen) -> None:
        """No more of exactly these changes: they only seemed to be enough, by rounding."""
        signs = {column: -1.0 if c in chosen else 1.0 for c, column in self.columns.items()}
        self.programme.row(signs, 1.0 - len(chosen))
