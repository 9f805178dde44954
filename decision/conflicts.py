"""Why not: the smallest sets of statements that together keep a form away.

A conflict is a set of rules and facts by which the form cannot be: as long as these rules hold and
these facts are what they are (known or not), no values of the other facts meet the rules. It is
minimal: let go of any one member, and some values do.

A rule whose facts can each be as the rules want them has conflicts of its own, and they follow from
the shape of its requirement. Where rules want different things of one fact, the conflicts of those
rules together come from a hitting set tree (Reiter, 1987), with a solver as judge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, islice

from decision.programme import Programme
from decision.statements import (
    Enough,
    Every,
    Literal,
    Problem,
    Requirement,
    Some,
    Variable,
    holds,
    literals,
)

__all__ = ["FEW", "Conflict", "Conflicts", "conflicts"]

FEW = 50
"""So many conflicts are all listed; of more, the ``SHORTEST``."""

SHORTEST = 10
MOST = 1000
"""Conflicts of one rule that are looked for; there can be more than can be counted."""

MOST_STEPS = 100_000
"""Parts of quantities that are tried for one rule."""

MOST_ASKED = 400
"""Questions that a hitting set tree puts to the solver."""

Statement = str | Variable
Facts = frozenset[Variable]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules and facts that together keep a form away; none can be left out."""

    rules: tuple[str, ...]
    facts: tuple[Variable, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the rules and facts, such as ``rule:…`` and ``fact:partner.name``."""
        facts = (f"fact:{fact.partner}.{fact.fact}" for fact in self.facts)
        return (*(f"rule:{rule}" for rule in self.rules), *facts)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The minimal conflicts, the smallest first.

    ``found`` is how many there are, or at least when not ``complete``; ``listed`` are all of them,
    or the shortest.
    """

    listed: tuple[Conflict, ...]
    found: int
    complete: bool


def conflicts(problem: Problem, fixed: Collection[Variable] | None = None) -> Conflicts:
    """The minimal conflicts of what a form asks; none when all of it is met.

    Args:
        problem: the rules, and the facts that they ask for.
        fixed: the facts that can be part of a conflict (None: all); the others can be anything.
    """
    may = problem.subjects.keys() if fixed is None else fixed
    torn = _torn_together(problem)
    apart = set(problem.rules).difference(*torn)
    found: dict[Conflict, None] = {}
    complete = True
    for rule in apart:
        families, whole = _of_rule(problem.rules[rule], may)
        found |= dict.fromkeys(_conflict(problem, [rule, *facts]) for facts in families)
        complete = complete and whole
    for rules in torn:
        sets, whole = _of_rules(problem, rules, may)
        found |= dict.fromkeys(_conflict(problem, members) for members in sets)
        complete = complete and whole
    ordered = sorted(found, key=_order_in(problem))
    listed = ordered if len(ordered) <= FEW and complete else ordered[:SHORTEST]
    return Conflicts(tuple(listed), len(ordered), complete)


def _conflict(problem: Problem, members: Iterable[Statement]) -> Conflict:
    held = set(members)
    return Conflict(
        rules=tuple(rule for rule in problem.rules if rule in held),
        facts=tuple(fact for fact in problem.subjects if fact in held),
    )


def _order_in(problem: Problem) -> Callable[[Conflict], tuple[int, list[int], list[int]]]:
    """Short conflicts first, then in the order of the knowledge and of the region."""
    rules = {rule: number for number, rule in enumerate(problem.rules)}
    facts = {fact: number for number, fact in enumerate(problem.subjects)}

    def order(conflict: Conflict) -> tuple[int, list[int], list[int]]:
        size = len(conflict.rules) + len(conflict.facts)
        return size, [rules[one] for one in conflict.rules], [facts[one] for one in conflict.facts]

    return order


# --- a rule whose facts can each be as it wants them -------------------------------------------


def _of_rule(requirement: Requirement, may: Collection[Variable]) -> tuple[list[Facts], bool]:
    """The minimal sets of facts that break a requirement, and whether these are all.

    Where there are too many, they are looked for by size, so that the smallest are not missed.
    """
    failing = {one.variable for one in literals(requirement) if not one.met}.intersection(may)
    found: list[Facts] = []
    for size in (len(failing), *range(len(failing) + 1)):
        search = _Search(failing, size)
        sets = search.breaking(requirement)
        if size == len(failing) and not search.cut:
            return sets, True
        if size < len(failing) and search.cut:
            return _reduced(requirement, [*found, *sets]), False
        found = [] if search.cut else sets
    return _reduced(requirement, found), False


def _reduced(requirement: Requirement, sets: Iterable[Facts]) -> list[Facts]:
    """Each set without what it can do without; a search that was cut short may leave some in."""
    return _minimal(_without_idle(requirement, facts) for facts in sets)


def _without_idle(requirement: Requirement, facts: Facts) -> Facts:
    for fact in sorted(facts):
        if _breaks(requirement, facts - {fact}):
            facts -= {fact}
    return facts


def _breaks(requirement: Requirement, facts: Facts) -> bool:
    """Whether a requirement fails by these facts, however good the others are."""
    return not holds(requirement, lambda one: one.met or one.variable not in facts)


def _minimal(sets: Iterable[Facts]) -> list[Facts]:
    """The sets that hold no other set."""
    kept: list[Facts] = []
    for one in sorted(set(sets), key=lambda facts: (len(facts), sorted(facts))):
        if not any(smaller <= one for smaller in kept):
            kept.append(one)
    return kept


@dataclass(slots=True)
class _Search:
    """Looks for sets of at most ``size`` facts; ``cut`` says that it gave up on some."""

    may: Collection[Variable]
    size: int
    cut: bool = False
    steps: int = 0

    def breaking(self, requirement: Requirement) -> list[Facts]:
        """The minimal sets of facts by which a requirement fails, whatever the other facts are."""
        match requirement:
            case Literal(variable, met=met):
                fails = not met and variable in self.may and self.size > 0
                return [frozenset({variable})] if fails else []
            case Every(parts):
                return self._first(_minimal(x for part in parts for x in self.breaking(part)))
            case Some(parts):
                return reduce(self._both, (self.breaking(part) for part in parts))
            case Enough():
                return self._quantity(requirement)

    def _first(self, sets: Iterable[Facts]) -> list[Facts]:
        found = [*islice(sets, MOST + 1)]
        self.cut = self.cut or len(found) > MOST
        return found[:MOST]

    def _both(self, one: list[Facts], other: list[Facts]) -> list[Facts]:
        pairs = (a | b for a in one for b in other if len(a | b) <= self.size)
        return _minimal(self._first(dict.fromkeys(pairs)))

    def _quantity(self, asked: Enough) -> list[Facts]:
        """Take away the heaviest parts first: a set that is then just large enough is minimal."""
        breaking = [
            (weight, self.breaking(part))
            for part, weight in zip(asked.parts, asked.weights, strict=True)
        ]
        never = sum(weight for weight, sets in breaking if frozenset() in sets)
        weights = [(w, sets) for w, sets in breaking if sets and frozenset() not in sets]
        weights.sort(key=lambda one: -one[0])
        left = sum(asked.weights) - never
        if not asked.reached(left):
            return [frozenset()]
        return self._first(_Quantity(self, asked, weights).take(0, left, frozenset()))


class _Quantity:
    """The parts of a quantity that can fail, the heaviest first."""

    def __init__(
        self, search: _Search, asked: Enough, parts: list[tuple[float, list[Facts]]]
    ) -> None:
        self.search, self.asked, self.parts = search, asked, parts
        self.sums = [0.0, *accumulate(weight for weight, _ in parts)]
        self.smallest = min((len(one) for _, sets in parts for one in sets), default=1)

    def take(self, start: int, left: float, taken: Facts) -> Iterator[Facts]:
        """What to take away from ``start`` on, so that what is ``left`` is no longer enough."""
        for at in range(start, len(self.parts)):
            self.search.steps += 1
            if self.search.steps > MOST_STEPS or not self._can_fail(at, left, taken):
                self.search.cut = self.search.cut or self.search.steps > MOST_STEPS
                return
            weight, sets = self.parts[at]
            for one in sets:
                if len(taken) + len(one) > self.search.size:
                    continue
                if self.asked.reached(left - weight):
                    yield from self.take(at + 1, left - weight, taken | one)
                else:
                    yield taken | one

    def _can_fail(self, at: int, left: float, taken: Facts) -> bool:
        """Whether the heaviest parts that may still be taken away are heavy enough."""
        parts = (self.search.size - len(taken)) // self.smallest
        end = min(len(self.parts), at + parts)
        return not self.asked.reached(left - (self.sums[end] - self.sums[at]))


# --- rules that want different things of one fact ----------------------------------------------


def _torn_together(problem: Problem) -> list[list[str]]:
    """The rules that ask for torn facts, in groups that have no such fact in common."""
    torn = problem.torn
    groups: list[tuple[set[Variable], list[str]]] = []
    for rule, requirement in problem.rules.items():
        asked = {one.variable for one in literals(requirement)} & torn
        if asked:
            met = [group for group in groups if group[0] & asked]
            groups = [group for group in groups if group not in met]
            facts = asked.union(*(facts for facts, _ in met))
            groups.append((facts, [*(one for _, rules in met for one in rules), rule]))
    return [rules for _, rules in groups]


def _of_rules(
    problem: Problem, rules: list[str], may: Collection[Variable]
) -> tuple[list[frozenset[Statement]], bool]:
    """The minimal conflicts of some rules together, and whether these are all."""
    asked = {one.variable for rule in rules for one in literals(problem.rules[rule])}

    def possible(held: frozenset[Statement]) -> bool:
        free = {name: [*problem.subjects[name].values] for name in asked if name not in held}
        programme = Programme(problem, free)
        for rule in rules:
            if rule in held:
                programme.require(problem.rules[rule])
        return programme.smallest({}) is not None

    facts = (fact for fact in problem.subjects if fact in asked and fact in may)
    members: list[Statement] = [*rules, *facts]
    return _hitting_set_tree(members, possible)


class _EnoughAskedError(Exception):
    """The judge was asked as often as it may be."""


def _hitting_set_tree(
    members: list[Statement], possible: Callable[[frozenset[Statement]], bool]
) -> tuple[list[frozenset[Statement]], bool]:
    """The minimal sets of members that are not ``possible`` together, and whether these are all.

    Every branch lets go of one member of a conflict, until what is left is possible.
    """
    found: list[frozenset[Statement]] = []
    resolved: list[frozenset[Statement]] = []
    asked = 0

    def judge(held: frozenset[Statement]) -> bool:
        nonlocal asked
        asked += 1
        if asked > MOST_ASKED:
            raise _EnoughAskedError
        return possible(held)

    waiting, seen = deque([frozenset[Statement]()]), {frozenset[Statement]()}
    try:
        while waiting:
            gone = waiting.popleft()
            if any(one <= gone for one in resolved):
                continue
            conflict = next((one for one in found if not one & gone), None)
            if conflict is None:
                rest = frozenset(members) - gone
                if judge(rest):
                    resolved.append(gone)
                    continue
                conflict = _shrunk(members, rest, judge)
                found.append(conflict)
            branches = [gone | {one} for one in members if one in conflict]
            waiting.extend(one for one in branches if one not in seen)
            seen.update(branches)
    except _EnoughAskedError:
        return found, False
    return found, True


def _shrunk(
    members: list[Statement],
    conflict: frozenset[Statement],
    possible: Callable[[frozenset[Statement]], bool],
) -> frozenset[Statement]:
    """The conflict without every member that it can do without."""
    for one in members:
        if one in conflict and not possible(conflict - {one}):
            conflict -= {one}
    return conflict
