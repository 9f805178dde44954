"""Why not: the smallest sets of statements that together keep a form away.

A conflict is a set of rules and facts by which the form cannot be: as long as these rules hold and
these facts are what they are (known or not), no values of the other facts meet the rules. It is
minimal: let go of any one member, and some values do.

A rule whose facts can each be as the rules want them has conflicts of its own, and they follow from
the shape of its requirement; where they are too many to find all, the solver finds the smallest.
Where rules want different things of one fact, the conflicts of those rules together come from a
hitting set tree (Reiter, 1987), with the solver as judge. Such a tree may stop before it has found
all, and it does not look for the smallest first. Every conflict that is listed is minimal, and
there is at least one whenever the rules are not met.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import networkx as nx

from decision.explain.demands import (
    Condition,
    Demands,
    Enough,
    Every,
    Requirement,
    Some,
    Variable,
    conditions,
)
from decision.explain.programme import Programme

__all__ = ["FEW", "Conflict", "Conflicts", "conflicts"]

FEW = 50
"""So many conflicts are all listed; of more, the ``SHORTEST``."""

SHORTEST = 10
MOST = 1000
"""So many conflicts of one rule are all found; of more the ``SHORTEST``, one by one."""

MOST_STEPS = 20_000
"""Combinations that are tried for one rule before it counts as one with too many conflicts."""

MOST_ASKED = 200
"""Questions to the solver after which a hitting set tree grows no more conflicts."""

Statement = str | Variable
Statements = frozenset[Statement]
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
    or the shortest. Only where rules want different things of one fact, and not all conflicts were
    found, there may be shorter ones than those that are listed.
    """

    listed: tuple[Conflict, ...]
    found: int
    complete: bool


def conflicts(demands: Demands, fixed: Collection[Variable] | None = None) -> Conflicts:
    """The minimal conflicts of what a form asks; none when all of it is met.

    Args:
        demands: the rules, and the facts that they ask for.
        fixed: the facts that can be part of a conflict (None: all); the others can be anything.
    """
    may = demands.subjects.keys() if fixed is None else fixed
    torn = _torn_together(demands)
    apart = set(demands.rules).difference(*torn)
    parts = [
        *(_of_rule(rule, demands.rules[rule], may) for rule in apart),
        *(_of_rules(demands, rules, may) for rules in torn),
    ]
    complete = all(whole for _, whole in parts)
    found = {_conflict(demands, members) for sets, _ in parts for members in sets}
    places = {one: at for at, one in enumerate((*demands.rules, *demands.subjects))}

    def order(conflict: Conflict) -> tuple[int, list[int], list[int]]:
        """Short conflicts first, then in the order of the knowledge and of the region."""
        rules, facts = conflict.rules, conflict.facts
        return len(rules) + len(facts), [places[r] for r in rules], [places[f] for f in facts]

    ordered = sorted(found, key=order)
    listed = ordered if len(ordered) <= FEW and complete else ordered[:SHORTEST]
    return Conflicts(tuple(listed), len(ordered), complete)


def _conflict(demands: Demands, members: Iterable[Statement]) -> Conflict:
    held = set(members)
    return Conflict(
        rules=tuple(rule for rule in demands.rules if rule in held),
        facts=tuple(fact for fact in demands.subjects if fact in held),
    )


# --- a rule whose facts can each be as it wants them -------------------------------------------


def _of_rule(
    rule: str, requirement: Requirement, may: Collection[Variable]
) -> tuple[list[Statements], bool]:
    """The minimal conflicts of a rule, and whether these are all.

    Where they are too many to find all, the solver finds the smallest.
    """
    try:
        found, whole = _Search(may).breaking(requirement), True
    except _TooManyError:
        found = _shortest(requirement, may)
        whole = len(found) < SHORTEST
    return [frozenset({rule, *facts}) for facts in found], whole


class _TooManyError(Exception):
    """There are more conflicts than are looked for, or it takes too many steps."""


@dataclass(slots=True)
class _Search:
    """Looks for all sets of facts by which a requirement fails, whatever the other facts are."""

    may: Collection[Variable]
    steps: int = 0

    def breaking(self, requirement: Requirement) -> list[Facts]:
        """The minimal sets."""
        match requirement:
            case Condition(variable, met=met):
                return [] if met or variable not in self.may else [frozenset({variable})]
            case Every(parts):
                return self._minimal(x for part in parts for x in self.breaking(part))
            case Some(parts):
                return reduce(self._both, (self.breaking(part) for part in parts))
            case Enough():
                return self._quantity(requirement)

    def _both(self, one: list[Facts], other: list[Facts]) -> list[Facts]:
        return self._minimal(a | b for a in one for b in other)

    def _minimal(self, sets: Iterable[Facts]) -> list[Facts]:
        """The sets that hold no other set, when they are not too many."""
        found: set[Facts] = set()
        for one in sets:
            self.step()
            found.add(one)
            if len(found) > MOST:
                raise _TooManyError
        kept: list[Facts] = []
        for one in sorted(found, key=lambda facts: (len(facts), sorted(facts))):
            if not any(smaller <= one for smaller in kept):
                kept.append(one)
        return kept

    def step(self) -> None:
        """Count a step, of which there are so many."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _TooManyError

    def _quantity(self, asked: Enough) -> list[Facts]:
        """Take away the heaviest parts first: what is then just enough can do without no part."""
        breaking = [
            (weight, self.breaking(part))
            for part, weight in zip(asked.parts, asked.weights, strict=True)
        ]
        never = sum(weight for weight, sets in breaking if frozenset() in sets)
        parts = [(weight, sets) for weight, sets in breaking if sets and frozenset() not in sets]
        parts.sort(key=lambda one: -one[0])
        spare = sum(asked.weights) - never - asked.least
        return self._minimal(self._taken(parts, spare, sum(weight for weight, _ in parts)))

    def _taken(
        self, parts: Sequence[tuple[int, list[Facts]]], spare: int, most: int
    ) -> Iterator[Facts]:
        """What to take away of parts (that weigh ``most`` together) that is more than is spare."""
        if spare < 0:
            yield frozenset()
            return
        for at, (weight, sets) in enumerate(parts):
            self.step()
            if most <= spare:
                return
            most -= weight
            for rest in self._taken(parts[at + 1 :], spare - weight, most):
                yield from (one | rest for one in sets)


def _shortest(requirement: Requirement, may: Collection[Variable]) -> list[Facts]:
    """The smallest sets of facts that break a requirement, up to ``SHORTEST``.

    Each is the smallest of those that hold none of the sets before it. So it is minimal.
    """
    bad: dict[Variable, set[Condition]] = {}
    for one in conditions(requirement):
        if not one.met and one.variable in may:
            bad.setdefault(one.variable, set()).add(one)
    programme = Programme({fact: {"": frozenset(fails)} for fact, fails in bad.items()})
    programme.require(_failure(requirement))
    each = dict.fromkeys(programme.columns.values(), 1)
    found: list[Facts] = []
    while len(found) < SHORTEST and (best := programme.smallest(each)) is not None:
        found.append(frozenset(best[1]))
        programme.not_all([programme.columns[fact, ""]] for fact in found[-1])
    return found


def _failure(requirement: Requirement) -> Requirement:
    """What comes down to it that a requirement fails, when a condition counts as met if it fails.

    What is met now does not fail.
    """
    match requirement:
        case Condition(met=met):
            return Some(()) if met else requirement
        case Every(parts):
            return Some(tuple(map(_failure, parts)))
        case Some(parts):
            return Every(tuple(map(_failure, parts)))
        case Enough(parts, weights, least):
            return Enough(tuple(map(_failure, parts)), weights, sum(weights) - least + 1)


# --- rules that want different things of one fact ----------------------------------------------


def _torn_together(demands: Demands) -> list[list[str]]:
    """The rules that ask for torn facts, in groups that have no such fact in common."""
    torn = demands.torn
    asks: nx.Graph[Statement] = nx.Graph(
        (rule, one.variable)
        for rule, requirement in demands.rules.items()
        for one in conditions(requirement)
        if one.variable in torn
    )
    groups = nx.connected_components(asks)
    return [[rule for rule in demands.rules if rule in group] for group in groups]


def _of_rules(
    demands: Demands, rules: list[str], may: Collection[Variable]
) -> tuple[list[Statements], bool]:
    """The minimal conflicts of some rules together, and whether these are all."""
    values = {
        fact: {value: subject.met_by(value) for value in subject.values}
        for rule in rules
        for fact in dict.fromkeys(one.variable for one in conditions(demands.rules[rule]))
        for subject in (demands.subjects[fact],)
    }

    def possible(held: Statements) -> bool:
        programme = Programme({fact: values[fact] for fact in values if fact not in held})
        for rule in rules:
            if rule in held:
                programme.require(demands.rules[rule])
        return programme.smallest({}) is not None

    facts = (fact for fact in demands.subjects if fact in values and fact in may)
    members: list[Statement] = [*rules, *facts]
    return _hitting_set_tree(members, possible)


def _hitting_set_tree(
    members: list[Statement], possible: Callable[[Statements], bool]
) -> tuple[list[Statements], bool]:
    """The minimal sets of members that are not ``possible`` together, and whether these are all.

    Every branch lets go of one member of a conflict, until what is left is possible. A conflict
    that has been met with is always made minimal, however many questions that takes.
    """
    found: list[Statements] = []
    resolved: list[Statements] = []
    asked = 0

    def judge(held: Statements) -> bool:
        nonlocal asked
        asked += 1
        return possible(held)

    waiting, seen = deque([Statements()]), {Statements()}
    while waiting:
        gone = waiting.popleft()
        if any(one <= gone for one in resolved):
            continue
        conflict = next((one for one in found if not one & gone), None)
        if conflict is None:
            if asked > MOST_ASKED:
                return found, False
            rest = frozenset(members) - gone
            if judge(rest):
                resolved.append(gone)
                continue
            conflict = rest
            for one in members:
                if one in conflict and not judge(conflict - {one}):
                    conflict -= {one}
            found.append(conflict)
        branches = [gone | {one} for one in members if one in conflict]
        waiting.extend(one for one in branches if one not in seen)
        seen.update(branches)
    return found, True
